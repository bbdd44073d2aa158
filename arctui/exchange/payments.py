"""Payment lists: flat ones, and QuickBooks Online's Transaction List by Customer.

Owns what tells a payment list from an invoice list. Must not know which invoices are open.
"""

from collections.abc import Sequence
from decimal import Decimal

from arctui.core.money import total
from arctui.exchange.cells import CellError, Cells, cells_for, currency_code, currency_in, title_period
from arctui.exchange.columns import PAYMENT_FIELDS, Fields, Header, find_header, header_key, names_customer
from arctui.exchange.gather import Gathered, is_footer, is_grand_total, is_labelled_total, refuse_status
from arctui.exchange.report import ReadOptions, Receipt, Report, ReportError, ReportKind
from arctui.exchange.table import Row, Table

FLAT_NAME = "payments"
QBO_NAME = "qbo-payments"

_HINTS = {
    "paymentid", "paymentnumber", "paymentno", "paymentdate", "paymentamount", "receiptid", "receiptnumber",
    "receiptno", "receiptdate", "datereceived", "receiveddate", "receivedon", "amountreceived", "depositdate",
}  # fmt: skip
_INVOICE_COLUMNS = {
    "duedate", "datedue", "dueon", "due", "invoicedate", "issuedate", "dateissued", "openbalance", "balancedue",
    "amountdue", "balance",
}  # fmt: skip
_TITLES = ("payment", "receipts")
_QBO_FIELDS: Fields = {
    "day": ("date",),
    "kind": ("transactiontype",),
    "reference": ("num", "no"),
    "memo": ("memodescription", "memo", "description"),
    "method": ("paymentmethod",),
    "amount": ("amount",),
}


def recognise_flat(table: Table) -> bool:
    """Say whether a header row or a title speaks of payments, and no column of invoices or their due dates."""
    header = _flat_header(table)
    if header is None:
        return False
    keys = set(map(header_key, header.cells))
    titled = any(word in cell.casefold() for row in header.above(table) for cell in row.cells for word in _TITLES)
    return not keys & _INVOICE_COLUMNS and (bool(keys & _HINTS) or titled)


def recognise_qbo(table: Table) -> bool:
    """Say whether transactions stand under their customers, with a type, an amount and no due date."""
    header = _qbo_header(table)
    return header is not None and any(row.filled() == [0] for row in table.rows[header.place + 1 :])


def read_flat(table: Table, options: ReadOptions) -> Report:
    """Read one row a payment.

    Raises ReportError where the columns are missing, there are no rows, or the dates can be read in two ways.
    """
    header = _flat_header(table)
    if header is None:
        raise ReportError("no header row names a customer, a date and an amount of a payment: add one")
    rows = header.data(table)
    cells = cells_for(header, table, options)
    gathered = Gathered()
    gathered.skip_rows(header.stray(table), "it stands above the header")
    stated: Decimal | None = None
    for row in rows:
        name = header.text(row, "customer") or header.text(row, "customer_number")
        try:
            if _is_total(row, header):
                stated = cells.amount(header.text(row, "amount"))
            elif not is_footer(row):
                gathered.add_receipt(_flat_receipt(row, header, cells, name))
        except CellError as error:
            gathered.skip(row.number, str(error), name, header.text(row, "invoice"))
    return _report(FLAT_NAME, gathered, stated, header.above(table))


def read_qbo(table: Table, options: ReadOptions) -> Report:
    """Read the rows of type Payment. Raises ReportError as `read_flat` does."""
    header = _qbo_header(table)
    if header is None:
        raise ReportError("no header row of a Transaction List by Customer was found: export that report as CSV")
    rows = header.data(table)
    cells = cells_for(header, table, options)
    gathered = Gathered()
    gathered.skip_rows(header.stray(table), "it stands above the header")
    stated: Decimal | None = None
    customer = ""
    for row in rows:
        if row.filled() == [0]:
            customer = customer if is_footer(row) else row.cells[0]
            continue
        try:
            if row.fault or not is_labelled_total(row, header, ("day", "kind")):
                gathered.add_receipt(_qbo_receipt(row, header, cells, customer))
            elif is_grand_total(row.cells[0]):
                stated = cells.amount(header.text(row, "amount"))
        except CellError as error:
            gathered.skip(row.number, str(error), customer)
    return _report(QBO_NAME, gathered, stated, header.above(table))


def _flat_header(table: Table) -> Header | None:
    return find_header(
        table, PAYMENT_FIELDS, lambda columns, _: names_customer(columns) and columns.keys() >= {"day", "amount"}
    )


def _qbo_header(table: Table) -> Header | None:
    def complete(columns: dict[str, int], cells: tuple[str, ...]) -> bool:
        keys = set(map(header_key, cells))
        grouped = not keys & {"customer", "customerfullname", "customername", "name"}
        return columns.keys() >= {"day", "kind", "amount"} and grouped and not keys & _INVOICE_COLUMNS

    return find_header(table, _QBO_FIELDS, complete)


def _is_total(row: Row, header: Header) -> bool:
    place = row.filled()[0]
    others = (field for field in ("identity", "invoice", "day") if header.columns.get(field) != place)
    return not row.fault and is_grand_total(row.cells[place]) and not any(header.text(row, f) for f in others)


def _flat_receipt(row: Row, header: Header, cells: Cells, name: str) -> Receipt:
    _refuse(row, name)
    refuse_status(header.text(row, "status"))
    day = cells.day(header.text(row, "day"))
    if day is None:
        raise CellError("the date is missing")
    amount = header.text(row, "amount")
    currency = header.text(row, "currency")
    return Receipt(
        row=row.number,
        customer=name,
        customer_number=header.text(row, "customer_number"),
        day=day,
        amount=cells.amount(amount),
        currency=currency_code(currency) if "currency" in header.columns else currency_in(amount),
        method=header.text(row, "method"),
        reference=_joined(row, header),
        invoice=header.text(row, "invoice"),
        identity=header.text(row, "identity"),
    )


def _qbo_receipt(row: Row, header: Header, cells: Cells, customer: str) -> Receipt:
    _refuse(row, customer)
    kind = header.text(row, "kind")
    if kind.casefold() != "payment":
        raise CellError(f"a row of type '{kind}' is no payment" if kind else "no transaction type")
    day = cells.day(header.text(row, "day"))
    if day is None:
        raise CellError("the date is missing")
    amount = header.text(row, "amount")
    return Receipt(
        row=row.number,
        customer=customer,
        day=day,
        amount=cells.amount(amount),
        currency=currency_in(amount),
        method=header.text(row, "method"),
        reference=_joined(row, header),
    )


def _refuse(row: Row, customer: str) -> None:
    if row.fault:
        raise CellError(row.fault)
    if not customer:
        raise CellError("no customer")


def _joined(row: Row, header: Header) -> str:
    return " ".join(filter(None, (header.text(row, "reference"), header.text(row, "memo"))))


def _report(layout: str, gathered: Gathered, stated: Decimal | None, title: Sequence[Row]) -> Report:
    period = title_period(title)
    return Report(
        layout=layout,
        kind=ReportKind.PAYMENTS,
        as_of=period[1] if period else None,
        receipts=tuple(gathered.receipts),
        skipped=tuple(gathered.skipped),
        stated_total=stated,
        counted_total=total(receipt.amount for receipt in gathered.receipts),
    )
