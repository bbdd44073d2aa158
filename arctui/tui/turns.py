"""The application as far as it takes keys: each does its work before the next one, and is shown in one picture."""

import asyncio
import time

from textual import events
from textual.driver import Driver
from textual.message import Message

from arctui.settings.files import Found
from arctui.tui.settled import SettledApp
from arctui.tui.widgets.calm import CalmScreen

# Turns of the event loop that a key may take, and that must pass without anything to do.
_MOST_TURNS, _QUIET_TURNS = 200, 3
_TURN_SECONDS = 0.005
# Times that what a key changed may change the layout again.
_MOST_PICTURES = 5


class KeysInTurn(SettledApp):
    """An application in which no key overtakes what the one before it does."""

    def __init__(self, driver: type[Driver] | None, found: Found) -> None:
        super().__init__(driver, found)
        #: When the last key came, by the monotonic clock, and how many seconds after the one before.
        self.last_key, self.key_gap = 0.0, 0.0
        #: Keys that come so many seconds one after the other, or less, are those of one that is held down.
        self.held_gap = 0.06
        self._typed_ahead = 0

    async def on_event(self, event: events.Event) -> None:
        """Let each key do its work before the next one is looked at.

        Over a slow line keys come in bursts. Textual hands a key to the focused widget, looks for its binding only
        when it has bubbled back, and meanwhile hands on the keys behind it: they would still go to the list although
        a `p` before them opened the prompt.
        """
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        now = time.monotonic()
        self.last_key, self.key_gap = now, now - self.last_key
        self._typed_ahead -= 1
        if event.is_forwarded:
            await self._handled(event)
        else:
            await self._shown()
            await self._in_one_picture(event)

    def post_message(self, message: Message) -> bool:
        """Take a message; count the keys that wait."""
        is_taken = super().post_message(message)
        self._typed_ahead += is_taken and isinstance(message, events.Key | events.Paste)
        return is_taken

    async def _in_one_picture(self, event: events.Key | events.Paste) -> None:
        """Handle a key and show at once all that it changed, or with the next key where that waits already."""
        screen = self.screen if self.screen_stack else None
        if not isinstance(screen, CalmScreen):
            await self._handled(event)
            return
        screen.waits = True
        try:
            await self._handled(event)
            for _ in range(_MOST_PICTURES):
                if not (screen.is_due and screen.is_current) or self._typed_ahead:
                    break
                screen.lay_out()
                await self._settle()
        finally:
            screen.waits = False
        if screen.is_current and not self._typed_ahead:
            screen._compositor_refresh()

    async def _handled(self, event: events.Key | events.Paste) -> None:
        """Hand a key on and wait until it has done its work."""
        await self._hand_on(event)
        self.after_key()

    def after_key(self) -> None:
        """A key has done its work."""

    async def _hand_on(self, event: events.Key | events.Paste) -> None:
        if isinstance(event, events.Key) and not (event.is_forwarded or self._is_text(event)):
            self.app_focus = True
            if await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key):
                await self._settle()
                return
        await super().on_event(event)
        await self._settle()

    async def _shown(self) -> None:
        """Wait, a bounded time, until the screen in front is there: its keys may have been typed ahead."""
        for _ in range(_MOST_TURNS):
            if self.screen_stack and self.screen.is_mounted:
                return
            await asyncio.sleep(_TURN_SECONDS)

    def _is_text(self, event: events.Key) -> bool:
        """Is the key a character for the line that is being typed?"""
        return self.focused is not None and self.focused.check_consume_key(event.key, event.character)

    async def _settle(self) -> None:
        """Wait, a bounded number of turns, until the screen and all on it have nothing left to handle."""
        quiet = 0
        for _ in range(_MOST_TURNS):
            await asyncio.sleep(0)
            if not self.screen_stack:
                return
            concerned = [self.screen, *self.screen.walk_children()]
            quiet = quiet + 1 if not any(pump.message_queue_size for pump in concerned if pump is not self) else 0
            if quiet == _QUIET_TURNS:
                return
