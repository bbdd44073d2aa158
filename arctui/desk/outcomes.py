"""What each outcome of a contact does to the book: a reading in, changes out. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.capture import Commitment, Objection, Reading
from arctui.core.capture.data_reading import is_struck
from arctui.core.capture.invoices import shown
from arctui.core.capture.parts import is_named
from arctui.core.capture.reading import by_plan
from arctui.core.capture.sentences import parts_words
from arctui.core.changes import Change, added, changed
from arctui.core.facts import Dossier
from arctui.core.ledger import by_age
from arctui.core.moments import moment_of
from arctui.core.money import ZERO
from arctui.core.plans import in_plans
from arctui.core.promises import cover, tolerance
from arctui.core.reasons import Next, Rules
from arctui.core.records import (
    NOT_REACHED,
    Account,
    Activity,
    Dispute,
    FollowUp,
    FollowUpKind,
    Method,
    Outcome,
    Person,
    Promise,
)
from arctui.core.schedule import arrival_day
from arctui.core.standing import Standing
from arctui.core.text import fold


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that is being recorded: on which account, by whom, with what result."""

    dossier: Dossier
    standing: Standing
    rules: Rules
    reading: Reading
    by: str
    new_id: Callable[[], str]
    #: What of each invoice the customer said, in the same call, to have paid already: a promise is about the rest.
    said_paid: Mapping[str, Decimal] = {}
    #: Is the payment that they speak of in our books already?
    found: bool = False

    @property
    def account(self) -> str:
        """The account's id."""
        return self.dossier.account.id

    @property
    def reached(self) -> bool:
        """Was the person who can pay spoken to?"""
        return self.reading.outcome not in NOT_REACHED

    def money(self, amount: Decimal) -> str:
        """Write an amount of this account."""
        return self.rules.money(amount, self.standing.balance.currency)


class Logged(msgspec.Struct, frozen=True):
    """A contact that was recorded: its reading, the promises as stored, and the account's next date."""

    account: Account
    reading: Reading
    promises: tuple[Promise, ...]
    next: Next | None
    act: str


def changes_of(contact: Contact) -> list[Change]:
    """Return all that is saved with the result of a contact: the activity and what the outcome asks for."""
    effects = effects_of(contact)
    return [added(activity_of(contact, new_promises(effects))), *effects]


def new_promises(changes: Iterable[Change]) -> tuple[Promise, ...]:
    """Return the promises that changes add."""
    return tuple(c.after for c in changes if c.before is None and isinstance(c.after, Promise))


def effects_of(contact: Contact) -> list[Change]:
    """Return what the outcome of a contact asks for: promises, disputes, follow-ups, people."""
    promises = in_plans(_promises(contact), contact.reading, contact.standing.judged)
    changes = [
        *map(added, _new_person(contact)),
        *map(added, promises),
        *_replaced(contact, promises),
        *_withdrawn(contact),
        *map(added, _dispute(contact)),
    ]
    return changes + _followups(contact)


def activity_of(contact: Contact, promises: Sequence[Promise]) -> Activity:
    """Return the record of a contact, with what it promised in the note."""
    reading, moment = contact.reading, contact.rules.moment
    past_due = tuple(i.invoice.id for i in contact.standing.items if i.past_due)
    return Activity(
        id=contact.new_id(),
        account=contact.account,
        kind=reading.kind,
        at=moment.now,
        day=moment.today,
        by=contact.by,
        outcome=reading.outcome,
        reached=contact.reached,
        inbound=reading.inbound,
        person=reading.person,
        note=note_of(contact, promises),
        invoices=past_due,
    )


def note_of(contact: Contact, promises: Sequence[Promise]) -> str:
    """Say in words what came of the contact, then the clerk's own words."""
    reading, today = contact.reading, contact.rules.moment.today
    parts = _promised(contact, promises)
    if reading.callback:
        hour = f" {reading.callback.hour:%H:%M}" if reading.callback.hour else ""
        parts.append(f"{say.short_day(reading.callback.day, today)}{hour} {reading.callback.why}".strip())
    if reading.objection:
        parts.append(_objected(contact, reading.objection))
    if reading.paid:
        paid = reading.paid
        parts += [contact.money(paid.amount)] if paid.amount else []
        parts += [f"for {shown(paid.numbers)}"] if paid.numbers else []
        parts += [f"on {say.short_day(paid.day, today)}"] if paid.day else []
        parts += [f"by {paid.method}"] if paid.method else []
        parts += [f"reference {paid.reference}"] if paid.reference else []
    if reading.words:
        parts.append(f'"{reading.words}"')
    return ", ".join(parts)


def _promised(contact: Contact, promises: Sequence[Promise]) -> list[str]:
    """Say what was promised; an instalment plan of which every part stands in one piece."""
    today, commitments = contact.rules.moment.today, contact.reading.commitments
    if len(promises) != len(commitments):
        return [_one_promise(contact, p) for p in promises]
    said = []
    for group in by_plan(commitments):
        first, last = group[0], group[-1]
        if first.plan:
            parts = parts_words([c.amount for c in group], contact.money)
            days = f"{first.plan.every} from {say.short_day(first.day, today)} to {say.short_day(last.day, today)}"
            of = f" of {shown(first.numbers)}" if first.numbers else ""
            said.append(f"{parts}{of}, {days} by {_way(contact, first)}")
        else:
            said.append(_one_promise(contact, first, first.numbers))
    return said


def _one_promise(contact: Contact, promise: Promise | Commitment, numbers: Sequence[str] = ()) -> str:
    of = f" of {shown(numbers)}" if numbers else ""
    day = say.short_day(promise.day, contact.rules.moment.today)
    return f"{contact.money(promise.amount)}{of} for {day} by {_way(contact, promise)}"


def _way(contact: Contact, promise: Promise | Commitment) -> Method:
    """Return the way of paying that is stored: where none was named, the firm's usual one."""
    return promise.method or contact.rules.policy.default_method


def _objected(contact: Contact, objection: Objection) -> str:
    """Say what is disputed, and what we owe for it."""
    kind = f" ({objection.kind})" if objection.kind else ""
    remedy = f"; our remedy: {objection.remedy}" if objection.remedy else ""
    return f"{contact.money(objection.amount)}{kind}: {objection.reason}{remedy}"


def _new_person(contact: Contact) -> list[Person]:
    name = contact.reading.person
    if not name or any(is_named(p.name, fold(name).split()) for p in contact.dossier.people):
        return []
    if is_struck(contact.dossier.account, name):
        # The clerk took them off the account: what they said counts, but they are not put back.
        return []
    return [Person(id=contact.new_id(), account=contact.account, name=name)]


def _promises(contact: Contact) -> list[Promise]:
    moment, policy = contact.rules.moment, contact.rules.policy
    free = _free_amounts(contact)
    return [
        Promise(
            id=contact.new_id(),
            account=contact.account,
            invoices=_named(contact, commitment.numbers) or _take_invoices(free, commitment.amount),
            amount=commitment.amount,
            currency=contact.standing.balance.currency,
            day=commitment.day,
            method=commitment.method or policy.default_method,
            person=commitment.person,
            taken_at=moment.now,
            taken_on=moment.today,
            taken_by=contact.by,
            words=contact.reading.words,
            grace_days=commitment.window.grace_days,
            tolerance=tolerance(commitment.amount, policy),
            last_day=commitment.window.last_day,
            breaks_on=commitment.window.breaks_on,
            in_hands=commitment.in_hands,
        )
        for commitment in contact.reading.commitments
    ]


#: A part of an invoice: its id, and whether the customer says that this part is paid.
_Part = tuple[str, bool]


def _free_amounts(contact: Contact) -> dict[_Part, Decimal]:
    """Return what is free of each open invoice, the oldest first.

    That is what no dispute, no promise that stays and no new promise for named invoices covers. Last come those that
    the line names, and last of all what is said to be paid: only who promises more than the rest pays it anew.
    """
    standing = contact.standing
    items = [i for i in standing.items if i.open > 0 and i.invoice.currency == standing.balance.currency]
    staying = [j for j in standing.live if j.promise.id not in contact.reading.replaces]
    undisputed = {i.invoice.id: i.open - i.disputed for i in items}
    covered = cover(staying, undisputed).get(standing.balance.currency, {})
    free: dict[_Part, Decimal] = {}
    for item in by_age(items):
        invoice = item.invoice.id
        left = item.open - item.disputed - covered.get(invoice, ZERO)
        said = min(max(ZERO, left), contact.said_paid.get(invoice, ZERO))
        free |= {
            part: amount
            for part, amount in {(invoice, False): left - said, (invoice, True): said}.items()
            if amount > 0
        }
    named = {i: None for c in contact.reading.commitments for i in _named(contact, c.numbers)}
    for commitment in contact.reading.commitments:
        _take_invoices(free, commitment.amount, _named(contact, commitment.numbers))
    # The others take of these last, so that they cover nothing that is covered by name.
    return {part: free[part] for part in sorted(free, key=lambda part: (part[1], part[0] in named))}


def _named(contact: Contact, numbers: Sequence[str]) -> tuple[str, ...]:
    """Return the open invoices with these numbers, in the order in which they are named."""
    currency = contact.standing.balance.currency
    items = [i.invoice for i in contact.standing.items if i.open > 0 and i.invoice.currency == currency]
    return tuple(i.id for number in numbers for i in items if i.number == number)


def _take_invoices(
    free: dict[_Part, Decimal], amount: Decimal, named: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Take the invoices that an amount pays off the free ones, in their order; what is used up is free no more.

    `named`: only off these, in this order.
    """
    order = list(free) if named is None else [part for i in named for part in ((i, False), (i, True)) if part in free]
    taken = []
    for part in order:
        if amount <= 0:
            break
        paid = min(amount, free[part])
        amount -= paid
        free[part] -= paid
        taken.append(part[0])
        if not free[part]:
            del free[part]
    return tuple(dict.fromkeys(taken))


def _replaced(contact: Contact, promises: list[Promise]) -> list[Change]:
    replaced = [p for p in contact.dossier.promises if p.id in contact.reading.replaces]
    return [changed(p, superseded_by=promises[0].id) for p in replaced]


def _withdrawn(contact: Contact) -> list[Change]:
    withdrawn = [p for p in contact.dossier.promises if p.id in contact.reading.withdraws]
    return [changed(p, withdrawn_on=contact.rules.moment.today) for p in withdrawn]


def _dispute(contact: Contact) -> list[Dispute]:
    objection = contact.reading.objection
    if objection is None:
        return []
    rules, standing = contact.rules, contact.standing
    items = [i for i in standing.items if i.open > 0 and i.invoice.currency == standing.balance.currency]
    named = [i for i in items if i.invoice.number in objection.numbers]
    if not named:
        same = [i for i in items if i.open == objection.amount]
        named = same if len(same) == 1 else items if len(items) == 1 else []
    return [
        Dispute(
            id=contact.new_id(),
            account=contact.account,
            invoices=tuple(i.invoice.id for i in named),
            amount=objection.amount,
            currency=standing.balance.currency,
            reason=objection.reason,
            kind=objection.kind,
            remedy=objection.remedy,
            owner=objection.owner or contact.by,
            opened=rules.moment.today,
            due=objection.due or rules.calendar.add(rules.moment.today, rules.policy.remedy_business_days),
        )
    ]


def _followups(contact: Contact) -> list[Change]:
    """Close, move or set follow-ups.

    A conversation closes the dates that it answers; a try on a callback's day moves it to the next business day,
    until a letter is due; a claim of payment is looked for. What we have to do ourselves no talk does for us.
    """
    today, now, calendar = contact.rules.moment.today, contact.rules.moment.now, contact.rules.calendar
    is_open = [f for f in contact.dossier.followups if f.done_on is None and f.kind is not FollowUpKind.TASK]
    changes: list[Change] = []
    for followup in is_open:
        callback = followup.kind is FollowUpKind.CALLBACK
        moment = moment_of(followup, contact.rules)
        due = moment <= now if moment else followup.day <= today
        if contact.reached and (due or followup.day <= today or _answers(contact, followup)):
            changes.append(changed(followup, done_on=today))
        elif not contact.reached and callback and due:
            last_try = contact.standing.contacts.tries + 1 >= contact.rules.policy.tries_before_letter
            if contact.reading.callback or last_try:
                changes.append(changed(followup, done_on=today))
            else:
                changes.append(changed(followup, day=calendar.next(today), hour=None))
    return changes + [added(f) for f in (_callback(contact), _look_for_payment(contact)) if f]


def _answers(contact: Contact, followup: FollowUp) -> bool:
    """Does what was agreed take the place of a follow-up that is still to come?"""
    reading = contact.reading
    match followup.kind:
        case FollowUpKind.CALLBACK:
            return reading.callback is not None
        case FollowUpKind.CLAIM:
            # Another payment does not answer for the first: only the same one, told again, does.
            again = reading.paid is not None and followup.amount in (None, reading.paid.amount)
            return again and followup.set_on < contact.rules.moment.today
    return bool(reading.commitments) or reading.callback is not None


def _callback(contact: Contact) -> FollowUp | None:
    callback = contact.reading.callback
    if callback is None:
        return None
    return FollowUp(
        id=contact.new_id(),
        account=contact.account,
        kind=FollowUpKind.CALLBACK,
        day=callback.day,
        hour=callback.hour,
        time_zone=callback.zone,
        why=callback.why,
        set_on=contact.rules.moment.today,
    )


def _look_for_payment(contact: Contact) -> FollowUp | None:
    """Look for a payment said to be made on the day on which it should be here."""
    paid, today, calendar = contact.reading.paid, contact.rules.moment.today, contact.rules.calendar
    if contact.reading.outcome is not Outcome.PAID or paid is None or contact.found:
        return None
    day = arrival_day(paid.day, paid.method, today, calendar)
    what = contact.money(paid.amount) if paid.amount else "the payment"
    return FollowUp(
        id=contact.new_id(),
        account=contact.account,
        kind=FollowUpKind.CLAIM,
        day=day,
        why=f"says it is paid: look for {what}",
        amount=paid.amount,
        set_on=today,
    )
