"""The folder that the workstation watches, by keys."""

from pathlib import Path

import pytest

from arctui.desk import Desk, import_beside
from arctui.desk.clock import Clock
from arctui.store import Book
from tests.tui.beside import LIST, Gate, file
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")


@pytest.fixture
def book(four_customers: Path) -> Path:
    return four_customers


@pytest.fixture
def dropped(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the policy of the book names."""
    monkeypatch.setattr("arctui.desk.watching._STILL_SECONDS", 0.0)
    Desk(Book(book), Clock(DEMO_DAY), "ann").set_policy("watch_folder", "in")
    folder = book.parent / "in"
    folder.mkdir()
    return folder


async def look_until_moved(clerk: Workstation, path: Path) -> None:
    """Look as the screen does twice a second: at the second look a file is known to be complete."""
    await clerk.look()
    await clerk.look()
    await clerk.until(lambda: not path.exists())


async def test_what_is_dropped_is_imported_and_every_open_workstation_says_so(book: Path, dropped: Path) -> None:
    async with workstation(book, DEMO_DAY) as ann, workstation(book, DEMO_DAY, clerk="bob") as bob:
        await ann.look()
        await bob.look()
        path = file(dropped)
        await look_until_moved(ann, path)
        assert ann.status == "imported more.csv: 1 new I shows it"
        await bob.look()
        assert bob.status == "ann: imported more.csv: 1 new"
        assert "Alder Mill" in bob.accounts
        await bob.look()
        assert bob.status == "ann: imported more.csv: 1 new"
    assert sorted(p.name for p in (dropped / "done").iterdir()) == ["2026-11-23-more.csv", "2026-11-23-more.csv.txt"]
    report = (dropped / "done" / "2026-11-23-more.csv.txt").read_text(encoding="utf-8")
    assert "1 new account, 1 new invoice" in report


async def test_one_workstation_watches_and_another_takes_over_when_it_is_left(book: Path, dropped: Path) -> None:
    async with workstation(book, DEMO_DAY, clerk="bob") as bob:
        async with workstation(book, DEMO_DAY) as ann:
            await ann.look()
            path = file(dropped)
            for _ in range(3):
                await bob.look()
            assert path.exists()
        await look_until_moved(bob, path)
        assert bob.status == "imported more.csv: 1 new I shows it"


async def test_a_dropped_file_that_fails_is_told_and_lies_in_failed(book: Path, dropped: Path) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        path = dropped / "junk.csv"
        path.write_text("nothing of use\n", encoding="utf-8")
        await look_until_moved(clerk, path)
        assert clerk.status.startswith("junk.csv lies in failed, I shows it and imports it: ")
    assert (dropped / "failed" / "2026-11-23-junk.csv").exists()


async def test_a_file_on_which_the_program_fails_does_not_end_the_workstation(
    book: Path, dropped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    async with workstation(book, DEMO_DAY) as clerk:
        with monkeypatch.context() as patched:
            patched.setattr(import_beside, "read_file", broken)
            await look_until_moved(clerk, file(dropped, "bad.csv"))
            assert clerk.status.startswith("bad.csv lies in failed, I shows it and imports it: bad.csv made the pro")
            await clerk.press("o")
            await clerk.paste(str(file(book.parent, "bad.csv")))
            await clerk.press("enter")
            assert "made the program fail" in " ".join(clerk.reading.split())
            await clerk.press("escape")
        await look_until_moved(clerk, file(dropped))
        assert clerk.status == "imported more.csv: 1 new I shows it"
    assert (dropped / "failed" / "2026-11-23-bad.csv.txt").exists()


async def test_one_that_was_called_off_stays_and_is_not_begun_again(book: Path, dropped: Path, gate: Gate) -> None:
    path = file(dropped)
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.look()
        await clerk.look()
        assert gate.reached.wait(20)
        await clerk.press("X")
        said = "the import of more.csv was cancelled: nothing was changed; it stays in the folder: o imports it"
        assert " ".join(clerk.status.split()) == said
        gate.open.set()
        for _ in range(3):
            await clerk.look()
        assert (path.exists(), clerk.desk.importing.goes_on, gate.reads) == (True, False, 1)


async def test_a_folder_that_is_not_there_is_told_once_and_watched_when_it_comes(book: Path, dropped: Path) -> None:
    dropped.rmdir()
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.look()
        assert clerk.status == "in cannot be watched: no such file or directory"
        await clerk.press("j")
        dropped.mkdir()
        path = file(dropped)
        await look_until_moved(clerk, path)
        assert clerk.status == "imported more.csv: 1 new I shows it"


async def test_it_is_imported_while_a_listing_is_open_and_in_a_call(book: Path, dropped: Path) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("i")
        await look_until_moved(clerk, file(dropped, "one.csv"))
        await clerk.press("escape")
        assert "Alder Mill" in clerk.accounts
        await clerk.press("enter", "1")
        path = dropped / "two.csv"
        path.write_text(LIST, encoding="utf-8")
        await look_until_moved(clerk, path)
        assert clerk.desk.place == "call"
        assert "imported two.csv: 2 new" in clerk.status
