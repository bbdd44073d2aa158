"""A key draws what it changes and no more: lines are counted, layouts, and what is looked at."""

import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual._styles_cache import StylesCache
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.reviews import Reviews
from arctui.store import Book
from arctui.tui.screens.following import Following
from arctui.tui.views import header
from arctui.tui.views.facts import facts
from arctui.tui.widgets.lines import Lines
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

pytestmark = pytest.mark.asyncio


async def _counted(clerk: Workstation, owner: type[Any], name: str, *keys: str) -> int:
    """Press keys and return how often something was called."""
    with patch.object(owner, name, autospec=True, side_effect=getattr(owner, name)) as called:
        await clerk.press(*keys)
    return called.call_count


async def test_no_cursor_key_lays_the_screen_out_anew(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("down")  # what was said at the start goes
        assert await _counted(clerk, Screen, "_refresh_layout", "down", "up", "pagedown", "end", "home") == 0


async def test_a_letter_in_a_line_lays_nothing_out_anew(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("slash")
        assert await _counted(clerk, Screen, "_refresh_layout", "b", "i", "backspace") == 0


async def test_a_cursor_key_draws_its_rows_and_the_account(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("down")  # what is left of the start is laid out
        height = clerk.desk.query_one("#script").size.height
        # Two rows of two lines, the title, the keys; the whole pane at most.
        assert 4 < await _counted(clerk, Lines, "_segments", "down") <= height + 6


async def test_the_edges_of_a_pane_are_drawn_once(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("down")
        assert await _counted(clerk, StylesCache, "render_line", "down", "pagedown", "end", "home") == 0


async def test_a_call_that_is_opened_works_out_the_styles_of_few_widgets(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("down")
        with patch.object(Stylesheet, "update_nodes", autospec=True, side_effect=Stylesheet.update_nodes) as called:
            await clerk.press("enter")
        assert sum(len(list(call.args[1])) for call in called.call_args_list) <= 3


async def test_a_search_does_not_count_the_day(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("slash")
        with patch.object(header, "tally") as counted, patch.object(Reviews, "today") as reviewed:
            await clerk.press("b", "i")
        assert (counted.call_count, reviewed.call_count) == (0, 0)


async def test_at_rest_a_glance_at_the_files_is_all(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        with patch.object(Following, "look") as looked, patch("arctui.tui.screens.following.time.time", lambda: 60.0):
            for _ in range(9):
                clerk.desk.following.look_if_new()
        assert looked.call_count == 1


async def test_an_act_makes_the_facts_once_for_what_it_changed_and_once_for_the_next_account(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 40)) as clerk:
        await clerk.press("p")
        await clerk.type("fri")
        with patch("arctui.tui.screens.desk.facts", side_effect=facts) as made:
            await clerk.press("enter")
        # The line goes, and the pane is higher by that, for which nothing is made anew.
        assert made.call_count == 2


async def test_after_an_act_of_ones_own_nothing_is_looked_at_again(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        with (
            patch.object(Following, "look") as looked,
            patch("arctui.tui.screens.following.time.time", lambda: 60.0),
            # What says what an import brought is loaded for an import only: it takes longer than the act.
            patch.dict(sys.modules, {"arctui.desk.import_words": None}),
        ):
            clerk.desk.following.look_if_new()
            await clerk.press("n")
            await clerk.enter("asked for the remittance")
            clerk.desk.following.look_if_new()
            assert looked.call_count == 1
            other = Desk(Book(demo), Clock(DEMO_DAY), "bob")
            other.note(other.worklist()[0].account, "they called me")
            clerk.desk.following.look_if_new()
            assert looked.call_count == 2


async def test_the_pane_says_that_there_is_more_below_and_above(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(120, 24)) as clerk:
        await clerk.press("enter", "escape", "s")
        pane = clerk.desk.query_one("#script")
        assert isinstance(pane, Lines)
        if pane.line_count > pane.size.height:
            assert "↓" in clerk.text
            await clerk.press("end")
            assert "↑" in clerk.text
