"""A screen looked at cell by cell."""

import io
import time

from rich.console import Console
from textual._compositor import LayoutUpdate

from arctui.tui.painter import Painter
from tests.hostile.texts import harm
from tests.tui.workstation import Workstation

#: No key may take longer on a quiet machine; the tests run on busy ones.
SLOW_SECONDS = 5.0


class Looker:
    """Presses keys and looks at all that stands on the screen after each."""

    def __init__(self, clerk: Workstation) -> None:
        self.clerk = clerk
        self.slowest: tuple[float, str] = (0.0, "")
        self._console = Console(file=io.StringIO(), force_terminal=True)
        self._pressed: list[str] = []

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._do(key, self.clerk.press(key))

    async def paste(self, text: str) -> None:
        await self._do(f"paste {text[:30]!r}", self.clerk.paste(text))

    async def _do(self, what: str, doing: object) -> None:
        self._pressed.append(what)
        begun = time.perf_counter()
        await doing  # type: ignore[misc]
        self.slowest = max(self.slowest, (time.perf_counter() - begun, " ".join(self._pressed[-4:])))
        self.look()

    def look(self) -> None:
        """Check that every line is as wide as the screen, and that nothing on it acts, links or turns text."""
        where = " ".join(self._pressed[-12:])
        app = self.clerk.app
        assert app._exception is None, where
        width, height = app.size
        strips = app.screen._compositor.render_strips()
        assert [strip.cell_length for strip in strips] == [width] * height, where
        for strip in strips:
            for text, style, control in strip:
                assert not control, where
                assert not harm(text), (where, ascii(text))
                assert style is None or (style.link is None and not style.meta.get("@click")), (where, text)
        painter = Painter("xterm")
        painter.changes(LayoutUpdate([(strip,) for strip in strips], app.screen.region), self._console)
        assert not painter._stands_aside, where
