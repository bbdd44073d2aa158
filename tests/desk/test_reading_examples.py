"""Lines with what is stored, noted and read back of them, one by one."""

from datetime import date

import msgspec
import pytest

from arctui.core.records import Promise
from arctui.desk.desk import Desk
from arctui.desk.outcomes import note_of
from arctui.playbook.line_phrases import line_phrases, lines_phrases
from tests.core.oracle import nov
from tests.desk.ledgers import Ledger
from tests.desk.stored import Stored, account

# Examples: the invoices of a promise, the note, and what is read back to the customer

OWES: tuple[list[str], list[date], str, list[tuple[int, str]], bool, str] = (
    ["400.00", "500.00", "1000.00"],
    [nov(2), nov(9), nov(16), nov(16)],
    "",
    [],
    False,
    "",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on Monday 23 November 2026, nine in the morning in New York."""
    return Ledger(tmp_path_factory.mktemp("desk"), 23).desk


@pytest.mark.parametrize(
    ("line", "invoices"),
    [
        pytest.param("fri B-1042 ach", [["B-1042"]], id="the one that is named"),
        pytest.param("fri 1043.00 b-1042 #1043 ach", [["B-1042", "1043"]], id="those that are named, in their order"),
        pytest.param("fri 600 ach", [["B-1041", "B-1042"]], id="none named: the oldest first"),
        pytest.param("400 fri, 1500 B-1042 mon", [["B-1041"], ["B-1042"]], id="an unnamed one beside a named one"),
        pytest.param("900 mon, 200 fri B-1041", [["B-1042", "1043"], ["B-1041"]], id="and one before a named one"),
        pytest.param("fri B-1041, rest mon", [["B-1041"], ["B-1042", "1043"]], id="the rest is for the others"),
        pytest.param("2x 200 weekly from fri B-1042", [["B-1042"], ["B-1042"]], id="every part of a plan"),
        pytest.param("2x 450 weekly from fri", [["B-1041", "B-1042"], ["B-1042"]], id="a plan goes through by age"),
    ],
)
def test_a_promise_is_for_exactly_the_invoices_that_it_names(
    desk: Desk, line: str, invoices: list[list[str]]
) -> None:
    it = Stored(desk, account(OWES), line)
    numbers = {i.id: i.number for i in it.facts.invoices}
    stored = [[numbers[i] for i in p.invoices] for p in it.new(Promise) if isinstance(p, Promise)]
    assert stored == invoices


@pytest.mark.parametrize(
    ("line", "note", "spoken"),
    [
        (
            "4x 475 monthly from 12/1 ach",
            "4 parts of 475.00, monthly from Tue 1 Dec to Mon 1 Mar 2027 by bank transfer",
            "4 parts of 475.00 by bank transfer, monthly from Tuesday 1 December, the last on Monday 1 March 2027",
        ),
        (
            "400 fri, 2x rest weekly from mon",
            "400.00 for Fri 27 Nov by check, 2 parts of 750.00, weekly from Mon 30 Nov to Mon 7 Dec by check",
            "400.00 by check on Friday 27 November and 2 parts of 750.00 by check, weekly from Mon... to ...",
        ),
        (
            "fri B-1041 #1043 check",
            "1,400.00 of B-1041, #1043 for Fri 27 Nov by check",
            "1,400.00 for invoices B-1041 and 1043 by check on Friday 27 November",
        ),
        (
            "paid fri 500 check ref 4411",
            "500.00, on Fri 20 Nov, by check, reference 4411",
            "500.00 by check on Friday 20 November with the reference 4411",
        ),
        (
            "paid fri 500 check -- no. 7",
            "500.00, on Fri 20 Nov, by check, reference 7",
            "500.00 by check on Friday 20 November with the reference 7",
        ),
        ("ref cannot -- call my lawyer", '"cannot; call my lawyer"', ""),
        (
            "dsp 450 quality damaged pallets remedy replace them",
            "450.00 (quality): damaged pallets; our remedy: replace them",
            "450.00: damaged pallets",
        ),
    ],
)
def test_the_note_and_what_is_read_back_are_short(desk: Desk, line: str, note: str, spoken: str) -> None:
    it = Stored(desk, account(OWES), line)
    promises = [p for p in it.new(Promise) if isinstance(p, Promise)]
    assert note_of(it.contact, promises) == note
    phrases = line_phrases(it.reading, desk.rules, "USD")
    said = phrases.get("promise") or phrases.get("paid") or phrases.get("dispute", "")
    assert said.replace("day 30 November", "...").replace(", the last on Monday 7 December", " to ...") == spoken


def test_the_day_and_the_owner_of_a_remedy_are_said_as_they_were_typed(desk: Desk) -> None:
    def phrases(*lines: str) -> dict[str, str]:
        readings = [Stored(desk, account(OWES), line).reading for line in lines]
        return lines_phrases(readings, desk.rules, "USD", "ann")

    typed = "dsp 450 two pallets wet, remedy credit by fri, owner kay"
    assert phrases(typed)["dispute"] == "450.00: two pallets wet"
    assert (phrases(typed)["remedy_day"], phrases(typed)["remedy_owner"]) == ("Friday 27 November", "Kay")
    assert "remedy_owner" not in phrases("dsp 450 wet remedy credit owner Ann")
    later = phrases(typed, "dsp 50 wrong price")
    assert (later["remedy_day"], "remedy_owner" in later) == ("Wednesday 25 November", False)


@pytest.mark.parametrize(
    ("line", "zone", "spoken"),
    [
        ("cb 30 nov 10", "", "on Monday 30 November at 10:00"),
        ("cb 30 nov 10 ask for dr. weber", "", "on Monday 30 November at 10:00 and ask for Dr. Weber"),
        (
            "cb 30 nov 10 ask for dr. weber, 2nd floor",
            "Europe/London",
            "on Monday 30 November at 10:00 your time and ask for Dr. Weber",
        ),
        ("cb 30 nov 10 ask for mr kay 555 0142", "", "on Monday 30 November at 10:00 and ask for Mr Kay on 555 0142"),
        ("cb 30 nov 10 ask for kay after lunch", "", "on Monday 30 November at 10:00 and ask for Kay"),
        ("cb 30 nov 10 ask for the statement", "America/New_York", "on Monday 30 November at 10:00"),
        ("cb 30 nov", "Europe/London", "on Monday 30 November"),
    ],
)
def test_a_callback_is_read_back_with_whom_it_is_for_and_by_whose_clock(
    desk: Desk, line: str, zone: str, spoken: str
) -> None:
    it = Stored(desk, account((*OWES[:5], zone)), line)
    assert line_phrases(it.reading, desk.rules, "USD")["callback"] == spoken
    theirs = msgspec.structs.replace(it.reading, person="Rosa Weber")
    assert "Weber" not in line_phrases(theirs, desk.rules, "USD")["callback"]
