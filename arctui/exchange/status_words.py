"""What lists say of an invoice in a word: that it is paid, that it is open. In eight languages, case folded."""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(","))


#: Of what is paid.
SETTLED = _words("""
    paid, fully paid, paid in full, closed, settled, bezahlt, voll bezahlt, vollständig bezahlt, ausgeglichen,
    beglichen, payé, payée, paye, payee, réglé, réglée, regle, reglee, soldé, soldée, acquittée, pagado, pagada,
    cobrado, cobrada, saldada, liquidada, pagato, pagata, incassata, saldato, saldata, betaald, voldaan, pago, paga,
    recebido, recebida, quitada, zapłacono, zapłacona, zapłacone, opłacona, opłacone, rozliczona, rozliczone""")

#: Of what is open, all of it or a part.
OPEN = _words("""
    open, unpaid, not paid, outstanding, overdue, past due, late, due, sent, viewed, partial, partially paid,
    partly paid, awaiting payment, offen, unbezahlt, teilbezahlt, teilweise bezahlt, fällig, überfällig, impayé,
    impayée, non payée, en retard, échue, en attente de paiement, partiellement payée, pendiente, no pagada,
    impagada, vencida, parcial, aperta, non pagata, da pagare, scaduta, parziale, openstaand, onbetaald,
    niet betaald, vervallen, te laat, deels betaald, em aberto, em atraso, não paga, por pagar, otwarta,
    nieopłacona, niezapłacona, przeterminowana, po terminie, częściowo zapłacona""")
