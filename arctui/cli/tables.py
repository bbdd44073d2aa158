"""The commands' output as plain text, for people and for cron mail."""

from collections.abc import Sequence
from datetime import date

from arctui.core import words as say
from arctui.core.agenda import Entry
from arctui.core.credit_words import limit_words, stands_words
from arctui.core.facts import Dossier
from arctui.core.money import grouped
from arctui.core.review import Review, Reviewed, totals, walk
from arctui.core.standing import Standing, banked_words
from arctui.core.text import plural
from arctui.core.text_table import cut
from arctui.core.text_table import table as table
from arctui.core.verdict_words import verdict_words
from arctui.core.worklist import Row
from arctui.desk import Desk

_NAME_WIDTH = 32


def short(name: str) -> str:
    """Cut a name that is too long for a column."""
    return cut(name, _NAME_WIDTH)


def worklist(rows: Sequence[Row], desk: Desk) -> list[str]:
    """Show the worklist, a line an account."""
    if not rows:
        return [f"nobody is to be called on {say.short_day(desk.today)}"]
    lines = table(
        [
            (
                r.bucket.label,
                short(r.name),
                desk.rules.money(r.amount, r.currency),
                f"{r.days_past_due} d" if r.days_past_due else "",
                r.why,
            )
            for r in rows
        ],
        right=(2, 3),
    )
    return [f"{say.short_day(desk.today)}: {plural(len(rows), 'account')}", *lines]


def account(desk: Desk, dossier: Dossier, standing: Standing) -> list[str]:
    """Show one account, whole."""
    record, money = dossier.account, desk.rules.money
    lines = [f"{record.name}  {record.number}".rstrip()]
    lines += [record.address] if record.address else []
    for label, value in (
        ("legal name", record.legal_name),
        ("jurisdiction", record.jurisdiction),
        ("contract", record.contract),
    ):
        lines += [f"{label}: {value}"] if value else []
    lines += [f"NOT TO BE CALLED: {standing.stopped}"] if standing.stopped else []
    for balance in (standing.balance, *standing.others):
        parts = [f"owes {money(balance.net, balance.currency)}"]
        for label, amount in (
            ("past due", balance.past_due),
            ("disputed", balance.disputed),
            ("promised", balance.promised),
            ("credits", balance.credits),
            ("to ask for", balance.collectable),
        ):
            if amount:
                parts.append(f"{label} {money(amount, balance.currency)}")
        lines.append(", ".join(parts))
    card = desk.credit.card(record.id)
    grade = f"credit grade {card.grade.letter}" if card.grade.letter else "no credit grade"
    lines += [f"{grade}, {limit_words(card, desk.rules)}", *stands_words(card, desk.rules)]
    lines += [banked_words(banked, desk.rules) for banked in standing.banked]
    lines += [waits] if (waits := desk.at_bank.of(record.id)) else []
    permission = desk.permission.of(record.id)
    lines += [f"not now: {h.why}" for h in permission.hindrances]
    lines += [f"perhaps not now: {permission.doubt}"] if permission.doubt else []
    if standing.next:
        lines.append(f"next: {say.short_day(standing.next.day)}: {standing.next.why}")
    for person in dossier.people:
        lines.append("  ".join(filter(None, [person.name, person.role, *person.phones, *person.emails])))
    items = [
        (
            i.invoice.number or i.invoice.kind,
            say.short_day(i.invoice.due) if i.invoice.due else "due date unknown",
            grouped(i.open),
            i.invoice.currency,
            plural(i.days_past_due, "day") if i.past_due else "",
        )
        for i in standing.items
    ]
    promises = [
        (
            f"promised {say.short_day(j.promise.day)}",
            money(j.promise.amount, j.promise.currency),
            verdict_words(j, desk.rules),
        )
        for j in standing.judged
    ]
    open_dates = [f for f in dossier.followups if f.done_on is None]
    dates = [
        (say.short_day(f.day), f"{f.hour:%H:%M}" if f.hour else "", str(f.kind), f.why)
        for f in sorted(open_dates, key=lambda f: f.day)
    ]
    disputes = [
        (f"dispute of {money(d.amount, d.currency)}", d.reason, f"our remedy by {say.short_day(d.due)}")
        for d in dossier.disputes
        if d.closed_on is None
    ]
    payments = [
        (
            f"paid {say.short_day(p.day)}" if not p.since else f"paid by {say.short_day(p.day)}",
            money(p.amount, p.currency),
            p.method,
            ", ".join(a.number for a in p.applied if a.number) or "on account",
            f"returned {say.short_day(p.reversed_on)}" if p.reversed_on else "",
        )
        for p in sorted(dossier.payments, key=lambda p: p.day)
    ]
    for block in (
        table(items, right=(2,)),
        table(disputes),
        table(dates),
        table(promises, right=(1,)),
        table(payments, right=(1,)),
        _activities(dossier),
    ):
        lines += ["", *block] if block else []
    return lines


def _activities(dossier: Dossier) -> list[str]:
    """Show what happened, a line each; below a call the path it took."""
    notes = [a.note.splitlines() or [""] for a in dossier.activities]
    rows = table(
        [
            (f"{a.at:%Y-%m-%d %H:%M}", a.by, say.happened(a), a.person, note[0])
            for a, note in zip(dossier.activities, notes, strict=True)
        ]
    )
    return [line for row, note in zip(rows, notes, strict=True) for line in (row, *(f"    {n}" for n in note[1:]))]


def review(result: Review, desk: Desk) -> list[str]:
    """Show the promises whose day has come, in the order in which they are walked through."""

    def part(title: str, reviewed: Sequence[Reviewed]) -> list[str]:
        rows = [
            (
                "  " + short(r.account),
                say.short_day(r.judged.promise.day, desk.today),
                desk.rules.money(r.judged.promise.amount, r.judged.promise.currency),
                verdict_words(r.judged, desk.rules) + (f"   [{r.handled}]" if r.handled else ""),
            )
            for r in reviewed
        ]
        return ["", title, *table(rows, right=(2,))] if rows else []

    lines = [f"review of {say.short_day(result.day)}"]
    lines += [desk.rules.stale] if desk.rules.stale else []
    old = 0
    for name, title in (("broken", "BROKEN"), ("partial", "PARTLY PAID"), ("due", "DUE"), ("kept", "KEPT")):
        reviewed = getattr(result, name)
        lines += part(title, [r for r in reviewed if not r.old])
        old += sum(r.old for r in reviewed)
    if old:
        lines += ["", f"{plural(old, 'older promise')} followed up before today: not shown, --json has them"]
    money = desk.rules.money
    summary = [
        f"{part.count} {name} ({money(part.paid, currency)} of {money(part.amount, currency)})"
        for name, by_currency in totals(result).items()
        for currency, part in by_currency.items()
    ]
    lines += ["", ", ".join(summary) or "no promise has come due"]
    to_walk = walk(result)
    waiting = sum(not r.handled for r in to_walk)
    if waiting:
        return [*lines, f"{waiting} of {plural(len(to_walk), 'promise')} not handled yet"]
    return [*lines, "every promise is handled"] if to_walk else lines


def calendar(entries: Sequence[Entry], first: date, last: date, desk: Desk, shown: str = "") -> list[str]:
    """Show the calendar, a headline a day; hours are those here, what is only expected stands in brackets.

    `shown` says which entries are shown, "" if all are.
    """
    if not entries:
        span = " to ".join(say.short_day(day, desk.today) for day in dict.fromkeys((first, last)))
        return [f"nothing stands in the calendar: {', '.join(filter(None, [span, shown]))}"]
    rows = table(
        [
            (
                f"  {e.at:%H:%M}" if e.at else "  ",
                f"({e.kind.value})" if e.projected else e.kind.value,
                short(e.name),
                desk.rules.money(e.amount, e.currency) if e.amount else "",
                e.why + (f"; {e.holiday_there} where they are" if e.holiday_there else ""),
            )
            for e in entries
        ],
        right=(3,),
    )
    lines: list[str] = []
    day = None
    for entry, row in zip(entries, rows, strict=True):
        if entry.day != day:
            day = entry.day
            lines += ["", ", ".join(filter(None, [say.short_day(day, desk.today), desk.rules.calendar.holiday(day)]))]
        lines.append(row)
    return lines[1:]
