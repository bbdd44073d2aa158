"""Sage 50 US (Peachtree), Sage 50 UK (Line 50) and Sage 200: aged receivables and customer records."""

from arctui.exchange.columns import CONTACT_FIELDS, Fields
from arctui.exchange.layouts.layout import Customer, Layout, Text
from arctui.exchange.layouts.reshaping import header_at, with_people
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Table

US, UK, SAGE_200 = "Sage 50 US", "Sage 50 UK", "Sage 200"

_AGED_US: Fields = {
    "customer": ("customer", "customername"),
    "customer_number": ("customerid",),
    "number": ("invoicecmnumber", "invoiceno", "invoicenumber"),
    "issued": ("date", "invoicedate", "invdate"),
    "due": ("datedue", "duedate"),
    "balance": ("amountdue", "amntremaining"),
    "person": ("contact", "billtocontact"),
}
_CUSTOMERS_US: Fields = {
    **CONTACT_FIELDS,
    "customer": ("customername",),
    "customer_number": ("customerid",),
    "person": (),
    "first_name": ("billtocontactfirstname", "contactfirstname"),
    "last_name": ("billtocontactlastname", "contactlastname"),
    "country": ("billtocountry",),
    "terms": ("duedays",),
    "tax_number": ("resalenumber", "salestaxid"),
}
_CUSTOMERS_UK: Fields = {
    **CONTACT_FIELDS,
    "customer": ("accountname", "companyname"),
    "customer_number": ("accountreference",),
    "person": ("contactname",),
    "terms": ("terms", "paymentduedays"),
    "tax_number": ("vatregistrationnumber", "vatregno"),
}
_AGED_200: Fields = {
    "customer": ("accountname", "customeraccountname"),
    "customer_number": ("accountreference", "accountnumber", "customeraccountnumber"),
    "person": ("contact",),
    "kind": ("transactiontype",),
    "number": ("reference",),
    "reference": ("secondreference",),
    "issued": ("transactiondate",),
    "due": ("duedate",),
    "amount": ("documentvalue",),
    "balance": ("outstandingvalue",),
    "currency": ("currency",),
}


def _is_subtotal(text: Text) -> bool:
    """A customer's total names it again, and has no number and no date."""
    told = text("customer") or text("customer_number")
    return bool(told) and not (text("number") or text("issued") or text("due"))


def _with_trade_contact(table: Table) -> Table | None:
    place = header_at(table, "accountreference", "accountname", "tradecontact")
    if place < 0:
        return table if header_at(table, "accountreference", "accountname") >= 0 else None
    return with_people(table, place, ("accountreference", "accountname"), [{"contactname": "tradecontact"}])


AGED_US = Layout(
    name="sage50us-aged-receivables",
    system=US,
    title="Aged Receivables",
    kind=ReportKind.OPEN_ITEMS,
    fields=_AGED_US,
    needs=frozenset({"customer", "customer_number", "number", "balance"}),
    marks=("invoicecmnumber", "amountdue"),
    customer=Customer.FIRST_ROW,
    is_subtotal=_is_subtotal,
    ends_with_total=True,
)
CUSTOMERS_US = Layout(
    name="sage50us-customers",
    system=US,
    title="customer list",
    kind=ReportKind.CONTACTS,
    fields=_CUSTOMERS_US,
    needs=frozenset({"customer", "customer_number"}),
    marks=("customerid", "customername", "billtoaddresslineone"),
)
CUSTOMERS_UK = Layout(
    name="sage50uk-customers",
    system=UK,
    title="customer records",
    kind=ReportKind.CONTACTS,
    fields=_CUSTOMERS_UK,
    needs=frozenset({"customer", "customer_number"}),
    marks=("street1", "settlementduedays"),
    reshape=_with_trade_contact,
    takes={"person": ("tradecontact",)},
)
AGED_SAGE_200 = Layout(
    name="sage200-aged-debtors",
    system=SAGE_200,
    title="Aged Debtors",
    kind=ReportKind.OPEN_ITEMS,
    fields=_AGED_200,
    needs=frozenset({"customer", "customer_number", "number", "issued", "due", "balance"}),
    marks=("secondreference", "outstandingvalue"),
)
LAYOUTS = (AGED_US, CUSTOMERS_US, CUSTOMERS_UK, AGED_SAGE_200)
