"""The workstation as a person at the keyboard sees it: keys pressed, text read."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from arctui.core.roles import Role
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.settings.files import Found
from arctui.store import Book
from arctui.tui.app import ArctuiApp
from arctui.tui.panes.script import ScriptPane
from arctui.tui.screens.desk import DeskScreen
from arctui.tui.views.calendar import AgendaRow
from arctui.tui.views.entries import Entry
from arctui.tui.widgets.keybar import KeyBar
from arctui.tui.widgets.lines import Lines
from tests.tui.settling import settle, settling_pilot

_KEYS = {
    "\n": "enter",
    " ": "space",
    "/": "slash",
    "?": "question_mark",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
}


class Workstation:
    """An open workstation."""

    def __init__(self, app: ArctuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def desk(self) -> DeskScreen:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, DeskScreen)
        return screen

    async def press(self, *keys: str) -> None:
        await self.app._press_keys(keys)
        await settle(self.app)

    async def type(self, text: str) -> None:
        """Type a text, a key a character, as quickly as the terminal hands them on; a line break is Enter."""
        driver = self.app._driver
        assert driver
        for character in text:
            key = events.Key(_KEYS.get(character, character), character)
            key.set_sender(self.app)
            driver.send_message(key)
        await settle(self.app)

    async def enter(self, text: str) -> None:
        """Type a text and press Enter."""
        await self.type(text)
        await self.press("enter")

    async def look(self) -> None:
        """Let the screen look for what others did, as it does twice a second."""
        self.desk.following.look()
        await self.press()

    async def until_a_line(self, key: str) -> None:
        """Press a key until the script asks for a line."""
        for _ in range(8):
            if self.desk.prompt.purpose != "call_line":
                await self.press(key)
        assert self.desk.prompt.purpose == "call_line"

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Let the program go on by itself until something is so."""
        for _ in range(500):
            if is_so():
                return
            await asyncio.sleep(0.02)
            await settle(self.app)
        raise AssertionError(f"it never came: {self.status}")

    async def paste(self, text: str) -> None:
        """Put a text into the prompt at once, as the terminal's paste does."""
        self.desk.prompt.input.post_message(events.Paste(text))
        await settle(self.app)

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await settle(self.app)

    @property
    def text(self) -> str:
        """The whole screen as text, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def accounts(self) -> list[str]:
        """The names in the list."""
        return [entry.name for entry in self.entries]

    @property
    def entries(self) -> list[Entry]:
        """The rows of the list."""
        return [self.desk.accounts.row(key) for key in self.desk.accounts.keys]

    @property
    def account(self) -> str:
        """The name under the cursor."""
        key = self.desk.accounts.chosen
        return self.desk.accounts.row(key).name if key else ""

    @property
    def facts(self) -> str:
        return self.desk.query_one(ScriptPane).plain

    @property
    def script(self) -> str:
        """The middle pane, its lines joined where they were broken."""
        return " ".join(self.facts.split())

    @property
    def agenda_account(self) -> str:
        """The name of the account under the cursor of the agenda."""
        return self.agenda_entry.name if self.desk.planning.pane.agenda.chosen else ""

    @property
    def agenda_entry(self) -> AgendaRow:
        """The entry under the cursor of the agenda."""
        agenda = self.desk.planning.pane.agenda
        row = agenda.row(agenda.chosen)
        assert isinstance(row, AgendaRow)
        return row

    @property
    def status(self) -> str:
        """The status line, joined where it was broken."""
        return " ".join(self.desk.query_one("#status", Lines).plain.split())

    @property
    def header(self) -> str:
        return self.desk.query_one("#header", Lines).plain

    @property
    def keys(self) -> str:
        return self.app.screen.query_one(KeyBar).plain

    @property
    def reading(self) -> str:
        return self.desk.prompt.reading.plain


async def over_and_back(
    clerk: Workstation, key: str, shown: Callable[[Workstation], bool], *, back: str = "escape"
) -> None:
    """Open a screen over the desk and leave it again: the account and the place are the same."""
    before = (clerk.account, clerk.desk.place)
    await clerk.press(key)
    assert shown(clerk), before
    await clerk.press(back)
    assert clerk.app.screen is clerk.desk, before
    assert (clerk.account, clerk.desk.place) == before


@asynccontextmanager
async def workstation(
    book: Path,
    day: str,
    *,
    size: tuple[int, int] = (80, 24),
    clerk: str = "ann",
    found: Found | None = None,
    role: Role = Role.REVIEWER,
) -> AsyncIterator[Workstation]:
    """Open the workstation on a book for a day."""
    app = ArctuiApp(Desk(Book(book, new=True), Clock(day), clerk, role), found=found)
    # However quickly keys come here, none is held down.
    app.held_gap = -1.0
    with settling_pilot(app):
        async with app.run_test(size=size) as pilot:
            await settle(app)
            yield Workstation(app, pilot)
