"""The day's summary at the end of the review: the clerk's day in figures, the worst accounts, tomorrow's list."""

from arctui.core import day_report_words as words
from arctui.core import words as say
from arctui.core.day_report import DayReport
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.letters.day_report_text import clerks, figures
from arctui.tui.widgets.lines import Line, clip, wrap

#: The label of a figure, in cells.
_LABEL = 22
_NO_LINE: Line = (("", ""),)


def summary_lines(desk: Desk, report: DayReport, width: int) -> list[Line]:
    """Return the day's summary, with what is left to do first."""
    whose = f"of {report.clerk}" if report.clerk else "of the firm"
    lines: list[Line] = [((f"THE DAY, {say.short_day(report.day)}  {whose}", "title"),)]
    lines += wrap(words.fresh_words(report), width, "warn" if report.freshness.older else "dim")
    if report.left.count:
        left = plural(report.left.count, "promise")
        text = f"{left} not looked after yet: [ goes back. What is left comes first on the next list."
        lines += wrap(text, width, "warn")
    closed = desk.clerk in report.closed_by
    closing = "The review of today is closed." if closed else "Enter closes the review of today."
    text = f"{closing} w writes the firm's day to a file, with mine before its name yours."
    lines += [*wrap(text, width, "accent"), _NO_LINE]
    head, *rows = figures(report, width)
    lines.append(((head, "dim"),))
    lines += [((row[:_LABEL], "dim"), (row[_LABEL:], "strong")) for row in rows]
    for note in words.notes(report):
        lines += wrap(note, width, "dim", indent=2)
    if report.clerks:
        lines += [_NO_LINE, *(((line, ""),) for line in clerks(report, len(report.clerks), width))]
    lines += [_NO_LINE, *_head("WORST", words.worst_head(report), width)]
    for worst in report.worst:
        name, amount, days, why = words.worst_cells(worst, report.home)
        lines += _account(name, f"{amount}  {days}", why, width)
    lines += [_NO_LINE, *_head("TOMORROW", words.tomorrow_head(report), width)]
    for row in report.tomorrow.first:
        bucket, name, amount, why = words.row_cells(row, report.home)
        lines += _account(name, f"{amount}  {bucket}", why, width)
    return lines


def _head(name: str, text: str, width: int) -> list[Line]:
    return [((name, "title"),), *wrap(text, width, "dim")]


def _account(name: str, figure: str, why: str, width: int) -> list[Line]:
    """Return an account with its figure, and below it why."""
    shown = clip(name, max(8, width - len(figure) - 2))
    return [((shown, "strong"), (f"  {figure}", "")), ((clip(f"  {why}", width), "dim"),)]
