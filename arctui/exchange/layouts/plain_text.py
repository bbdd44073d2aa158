"""Plain-text accounting: journals, and what hledger and ledger export of them.

An invoice is what its number adds to an account of receivables; the account's last part is the customer. Money that
names an invoice of the customer (by tag, by its own code, in its words) takes from what is open of it; all other
money stays as an item of its own.
"""

from collections.abc import Callable

from arctui.exchange.column_values import is_amount, is_date
from arctui.exchange.columns import Fields, header_key
from arctui.exchange.layouts.layout import Layout
from arctui.exchange.layouts.postings import postings_of, settled
from arctui.exchange.layouts.reshaping import header_at, places_of, with_columns, with_header
from arctui.exchange.report import ReportKind
from arctui.exchange.table import Row, Table

_ADDED = (
    "Customer (of the account)", "Number (of the invoice)", "Kind (of the entry)", "Due (from the comment)",
    "Amount (of the invoice)", "Open (after payments)", "Currency (of the posting)",
)  # fmt: skip
_FIELDS: Fields = {
    field: (header_key(name),)
    for field, name in zip(
        ("customer", "number", "kind", "due", "amount", "balance", "currency"), _ADDED, strict=True
    )
} | {"issued": ("date",)}
_LEDGER = ("date", "code", "payee", "account", "commodity", "amount", "state", "note")
_NONE = "no account of receivables is in it: export the postings of assets:receivable"


def _with_invoices(table: Table, place: int) -> Table:
    """Return the postings of receivables, each invoice once with its amount and what is open of it."""
    at = places_of(table.rows[place])
    faulty: dict[int, str] = {}
    postings = list(postings_of(table.rows[place + 1 :], at, faulty))
    added = {item.row.number: item for item in settled(postings)}
    kept = [
        Row(row.number, row.cells, faulty.get(row.number, ""))
        for row in table.rows[place + 1 :]
        if row.number in added or row.number in faulty
    ]
    if not kept and len(table.rows) > place + 1:
        first = table.rows[place + 1]
        kept = [Row(first.number, first.cells, _NONE)]

    def values(row: Row) -> list[str]:
        item = added.get(row.number)
        if item is None or row.fault:
            return [""] * len(_ADDED)
        amount, left = f"{item.amount:f}", f"{item.left:f}"
        return [item.customer, item.number, item.kind, item.due, amount, left, item.currency]

    return with_columns(table._replace(rows=(*table.rows[: place + 1], *kept)), place, _ADDED, values)


def _register(table: Table) -> Table | None:
    place = header_at(table, "txnidx", "date", "description", "account", "amount", "total")
    return None if place < 0 else _with_invoices(table, place)


def _journal(table: Table) -> Table | None:
    place = header_at(table, "txnidx", "date", "description", "account", "amount", "commodity", "postingcomment")
    return None if place < 0 else _with_invoices(table, place)


def _ledger(table: Table) -> Table | None:
    """Take the eight columns of `ledger csv`, which have no header: all rows have their shape."""
    # The first row that has another shape ends the look.
    if not table.rows or not all(row.fault or _is_ledger(row.cells) for row in table.rows):
        return None
    return _with_invoices(with_header(table, _LEDGER), 0)


def _is_ledger(cells: tuple[str, ...]) -> bool:
    return (
        len(cells) == len(_LEDGER)
        and cells[6] in ("", "*", "!")
        and is_date(cells[0])
        and is_amount(cells[5])
        and bool(cells[3])
        and not is_amount(cells[3])
    )


def _layout(name: str, system: str, title: str, reshape: Callable[[Table], Table | None]) -> Layout:
    return Layout(
        name=name,
        system=system,
        title=title,
        kind=ReportKind.OPEN_ITEMS,
        fields=_FIELDS,
        needs=frozenset(_FIELDS),
        reshape=reshape,
        takes={"number": ("code",), "customer": ("account",), "balance": ("amount",), "currency": ("commodity",)},
        note="only the postings of receivables were read; money that names no invoice stays unapplied",
    )


REGISTER = _layout("hledger-register", "hledger", "register as CSV", _register)
JOURNAL = _layout("hledger-journal", "hledger or ledger", "journal, or print as CSV", _journal)
LEDGER = _layout("ledger-csv", "ledger", "postings as CSV", _ledger)
BALANCE = Layout(
    name="hledger-balance",
    system="hledger",
    title="balance as CSV",
    kind=ReportKind.OPEN_ITEMS,
    fields={"customer": ("account",), "balance": ("balance",)},
    needs=frozenset({"customer", "balance"}),
    reads_header=lambda _columns, cells: list(map(header_key, cells)) == ["account", "balance"],
    refuses="export 'hledger print -O csv' or the journal itself instead",
)
LAYOUTS = (REGISTER, JOURNAL, LEDGER, BALANCE)
