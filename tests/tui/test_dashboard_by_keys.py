"""The dashboard by its keys: pages of figures, the accounts behind each, to an account and back."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest

from arctui.actions.model import Place
from arctui.core.business import UnknownCountryError
from arctui.core.tables import TABLES
from arctui.desk import Desk, board_figures
from arctui.desk.board import Board
from arctui.desk.clock import Clock
from arctui.desk.derived import Derived
from arctui.store import Book
from arctui.tui.screens.behind import BehindScreen
from arctui.tui.screens.dashboard import DashboardScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, over_and_back, workstation

pytestmark = pytest.mark.usefixtures("nobody_looks")


@pytest.fixture(scope="module")
def known() -> dict[tuple[object, ...], dict[str, Board]]:
    """The figures that were worked out, by the day and what the book has in it."""
    return {}


@pytest.fixture(autouse=True)
def worked_out_once(monkeypatch: pytest.MonkeyPatch, known: dict[tuple[object, ...], dict[str, Board]]) -> None:
    """Work the figures of a book out once in all these tests."""

    def boards(derived: Derived, at: Callable[[int, int], None]) -> dict[str, Board]:
        content = (derived.rules.moment.today, *(repr(list(derived.facts.all(kind))) for kind in TABLES.values()))
        if content not in known:
            known[content] = board_figures.boards(derived, at)
        return known[content]

    monkeypatch.setattr("arctui.desk.dashboard.boards", boards)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def is_open(clerk: Workstation) -> bool:
    return isinstance(clerk.app.screen, DashboardScreen)


async def opened(clerk: Workstation) -> None:
    """Open the dashboard and wait until it is worked out."""
    await clerk.press("g")
    await clerk.until(lambda: "FIGURES  USD, " in clerk.text)


@asynccontextmanager
async def dashboard(book: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Workstation]:
    async with workstation(book, DEMO_DAY, size=size) as clerk:
        await opened(clerk)
        yield clerk


def chosen(clerk: Workstation) -> str:
    """The line with the pointer, from it on; there is one."""
    found = [line for line in clerk.text.splitlines()[1:] if "> " in line]
    assert len(found) == 1, clerk.text
    return found[0].split("> ", 1)[1]


async def test_at_80x24_it_has_pages_of_whole_parts_each_legible(demo: Path) -> None:
    titles = ("KEY FIGURES", "AGING", "DSO, 12 MONTHS", "PROMISES KEPT", "CASH BY WEEK", "TOP EXPOSURES")
    async with dashboard(demo) as clerk:
        shown = []
        for number in range(1, 5):
            lines = clerk.text.splitlines()
            assert f"page {number} of 4" in lines[0]
            assert len(lines) == 24
            assert max(map(len, lines)) <= 80
            shown += [title for title in titles if title in clerk.text]
            await clerk.press("pagedown")
        assert shown == list(titles)
        assert "page 4 of 4" in clerk.text
        await clerk.press("pageup", "pageup", "pageup")
        assert "page 1 of 4" in clerk.text


async def test_at_160x45_everything_stands_in_two_columns(demo: Path) -> None:
    async with dashboard(demo, (160, 45)) as clerk:
        assert "page" not in clerk.text.splitlines()[0]
        for title in ("KEY FIGURES", "AGING", "DSO, 12", "PROMISES KEPT", "CASH BY WEEK", "TOP EXPOSURES"):
            assert title in clerk.text
        assert max(map(len, clerk.text.splitlines())) <= 160
        await clerk.press("right")
        assert clerk.text.splitlines()[2].rindex("> ") > 70
        await clerk.press("left")
        assert chosen(clerk).startswith("DSO ")


async def test_what_is_shown_are_the_figures_of_the_book(demo: Path) -> None:
    figures = Desk(Book(demo), Clock(DEMO_DAY), "ann").figures()["USD"]
    async with dashboard(demo) as clerk:
        assert f"{figures.dso:.1f} days" in chosen(clerk)
        for amount in figures.aging.values():
            assert f"{amount:,.2f}" in clerk.text
        rows = {line.split()[0]: line.count("█") for line in clerk.text.splitlines() if "█" in line}
        by_amount = sorted(rows, key=figures.aging.__getitem__)
        assert [rows[name] for name in by_amount] == sorted(rows.values())
        assert rows[by_amount[0]] < rows[by_amount[-1]]


@pytest.mark.parametrize("size", [(60, 14)])
async def test_the_pointer_is_seen_on_every_figure_and_none_is_left_out(demo: Path, size: tuple[int, int]) -> None:
    async with dashboard(demo, size) as clerk:
        screen = clerk.app.screen
        assert isinstance(screen, DashboardScreen)
        seen = [chosen(clerk)]
        for _ in range(len(screen._pages.keys) - 1):
            await clerk.press("j")
            seen.append(chosen(clerk))
        assert len(seen) > 40
        await clerk.press("j")
        assert chosen(clerk) == seen[-1]
        await clerk.press("home")
        assert chosen(clerk) == seen[0]
        await clerk.press("end", "k")
        assert chosen(clerk) == seen[-2]


async def test_tab_goes_from_part_to_part_and_enter_leads_to_the_accounts_behind_each(demo: Path) -> None:
    heads = (
        "DSO: all that is open, before credits:",
        "not due yet:",
        "DSO: all that is open, before credits:",
        "promises decided since",
        "came from",
    )
    async with dashboard(demo) as clerk:
        for head in heads:
            before = clerk.text
            await clerk.press("enter")
            assert isinstance(clerk.app.screen, BehindScreen)
            assert clerk.text.splitlines()[0].strip().startswith(head)
            assert max(map(len, clerk.text.splitlines())) <= 80
            await clerk.press("escape")
            assert clerk.text == before
            await clerk.press("tab")
        assert "Greyling" in chosen(clerk)
        await clerk.press("shift+tab")
        assert chosen(clerk).startswith("26 Oct")
        await clerk.press("tab", "tab")
        assert chosen(clerk).startswith("DSO ")


async def test_the_list_of_an_age_adds_up_to_the_figure(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        await clerk.press("tab", "j", "j", "j")
        name, amount = chosen(clerk).split()[:2]
        await clerk.press("enter")
        head, *lines = clerk.text.splitlines()
        listed = [line.split("%")[0].split()[-2] for line in lines if "%" in line]
        assert head.strip() == f"{name} days past due: {amount} USD, {len(listed)} accounts"
        assert sum(float(text.replace(",", "")) for text in listed) == float(amount.replace(",", ""))


async def test_from_the_list_to_the_account_and_back_to_the_same_figure(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        await clerk.press("tab", "j", "j")
        figure = chosen(clerk)
        await clerk.press("enter", "j")
        name = chosen(clerk).split("  ")[0]
        await clerk.press("i")
        assert name.rstrip("…") in clerk.text
        assert "ACCOUNT" in clerk.text.splitlines()[0]
        await clerk.press("escape")
        assert chosen(clerk).startswith(name)
        await clerk.press("enter")
        assert clerk.app.screen is clerk.desk
        assert clerk.account.startswith(name.rstrip("…"))
        await clerk.press("g")
        assert chosen(clerk) == figure


async def test_an_exposure_leads_to_its_account(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        await clerk.press("end")
        name = chosen(clerk).split("  ")[0].rstrip("…")
        await clerk.press("enter")
        assert clerk.app.screen is clerk.desk
        assert clerk.account.startswith(name)


async def test_it_opens_wherever_no_call_is_and_leads_back_to_the_same_place(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        for key, back in (("w", "escape"), ("s", "q"), ("c", "g"), ("r", "escape")):
            await clerk.press(key)
            await over_and_back(clerk, "g", is_open, back=back)
        await clerk.press("escape", "w", "enter")
        assert clerk.desk.place is Place.CALL
        await clerk.press("g")
        assert not is_open(clerk)


async def test_c_shows_the_next_currency_and_the_home_currency_comes_first(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        heads = []
        for _ in range(4):
            heads.append(clerk.text.splitlines()[0].split()[1])
            assert f"AGING  {heads[-1]} days past due" in clerk.text
            await clerk.press("c")
        assert heads == ["USD,", "CAD,", "EUR,", "USD,"]


async def test_what_is_not_known_says_what_is_missing_and_of_one_currency_there_is_no_next(
    four_customers: Path,
) -> None:
    async with dashboard(four_customers) as clerk:
        await clerk.press("c")
        assert "everything is in one currency" in clerk.text
        assert chosen(clerk).split(maxsplit=1)[1].startswith("unknown: nothing is known of before")
        assert "unknown: no promise was decided in this time" in clerk.text
        await clerk.press("enter")
        assert "unknown: nothing is known of before" in clerk.text
        await clerk.press("escape", "tab", "tab")
        assert chosen(clerk) == "DSO, 12 MONTHS"
        assert "unknown: nothing is known of before" in clerk.text
        await clerk.press("tab")
        assert "unknown: no promise was decided in this time" in clerk.text


async def test_without_colours_and_in_ascii_the_shapes_say_it(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "vt100")
    async with dashboard(demo) as clerk:
        assert "####" in clerk.text
        assert "█" not in clerk.text
        await clerk.press("pagedown")
        assert "** DSO  o best possible" in clerk.text
        assert clerk.text.isascii()
        await clerk.press("pagedown")
        assert "= came  | promised" in clerk.text


async def test_the_screen_stands_at_once_and_says_how_far_the_figures_are(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, reached, known = Event(), Event(), board_figures.boards

    def held_up(derived: object, at: object) -> object:
        at(50, 65)  # type: ignore[operator]
        reached.set()
        assert gate.wait(20)
        return known(derived, at)  # type: ignore[arg-type]

    monkeypatch.setattr("arctui.desk.dashboard.boards", held_up)
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("g")
        assert is_open(clerk)
        assert reached.wait(20)
        await clerk.until(lambda: "working the figures out, 50 of 65 accounts ..." in clerk.text)
        # No key fails while nothing is there.
        await clerk.press("j", "tab", "enter", "c", "end", "right", "pagedown")
        assert is_open(clerk)
        await clerk.press("escape", "g")
        gate.set()
        await clerk.until(lambda: "KEY FIGURES" in clerk.text)
        assert "working the figures out" not in clerk.text


async def test_what_another_session_does_is_seen(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        await clerk.press("pagedown", "pagedown")
        week = next(line for line in clerk.text.splitlines() if "23 Nov - 29 Nov" in line)
        desk = Desk(Book(demo), Clock(DEMO_DAY), "bob")
        row = next(r for r in desk.worklist() if r.amount > 2000 and not desk.standing(r.account).live)
        desk.log(row.account, "wed all ach")
        await clerk.look()
        await clerk.until(lambda: week not in clerk.text)
        assert "page 3 of 4" in clerk.text


async def test_a_country_whose_holidays_are_not_known_is_said(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise UnknownCountryError("no holidays are known for 'XX'")

    monkeypatch.setattr("arctui.desk.dashboard.boards", unknown)
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("g")
        await clerk.until(lambda: "no holidays are known for 'XX'" in clerk.text)
        await clerk.press("enter", "c", "escape")
        assert clerk.app.screen is clerk.desk


async def test_its_keys_are_in_the_footer_and_in_the_help(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        for words in ("Enter accounts behind", "c currency", "Esc back", "? more"):
            assert words in clerk.keys
        await clerk.press("question_mark")
        for words in ("the accounts behind the figure", "the next part of the page", "the next currency"):
            assert words in clerk.text
        await clerk.press("escape", "enter", "question_mark")
        assert "go to the account on the desk" in clerk.text


async def test_another_currency_is_not_denied_before_the_figures_are_there(demo: Path) -> None:
    async with dashboard(demo) as clerk:
        screen = clerk.app.screen
        assert isinstance(screen, DashboardScreen)
        screen._looked.dashboard = None
        await clerk.press("c")
        assert "everything is in one currency" not in clerk.text
