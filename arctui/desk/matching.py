"""Bank lines that wait for the clerk: what each may pay, and what the clerk decides. One act each."""

import re
from collections.abc import Collection, Iterable
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
from arctui.desk.at_bank import in_order
from arctui.desk.collecting import uncollected
from arctui.desk.errors import DeskError, SeveralError
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
        self._matcher: Matcher | None = None
        # What was proposed for the lines that wait, by their ids, and the accounts that something touched since.
        self._proposals: dict[str, Proposal] | None = None
        self._listed: list[Proposal] = []
        self._touched: set[str] = set()
        #: Another number whenever all lines are to be looked at again.
        self.state = 0

    def forget(self, accounts: set[str] | None = None, changes: Iterable[Change] = ()) -> None:
        """Look again at these accounts when it is next asked for; None: at all, and at all lines.

        `changes` are those that touched them: where lines are among them all is looked at again.
        """
        if accounts is None or any(isinstance(change.record, BankLine) for change in changes):
            self._matcher, self._proposals, self._listed = None, None, []
            self.state += 1
        else:
            self._touched |= accounts

    def lines(self) -> list[BankLine]:
        """Return the lines that wait, by day, those of one day as they came."""
        return in_order(self._desk.book.facts.all(BankLine))

    def count(self) -> int:
        """Count the lines that wait."""
        return self._desk.at_bank.count()

    def propose(self, line: BankLine, account: str = "") -> Proposal:
        """Return what a line may pay, of an account if one is chosen."""
        return self._all().propose(line, account)

    def proposals(self) -> list[Proposal]:
        """Return what is proposed for each line that waits, the same list until something changes it.

        They are worked out once, and after an act only those in which an account has a part that it changed.
        """
        if self._proposals is None or self._touched:
            lines = self.lines()
            with uncollected():
                matcher = self._all() if lines else None
                known = self._proposals or {}
                self._proposals = {x.id: known.get(x.id) or matcher.propose(x) for x in lines if matcher}
            found = list(self._proposals.values())
            self._listed = self._listed if found == self._listed else found
        return self._listed

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
        """Return the matcher over all accounts as they are. Only those that something touched are looked at again."""
        if self._matcher is None or not self._take_in(self._matcher):
            facts, home = self._desk.book.facts, self._desk.policy.home_currency
            debtors = (self._debtor(a.id) for a in facts.all(Account))
            last = facts.reports.last_settling
            self._matcher = Matcher(debtors, facts.all(BankLine), home, last.as_of if last else None)
            self._proposals = None
        self._touched.clear()
        return self._matcher

    def _take_in(self, matcher: Matcher) -> bool:
        """Put what was touched into the matcher; False where an account came, went or is called otherwise."""
        for account in self._touched - {""}:
            before = matcher.debtor(account)
            now = self._debtor(account) if self._desk.knows(account) else None
            if before is None or now is None or _called(before.account) != _called(now.account):
                return False
            if now != before:
                matcher.put(now)
                waiting = self._proposals or {}
                for line in [p.line for p in waiting.values() if matcher.concerns(p.line, account)]:
                    del waiting[line.id]
        return True

    def may_concern(self, account: str, lines: Iterable[BankLine]) -> bool:
        """May any of these lines be an account's? It is asked of that account alone, before all are derived."""
        if self._matcher:
            return True
        facts = self._desk.book.facts
        alone = Matcher([self._debtor(account)], facts.all(BankLine), self._desk.policy.home_currency)
        return any(alone.concerns(line, account) for line in lines)

    # What the clerk decides

    def accept(self, line_id: str, account: str = "") -> str:
        """Do what is proposed, of an account if the clerk chose one. Returns what was done."""
        line = self._waiting(line_id)
        proposal = self.propose(line, account)
        if not proposal.account or (line.amount < 0 and not proposal.payment):
            raise DeskError("nothing is proposed: choose the account, lay it on account, or ignore it")
        return self._decide(proposal, proposal.account, proposal.parts, chosen=bool(account))

    def apply(self, line_id: str, account: str, text: str) -> str:
        """Lay a line on the invoices that a text names ("1041 500, 1042 rest"). Returns what was done.

        `account` may be "" where the text names the customers ("birch 1041 500, cedar rest").
        """
        line = self._waiting(line_id)
        parts = self.read_parts(line, account, text)
        first = account or parts[0].account
        several = len({part.account or first for part in parts}) > 1
        return self._decide(self.propose(line, first), first, parts, chosen=not several)

    def lay(self, line_id: str, account: str, invoices: Collection[str]) -> str:
        """Lay a line on these invoices of an account (by id), the oldest first. Returns what was done.

        What is more than is open on them stays on account.
        """
        line = self._waiting(line_id)
        left, parts = line.amount, list[Part]()
        for item, room in self.items(account, line):
            part = min(left, room) if item.invoice.id in invoices else ZERO
            if part > 0:
                parts.append(Part(item.invoice.id, item.invoice.number, part))
                left -= part
        proposal = msgspec.structs.replace(self.propose(line, account), payment="")
        return self._decide(proposal, account, parts, chosen=True)

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
        if line.listed:
            return self.on_account(line_id, line.account)
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
        parts = tuple(parts)
        others = [desk.dossier(who).account.name for who in dict.fromkeys(p.account for p in parts) if who]
        if line.listed and {account, *(p.account or account for p in parts)} != {line.account}:
            name = desk.dossier(line.account).account.name
            raise DeskError(
                f"the accounting system has this payment with {name}: it is laid on their invoices, or on account"
            )
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
        decide(draft, proposal, account, parts, desk.today)
        record = desk.dossier(account).account
        learnt = self._learnt(record, line) if chosen else []
        what = "taken back" if line.amount < 0 else "from the payment list" if line.listed else "from the bank"
        whose = ", ".join(dict.fromkeys([record.name, *others]))
        return desk.commit(f"{self._money(line)} {what}, {whose}", [*draft.changes(), *learnt], typed=False)

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

        What is not laid out is on account. A customer's name or number before an invoice tells whose it is, and
        before an amount, or alone, what is on account of theirs; it holds until another one is named. Raises
        DeskError with what cannot be.
        """
        if line.amount < 0:
            raise DeskError("this line takes money back: accept the payment that it takes back, or ignore it")
        whose, left, parts = account, line.amount, list[Part]()
        for piece in filter(None, map(str.strip, re.split(r"[,;](?=\s|$)", clean(text)))):
            whose, words = self._whose(line, whose, piece.split())
            theirs = whose if whose != account else ""
            taken = {part.invoice for part in parts}
            if not words or (len(words) == 1 and theirs and not self._is_item(line, whose, words[0])):
                part = Part("", "", self._amount(words[0] if words else "rest", line, left, left), theirs)
                room, name = left, self._desk.dossier(whose).account.name
            else:
                item, room = self._item(self.items(whose, line) if whose else [], words[0].lstrip("#"), taken)
                if len(words) > 2:
                    raise DeskError(f"'{piece}': an invoice and an amount, then a comma: 1041 500, 1042 rest")
                amount = min(left, room) if len(words) == 1 else self._amount(words[1], line, left, room)
                part, name = Part(item.invoice.id, item.invoice.number, amount, theirs), item.invoice.number
            if part.amount > room and part.invoice:
                raise DeskError(f"only {self._desk.rules.money(room, line.currency)} is open on {name}")
            if not ZERO < part.amount <= left:
                raise DeskError(f"only {self._desk.rules.money(left, line.currency)} is left for {name}")
            left -= part.amount
            parts.append(part)
        if not parts:
            raise DeskError("which invoices? 1041 500, 1042 rest")
        if left and not account and len({part.account for part in parts}) > 1:
            raise DeskError(f"{self._desk.rules.money(left, line.currency)} is left: whose is it? cedar rest")
        return tuple(parts)

    def _is_item(self, line: BankLine, account: str, word: str) -> bool:
        try:
            self._item(self.items(account, line), word.lstrip("#"), set())
        except DeskError:
            return False
        return True

    def _whose(self, line: BankLine, account: str, words: list[str]) -> tuple[str, list[str]]:
        """Read whose the next part is: return the account, and the words behind its name.

        An invoice of the account that was named last comes before a name.
        """
        if account and self._is_item(line, account, words[0]):
            return account, words
        why: DeskError = DeskError("whose money is it? name the customer first: birch 1041 500, cedar rest")
        unclear = not account
        for count in range(len(words), max(0, len(words) - 3), -1):
            name = " ".join(words[:count])
            try:
                found = self._desk.find(name)
            except DeskError as error:
                why = error
                unclear |= isinstance(error, SeveralError)
                continue
            # Part of a number, or an amount, is no name.
            if found.number == name or (name[0].isalpha() and not codes.fraction(words[0])):
                return found.id, words[count:]
        if unclear:
            raise why
        return account, words

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
        if codes.fraction(word) in ("rest", "all"):
            raise DeskError(f"{word} on which invoice? 1042 {word}; what is not laid out is on account")
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


def _called(account: Account) -> tuple[object, ...]:
    """Return what a payer may be known by."""
    return account.name, account.aliases, account.apart
