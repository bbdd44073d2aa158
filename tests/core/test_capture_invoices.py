"""Promises for named invoices, and those that overlap with what is promised already."""

from decimal import Decimal

import msgspec
import pytest

from arctui.core.capture import Reading, read_line
from arctui.core.capture.invoices import open_invoices
from arctui.core.capture.promise_warnings import NO_REASON
from arctui.core.capture.reading import Situation
from arctui.core.records import Record
from arctui.core.standing import derive
from tests.core.builders import dispute, dossier, invoice, money, open_under, problem, promise, read, rules, situation
from tests.core.oracle import dec, nov

OPEN = open_under(B_1041="800.00", b_1042="450.00", n1043="600.00", n15="150.00")


def named(line: str) -> tuple[tuple[str, ...], Decimal]:
    reading = read(line, invoices=OPEN)
    assert reading.problems == ()
    (commitment,) = reading.commitments
    return commitment.numbers, commitment.amount


@pytest.mark.parametrize(
    ("line", "numbers", "amount"),
    [
        ("fri B-1041 ach", ["B-1041"], "800"),
        ("b-1041 fri", ["B-1041"], "800"),
        ("fri #B-1041", ["B-1041"], "800"),
        ("fri B-1041 B-1042 ach", ["B-1041", "b-1042"], "1250"),
        ("fri B-1041, B-1042", ["B-1041", "b-1042"], "1250"),
        ("fri B-1041, B-1042 ach tony", ["B-1041", "b-1042"], "1250"),
        ("fri B-1041 B-1041", ["B-1041"], "800"),
        ("fri for B-1041 by check", ["B-1041"], "800"),
        ("fri #15", ["15"], "150"),
        ("fri inv 15", ["15"], "150"),
        ("fri invoice 15 1043.00", ["15"], "1043"),
        ("fri invoices 15 1043", ["15", "1043"], "750"),
        ("15 #15", ["15"], "150"),
        ("fri 500 B-1041", ["B-1041"], "500"),
        ("fri half B-1041", ["B-1041"], "400"),
        ("fri all B-1041", ["B-1041"], "800"),
    ],
)
def test_a_promise_names_its_invoices_and_is_of_what_is_open_of_them(
    line: str, numbers: list[str], amount: str
) -> None:
    assert named(line) == (tuple(numbers), Decimal(amount))


@pytest.mark.parametrize(
    ("line", "numbers", "amount", "say"),
    [
        pytest.param("15", (), "1850", "15 is read as a day: write #15", id="a day"),
        pytest.param("fri 15", (), "15", "15 is read as an amount: write #15", id="an amount of two figures"),
        pytest.param("fri 1043", (), "1043", "1043 is read as an amount: write #1043", id="an amount"),
        pytest.param("fri 500 1043", ("1043",), "500", "1043 is read as the invoice", id="no second amount"),
    ],
)
def test_a_number_that_may_be_a_day_or_an_amount_is_one_and_that_is_said(
    line: str, numbers: tuple[str, ...], amount: str, say: str
) -> None:
    assert named(line) == (numbers, Decimal(amount))
    assert any(say in warning for warning in read(line, invoices=OPEN).warnings)


def test_a_number_of_which_no_invoice_is_open_is_refused_with_those_that_are() -> None:
    assert problem("fri #99", invoices=OPEN) == "no invoice 99 is open; open: B-1041, b-1042, #1043, #15"
    for line in ("fri B-9999 ach", "fri B-10 500", "fri 500 XY1234"):
        number = line.split()[-1] if line.endswith("1234") else line.split()[1]
        assert problem(line, invoices=OPEN).startswith(f"no invoice {number} is open; open: B-1041")
    assert "is not understood" in problem("fri 3rd-party 500", invoices=OPEN)
    assert "not by an invoice" in problem("wd B-1041", invoices=OPEN, live=live_on_first()[0].live)


@pytest.mark.parametrize(
    ("line", "amounts"),
    [
        ("fri B-1041 ach, rest mon", (800, 1050)),
        ("half fri B-1041, rest mon B-1041", (400, 400)),
        ("fri B-1041, mon B-1041 B-1042", (800, 450)),
        ("fri 200 B-1041, half mon", (200, 925)),
    ],
)
def test_what_one_promise_takes_the_next_does_not(line: str, amounts: tuple[int, ...]) -> None:
    assert tuple(c.amount for c in read(line, invoices=OPEN).commitments) == money(*amounts)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("fri 500 B-1041", "500.00 is a part of the 800.00 that is open of B-1041"),
        ("fri 900 B-1041", "900.00 is more than the 800.00 that is open of B-1041"),
        ("fri B-1041, mon 300 B-1041", "300.00 is more than the 0.00 that is left of B-1041"),
        ("fri B-1041, all mon", "2,650.00 is more than is owed"),
    ],
)
def test_an_amount_that_does_not_fit_its_invoices_is_said(line: str, say: str) -> None:
    assert any(say in warning for warning in read(f"{line} ach", invoices=OPEN).warnings)


# Beside promises that are live


def live_on_first(*more: Record, amount: str = "800.00") -> tuple[Situation, str]:
    """B-1041 of 800.00 is promised for Friday 4 December; 450.00 of B-1042 may be asked for."""
    held = promise(amount, dec(4), dec(9), dec(10), on=["B-1041"], taken=nov(18))
    facts = dossier(invoice("B-1041", "800.00", nov(2)), invoice("B-1042", "450.00", nov(2)), held, *more)
    standing = derive(facts, rules(nov(23)))
    given: dict[str, object] = {
        "collectable": standing.balance.collectable,
        "open_total": standing.balance.net,
        "undisputed": standing.balance.gross - sum(i.disputed for i in standing.items),
        "live": standing.live,
        "invoices": open_invoices(standing.items, "USD"),
    }
    return situation(nov(23), given=given), held.id


def beside(line: str, *more: Record, amount: str = "800.00") -> tuple[Reading, bool]:
    """Read a line, and say whether the promise takes the place of the live one."""
    against, held = live_on_first(*more, amount=amount)
    reading = read_line(f"{line} ach", against)
    assert reading.problems == ()
    return reading, held in reading.replaces


def test_a_promise_for_an_invoice_that_is_promised_takes_the_place_of_that_promise() -> None:
    reading, replaces = beside("fri B-1041")
    assert (reading.promised, replaces) == (Decimal(800), True)
    assert reading.warnings == ("replaces the open promise: 800.00 for Fri 4 Dec", NO_REASON)
    reading, replaces = beside("fri B-1041 B-1042")
    assert (reading.promised, replaces) == (Decimal(1250), True)


def test_a_promise_for_another_invoice_stands_beside_it() -> None:
    reading, replaces = beside("fri B-1042")
    assert (reading.promised, replaces, reading.warnings) == (Decimal(450), False, ())


def test_less_than_was_promised_says_what_is_left_open() -> None:
    reading, replaces = beside("fri 300 B-1041")
    assert replaces
    assert "500.00 of what was promised is left open" in reading.warnings


def test_an_invoice_that_is_promised_in_part_has_the_rest_free() -> None:
    reading, replaces = beside("fri B-1041", amount="500.00")
    assert (reading.promised, replaces) == (Decimal(300), False)
    assert not any("overlaps" in w for w in reading.warnings)


@pytest.mark.parametrize("line", ["fri 800 B-1041", "fri 1250"])
def test_money_that_another_promise_covers_is_an_overlap(line: str) -> None:
    reading, replaces = beside(line, amount="500.00")
    assert not replaces
    assert any(w.startswith("overlaps the promise of 500.00 for Fri 4 Dec") for w in reading.warnings)


def test_several_promises_overlap_in_one_warning() -> None:
    second = promise("300.00", dec(7), dec(10), dec(11), on=["B-1042"], taken=nov(18))
    reading, _ = beside("fri 1250", second)
    assert any("overlaps the promises of 800.00 for Fri 4 Dec, 300.00 for Mon 7 Dec" in w for w in reading.warnings)


def test_what_is_disputed_of_an_invoice_is_not_promised_by_itself() -> None:
    reading, _ = beside("fri B-1042", dispute("100.00", nov(20), on=["B-1042"]))
    assert reading.promised == 350
    reading, _ = beside("fri 450 B-1042", dispute("100.00", nov(20), on=["B-1042"]))
    assert "100.00 of B-1042 is disputed" in reading.warnings
    against, _ = live_on_first(dispute("450.00", nov(20), on=["B-1042"]))
    assert "nothing of B-1042 is left" in read_line("fri B-1042", against).problems[0]


def test_two_invoices_of_one_number_are_named_together() -> None:
    twin = msgspec.structs.replace(invoice("B-1042", "50.00", nov(5)), id="twin")
    found = open_invoices(derive(dossier(invoice("B-1042", "450.00", nov(2)), twin), rules(nov(23))).items, "USD")
    assert (found["B-1042"].open, len(found["B-1042"].ids)) == (Decimal(500), 2)


def test_figures_of_an_open_invoice_that_are_more_than_all_that_is_owed_are_the_invoice() -> None:
    reading = read("fri 71076 ach", invoices=open_under(n71076="450.00"), open_total=Decimal("900.00"))
    (commitment,) = reading.commitments
    assert (commitment.numbers, commitment.amount) == (("71076",), Decimal("450.00"))
    assert "71076 is read as the invoice" in reading.warnings
