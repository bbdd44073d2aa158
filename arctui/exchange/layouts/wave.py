"""Wave: accounting transactions, of which those of the receivables are invoices and money; customers; aging.

An invoice is what its number was debited to the receivables, and open what was not credited to them again.
"""

from decimal import Decimal

import msgspec

from arctui.core.money import ZERO, AmountError, parse_amount
from arctui.exchange.columns import CONTACT_FIELDS, Fields, is_bucket
from arctui.exchange.layouts.layout import Layout, says
from arctui.exchange.layouts.reshaping import cell_of, header_at, places_of, with_columns
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "Wave"

_FEW_BUCKETS = 3
_NAMES = ("transactionid", "accounttype", "amountonecolumn", "customer", "invoicenumber")
_TRANSACTIONS: Fields = {
    "customer": ("customer",),
    "number": ("invoicenumber",),
    "issued": ("transactiondate",),
    "amount": ("invoiceamountaddedup",),
    "balance": ("openamountaddedup",),
    "reference": ("notesmemo",),
}
_CUSTOMERS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("customername",),
    "customer_number": ("accountnumber",),
    "person": (),
    "currency": ("customercurrency",),
}


def _invoices(table: Table) -> Table | None:
    """Return the receivables' rows: one an invoice with its amount and what is open of it."""
    place = header_at(table, *_NAMES)
    if place < 0:
        return None
    at = places_of(table.rows[place])
    account, kind = at.get("accountname"), at["accounttype"]
    invoiced: dict[tuple[str, str], Decimal] = {}
    opened: dict[tuple[str, str], Decimal] = {}

    def key(row: Row) -> tuple[str, str]:
        return cell_of(row, at["customer"]).casefold(), cell_of(row, at["invoicenumber"])

    kept: list[tuple[Row, Decimal]] = []
    for row in table.rows[place + 1 :]:
        receivable = "receivable" in cell_of(row, kind).casefold()
        if not (receivable or row.fault or cell_of(row, account).casefold() == "accounts receivable"):
            continue
        try:
            amount = parse_amount(cell_of(row, at["amountonecolumn"]))
        except AmountError as error:
            kept.append((_refused(row, str(error)), ZERO))
            continue
        opened[key(row)] = opened.get(key(row), ZERO) + amount
        if amount > 0:
            invoiced[key(row)] = invoiced.get(key(row), ZERO) + amount
        kept.append((row, amount))

    def amounts(row: Row) -> tuple[str, str]:
        return f"{invoiced.get(key(row), ZERO):f}", f"{opened.get(key(row), ZERO):f}"

    done: set[tuple[str, str]] = set()
    rows = []
    for row, amount in kept:
        if row.fault or not key(row)[1]:
            rows.append(_refused(row, "no invoice number"))
        elif key(row) not in invoiced:
            rows.append(_refused(row, "money for an invoice that this export does not have"))
        elif amount > 0 and key(row) not in done:
            done.add(key(row))
            rows.append(row)
    found = table._replace(rows=(*table.rows[: place + 1], *rows))
    return with_columns(found, place, ("Invoice amount (added up)", "Open amount (added up)"), amounts)


def _refused(row: Row, why: str) -> Row:
    return msgspec.structs.replace(row, fault=row.fault or why)


TRANSACTIONS = Layout(
    name="wave-transactions",
    system=SYSTEM,
    title="accounting transactions",
    kind=ReportKind.LISTED,
    fields=_TRANSACTIONS,
    needs=frozenset({"customer", "number", "issued", "amount", "balance"}),
    reshape=_invoices,
    takes={"amount": ("amountonecolumn",)},
    note="only the transactions of the receivables were read: the rows of other accounts say the same again",
)
CUSTOMERS = Layout(
    name="wave-customers",
    system=SYSTEM,
    title="customers",
    kind=ReportKind.CONTACTS,
    fields=_CUSTOMERS,
    needs=frozenset({"customer", "currency"}),
    marks=("customername", "customercurrency", "contactfirstname"),
)
AGING = Layout(
    name="wave-aged-receivables",
    system=SYSTEM,
    title="Aged Receivables",
    kind=ReportKind.OPEN_ITEMS,
    fields={"customer": ("customer",), "balance": ("totalunpaid",)},
    needs=frozenset({"customer", "balance"}),
    reads_header=lambda _columns, cells: sum(map(is_bucket, cells)) >= _FEW_BUCKETS,
    suits=lambda table, header: says(header.above(table), "aged receivables"),
    refuses="export the accounting transactions instead, they name the invoices",
)
LAYOUTS = (TRANSACTIONS, CUSTOMERS, AGING)
