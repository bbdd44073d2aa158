"""The settings screen: what holds and why; changed by keys, kept with the comments of the file, told in place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from arctui.core.policy import SETTINGS as POLICY
from arctui.core.policy_words import HELP
from arctui.settings.files import load
from arctui.tui.screens.desk import DeskScreen
from arctui.tui.widgets.lines import Lines
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

OWN = '# mine\n[screen]\ntheme = "calm"  # by night\n\n[keys]\nnote = "f6"\n'


@asynccontextmanager
async def settings(demo: Path, *, text: str = OWN, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Workstation]:
    own = demo.parent / "config.toml"
    own.write_text(text)
    async with workstation(demo, DEMO_DAY, size=size, found=load(own, None)) as clerk:
        await clerk.press("comma")
        yield clerk


def told(clerk: Workstation) -> str:
    return " ".join(clerk.app.screen.query_one("#listing-told", Lines).plain.split())


def row(clerk: Workstation) -> str:
    return next(line for line in clerk.text.split("\n") if line.startswith(">"))


def saved(demo: Path) -> str:
    return (demo.parent / "config.toml").read_text()


def test_each_setting_of_the_policy_has_its_help_in_its_order() -> None:
    assert tuple(HELP) == POLICY


async def test_a_theme_is_changed_by_arrows_at_once_and_the_comments_stay(demo: Path) -> None:
    async with settings(demo) as clerk:
        assert row(clerk).split() == [">", "screen.theme", "calm", "yours"]
        await clerk.press("right")
        assert clerk.app.theme == "light"
        assert told(clerk) == "screen.theme = light"
        await clerk.press("left", "left")
        assert clerk.app.theme == "terminal"
        await clerk.press("enter")
        assert row(clerk).split() == [">", "screen.theme", "calm", "yours"]
        assert saved(demo) == OWN
        await clerk.press("delete")
        assert row(clerk).split()[-1] == "default"
        assert "# mine" in saved(demo)
        await clerk.press("down", "down", "right")
        assert told(clerk) == "screen.colours = none, from the next start on"
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, DeskScreen)


async def test_a_key_is_pressed_and_holds_and_a_clash_is_named(demo: Path) -> None:
    async with settings(demo) as clerk:
        await clerk.press("tab", "down")
        assert row(clerk).split()[:3] == [">", "promise", "p"]
        await clerk.press("enter")
        assert told(clerk) == "press the key that is to do 'promise'"
        await clerk.press("f6")
        assert told(clerk) == "keys.promise: F6 is given to note already"
        await clerk.press("enter", "5")
        assert told(clerk) == "keys.promise: 5 keeps its meaning: another key is needed"
        await clerk.press("enter", "escape")
        assert told(clerk) == ""
        assert row(clerk).split()[:3] == [">", "promise", "p"]
        await clerk.press("enter", "Q")
        assert told(clerk) == "promise: Q p"
        assert 'promise = "Q"' in saved(demo)
        await clerk.press("escape", "Q")
        assert clerk.desk.prompt.purpose == "promise"
        await clerk.press("escape", "comma", "tab", "down", "delete")
        assert told(clerk) == "promise: p"
        assert "promise" not in saved(demo)


async def test_the_firms_policy_is_set_with_its_day_and_kept_in_the_history(demo: Path) -> None:
    async with settings(demo) as clerk:
        desk = clerk.desk.desk
        await clerk.press("shift+tab", *["down"] * 9)
        assert row(clerk).split()[:3] == [">", "calls_per_day", "40"]
        assert "calls that one clerk makes in a day" in clerk.text
        await clerk.press("enter", *["backspace"] * 2)
        await clerk.enter("many")
        assert "no value for calls_per_day" in told(clerk)
        await clerk.press(*["backspace"] * 4)
        await clerk.enter("25 from 2026-12-01")
        assert told(clerk) == "calls_per_day = 25 from 2026-12-01 on"
        assert "25 from 2026-12-01" in clerk.text
        await clerk.press("enter", *["backspace"] * 2)
        await clerk.enter("30")
        assert row(clerk).split()[:5] == [">", "calls_per_day", "30", "since", "2026-11-23"]
        await clerk.press("escape")
        assert desk.policy.calls_per_day == 30
        await clerk.press("u")
        assert desk.policy.calls_per_day == 40


async def test_what_is_typed_stays_and_escape_leaves_the_line_then_the_screen(demo: Path) -> None:
    async with settings(demo, text="[screen]\ntheem = 1\n") as clerk:
        assert "line 2: there is no setting 'theem'" in told(clerk)
        await clerk.press(*["down"] * 6, "enter")
        await clerk.enter("/tmp/book.json")
        assert told(clerk) == "book.file = /tmp/book.json, from the next start on"
        await clerk.press("down", "enter")
        assert "only /etc/arctui/config.toml decides it" in told(clerk)
        await clerk.press("up", "enter", "x", "escape")
        assert "book.file" in row(clerk)
        assert "/tmp/book.json" in row(clerk)
        assert clerk.app.screen is not clerk.desk
        await clerk.press("escape")
        assert clerk.app.screen is clerk.desk


async def test_what_cannot_be_remembered_is_said(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("comma", "right")
        assert told(clerk) == "nothing can be remembered here: there is no settings file"
