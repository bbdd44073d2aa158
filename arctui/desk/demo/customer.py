"""One customer of the demo book while its story is told: facts are added in the order in which they happened.

Owns what follows from the facts alone: what was past due at a call, a promise's window, balances after payments.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import msgspec

from arctui.core import words as say
from arctui.core.facts import Dossier
from arctui.core.letter_records import Attachment, Letter, LetterKind, Role, SentBy
from arctui.core.money import total
from arctui.core.promises import judge, no_grace, tolerance, window
from arctui.core.records import (
    NOT_REACHED,
    Activity,
    ActivityKind,
    Dispute,
    FollowUp,
    FollowUpKind,
    Invoice,
    Method,
    Outcome,
    Promise,
    Record,
)
from arctui.desk.demo.firms import Firm
from arctui.desk.demo.paper import Paper
from arctui.desk.demo.reasons import REASONS
from arctui.desk.demo.stage import LATEST, Stage
from arctui.exchange.media import EMAIL, PDF

#: One call of so many was not led by the script.
_LOGGED = 5
#: Papers are filed in the morning.
_ATTACHED = time(9, 40)


class Customer(Paper):
    """An account with its people, money, and what was said. `b` counts business days from today."""

    def __init__(self, stage: Stage, firm: Firm, number: str) -> None:
        super().__init__(stage, firm, number)
        self.activities: list[Activity] = []
        self.promises: list[Promise] = []
        self.disputes: list[Dispute] = []
        self.followups: list[FollowUp] = []
        self.letters: list[Letter] = []
        self.attachments: list[Attachment] = []
        #: What is in the attached files.
        self.contents: list[bytes] = []

    # What was said

    def reach(
        self,
        day: date,
        outcome: Outcome,
        words: str,
        *,
        who: int = 0,
        inbound: bool = False,
        kind: ActivityKind = ActivityKind.CALL,
        what: str = "",
    ) -> Activity:
        """Speak with somebody who can pay. `what` was agreed stands before the words in the note."""
        note = ", ".join(filter(None, (what, f'"{words}"' if words else "")))
        reason = REASONS.get(words, "") if kind is ActivityKind.CALL else ""
        return self._activity(kind, day, note, outcome, self.people[who].name, inbound=inbound, reason=reason)

    def miss(self, day: date, outcome: Outcome, words: str = "", *, who: int = 0) -> None:
        """Try without reaching anybody who can pay."""
        self._activity(ActivityKind.CALL, day, f'"{words}"' if words else "", outcome, self.people[who].name)

    def letter(self, day: date, words: str) -> None:
        """Send a letter that was written elsewhere: nothing is kept of it."""
        self._activity(ActivityKind.LETTER, day, words)

    def send(self, day: date, kind: LetterKind, by: SentBy, tracking: str = "", *, why: str = "") -> Letter:
        """Write a letter and send it on the same day; its number, amounts and file come when all is told."""
        activity = self._activity(ActivityKind.LETTER, day, "")
        letter = Letter(
            id=self._id("letter", len(self.letters)),
            account=self.account.id,
            number="",
            kind=kind,
            at=activity.at,
            day=day,
            by=self.clerk,
            person=self.people[0].name,
            why=why,
            sent_by=by,
            sent_on=day,
            tracking=tracking,
            activity=activity.id,
        )
        self.letters.append(letter)
        return letter

    def attach(
        self,
        day: date,
        name: str,
        content: bytes,
        about: Invoice | Letter | None = None,
        *,
        role: Role = Role.OTHER,
        note: str = "",
    ) -> None:
        """Attach a file, as what it is for a court."""
        moment = self.stage.at(day, _ATTACHED)
        self.attachments.append(
            Attachment(
                id=self._id("attachment", len(self.attachments)),
                account=self.account.id,
                digest=hashlib.sha256(content).hexdigest(),
                size=len(content),
                media=EMAIL if name.endswith(".eml") else PDF,
                name=name,
                at=moment,
                day=day,
                by=self.clerk,
                about=about.id if about else "",
                note=note,
                role=role,
            )
        )
        self.contents.append(content)

    def note(self, day: date, words: str) -> None:
        """Write a note into the file."""
        self._activity(ActivityKind.NOTE, day, words)

    def _activity(
        self,
        kind: ActivityKind,
        day: date,
        note: str,
        outcome: Outcome | None = None,
        person: str = "",
        *,
        inbound: bool = False,
        reason: str = "",
    ) -> Activity:
        reached = outcome is not None and outcome not in NOT_REACHED
        record = self._id("activity", len(self.activities))
        activity = Activity(
            id=record,
            account=self.account.id,
            kind=kind,
            at=self._moment(day),
            day=day,
            by=self.clerk,
            outcome=outcome,
            reached=reached,
            inbound=inbound,
            person=person,
            note=note,
            excuses=(reason,) if reason else (),
            seconds=_seconds(record, reached=reached, led=bool(reason)) if kind is ActivityKind.CALL else None,
        )
        self.activities.append(activity)
        return activity

    def _past_due(self, day: date) -> tuple[str, ...]:
        """Return the ids of the invoices that were past due on a day."""
        return tuple(i.id for i in self.invoices if i.due and i.due < day and i.amount > 0 and self._open(i, day) > 0)

    def _moment(self, day: date) -> datetime:
        hour = self.random.randint(self._place.dial_from, 16)
        return self.stage.at(day, time(hour, self.random.randrange(2, 59)))

    def promise(
        self, taken: date, day: date, amount: str | Decimal, method: Method, *on: Invoice, words: str, who: int = 0
    ) -> Promise:
        """Take a promise to pay for invoices."""
        return self.plan(taken, [(day, amount)], method, *on, words=words, who=who)[0]

    def plan(
        self,
        taken: date,
        parts: Sequence[tuple[date, str | Decimal]],
        method: Method,
        *on: Invoice,
        words: str,
        who: int = 0,
    ) -> list[Promise]:
        """Take one promise for each instalment, in one call."""
        policy, calendar, currency = self.stage.policy, self.stage.calendar, on[0].currency
        agreed = [
            f"{say.money(round(Decimal(amount), 2), currency, policy.home_currency)}"
            f" for {say.short_day(day, taken)} by {method}"
            for day, amount in parts
        ]
        call = self.reach(taken, Outcome.PROMISE, words, who=who, what=", ".join(agreed))
        in_hands = no_grace(judge(self._dossier(), {}, taken))
        free = {i.id: self._open(i, taken) for i in on}
        promises: list[Promise] = []
        for day, text in parts:
            amount = round(Decimal(text), 2)
            fixed = window(day, method, policy, calendar, in_hands=in_hands)
            own = self._id("promise", len(self.promises))
            promises.append(
                Promise(
                    id=own,
                    account=self.account.id,
                    invoices=_take(free, amount),
                    amount=amount,
                    currency=currency,
                    day=day,
                    method=method,
                    person=call.person,
                    taken_at=call.at,
                    taken_on=taken,
                    taken_by=self.clerk,
                    words=words,
                    grace_days=fixed.grace_days,
                    tolerance=tolerance(amount, policy),
                    last_day=fixed.last_day,
                    breaks_on=fixed.breaks_on,
                    in_hands=in_hands,
                    plan=[*(p.id for p in promises), own][0] if len(parts) > 1 else "",
                )
            )
            self.promises.append(promises[-1])
        return promises

    def leave(self, promise: Promise, words: str) -> None:
        """Leave a promise in the review of the business day before, until today."""
        before = self.stage.calendar.previous(self.stage.today)
        self.change(promise, reviewed_on=before, left_until=self.stage.today)
        self.note(before, f"left in the review until {say.short_day(self.stage.today, before)}: {words}")

    def change(self, promise: Promise, **fields: object) -> None:
        """Change a promise that was taken before: withdrawn, replaced, reviewed."""
        self.promises[self.promises.index(promise)] = msgspec.structs.replace(promise, **fields)

    def _dossier(self) -> Dossier:
        return Dossier(
            account=self.account,
            invoices=tuple(self.invoices),
            payments=tuple(self.payments),
            promises=tuple(self.promises),
        )

    def dispute(
        self,
        opened: date,
        invoice: Invoice,
        amount: str,
        reason: str,
        *,
        remedy: str = "",
        who: int = 0,
        closed_on: date | None = None,
    ) -> None:
        """Take an objection to an invoice; our remedy is due as the policy says."""
        value = Decimal(amount)
        money = say.money(value, invoice.currency, self.stage.policy.home_currency)
        self.reach(opened, Outcome.DISPUTE, "", who=who, what=f"{money}: {reason}")
        self.disputes.append(
            Dispute(
                id=self._id("dispute", len(self.disputes)),
                account=self.account.id,
                invoices=(invoice.id,),
                amount=value,
                currency=invoice.currency,
                reason=reason,
                remedy=remedy,
                owner=self.clerk,
                opened=opened,
                due=self.stage.calendar.add(opened, self.stage.policy.remedy_business_days),
                closed_on=closed_on,
            )
        )

    def call_back(
        self, agreed: date, day: date, hour: str, why: str, *, who: int = 0, done_on: date | None = None
    ) -> None:
        """Agree on a day, and an hour of the customer's own clock ("" for none), to call again."""
        at = time.fromisoformat(hour) if hour else None
        what = f"{say.short_day(day, agreed)} {hour}".strip()
        self.reach(agreed, Outcome.CALLBACK, "", who=who, what=f"{what} {why}")
        self._task(FollowUpKind.CALLBACK, agreed, day, why, at, done_on=done_on)

    def follow_up(self, set_on: date, day: date, why: str, *, done_on: date | None = None) -> None:
        """Set the next contact by hand."""
        self._task(FollowUpKind.CONTACT, set_on, day, why, done_on=done_on)

    def claim(self, said_on: date, day: date, amount: str) -> None:
        """Look for a payment that the customer said was made."""
        value = Decimal(amount)
        what = say.money(value, self.account.currency, self.stage.policy.home_currency)
        why = f"says it is paid: look for {what}"
        self._task(FollowUpKind.CLAIM, said_on, day, why, amount=value, done_on=None)

    def _task(
        self,
        kind: FollowUpKind,
        set_on: date,
        day: date,
        why: str,
        hour: time | None = None,
        *,
        amount: Decimal | None = None,
        done_on: date | None,
    ) -> None:
        self.followups.append(
            FollowUp(
                id=self._id("followup", len(self.followups)),
                account=self.account.id,
                kind=kind,
                day=day,
                hour=hour,
                time_zone=self.account.time_zone if hour else "",
                why=why,
                amount=amount,
                set_on=set_on,
                done_on=done_on,
            )
        )

    def who(self) -> Iterator[Record]:
        """Return the account and its people."""
        yield self.account
        yield from self.people

    def records(self) -> Iterator[Record]:
        """Return all other records, the invoices with what the latest report says is open of them."""
        for invoice in self.invoices:
            known = total(
                part.amount
                for payment in self.payments
                if payment.recorded <= LATEST and payment.reversed_on is None
                for part in payment.applied
                if part.number == invoice.number
            )
            yield msgspec.structs.replace(invoice, balance=invoice.amount - known)
        yield from self.payments
        for activity in self.activities:
            yield msgspec.structs.replace(activity, invoices=self._past_due(activity.day))
        yield from self.promises
        yield from self.disputes
        yield from self.followups
        yield from self.attachments


def _seconds(record: str, *, reached: bool, led: bool) -> int | None:
    """Return how long a call of this id took, the same each time; some were only logged, so that is not known."""
    number = int(record[:6], 16)
    if number % _LOGGED == 0 and not led:
        return None
    return (50 + number % 480) if reached else (12 + number % 45)


def _take(free: dict[str, Decimal], amount: Decimal) -> tuple[str, ...]:
    """Take the invoices that an amount pays off those that are free, in their order."""
    taken = []
    for invoice, left in free.items():
        part = min(amount, left)
        if part > 0:
            taken.append(invoice)
            free[invoice] = left - part
            amount -= part
    return tuple(taken)


#: One situation, told for one customer; a part gives it to the firm of this key.
Scene = Callable[[Customer], None]
Part = tuple[str, Scene]
