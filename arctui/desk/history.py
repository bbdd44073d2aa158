"""The history as it is read: every act with who, when, and what each record was before."""

import itertools
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property

import msgspec

from arctui.core.facts import Facts
from arctui.core.records import Account, Invoice
from arctui.core.text import clean
from arctui.desk.step_words import count_words, is_on, owner, step_words, verb
from arctui.store import Book, Step, Transaction

# So many records of one kind are told one by one; more are counted.
_FEW = 4
_FEW_ON_ACCOUNT = 20


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An act in the history. `undoes` and `undone_by` are the numbers of other acts.

    `account` is the one whose history this is part of: then `steps` are only those on it; "" for all.
    """

    number: int
    at: datetime
    by: str
    act: str
    steps: tuple[Step, ...]
    account: str = ""
    undoes: int | None = None
    undone_by: int | None = None
    hash: str = ""

    @property
    def moment(self) -> str:
        """When it was, as it was stored, with its offset from UTC: "2026-11-16 10:30-05:00"."""
        return self.at.isoformat(sep=" ", timespec="minutes")

    @property
    def headline(self) -> str:
        """What was done, and what became of it."""
        words = f"undid {self.undoes}: {self.act}" if self.undoes else self.act
        return clean(words) + (f" (undone by {self.undone_by})" if self.undone_by else "")


def acts(transactions: Iterable[Transaction]) -> list[Act]:
    """Return the acts that transactions are, in the same order."""
    known = list(transactions)
    undone = {t.undoes: t.number for t in known if t.undoes}
    return [
        Act(
            number=t.number,
            at=t.at,
            by=t.by,
            act=t.act,
            steps=t.steps,
            undoes=t.undoes,
            undone_by=undone.get(t.number),
            hash=t.hash,
        )
        for t in known
    ]


def last_since(book: Book, number: int, account: str) -> Transaction | None:
    """Return the last act after the one of a number that touched an account, None if none did. Raises BookError."""
    if book.number <= number:
        return None
    later = itertools.takewhile(lambda t: t.number > number, itertools.islice(book.latest(), book.number - number))
    return next((t for t in later if any(is_on(step, account) for step in t.steps)), None)


class Histories:
    """The history of the book, and of each account, as it stood when this was made; the oldest acts first."""

    def __init__(self, history: Iterable[Transaction], facts: Facts, home: str) -> None:
        """Take the book's history and its facts, in which names are looked up; `home`: the currency not named."""
        self.everything = acts(history)
        self._facts = facts
        self._home = home

    def of_account(self, account: str) -> list[Act]:
        """Return the acts that touched an account, each with only its steps on that account."""
        return list(self._of_account(account))

    def _of_account(self, account: str) -> Iterator[Act]:
        for act in self.everything:
            steps = tuple(s for s in act.steps if is_on(s, account))
            if steps:
                yield msgspec.structs.replace(act, steps=steps, account=account)

    def changes(self, act: Act) -> list[str]:
        """Say what an act changed, a line a record; where there are many of a kind, a line for all of them."""
        groups: dict[tuple[str, str], list[Step]] = {}
        for step in act.steps:
            groups.setdefault((step.table, verb(step)), []).append(step)
        few = _FEW_ON_ACCOUNT if act.account else _FEW
        lines: list[str] = []
        for steps in groups.values():
            if len(steps) > few:
                lines.append(count_words(steps))
            else:
                lines += [f"{self._whose(step, act)}{step_words(step, self._name, self._home)}" for step in steps]
        return lines

    def _whose(self, step: Step, act: Act) -> str:
        """Name the account of a step where neither the act's words nor the step does."""
        if act.account or step.table == Account.TABLE:
            return ""
        name = clean(self._name(owner(step)))
        return f"{name}: " if name and name not in act.act else ""

    def _name(self, record_id: str) -> str:
        """Say what an id stands for: an account's name, an invoice's number; "" if that is not known."""
        account = self._facts.get(Account, record_id)
        if account:
            return account.name
        invoice = self._facts.get(Invoice, record_id)
        return invoice.number or invoice.kind if invoice else self._gone.get(record_id, "")

    @cached_property
    def _gone(self) -> dict[str, str]:
        """The names of accounts and invoices that were in the book once."""
        names = {Account.TABLE: "name", Invoice.TABLE: "number"}
        return {
            step.id: str((step.now or step.was or {}).get(names[step.table], ""))
            for act in self.everything
            for step in act.steps
            if step.table in names
        }
