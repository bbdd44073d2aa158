"""A clerk at the phone, at a small book that the test fills; the moment stands still until the test moves it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from arctui.core.calls import Call, MoveKind
from arctui.core.changes import added
from arctui.core.records import Account, Activity, FollowUp, Invoice, Person, PolicyChange, Record
from arctui.desk import Desk, Logged
from arctui.desk.call_steps import CallStep
from arctui.desk.clock import Clock
from arctui.desk.errors import HinderedError
from arctui.playbook import walk
from arctui.playbook.model import Step
from arctui.store import Book
from tests.core import builders as make
from tests.core.builders import moment
from tests.core.oracle import nov
from tests.playbook.ways import SAMPLES, Way, shortest

TEN = "2026-11-23T10:12:00-05:00"
FIRM = PolicyChange(
    id="firm", setting="firm", value="Northside Supply", since=date(2026, 1, 1), by="ann", at=moment(nov(2))
)


def customer(name: str, *invoices: Invoice, people: Sequence[Person] | None = None) -> list[Record]:
    """An account whose id is the first word of its name, with its invoices and people."""
    key = name.split()[0].lower()
    if people is None:
        people = [Person(id=f"{key}-tony", account=key, name="Tony Marsh", phones=("+1 212 555 0142",))]
    account = Account(id=key, name=name, number=f"C-{key}", currency="USD")
    return [account, *people, *(msgspec.structs.replace(i, account=key, id=f"{key}-{i.number}") for i in invoices)]


def birch() -> list[Record]:
    """1,200.00 past due since 8 October; nobody spoke to them yet."""
    return customer("Birch Works", make.invoice("B-1041", "1200.00", date(2026, 10, 8)))


class Clerk:
    """One session of a clerk at a book."""

    def __init__(self, path: Path, name: str = "ann", at: str = TEN) -> None:
        self.path = path
        self.desk = Desk(Book(path), Clock(at), name)
        self.calls = self.desk.calls
        self._call: Call | None = None

    @classmethod
    def with_book(cls, folder: Path, records: Iterable[Record], name: str = "ann", at: str = TEN) -> "Clerk":
        """Make a book of these records and sit down at it."""
        path = folder / "book.json"
        Book(path, new=True).commit("made", [added(r) for r in (FIRM, *records)], "maker", moment(nov(2)))
        return cls(path, name, at)

    def later(self, at: str) -> "Clerk":
        """The same clerk in a new session at another moment."""
        return Clerk(self.path, self.desk.clerk, at)

    # The call

    @property
    def call(self) -> Call:
        assert self._call
        return self._call

    @call.setter
    def call(self, call: Call | None) -> None:
        self._call = call

    @property
    def place(self) -> CallStep:
        return self.calls.place(self.call)

    @property
    def at(self) -> str:
        return self.place.name

    @property
    def kept(self) -> Call | None:
        """The call as it is on disk."""
        return Book(self.path).facts.get(Call, self.call.id)

    def begin(self, account: str = "birch", *, broken: bool = False) -> "Clerk":
        """Call an account, also where that needs a reason (that they were spoken with two days ago, say)."""
        try:
            self.call = self.calls.begin(account, broken=broken)
        except HinderedError:
            self.call = self.calls.begin(account, broken=broken, despite="asked for by the customer")
        return self

    def say(self, *heard: str) -> "Clerk":
        """Choose replies by their text."""
        for text in heard:
            texts = [r.text for r in self.place.step.replies]
            self.call = self.calls.reply(self.call, texts.index(text) + 1)
        return self

    def type(self, text: str) -> "Clerk":
        self.call = self.calls.enter(self.call, text)
        return self

    def jump(self, name: str) -> "Clerk":
        self.call = self.calls.jump(self.call, name)
        return self

    def excuse(self, name: str) -> "Clerk":
        self.call = self.calls.excuse(self.call, name)
        return self

    def note(self, text: str) -> "Clerk":
        self.call = self.calls.note(self.call, text)
        return self

    def back(self) -> "Clerk":
        self.call = self.calls.back(self.call)
        return self

    def promise(self, text: str) -> "Clerk":
        """Take a promise by its key, read it back, agreed."""
        return self.jump("commitment").type(text).say("Yes")

    def end(self, line: str = "") -> Logged:
        return self.calls.end(self.call, line)

    def take(self, way: Way) -> None:
        """Make a move of the script, typing a sample where a line is asked for."""
        if way.kind is MoveKind.REPLY:
            self.call = self.calls.reply(self.call, way.number)
        else:
            kind = self.place.step.line
            assert kind
            self.type(SAMPLES[kind])

    def to_a_promise(self) -> None:
        """Go on by the script to a step that takes a promise."""
        self._to(lambda step: step.line == "promise")

    def to_an_end(self) -> None:
        """Go on by the script to where the call ends."""
        self._to(lambda step: bool(step.end))

    def _to(self, wanted: Callable[[Step], bool]) -> None:
        playbook = self.calls.playbook
        dossier, standing = self.desk.dossier(self.call.account), self.desk.standing(self.call.account)
        holds = walk.conditions(dossier, standing, self.desk.today)
        found = shortest(playbook, self.at, lambda n: wanted(playbook.step(n)), holds)
        assert found is not None
        for way in found:
            self.take(way)

    # What came of it

    def activities(self, account: str = "birch") -> tuple[Activity, ...]:
        return self.desk.dossier(account).activities

    def activity(self, account: str = "birch") -> Activity:
        """The only activity of an account."""
        (only,) = self.activities(account)
        return only

    def followups(self, account: str = "birch") -> list[FollowUp]:
        """The dates that are still to come."""
        return [f for f in self.desk.dossier(account).followups if f.done_on is None]

    def listed(self) -> list[str]:
        """The accounts on the worklist, in order."""
        return [r.account for r in self.desk.worklist()]

    def whole(self) -> bool:
        """Does everything in the book fit together, in memory and on disk?"""
        return not self.desk.check()[0] and not Clerk(self.path).desk.check()[0]
