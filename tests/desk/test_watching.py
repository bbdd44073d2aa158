"""A folder into which exports are dropped: which files are taken, in which order, and where they go."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from arctui.desk import DeskError
from arctui.desk.watching import Watch

DAY = date(2026, 11, 28)
HOLDING = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
input()
"""


class Folder:
    """A watched folder, with a clock that only the test moves, and what was told."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "in"
        self.path.mkdir()
        self.now = 100.0
        self.told: list[str] = []
        self.watch = self.another()

    def another(self) -> Watch:
        return Watch(self.path, self.path.parent / "book" / "book.json", self.told.append, lambda: self.now)

    def drop(self, name: str, text: str = "rows", *, age: int = 0) -> Path:
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))
        return path

    def look(self, later: float = 1.0) -> str:
        """Look now, and again a while later; return the name of the file that is to be imported."""
        self.watch.look()
        self.now += later
        path = self.watch.look()
        return path.name if path else ""

    def holds(self, folder: str = "") -> list[str]:
        return sorted(p.name for p in (self.path / folder).iterdir() if not p.is_dir())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.watch.close()


# Which files


def test_a_file_is_complete_when_it_did_not_change_for_a_second(folder: Folder) -> None:
    path = folder.drop("aging.csv", "half")
    assert folder.watch.look() is None
    folder.now += 0.9
    assert folder.watch.look() is None
    folder.drop("aging.csv", "half of it")
    folder.now += 0.9
    assert folder.watch.look() is None
    folder.now += 1.0
    assert folder.watch.look() == path


def test_an_empty_file_is_given_more_time_to_be_filled(folder: Folder) -> None:
    folder.drop("aging.csv", "")
    assert folder.look(5.0) == ""
    assert folder.look(5.0) == "aging.csv"


@pytest.mark.parametrize(
    "name", [".hidden.csv", "a.csv.part", "a.csv.filepart", "a.tmp", "a.csv~", "A.CSV.PART", "a.crdownload"]
)
def test_the_names_of_unfinished_files_are_left_alone(folder: Folder, name: str) -> None:
    folder.drop(name)
    assert folder.look() == ""


def test_links_folders_and_pipes_are_left_alone(folder: Folder) -> None:
    target = folder.path.parent / "elsewhere.csv"
    target.write_text("rows", encoding="utf-8")
    (folder.path / "link.csv").symlink_to(target)
    (folder.path / "folder.csv").mkdir()
    os.mkfifo(folder.path / "pipe.csv")
    assert folder.look() == ""


def test_a_file_that_is_open_for_writing_waits(folder: Folder) -> None:
    path = folder.drop("aging.csv")
    with path.open("a", encoding="utf-8"):
        assert folder.look(30.0) == ""
    with path.open(encoding="utf-8"):
        assert folder.look(30.0) == "aging.csv"


def test_the_oldest_comes_first(folder: Folder) -> None:
    for name, age in (("b.csv", 10), ("c.csv", 30), ("a.csv", 20)):
        folder.drop(name, age=age)
    taken = []
    for _ in range(3):
        taken.append(folder.look())
        folder.watch.done(folder.path / taken[-1], ["well"], DAY)
    assert taken == ["c.csv", "a.csv", "b.csv"]
    assert folder.look() == ""


# Where they go


def test_an_imported_file_lies_in_done_with_its_report_and_a_failed_one_in_failed_with_the_reason(
    folder: Folder,
) -> None:
    folder.watch.done(folder.drop("aging.csv", "good"), ["aging.csv: 2 new invoices", "  total read 1.00"], DAY)
    folder.watch.failed(folder.drop("junk.csv", "bad"), "it is no report", DAY)
    done, failed = folder.path / "done", folder.path / "failed"
    assert folder.holds("done") == ["2026-11-28-aging.csv", "2026-11-28-aging.csv.txt"]
    assert (done / "2026-11-28-aging.csv").read_text(encoding="utf-8") == "good"
    report = (done / "2026-11-28-aging.csv.txt").read_text(encoding="utf-8")
    assert report == "aging.csv: 2 new invoices\n  total read 1.00\n"
    assert folder.holds("failed") == ["2026-11-28-junk.csv", "2026-11-28-junk.csv.txt"]
    assert (failed / "2026-11-28-junk.csv.txt").read_text(encoding="utf-8") == "junk.csv: it is no report\n"
    assert (folder.holds(), folder.told) == ([], [])


def test_a_name_that_is_taken_gets_a_number(folder: Folder) -> None:
    for name in ("aging.csv", "aging.csv", "aging.csv", "list", "list"):
        folder.watch.done(folder.drop(name, name), ["well"], DAY)
    files = [name for name in folder.holds("done") if not name.endswith(".txt")]
    dated = ["aging-2.csv", "aging-3.csv", "aging.csv", "list", "list-2"]
    assert files == [f"2026-11-28-{name}" for name in dated]
    assert len(folder.holds("done")) == 10


def test_it_is_copied_where_done_lies_on_another_file_system(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_file_system(source: object, target: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "rename", other_file_system)
    folder.watch.done(folder.drop("aging.csv", "good"), ["well"], DAY)
    assert folder.holds("done") == ["2026-11-28-aging.csv", "2026-11-28-aging.csv.txt"]
    assert (folder.holds(), folder.told) == ([], [])


def test_a_file_that_cannot_be_moved_is_told_once_and_not_taken_again_until_it_changes(folder: Folder) -> None:
    (folder.path / "done").write_text("no folder", encoding="utf-8")
    path = folder.drop("aging.csv")
    for _ in range(2):
        folder.watch.done(path, ["well"], DAY)
    assert [t for t in folder.told if t.startswith("aging.csv cannot be moved to ")] == folder.told
    assert len(folder.told) == 1
    (folder.path / "done").unlink()
    assert folder.look() == ""
    folder.drop("aging.csv", "other rows")
    assert folder.look() == "aging.csv"


def test_what_is_no_fault_of_the_file_is_told_once_and_tried_again_later(folder: Folder) -> None:
    path = folder.drop("aging.csv")
    assert folder.look() == "aging.csv"
    for _ in range(2):
        folder.watch.put_off(path, "the disk is full")
    assert folder.look() == ""
    assert folder.told == [f"aging.csv waits in {folder.path}: the disk is full"]
    assert folder.look(60.0) == "aging.csv"


@pytest.mark.parametrize("imported", [True, False])
def test_a_file_that_takes_another_s_place_while_that_is_imported_is_not_moved_unread(
    folder: Folder, imported: bool
) -> None:
    path = folder.drop("aging.csv", "one")
    assert folder.look() == "aging.csv"
    folder.drop("aging.new", "two").replace(path)
    if imported:
        folder.watch.done(path, ["well"], DAY)
    else:
        folder.watch.failed(path, "it is no report", DAY)
    assert (folder.holds(), path.read_text(encoding="utf-8")) == (["aging.csv"], "two")
    where = "done" if imported else "failed"
    assert folder.holds(where) == ["2026-11-28-aging.csv.txt"]
    assert "was changed" in (folder.path / where / "2026-11-28-aging.csv.txt").read_text(encoding="utf-8")
    assert folder.look() == "aging.csv"
    folder.watch.done(path, ["well"], DAY)
    assert folder.holds() == []
    assert (folder.path / "done" / ("2026-11-28-aging-2.csv" if imported else "2026-11-28-aging.csv")).exists()


def test_a_file_that_somebody_writes_to_while_it_is_imported_stays(folder: Folder) -> None:
    path = folder.drop("aging.csv")
    assert folder.look() == "aging.csv"
    with path.open("a", encoding="utf-8"):
        folder.watch.done(path, ["well"], DAY)
    assert folder.holds() == ["aging.csv"]


def test_one_that_is_replaced_while_it_is_called_off_is_looked_at(folder: Folder) -> None:
    path = folder.drop("aging.csv", "one")
    assert folder.look() == "aging.csv"
    folder.drop("aging.new", "two").replace(path)
    folder.watch.leave(path)
    assert folder.look() == "aging.csv"
    folder.watch.leave(path)
    assert folder.look() == ""


def test_what_lies_in_done_is_private_and_in_a_folder_of_a_group_the_group_s(folder: Folder) -> None:
    def modes() -> list[int]:
        done = folder.path / "done"
        return [p.stat().st_mode & 0o7777 for p in (done, *sorted(done.iterdir()))]

    (folder.path / "done").mkdir(mode=0o755)
    for name, mode in (("a.csv", 0o664), ("b.csv", 0o400)):
        folder.drop(name).chmod(mode)
        folder.watch.done(folder.path / name, ["well"], DAY)
    assert modes() == [0o700, 0o600, 0o600, 0o400, 0o600]
    (folder.path / "done").rename(folder.path / "before")
    folder.path.chmod(0o2770)
    folder.drop("a.csv").chmod(0o666)
    folder.watch.done(folder.path / "a.csv", ["well"], DAY)
    assert [m & ~0o002 for m in modes()] == modes()
    assert modes()[:2] == [0o2770, 0o660]


# Who watches


def test_one_session_at_a_time_watches_a_folder(folder: Folder) -> None:
    other = folder.another()
    folder.drop("aging.csv")
    assert folder.look() == "aging.csv"
    assert (other.look(), other.is_ours) == (None, False)
    folder.watch.close()
    assert (other.look(), other.is_ours) == (None, True)
    assert folder.look() == ""
    other.close()
    assert folder.told == []


def test_a_killed_session_frees_the_folder(folder: Folder) -> None:
    command = [sys.executable, "-c", HOLDING, str(folder.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stdout.readline() == b"held\n"
        assert not folder.watch.take()
        running.kill()
    assert folder.watch.take()


def test_a_folder_that_is_made_anew_is_watched_like_the_one_before(folder: Folder) -> None:
    assert folder.look() == ""
    folder.path.rmdir()
    assert folder.look() == ""
    assert folder.told == [f"{folder.path} cannot be watched: no such file or directory"]
    folder.path.mkdir()
    folder.drop("aging.csv")
    assert folder.look() == "aging.csv"
    assert not folder.another().take()


def test_a_folder_whose_files_cannot_be_moved_is_told_once_and_nothing_is_taken(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    folder.drop("aging.csv")
    assert (folder.look(), folder.look()) == ("", "")
    assert len(folder.told) == 1
    assert "is not writable" in folder.told[0]
    assert not folder.watch.is_ours


@pytest.mark.parametrize("where", ["book", "home", "root", "backups", "documents"])
def test_a_folder_that_holds_more_than_exports_is_refused(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, books = tmp_path / "home", tmp_path / "books"
    home.mkdir()
    books.mkdir()
    monkeypatch.setenv("HOME", str(home))
    folder = {
        "book": books / ".." / "books",
        "home": home,
        "root": Path("/"),
        "backups": books / "book.json.backups",
        "documents": books / "book.json.documents" / "of a customer",
    }[where]
    with pytest.raises(DeskError, match=r"is not to be watched: .* Name a folder of its own"):
        Watch(folder, books / "book.json", print)


def test_a_link_is_no_file_and_that_is_said_once(folder: Folder) -> None:
    (folder.path / "aging.csv").symlink_to(folder.path.parent / "elsewhere.csv")
    assert (folder.look(), folder.look()) == ("", "")
    assert folder.told == [f"aging.csv in {folder.path} is a link or no file: copy the file itself"]
