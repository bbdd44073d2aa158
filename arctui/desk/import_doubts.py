"""Why not all of a report may have been read, and what would follow from that."""

from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.exchange.draft import Outcome
from arctui.exchange.report import Report, Subtotal


def doubt_of(report: Report) -> str:
    """Say why not all of a report may have been read: totals of its own that differ, or a missing end; "" if not."""
    differing = [subtotal for subtotal in report.subtotals if not subtotal.agrees]
    if differing:
        more = f" and {len(differing) - 1} more" if len(differing) > 1 else ""
        return f"the report's own totals differ from what was read ({differing_words(differing[-1])}{more})"
    return "the report ends without its grand total, as if it was cut off" if report.is_cut else ""


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
