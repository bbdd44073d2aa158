"""QuickBooks Desktop: A/R Aging Detail, Open Invoices, the Customer & Job list.

A workbook has an empty column between all columns and its labels in the first ones; a CSV file has no title.
"""

from arctui.exchange.columns import CONTACT_FIELDS, Fields, Header
from arctui.exchange.layouts.layout import Customer, Layout
from arctui.exchange.layouts.reshaping import header_at, with_people
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Table

SYSTEM = "QuickBooks Desktop"

_FEW_ROWS = 5
_FIELDS: Fields = {
    "number": ("num",),
    "kind": ("type",),
    "issued": ("date",),
    "due": ("duedate",),
    "balance": ("openbalance",),
    "amount": ("amount",),
    "age": ("aging",),
    "terms": ("terms",),
    "reference": ("ponumber", "memo"),
}
_ITEMS: Fields = {
    "customer": ("name", "namecustomer", "customer"),
    "customer_number": ("nameaccountnumber",),
    **_FIELDS,
}
_CONTACTS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("customer",),
    "customer_number": ("accountno", "accountnumber"),
    "person": ("primarycontact", "contact"),
    "role": ("jobtitle",),
    "tax_number": ("resalenum", "resaleno"),
}
_NEEDS = frozenset({"number", "kind", "issued", "due", "balance"})


def _has_group(table: Table, header: Header) -> bool:
    """Does a name of a bucket or a customer stand alone just below the header, left of its columns?"""
    first = min(header.columns.values())
    below = (row.filled() for row in table.rows[header.place + 1 :][:_FEW_ROWS])
    return any(len(filled) == 1 and filled[0] < first for filled in below)


def _one_row_a_person(table: Table) -> Table | None:
    place = header_at(table, "customer", "primarycontact", "secondarycontact")
    if place < 0:
        return table if header_at(table, "customer", "activestatus") >= 0 else None
    return with_people(table, place, ("customer", "accountno"), [{"primarycontact": "secondarycontact"}])


AGING_DETAIL = Layout(
    name="qbd-aging-detail",
    system=SYSTEM,
    title="A/R Aging Detail",
    kind=ReportKind.OPEN_ITEMS,
    fields=_ITEMS,
    needs=_NEEDS | {"customer"},
    suits=_has_group,
    ends_with_total=True,
)
OPEN_INVOICES = Layout(
    name="qbd-open-invoices",
    system=SYSTEM,
    title="Open Invoices",
    kind=ReportKind.OPEN_ITEMS,
    fields=_FIELDS,
    needs=_NEEDS,
    without=("name", "namecustomer", "customer", "customername"),
    suits=_has_group,
    customer=Customer.ABOVE,
    nested=True,
    ends_with_total=True,
)
CONTACTS = Layout(
    name="qbd-customers",
    system=SYSTEM,
    title="Customer & Job List",
    kind=ReportKind.CONTACTS,
    fields=_CONTACTS,
    needs=frozenset({"customer"}),
    marks=("activestatus", "mainphone"),
    reshape=_one_row_a_person,
    takes={"person": ("secondarycontact",)},
)
LAYOUTS = (AGING_DETAIL, OPEN_INVOICES, CONTACTS)
