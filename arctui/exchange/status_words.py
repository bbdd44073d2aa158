"""What lists say of an invoice in a word: that it is paid, that it is open. In eight languages, case folded."""


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(","))


#: Of what is paid.
SETTLED = _words("""
    paid, fully paid, paid in full, closed, settled, bezahlt, voll bezahlt, vollständig bezahlt, ausgeglichen,
    beglichen, payé, payée, paye, payee, réglé, réglée, regle, reglee, soldé, soldée, acquittée, pagado, pagada,
    cobrado, cobrada, saldada, liquidada, pagato, pagata, incassata, saldato, saldata, betaald, voldaan, pago, paga,
    recebido, recebida, quitada, zapłacono, zapłacona, zapłacone, opłacona, opłacone, rozliczona, rozliczone""")

#: Of what is not owed, and will not be.
VOID = _words("void, voided, deleted, cancelled, canceled")

#: Of what is not owed: void, or not owed yet, or a payment that did not come.
DEAD = VOID | _words("draft, failed, declined")

#: Of what is paid in part.
PARTLY = _words("""
    partial, partially paid, partly paid, part paid, part-paid, partially-paid, partial payment, partially_paid,
    partial paid, paid partially, paid in part, teilbezahlt, teilweise bezahlt, teilzahlung, teilweise ausgeglichen,
    anbezahlt, partiel, partiellement payée, partiellement payé, partiellement réglée, partiellement réglé,
    payée partiellement, payé partiellement, en partie payée, parcial, parcialmente pagada, parcialmente pagado,
    pagada parcialmente, pagado parcialmente, pago parcial, parziale, parzialmente pagata, parzialmente pagato,
    pagata parzialmente, pagata in parte, deels betaald, gedeeltelijk betaald, parcialmente paga, parcialmente pago,
    paga parcialmente, parcialmente liquidada, częściowo zapłacona, częściowo opłacona, częściowo zapłacone,
    częściowo opłacone, zapłacona częściowo, opłacona częściowo""")

#: Of what is open.
OPEN = _words("""
    open, unpaid, not paid, outstanding, overdue, past due, late, due, sent, viewed, awaiting payment, offen,
    unbezahlt, fällig, überfällig, impayé, impayée, non payée, en retard, échue, en attente de paiement, pendiente,
    no pagada, impagada, vencida, aperta, non pagata, da pagare, scaduta, openstaand, onbetaald, niet betaald,
    vervallen, te laat, em aberto, em atraso, não paga, por pagar, otwarta, nieopłacona, niezapłacona,
    przeterminowana, po terminie""")
