"""Bank lines that wait for the clerk: what each may pay, and what the clerk decides. One act each."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from arctui.core.capture import codes
from arctui.core.capture.reading import ProblemError
from arctui.core.changes import Change, changed
from arctui.core.import_records import BankLine
from arctui.core.money import ZERO
from arctui.core.records import Account, Import
from arctui.core.text import clean, fold, name_key
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.exchange.draft import Draft
from arctui.exchange.invoice_numbers import number_keys
from arctui.exchange.match_ways import Debtor, Owed, Part, debtor
from arctui.exchange.matching import Matcher, Proposal
from arctui.exchange.merge_statement import decide
from arctui.exchange.payer_names import payer_of

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Matching:
    """The bank lines of one desk. Raises DeskError for a decision that is not possible."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._matcher: tuple[str, Matcher] | None = None

    def lines(self) -> list[BankLine]:
        """Return the lines that wait, by day, those of one day as they came."""
        waiting = [line for line in self._desk.book.facts.all(BankLine) if line.decided_on is None]
        return sorted(waiting, key=lambda line: (line.day, line.imported))

    def count(self) -> int:
        """Count the lines that wait."""
        return sum(line.decided_on is None for line in self._desk.book.facts.all(BankLine))

    def propose(self, line: BankLine, account: str = "") -> Proposal:
        """Return what a line may pay, of an account if one is chosen."""
        return self._all().propose(line, account)

    def items(self, account: str, line: BankLine) -> list[tuple[Owed, Decimal]]:
        """Return the account's items on which a line may be laid, with what may be laid on each."""
        home, one = self._desk.policy.home_currency, self._debtor(account)
        currency = line.currency or home
        mine = [i for i in one.items if (i.invoice.currency or home) == currency]
        return [(i, i.on(line.day)) for i in mine if i.on(line.day) > 0]

    def _debtor(self, account: str) -> Debtor:
        standing = self._desk.standing(account)
        opens = {i.invoice.id: i.open for i in standing.items}
        return debtor(self._desk.dossier(account), opens, standing.live, self._desk.today)

    def _all(self) -> Matcher:
        """Return the matcher over all accounts, made anew after an act."""
        book, facts = self._desk.book, self._desk.book.facts
        state = f"{book.number} {book.stand.head} {self._desk.today}"
        if self._matcher is None or self._matcher[0] != state:
            debtors = (self._debtor(a.id) for a in facts.all(Account))
            matcher = Matcher(debtors, facts.all(BankLine), self._desk.policy.home_currency)
            self._matcher = (state, matcher)
        return self._matcher[1]

    # What the clerk decides

    def accept(self, line_id: str, account: str = "") -> str:
        """Do what is proposed, of an account if the clerk chose one. Returns what was done."""
        line = self._waiting(line_id)
        proposal = self.propose(line, account)
        if not proposal.account or (line.amount < 0 and not proposal.payment):
            raise DeskError("nothing is proposed: choose the account, lay it on account, or ignore it")
        return self._decide(proposal, proposal.account, proposal.parts, chosen=bool(account))

    def apply(self, line_id: str, account: str, text: str) -> str:
        """Lay a line on the invoices that a text names ("1041 500, 1042 rest"). Returns what was done."""
        line = self._waiting(line_id)
        parts = self.read_parts(line, account, text)
        return self._decide(self.propose(line, account), account, parts, chosen=True)

    def on_account(self, line_id: str, account: str) -> str:
        """Leave all of a line on account. Returns what was done."""
        line = self._waiting(line_id)
        if line.amount < 0:
            raise DeskError("this line takes money back: accept the payment that it takes back, or ignore it")
        proposal = msgspec.structs.replace(self.propose(line, account), payment="")
        return self._decide(proposal, account, (), chosen=True)

    def ignore(self, line_id: str) -> str:
        """Say that a line is none of a customer's, or is known already. Returns what was done."""
        line = self._waiting(line_id)
        decided = changed(line, decided_on=self._desk.today, decided_by=self._desk.clerk)
        return self._desk.commit(f"bank line of {self._money(line)} ignored", [decided], typed=False)

    def _waiting(self, line_id: str) -> BankLine:
        self._desk.refresh()
        line = self._desk.book.facts.get(BankLine, line_id)
        if line is None:
            raise DeskError("this bank line is no longer in the book")
        if line.decided_on is not None:
            raise DeskError("this bank line is decided already")
        return line

    def _money(self, line: BankLine) -> str:
        return self._desk.rules.money(line.amount, line.currency)

    def _decide(self, proposal: Proposal, account: str, parts: Iterable[Part], *, chosen: bool) -> str:
        desk, line = self._desk, proposal.line
        importing = Import(
            id="",
            number=max(desk.book.facts.reports.by_number, default=0) + 1,
            file="",
            digest="",
            layout="",
            as_of=desk.today,
            at=desk.rules.moment.now,
            by=desk.clerk,
        )
        draft = Draft(desk.book.facts, new_id, importing, desk.policy.home_currency)
        decide(draft, proposal, account, tuple(parts), desk.today)
        record = desk.dossier(account).account
        learnt = self._learnt(record, line) if chosen else []
        what = "taken back" if line.amount < 0 else "from the bank"
        return desk.commit(f"{self._money(line)} {what}, {record.name}", [*draft.changes(), *learnt], typed=False)

    def _learnt(self, account: Account, line: BankLine) -> list[Change]:
        """Remember the payer's name as one of the account's, where the clerk chose it."""
        payer = payer_of(line.payer, line.words)
        known = {name_key(name) for name in (account.name, *account.aliases)}
        if not payer or name_key(payer) in known:
            return []
        apart = tuple(name for name in account.apart if name_key(name) != name_key(payer))
        return [changed(account, aliases=(*account.aliases, payer), apart=apart)]

    def read_parts(self, line: BankLine, account: str, text: str) -> tuple[Part, ...]:
        """Read what a line is laid on: `1041 500, 1042 rest`; an invoice alone gets what is open on it.

        What is not laid out is on account. Raises DeskError with what cannot be.
        """
        if line.amount < 0:
            raise DeskError("this line takes money back: accept the payment that it takes back, or ignore it")
        items = self.items(account, line)
        left, parts = line.amount, list[Part]()
        for piece in filter(None, map(str.strip, re.split(r"[,;](?=\s|$)", clean(text)))):
            words = piece.split()
            item, room = self._item(items, words[0].lstrip("#"), {part.invoice for part in parts})
            if len(words) > 2:
                raise DeskError(f"'{piece}': an invoice and an amount, then a comma: 1041 500, 1042 rest")
            amount = min(left, room) if len(words) == 1 else self._amount(words[1], line, left, room)
            number = item.invoice.number
            if amount > room:
                raise DeskError(f"only {self._desk.rules.money(room, line.currency)} is open on {number}")
            if not ZERO < amount <= left:
                raise DeskError(f"only {self._desk.rules.money(left, line.currency)} is left for {number}")
            left -= amount
            parts.append(Part(item.invoice.id, number, amount))
        if not parts:
            raise DeskError("which invoices? 1041 500, 1042 rest")
        return tuple(parts)

    def _item(self, items: list[tuple[Owed, Decimal]], word: str, taken: set[str]) -> tuple[Owed, Decimal]:
        for same in (
            [pair for pair in items if fold(pair[0].invoice.number) == fold(word)],
            [
                pair
                for pair in items
                if word.isdigit() and number_keys(pair[0].invoice.number) == number_keys(word) != ()
            ],
        ):
            if len(same) == 1:
                if same[0][0].invoice.id in taken:
                    raise DeskError(f"{word} is named twice")
                return same[0]
        numbers = ", ".join(item.invoice.number for item, _ in items[:5]) or "nothing"
        raise DeskError(f"no open invoice is called '{word}': {numbers}{' ...' if len(items) > 5 else ''}")

    def _amount(self, word: str, line: BankLine, left: Decimal, room: Decimal) -> Decimal:
        share = codes.fraction(word)
        if share in ("rest", "all"):
            return min(left, room)
        try:
            amount = codes.read_amount(word, line.currency, self._desk.policy.decimal_mark)
        except ProblemError as error:
            raise DeskError(str(error)) from None
        if amount is None:
            raise DeskError(f"'{word}' is no amount: 500, or rest")
        return amount
