"""The chronology of a claim: all that happened on an account, in order, each activity once. Pure.

Days are written with their year, hours with their UTC offset: the file is read years later and elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from arctui.core.claim_exhibits import Exhibits
from arctui.core.claim_facts import Event, Undone
from arctui.core.facts import Dossier
from arctui.core.letter_records import Attachment, Letter
from arctui.core.money import ZERO, grouped
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Activity, ActivityKind, Dispute, FollowUp, Invoice, Payment, Promise
from arctui.core.rules import Rules
from arctui.core.text import clean
from arctui.core.verdict_words import verdict_words
from arctui.core.words import happened, short_day

#: What begins, each cause before what it may lead to; then what ends on its day, in that order. A promise is judged
#: after all of these, and what the review decided of it comes last.
_BEGINS = ("invoice", "credit", "payment", "dispute opened", "follow-up set", "letter written")
_REVIEW, _TAKEN = "review decision", "promise taken"
_ENDS = ("payment returned", "letter sent", "dispute closed", "follow-up done", "", _REVIEW)
_VERDICT = _ENDS.index("")


class DatedRules(Rules, frozen=True):
    """Rules whose words name the year of every day and the currency of every amount."""

    @classmethod
    def of(cls, rules: Rules) -> "DatedRules":
        """Return the same rules with these words."""
        return cls(**{name: getattr(rules, name) for name in rules.__struct_fields__})

    def day(self, day: date) -> str:
        """Write a day for a sentence, with its year."""
        return short_day(day)

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount for a sentence, with its currency."""
        return grouped(amount, currency or self.policy.home_currency)


def moment_words(at: datetime, day: date | None = None) -> str:
    """Write a moment: "Mon 16 Nov 2026 10:30 UTC-05:00", with the working day where that is another."""
    offset = at.strftime("%z")
    where = f" UTC{offset[:3]}:{offset[3:5]}" if offset else ""
    other = f" (working day {short_day(day)})" if day and day != at.date() else ""
    return f"{short_day(at.date())} {at:%H:%M}{where}{other}"


def chronology(
    dossier: Dossier, judged: Iterable[Judged], rules: DatedRules, exhibits: Exhibits, undone: Sequence[Undone] = ()
) -> tuple[Event, ...]:
    """Return all that happened on an account, by day and moment, each cause before what it led to.

    What has no hour stands first on its day; but what ends or judges something stands last on it.
    `undone`: acts that were taken back, which stand in no record any more.
    """
    events = list(_Chronology(dossier, rules, exhibits).events(judged))
    events += [_undone(act) for act in undone]
    return tuple(sorted(events, key=_place))


def _place(event: Event) -> tuple[object, ...]:
    verdict = event.kind.startswith("promise ") and event.kind != _TAKEN
    end = (_ENDS.index(event.kind) if event.kind in _ENDS else _VERDICT if verdict else -1) + 1
    if event.at:
        hour = event.at.timestamp()
    else:
        hour = float("inf") if end else float("-inf")
    begin = _BEGINS.index(event.kind) if event.kind in _BEGINS else len(_BEGINS)
    # What was agreed in a talk comes after the talk of the same moment.
    return (event.day or date.min, hour, end, begin, event.kind == _TAKEN, event.kind, event.lines, event.record)


def _undone(act: Undone) -> Event:
    return Event(
        day=act.at.date(),
        at=act.at,
        when=moment_words(act.at),
        kind="taken back",
        by=act.by,
        lines=(act.what, f"act {act.act}, taken back on {moment_words(act.undone_at)} by {act.undone_by}"),
        undone=True,
    )


class _Chronology:
    """One account, as its events are put into words."""

    def __init__(self, dossier: Dossier, rules: DatedRules, exhibits: Exhibits) -> None:
        self.dossier = dossier
        self.rules = rules
        self.exhibits = exhibits
        self.numbers = {i.id: i.number or i.kind for i in dossier.invoices}
        self.by_activity = {x.activity: x for x in dossier.letters if x.activity}

    def events(self, judged: Iterable[Judged]) -> Iterator[Event]:
        for activity in self.dossier.activities:
            yield self._activity(activity)
        for invoice in self.dossier.invoices:
            if invoice.issued:
                yield self._invoice(invoice)
        for payment in self.dossier.payments:
            yield self._payment(payment)
            if payment.reversed_on:
                words = f"the payment of {self.rules.day(payment.day)} was returned by the bank or taken back"
                about = (payment.amount, payment.currency)
                yield self._event(payment.reversed_on, "payment returned", [words], payment.id, about=about)
        for one in judged:
            yield self._promise(one.promise)
            yield self._verdict(one)
            yield from self._review(one.promise)
        for dispute in self.dossier.disputes:
            yield from self._dispute(dispute)
        for letter in self.dossier.letters:
            yield from self._letter(letter)
        yield from self._credit()
        for followup in self.dossier.followups:
            yield from self._followup(followup)
        yield from map(self._attachment, self.dossier.attachments)

    def _event(
        self,
        day: date,
        kind: str,
        lines: Iterable[str],
        record: str,
        *,
        at: datetime | None = None,
        by: str = "",
        person: str = "",
        about: tuple[Decimal, str] = (ZERO, ""),
        also: Sequence[str] = (),
    ) -> Event:
        return Event(
            day=day,
            at=at,
            when=moment_words(at, day) if at else short_day(day),
            kind=kind,
            by=by,
            person=person,
            lines=tuple(line for line in map(clean, lines) if line),
            amount=about[0],
            currency=about[1] or (self.rules.policy.home_currency if about[0] else ""),
            exhibits=self.exhibits.of(record, *also),
            record=record,
        )

    def _of(self, invoices: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(self.numbers[i] for i in invoices if i in self.numbers))

    def _activity(self, activity: Activity) -> Event:
        lines = [happened(activity), *activity.note.splitlines()]
        if activity.kind is ActivityKind.CALL:
            lines[0] += (
                ", the person who can pay was reached" if activity.reached else ", nobody who can pay was reached"
            )
        if activity.excuses:
            lines.append(f"reasons given: {', '.join(activity.excuses)}")
        letter = self.by_activity.get(activity.id)
        if letter:
            lines.append(self._sent(letter))
        if named := self._of(activity.invoices):
            lines.append(f"past due then: {named}")
        return self._event(
            activity.day,
            activity.kind.value,
            lines,
            activity.id,
            at=activity.at,
            by=activity.by,
            person=activity.person,
            also=[letter.id] if letter else [],
        )

    # Invoices and money

    def _invoice(self, invoice: Invoice) -> Event:
        due = f", due {self.rules.day(invoice.due)}" if invoice.due and invoice.amount > 0 else ""
        words = f"{invoice.kind} {invoice.number}".strip() + due + (", void later" if invoice.void else "")
        kind = "invoice" if invoice.amount >= 0 else "credit"
        about = (invoice.amount, invoice.currency)
        return self._event(invoice.issued or date.min, kind, [words], invoice.id, about=about)

    def _payment(self, payment: Payment) -> Event:
        numbers = list(dict.fromkeys(p.number for p in payment.applied if p.number))
        said = [f"by {payment.method}"] if payment.method else []
        said += [f"reference {payment.reference}"] if payment.reference else []
        said += [f"for {', '.join(numbers)}" if numbers else "on account"]
        if payment.since and payment.since < payment.day:
            said.append(f"came between {self.rules.day(payment.since)} and then, the day is not known")
        about = (payment.amount, payment.currency)
        return self._event(payment.day, "payment", [", ".join(said)], payment.id, about=about)

    # What was agreed

    def _promise(self, promise: Promise) -> Event:
        way = f" by {promise.method}" if promise.method else ""
        of = f" of {named}" if (named := self._of(promise.invoices)) else ""
        return self._event(
            promise.taken_on,
            _TAKEN,
            [f"to pay{of}{way} on {self.rules.day(promise.day)}", promise.words and f'"{promise.words}"'],
            promise.id,
            at=promise.taken_at,
            by=promise.taken_by,
            person=promise.person,
            about=(promise.amount, promise.currency),
        )

    def _verdict(self, judged: Judged) -> Event:
        """What became of it, on the day on which it did; of one that is live, on the day that it was taken."""
        promise, by_id = judged.promise, {p.id: p for p in self.dossier.promises}
        at: datetime | None = None
        day = promise.taken_on
        if judged.verdict is Verdict.KEPT:
            paid = (p.day for p in self.dossier.payments if p.id in judged.counted)
            day = judged.kept_on or max(paid, default=promise.last_day)
        elif judged.missed:
            day = judged.missed_on
        elif promise.withdrawn_on:
            day = promise.withdrawn_on
        elif later := by_id.get(promise.superseded_by):
            day, at = later.taken_on, later.taken_at
        elif judged.verdict is Verdict.SUSPENDED:
            opened = (x.opened for x in judged.against if isinstance(x, Dispute))
            day = max(opened, default=promise.taken_on)
        words = f"the promise of {self.rules.money(promise.amount, promise.currency)} for "
        words += f"{self.rules.day(promise.day)}: {verdict_words(judged, self.rules)}"
        return self._event(max(day, promise.taken_on), f"promise {judged.verdict}", [words], promise.id, at=at)

    def _review(self, promise: Promise) -> Iterator[Event]:
        """What the review decided of it: a promise that was left explains why nobody called about it."""
        if promise.reviewed_on:
            left = promise.left_until
            words = f"left in the review until {self.rules.day(left)}" if left else "decided in the review"
            of = f"the promise of {self.rules.money(promise.amount, promise.currency)} for "
            yield self._event(
                promise.reviewed_on, _REVIEW, [f"{of}{self.rules.day(promise.day)}: {words}"], promise.id
            )

    def _dispute(self, dispute: Dispute) -> Iterator[Event]:
        about = (dispute.amount, dispute.currency)
        kind = f" ({dispute.kind})" if dispute.kind else ""
        of = f", of {named}" if (named := self._of(dispute.invoices)) else ""
        remedy = dispute.remedy or "none was written down"
        lines = [f"{dispute.reason}{kind}{of}", f"our remedy by {self.rules.day(dispute.due)}: {remedy}"]
        yield self._event(dispute.opened, "dispute opened", lines, dispute.id, about=about, by=dispute.owner)
        if dispute.closed_on:
            words = f"{dispute.reason}, opened on {self.rules.day(dispute.opened)}"
            yield self._event(dispute.closed_on, "dispute closed", [words], dispute.id, about=about)

    def _letter(self, letter: Letter) -> Iterator[Event]:
        until = f", to be paid by {self.rules.day(letter.deadline)}" if letter.deadline else ""
        of = f", about {named}" if (named := self._of(letter.invoices)) else ""
        lines = [f"{letter.kind} {letter.number} written{until}{of}"]
        lines += [f"although it was not due: {letter.why}"] if letter.why else []
        lines += [] if letter.sent_on else ["not sent"]
        yield self._event(
            letter.day,
            "letter written",
            lines,
            letter.id,
            at=letter.at,
            by=letter.by,
            person=letter.person,
            about=(letter.amount, letter.currency),
        )
        # The activity of its sending says so, unless that was taken back by hand.
        if letter.sent_on and not any(a.id == letter.activity for a in self.dossier.activities):
            yield self._event(letter.sent_on, "letter sent", [self._sent(letter)], letter.id, person=letter.person)

    def _sent(self, letter: Letter) -> str:
        return f"{letter.kind} {letter.number} {sent_words(letter)}"

    def _credit(self) -> Iterator[Event]:
        currency = self.dossier.account.currency
        for decision in self.dossier.credit:
            said = [] if decision.hold is None else ["put on credit hold" if decision.hold else "credit hold lifted"]
            said += [] if decision.limit is None else [f"credit limit {self.rules.money(decision.limit, currency)}"]
            lines = [f"{', '.join(said) or 'credit as it was'}: {decision.reason}"]
            yield self._event(decision.day, "credit decision", lines, decision.id, at=decision.at, by=decision.by)

    def _followup(self, followup: FollowUp) -> Iterator[Event]:
        hour = f" {followup.hour:%H:%M} ({followup.time_zone or 'our time'})" if followup.hour else ""
        of = f" of {self.rules.money(followup.amount, self.dossier.account.currency)}" if followup.amount else ""
        why = f": {followup.why}" if followup.why else ""
        words = f"{followup.kind}{of} for {self.rules.day(followup.day)}{hour}{why}"
        yield self._event(followup.set_on, "follow-up set", [words], followup.id)
        if followup.done_on:
            yield self._event(followup.done_on, "follow-up done", [words], followup.id)

    def _attachment(self, attachment: Attachment) -> Event:
        words = f"file {attachment.name} added to the account"
        lines = [words, attachment.note]
        return self._event(attachment.day, "file added", lines, attachment.id, at=attachment.at, by=attachment.by)


def sent_words(letter: Letter) -> str:
    """Say how and when a letter went out: "sent by certified mail 9407 on Mon 23 Nov 2026", "not sent"."""
    if letter.sent_on is None:
        return "not sent"
    tracking = f" {letter.tracking}" if letter.tracking else ""
    return f"sent by {letter.sent_by or 'hand'}{tracking} on {short_day(letter.sent_on)}"
