"""An account's history on the screen, and undo, by their keys."""

from pathlib import Path

import pytest

from arctui.actions.model import Place
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.screens.listing import ListingScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, over_and_back, workstation


def shown(clerk: Workstation) -> bool:
    return isinstance(clerk.app.screen, ListingScreen) and "HISTORY" in clerk.text.splitlines()[0]


async def test_the_history_shows_the_newest_act_first_with_who_and_when(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        for text in ("the first word", "said [red]so[/red] [/]"):
            await clerk.press("n")
            await clerk.enter(text)
        name = clerk.account
        await clerk.press("H")
        lines = clerk.text.splitlines()
        assert lines[0].strip() == f"HISTORY  {name}"
        assert "3  2026-11-23 10:12" in lines[1]
        assert f"ann  note, {name}" in lines[1]
        assert lines[2].strip() == "added note: said [red]so[/red] [/]"
        assert lines[4].strip() == "added note: the first word"
        assert "demo  demo book" in lines[5]
        assert f"added account {name}" in lines[6]
        assert len(lines) == 24
        assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("key", ["escape", "q", "enter", "H"])
async def test_the_history_is_left_by_a_key_and_the_place_is_the_same(demo: Path, key: str) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j")
        await over_and_back(clerk, "H", shown, back=key)
        assert clerk.desk.place is Place.LIST


async def test_a_long_history_is_scrolled_by_the_usual_keys(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("H")
        first = clerk.text
        await clerk.press("space")
        assert clerk.text != first
        await clerk.press("G")
        last = clerk.text
        await clerk.press("g")
        assert clerk.text == first
        assert last != first


async def test_the_history_opens_in_a_call_a_review_and_from_the_agenda(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        for keys, place in (
            (("enter", "1"), Place.CALL),
            (("escape", "r", "enter"), Place.REVIEW),
            (("c", "enter"), Place.AGENDA),
        ):
            await clerk.press(*keys)
            assert clerk.desk.place is place
            await over_and_back(clerk, "H", shown)


async def test_without_an_account_the_key_says_why(book: Path) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("H")
        assert "there is no account in the list" in clerk.status


async def test_a_narrow_or_wide_screen_breaks_the_lines_anew(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("H")
        lines = clerk.text.count("\n")
        await clerk.resize(200, 50)
        assert shown(clerk)
        await clerk.resize(40, 12)
        assert shown(clerk)
        assert lines == 23


async def test_undo_again_and_again_over_restarts_says_each_time_what_it_undid(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        for text in ("one", "two"):
            await clerk.press("n")
            await clerk.enter(text)
        await clerk.press("f")
        await clerk.enter("fri ask for Lee")
        await clerk.press("u")
        assert clerk.status == f"undone: follow-up on Fri 27 Nov, {name}"
    async with workstation(demo, "2026-11-24T09:00") as clerk:
        for _ in range(2):
            await clerk.press("u")
            assert clerk.status == f"undone: note, {name}"
        await clerk.press("u")
        assert clerk.status == "there is nothing of yours to undo"


async def test_an_act_on_which_anothers_change_stands_is_not_undone(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        key = clerk.desk.account
        await clerk.press("f")
        await clerk.enter("fri ask for Lee")
        Desk(Book(demo), Clock(DEMO_DAY), "bob").follow_up(key, "thu ask for Ann")
        await clerk.press("u")
        assert "cannot be undone" in clerk.status
        clerk.desk.following.look()
        assert [f.why for f in clerk.desk.desk.dossier(key).followups if not f.done_on] == ["ask for Ann"]
