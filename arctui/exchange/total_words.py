"""What reports call their totals, in eight languages, without accents and in small letters (`core.text.fold`)."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(","))


#: Of the last line of a report.
GRAND = _words("""
    total, totals, grand total, report total, overall total, sum total, sum, total sum, summe, summen, gesamt,
    gesamtsumme, gesamtbetrag, gesamttotal, gesamtsaldo, endsumme, insgesamt, summe gesamt, summe total, total
    general, totaux, somme, somme totale, totale, totali, totale generale, totale complessivo, somma, suma, suma
    total, totales, total geral, totais, soma, soma total, totaal, totalen, eindtotaal, totaal generaal, algemeen
    totaal, som, razem, ogolem, razem ogolem, suma ogolem, suma koncowa, lacznie""")
_PART = r"zwischensummen?|teilsummen?|sous[- ]?tota(?:l|ux)|sub-? ?total(?:s|e|es|i|en)?|sub-? ?totaal|tussentotaal"
_WHOLE = (
    r"(?:grand |report |overall |sum )?total(?:s|e|es|i|en)?|totaal|totaux|totais|eindtotaal|algemeen totaal|summen?"
    r"|gesamt(?:summe|betrag|total|saldo)?|endsumme|insgesamt|somme|somma|suma|soma|som|sum|razem|ogolem|lacznie"
)
#: How the label of a total begins.
BEGIN = re.compile(rf"(?:{_PART}|{_WHOLE})\b")
#: The label of a total of a part, which is no customer's name.
PART = re.compile(rf"(?:{_PART})\b.*|totals? (?:for|of|-)\s.*|(?:summen?|totaal|razem) (?:fur|von|voor|van|dla)\s.*")
#: What stands in such a label before whom or what it is of. After "Total" a name may begin with "de" or "von".
PREFIX = re.compile(
    r"(?:totals?(?: for| of| -|:)?"
    r"|(?:zwischensumme|summe|gesamtsumme|gesamt|sous[- ]total|subtotale?|totale|subtotaal|totaal|suma|soma|razem)"
    r"(?: für| fuer| von| pour| per| voor| van| para| dla| -|:)?) +",
    re.IGNORECASE,
)
