"""An account's time line on the screen, by its key."""

from pathlib import Path

import pytest

from arctui.actions.model import Place
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.screens.timeline import TimelineScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, over_and_back, workstation


def shown(clerk: Workstation) -> bool:
    return isinstance(clerk.app.screen, TimelineScreen)


def lines(clerk: Workstation) -> list[str]:
    return clerk.text.splitlines()


async def test_it_opens_at_today_with_what_was_above_and_what_is_to_come_below(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("slash")
        await clerk.enter("Greyling")
        await clerk.press("T")
        assert lines(clerk)[0].strip() == f"TIME LINE  {clerk.account}"
        (today,) = [n for n, text in enumerate(lines(clerk)) if "── today, Mon 23 Nov 2026 ──" in text]
        assert 4 < today < 14
        assert any("paid" in text or "call" in text or "note" in text for text in lines(clerk)[1:today])
        below = "\n".join(lines(clerk)[today:])
        assert "call-by" in below
        assert max(map(len, lines(clerk))) <= 80


async def test_it_is_scrolled_and_t_leads_back_to_today(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("T")
        first = clerk.text
        await clerk.press("g")
        assert "2026" in lines(clerk)[1]
        assert clerk.text != first
        await clerk.press("t")
        assert clerk.text == first


@pytest.mark.parametrize("key", ["escape", "q", "T"])
async def test_it_is_left_by_a_key_and_the_place_is_the_same(demo: Path, key: str) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j")
        await over_and_back(clerk, "T", shown, back=key)
        assert clerk.desk.place is Place.LIST


async def test_it_opens_in_a_call_and_from_the_agenda(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        for keys, place in ((("enter", "1"), Place.CALL), (("escape", "c", "enter"), Place.AGENDA)):
            await clerk.press(*keys)
            assert clerk.desk.place is place
            await over_and_back(clerk, "T", shown)


async def test_what_another_clerk_writes_comes_into_it(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        account = clerk.desk.account
        await clerk.press("T")
        other = Desk(Book(demo), Clock(DEMO_DAY), "bob")
        other.note(account, "sent a [copy] of it")
        await clerk.look()
        assert "sent a [copy] of it  (bob)" in clerk.text
