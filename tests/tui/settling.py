"""Waiting until the workstation has done all that it has to do, by what waits to be run and not by a clock.

Textual's own pilot waits until the process has used little of the processor for some twentieths of a second: that
costs most of the time of a test, and on a busy machine it says little.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual.screen import Screen

from arctui.tui.app import ArctuiApp

#: What never comes to rest is a fault; nothing here takes a hundredth of it.
_MOST_TURNS, _MOST_PICTURES = 20_000, 200


async def _quiet() -> None:
    """Let the event loop go on until nothing waits to be run: no message, no callback, no task."""
    loop: Any = asyncio.get_running_loop()
    for _ in range(_MOST_TURNS):
        await asyncio.sleep(0)
        if not loop._ready:
            return
    raise AssertionError("the program does not come to rest")


_paint = Screen._compositor_refresh


async def settle(app: ArctuiApp) -> None:
    """Let the program go on until it has handled everything and the screen is painted as it then is.

    What it does at a time (look for others' acts, keep what is typed) it does at that time, not here.
    """
    await _rest(app)
    if app.screen_stack:
        _paint(app.screen)


async def _rest(app: ArctuiApp) -> None:
    """Let the program go on until it has nothing left to do but to paint."""
    for _ in range(_MOST_PICTURES):
        await _quiet()
        if not app.screen_stack:
            return
        if app._resize_timer is not None:
            # Sizes that come fast after one another are taken once, by a timer.
            app._check_resize()
            continue
        screen: Any = app.screen
        if not screen._update_timer._active.is_set():
            return
        # Something is to be painted: the timer does it sixty times a second.
        screen._on_timer_update()
    raise AssertionError("the screen does not come to rest")


def _paint_later(screen: Any) -> None:
    """Leave what is to be painted to the end of the settling: nobody sees the pictures before it."""
    if screen is screen.app.screen:
        screen._dirty_widgets.clear()
    else:
        _paint(screen)


@contextmanager
def settling_pilot(app: ArctuiApp) -> Iterator[None]:
    """Let Textual's pilot wait in the same way."""

    async def wait(*_: float) -> None:
        await _rest(app)

    with (
        patch("textual.app.wait_for_idle", wait),
        patch("textual.pilot.wait_for_idle", wait),
        patch.object(Screen, "_compositor_refresh", _paint_later),
    ):
        yield
