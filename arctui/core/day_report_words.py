"""The day's report in words: its title, the rows of its tables, and its sentences, the same in every form. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from arctui.core import words as say
from arctui.core.day_flows import MONEY, Counted, What
from arctui.core.day_report import ClerkDay, Compared, DayReport, Usual, Worst
from arctui.core.money import ZERO, grouped
from arctui.core.review import Reviewed
from arctui.core.text import plural
from arctui.core.worklist import Row

UNKNOWN = "unknown"
#: Rows about money, in the order of the report; the others are plain counts.
_WITH_MONEY = (What.TAKEN, What.KEPT, What.PARTIAL, What.BROKEN, What.CASH, What.UNDATED, What.RETURNED)
#: Rows that are left out where there is nothing of it.
_RARE = frozenset({What.INCOMING, What.UNDATED, What.RETURNED})
_DISPUTES = (What.OPENED, What.SOLVED)
_LABELS = {
    What.KEPT: "  kept this day",
    What.PARTIAL: "  partly paid this day",
    What.BROKEN: "  broken this day",
    What.RIGHT_PARTY: "  to the right party",
    What.UNDATED: "  between two reports",
}
#: Promises that were left are named up to so many.
_NAMED = 3


class FigureRow(NamedTuple):
    """A row of the table: its label, then count and amount of the day, of the day before, and of what is usual."""

    label: str
    cells: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]

    def without_cents(self) -> "FigureRow":
        """Return the row with whole amounts."""
        now, before, usual = ((count, amount.partition(".")[0]) for count, amount in self.cells)
        return FigureRow(self.label, (now, before, usual))


def title(report: DayReport) -> str:
    """Name the report: the firm, the day, and whose it is."""
    whose = f"the day of {report.clerk}" if report.clerk else "the day"
    firm = f"{report.firm}: {whose}" if report.firm else whose[0].upper() + whose[1:]
    return f"{firm}, {say.long_day(report.day)} {report.day.year}"


def heads(report: DayReport) -> tuple[str, str, str]:
    """Return the heads of the table's three columns."""
    of_days = report.usual_days or report.usual_days_of_money
    usual = f"{of_days}-day average" if of_days else "average"
    return say.short_day(report.day, report.day), say.short_day(report.span.last, report.day), usual


def figure_rows(report: DayReport, *, cents: bool = True) -> list[FigureRow]:
    """Return the table: amounts in the home currency, those of another in a row of their own below.

    Averages are written without cents, and without `cents` all amounts are.
    """
    rows = []
    for what in (What.CALLS, What.RIGHT_PARTY, What.INCOMING, *_WITH_MONEY, *_DISPUTES, What.LETTERS):
        compared = report.compared[what]
        if what in _RARE and _is_empty(compared):
            continue
        label = _LABELS.get(what, str(what))
        if what is What.RIGHT_PARTY:
            rows.append(FigureRow(label, _rates(report)))
        elif what in (*_WITH_MONEY, *_DISPUTES):
            rows += list(_money_rows(report, label, compared, counts=what not in MONEY))
        else:
            rows.append(FigureRow(label, _cells(compared, None, counts=True)))
    return rows if cents else [row.without_cents() for row in rows]


def _is_empty(compared: Compared) -> bool:
    now, before, usual = compared.now, compared.before, compared.usual
    return not ((now and now.count) or (before and before.count) or (usual and usual.count))


def _money_rows(report: DayReport, label: str, compared: Compared, *, counts: bool) -> Iterator[FigureRow]:
    home = compared.currencies & {report.home, ""}
    others = sorted(compared.currencies - {report.home, ""})
    yield FigureRow(label, _cells(compared, (report.home, "") if home or not others else None, counts=counts))
    indent = " " * (len(label) - len(label.lstrip()) + 2)
    for currency in others:
        yield FigureRow(f"{indent}in {currency}", _cells(compared, (currency,), counts=False))


def _cells(
    compared: Compared, currencies: tuple[str, ...] | None, *, counts: bool
) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    """Write the cells of a row; `currencies` None: it has no amounts. Money is not counted: nobody counts checks."""

    def cell(side: Counted | Usual | None) -> tuple[str, str]:
        if side is None:
            return (UNKNOWN, "") if currencies is None else ("", UNKNOWN)
        count = ""
        if counts:
            count = _count(side)
        if currencies is None:
            return count, ""
        amount = sum((side.amounts.get(c, ZERO) for c in currencies), ZERO)
        written = grouped(amount.quantize(Decimal(1)) if isinstance(side, Usual) else amount)
        return count, (written[:-3] if isinstance(side, Usual) else written) if amount or not counts else ""

    return cell(compared.now), cell(compared.before), cell(compared.usual)


def _count(side: Counted | Usual) -> str:
    if isinstance(side, Counted):
        return str(side.count)
    return "<0.1" if 0 < side.count <= Decimal("0.05") else f"{side.count:.1f}"


def _rates(report: DayReport) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    """Write right-party contacts with their share of the calls that were dialled."""
    calls, reached = report.compared[What.CALLS], report.compared[What.RIGHT_PARTY]

    def cell(part: Counted | Usual | None, whole: Counted | Usual | None) -> tuple[str, str]:
        if part is None or whole is None:
            return UNKNOWN, ""
        count = _count(part)
        return count, f"{Decimal(part.count) / whole.count * 100:.0f} %" if whole.count else ""

    return (
        cell(reached.now, calls.now),
        cell(reached.before, calls.before),
        cell(reached.usual, calls.usual),
    )


def fresh_words(report: DayReport) -> str:
    """Say how fresh the payments are."""
    fresh = report.freshness
    if fresh.as_of is None:
        return "no payments were ever imported"
    said = f"payments as of {say.short_day(fresh.as_of, report.day)}"
    file = f" ({fresh.last.file})" if fresh.last else ""
    if not fresh.older:
        return f"{said}{file}"
    old = plural((report.day - fresh.as_of).days, "day")
    return f"{said}, {old} old{file}: what came since is not in this report"


def sums(counted: Counted, home: str) -> str:
    """Write the amounts of a count: those in the home currency first, without its code."""
    return amounts_words(counted.amounts, home)


def amounts_words(amounts: Mapping[str, Decimal], home: str) -> str:
    """Write amounts of several currencies beside each other, the home currency first and without its code."""
    order = sorted((c for c, amount in amounts.items() if amount), key=lambda c: (c not in ("", home), c))
    return ", ".join(say.money(amounts[c], c, home) for c in order) or grouped(ZERO)


def worst_head(report: DayReport) -> str:
    """Say which accounts the worst ones are, and how much may be asked for in all."""
    asked = amounts_words(report.asked, report.home)
    if not report.worst:
        return "nothing is to be asked for"
    return f"to ask for: {asked} of {plural(report.owing, 'account')}, the largest first"


def worst_cells(worst: Worst, home: str) -> tuple[str, str, str, str]:
    """Write a worst account: name, what may be asked for, days past due, why."""
    return worst.name, say.money(worst.collectable, worst.currency, home), f"{worst.days_past_due} d", worst.why


def row_cells(row: Row, home: str) -> tuple[str, str, str, str]:
    """Write a row of tomorrow's list: its bucket, name, what it is about, why."""
    amount = say.money(row.amount, row.currency, home) if row.amount else ""
    return row.bucket.label, row.name, amount, row.why


def tomorrow_head(report: DayReport) -> str:
    """Say how long tomorrow's list is, and how many are in each bucket."""
    coming = report.tomorrow
    day = say.short_day(coming.day, report.day)
    if not coming.count:
        return f"{day}: nobody is on the list"
    buckets = ", ".join(f"{count} {bucket.label}" for bucket, count in coming.buckets.items())
    return f"{day}: {plural(coming.count, 'account')}: {buckets}"


def left_words(report: DayReport) -> list[str]:
    """Say what the review left, and which of it is gravest; then whether the day is closed."""
    left = report.left
    if not left.walked:
        said = ["no promise was to be looked after"]
    elif not left.count:
        said = [f"all of {plural(left.walked, 'promise')} looked after"]
    else:
        parts = [f"{len(left.missed)} broken or partly paid" if left.missed else "", _due(len(left.due))]
        said = [f"not looked after: {' and '.join(filter(None, parts))}, of {plural(left.walked, 'promise')}"]
        gravest = (*left.missed, *left.due)[:_NAMED]
        more = f" and {left.count - len(gravest)} more" if left.count > len(gravest) else ""
        said.append("; ".join(_one(r, report) for r in gravest) + more)
    closed = f"the review of this day was closed by {', '.join(report.closed_by)}" if report.closed_by else ""
    return [*said, closed or "the review of this day is not closed"]


def _due(count: int) -> str:
    return f"{count} due" if count else ""


def _one(reviewed: Reviewed, report: DayReport) -> str:
    judged = reviewed.judged
    promise = judged.promise
    amount = say.money(promise.amount, promise.currency, report.home)
    return f"{reviewed.account} {amount} of {say.short_day(promise.day, report.day)}, {judged.verdict}"


def notes(report: DayReport) -> list[str]:
    """Say what cannot be known, and what is unusual."""
    said = list(report.notes)
    if report.compared[What.CASH].now is None and report.freshness.as_of:
        said.append("cash of the day is unknown until its payments are imported")
    of_days, of_money = report.usual_days, report.usual_days_of_money
    if of_days and of_money and of_days != of_money:
        said.append(f"the average of money is of {plural(of_money, 'day')}: those whose payments are known")
    if report.between.count:
        days = f"{say.short_day(report.span.between[0], report.day)} on"
        said.append(f"beside it {sums(report.between, report.home)} came on days without business, from {days}")
    if report.now(What.UNDATED).count:
        said.append("between two reports: less is open by this day's report; it may be cash or credit of days before")
    if report.unranked:
        said.append(f"without a rate, ranked by the bare figure: {', '.join(report.unranked)}")
    return said


CLERK_HEADS = ("clerk", "calls", "reached", "promised", "kept", "partly", "broken", "cash")


def clerk_cells(day: ClerkDay, home: str) -> tuple[str, ...]:
    """Write the line of a clerk in the firm's report; of amounts in other currencies only how many there are."""
    counts = day.counts
    promised = counts[What.TAKEN]
    taken = f"{promised.count}  {_home_sum(promised, home)}" if promised.count else "0"
    numbers = (What.KEPT, What.PARTIAL, What.BROKEN)
    cash = counts[What.CASH]
    return (
        day.clerk or "nobody's",
        str(counts[What.CALLS].count),
        str(counts[What.RIGHT_PARTY].count),
        taken,
        *(str(counts[what].count) for what in numbers),
        _home_sum(cash, home) if cash.count else "",
    )


def _home_sum(counted: Counted, home: str) -> str:
    """Write what is in the home currency, and how many others there are beside it."""
    mine = sum((amount for c, amount in counted.amounts.items() if c in ("", home)), ZERO)
    others = len(counted.amounts.keys() - {"", home})
    more = f" + {others} cur." if others else ""
    return f"{grouped(mine)}{more}" if mine or not others else more[3:]
