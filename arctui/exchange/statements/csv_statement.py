"""Bank statements as CSV: a day, words, and an amount with a sign or one column each for money in and out.

Owns how a row becomes a line. The names of columns are those of `bank_columns`, what came in is told by `signs`.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.money import ZERO, total
from arctui.core.text import plural
from arctui.exchange.cells import CellError, Cells, cells_for, currency_code, currency_in, day_or_none
from arctui.exchange.columns import Header, columns_of
from arctui.exchange.report import (
    Column,
    ReadOptions,
    Reason,
    Report,
    ReportError,
    ReportKind,
    Skipped,
    StatementLine,
)
from arctui.exchange.statements.bank_columns import KINDS, MORE_WORDS, SIDES, Bank, find, meant
from arctui.exchange.statements.signs import OUT, UNTOLD, Entry, proof_by_balance, side_of, signed
from arctui.exchange.statements.text import with_own_ids
from arctui.exchange.table import Row, Table

NAME = "bank-statement"

_OPENING = (
    "opening balance", "beginning balance", "balance forward", "brought forward", "anfangssaldo", "closing balance",
    "ending balance", "endsaldo", "kontostand",
)  # fmt: skip
#: What is not booked yet, or never will be.
_NOT_BOOKED = {
    "pending", "processing", "authorized", "authorised", "vorgemerkt", "umsatz vorgemerkt", "declined", "failed",
    "reverted", "cancelled", "canceled", "denied", "expired", "held", "on hold", "voided", "memo",
}  # fmt: skip
_SIDE_BEHIND = re.compile(r"(?:(?<=[\d\s.])(?:cr|dr)\.?|^(?:cr|dr)\b.*)$", re.IGNORECASE)
_NO_REFERENCE = {"notprovided", "nonref", "-"}


def recognise(table: Table) -> bool:
    """Say whether a header row is a bank's: a day, words, money, and no column of customers or invoices."""
    return find(table) is not None


def is_meant(table: Table, options: ReadOptions) -> bool:
    """Say whether a table is to be read as a bank statement: the clerk named this layout, or none and it is one."""
    if options.layout or options.payments:
        return options.layout == NAME
    return recognise(table)


def read(table: Table, options: ReadOptions) -> Report:
    """Read one row a line.

    Raises ReportError where the columns are missing, there are no rows, the dates can be read in two ways, or
    nothing tells which lines came in (UnsignedError).
    """
    found = meant(table)
    if found is None:
        raise ReportError("no header row names a date, a description and an amount of a bank statement: add one")
    table, header, bank = found
    if options.month_first is None and bank:
        options = msgspec.structs.replace(options, month_first=bank.month_first)
    if bank and bank.is_of_checks:
        table = _one_row_a_check(table, header)
    return read_under(header, table, options, bank)


def read_under(header: Header, table: Table, options: ReadOptions, bank: Bank | None = None) -> Report:
    """Read the rows below a header whose columns are known. Raises ReportError as `read` does."""
    cells = cells_for(header, table, options)
    found: list[tuple[Entry, StatementLine | None, Row]] = []
    skipped: list[Skipped] = []
    waiting = 0
    columns = _Columns(header, bank.says if bank else "")
    for row in header.data(table):
        try:
            if _is_balance_row(row, header):
                found += [(entry, None, row) for entry in _balance_entry(row, header, cells)]
            elif not row.fault and any(text.casefold() in _NOT_BOOKED for text in columns.states(row)):
                waiting += 1
            else:
                found.append((*_line(row, header, cells, columns), row))
        except CellError as error:
            skipped.append(_skipped(row, str(error)))
    entries = _with_days([entry for entry, _, _ in found])
    factors = signed(entries, header.cells[header.columns["amount"]] if "amount" in header.columns else "")
    kept: list[Entry] = []
    lines: list[StatementLine] = []
    records: list[tuple[str, ...]] = []
    for entry, (_, line, row), factor in zip(entries, found, factors, strict=True):
        if factor == UNTOLD:
            says = "it says that money went out, and its amount has no minus" if entry.side == OUT else ""
            skipped.append(_skipped(row, says or "nothing tells whether this money came in or went out"))
            continue
        kept.append(entry._replace(amount=factor * entry.amount, booked=factor * entry.moved))
        if line is not None:
            lines.append(msgspec.structs.replace(line, amount=factor * line.amount))
            records.append(row.cells)
    fields = {place: field for field, place in header.columns.items()}
    return Report(
        layout=NAME,
        system=f"{bank.name}'s CSV file" if bank else "a bank's CSV file",
        kind=ReportKind.STATEMENT,
        lines=with_own_ids(lines, records),
        skipped=tuple(sorted(skipped, key=lambda s: s.row)),
        counted_total=total(line.amount for line in lines),
        subtotals=proof_by_balance(kept),
        columns=tuple(Column(n, cell, fields.get(n, "")) for n, cell in enumerate(header.cells) if cell),
        reasons=_reasons(header, table, bank, waiting),
    )


def _one_row_a_check(table: Table, header: Header) -> Table:
    """Join the rows of a check that pays several invoices: its amount came once."""
    rows = list(table.rows[: header.place + 1])
    seen: dict[tuple[str, ...], int] = {}
    at = header.columns.get("words", -1)
    for row in table.rows[header.place + 1 :]:
        check = tuple(header.text(row, field) for field in ("day", "reference", "paid", "payer"))
        first = seen.setdefault(check, len(rows)) if all(check) and not row.fault else len(rows)
        if first == len(rows):
            rows.append(row)
        elif at >= 0 and (more := header.text(row, "words")):
            cells = list(rows[first].cells)
            cells[at] = f"{cells[at]} {more}".strip()
            rows[first] = msgspec.structs.replace(rows[first], cells=tuple(cells))
    return table._replace(rows=tuple(rows))


def _reasons(header: Header, table: Table, bank: Bank | None, waiting: int) -> tuple[Reason, ...]:
    number = table.rows[header.place].number if header.place >= 0 else 0
    named = f"row {number} names a day, words and money" if number else "its columns, which have no names"
    reasons = [Reason("bank statement", f"{named}, as {bank.name} has them" if bank else named)]
    if waiting:
        reasons.append(Reason("entries", f"{plural(waiting, 'entry', 'entries')} not booked: left out"))
    return tuple(reasons)


def _skipped(row: Row, why: str) -> Skipped:
    return Skipped(row=row.number, why=why, text=" | ".join(filter(None, row.cells)), cells=row.cells)


class _Columns:
    """The columns of which there may be several, and the currency that the amount's own name says."""

    def __init__(self, header: Header, says: str) -> None:
        self._says = says
        used = {place for field, place in header.columns.items() if field in ("words", "payer")}
        mapped = [header.columns["sign"]] if "sign" in header.columns else []
        self._sides = mapped or columns_of(header.cells, SIDES)
        self._kinds = [] if mapped else [p for p in columns_of(header.cells, KINDS) if p not in used]
        self._words = [p for p in columns_of(header.cells, MORE_WORDS) if p not in header.columns.values()]
        self._states = columns_of(header.cells, frozenset({"status", "state", "info", "balanceimpact"}))
        money = next((header.columns[f] for f in ("amount", "paid") if f in header.columns), -1)
        name = header.cells[money] if 0 <= money < len(header.cells) else ""
        self.currency = currency_in(name) or next((c for c in map(_code, name.replace("(", " ").split()) if c), "")

    def side(self, row: Row) -> int:
        """Return the side that a row names, UNTOLD where its columns name none, or both."""
        sides = {side_of(text) for text in _cells(row, self._sides)}
        sides |= {side_of(text, letters=False) for text in _cells(row, self._kinds)}
        sides -= {UNTOLD}
        return sides.pop() if len(sides) == 1 else UNTOLD

    def states(self, row: Row) -> list[str]:
        """Return whether a row is booked, in the bank's words."""
        return _cells(row, self._states)

    def more_words(self, row: Row) -> list[str]:
        """Return what further columns say on a line, and what is true of all."""
        return [*_cells(row, self._words), self._says]


def _cells(row: Row, places: Sequence[int]) -> list[str]:
    return [row.cells[place] for place in places if place < len(row.cells)]


def _code(word: str) -> str:
    word = word.strip(")")
    return word if len(word) == 3 and word.isupper() and currency_in(f"1 {word}") else ""


def _is_balance_row(row: Row, header: Header) -> bool:
    """Is it no line but the balance that stands above or below them?"""
    money = any(header.text(row, field) for field in ("amount", "paid", "out"))
    words = " ".join(row.cells).casefold()
    return not row.fault and not money and any(word in words for word in _OPENING)


def _balance_entry(row: Row, header: Header, cells: Cells) -> list[Entry]:
    """Return a balance that stands on a row of its own as an entry of nought, nothing where it cannot be read."""
    try:
        balance = _balance(row, header, cells)
    except CellError:
        return []
    day = day_or_none(cells, header.text(row, "day")) or date.min
    return [] if balance is None else [Entry(row.number, day, ZERO, balance=balance)]


def _with_days(entries: Sequence[Entry]) -> list[Entry]:
    """Give a balance without a day that of the line beside it."""
    days = [entry.day for entry in entries if entry.day != date.min]
    return [
        entry if entry.day != date.min or not days else entry._replace(day=days[0 if place == 0 else -1])
        for place, entry in enumerate(entries)
    ]


def _line(row: Row, header: Header, cells: Cells, columns: _Columns) -> tuple[Entry, StatementLine]:
    if row.fault:
        raise CellError(row.fault)
    day = cells.day(header.text(row, "day"))
    if day is None:
        raise CellError("the date is missing")
    amount, written, told = _amount(row, header, cells)
    named = header.text(row, "currency")
    currency = currency_code(named) if named else currency_in(written) or columns.currency
    reference = header.text(row, "reference")
    line = StatementLine(
        row=row.number,
        day=day,
        amount=amount,
        currency=currency,
        payer=header.text(row, "payer"),
        words=_words(row, header, columns),
        reference="" if reference.casefold() in _NO_REFERENCE else reference,
        identity=header.text(row, "identity"),
    )
    booked = header.text(row, "booked")
    entry = Entry(
        row=row.number,
        day=day,
        amount=amount,
        currency=currency,
        side=columns.side(row),
        told=told,
        booked=cells.amount(booked) if booked else None,
        balance=_balance(row, header, cells),
    )
    return entry, line


def _words(row: Row, header: Header, columns: _Columns) -> str:
    said: list[str] = []
    for text in (header.text(row, "words"), *columns.more_words(row), header.text(row, "kind").replace("_", " ")):
        if text and text.casefold() not in "  ".join(said).casefold():
            said.append(text)
    return "  ".join(said)


def _amount(row: Row, header: Header, cells: Cells) -> tuple[Decimal, str, bool]:
    """Return what came in, negative for what went out; how it is written; and whether that tells the side."""
    came, went = header.text(row, "paid"), header.text(row, "out")
    written = header.text(row, "amount")
    if not came and not went and (written or "amount" in header.columns):
        value = _with_side(written, cells.amount(written))
        return value, written, bool(_SIDE_BEHIND.search(written)) or written.startswith("+") or written.endswith("+")
    amount = (cells.amount(came) if came else ZERO) - (abs(cells.amount(went)) if went else ZERO)
    if not came and not went:
        raise CellError("no money came in and none went out")
    return amount, came or went, True


def _with_side(text: str, value: Decimal) -> Decimal:
    """Turn what stands before a Cr or Dr: a bank credits what comes in, and a ledger of customers what they paid."""
    return -value if _SIDE_BEHIND.search(text) else value


def _balance(row: Row, header: Header, cells: Cells) -> Decimal | None:
    text = header.text(row, "balance")
    return _with_side(text, cells.amount(text, "balance")) if text else None
