"""The terminal's driver that goes on from an early picture: on the same screen, with all that was typed meanwhile.

Leans on private names of Textual's Linux driver; the version is pinned and tests in a real terminal guard it.
"""

from arctui.glance.stage import Stage
from arctui.tui.keyboard import Keyboard

_ALTERNATE_SCREEN = "\x1b[?1049h"
#: Seconds that are waited for the early picture's keys before it is looked whether to go on.
_PATIENCE = 0.1


class FollowingDriver(Keyboard):
    """Takes the terminal over from the early picture, once; after that it does as every driver."""

    _stage: Stage | None = None

    def start_application_mode(self) -> None:
        """Begin on the screen that is there already."""
        self._stage = stage = Stage.now()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if stage and self._writer_thread:
            self.attrs_before = stage.attributes
            stage.hand_over()

    def write(self, data: str) -> None:
        """Write; the alternate screen is not begun a second time, as that would clear it."""
        if not (data == _ALTERNATE_SCREEN and Stage.now()):
            super().write(data)

    def typed_before(self) -> list[bytes]:
        """Return what was typed over the early picture and is not done there."""
        stage, self._stage = self._stage, None
        if stage is None:
            return super().typed_before()
        typed: list[bytes] | None = None
        while typed is None and not self.exit_event.is_set():
            typed = stage.typed(_PATIENCE)
        if typed is None:
            # The program is told to end before its screen is there.
            stage.stop()
            stage.release()
            typed = stage.typed(_PATIENCE)
        return typed or []
