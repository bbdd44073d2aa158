"""Exporting from the workstation: what and the file, typed as one line."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arctui.desk import export_beside
from arctui.desk.beside import Told
from arctui.desk.derived import Derived
from arctui.desk.exporting import Plan, content_of
from arctui.tui.screens import exporting
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation


async def test_a_line_names_what_and_the_file(demo: Path, tmp_path: Path) -> None:
    target, archive = tmp_path / "list.csv", tmp_path / "book.arctui"
    async with workstation(demo, DEMO_DAY) as clerk:
        cursor = clerk.desk.account
        await clerk.press("E")
        assert "worklist list.csv" in clerk.text
        await clerk.paste(f"worklist {target}")
        await clerk.press("enter")
        await clerk.until(lambda: f"{len(clerk.accounts)} rows" in clerk.text)
        assert clerk.desk.account == cursor
        await clerk.press("E")
        await clerk.paste(f"archive {archive}")
        await clerk.press("enter")
        assert "the whole book" in clerk.text
    assert target.read_text(encoding="utf-8-sig").startswith("Place,Customer,Customer ID,")
    assert archive.is_file()


async def test_what_cannot_be_written_is_said_and_the_line_stays(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("mine", encoding="utf-8")
    async with workstation(demo, DEMO_DAY) as clerk:
        for line, told in (
            ("everything x.csv", "what? one of accounts, people"),
            ("worklist", "to which file?"),
            (f"worklist {target}", "exists already"),
            ("worklist 'x.csv", "quotation mark"),
        ):
            await clerk.press("E", "ctrl+u")
            await clerk.paste(line)
            await clerk.press("enter")
            assert told in " ".join(clerk.text.split())
            await clerk.press("escape")
        assert target.read_text(encoding="utf-8") == "mine"
        await clerk.press("E", "ctrl+u")
        await clerk.paste(f"worklist {target} --force")
        await clerk.press("enter")
        await clerk.until(lambda: "list.csv: " in clerk.status)
    assert target.read_text(encoding="utf-8-sig").startswith("Place,")


async def test_an_archive_fills_an_empty_workstation(demo: Path, tmp_path: Path) -> None:
    archive = tmp_path / "book.arctui"
    async with workstation(demo, DEMO_DAY) as clerk:
        accounts = clerk.accounts
        await clerk.press("E")
        await clerk.paste(f"archive {archive}")
        await clerk.press("enter")
    async with workstation(tmp_path / "new.json", DEMO_DAY) as clerk:
        await clerk.press("o")
        await clerk.paste(str(archive))
        await clerk.press("enter")
        assert "66  new accounts" in clerk.text
        await clerk.press("escape")
        assert clerk.accounts == accounts
        await clerk.look()
        assert clerk.accounts == accounts


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds an export up with a quarter of its rows written."""
    gate = threading.Event()
    monkeypatch.setattr(exporting, "_AT_ONCE_SECONDS", 0)

    def held_up(book: Derived, planned: Plan, told: Told) -> tuple[bytes, int]:
        told.stage("writing invoices")
        told.at(25_000, 100_000)
        assert gate.wait(20)
        return content_of(book, planned, told)

    monkeypatch.setattr(export_beside, "content_of", held_up)
    yield gate
    gate.set()


async def test_a_long_export_shows_rows_and_the_keys_go_on(
    four_customers: Path, tmp_path: Path, gate: threading.Event
) -> None:
    target = tmp_path / "list.xlsx"
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("E")
        await clerk.paste(f"invoices {target}")
        await clerk.press("enter")
        await clerk.until(lambda: "list.xlsx: writing invoices  25,000 of 100,000" in clerk.text)
        assert "X cancels" in clerk.text
        first = clerk.account
        await clerk.press("j")
        assert clerk.account != first
        await clerk.press("E")
        await clerk.paste(f"worklist {tmp_path / 'other.csv'}")
        await clerk.press("enter")
        assert "list.xlsx is being written still: wait for it, or X cancels it" in " ".join(clerk.text.split())
        await clerk.press("escape")
        gate.set()
        await clerk.until(lambda: "list.xlsx: 4 rows" in clerk.text)
        assert "X cancels" not in clerk.text
    assert target.is_file()


async def test_a_long_export_is_called_off_without_a_trace(
    four_customers: Path, tmp_path: Path, gate: threading.Event
) -> None:
    there = sorted(path.name for path in tmp_path.iterdir())
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("E")
        await clerk.paste(f"invoices {tmp_path / 'list.xlsx'}")
        await clerk.press("enter", "X")
        assert clerk.status == "the export to list.xlsx was cancelled: nothing was written"
        gate.set()
        await clerk.press("X")
        assert clerk.status == "no import or export goes on"
    assert not (tmp_path / "list.xlsx").exists()
    assert {path.name for path in tmp_path.iterdir()} - set(there) <= {"book.json.backups"}
