"""Akaunting: the workbook of invoices, customers, transactions.

What is open of an invoice is its amount less what the sheet of transactions shows of its number. Two customers may
have one number: then it is told by the customer's email.
"""

from collections.abc import Iterable

from arctui.exchange.columns import CONTACT_FIELDS, Fields
from arctui.exchange.layouts.akaunting_open import INVOICE_COLUMNS, with_open
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Akaunting"

_INVOICES: Fields = {
    "customer": ("contactname",),
    "number": ("invoicenumber",),
    "status": ("status",),
    "issued": ("invoicedat",),
    "due": ("dueat",),
    "amount": ("amount",),
    "balance": ("openamountlesspaid",),
    "currency": ("currencycode",),
    "reference": ("ordernumber",),
    "email": ("contactemail",),
    "phone": ("contactphone",),
    "country": ("contactcountry",),
    "tax_number": ("contacttaxnumber",),
}
_CUSTOMERS: Fields = {**CONTACT_FIELDS, "customer": ("name",), "customer_number": ("reference",), "person": ()}
_PAYMENTS: Fields = {
    "customer": ("contactemail",),
    "kind": ("kindasapayment",),
    "identity": ("number", "transactionnumber"),
    "day": ("paidat",),
    "amount": ("amount",),
    "currency": ("currencycode",),
    "invoice": ("invoicebillnumber", "documentnumber"),
    "method": ("paymentmethod",),
    "reference": ("reference",),
    "memo": ("description",),
}
_ADDRESS: Fields = {"address": ("contactaddress", "contactcity", "contactstate", "contactzipcode")}


def _payments(table: Table) -> Table | None:
    place = header_at(table, "paidat", "accountname", "categoryname", "contactemail")
    if place < 0:
        return None
    at = places_of(table.rows[place])

    def kind(row: Row) -> list[str]:
        text = cell_of(row, at.get("type"))
        return ["Payment" if text.casefold() in ("income", "") else text]

    return with_columns(table, place, ["Kind (as a payment)"], kind)


def _is_customer(_columns: dict[str, int], cells: Iterable[str]) -> bool:
    return "user_id" in cells or "enabled" in cells


INVOICES = Layout(
    name="akaunting-invoices",
    system=SYSTEM,
    title="export of invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICES,
    needs=frozenset({"customer", "number", "issued", "due", "amount", "balance"}),
    reshape=with_open,
    takes={"balance": ("amount",)},
    several=_ADDRESS,
    of_workbook=True,
)
ONE_SHEET = Layout(
    name="akaunting-invoices-sheet",
    system=SYSTEM,
    title="export of invoices without its other sheets",
    kind=ReportKind.LISTED,
    fields={field: names for field, names in _INVOICES.items() if field != "balance"},
    needs=frozenset({"customer", "number", "issued", "due", "amount"}),
    marks=INVOICE_COLUMNS,
    several=_ADDRESS,
    partly=frozenset({"partial"}),
)
CUSTOMERS = Layout(
    name="akaunting-customers",
    system=SYSTEM,
    title="customers",
    kind=ReportKind.CONTACTS,
    fields=_CUSTOMERS,
    needs=frozenset({"customer"}),
    marks=("taxnumber", "zipcode", "currencycode"),
    reads_header=_is_customer,
)
PAYMENTS = Layout(
    name="akaunting-transactions",
    system=SYSTEM,
    title="transactions",
    kind=ReportKind.PAYMENTS,
    fields=_PAYMENTS,
    needs=frozenset({"customer", "day", "amount", "kind"}),
    without=("invoicedat",),
    reshape=_payments,
    note="transactions name customers by their email only",
)
LAYOUTS = (INVOICES, ONE_SHEET, CUSTOMERS, PAYMENTS)
