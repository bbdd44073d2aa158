"""The terminal takes another size at any time: what is typed, the cursor, the place and what is open stay."""

from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

#: Far too small, and the largest that is promised.
SIZES = ((1, 1), (20, 5), (250, 70), (0, 0), (120, 40), (5, 50), (100, 3))


async def storm(clerk: Workstation) -> None:
    for width, height in SIZES:
        await clerk.resize(width, height)
    await clerk.resize(80, 24)


@pytest.mark.parametrize(
    "keys",
    [
        ("end", "up"),
        ("enter", "pagedown"),
        ("T", "pagedown", "pagedown"),
        ("P",),
        ("question_mark", "down", "down"),
        ("c", "right", "down", "enter"),
    ],
    ids=["worklist", "call", "time line", "papers", "keys", "agenda"],
)
async def test_what_is_open_and_where_it_is_scrolled_to_stay(demo: Path, keys: tuple[str, ...]) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", *keys)
        before = clerk.text
        await storm(clerk)
        assert clerk.text == before


async def test_a_line_that_is_typed_stays_and_is_entered_at_once(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "p")
        await clerk.type("fri 1200 ach tony")
        await clerk.press("left", "left")
        before, cursor = clerk.text, clerk.desk.prompt.input.cursor_position
        await storm(clerk)
        assert clerk.text == before
        assert clerk.desk.prompt.input.cursor_position == cursor
        await clerk.look()
        assert clerk.text == before
        await clerk.resize(120, 40)
        await clerk.press("enter")
        assert "saved" in clerk.status


async def test_a_look_at_the_book_before_the_reading_fits_again_takes_no_size_for_a_change(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "p")
        await clerk.type("fri 1200 ach tony")
        # The screen has its new size before it is told of it.
        await clerk.app._on_resize(events.Resize(Size(30, 20), Size(30, 20)))
        assert not clerk.desk.typing.changed_meanwhile()
        await clerk.resize(30, 20)
        assert clerk.status == ""
        await clerk.press("enter")
        assert "saved" in clerk.status


async def test_a_refusal_stays_in_another_size(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "p")
        await clerk.enter("nonsense")
        before = clerk.reading
        await clerk.resize(100, 30)
        assert " ".join(clerk.reading.split()) == " ".join(before.split())
