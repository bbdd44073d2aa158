"""The screens: sizes, hostile text, help, palette, search, many accounts."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.actions.model import Place
from arctui.actions.table import ACTIONS, key_table
from arctui.core.changes import added
from arctui.core.records import Account, Invoice
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.store import Book
from arctui.tui.glancing import Glancing
from arctui.tui.purposes import PURPOSES
from tests.tui.conftest import DEMO_DAY
from tests.tui.workstation import workstation

HOSTILE = [
    "[/]",
    "[bold]x[/italic]",
    "[@click=app.quit]press[/]",
    "[link=https://e.invalid]1[/link]",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "\x1b[2J\x1b[H cleared",
    "a\x9b31mC1\x85\x00",
    "\u202egnisrever\u202c",
    "e\u0301\u0300" * 40,
    "\U0001f469\u200d\U0001f527 Emoji",
    "株式会社サンプル",
    "مؤسسة الاختبار",
    "X" * 5000,
    "word " * 1000,
    "{markup} %s {0}",
    "line\nbreak\r\ttab",
]
CONTROL = [chr(c) for c in [*range(0x20), *range(0x7F, 0xA0)] if c != 0x0A] + list(
    "\u202a\u202b\u202d\u202e\u2066\u2067\u200b"
)


async def test_what_somebody_wrote_into_the_book_itself_does_nothing_on_a_screen(tmp_path: Path) -> None:
    desk = Desk(Book(tmp_path / "book.json", new=True), Clock("2026-11-23T10:00"), "ann")
    for number, name in enumerate([*HOSTILE[4:8], *HOSTILE[-1:]]):
        account = Account(id=f"a{number}", name=name, number=name, currency="USD", address=name)
        amount, due = Decimal(100 + number), date(2026, 10, 1)
        invoice = Invoice(
            id=f"i{number}", account=account.id, number=name, amount=amount, balance=amount, currency="USD", due=due
        )
        desk.commit(f"act {name}", [added(account), added(invoice)])
    async with workstation(tmp_path / "book.json", "2026-11-23T10:00") as clerk:
        for keys in ([], ["enter"], ["escape", "j", "i"], ["escape", "H"], ["escape", "question_mark"]):
            await clerk.press(*keys)
            assert not [c for c in CONTROL if c in clerk.text], keys


@pytest.mark.parametrize("size", [(80, 24), pytest.param((160, 45), marks=pytest.mark.sweep)])
async def test_names_from_outside_are_harmless_on_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    path, report, people = tmp_path / "book.json", tmp_path / "report.csv", tmp_path / "people.csv"
    quoted = [name.replace('"', '""') for name in HOSTILE]
    rows = [f'"{name}","{name}",2026-09-01,2026-10-01,{n + 10}.00' for n, name in enumerate(quoted)]
    report.write_text("\n".join(["Customer,Invoice,Date,Due Date,Balance", *rows]), encoding="utf-8", newline="")
    rows = [f'"{name}","{name}",+1 480 555 0142,"{name}"' for name in quoted]
    people.write_text("\n".join(["Customer,Contact,Phone,Email", *rows]), encoding="utf-8", newline="")
    async with workstation(path, "2026-11-23T10:00", size=size) as clerk:
        for file in (report, people):
            await clerk.press("o")
            await clerk.paste(str(file))
            await clerk.press("enter")
            assert not [c for c in CONTROL if c in clerk.text]
            await clerk.press("escape")
        assert len(clerk.accounts) >= len(HOSTILE) - 1
        for _ in clerk.accounts:
            await clerk.press("i")
            assert not [c for c in CONTROL if c in clerk.text]
            await clerk.press("escape", "j")
        for key in ("p", "n", "f"):
            await clerk.press(key)
            await clerk.paste("\x1b[2J[/] 12 \u202e")
            await clerk.press("enter")
            assert not [c for c in CONTROL if c in clerk.text]
            await clerk.press("escape")
        await clerk.press("question_mark", "escape", "slash")
        await clerk.paste("[/]")
        await clerk.press("enter")
        assert not [c for c in CONTROL if c in clerk.text]


@pytest.mark.parametrize("size", [(80, 24), (120, 32), (160, 45)])
async def test_every_part_is_on_the_screen(demo: Path, size: tuple[int, int]) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        lines = clerk.text.splitlines()
        assert " Mon 23 Nov 2026  ann" in lines[0]
        assert ("Granite & Vale Supply" in lines[0]) == (size[0] >= 110)
        assert "WORKLIST" in lines[1]
        assert clerk.account in clerk.text.split("WORKLIST")[1]
        assert "to ask for" in clerk.text
        assert "? more" in lines[-1]
        assert max(map(len, lines)) <= size[0]


async def test_amounts_are_right_aligned_in_the_list(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        rows = [line for line in clerk.text.splitlines()[2:9] if line]
        entries = clerk.entries
        ends = {row.index(entries[n].amount) + len(entries[n].amount) for n, row in enumerate(rows)}
        assert len(ends) == 1


async def test_resizing_keeps_the_account_and_what_is_being_typed(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("j", "j", "j", "p")
        await clerk.type("fri 12")
        name = clerk.account
        for size in ((160, 45), (60, 18), (200, 60), (80, 24)):
            await clerk.resize(*size)
            assert clerk.account == name
            assert clerk.desk.prompt.input.value == "fri 12"
            assert "fri 12" in clerk.text
        await clerk.press("escape")
        assert f">{clerk.entries[3].mark} {name[:10]}" in clerk.text


async def test_the_cursor_stays_in_view_and_reaches_both_ends(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        for key in ("G", "home", "pagedown", "j", "space", "k", "end", "home"):
            await clerk.press(key)
            mark = clerk.entries[clerk.desk.accounts.cursor].mark
            assert f">{mark} {clerk.account[:8]}" in clerk.text
        await clerk.press("G")
        assert clerk.account == clerk.accounts[-1]
        assert f"{len(clerk.accounts)} of {len(clerk.accounts)}" in clerk.text


async def test_the_help_lists_every_action_finds_by_typing_and_runs(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY, size=(110, 90)) as clerk:
        await clerk.press("question_mark")
        for action in ACTIONS:
            assert action.help[:40] in clerk.text
        await clerk.type("letter")
        assert "take a promise" not in clerk.text
        await clerk.press("enter")
        assert "LETTERS" in clerk.text
        await clerk.press("escape", "f1", "escape")
        assert "WORKLIST" in clerk.text


async def test_an_action_that_is_not_possible_says_why(book: Path) -> None:
    async with workstation(book, DEMO_DAY) as clerk:
        for key in ("p", "l", "i", "n", "D", "y"):
            await clerk.press(key)
            assert "there is no account in the list" in clerk.status
        assert not book.exists()


async def test_a_file_that_is_no_report_is_refused_and_what_was_typed_stays(book: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.csv"
    junk.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    async with workstation(book, DEMO_DAY) as clerk:
        for path in (str(junk), str(tmp_path / "missing.csv"), str(tmp_path)):
            await clerk.press("o", "ctrl+u")
            await clerk.paste(path)
            await clerk.press("enter")
            assert clerk.desk.prompt.display
            assert clerk.desk.prompt.input.value == path
            assert clerk.reading.strip()
            await clerk.press("escape")
        assert not book.exists()


@pytest.mark.parametrize("answer", ["ctrl+y", "--yes"])
async def test_a_report_that_leaves_out_much_is_asked_about_and_enter_again_only_asks_again(
    book: Path, tmp_path: Path, answer: str
) -> None:
    header = "Customer,Invoice,Date,Due Date,Balance"
    rows = [f"Firm {n},{n},2026-09-01,2026-10-01,100.00" for n in range(30)]
    whole, part = tmp_path / "whole.csv", tmp_path / "part.csv"
    whole.write_text("\n".join([header, *rows]), encoding="utf-8")
    part.write_text("\n".join([header, *rows[:3]]), encoding="utf-8")
    async with workstation(book, DEMO_DAY) as clerk:
        await clerk.press("o")
        await clerk.paste(str(whole))
        await clerk.press("enter")
        await clerk.press("escape", "o")
        await clerk.paste(str(part))
        await clerk.press("ctrl+y")
        assert "leaves out" not in clerk.reading
        await clerk.press("enter", "enter")
        assert "leaves out 27 open invoices" in clerk.reading
        assert "Ctrl+Y imports it" in clerk.reading
        assert len(clerk.accounts) == 30
        if answer == "--yes":
            await clerk.press("space")
            await clerk.paste("--yes")
        await clerk.press("enter" if answer == "--yes" else answer)
        assert "closed invoices" in clerk.text
        await clerk.press("escape")
        assert len(clerk.accounts) == 3


async def test_ten_thousand_accounts_draw_only_the_lines_in_view(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(DEMO_DAY)
    desk = Desk(Book(book, new=True), clock, "ann")
    moment = clock.moment()
    records: list[Account | Invoice] = []
    for n in range(10_000):
        amount, due = Decimal(100 + n % 900), date(2026, 9, 1 + n % 28)
        records.append(Account(id=f"a{n}", name=f"Firm {n:05}"))
        records.append(
            Invoice(
                id=f"i{n}", account=f"a{n}", number=str(n), due=due, amount=amount, balance=amount, currency="USD"
            )
        )
    desk.book.commit("made", [added(r) for r in records], "ann", moment.now)
    # What is drawn in idle moments for the next start is not counted.
    monkeypatch.setattr(Glancing, "go_on", lambda *_: True)
    async with workstation(book, DEMO_DAY) as clerk:
        assert len(clerk.desk.accounts.keys) == 10_000
        await clerk.press("j")  # what is left of the start is laid out
        drawn: list[str] = []
        original = clerk.desk.accounts._draw

        def counting(entry: object, width: int, has_cursor: bool) -> object:
            drawn.append(str(entry))
            return original(entry, width, has_cursor)  # type: ignore[arg-type]

        monkeypatch.setattr(clerk.desk.accounts, "_draw", counting)
        await clerk.press("j")
        # The row that the cursor left, the one that it came to, and what was still to be painted.
        assert 2 <= len(set(drawn)) <= 3
        drawn.clear()
        await clerk.press("G")
        assert len(set(drawn)) <= 24


def test_the_readme_has_the_table_of_keys() -> None:
    readme = Path(__file__).parents[2] / "README.md"
    assert key_table() in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("place", Place)
def test_no_key_means_two_things_in_one_place(place: Place) -> None:
    keys = [key for action in ACTIONS if place in action.places for key in action.keys]
    assert len(keys) == len(set(keys))


async def test_every_action_is_carried_out_by_something(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        assert [a.id for a in ACTIONS if not clerk.desk.handler(a.id) and a.id not in PURPOSES] == []
