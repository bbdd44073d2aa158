"""The week, the agenda alone, going to a day and showing only some entries, by their keys."""

from datetime import date
from pathlib import Path

import pytest

from arctui.core.agenda import EntryKind
from arctui.tui.screens.planning import Look
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

SIZES = [(80, 24), (160, 45)]


def lines(clerk: Workstation) -> list[str]:
    """What stands above the agenda."""
    return clerk.desk.planning.pane.month.plain.splitlines()


@pytest.mark.parametrize("size", SIZES)
async def test_the_views_follow_one_another_and_the_keys_move_in_each(demo: Path, size: tuple[int, int]) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await clerk.press("c", "m") if size[0] > 80 else await clerk.press("c")
        for title in ("NOVEMBER 2026", "WEEK 48  23 - 29 NOVEMBER 2026", "WEEK 48  23 - 29 NOVEMBER 2026"):
            assert lines(clerk)[0].split("   ")[0].strip() == title
            for key, day in (
                ("right", (11, 24)),
                ("h", (11, 23)),
                ("down", (11, 30)),
                ("pagedown", (12, 30)),
                ("t", (11, 23)),
                ("up", (11, 16)),
                ("t", (11, 23)),
            ):
                await clerk.press(key)
                assert clerk.desk.planning.pane.month.day == date(2026, *day)
            assert clerk.desk.front == "calendar"
            await clerk.press("v")
        assert clerk.desk.planning.look is Look.MONTH
        await clerk.press("v", "down")
        assert "WEEK 49  30 NOVEMBER - 6 DECEMBER 2026" in lines(clerk)[0]


async def test_the_week_has_its_days_side_by_side_where_there_is_room_else_below_one_another(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(160, 45)) as clerk:
        await clerk.press("c", "m", "v")
        heads = lines(clerk)[1]
        assert heads.index(">Mon 23]") < heads.index("Tue 24") < heads.index("Sun 29")
        assert any("Thanksgiving" in line for line in lines(clerk)[2:5])
        assert any(line.startswith(" 10:00") for line in lines(clerk))
        assert "/40 calls" in lines(clerk)[2]
        await clerk.resize(80, 24)
        await clerk.press("t")
        assert [line[1:4] for line in lines(clerk) if line[1:4] in ("Mon", "Tue", "Sun")] == ["Mon", "Tue", "Sun"]
        callbacks = [e for e in clerk.desk.desk.agenda.between(date(2026, 11, 23), date(2026, 11, 29)) if e.at]
        for entry in callbacks:
            assert entry.at
            (line,) = [x for x in lines(clerk) if f"{entry.at:%H:%M}" in x and entry.name[:8] in x]
            assert ("there" in line) == (entry.hour != entry.at.time())
        assert any(entry.hour != (entry.at and entry.at.time()) for entry in callbacks)


async def test_a_typed_day_is_previewed_and_gone_to(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "colon")
        await clerk.type("oct 5")
        assert "Mon 5 Oct, 49 days ago" in clerk.reading
        await clerk.press("enter")
        assert "OCTOBER 2026" in lines(clerk)[0]
        assert ">" in next(line for line in lines(clerk) if "> 5" in line)
        await clerk.press("colon")
        await clerk.type("thu 26 nov")
        assert "Thanksgiving" in clerk.reading
        await clerk.press("enter")
        assert "THU 26 NOV  Thanksgiving" in clerk.text
        await clerk.press("colon")
        await clerk.enter("frog")
        assert "'frog' is no date: write a date" in clerk.reading
        await clerk.press("escape")
        assert clerk.desk.planning.pane.month.day == date(2026, 11, 26)
        assert clerk.desk.front == "calendar"
        await clerk.press("colon")
        assert clerk.desk.prompt.input.value == ""


@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_holds_in_every_view_and_is_named_until_it_is_taken_off(
    demo: Path, size: tuple[int, int]
) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        planning = clerk.desk.planning
        await clerk.press("c", "m") if size[0] > 80 else await clerk.press("c")
        everything = clerk.desk.desk.agenda.between(date(2026, 11, 23), date(2026, 12, 15))
        await clerk.press("F")
        await clerk.enter("visits")
        assert "'visits' is no kind of entry: calls, promises" in clerk.reading
        await clerk.press("ctrl+u")
        await clerk.enter("broken callback >1,000")
        assert "shows only broken and callback, over 1,000.00" in clerk.status
        for _ in Look:
            assert "only broken and callback, over 1,000.00" in lines(clerk)[0]
            await clerk.press("v")
        wanted = [e for e in everything if e.kind in (EntryKind.BROKEN, EntryKind.CALLBACK) and e.amount > 1000]
        agenda = planning.pane.agenda
        shown = [found for key in agenda.keys if (found := planning._entries.get(key)) and found in everything]
        assert shown == wanted != []
        await clerk.press("F", "enter")
        assert "all entries are shown" in clerk.status
        assert "only" not in lines(clerk)[0]


async def test_enter_goes_from_a_day_to_its_first_entry_and_says_where_a_day_has_none(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "v", "right", "enter")
        entry = clerk.desk.planning.entry
        assert entry
        assert entry.day == date(2026, 11, 24)
        await clerk.press("enter")
        assert clerk.desk.front == "worklist"
        assert clerk.account == entry.name
        await clerk.press("c", "colon")
        await clerk.enter("thu")
        await clerk.press("enter")
        assert "nothing stands on Thu 26 Nov" in clerk.status
        assert "the next is on Fri 27 Nov" in clerk.status


async def test_an_entry_that_a_filter_hides_is_shown_again_to_go_on_with_its_line(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("c", "enter")
        name = clerk.agenda_account
        await clerk.press("f")
        await clerk.type("fri")
        key = clerk.desk.planning.moving.key
        await clerk.press("escape", "F")
        await clerk.enter("runs")
        clerk.desk.planning.take_up(key)
        await clerk.press()
        assert clerk.agenda_account == name
        assert clerk.desk.prompt.input.value == "fri"
        assert not clerk.desk.planning.shown
