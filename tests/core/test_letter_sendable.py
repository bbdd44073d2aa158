"""When a letter that was written must not be sent any more as it is."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.decisions import CreditDecision
from arctui.core.letter_records import Asked, LetterKind
from arctui.core.letter_rules import stands_no_more, went_before
from arctui.core.records import Flag, Record
from tests.core.builders import (
    ACCOUNT,
    MONDAY,
    dispute,
    dossier,
    invoice,
    letter,
    moment,
    payment,
    promise,
    rules,
    standing,
)
from tests.core.lettered import DEMAND, FINAL, OLD, REMINDER, written
from tests.core.oracle import dec, nov


def test_a_letter_must_not_be_sent_once_what_it_asks_for_was_paid_promised_or_disputed() -> None:
    waiting = written("2026-0017")

    def problem(*facts: Record, flags: tuple[Flag, ...] = ()) -> str:
        found = dossier(OLD, *facts, flags=flags)
        return stands_no_more(waiting, found, standing(found, nov(23)), rules(nov(23)))

    assert problem() == ""
    assert problem(invoice("2", "70.00", nov(5))) == "", "more is past due by now"
    paid = problem(payment(nov(21), "400.00", {"1": "400.00"}))
    assert paid == "letter 2026-0017 asks for 1,000.00 USD, of which 600.00 USD may be asked for now"
    assert "0.00 USD may be" in problem(promise("1000.00", nov(27), dec(2), dec(3), taken=nov(20)))
    assert "900.00 USD may be" in problem(dispute("100.00", nov(21)))
    assert problem(flags=(Flag.BANKRUPTCY,)) == "not to be written to: bankruptcy"


def test_a_letter_is_not_sent_once_one_of_its_invoices_may_be_asked_for_less_whatever_the_sums_say() -> None:
    """B was asked for, A was promised; then B is paid and A is free."""
    both = written("2026-0017", amount="500.00")
    both = msgspec.structs.replace(both, invoices=("id-1", "id-2"), asked=(Asked("id-2", Decimal(500)),))
    other = invoice("2", "500.00", nov(5))
    facts = dossier(OLD, other)
    assert stands_no_more(both, facts, standing(facts, nov(23)), rules(nov(23))) == ""
    facts = dossier(OLD, other, payment(nov(21), "500.00", {"2": "500.00"}))
    assert stands_no_more(both, facts, standing(facts, nov(23)), rules(nov(23))) == (
        "letter 2026-0017 asks for 500.00 USD, of which 0.00 USD may be asked for now"
    )


@pytest.mark.parametrize(
    ("kind", "today", "refused"),
    [
        (REMINDER, nov(25), False),  # 5 of 10 days
        (REMINDER, nov(26), True),
        (FINAL, nov(23), False),  # 7 of 14
        (FINAL, nov(24), True),
        (FINAL, dec(20), True),
    ],
)
def test_a_letter_is_not_sent_once_less_than_half_of_its_days_are_left(
    kind: LetterKind, today: date, *, refused: bool
) -> None:
    waiting, facts = written("2026-0017", kind, deadline=nov(30)), dossier(OLD)
    said = stands_no_more(waiting, facts, standing(facts, today), rules(today))
    days = 14 if kind is FINAL else 10
    assert said == (f"letter 2026-0017 asks for it by Mon 30 Nov, but {days} days are to be left" if refused else "")


def hold(*, on: bool) -> CreditDecision:
    return CreditDecision(
        id=f"hold {on}", account=ACCOUNT, day=nov(20), at=moment(nov(20)), by="ann", reason="late", hold=on
    )


FACTS: dict[str, Record] = {
    "hold": hold(on=True),
    "no hold": hold(on=False),
    "paid": payment(nov(21), "400.00", {"1": "400.00"}),
    "a": promise("500.00", dec(4), dec(9), dec(10), taken=nov(20), plan="p", name="a"),
    "a withdrawn": promise(
        "500.00", dec(4), dec(9), dec(10), taken=nov(20), plan="p", name="a", withdrawn_on=nov(22)
    ),
    "b": promise("500.00", dec(18), dec(23), dec(24), taken=nov(20), plan="p", name="b"),
    "d": dispute("5.00", nov(20)),
    "closed": dispute("5.00", nov(20), closed_on=nov(21)),
    "all paid": payment(nov(21), "1000.00", {"1": "1000.00"}, name="all"),
    "returned": payment(nov(21), "1000.00", {"1": "1000.00"}, name="all", reversed_on=nov(22)),
    "more paid": payment(nov(22), "5.00"),
}


@pytest.mark.parametrize(
    ("kind", "about", "amount", "before", "after", "words"),
    [
        (LetterKind.HOLD, "", "1000", "hold", "no hold", "the account is not on hold"),
        (LetterKind.HOLD, "", "1000", "hold", "hold,paid", "of which 600.00 USD may be asked for now"),
        (LetterKind.CONFIRMATION, "a", "500", "a", "a withdrawn,b", "no promise stands"),
        (LetterKind.PLAN, "a,b", "1000", "a,b", "a withdrawn,b", "a promise was withdrawn or changed"),
        (LetterKind.DISPUTE, "dispute 2026-11-20 5.00", "5", "d", "closed", "nothing is disputed"),
        (LetterKind.DISPUTE, "dispute 2026-11-20 5.00", "4", "", "d", "the amount is another one"),
        (LetterKind.THANKS, "all", "1000", "all paid", "returned", "1,000.00 is past due still"),
        (LetterKind.STATEMENT, "", "1000", "", "paid", ""),
    ],
)
def test_what_speaks_of_a_hold_a_promise_or_a_dispute_is_not_sent_once_that_stands_no_more(
    kind: LetterKind, about: str, amount: str, before: str, after: str, words: str
) -> None:
    waiting = written("2026-0017", kind, amount=amount)
    waiting = msgspec.structs.replace(waiting, about=tuple(filter(None, about.split(","))))

    def problem(names: str) -> str:
        facts = dossier(OLD, *(FACTS[name] for name in names.split(",") if name))
        return stands_no_more(waiting, facts, standing(facts, nov(23)), rules(nov(23)))

    if before:
        assert problem(before) == ""
    assert words in problem(after)
    assert bool(words) == bool(problem(after))


def test_a_level_is_not_sent_after_the_same_or_a_higher_one_that_just_went_out() -> None:
    waiting = written("2026-0017", day=nov(20))

    def before(kind: LetterKind, day: date, today: date = MONDAY, about: str = "id-1") -> str:
        out = msgspec.structs.replace(written("2026-0009", kind, day=day, sent=letter(day)), invoices=(about,))
        return went_before(waiting, dossier(OLD, waiting, out), rules(today))

    assert before(REMINDER, nov(23)) == "reminder 2026-0009 went out on Mon 23 Nov"
    assert before(FINAL, nov(14)) == "final demand 2026-0009 went out on Sat 14 Nov", "within ten days"
    assert before(FINAL, nov(13)) == ""
    assert before(FINAL, nov(20), today=dec(18)) != "", "since it was written"
    assert before(REMINDER, nov(23), about="id-2") == "", "it asked for something else"
    demand = msgspec.structs.replace(waiting, kind=DEMAND)
    out = written("2026-0009", REMINDER, day=nov(23), sent=letter(nov(23)))
    assert went_before(demand, dossier(OLD, demand, out), rules(nov(23))) == ""
    thanks = msgspec.structs.replace(waiting, kind=LetterKind.THANKS)
    assert went_before(thanks, dossier(OLD, out), rules(nov(23))) == ""
