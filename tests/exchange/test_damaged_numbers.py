"""Invoice numbers that a spreadsheet damaged, and those that only look like it."""

import pytest

from arctui.exchange.damaged_numbers import damaged_form, looks_damaged, original, was


@pytest.mark.parametrize(
    ("damaged", "good"),
    [
        ("85001", "00085001"),
        ("85001.0", "00085001"),
        ("100000", "1E5"),
        ("1E+05", "1E5"),
        ("1.00E+05", "1e5"),
        ("1E+05", "100000"),
        ("Mar-26", "2026-03"),
        ("mar-26", "2026-03"),
        ("2026-03-01", "2026-03"),
        ("2026-03-01 00:00:00", "2026-03"),
        ("3/1/2026", "2026-03"),
        ("01/03/2026", "2026-03"),
        ("46082", "2026-03"),
        ("12-Mar", "12-03"),
        ("2.52002E+18", "2520018000000073011"),
        ("2520018000000070000", "2520018000000073011"),
        ("2520018000000073000", "2520018000000073011"),
        ("1041.0", "1041"),
        ("1041.00", "1041"),
    ],
)
def test_a_damaged_number_is_known_again(damaged: str, good: str) -> None:
    assert was(damaged, good)
    assert original(damaged, ["7", good, "INV-1"]) == good
    assert damaged_form(good, ["7", damaged, "INV-1"]) == damaged


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1041", "1041"),
        ("1041", "1042"),
        ("10410", "1041"),
        ("Apr-26", "2026-03"),
        ("2026-03-02", "2026-03"),
        ("2.52003E+18", "2520018000000073011"),
        ("INV-1.0", "INV-1"),
        ("85001", "B-00085001"),
        ("", "0"),
        ("1E+05", "INV-100000"),
    ],
)
def test_other_numbers_are_others(one: str, other: str) -> None:
    assert not was(one, other)
    assert not was(other, one)


def test_a_number_that_may_have_been_several_is_none_of_them() -> None:
    assert original("85001", ["085001", "0085001"]) == ""
    assert damaged_form("00085001", ["85001", "85001.0"]) == ""


@pytest.mark.parametrize("number", ["1E+05", "1.00E+05", "2.52002E+18", "1041.0", "Mar-26", "3/1/2026", "2026-03-01"])
def test_a_number_looks_damaged(number: str) -> None:
    assert looks_damaged(number)


@pytest.mark.parametrize("number", ["", "00085001", "1E5", "2026-03", "1001", "INV-7", "FOO-26", "100000", "4/2026"])
def test_a_number_that_nothing_speaks_against_looks_whole(number: str) -> None:
    assert looks_damaged(number) == ""
