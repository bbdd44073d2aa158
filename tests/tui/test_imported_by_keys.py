"""What an import brought, by keys: its totals, and the rows that were not read as a file."""

import shutil
from pathlib import Path

from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

REPORT = """\
Customer,Invoice,Date,Due Date,Open Balance
Alder Mill,A-1,2026-09-08,2026-10-08,500.00
[red]Fir,F-1,2026-10-15,2026-11-14,n/a
Total,,,,520.00
"""


async def imported(clerk: Workstation, path: Path) -> None:
    await clerk.press("o")
    await clerk.paste(f"{path} --add")
    await clerk.press("enter")


async def test_what_was_not_read_is_saved_beside_the_file_once(tmp_path: Path) -> None:
    path = tmp_path / "aging.csv"
    path.write_text(REPORT, encoding="utf-8")
    async with workstation(tmp_path / "book.json", DEMO_DAY) as clerk:
        await imported(clerk, path)
        assert "0 of 1 total of the report agrees with what was read" in clerk.text
        assert "DIFFERS: row 4: total 520.00, read 500.00" in clerk.text
        assert "save what was not read" in clerk.text
        await clerk.press("s")
        assert "written:" in clerk.text
        saved = tmp_path / "aging-not-read.csv"
        assert "[red]Fir" in saved.read_text("utf-8-sig")
        before = saved.read_bytes()
        await clerk.press("s")
        assert "exists already" in clerk.text
        assert saved.read_bytes() == before


async def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    path = folder / "aging.csv"
    path.write_text(REPORT, encoding="utf-8")
    async with workstation(tmp_path / "book.json", DEMO_DAY) as clerk:
        await imported(clerk, path)
        # Not even the superuser writes into a folder that is not there.
        shutil.rmtree(folder)
        await clerk.press("s")
        assert "cannot be written" in clerk.text
        assert not (folder / "aging-not-read.csv").exists()


async def test_the_key_is_not_offered_where_every_row_was_read(tmp_path: Path) -> None:
    path = tmp_path / "aging.csv"
    path.write_text("\n".join(REPORT.splitlines()[:2]), encoding="utf-8")
    async with workstation(tmp_path / "book.json", DEMO_DAY) as clerk:
        await imported(clerk, path)
        assert "save what was not read" not in clerk.text
        await clerk.press("s")
        assert list(tmp_path.glob("*-not-read.csv")) == []
