"""The screens as they are, in each size: kept as text in `pictures/`, and compared with what is drawn.

`ARCTUI_PICTURES=new` draws them anew; what changed then is looked at as a difference of text files.
"""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.strip import Strip

from arctui.settings.files import Found
from arctui.settings.model import Settings
from arctui.tui.themes import THEMES
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
    "guide": ("escape", "f1"),
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


def kept_or_new(name: str, drawn: str) -> list[str]:
    """Return the lines of a picture that is kept; with ARCTUI_PICTURES=new those that are drawn are kept."""
    kept = _FOLDER / f"{name}.txt"
    if os.environ.get("ARCTUI_PICTURES") == "new":
        _FOLDER.mkdir(exist_ok=True)
        kept.write_text(drawn, encoding="utf-8")
    return kept.read_text(encoding="utf-8").splitlines()


def looks(strips: Sequence[Strip]) -> Iterator[str]:
    """Return for each cell a letter for how it looks, line by line, and what each letter stands for."""
    letters: dict[str, str] = {}
    for strip in strips:
        line = ""
        for text, style, _ in strip:
            fore, back = (style.color, style.bgcolor) if style else (None, None)
            marks = [m for m in ("bold", "dim", "italic", "underline", "reverse") if style and getattr(style, m)]
            look = " ".join([fore.name if fore else "default", "on", back.name if back else "default", *marks])
            line += letters.setdefault(look, chr(ord("a") + len(letters))) * cell_len(text)
        yield line
    yield from (f"{letter}  {look}" for look, letter in letters.items())


@pytest.mark.parametrize("size", _SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screens_are_as_they_were_looked_at(demo: Path, size: tuple[int, int]) -> None:
    width, height = size
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        for name, keys in _SCREENS.items():
            await clerk.press(*keys)
            drawn = f"{clerk.text.rstrip()}\n"
            assert drawn.count("\n") <= height
            assert drawn.splitlines() == kept_or_new(f"{name}-{width}x{height}", drawn), name


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_each_theme_looks_as_it_was_looked_at(demo: Path, monkeypatch: pytest.MonkeyPatch, theme: str) -> None:
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    async with workstation(demo, DEMO_DAY, found=Found(Settings({"screen.theme": theme}))) as clerk:
        await clerk.press("home", "j")
        assert clerk.app.theme == theme
        drawn = "\n".join([clerk.text.rstrip(), *looks(clerk.app.screen._compositor.render_strips())]) + "\n"
    assert drawn.splitlines() == kept_or_new(f"theme-{theme}", drawn)
