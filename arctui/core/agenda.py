"""The follow-up calendar: what stands on which day for an account, from promises to pay runs.

Pure: an account and its standing in, entries out. One thing to do is one entry, on the day on which it is to be done.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem, claims_to_come
from arctui.core.money import ZERO, total
from arctui.core.pay_cycles import Run, next_run
from arctui.core.promises import Judged, Verdict
from arctui.core.reasons import Bucket, Reason, Rules, moment_of
from arctui.core.records import FollowUp, FollowUpKind, PayCycle
from arctui.core.standing import Standing, verdict_words

#: Days ahead, from today, for which pay runs are shown.
_RUNS_AHEAD = timedelta(days=92)
_DAY = timedelta(days=1)


class EntryKind(StrEnum):
    """What an entry is about, in the order of a day: what is to be done first, what is only expected last."""

    BROKEN = "broken"
    CALLBACK = "callback"
    VERIFY = "verify"
    CUTOFF = "cutoff"
    FIRST = "first"
    SCHEDULED = "scheduled"
    FOLLOW_UP = "follow-up"
    DISPUTE = "dispute"
    LETTER = "letter"
    PROMISE = "promise"
    RUN = "run"


_RANKS = {kind: rank for rank, kind in enumerate(EntryKind)}

_BY_SCHEDULE = (EntryKind.FIRST, EntryKind.SCHEDULED)
#: Calls that take the place of the one by the schedule on the same day: it is one call.
_OTHER_CALLS = (EntryKind.BROKEN, EntryKind.CALLBACK, EntryKind.CUTOFF)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the calendar, on `day` (a day here).

    `account` is the account's id, `amount` what the entry is about, in `currency`. `hour` is local to `time_zone`
    ("" = the firm's); `at` is the moment of that hour. `record` is the id of the follow-up, promise or dispute it
    stands for, "" if only a rule put it there. `key` stays the same when the entry moves to another day.
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


def order(entry: Entry) -> tuple[object, ...]:
    """Return the key that sorts entries: by day, appointments first in the order of their moments, then by kind."""
    hour = (0, entry.at.timestamp()) if entry.at else (1, 0.0)
    return (entry.day, hour, _RANKS[entry.kind], -entry.amount, entry.name, entry.account, entry.key)


class Day(msgspec.Struct, frozen=True):
    """What stands on one day: how many entries, and what they are about by currency."""

    count: int
    amounts: dict[str, Decimal]


def by_day(entries: Iterable[Entry]) -> dict[date, Day]:
    """Sum up the entries of each day, in order of date. Days without any are left out."""
    counts: dict[date, int] = {}
    sums: dict[date, dict[str, Decimal]] = {}
    for entry in entries:
        counts[entry.day] = counts.get(entry.day, 0) + 1
        amounts = sums.setdefault(entry.day, {})
        if entry.amount:
            amounts[entry.currency] = amounts.get(entry.currency, ZERO) + entry.amount
    return {day: Day(counts[day], sums[day]) for day in sorted(counts)}


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

    def entries(self) -> Iterator[Entry]:
        yield from self._promises()
        callbacks = [self._callback(f) for f in self._open(FollowUpKind.CALLBACK)]
        yield from callbacks
        yield from self._tasks()
        if not self.standing.stopped:
            yield from self._looking_for_money()
            yield from self._by_hand()
            derived = [self._derived(r) for r in self.standing.ahead if self._is_own(r)]
            calls = {e.day for e in (*callbacks, *derived) if e.kind in _OTHER_CALLS}
            yield from (e for e in derived if e.kind not in _BY_SCHEDULE or e.day not in calls)
            yield from self._runs({e.day for e in derived if e.kind is EntryKind.CUTOFF})

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
        hour: time | None = None,
        time_zone: str = "",
        at: datetime | None = None,
    ) -> Entry:
        """Make an entry; `turn` tells entries of one kind apart that no record does."""
        account = self.dossier.account
        return Entry(
            day=day,
            kind=kind,
            account=account.id,
            name=account.name,
            number=account.number,
            amount=amount[0],
            currency=amount[1],
            why=why,
            key=f"{record or account.id}-{kind}" + (f"-{turn}" if turn else ""),
            hour=hour,
            time_zone=time_zone,
            at=at,
            record=record,
        )

    # Promises

    def _promises(self) -> Iterator[Entry]:
        for judged in self.standing.judged:
            promise = judged.promise
            if judged.verdict not in (Verdict.SUPERSEDED, Verdict.WITHDRAWN):
                amount = (promise.amount, promise.currency)
                yield self._entry(
                    promise.day, EntryKind.PROMISE, amount, self._promise_words(judged), record=promise.id
                )

    def _promise_words(self, judged: Judged) -> str:
        promise, money = judged.promise, self.rules.money
        way = f" by {promise.method}" if promise.method else ""
        parts = [f"promised {money(promise.amount, promise.currency)}{way}"]
        parts += [promise.person] if promise.person else []
        if not judged.missed:
            parts.append(f"last day {self.rules.day(promise.last_day)}")
        if judged.live and judged.received:
            parts.append(f"{money(judged.received, promise.currency)} of it came")
        words = ", ".join(parts)
        return words if judged.live else f"{words}; {verdict_words(judged, self.rules)}"

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
        if self.standing.stopped:
            why += f"; not to be called: {self.standing.stopped}"
        return self._entry(
            day,
            EntryKind.CALLBACK,
            self._about(),
            why,
            record=followup.id,
            hour=followup.hour if in_time else None,
            time_zone=followup.time_zone if followup.hour else "",
            at=here if in_time else None,
        )

    def _by_hand(self) -> Iterator[Entry]:
        """Dates set by the clerk, and claims of payment while something is past due."""
        wait = max((r.day for r in self._chosen()), default=self.today)
        claims = claims_to_come(self.dossier) if self.standing.balance.past_due > 0 else []
        for followup in self._open(FollowUpKind.CONTACT) + claims:
            why = followup.why or "follow up"
            day = max(followup.day, wait)
            yield self._entry(day, EntryKind.FOLLOW_UP, self._about(), why, record=followup.id)

    def _tasks(self) -> Iterator[Entry]:
        """What we have to do ourselves, overdue or not; a stop of all calls does not do it for us."""
        for task in self._open(FollowUpKind.TASK):
            why = f"to do: {task.why}"
            yield self._entry(max(task.day, self.today), EntryKind.FOLLOW_UP, self._about(), why, record=task.id)

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
        kind = EntryKind(reason.bucket.label)
        run = self.standing.run if kind is EntryKind.CUTOFF else None
        amount = (reason.amount, reason.currency)
        return self._entry(
            reason.day, kind, amount, reason.why, record=reason.record, turn=f"call-{run.day}" if run else ""
        )

    def _runs(self, called: set[date]) -> Iterator[Entry]:
        """Pay runs and their cut-offs: the next one that can be made, and later ones for which something falls due.

        A run is about what is due by then and neither disputed nor promised nor for an earlier run. `called`: days
        on which the call before a cut-off stands.
        """
        cycle, coming, currency = self.dossier.account.pay_cycle, self.standing.run, self.standing.balance.currency
        left = [i for i in self.standing.items if i.open > 0 and i.invoice.currency == currency]
        if cycle is None or coming is None or not left:
            return
        for closed in self._closed_runs(cycle, coming):
            why = f"pay run, its cut-off {self.rules.day(closed.cutoff)} has passed"
            yield self._entry(closed.day, EntryKind.RUN, (ZERO, currency), why, turn=str(closed.day))
        run: Run | None = coming
        while run:
            due = [i for i in left if i.invoice.due is None or i.invoice.due <= run.day]
            yield from self._run(run, (total(map(_expected, due)), currency), called)
            left = [i for i in left if i.invoice.due and i.invoice.due > run.day]
            first = min((i.invoice.due for i in left if i.invoice.due), default=date.max)
            ahead = first <= self.today + _RUNS_AHEAD
            run = self._run_after(cycle, first - _DAY) if ahead else None

    def _closed_runs(self, cycle: PayCycle, coming: Run) -> Iterator[Run]:
        """Return the runs still to be made whose cut-off has passed."""
        run = self._run_after(cycle, self.today - _DAY) if cycle.cutoff_days else coming
        while run.day < coming.day:
            yield run
            run = self._run_after(cycle, run.day)

    def _run_after(self, cycle: PayCycle, day: date) -> Run:
        return next_run(cycle, day, self.rules.calendar, self.rules.policy.cutoff_lead_business_days)

    def _run(self, run: Run, about: tuple[Decimal, str], called: set[date]) -> Iterator[Entry]:
        what = f"{self.rules.money(*about)} due by then" if about[0] else "nothing due by then that is not promised"
        cutoff = "" if run.cutoff == run.day else f", cut-off {self.rules.day(run.cutoff)}"
        yield self._entry(run.day, EntryKind.RUN, about, f"pay run{cutoff}: {what}", turn=str(run.day))
        if cutoff and run.cutoff not in called:
            why = f"cut-off for the pay run {self.rules.day(run.day)}: {what}"
            yield self._entry(run.cutoff, EntryKind.CUTOFF, about, why, turn=str(run.day))

    def _about(self) -> tuple[Decimal, str]:
        balance = self.standing.balance
        return balance.collectable or balance.past_due, balance.currency


def _expected(item: OpenItem) -> Decimal:
    """Return what of an item is neither disputed nor promised."""
    return max(ZERO, item.open - item.disputed - item.promised)
