"""A clerk's first days, by keys only."""

from pathlib import Path

import pytest

from arctui.core.facts import Dossier
from arctui.core.reasons import Rules
from arctui.core.standing import Standing, derive
from arctui.store import Book
from tests.tui.workstation import workstation


async def test_import_find_promise_undo_promise_again_and_next_week_it_is_broken(
    book: Path, report: Path, people: Path
) -> None:
    async with workstation(book, "2026-11-16T10:00") as clerk:
        assert "this book is empty" in clerk.status
        await clerk.press("o")
        await clerk.paste(str(report))
        await clerk.press("enter")
        assert "new accounts" in clerk.text
        assert "11,520.50" in clerk.text
        await clerk.press("escape", "o")
        await clerk.paste(str(people))
        await clerk.press("enter")
        await clerk.press("escape")
        assert clerk.accounts == ["Birch Works"]

        await clerk.press("slash")
        await clerk.enter("0117")
        assert clerk.accounts == ["Cedar Farm"]
        await clerk.press("escape", "slash")
        await clerk.enter("birch")
        assert clerk.account == "Birch Works"
        assert "Tony Marsh" in clerk.facts
        assert "+1 480 555 0142" in clerk.facts

        await clerk.press("p")
        await clerk.type("fri 1200 ach tony")
        assert "Fri 20 Nov 2026, in 4 days" in clerk.reading
        assert "1,200.00 of 1,200.00" in clerk.reading
        assert "last day Mon 23 Nov, broken from Tue 24 Nov" in clerk.reading
        await clerk.press("enter")
        assert "saved 10:00: promise of 1,200.00, Birch Works" in clerk.status
        assert "promised 1,200.00" in clerk.facts

        await clerk.press("u")
        assert clerk.status == "undone: promise of 1,200.00, Birch Works"
        assert "PROMISES" not in clerk.facts
        await clerk.press("p")
        await clerk.enter("fri 1200 ach tony")
        await clerk.press("escape")
        assert "promises 1 1,200.00" in clerk.header
        assert clerk.accounts == []

    async with workstation(book, "2026-11-24T09:00") as clerk:
        assert clerk.account == "Birch Works"
        assert "! promised 1,200.00 for Fri 20 Nov by bank transfer, nothing came" in clerk.facts
        assert "broken 1" in clerk.header
        await clerk.press("p")
        await clerk.type("fri check")
        assert "after a broken promise: in our hands by Fri 27 Nov, broken from Mon 30 Nov" in clerk.reading


async def test_what_was_typed_survives_escape_as_a_draft_of_that_account(demo: Path) -> None:
    async with workstation(demo, "2026-11-23T10:12") as clerk:
        first = clerk.account
        await clerk.press("p")
        await clerk.type("fri 12")
        await clerk.press("escape")
        await clerk.press("j", "p")
        assert clerk.desk.prompt.input.value == ""
        await clerk.press("escape", "k")
        assert clerk.account == first
        await clerk.press("p")
        assert clerk.desk.prompt.input.value == "fri 12"


async def test_a_vague_date_is_refused_with_what_to_ask_and_the_text_stays(demo: Path) -> None:
    async with workstation(demo, "2026-11-23T10:12") as clerk:
        before = Book(demo).number
        await clerk.press("p")
        await clerk.enter("soon")
        assert "which day does it leave the bank?" in clerk.reading
        assert clerk.desk.prompt.input.value == "soon"
        assert Book(demo).number == before


async def test_no_answer_takes_the_account_off_the_list_and_goes_to_the_next(demo: Path) -> None:
    async with workstation(demo, "2026-11-23T10:12") as clerk:
        first, second = clerk.accounts[:2]
        await clerk.press("l")
        await clerk.enter("na")
        assert first not in clerk.accounts
        assert clerk.account == second
        assert f"no answer, {first}" in clerk.status
        assert "next Tue 24 Nov" in clerk.status
        await clerk.press("u")
        assert clerk.account == first


async def test_notes_disputes_follow_ups_letters_and_stops_by_keys(book: Path, report: Path) -> None:
    async with workstation(book, "2026-11-18T10:00") as clerk:
        await clerk.press("o")
        await clerk.paste(str(report))
        await clerk.press("enter")
        await clerk.press("escape", "slash")
        await clerk.enter("elm")
        await clerk.press("n")
        await clerk.enter("owner is away until friday")
        assert "note: owner is away until friday" in clerk.facts
        await clerk.press("d")
        await clerk.enter("450 damaged pallets")
        assert "dispute of 450.00: damaged pallets, our remedy by Fri 20 Nov" in clerk.facts
        assert "to ask for 8,860.50" in clerk.facts
        await clerk.press("D")
        assert "dispute solved" in clerk.status
        await clerk.press("f")
        await clerk.type("fri ask for the owner")
        assert "Fri 20 Nov 2026, in 2 days" in clerk.reading
        await clerk.press("enter")
        assert "follow up Fri 20 Nov: ask for the owner" in clerk.facts
        await clerk.press("L", "o")
        await clerk.enter("reminder mail today")
        await clerk.press("escape")
        assert "letter: reminder by mail" in clerk.facts
        await clerk.press("x")
        await clerk.enter("bank")
        assert "NOT TO BE CALLED: bankruptcy" in clerk.facts
        await clerk.press("x")
        clerk.desk.prompt.input.value = ""
        await clerk.press("enter")
        assert "NOT TO BE CALLED" not in clerk.facts
        for _ in range(9):
            await clerk.press("u")
        assert clerk.accounts == []
        assert "nothing of yours to undo" in clerk.status


async def test_after_an_act_only_its_account_is_derived_again(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with workstation(demo, "2026-11-23T10:12") as clerk:
        derived: list[str] = []

        def counting(dossier: Dossier, rules: Rules) -> Standing:
            derived.append(dossier.account.name)
            return derive(dossier, rules)

        monkeypatch.setattr("arctui.desk.derived.derive", counting)
        name = clerk.account
        await clerk.press("l")
        await clerk.enter("na")
        assert set(derived) == {name}
