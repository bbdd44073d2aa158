"""The first start: three questions, the import with its totals, and the first call; the demo is one key away."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from arctui.core.records import Account, PolicyChange
from arctui.desk import Desk
from arctui.desk.archiving import export_archive
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.app import ArctuiApp
from arctui.tui.screens.beginning import BeginningScreen
from arctui.tui.screens.guide import GuideScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.settling import settle, settling_pilot
from tests.tui.workstation import Workstation


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with three exports, of which the aging is the newest, and a locale of Germany."""
    home = tmp_path / "home"
    (home / "Downloads").mkdir(parents=True)
    (home / "reports" / "old").mkdir(parents=True)
    for age, name in enumerate(("aging.csv", "contacts.xlsx", "letter.pdf", "last year.csv")):
        path = home / "Downloads" / name
        path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
        os.utime(path, (1_790_000_000 - age, 1_790_000_000 - age))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    for name in ("LC_ALL", "LC_MONETARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(home)
    return home


@asynccontextmanager
async def started(book: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Workstation]:
    """Start as a user does who has no data."""
    app = ArctuiApp(Desk(Book(book, new=True), Clock(DEMO_DAY), "ann"), welcomes=True)
    app.held_gap = -1.0
    with settling_pilot(app):
        async with app.run_test(size=size) as pilot:
            await settle(app)
            yield Workstation(app, pilot)


def asks(clerk: Workstation) -> int:
    """Which question is asked, 0 for none."""
    screen = clerk.app.screen
    return screen._step + 1 if isinstance(screen, BeginningScreen) else 0


async def clear(clerk: Workstation, text: str) -> None:
    await clerk.press("ctrl+u")
    await clerk.type(text)


async def test_three_answers_lead_to_the_import_with_its_totals_and_to_the_first_call(
    book: Path, home: Path, report: Path
) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite Supply")
        assert ">  Germany" in " ".join(clerk.text.split()).replace("> Germany", ">  Germany")
        await clerk.enter("united st")
        await clerk.enter(str(report))
        assert "IMPORT report.csv" in clerk.text
        assert "total read" in clerk.text
        await clerk.press("escape")
        assert clerk.app.screen is clerk.desk
        assert "Enter calls the first account" in clerk.status
        policy = clerk.desk.desk.policy
        assert (policy.firm, policy.country, policy.home_currency) == ("Granite Supply", "US", "USD")
        await clerk.press("enter")
        assert "this is Ann from Granite Supply" in clerk.script


async def test_the_answers_are_one_act_and_no_act_before_the_last_one(book: Path, home: Path) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite")
        await clerk.press("enter", "escape", "escape", "enter", "enter")
        assert not book.exists()
        await clerk.press("pageup", "pagedown", "enter")
        assert [act.act for act in clerk.desk.desk.book.history] == [
            "policy: firm = Granite, country = DE, home_currency = EUR"
        ]
        await clerk.press("u")
        assert not clerk.desk.desk.policy.firm


async def test_the_country_of_the_locale_is_proposed_and_what_it_sets_is_said(book: Path, home: Path) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite")
        assert "currency EUR, holidays of Germany, dates like 23/11/2026" in " ".join(clerk.text.split())
        await clerk.type("us")
        assert "currency USD, holidays of United States, dates like 11/23/2026" in " ".join(clerk.text.split())
        await clear(clerk, "atlantis")
        await clerk.press("enter")
        assert "no country has that in its name" in clerk.text
        assert asks(clerk) == 2


async def test_the_files_that_are_likely_are_listed_the_newest_first(book: Path, home: Path) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite")
        await clerk.press("enter")
        names = [line.split("/")[-1].split("  ")[0] for line in clerk.text.splitlines() if "Downloads/" in line]
        assert names == ["aging.csv", "contacts.xlsx", "last year.csv"]
        assert "none yet" in clerk.text


async def test_a_folder_is_gone_into_and_tab_completes(book: Path, home: Path, report: Path) -> None:
    report.rename(home / "reports" / "open items.csv")
    async with started(book) as clerk:
        await clerk.enter("Granite")
        await clerk.press("enter")
        await clerk.type("~/rep")
        await clerk.press("enter")
        assert "> ~/reports/open items.csv" in clerk.text
        assert "~/reports/old/" in clerk.text
        await clerk.type("op")
        await clerk.press("tab")
        assert "/reports/open items.csv" in clerk.text.splitlines()[5]
        await clerk.press("enter")
        assert "IMPORT open items.csv" in clerk.text


async def test_escape_goes_a_question_back_without_loss_and_then_leaves_without_a_trace(
    book: Path, home: Path
) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite")
        await clerk.enter("austria")
        await clerk.type("/nowhere/x")
        await clerk.press("escape")
        assert asks(clerk) == 2
        await clerk.press("escape")
        assert "Granite" in clerk.text
        await clerk.press("enter")
        assert "holidays of Austria" in clerk.text
        await clerk.press("enter")
        assert "/nowhere/x" in clerk.text
        await clerk.press(*["escape"] * 3)
        assert clerk.app.screen is clerk.desk
        assert "o imports a report" in clerk.status
        assert not book.exists()


async def test_the_demo_is_one_key_away_at_every_question_and_nothing_is_written(
    book: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    async with started(book) as clerk:
        with monkeypatch.context() as instead:
            instead.setattr(ArctuiApp, "go_to_demo", lambda _: asked.append(asks(clerk)))
            for answer in ("Granite", "", None):
                await clerk.press("f2")
                if answer is not None:
                    await clerk.enter(answer)
        assert asked == [1, 2, 3]
        await clerk.press("f2")
        assert clerk.app.wants_demo
        assert not book.exists()


async def test_what_is_wrong_is_said_with_what_to_do_and_the_question_stays(book: Path, home: Path) -> None:
    async with started(book) as clerk:
        await clerk.press("enter")
        assert "write the firm's name" in clerk.text
        await clerk.enter("  ")
        assert asks(clerk) == 1
        await clerk.enter("Granite")
        await clerk.press("enter")
        await clerk.enter("/nowhere/at all.csv")
        assert "there is no file '/nowhere/at all.csv': Tab completes a path" in " ".join(clerk.text.split())
        await clear(clerk, str(home / "Downloads" / "letter.pdf"))
        await clerk.press("enter")
        assert asks(clerk) == 3
        assert not [*clerk.desk.desk.book.facts.all(Account)]
        await clear(clerk, "")
        await clerk.press("pagedown", "enter")
        assert clerk.app.screen is clerk.desk


@pytest.mark.parametrize("key", ["", "o"])
async def test_the_home_of_nobody_is_a_path_that_is_not_there(book: Path, home: Path, report: Path, key: str) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite")
        await clerk.press("enter")
        if key:
            await clerk.press("pagedown", "enter", key)
        await clerk.enter("~nobody/x.csv")
        assert "no file" in clerk.text or "no such file" in clerk.text


async def test_an_empty_book_is_asked_about_once(book: Path, home: Path) -> None:
    desk = Desk(Book(book, new=True), Clock(DEMO_DAY), "ann")
    desk.set_policy("calls_per_day", "30")
    desk.leave()
    async with started(book) as clerk:
        assert asks(clerk) == 1
        await clerk.press("escape")
        assert [c.setting for c in clerk.desk.desk.book.facts.all(PolicyChange)] == ["calls_per_day", "firm"]
    async with started(book) as clerk:
        assert asks(clerk) == 0
        assert "this book is empty" in clerk.status


async def test_an_archive_of_another_book_is_taken_in_with_its_own_firm(
    book: Path, home: Path, four_customers: Path, tmp_path: Path
) -> None:
    desk = Desk(Book(four_customers), Clock(DEMO_DAY), "ann")
    archive = tmp_path / "old.arctui"
    export_archive(desk, archive)
    async with started(book) as clerk:
        await clerk.enter("Anything")
        await clerk.press("enter")
        await clerk.enter(str(archive))
        await clerk.press("escape")
        assert clerk.desk.desk.policy.firm == "Granite Supply"
        assert len([*clerk.desk.desk.book.facts.all(Account)]) == 4


async def test_a_book_with_accounts_or_a_name_asks_nothing(four_customers: Path, home: Path) -> None:
    async with started(four_customers) as clerk:
        assert asks(clerk) == 0


async def test_the_guide_lies_over_a_question_and_what_was_typed_stays(book: Path, home: Path) -> None:
    async with started(book) as clerk:
        await clerk.type("Gran")
        await clerk.press("f1")
        assert isinstance(clerk.app.screen, GuideScreen)
        assert "The first morning" in clerk.text
        await clerk.press("escape")
        await clerk.type("ite")
        assert "Granite" in clerk.text


async def test_the_keys_stand_at_the_foot_in_every_size(book: Path, home: Path) -> None:
    async with started(book) as clerk:
        for answer in ("Granite", "", None):
            for size in ((60, 18), (160, 45), (80, 24)):
                await clerk.resize(*size)
                assert "F1 guide" in clerk.text.splitlines()[-1]
            if answer is not None:
                await clerk.enter(answer)


async def test_of_a_long_path_the_name_of_the_file_is_shown(book: Path, home: Path) -> None:
    folder = home / "Downloads" / ("a folder of a long name, " * 2).strip()
    folder.mkdir()
    (folder / "open items of all branches.csv").write_text("Customer\n", encoding="utf-8")
    async with started(book) as clerk:
        await clerk.enter("Granite Supply")
        await clerk.enter("united st")
        await clear(clerk, f"{folder}/")
        assert "open items of all branches.csv " in clerk.text
        assert "o imports a file later" in clerk.text


async def test_after_a_list_of_contacts_it_says_what_is_still_missing(book: Path, home: Path, people: Path) -> None:
    async with started(book) as clerk:
        await clerk.enter("Granite Supply")
        await clerk.enter("united st")
        await clerk.enter(str(people))
        assert "IMPORT people.csv" in clerk.text
        await clerk.press("escape")
        assert "there was no invoice in it: o imports the report of what is open" in clerk.status


async def test_how_a_file_is_to_be_read_is_told_behind_its_path(book: Path, home: Path) -> None:
    path = home / "Downloads" / "either way.csv"
    path.write_text("Customer,Invoice,Date,Due Date,Balance\nBirch Works,B-1,03/08/2026,05/09/2026,12.00\n", "utf-8")
    async with started(book) as clerk:
        await clerk.enter("Granite Supply")
        await clerk.enter("united st")
        await clerk.enter(str(path))
        assert "say which with --dates mdy or --dates dmy" in " ".join(clerk.text.split())
        await clerk.enter(" --dates nmy")
        assert "--dates is mdy or dmy" in clerk.text
        await clear(clerk, f"{path} --dates dmy\n")
        assert "IMPORT either way.csv" in clerk.text
