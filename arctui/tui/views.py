"""Views: what the panes show, as plain values made from the desk. No widget, no text is parsed as markup."""

from dataclasses import dataclass
from decimal import Decimal

from arctui.core import words as say
from arctui.core.money import ZERO, grouped, total
from arctui.core.reasons import Bucket
from arctui.core.records import ActivityKind, FollowUpKind, Person
from arctui.core.standing import Standing, verdict_words
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.tui.widgets.lines import Line, fit, wrap

#: A mark for each bucket, so that nothing depends on colour.
MARKS = {
    Bucket.BROKEN: ("!", "bad"),
    Bucket.CALLBACK: ("@", "accent"),
    Bucket.VERIFY: ("?", "warn"),
    Bucket.CUTOFF: ("$", "accent"),
    Bucket.FIRST: ("1", ""),
    Bucket.SCHEDULED: ("2", ""),
    Bucket.DISPUTE: ("D", "warn"),
    Bucket.LETTER: ("L", "dim"),
}
_RECENT = 4


@dataclass(frozen=True)
class Entry:
    """An account in the list: on today's worklist with its reason, or found by a search."""

    mark: str
    role: str
    name: str
    amount: str
    days: str
    why: str


def listed(desk: Desk, search: str) -> list[str]:
    """Return the ids of today's worklist, or with a search of all accounts found, those on the worklist first."""
    return desk.search(search) if search.strip() else [row.account for row in desk.worklist()]


def entry(desk: Desk, account: str) -> Entry:
    """Return an account as the list shows it."""
    if not desk.knows(account):
        return Entry(" ", "dim", "no longer in the book", "", "", "")
    row = desk.row(account)
    if row:
        mark, role = MARKS[row.bucket]
        amount = desk.rules.money(row.amount, row.currency)
        days = str(row.days_past_due) if row.days_past_due else ""
        return Entry(mark, role, row.name, amount, days, row.why)
    standing = desk.standing(account)
    balance = standing.balance
    why = "nothing to do"
    if standing.stopped:
        why = f"not to be called: {standing.stopped}"
    elif standing.next:
        why = f"{desk.rules.day(standing.next.day)}: {standing.next.why}"
    shown = balance.collectable or balance.net
    days = str(balance.days_past_due) if balance.days_past_due else ""
    mark = "x" if standing.stopped else "·"
    name = desk.dossier(account).account.name
    return Entry(mark, "dim", name, desk.rules.money(shown, balance.currency), days, why)


@dataclass(frozen=True)
class Tally:
    """The header: the day, the clerk, how fresh the payments are, and what was done today."""

    day: str
    clerk: str
    fresh: str
    stale: bool
    calls: int
    promises: int
    promised: str
    broken: int


def tally(desk: Desk) -> Tally:
    """Count what this clerk did today; broken are all promises on the list that nobody followed up."""
    activities, promises = desk.done_today()
    as_of = desk.rules.reports.payments_as_of
    home = desk.policy.home_currency
    return Tally(
        day=say.short_day(desk.today),
        clerk=desk.clerk,
        fresh=f"payments as of {desk.rules.day(as_of).partition(' ')[2]}" if as_of else "no payments imported",
        stale=bool(desk.rules.stale),
        calls=sum(a.kind is ActivityKind.CALL for a in activities),
        promises=len(promises),
        promised=grouped(total(p.amount for p in promises if p.currency == home)),
        broken=sum(r.bucket is Bucket.BROKEN for r in desk.worklist()),
    )


def header(view: Tally, width: int) -> Line:
    """Lay the header out: the day's figures to the right, as far as there is room."""
    left = f" {view.day}  {view.clerk}"
    figures = [f"calls {view.calls}", f"promises {view.promises} {view.promised}", f"broken {view.broken}"]
    for shown in (figures, figures[1:], figures[2:], []):
        right = "   ".join(shown) + " "
        gap = width - len(left) - len(view.fresh) - len(right) - 3
        if gap >= 2:
            return (
                (left, "title"),
                (f"   {view.fresh}", "warn" if view.stale else "dim"),
                (" " * gap, ""),
                (right, ""),
            )
    return ((fit(left, width), "title"),)


# The facts of one account


def facts(desk: Desk, account: str, width: int, *, whole: bool = False) -> list[Line]:
    """Return what the clerk must know of an account, most needed first; with `whole` every promise and word."""
    dossier, standing = desk.dossier(account), desk.standing(account)
    width = max(30, width)
    record = dossier.account
    lines: list[Line] = [((record.name, "title"), (f"  {record.number}", "dim"))]
    if standing.stopped:
        lines += wrap(f"NOT TO BE CALLED: {standing.stopped}", width, "bad")
    lines += _owed(desk, standing, width)
    row = desk.row(account)
    mark = MARKS[row.bucket][0] + " " if row else "  "
    if row:
        lines += wrap(mark + row.why, width, "strong", indent=2)
    elif standing.next:
        lines += wrap(f"next {desk.rules.day(standing.next.day)}: {standing.next.why}", width, "dim", indent=2)
    lines += _people(desk, account, width)
    lines += _words(desk, account, width, whole=whole)
    lines += _promises(desk, standing, width, whole=whole)
    lines += _open_matters(desk, account, width)
    lines += _invoices(desk, standing, width)
    if whole:
        lines += _background(desk, account, width)
    return lines


def _owed(desk: Desk, standing: Standing, width: int) -> list[Line]:
    lines: list[Line] = []
    for balance in (standing.balance, *standing.others):
        money = [
            ("owes", balance.net, "strong"),
            ("past due", balance.past_due, "warn" if balance.past_due else "dim"),
            ("disputed", balance.disputed, ""),
            ("promised", balance.promised, "good"),
            ("credits", balance.credits, ""),
            ("to ask for", balance.collectable, "strong"),
        ]
        parts: list[tuple[str, str]] = []
        used = 0
        for label, amount, role in money:
            if amount or label == "owes":
                text = desk.rules.money(amount, balance.currency)
                if used and used + len(label) + len(text) + 3 > width:
                    lines.append(tuple(parts))
                    parts, used = [], 0
                parts += [(f"{label} ", "dim"), (f"{text}  ", role)]
                used += len(label) + len(text) + 3
        lines.append(tuple(parts))
        lines += _aging(balance.aging, width) if balance.past_due else []
    limit = desk.dossier(standing.account).account.credit_limit
    if limit is not None and standing.balance.net > limit:
        over = f"beyond the credit limit of {desk.rules.money(limit, standing.balance.currency)}"
        lines.append(((over, "warn"),))
    return lines


def _aging(aging: dict[str, Decimal], width: int) -> list[Line]:
    """Show the five buckets in columns, right-aligned under their names."""
    column = min(15, width // 5) - 1
    heads = "".join(" " + fit(name, column, right=True) for name in aging)
    amounts = "".join(" " + fit(grouped(a) if a else "-", column, right=True) for a in aging.values())
    return [((heads, "dim"),), ((amounts, ""),)]


def _people(desk: Desk, account: str, width: int) -> list[Line]:
    dossier = desk.dossier(account)
    lines: list[Line] = []
    for person in dossier.people:
        there = local_time(desk, person, dossier.account.time_zone)
        who = ", ".join(filter(None, [person.name, person.role])) or "nobody named"
        reach = "  ".join(person.phones)
        parts: list[tuple[str, str]] = [(who, "strong"), (f"  {reach}" if reach else "", "accent")]
        parts += [(f"  {there}", "warn" if "not" in there else "dim")] if there else []
        parts += [(f"  {', '.join(person.emails)}", "dim")] if person.emails else []
        lines += _flow(parts, width)
    return lines


def _flow(parts: list[tuple[str, str]], width: int) -> list[Line]:
    """Lay parts in a line, going on in the next where a part does not fit."""
    lines: list[Line] = []
    current: list[tuple[str, str]] = []
    used = 0
    for text, role in parts:
        if used + len(text) > width and current:
            lines.append(tuple(current))
            current, used = [], 0
            text = f"  {text.strip()}"
        current.append((text, role))
        used += len(text)
    return [*lines, tuple(current)]


def local_time(desk: Desk, person: Person, fallback: str) -> str:
    """Say what time it is where a person is, and whether that is outside the calling hours; "" if not known."""
    zone = person.time_zone or fallback
    if not zone:
        return ""
    import arrow  # 0.1 s: not before the first screen needs it

    there = arrow.get(desk.rules.moment.now).to(zone)
    outside = not desk.policy.calling_from <= there.time() <= desk.policy.calling_to
    return f"{there:HH:mm} there" if not outside else f"{there:HH:mm} there, not in calling hours"


def _words(desk: Desk, account: str, width: int, *, whole: bool) -> list[Line]:
    activities = sorted(desk.dossier(account).activities, key=lambda a: a.at, reverse=True)
    lines: list[Line] = [(("", ""),), (("SAID AND DONE", "dim"),)] if activities else []
    for activity in activities if whole else activities[:_RECENT]:
        what = str(activity.outcome or activity.kind)
        if activity.kind is not ActivityKind.CALL and activity.outcome:
            what += f" by {activity.kind}"
        who = f", {activity.person}" if activity.person else ""
        hour = f" {activity.at:%H:%M}" if whole else ""
        note = f": {activity.note}" if activity.note else ""
        text = f"{desk.rules.day(activity.day)}{hour}  {what}{who}{note}"
        lines += wrap(text + (f"  ({activity.by})" if whole else ""), width, "", indent=2)
    return lines


def _promises(desk: Desk, standing: Standing, width: int, *, whole: bool) -> list[Line]:
    if not standing.judged:
        return []
    kept = sum(j.verdict == "kept" for j in standing.judged)
    decided = kept + sum(j.missed for j in standing.judged)
    record = f", kept {kept} of {decided}" if decided else ""
    lines: list[Line] = [(("", ""),), ((f"PROMISES{record}", "dim"),)]
    newest = sorted(standing.judged, key=lambda j: j.promise.taken_at, reverse=True)
    for judged in newest if whole else newest[:_RECENT]:
        role = "good" if judged.live else "bad" if judged.missed else ""
        promise = judged.promise
        amount = desk.rules.money(promise.amount, promise.currency)
        way = f" by {promise.method}" if promise.method else ""
        who = f", {promise.person}" if promise.person else ""
        text = f"{amount} for {desk.rules.day(promise.day)}{way}{who}: {verdict_words(judged, desk.rules)}"
        lines += wrap(text, width, role, indent=2)
    return lines


def _open_matters(desk: Desk, account: str, width: int) -> list[Line]:
    dossier = desk.dossier(account)
    lines: list[Line] = []
    for dispute in dossier.disputes:
        if dispute.closed_on is None:
            amount = desk.rules.money(dispute.amount, dispute.currency)
            text = f"dispute of {amount}: {dispute.reason}, our remedy by {desk.rules.day(dispute.due)}"
            lines += wrap(text, width, "warn", indent=2)
    for followup in dossier.followups:
        if followup.done_on is None:
            kind = "call back" if followup.kind is FollowUpKind.CALLBACK else "follow up"
            hour = f" {followup.hour:%H:%M}" if followup.hour else ""
            why = f": {followup.why}" if followup.why else ""
            lines += wrap(f"{kind} {desk.rules.day(followup.day)}{hour}{why}", width, "accent", indent=2)
    return [(("", ""),), *lines] if lines else []


def _invoices(desk: Desk, standing: Standing, width: int) -> list[Line]:
    if not standing.items:
        return []
    lines: list[Line] = [(("", ""),), ((f"OPEN ITEMS {len(standing.items)}", "dim"),)]
    room = max(8, min(20, width - 48))
    for item in standing.items:
        invoice = item.invoice
        due = f"due {desk.rules.day(invoice.due)}" if invoice.due else "no due date"
        amount = desk.rules.money(item.open, invoice.currency)
        late = plural(item.days_past_due, "day") if item.past_due else ""
        state = ", ".join(
            f"{label} {grouped(value)}"
            for label, value in (("disputed", item.disputed), ("promised", item.promised))
            if value > ZERO
        )
        number = invoice.number or invoice.kind
        lines.append(
            (
                (fit(number, room), "strong" if item.past_due else ""),
                (f" {fit(due, 19)}", "dim"),
                (fit(amount, 16, right=True), ""),
                (fit(late, 10, right=True), "warn"),
                (f"  {state}", "dim"),
            )
        )
    return lines


def _background(desk: Desk, account: str, width: int) -> list[Line]:
    dossier = desk.dossier(account)
    record = dossier.account
    lines: list[Line] = []
    for payment in sorted(dossier.payments, key=lambda p: p.day, reverse=True):
        came = desk.rules.day(payment.day)
        when = f"between {desk.rules.day(payment.since)} and {came}" if payment.since else came
        on = ", ".join(a.number for a in payment.applied) or "on account"
        back = f", returned {desk.rules.day(payment.reversed_on)}" if payment.reversed_on else ""
        text = f"{desk.rules.money(payment.amount, payment.currency)}  {when}  {payment.method}  for {on}{back}"
        lines += wrap(text, width, "", indent=2)
    shown: list[Line] = [(("", ""),), (("PAYMENTS", "dim"),), *lines] if lines else []
    facts_of = [
        ("address", record.address),
        ("terms", f"{record.terms_days} days" if record.terms_days is not None else ""),
        ("credit limit", desk.rules.money(record.credit_limit, record.currency) if record.credit_limit else ""),
        ("clerk", record.clerk),
    ]
    rest = [((f"{label}: ", "dim"), (value, "")) for label, value in facts_of if value]
    return [*shown, *([(("", ""),), *rest] if rest else [])]


def draw_entry(entry: Entry, width: int, has_cursor: bool, *, tall: bool) -> list[Line]:
    """Draw an account of the list: two lines where the pane is one of two columns, else one."""
    pointer = ">" if has_cursor else " "
    if tall:
        name = max(8, width - 24)
        return [
            (
                (f"{pointer}{entry.mark} ", entry.role),
                (fit(entry.name, name), "strong"),
                (fit(entry.amount, 15, right=True), ""),
                (fit(entry.days, 5, right=True), "dim"),
                (" ", ""),
            ),
            ((f"   {fit(entry.why, width - 4)}", "dim"),),
        ]
    name = max(8, min(30, (width - 24) * 2 // 5))
    return [
        (
            (f"{pointer}{entry.mark} ", entry.role),
            (fit(entry.name, name), "strong"),
            (fit(entry.amount, 15, right=True), ""),
            (fit(entry.days, 5, right=True), "dim"),
            (f"  {fit(entry.why, width - name - 26)}", "dim"),
        )
    ]
