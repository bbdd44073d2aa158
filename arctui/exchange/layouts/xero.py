"""Xero: Aged Receivables Detail, the export of sales invoices, and of contacts.

Of an aged report each item's own Total column is what is open; an exported invoice has a row for each of its lines.
"""

from arctui.exchange.columns import CONTACT_FIELDS, Fields, Header, is_bucket
from arctui.exchange.layouts.layout import Customer, Layout, Repeats, says
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns, with_people
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Xero"

_FEW_BUCKETS = 2
_ITEMS: Fields = {
    "customer_number": ("contactaccountnumber",),
    "number": ("invoicenumber", "number"),
    "issued": ("invoicedate", "date"),
    "due": ("duedate",),
    "reference": ("invoicereference", "reference"),
    "balance": ("total", "totaldue"),
    "currency": ("currency",),
    "person": ("primaryperson",),
}
_INVOICES: Fields = {
    "customer": ("contactname",),
    "number": ("invoicenumber",),
    "kind": ("type",),
    "issued": ("invoicedate",),
    "due": ("duedate",),
    "balance": ("invoiceamountdue",),
    "amount": ("total",),
    "currency": ("currency",),
    "status": ("status",),
    "reference": ("reference",),
}
_CONTACTS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("contactname",),
    "customer_number": ("accountnumber",),
    "person": (),
    "terms": ("paymentterms",),
}
_TERMS = {
    "DAYSAFTERBILLDATE": "Net {}",
    "DAYSAFTERBILLMONTH": "{} days after the end of the month",
    "OFCURRENTMONTH": "day {} of the month",
    "OFFOLLOWINGMONTH": "day {} of the following month",
}
_PERSON = {"firstname": "person{}firstname", "lastname": "person{}lastname", "emailaddress": "person{}email"}
_PEOPLE = [{to: of.format(n) for to, of in _PERSON.items()} for n in range(1, 6)]


def _is_aged(_columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    return sum(map(is_bucket, cells)) >= _FEW_BUCKETS


def _is_receivables(table: Table, header: Header) -> bool:
    """Is this not the report of what is owed to suppliers, which is built alike?"""
    return not says(header.above(table), "payables")


def _one_row_a_person(table: Table) -> Table | None:
    """Give each of the five further people a row, and write the terms of sale in words."""
    place = header_at(table, "contactname", "duedatesalesday", "duedatesalesterm")
    if place < 0:
        return None
    at = places_of(table.rows[place])

    def terms(row: Row) -> list[str]:
        day, code = cell_of(row, at["duedatesalesday"]), cell_of(row, at["duedatesalesterm"])
        return [_TERMS.get(code.upper(), "{}").format(day) if day else ""]

    worded = with_columns(table, place, ["Payment terms"], terms)
    return with_people(worded, place, ("contactname", "accountnumber"), _PEOPLE)


AGED_RECEIVABLES = Layout(
    name="xero-aged-receivables-detail",
    system=SYSTEM,
    title="Aged Receivables Detail",
    kind=ReportKind.OPEN_ITEMS,
    fields=_ITEMS,
    needs=frozenset({"number", "issued", "due", "balance"}),
    without=("contact", "contactname", "customer", "customername", "customerid"),
    reads_header=_is_aged,
    suits=_is_receivables,
    customer=Customer.ABOVE,
    ends_with_total=True,
)
AGED_FLAT = Layout(
    name="xero-aged-receivables-flat",
    system=SYSTEM,
    title="Aged Receivables Detail with the contact on each row",
    kind=ReportKind.OPEN_ITEMS,
    fields={"customer": ("contact", "contactname"), **_ITEMS},
    needs=frozenset({"customer", "number", "issued", "due", "balance"}),
    reads_header=_is_aged,
    suits=lambda table, header: says(header.above(table), "receivables"),
)
INVOICES = Layout(
    name="xero-sales-invoices",
    system=SYSTEM,
    title="export of sales invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICES,
    needs=frozenset({"customer", "number", "issued", "due", "balance", "amount"}),
    marks=("invoiceamountpaid", "invoiceamountdue", "lineamount"),
    repeats=Repeats.SAME,
    dead=frozenset({"draft", "submitted", "awaiting approval", "voided", "deleted"}),
)
CONTACTS = Layout(
    name="xero-contacts",
    system=SYSTEM,
    title="export of contacts",
    kind=ReportKind.CONTACTS,
    fields=_CONTACTS,
    needs=frozenset({"customer"}),
    marks=("contactname", "poaddressline1"),
    reshape=_one_row_a_person,
    takes={
        "first_name": tuple(person["firstname"] for person in _PEOPLE),
        "last_name": tuple(person["lastname"] for person in _PEOPLE),
        "email": tuple(person["emailaddress"] for person in _PEOPLE),
        "terms": ("duedatesalesday", "duedatesalesterm"),
    },
)
LAYOUTS = (AGED_RECEIVABLES, AGED_FLAT, INVOICES, CONTACTS)
