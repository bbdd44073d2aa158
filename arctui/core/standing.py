"""The standing of an account: all that the rules derive for it on one day, its place in the worklist included.

Standings are never stored; they are kept only until the account, the policy or the day changes.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum
from zoneinfo import ZoneInfo

import msgspec

from arctui.core import words
from arctui.core.business import BusinessCalendar
from arctui.core.facts import Dossier, Moment, Reports
from arctui.core.ledger import (
    AGING_BUCKETS,
    Balance,
    OpenItem,
    balances,
    by_age,
    open_amounts,
    open_items,
    unapplied_cash,
)
from arctui.core.money import ZERO, total
from arctui.core.pay_cycles import Run, missing_documents, next_run
from arctui.core.policy import Policy
from arctui.core.promises import Judged, Verdict, cover, judge, no_grace
from arctui.core.records import ActivityKind, Dispute, FollowUp, FollowUpKind
from arctui.core.schedule import (
    CallKind,
    Contacts,
    Planned,
    contacts,
    planned_contact,
    retry_day,
)


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


class Reason(msgspec.Struct, frozen=True):
    """One reason to turn to an account: since when, in words, and the amount it is about."""

    bucket: Bucket
    day: date
    why: str
    amount: Decimal


class Next(msgspec.Struct, frozen=True):
    """The next day on which something is to be done, and why."""

    day: date
    why: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules derive. `balance` is the account's main currency, `others` its further currencies.

    `stopped` says why it must not be called, "" if it may. `reasons` are those that hold today, the best first;
    empty if the account is not on the list. `urgent`: a callback is due within minutes, so it comes before all.
    """

    account: str
    balance: Balance
    others: tuple[Balance, ...]
    items: tuple[OpenItem, ...]
    judged: tuple[Judged, ...]
    contacts: Contacts
    stopped: str
    reasons: tuple[Reason, ...]
    next: Next | None
    run: Run | None
    in_hands: bool
    urgent: bool = False

    @property
    def collectable_items(self) -> tuple[OpenItem, ...]:
        """The items of which something may be asked for today, in the main currency."""
        return tuple(i for i in self.items if i.collectable > 0 and i.invoice.currency == self.balance.currency)

    @property
    def live(self) -> tuple[Judged, ...]:
        """The promises for which the customer is still given time."""
        return tuple(j for j in self.judged if j.live)


class Rules(msgspec.Struct, frozen=True):
    """What all accounts share when they are derived: policy, business days, imports, and the moment."""

    policy: Policy
    calendar: BusinessCalendar
    reports: Reports
    moment: Moment

    @property
    def stale(self) -> str:
        """Say so while payments are older than the last business day, else ""."""
        as_of = self.reports.payments_as_of
        if as_of is None or as_of >= self.calendar.previous(self.moment.today):
            return ""
        return f"payments as of {words.short_day(as_of, self.moment.today)}: import first"

    def day(self, day: date) -> str:
        """Write a day for a sentence."""
        return words.short_day(day, self.moment.today)

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount for a sentence."""
        return words.money(amount, currency, self.policy.home_currency)


def derive(dossier: Dossier, rules: Rules) -> Standing:
    """Derive the standing of one account."""
    today = rules.moment.today
    opens = open_amounts(dossier, rules.reports, today)
    judged = judge(dossier, opens, today)
    items = open_items(dossier, rules.reports, today, cover(judged, opens))
    sums = balances(items, unapplied_cash(dossier, rules.reports, today))
    main = _main(sums, dossier)
    reached = contacts(dossier.activities, frozenset(i.invoice.id for i in items if i.open > 0))
    cycle = dossier.account.pay_cycle
    run = (
        next_run(cycle, today, rules.calendar, rules.policy.cutoff_lead_business_days, cutoff_open=True)
        if cycle
        else None
    )
    view = _View(dossier, rules, opens, judged, items, main, reached, run)
    reasons, upcoming = view.reasons_today(), view.upcoming()
    following = Next(today, "; ".join(r.why for r in reasons)) if reasons else upcoming
    return Standing(
        account=dossier.account.id,
        balance=main,
        others=tuple(b for b in sums.values() if b.currency != main.currency),
        items=items,
        judged=judged,
        contacts=reached,
        stopped=", ".join(dossier.account.flags),
        reasons=tuple(reasons),
        next=None if dossier.account.flags else following,
        run=run,
        in_hands=no_grace(judged),
        urgent=bool(reasons) and view.callback_is_near(),
    )


def _main(sums: dict[str, Balance], dossier: Dossier) -> Balance:
    """Choose the currency that an account's row is about: where most may be asked for, then most is open."""
    if not sums:
        return Balance(currency=dossier.account.currency, aging=dict.fromkeys(AGING_BUCKETS, ZERO))
    return max(sums.values(), key=lambda b: (b.collectable, b.past_due, b.gross))


class _View:
    """One account as its reasons are looked for."""

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
        self.asked = by_age(i for i in items if i.collectable > 0)
        self.callbacks = self._open_followups(FollowUpKind.CALLBACK)
        self.letter_due = reached.tries >= rules.policy.tries_before_letter and bool(self.asked)

    # What holds today

    def reasons_today(self) -> list[Reason]:
        """Return the reasons that put the account on today's list, the best bucket first."""
        if self.dossier.account.flags:
            return []
        again = retry_day(self.reached, self.calendar)
        if again and self.today < again and not self.letter_due:
            return []
        reasons = [r for r in self._candidates() if r.day <= self.today]
        if self.letter_due and not any(r.bucket is Bucket.CALLBACK for r in reasons):
            reasons = [msgspec.structs.replace(r, bucket=Bucket.LETTER) for r in reasons]
        return sorted(reasons, key=lambda r: (r.bucket, not r.why.startswith("letter due"), r.day))

    def upcoming(self) -> Next | None:
        """Return the next day on which there will be something to do."""
        again = retry_day(self.reached, self.calendar)
        days = []
        for reason in self._candidates(ahead=True):
            day = max(reason.day, again) if again and not self.letter_due else reason.day
            days.append(Next(max(day, self.today), reason.why))
        return min(days, key=lambda n: n.day, default=None)

    def callback_is_near(self) -> bool:
        """Is a callback due within the policy's minutes?"""
        lead = timedelta(minutes=self.rules.policy.callback_lead_minutes)
        for followup in self.callbacks:
            due = moment_of(followup, self.rules)
            if followup.day <= self.today and due is not None and due - lead <= self.rules.moment.now:
                return True
        return False

    def _candidates(self, *, ahead: bool = False) -> list[Reason]:
        reasons = [*self._broken(), *self._callbacks(), *self._promises(ahead=ahead), *self._cutoff()]
        planned = self._planned()
        if planned:
            reasons.append(planned)
        return reasons + self._disputes()

    # The buckets

    def _followed_up_since(self, day: date) -> bool:
        """Was there a conversation, a new promise or a letter on or after a day?"""
        talked = any((a.reached or a.kind is ActivityKind.LETTER) and a.day >= day for a in self.dossier.activities)
        return talked or any(p.taken_on >= day for p in self.dossier.promises)

    def _broken(self) -> list[Reason]:
        reasons = []
        for verdict in self.judged:
            promise = verdict.promise
            missing = verdict.missing
            if promise.invoices:
                missing = min(missing, total(max(ZERO, self.opens.get(i, ZERO)) for i in promise.invoices))
            if not verdict.missed or missing <= promise.tolerance:
                continue
            reviewed = promise.reviewed_on is not None and promise.reviewed_on >= promise.breaks_on
            if reviewed or self._followed_up_since(promise.breaks_on):
                continue
            came = f"{self._of(verdict, verdict.received)} came" if verdict.received else "nothing came"
            way = f" by {promise.method}" if promise.method else ""
            why = f"promised {self._of(verdict, promise.amount)} for {self.rules.day(promise.day)}{way}, {came}"
            reasons.append(Reason(Bucket.BROKEN, promise.breaks_on, why, missing))
        return reasons

    def _callbacks(self) -> list[Reason]:
        reasons = []
        for followup in self.callbacks:
            hour = f" {followup.hour:%H:%M}" if followup.hour else ""
            there = " their time" if followup.hour and followup.time_zone else ""
            what = f", {followup.why}" if followup.why else ""
            when = "" if followup.day == self.today else f" {self.rules.day(followup.day)}"
            amount = self.balance.collectable or self.balance.past_due
            reasons.append(Reason(Bucket.CALLBACK, followup.day, f"call back{when}{hour}{there}{what}", amount))
        return reasons

    def _promises(self, *, ahead: bool) -> list[Reason]:
        """Look for the money on the last day of a window, and on days without business until it breaks."""
        reasons = []
        for verdict in self.live:
            promise = verdict.promise
            amount = self._of(verdict, verdict.missing)
            talked = self.reached.last_contact == self.today
            if self.today >= promise.last_day and not ahead and not talked:
                way = f" by {promise.method}" if promise.method else ""
                why = f"last day of the promise of {amount}{way}: look for the money"
                reasons.append(Reason(Bucket.VERIFY, promise.last_day, why, verdict.missing))
            elif ahead:
                why = f"promised {amount} for {self.rules.day(promise.day)}"
                day = promise.last_day if self.today < promise.last_day else promise.breaks_on
                reasons.append(Reason(Bucket.VERIFY, day, why, verdict.missing))
        return reasons

    def _cutoff(self) -> list[Reason]:
        cycle, run = self.dossier.account.pay_cycle, self.run
        if not cycle or not run or not self.items:
            return []
        lacking = missing_documents(cycle)
        unconfirmed = self.balance.collectable
        if not unconfirmed and not (lacking and self.balance.past_due):
            return []
        parts = []
        if unconfirmed:
            parts.append(f"{self._money(unconfirmed)} not confirmed to be in it")
        if lacking:
            parts.append(f"missing: {', '.join(lacking)}")
        day = run.call_from
        if self.reached.last_contact == self.today:
            day = max(day, self.calendar.next(self.today))
        why = f"pay run {self.rules.day(run.day)}, cut-off {self.rules.day(run.cutoff)}: {'; '.join(parts)}"
        return [Reason(Bucket.CUTOFF, day, why, unconfirmed or self.balance.past_due)]

    def _planned(self) -> Reason | None:
        by_hand = self._open_followups(FollowUpKind.CONTACT)
        until = min((j.promise.last_day for j in self.live), default=None)
        planned: Planned | None = planned_contact(self.asked, self.reached, self.rules.policy, self.calendar, until)
        if by_hand and not self.letter_due:
            chosen = min(by_hand, key=lambda f: f.day)
            why = f"follow up: {chosen.why}" if chosen.why else "follow up"
            return Reason(Bucket.SCHEDULED, chosen.day, why, self.balance.collectable)
        if planned is None:
            return None
        bucket = {
            CallKind.FIRST: Bucket.FIRST,
            CallKind.SCHEDULED: Bucket.SCHEDULED,
            CallKind.LETTER: Bucket.LETTER,
        }[planned.kind]
        since = f", since {self.rules.day(planned.day)}" if planned.day < self.today else ""
        return Reason(bucket, planned.day, planned.why + since, self.balance.collectable)

    def _disputes(self) -> list[Reason]:
        return [
            Reason(
                Bucket.DISPUTE,
                dispute.due,
                f"our remedy is due: {dispute.remedy or dispute.reason}",
                dispute.amount,
            )
            for dispute in self._open_disputes()
        ]

    def _open_followups(self, kind: FollowUpKind) -> list[FollowUp]:
        return [f for f in self.dossier.followups if f.kind is kind and f.done_on is None]

    def _open_disputes(self) -> list[Dispute]:
        return [d for d in self.dossier.disputes if d.closed_on is None]

    def _money(self, amount: Decimal) -> str:
        return self.rules.money(amount, self.balance.currency)

    def _of(self, judged: Judged, amount: Decimal) -> str:
        return self.rules.money(amount, judged.promise.currency)


def moment_of(followup: FollowUp, rules: Rules) -> datetime | None:
    """Return the moment of a callback that has an hour, in its own time zone, else None."""
    if followup.hour is None:
        return None
    zone = ZoneInfo(followup.time_zone) if followup.time_zone else rules.moment.now.tzinfo
    return datetime.combine(followup.day, followup.hour, zone)


def verdict_words(judged: Judged, rules: Rules) -> str:
    """Say in one sentence what became of a promise, with the arithmetic."""
    promise, currency = judged.promise, judged.promise.currency
    of = f"{rules.money(judged.received, currency)} of {rules.money(promise.amount, currency)}"
    late = ""
    if judged.late and judged.late_on:
        late = f"; {rules.money(judged.late, currency)} came late, on {rules.day(judged.late_on)}"
    match judged.verdict:
        case Verdict.KEPT:
            day = f"on {rules.day(judged.kept_on)}" if judged.kept_on else "day not known"
            return f"kept: {of}, {day}"
        case Verdict.OPEN | Verdict.DUE:
            came = f", {of} so far" if judged.received else ""
            last, breaks = rules.day(promise.last_day), rules.day(promise.breaks_on)
            return f"{judged.verdict}: last day {last}, broken from {breaks}{came}"
        case Verdict.PARTIAL | Verdict.BROKEN:
            return f"{judged.verdict}: {of} by {rules.day(promise.last_day)}{late}"
        case Verdict.SUSPENDED:
            return "suspended: its invoice is disputed"
    return str(judged.verdict)
