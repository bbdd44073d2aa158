"""The palette: actions with their keys, accounts, chapters of the guide."""

from pathlib import Path

from arctui.actions.table import ACTIONS
from arctui.core.changes import added
from arctui.core.records import Account
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.screens.find import FindScreen, Found
from arctui.tui.screens.guide import GuideScreen
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation


def rows(clerk: Workstation) -> list[Found]:
    screen = clerk.app.screen
    assert isinstance(screen, FindScreen)
    return [screen._rows.row(key) for key in screen._rows.keys]


async def test_the_palette_offers_every_action_with_its_key_and_nothing_else_but_guide_and_themes(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("ctrl+p")
        offered = [row for row in rows(clerk) if row.key not in ("guide", "theme")]
        assert [row.text for row in offered] == [a.label for a in ACTIONS if a.id != "palette"]
        assert all(action.key_label in row.key for action, row in zip(
            (a for a in ACTIONS if a.id != "palette"), offered, strict=True))  # fmt: skip
        await clerk.type("undo")
        await clerk.press("enter")
        assert "nothing of yours to undo" in clerk.status


async def test_an_account_is_gone_to_by_name_or_number_also_from_the_calendar(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        for typed, name in (("birch", "Birch Works"), ("c-1011", "Kestrel"), ("oster", "Øster")):
            await clerk.press("c", "ctrl+p")
            await clerk.type(typed)
            assert rows(clerk)[0].key == "account"
            await clerk.press("enter")
            assert clerk.account.startswith(name)
            assert clerk.desk.front == "worklist"


async def test_a_chapter_of_the_guide_is_opened(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("ctrl+p")
        await clerk.type("bank lines")
        await clerk.press("down", "enter")
        assert isinstance(clerk.app.screen, GuideScreen)
        assert "GUIDE  Bank lines" in clerk.text


async def test_an_action_by_its_name_is_meant_before_accounts_and_one_by_its_help_behind_them(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("ctrl+p")
        await clerk.type("credit")
        found = rows(clerk)
        assert found[0].text == "credit"
        assert [row.text for row in found].index("decide") > [row.key for row in found].index("guide")


async def test_themes_are_meant_before_accounts_that_are_only_called_alike(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("ctrl+p")
        await clerk.type("theme")
        assert {row.key for row in rows(clerk)} > {"theme", "account"}
        assert rows(clerk)[0].key == "theme"


async def test_what_does_not_fit_ends_in_a_sign_beside_a_scrollbar_too(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("question_mark")
        helps = [action.help for action in ACTIONS]
        for line in clerk.text.splitlines()[2:-1]:
            told = line.rstrip(" ▁▂▃▄▅▆▇█")
            assert told.endswith(("…", ")", *helps)), line


async def test_over_a_screen_the_palette_lists_the_keys_of_that_screen(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("K", "ctrl+p")
        assert "put the account on hold" in clerk.text
        await clerk.press("escape", "escape")
        assert clerk.app.screen is clerk.desk


async def test_names_with_marks_of_a_markup_are_shown_as_they_are_and_few_of_many_are_made(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    accounts = [Account(id=f"{n:032x}", name=f"[bold]Birch[/] {n:04}", number=str(n)) for n in range(400)]
    book = Book(path, new=True)
    desk = Desk(book, Clock(DEMO_DAY), "ann")
    desk.commit("many", [added(account) for account in accounts])
    desk.leave()
    async with workstation(path, DEMO_DAY) as clerk:
        await clerk.press("ctrl+p")
        await clerk.type("birch")
        assert len([row for row in rows(clerk) if row.key == "account"]) == 30
        assert "[bold]Birch[/] 0000" in clerk.text
