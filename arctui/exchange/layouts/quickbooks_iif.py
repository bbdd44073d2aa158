"""QuickBooks Desktop: IIF, the file in which it gives lists and transactions away.

Each kind of line has its own header, a line that begins with "!"; an invoice is a line TRNS, and its parts are lines
SPL that add up to it.
"""

import msgspec

from arctui.exchange.columns import CONTACT_FIELDS, Fields
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.layouts.reshaping import header_at, with_people
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

SYSTEM = "QuickBooks Desktop"

_CUSTOMERS: Fields = {
    **CONTACT_FIELDS,
    "customer": ("name",),
    "customer_number": ("accnum",),
    "person": ("cont1",),
    "role": (),
    "country": (),
    "tax_number": ("resalenum",),
}
_TRANSACTIONS: Fields = {
    "customer": ("name",),
    "number": ("docnum",),
    "kind": ("trnstype",),
    "issued": ("date",),
    "due": ("duedate",),
    "amount": ("amount",),
    "status": ("paid",),
    "terms": ("terms",),
    "reference": ("ponum", "memo"),
}
#: Lines that stand around the records of a file, or are the parts of one.
_FRAME = {"HDR", "SPL", "ENDTRNS", "CUSTNAMEDICT", "ENDCUSTNAMEDICT", ""}
_RECEIVABLE = {"INVOICE", "CREDIT MEMO", "STMT CHG"}


def _lines_of(kind: str, table: Table) -> Table | None:
    """Return the lines of one kind below their header; those of other lists are kept with what they are."""
    begin = header_at(table, f"{kind.lower()}", "name")
    if begin < 0 or table.rows[begin].cells[0] != f"!{kind}":
        return None
    rows = [table.rows[begin]]
    for row in table.rows:
        if row.cells[0] == kind:
            rows.append(row)
        elif not row.cells[0].startswith("!") and row.cells[0] not in _FRAME:
            rows.append(_refused(row, f"a line of the list {row.cells[0]}"))
    return table._replace(rows=tuple(rows))


def _customers(table: Table) -> Table | None:
    lines = _lines_of("CUST", table)
    return None if lines is None else with_people(lines, 0, ("name", "accnum"), [{"cont1": "cont2"}])


def _transactions(table: Table) -> Table | None:
    lines = _lines_of("TRNS", table)
    if lines is None or "TRNSTYPE" not in lines.rows[0].cells:
        return None
    at = lines.rows[0].cells.index("TRNSTYPE")

    def checked(row: Row) -> Row:
        kind = row.cells[at] if at < len(row.cells) else ""
        told = row.fault or row is lines.rows[0] or kind.upper() in _RECEIVABLE
        return row if told else _refused(row, f"a transaction of type '{kind}' is no invoice")

    return lines._replace(rows=tuple(map(checked, lines.rows)))


def _refused(row: Row, why: str) -> Row:
    return msgspec.structs.replace(row, fault=row.fault or why)


CUSTOMERS = Layout(
    name="qbd-iif-customers",
    system=SYSTEM,
    title="customer list (IIF)",
    kind=ReportKind.CONTACTS,
    fields=_CUSTOMERS,
    needs=frozenset({"customer"}),
    marks=("cust",),
    reshape=_customers,
    takes={"person": ("cont2",)},
)
TRANSACTIONS = Layout(
    name="qbd-iif-invoices",
    system=SYSTEM,
    title="transactions (IIF)",
    kind=ReportKind.LISTED,
    fields=_TRANSACTIONS,
    needs=frozenset({"customer", "number", "kind", "issued", "amount"}),
    marks=("trns",),
    reshape=_transactions,
    settled=frozenset({"y"}),
    note="an IIF file says what was invoiced and not what is open: import A/R Aging Detail for that",
)
LAYOUTS = (TRANSACTIONS, CUSTOMERS)
