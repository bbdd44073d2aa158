"""A payment that the customer says was made, looked for in the books: what may be it, best first, in words.

Pure: what was said, the account's facts, and all payments of the book in; sentences for the clerk out.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import combinations, islice, takewhile

import msgspec

from arctui.core.facts import Dossier
from arctui.core.import_records import BankLine
from arctui.core.money import total
from arctui.core.reasons import Rules
from arctui.core.records import Account, Payment
from arctui.core.standing import Standing
from arctui.core.text import clean, fold

#: So many lines at most: a clerk reads them while the customer waits.
MOST = 4
#: The customer's day may be off by so many days; money is never booked long before it was sent.
_EARLIER = timedelta(days=4)
#: Without a day, and for a day that was remembered wrongly: money of so many days back.
_BACK = timedelta(days=60)
#: Of so many payments sums are tried, of two and of three.
_SUMMED = 8
#: So many lines of the bank are told.
_WAITING = 2
_SHORTEST_REFERENCE = 3
_LONGEST_REFERENCE = 30
_NAMED_INVOICES = 2
#: Of the payments of all accounts that are alike so many are looked at: where there are more, none is found by it.
_EXAMINED = 200
_WORD = re.compile(r"[^\W_]+")
_NO_INVOICE = "no invoice is named"


class Claim(msgspec.Struct, frozen=True):
    """What the customer says of a payment; anything but that it was made may be unknown.

    `numbers` are the invoices that it was said to be for.
    """

    day: date | None = None
    amount: Decimal | None = None
    reference: str = ""
    numbers: tuple[str, ...] = ()


class Kind(Enum):
    """What was found: on this account, at the bank but in no account yet, but sent back, of another amount, a credit,
    elsewhere, or nothing."""

    HERE = auto()
    WAITING = auto()
    RETURNED = auto()
    OTHER = auto()
    CREDIT = auto()
    ELSEWHERE = auto()
    NOTHING = auto()


class Found(msgspec.Struct, frozen=True):
    """One thing that may be the payment; `payment` is its id, "" if it is none."""

    kind: Kind
    words: str
    payment: str = ""


class Waiting(msgspec.Struct, frozen=True):
    """A line of the bank that waits for the clerk. `whose`: "likely theirs" of the account, "" if nothing says so."""

    line: BankLine
    whose: str = ""


class Receipts:
    """The payments of all accounts, by amount and by the keys of their references."""

    def __init__(self, payments: Iterable[Payment]) -> None:
        self._of_amount: dict[Decimal, list[Payment]] = {}
        self._sorted: set[Decimal] = set()
        self._referring: list[Payment] = []
        for payment in payments:
            self._of_amount.setdefault(payment.amount, []).append(payment)
            if payment.reference:
                self._referring.append(payment)

    @cached_property
    def _by_key(self) -> dict[str, list[Payment]]:
        """The payments by each key of their references: made when a reference is first asked for."""
        found: dict[str, list[Payment]] = {}
        for payment in self._referring:
            for key in _keys(payment.reference):
                found.setdefault(key, []).append(payment)
        return found

    def of_amount(self, amount: Decimal, since: date) -> Iterator[Payment]:
        """Return those of the amount from a day on, the newest first; of very many only the newest."""
        found = self._of_amount.get(amount, [])
        if amount not in self._sorted:
            found.sort(key=lambda p: p.day, reverse=True)
            self._sorted.add(amount)
        return islice(takewhile(lambda p: p.day >= since, found), _EXAMINED)

    def bearing(self, keys: Iterable[str]) -> list[Payment]:
        """Return those whose reference has one of the keys, each once; of very many only the last to come."""
        like = (payment for key in keys for payment in self._by_key.get(key, [])[-_EXAMINED:])
        return list({payment.id: payment for payment in like}.values())


@lru_cache(maxsize=1 << 14)
def reference_keys(text: str) -> frozenset[str]:
    """Return what a reference may be found by: its words with figures, and all of it, without marks and zeros ahead.

    "Check no. 004411" and "4411" are the same. What is shorter than three characters finds too much.
    """
    return frozenset(_keys(text))


def _keys(text: str) -> list[str]:
    words = _WORD.findall(fold(text))
    if len(words) > 1:
        words.append("".join(words))
    return [key for w in words if not w.isalpha() and len(key := w.lstrip("0")) >= _SHORTEST_REFERENCE]


class Search:
    """One claim on one account: a payment that the customer says was made. `named` returns an account by its id."""

    def __init__(
        self,
        claim: Claim,
        dossier: Dossier,
        standing: Standing,
        rules: Rules,
        receipts: Receipts,
        named: Callable[[str], Account | None],
        waiting: Iterable[Waiting] = (),
    ) -> None:
        self.claim, self.dossier, self.standing, self.rules = claim, dossier, standing, rules
        self.receipts, self.named = receipts, named
        self.currency = standing.balance.currency
        self.today = rules.moment.today
        self.keys = reference_keys(claim.reference)
        self.from_day = (claim.day or self.today) - _BACK
        #: The money of this account that may be meant at all, the newest first.
        self.mine = sorted(
            (p for p in dossier.payments if self._counts(p) and (p.day >= self.from_day or self._refers(p))),
            key=lambda p: (p.day, p.id),
            reverse=True,
        )
        since = claim.day - _EARLIER if claim.day else self.from_day
        near = (w for w in waiting if w.line.currency == self.currency and since <= w.line.day <= self.today)
        #: The lines of the bank near that day, those first that are likely this account's.
        self.waiting = sorted(near, key=lambda w: (not w.whose, self.today - w.line.day))

    def found(self) -> list[Found]:
        """Return what may be the payment, best first, at most four.

        Never empty: that nothing is there is said, with the day of the books.
        """
        exact, at_bank = self._exact(), self._at_bank()
        if exact:
            return [*exact[: MOST - len(at_bank)], *at_bank, *self._credit(exact)][:MOST]
        closest = [*at_bank, *self._together(), *self._closed(), *self._credit(())]
        rest = [*self._elsewhere(), *self._others()]
        if closest:
            return [*closest, *rest][:MOST]
        as_of = self.rules.reports.payments_as_of
        until = f"payments as of {self.rules.day(as_of)}" if as_of else "no payments were imported yet"
        where = "on this account" if rest else "in the books"
        return [*rest[: MOST - 1], Found(Kind.NOTHING, f"nothing like it {where}; {until}")]

    # Which payments

    def _counts(self, payment: Payment) -> bool:
        return payment.currency == self.currency and payment.day <= self.today and payment.amount > 0

    def _bears(self, payment: Payment) -> bool:
        """Has it the reference that was named?"""
        return bool(self.keys) and not self.keys.isdisjoint(reference_keys(payment.reference))

    def _refers(self, payment: Payment) -> bool:
        """Has it the reference that was named, or was it applied to the invoice that was?"""
        applied = {part.number for part in payment.applied if part.number}
        named = applied.intersection(self.claim.numbers)
        if self._bears(payment) or named:
            return True
        return bool(self.keys) and any(self.keys & reference_keys(n) for n in applied)

    def _near(self, payment: Payment) -> bool:
        """Did it come near the day that was named (any, where none was)?"""
        return self.claim.day is None or payment.day >= self.claim.day - _EARLIER

    def _part(self, payment: Payment) -> Decimal | None:
        """Return the amount that was named if it is the payment or was applied out of it."""
        amounts = {payment.amount, *(part.amount for part in payment.applied)}
        return self.claim.amount if self.claim.amount in amounts else None

    def _exact(self) -> list[Found]:
        """The money of the amount or with the reference; any near the day where neither was named."""
        vague = self.claim.amount is None and not self.keys and not self.claim.numbers

        def fits(payment: Payment) -> tuple[bool, bool, bool]:
            return self._refers(payment), self._part(payment) is not None, self._near(payment)

        like = [p for p in self.mine if any(fits(p)[:2]) or (vague and self._near(p))]
        best = sorted(like, key=fits, reverse=True)
        if best and self._refers(best[0]):
            # A reference names one payment: others of the same amount are not meant.
            best = [p for p in best if self._refers(p)]
        return [self._here(p) for p in best]

    def _here(self, payment: Payment) -> Found:
        if payment.reversed_on:
            back = f"found: {self._said(payment)}, came back on {self.rules.day(payment.reversed_on)}"
            return Found(Kind.RETURNED, back, payment.id)
        parts = [f"found: {self._said(payment)}", self._applied(payment)]
        return Found(Kind.HERE, ", ".join(filter(None, parts)) + self._counted(payment), payment.id)

    def _at_bank(self) -> list[Found]:
        """What waits in the bank lines: of the amount or with the reference, else of this account alone."""
        like = [w for w in self.waiting if w.line.amount == self.claim.amount]
        like += [w for w in self.waiting if self.keys & reference_keys(f"{w.line.reference} {w.line.words}")]
        like = like or [w for w in self.waiting if w.whose]
        return [self._waits(w) for w in {w.line.id: w for w in like}.values()][:_WAITING]

    def _waits(self, waiting: Waiting) -> Found:
        line = waiting.line
        whose = waiting.whose or f"from {clean(line.payer or line.words)[:_LONGEST_REFERENCE]}".rstrip()
        other = "" if self.claim.amount in (None, line.amount) else "another amount: "
        amount = f"{other}{self._money(line.amount)} of {self.rules.day(line.day)}"
        return Found(Kind.WAITING, f"{amount} waits in the bank lines (B), {whose}")

    def _together(self) -> list[Found]:
        """The first few payments near the day that make up the amount."""
        near = [p for p in self.mine if self._near(p) and p.reversed_on is None][:_SUMMED]
        for size in (2, 3):
            for some in combinations(near, size):
                if total(p.amount for p in some) == self.claim.amount:
                    listed = ", ".join(f"{self._money(p.amount)} {self._when(p)}" for p in reversed(some))
                    return [Found(Kind.HERE, f"found: {self._money(self.claim.amount)} in {size} payments: {listed}")]
        return []

    def _closed(self) -> list[Found]:
        """An invoice of the amount, or of the number that was named, that is open no more without a payment."""
        is_open = {i.invoice.id for i in self.standing.items}
        paid = {part.number for p in self.dossier.payments for part in p.applied}
        return [
            Found(Kind.HERE, f"found: {i.number} of {self._money(i.amount)} is closed in the books")
            for i in self.dossier.invoices
            if i.id not in is_open and i.number and i.number not in paid and i.currency == self.currency
            if (i.amount == self.claim.amount and i.amount > 0)
            or i.number in self.claim.numbers
            or self.keys & reference_keys(i.number)
        ][:1]

    def _credit(self, exact: Sequence[Found]) -> list[Found]:
        """What the account has in hand, if that is not said already."""
        credit = self.standing.balance.credits
        if credit <= 0 or any(_NO_INVOICE in f.words for f in exact):
            return []
        return [Found(Kind.CREDIT, f"{self._money(credit)} of credit stands on this account, not applied")]

    def _others(self) -> list[Found]:
        """Other money of this account near the day."""
        near = [p for p in self.mine if self._near(p) and p.reversed_on is None]
        return [Found(Kind.OTHER, f"another amount: {self._said(p)}", p.id) for p in near[:2]]

    def _elsewhere(self) -> list[Found]:
        """Money that may stand on a wrong account: with that reference, or of that amount since that day.

        Without a day only what names no invoice: the same amount occurs too often.
        """
        since = self.claim.day - _EARLIER if self.claim.day else self.from_day
        of_amount = self.receipts.of_amount(self.claim.amount, since) if self.claim.amount else ()
        amounting = (p for p in of_amount if self.claim.day or _rest(p))
        like = [
            p
            for p in {p.id: p for p in (*amounting, *self.receipts.bearing(self.keys))}.values()
            if p.account != self.dossier.account.id and self._counts(p) and p.reversed_on is None
        ]
        like.sort(key=lambda p: (self._bears(p), p.amount == self.claim.amount, _rest(p) > 0, p.day), reverse=True)
        lines = []
        for payment in like[:2]:
            account = self.named(payment.account)
            if account:
                name = f"{account.name} ({account.number})" if account.number else account.name
                lines.append(Found(Kind.ELSEWHERE, f"{self._said(payment)}, stands on {clean(name)}", payment.id))
        return lines

    # In words

    def _money(self, amount: Decimal | None) -> str:
        return self.rules.money(amount, self.currency) if amount else ""

    def _when(self, payment: Payment) -> str:
        if payment.since and payment.since < payment.day:
            return f"between {self.rules.day(payment.since)} and {self.rules.day(payment.day)}"
        return f"on {self.rules.day(payment.day)}"

    def _said(self, payment: Payment) -> str:
        part = self._part(payment)
        whole = self._money(payment.amount)
        amount = f"{self._money(part)} of {whole}" if part and part != payment.amount else whole
        method, reference = clean(payment.method), clean(payment.reference)
        if method[1:].islower():
            method = method[0].lower() + method[1:]
        if len(reference) > _LONGEST_REFERENCE:
            reference = reference[: _LONGEST_REFERENCE - 1].rstrip() + "…"
        parts = [
            f"{amount} {self._when(payment)}" + (f" by {method}" if method else ""),
            f"ref {reference}" if reference else "",
        ]
        return ", ".join(filter(None, parts))

    def _applied(self, payment: Payment) -> str:
        part = self._part(payment)
        to = [a for a in payment.applied if a.number]
        if part is not None and part != payment.amount:
            to = [a for a in to if a.amount == part]
        numbers = list(dict.fromkeys(a.number for a in to))
        more = f" and {len(numbers) - _NAMED_INVOICES} more" if len(numbers) > _NAMED_INVOICES else ""
        listed = f"applied to {clean(', '.join(numbers[:_NAMED_INVOICES]))}{more}" if numbers else ""
        rest = _rest(payment)
        if not payment.inferred and rest > 0:
            how_much = "" if rest == payment.amount else f" for {self._money(rest)} of it"
            return ", ".join(filter(None, [listed, _NO_INVOICE + how_much]))
        return listed

    def _counted(self, payment: Payment) -> str:
        """Name the promises that it was counted for already."""
        promises = [j.promise for j in self.standing.judged if payment.id in j.counted]
        listed = " and ".join(f"{self._money(p.amount)} for {self.rules.day(p.day)}" for p in promises)
        return f"; counted for the promise of {listed}" if listed else ""


def _rest(payment: Payment) -> Decimal:
    """Return what of a payment is applied to no invoice."""
    return payment.amount - total(part.amount for part in payment.applied if part.number)
