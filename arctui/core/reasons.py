"""Why an account is on today's list: each bucket of the worklist finds its own reasons, in sentences.

Pure: facts and what the other rules made of them in, reasons out.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from functools import cached_property

import msgspec

from arctui.core.facts import Dossier
from arctui.core.ledger import Balance, OpenItem, by_age, claims_to_come
from arctui.core.letter_levels import claim_words, unsent, unsent_words
from arctui.core.letter_records import LEVELS
from arctui.core.missed import missed_words, still_missing, together
from arctui.core.moments import day_here, moment_of
from arctui.core.pay_cycles import Run, missing_documents
from arctui.core.promises import Judged
from arctui.core.records import Dispute, FollowUp, FollowUpKind
from arctui.core.rules import Rules
from arctui.core.schedule import CallKind, Contacts, Planned, planned_contact, retry_day
from arctui.core.unanswered import returned, unanswered, was_passed_over

__all__ = ["Bucket", "Next", "Reason", "Reasons", "Rules", "upcoming"]


class Bucket(IntEnum):
    """Why an account is on the list, the most urgent first."""

    BROKEN = 1
    CALLBACK = 2
    VERIFY = 3
    CUTOFF = 4
    FIRST = 5
    SCHEDULED = 6
    DISPUTE = 7
    LETTER = 8

    @property
    def label(self) -> str:
        """The bucket's name in the contracts."""
        return self.name.lower()


#: Buckets that ask for a call.
_CALLS = frozenset({Bucket.BROKEN, Bucket.CUTOFF, Bucket.FIRST, Bucket.SCHEDULED})


class Reason(msgspec.Struct, frozen=True):
    """One reason to turn to an account: since when, in words, and the amount it is about, with its currency.

    `record` is the id of the promise, payment, follow-up or dispute behind it, "" where only a rule is.
    """

    bucket: Bucket
    day: date
    why: str
    amount: Decimal
    currency: str
    record: str = ""


class Next(msgspec.Struct, frozen=True):
    """The next day on which something is to be done, and why."""

    day: date
    why: str


def upcoming(ahead: Sequence[Reason]) -> Next | None:
    """Return the next day on which there will be something to do, of all that lies ahead."""
    first = min(ahead, key=lambda r: r.day, default=None)
    return Next(first.day, first.why) if first else None


class Reasons:
    """One account, as its reasons are looked for."""

    def __init__(
        self,
        dossier: Dossier,
        rules: Rules,
        opens: dict[str, Decimal],
        judged: Sequence[Judged],
        items: Sequence[OpenItem],
        balance: Balance,
        reached: Contacts,
        run: Run | None,
    ) -> None:
        self.dossier = dossier
        self.rules = rules
        self.today = rules.moment.today
        self.calendar = rules.calendar
        self.opens = opens
        self.judged = judged
        self.items = items
        self.balance = balance
        self.reached = reached
        self.run = run
        self.live = [j for j in judged if j.live]
        # Neglected promises, together with those that the review only left for later.
        self.unanswered = unanswered(dossier, judged, opens)
        self.returned = returned(dossier, judged, opens, rules.reports, self.today)
        self.asked = by_age(i for i in items if i.collectable > 0)
        # Who owes nothing any more is not rung, whatever was agreed before.
        owes = any(i.open > 0 for i in items)
        self.callbacks = self._open_followups(FollowUpKind.CALLBACK) if owes else []
        in_vain = reached.in_vain(rules.policy) and bool(self.asked)
        # What is agreed or set by hand takes the place of the claim file, though not of a letter.
        self.claim_put_off = in_vain and not reached.level.next and bool(self._by_hand or self.callbacks or self.live)
        self.calls_stopped = in_vain and not self.claim_put_off

    # What holds today

    def reasons_today(self) -> list[Reason]:
        """Return the reasons that put the account on today's list, the best bucket first.

        A try that reached nobody takes the account off the list until the next business day, but for a callback
        whose hour is still to come. After so many tries in a row that a letter is due no call is asked for. What we
        have to do ourselves stands until it is ticked off; where calling is stopped, in the calendar alone.
        """
        if self.dossier.account.flags:
            return []
        tasks = [r for r in (*self._tasks(), *self._letters()) if r.day <= self.today]
        reasons = [r for r in self._candidates() if r.day <= self.today]
        if self.calls_stopped:
            letter_due = any(r.bucket is Bucket.LETTER for r in reasons)
            calls = [r for r in reasons if r.bucket in _CALLS]
            reasons = [r for r in reasons if r.bucket not in _CALLS]
            if letter_due:
                reasons += [msgspec.structs.replace(r, bucket=Bucket.LETTER) for r in calls]
        elif self._tried_today():
            reasons = [r for r in self._callbacks(still_to_come=True) if r.day <= self.today]
        found = [*reasons, *tasks]
        return sorted(found, key=lambda r: (r.bucket, r is not self._by_schedule, r.day, -r.amount))

    def _tried_today(self) -> bool:
        again = retry_day(self.reached, self.calendar)
        return again is not None and self.today < again

    def ahead(self) -> list[Reason]:
        """Return all that will put the account on the list from today on, each with the day on which it does so."""
        if self.dossier.account.flags:
            return []
        ours = (*self._tasks(), *self._letters())
        tasks = [msgspec.structs.replace(r, day=max(r.day, self.today)) for r in ours]
        again = retry_day(self.reached, self.calendar)
        to_come = {r.day for r in self._callbacks(still_to_come=True)}
        found = []
        for reason in self._candidates(ahead=True):
            agreed = reason.bucket is Bucket.CALLBACK and reason.day in to_come
            wait = again and not self.calls_stopped and not agreed
            day = max(reason.day, self.today, again if wait and again else self.today)
            if not (self.calls_stopped and reason.bucket in _CALLS):
                found.append(reason if day == reason.day else msgspec.structs.replace(reason, day=day))
        return found + tasks

    def callbacks_near(self) -> list[FollowUp]:
        """Return the callbacks that are due within the policy's minutes, or were."""
        lead = timedelta(minutes=self.rules.policy.callback_lead_minutes)
        due = [(followup, moment_of(followup, self.rules)) for followup in self.callbacks]
        return [f for f, moment in due if moment and moment - lead <= self.rules.moment.now]

    def neglected(self) -> list[Judged]:
        """Return the promises that were missed, still miss money, and that nobody followed up.

        One that the review left until a day to come is none of them before that day.
        """
        return [j for j in self.unanswered if not (left := j.decided_in.left_until) or left <= self.today]

    @cached_property
    def passed_over(self) -> frozenset[str]:
        """The ids of the promises that the review of the business day before should have decided about."""
        return self._passed_over(self.rules.review_before)

    def _passed_over(self, day: date | None) -> frozenset[str]:
        if day is None:
            return frozenset()
        neglected = {j.promise.id for j in self.neglected()}
        return frozenset(
            j.promise.id
            for j in self.judged
            if was_passed_over(self.dossier, j, day, neglected=j.promise.id in neglected)
        )

    def _not_reviewed(self, day: date | None) -> str:
        return f", not reviewed on {self.rules.day(day)}" if day else ""

    def _candidates(self, *, ahead: bool = False) -> list[Reason]:
        before, after = self._fixed
        return [*before, *self._promises(ahead=ahead), *after]

    @cached_property
    def _fixed(self) -> tuple[list[Reason], list[Reason]]:
        """The reasons that are the same today and ahead: those before and those after the live promises."""
        planned = self._by_schedule
        return self._broken() + self._returned() + self._callbacks(), [
            *self._cutoff(),
            *([planned] if planned else []),
            *self._disputes(),
        ]

    # The buckets

    def _broken(self) -> list[Reason]:
        """Missed promises: from the day each broke on, one that the review left from the day it was left until."""
        reasons = []
        for group in together(self.unanswered):
            first, decided = group[0].promise, group[0].decided_in
            why = missed_words(group, self.rules)
            if decided.id in self.passed_over:
                why += self._not_reviewed(self.rules.review_before)
            left = decided.left_until if decided.left_until and decided.left_until > self.today else None
            day = left or group[0].broke_on or first.breaks_on
            missing = still_missing(group, self.opens)
            reasons.append(Reason(Bucket.BROKEN, day, why, missing, first.currency, decided.id))
        return reasons

    def _returned(self) -> list[Reason]:
        """Money that was taken back, from that day on; not where a missed promise tells of it."""
        missed = {verdict.promise.id for verdict in self.unanswered}
        reasons = []
        for back in self.returned:
            payment, day = back.payment, back.payment.reversed_on
            if day and not back.promises & missed:
                amount = self.rules.money(payment.amount, payment.currency)
                why = f"{back.way} of {amount} returned on {self.rules.day(day)}"
                reasons.append(Reason(Bucket.BROKEN, day, why, back.missing, payment.currency, payment.id))
        return reasons

    def _callbacks(self, *, still_to_come: bool = False) -> list[Reason]:
        """Return the callbacks; `still_to_come`: only those whose hour is later than the last try."""
        reasons = []
        for followup in self.callbacks:
            moment = moment_of(followup, self.rules)
            tried = self.reached.last_try
            if still_to_come and not (moment and tried and moment > tried.at):
                continue
            day = day_here(followup, self.rules)
            hour = f" {followup.hour:%H:%M}" if followup.hour else ""
            there = " their time" if followup.hour and followup.time_zone else ""
            what = f", {followup.why}" if followup.why else ""
            when = "" if followup.day == self.today else f" {self.rules.day(followup.day)}"
            why = f"call back{when}{hour}{there}{what}"
            amount = self.balance.collectable or self.balance.past_due
            reasons.append(self._reason(Bucket.CALLBACK, day, why, amount, followup.id))
        return reasons

    def _promises(self, *, ahead: bool) -> list[Reason]:
        """Look for the money on the last day of a window, and on days without business until it breaks.

        Not before the day until which the review left the promise; at once where a review passed it over.
        """
        reasons = []
        told = frozenset[str]().union(*(back.promises for back in self.returned))
        closed = self.today if self.today in self.rules.reviews else None
        tomorrow = self._passed_over(closed) if ahead else frozenset[str]()
        for verdict in self.live:
            promise = verdict.promise
            amount = self._of(verdict, verdict.missing)
            talked = self.reached.last_conversation == self.today
            look_from = max(promise.last_day, promise.left_until or promise.last_day)
            way = f" by {promise.method}" if promise.method else ""
            if promise.id in self.passed_over or promise.id in tomorrow:
                over = promise.id in self.passed_over
                day = self.today if over else self.calendar.next(self.today)
                why = f"promised {amount} for {self.rules.day(promise.day)}{way}"
                why += self._not_reviewed(self.rules.review_before if over else closed)
                reasons.append(Reason(Bucket.VERIFY, day, why, verdict.missing, promise.currency, promise.id))
            elif self.today >= look_from and not ahead and not talked and promise.id not in told:
                why = f"last day of the promise of {amount}{way}: look for the money"
                if verdict.undone_on:
                    why += f", as what came was returned on {self.rules.day(verdict.undone_on)}"
                reasons.append(Reason(Bucket.VERIFY, promise.last_day, why, verdict.missing, promise.currency))
            elif ahead:
                why = f"promised {amount} for {self.rules.day(promise.day)}"
                day = look_from if self.today < look_from else promise.breaks_on
                reasons.append(Reason(Bucket.VERIFY, day, why, verdict.missing, promise.currency))
        return reasons

    def _cutoff(self) -> list[Reason]:
        cycle, run = self.dossier.account.pay_cycle, self.run
        if not cycle or not run or not self.items:
            return []
        lacking = missing_documents(cycle, run.day)
        unconfirmed = self.balance.collectable
        if not unconfirmed and not (lacking and self._awaits(run)):
            return []
        parts = []
        if unconfirmed:
            parts.append(f"{self._money(unconfirmed)} not confirmed to be in it")
        if lacking:
            parts.append(f"missing: {', '.join(lacking)}")
        day = run.call_from
        if self.reached.last_conversation == self.today:
            day = max(day, self.calendar.next(self.today))
        why = f"pay run {self.rules.day(run.day)}, cut-off {self.rules.day(run.cutoff)}: {'; '.join(parts)}"
        return [self._reason(Bucket.CUTOFF, day, why, unconfirmed or self.balance.past_due or self.balance.gross)]

    def _awaits(self, run: Run) -> bool:
        """Is a run to pay something that nobody disputes, or that was promised for its day?"""
        due = (i for i in self.items if i.invoice.due is None or i.invoice.due <= run.day)
        free = any(i.open > i.disputed + i.promised for i in due)
        return free or any(j.promise.day <= run.day <= j.promise.last_day for j in self.live)

    @cached_property
    def _by_hand(self) -> list[FollowUp]:
        """The contacts that the clerk set, and payments said to be made that did not come."""
        said = claims_to_come(self.dossier) if self.balance.past_due else []
        return self._open_followups(FollowUpKind.CONTACT) + said

    @cached_property
    def _by_schedule(self) -> Reason | None:
        """The next contact that the clerk set, else the one that the schedule asks for."""
        deadline = self.reached.level.deadline(self.rules.policy, self.calendar)
        ended = f"; {claim_words(deadline, self.today)}" if deadline and deadline < self.today and self.asked else ""
        until = min((j.promise.last_day for j in self.live), default=None)
        planned: Planned | None = planned_contact(self.asked, self.reached, self.rules.policy, self.calendar, until)
        if self._by_hand and not self.calls_stopped:
            chosen = min(self._by_hand, key=lambda f: f.day)
            whys = dict.fromkeys(f.why for f in self._by_hand if f.why and f.day <= max(chosen.day, self.today))
            why = (f"follow up: {'; '.join(whys)}" if whys else "follow up") + ended
            amount = self.balance.collectable or self.balance.past_due
            return self._reason(Bucket.SCHEDULED, chosen.day, why, amount, chosen.id)
        if planned is None or self.claim_put_off:
            return None
        planned = self._not_before_the_agreed_hour(planned)
        bucket = Bucket[planned.kind.name]
        why = planned.why
        if planned.day < self.today and not self.reached.tries:
            base = "first call" if planned.kind is CallKind.FIRST else why
            why = f"{base}, since {self.rules.day(planned.day)}"
        if planned.kind is not CallKind.LETTER or self.reached.level.next is not None:
            why += ended
        if planned.kind is CallKind.LETTER:
            waiting = [x for x in unsent(self.dossier.letters) if x.kind in LEVELS]
            why = "; ".join((why, *(unsent_words(letter, self.today, self.items) for letter in waiting)))
        return self._reason(bucket, planned.day, why, self.balance.collectable)

    def _not_before_the_agreed_hour(self, planned: Planned) -> Planned:
        """Let the next try wait for the hour that the last one agreed on (with a gatekeeper)."""
        tried = self.reached.last_try
        agreed = [f.day for f in self.callbacks if tried and f.set_on == tried.day and f.day > tried.day]
        return msgspec.structs.replace(planned, day=max(planned.day, min(agreed))) if agreed else planned

    def _tasks(self) -> list[Reason]:
        """What we have to do ourselves: as little a call as a remedy is, so in its bucket."""
        amount = self.balance.collectable or self.balance.past_due
        return [
            self._reason(Bucket.DISPUTE, f.day, f"to do: {f.why}", amount, f.id)
            for f in self._open_followups(FollowUpKind.TASK)
        ]

    def _letters(self) -> list[Reason]:
        """Letters that were written and wait to be sent, where no letter that is due tells of them."""
        planned = self._by_schedule
        told = planned is not None and planned.bucket is Bucket.LETTER and planned.day <= self.today
        return [
            Reason(Bucket.LETTER, x.day, unsent_words(x, self.today, self.items), x.amount, x.currency, x.id)
            for x in unsent(self.dossier.letters)
            if not (told and x.kind in LEVELS)
        ]

    def _disputes(self) -> list[Reason]:
        return [
            Reason(
                Bucket.DISPUTE,
                dispute.due,
                f"our remedy is due: {dispute.remedy}" if dispute.remedy else f"our answer is due: {dispute.reason}",
                dispute.amount,
                dispute.currency,
                dispute.id,
            )
            for dispute in self._open_disputes()
        ]

    def _open_followups(self, kind: FollowUpKind) -> list[FollowUp]:
        return [f for f in self.dossier.followups if f.kind is kind and f.done_on is None]

    def _open_disputes(self) -> list[Dispute]:
        """Return the disputes that are about something still open."""
        is_open = {i.invoice.id for i in self.items if i.open > 0}
        return [
            d
            for d in self.dossier.disputes
            if d.closed_on is None and (is_open & set(d.invoices) if d.invoices else is_open)
        ]

    def _reason(self, bucket: Bucket, day: date, why: str, amount: Decimal, record: str = "") -> Reason:
        return Reason(bucket, day, why, amount, self.balance.currency, record)

    def _money(self, amount: Decimal) -> str:
        return self.rules.money(amount, self.balance.currency)

    def _of(self, judged: Judged, amount: Decimal) -> str:
        return self.rules.money(amount, judged.promise.currency)
