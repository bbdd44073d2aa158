"""Lines of correction: people, numbers, addresses and time zones, as they are typed."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.capture.data_lines import read_cycle
from arctui.core.capture.data_reading import is_struck, struck_out
from arctui.core.capture.parts import name_and_role
from arctui.core.phone_numbers import is_phone, same_phone
from arctui.core.records import Account
from tests.core.builders import MONDAY, situation
from tests.core.corrections import ANN, NOBODY, TONY, WEEKLY, account, corrected, of, problem, read

# People


@pytest.mark.parametrize(
    ("line", "name", "role", "phones", "emails"),
    [
        ("lee wong, controller, 212 555 0142, lee@birch.example", "Lee Wong", "controller", 1, 1),
        ("lee wong 212 555 0142 lee@birch.example", "Lee Wong", "", 1, 1),
        ("lee wong 212 555 0142 controller lee@birch.example", "Lee Wong", "controller", 1, 1),
        ("Lee McWong, tel (212) 555-0142, +1 212 555 0143 ext 5", "Lee McWong", "", 2, 0),
        ("mrs wong", "Mrs Wong", "", 0, 0),
        ("lee wong, lee@birch.example; mobile: 212.555.0142", "Lee Wong", "", 1, 1),
        ("212 555 0142 email lee@birch.example", "Tony Marsh", "payables", 2, 2),
    ],
)
def test_a_person_is_read_with_or_without_commas(line: str, name: str, role: str, phones: int, emails: int) -> None:
    person = corrected(line, speaker="Tony Marsh")
    assert (person.name, person.role) == (name, role)
    assert (len(person.phones), len(person.emails)) == (phones, emails)


def test_somebody_new_is_said_to_be_new() -> None:
    reading = read("lee wong, controller, 212 555 0142, lee@birch.example")
    assert reading.sentences == (
        "new: Lee Wong, controller, 212 555 0142, lee@birch.example, time zone America/New_York",
    )
    assert reading.people[0].id == ""
    assert reading.act.startswith("new person Lee Wong")


def test_a_name_like_one_that_is_known_is_asked_about() -> None:
    assert "Tony Marsh is known" in read("tony marsh controller").warnings[0]
    assert "Tony Marsh is known" in read("tony wong, 212 555 0142").warnings[0]
    assert read("lee wong, 212 555 0142").warnings == ()


@pytest.mark.parametrize("name", ["tony", "marsh", "Tony Marsh", "mr marsh", "TONY"])
def test_somebody_known_is_corrected_by_any_part_of_the_name(name: str) -> None:
    person = corrected(f"{name}, controller")
    assert (person.id, person.role) == ("tony", "controller")


def test_a_new_number_is_called_first_and_the_old_one_stays() -> None:
    reading = read("tony 480 555 0199")
    assert reading.people[0].phones == ("480 555 0199", "+1 480 555 0142")
    assert reading.sentences == ("Tony Marsh: 480 555 0199, then +1 480 555 0142",)


def test_a_number_that_is_known_moves_to_the_front_and_keeps_its_area_code() -> None:
    two = msgspec.structs.replace(TONY, phones=("480 555 0199", "+1 480 555 0142"))
    assert corrected("555 0142", of(two)).phones == ("+1 480 555 0142", "480 555 0199")
    assert problem("480 555 0142", of(TONY)) == "that is known of Tony Marsh already"


def test_a_number_without_its_area_code_is_taken_with_a_warning() -> None:
    reading = read("lee wong 555 0177")
    assert reading.people[0].phones == ("555 0177",)
    assert reading.warnings == ("555 0177 lacks the area code",)


def test_a_number_without_a_name_belongs_to_whom_is_on_the_line_else_to_the_only_person() -> None:
    assert corrected("212 555 0199", speaker="Ann Lee").id == "ann"
    assert corrected("number 212 555 0199", of(TONY)).id == "tony"
    assert corrected("ann@new.example", of(ANN)).emails == ("ann@new.example", "ann@birch.example")
    assert problem("212 555 0199") == "whose is it? Tony Marsh or Ann Lee: write the name first"
    assert corrected("212 555 0199 ann").id == "ann"


def test_whoever_is_on_the_line_may_be_new() -> None:
    person = corrected("212 555 0199", speaker="Lee Wong")
    assert (person.id, person.name) == ("", "Lee Wong")


def test_a_number_of_an_account_where_nobody_is_known_is_the_accounts() -> None:
    empty = msgspec.structs.replace(of(), people=())
    assert corrected("212 555 0199", empty).name == ""


def test_the_time_zone_that_came_from_the_number_goes_with_it() -> None:
    assert corrected("tony 212 555 0199").time_zone == "America/New_York"
    by_hand = msgspec.structs.replace(TONY, time_zone="America/Denver")
    assert corrected("tony 212 555 0199", of(by_hand)).time_zone == "America/Denver"
    assert corrected("tony 212 555 0199 zone denver").time_zone == "America/Denver"


def test_a_wrong_number_is_taken_away_from_everybody_who_has_it() -> None:
    also = msgspec.structs.replace(ANN, phones=("480-555-0142",))
    reading = read("not 555 0142", of(TONY, also))
    assert [p.phones for p in reading.people] == [(), ()]
    assert reading.sentences == ("Tony Marsh and Ann Lee: not +1 480 555 0142, 480-555-0142 any more",)
    assert "Tony Marsh then has no phone number" in reading.warnings[0]
    assert reading.account
    assert reading.account.struck == ("+1 480 555 0142", "480-555-0142")


def test_a_wrong_number_may_be_replaced_in_the_same_line() -> None:
    for line in ("not 555 0142, 480 555 0177", "tony, not 480 555 0142, 480 555 0177"):
        assert corrected(line).phones == ("480 555 0177",)


def test_an_email_is_taken_away_and_an_account_without_a_name_or_number_left_goes() -> None:
    assert corrected("not TONY@birch.example").emails == ()
    reading = read("not 480 555 0100", of(TONY, NOBODY))
    assert reading.left == (NOBODY,)


@pytest.mark.parametrize("line", ["left tony", "gone tony marsh", "tony left", "tony is gone", "tony has left"])
def test_who_has_left_goes(line: str) -> None:
    reading = read(line)
    assert reading.left == (TONY,)
    assert reading.sentences == ("Tony Marsh is no longer there",)
    assert reading.account
    assert reading.account.struck == ("Tony Marsh",)


def test_who_comes_back_is_no_longer_struck_out() -> None:
    gone = of(ANN, struck=("Tony Marsh", "+1 480 555 0142"))
    reading = read("tony marsh, 480 555 0142", gone)
    assert reading.account
    assert reading.account.struck == ()


# The account


def test_an_address_a_time_zone_and_who_the_customer_is_are_corrected() -> None:
    moved = account("address 12 Mill Road, Springfield, IL 62701", of(address="1 Old Road"))
    assert (moved.address, moved.struck) == ("12 Mill Road, Springfield, IL 62701", ("1 Old Road",))
    assert account("zone Denver").time_zone == "America/Denver"
    assert account("time zone america/new york").time_zone == "America/New_York"
    assert account("zone eastern").time_zone == "US/Eastern"
    assert account("natural person").natural_person
    assert not account("business", of(natural_person=True)).natural_person


def test_an_account_has_its_time_zone_beside_those_of_its_people() -> None:
    assert read("zone Denver").warnings == (
        "Tony Marsh has America/Phoenix, which stays: write the name first to change it",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "lee wong, controller"),
        ("tony", "what of Tony Marsh?"),
        ("tony, 12", "at least 7 digits"),
        ("tony, tony@birch", "no email address"),
        ("lee wong, fax 480 555 0142", "not called"),
        ("tony, controller, boss", "two roles"),
        ("not", "not what?"),
        ("not tony", "not what?"),
        ("not 480 555 9999", "stands with nobody"),
        ("ann, not 480 555 0142", "does not stand with Ann Lee"),
        ("left", "left Tony Marsh or left Ann Lee"),
        ("left bob", "who has left?"),
        ("address", "which address?"),
        ("zone", "which time zone?"),
        ("zone Atlantis", "no time zone"),
        ("tony, zone Atlantis", "no time zone"),
        ("zone utc", "no time zone"),
        ("name New Name Ltd", "accounting system"),
        ("sold to Fir Logistics", "accounting system"),
        ("business", "already"),
        ("480 555 0142, lee wong", "write the name first"),
        ("they will call back when the boss is here", "free words go into a note"),
        ("runs", "weekly thu"),
        ("docs in order", "how often do they pay?"),
        ("runs none", "none to forget"),
    ],
)
def test_what_cannot_be_taken_says_what_to_write(line: str, words: str) -> None:
    assert words in problem(line)


def test_a_name_that_two_people_have_is_asked_about() -> None:
    other = msgspec.structs.replace(ANN, id="other", name="Tony Lee")
    assert problem("tony, controller", of(TONY, other)) == (
        "'tony' may be Tony Marsh or Tony Lee: write more of the name"
    )


WORDS = st.sampled_from(
    "tony ann lee wong not left gone zone denver address runs weekly biweekly every two monthly 15 thu last cut-off "
    "docs in none all + , ; 480 555 0142 x12 ext tony@birch.example @ controller natural person ( ) from dec".split()
)


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=9).map(" ".join)), st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused_in_a_sentence(text: str, known: bool) -> None:
    on = of(pay_cycle=WEEKLY) if known else of(TONY)
    for reading in (read(text, on), read_cycle(text, on, situation(MONDAY))):
        assert reading.ok != bool(reading.problems)
        assert all(reading.problems)
        assert reading.ok == bool(reading.sentences)


@given(st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_every_number_and_email_that_a_person_then_has_is_told(text: str) -> None:
    reading = read(text)
    before = {p.id: p for p in (TONY, ANN)}
    for person in reading.people:
        had = before.get(person.id)
        for reach in {*person.phones, *person.emails} - set(had.phones + had.emails if had else ()):
            assert reach in reading.sentences[0]


# Numbers


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+1 480 555 0142", "(480) 555-0142", True),
        ("555 0142", "+1 480 555 0142", True),
        ("030 1234567", "+49 30 1234567", True),
        ("555 0142 x12", "555 0142 ext. 12", True),
        ("555 0142 x12", "555 0142", False),
        ("555 0142", "555 0143", False),
        ("142", "555 0142", False),
        ("142", "142", True),
    ],
)
def test_one_number_may_be_written_in_several_ways(one: str, other: str, same: bool) -> None:
    assert same_phone(one, other) is same
    assert same_phone(other, one) is same


@pytest.mark.parametrize(
    ("struck", "listed", "out"),
    [
        ("555 0142", "+1 480 555 0142", False),
        ("555 0142", "555-0142", True),
        ("555 0142", "555 0142 x12", False),
        ("7946 0958", "020 7946 0958", False),
        ("480 555 0142", "+1 480 555 0142", True),
        ("+1 480 555 0142", "480-555-0142", True),
        ("+1 480 555 0142", "+1 212 555 0142", False),
        ("+1 480 555 0142", "555 0142", True),
    ],
)
def test_a_number_that_was_struck_out_keeps_others_out_only_with_its_area_code(
    struck: str, listed: str, out: bool
) -> None:
    assert is_struck(Account(id="birch", name="Birch Works", struck=(struck,)), listed) is out


def test_what_is_a_phone_number() -> None:
    assert is_phone("+1 (480) 555-0142 ext. 5")
    assert not is_phone("555 014")
    assert not is_phone("12 Mill Road 555 0142")


def test_what_was_found_wrong_is_known_again_in_any_spelling() -> None:
    struck = struck_out(of().account, wrong=["+1 480 555 0142", "Tony Marsh", ""])
    found_wrong = of(struck=struck).account
    assert is_struck(found_wrong, "480-555-0142")
    assert is_struck(found_wrong, "TONY marsh")
    assert not is_struck(found_wrong, "")
    assert not is_struck(found_wrong, "480-555-0143")
    assert struck_out(found_wrong, right=["tony marsh"]) == ("+1 480 555 0142",)


def test_an_empty_line_is_told_in_a_sentence() -> None:
    assert problem("  ").startswith("nothing was written: write a person, a number, ")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Zed O'Neil-Smith the 3rd, AP", "Zed O'Neil-Smith the 3rd", "AP"),
        ("lee", "lee", ""),
        ("lee wong , head of AP, Denver;", "lee wong", "head of AP, Denver"),
    ],
)
def test_who_is_on_the_line_is_a_name_and_behind_a_comma_a_role(text: str, name: str, role: str) -> None:
    assert name_and_role(text) == (name, role)


@pytest.mark.parametrize("line", ["natural persn", "nautral person", "sole tradr", "busines"])
def test_a_misspelt_kind_of_customer_is_no_new_person(line: str) -> None:
    assert problem(line).endswith("write natural person, sole trader or business")
