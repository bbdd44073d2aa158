"""The facts of one account, most needed first."""

from decimal import Decimal

from arctui.actions.table import BY_ID
from arctui.core import words as say
from arctui.core.abroad import calendar_of
from arctui.core.capture.cycle_lines import cycle_words
from arctui.core.capture.runs import closed_run, moved_words
from arctui.core.credit_words import limit_words, stands_words
from arctui.core.letter_ends import letter_ends
from arctui.core.money import ZERO, grouped
from arctui.core.pay_cycles import missing_documents
from arctui.core.records import Account, FollowUpKind, Person
from arctui.core.standing import Standing, banked_words
from arctui.core.text import plural
from arctui.core.verdict_words import verdict_words
from arctui.core.worklist import on_the_line, said_of
from arctui.core.zones import there, zones_of
from arctui.desk import Desk
from arctui.tui.views.entries import MARKS
from arctui.tui.views.papers import papers_in_short
from arctui.tui.views.record import record_words
from arctui.tui.widgets.lines import Line, fit, wrap

_RECENT = 4
#: The keys that go on with a draft, where its action's own key is not enough.
_GO_ON = {
    "came_in": "1 in the review",
    "leave_promise": "5 in the review",
    "credit_hold": "6 in the review",
    "credit_release": "6 in the review",
    "hand_over": "8 in the review",
    "move": "f in the calendar",
    "letter": "L, then o",
}


def facts(desk: Desk, account: str, width: int, *, whole: bool = False) -> list[Line]:
    """Return what the clerk must know of an account, most needed first; with `whole` every promise and word."""
    dossier, standing = desk.dossier(account), desk.standing(account)
    width = max(30, width)
    record = dossier.account
    lines: list[Line] = [((record.name, "title"), (f"  {record.number}", "dim"))]
    if standing.stopped:
        lines += wrap(f"NOT TO BE CALLED: {standing.stopped}", width, "bad")
    else:
        lines += _hindrances(desk, account, width)
    lines += _owed(desk, standing, width)
    row, line = desk.row(account), on_the_line(dossier, desk.rules)
    if line and not row:
        # A row says it itself.
        lines += wrap(said_of(line, desk.rules), width, "warn", indent=2)
    waits = desk.at_bank.of(account)
    if waits and not row:
        lines += wrap(waits, width, "warn", indent=2)
    mark = MARKS[row.bucket][0] + " " if row else "  "
    if row:
        lines += wrap(mark + row.why, width, "strong", indent=2)
    elif standing.next:
        lines += wrap(f"next {desk.rules.day(standing.next.day)}: {standing.next.why}", width, "dim", indent=2)
    for end in letter_ends(dossier.letters, standing.items, desk.rules):
        lines += wrap(f"{end.why} ({desk.rules.money(end.amount, end.currency)})", width, "warn", indent=2)
    for draft in desk.drafts.on(account):
        action = BY_ID.get(draft.purpose)
        key = _GO_ON.get(draft.purpose) or (action.key_label if action else draft.purpose)
        lines += wrap(f"draft, {key} goes on: {draft.text}", width, "accent", indent=2)
    lines += [*_people(desk, account, width), *_pay_runs(desk, account, width)]
    lines += history(desk, account, width, whole=whole)
    if whole:
        lines += [*papers_in_short(desk, account, width), *_background(desk, account, width)]
    return lines


def history(desk: Desk, account: str, width: int, *, whole: bool = False, record: bool = True) -> list[Line]:
    """Return what was said, promised and left open, and the open items; with `whole` all of it.

    `record`: how promises were kept stands at their head.
    """
    standing = desk.standing(account)
    return [
        *_words(desk, account, width, whole=whole),
        *_promises(desk, standing, width, whole=whole, record=record),
        *_open_matters(desk, account, width),
        *_invoices(desk, standing, width),
    ]


def _hindrances(desk: Desk, account: str, width: int) -> list[Line]:
    """What speaks against a call now, before anybody dials."""
    permission = desk.permission.of(account)
    lines = [line for h in permission.hindrances for line in wrap(f"! not now: {h.why}", width, "warn", indent=2)]
    doubt = f"? perhaps not now: {permission.doubt}"
    return [*lines, *(wrap(doubt, width, "dim", indent=2) if permission.doubt else [])]


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
    for banked in standing.banked:
        lines += wrap(banked_words(banked, desk.rules), width, "good" if banked.lasts else "warn", indent=2)
    return lines + credit_lines(desk, standing.account, width)


def credit_lines(desk: Desk, account: str, width: int) -> list[Line]:
    """Return what grade and limit an account has, and what a person decided; nothing where nothing is known."""
    card, rules = desk.credit.card(account), desk.rules
    grade = f"credit {card.grade.letter}" if card.grade.letter else "credit not graded"
    role = "warn" if card.beyond or card.grade.letter > "C" else "dim"
    known = card.grade.letter or card.limit is not None or card.decision
    lines = wrap(f"{grade}, {limit_words(card, rules)}", width, role, indent=2) if known else []
    for words in stands_words(card, rules):
        lines += wrap(words, width, "bad" if words.startswith("on hold") else "dim", indent=2)
    return lines


def _aging(aging: dict[str, Decimal], width: int) -> list[Line]:
    """Show the five buckets in columns, right-aligned under their names."""
    column = min(15, width // 5) - 1
    heads = "".join(" " + fit(name, column, right=True) for name in aging)
    amounts = "".join(" " + fit(_short(a, column), column, right=True) for a in aging.values())
    return [((heads, "dim"),), ((amounts, ""),)]


def _short(amount: Decimal, width: int) -> str:
    """Write an amount without its cents where there is no room for them."""
    text = grouped(amount) if amount else "-"
    return text if len(text) <= width else f"{amount:,.0f}"


def _people(desk: Desk, account: str, width: int) -> list[Line]:
    dossier = desk.dossier(account)
    lines: list[Line] = []
    for person in dossier.people:
        hour = local_time(desk, dossier.account, person)
        who = ", ".join(filter(None, [person.name, person.role])) or "nobody named"
        reach = "  ".join(person.phones)
        parts: list[tuple[str, str]] = [(who, "strong"), (f"  {reach}" if reach else "", "accent")]
        parts += [(f"  {hour}", "dim")] if hour else []
        parts += [(f"  {', '.join(person.emails)}", "dim")] if person.emails else []
        lines += _flow(parts, width)
    return lines


def _pay_runs(desk: Desk, account: str, width: int) -> list[Line]:
    """How they pay, the next run that can be made, by when everything must be in for it, and what is not."""
    cycle, run = desk.dossier(account).account.pay_cycle, desk.standing(account).run
    if cycle is None or run is None:
        return []
    rules, today = desk.rules, desk.rules.moment.today
    calendar = calendar_of(desk.dossier(account).account, desk.policy)
    head = f"PAY RUNS, {cycle_words(cycle, today)}"
    coming = f"next run {rules.day(run.day)}{moved_words(run, today, calendar)}"
    coming += f", cut-off {rules.day(run.cutoff)}" if run.cutoff != run.day else ""
    coming += f", call by {rules.day(run.call_from)}" if run.call_from != run.cutoff else ""
    lines: list[Line] = [(("", ""),), *wrap(head, width, "dim", indent=2), *wrap(coming, width, "", indent=2)]
    closed = closed_run(cycle, today, calendar)
    lines += wrap(closed, width, "dim", indent=2) if closed else []
    missing = missing_documents(cycle, run.day)
    states = [f"{name} {'missing' if name in missing else 'in'}" for name in cycle.documents]
    return lines + (wrap(f"for it: {', '.join(states)}", width, "warn" if missing else "good", 2) if states else [])


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


def local_time(desk: Desk, account: Account, person: Person) -> str:
    """Say what time it is where a person is: "09:14 there"; "" if not known."""
    return there(zones_of(account, person, desk.policy.country), desk.rules.moment.now)


def _words(desk: Desk, account: str, width: int, *, whole: bool) -> list[Line]:
    activities = sorted(desk.dossier(account).activities, key=lambda a: a.at, reverse=True)
    lines: list[Line] = [(("", ""),), (("SAID AND DONE", "dim"),)] if activities else []
    for activity in activities if whole else activities[:_RECENT]:
        what = say.happened(activity)
        who = f", {activity.person}" if activity.person else ""
        hour = f" {activity.at:%H:%M}" if whole else ""
        # A call's note is its outcome, then the path taken line by line.
        first, _, path = activity.note.partition("\n")
        note = f": {first}" if first else ""
        text = f"{desk.rules.day(activity.day)}{hour}  {what}{who}{note}"
        lines += wrap(text + (f"  ({activity.by})" if whole else ""), width, "", indent=2)
        if whole:
            lines += [line for said in path.splitlines() for line in wrap(f"    {said}", width, "dim", indent=6)]
    return lines


def _promises(desk: Desk, standing: Standing, width: int, *, whole: bool, record: bool) -> list[Line]:
    if not standing.judged:
        return []
    words = record_words(desk, standing.account) if record else ""
    head = "PROMISES" + (f", {words}" if words else "")
    lines: list[Line] = [(("", ""),), *wrap(head, width, "dim", indent=2)]
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
        ("legal name", record.legal_name),
        ("jurisdiction", record.jurisdiction),
        ("contract", record.contract),
        ("terms", f"{record.terms_days} days" if record.terms_days is not None else ""),
        ("imported limit", desk.rules.money(record.credit_limit, record.currency) if record.credit_limit else ""),
        ("clerk", record.clerk),
    ]
    rest = [((f"{label}: ", "dim"), (value, "")) for label, value in facts_of if value]
    return [*shown, *([(("", ""),), *rest] if rest else [])]
