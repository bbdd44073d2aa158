"""Awkward cases of verdicts: promises for no invoice, several on one account, credits, and money taken back."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.money import ZERO
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Applied, Invoice, Promise, Record
from tests.core.builders import (
    dispute,
    dossier,
    friday_check,
    invoice,
    money,
    payment,
    promise,
    standing,
    verdict,
    verdicts,
)
from tests.core.oracle import dec, nov

FIRST, SECOND = invoice("1", "1000.00", nov(2)), invoice("2", "1000.00", nov(2))
FOR_NONE = friday_check(on=())


def credit(number: str, amount: str, issued: date, *, used: str = "0", void: bool = False) -> Invoice:
    """A credit memo of which so much was used up already."""
    made = invoice(number, f"-{amount}", None, issued=issued)
    return msgspec.structs.replace(made, kind="Credit Memo", balance=made.amount + Decimal(used), void=void)


def judged(today: date, *facts: Record) -> tuple[Judged, ...]:
    """The verdicts with what is open of the invoices."""
    return standing(dossier(*facts), today).judged


# A promise that names no invoice


@pytest.mark.parametrize(
    ("applied", "expected", "received"),
    [
        pytest.param({"2": "1000.00"}, Verdict.KEPT, "1000.00", id="applied to any invoice"),
        pytest.param({"1": "400.00", "2": "600.00"}, Verdict.KEPT, "1000.00", id="applied to several"),
        pytest.param({}, Verdict.KEPT, "1000.00", id="on account"),
        pytest.param({"9": "1000.00"}, Verdict.KEPT, "1000.00", id="applied to an invoice that is not in the book"),
    ],
)
def test_all_money_of_the_account_counts_for_a_promise_that_names_no_invoice(
    applied: dict[str, str], expected: Verdict, received: str
) -> None:
    found = verdict(nov(27), FIRST, SECOND, FOR_NONE, payment(nov(20), "1000.00", applied))
    assert (found.verdict, found.received) == (expected, Decimal(received))


def test_money_that_comes_late_counts_for_it_too_wherever_it_was_applied() -> None:
    late = [payment(nov(30), "300.00", {"2": "300.00"}), payment(dec(1), "200.00")]
    (found,) = judged(dec(2), FIRST, SECOND, FOR_NONE, *late)
    assert (found.verdict, found.late, found.late_on) == (Verdict.BROKEN, Decimal(500), dec(1))


def test_a_return_of_any_payment_opens_it_again() -> None:
    back = payment(nov(20), "1000.00", {"2": "1000.00"}, reversed_on=nov(30))
    found = verdict(nov(30), FIRST, SECOND, FOR_NONE, back)
    assert (found.verdict, found.broke_on, found.undone_on) == (Verdict.BROKEN, nov(30), nov(30))


def test_it_leaves_the_money_of_an_earlier_promise_alone_and_gets_what_is_left() -> None:
    earlier = promise("300.00", nov(18), nov(23), nov(24), on=["1"], name="earlier")
    paid = payment(nov(18), "700.00", {"1": "700.00"})
    found = {j.promise.id: j.received for j in verdicts(nov(27), FIRST, FOR_NONE, earlier, paid)}
    assert found == {"earlier": Decimal(300), FOR_NONE.id: Decimal(400)}


# Several promises on one account


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        pytest.param(["300.00"], "kept broken", id="the first is served first"),
        pytest.param(["350.00"], "kept partial", id="the rest goes to the second"),
        pytest.param(["299.00", "201.00"], "kept kept", id="the first takes all of its amount, beyond the tolerance"),
        pytest.param(["500.00"], "kept kept", id="one payment for both"),
        pytest.param([], "broken broken", id="nothing"),
    ],
)
def test_each_cent_on_account_counts_for_one_promise(paid: list[str], expected: str) -> None:
    first = promise("300.00", nov(18), nov(23), nov(24), on=["1"], name="first")
    second = promise("200.00", nov(20), nov(25), nov(27), on=["2"], name="second")
    came = [payment(nov(17 + n), amount) for n, amount in enumerate(paid)]
    found = verdicts(nov(27), FIRST, SECOND, first, second, *came)
    assert " ".join(j.verdict.value for j in found) == expected


def test_what_one_dispute_suspends_leaves_its_money_to_the_other_promise() -> None:
    first = promise("300.00", nov(18), nov(23), nov(24), on=["1"], name="first")
    second = promise("300.00", nov(20), nov(25), nov(27), on=["2"], name="second")
    facts = [FIRST, SECOND, first, second, payment(nov(17), "250.00"), dispute("1000.00", nov(17), on="1")]
    found = judged(nov(27), *facts)
    assert [(j.verdict, j.received) for j in found] == [
        (Verdict.SUSPENDED, Decimal(0)),
        (Verdict.PARTIAL, Decimal(250)),
    ]
    assert [len(j.parts) for j in found] == [0, 1]


# Credits


@pytest.mark.parametrize(
    ("memos", "came", "expected", "missing"),
    [
        pytest.param([credit("CM", "1000.00", nov(18))], "0", Verdict.SUSPENDED, "0", id="it is wiped out"),
        pytest.param([credit("CM", "200.00", nov(18))], "0", Verdict.BROKEN, "800.00", id="nothing came of the rest"),
        pytest.param(
            [credit("CM", "200.00", nov(18))], "300.00", Verdict.PARTIAL, "500.00", id="some of the rest came"
        ),
        pytest.param([credit("CM", "200.00", nov(18))], "800.00", Verdict.KEPT, "0", id="all of the rest came"),
        pytest.param(
            [credit("CM", "200.00", nov(18), void=True)],
            "800.00",
            Verdict.PARTIAL,
            "200.00",
            id="a void one counts not",
        ),
        pytest.param(
            [credit("CM", "200.00", nov(16))],
            "800.00",
            Verdict.PARTIAL,
            "200.00",
            id="it was known when they promised",
        ),
        pytest.param(
            [credit("CM", "200.00", nov(26))], "800.00", Verdict.PARTIAL, "200.00", id="it came after the window"
        ),
        pytest.param(
            [credit("A", "100.00", nov(18)), credit("B", "100.00", nov(19))], "800.00", Verdict.KEPT, "0", id="two"
        ),
    ],
)
def test_a_credit_is_no_money_but_what_it_wiped_out_is_owed_no_more(
    memos: list[Invoice], came: str, expected: Verdict, missing: str
) -> None:
    paid = [payment(nov(20), came, {"1": came})] if Decimal(came) else []
    (found,) = judged(nov(27), FIRST, friday_check(), *memos, *paid)
    assert (found.verdict, found.received, found.missing) == (expected, Decimal(came), Decimal(missing))


def test_a_credit_that_was_laid_on_the_promised_invoice_stays_what_it_was() -> None:
    laid = msgspec.structs.replace(FIRST, balance=Decimal("800.00"))
    (found,) = judged(nov(27), laid, friday_check(), credit("CM", "200.00", nov(18), used="200.00"))
    assert (found.verdict, found.credited, found.missing) == (Verdict.BROKEN, *money(200, 800))


def test_a_credit_goes_on_what_else_is_open_first() -> None:
    (found,) = judged(nov(27), FIRST, SECOND, friday_check(), credit("CM", "1200.00", nov(18)))
    assert (found.verdict, found.credited, found.missing) == (Verdict.BROKEN, *money(200, 800))


def test_a_credit_that_was_used_elsewhere_takes_nothing_off() -> None:
    (found,) = judged(nov(27), FIRST, SECOND, friday_check(), credit("CM", "200.00", nov(18), used="200.00"))
    assert (found.verdict, found.credited) == (Verdict.BROKEN, ZERO)


def test_each_cent_of_a_credit_takes_something_off_one_promise() -> None:
    first = promise("1000.00", nov(18), nov(23), nov(24), on=["1"], name="first")
    second = promise("1000.00", nov(20), nov(25), nov(27), on=["1"], name="second")
    found = judged(nov(27), FIRST, first, second, credit("CM", "700.00", nov(17)))
    assert sum(j.credited for j in found) == Decimal(700)


def test_cash_that_a_report_shows_as_a_credit_is_money_and_counts_once() -> None:
    cash = msgspec.structs.replace(
        payment(nov(18), "400.00"), reference="PMT-1", applied=(Applied("", Decimal(400)),)
    )
    shown = credit("PMT-1", "400.00", nov(18))
    (found,) = judged(nov(27), FIRST, friday_check(), cash, shown)
    assert (found.verdict, found.received, found.credited, found.missing) == (Verdict.PARTIAL, *money(400, 0, 600))


# Taken back


@pytest.mark.parametrize(
    ("facts", "broke_on"),
    [
        pytest.param([payment(nov(20), "1000.00", reversed_on=dec(9))], dec(9), id="what had kept it"),
        pytest.param([payment(nov(20), "400.00", reversed_on=dec(9))], nov(27), id="what had not been enough"),
        pytest.param([payment(nov(20), "1000.00", reversed_on=nov(24))], nov(27), id="before the window was over"),
        pytest.param(
            [
                payment(nov(20), "600.00", reversed_on=dec(9), name="a"),
                payment(nov(23), "600.00", reversed_on=dec(1), name="b"),
            ],
            dec(1),
            id="the first of two without which it was not enough",
        ),
        pytest.param(
            [payment(nov(20), "600.00", reversed_on=dec(9), name="a"), payment(nov(23), "400.00", name="b")],
            dec(9),
            id="one of two",
        ),
    ],
)
def test_it_broke_when_what_was_left_was_not_enough(facts: list[Record], broke_on: date) -> None:
    assert verdict(dec(14), FIRST, friday_check(), *facts).broke_on == broke_on


def test_who_pays_again_in_the_window_what_was_returned_keeps_the_promise() -> None:
    back = payment(nov(18), "1000.00", {"1": "1000.00"}, reversed_on=nov(23))
    again = payment(nov(24), "1000.00", {"1": "1000.00"}, name="again")
    found = verdict(nov(27), FIRST, friday_check(), back, again)
    assert (found.verdict, found.kept_on, found.undone_on) == (Verdict.KEPT, nov(24), nov(23))


def test_a_promise_whose_invoice_is_not_in_the_book_is_paid_on_account_only() -> None:
    lost: Promise = friday_check(on=["9"])
    assert verdict(nov(27), FIRST, lost, payment(nov(20), "1000.00", {"1": "1000.00"})).verdict is Verdict.BROKEN
    assert verdict(nov(27), FIRST, lost, payment(nov(20), "1000.00")).verdict is Verdict.KEPT


def test_the_parts_say_which_payment_brought_what() -> None:
    paid = payment(nov(18), "300.00", {"1": "200.00"}, name="a")
    late = payment(nov(30), "100.00", {"1": "100.00"}, name="b")
    (found,) = judged(nov(30), FIRST, friday_check(), paid, late)
    assert [(p.payment, p.amount, p.number, p.late) for p in found.parts] == [
        ("a", Decimal(200), "1", False),
        ("a", Decimal(100), "", False),
        ("b", Decimal(100), "1", True),
    ]
    assert found.counted == {"a", "b"}
