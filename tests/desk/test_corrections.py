"""What is corrected by hand: one act each, told in the history, undone as a whole, and proof against old lists."""

import pytest

from arctui.core.pay_cycles import missing_documents
from arctui.core.records import Account, Person
from arctui.desk import DeskError
from arctui.desk.history import Histories
from arctui.desk.importing import ImportSummary
from arctui.exchange.phones import as_called
from tests.desk.ledgers import Ledger

LIST = """\
Customer,Contact,Title,Phone,Email,Address
Birch Works,Tony Marsh,payables,+1 480 555 0142,tony@birch.example,"1 Old Road, Mesa, AZ 85201"
Birch Works,Ann Lee,,602 555 0117,ann@birch.example,
"""


@pytest.fixture
def birch(ledger: Ledger) -> Ledger:
    ledger.open_items("Birch Works,B-1,2026-09-08,2026-10-08,1200.00,1200.00")
    ledger.feed(LIST)
    return ledger


def correct(ledger: Ledger, line: str, kind: str = "", speaker: str = "") -> str:
    return ledger.desk.corrections.save(ledger.account().id, line, kind, speaker=speaker)


def person(ledger: Ledger, name: str) -> Person:
    (found,) = [p for p in ledger.people() if p.name == name]
    return found


def state(ledger: Ledger) -> tuple[Account, tuple[Person, ...]]:
    return ledger.account(), tuple(sorted(ledger.people(), key=lambda p: p.name))


def listed_again(ledger: Ledger, text: str = LIST) -> ImportSummary:
    """Import the same list in a file that is another one."""
    return ledger.feed(text + "Fir Logistics,Bob Fir,,,bob@fir.example,\n")


LINES = {
    "lee wong, controller, 212 555 0142, lee@birch.example": "new person Lee Wong",
    "tony 480 555 0199": "Tony Marsh: +1 480 555 0199",
    "not 555 0142": "+1 480 555 0142 taken away from Tony Marsh",
    "tony, not 555 0142, 480 555 0177": "Tony Marsh: not +1 480 555 0142",
    "left tony": "Tony Marsh has left",
    "address 12 Mill Road, Springfield, IL 62701": "new address",
    "zone Denver": "time zone America/Denver",
    "natural person": "known as a natural person",
    "runs weekly thu, cut-off 2, docs order + statement": "pay cycle weekly on Thursday",
}


@pytest.mark.parametrize("line", LINES)
def test_a_correction_is_one_act_that_the_history_tells_and_undo_takes_back(birch: Ledger, line: str) -> None:
    before = state(birch)
    reading = birch.desk.corrections.read(birch.account().id, line)
    assert reading.ok
    done = correct(birch, line)
    assert done.startswith(LINES[line])
    assert done.endswith(", Birch Works")
    assert state(birch) != before
    histories = Histories(birch.book.history, birch.book.facts, "USD")
    last = histories.of_account(birch.account().id)[-1]
    assert last.act == done
    assert len(last.steps) <= 2
    birch.desk.undo()
    assert state(birch) == before


def test_what_was_found_wrong_is_named_in_the_history(birch: Ledger) -> None:
    correct(birch, "left tony")
    histories = Histories(birch.book.history, birch.book.facts, "USD")
    words = "; ".join(histories.changes(histories.of_account(birch.account().id)[-1]))
    assert "struck out Tony Marsh" in words
    assert "removed person Tony Marsh" in words


def test_what_cannot_be_saved_changes_nothing(birch: Ledger) -> None:
    before = state(birch)
    for line, why in (("555 0199", "whose is it"), ("", "lee wong"), ("tony, 480 555 0142", "known of Tony Marsh")):
        with pytest.raises(DeskError, match=why):
            correct(birch, line)
    with pytest.raises(DeskError, match="not understood: write weekly thu"):
        correct(birch, "tony", "pay cycle")
    assert state(birch) == before


def test_numbers_are_kept_as_they_are_called_and_tell_the_time_zone(birch: Ledger) -> None:
    correct(birch, "lee wong, (212) 555-0142")
    lee = person(birch, "Lee Wong")
    assert (lee.phones, lee.time_zone) == (("+1 212 555 0142",), "America/New_York")
    reading = birch.desk.corrections.read(birch.account().id, "wong, 555 0188")
    assert reading.warnings == ("555 0188 is too short to be called from here: ask for the area code",)


def test_a_number_is_read_in_the_country_of_the_account(birch: Ledger) -> None:
    birch.feed("Customer,Contact,Phone,Country\nElm GmbH,Eva Elm,030 1234567,Germany\n")
    elm = birch.account("Elm")
    birch.desk.corrections.save(elm.id, "eva, 030 7654321")
    assert birch.people("Elm")[0].phones == ("+49 30 7654321", "030 1234567")


def test_a_line_of_the_script_is_about_its_kind(birch: Ledger) -> None:
    correct(birch, "weekly thu, cut-off 2, docs order + statement", "pay cycle")
    cycle = birch.account().pay_cycle
    assert cycle
    run = birch.desk.standing(birch.account().id).run
    assert run
    assert missing_documents(cycle, run.day) == ("order", "statement")
    correct(birch, "212 555 0199", "contact", speaker="Ann Lee")
    assert person(birch, "Ann Lee").phones == ("+1 212 555 0199", "602 555 0117")


def test_a_promise_keeps_the_name_of_who_has_left(birch: Ledger) -> None:
    birch.desk.log(birch.account().id, "fri 100 check tony")
    assert birch.desk.corrections.read(birch.account().id, "left tony").warnings == (
        "promises that Tony Marsh made keep the name",
    )
    correct(birch, "left tony")
    (promise,) = birch.desk.dossier(birch.account().id).promises
    assert promise.person == "Tony Marsh"
    assert birch.desk.check()[0] == []


# Old lists


@pytest.mark.parametrize(
    "lines",
    [
        *[[line] for line in LINES],
        ["not 555 0142", "left ann", "address 12 Mill Road", "lee wong, 480 555 0133", "tony, boss, zone denver"],
    ],
)
def test_the_same_list_brings_back_nothing_that_was_corrected_and_doubles_nothing(
    birch: Ledger, lines: list[str]
) -> None:
    for line in lines:
        correct(birch, line)
    corrected = state(birch)
    assert listed_again(birch).people_added == 1
    assert state(birch) == corrected


def test_the_very_same_file_is_known_already(birch: Ledger) -> None:
    correct(birch, "left tony")
    correct(birch, "address 12 Mill Road")
    assert birch.feed(LIST).known_already


def test_a_list_with_something_new_is_taken(birch: Ledger) -> None:
    correct(birch, "not 555 0142")
    correct(birch, "address 12 Mill Road")
    listed_again(birch, LIST.replace("555 0142", "555 0150").replace("1 Old Road", "3 New Road"))
    assert person(birch, "Tony Marsh").phones == ("+1 480 555 0150",)
    assert birch.account().address == "3 New Road, Mesa, AZ 85201"


def test_a_number_that_was_typed_is_not_doubled_by_a_list_that_writes_it_otherwise(birch: Ledger) -> None:
    correct(birch, "lee wong, 212 555 0142")
    listed_again(birch, LIST + "Birch Works,Lee Wong,controller,(212) 555-0142,lee@birch.example,\n")
    lee = person(birch, "Lee Wong")
    assert (lee.phones, lee.emails, lee.role) == (("+1 212 555 0142",), ("lee@birch.example",), "controller")


def test_who_was_wrongly_said_to_have_left_comes_back_with_the_next_list(birch: Ledger) -> None:
    correct(birch, "left tony")
    correct(birch, "tony marsh, payables")
    listed_again(birch)
    assert person(birch, "Tony Marsh").phones == ("+1 480 555 0142",)


# Numbers as they are called


@pytest.mark.parametrize(
    ("typed", "called", "doubt"),
    [
        ("480-555-0142", "+1 480 555 0142", ""),
        ("(480) 555 0142 x12", "+1 480 555 0142 ext. 12", ""),
        ("+44 20 7946 0958", "+44 20 7946 0958", ""),
        ("555 0142", "555 0142", "area code"),
        ("480 555 0142 480 555 0143", "480 555 0142 480 555 0143", "too long"),
        ("+999 555 0142", "+999 555 0142", "no number that can be called"),
        ("111 555 0142", "111 555 0142", "no known number"),
    ],
)
def test_a_number_is_written_as_it_is_called_and_doubted_where_it_cannot_be(
    typed: str, called: str, doubt: str
) -> None:
    shown, said = as_called(typed, "US")
    assert shown == called
    assert doubt in said
    assert bool(said) == bool(doubt)
