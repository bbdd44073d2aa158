"""The sentence about a promise explains its verdict with the arithmetic, whatever the case."""

from datetime import date

import msgspec
import pytest

from arctui.core.records import Invoice, Method, Record
from arctui.core.verdict_words import verdict_words
from tests.core.builders import (
    dispute,
    dossier,
    friday_check,
    invoice,
    payment,
    promise,
    rules,
    standing,
    verdict,
)
from tests.core.oracle import dec, nov

OWED = invoice("1", "1000.00", dec(1))
CHECK = friday_check()
SATURDAY = promise("1000.00", nov(21), nov(27), nov(30))
CARD = msgspec.structs.replace(promise("1000.00", nov(20), nov(20), nov(23), method=Method.CARD), grace_days=0)
WINDOW = "(Fri 20 + 3 business days)"
LIVE = "last day Wed 25 Nov, broken from Fri 27 Nov (Fri 20 + 3 business days, Thu 26 is a holiday)"


def paid(day: date, amount: str, *, since: date | None = None, reversed_on: date | None = None) -> Record:
    return payment(day, amount, {"1": amount}, since=since, reversed_on=reversed_on)


def credit(number: str, amount: str, issued: date) -> Invoice:
    return msgspec.structs.replace(invoice(number, f"-{amount}", None, issued=issued), kind="Credit Memo")


CASES: dict[str, tuple[list[Record], date, str]] = {
    "open": ([CHECK], nov(18), f"open: {LIVE}"),
    "due": ([CHECK], nov(25), f"due: {LIVE}"),
    "a card has no grace": ([CARD], nov(18), "open: last day Fri 20 Nov, broken from Mon 23 Nov"),
    "a day that is no business day": (
        [SATURDAY],
        nov(18),
        (
            "open: last day Fri 27 Nov, broken from Mon 30 Nov "
            "(Sat 21 counts as Mon 23, Mon 23 + 3 business days, Thu 26 is a holiday)"
        ),
    ),
    "some of it has come": (
        [CHECK, paid(nov(18), "300.00")],
        nov(19),
        f"open: {LIVE}; so far 300.00 of 1,000.00, on Wed 18 Nov",
    ),
    "broken": ([CHECK], nov(27), f"broken: 0.00 of 1,000.00 by Wed 25 Nov {WINDOW}"),
    "partial": (
        [CHECK, paid(nov(18), "300.00")],
        nov(27),
        f"partial: 300.00 of 1,000.00, on Wed 18 Nov; 700.00 missing by Wed 25 Nov {WINDOW}",
    ),
    "two payments": (
        [CHECK, paid(nov(18), "300.00"), paid(nov(20), "200.00")],
        nov(27),
        "partial: 300.00 on Wed 18 Nov + 200.00 on Fri 20 Nov = 500.00 of 1,000.00; 500.00 missing by Wed 25 Nov "
        + WINDOW,
    ),
    "many payments": (
        [CHECK, *(paid(nov(day), "250.00") for day in (17, 18, 19, 20))],
        nov(27),
        "kept: 1,000.00 of 1,000.00 in 4 payments, the last on Fri 20 Nov",
    ),
    "kept on the day": ([CHECK, paid(nov(20), "1000.00")], nov(27), "kept: 1,000.00 of 1,000.00, on Fri 20 Nov"),
    "kept early": (
        [CHECK, paid(nov(18), "1000.00")],
        nov(18),
        "kept: 1,000.00 of 1,000.00, on Wed 18 Nov, 2 days early",
    ),
    "kept by the tolerance": (
        [CHECK, paid(nov(20), "995.50")],
        nov(27),
        "kept: 995.50 of 1,000.00, on Fri 20 Nov; 4.50 less is within the tolerance of 5.00",
    ),
    "paid too much": (
        [CHECK, payment(nov(20), "1500.00", {"1": "1000.00"})],
        nov(27),
        "kept: 1,000.00 of 1,000.00, on Fri 20 Nov; 500.00 more came than was promised",
    ),
    "on account": (
        [CHECK, payment(nov(20), "1000.00")],
        nov(27),
        "kept: 1,000.00 of 1,000.00, on account on Fri 20 Nov",
    ),
    "the day is not known": (
        [CHECK, paid(nov(27), "1000.00", since=nov(20))],
        nov(27),
        "kept: 1,000.00 of 1,000.00, between Fri 20 Nov and Fri 27 Nov, day not known",
    ),
    "returned in the window": (
        [CHECK, paid(nov(18), "1000.00", reversed_on=nov(23))],
        nov(24),
        f"due: {LIVE}; 1,000.00 came on Wed 18 Nov, returned on Mon 23 Nov: as if it had not come",
    ),
    "returned after it was kept": (
        [CHECK, paid(nov(18), "1000.00", reversed_on=nov(30))],
        nov(30),
        (
            f"broken: 0.00 of 1,000.00 by Wed 25 Nov {WINDOW}; "
            "1,000.00 came on Wed 18 Nov, returned on Mon 30 Nov: as if it had not come"
        ),
    ),
    "a return that is still to come is not known": (
        [CHECK, paid(nov(18), "1000.00", reversed_on=nov(30))],
        nov(27),
        "kept: 1,000.00 of 1,000.00, on Wed 18 Nov, 2 days early",
    ),
    "money after the window": (
        [CHECK, paid(dec(2), "1000.00")],
        dec(2),
        f"broken: 0.00 of 1,000.00 by Wed 25 Nov {WINDOW}; 1,000.00 came late, on Wed 2 Dec",
    ),
    "disputed": (
        [CHECK, dispute("1000.00", nov(18), on="1")],
        nov(19),
        "suspended: 1,000.00 is in dispute since Wed 18 Nov: damaged pallets",
    ),
    "withdrawn": ([msgspec.structs.replace(CHECK, withdrawn_on=nov(18))], nov(19), "withdrawn on Wed 18 Nov"),
    "a credit took something off it": (
        [CHECK, credit("CM-1", "200.00", nov(18)), paid(nov(20), "800.00")],
        nov(27),
        "kept: 800.00 of 1,000.00, on Fri 20 Nov; 200.00 less is owed after the credit CM-1",
    ),
    "a credit wiped it out": (
        [CHECK, credit("CM-1", "1000.00", nov(18))],
        nov(27),
        "suspended: nothing is left to pay after the credit CM-1 of 1,000.00",
    ),
}


@pytest.mark.parametrize(("facts", "today", "expected"), CASES.values(), ids=CASES)
def test_the_sentence_explains_the_verdict(facts: list[Record], today: date, expected: str) -> None:
    (judged,) = standing(dossier(OWED, *facts), today).judged
    assert verdict_words(judged, rules(today)) == expected


def test_a_void_invoice_is_named() -> None:
    void = msgspec.structs.replace(OWED, void=True, balance=OWED.balance * 0)
    (judged,) = standing(dossier(void, CHECK), nov(19)).judged
    assert verdict_words(judged, rules(nov(19))) == "suspended: invoice 1 is void"


def test_the_promise_that_took_its_place_is_named() -> None:
    old = msgspec.structs.replace(CHECK, superseded_by="new")
    new = promise("900.00", nov(24), nov(30), dec(1), name="new", taken=nov(19))
    judged, _ = standing(dossier(OWED, old, new), nov(20)).judged
    assert verdict_words(judged, rules(nov(20))) == (
        "superseded: the promise of 900.00 for Tue 24 Nov took its place"
    )


def test_a_window_that_was_fixed_by_another_calendar_is_not_explained_by_this_one() -> None:
    old = promise("1000.00", nov(20), nov(30), dec(1))
    assert verdict_words(verdict(nov(18), OWED, old), rules(nov(18))) == (
        "open: last day Mon 30 Nov, broken from Tue 1 Dec"
    )


def test_another_currency_is_named() -> None:
    euros = promise("10.00", nov(20), nov(25), nov(27), currency="EUR")
    assert verdict_words(verdict(nov(27), OWED, euros), rules(nov(27))).startswith(
        "broken: 0.00 EUR of 10.00 EUR by "
    )
