"""Money that waits in the bank lines, said where its customer is looked at: before anybody asks them for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from arctui.core.claims import Waiting
from arctui.core.import_records import BankLine

if TYPE_CHECKING:
    from arctui.desk.desk import Desk
    from arctui.exchange.matching import Proposal

#: So many of an account's lines are named.
_NAMED = 2
#: Where only the amount speaks for it, and for so many accounts, nothing is said to any of them.
_FEW = 3
_NONE: list["Proposal"] = []
_HOW = {True: "likely theirs", False: "may be theirs"}


def in_order(lines: Iterable[BankLine]) -> list[BankLine]:
    """Return the lines that wait, by day, those of one day as they came."""
    waiting = [line for line in lines if line.decided_on is None]
    return sorted(waiting, key=lambda line: (line.day, line.imported))


class AtBank:
    """What of the lines that wait may be whose, worked out once after each change."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._proposals: list[Proposal] = []
        self._theirs: dict[str, list[tuple[BankLine, bool]]] = {}
        self._words: dict[str, str] = {}
        # What was worked out before this session, and the state of the lines for which it holds.
        self._before: tuple[dict[str, str], int] | None = None

    def begin_with(self, words: dict[str, str] | None) -> None:
        """Let the sentences be these, until another line comes or one is decided; None: work them out."""
        self._before = None if words is None else (words, self._desk.matching.state)

    def count(self) -> int:
        """Count the lines that wait."""
        return sum(line.decided_on is None for line in self._desk.book.facts.all(BankLine))

    def words(self) -> dict[str, str]:
        """Return, by account, one sentence on the lines that wait and are probably theirs."""
        if self._before and self._before[1] == self._desk.matching.state:
            return self._before[0]
        self._look()
        return self._words

    def of(self, account: str) -> str:
        """Return that sentence for one account, "" if nothing waits."""
        return self.words().get(account, "")

    def lines(self, account: str) -> list[tuple[BankLine, bool]]:
        """Return the lines that wait and may be an account's, by day, each with whether that is likely."""
        self._look()
        return self._theirs.get(account, [])

    def waiting(self, account: str) -> list[Waiting]:
        """Return all lines of money received that wait, each with whether it is likely an account's."""
        all_lines = self._desk.book.facts.all(BankLine)
        lines = [x for x in in_order(all_lines) if x.amount > 0 and not x.listed]
        found = self.lines(account) if lines and self._desk.matching.may_concern(account, lines) else []
        theirs = {line.id: sure for line, sure in found}
        return [Waiting(line, _HOW[theirs[line.id]] if line.id in theirs else "") for line in lines]

    def _look(self) -> None:
        # Where no line waits nothing of matching is needed.
        proposals = self._desk.matching.proposals() if self.count() else _NONE
        if proposals is self._proposals:
            return
        self._proposals, self._theirs = proposals, {}
        for proposal in proposals:
            accounts = [proposal.account, *proposal.also]
            known = proposal.line.listed or proposal.payment or proposal.line.amount <= 0
            if known or not proposal.account or (proposal.is_guess and len(accounts) > _FEW):
                continue
            likely = not (proposal.is_guess or proposal.also)
            for account in accounts:
                self._theirs.setdefault(account, []).append((proposal.line, likely))
        self._words = {account: self._sentences(lines) for account, lines in self._theirs.items()}

    def _sentences(self, lines: Iterable[tuple[BankLine, bool]]) -> str:
        sentences = []
        for likely, how in _HOW.items():
            some = [line for line, sure in lines if sure is likely]
            if some:
                rules = self._desk.rules
                named = [f"{rules.money(x.amount, x.currency)} of {rules.day(x.day)}" for x in some[:_NAMED]]
                more = [f"{len(some) - _NAMED} more"] if len(some) > _NAMED else []
                wait = "wait" if len(some) > 1 else "waits"
                sentences.append(f"{' and '.join([*named, *more])} {wait} in the bank lines (B), {how}")
        return "; ".join(sentences)
