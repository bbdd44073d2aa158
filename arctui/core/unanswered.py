"""What nobody has followed up yet: promises that were missed or passed over, and money that was taken back. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from arctui.core.facts import Dossier, Reports
from arctui.core.missed import still_missing
from arctui.core.money import ZERO, total
from arctui.core.promises import Judged, Verdict
from arctui.core.records import ActivityKind, Method, Payment

_WORDS = {Method.CARD: "card payment"}


class Returned(msgspec.Struct, frozen=True):
    """A payment that was taken back, and nobody has spoken of it since that is known.

    `missing` is what of it is open again, `way` how it was paid, in words; `promises`: ids of those that it had paid.
    """

    payment: Payment
    missing: Decimal
    way: str
    promises: frozenset[str]


# Promises that were missed


def unanswered(dossier: Dossier, judged: Iterable[Judged], opens: Mapping[str, Decimal]) -> list[Judged]:
    """Return the promises that were missed, still miss money, and that nobody followed up.

    Those that the review left for later are among them. `opens`: what is open, by the ids of the invoices.
    """
    found = []
    for verdict in judged:
        decided_in = verdict.decided_in
        if not verdict.missed or still_missing([verdict], opens) <= verdict.promise.tolerance:
            continue
        reviewed = decided_in.reviewed_on is not None and decided_in.reviewed_on >= verdict.missed_on
        decided = reviewed and decided_in.left_until is None
        if not decided and not _followed_up_since(dossier, verdict.missed_on):
            found.append(verdict)
    return found


def was_passed_over(dossier: Dossier, verdict: Judged, day: date, *, neglected: bool) -> bool:
    """Had a promise's turn come in the review of a day, and did nobody decide about it, then or since?

    `neglected`: it was missed, and nobody followed it up.
    """
    promise, decided = verdict.promise, verdict.decided_in.reviewed_on
    if decided and decided >= day:
        return False
    if verdict.missed and (not neglected or verdict.missed_on <= day):
        return neglected
    if verdict.undone_on and verdict.undone_on > day:
        # Then it was kept.
        return False
    due = verdict.missed or verdict.verdict is Verdict.DUE
    return due and promise.day <= day and not _followed_up_since(dossier, day)


def _followed_up_since(dossier: Dossier, day: date) -> bool:
    """Was there a conversation, a new promise or a letter on or after a day?"""
    talked = any((a.reached or a.kind is ActivityKind.LETTER) and a.day >= day for a in dossier.activities)
    return talked or any(p.taken_on >= day for p in dossier.promises)


# Payments that were taken back


def returned(
    dossier: Dossier, judged: Sequence[Judged], opens: Mapping[str, Decimal], reports: Reports, today: date
) -> list[Returned]:
    """Return the payments that were taken back, are missing still, and that nobody has spoken of."""
    back = [p for p in dossier.payments if p.reversed_on and p.reversed_on <= today and p.amount > 0]
    found = []
    for payment in sorted(back, key=lambda p: (p.reversed_on or today, p.id)):
        missing = _missing_again(payment, dossier, opens)
        if missing > 0 and not _spoken_of(payment, dossier, reports):
            undone = [j for j in judged if _undid(payment, j, dossier)]
            way = _way(payment.method) or next((_way(j.promise.method) for j in undone if j.promise.method), "")
            found.append(Returned(payment, missing, way or "payment", frozenset(j.promise.id for j in undone)))
    return found


def _missing_again(payment: Payment, dossier: Dossier, opens: Mapping[str, Decimal]) -> Decimal:
    """Return what of a payment that was taken back is open again, and was not paid anew since."""
    numbers = {part.number for part in payment.applied if part.number}
    owed = [i for i in dossier.invoices if i.currency == payment.currency and i.amount > 0]
    still_open = total(max(ZERO, opens.get(i.id, ZERO)) for i in owed if not numbers or i.number in numbers)
    anew = total(
        part.amount
        for other in dossier.payments
        if other.currency == payment.currency
        and not other.reversed_on
        and other.day >= (payment.reversed_on or other.day)
        for part in other.applied
        if not numbers or part.number in numbers
    )
    return min(payment.amount - anew, still_open)


def _spoken_of(payment: Payment, dossier: Dossier, reports: Reports) -> bool:
    """Was the customer spoken to, a promise taken or a letter sent since the return is known?

    Who called on the day of the return, but before it was imported, could not speak of it.
    """
    back, news = payment.reversed_on, reports.by_number.get(payment.reversal_recorded)
    answers = [(a.day, a.at) for a in dossier.activities if a.reached or a.kind is ActivityKind.LETTER]
    answers += [(p.taken_on, p.taken_at) for p in dossier.promises]
    return any(back and day >= back and (news is None or at >= news.at) for day, at in answers)


def _undid(payment: Payment, verdict: Judged, dossier: Dossier) -> bool:
    """Did the return of a payment take away what had come on a promise?"""
    promise = verdict.promise
    if verdict.undone_on != payment.reversed_on or payment.currency != promise.currency:
        return False
    numbers = {i.number for i in dossier.invoices if i.id in promise.invoices}
    paid = {part.number for part in payment.applied}
    return promise.taken_on <= payment.day <= promise.last_day and (not paid or bool(paid & numbers))


def _way(method: str | None) -> str:
    """Say how something was paid, "" where the accounting system's word is none of the ways of paying."""
    known = next((m for m in Method if method and m.value == method.casefold()), None)
    return _WORDS.get(known, known.value) if known else ""
