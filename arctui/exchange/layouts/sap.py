"""SAP: FBL5N, the line items of customers, in English, German and Dutch.

It names customers by number only. The invoice number that the customer knows is the billing document, or stands in
the assignment or the reference: the first of them that is different on the lines of an account. Below the lines of an
account stands its total, below all the grand total, each without a label and in each currency.
"""

import re
from collections.abc import Sequence

import msgspec

from arctui.exchange.columns import Fields
from arctui.exchange.layouts.layout import Customer, Layout, Text
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "SAP"

_KNOWN = "Number (as the customer knows it)"
_ACCOUNTS = ("account", "customer", "konto", "debitor", "klant", "debiteur")
_DOCUMENTS = ("documentnumber", "documentno", "belegnummer", "documentnummer")
_NUMBERS = (
    ("billingdocument", "faktura", "factuur"), ("assignment", "zuordnung", "toewijzing"),
    ("reference", "referenz", "referentie"),
)  # fmt: skip
_LINES: Fields = {
    "customer_number": _ACCOUNTS,
    "customer": ("customername", "name1", "name"),
    "number": ("numberasthecustomerknowsit",),
    "kind": ("documenttype", "belegart", "documentsoort"),
    "issued": ("documentdate", "belegdatum", "documentdatum"),
    "due": ("netduedate", "nettofälligkeitsdatum", "nettofälligkeit", "nettovervaldatum"),
    "age": ("arrearsbynetduedate", "arrearsafternetduedate"),
    "terms": ("termsofpayment", "zahlungsbedingung", "zahlungsbedingungen"),
    "reference": _NUMBERS[2],
}
_LOCAL: Fields = {
    **_LINES,
    "balance": ("amountinlocalcurrency", "amountinlocalcurr", "betraginhauswährung", "bedraginlokalevaluta"),
    "currency": ("localcurrency", "localcurrencykey", "hauswährung"),
}
_DOCUMENT: Fields = {
    **_LINES,
    "balance": ("amountindoccurr", "amountindocumentcurrency", "betraginbelegwährung"),
    "currency": ("documentcurrency", "doccurrency", "belegwährung"),
}
_KINDS = {
    "rv": "Invoice", "dr": "Invoice", "rf": "Invoice", "dg": "Credit Memo", "rg": "Credit Memo", "dz": "Payment",
    "zp": "Payment", "za": "Payment", "da": "Journal Entry", "ab": "Journal Entry", "sa": "Journal Entry",
}  # fmt: skip
_DATE = re.compile(r"(?:19|20)\d{6}")


def _first(places: dict[str, int], names: Sequence[str]) -> int | None:
    return next((places[name] for name in names if name in places), None)


def _with_known_number(table: Table) -> Table | None:
    place = max(header_at(table, document) for document in _DOCUMENTS)
    if place < 0:
        return None
    places = places_of(table.rows[place])
    account, document = _first(places, _ACCOUNTS), _first(places, _DOCUMENTS)
    columns = [at for names in _NUMBERS if (at := _first(places, names)) is not None]
    if account is None or not columns:
        return None
    lines = [row for row in table.rows[place + 1 :] if cell_of(row, document)]
    number = next((at for at in columns if _is_number(lines, account, at)), document)

    def known(row: Row) -> list[str]:
        return [cell_of(row, number) or cell_of(row, document)]

    return with_columns(table, place, [_KNOWN], known)


def _is_number(lines: Sequence[Row], account: int, at: int) -> bool:
    """Is a column filled on most lines, with other values than dates, and hardly ever twice on an account?"""
    filled = [(cell_of(row, account), cell_of(row, at)) for row in lines if cell_of(row, at)]
    dates = sum(bool(_DATE.fullmatch(text)) for _, text in filled)
    return len(filled) * 2 > len(lines) and dates * 2 < len(filled) and len(set(filled)) * 10 >= len(filled) * 9


def _is_subtotal(text: Text) -> bool:
    return bool(text("balance")) and not any(text(field) for field in ("number", "kind", "issued", "due"))


IN_DOCUMENT_CURRENCY = Layout(
    name="sap-fbl5n-currencies",
    system=SYSTEM,
    title="FBL5N customer line items in their own currencies",
    kind=ReportKind.OPEN_ITEMS,
    fields=_DOCUMENT,
    needs=frozenset({"customer_number", "number", "kind", "issued", "balance", "currency"}),
    reshape=_with_known_number,
    takes={"number": ("documentnumber", "assignment", "belegnummer", "zuordnung")},
    customer=Customer.FIRST_ROW,
    is_subtotal=_is_subtotal,
    kinds=_KINDS,
)
IN_LOCAL_CURRENCY = msgspec.structs.replace(
    IN_DOCUMENT_CURRENCY,
    name="sap-fbl5n",
    title="FBL5N customer line items",
    fields=_LOCAL,
    needs=frozenset({"customer_number", "number", "kind", "issued", "balance"}),
)
LAYOUTS = (IN_DOCUMENT_CURRENCY, IN_LOCAL_CURRENCY)
