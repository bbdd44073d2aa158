"""Lists of open items as German accounting writes them, with DATEV's columns; S or H is debit or credit."""

from arctui.exchange.columns import Fields, header_key
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.report import ReportKind

_ITEMS: Fields = {
    "customer_number": ("konto", "kontonr", "kontonummer", "personenkonto", "debitor", "debitorennr", "kundennr"),
    "customer": (
        "name",
        "kontobezeichnung",
        "kontobeschriftung",
        "kontoname",
        "bezeichnung",
        "kunde",
        "debitorenname",
    ),
    "number": ("rechnungsnr", "rechnungsnummer", "belegfeld1", "belegnummer", "belegnr", "rgnr", "renr"),
    "issued": ("belegdatum", "rechnungsdatum", "datum"),
    "due": ("fälligkeit", "fälligkeitsdatum", "fälligam", "fällig", "nettofälligkeit"),
    "balance": ("offen", "offenerbetrag", "restbetrag", "saldo", "offenerposten", "opbetrag"),
    "amount": ("betrag", "rechnungsbetrag", "umsatz", "ursprungsbetrag"),
    "debit": ("soll", "sollbetrag"),
    "credit": ("haben", "habenbetrag"),
    "sign": ("sh", "sollhaben", "sollhabenkennzeichen", "sollhabenkz", "shkennzeichen", "shkz"),
    "currency": ("währung", "wkz", "wkzumsatz", "währungscode"),
    "terms": ("zahlungsbedingung", "zahlungskondition", "zahlungsziel"),
    "reference": ("belegfeld2", "buchungstext", "bestellnr"),
    "phone": ("telefon", "tel"),
    "email": ("email", "emailadresse"),
    "person": ("ansprechpartner",),
    "credit_limit": ("kreditlimit",),
    "tax_number": ("ustidnr", "ustid", "euustid"),
}


def _tells_side(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    """Is debit or credit told, in one way or the other, and the amount?"""
    two_columns = {"debit", "credit"} <= columns.keys()
    signed = "sign" in columns and bool({"balance", "amount"} & columns.keys())
    dunned = "mahnstufe" in map(header_key, cells) and "balance" in columns
    return signed or dunned or two_columns


OPEN_ITEMS = Layout(
    name="datev-open-items",
    system="DATEV",
    title="list of open items",
    kind=ReportKind.OPEN_ITEMS,
    may_list=True,
    fields=_ITEMS,
    needs=frozenset({"customer_number", "number", "issued", "due"}),
    reads_header=_tells_side,
    settled=frozenset({"bezahlt", "ausgeglichen"}),
)
LAYOUTS = (OPEN_ITEMS,)
