"""Expected cash beside the calendar's weeks, by its key."""

from pathlib import Path

import pytest

from arctui.actions.model import Place
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.screens import expected
from arctui.tui.screens.expected import ExpectedScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation


def row(clerk: Workstation, beginning: str) -> str:
    """The only line of the screen that begins so."""
    (found,) = [line.strip() for line in clerk.text.splitlines() if line.strip().startswith(beginning)]
    return found


def is_open(clerk: Workstation) -> bool:
    return isinstance(clerk.app.screen, ExpectedScreen)


@pytest.mark.usefixtures("nobody_looks")
async def test_each_week_of_the_calendar_has_its_bar_beside_it(four_customers: Path) -> None:
    desk = Desk(Book(four_customers), Clock(DEMO_DAY), "ann")
    desk.log(desk.find("Birch").id, "wed 1000 check")
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("c", "dollar_sign")
        lines = clerk.text.splitlines()
        assert lines[0].strip() == "EXPECTED CASH"
        assert lines[1].split()[-2:] == ["promised", "came"]
        assert lines[6].strip() == "Nov [23]"
        assert lines[7].split()[-2:] == ["expected", "weighted"]
        this = row(clerk, "Nov [23]24 25 26 27 28 29")
        assert this.split()[-3:-1] == ["1,000", "500"]
        # Half of the promise is weighted; the invoice that is due on a Sunday comes on Monday.
        whole = this.split()[-1]
        assert whole.strip("█") == "░" * (len(whole) - len(whole) // 2)
        assert row(clerk, "Dec  21 22").split()[-3:] == ["710", "710", "█" * round(0.71 * len(whole))]
        assert row(clerk, "in these 8 weeks").split()[4:] == ["1,710.00", "weighted", "1,210.00"]
        assert row(clerk, "not dated").split()[2] == "9,810.50"
        assert row(clerk, "open in all, USD").split()[4] == "11,520.50"
        assert len(lines) == 24
        assert max(map(len, lines)) <= 80


@pytest.mark.usefixtures("nobody_looks")
async def test_a_wide_screen_has_a_column_for_each_source(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(160, 45)) as clerk:
        await clerk.press("c", "dollar_sign")
        heads: list[list[str]] = []

        def has_heads() -> bool:
            lines = clerk.text.splitlines()
            heads[:] = [line.split()[7:] for line in lines if "expected" in line and " Mo " in line]
            return bool(heads)

        await clerk.until(has_heads)
        assert heads[0] == ["promises", "pay", "runs", "due", "dates", "expected", "weighted"]
        bars = [line for line in clerk.text.splitlines() if "█" in line and "weighted" not in line]
        assert len(bars) > 8
        assert any("░" in line for line in bars)
        assert max(map(len, clerk.text.splitlines())) <= 160
        await clerk.resize(80, 24)
        await clerk.press("j")
        assert "pay runs" not in clerk.text
        assert max(map(len, clerk.text.splitlines())) <= 80


@pytest.mark.usefixtures("nobody_looks")
async def test_it_opens_from_the_calendar_only_and_is_left_by_a_key_to_the_same_day(four_customers: Path) -> None:
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("dollar_sign")
        assert clerk.app.screen is clerk.desk
        assert "cash: this works in the month, agenda" in clerk.status
        await clerk.press("c", "right")
        day = clerk.desk.planning.pane.month.day
        for key in ("escape", "q", "dollar_sign"):
            await clerk.press("dollar_sign")
            assert is_open(clerk)
            await clerk.press(key)
            assert (clerk.app.screen, clerk.desk.place) == (clerk.desk, Place.MONTH)
            assert clerk.desk.planning.pane.month.day == day


@pytest.mark.usefixtures("nobody_looks")
async def test_while_a_large_book_is_added_up_the_screen_says_so(
    four_customers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expected, "_SLICE", 0)
    monkeypatch.setattr(expected, "_PAUSE", 3600)
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("c", "dollar_sign")
        assert "adding up, 4 accounts to go ..." in clerk.text
        monkeypatch.setattr(expected, "_SLICE", 3600)
        screen = clerk.app.screen
        assert isinstance(screen, ExpectedScreen)
        screen.go_on()
        await clerk.press()
        assert "open in all" in clerk.text


@pytest.mark.usefixtures("nobody_looks")
async def test_what_another_session_does_is_seen(four_customers: Path) -> None:
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("c", "dollar_sign")
        assert "1,200" not in row(clerk, "Nov [23]24 25")
        desk = Desk(Book(four_customers), Clock(DEMO_DAY), "bob")
        desk.log(desk.find("Birch").id, "wed 1200 check")
        await clerk.look()
        assert "1,200" in row(clerk, "Nov [23]24 25")
