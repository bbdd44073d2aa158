"""Disputes in the capture line: the amount, what is wrong, its kind, and what we owe for it."""

from datetime import date
from decimal import Decimal

import pytest

from arctui.core.records import DisputeKind
from tests.core.builders import open_under, problem, read
from tests.core.oracle import dec, nov

NUMBERS = open_under(B_1041="450.00", n1042="1550.00")


@pytest.mark.parametrize(
    ("line", "amount", "reason", "numbers"),
    [
        ("dsp 450 damaged pallets", "450", "damaged pallets", ()),
        ("dsp 1,200.50 short by fri 15 soon", "1200.50", "short by fri 15 soon", ()),
        ("dsp 450 -- damaged pallets", "450", "damaged pallets", ()),
        ("dsp 200 damaged on B-1041", "200", "damaged on B-1041", ("B-1041",)),
        ("dsp B-1041 damaged", "450", "damaged", ("B-1041",)),
        ("dsp 1042 never came", "1550", "never came", ("1042",)),
        ("dsp damaged pallets", "2000", "damaged pallets", ()),
        ("dsp all nothing came", "2000", "nothing came", ()),
    ],
)
def test_a_dispute_has_an_amount_and_free_words(
    line: str, amount: str, reason: str, numbers: tuple[str, ...]
) -> None:
    objection = read(line, invoices=NUMBERS).objection
    assert objection is not None
    assert (objection.amount, objection.reason, objection.numbers) == (Decimal(amount), reason, numbers)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("dsp", "what is wrong?"),
        ("dsp 450", "what is wrong?"),
        ("dsp B-1041 200", "what is wrong?"),
        ("dsp 0 damaged", "nothing"),
        ("dsp €5 x", "owes USD"),
    ],
)
def test_a_dispute_that_cannot_be_is_refused(line: str, say: str) -> None:
    assert say in problem(line, invoices=NUMBERS)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("dsp damaged pallets", "all 2,000.00 is taken as disputed"),
        ("dsp 2000.01 damaged", "more than the 2,000.00"),
        ("dsp 451 damaged B-1041", "more than the 450.00"),
    ],
)
def test_an_unusual_dispute_is_warned_of(line: str, say: str) -> None:
    assert any(say in warning for warning in read(line, invoices=NUMBERS).warnings)


@pytest.mark.parametrize(
    ("line", "amount", "reason", "say"),
    [
        ("dsp B-1041 200 quality damaged", "200", "damaged", "200.00 of B-1041 is taken as disputed"),
        ("dsp #1042 1,200.50 damaged", "1200.50", "damaged", "1,200.50 of 1042 is taken as disputed"),
        ("dsp B-1041 10.00 damaged", "10", "damaged", "10.00 of B-1041 is taken as disputed"),
        ("dsp B-1041 500 damaged", "500", "damaged", "500.00 is more than the 450.00 that is open"),
        ("dsp B-1041 10 pallets damaged", "450", "10 pallets damaged", "all of B-1041 is taken as disputed"),
    ],
)
def test_an_amount_behind_the_number_is_disputed_of_that_invoice_and_said(
    line: str, amount: str, reason: str, say: str
) -> None:
    reading = read(line, invoices=NUMBERS)
    assert reading.objection
    assert (reading.objection.amount, reading.objection.reason) == (Decimal(amount), reason)
    assert len(reading.objection.numbers) == 1
    assert any(say in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("line", "kind", "reason"),
    [
        pytest.param("dsp 450 quality damaged pallets", DisputeKind.QUALITY, "damaged pallets", id="named first"),
        pytest.param("dsp 450 price: see mail", DisputeKind.PRICE, "see mail", id="named with a colon"),
        pytest.param("dsp 450 delivery note wrong", DisputeKind.DELIVERY, "delivery note wrong", id="named in words"),
        pytest.param("dsp 450 damaged pallets", DisputeKind.QUALITY, "damaged pallets", id="known by its words"),
        pytest.param("dsp 450 -- billed twice", DisputeKind.DUPLICATE, "billed twice", id="behind the dashes"),
        pytest.param("dsp 450 something odd", None, "something odd", id="not known"),
    ],
)
def test_a_dispute_has_one_of_eight_kinds(line: str, kind: DisputeKind | None, reason: str) -> None:
    reading = read(line)
    assert reading.objection
    assert (reading.objection.kind, reading.objection.reason) == (kind, reason)
    assert any("price, quantity, delivery, quality" in w for w in reading.warnings) is (kind is None)
    branch = read(line, dispute_kind=DisputeKind.SCOPE)
    assert branch.objection
    assert branch.objection.kind is (kind or DisputeKind.SCOPE)


@pytest.mark.parametrize(
    ("line", "reason", "remedy", "owner", "due"),
    [
        ("damaged remedy replace 10 pallets by fri owner kay", "damaged", "replace 10 pallets", "kay", nov(27)),
        ("damaged remedy replace 10 pallets owner kay by fri", "damaged", "replace 10 pallets", "kay", nov(27)),
        ("damaged by dec 15 owner kay lee remedy credit by hand", "damaged", "credit by hand", "kay lee", dec(15)),
        ("damaged remedy: send by truck", "damaged", "send by truck", "", None),
        ("damaged owner kay", "damaged", "", "kay", None),
        ("damaged by fri owner kay", "damaged", "", "kay", nov(27)),
        ("damaged by fri", "damaged by fri", "", "", None),
        ("damaged says the owner", "damaged says the owner", "", "", None),
        ("damaged, the owner kay says", "damaged, the owner kay says", "", "", None),
    ],
)
def test_what_we_owe_for_a_dispute_stands_at_its_end(
    line: str, reason: str, remedy: str, owner: str, due: date | None
) -> None:
    objection = read(f"dsp 450 {line}").objection
    assert objection
    assert (objection.reason, objection.remedy) == (reason, remedy)
    assert (objection.owner, objection.due) == (owner, due)


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("dsp 450 damaged remedy", "which remedy?"),
        ("dsp 450 damaged remedy by fri", "which remedy?"),
        ("dsp 450 damaged remedy replace by nov 20", "is past"),
        ("dsp 450 damaged remedy replace by next week", "which day"),
        ("dsp 450 damaged remedy replace by soon", "which day"),
        ("dsp 450 damaged remedy replace by 31 feb", "there is no 31 February"),
        ("dsp 450 remedy replace by fri", "what is wrong?"),
    ],
)
def test_a_remedy_that_cannot_be_is_refused(line: str, say: str) -> None:
    assert say in problem(line)


def test_a_number_of_two_figures_in_a_dispute_is_no_invoice_unless_it_is_marked() -> None:
    invoices = open_under(n15="150.00", n1042="1550.00")
    for line, numbers in (
        ("dsp 15 of 20 pallets short", ()),
        ("dsp 100 short by fri 15", ()),
        ("dsp 100 short on #15", ("15",)),
        ("dsp inv 15 short", ("15",)),
        ("dsp #15 short", ("15",)),
        ("dsp 100 short on 1042", ("1042",)),
    ):
        objection = read(line, invoices=invoices).objection
        assert objection
        assert objection.numbers == numbers
    assert (
        "1042 is read as the invoice: write 1042.00 for the amount" in read("dsp 1042 x", invoices=invoices).warnings
    )


@pytest.mark.parametrize(
    ("line", "reason", "remedy"),
    [
        ("dsp 450 two pallets wet, remedy credit, by fri, owner kay", "two pallets wet", "credit"),
        ("dsp 450 wet - remedy: credit;", "wet", "credit"),
        ("dsp 450 defective, replace 10 pumps", "defective", "replace 10 pumps"),
        ("dsp 450 defective; Refund by fri owner kay", "defective", "Refund"),
        ("dsp 450 overcharged, credit note by fri", "overcharged", "credit note"),
        ("dsp 450 overcharged, refund never came", "overcharged, refund never came", ""),
        ("dsp 450 they replace nothing", "they replace nothing", ""),
        ("dsp 450, credit for returned pallets", "credit for returned pallets", ""),
        ("dsp 450, refund of freight", "refund of freight", ""),
        ("dsp 450 replace 10 pumps", "replace 10 pumps", ""),
    ],
)
def test_reason_and_remedy_are_parted_at_the_comma_which_neither_keeps(line: str, reason: str, remedy: str) -> None:
    objection = read(line).objection
    assert objection
    assert (objection.reason, objection.remedy) == (reason, remedy)
