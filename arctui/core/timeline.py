"""The time line of one account: what was and what is to come, in one dated list, the oldest first.

Pure: an account and its standing in, events out. What is to come are the entries of its calendar.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.agenda import entries
from arctui.core.facts import Dossier
from arctui.core.ledger import OpenItem
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict
from arctui.core.reasons import Rules
from arctui.core.records import Activity, FollowUp, Invoice, Payment, Promise
from arctui.core.standing import Standing
from arctui.core.text import plural
from arctui.core.verdict_words import verdict_words

#: So many numbers of invoices of one day are named.
_NAMED = 3


class Past(StrEnum):
    """What an event of the past is; one to come is the kind of its calendar entry."""

    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    NOTE = "note"
    INVOICED = "invoiced"
    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"
    PROMISED = "promised"
    PROMISE = "promise"
    KEPT = "kept"
    PARTIAL = "partial"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    DISPUTED = "disputed"
    SOLVED = "solved"
    CREDIT = "credit"
    SET = "set"
    DONE = "done"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event on its `day`, and at its `hour` here where it has one.

    `kind` is one of Past or the kind of a calendar entry ("due" also of an invoice that is not due yet). `amount` is
    in `currency`, 0 where it is about no money; `by` the clerk who did it, "" if nobody of us. `ahead`: it is still
    to come or to be done; `projected`: only if nothing settles the matter before.
    """

    day: date
    kind: str
    words: str
    amount: Decimal = ZERO
    currency: str = ""
    hour: time | None = None
    by: str = ""
    ahead: bool = False
    projected: bool = False


def timeline(dossier: Dossier, standing: Standing, rules: Rules) -> tuple[Event, ...]:
    """Return all events of an account by day: those that were before those of the day that are to come."""
    line = _TimeLine(dossier, standing, rules)
    # What has no hour comes first: nobody knows when on that day it was.
    past = sorted(line.past(), key=lambda e: (e.day, e.hour or time.min))
    return tuple(sorted([*past, *line.coming()], key=lambda e: (e.day, e.ahead)))


class _TimeLine:
    """One account, as its events are looked for."""

    def __init__(self, dossier: Dossier, standing: Standing, rules: Rules) -> None:
        self.dossier = dossier
        self.standing = standing
        self.rules = rules
        self.today = rules.moment.today

    def past(self) -> Iterator[Event]:
        yield from self._invoices()
        yield from map(self._payment, self.dossier.payments)
        for payment in self.dossier.payments:
            if payment.reversed_on:
                yield self._returned(payment, payment.reversed_on)
        yield from map(self._activity, self.dossier.activities)
        for judged in self.standing.judged:
            yield self._promised(judged.promise)
            yield from self._outcome(judged)
        yield from self._disputes()
        yield from self._credit()
        for followup in self.dossier.followups:
            yield self._event(followup.set_on, Past.SET, self._followup(followup))
            if followup.done_on:
                yield self._event(followup.done_on, Past.DONE, self._followup(followup))

    def coming(self) -> Iterator[Event]:
        """The entries of the calendar; a promise that is over stands among the past."""
        for entry in entries(self.dossier, self.standing, self.rules):
            yield Event(
                day=entry.day,
                kind=entry.kind.value,
                words=entry.why,
                amount=entry.amount,
                currency=entry.currency,
                hour=entry.at.timetz().replace(tzinfo=None) if entry.at else None,
                ahead=entry.day >= self.today,
                projected=entry.projected,
            )

    def _event(
        self,
        day: date,
        kind: Past,
        words: str,
        about: tuple[Decimal, str] = (ZERO, ""),
        *,
        hour: time | None = None,
        by: str = "",
    ) -> Event:
        return Event(
            day=day,
            kind=kind.value,
            words=words,
            amount=about[0],
            currency=about[1],
            hour=hour,
            by=by,
            ahead=day > self.today,
        )

    # Invoices and money

    def _invoices(self) -> Iterator[Event]:
        """What was invoiced, and what falls due: all of one day and currency is one event."""
        items = {i.invoice.id: i for i in self.standing.items}
        issued: dict[tuple[date, str], list[Invoice]] = {}
        due: dict[tuple[date, str], list[Invoice]] = {}
        for invoice in self.dossier.invoices:
            if invoice.issued:
                issued.setdefault((invoice.issued, invoice.currency), []).append(invoice)
            if invoice.due and invoice.amount > 0 and not invoice.void:
                due.setdefault((invoice.due, invoice.currency), []).append(invoice)
        for (day, currency), invoices in issued.items():
            about = (total(i.amount for i in invoices), currency)
            yield self._event(day, Past.INVOICED, _named(invoices), about)
        for (day, currency), invoices in due.items():
            about = (total(i.amount for i in invoices), currency)
            left = [items[i.id] for i in invoices if i.id in items]
            yield self._event(day, Past.DUE, _named(invoices) + self._left(left, currency, about[0]), about)

    def _left(self, items: Sequence[OpenItem], currency: str, amount: Decimal) -> str:
        left = total(max(ZERO, i.open) for i in items)
        if not left:
            return ", all of it settled"
        return ", open" if left == amount else f", {self.rules.money(left, currency)} of it open"

    def _payment(self, payment: Payment) -> Event:
        by = f"by {payment.method}, " if payment.method else ""
        numbers = list(dict.fromkeys(part.number for part in payment.applied if part.number))
        on = f"for {_few(numbers)}" if numbers else "on account"
        since = f", since {self.rules.day(payment.since)}" if payment.since and payment.since < payment.day else ""
        return self._event(payment.day, Past.PAID, f"{by}{on}{since}", (payment.amount, payment.currency))

    def _returned(self, payment: Payment, day: date) -> Event:
        words = f"what came on {self.rules.day(payment.day)} was taken back"
        return self._event(day, Past.RETURNED, words, (payment.amount, payment.currency))

    # What was said and agreed

    def _activity(self, activity: Activity) -> Event:
        said = [str(activity.outcome)] if activity.outcome else []
        said += ["they called"] if activity.inbound else []
        said += [activity.person] if activity.person else []
        # A call's note is its outcome, then the path taken line by line.
        note = activity.note.partition("\n")[0]
        words = ": ".join(filter(None, [", ".join(said), note]))
        return self._event(
            activity.day, Past(activity.kind.value), words, hour=_hour(activity.at.time()), by=activity.by
        )

    def _promised(self, promise: Promise) -> Event:
        way = f" by {promise.method}" if promise.method else ""
        who = f", {promise.person}" if promise.person else ""
        words = f"for {self.rules.day(promise.day)}{way}{who}"
        return self._taken(promise, Past.PROMISED, words, promise)

    def _taken(self, taken: Promise, kind: Past, words: str, of: Promise) -> Event:
        """What the taking of a promise did, to itself or to the one before."""
        hour = _hour(taken.taken_at.time())
        return self._event(taken.taken_on, kind, words, (of.amount, of.currency), hour=hour, by=taken.taken_by)

    def _outcome(self, judged: Judged) -> Iterator[Event]:
        """What became of a promise, on the day on which it did."""
        promise = judged.promise
        about = (promise.amount, promise.currency)
        of = f"the promise for {self.rules.day(promise.day)}"
        came = f"{of}: {verdict_words(judged, self.rules).removeprefix(f'{judged.verdict}: ')}"
        if judged.verdict is Verdict.KEPT:
            paid = max((p.day for p in self.dossier.payments if p.id in judged.counted), default=promise.last_day)
            yield self._event(judged.kept_on or paid, Past.KEPT, came, about)
        elif judged.missed and not judged.fell:
            yield self._event(judged.missed_on, Past(judged.verdict.value), came, about)
        elif promise.withdrawn_on:
            yield self._event(promise.withdrawn_on, Past.WITHDRAWN, of, about)
        for later in self.dossier.promises:
            if later.id == promise.superseded_by:
                yield self._taken(later, Past.REPLACED, f"{of} gave way to the new one", promise)

    def _disputes(self) -> Iterator[Event]:
        for dispute in self.dossier.disputes:
            about = (dispute.amount, dispute.currency)
            remedy = f": {dispute.remedy}" if dispute.remedy else ""
            words = f"{dispute.reason}; our remedy by {self.rules.day(dispute.due)}{remedy}"
            yield self._event(dispute.opened, Past.DISPUTED, words, about)
            if dispute.closed_on:
                yield self._event(dispute.closed_on, Past.SOLVED, dispute.reason, about)

    def _credit(self) -> Iterator[Event]:
        """What a person decided on the account's credit."""
        held = False
        for decision in sorted(self.dossier.credit, key=lambda d: d.at):
            did = [] if decision.hold in (None, held) else ["on hold" if decision.hold else "released"]
            did += ["limit"] if decision.limit is not None else []
            held = held if decision.hold is None else decision.hold
            words = f"{' and '.join(did) or 'as it was'}: {decision.reason}"
            about = (decision.limit or ZERO, self.dossier.account.currency)
            hour = _hour(decision.at.time())
            yield self._event(decision.day, Past.CREDIT, words, about, hour=hour, by=decision.by)

    def _followup(self, followup: FollowUp) -> str:
        hour = f" {followup.hour:%H:%M}" if followup.hour else ""
        there = " their time" if followup.hour and followup.time_zone else ""
        why = f": {followup.why}" if followup.why else ""
        return f"{followup.kind} for {self.rules.day(followup.day)}{hour}{there}{why}"


def _hour(at: time) -> time:
    return at.replace(second=0, microsecond=0)


def _named(invoices: Sequence[Invoice]) -> str:
    """Name invoices of one day: "B-1041", or "5 items: B-1041, B-1042, B-1043 and 2 more"."""
    names = [" ".join(filter(None, [i.kind if i.kind != "Invoice" else "", i.number])) or i.kind for i in invoices]
    return names[0] if len(names) == 1 else f"{plural(len(names), 'item')}: {_few(names)}"


def _few(names: Iterable[str]) -> str:
    known = list(names)
    rest = len(known) - _NAMED
    return ", ".join(known[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
