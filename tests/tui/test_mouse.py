"""The mouse, where it is taken: rows, days, replies and the keys of the key bar are clicked on; the wheel scrolls."""

from pathlib import Path

from textual import events

from arctui.actions.model import Place
from arctui.tui.panes.script import ScriptPane
from arctui.tui.screens.find import FindScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.settling import settle
from tests.tui.workstation import Workstation, workstation


async def click(clerk: Workstation, words: str, *, times: int = 1, into: int = 0) -> None:
    """Click on words that are on the screen."""
    lines = clerk.text.split("\n")
    y = next(number for number, line in enumerate(lines) if words in line)
    for _ in range(times):
        await clerk.pilot.click(offset=(lines[y].index(words) + into, y))
        # What a click presses comes as a key, behind all that waits.
        await clerk.pilot.pause()
        await settle(clerk.app)


async def test_a_row_is_chosen_and_then_opened_and_a_reply_is_given(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(80, 30)) as clerk:
        await click(clerk, "Birch Works")
        assert clerk.account == "Birch Works"
        assert clerk.desk.place.value == Place.LIST
        await click(clerk, "Birch Works")
        await clerk.until(lambda: clerk.desk.place is Place.CALL)
        await click(clerk, "No answer", into=2)
        await clerk.until(lambda: bool(clerk.desk.calling.now.moves))
        await click(clerk, "Esc park")
        await clerk.until(lambda: clerk.desk.place is Place.LIST)


async def test_a_pane_beside_is_gone_to_and_a_day_is_chosen(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(160, 45)) as clerk:
        month = clerk.desk.planning.pane.month
        y = next(number for number, line in enumerate(month.plain.split("\n")) if " 25|" in line)
        x = month.plain.split("\n")[y].index(" 25|") + 1
        await clerk.pilot.click(offset=(month.region.x + x, month.region.y + y))
        await settle(clerk.app)
        assert month.day.day == 25
        assert clerk.desk.front == "calendar"
        await click(clerk, "Kestrel Table Group")
        assert clerk.desk.front == "worklist"


async def test_a_click_beside_a_line_that_is_typed_takes_nothing_from_it(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(80, 30)) as clerk:
        account = clerk.account
        await clerk.press("n")
        await clerk.type("ab")
        await click(clerk, "Birch Works", times=2)
        await clerk.type("c")
        assert clerk.desk.prompt.input.value == "abc"
        assert clerk.account == account


async def test_the_wheel_scrolls_and_a_list_that_is_found_in_is_clicked_in(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("s")
        await clerk.pilot._post_mouse_events([events.MouseScrollDown], offset=(10, 10), button=0)
        await settle(clerk.app)
        assert clerk.desk.query_one(ScriptPane).scroll_offset.y > 0
        await clerk.press("w", "question_mark")
        assert isinstance(clerk.app.screen, FindScreen)
        await click(clerk, "take a promise to pay")
        await click(clerk, "take a promise to pay")
        await clerk.until(lambda: clerk.desk.prompt.purpose == "promise")
