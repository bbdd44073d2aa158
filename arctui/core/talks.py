"""What the talking brought: calls, right-party contacts, promises, coverage, callbacks, disputes, by whom and when.

Pure. All of it is counted anew from calls, promises, dates and disputes, so what is dated back counts on its day;
what was undone is as if it had not been. The rates are those of the field: right-party rate (right-party contacts /
calls dialled), promise rate (promises / right-party contacts), coverage (past-due customers contacted / past-due
customers). Calls that came in were not dialled: they are counted apart and are in no rate of dialling.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from arctui.core.excuses import Excuses, ExcuseTally, was_kept
from arctui.core.facts import Dossier
from arctui.core.known import Known
from arctui.core.period import Period
from arctui.core.phone_numbers import is_phone
from arctui.core.promised import Promised, PromiseTally, decided_on, rate
from arctui.core.promises import Judged
from arctui.core.records import Activity, ActivityKind, Dispute, FollowUpKind, Outcome
from arctui.core.standing import Standing


class By(StrEnum):
    """By what the figures are told apart."""

    CLERK = "clerk"
    MONTH = "month"
    ACCOUNT = "account"


class Wanted(msgspec.Struct, frozen=True):
    """Of which days, of which clerk ("" = all) and told apart by what (None = only the whole) figures are wanted."""

    period: Period
    clerk: str = ""
    by: By | None = None


class Talks(msgspec.Struct, frozen=True, kw_only=True):
    """The talking of a period, or of the group of this `key` (a clerk, an account's id, a month as "2026-10").

    `calls` were dialled; `inbound` came in. `contacts`: conversations with the person who can pay, however they came
    about; `agreements`: those of them that ended in a promise, or in several. `callbacks` whose day has come.
    `past_due`: customers with something past due at the end of the period who may be called, None if that is not
    known. Rates are shares from 0 to 1. A clerk's promises are those that they took, their disputes and customers
    those that are theirs to see to.
    """

    key: str
    calls: int
    right_party: int
    inbound: int
    inbound_right_party: int
    contacts: int
    agreements: int
    refused: int
    callbacks: int
    callbacks_kept: int
    disputes_opened: int
    disputes_solved: int
    past_due: int | None
    right_party_rate: Known
    promise_rate: Known
    contacts_per_promise: Known
    contacts_per_kept_promise: Known
    coverage: Known
    with_phone: Known
    callback_rate: Known
    average_seconds: Known
    timed_calls: int
    days_to_solve: Known
    promised: Mapping[str, Promised]
    excuses: Excuses

    def promised_in(self, currency: str) -> Promised:
        """Return the promises of one currency, counts of 0 where there were none."""
        return self.promised.get(currency) or PromiseTally().figures()


class TalkFigures(msgspec.Struct, frozen=True):
    """The talking of a period as a whole, and by what it was told apart: the groups in order of their keys."""

    wanted: Wanted
    whole: Talks
    groups: tuple[Talks, ...] = ()


#: Says of an account whether something of it was past due at the end of each of these days; None: not known.
PastDue = Callable[[Dossier, Standing, Sequence[date]], Sequence[bool | None]]


class _Mean:
    """An average while it is being added up."""

    __slots__ = ("count", "sum")

    def __init__(self) -> None:
        self.sum = self.count = 0

    def add(self, value: int) -> None:
        self.sum += value
        self.count += 1

    def known(self, missing: str) -> Known:
        return rate(self.sum, self.count, missing)


class _Tally:
    """Counts one group."""

    def __init__(self, key: str, *, owned: bool) -> None:
        """Begin to count; `owned`: its customers are those of one clerk."""
        self.key = key
        self.owned = owned
        self.calls = self.right_party = self.inbound = self.inbound_right_party = 0
        self.contacts = self.agreements = self.refused = 0
        self.callbacks = self.callbacks_kept = self.opened = 0
        self.past_due = self.covered = self.with_phone = 0
        self.not_known = self.customers = 0
        self.seconds, self.to_solve = _Mean(), _Mean()
        self.for_promise, self.for_kept = _Mean(), _Mean()
        self.promised: dict[str, PromiseTally] = {}
        self.excuses = ExcuseTally()

    def of(self, currency: str) -> PromiseTally:
        return self.promised.setdefault(currency, PromiseTally())

    def talk(self, activity: Activity, agreed: Sequence[Judged], *, promised: bool) -> None:
        """Count what happened with a customer."""
        if activity.kind is ActivityKind.CALL:
            if activity.inbound:
                self.inbound += 1
                self.inbound_right_party += activity.reached
            else:
                self.calls += 1
                self.right_party += activity.reached
            if activity.seconds is not None:
                self.seconds.add(activity.seconds)
        if activity.reached:
            self.contacts += 1
            self.agreements += promised
            self.refused += activity.outcome is Outcome.REFUSED
            self.excuses.add(activity, agreed, promised=promised)

    def figures(self) -> Talks:
        nobodys = self.owned and not self.customers
        past_due = None if self.not_known or nobodys else self.past_due
        why = "no report of open items reaches back that far" if self.not_known else "no customer was past due"
        why = "no account belongs to this clerk" if nobodys else why
        return Talks(
            key=self.key,
            calls=self.calls,
            right_party=self.right_party,
            inbound=self.inbound,
            inbound_right_party=self.inbound_right_party,
            contacts=self.contacts,
            agreements=self.agreements,
            refused=self.refused,
            callbacks=self.callbacks,
            callbacks_kept=self.callbacks_kept,
            disputes_opened=self.opened,
            disputes_solved=self.to_solve.count,
            past_due=past_due,
            right_party_rate=rate(self.right_party, self.calls, "no call was dialled in this time"),
            promise_rate=rate(self.agreements, self.contacts, "nobody who can pay was spoken with in this time"),
            contacts_per_promise=self.for_promise.known("no promise was taken in a conversation of this time"),
            contacts_per_kept_promise=self.for_kept.known("no promise that was taken in this time is kept by now"),
            coverage=rate(self.covered, past_due or 0, why),
            with_phone=rate(self.with_phone, past_due or 0, why),
            callback_rate=rate(self.callbacks_kept, self.callbacks, "no callback was due in this time"),
            average_seconds=self.seconds.known("of no call is it known how long it took"),
            timed_calls=self.seconds.count,
            days_to_solve=self.to_solve.known("no dispute was solved in this time"),
            promised={currency: tally.figures() for currency, tally in self.promised.items()},
            excuses=self.excuses.figures(),
        )


class _Counting:
    """Goes through the accounts, and counts each thing for the whole and for the group it belongs to."""

    def __init__(self, wanted: Wanted, today: date, past_due: PastDue) -> None:
        self._wanted = wanted
        self._today = today
        self._past_due = past_due
        self._period = Period(wanted.period.first, min(wanted.period.last, today))
        self._first, self._last = self._period.first, self._period.last
        self.whole = _Tally("", owned=bool(wanted.clerk))
        self.groups: dict[str, _Tally] = {}
        months = self._period.months() if wanted.by is By.MONTH else ()
        self._spans = [(self.group(str(month.first)[:7]), month) for month in months]
        self._spans.append((self.whole, self._period))
        self._days = list(dict.fromkeys(span.last for _, span in self._spans))

    def _of(self, clerk: str, day: date, account: str) -> tuple[_Tally, ...]:
        """Return the tallies for what a clerk did with an account on a day, none if it is not wanted."""
        wanted = self._wanted
        if not self._first <= day <= self._last or (wanted.clerk and clerk != wanted.clerk):
            return ()
        match wanted.by:
            case By.CLERK:
                return self.whole, self.group(clerk)
            case By.MONTH:
                return self.whole, self.group(str(day)[:7])
            case By.ACCOUNT:
                return self.whole, self.group(account)
        return (self.whole,)

    def group(self, key: str) -> _Tally:
        found = self.groups.get(key)
        if found is None:
            found = self.groups[key] = _Tally(key, owned=bool(self._wanted.clerk) or self._wanted.by is By.CLERK)
        return found

    def add(self, dossier: Dossier, standing: Standing) -> None:
        """Count all of one account."""
        agreed: dict[datetime, list[Judged]] = {}
        for judged in standing.judged:
            agreed.setdefault(judged.promise.taken_at, []).append(judged)
            self._promise(judged)
        self._talks(dossier.activities, agreed)
        for dispute in dossier.disputes:
            self._dispute(dispute)
        self._callbacks(dossier)
        self._cover(dossier, standing)

    def _promise(self, judged: Judged) -> None:
        promise = judged.promise
        for tally in self._of(promise.taken_by, promise.taken_on, promise.account):
            tally.of(promise.currency).take(promise)
        decided = decided_on(judged)
        if decided:
            for tally in self._of(promise.taken_by, decided, promise.account):
                tally.of(promise.currency).decide(judged)

    def _talks(self, activities: Sequence[Activity], agreed: Mapping[datetime, list[Judged]]) -> None:
        """Count what happened; of the conversations also how many it took since the promise before."""
        if not agreed:
            for activity in activities:
                for tally in self._of(activity.by, activity.day, activity.account):
                    tally.talk(activity, (), promised=activity.reached and activity.outcome is Outcome.PROMISE)
            return
        # Of several results of one call another may have named it; then its moment says that it was promised in it.
        named = {a.at for a in activities if a.outcome is Outcome.PROMISE}
        since = since_kept = 0
        for activity in sorted(activities, key=lambda a: (a.day, a.at)):
            is_agreement = activity.outcome is Outcome.PROMISE or (activity.at in agreed and activity.at not in named)
            promises = agreed.get(activity.at, []) if is_agreement and activity.reached else []
            tallies = self._of(activity.by, activity.day, activity.account)
            for tally in tallies:
                tally.talk(activity, promises, promised=is_agreement and activity.reached)
            if not activity.reached or activity.day > self._today:
                continue
            since, since_kept = since + 1, since_kept + 1
            if is_agreement:
                for tally in tallies:
                    tally.for_promise.add(since)
                since = 0
            if was_kept(promises):
                for tally in tallies:
                    tally.for_kept.add(since_kept)
                since_kept = 0

    def _dispute(self, dispute: Dispute) -> None:
        for tally in self._of(dispute.owner, dispute.opened, dispute.account):
            tally.opened += 1
        if dispute.closed_on:
            for tally in self._of(dispute.owner, dispute.closed_on, dispute.account):
                tally.to_solve.add((dispute.closed_on - dispute.opened).days)

    def _callbacks(self, dossier: Dossier) -> None:
        """Count the callbacks whose day has come: kept if they were done, or it was dialled, on that very day.

        One that was settled before its day is in neither. It is the clerk's who agreed on it.
        """
        for callback in dossier.followups:
            day, done = callback.day, callback.done_on
            if callback.kind is not FollowUpKind.CALLBACK or (done and done < day):
                continue
            if not self._first <= day <= self._last or (day == self._today and not done):
                continue
            kept = done == day or any(
                a.day == day and a.kind is ActivityKind.CALL and not a.inbound for a in dossier.activities
            )
            who = next((a.by for a in dossier.activities if a.day == callback.set_on and _agreed_to_call(a)), "")
            for tally in self._of(who, day, callback.account):
                tally.callbacks += 1
                tally.callbacks_kept += kept

    def _cover(self, dossier: Dossier, standing: Standing) -> None:
        """Count a customer with something past due, and whether somebody there who can pay was spoken with."""
        account, wanted = dossier.account, self._wanted
        if wanted.clerk and account.clerk != wanted.clerk:
            return
        spans = self._spans
        if wanted.by is By.CLERK and account.clerk:
            spans = [*spans, (self.group(account.clerk), self._period)]
        elif wanted.by is By.ACCOUNT and account.id in self.groups:
            spans = [*spans, (self.groups[account.id], self._period)]
        told = dict(zip(self._days, self._past_due(dossier, standing, self._days), strict=True))
        may_be_called = not account.flags
        days = [a.day for a in dossier.activities if a.reached] if may_be_called else []
        phone = any(is_phone(phone) for person in dossier.people for phone in person.phones)
        for tally, span in spans:
            tally.customers += 1
            past_due = told[span.last]
            if may_be_called:
                tally.not_known += past_due is None
            if may_be_called and past_due:
                tally.past_due += 1
                tally.with_phone += phone
                tally.covered += any(span.first <= day <= span.last for day in days)


def _agreed_to_call(activity: Activity) -> bool:
    return activity.outcome is Outcome.CALLBACK


def talk_figures(
    accounts: Iterable[tuple[Dossier, Standing]], wanted: Wanted, today: date, past_due: PastDue
) -> TalkFigures:
    """Count the talking of a period that has begun; standings are those of today, `past_due` tells what was owed.

    right-party rate = right-party contacts / calls dialled; promise rate = conversations that ended in a promise /
    conversations; contacts per promise = conversations from one promise (or the first talk) to the next, averaged
    over the promises taken in the period, and the same from one kept promise to the next; coverage = past-due
    customers spoken with in the period / past-due customers; `with_phone` = those of them with a number to call.
    """
    counting = _Counting(wanted, today, past_due)
    for dossier, standing in accounts:
        counting.add(dossier, standing)
    groups = (counting.groups[key].figures() for key in sorted(counting.groups))
    return TalkFigures(wanted, counting.whole.figures(), tuple(groups))
