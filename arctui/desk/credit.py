"""Who gets credit: what a person decided, and why."""

import math
import re
import string
import time
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from arctui.core.changes import added
from arctui.core.credit import LETTERS, basis
from arctui.core.credit_terms import Card, card, decided_limit, on_hold
from arctui.core.decisions import CreditDecision
from arctui.core.money import ZERO, AmountError, cents, parse_amount
from arctui.core.records import Account
from arctui.core.standing import Standing
from arctui.core.text import clean
from arctui.desk.derived import Derived
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: The lists of accounts, and what each is of.
LISTS = {
    "beyond": "owe more than their limit",
    "down": "graded down this month",
    "hold": "on hold",
    "proposed": "a hold or a release is proposed",
    "all": "all accounts, the worst grade first",
}
_IS_ON: dict[str, Callable[[Card], object]] = {
    "beyond": lambda c: c.beyond,
    "down": lambda c: c.down,
    "hold": lambda c: c.held,
    "proposed": lambda c: c.proposal.hold is not None,
    "all": lambda c: True,
}
#: What may stand round the digits of an amount, and so many digits are cents.
_AROUND, _CENTS = f"{string.ascii_letters} ()+-$€£", 2
#: The worst grade first, those without one last.
_RANK = {letter: -place for place, letter in enumerate(LETTERS)} | {"": 1}


class Credit:
    """The credit of the accounts of a desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._cards: dict[str, tuple[Standing, Card]] = {}
        self._derived: Derived | None = None
        self._waiting: list[str] = []

    def card(self, account: str) -> Card:
        """Return the credit of an account: its grade, what is decided and what is proposed. Raises DeskError."""
        desk = self._desk
        if not desk.knows(account):
            raise DeskError("this account is no longer in the book")
        standing = desk.derived.standing(account)
        known = self._cards.get(account)
        # An account's standing is another one as soon as anything that it follows from has changed.
        if known is None or known[0] is not standing:
            of = basis(desk.dossier(account), standing, desk.rules)
            balances = (standing.balance, *standing.others)
            owes = next((b.net for b in balances if b.currency == of.currency), ZERO)
            known = self._cards[account] = (standing, card(of, owes, desk.rules))
        return known[1]

    def look(self, seconds: float = math.inf) -> int:
        """Go on for about so long with grading the accounts; return how many are still to be graded."""
        if self._derived is not self._desk.derived:
            self._derived = self._desk.derived
            self._waiting = [a.id for a in self._desk.book.facts.all(Account)]
        end = time.perf_counter() + seconds
        while self._waiting and time.perf_counter() < end:
            account = self._waiting.pop()
            if self._desk.knows(account):
                self.card(account)
        return len(self._waiting)

    def list(self, name: str) -> list[Card]:
        """Return the accounts of one of the LISTS, the gravest first. Raises DeskError for another name."""
        if name not in LISTS:
            raise DeskError(f"there is no list '{name}': the lists are {', '.join(LISTS)}")
        cards = (self.card(a.id) for a in self._desk.book.facts.all(Account))
        chosen = [c for c in cards if _IS_ON[name](c)]
        if name == "beyond":
            return sorted(chosen, key=lambda c: (-c.beyond, c.name))
        return sorted(chosen, key=lambda c: (_RANK[c.grade.letter], -c.owes, c.name))

    def read_limit(self, text: str, currency: str = "") -> Decimal:
        """Read a limit as it is typed. Raises DeskError for another currency and for parts of cents."""
        mark = self._desk.policy.decimal_mark
        try:
            limit = parse_amount(text, decimal_mark=mark)
        except AmountError as error:
            raise DeskError(f"which limit? {error}") from None
        named = re.findall(r"[A-Z]{3}", text.upper())
        if any(name != currency for name in named):
            raise DeskError(f"which limit? '{clean(text)}': this account is in {currency}, so is its limit")
        cents_typed = text.rpartition(mark)[2].strip(_AROUND)
        if mark in text and cents_typed.isdigit() and len(cents_typed) > _CENTS:
            raise DeskError(f"which limit? '{clean(text)}' has more than two digits after the '{mark}'")
        return limit

    def is_held(self, account: str) -> bool:
        """Is this account on credit hold?"""
        return on_hold(self._desk.dossier(account))

    def decide(self, account: str, *, hold: bool | None = None, limit: Decimal | None = None, reason: str) -> str:
        """Decide of an account's credit; None leaves the hold, or the limit, as it stands. Returns what was done.

        Raises DeskError without a reason, for a limit below 0, and for what changes nothing; AmountError for a limit
        that is no amount.
        """
        desk, words = self._desk, clean(reason)
        if not words:
            raise DeskError("a decision on credit needs a reason: why?")
        desk.refresh()
        dossier = desk.dossier(account)
        limited, proposed = decided_limit(dossier), self.card(account)
        name, held = dossier.account.name, on_hold(dossier)
        if limit is not None and (limit := cents(limit)) < 0:
            raise DeskError("a credit limit is 0 or more")
        moved = limit is not None and (limited is None or limited.limit != limit)
        if not moved and hold in (None, held):
            raise DeskError(self._nothing_new(account, hold, limit))
        did = []
        if hold is not None and hold != held:
            did.append("credit hold" if hold else "credit released")
        if limit is not None and moved:
            did.append(f"credit limit of {desk.rules.money(limit, proposed.currency)}")
        decision = CreditDecision(
            id=new_id(),
            account=account,
            day=desk.today,
            at=desk.rules.moment.now,
            by=desk.clerk,
            hold=hold if hold != held else None,
            reason=words,
            limit=limit if moved else None,
            grade=proposed.grade.letter,
            proposed_limit=proposed.proposal.limit,
        )
        return desk.commit(f"{' and '.join(did)}, {name}", [added(decision)])

    def _nothing_new(self, account: str, hold: bool | None, limit: Decimal | None) -> str:
        card = self.card(account)
        if limit is not None:
            return f"nothing to decide: the limit of {card.name} is {self._desk.rules.money(limit, card.currency)}"
        if hold is None:
            return "what is to be decided? hold, release or a limit"
        return f"nothing to decide: {card.name} is {'' if hold else 'not '}on hold{' already' if hold else ''}"
