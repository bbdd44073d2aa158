"""No text from outside does anything on a screen: every screen walked by its keys."""

import random
import shutil
from pathlib import Path

import pytest
from textual import events

from arctui.actions.table import ACTIONS
from tests.hostile.book import DAY, HostileBook
from tests.hostile.looking import Looker
from tests.hostile.texts import HOSTILE
from tests.tui.workstation import workstation

#: Keys that lead to a screen or a line from the desk, and what is pressed there.
_WALKS = (
    "i G escape", "H end H", "T pagedown escape", "L down down enter escape escape", "P down enter escape escape",
    "J end escape", "A down escape", "B down enter escape escape", "K down tab down escape", "I end escape",
    "g right down enter escape escape", "E down enter escape escape", "Z space down escape", "v escape",
    "c m v v v $ escape escape escape w", "c enter down space S escape escape escape w", "r enter space space escape",
    "question_mark end escape", "ctrl+p escape", "M down escape", "D escape", "X", "y", "o escape", "a escape",
    "right_square_bracket", "enter 1 b escape e escape escape n escape escape", "s end w",
)  # fmt: skip
_LINES = ("p", "l", "n", "f", "d", "C", "x", "slash", "o", "a", "E")


@pytest.fixture
def book(filled: HostileBook, tmp_path: Path) -> Path:
    shutil.copytree(filled.folder, tmp_path / "copy")
    return tmp_path / "copy" / filled.path.name


def _keys(walk: str) -> list[str]:
    return ["dollar_sign" if key == "$" else key for key in walk.split()]


@pytest.mark.parametrize("size", [(80, 24), pytest.param((160, 45), marks=pytest.mark.sweep)])
async def test_every_screen_shows_hostile_text_as_text(book: Path, size: tuple[int, int]) -> None:
    async with workstation(book, DAY, size=size) as clerk:
        looker = Looker(clerk)
        for number, walk in enumerate(_WALKS):
            await looker.press(*_keys(walk))
            while clerk.app.screen is not clerk.desk:
                await looker.press("escape")
            await looker.press("escape", "w", *["j"] * (number % 3))
        for key, text in zip(_LINES, HOSTILE[::-1], strict=False):
            await looker.press(key)
            if clerk.desk.prompt.display:
                await looker.paste(text)
                await looker.press("enter")
            await looker.press("escape", "escape", "w")
        print(looker.slowest)


@pytest.mark.sweep
@pytest.mark.parametrize("key", _LINES)
async def test_any_line_takes_any_text(book: Path, key: str) -> None:
    async with workstation(book, DAY, size=(80, 24)) as clerk:
        looker = Looker(clerk)
        for number, text in enumerate(HOSTILE):
            for typed in (text, f"fri {text}", f"{text} 12 -- {text}"):
                await looker.press(key)
                if clerk.desk.prompt.display:
                    await looker.paste(typed)
                else:
                    clerk.app.screen.post_message(events.Paste(typed))
                await looker.press("enter", "escape", "escape", "escape", "w", "jkG"[number % 3])
                while clerk.app.screen is not clerk.desk:
                    await looker.press("escape")
        print(key, looker.slowest)


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(6))
async def test_any_keys_and_pastes_leave_the_screen_sound(book: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    keys = [key for action in ACTIONS for key in action.keys if action.id not in ("quit", "redraw")]
    keys += ["up", "down", "left", "right", "pagedown", "home", "end", "enter", "escape", "space", "tab"] * 4
    async with workstation(book, DAY, size=chance.choice([(80, 24), (160, 45), (60, 20)])) as clerk:
        looker = Looker(clerk)
        for _ in range(600):
            if clerk.desk.prompt.display and chance.random() < 0.5:
                await looker.paste(chance.choice(HOSTILE))
                await looker.press(chance.choice(["enter", "escape", "ctrl+y", "backspace"]))
            else:
                await looker.press(chance.choice(keys))
        print(seed, looker.slowest)
