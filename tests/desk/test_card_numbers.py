"""A card number that a clerk types comes to no file of the book: not as a draft, not in a call, not by an act."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest

from arctui.core.calls import Call
from arctui.core.drafts import Draft, Topic
from arctui.core.records import Activity, Payment
from arctui.desk import DeskError
from arctui.desk.errors import CardNumberError
from arctui.desk.importing import ImportOptions
from arctui.store import Book
from tests.core import builders as make
from tests.core.oracle import nov
from tests.playbook.clerks import Clerk, birch, customer

VISA = "4111111111111111"
TYPED = "4111 1111 1111 1111"
HIDDEN = "4111 11** **** ****"
NOTE = Topic("note", "birch")
#: A scheme begins so and the sum is right, but it is an invoice's number.
OWN = "4012888888881881"


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk.with_book(
        tmp_path, [*birch(), *customer("Elm & Sons", make.invoice(OWN, "9310.50", nov(2)))], at="2026-11-23T10:12"
    )


def everything(folder: Path) -> bytes:
    """All bytes of all files of the book: itself, its journal, its backups."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def is_nowhere(clerk: Clerk, *texts: str) -> bool:
    """Are these texts in no file, neither now nor when the book was left (a backup is made)?"""
    found = everything(clerk.path.parent)
    clerk.desk.leave()
    found += everything(clerk.path.parent)
    return not any(text.encode() in found for text in (VISA, TYPED, *texts))


def type_keys(clerk: Clerk, text: str) -> None:
    """Type a note as slowly as can be: every state of it is kept."""
    for length in range(len(text)):
        clerk.desk.drafts.keep(NOTE, text[: length + 1], is_open=True)


# Acts


def test_an_id_that_looks_like_a_card_number_by_chance_keeps_no_plan_from_being_taken(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = count()
    monkeypatch.setattr("arctui.desk.desk.new_id", lambda: f"{next(drawn):08x}a{VISA}bcdefa")
    logged = clerk.desk.log("birch", "half fri card, rest 30")
    assert len({promise.plan for promise in logged.promises}) == 1
    assert VISA in logged.promises[0].plan


def test_acts_with_a_card_number_are_refused_and_name_its_end(clerk: Clerk) -> None:
    desk, number = clerk.desk, clerk.desk.book.number
    acts: list[Callable[[], object]] = [
        lambda: desk.note("birch", f"card {TYPED}"),
        lambda: desk.letters.record("birch", VISA),
        lambda: desk.log("birch", f"fri 500 card -- {TYPED}"),
        lambda: desk.log("birch", f"dsp 450 {VISA}"),
        lambda: desk.log("birch", f"cb tue 10:30 {VISA}"),
        lambda: desk.follow_up("birch", f"fri {TYPED}"),
        lambda: desk.set_policy("firm", f"Northside {VISA}"),
    ]
    for act in acts:
        with pytest.raises(CardNumberError, match="ending in 1111 looks like a card's") as refused:
            act()
        assert refused.value.numbers == (VISA,)
    assert desk.book.number == number
    assert is_nowhere(clerk)


def test_what_the_clerk_says_is_none_is_saved_as_it_was_typed_in_this_session_only(clerk: Clerk) -> None:
    clerk.desk.cards.allow([VISA])
    clerk.desk.note("birch", f"their order {TYPED}")
    with pytest.raises(CardNumberError, match="ending in 4444"):
        clerk.desk.note("birch", "5555 5555 5555 4444")
    notes = [a.note for a in Book(clerk.path).facts.all(Activity)]
    assert notes == [f"their order {TYPED}"]
    with pytest.raises(CardNumberError):
        Clerk(clerk.path).desk.note("elm", TYPED)
    # On the account where it stands in the file already it is no news.
    Clerk(clerk.path).desk.note("birch", f"order {VISA} again")


def test_a_number_in_the_accounts_own_records_may_be_named_there_and_only_there(clerk: Clerk) -> None:
    clerk.desk.note("elm", f"they have {OWN[:4]}-{OWN[4:]} and will pay")
    clerk.desk.log("elm", f"fri 500 check -- for {OWN}")
    with pytest.raises(CardNumberError):
        clerk.desk.note("birch", OWN)


def test_imports_are_taken_as_they_are(clerk: Clerk) -> None:
    path = clerk.path.parent / "payments.csv"
    path.write_text(f"Customer,Date,Amount,Reference\nBirch Works,2026-11-20,100.00,{VISA}\n", encoding="utf-8")
    clerk.desk.import_file(path, ImportOptions(payments=True))
    assert [p.reference for p in Book(clerk.path).facts.all(Payment)] == [VISA]


def test_undo_and_redone_acts_are_not_asked_about(clerk: Clerk) -> None:
    clerk.desk.cards.allow([VISA])
    clerk.desk.note("birch", TYPED)
    later = Clerk(clerk.path)
    later.desk.undo()
    assert not list(later.desk.book.facts.all(Activity))


# Drafts


def test_a_draft_is_kept_with_the_number_hidden_and_no_state_of_it_shows_more_than_ten_digits(clerk: Clerk) -> None:
    type_keys(clerk, f"she pays by {TYPED} 12/27")
    assert [d.text for d in Book(clerk.path).facts.all(Draft)] == [f"she pays by {HIDDEN} 12/27"]
    assert is_nowhere(clerk, "4111 1111 111")


def test_a_number_glued_to_its_date_and_code_is_hidden_at_every_key(clerk: Clerk) -> None:
    type_keys(clerk, f"{VISA}1227123 ok")
    assert is_nowhere(clerk, VISA[:11])


def test_a_long_number_that_is_none_is_kept_whole_once_it_is_left(clerk: Clerk) -> None:
    clerk.desk.drafts.keep(NOTE, "their order 44000123456789", is_open=True)
    assert [d.text for d in Book(clerk.path).facts.all(Draft)] == ["their order 4400012345****"]
    clerk.desk.drafts.keep(NOTE, "their order 44000123456789", is_open=False)
    assert [d.text for d in Book(clerk.path).facts.all(Draft)] == ["their order 44000123456789"]


def test_a_draft_with_a_number_that_is_none_is_kept_whole(clerk: Clerk) -> None:
    clerk.desk.cards.allow([VISA])
    clerk.desk.drafts.keep(NOTE, TYPED, is_open=True)
    assert [d.text for d in Book(clerk.path).facts.all(Draft)] == [TYPED]


# Calls


def test_a_line_of_a_call_is_kept_hidden_and_the_call_goes_on_as_it_is_in_the_book(clerk: Clerk) -> None:
    clerk.begin().jump("commitment")
    line = f"fri 500 card {TYPED}"
    for length in range(len(line)):
        clerk.call = clerk.calls.typed(clerk.call, line[: length + 1])
        assert clerk.call == clerk.kept == clerk.desk.book.facts.get(Call, clerk.call.id)
    assert clerk.call.typed == f"fri 500 card {HIDDEN}"
    clerk.call = clerk.calls.typed(clerk.call, f"card {VISA}", "note_in_call")
    assert clerk.call.drafts == {"note_in_call": "card 411111**********"}
    clerk.calls.leave(clerk.call)
    assert is_nowhere(clerk, "4111 1111 111")


def test_notes_lines_and_names_in_a_call_are_refused_with_a_number(clerk: Clerk) -> None:
    clerk.begin()
    before = clerk.call
    with pytest.raises(CardNumberError, match="1111"):
        clerk.note(f"card {TYPED}")
    with pytest.raises(CardNumberError, match="1111"):
        clerk.jump("commitment").type(f"fri 500 card -- {TYPED}")
    with pytest.raises(CardNumberError, match="1111"):
        clerk.end(f"fri 500 -- {VISA}")
    assert before.moves == ()
    assert is_nowhere(clerk)


def test_a_call_with_a_number_that_is_none_is_ended_by_a_later_session_without_asking_again(clerk: Clerk) -> None:
    clerk.desk.cards.allow([VISA])
    clerk.begin().note(f"their order {TYPED}").promise("fri 500")
    clerk.calls.leave(clerk.call)
    later = Clerk(clerk.path).begin()
    later.end()
    (activity,) = Book(clerk.path).facts.all(Activity)
    assert TYPED in activity.note


def test_numbers_in_the_script_and_the_policy_do_not_hinder_a_call(clerk: Clerk) -> None:
    later = Clerk(clerk.path)
    playbook = later.calls.playbook
    steps = {
        name: msgspec.structs.replace(step, say=(f"Our account is {VISA}.",), ask=(f"is it {TYPED}?",))
        for name, step in playbook.steps.items()
    }
    later.calls._playbook = msgspec.structs.replace(playbook, steps=steps)
    later.begin().promise("fri 500")
    later.end()
    (activity,) = Book(clerk.path).facts.all(Activity)
    assert VISA in activity.note


def test_a_refused_number_is_an_error_of_the_desk() -> None:
    assert issubclass(CardNumberError, DeskError)
    assert str(CardNumberError([VISA, OWN, VISA])).startswith("the number ending in 1111 and 1881")
