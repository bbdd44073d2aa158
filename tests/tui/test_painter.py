"""Only changed cells are sent: the screen is the same as with Textual's own painting, and few bytes make it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import textual
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.strip import Strip

from arctui.tui.painter import Painter
from tests.tui.conftest import DEMO_DAY
from tests.tui.emulator import Emulator, painted_whole
from tests.tui.terminal import opened
from tests.tui.workstation import Workstation, workstation

_WORDS = ["ab", "x", " ", "   ", "         ", "日本", "é", "e\u0301", "\u0301", "👩‍👧", "─│▇", "Z", "\u00a0"]
#: Made anew for each picture: a style keeps its codes, whatever the colours are.
_STYLES: list[dict[str, Any]] = [
    {},
    {"color": "red", "bold": True},
    {"color": "#d0d0d0", "bgcolor": "#1c1c1c"},
    {"color": "#8a8a8a", "bgcolor": "#1c1c1c", "dim": True},
    {"bgcolor": "#3a3a3a", "reverse": True},
    {"color": "bright_blue", "bgcolor": "bright_black", "underline": True, "italic": True},
    {"color": "#8a8a8a", "bold": True, "dim": True, "strike": True},
]
_WIDTH, _HEIGHT = 24, 4
_SYSTEMS = [ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD]
_PARTS = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_STYLES)), max_size=8)


def _strip(parts: list[tuple[str, dict[str, Any]]]) -> Strip:
    return Strip([Segment(text, Style(**style) if style else None) for text, style in parts]).adjust_cell_length(
        _WIDTH, Style(bgcolor="#1c1c1c")
    )


def _console(system: ColorSystem) -> Console:
    console = Console()
    console._color_system = system
    return console


@settings(max_examples=60, deadline=None)
@given(
    pictures=st.lists(st.lists(_PARTS, min_size=_HEIGHT, max_size=_HEIGHT), min_size=2, max_size=4),
    system=st.sampled_from(_SYSTEMS),
    term=st.sampled_from(["xterm-256color", "screen", "vt220"]),
    first=st.integers(0, _WIDTH - 1),
)
def test_the_screen_is_the_same_whatever_is_drawn_in_whatever_colours(
    pictures: list[list[list[tuple[str, dict[str, Any]]]]], system: ColorSystem, term: str, first: int
) -> None:
    painter, console = Painter(term), _console(system)
    ours, theirs = Emulator(_WIDTH, _HEIGHT), Emulator(_WIDTH, _HEIGHT)
    for number, picture in enumerate(pictures):
        strips = [_strip(parts) for parts in picture]
        theirs.write(LayoutUpdate([[s] for s in strips], Region(0, 0, _WIDTH, _HEIGHT)).render_segments(console))
        update: CompositorUpdate = LayoutUpdate([[strip] for strip in strips], Region(0, 0, _WIDTH, _HEIGHT))
        if number % 2:
            # In two parts, cut anywhere.
            spans = [span for y in range(_HEIGHT) for span in ((y, 0, first), (y, first, _WIDTH))]
            update = ChopsUpdate([{0: strip} for strip in strips], spans, [[_WIDTH]] * _HEIGHT)
        changes = painter.changes(update, console)
        assert changes is None or not isinstance(changes, LayoutUpdate | ChopsUpdate)
        ours.write(changes.render_segments(console) if changes else "")
        assert ours.seen == theirs.seen


def test_it_stands_aside_for_good_where_an_update_is_not_as_expected() -> None:
    painter, console = Painter("xterm"), _console(ColorSystem.EIGHT_BIT)
    for update in (CompositorUpdate(), LayoutUpdate([[Strip([Segment("a")])]], Region(0, 0, 1, 1))):
        assert painter.changes(update, console) is update
    assert not painter.needs_all


def test_it_stands_aside_where_a_text_would_do_something_else_than_stand() -> None:
    painter, console = Painter("xterm"), _console(ColorSystem.EIGHT_BIT)
    update = LayoutUpdate([[Strip([Segment("a\tb")])]], Region(0, 0, 3, 1))
    assert painter.changes(update, console) is update


def test_the_version_is_one_that_the_painter_was_made_for() -> None:
    # It reads the parts of a frame as this version makes them: with another one read textual/_compositor.py first.
    assert textual.__version__.startswith("8.2.")


# In the workstation


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the workstation writes to its terminal."""
    texts: list[str] = []
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(HeadlessDriver, "is_headless", False)
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, text: texts.append(text))
    return texts


class _Watched:
    """A workstation with a terminal that is looked at."""

    def __init__(self, clerk: Workstation, written: list[str], size: tuple[int, int]) -> None:
        self.clerk = clerk
        self._written = written
        self.terminal = Emulator(*size)
        self.first = self.look()

    def look(self) -> int:
        """Take what was written; the screen is what Textual would have painted. Return how many bytes it was."""
        text = "".join(self._written)
        self._written.clear()
        self.terminal.write(text)
        app = self.clerk.app
        app.screen._compositor._dirty_regions.clear()
        plain = Emulator(self.terminal.width, self.terminal.height)
        plain.write(painted_whole(app))
        assert self.terminal.seen == plain.seen
        return len(text.encode())

    async def press(self, *keys: str) -> int:
        await self.clerk.press(*keys)
        return self.look()

    async def resize(self, width: int, height: int) -> None:
        self.terminal.resize(width, height)
        await self.clerk.resize(width, height)
        self.look()


@asynccontextmanager
async def _watched(book: Path, written: list[str], size: tuple[int, int]) -> AsyncIterator[_Watched]:
    async with workstation(book, DEMO_DAY, size=size) as clerk:
        yield _Watched(clerk, written, size)


async def test_the_screen_is_the_same_through_a_day_of_keys_and_sizes(demo: Path, written: list[str]) -> None:
    keys = ["down", "pagedown", "end", "home", "slash", "b", "i", "escape", "question_mark", "escape", "tab", "right"]
    keys += ["escape", "enter", "1", "4", "2", "escape", "p", "f", "r", "i", "escape", "escape", "d", "escape"]
    async with _watched(demo, written, (120, 40)) as watched:
        for key in keys:
            await watched.press(key)
        await watched.resize(80, 24)
        await watched.press("down", "enter")
        await watched.resize(131, 33)
        await watched.press("escape", "pagedown")


async def test_keys_cost_few_bytes(demo: Path, written: list[str]) -> None:
    async with _watched(demo, written, (120, 40)) as watched:
        assert watched.first <= 8192
        assert await watched.press() == 0
        # A row, the list, a call: nearly all of it is the text of the account.
        most = {"down": 2000, "pagedown": 4300, "home": 4300, "end": 4300, "enter": 4000, "1": 2000, "escape": 5500}
        cost = {key: await watched.press(key) for key in most}
        assert {key: used for key, used in cost.items() if used > most[key]} == {}
        await watched.press("escape", "p")
        typed = [await watched.press(key) for key in "fri"]
        # With the last one the reading takes a line more, so the rule above it is drawn again.
        assert max(typed[:2]) <= 400
        assert typed[2] <= 900


async def test_what_another_app_wrote_in_other_colours_changes_nothing(demo: Path, written: list[str]) -> None:
    async with _watched(demo, written, (80, 24)) as watched:
        for strip in watched.clerk.app.screen._compositor.render_strips():
            for _, style, _ in strip:
                if style:
                    style._ansi = "31"
        watched.look()
        await watched.press("j")


async def test_a_screen_that_was_lost_is_painted_as_a_whole(demo: Path, written: list[str]) -> None:
    async with _watched(demo, written, (80, 24)) as watched:
        watched.terminal.resize(80, 24)
        await watched.press("ctrl+l")
        watched.terminal.resize(80, 24)
        watched.clerk.app.repaint()
        await watched.press()


async def test_a_key_is_shown_in_one_picture(demo: Path, written: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    async with _watched(demo, written, (120, 40)) as watched:
        for key in ("down", "pagedown", "enter"):
            await watched.clerk.app._press_keys([key])
            await asyncio.sleep(0)
            assert len([text for text in written if text]) <= 1, key
            await watched.press()


def test_after_it_was_stopped_the_whole_screen_is_painted_again(demo: Path) -> None:
    with opened(demo) as terminal:
        terminal.type(b"\x1a")
        terminal.wait_until_stopped()
        mark = len(terminal.seen)
        terminal.kill(signal.SIGCONT)
        terminal.read_until(b"WORKLIST", since=mark)
        terminal.read_until(b"more", since=mark)
        assert b"\x1b[2J" in terminal.seen[mark:]


@pytest.mark.parametrize("term", ["xterm", "screen", "xterm-256color"])
def test_few_bytes_make_the_first_screen_in_any_terminal(demo: Path, term: str) -> None:
    with opened(demo, TERM=term) as terminal:
        assert len(terminal.seen) <= 8192
