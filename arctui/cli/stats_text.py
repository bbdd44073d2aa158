"""`stats` as plain text of 80 columns: blocks of figures under headings; each that is unknown says why."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from arctui.cli.tables import table
from arctui.core import words as say
from arctui.core.excuses import Excuse, Excuses
from arctui.core.figures import Figures
from arctui.core.known import Known
from arctui.core.money import ZERO, grouped
from arctui.core.period import Period
from arctui.core.promised import Promised
from arctui.core.talks import By, Talks
from arctui.core.text import plural
from arctui.core.text_table import cut
from arctui.desk import Desk
from arctui.desk.figures import Asked

_WIDTH = 80
#: Where values end, and where what is said beside them begins.
_LABEL, _VALUE = 32, 14
_NAME = 18
_MOST_CUSTOMERS = 3
_NOBODY = "(not known)"
#: Stands in a table for what is not known; below it is said why.
_UNKNOWN = "?"

#: A label, the value as it is written or why there is none, and what is said beside it.
Row = tuple[str, str | Known, str]


def lines(asked: Asked, desk: Desk, *, excuses: bool) -> list[str]:
    """Show the receivables, a block a currency, then the talking of the period and what it is told apart by."""
    wanted, whole = asked.talks.wanted, asked.talks.whole
    shown = [line for figures in asked.receivables.values() for line in _receivables(figures)]
    of = [asked.names[asked.account]] if asked.account else []
    of += [wanted.clerk] if wanted.clerk else []
    title = ", ".join(["talks and promises", *of, _words(wanted.period)])
    shown += ["", *textwrap.wrap(title, _WIDTH), *_talks(whole)]
    for currency in _currencies(whole.promised, desk):
        shown += _promises(whole.promised_in(currency), currency, asked)
    if wanted.by:
        shown += ["", f"by {wanted.by}, {_words(wanted.period)}", *_groups(asked, desk)]
    if excuses:
        shown += ["", f"reasons for not having paid, {_words(wanted.period)}", *_excuses(whole.excuses, asked, desk)]
    return shown[1:]


def _words(period: Period) -> str:
    return f"{say.short_day(period.first, period.last)} to {say.short_day(period.last)}"


def _rows(rows: Iterable[Row]) -> list[str]:
    """Lay out a block; why something is unknown goes on below itself where it is too long for the line.

    What is unknown for the reason of the row before says only that.
    """
    found: list[str] = []
    before = ""
    for label, value, beside in rows:
        if isinstance(value, str):
            found.append(f"  {label:{_LABEL}}{value:>{_VALUE}}  {beside}".rstrip())
            before = ""
            continue
        ahead = f"  {label}".ljust(_LABEL + 2) + "  "
        said = "unknown, as above" if value.missing == before else f"unknown: {value.missing}"
        found += textwrap.wrap(said, _WIDTH, initial_indent=ahead, subsequent_indent=" " * (len(ahead) + 2))
        before = value.missing
    return found


def _number(known: Known, unit: str = "", times: int = 1, places: int = 1) -> str | Known:
    """Write a figure, or hand on why there is none."""
    return known if known.value is None else f"{known.value * times:,.{places}f}{unit}"


def _percent(known: Known) -> str | Known:
    return _number(known, " %", 100)


def _receivables(figures: Figures) -> list[str]:
    late = figures.lateness
    unknown = f"{late.day_unknown} more on a day not known" if late.day_unknown else ""
    return [
        "",
        f"{figures.currency}, as of {say.short_day(figures.as_of)}",
        *_rows((name, grouped(amount), "") for name, amount in figures.aging.items()),
        f" {_words(figures.period)}, {plural(figures.period.days, 'day')}",
        *_rows(
            [
                ("sales", _money(figures.sales), ""),
                ("days sales outstanding", _days(figures.dso_known), ""),
                ("counted back by months", _days(figures.countback_dso), ""),
                ("best possible", _days(figures.best_known), ""),
                ("average days delinquent", _days(figures.add_known), "the difference"),
                ("days late of payments, by amount", _days(late.by_payment), "early ones below 0"),
                ("invoices paid off", str(late.invoices), unknown),
                ("days late of these", _days(late.signed), "early ones below 0"),
                ("  by amount", _days(late.signed_by_amount), ""),
                ("  early ones as 0", _days(late.floored), ""),
                ("  early ones as 0, by amount", _days(late.floored_by_amount), ""),
                ("  only of those paid late", _days(late.late_only), ""),
                ("  median", _days(late.median), ""),
                ("paid late", _number(late.percent_late, " %"), ""),
                ("days from invoice to payment", _days(late.days_to_pay), ""),
                ("  by amount", _days(late.days_to_pay_by_amount), ""),
            ]
        ),
        " collection effectiveness, by month",
        *_rows(_months(figures)),
    ]


def _months(figures: Figures) -> Iterator[Row]:
    """Return the index of each month; months of which one and the same thing is missing stand in one row.

    Last comes that of the 30 days up to the end, where these are no month of their own.
    """
    for missing, months in groupby(figures.months, key=lambda m: m.cei.missing):
        rows = [(str(month.period.first)[:7], month.cei) for month in months]
        if missing and len(rows) > 1:
            rows = [(f"{rows[0][0]} to {rows[-1][0]}", rows[0][1])]
        yield from ((name, _number(index, " %"), "") for name, index in rows)
    if all(figures.cei_period != month.period for month in figures.months):
        yield _words(figures.cei_period), _number(figures.cei_known, " %"), ""


def _money(known: Known) -> str | Known:
    return known if known.value is None else grouped(known.value)


def _days(known: Known) -> str | Known:
    return _number(known, " days")


def _talks(talks: Talks) -> list[str]:
    past_due = f"of {plural(talks.past_due, 'past-due customer')}" if talks.past_due is not None else ""
    solved = f"{talks.disputes_solved} solved"
    reasons = talks.excuses
    given = sum(e.given for e in reasons.found)
    return _rows(
        [
            ("calls dialled", str(talks.calls), f"{talks.right_party} reached the right party"),
            ("right-party rate", _percent(talks.right_party_rate), ""),
            ("calls that came in", str(talks.inbound), f"{talks.inbound_right_party} of the right party"),
            ("talks with who can pay", str(talks.contacts), f"{talks.agreements} ended in a promise"),
            ("promise rate", _percent(talks.promise_rate), ""),
            ("talks for a promise", _number(talks.contacts_per_promise), ""),
            ("talks for a kept promise", _number(talks.contacts_per_kept_promise), ""),
            ("average length of a call", _minutes(talks.average_seconds), f"of {talks.timed_calls} known"),
            ("coverage", _percent(talks.coverage), past_due),
            ("with a number to call", _percent(talks.with_phone), past_due),
            ("refused", str(talks.refused), ""),
            ("callbacks due", str(talks.callbacks), f"{talks.callbacks_kept} made on their day"),
            ("disputes opened", str(talks.disputes_opened), solved),
            ("days to solve one", _number(talks.days_to_solve), ""),
            (
                "reasons given",
                Known(None, reasons.missing) if reasons.missing else str(given),
                f"{reasons.led} of {plural(reasons.conversations, 'talk')} by the script",
            ),
        ]
    )


def _minutes(known: Known) -> str | Known:
    if known.value is None:
        return known
    minutes, seconds = divmod(round(known.value), 60)
    return f"{minutes}:{seconds:02} min"


def _currencies(promised: Iterable[str], desk: Desk) -> list[str]:
    home = desk.policy.home_currency
    return [home, *sorted(c for c in promised if c != home)]


def _promises(promised: Promised, currency: str, asked: Asked) -> list[str]:
    again = ", ".join(asked.names.get(a, a) for a in promised.broke_again)
    decided = f"of {promised.decided} decided"
    rows: list[Row] = [
        (f"promises taken, {currency}", str(promised.taken), grouped(promised.taken_amount)),
        ("kept", str(promised.kept), decided),
        ("partly paid", str(promised.partial), ""),
        ("broken", str(promised.broken), ""),
        ("promises kept", _percent(promised.kept_rate), ""),
        (
            "promised money kept",
            _percent(promised.kept_rate_amount),
            f"{grouped(promised.received)} of {grouped(promised.promised)}",
        ),
        ("promises broken", _percent(promised.broken_rate), ""),
        ("slippage, promised day to money", _number(promised.slippage, " days"), f"of {promised.slipped}"),
        ("broke two or more", str(len(promised.broke_again)), "customers" if again else ""),
    ]
    return [*_rows(rows), *textwrap.wrap(again, _WIDTH, initial_indent="    ", subsequent_indent="    ")]


def _groups(asked: Asked, desk: Desk) -> list[str]:
    """Show a line for each group, and where it promised in other currencies a line more for each of these."""
    home, by = desk.policy.home_currency, asked.talks.wanted.by
    names = {g.key: _name(g, asked, by) for g in asked.talks.groups}
    groups = asked.talks.groups if by is not By.ACCOUNT else sorted(asked.talks.groups, key=lambda g: names[g.key])
    if not groups:
        return ["  nothing happened in this time"]
    missing: dict[str, None] = {}

    def cell(known: Known, unit: str = "%", times: int = 100) -> str:
        text = _number(known, unit, times, 0 if times > 1 else 1)
        if isinstance(text, Known):
            missing[text.missing] = None
            return _UNKNOWN
        return text

    def promised(of: Promised) -> tuple[str, ...]:
        rates = (cell(of.kept_rate), cell(of.kept_rate_amount), cell(of.slippage, "d", 1))
        return (str(of.taken), str(of.decided), *rates)

    rows: list[tuple[str, ...]] = [("", "calls", "right", "talks", "prom.", "dec.", "kept", "money", "slip", "cover")]
    for group in groups:
        talking = (str(group.calls), cell(group.right_party_rate), str(group.contacts))
        rows.append((names[group.key], *talking, *promised(group.promised_in(home)), cell(group.coverage)))
        others = _currencies(group.promised, desk)[1:]
        rows += [(f"  in {c}", "", "", "", *promised(group.promised[c]), "") for c in others]
    why = "; ".join(filter(None, missing))
    key = f"{_UNKNOWN}: {why}" if missing else ""
    laid = table(rows, right=range(1, len(rows[0])))
    notes = textwrap.wrap(key, _WIDTH, initial_indent="  ", subsequent_indent="    ")
    return [*(f" {line}" for line in laid), *notes]


def _name(group: Talks, asked: Asked, by: By | None) -> str:
    name = asked.names.get(group.key, group.key) if by is By.ACCOUNT else group.key
    return cut(name or _NOBODY, _NAME)


def _excuses(excuses: Excuses, asked: Asked, desk: Desk) -> list[str]:
    if excuses.missing:
        return textwrap.wrap(f"  unknown: {excuses.missing}", _WIDTH, subsequent_indent="    ")
    rest = excuses.conversations - excuses.led
    said = f"  {excuses.led} of {plural(excuses.conversations, 'talk')} led by the script"
    said += f"; of the other {rest} no reason is known: a line carries none" if rest else ""
    found = textwrap.wrap(said.strip(), _WIDTH, initial_indent="  ", subsequent_indent="    ")
    for excuse in excuses.found:
        found += _excuse(excuse, asked, desk)
    return found


def _excuse(excuse: Excuse, asked: Asked, desk: Desk) -> list[str]:
    words = asked.excuses.get(excuse.name) or excuse.name.replace("-", " ")
    came = f"{plural(excuse.promises, 'promise')}, " if excuse.promises else "no promise"
    if excuse.promises:
        came += f"{excuse.kept} of {excuse.decided} decided kept" if excuse.decided else "not decided yet"
    sums = [desk.rules.money(amount, c) for c, amount in excuse.amounts.items()]
    parts = [came]
    if sums:
        received = [desk.rules.money(excuse.received.get(c, ZERO), c) for c in excuse.amounts]
        parts.append(f"promised {' + '.join(sums)}, came {' + '.join(received)}")
    who = [f"{asked.names[a]} {times}" for a, times in excuse.customers[:_MOST_CUSTOMERS]]
    more = len(excuse.customers) - _MOST_CUSTOMERS
    who += [f"and {more} more"] if more > 0 else []
    indent = " " * 8
    return [
        cut(f"  {excuse.given:>4}  {words}", _WIDTH),
        *textwrap.wrap("; ".join(parts), _WIDTH, initial_indent=indent, subsequent_indent=indent + "  "),
        *textwrap.wrap(", ".join(who), _WIDTH, initial_indent=indent, subsequent_indent=indent + "  "),
    ]
