"""The screens as they are, in each size: kept as text in `pictures/`, and compared with what is drawn.

`ARCTUI_PICTURES=new` draws them anew; what changed then is looked at as a difference of text files.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation

_FOLDER = Path(__file__).parent / "pictures"
_SIZES = ((80, 24), (120, 40), (160, 45), (250, 70))
#: What is pressed for each screen, in an order in which each begins where the one before ended.
_SCREENS = {
    "worklist": ("home",),
    "month": ("c", "m"),
    "settings": ("m", "w", "home", "comma"),
    "review": ("escape", "r"),
    "call": ("escape", "home", "j", "enter"),
}


@pytest.fixture(autouse=True)
def same_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is drawn depends on terminal, locale and time zone."""
    for name, value in (("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8"), ("TZ", "UTC")):
        monkeypatch.setenv(name, value)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", _SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screens_are_as_they_were_looked_at(demo: Path, size: tuple[int, int]) -> None:
    width, height = size
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        for name, keys in _SCREENS.items():
            await clerk.press(*keys)
            drawn = f"{clerk.text.rstrip()}\n"
            assert drawn.count("\n") <= height
            kept = _FOLDER / f"{name}-{width}x{height}.txt"
            if os.environ.get("ARCTUI_PICTURES") == "new":
                _FOLDER.mkdir(exist_ok=True)
                kept.write_text(drawn, encoding="utf-8")
            assert drawn.splitlines() == kept.read_text(encoding="utf-8").splitlines(), name
