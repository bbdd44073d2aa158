"""The confirmation of the last agreement or of a call that goes on, and its file beside the book."""

import stat
from pathlib import Path

import msgspec
import pytest

from arctui.core.changes import changed
from arctui.core.records import Account
from arctui.desk import DeskError
from arctui.store import BookError
from arctui.store.documents import Documents
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk.with_book(tmp_path, birch())


def text(clerk: Clerk, *, in_call: bool = False) -> str:
    return " ".join(clerk.desk.confirming.text("birch", clerk.call if in_call else None).text.split())


def test_the_last_agreement_is_confirmed(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 1200 ach tony")
    assert "Dear Tony Marsh," in text(clerk)
    assert "Thank you for speaking with us by phone on Monday 23 November 2026." in text(clerk)
    assert "You will pay 1,200.00 USD by bank transfer on Friday 27 November 2026." in text(clerk)
    assert text(clerk).endswith("Kind regards Ann Northside Supply")


def test_a_promise_by_email_thanks_for_the_email(clerk: Clerk) -> None:
    clerk.desk.log("birch", "em wbp fri 1200 ach tony")
    assert "Thank you for your email of Monday 23 November 2026." in text(clerk)


def test_nothing_agreed_is_nothing_to_confirm(clerk: Clerk) -> None:
    with pytest.raises(DeskError, match="nothing was agreed"):
        text(clerk)
    clerk.desk.log("birch", "lvm")
    with pytest.raises(DeskError, match="nothing was agreed"):
        text(clerk)


def test_only_what_the_last_conversation_agreed_is_confirmed_as_new(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 500 ach tony")
    later = clerk.later("2026-11-24T10:00:00-05:00")
    later.desk.log("birch", "wbp dec 4 300 check tony")
    assert "You will send a check for 300.00 USD on Friday 4 December 2026." in text(later)
    assert "What we agreed on before, 500.00 USD for Friday 27 November 2026, stands." in text(later)
    assert "Beside this, 400.00 USD is open" in text(later)


def test_a_promise_taken_back_is_not_confirmed(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 500 ach tony")
    clerk.later("2026-11-24T10:00:00-05:00").desk.log("birch", "wd")
    clerk.desk.refresh()
    with pytest.raises(DeskError, match="nothing was agreed"):
        text(clerk)


def test_a_call_that_goes_on_is_confirmed_once_something_is_agreed(clerk: Clerk) -> None:
    clerk.begin().jump("commitment").type("half fri check, rest dec 4")
    with pytest.raises(DeskError, match="in this call yet"):
        text(clerk, in_call=True)
    clerk.say("Yes")
    assert "You will make 2 payments, 1,200.00 USD in all:" in text(clerk, in_call=True)
    assert not clerk.desk.dossier("birch").promises


def test_the_file_lies_beside_the_book_private_to_its_owner(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 1200 ach tony")
    letter = clerk.desk.confirming.text("birch")
    path = clerk.desk.confirming.write("birch", letter).path
    assert path == clerk.path.parent / "book.json.documents" / "C-birch confirmation 2026-11-23.txt"
    assert path.read_text(encoding="utf-8") == letter.whole
    assert letter.whole.startswith("Subject: Northside Supply: payment of 1,200.00 USD")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_there_is_never_written_over(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 1200 ach tony")
    letter = clerk.desk.confirming.text("birch")
    names = []
    for _ in range(3):
        path = clerk.desk.confirming.write("birch", letter).path
        path.write_text("mine", encoding="utf-8")
        names.append(path.name)
    assert [n.removeprefix("C-birch confirmation 2026-11-23") for n in names] == [".txt", " (2).txt", " (3).txt"]
    assert {p.read_text(encoding="utf-8") for p in Documents(clerk.path).folder.iterdir()} == {"mine"}


def test_a_text_that_was_written_is_not_written_again(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 1200 ach tony")
    letter = clerk.desk.confirming.text("birch")
    first = clerk.desk.confirming.write("birch", letter)
    Documents(clerk.path).folder.joinpath("C-birch confirmation.txt").mkdir()
    tomorrow = clerk.later("2026-11-24T10:00:00-05:00").desk.confirming
    assert first.new
    assert tomorrow.write("birch", letter) == msgspec.structs.replace(first, new=False)
    other = msgspec.structs.replace(letter, text="another")
    assert tomorrow.write("birch", other).path.name == "C-birch confirmation 2026-11-24.txt"


@pytest.mark.parametrize("number", ["../../etc/passwd", "a/b", "..", "\x1b[2J", "-rf", "x" * 400, ""])
def test_no_number_of_an_account_leads_out_of_the_folder(clerk: Clerk, number: str) -> None:
    clerk.desk.log("birch", "wbp fri 1200 ach tony")
    account = clerk.desk.book.facts.get(Account, "birch")
    assert account
    clerk.desk.commit("number", [changed(account, number=number)])
    path = clerk.desk.confirming.write("birch", clerk.desk.confirming.text("birch")).path
    assert path.parent == Documents(clerk.path).folder
    assert path.is_file()
    assert not path.name.startswith((".", "-"))


def test_a_folder_that_cannot_be_made_is_told_with_its_path(clerk: Clerk) -> None:
    clerk.desk.log("birch", "wbp fri 1200 ach tony")
    Documents(clerk.path).folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(BookError, match=r"book\.json\.documents cannot be made"):
        clerk.desk.confirming.write("birch", clerk.desk.confirming.text("birch"))


def test_a_callback_and_a_dispute_are_confirmed_with_the_promise(tmp_path: Path) -> None:
    clerk = Clerk.with_book(tmp_path, [*birch(), msgspec.structs.replace(make.invoice("B-2", "90.00", nov(2)))])
    clerk.begin().promise("fri 750 ach")
    clerk.jump("dispute").type("450 damaged pallets")
    assert "You question 450.00 USD" in text(clerk, in_call=True)
    assert "You will pay 750.00 USD by bank transfer on Friday" in text(clerk, in_call=True)


@pytest.mark.parametrize("ended", [False, True])
def test_whoever_was_on_the_line_is_written_to_although_somebody_else_pays(clerk: Clerk, *, ended: bool) -> None:
    clerk.begin().promise("fri 1200 ach lori")
    if ended:
        clerk.end()
    letter = text(clerk, in_call=not ended)
    assert letter.startswith("Dear Tony Marsh,")
    assert "Lori will pay 1,200.00 USD by bank transfer" in letter


def test_what_is_read_back_and_not_agreed_yet_is_said(clerk: Clerk) -> None:
    clerk.begin().promise("fri 1200 ach")
    assert clerk.desk.confirming.waiting(clerk.call) == ""
    clerk.jump("commitment").type("fri 700 check, rest dec 4")
    waiting = clerk.desk.confirming.waiting(clerk.call)
    assert waiting.startswith("700.00 by check on Friday 27 November")
    assert "You will pay 1,200.00 USD" in text(clerk, in_call=True)
    clerk.say("Yes")
    assert clerk.desk.confirming.waiting(clerk.call) == ""
    assert "You will make 2 payments" in text(clerk, in_call=True)


def test_what_an_earlier_talk_of_the_day_brought_is_not_in_the_letter(clerk: Clerk) -> None:
    clerk.desk.log("birch", "dispute 450 damaged pallets")
    clerk.later("2026-11-23T12:00:00-05:00").desk.log("birch", "cb wed 10:30 ask for rosa")
    evening = clerk.later("2026-11-23T16:00:00-05:00")
    assert "We will call you" in text(evening)
    assert "question" not in text(evening)
    evening.desk.log("birch", "wbp fri 700 ach rosa")
    assert text(evening).startswith("Dear Rosa,")
    assert "question" not in text(evening)
    assert "We will call you" not in text(evening)
    # A new session reads it from the disk.
    assert text(clerk.later("2026-11-23T17:00:00-05:00")) == text(evening)


def test_of_two_talks_of_a_day_the_last_dispute_is_confirmed_where_it_was_the_last(clerk: Clerk) -> None:
    clerk.desk.log("birch", "cb wed 10:30")
    evening = clerk.later("2026-11-23T16:00:00-05:00")
    evening.desk.log("birch", "dispute 450 damaged pallets")
    assert "You question 450.00 USD" in text(evening)
    assert "We will call you" not in text(evening)
