"""Exporting from the workstation: what and the file, typed as one line."""

from pathlib import Path

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
        assert f"{len(clerk.accounts)} rows" in clerk.text
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
        assert "65  new accounts" in clerk.text
        await clerk.press("escape")
        assert clerk.accounts == accounts
        await clerk.look()
        assert clerk.accounts == accounts
