"""The guide on the screen: opened at its chapter, read, searched and gone about in by keys."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Input

import arctui.tui.screens
from arctui.actions.model import Place, key_label
from arctui.desk.importing import NeedsConsentError
from arctui.guide.chapters import NAMES, chapter
from arctui.guide.reading import SCREEN_KEY
from arctui.settings.files import Found
from arctui.settings.model import Settings
from arctui.tui.purposes import PURPOSES
from arctui.tui.screens.guide_places import LINES, PLACES, SCREENS, chapter_of
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.lines import Lines
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation

for _module in pkgutil.iter_modules(arctui.tui.screens.__path__, "arctui.tui.screens."):
    importlib.import_module(_module.name)


def kinds(of: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def keys_of(name: str) -> set[str]:
    """The keys of a screen or a widget, as they are shown."""
    known = {kind.__name__: kind for kind in kinds(DOMNode)}
    bindings = [b for k in known[name].__mro__ for b in vars(k).get("BINDINGS", ()) if isinstance(b, Binding)]
    return {key_label(key) for b in bindings for key in b.key.split(",")}


def told() -> set[tuple[str, str]]:
    """Every key of a screen that the guide names, with the screen."""
    return {
        (span.text, span.target.removeprefix(SCREEN_KEY))
        for name in NAMES
        for block in chapter(name).blocks
        for text in block.texts
        for span in text
        if span.target.startswith(SCREEN_KEY)
    }


def title(clerk: Workstation) -> str:
    return clerk.app.screen.query_one("#listing-title", Lines).plain


def page(clerk: Workstation) -> str:
    return " ".join(clerk.app.screen.query_one("#listing", Lines).plain.split())


def said(clerk: Workstation) -> str:
    return " ".join(clerk.app.screen.query_one("#listing-told", Lines).plain.split())


def test_every_key_of_a_screen_that_the_guide_names_is_one_of_that_screen() -> None:
    assert len(told()) > 40
    assert not [(key, name) for key, name in told() if key not in keys_of(name)]


def test_every_place_every_line_and_every_screen_has_its_chapter() -> None:
    assert set(PLACES) == set(Place)
    assert set(LINES) <= set(PURPOSES)
    assert {*PLACES.values(), *LINES.values(), *SCREENS.values()} <= set(NAMES)
    ours = [kind for kind in kinds(Screen) if kind.__module__.startswith("arctui.tui.screens.")]
    without = {k.__name__ for k in ours if not any(base.__name__ in SCREENS for base in k.__mro__)}
    assert without == {"DeskScreen", "TellingScreen", "AskingScreen"}


async def test_each_place_opens_the_guide_at_its_own_chapter_and_is_as_it_was_afterwards(demo: Path) -> None:
    places: list[tuple[str, str]] = [
        ("w", "The list"), ("c", "The calendar"), ("r", "The review"), ("p", "The capture line"), ("o", "Bringing"),
        ("C", "Customers"), ("Z", "Letters"), ("ctrl+p", "Keys"), ("slash", "The list"), ("enter", "The call"),
    ]  # fmt: skip
    async with workstation(demo, DEMO_DAY) as clerk:
        for key, name in places:
            await clerk.press(key)
            before = clerk.text
            await clerk.press("f1")
            assert f"GUIDE  {name}" in title(clerk), key
            await clerk.press("f1")
            assert clerk.text == before, key
            await clerk.press("escape", "w")


async def test_the_guide_over_a_line_leaves_what_was_typed(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("p")
        await clerk.type("fri 12")
        await clerk.press("f1", "j", "q")
        await clerk.type("00")
        assert clerk.desk.prompt.input.value == "fri 1200"


async def test_a_search_goes_through_all_chapters_and_marks_the_place(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f1", "slash")
        await clerk.enter("GRACE")
        assert "GUIDE  Promises" in title(clerk)
        assert "> Money is kept" in page(clerk)
        assert said(clerk).startswith("1 of 2")
        await clerk.press("n")
        assert "GUIDE  Words" in title(clerk)
        assert "> grace" in page(clerk)
        await clerk.press("n")
        assert "GUIDE  Promises" in title(clerk)
        await clerk.press("N", "backspace")
        assert "GUIDE  Promises" in title(clerk)


async def test_a_search_for_what_is_nowhere_says_so_and_escape_leads_back(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f1", "n")
        assert "nothing is searched for" in said(clerk)
        await clerk.press("slash")
        await clerk.enter("xyzzy")
        assert "nothing has 'xyzzy'" in said(clerk)
        await clerk.press("tab")
        assert clerk.app.screen.query_one("#split", Input).has_focus
        await clerk.press("escape")
        assert title(clerk).startswith(" GUIDE")
        await clerk.press("escape")
        assert clerk.app.screen is clerk.desk


async def test_links_are_chosen_and_followed_and_lead_back_to_the_same_line(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("enter", "f1", "tab")
        assert ">The capture line<" in page(clerk)
        assert said(clerk) == "Enter: The capture line"
        top = clerk.app.screen.query_one("#listing", Lines).scroll_offset.y
        await clerk.press("enter")
        assert "GUIDE  The capture line" in title(clerk)
        await clerk.press("backspace")
        assert "GUIDE  The call" in title(clerk)
        assert ">The capture line<" in page(clerk)
        assert clerk.app.screen.query_one("#listing", Lines).scroll_offset.y == top
        await clerk.press("tab", "tab", "tab", "backspace")
        assert "where the guide was opened" in said(clerk)


async def test_in_the_list_of_chapters_the_arrows_choose_and_enter_opens(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f1", "i")
        assert ">The first morning<" in clerk.text
        await clerk.press("down", "j", "k", "down", "enter")
        assert "GUIDE  The call" in title(clerk)
        await clerk.press("i", "up", "enter")
        assert "GUIDE  Words" in title(clerk)


async def test_chapters_are_turned_like_pages_and_round(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f1", "right_square_bracket")
        assert "GUIDE  The call" in title(clerk)
        await clerk.press(*["left_square_bracket"] * 3)
        assert "GUIDE  Words" in title(clerk)
        assert f"chapter {len(NAMES)} of {len(NAMES)}" in title(clerk)


async def test_another_width_keeps_the_place_in_the_text(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f1", "slash")
        await clerk.enter("three tries in a row")
        for size in ((60, 20), (160, 45), (80, 24)):
            await clerk.resize(*size)
            assert "> " in clerk.text
            assert "Nobody reached" in clerk.text
            assert max(map(len, clerk.text.splitlines())) <= size[0]


async def test_the_list_of_its_keys_is_there_for_the_guide_too(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("f1", "question_mark")
        assert "search in all chapters" in clerk.text
        await clerk.press("escape", "escape")
        assert clerk.app.screen is clerk.desk


async def test_every_screens_list_of_keys_leads_to_the_guide(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("Z", "question_mark")
        await clerk.enter("guide")
        assert title(clerk).startswith(" GUIDE  Letters")


async def test_the_users_own_key_opens_it_over_a_screen_too(demo: Path) -> None:
    found = Found(Settings(keys={"guide": ("f8",)}))
    async with workstation(demo, DEMO_DAY, found=found) as clerk:
        for key in ("f8", "f1"):
            await clerk.press("Z", key)
            assert title(clerk).startswith(" GUIDE  Letters")
            await clerk.press("q", "escape")


def test_a_screen_of_a_kind_has_the_chapter_of_that_kind() -> None:
    assert chapter_of(arctui.tui.screens.AskedScreen("x", NeedsConsentError("?"), lambda: None)) == "import"
    assert chapter_of(ListingScreen("x", lambda _: [])) == "accounts"
