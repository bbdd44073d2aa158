"""Which invoices a line of a bank statement pays: by number, by amount, by a sum, by the payer's name, by a promise.

Pure. A proposal is certain only where nothing else fits as well; everything else is for the clerk to decide. It
never lays out more than came, never more than is open, and never money of one currency on another.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from arctui.core.claims import reference_keys
from arctui.core.import_records import BankLine
from arctui.core.ledger import BOOKED_WITHIN
from arctui.core.money import ZERO, grouped, total
from arctui.core.records import Account, Payment
from arctui.core.text import clean, name_key
from arctui.exchange.invoice_numbers import named_in, number_keys, text_keys
from arctui.exchange.match_ways import Debtor, Part, Rank, Way, is_same, ways
from arctui.exchange.payer_names import Likeness, likeness, name_words, payer_of
from arctui.exchange.same_money import near
from arctui.exchange.statements.text import is_return
from arctui.exchange.told_twice import told_before

#: A check comes back within so many days.
_BACK = timedelta(days=120)
#: Of names with a word that so many customers have, that word finds too many.
_COMMON = 400
#: Sums of several invoices are tried for so many customers of nearly one name.
_FEW = 8


class Certainty(StrEnum):
    """How sure it is what a line pays."""

    CERTAIN = "certain"
    LIKELY = "likely"
    NONE = "none"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What a line may pay, and why. What `parts` leave of it is on account.

    `account` "" if nobody is found. `payment`: the line is the money of this payment of the book, or takes it back.
    `also`: the accounts that it fits as well. `is_guess`: only the amount speaks for it.
    """

    line: BankLine
    account: str = ""
    parts: tuple[Part, ...] = ()
    certainty: Certainty = Certainty.NONE
    why: str = "nothing fits"
    payment: str = ""
    also: tuple[str, ...] = ()
    is_guess: bool = False

    @property
    def on_account(self) -> Decimal:
        """What the parts leave."""
        return self.line.amount - total(part.amount for part in self.parts)


class _Fit(msgspec.Struct, frozen=True):
    """The best way in which a line fits one account, and how well."""

    account: Account
    likeness: Likeness
    way: Way
    #: Is no other way on this account as good?
    alone: bool

    @property
    def named(self) -> bool:
        """Does the line name an invoice of this account, or a payment?"""
        return self.way.marked or self.way.rank in (Rank.NAMED, Rank.PART_OF_NAMED)

    @property
    def grade(self) -> int:
        """The less, the better: number and amount, name and amount, name and number, amount or number, name."""
        known = self.likeness >= Likeness.STRONG
        if self.way.exact:
            return 0 if self.named else 1 if known else 3 if self.likeness else 4
        if self.named:
            return 2 if known else 4
        return 5 if known else 6


class Matcher:
    """Proposes what lines pay. It knows all accounts, and the lines of the book that were decided."""

    def __init__(
        self, debtors: Iterable[Debtor], lines: Iterable[BankLine], home: str, reported: date | None = None
    ) -> None:
        """`reported` is the day of the last report of open items."""
        self.home = home
        self._reported = reported
        self._debtors: dict[str, Debtor] = {}
        self._by_word: dict[str, set[str]] = {}
        self._by_start: dict[str, set[str]] = {}
        self._by_number: dict[str, set[str]] = {}
        self._by_amount: dict[Decimal, set[str]] = {}
        self._payers: dict[str, set[str]] = {}
        self._lines: dict[str, list[BankLine]] = {}
        for one in debtors:
            self.put(one)
        for line in lines:
            self.decided(line)

    def put(self, one: Debtor) -> None:
        """Take an account as it is now."""
        account = one.account
        self._debtors[account.id] = one
        for name in (account.name, *account.aliases):
            words = name_words(name)
            for word in words:
                self._by_word.setdefault(word, set()).add(account.id)
            self._by_start.setdefault("".join(words)[:8], set()).add(account.id)
        for alias in account.aliases:
            self._payers.setdefault(_payer_key(alias), set()).add(account.id)
        for item in (*one.items, *one.credits):
            for key in number_keys(item.invoice.number):
                self._by_number.setdefault(key, set()).add(account.id)
        for amount in self._amounts(one):
            self._by_amount.setdefault(amount, set()).add(account.id)

    def _amounts(self, one: Debtor) -> Iterator[Decimal]:
        """Return the amounts by which a line may find an account."""
        for item in one.items:
            yield item.open
            yield item.open + total(amount for _, _, amount in item.shown)
        for currency in {self._currency(i.invoice.currency) for i in one.items}:
            mine = [i for i in one.items if self._currency(i.invoice.currency) == currency]
            yield total(i.open for i in mine if i.late)
            yield total(i.open for i in mine)
        for judged in one.live:
            yield judged.missing
        for payment in one.payments:
            yield payment.amount

    def decided(self, line: BankLine) -> None:
        """Remember a line that was decided: its payer is known, and its payment is no other line's."""
        if line.decided_on is None:
            return
        self._lines.setdefault(line.account, []).append(line)
        payer = _payer_key(payer_of(line.payer, line.words))
        if payer and line.account:
            self._payers.setdefault(payer, set()).add(line.account)

    def _currency(self, code: str) -> str:
        return code or self.home

    def propose(self, line: BankLine, only: str = "") -> Proposal:
        """Return what a line pays, or which payment it takes back; `only`: of this account, which is certain then."""
        only = only or (line.account if line.listed else "")
        fits = self._fits(line, only) if line.amount > 0 else self._returns(line, only)
        if not fits:
            return Proposal(line=line, account=only, why="no open amount fits" if only else "nothing fits")
        fits.sort(key=lambda f: (f.grade, -f.likeness, f.way.rank, name_key(f.account.name), f.account.id))
        best = fits[0]
        if known := self._known_money(line, best, fits):
            return known
        certain = self._is_certain(best, fits, line)
        words = [best.way.words]
        if best.likeness >= Likeness.STRONG and not only:
            words.append("the payer is known" if best.likeness is Likeness.KNOWN else "the payer's name fits")
        others = [f for f in fits[1:] if f.grade == best.grade and f.likeness == best.likeness]
        if others and not certain:
            words.append(f"so does {clean(others[0].account.name)}")
        elif not best.alone:
            words.append("other invoices would fit as well")
        if self._is_stale(best, line):
            words.append(f"but the report of {self._reported} has it open still")
        found = best.grade < 6 or only
        return Proposal(
            line=line,
            account=best.account.id if found else "",
            parts=best.way.parts if found else (),
            certainty=Certainty.CERTAIN if certain else Certainty.LIKELY if found else Certainty.NONE,
            why="; ".join(filter(None, words)),
            payment=best.way.payment,
            also=tuple(f.account.id for f in others),
            is_guess=not best.named and best.likeness < Likeness.STRONG,
        )

    def concerns(self, line: BankLine, account: str) -> bool:
        """May this account have a part in what is proposed for a line?"""
        if account in self._by_amount.get(abs(line.amount), ()) or account in self._found(line):
            return True
        return account in self._likes(line)

    def debtor(self, account: str) -> Debtor | None:
        """Return an account as it was last put in."""
        return self._debtors.get(account)

    def _is_certain(self, best: _Fit, fits: Sequence[_Fit], line: BankLine) -> bool:
        if not best.alone or best.grade > 2 or self._is_stale(best, line):
            return False
        if best.way.rank is Rank.PART_OF_NAMED and total(part.amount for part in best.way.parts) < line.amount:
            # More came than is open on what it names.
            return False
        if line.amount > 0 and is_return(line.words):
            # Money of ours that came back, not a customer's.
            return False
        return not any(_rivals(best, other) for other in fits if other is not best)

    def _is_stale(self, best: _Fit, line: BankLine) -> bool:
        """Should the last report have had this money already, and does it have open what it would pay?"""
        if line.amount < 0 or not self._reported or line.day + BOOKED_WITHIN >= self._reported:
            return False
        shown = {i.invoice.id: i.on(line.day) - i.open for i in self._debtors[best.account.id].items}
        return not best.way.payment and any(p.amount > shown.get(p.invoice, ZERO) for p in best.way.parts)

    def told(self, line: BankLine) -> Proposal | None:
        """Return the payment of the book that a line is, whatever else it could pay, None if that is not sure.

        Its amount is the same and its day near, and the payer's name fits or the line has the payment's mark; no
        other account has one like it. One that takes money back is a return that the book knows.
        """
        likes = self._likes(line)
        marks = reference_keys(f"{line.reference} {line.words}")
        found: list[tuple[int, Account, Payment]] = []
        for account in sorted(self._by_amount.get(abs(line.amount), ())):
            one = self._debtors[account]
            tied = self._tied(one) if line.amount > 0 else self._tied_returns(account)
            same = [p for p in one.payments if p.id not in tied and self._is_told(p, line)]
            marked = [p for p in same if marks & reference_keys(p.reference)]
            likeness = Likeness.KNOWN if account == line.account else likes.get(account, Likeness.NONE)
            if same and (marked or likeness >= Likeness.STRONG):
                nearest = min(marked or same, key=lambda p: (p.inferred, abs(p.day - line.day)))
                found.append((likeness + 10 * bool(marked), one.account, nearest))
        found.sort(key=lambda f: -f[0])
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return None
        _, record, payment = found[0]
        ids = {i.invoice.number: i.invoice.id for i in self._debtors[record.id].items}
        parts = tuple(Part(ids.get(p.number, ""), p.number, p.amount) for p in payment.applied if p.number)
        booked = line.amount < 0 or not (payment.inferred or payment.entered_by)
        return Proposal(
            line=line,
            account=record.id,
            parts=parts if line.amount > 0 else (),
            certainty=Certainty.CERTAIN,
            why="the book has this money already",
            payment=payment.id if booked else "",
        )

    def _is_told(self, payment: Payment, line: BankLine) -> bool:
        if line.amount > 0:
            return is_same(payment, line, self.home, inferred=True)
        back, currency = payment.reversed_on, self._currency(payment.currency)
        same = payment.amount == -line.amount and currency == self._currency(line.currency)
        return bool(same and back and abs(back - line.day) <= BOOKED_WITHIN)

    def _tied_returns(self, account: str) -> set[str]:
        return {p for line in self._lines.get(account, ()) if line.amount < 0 for p in line.payments}

    def _known_money(self, line: BankLine, best: _Fit, fits: Sequence[_Fit]) -> Proposal | None:
        """Return the payment that another statement brought already, never as certain; of the payer or the best."""
        alike = [f.account.id for f in fits if f.likeness >= Likeness.STRONG] if best.grade else []
        for account in dict.fromkeys([*alike, best.account.id] if not line.listed else ()):
            one, twin = self._debtors[account], told_before(line, self._lines.get(account, ()))
            paid = [p for p in one.payments if twin and p.id in twin.payments and not p.reversed_on]
            if twin and paid:
                ids = {i.invoice.number: i.invoice.id for i in one.items}
                when = "that day" if twin.day == line.day else str(twin.day)
                return Proposal(
                    line=line,
                    account=account,
                    parts=tuple(Part(ids.get(a.number, ""), a.number, a.amount) for a in paid[0].applied if a.number),
                    certainty=Certainty.LIKELY,
                    why=f"the same amount of {when} is in the book from another statement: taken as that money",
                    payment=paid[0].id,
                )
        return None

    # What is received

    def _fits(self, line: BankLine, only: str) -> list[_Fit]:
        likes = self._likes(line)
        fits = []
        strong = {account for account, alike in likes.items() if alike >= Likeness.STRONG}
        # Where so many have that name nothing is certain by it, and a sum fits one of them by chance.
        summed = {only} if only else strong if len(strong) <= _FEW else set()
        for account in [only] if only else sorted(self._found(line) | strong):
            one = self._debtors[account]
            fitting = ways(one, line, self.home, self._tied(one), sums=account in summed)
            known = sorted(fitting, key=lambda w: w.rank)
            best, alike = known[0], likes.get(account, Likeness.NONE)
            if best.rank is Rank.NONE and alike < Likeness.STRONG and not only:
                continue
            # What the book has already may be other money, if an invoice fits as well.
            last = Rank.SINGLE if best.rank is Rank.TOLD else best.rank
            same = {(w.parts, w.payment) for w in known if w.rank <= last}
            fits.append(_Fit(one.account, alike, best, len(same) == 1))
        return fits

    def _found(self, line: BankLine) -> set[str]:
        """Return the accounts that a line may be about by its numbers and its amount."""
        found = set(self._by_amount.get(line.amount, ()))
        for key in text_keys(f"{line.words} {line.reference}"):
            found |= self._by_number.get(key, set())
        return found

    def _likes(self, line: BankLine) -> dict[str, Likeness]:
        """Return the accounts whose names are like the payer's."""
        payer = payer_of(line.payer, line.words)
        key = _payer_key(payer)
        known = self._payers.get(key, set()) & self._debtors.keys() if key else set()
        words = name_words(payer)
        found = set(known)
        for word in words:
            having = self._by_word.get(word, set())
            if len(having) <= _COMMON or len(words) == 1:
                found |= having
        found |= self._by_start.get("".join(words)[:8], set())
        likes = {}
        for account in found:
            record = self._debtors[account].account
            if key in map(_payer_key, record.apart):
                continue
            best = max(likeness(payer, name) for name in (record.name, *record.aliases))
            if account in known:
                best = Likeness.KNOWN if len(known) == 1 else Likeness.STRONG
            if best:
                likes[account] = best
        return likes

    def _tied(self, one: Debtor) -> set[str]:
        """Return the payments that are the money of other lines, also where they took the place of those' own."""
        tied: set[str] = set()
        ids = {p.id for p in one.payments}
        for line in self._lines.get(one.account.id, ()):
            if line.payments:
                same = [p.id for p in one.payments if p.amount == line.amount and near(p, line.day, line.day)]
                tied |= ids & set(line.payments) or set([i for i in same if i not in tied][:1])
        return tied

    # What comes back

    def _returns(self, line: BankLine, only: str) -> list[_Fit]:
        """Return the payments that a line may take back, each as a fit."""
        amount, currency = -line.amount, self._currency(line.currency)
        likes = self._likes(line)
        keys = reference_keys(f"{line.reference} {line.words} {line.identity}")
        fits = []
        for account in [only] if only else sorted(self._by_amount.get(amount, set())):
            one = self._debtors[account]
            back = [
                p
                for p in one.payments
                if p.amount == amount
                and p.reversed_on is None
                and not p.inferred
                and self._currency(p.currency) == currency
                and line.day - _BACK <= p.day <= line.day
            ]
            marked = [
                p
                for p in back
                if keys & reference_keys(f"{p.reference} {p.identity}")
                or any(named_in(a.number, line.words) for a in p.applied if a.number)
            ]
            for payment in (marked or back)[-1:]:
                rank = Rank.NAMED if marked else Rank.SINGLE
                words = f"takes back {grouped(amount)} of {payment.day}"
                alone = len(marked or back) == 1
                fits.append(
                    _Fit(one.account, likes.get(account, Likeness.NONE), Way(rank, (), words, payment.id), alone)
                )
        return fits


def _rivals(best: _Fit, other: _Fit) -> bool:
    """Does another account fit so well that the best one is not certain?

    A number with its amount stands against a name that is no better; a name must be the only one of its likeness.
    """
    if best.grade == 0:
        as_good = other.grade == 0 and other.likeness >= best.likeness
        return as_good or (other.grade == 1 and other.likeness >= Likeness.SAME > best.likeness)
    known = best.likeness is Likeness.KNOWN
    return other.likeness >= best.likeness or (other.grade <= best.grade and not known)


def _payer_key(payer: str) -> str:
    return " ".join(sorted(name_words(payer)))
