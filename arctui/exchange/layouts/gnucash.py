"""GnuCash: customers and invoices, in the columns in which it imports them. The files have no header.

They are known by the shape of all rows. An invoice has a row for each of its entries, the first of which alone says
when it is due; customers are named by number only, and nothing tells what is open.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from arctui.core.money import AmountError, parse_amount
from arctui.exchange.column_values import is_amount, is_date
from arctui.exchange.columns import CONTACT_FIELDS, Fields
from arctui.exchange.layouts.layout import Layout, Repeats
from arctui.exchange.layouts.reshaping import cell_of, with_columns, with_header
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "GnuCash"

_CUSTOMER = (
    "id", "company", "name", "addr1", "addr2", "addr3", "addr4", "phone", "fax", "email", "notes", "shipname",
    "shipaddr1", "shipaddr2", "shipaddr3", "shipaddr4", "shipphone", "shipfax", "shipmail",
)  # fmt: skip
_INVOICE = (
    "id", "date_opened", "owner_id", "billing_id", "notes", "date", "desc", "action", "account", "quantity", "price",
    "disc_type", "disc_how", "discount", "taxable", "taxincluded", "tax_table", "date_posted", "due_date",
    "account_posted", "memo_posted", "accu_splits",
)  # fmt: skip
_AT = {name: at for at, name in enumerate(_INVOICE)}
_CUSTOMERS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("company",),
    "customer_number": ("id",),
    "person": ("name",),
    "role": (),
    "phone": ("phone",),
    "email": ("email",),
    "terms": ("termsfromthenotes",),
}
_INVOICES: Fields = {
    "customer_number": ("ownerid",),
    "number": ("id",),
    "issued": ("dateposted",),
    "due": ("duedate",),
    "reference": ("billingid",),
    "amount": ("amountoftheentry",),
}
_TERMS = re.compile(r"terms:? +(.+)", re.IGNORECASE)
_NUMBER = re.compile(r"(?=.*\d)[\w/.-]{1,20}")


def _shaped(table: Table, names: tuple[str, ...], is_row: Callable[[tuple[str, ...]], bool]) -> Table | None:
    """Return the table with our own header if all rows have this shape, a header of these names beside."""
    named = bool(table.rows) and tuple(map(str.casefold, table.rows[0].cells)) == names
    rows = table.rows[named:]
    # The first row that is none of them ends the look.
    shaped = (row.fault or (len(row.cells) == len(names) and is_row(row.cells)) for row in rows)
    return with_header(table._replace(rows=rows), names) if rows and all(shaped) else None


def _is_customer(cells: tuple[str, ...]) -> bool:
    number, company, person, phone, email = cells[0], cells[1], cells[2], cells[7], cells[9]
    reached = (not phone or any(map(str.isdigit, phone))) and not is_amount(email)
    named = bool(company or person) and not is_date(company) and "@" not in company
    return bool(_NUMBER.fullmatch(number)) and reached and named


def _is_entry(cells: tuple[str, ...]) -> bool:
    dates = [cells[_AT[name]] for name in ("date_opened", "date", "date_posted", "due_date")]
    quantity, price = cells[_AT["quantity"]], cells[_AT["price"]]
    account = cells[_AT["account"]]
    counted = is_amount(price) and (not quantity or is_amount(quantity))
    return bool(cells[0] and account) and counted and not is_amount(account) and all(is_date(d) for d in dates if d)


def _customers(table: Table) -> Table | None:
    found = _shaped(table, _CUSTOMER, _is_customer)
    if found is None:
        return None
    if not any("@" in cell_of(row, 9) for row in found.rows):
        return None

    def terms(row: Row) -> list[str]:
        told = _TERMS.fullmatch(cell_of(row, 10))
        return [told[1] if told else ""]

    return with_columns(found, 0, ["Terms (from the notes)"], terms)


def _invoices(table: Table) -> Table | None:
    """Give each entry its amount, and all of an invoice what its first row says; an unposted one is no debt yet."""
    found = _shaped(table, _INVOICE, _is_entry)
    if found is None:
        return None
    heads: dict[str, Row] = {}
    rows = []
    for row in found.rows[1:]:
        head = heads.setdefault(cell_of(row, 0), row)
        cells = list(row.cells)
        for at in () if row.fault else map(_AT.__getitem__, ("owner_id", "billing_id", "date_posted", "due_date")):
            cells[at] = cells[at] or cell_of(head, at)
        posted = row.fault or cell_of(head, _AT["date_posted"])
        rows.append(Row(row.number, tuple(cells), row.fault if posted else "the invoice is not posted yet"))
    return with_columns(found._replace(rows=(found.rows[0], *rows)), 0, ["Amount (of the entry)"], _amount)


def _amount(row: Row) -> list[str]:
    """Work out quantity times price less the discount; what cannot be read is left as it is."""
    quantity, price, discount = (cell_of(row, _AT[name]) for name in ("quantity", "price", "discount"))
    try:
        whole = _decimal(quantity or "1") * _decimal(price)
        less = _decimal(discount) if discount else Decimal(0)
    except AmountError:
        return [price]
    whole -= whole * less / 100 if cell_of(row, _AT["disc_type"]) in ("%", "") else less
    return [f"{whole.quantize(Decimal('0.01')):f}"]


def _decimal(text: str) -> Decimal:
    """Read a quantity or a price, which may have more than two decimals. Raises AmountError."""
    if re.fullmatch(r"-?\d+(?:\.\d+)?", text, re.ASCII):
        return Decimal(text)
    return parse_amount(text)


CUSTOMERS = Layout(
    name="gnucash-customers",
    system=SYSTEM,
    title="customers",
    kind=ReportKind.CONTACTS,
    fields=_CUSTOMERS,
    needs=frozenset({"customer", "customer_number"}),
    reshape=_customers,
    takes={"terms": ("notes",)},
    several={"address": ("addr1", "addr2", "addr3", "addr4")},
)
INVOICES = Layout(
    name="gnucash-invoices",
    system=SYSTEM,
    title="invoices",
    kind=ReportKind.LISTED,
    fields=_INVOICES,
    needs=frozenset({"customer_number", "number", "issued", "due", "amount"}),
    reshape=_invoices,
    takes={"amount": ("quantity", "price", "discount")},
    repeats=Repeats.PARTS,
    note="GnuCash names customers by number only, and does not say here what was paid",
)
LAYOUTS = (INVOICES, CUSTOMERS)
