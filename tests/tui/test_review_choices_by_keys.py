"""Each choice of the review by its key, its first page, whose promises it shows, undo, and where it goes on."""

from pathlib import Path

import pytest

from arctui.actions.model import Place
from arctui.core.records import BY_STATEMENT, Account, Payment
from arctui.desk import Desk
from arctui.desk.clock import Clock
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.tui.conftest import DEMO_DAY
from tests.tui.test_drafts_by_keys import to_be_killed
from tests.tui.workstation import Workstation, workstation

LATER = "2026-11-24T09:00"


def money(folder: Path, *rows: str) -> Path:
    path = folder / "payments.csv"
    path.write_text("\n".join(["Customer,Payment Date,Amount,Invoice,Reference", *rows, ""]), encoding="utf-8")
    return path


def bank(folder: Path, *rows: str) -> Path:
    path = folder / "bank.csv"
    path.write_text("\n".join(["Date,Description,Amount,Type,CR/DR", *rows, ""]), encoding="utf-8")
    return path


def bob(book: Path, when: str = DEMO_DAY) -> Desk:
    return Desk(Book(book), Clock(when), "bob")


async def reviewing(clerk: Workstation) -> None:
    await clerk.press("r", "enter")
    assert "REVIEW 1 of 10 BROKEN Kestrel Table Group" in clerk.script


# The first page


async def test_the_first_page_says_how_fresh_the_payments_are_and_an_import_refreshes_it(
    demo: Path, tmp_path: Path
) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r")
        assert clerk.desk.place is Place.OPENING
        assert "payments are known up to Fri 20 Nov: what came since is missing. o imports it." in clerk.script
        assert "last import: open-items-2026-11-20.csv, read on Fri 20 Nov at 17:50 by ann" in clerk.script
        assert "broken 6" in clerk.script
        await clerk.press("o")
        await clerk.enter(f"{money(tmp_path, 'Kestrel Table Group,2026-11-23,8915.00,70051,chk 9')} --payments")
        await clerk.press("escape")
        assert clerk.desk.place is Place.OPENING
        assert "payments are known up to Mon 23 Nov: nothing is missing" in clerk.script
        assert "payments.csv" in clerk.script
        await clerk.press("3")
        assert clerk.desk.prompt.display is False
        assert " of 10 BROKEN Kestrel" in clerk.script
        await clerk.press("r")
        assert clerk.desk.place is Place.OPENING
        await clerk.press("escape")
        assert "r goes on" in clerk.status


# The choices


@pytest.mark.parametrize("size", [(80, 24), (120, 32)])
async def test_the_choices_are_seen_together_with_what_they_are_about(demo: Path, size: tuple[int, int]) -> None:
    async with workstation(demo, DEMO_DAY, size=size) as clerk:
        await reviewing(clerk)
        shown = clerk.text
        for words in ("8,915.00", "signed off by Marcus", "broke 1", "29,985.20", "1  money", "8  hand to another"):
            assert words in shown


async def test_money_on_account_is_picked_and_taken_back(demo: Path, tmp_path: Path) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    desk.import_file(money(tmp_path, "Kestrel Table Group,2026-11-23,500.00,,chk 9"), ImportOptions())
    async with workstation(demo, DEMO_DAY) as clerk:
        await reviewing(clerk)
        assert "500.00 came late" in clerk.script
        await clerk.press("1")
        assert "WHAT CAME OF Kestrel Table Group" in clerk.text
        assert "1  500.00 of Mon 23 Nov  on account, counted already" in clerk.text
        assert "2  other money" in clerk.text
        await clerk.press("1")
        assert "500.00 on account laid on 70051, Kestrel Table Group" in clerk.status
        assert "REVIEW 1 of 10 BROKEN Kestrel Table Group" in clerk.script
        assert "500.00, chk 9, on 70051, late" in clerk.script
        await clerk.press("u")
        assert "500.00, chk 9, on account, late" in clerk.script
        await clerk.press("1", "2")
        assert clerk.desk.prompt.purpose == "came_in"


async def test_a_bank_line_is_picked_by_the_arrows(demo: Path, tmp_path: Path) -> None:
    desk = Desk(Book(demo), Clock(DEMO_DAY), "ann")
    desk.import_file(bank(tmp_path, "2026-11-20,KESTREL TABLE GRP 88123,3000.00,ACH,CR"), ImportOptions())
    assert desk.matching.count() == 1
    async with workstation(demo, DEMO_DAY) as clerk:
        await clerk.press("r")
        assert "1 bank line waits" in clerk.script
        await clerk.press("enter", "1")
        assert "3,000.00 of Fri 20 Nov" in clerk.text
        await clerk.press("down", "up", "enter")
        assert "3,000.00 from the bank, Kestrel Table Group" in clerk.status
        assert "PARTLY PAID Kestrel Table Group" in clerk.script
    (came,) = [p for p in Book(demo).facts.all(Payment) if p.entered_by == BY_STATEMENT]
    assert [(a.number, str(a.amount)) for a in came.applied] == [("70051", "3000.00")]


async def test_a_credit_hold_is_set_with_a_reason_lifted_and_undone_and_a_dispute_taken_down(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await reviewing(clerk)
        await clerk.press("6", "enter")
        assert "needs a reason" in clerk.reading
        await clerk.enter("third promise broken")
        assert "credit hold, Kestrel Table Group" in clerk.status
        assert "REVIEW 2 of 10" in clerk.script
        await clerk.press("left_square_bracket")
        assert "followed up: credit hold today" in clerk.script
        assert "6 lift the credit hold" in clerk.script
        await clerk.press("6")
        await clerk.enter("paid in cash")
        assert "credit released, Kestrel Table Group" in clerk.status
        await clerk.press("u", "u")
        assert "REVIEW 1 of 10 BROKEN Kestrel Table Group" in clerk.script
        assert "followed up" not in clerk.script
        await clerk.press("7")
        await clerk.type("wrong table tops")
        assert "8,915.00" in clerk.reading
        await clerk.press("enter")
        assert "dispute, Kestrel Table Group" in clerk.status
        assert "REVIEW 2 of 10" in clerk.script


async def test_a_hold_that_a_colleague_decides_meanwhile_is_not_lifted(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await reviewing(clerk)
        await clerk.press("6")
        other = bob(demo)
        account = other.find("Kestrel Table Group").id
        other.credit.decide(account, hold=True, reason="first")
        await clerk.enter("third promise broken")
        assert "look at the reading again" in clerk.text
        await clerk.press("enter")
        assert "is on hold already" in clerk.text
        other.refresh()
        assert other.credit.is_held(account)


async def test_an_account_is_handed_to_a_clerk_and_everyones_promises_are_shown(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await reviewing(clerk)
        await clerk.press("8")
        await clerk.enter("zoe")
        assert "why is it handed to zoe" in clerk.reading
        await clerk.enter(" speaks with Marcus")
        assert "nobody is called zoe yet" in clerk.reading
        await clerk.press("ctrl+y")
        assert "handed to zoe, Kestrel Table Group" in clerk.status
        assert "REVIEW 1 of 9 BROKEN Stonefield Masonry" in clerk.script
        await clerk.press("r")
        assert "1 promise on the accounts of others: zoe 1. e shows everyone's." in clerk.script
        await clerk.press("e", "enter", "left_square_bracket")
        assert "REVIEW 1 of 10 BROKEN Kestrel Table Group (zoe's)" in clerk.script
        await clerk.press("e")
        assert "promises on your accounts and nobody's: 9" in clerk.status
        await clerk.press("u")
        assert "REVIEW 1 of 10 BROKEN Kestrel Table Group" in clerk.script
    assert not any(a.clerk == "zoe" for a in Book(demo).facts.all(Account))


async def test_undo_comes_back_to_the_promise_that_was_decided_about(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await reviewing(clerk)
        await clerk.press("right_square_bracket", "right_square_bracket")
        here = clerk.script.split("On ")[0]
        for key, line in (("4 o", "reminder mail today"), ("5", "no mail today"), ("3", "wed 1322 ach -- flood")):
            await clerk.press(*key.split())
            await clerk.enter(line)
            assert "saved" in clerk.status
            assert "REVIEW 4 of 10" in clerk.script
            await clerk.press("right_square_bracket", "u")
            assert clerk.script.split("On ")[0] == here


# Where it goes on


async def test_a_review_that_was_cut_off_goes_on_at_its_promise(demo: Path) -> None:
    async with to_be_killed(demo) as clerk:
        await reviewing(clerk)
        await clerk.press("right_square_bracket", "right_square_bracket")
        here = clerk.script
        assert "REVIEW 3 of 10" in here
    async with workstation(demo, DEMO_DAY) as clerk:
        assert "the review was cut off: it goes on where it was" in clerk.status
        assert clerk.script == here
        await clerk.press("escape", "q")
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.desk.front == "worklist"
        await clerk.press("r", "enter")
        assert clerk.script == here


async def test_a_call_that_was_cut_off_comes_before_the_review_it_was_made_from(demo: Path) -> None:
    async with to_be_killed(demo) as clerk:
        await reviewing(clerk)
        await clerk.press("right_square_bracket", "2", "1")
    async with workstation(demo, DEMO_DAY) as clerk:
        assert clerk.desk.place is Place.CALL
        await clerk.press("escape", "escape", "r", "enter")
        assert "REVIEW 2 of 10" in clerk.script


# Closing


async def test_what_the_closed_review_passed_over_is_first_on_the_next_days_list(demo: Path) -> None:
    async with workstation(demo, DEMO_DAY) as clerk:
        await reviewing(clerk)
        await clerk.press("5")
        await clerk.enter("no mail today")
        await clerk.press(*["right_square_bracket"] * 9, "enter")
        assert "9 promises not looked after: they come first on the list of Tue 24 Nov" in clerk.status
        await clerk.press("left_square_bracket", "right_square_bracket", "enter")
        assert "Enter again closes" in clerk.status, "who went back is asked again"
        await clerk.press("enter")
        assert "review of Mon 23 Nov closed" in clerk.status
    async with workstation(demo, LATER) as clerk:
        first = clerk.entries[:9]
        assert all("not reviewed on Mon 23 Nov" in entry.why for entry in first)
        assert "Kestrel Table Group" not in [entry.name for entry in first]
        await clerk.press("r")
        assert "9 promises not reviewed on Mon 23 Nov" in clerk.script
        await clerk.press("enter", "right_square_bracket")
        assert "! not reviewed on Mon 23 Nov" in clerk.script
