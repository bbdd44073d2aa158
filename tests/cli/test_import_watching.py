"""`arctui import`: a folder that is watched, the bar of a long one, and what Ctrl+C does."""

import io
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from arctui.cli import watching
from arctui.cli.bar import Bar
from arctui.cli.opening import open_desk
from arctui.core.facts import Facts
from arctui.core.policy import Policy
from arctui.core.records import Import, Invoice
from arctui.desk import import_here
from arctui.desk.importing import ImportOptions, ReadFile, read_file
from arctui.exchange.progress import Progress
from arctui.store import Book, BookError
from tests.cli.command import MONDAY, OPEN_ITEMS, Arctui

#: Both orders of day and month are possible in it, and differ.
AMBIGUOUS = "Customer,Invoice,Date,Due Date,Balance\nBirch Works,B-1,03/04/2026,05/06/2026,100.00\n"


@pytest.fixture(autouse=True)
def complete_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two looks suffice, whatever time lies between them."""
    monkeypatch.setattr("arctui.desk.watching._STILL_SECONDS", 0.0)


class Watched:
    """A book, and a folder that the command watches."""

    def __init__(self, folder: Path) -> None:
        self.book = folder / "book.json"
        self.folder = folder / "in"
        self.folder.mkdir()
        self.rests = 0

    def drop(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def watch(self, looks: int = 4) -> None:
        """Watch the folder until so many looks found nothing, as Ctrl+C would end it."""
        left = [looks]

        def pause(_: float) -> None:
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt

        def rest() -> None:
            self.rests += 1

        desk = open_desk(self.book, MONDAY, new=True)
        with Bar(shown=False) as bar, pytest.raises(KeyboardInterrupt):
            watching.watch_folder(desk, self.folder, ImportOptions(), bar, rest, pause)

    def holds(self, folder: str = "") -> list[str]:
        path = self.folder / folder
        return sorted(p.name for p in path.iterdir() if p.is_file()) if path.is_dir() else []

    def invoices(self) -> int:
        return len(list(Book(self.book).facts.all(Invoice)))


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


# A folder


def test_what_is_dropped_is_imported_a_line_a_file_and_moved_with_its_report(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    watched.drop("open.csv", OPEN_ITEMS)
    watched.drop("junk.csv", "nothing of use\n")
    watched.watch()
    assert (watched.holds(), watched.invoices()) == ([], 6)
    assert watched.holds("done") == ["2026-11-16-open.csv", "2026-11-16-open.csv.txt"]
    assert watched.holds("failed") == ["2026-11-16-junk.csv", "2026-11-16-junk.csv.txt"]
    told = capsys.readouterr()
    first, line = told.out.splitlines()
    assert first == f"watching {watched.folder} for exports; Ctrl+C ends it"
    assert line.startswith("2026-11-16 10:30  open.csv (")
    assert line.endswith("5 new accounts, 6 new invoices")
    assert len(told.err.splitlines()) == 1
    assert told.err.startswith("arctui: junk.csv: ")
    report = (watched.folder / "done" / "2026-11-16-open.csv.txt").read_text(encoding="utf-8")
    assert report.splitlines()[0] == line.partition("  ")[2]
    assert "total read" in report
    reason = (watched.folder / "failed" / "2026-11-16-junk.csv.txt").read_text(encoding="utf-8")
    assert f"arctui: {reason}" == told.err
    # Folded once at the beginning and once when all that came was imported.
    assert watched.rests == 2


def test_the_same_content_is_never_imported_twice_and_what_a_crash_left_unmoved_is_moved(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    path = watched.drop("open.csv", OPEN_ITEMS)
    # Imported, but not moved: the program was killed between.
    open_desk(watched.book, MONDAY, new=True).import_file(path, ImportOptions())
    watched.drop("again.csv", OPEN_ITEMS)
    watched.watch()
    assert (watched.invoices(), len(list(Book(watched.book).facts.all(Import)))) == (6, 1)
    files = [name for name in watched.holds("done") if not name.endswith(".txt")]
    assert files == ["2026-11-16-again.csv", "2026-11-16-open.csv"]
    assert capsys.readouterr().out.count("was imported before; nothing changed") == 2


def test_a_file_that_asks_goes_to_failed_with_the_option_that_answers(watched: Watched) -> None:
    rows = [f"Firm {n},{n},2026-09-01,2026-10-01,100.00" for n in range(30)]
    head = "Customer,Invoice,Date,Due Date,Balance"
    open_desk(watched.book, MONDAY, new=True).import_file(
        watched.drop("whole.csv", "\n".join([head, *rows])), ImportOptions()
    )
    (watched.folder / "whole.csv").unlink()
    watched.drop("part.csv", "\n".join([head, *rows[:3]]))
    watched.drop("dates.csv", AMBIGUOUS)
    watched.watch()
    asked = {name: (watched.folder / "failed" / name).read_text(encoding="utf-8") for name in watched.holds("failed")}
    assert "--dates" in asked["2026-11-16-dates.csv.txt"]
    assert "leaves out 27 open invoices" in asked["2026-11-16-part.csv.txt"]
    assert "--yes" in asked["2026-11-16-part.csv.txt"]
    assert "--add" in asked["2026-11-16-part.csv.txt"]
    assert watched.invoices() == 30


@pytest.mark.parametrize("end", ["Gale Farm,,G-1,2026-09-01,2026-1", "Gale Farm,,G-1,2026-09-01,2026-10-01,5,x\n"])
def test_a_report_whose_last_row_cannot_be_read_goes_to_failed_and_changes_nothing(
    watched: Watched, capsys: pytest.CaptureFixture[str], end: str
) -> None:
    watched.drop("whole.csv", OPEN_ITEMS.replace("1200.00", "1201.00"))
    watched.watch()
    watched.drop("cut.csv", OPEN_ITEMS + end)
    watched.watch()
    assert (watched.holds("done")[0], watched.invoices()) == ("2026-11-16-whole.csv", 6)
    why = "the last row, 8, could not be read"
    assert why in capsys.readouterr().err
    assert why in (watched.folder / "failed" / "2026-11-16-cut.csv.txt").read_text(encoding="utf-8")


def test_the_line_of_a_file_says_what_was_not_read_and_which_total_differs(
    watched: Watched, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *rows = OPEN_ITEMS.splitlines()
    watched.drop("total.csv", f"{first}\nElm Press,,E-1,2026-09-01,2026-10-01,9.00,9.00,USD\nTotal,,,,,9.00,8.00,\n")
    watched.watch()
    watched.drop("bad.csv", "\n".join([first, "Dale Foods,,D-1,2026-09-01,2026-10-01,1x0,1x0,USD", *rows, ""]))
    watched.watch()
    total, _, bad = capsys.readouterr().out.splitlines()[1:]
    assert bad.endswith("; 1 row not read")
    assert total.endswith("1 new invoice; 1 total of the report DIFFERS")


def test_a_file_waits_where_the_disk_refuses(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BookError("the disk is full")

    watched.drop("open.csv", OPEN_ITEMS)
    with monkeypatch.context() as broken:
        broken.setattr(Book, "commit", refuse)
        watched.watch()
    assert watched.holds() == ["open.csv"]
    assert capsys.readouterr().err == f"arctui: open.csv waits in {watched.folder}: the disk is full\n"
    watched.watch()
    assert watched.invoices() == 6


def test_a_file_on_which_the_program_fails_goes_to_failed_and_the_others_are_imported(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read = read_file

    def broken(facts: Facts, path: Path, options: ImportOptions, policy: Policy, progress: Progress) -> ReadFile:
        if path.name == "bad.csv":
            raise ZeroDivisionError
        return read(facts, path, options, policy, progress)

    monkeypatch.setattr(import_here, "read_file", broken)
    watched.drop("bad.csv", OPEN_ITEMS)
    watched.drop("open.csv", OPEN_ITEMS)
    watched.watch()
    assert (watched.holds(), watched.invoices()) == ([], 6)
    assert watched.holds("failed") == ["2026-11-16-bad.csv", "2026-11-16-bad.csv.txt"]
    (line,) = capsys.readouterr().err.splitlines()
    assert "made the program fail (ZeroDivisionError in line " in line


def test_an_interruption_in_the_midst_of_a_file_leaves_it_and_the_book_as_they_are(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched.drop("open.csv", OPEN_ITEMS)
    monkeypatch.setattr(Bar, "at", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    watched.watch(looks=99)
    assert (watched.holds(), watched.book.exists()) == (["open.csv"], False)


def test_watching_stands_alone_and_refuses_a_folder_that_holds_more(empty: Arctui) -> None:
    path = empty.file("open.csv", OPEN_ITEMS)
    for words in (["--watch", "in", path], ["--watch", "in", "--json"], ["--watch", "in", "--dry-run"]):
        result = empty.call("import", *words)
        assert (result.code, "usage:" in result.err) == (2, True)
    result = empty.call("import", "--watch", str(empty.folder))
    assert result.code == 1
    assert "is not to be watched: the book lies there" in result.err


def test_the_setting_takes_a_folder_of_its_own_only(arctui: Arctui) -> None:
    assert arctui.call("policy", "watch_folder", "in").out.split() == ["watch_folder", "in"]
    for wrong, why in (
        (".", "the book lies there"),
        ("~nobody-of-that-name/in", "there is no ~nobody-of-that-name here"),
    ):
        result = arctui.call("policy", "watch_folder", wrong)
        assert (result.code, why in result.err) == (1, True)
    assert arctui.call("policy", "watch_folder").out.split() == ["watch_folder", "in"]


# Ctrl+C


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_import_that_is_interrupted_changes_nothing_and_says_so(
    empty: Arctui, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    path = empty.file("open.csv", OPEN_ITEMS)
    before = signal.getsignal(number)
    monkeypatch.setattr(Bar, "at", lambda *_: os.kill(os.getpid(), number))
    result = empty.call("import", path)
    assert (result.code, result.out) == (code, "")
    assert result.notes == [f"arctui: {path}: the import was cancelled: nothing was changed"]
    assert not empty.book.exists()
    assert signal.getsignal(number) == before


def test_an_interruption_while_it_is_written_waits_and_leaves_out_the_files_behind(
    empty: Arctui, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = empty.file("open.csv", OPEN_ITEMS)
    second = empty.file("more.csv", OPEN_ITEMS.replace("B-1041", "B-2041"))
    commit: Callable[..., object] = Book.commit

    def interrupted(*arguments: object, **named: object) -> object:
        os.kill(os.getpid(), signal.SIGINT)
        return commit(*arguments, **named)

    monkeypatch.setattr(Book, "commit", interrupted)
    result = empty.call("import", first, second)
    assert result.code == 130
    assert "6 new invoices" in result.out
    assert result.notes == [f"arctui: {second}: the import was cancelled: nothing was changed"]
    assert len(list(Book(empty.book).facts.all(Import))) == 1


# The bar


class Terminal(io.StringIO):
    """Stderr as a terminal."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, wanted: bool = True) -> str:
    """What a bar shows of an import that takes a second."""
    now = [0.0]
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("COLUMNS", "80")
    with Bar(shown=wanted, clock=lambda: now[0]) as bar:
        bar.begin()
        bar.stage("reading the rows")
        bar.at(1000, 4000)
        assert stream.getvalue() == ""
        now[0] = 1.0
        bar.at(2000, 4000)
        bar.settling()
    return stream.getvalue()


def test_a_bar_is_shown_on_a_terminal_after_half_a_second_and_is_gone_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = shown(monkeypatch, Terminal())
    assert "reading the rows:  50%" in told
    assert "2,000 of 4,000 rows" in told
    assert "writing ..." in told
    assert told.rpartition("\r")[0].rpartition("\r")[2].strip() == ""


def test_no_bar_is_shown_in_a_pipe_or_with_json(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == ""
    assert shown(monkeypatch, Terminal(), wanted=False) == ""


def test_rows_are_told_while_they_are_merged(empty: Arctui, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(Bar, "at", lambda _, done, total: told.append((done, total)))
    monkeypatch.setattr("arctui.exchange.progress.ROWS", 2)
    empty.feed(OPEN_ITEMS)
    assert [t for t in told if t[1] == 6][-3:] == [(0, 6), (2, 6), (4, 6)]
