"""The application: theme, signals, palette, and what happens when it fails."""

import contextlib
import gc
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from rich.control import Control
from rich.text import Text
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import CompositorUpdate
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.screen import Screen

from arctui import crash, fence
from arctui.actions.keys import ActionTable
from arctui.core.text import harmless
from arctui.desk import Desk
from arctui.glance.stage import Stage
from arctui.playbook.model import standard
from arctui.settings.files import Found
from arctui.store import BookError
from arctui.tui import screens
from arctui.tui.driver import FollowingDriver
from arctui.tui.glancing import Shot, keep, rows_on
from arctui.tui.painter import Painter, Piece
from arctui.tui.screens.desk import WIDE, DeskScreen
from arctui.tui.screens.help import show_own_keys
from arctui.tui.terminal import Terminal
from arctui.tui.turns import KeysInTurn

if TYPE_CHECKING:
    from arctui.tui.screens.touring import Touring

# Seconds that a program that is told to end waits for another session's commit, within the time it has for leaving.
_BUSY_SECONDS, _BUSY_PAUSE = 0.8, 0.02


class ArctuiApp(KeysInTurn):
    """The workstation."""

    CSS_PATH = "arctui.tcss"
    TITLE = "arctui"
    # The palette is our own: a list like all others, which writes no file and reads no markup.
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  Textual's own form
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False, priority=True),
        Binding("question_mark,ctrl+p", "own_keys", show=False),
    ]

    def __init__(
        self,
        desk: Desk,
        terminal: Terminal | None = None,
        found: Found | None = None,
        stage: Stage | None = None,
        *,
        welcomes: bool = False,
        demo: bool = False,
        tour: bool = False,
    ) -> None:
        """`found` are the settings, `stage` is the early picture that is on the terminal.

        `welcomes`: a firm that has no name yet is asked; `demo`: it is the demo book; `tour`: its tour begins.
        """
        super().__init__(FollowingDriver if stage else None, found or Found())
        self.welcomes, self.is_demo, self.begins_tour = welcomes, demo, tour
        self.touring: Touring | None = None
        #: Was the first start left for the demo book?
        self.wants_demo = False
        self.desk = desk
        self.actions = ActionTable(self.settings.keys)
        for name in ("guide", "tour"):
            # On the desk the table's keys do it; over a screen that lies on it they do too.
            self.bind(",".join(self.actions.by_id[name].keys), name, show=False)
        wrong_keys = [f"keys.{name}: {what}" for name, what in self.actions.problems.items()]
        self._wrong_settings = [*self.found.told(), *wrong_keys]
        self.terminal = terminal
        self.stage = stage
        # The same while it is on the screen.
        self._follows = stage
        # The picture of how all was when the clerk left.
        self._last: list[Shot] = []
        self.painter = Painter(os.environ.get("TERM", ""))

    def get_driver_class(self) -> type[Driver]:
        """In a terminal, that whose keyboard sleeps until a key comes."""
        chosen = super().get_driver_class()
        if chosen.__name__ == "LinuxDriver":
            from arctui.tui.keyboard import Keyboard

            return Keyboard
        return chosen

    def on_mount(self) -> None:
        """Choose colours for the terminal, take over the signals, open the desk."""
        if self.terminal:
            self.terminal.take_over(self, self.leave, self.repaint)
        self.animation_level = "none"
        self.take_theme()
        desk = DeskScreen(self.desk, self.actions)
        self.push_screen(desk)
        if self.welcomes:
            self.call_after_refresh(_welcome, desk)
        elif self.begins_tour:
            self.call_after_refresh(self.action_tour)
        elif self.is_demo:
            tour = self.actions.label("tour")
            self.call_after_refresh(
                desk.tell, f"this is the demo book: {tour} shows the way through it in five minutes"
            )
        if self._wrong_settings:
            more = f" (and {len(self._wrong_settings) - 1} more)" if self._wrong_settings[1:] else ""
            words = f"settings: {self._wrong_settings[0]}{more}; 'arctui config check' lists all"
            self.call_after_refresh(desk.tell, words, "warn")
        self.call_after_refresh(_after_the_first_screen)

    def take_settings(self, found: Found) -> None:
        """Let changed settings hold at once, as far as that is possible."""
        super().take_settings(found)
        self.actions = ActionTable(self.settings.keys)
        for desk in self._desks:
            desk.take_keys(self.actions)

    def refuse(self, why: str) -> None:
        """Say why something is not to be had here."""
        if isinstance(self.screen, DeskScreen):
            self.screen.tell(why, "warn")

    def on_resize(self, event: events.Resize) -> None:
        """What the terminal made of the screen's lines when it took another size is not known."""
        if not self._follows:
            self.painter.forget()
        elif self._follows.view.picture.size != event.size:
            self._follows.is_garbled = True

    def repaint(self) -> None:
        """Paint the whole screen, whatever the terminal shows."""
        self.painter.forget()
        self.refresh(layout=True)

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        """Write an update; only the cells that it changes."""
        is_written = self._running and not (self._closed or self._batch_count or self.is_headless)
        if is_written and isinstance(renderable, CompositorUpdate):
            if self._follows:
                self._go_on_from(self._follows)
            if self.painter.needs_all:
                renderable = self.screen._compositor.render_full_update()
            has_moved = self.screen.outer_size.clamp_offset(self.cursor_position) != self._previous_cursor_position
            renderable = self.painter.changes(renderable, self.console) or (Piece("") if has_moved else None)
        if isinstance(renderable, Piece):
            self._write(renderable.text)
        else:
            super()._display(screen, renderable)

    def _write(self, text: str) -> None:
        """Write what changes, and where the cursor is, in one piece: each one wakes another thread."""
        position = self._previous_cursor_position = self.screen.outer_size.clamp_offset(self.cursor_position)
        text += Control.move_to(*position).segment.text
        if self._driver:
            self._driver.write(f"{SYNC_START}{text}{SYNC_END}" if self._sync_available else text)

    def _go_on_from(self, stage: Stage) -> None:
        """Paint over the early picture, which stays where it is right."""
        self._follows = None
        stage.stop()
        stage.release()
        if not stage.is_garbled and (rows := rows_on(stage.view, self.painter)):
            self.painter.begin_with(rows)

    def after_key(self) -> None:
        """The tour looks at what a key did."""
        if self.touring:
            self.touring.look()
            # What a list that was left brings comes only now.
            self.call_later(self.touring.look)

    def leave(self, return_code: int = 0) -> None:
        """End the program; what is being typed comes to disk first.

        With a status other than 0 it is told to end: nobody can try again while another session has the book locked.
        """
        latest = time.monotonic() + (_BUSY_SECONDS if return_code else 0)
        while not self.keep_typed() and time.monotonic() < latest:
            time.sleep(_BUSY_PAUSE)
        self.exit(return_code=return_code)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the program; what it shows now is the early picture of the next start."""
        if self.terminal and self._desks and not return_code:
            desk = self._desks[0]
            desk.guarded(lambda: self._take_last(desk))
        super().exit(result, return_code, message)

    @property
    def _desks(self) -> list[DeskScreen]:
        """The desk; none where the program ends before it is there."""
        return [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]

    def _take_last(self, desk: DeskScreen) -> None:
        # It may be left before all of it is there.
        with contextlib.suppress(NoMatches):
            self._last = desk.following.dating.glancing.shots(coming=True)

    def keep_glance(self) -> None:
        """Keep the picture that the next start begins with; to be called when the book has been left."""
        keep(self.desk, self._last)

    def keep_typed(self) -> bool:
        """Bring what is being typed to disk now; return whether it is there."""
        kept = [keeper.flush() for desk in self._desks for keeper in (desk.calling, desk.typing)]
        return all(kept)

    def action_suspend_process(self) -> None:
        """Ctrl+Z: what is being typed comes to disk, then the process stops until the shell lets it go on.

        On a shared host there is no shell that could.
        """
        if fence.is_closed():
            self.refuse("there is no shell to go to on this host")
            return
        self.keep_typed()
        if self.terminal:
            self.terminal.stop()

    async def action_quit(self) -> None:
        """Ctrl+Q: leave as q does."""
        self.leave()

    def action_own_keys(self) -> None:
        """`?` over a screen that lies on the workstation, which has its own."""
        show_own_keys(self.screen)

    def action_guide(self) -> None:
        """F1 over a screen that lies on the workstation: the guide, at its chapter."""
        from arctui.tui.screens.guide_places import chapter_of

        if not isinstance(self.screen, DeskScreen):
            self.open_guide(chapter_of(self.screen))

    def open_guide(self, chapter: str) -> None:
        """Open the guide at a chapter; the tour can be chosen there."""

        def left(chosen: str | None) -> None:
            if chosen and not (self.touring and self.touring.goes_on):
                self.action_tour()

        self.push_screen(screens.GuideScreen(chapter, self.actions), left)

    def action_tour(self) -> None:
        """Begin the tour of the demo book, leave it, or take it up again."""
        desk = self._desks[0]
        if not self.is_demo:
            desk.tell("the tour leads through the demo book: arctui demo --tour", "warn")
            return
        if self.touring is None:
            from arctui.tui.screens.touring import Touring

            self.touring = Touring(self, desk)
        self.touring.toggle()
        said = "" if self.touring.goes_on else f"the tour waits: {self.actions.label('tour')} goes on with it"
        desk.tell(said)

    def go_to_demo(self) -> None:
        """Leave for the demo book."""
        self.wants_demo = True
        self.exit()

    def action_interrupt(self) -> None:
        """Ctrl+C leaves what is open, as Escape does; it never ends the day by accident."""
        if isinstance(self.screen, DeskScreen) and not self.screen.prompt.display:
            self.screen.tell("q leaves; everything is saved already")
        else:
            self.simulate_key("escape")

    def panic(self, *_: object) -> None:
        """Textual's way to show an error, with whatever stands in it; here it is told as any other.

        None is shown of a keyboard that cannot be read because its terminal is gone: the way out is taken already.
        """
        if self.terminal is None or not self.terminal.is_gone:
            self._return_code = 1
            self._fatal_error()

    def _fatal_error(self) -> None:
        """Say in one line that it failed; the details, without any customer's data, go to a private file."""
        error = sys.exc_info()[1]
        # A book's error is told in its own words: a part of a large one that was not needed before cannot be read.
        words = f"arctui stopped: {harmless(str(error))}." if isinstance(error, BookError) else crash.told(error)
        self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()


def _welcome(desk: DeskScreen) -> None:
    """Ask a firm that has no name yet."""
    from arctui.desk.beginning import is_to_be_asked

    if is_to_be_asked(desk.desk):
        desk.app.push_screen(screens.BeginningScreen(desk))


def _after_the_first_screen() -> None:
    """Collect garbage again, and read the call script beside the work, so that the first call begins at once."""
    gc.freeze()
    gc.enable()
    threading.Thread(target=standard, daemon=True).start()
