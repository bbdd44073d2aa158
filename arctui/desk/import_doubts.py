"""Why not all of a report may have been read, and what would follow from that."""

from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.exchange.draft import Outcome
from arctui.exchange.report import Report, Subtotal

_NO_END = "the report ends without its grand total, as if it was cut off"


def doubt_of(report: Report) -> str:
    """Say why not all of a report may have been read: totals of its own that differ, or a missing end; "" if not."""
    differing = [subtotal for subtotal in report.subtotals if not subtotal.agrees]
    if differing:
        more = f" and {len(differing) - 1} more" if len(differing) > 1 else ""
        return f"the report's own totals differ from what was read ({differing_words(differing[-1])}{more})"
    return _NO_END if report.is_cut else ""


def cut_words(report: Report) -> str:
    """Say by what a report seems to be cut off, "" if by nothing: its total or its last row is missing."""
    if report.stated_total is not None and report.stated_total == report.counted_total:
        return ""
    parts = (report.items, report.not_owed, report.contacts, report.receipts, report.lines, report.subtotals)
    last = max((value.row for values in parts for value in values), default=0)
    unread = max(report.skipped, key=lambda skipped: skipped.row, default=None)
    if unread and unread.row > last:
        return f"the last row, {unread.row}, could not be read ({unread.why}), as if the report was cut off"
    return _NO_END if report.is_cut else ""


def differing_words(subtotal: Subtotal) -> str:
    """Say which total of a report differs: "row 9: Birch Works 500.00, read 400.00"."""
    of = subtotal.of or (f"total {subtotal.currency}" if subtotal.currency else "total")
    counted = "nothing" if subtotal.counted is None else grouped(subtotal.counted)
    return f"row {subtotal.row}: {of} {grouped(subtotal.stated)}, read {counted}"


def would_pay(outcome: Outcome) -> str:
    """Say how much would be taken as paid of a report that lacks something."""
    closed = plural(outcome.invoices_closed, "open invoice")
    if not outcome.invoices_closed:
        return f"{plural(outcome.payments_inferred, 'customer owes', 'customers owe')} less by it"
    sums = ", ".join(grouped(amount, currency) for currency, amount in outcome.closed_amount.items())
    return f"it leaves out {closed}{f', {sums}' if sums else ''}"
