"""The book against a dict: whatever is committed, undone, folded and reopened in any order, both say the same."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from arctui.core.changes import Change
from arctui.core.records import Account
from arctui.store import Book, BookConflictError, NothingToUndoError
from arctui.store.verify import problems
from tests.store.makers import NOON

IDS = st.sampled_from([f"id{n}" for n in range(5)])
NAMES = st.text(st.characters(codec="utf-8"), max_size=8)
CLERKS = st.sampled_from(["ann", "bob"])
SESSIONS = st.integers(0, 1)
State = dict[str, str]


class BookModel(RuleBasedStateMachine):
    """Two sessions at one book; the model is a dict of names, and what each act changed in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "b.json"
        self.model: State = {}
        self.acts: list[tuple[str, dict[str, tuple[str | None, str | None]]]] = []
        self.count = 0

    @initialize()
    def open(self) -> None:
        self.sessions = [Book(self.path, new=True), Book(self.path, new=True)]

    def commit(self, session: int, clerk: str, wanted: dict[str, str | None]) -> None:
        """Commit what makes the model's accounts so; None removes one."""
        steps = {i: (self.model.get(i), name) for i, name in wanted.items() if self.model.get(i) != name}
        if not steps:
            return
        changes = [
            Change(
                before=None if was is None else Account(id=i, name=was),
                after=None if now is None else Account(id=i, name=now),
            )
            for i, (was, now) in steps.items()
        ]
        done = self.sessions[session].commit("act", changes, clerk, NOON)
        self.count += 1
        assert done.number == self.count
        self.acts.append((clerk, steps))
        self.play(steps)

    def play(self, steps: dict[str, tuple[str | None, str | None]]) -> None:
        for i, (_, now) in steps.items():
            if now is None:
                self.model.pop(i, None)
            else:
                self.model[i] = now

    @rule(session=SESSIONS, clerk=CLERKS, wanted=st.dictionaries(IDS, st.none() | NAMES, min_size=1, max_size=3))
    def act(self, session: int, clerk: str, wanted: dict[str, str | None]) -> None:
        self.commit(session, clerk, wanted)

    @rule(session=SESSIONS, clerk=CLERKS)
    def undo(self, session: int, clerk: str) -> None:
        book = self.sessions[session]
        mine = [n for n, (by, _) in enumerate(self.acts) if by == clerk]
        if not mine:
            try:
                book.undo(clerk, NOON)
            except NothingToUndoError:
                return
            raise AssertionError("something was undone that is not there")
        steps = self.acts[mine[-1]][1]
        if any(self.model.get(i) != now for i, (_, now) in steps.items()):
            try:
                book.undo(clerk, NOON)
            except BookConflictError:
                return
            raise AssertionError("an act was undone on which a later change stands")
        book.undo(clerk, NOON)
        self.count += 1
        del self.acts[mine[-1]]
        self.play({i: (now, was) for i, (was, now) in steps.items()})

    @precondition(lambda self: self.count > 0)
    @rule(session=SESSIONS, record=IDS, name=NAMES)
    def act_on_what_is_not_so(self, session: int, record: str, name: str) -> None:
        stale = Account(id=record, name=f"{self.model.get(record, '')}?")
        try:
            self.sessions[session].commit("stale", [Change(stale, Account(id=record, name=name))], "ann", NOON)
        except BookConflictError:
            return
        raise AssertionError("a change to what was never so was taken")

    @precondition(lambda self: self.count > 0)
    @rule(session=SESSIONS)
    def reopen(self, session: int) -> None:
        self.sessions[session] = Book(self.path)

    @precondition(lambda self: self.count > 0)
    @rule(session=SESSIONS, backup=st.booleans())
    def fold(self, session: int, backup: bool) -> None:
        assert self.sessions[session].fold(NOON if backup else None) == ""

    @rule(session=SESSIONS)
    def leave_and_come_back(self, session: int) -> None:
        assert self.sessions[session].close(NOON) == ""
        self.sessions[session] = Book(self.path, new=True)

    @rule(session=SESSIONS)
    def refresh(self, session: int) -> None:
        self.sessions[session].refresh()
        assert self.state(self.sessions[session]) == self.model

    @staticmethod
    def state(book: Book) -> State:
        return {a.id: a.name for a in book.facts.all(Account)}

    @invariant()
    def disk_says_the_same(self) -> None:
        if self.count:
            book = Book(self.path)
            assert self.state(book) == self.model
            assert book.number == self.count
            assert problems(book) == []
        else:
            assert not self.path.exists()

    def teardown(self) -> None:
        self.folder.cleanup()


TestBookModel = BookModel.TestCase
TestBookModel.settings = settings(
    max_examples=30,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
