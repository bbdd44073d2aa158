"""The store against a dict: sessions that act in any order, fold, die and meet failing disks; both say the same."""

import contextlib
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from arctui.core.changes import Change
from arctui.core.drafts import Draft
from arctui.core.records import Account, Record
from arctui.store import Book, BookConflictError, BookError, NothingToUndoError
from arctui.store.fold import Fold
from tests.store.crashes import Mirror, dying, failing, wrong
from tests.store.faults import ERRORS
from tests.store.makers import NOON, account, records

IDS = st.sampled_from([f"id{n}" for n in range(5)])
NAMES = st.text(st.characters(codec="utf-8"), max_size=6)
CLERKS = st.sampled_from(["ann", "bob"])
SESSIONS = st.integers(0, 2)
WANTED = st.dictionaries(IDS, st.none() | NAMES, min_size=1, max_size=3)
TYPED = st.dictionaries(st.sampled_from(["d1", "d2"]), st.none() | NAMES, max_size=2)
POINTS = st.integers(0, 130)

ERROR = st.sampled_from(sorted(ERRORS))

Wanted = dict[str, str | None]
State = dict[str, Record]
Steps = dict[str, tuple[Record | None, Record | None]]


def records_of(wanted: Wanted) -> dict[str, Record | None]:
    """The accounts of these names; None for one that is to go."""
    return {i: None if name is None else account(i, called=name) for i, name in wanted.items()}


def drafts_of(wanted: Wanted) -> dict[str, Record | None]:
    """The drafts of these texts."""
    made: dict[str, Record | None] = {}
    for i, text in wanted.items():
        made[i] = None if text is None else Draft(id=i, purpose="p", by="ann", session="s", text=text, at=NOON)
    return made


class Session:
    """An open book, a fold that it may have begun, and what one knows who hears its news."""

    def __init__(self, path: Path) -> None:
        self.book = Book(path)
        self.facts = self.book.facts
        self.mirror = Mirror(self.book)
        self.fold: Fold | None = None


class Act(NamedTuple):
    """Something a session is about to do: how, its changes, and what the book holds if it is done."""

    session: Session
    do: Callable[[], object]
    changes: list[Change]
    acts: list[tuple[str, Steps]]
    number: int


class StoreModel(RuleBasedStateMachine):
    """Three sessions at one book; the model is a dict of records, and what each act changed in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "b.json"
        self.model: State = {}
        self.acts: list[tuple[str, Steps]] = []
        self.count = 0
        self.days = 0

    @initialize()
    def open(self) -> None:
        Book(self.path, new=True).keep([])
        self.sessions = [Session(self.path) for _ in range(3)]

    # What a session can do

    def steps(self, wanted: dict[str, Record | None]) -> Steps:
        return {i: (self.model.get(i), now) for i, now in wanted.items() if self.model.get(i) != now}

    def commit(self, session: Session, clerk: str, wanted: Wanted, typed: Wanted) -> Act:
        steps, kept = self.steps(records_of(wanted)), self.steps(drafts_of(typed))
        changes, drafts = ([Change(was, now) for was, now in s.values()] for s in (steps, kept))
        return Act(
            session,
            lambda: session.book.commit("act", changes, clerk, NOON, drafts),
            [*changes, *drafts],
            [*self.acts, (clerk, steps)],
            self.count + 1,
        )

    def keep(self, session: Session, typed: Wanted) -> Act:
        changes = [Change(was, now) for was, now in self.steps(drafts_of(typed)).values()]
        return Act(session, lambda: session.book.keep(changes), changes, self.acts, self.count)

    def undo(self, session: Session, clerk: str) -> Act | None:
        """The undoing of the clerk's last act, None if it must be refused."""
        mine = [n for n, (by, _) in enumerate(self.acts) if by == clerk]
        if not mine:
            return None
        steps = self.acts[mine[-1]][1]
        if any(self.model.get(i) != now for i, (_, now) in steps.items()):
            return None
        back = [Change(now, was) for was, now in steps.values()]
        acts = [a for n, a in enumerate(self.acts) if n != mine[-1]]
        return Act(session, lambda: session.book.undo(clerk, NOON), back, acts, self.count + 1)

    def nothing(self, session: Session, do: Callable[[], object]) -> Act:
        return Act(session, do, [], self.acts, self.count)

    def fold(self, session: Session, *, backed_up: bool) -> Act:
        self.days += 1
        at = NOON + timedelta(days=self.days) if backed_up else None
        return self.nothing(session, lambda: session.book.fold(at))

    def done(self, act: Act) -> None:
        """The book holds what an act changed."""
        for change in act.changes:
            self.model.pop(change.record.id, None)
            self.model.update({} if change.after is None else {change.after.id: change.after})
        self.acts, self.count = act.acts, act.number

    def acknowledged(self, act: Act) -> None:
        self.done(act)
        act.session.mirror.hear([*act.session.book.news(), *act.changes])

    def not_acknowledged(self, act: Act) -> None:
        """The next to open the book sees whether it is done, whole."""
        book = Book(self.path)
        if (records(book), book.number) != (self.model, self.count):
            self.done(act)

    # Acts that nothing disturbs

    def do(self, act: Act) -> None:
        act.do()
        self.acknowledged(act)

    @rule(session=SESSIONS, clerk=CLERKS, wanted=WANTED, typed=TYPED)
    def act(self, session: int, clerk: str, wanted: Wanted, typed: Wanted) -> None:
        self.do(self.commit(self.sessions[session], clerk, wanted, typed))

    @rule(session=SESSIONS, typed=TYPED)
    def type(self, session: int, typed: Wanted) -> None:
        self.do(self.keep(self.sessions[session], typed))

    @rule(session=SESSIONS, clerk=CLERKS)
    def take_back(self, session: int, clerk: str) -> None:
        act = self.undo(self.sessions[session], clerk)
        if act is None:
            with pytest.raises((NothingToUndoError, BookConflictError)):
                self.sessions[session].book.undo(clerk, NOON)
        else:
            self.do(act)

    @rule(session=SESSIONS, record=IDS, name=NAMES)
    def act_on_what_is_not_so(self, session: int, record: str, name: str) -> None:
        stale = account(record, called=f"{getattr(self.model.get(record), 'name', '')}?")
        with pytest.raises(BookConflictError):
            self.sessions[session].book.commit("stale", [Change(stale, account(record, called=name))], "ann", NOON)

    @rule(session=SESSIONS)
    def look(self, session: int) -> None:
        found = self.sessions[session]
        found.book.refresh()
        assert records(found.book) == self.model
        assert found.book.number == self.count
        assert found.mirror.is_true()
        assert not found.book.refresh()

    @rule(session=SESSIONS, backed_up=st.booleans())
    def fold_all(self, session: int, backed_up: bool) -> None:
        self.fold(self.sessions[session], backed_up=backed_up).do()

    @rule(session=SESSIONS)
    def begin_a_fold(self, session: int) -> None:
        found = self.sessions[session]
        if found.fold is None:
            found.fold = found.book.begin_fold()
            try:
                found.fold.write()
            except BookConflictError:
                found.fold = None

    @rule(session=SESSIONS)
    def finish_the_fold(self, session: int) -> None:
        found = self.sessions[session]
        if found.fold is not None:
            try:
                found.book.finish_fold(found.fold)
            except BookConflictError:
                pass
            finally:
                found.fold.close()
                found.fold = None

    @rule(session=SESSIONS)
    def leave_and_come_back(self, session: int) -> None:
        self.forget_the_fold(session)
        assert self.sessions[session].book.close(NOON + timedelta(days=self.days)) == ""
        self.sessions[session] = Session(self.path)

    def forget_the_fold(self, session: int) -> None:
        found = self.sessions[session].fold
        if found is not None:
            found.close()
            self.sessions[session].fold = None

    # Acts that something disturbs

    def any_act(self, data: st.DataObject, session: Session) -> Act:
        kind = data.draw(st.sampled_from(["commit", "commit", "keep", "undo", "fold", "refresh", "close"]))
        if kind == "undo" and (undo := self.undo(session, data.draw(CLERKS))):
            return undo
        match kind:
            case "keep":
                return self.keep(session, data.draw(TYPED))
            case "fold":
                return self.fold(session, backed_up=data.draw(st.booleans()))
            case "refresh":
                return self.nothing(session, session.book.refresh)
            case "close":
                return self.nothing(session, lambda: session.book.close(NOON))
            case _:
                return self.commit(session, data.draw(CLERKS), data.draw(WANTED), data.draw(TYPED))

    @rule(session=SESSIONS, at=POINTS, data=st.data())
    def die(self, session: int, at: int, data: st.DataObject) -> None:
        """Let a session die in the middle of an act: what it did not acknowledge is there whole or not at all."""
        self.forget_the_fold(session)
        act = self.any_act(data, self.sessions[session])
        acknowledged = False
        with dying(at):
            act.do()
            acknowledged = True
        (self.done if acknowledged else self.not_acknowledged)(act)
        self.sessions[session] = Session(self.path)

    @rule(session=SESSIONS, at=POINTS, error=ERROR, data=st.data())
    def meet_an_error(self, session: int, at: int, error: str, data: st.DataObject) -> None:
        """Let one call fail: the act is refused and is not there, or is done."""
        act = self.any_act(data, self.sessions[session])
        with contextlib.suppress(BookError):
            with failing(at, ERRORS[error]):
                act.do()
            self.acknowledged(act)

    @rule(session=SESSIONS, at=POINTS, error=ERROR, data=st.data())
    def meet_a_broken_disk(self, session: int, at: int, error: str, data: st.DataObject) -> None:
        """Let all calls fail from one on: an act that was refused may be there in the end, whole."""
        act = self.any_act(data, self.sessions[session])
        try:
            with failing(at, ERRORS[error], for_good=True):
                act.do()
        except BookError:
            self.not_acknowledged(act)
        else:
            self.acknowledged(act)

    # What holds at any time

    @invariant()
    def the_disk_says_the_same(self) -> None:
        book = Book(self.path)
        assert records(book) == self.model
        assert book.number == self.count
        assert wrong(self.path, [r.name for r in self.model.values() if isinstance(r, Account)]) == ""

    @invariant()
    def the_facts_are_the_same_objects(self) -> None:
        for session in self.sessions:
            assert session.book.facts is session.facts

    def teardown(self) -> None:
        self.folder.cleanup()


TestStoreModel = StoreModel.TestCase
TestStoreModel.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
