"""The guided tour: what it says, that it goes on by what is done, and that it stands in nobody's way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.settings.files import Found as FoundSettings
from arctui.settings.model import Settings
from arctui.store import Book
from arctui.tui.app import ArctuiApp
from arctui.tui.screens.touring import STOPS
from tests.tui.conftest import DEMO_DAY
from tests.tui.settling import settle, settling_pilot
from tests.tui.workstation import Workstation, workstation


@asynccontextmanager
async def toured(
    demo: Path, *, begins: bool = True, size: tuple[int, int] = (80, 24), found: FoundSettings | None = None
) -> AsyncIterator[Workstation]:
    """Open the demo book as `arctui demo` does."""
    app = ArctuiApp(Desk(Book(demo), Clock(DEMO_DAY), "ann"), found=found, demo=True, tour=begins)
    app.held_gap = -1.0
    with settling_pilot(app):
        async with app.run_test(size=size) as pilot:
            await settle(app)
            yield Workstation(app, pilot)


def stop(clerk: Workstation) -> str:
    """The stop that the tour is at, "" while it does not go on."""
    touring = clerk.app.touring
    return touring.stop.name if touring and touring.goes_on else ""


def told(clerk: Workstation) -> str:
    """What the tour says."""
    lines = clerk.text.splitlines()
    first = next((n for n, line in enumerate(lines) if line.startswith(" TOUR ")), len(lines))
    return " ".join(" ".join(lines[first:]).split())


async def test_the_whole_tour_is_gone_through_by_doing_what_it_says(demo: Path) -> None:
    way: list[tuple[str, list[str]]] = [
        ("list", ["j"]), ("call", ["enter"]), ("reply", ["1"]), ("excuse", ["e", *"cash", "enter"]),
        ("commit", ["p"]), ("typed", [*"fri", "space", *"transfer"]), ("taken", ["enter"]), ("agreed", ["1"]),
        ("end", ["enter"]), ("undo", ["u"]),
        ("callback", ["l", *"cb", "space", *"tomorrow", "space", *"10", "colon", *"30", "enter"]),
        ("calendar", ["c"]), ("day", ["enter"]), ("review", ["r"]), ("decide", ["enter", "5", *"late", "enter"]),
        ("search", ["escape", "slash", *"oster", "enter"]), ("figures", ["g"]), ("leave", []),
    ]  # fmt: skip
    assert [name for name, _ in way] == [each.name for each in STOPS]
    async with toured(demo) as clerk:
        for number, (name, keys) in enumerate(way, 1):
            assert stop(clerk) == name
            assert told(clerk).startswith(f"TOUR {number}/{len(STOPS)} ")
            assert clerk.text.splitlines()[-1].strip()
            await clerk.press(*keys)
        assert "Esc leads back" in told(clerk)
        await clerk.press("escape")
        assert "leave; the demo book goes with it" in told(clerk)


async def test_it_goes_on_by_what_is_so_and_not_by_keys(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("k", "i", "escape", "y")
        assert stop(clerk) == "list"
        await clerk.press("ctrl+p")
        await clerk.type("birch")
        await clerk.press("enter")
        assert stop(clerk) == "call"
        assert "call Birch Works" in told(clerk)
        await clerk.press("c")
        assert told(clerk).startswith(f"TOUR 2/{len(STOPS)} w: to the list.")
        await clerk.press("w", "enter")
        assert stop(clerk) == "reply"


async def test_a_call_that_is_parked_is_gone_on_with(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("enter", "1")
        assert stop(clerk) == "excuse"
        await clerk.press("escape")
        assert stop(clerk) == "excuse"
        assert "Enter goes on with it there" in told(clerk)
        await clerk.press("enter")
        assert stop(clerk) == "excuse"
        assert "lists the reasons" in told(clerk)


async def test_a_call_that_was_left_with_nothing_noted_is_made_again(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("j", "enter")
        assert stop(clerk) == "reply"
        await clerk.press("escape")
        assert stop(clerk) == "call"


async def test_nothing_is_said_to_be_saved_where_there_is_nothing_to_undo(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("j", "enter", "1", "l", *"na", "enter", "u")
        assert stop(clerk) == "callback"


async def test_what_a_line_or_a_list_is_to_be_given_is_said_over_it(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("enter", "1", "e")
        assert "Type cash, then Enter" in told(clerk)
        await clerk.press("escape")
        assert "lists the reasons" in told(clerk)


async def test_it_is_left_and_taken_up_by_a_key_also_over_a_line(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("enter", "1", "f9")
        assert not told(clerk)
        assert "the tour waits: F9 goes on with it" in clerk.status
        await clerk.press("p", "f9")
        assert stop(clerk) == "excuse"
        assert told(clerk)
        await clerk.type("fri")
        assert clerk.desk.prompt.input.value == "fri"


async def test_the_program_is_left_in_the_midst_of_it(demo: Path) -> None:
    async with toured(demo) as clerk:
        await clerk.press("j", "q")
        assert not clerk.app.return_code


async def test_the_demos_first_screen_offers_it(demo: Path) -> None:
    async with toured(demo, begins=False) as clerk:
        assert "F9 shows the way through it in five minutes" in clerk.status
        assert not told(clerk)
        await clerk.press("f9")
        assert stop(clerk) == "list"


async def test_it_begins_from_the_guide(demo: Path) -> None:
    async with toured(demo, begins=False) as clerk:
        await clerk.press("f1", "i", "enter")
        for _ in range(9):
            if ">the tour<" not in " ".join(clerk.text.split()):
                await clerk.press("tab")
        await clerk.press("enter")
        assert clerk.app.screen is clerk.desk
        assert stop(clerk) == "list"


async def test_on_another_book_it_says_where_it_is(four_customers: Path) -> None:
    async with workstation(four_customers, DEMO_DAY) as clerk:
        await clerk.press("f9")
        assert "arctui demo --tour" in clerk.status
        assert clerk.app.touring is None


async def test_it_names_the_users_own_keys(demo: Path) -> None:
    found = FoundSettings(Settings(keys={"tour": ("f8",), "call": ("f7",)}))
    async with toured(demo, found=found) as clerk:
        assert "F8 leaves the tour" in told(clerk)
        await clerk.press("j")
        assert "F7: call" in told(clerk)


async def test_it_fits_into_other_sizes_and_follows_them(demo: Path) -> None:
    async with toured(demo) as clerk:
        for size in ((60, 18), (160, 45)):
            await clerk.resize(*size)
            await clerk.press("j")
            assert "leaves the tour)" in told(clerk)
            assert "? more" in clerk.text.splitlines()[-1]
