"""An import beside the clerk's work: worked out over a snapshot, committed on what the book is then."""

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from arctui.desk import import_beside, import_here
from arctui.desk.beside import Stand
from arctui.desk.import_beside import ImportBeside
from arctui.desk.import_words import done_in_short, in_short
from arctui.desk.importing import ImportOptions, ImportSummary, NeedsConsentError, merge_file, read_file
from arctui.exchange.progress import Cancelled
from arctui.exchange.report import ReportError
from arctui.store import BookConflictError
from arctui.store.verify import problems
from tests.desk.ledgers import OPEN_HEAD, PAYMENT_HEAD, Ledger, received

ROWS = ("Birch Works,B-1,2026-09-02,2026-10-02,100.00,100.00", "Cedar Farm,C-1,2026-09-03,2026-10-03,50.00,50.00")
MORE = ("Birch Works,B-2,2026-09-02,2026-10-02,70.00,70.00", "Elm & Sons,E-1,2026-09-03,2026-10-03,900.00,900.00")


class Beside:
    """An import that begins in the test's hands: the thread's work is done when `work` is called."""

    def __init__(self, ledger: Ledger, path: Path, options: ImportOptions) -> None:
        self.now = 0.0
        self.ended = 0
        self.read = 0
        self.one = ImportBeside(ledger.desk, path, options, self._end, lambda: self.now)

    def _end(self, _: ImportBeside) -> None:
        self.ended += 1

    def work(self) -> None:
        """Begin, and wait for the thread."""
        self.one.begin()
        self.wait()

    def wait(self) -> None:
        assert self.one.wait(20)

    def finished(self) -> ImportSummary:
        summary = self.one.finish()
        assert summary
        return summary


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """A ledger with two customers."""
    ledger.open_items(*ROWS)
    return ledger


@pytest.fixture
def beside(full: Ledger) -> Beside:
    """A second report that is about to be imported."""
    path = full.folder / "more.csv"
    path.write_text("\n".join([OPEN_HEAD, *MORE, ""]), encoding="utf-8")
    return Beside(full, path, ImportOptions(full=False))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """The files that are read."""
    read, found = read_file, []

    def counted(*arguments: object) -> object:
        found.append(arguments[1])
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(import_beside, "read_file", counted)
    return found  # type: ignore[return-value]


def test_nothing_is_changed_before_it_is_finished_and_then_it_is_one_act(full: Ledger, beside: Beside) -> None:
    number = full.book.number
    beside.work()
    assert (beside.ended, full.book.number, len(full.imports())) == (1, number, 1)
    summary = beside.finished()
    assert (summary.accounts_added, summary.invoices_added) == (1, 2)
    assert (full.book.number, sorted(full.invoices())) == (number + 1, ["B-1", "B-2"])
    assert problems(full.book) == []
    full.desk.undo()
    assert sorted(full.invoices()) == ["B-1"]


def test_what_was_derived_ahead_is_what_would_be_derived_anew(full: Ledger, beside: Beside) -> None:
    full.desk.worklist()
    beside.work()
    # Meanwhile the clerk goes on.
    full.desk.log(full.account("Cedar").id, "na")
    beside.finished()
    ahead = full.desk.derived
    shown = [full.desk.worklist(), full.desk.agenda.between(full.desk.today, full.desk.today)]
    full.on(full.day)
    assert full.desk.derived is not ahead
    assert shown == [full.desk.worklist(), full.desk.agenda.between(full.desk.today, full.desk.today)]
    assert full.desk.standing(full.account("Cedar").id) == ahead.standing(full.account("Cedar").id)


def test_the_clerk_s_own_acts_do_not_make_it_be_merged_again(full: Ledger, beside: Beside) -> None:
    beside.work()
    full.desk.note(full.account().id, "the boss is away")
    assert beside.finished().invoices_added == 2
    assert beside.ended == 1


def test_it_is_merged_again_but_not_read_again_where_others_changed_what_it_looks_at(
    full: Ledger, beside: Beside, reads: list[Path]
) -> None:
    beside.work()
    other = Ledger(full.folder)
    other.open_items(MORE[0], options=ImportOptions(full=False))
    assert beside.one.finish() is None
    beside.wait()
    summary = beside.finished()
    assert (summary.invoices_added, beside.ended, len(reads)) == (1, 2, 1)
    assert sorted(full.invoices()) == ["B-1", "B-2"]
    assert [i.number for i in full.imports()] == [1, 2, 3]


def test_what_an_earlier_merging_prepared_is_never_committed(
    full: Ledger, beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside.work()
    Ledger(full.folder).desk.import_file(beside.one.path, beside.one.options)
    gate, merge = threading.Event(), merge_file

    def held_up(*arguments: Any) -> Any:
        assert gate.wait(20)
        return merge(*arguments)

    monkeypatch.setattr(import_beside, "merge_file", held_up)
    # Others came between: it is merged again. The call that the first end asked for comes only now.
    assert (beside.one.finish(), beside.one.finish()) == (None, None)
    gate.set()
    beside.wait()
    assert beside.finished().known_already
    assert [i.number for i in full.imports()] == [1, 2]


@pytest.mark.parametrize("act", ["import", "note"])
def test_what_comes_in_while_it_waits_for_the_lock_is_looked_at(
    full: Ledger, beside: Beside, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    other, commit = Ledger(full.folder), full.book.commit
    beside.work()

    def late(*arguments: Any) -> Any:
        monkeypatch.setattr(full.book, "commit", commit)
        if act == "import":
            other.desk.import_file(beside.one.path, beside.one.options)
        else:
            other.desk.follow_up(other.account().id, "fri the boss is away")
        return commit(*arguments)

    full.desk.worklist()
    monkeypatch.setattr(full.book, "commit", late)
    if act == "import":
        assert beside.one.finish() is None
        beside.wait()
    assert beside.finished().known_already is (act == "import")
    assert [i.number for i in full.imports()] == [1, 2]
    # What was derived ahead knows of it, too.
    shown = [full.desk.standing(a.id) for a in full.desk.accounts()]
    full.on(full.day)
    assert shown == [full.desk.standing(a.id) for a in full.desk.accounts()]


class Meanwhile:
    """Lets another session do something in the last moment before an import is committed."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self._acts = list(acts)

    def stage(self, words: str) -> None: ...

    def at(self, done: int, total: int) -> None: ...

    def settling(self) -> None:
        if self._acts:
            self._acts.pop(0)()


def test_two_sessions_that_import_one_file_at_the_same_time_bring_it_in_once(full: Ledger) -> None:
    path = full.folder / "paid.csv"
    path.write_text(f"{PAYMENT_HEAD}\nBirch Works,2026-11-01,40.00,B-1,R-1\n", encoding="utf-8")
    other = Ledger(full.folder)
    first = Meanwhile(lambda: other.desk.import_file(path, ImportOptions()))
    assert full.desk.import_file(path, ImportOptions(), first).known_already
    assert [i.number for i in full.imports()] == [1, 2]
    assert received(full.payments()) == Decimal("40.00")
    assert problems(full.book) == []


def test_an_import_that_is_waited_for_is_merged_over_what_others_did_and_not_for_ever(full: Ledger) -> None:
    other, number = Ledger(full.folder), full.book.number
    listed = full.folder / "list.csv"
    listed.write_text("\n".join([OPEN_HEAD, *MORE, ""]), encoding="utf-8")
    busy = Meanwhile(*([lambda: other.open_items(MORE[0], options=ImportOptions(full=False))] * import_here.TRIES))
    with pytest.raises(BookConflictError):
        full.desk.import_file(listed, ImportOptions(full=False), busy)
    assert full.book.number == number + import_here.TRIES
    note = Meanwhile(lambda: other.desk.note(other.account().id, "the boss is away"))
    assert full.desk.import_file(listed, ImportOptions(full=False), note).invoices_added == 1


def test_where_others_leave_it_no_time_it_is_merged_in_the_end_at_once(
    full: Ledger, beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_beside, "TRIES", 1)
    beside.work()
    Ledger(full.folder).open_items(MORE[0], options=ImportOptions(full=False))
    assert beside.finished().invoices_added == 1
    assert beside.ended == 1
    assert {w.account for w in full.desk.worklist()} == {a.id for a in full.desk.accounts()}


def test_called_off_it_leaves_no_trace_whenever_that_is(full: Ledger, beside: Beside) -> None:
    number = full.book.number
    beside.work()
    beside.one.cancel()
    with pytest.raises(Cancelled):
        beside.one.finish()
    begun = Beside(full, beside.one.path, ImportOptions(full=False))
    begun.one.cancel()
    begun.work()
    with pytest.raises(Cancelled):
        begun.one.finish()
    assert (full.book.number, len(full.imports())) == (number, 1)


def test_what_is_wrong_with_a_file_is_raised_where_it_is_finished(full: Ledger, beside: Beside) -> None:
    beside.one.path.write_text("nothing of use\n", encoding="utf-8")
    beside.work()
    with pytest.raises(ReportError):
        beside.one.finish()


def test_an_error_of_the_program_itself_is_told_in_one_sentence(
    beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of \x1b[31m nothing")

    monkeypatch.setattr(import_beside, "merge_file", broken)
    beside.work()
    with pytest.raises(ReportError) as told:
        beside.one.finish()
    assert str(told.value).startswith("more.csv made the program fail (ZeroDivisionError in line ")
    assert "test_import_beside.py: of nothing), nothing was changed: " in str(told.value)
    assert isinstance(told.value.__cause__, ZeroDivisionError)


def test_what_is_asked_first_goes_on_with_consent_without_being_read_again(ledger: Ledger, reads: list[Path]) -> None:
    rows = [f"Firm {n},F-{n},2026-09-02,2026-10-02,100.00,100.00" for n in range(30)]
    ledger.open_items(*rows)
    path = ledger.folder / "part.csv"
    path.write_text("\n".join([OPEN_HEAD, *rows[:3], ""]), encoding="utf-8")
    asking = Beside(ledger, path, ImportOptions())
    asking.work()
    with pytest.raises(NeedsConsentError):
        asking.one.finish()
    asking.one.agree()
    asking.wait()
    assert asking.finished().invoices_closed == 27
    assert len(reads) == 1


def test_a_dry_run_and_a_file_that_is_known_change_nothing(full: Ledger, beside: Beside) -> None:
    number = full.book.number
    dry = Beside(full, beside.one.path, ImportOptions(full=False, dry_run=True))
    dry.work()
    assert dry.finished().invoices_added == 2
    assert full.book.number == number
    beside.work()
    beside.finished()
    again = Beside(full, beside.one.path, ImportOptions(full=False))
    again.work()
    assert again.finished().known_already
    assert full.book.number == number + 1


# What is told


def test_the_stage_the_rows_and_the_time_left_are_told(beside: Beside) -> None:
    told = beside.one._told
    told.stage("reading the rows")
    assert beside.one.stand == Stand("reading the rows")
    beside.now = 2.0
    told.at(1000, 4000)
    assert beside.one.stand == Stand("reading the rows", 1000, 4000, 6.0)
    beside.now = 4.0
    told.at(4000, 4000)
    assert beside.one.stand.left == 0.0
    told.at(5000, 0)
    assert beside.one.stand == Stand("reading the rows", 5000, 0, None)


def test_what_an_import_brought_is_said_here_as_in_other_sessions(full: Ledger) -> None:
    other = Ledger(full.folder)
    summary = full.open_items(*MORE)
    assert other.desk.refresh()
    (act,) = [t for t in other.book.latest() if t.number == full.book.number]
    assert in_short(summary) == done_in_short(act) == f"imported {summary.file}: 2 new, 2 closed"
    summary = full.paid("Birch Works,2026-10-30,70.00,B-2,R-1")
    assert in_short(summary) == done_in_short(next(iter(full.book.latest())))
    assert in_short(summary) == f"imported {summary.file}: 1 payment"
    full.desk.undo()
    assert done_in_short(next(iter(full.book.latest()))) == ""
