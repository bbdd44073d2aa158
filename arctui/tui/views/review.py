"""The review: one promise at a time with what came of it, then the day's summary."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.decisions import Closing
from arctui.core.figures import average_days_late
from arctui.core.money import ZERO
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Promise
from arctui.core.review import Freshness, Reviewed
from arctui.core.text import fold, plural
from arctui.core.track_record import kept_of
from arctui.core.verdict_words import verdict_words
from arctui.desk import Desk
from arctui.tui.views.facts import facts
from arctui.tui.views.record import pays_words
from arctui.tui.widgets.lines import Line, fit, wrap

_HEADS = {Verdict.BROKEN: ("BROKEN", "bad"), Verdict.PARTIAL: ("PARTLY PAID", "warn"), Verdict.DUE: ("DUE", "accent")}
#: The choices stand in two columns of this width where there is room; of what was said and came so many lines.
_COLUMN, _SAID, _CAME = 28, 3, 3


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What the review begins with: the promises that are walked through, and those of others, by their clerks.

    `goes_on`: the account with which Enter goes on, "" where nothing is left.
    """

    freshness: Freshness
    walk: Sequence[Reviewed]
    others: Mapping[str, int]
    closed: Sequence[Closing]
    goes_on: str


def opening_lines(desk: Desk, opening: Opening, width: int) -> list[Line]:
    """Return the first page: how fresh the payments are, how much there is to walk through, and how to go on."""
    fresh, today = opening.freshness, desk.today
    lines: list[Line] = [((f"REVIEW OF {say.short_day(today).upper()}", "title"), (f"  {desk.clerk}", "dim"))]
    lines.append((("", ""),))
    known = f"payments are known up to {desk.rules.day(fresh.as_of)}" if fresh.as_of else "no payments were ever read"
    if fresh.older:
        lines += wrap(f"! {known}: what came since is missing. o imports it.", width, "warn", indent=2)
    else:
        lines += wrap(f"{known}: nothing is missing.", width, "good")
    if last := fresh.last:
        read = f"{desk.rules.day(last.at.date())} at {last.at:%H:%M}"
        lines += wrap(f"last import: {last.file}, read on {read} by {last.by}", width, "dim", indent=2)
    waiting = desk.at_bank.count()
    if waiting:
        told = plural(waiting, "bank line waits", "bank lines wait")
        lines += wrap(f"{told}: B in the list lays them on their invoices", width, "warn", indent=2)
    lines.append((("", ""),))
    for verdict, (head, role) in _HEADS.items():
        some = [r.judged for r in opening.walk if r.judged.verdict is verdict]
        if some:
            lines.append(((f"{head.lower():<12}", role), (f"{len(some):>4}   {_missing(desk, some)}", "strong")))
    left = sum(not r.handled for r in opening.walk)
    if not opening.walk:
        lines += wrap("no promise of yours is to be reviewed", width, "good")
    elif left < len(opening.walk):
        lines += wrap(f"{len(opening.walk) - left} looked after, {left} left", width)
    over = sum(_was_passed_over(desk, r) for r in opening.walk)
    if over and desk.rules.review_before:
        before = desk.rules.day(desk.rules.review_before)
        lines += wrap(f"! {plural(over, 'promise')} not reviewed on {before}", width, "warn", indent=2)
    if opening.others:
        by_clerk = ", ".join(f"{clerk} {count}" for clerk, count in opening.others.items())
        count = plural(sum(opening.others.values()), "promise")
        lines += wrap(f"{count} on the accounts of others: {by_clerk}. e shows everyone's.", width, "", indent=2)
    for closing in opening.closed:
        who = "you" if closing.by == desk.clerk else closing.by
        lines += wrap(f"closed by {who} at {closing.at:%H:%M}", width, "dim")
    lines.append((("", ""),))
    goes_on = f"Enter goes on: {opening.goes_on}." if opening.goes_on else "Enter shows the day."
    return [*lines, *wrap(goes_on, width, "accent", indent=2)]


def _missing(desk: Desk, some: Sequence[Judged]) -> str:
    """Say what is missing of promises, each currency by itself."""
    sums: dict[str, Decimal] = {}
    for judged in some:
        sums[judged.promise.currency] = sums.get(judged.promise.currency, ZERO) + judged.missing
    return " + ".join(desk.rules.money(amount, currency) for currency, amount in sums.items())


def _was_passed_over(desk: Desk, reviewed: Reviewed) -> bool:
    promise = reviewed.judged.promise
    return not reviewed.handled and promise.id in desk.standing(promise.account).passed_over


def review_lines(desk: Desk, reviewed: Reviewed, place: int, count: int, width: int) -> list[Line]:
    """Return one promise under review: what was said, what came, how often before, the account, and the choices."""
    judged, promise = reviewed.judged, reviewed.judged.promise
    head, role = _HEADS.get(judged.verdict, (judged.verdict.upper(), ""))
    whose = f"  ({reviewed.clerk}'s)" if reviewed.clerk not in ("", desk.clerk) else ""
    lines: list[Line] = [
        (
            (f"REVIEW {place} of {count}  ", "title"),
            (head, role),
            (f"  {reviewed.account}", "strong"),
            (whose, "warn"),
        )
    ]
    lines += wrap(_promised(desk, promise), width, "strong")
    if promise.words:
        lines += _most(wrap(f'"{promise.words}"', width, "", indent=1), _SAID)
    lines += wrap(verdict_words(judged, desk.rules), width, role, indent=2)
    lines += _came(desk, judged, width)
    before = before_words(desk, promise)
    lines += wrap(before, width, "dim", indent=2) if before else []
    lines += wrap(_glance(desk, promise.account), width, "", indent=2)
    fresh = desk.reviews.freshness()
    if fresh.as_of and fresh.older:
        known = f"! payments as of {desk.rules.day(fresh.as_of)}: o imports what came since"
        lines += wrap(known, width, "warn", indent=2)
    if _was_passed_over(desk, reviewed) and desk.rules.review_before:
        lines += wrap(f"! not reviewed on {desk.rules.day(desk.rules.review_before)}", width, "warn", indent=2)
    if reviewed.handled:
        lines += wrap(f"followed up: {reviewed.handled}", width, "good", indent=2)
    return [*lines, *_choices(desk, promise.account, width), (("", ""),), *facts(desk, promise.account, width)]


def _promised(desk: Desk, promise: Promise) -> str:
    """Say who promised what, when, for when, how, and to whom."""
    way = f" by {promise.method}" if promise.method else ""
    who = promise.person or "they"
    money = desk.rules.money(promise.amount, promise.currency)
    to = "" if promise.taken_by == desk.clerk else f" to {promise.taken_by}"
    taken = say.long_day(promise.taken_on, desk.today)
    return f"On {taken} {who} promised{to} {money} for {say.long_day(promise.day, desk.today)}{way}."


def _most(lines: list[Line], most: int) -> list[Line]:
    """Cut what is said at such length that the choices would not be seen; the account shows all of it."""
    return lines if len(lines) <= most else [*lines[: most - 1], ((" ... (i shows all of it)", "dim"),)]


def _came(desk: Desk, judged: Judged, width: int) -> list[Line]:
    """Return the payments that were counted: day, amount, way, reference, and on which invoice."""
    payments = {p.id: p for p in desk.dossier(judged.promise.account).payments}
    said: list[Line] = []
    for part in judged.parts:
        payment = payments.get(part.payment)
        if payment is None:
            continue
        of = desk.rules.money(part.amount, judged.promise.currency)
        if part.amount != payment.amount:
            of += f" of {desk.rules.money(payment.amount, payment.currency)}"
        when = desk.rules.day(part.day)
        when = f"between {desk.rules.day(part.since)} and {when}" if part.since else when
        on = f"on {part.number}" if part.number else "on account"
        late = "late" if part.late else ""
        text = ", ".join(filter(None, (f"{when}  {of}", payment.method, payment.reference, on, late)))
        said += wrap(f"  {text}", width, "good", indent=4)
    return _most(said, _CAME)


def before_words(desk: Desk, promise: Promise) -> str:
    """Say how the account, and the person who promised, kept their promises before this one, and how they pay."""
    standing = desk.standing(promise.account)
    others = [j for j in standing.judged if j.promise.taken_at < promise.taken_at and not j.fell]
    theirs = [j for j in others if promise.person and j.promise.person == promise.person]
    every, own = kept_of(others), kept_of(theirs)
    parts = []
    if every.decided:
        broken = sum(j.verdict is Verdict.BROKEN for j in others)
        partly = sum(j.verdict is Verdict.PARTIAL for j in others)
        parts.append(f"before: kept {every.kept} of {plural(every.decided, 'promise')}")
        parts += [f"broke {broken}"] if broken else []
        parts += [f"paid {partly} in part"] if partly else []
        parts += [f"{promise.person} kept {own.kept} of {own.decided}"] if own.decided else []
    same = [j for j in others if promise.words and fold(j.promise.words) == fold(promise.words)]
    if same:
        parts.append(f"the same words on {desk.rules.day(max(j.promise.taken_on for j in same))}")
    late = average_days_late(desk.dossier(promise.account), standing.balance.currency, desk.today)
    parts += [pays_words(late)] if late is not None else []
    return ", ".join(parts) if others or late is None else f"the first promise, {', '.join(parts)}"


def _glance(desk: Desk, account: str) -> str:
    """Say in a line how the account stands; what is behind it follows below the choices."""
    standing, said = desk.standing(account), list[str]()
    for balance in (standing.balance, *standing.others):

        def money(amount: Decimal, currency: str = balance.currency) -> str:
            return desk.rules.money(amount, currency)

        said.append(f"owes {money(balance.net)}")
        if balance.past_due:
            oldest = plural(balance.days_past_due, "day")
            said.append(f"past due {money(balance.past_due)}, the oldest {oldest}")
        for label, amount in (
            ("disputed", balance.disputed),
            ("promised", balance.promised),
            ("credits", balance.credits),
            ("to ask for", balance.collectable),
        ):
            if amount:
                said.append(f"{label} {money(amount)}")
    said += ["on credit hold"] if desk.credit.is_held(account) else []
    return "; ".join(said)


def choices(desk: Desk, account: str) -> tuple[str, ...]:
    """Return what can be decided, in the order of the digits."""
    return (
        "money came",
        "call now",
        "a new date is agreed",
        "a letter",
        "leave it for tomorrow",
        "lift the credit hold" if desk.credit.is_held(account) else "credit hold",
        "dispute",
        "hand to another clerk",
    )


def _choices(desk: Desk, account: str, width: int) -> list[Line]:
    """Lay the choices out in two columns where there is room, so that they are seen beside what they are about."""
    parts = [((f"{n}", "accent"), (f"  {text}", "strong")) for n, text in enumerate(choices(desk, account), 1)]
    if width < 2 * _COLUMN:
        return [(("", ""),), *parts]
    half = len(parts) // 2
    return [
        (("", ""),),
        *(
            (key, (fit(text, _COLUMN - 1), role), *right)
            for (key, (text, role)), right in zip(parts[:half], parts[half:], strict=True)
        ),
    ]
