"""The reader of payment lists, flat ones and those grouped by customer.

Must not know which invoices are open.
"""

from datetime import date

from arctui.core.money import total
from arctui.exchange.cells import CellError, Cells, as_of_text, cells_for, currency_code, currency_in, day_or_none
from arctui.exchange.cells import title_period as period_of
from arctui.exchange.gather import Gathered, is_footer, is_grand_total, refuse_status
from arctui.exchange.layouts.customers import Customers
from arctui.exchange.layouts.layout import Found
from arctui.exchange.layouts.totals import begins_total, is_plain_subtotal, name_in
from arctui.exchange.progress import UNWATCHED, Progress, over
from arctui.exchange.report import ReadOptions, Receipt, Report, ReportKind, Subtotal
from arctui.exchange.table import Row

_TEXTS = ("identity", "invoice", "day", "kind")


def read_receipts(found: Found, options: ReadOptions, progress: Progress = UNWATCHED) -> Report:
    """Read one row a payment.

    Raises ReportError where there are no rows, or the dates can be read in two ways.
    """
    rows = found.rows
    reading = _Reading(found, rows, cells_for(found.header, found.table, options))
    for row in over(rows, progress):
        reading.take(row)
    return reading.report()


class _Reading:
    """Reads the rows of one list."""

    def __init__(self, found: Found, rows: tuple[Row, ...], cells: Cells) -> None:
        self.layout, self.header, self.cells = found.layout, found.header, cells
        self.title = found.header.above(found.table)
        self.gathered = Gathered()
        self.gathered.skip_rows(found.header.stray(found.table), "it stands above the header")
        self.customers = Customers(found.layout, found.header, rows)
        self.totals: list[Subtotal] = []

    def take(self, row: Row) -> None:
        """Read one row: a payment, a customer's name, a total, or something to list as skipped."""
        if row.fault:
            self.gathered.skip(row.number, row.fault)
            return
        if self._is_title(row):
            return
        text = self.header.text
        customer, number = self.customers.of(text(row, "customer"), text(row, "customer_number"))
        try:
            if not self._is_total(row):
                self.gathered.add_receipt(self._receipt(row, customer, number))
        except CellError as error:
            self.gathered.skip(row.number, str(error), customer, text(row, "invoice"))

    def report(self) -> Report:
        """Return all that was read."""
        receipts = self.gathered.receipts
        period = period_of(self.title)
        grand = next((t.stated for t in reversed(self.totals) if not t.of), None)
        return Report(
            layout=self.layout.name,
            kind=ReportKind.PAYMENTS,
            as_of=period[1] if period else self._as_of(),
            receipts=tuple(receipts),
            skipped=tuple(self.gathered.skipped),
            stated_total=grand,
            counted_total=total(receipt.amount for receipt in receipts),
            subtotals=tuple(self.totals),
            reasons=self.cells.reasons,
        )

    def _as_of(self) -> date | None:
        return day_or_none(self.cells, as_of_text(self.title))

    def _is_title(self, row: Row) -> bool:
        filled = row.filled()
        if is_footer(row):
            return True
        if len(filled) != 1 or not self.customers.is_above:
            return False
        self.customers.begin(row.cells[filled[0]], len(self.gathered.receipts))
        return True

    def _is_total(self, row: Row) -> bool:
        place = row.filled()[0]
        label = row.cells[place]
        others = (field for field in _TEXTS if self.header.columns.get(field) != place)
        if not begins_total(label) or any(self.header.text(row, field) for field in others):
            return False
        amount = self.header.text(row, "amount")
        counted, of = self.gathered.receipts, ""
        if not is_grand_total(label):
            name = name_in(label)
            if not (self.customers.is_open(name) or is_plain_subtotal(label)):
                return False
            group = self.customers.end(name)
            counted, of = counted[group.begin if group else len(counted) :], name
        if amount:
            ours = total(receipt.amount for receipt in counted)
            self.totals.append(Subtotal(row=row.number, of=of, stated=self.cells.amount(amount), counted=ours))
        return True

    def _receipt(self, row: Row, customer: str, number: str) -> Receipt:
        text = self.header.text
        if not customer:
            raise CellError("no customer")
        kind = text(row, "kind")
        if "kind" in self.header.columns and kind.casefold() not in ("payment", "receipt", "sales receipt"):
            raise CellError(f"a row of type '{kind}' is no payment" if kind else "no transaction type")
        refuse_status(text(row, "status"))
        day = self.cells.day(text(row, "day"), "day")
        if day is None:
            raise CellError("the date is missing")
        amount, currency = text(row, "amount"), text(row, "currency")
        if not self.cells.amount(amount):
            raise CellError("a payment of nothing")
        return Receipt(
            row=row.number,
            customer=customer,
            customer_number=number,
            day=day,
            amount=self.cells.amount(amount),
            currency=currency_code(currency) if "currency" in self.header.columns else currency_in(amount),
            method=text(row, "method"),
            reference=" ".join(filter(None, (text(row, "reference"), text(row, "memo")))),
            invoice=text(row, "invoice"),
            identity=text(row, "identity"),
        )
