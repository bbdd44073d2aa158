"""The review: one promise at a time with what came of it, then the day's summary."""

from arctui.core import words as say
from arctui.core.day import DaySummary, summary_rows
from arctui.core.promises import Verdict
from arctui.core.review import Reviewed
from arctui.core.standing import verdict_words
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.tui.views.facts import facts
from arctui.tui.views.record import record_words
from arctui.tui.widgets.lines import Line, wrap

CHOICES = ("money came", "call now", "a new date is agreed", "a letter was sent", "leave it for tomorrow")
_HEADS = {Verdict.BROKEN: ("BROKEN", "bad"), Verdict.PARTIAL: ("PARTLY PAID", "warn"), Verdict.DUE: ("DUE", "accent")}


def review_lines(desk: Desk, reviewed: Reviewed, place: int, count: int, width: int) -> list[Line]:
    """Return one promise under review: what was said, what came, what can be done, and the account at a glance."""
    judged, promise = reviewed.judged, reviewed.judged.promise
    head, role = _HEADS.get(judged.verdict, (judged.verdict.upper(), ""))
    lines: list[Line] = [
        ((f"REVIEW {place} of {count}  ", "title"), (head, role), (f"  {reviewed.account}", "strong"))
    ]
    way = f" by {promise.method}" if promise.method else ""
    who = promise.person or "they"
    taken = f"On {say.long_day(promise.taken_on, desk.today)} {who} promised "
    money = desk.rules.money(promise.amount, promise.currency)
    lines += wrap(f"{taken}{money} for {say.long_day(promise.day, desk.today)}{way}.", width, "strong")
    if promise.words:
        lines += wrap(f'"{promise.words}"', width, "", indent=1)
    lines += wrap(verdict_words(judged, desk.rules), width, role, indent=2)
    record = record_words(desk, promise.account)
    lines += wrap(record, width, "dim") if record else []
    if desk.rules.stale:
        lines += wrap(f"! {desk.rules.stale} (o)", width, "warn", indent=2)
    if reviewed.handled:
        lines += wrap(f"followed up: {reviewed.handled}", width, "good", indent=2)
    lines.append((("", ""),))
    lines += [((f"{n}", "accent"), (f"  {text}", "strong")) for n, text in enumerate(CHOICES, 1)]
    lines.append((("", ""),))
    return [*lines, *facts(desk, promise.account, width)]


def summary_lines(desk: Desk, summary: DaySummary, width: int) -> list[Line]:
    """Return the day's summary; its first lines are the header's tally."""
    lines: list[Line] = [((f"THE DAY, {say.short_day(desk.today)}  {desk.clerk}", "title"),), (("", ""),)]
    for label, value in summary_rows(summary, desk.rules.money):
        lines.append(((f"{label:<26}", "dim"), (value, "strong")))
    lines.append((("", ""),))
    if summary.left_over:
        left = plural(summary.left_over, "promise")
        text = f"{left} not looked after yet: [ goes back. What is left stays first on tomorrow's list."
        lines += wrap(text, width, "warn")
    closing = "Enter closes the review of today." if not summary.closed else "The review of today is closed."
    return [*lines, *wrap(closing, width, "accent")]
