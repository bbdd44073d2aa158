"""The contact schedule: when an account is called for the first time, again, and when a letter is due.

First call on the third business day past due, the second ten days after the first conversation, a third ten days
after that (the schedule collectors are taught); a try that reached nobody is no conversation.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from arctui.core.business import BusinessCalendar
from arctui.core.ledger import OpenItem
from arctui.core.letter_levels import Came, Level, claim_words, level_of, unsent
from arctui.core.letter_records import LEVELS, Letter
from arctui.core.policy import Policy
from arctui.core.records import NOT_REACHED, Activity, ActivityKind, Method, Outcome

#: Business days that a check may be on its way by mail before it is looked for.
_MAIL_BUSINESS_DAYS = 5
#: So many calls on one matter are planned ahead.
_PLANNED_CALLS = 3
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Contacts(msgspec.Struct, frozen=True, kw_only=True):
    """What contact there was on the invoices that are still open.

    `conversations`: days on which the right person was spoken to, the last on `last_conversation`; `tries` in a row
    since then (or since a letter) that reached nobody; `spoken_of`: ids of the invoices that were talked about.
    `last_spoken`: the last day on which the right person was spoken to, also of what is paid since. `level`: how far
    what may be asked for was asked by letter, `levels` the same by currency; `fresh`: ids of the invoices that may be
    asked for, that nobody tried to speak of and that no letter named, while others had the final demand; `waiting`:
    letters of a level that were written and not sent; `money`: the last day of money that came since the last try.
    """

    conversations: int = 0
    last_conversation: date | None = None
    tries: int = 0
    last_try: Activity | None = None
    last_letter: date | None = None
    spoken_of: frozenset[str] = frozenset()
    last_spoken: date | None = None
    level: Level = Level()
    levels: Mapping[str, Level] = {}
    fresh: frozenset[str] = frozenset()
    waiting: tuple[Letter, ...] = ()
    money: date | None = None

    def in_vain(self, policy: Policy) -> bool:
        """Did so many tries reach nobody that a letter takes the place of calls? Not once money came, nor while
        there is something to speak of for the first time after the final demand."""
        return self.tried_enough(policy) and self.money is None and not self.fresh

    def tried_enough(self, policy: Policy) -> bool:
        """Did so many tries in a row reach nobody?"""
        return self.last_try is not None and self.tries >= policy.tries_before_letter


def contacts(
    activities: Iterable[Activity],
    open_ids: frozenset[str],
    letters_written: Sequence[Letter] = (),
    money: Iterable[Came] = (),
    asked: Mapping[str, frozenset[str]] | None = None,
    currency: str = "",
) -> Contacts:
    """Sum up the contacts of an account.

    `money`: what came in its main `currency`; `asked`: by currency the ids of the invoices that may be asked for.

    An activity counts while any invoice that it, or a later one it shares an invoice with, was about is open: so the
    schedule starts anew when every invoice that was spoken of is paid. Any conversation, and any letter, ends a row
    of tries.
    """
    ordered = sorted((a for a in activities if a.kind is not ActivityKind.NOTE), key=lambda a: a.at)
    current = _current(ordered, open_ids)
    conversations: list[Activity] = []
    letters: list[Activity] = []
    tries: list[Activity] = []
    for activity in ordered:
        counts = activity.id in current
        if activity.reached:
            tries = []
            conversations += [activity] if counts else []
        elif activity.kind is ActivityKind.LETTER:
            tries = []
            letters += [activity] if counts else []
        elif activity.outcome in NOT_REACHED and counts:
            tries.append(activity)
    levels = {code: level_of(letters, letters_written, ids) for code, ids in (asked or {}).items()}
    level = levels.get(currency, Level())
    named = frozenset(i for a in (*conversations, *letters, *tries) for i in a.invoices)
    mine = (asked or {}).get(currency, frozenset())
    return Contacts(
        conversations=len({a.day for a in conversations}),
        last_conversation=conversations[-1].day if conversations else None,
        tries=len(tries),
        last_try=tries[-1] if tries else None,
        last_letter=letters[-1].day if letters else None,
        spoken_of=frozenset(i for a in conversations for i in a.invoices),
        last_spoken=max((a.day for a in ordered if a.reached), default=None),
        level=level,
        levels=levels,
        fresh=mine - named if level.demanded else frozenset(),
        waiting=tuple(x for x in unsent(letters_written) if x.kind in LEVELS),
        money=max((m.day for m in money if tries and m.since(tries[0], tries[-1])), default=None),
    )


def _current(ordered: Sequence[Activity], open_ids: frozenset[str]) -> set[str]:
    """Return the ids of the activities that count, following shared invoices back in time."""
    concerned, current = set(open_ids), set()
    for activity in reversed(ordered):
        if not concerned.isdisjoint(activity.invoices):
            concerned.update(activity.invoices)
            current.add(activity.id)
    return current


_NOT_SPOKEN_OF = "an invoice not yet spoken of"


class CallKind(StrEnum):
    """What the schedule asks for."""

    FIRST = "first"
    SCHEDULED = "scheduled"
    LETTER = "letter"


class Planned(msgspec.Struct, frozen=True):
    """The next contact by the schedule: from which day on, what kind, and why."""

    day: date
    kind: CallKind
    why: str


def first_contact(item: OpenItem, policy: Policy, calendar: BusinessCalendar) -> date | None:
    """Return the day of the first call on an item: so many business days after it was due (or issued)."""
    due = item.invoice.issued if policy.first_contact_from == "issued" else item.invoice.due
    return calendar.add(due or item.invoice.due, policy.first_contact_business_days) if item.invoice.due else None


def retry_day(reached: Contacts, calendar: BusinessCalendar) -> date | None:
    """Return the day from which to try again after a try that reached nobody, None if there was none."""
    return calendar.next(reached.last_try.day) if reached.last_try else None


def planned_contact(
    collectable: Sequence[OpenItem],
    reached: Contacts,
    policy: Policy,
    calendar: BusinessCalendar,
    promise_until: date | None = None,
) -> Planned | None:
    """Return the next contact that the schedule asks for, None while nothing is collectable.

    `collectable`: the items of which something may be asked for; `promise_until`: the last day of a live promise
    that covers the rest. The day may lie in the past: then the contact is overdue.
    """
    firsts = {i.invoice.id: day for i in collectable if (day := first_contact(i, policy, calendar))}
    if not firsts:
        return None
    if reached.last_try and reached.in_vain(policy):
        return _letter(reached, reached.last_try.day, policy, calendar)
    base = _base(firsts, reached, policy, calendar, promise_until)
    fresh = [firsts[each] for each in reached.fresh if each in firsts]
    if fresh and reached.tried_enough(policy):
        base = Planned(min(fresh), CallKind.FIRST, _first_call(policy))
    again = retry_day(reached, calendar)
    if again and reached.last_try:
        tries = "one try" if reached.tries == 1 else f"{reached.tries} tries"
        hour = f"{reached.last_try.outcome} at {reached.last_try.at:%H:%M}"
        wrong = reached.last_try.outcome is Outcome.WRONG_NUMBER
        why = f"{base.why}; {tries}, {hour}: {'find the right number first' if wrong else 'another hour'}"
        return Planned(max(base.day, again), base.kind, why)
    return base


def _letter(reached: Contacts, day: date, policy: Policy, calendar: BusinessCalendar) -> Planned:
    """Return the letter that is due from a day on; after the final demand it is the claim file, once that is over."""
    tries = f"{reached.tries} tries in a row reached nobody"
    deadline = reached.level.deadline(policy, calendar)
    if deadline and reached.level.next is None:
        day = max(day, calendar.roll(deadline + timedelta(days=1)))
        return Planned(day, CallKind.LETTER, f"claim file due: {claim_words(deadline, day)}; {tries}")
    if reached.last_letter:
        day = max(day, calendar.roll(reached.last_letter + timedelta(days=policy.letter_interval_days)))
    return Planned(day, CallKind.LETTER, f"letter due: {reached.level.next}, {tries}")


def _base(
    firsts: dict[str, date],
    reached: Contacts,
    policy: Policy,
    calendar: BusinessCalendar,
    promise_until: date | None,
) -> Planned:
    """Return the contact due if there had been no tries."""
    interval = timedelta(days=policy.call_interval_days)
    oldest = min(firsts.values())
    talked, wrote = reached.last_conversation, reached.last_letter
    if talked is None:
        plan = Planned(oldest, CallKind.FIRST, _first_call(policy))
        if reached.last_spoken and reached.last_spoken >= oldest:
            # They were spoken to when it was due for that, of something else that is paid now.
            plan = Planned(oldest, CallKind.SCHEDULED, _NOT_SPOKEN_OF)
    else:
        number = reached.conversations
        ordinal = _ORDINALS[number] if number < len(_ORDINALS) else f"{number + 1}."
        why = f"{ordinal} call, {policy.call_interval_days} days after {talked:%a} {talked.day} {talked:%b}"
        plan = Planned(calendar.roll(talked + interval), CallKind.SCHEDULED, why)
    if wrote and (talked is None or wrote >= talked):
        why = f"call {policy.call_interval_days} days after the letter of {wrote:%a} {wrote.day} {wrote:%b}"
        plan = Planned(calendar.roll(wrote + interval), plan.kind, why)
    if promise_until and promise_until < plan.day:
        plan = Planned(promise_until, plan.kind, "the rest beside a promise, whose last day it is")
    fresh = [day for invoice, day in firsts.items() if invoice not in reached.spoken_of]
    if talked and fresh and min(fresh) < plan.day and (wrote is None or min(fresh) > wrote):
        plan = Planned(min(fresh), CallKind.SCHEDULED, _NOT_SPOKEN_OF)
    return plan


def _first_call(policy: Policy) -> str:
    count = policy.first_contact_business_days
    ordinal = _ORDINALS[count - 1] if count <= len(_ORDINALS) else f"{count}."
    return f"first call, {ordinal} business day"


def further_contacts(
    day: date, kind: CallKind, reached: Contacts, policy: Policy, calendar: BusinessCalendar
) -> list[Planned]:
    """Return what comes after the next contact, of a kind and on a day, up to the third call.

    Each call comes only if the one before it settled nothing; after a letter the first is the one that the letter
    sets. While a row of tries goes on, the letter at its end comes if nobody is reached.
    """
    interval = timedelta(days=policy.call_interval_days)
    number = reached.conversations
    found = []
    if kind is CallKind.LETTER and reached.level.next is None:
        # The claim file is no letter after which one calls.
        return []
    if kind is CallKind.LETTER:
        day = calendar.roll(day + interval)
        again = CallKind.SCHEDULED if number else CallKind.FIRST
        found.append(Planned(day, again, f"call {policy.call_interval_days} days after the letter"))
    elif reached.tries and not reached.in_vain(policy):
        # After money came the next try that reaches nobody is enough.
        left = max(1, policy.tries_before_letter - reached.tries)
        letter = _letter(reached, calendar.add(day, left - 1), policy, calendar)
        tries = "the next try reaches" if left == 1 else f"{left} more tries reach"
        what = letter.why.partition(":")[0].removesuffix(" due")
        found.append(Planned(letter.day, CallKind.LETTER, f"{what}, if {tries} nobody"))
    for call in range(number + 1, _PLANNED_CALLS):
        day = calendar.roll(day + interval)
        before = f"{policy.call_interval_days} days after the {_ORDINALS[call - 1]}"
        found.append(Planned(day, CallKind.SCHEDULED, f"{_ORDINALS[call]} call, {before}, if that settles nothing"))
    return found


def arrival_day(paid_on: date | None, method: Method | None, today: date, calendar: BusinessCalendar) -> date:
    """Return the day on which a payment said to be made is looked for: the next business day.

    A check travels by mail: five business days from the day it was sent, today if that is not known.
    """
    day = calendar.next(today)
    if method is Method.CHECK:
        day = max(day, calendar.add(paid_on or today, _MAIL_BUSINESS_DAYS))
    return day
