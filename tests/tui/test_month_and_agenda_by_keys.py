"""The month with its signs, the agenda below it, and how little of both is painted when the day moves."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.geometry import Region

from arctui.core.agenda import Day, EntryKind
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.days import Glance
from arctui.store import Book
from arctui.tui.views.calendar import Rows, is_heading, short_amount
from arctui.tui.views.month import month_lines
from arctui.tui.widgets.lines import Lines
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

WIDE = (160, 45)


def month(clerk: Workstation) -> list[str]:
    return clerk.desk.planning.pane.month.plain.splitlines()


def title(clerk: Workstation) -> str:
    return clerk.desk.planning.pane.title.plain


@contextmanager
def painted() -> Iterator[dict[str, list[Region]]]:
    """Take down which regions of which widgets are to be painted; the whole widget is one of its size."""
    regions: dict[str, list[Region]] = {}
    refresh = Lines.refresh

    def taken_down(self: Lines, *asked: Region, **how: Any) -> Lines:
        if self.size.height:
            regions.setdefault(self.id or "", []).extend(asked or [self.size.region])
        refresh(self, *asked, **how)
        return self

    with patch.object(Lines, "refresh", taken_down):
        yield regions


# The month


async def test_a_day_has_its_calls_what_is_at_stake_and_its_marks(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c")
        lines = month(clerk)
        assert lines[0] == " NOVEMBER 2026   calls, at stake  * holiday  | cut-off  $ pay run  ! over 40"
        assert re.match(r">23\]\d\d▇\d\d\dk 24\|", lines[6])
        assert " 26*" in lines[6]
        assert " 28  " in lines[6]
        assert " 30$" in lines[7]
        await clerk.press("right")
        assert re.match(r"\[23\$\d\d▇\d\d\dk>24\|", month(clerk)[6])


async def test_where_there_is_room_the_month_says_it_in_words(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=WIDE) as clerk:
        await clerk.press("m")
        dates, stakes = month(clerk)[10:12]
        assert dates.startswith(">23] pay run")
        assert " 26* Thanksgiving Day " in dates
        assert " 24| cut-off " in dates
        assert re.match(r"    \d\d calls   ▇ \d{3}k ", stakes)
        assert re.search(r"  5 calls    ▄  43k", stakes)


@pytest.mark.parametrize(("size", "key"), [((80, 24), "c"), ((120, 32), "c"), (WIDE, "c"), (WIDE, "m")])
async def test_a_month_has_six_weeks_whatever_its_length(demo: Path, size: tuple[int, int], key: str) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await clerk.press(key)
        pane = clerk.desk.planning.pane
        height, width = pane.month.line_count, pane.size.width
        for _ in range(4):
            await clerk.press("pagedown")
            assert pane.month.line_count == pane.month.size.height == height
            assert max(map(len, month(clerk))) <= width


async def test_the_days_end_where_the_calendar_ends(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c")
        grid = clerk.desk.planning.pane.month
        for last, keys in ((date.max, ("right", "down", "pagedown", "end")), (date.min, ("left", "up", "pageup"))):
            grid.choose(last)
            for key in keys:
                await clerk.press(key)
                assert grid.day == last
            assert str(last.day) in month(clerk)[2 if last == date.min else 6]
            assert "nothing stands on it" in title(clerk)
        await clerk.press("t", "left")
        assert "SUN 22 NOV  week-end" in title(clerk)


@pytest.mark.parametrize(
    ("amount", "four", "three"),
    [
        ("0", "", ""),
        ("710", "710", "710"),
        ("999.60", "1.0k", "1k"),
        ("8210", "8.2k", "8k"),
        ("99400", "99k", "99k"),
        ("99600", "100k", ".1m"),
        ("949000", "949k", ".9m"),
        ("960000", "960k", "1m"),
        ("12300000", "12m", "12m"),
        ("54321000000", "54g", "54g"),
    ],
)
def test_an_amount_is_short(amount: str, four: str, three: str) -> None:
    assert short_amount(Decimal(amount)) == four
    assert short_amount(Decimal(amount), 3) == three


def drawn(demo: Path, days: dict[int, Glance], width: int, *, tall: bool = False) -> list[list[str]]:
    """Draw a November with these days, each line cut into its cells."""
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    assert desk.agenda.prepare(60)
    found = {date(2026, 11, day): glance for day, glance in days.items()}
    with patch.object(desk.agenda, "month_at_a_glance", lambda *_: found):
        lines = month_lines(desk, date(2026, 11, 1), width, tall=tall)
    cell = width // 7
    return [
        [text[n * cell : n * cell + cell] for n in range(7)]
        for line in lines
        if (text := "".join(t for t, _ in line))
    ]


def glance(calls: int, busiest: int = 0, *kinds: EntryKind, **amounts: str) -> Glance:
    sums = {currency: Decimal(amount) for currency, amount in amounts.items()}
    return Glance(Day(max(calls, 1), sums, calls), busiest or calls, frozenset(kinds))


def test_too_many_calls_another_currency_and_a_day_without_amounts_have_their_signs(demo: Path) -> None:
    days = {
        2: glance(41, USD="100"),
        3: glance(3, EUR="4000"),
        4: glance(0),
        5: glance(80, 40, USD="90"),
        6: glance(54000, USD="2000000"),
        9: glance(1, 0, EntryKind.RUN, EntryKind.CUTOFF, USD="10"),
    }
    week = drawn(demo, days, 77)[3]
    assert week[:5] == ["  2 41! 100", "  3  3¤4.0k", "  4  ·     ", "  5 80▄  90", "  6 54k! 2m"]
    assert drawn(demo, days, 77)[4][0] == "  9| 1▁  10"
    dates, stakes = drawn(demo, days, 154, tall=True)[4:6]
    assert [d.rstrip() for d in dates[:2]] == ["  2", "  3"]
    assert stakes[:3] == ["    41 calls  !▇  100 ", "    3 calls    ¤ 4.0k ", "    1 entry           "]
    dates, stakes = drawn(demo, days, 42, tall=True)[4:6]
    assert (dates[:3], stakes[:3]) == (["  2 41", "  3  3", "  4  ·"], ["!  100", "¤ 4.0k", "      "])
    assert dates[4] == "  6 ++"
    assert drawn(demo, days, 42)[3][:3] == ["  2 ! ", "  3 ¤ ", "  4 · "]
    assert drawn(demo, days, 28)[3][:3] == ["  2!", "  3¤", "  4 "]


# The agenda


async def test_the_agenda_is_grouped_by_day_and_the_cursor_passes_the_headings(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "right", "enter")
        agenda = clerk.desk.planning.pane.agenda
        lines = agenda.plain.splitlines()
        heads = [line for line in lines if re.match(r" \w{3} \d+ \w{3}   ", line)]
        assert lines[0] == heads[0]
        assert re.match(r" Tue 24 Nov   9 entries, 1 call, 95,301.25", heads[0])
        days = []
        for _ in range(len(lines)):
            row = clerk.agenda_entry
            days.append(row.day)
            await clerk.press("j")
        assert days == sorted(days)
        assert len(set(days)) == len(heads)
        assert (max(days) - min(days)).days < 30
        await clerk.press("home")
        assert clerk.agenda_entry.day == date(2026, 11, 24)


async def test_the_chosen_day_goes_along_with_the_entries(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "right", "enter")
        first = clerk.desk.planning.pane.agenda.plain
        for _ in range(40):
            if clerk.agenda_entry.day < date(2026, 12, 1):
                await clerk.press("j")
        assert clerk.agenda_entry.day == date(2026, 12, 1)
        assert "DECEMBER 2026" in month(clerk)[0]
        assert "> 1 " in month(clerk)[2]
        assert title(clerk).startswith(" TUE 1 DEC")
        assert clerk.desk.planning.pane.agenda.plain.replace(">", " ") == first.replace(">", " ")
        await clerk.press("escape")
        assert "> 1 " in month(clerk)[2]
        assert clerk.agenda_entry.day == date(2026, 12, 1)


async def test_what_comes_only_perhaps_is_dim(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "right")
        agenda = clerk.desk.planning.pane.agenda
        for number, key in enumerate(agenda.keys):
            row = clerk.desk.planning._entries.get(agenda.keys[number])
            if row:
                line, _ = agenda.line(number)
                assert all(role == "dim" for _, role in line) == row.projected, key


def test_the_rows_are_a_list_of_headings_and_entries_of_which_only_what_is_asked_for_is_made(demo: Path) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    days = desk.agenda.lists(date(2026, 11, 24), date(2026, 11, 30))
    rows = Rows(days)
    assert rows.first == days[0][1][0]
    keys = list(rows)
    assert len(keys) == len(rows) == sum(1 + len(found) for _, found in days)
    assert [n for n, key in enumerate(keys) if is_heading(key)] == [keys.index(f"day {day}") for day, _ in days]
    assert [rows.get(key) for key in keys[2:]] == [None] * len(keys[2:])
    assert [rows[n] for n in range(len(rows))] == keys
    assert [rows.index(key) for key in keys] == list(range(len(keys)))
    assert rows[-1] == keys[-1]
    assert rows[2:5] == keys[2:5]
    assert [rows.get(key) for key in keys if not is_heading(key)] == list(rows.entries())
    with pytest.raises(ValueError, match="nobody"):
        rows.index("nobody")
    with pytest.raises(IndexError):
        rows[len(rows)]
    assert Rows(()).first is None


# How little is painted


@pytest.mark.parametrize(
    ("size", "key", "cell", "lines"), [((80, 24), "c", 11, 1), (WIDE, "c", 6, 2), (WIDE, "m", 22, 2)]
)
async def test_another_day_paints_the_two_cells_and_below_only_what_differs(
    demo: Path, size: tuple[int, int], key: str, cell: int, lines: int
) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await clerk.press(key, "right")
        for move in ("right", "left", "up"):
            with painted() as regions:
                await clerk.press(move)
            assert sum(region.area for region in regions["month"]) <= 2 * cell * lines
            assert set(regions) <= {"month", "agenda", "agenda-title", "keybar", "script"}
            assert all(region.height == 1 for region in regions["agenda"])
        await clerk.press("down", "enter")
        with painted() as regions:
            await clerk.press("down")
        assert sum(region.height for region in regions["agenda"]) <= 2 * clerk.desk.planning.pane.agenda.row_height


async def test_what_is_painted_again_after_an_act_is_what_it_changed(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "right", "enter")
        with painted() as regions:
            clerk.desk.planning.show()
            await clerk.press()
        assert not regions.get("agenda")
        assert not regions.get("month")
        before = clerk.text
        clerk.desk.refresh(layout=True)
        await clerk.press()
        assert clerk.text == before


async def test_a_pane_comes_back_as_it_is_now(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "right", "w")
        clerk.desk.planning.pane.month.day = date(2026, 12, 24)
        await clerk.press("c")
        assert "DECEMBER 2026" in clerk.text
        assert ">24|" in clerk.text
        assert "THU 24 DEC" in clerk.text


# A large book


async def test_a_large_calendar_is_put_together_beside_the_work(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.desk.agenda._AT_ONCE", 0)
    monkeypatch.setattr("arctui.tui.screens.dating._PAUSE", 0.05)
    monkeypatch.setattr("arctui.tui.screens.dating._SLICE", 0.0001)
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "the calendar is being put together" in clerk.text
        await clerk.press("c")
        assert "NOVEMBER 2026" in clerk.text
        assert "the calendar is being put together" in clerk.text
        monkeypatch.setattr("arctui.tui.screens.dating._PAUSE", 0.001)
        monkeypatch.setattr("arctui.tui.screens.dating._SLICE", 60)
        await clerk.until(lambda: " Mon 23 Nov   " in clerk.desk.planning.pane.agenda.plain)
        assert "being put together" not in clerk.text
        await clerk.press("w")
        assert "c today" in clerk.text
