"""Zoho Books: the exports of invoices and contacts, AR Aging Details.

An exported invoice has a row for each of its lines, with the figures of the whole invoice on each.
"""

import msgspec

from arctui.exchange.columns import CONTACT_FIELDS, Fields
from arctui.exchange.damaged_numbers import looks_damaged
from arctui.exchange.layouts.layout import Layout, Repeats
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Zoho Books"

_INVOICES: Fields = {
    "customer": ("customername",),
    "customer_number": ("customeridifwhole",),
    "number": ("invoicenumber",),
    "issued": ("invoicedate",),
    "due": ("duedate",),
    "amount": ("total",),
    "balance": ("balance",),
    "currency": ("currencycode",),
    "status": ("invoicestatus",),
    "terms": ("paymenttermslabel", "paymentterms"),
    "reference": ("purchaseorder",),
    "email": ("primarycontactemailid",),
    "tax_number": ("gstidentificationnumbergstin", "taxregistrationnumber", "vatregistrationnumber"),
}
_AGED: Fields = {
    "customer": ("customername", "customer"),
    "number": ("transactionnumber", "transaction", "invoicenumber"),
    "kind": ("type", "transactiontype"),
    "issued": ("date", "transactiondate"),
    "age": ("age",),
    "amount": ("amount", "invoiceamount"),
    "balance": ("balancedue", "balance"),
}
_CONTACTS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("customername", "displayname", "contactname"),
    "customer_number": ("customeridifwhole",),
    "person": ("billingattention",),
    "role": ("designation",),
    "terms": ("paymenttermslabel", "paymentterms"),
    "tax_number": ("gstidentificationnumbergstin", *CONTACT_FIELDS["tax_number"]),
}
_WHOLE = "Customer ID (if whole)"
_PHONES: Fields = {"phone": ("billingphone", "primarycontactphone", "primarycontactmobile")}


def _whole_ids(table: Table, *names: str) -> Table | None:
    """Leave out ids that a spreadsheet has rounded: of several customers they are the same."""
    place = header_at(table, *names, "customerid")
    if place < 0:
        return table if header_at(table, *names) >= 0 else None
    at = places_of(table.rows[place])["customerid"]
    ids = {text for row in table.rows[place + 1 :] if (text := cell_of(row, at))}
    # One that ends in noughts may be whole; where all do, a spreadsheet has saved them.
    rounded = all(map(looks_damaged, ids))

    def whole(row: Row) -> list[str]:
        text = cell_of(row, at)
        return ["" if rounded or "+" in text else text]

    return with_columns(table, place, [_WHOLE], whole)


INVOICES = Layout(
    name="zoho-invoices",
    system=SYSTEM,
    title="export of invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICES,
    needs=frozenset({"customer", "number", "issued", "due", "amount", "balance", "status"}),
    reshape=lambda table: _whole_ids(table, "invoicenumber", "invoicestatus", "customername", "subtotal"),
    takes={"customer_number": ("customerid",)},
    several=_PHONES,
    repeats=Repeats.SAME,
)
AGED = Layout(
    name="zoho-ar-aging-details",
    system=SYSTEM,
    title="AR Aging Details",
    kind=ReportKind.OPEN_ITEMS,
    fields=_AGED,
    needs=frozenset({"customer", "number", "kind", "issued", "age", "balance"}),
    titled="aging details",
    ends_with_total=True,
)
#: The ages of these are counted from the due date.
AGED_BY_DUE = msgspec.structs.replace(
    AGED, name="zoho-ar-aging-details-due", title="AR Aging Details by due date", titled="due date", due_from_age=True
)
CONTACTS = Layout(
    name="zoho-contacts",
    system=SYSTEM,
    title="export of contacts",
    kind=ReportKind.CONTACTS,
    fields=_CONTACTS,
    needs=frozenset({"customer"}),
    marks=("displayname", "contacttype", "billingattention"),
    reshape=lambda table: _whole_ids(table, "displayname", "contacttype", "billingattention"),
    takes={"customer_number": ("customerid",)},
)
LAYOUTS = (INVOICES, AGED_BY_DUE, AGED, CONTACTS)
