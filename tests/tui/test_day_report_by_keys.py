"""The day's summary on the screen: its figures, and the report that `w` writes."""

import io
from pathlib import Path
from threading import Event

import pytest
from pypdf import PdfReader

from arctui.core.day_report import DayReport
from arctui.desk.day_report import Day
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

_TO_THE_END = ("r", "enter", *["right_square_bracket"] * 12)


async def write(clerk: Workstation, text: str) -> None:
    await clerk.press("w", *["ctrl+u"])
    await clerk.enter(text)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_summary_shows_figures_worst_accounts_and_tomorrow(demo: Path, size: tuple[int, int]) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await clerk.press(*_TO_THE_END)
        for words in (
            "what came since is not in this report",
            "calls dialled",
            "WORST to ask for",
            "TOMORROW Tue 24 Nov",
        ):
            assert words in clerk.script


async def test_w_proposes_a_file_and_writes_the_report(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press(*_TO_THE_END, "w")
        assert "Enter alone writes" in clerk.text
        await clerk.press("enter")
        assert "written:" in clerk.status
        assert "THE DAY" in clerk.script
    text = PdfReader(io.BytesIO((tmp_path / "day-2026-11-23.pdf").read_bytes())).pages[0].extract_text()
    assert "Monday 23 November 2026" in text


async def test_the_ending_says_the_form_and_mine_whose_day_it_is(demo: Path, tmp_path: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press(*_TO_THE_END)
        await write(clerk, f"mine {tmp_path}/mine.txt")
        await write(clerk, f"{tmp_path}/all.md")
        await write(clerk, f"{tmp_path}/all.json")
        assert "JSON is written by" in clerk.text
        await clerk.press("escape")
        await write(clerk, f"{tmp_path}/all.doc")
        assert "which kind of file is 'all.doc' to be?" in clerk.reading + clerk.status
    assert ": the day of " in (tmp_path / "mine.txt").read_text().splitlines()[0]
    assert (tmp_path / "all.md").read_text().startswith("# ")
    assert sorted(p.suffix for p in tmp_path.glob("*.*") if p.name.startswith(("all", "mine"))) == [".md", ".txt"]


async def test_a_large_book_is_worked_out_beside_the_keys_and_says_so(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, known = Event(), Day.report

    def held_up(day: Day, clerk: str) -> DayReport:
        assert gate.wait(20)
        return known(day, clerk)

    monkeypatch.setattr("arctui.desk.day_beside.AT_ONCE", 0)
    monkeypatch.setattr(Day, "report", held_up)
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press(*_TO_THE_END)
        assert "working out the day ..." in clerk.script
        await clerk.press("left_square_bracket")
        assert "REVIEW" in clerk.script
        await clerk.press("right_square_bracket")
        gate.set()
        await clerk.until(lambda: "calls dialled" in clerk.script)
        assert "working out the day" not in clerk.script
