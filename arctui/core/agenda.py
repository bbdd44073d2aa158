"""The follow-up calendar: what stands on which day for an account, from promises to pay runs.

Pure: an account and its standing in, entries out. One thing to do is one entry, on the day on which it is to be done.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.abroad import holiday_there
from arctui.core.facts import Dossier
from arctui.core.ledger import by_age, claims_to_come
from arctui.core.letter_ends import letter_ends
from arctui.core.moments import moment_of
from arctui.core.money import ZERO
from arctui.core.promises import Judged, Verdict
from arctui.core.reasons import Bucket, Reason, Rules
from arctui.core.records import FollowUp, FollowUpKind
from arctui.core.run_entries import run_entries
from arctui.core.schedule import CallKind, further_contacts, planned_contact
from arctui.core.standing import Standing
from arctui.core.verdict_words import promise_words


class EntryKind(StrEnum):
    """What an entry is about, in the order of a day: what is to be done first, what is only expected last."""

    BROKEN = "broken"
    CALLBACK = "callback"
    VERIFY = "verify"
    CALL_BY = "call-by"
    CUTOFF = "cutoff"
    FIRST = "first"
    SCHEDULED = "scheduled"
    FOLLOW_UP = "follow-up"
    DISPUTE = "dispute"
    DOCUMENTS = "documents"
    LETTER = "letter"
    DEADLINE = "deadline"
    PROMISE = "promise"
    BREAKS = "breaks"
    RUN = "run"


_RANKS = {kind: rank for rank, kind in enumerate(EntryKind)}

_BY_SCHEDULE = (EntryKind.FIRST, EntryKind.SCHEDULED)
#: Which of these is the next contact, after which the further ones come.
_NEXT = (EntryKind.FOLLOW_UP, *_BY_SCHEDULE, EntryKind.LETTER, EntryKind.BROKEN, EntryKind.BREAKS)
#: What an entry is in its key, where that is not its kind: a matter keeps its key when it becomes another kind.
_SLOTS = {
    EntryKind.PROMISE: "due",
    EntryKind.VERIFY: "look",
    EntryKind.BREAKS: "break",
    EntryKind.BROKEN: "break",
    EntryKind.FIRST: "next",
    EntryKind.SCHEDULED: "next",
}
#: Calls that take the place of the one by the schedule on the same day: it is one call.
_OTHER_CALLS = (EntryKind.BROKEN, EntryKind.CALLBACK, EntryKind.CALL_BY)
#: Kinds that are a call to the customer; so is a day that the clerk set for the next contact.
CALLS = frozenset((*_BY_SCHEDULE, *_OTHER_CALLS))


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the calendar, on `day` (a day here).

    `account` is the account's id, `amount` what the entry is about, in `currency`. `hour` is local to `time_zone`
    ("" = the firm's); `at` is the moment of that hour. `record` is the id of the follow-up, promise or dispute it
    stands for, "" if only a rule put it there. `key` stays the same when the entry moves to another day or becomes
    one of another kind: a promise has three, of the days on which it is due, looked for and breaks, an account one
    for its next contact, by rule or by hand, and one for each after it. `clerk` is the account's. A `projected` entry
    comes only if what stands before it does not settle the matter. A `task` asks for no call: a paper to send, money
    to look for, a callback to who must not be called or owes nothing, a day set by hand while a letter is due first.
    `holiday_there`: of the customer's own country.
    """

    day: date
    kind: EntryKind
    account: str
    name: str
    number: str
    amount: Decimal
    currency: str
    why: str
    key: str
    hour: time | None = None
    time_zone: str = ""
    at: datetime | None = None
    record: str = ""
    clerk: str = ""
    projected: bool = False
    task: bool = False
    holiday_there: str = ""


def is_call(entry: Entry) -> bool:
    """Is an entry a call that is to be made?"""
    return not (entry.projected or entry.task) and (entry.kind in CALLS or entry.kind is EntryKind.FOLLOW_UP)


def order(entry: Entry) -> tuple[object, ...]:
    """Return the key that sorts entries: by day, appointments first in the order of their moments, then by kind."""
    hour = (0, entry.at.timestamp()) if entry.at else (1, 0.0)
    return (entry.day, hour, _RANKS[entry.kind], -entry.amount, entry.name, entry.account, entry.key)


class Day(msgspec.Struct, frozen=True):
    """What stands on one day: how many entries, what is at stake by currency, and how many accounts are to be called.

    An account counts once in each, with the largest of its amounts.
    """

    count: int
    amounts: dict[str, Decimal]
    calls: int = 0


def by_day(entries: Iterable[Entry]) -> dict[date, Day]:
    """Sum up the entries of each day, in order of date. Days without any are left out."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(entry.day, []).append(entry)
    return {day: _sum_up(days[day]) for day in sorted(days)}


def _sum_up(entries: Iterable[Entry]) -> Day:
    count, called = 0, set()
    largest: dict[tuple[str, str], Decimal] = {}
    for entry in entries:
        count += 1
        if is_call(entry):
            called.add(entry.account)
        of = (entry.currency, entry.account)
        largest[of] = max(entry.amount, largest.get(of, ZERO))
    amounts: dict[str, Decimal] = {}
    for (currency, _), amount in largest.items():
        if amount:
            amounts[currency] = amounts.get(currency, ZERO) + amount
    return Day(count, amounts, len(called))


def entries(dossier: Dossier, standing: Standing, rules: Rules) -> tuple[Entry, ...]:
    """Return all entries of one account in order.

    What is overdue stands on today. An account that must not be called keeps only its promises and callbacks.
    """
    if not (standing.ahead or dossier.promises or dossier.followups or standing.items):
        return ()
    return tuple(sorted(_Account(dossier, standing, rules).entries(), key=order))


class _Account:
    """One account, as its entries are looked for."""

    def __init__(self, dossier: Dossier, standing: Standing, rules: Rules) -> None:
        self.dossier = dossier
        self.standing = standing
        self.rules = rules
        self.today = rules.moment.today
        self.reasons = {r.record: r for r in standing.ahead if r.record}
        self.tasks = {f.id for f in self._open(FollowUpKind.TASK)}
        self.claims = {f.id for f in self._open(FollowUpKind.CLAIM)}

    def entries(self) -> Iterator[Entry]:
        yield from self._promises()
        callbacks = [self._callback(f) for f in self._open(FollowUpKind.CALLBACK)]
        yield from callbacks
        yield from self._tasks()
        for end in letter_ends(self.dossier.letters, self.standing.items, self.rules):
            about = (end.amount, end.currency)
            yield self._entry(end.day, EntryKind.DEADLINE, about, end.why, record=end.letter, task=True)
        if not self.standing.stopped:
            yield from self._looking_for_money()
            breaking = [self._breaking(j) for j in self.standing.live]
            by_hand = list(self._by_hand())
            derived = [self._derived(r) for r in self.standing.ahead if self._is_own(r)]
            calls = {e.day for e in (*callbacks, *derived) if e.kind in _OTHER_CALLS}
            further = list(self._further([*by_hand, *derived, *breaking]))
            yield from (*breaking, *by_hand)
            yield from (e for e in (*derived, *further) if e.kind not in _BY_SCHEDULE or e.day not in calls)
            yield from self._runs({e.day for e in derived if e.kind is EntryKind.CALL_BY})

    def _open(self, kind: FollowUpKind) -> list[FollowUp]:
        return [f for f in self.dossier.followups if f.kind is kind and f.done_on is None]

    def _entry(
        self,
        day: date,
        kind: EntryKind,
        amount: tuple[Decimal, str],
        why: str,
        *,
        record: str = "",
        turn: str = "",
        key: str = "",
        hour: time | None = None,
        time_zone: str = "",
        at: datetime | None = None,
        projected: bool = False,
        task: bool = False,
    ) -> Entry:
        """Make an entry; `turn` tells entries of one kind apart that no record does, `key` is one of its own."""
        account = self.dossier.account
        of_kind = f"{record or account.id}-{_SLOTS.get(kind, kind)}" + (f"-{turn}" if turn else "")
        return Entry(
            day=day,
            kind=kind,
            account=account.id,
            name=account.name,
            number=account.number,
            amount=amount[0],
            currency=amount[1],
            why=why,
            key=key or of_kind,
            hour=hour,
            time_zone=time_zone,
            at=at,
            record=record,
            clerk=account.clerk,
            projected=projected,
            task=task,
            holiday_there=holiday_there(account, self.rules.policy, day),
        )

    # Promises

    def _promises(self) -> Iterator[Entry]:
        for judged in self.standing.judged:
            promise = judged.promise
            if not judged.fell and judged.verdict not in (Verdict.SUPERSEDED, Verdict.WITHDRAWN):
                about, why = (promise.amount, promise.currency), promise_words(judged, self.rules)
                yield self._entry(promise.day, EntryKind.PROMISE, about, why, record=promise.id)

    def _looking_for_money(self) -> Iterator[Entry]:
        """Look for the money of a live promise on the last day of its window, or as long as the review left it."""
        for judged in self.standing.live:
            promise = judged.promise
            day = max(promise.last_day, promise.left_until or promise.last_day, self.today)
            if day != promise.day:
                about = (judged.missing, promise.currency)
                of = f"promise of {self.rules.money(*about)} for {self.rules.day(promise.day)}"
                if day == promise.last_day:
                    why = f"last day of the {of}: look for the money"
                elif day == promise.left_until:
                    why = f"{of}, left until {self.rules.day(day)}: look for the money"
                else:
                    why = f"{of}, last day was {self.rules.day(promise.last_day)}: look for the money"
                yield self._entry(day, EntryKind.VERIFY, about, why, record=promise.id)

    def _breaking(self, judged: Judged) -> Entry:
        """The day on which a live promise breaks, or until which the review left it: then it is a call."""
        promise = judged.promise
        about = (judged.missing, promise.currency)
        day = max(promise.breaks_on, promise.left_until or promise.breaks_on)
        of = f"promise of {self.rules.money(*about)} for {self.rules.day(promise.day)}"
        why = f"the {of} breaks if the money has not come" if day == promise.breaks_on else f"{of}, left until then"
        return self._entry(day, EntryKind.BREAKS, about, why, record=promise.id, projected=True)

    # Follow-ups

    def _callback(self, followup: FollowUp) -> Entry:
        moment = moment_of(followup, self.rules)
        here = moment.astimezone(self.rules.moment.now.tzinfo) if moment else None
        agreed = here.date() if here else followup.day
        reason = self.reasons.get(followup.id)
        day = reason.day if reason else max(agreed, self.today)
        in_time = day == agreed
        words = ["call back" if in_time else f"call back, agreed for {self.rules.day(followup.day)}"]
        if followup.hour:
            words.append(f"{followup.hour:%H:%M}")
            words += ["their time"] if followup.time_zone else []
            if here and in_time and here.time() != followup.hour:
                words.append(f"({here:%H:%M} here)")
        why = " ".join(words) + (f", {followup.why}" if followup.why else "")
        owes = any(item.open > 0 for item in self.standing.items)
        if self.standing.stopped:
            why += f"; not to be called: {self.standing.stopped}"
        elif not owes:
            why += "; nothing is open any more"
        return self._entry(
            day,
            EntryKind.CALLBACK,
            self._about(),
            why,
            record=followup.id,
            hour=followup.hour if in_time else None,
            time_zone=followup.time_zone if followup.hour else "",
            at=here if in_time else None,
            task=bool(self.standing.stopped) or not owes,
        )

    def _by_hand(self) -> Iterator[Entry]:
        """Dates set by the clerk, none a call while a letter is due, and claims of payment while some is past due."""
        chosen = self._chosen()
        wait = max((r.day for r in chosen), default=self.today)
        claims = claims_to_come(self.dossier) if self.standing.balance.past_due > 0 else []
        contacts = sorted(self._open(FollowUpKind.CONTACT), key=lambda f: f.day)
        for followup in contacts + claims:
            why, claimed = followup.why or "follow up", followup.id in self.claims
            why += "" if claimed or chosen else "; the letter that is due comes first"
            day, task = max(followup.day, wait), claimed or not chosen
            key = self._next(1) if followup in contacts[:1] else ""
            yield self._entry(day, EntryKind.FOLLOW_UP, self._about(), why, record=followup.id, key=key, task=task)

    def _tasks(self) -> Iterator[Entry]:
        """What we have to do ourselves, overdue or not; a stop of all calls does not do it for us."""
        for task in self._open(FollowUpKind.TASK):
            why = f"to do: {task.why}"
            day = max(task.day, self.today)
            yield self._entry(day, EntryKind.FOLLOW_UP, self._about(), why, record=task.id, task=True)

    def _chosen(self) -> list[Reason]:
        """Return the follow-up that is the account's next contact: a try of today may have put it off."""
        return [r for r in self.standing.ahead if r.record and r.bucket is Bucket.SCHEDULED]

    # What the rules ask for

    def _is_own(self, reason: Reason) -> bool:
        """Is the reason an entry of its own, not one that stands as a promise, callback or follow-up?"""
        if reason.bucket in (Bucket.CALLBACK, Bucket.VERIFY) or reason.record in self.tasks:
            return False
        return not (reason.record and reason.bucket is Bucket.SCHEDULED)

    def _derived(self, reason: Reason) -> Entry:
        by_run = reason.bucket is Bucket.CUTOFF
        kind = EntryKind.CALL_BY if by_run else EntryKind(reason.bucket.label)
        run = self.standing.run if by_run else None
        amount, turn = (reason.amount, reason.currency), str(run.day) if run else ""
        return self._entry(reason.day, kind, amount, reason.why, record=reason.record, turn=turn)

    def _next(self, number: int) -> str:
        """Return the key of the account's next contact, or of the second or third from now."""
        return f"{self.dossier.account.id}-next" + (f"-{number}" if number > 1 else "")

    def _further(self, planned: Sequence[Entry]) -> Iterator[Entry]:
        """The contacts after the next one, as far as the schedule knows them: none of them is sure to come.

        What the clerk set is the next contact, else what the schedule asks for, else the call about a promise that
        was broken, or that breaks: while a promise silences the schedule all of it is put off. Money said to be paid
        puts off what the schedule asks for as well: it comes once that was looked for and is not there.
        """
        standing, rules = self.standing, self.rules
        if not (standing.balance.collectable or standing.live):
            return
        claims = [e.day for e in planned if e.record in self.claims]
        coming = [e for e in planned if e.kind in _NEXT and e.record not in self.claims]
        if claims and all(e.kind in (EntryKind.BROKEN, EntryKind.BREAKS) for e in coming):
            coming += (unpaid := self._unpaid(max(claims)))
            yield from unpaid
        if not coming:
            return
        first = min(coming, key=lambda e: (_NEXT.index(e.kind), e.day))
        kind = CallKind.LETTER if first.kind is EntryKind.LETTER else CallKind.SCHEDULED
        number = 1 if kind is CallKind.LETTER else 2
        for contact in further_contacts(first.day, kind, standing.contacts, rules.policy, rules.calendar):
            letter = contact.kind is CallKind.LETTER
            yield self._entry(
                contact.day,
                EntryKind(contact.kind.value),
                (first.amount, first.currency),
                contact.why,
                key="" if letter else self._next(number),
                projected=True,
            )
            number += not letter

    def _unpaid(self, looked_for: date) -> list[Entry]:
        """The contact that the schedule asks for if money said to be paid is not there when it is looked for."""
        standing, rules = self.standing, self.rules
        asked = by_age(i for i in standing.items if i.collectable > 0)
        until = min((j.promise.last_day for j in standing.live), default=None)
        planned = planned_contact(asked, standing.contacts, rules.policy, rules.calendar, until)
        if planned is None:
            return []
        day, kind = rules.calendar.roll(max(planned.day, looked_for)), EntryKind(planned.kind.value)
        return [self._entry(day, kind, self._about(), f"{planned.why}, if the money has not come", projected=True)]

    def _runs(self, called: set[date]) -> Iterator[Entry]:
        """Pay runs, their cut-offs and what they wait for. `called`: days of the calls before a cut-off."""
        currency = self.standing.balance.currency
        for found in run_entries(self.dossier, self.standing, self.rules, called):
            kind, about = EntryKind(found.kind), (found.amount, currency)
            yield self._entry(found.day, kind, about, found.why, turn=str(found.run))

    def _about(self) -> tuple[Decimal, str]:
        balance = self.standing.balance
        return balance.collectable or balance.past_due, balance.currency
