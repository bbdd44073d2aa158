"""Bank statements as CSV: a day, words, and an amount with a sign or one column each for money in and out.

Owns what tells a statement from every other table, and the proof by the running balance.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import msgspec

from arctui.core.money import ZERO, total
from arctui.exchange.cells import CellError, Cells, cells_for, currency_code, currency_in
from arctui.exchange.columns import Fields, Header, find_header, header_key
from arctui.exchange.report import (
    Column,
    ReadOptions,
    Reason,
    Report,
    ReportError,
    ReportKind,
    Skipped,
    StatementLine,
    Subtotal,
)
from arctui.exchange.table import Row, Table

NAME = "bank-statement"

#: The names that banks give to their columns, in the order in which they are believed.
FIELDS: Fields = {
    "day": (
        "postingdate", "bookingdate", "posteddate", "postdate", "transactiondate", "date", "bookeddate",
        "effectivedate", "valuedate", "buchungstag", "buchungsdatum", "buchung", "datum", "valutadatum", "valuta",
        "wertstellung", "datecomptabilisation", "dateoperation", "fecha",
    ),
    "words": (
        "description", "transactiondescription", "narrative", "particulars", "memo", "verwendungszweck",
        "buchungstext", "libelle", "concepto", "details", "transactiondetails", "reference",
    ),
    "payer": (
        "payee", "payer", "payername", "counterparty", "counterpartyname", "othername", "name",
        "begünstigterzahlungspflichtiger", "beguenstigterzahlungspflichtiger", "auftraggeberempfänger",
        "auftraggeberbegünstigter", "nameauftraggeberempfänger", "namezahlungsbeteiligter", "zahlungspflichtiger",
        "zahlungspflichtige", "zahlungsbeteiligter", "auftraggeber",
    ),
    "amount": ("amount", "transactionamount", "betrag", "betrageur", "umsatz", "betragineur", "montant", "importe"),
    "paid": (
        "credit", "creditamount", "moneyin", "paidin", "deposits", "deposit", "credits", "depositamount", "haben",
        "gutschrift", "gutschriften", "eingang", "crédit",
    ),
    "out": (
        "debit", "debitamount", "moneyout", "paidout", "withdrawals", "withdrawal", "debits", "withdrawalamount",
        "soll", "lastschrift", "ausgang", "débit",
    ),
    "balance": (
        "balance", "runningbalance", "runningbal", "availablebalance", "saldo", "saldonachbuchung", "kontostand",
        "accountbalance", "solde",
    ),
    "currency": ("currency", "currencycode", "ccy", "währung", "waehrung", "devise"),
    "reference": (
        "checkorslipnumber", "checknumber", "checkno", "chequenumber", "chequeno", "slipnumber", "serialnumber",
        "kundenreferenz", "kundenreferenzendtoend", "referencenumber", "referenceno",
    ),
    "kind": ("type", "transactiontype", "details", "buchungstext"),
    "identity": ("transactionid", "fitid", "bankreference", "entryreference"),
}  # fmt: skip

#: A table with one of these is a report of the accounting system, or a journal.
_OTHERS = {
    "customer", "customername", "customerid", "customernumber", "customerno", "customercode", "client", "debtor",
    "contact", "contactname", "partner", "invoice", "invoicenumber", "invoiceno", "documentno", "documentnumber",
    "documenttype", "duedate", "dateduedate", "due", "openbalance", "balancedue", "amountdue", "remainingamount",
    "account", "accountfullname", "txnidx", "paymentid", "paymentmethod", "num", "vendor", "debit account",
    "glaccount", "fullaccountname", "category", "transactionnumber", "number",
}  # fmt: skip
#: What only a bank has; a table of a day, words and an amount alone has to have nothing else.
_BANKS = {"balance", "paid", "reference", "identity", "payer", "kind"}
#: Only a bank of the United States has such a column, and writes its dates with the month first.
_US_HEADER = "checkorslipnumber"
_OPENING = ("opening balance", "balance forward", "brought forward", "anfangssaldo", "closing balance", "endsaldo")


def recognise(table: Table) -> bool:
    """Say whether a header row is a bank's: a day, words, money, and no column of customers or invoices."""
    header = _header(table)
    if header is None or {header_key(cell) for cell in header.cells} & _OTHERS:
        return False
    named = sum(map(bool, header.cells))
    return bool(header.columns.keys() & _BANKS) or named == len(header.columns)


def is_meant(table: Table, options: ReadOptions) -> bool:
    """Say whether a table is to be read as a bank statement: the clerk named this layout, or none and it is one."""
    if options.layout or options.payments:
        return options.layout == NAME
    return recognise(table)


def read(table: Table, options: ReadOptions) -> Report:
    """Read one row a line.

    Raises ReportError where the columns are missing, there are no rows, or the dates can be read in two ways.
    """
    header = _header(table)
    if header is None:
        raise ReportError("no header row names a date, a description and an amount of a bank statement: add one")
    if options.month_first is None and _US_HEADER in map(header_key, header.cells):
        options = msgspec.structs.replace(options, month_first=True)
    return read_under(header, table, options)


def read_under(header: Header, table: Table, options: ReadOptions) -> Report:
    """Read the rows below a header whose columns are known. Raises ReportError as `read` does."""
    cells = cells_for(header, table, options)
    lines: list[StatementLine] = []
    skipped: list[Skipped] = []
    balances: list[Decimal | None] = []
    for row in header.data(table):
        try:
            if not _is_balance_row(row, header):
                line, balance = _line(row, header, cells), _balance(row, header, cells)
                lines.append(line)
                balances.append(balance)
        except CellError as error:
            skipped.append(Skipped(row=row.number, why=str(error), text=" | ".join(filter(None, row.cells))))
    fields = {place: field for field, place in header.columns.items()}
    return Report(
        layout=NAME,
        system="a bank's CSV file",
        kind=ReportKind.STATEMENT,
        lines=tuple(lines),
        skipped=tuple(skipped),
        counted_total=total(line.amount for line in lines),
        subtotals=proof_by_balance(lines, balances),
        columns=tuple(Column(n, cell, fields.get(n, "")) for n, cell in enumerate(header.cells) if cell),
        reasons=(Reason("bank statement", f"row {table.rows[header.place].number} names a day, words and money"),),
    )


def proof_by_balance(lines: Sequence[StatementLine], balances: Sequence[Decimal | None]) -> tuple[Subtotal, ...]:
    """Say whether the balance of the first line, with all further lines, is that of the last one.

    Statements begin with the oldest line or with the newest: it is the way in which more lines follow from the
    balance before them. Nothing is said of a statement without a balance on every line or in several currencies.
    """
    known = [(line, balance) for line, balance in zip(lines, balances, strict=True) if balance is not None]
    if len(known) < len(lines) or len(known) < 2 or len({line.currency for line in lines}) > 1:
        return ()
    newest_first = known[::-1]
    ordered = max((known, newest_first), key=_steps_that_fit)
    first, last = ordered[0], ordered[-1]
    counted = first[1] + total(line.amount for line, _ in ordered[1:])
    closing = last[0]
    return (
        Subtotal(row=closing.row, of="closing balance", currency=closing.currency, stated=last[1], counted=counted),
    )


def _steps_that_fit(ordered: Sequence[tuple[StatementLine, Decimal]]) -> tuple[int, bool]:
    fitting = sum(before[1] + after[0].amount == after[1] for before, after in pairwise(ordered))
    return fitting, ordered[0][0].day <= ordered[-1][0].day


def _header(table: Table) -> Header | None:
    def complete(columns: dict[str, int], _: tuple[str, ...]) -> bool:
        money = "amount" in columns or {"paid", "out"} <= columns.keys()
        return "day" in columns and ("words" in columns or "payer" in columns) and money

    return find_header(table, FIELDS, complete)


def _is_balance_row(row: Row, header: Header) -> bool:
    """Is it no line but the balance that stands above or below them?"""
    money = any(header.text(row, field) for field in ("amount", "paid", "out"))
    words = " ".join(row.cells).casefold()
    return not row.fault and not money and any(word in words for word in _OPENING)


def _line(row: Row, header: Header, cells: Cells) -> StatementLine:
    if row.fault:
        raise CellError(row.fault)
    day = cells.day(header.text(row, "day"))
    if day is None:
        raise CellError("the date is missing")
    currency = header.text(row, "currency")
    amount, written = _amount(row, header, cells)
    kind, words = header.text(row, "kind").replace("_", " "), header.text(row, "words")
    return StatementLine(
        row=row.number,
        day=day,
        amount=amount,
        currency=currency_code(currency) if currency else currency_in(written),
        payer=header.text(row, "payer"),
        words="  ".join(filter(None, (words, kind if kind.casefold() not in words.casefold() else ""))),
        reference=header.text(row, "reference"),
        identity=header.text(row, "identity"),
    )


def _amount(row: Row, header: Header, cells: Cells) -> tuple[Decimal, str]:
    """Return what came in, negative for what went out, and how it is written."""
    if "amount" in header.columns:
        text = header.text(row, "amount")
        return cells.amount(text), text
    came, went = header.text(row, "paid"), header.text(row, "out")
    amount = (cells.amount(came) if came else ZERO) - (abs(cells.amount(went)) if went else ZERO)
    if not came and not went:
        raise CellError("no money came in and none went out")
    return amount, came or went


def _balance(row: Row, header: Header, cells: Cells) -> Decimal | None:
    text = header.text(row, "balance")
    return cells.amount(text, "balance") if text else None
