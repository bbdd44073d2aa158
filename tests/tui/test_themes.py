"""The colours: each theme can be read on all that it draws on, and nothing is said by colour alone."""

import os
from base64 import b64decode
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.settings.files import Found, load
from arctui.settings.model import BY_PATH, Settings
from arctui.store import Book
from arctui.tui.app import ArctuiApp
from arctui.tui.launch import prepare_environment
from arctui.tui.themes import THEMES, theme_name
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation

_TEXT = ("foreground", "accent", "warning", "error", "success", "text-dim", "heat1", "heat2", "heat3")
_GROUNDS = ("background", "surface", "panel")


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (part / 255 for part in Color.parse(colour).rgb)
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "NO_COLOR", "COLORTERM"):
        # Set first, so that what a test lets be set is taken back too.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_there_is_a_theme_for_each_name_that_the_settings_know() -> None:
    assert tuple(theme.name for theme in THEMES) == BY_PATH["screen.theme"].choices


@pytest.mark.parametrize("theme", [t for t in THEMES if not t.ansi], ids=lambda theme: theme.name)
def test_each_role_can_be_read_on_background_bars_and_cursor(theme: Theme) -> None:
    colours = {**theme.variables, **theme.to_color_system().generate()}
    needed = 7 if "contrast" in theme.name else 4.5
    found = {(text, on): contrast(colours[text], colours[on]) for text in _TEXT for on in _GROUNDS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < needed} == {}
    assert len({colours[on] for on in _GROUNDS}) == len(_GROUNDS)


@pytest.mark.parametrize(
    ("colours", "term", "system", "theme"),
    [
        ("auto", "xterm-256color", None, "light"),
        ("auto", "xterm", None, "terminal"),
        ("auto", "putty", None, "terminal"),
        ("auto", "xterm-kitty", None, "light"),
        ("16", "xterm-256color", "standard", "terminal"),
        ("256", "linux", "256", "light"),
        ("full", "xterm", "truecolor", "light"),
        ("none", "xterm-256color", None, "terminal"),
    ],
)
def test_the_settings_say_how_many_colours_there_are(
    monkeypatch: pytest.MonkeyPatch, colours: str, term: str, system: str | None, theme: str
) -> None:
    monkeypatch.setenv("TERM", term)
    prepare_environment(colours)
    assert os.environ.get("TEXTUAL_COLOR_SYSTEM") == system
    assert ("NO_COLOR" in os.environ) is (colours == "none")
    assert theme_name("light") == theme


async def test_the_theme_is_taken_from_the_settings_and_a_choice_is_remembered(demo: Path, tmp_path: Path) -> None:
    own = tmp_path / "config.toml"
    own.write_text('# mine\n[screen]\ntheme = "light" # by day\n')
    async with workstation(demo, DEMO_DAY, found=load(own, None)) as clerk:
        assert clerk.app.theme == "light"
        await clerk.press("ctrl+p")
        await clerk.type("theme contrast-light")
        await clerk.press("enter")
        assert clerk.app.theme == "contrast-light"
        assert clerk.status == "theme: contrast-light"
    assert own.read_text() == '# mine\n[screen]\ntheme = "contrast-light" # by day\n'


@pytest.mark.parametrize("no_color", [True, False])
async def test_cursor_and_marks_are_seen_without_colours(
    demo: Path, monkeypatch: pytest.MonkeyPatch, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TEXTUAL_THEME", "ansi-dark")
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.app.theme == "terminal"
        await clerk.press("j")
        strips = clerk.app.screen._compositor.render_strips()
        styles = {s.style for strip in strips for s in strip if s.style}
        row = next(strip for strip in strips if strip.text.startswith(">"))
        assert all(s.style and s.style.reverse for s in row if s.text.strip())
        if no_color:
            assert {s.color.name for s in styles if s.color} <= {"default"}
        others = [strip for strip in strips if strip.text.startswith(" ") and strip is not row]
        assert not any(s.style and s.style.reverse for strip in others for s in strip)


async def test_a_key_that_copies_says_so_where_the_settings_forbid_it(demo: Path) -> None:
    written: list[str] = []
    app = ArctuiApp(Desk(Book(demo), Clock(DEMO_DAY), "ann"), found=Found(Settings({"copy.clipboard": False})))
    async with app.run_test():
        app._driver.write = written.append  # type: ignore[union-attr, method-assign]
        app.copy_to_clipboard("secret")
    assert not any("]52;" in text for text in written)
    async with workstation(demo, DEMO_DAY, found=Found(Settings({"copy.clipboard": False}))) as clerk:
        await clerk.press("y")
        assert clerk.status == "nothing is copied out of arctui here: the setting copy.clipboard is off"


async def test_in_gnu_screen_what_is_copied_is_wrapped_so_that_it_comes_to_the_terminal(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STY", "4711.pts-1.host")
    written: list[str] = []
    async with workstation(demo, DEMO_DAY) as clerk:
        monkeypatch.setattr(clerk.app._driver, "write", written.append)
        clerk.app.copy_to_clipboard("Ł" * 300)
        monkeypatch.undo()
    pieces = written[0].removesuffix("\x1b\\").removeprefix("\x1bP").split("\x1b\\\x1bP")
    assert max(map(len, pieces)) <= 250
    copied = "".join(pieces).removeprefix("\x1b]52;c;").removesuffix("\a")
    assert b64decode(copied).decode() == "Ł" * 300
    assert clerk.app.clipboard == "Ł" * 300
