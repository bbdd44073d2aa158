"""What others do while a line is being typed: it is saved where it was meant, or not at all."""

from pathlib import Path

from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import Workstation, workstation


def bob(demo: Path) -> Desk:
    return Desk(Book(demo), Clock(DEMO_DAY), "bob")


def promises_of(demo: Path, name: str) -> list[str]:
    desk = bob(demo)
    account = desk.find(name)
    return [str(p.amount) for p in desk.dossier(account.id).promises if p.taken_on == desk.today]


async def catch_up(clerk: Workstation) -> None:
    """Let the screen look for what others did, as it does every few seconds."""
    clerk.desk.take_over()
    await clerk.press()


async def test_a_line_is_about_the_account_it_was_opened_on_though_the_list_moves(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "p")
        await clerk.type("fri 77 ach")
        name = clerk.account
        other = bob(demo)
        other.note(other.find(clerk.accounts[0]).id, "nothing to do with it")
        other.log(other.find(clerk.accounts[1]).id, "na")
        await catch_up(clerk)
        assert clerk.account == name
        await clerk.press("enter")
        assert f"promise of 77.00, {name}" in clerk.status
    assert promises_of(demo, name) == ["77.00"]


async def test_another_sessions_promise_is_shown_before_ours_is_saved(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        name = clerk.account
        await clerk.press("p")
        await clerk.type("mon 200 card")
        other = bob(demo)
        other.log(other.find(name).id, "fri 100 ach")
        await clerk.press("enter")
        assert "something changed this account just now" in clerk.status
        assert clerk.desk.prompt.input.value == "mon 200 card"
        assert promises_of(demo, name) == ["100.00"]
        await clerk.press("enter")
        assert "promise of 200.00" in clerk.status
    assert promises_of(demo, name) == ["100.00", "200.00"]


async def test_others_acts_come_up_without_losing_the_place(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "j", "j")
        name, first = clerk.account, clerk.accounts[0]
        other = bob(demo)
        other.log(other.find(first).id, "na")
        await catch_up(clerk)
        assert first not in clerk.accounts
        assert clerk.account == name


async def test_a_book_that_goes_bad_is_told_and_never_written_over(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        demo.write_text("gone", encoding="utf-8")
        await clerk.press("n")
        await clerk.type("still here")
        for _ in range(2):
            await clerk.press("enter")
            assert "It was left as it is" in " ".join(clerk.reading.split())
            assert clerk.desk.prompt.input.value == "still here"
    assert demo.read_text(encoding="utf-8") == "gone"


async def test_every_warning_is_shown_before_enter(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("p")
        await clerk.type("1/3 999999 bob")
        for warning in ("it counts as Mon 4 Jan", "more than 30 days", "no way of paying said", "more than is owed"):
            assert warning in clerk.text.replace("\n", " "), warning
        assert "Bob is new" in clerk.text
        assert "to ask for" in clerk.text, "the account's facts stay in view"


async def test_an_account_that_another_session_took_out_ends_the_line_in_words(book: Path, report: Path) -> None:
    other = Desk(Book(book, new=True), Clock(DEMO_DAY), "bob")
    other.import_file(report, ImportOptions())
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("p")
        await clerk.type("fri 77 ach")
        other.undo()
        await catch_up(clerk)
        assert "took this account out of the book" in clerk.status
        assert clerk.accounts == []
        assert not clerk.desk.prompt.display


async def test_a_refusal_stays_until_the_next_key(demo: Path, tmp_path: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("o")
        await clerk.paste(str(tmp_path / "missing.csv"))
        await clerk.press("enter")
        said = clerk.reading
        await catch_up(clerk)
        assert clerk.reading == said
