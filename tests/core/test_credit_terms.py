"""What was decided on credit, and what is proposed."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest

from arctui.core.credit import grade
from arctui.core.credit_terms import Card, Proposal, card, held_by, limit_of, propose, written
from arctui.core.decisions import CreditDecision
from arctui.core.facts import Dossier
from arctui.core.records import Flag, Record
from tests.core.builders import dossier, invoice, moment, payment, rules
from tests.core.oracle import nov
from tests.core.test_credit import TODAY, history, paid, seen


def decision(day: date, *, hold: bool = False, limit: str = "", graded: str = "") -> CreditDecision:
    return CreditDecision(
        id=f"credit {day}",
        account="birch",
        day=day,
        at=moment(day),
        by="ann",
        hold=hold,
        reason="because",
        limit=Decimal(limit) if limit else None,
        grade=graded,
    )


def with_decisions(facts: Dossier, *decisions: CreditDecision, limit: str = "") -> Dossier:
    account = msgspec.structs.replace(facts.account, credit_limit=Decimal(limit) if limit else None)
    return msgspec.structs.replace(facts, account=account, credit=decisions)


def proposed(*facts: Record, flags: tuple[Flag, ...] = (), held: CreditDecision | None = None) -> Proposal:
    of = seen(with_decisions(dossier(*facts, flags=flags), *([held] if held else [])))
    return propose(of, grade(of, rules(TODAY)), rules(TODAY))


def card_of(facts: Dossier, owes: str) -> Card:
    return card(seen(facts), Decimal(owes), rules(TODAY))


def test_a_decided_limit_stands_before_the_imported_one_and_stays_under_a_later_hold() -> None:
    facts = with_decisions(dossier(), limit="100.00")
    assert limit_of(facts) == Decimal("100.00")
    limited = decision(nov(2), limit="70.00")
    assert limit_of(with_decisions(facts, limited, limit="100.00")) == Decimal("70.00")
    assert limit_of(with_decisions(facts, limited, decision(nov(3), hold=True))) == Decimal("70.00")
    assert limit_of(dossier()) is None


def test_the_hold_is_told_by_the_decision_that_began_it() -> None:
    held, limited, released = decision(nov(2), hold=True), decision(nov(3), hold=True, limit="5.00"), decision(nov(4))
    assert held_by(with_decisions(dossier(), limited, held)) == held
    assert held_by(with_decisions(dossier(), held, released)) is None


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "0.00"),
        ("1", "1.00"),
        ("734", "750.00"),
        ("1049", "1000.00"),
        ("12345", "12500.00"),
        ("3456.78", "3500.00"),
        ("98765", "100000.00"),
        ("-5", "0.00"),
    ],
)
def test_a_limit_is_rounded_to_what_a_person_would_write(amount: str, said: str) -> None:
    assert str(written(Decimal(amount))) == said


@pytest.mark.parametrize(("late", "limit"), [(0, "25.00"), (8, "17.50"), (15, "12.50"), (30, "8.50"), (50, "0.00")])
def test_the_limit_is_what_is_bought_over_the_terms_scaled_by_the_grade(late: int, limit: str) -> None:
    # 20 at a time on 30 days, for ten months; on time it was carried, else 16.90 is bought in a month.
    facts = [r for n in range(10) for r in paid(str(n), TODAY - timedelta(days=60 + 30 * n), late, "20.00")]
    found = proposed(*facts)
    assert str(found.limit) == limit


def test_what_was_carried_on_time_counts_where_it_is_more() -> None:
    found = proposed(*(r for n in range(3) for r in paid(str(n), TODAY - timedelta(days=200), 0, "1000.00")))
    assert found.limit == Decimal("4000.00")
    assert found.limit_words == "4,000.00: 3,000.00 was carried and paid on time, x 1.25 for grade A"


def test_what_was_paid_late_was_not_carried() -> None:
    late = [r for n in range(3) for r in paid(str(n), TODAY - timedelta(days=200), 15, "1000.00")]
    assert "is bought in a month, on terms of 30 days, x 0.75 for grade C" in proposed(*late).limit_words


def test_without_a_grade_no_limit_is_proposed() -> None:
    found = proposed(*history(0, 0))
    assert (found.limit, found.limit_words) == (None, "no limit is proposed without a grade")


def test_an_e_and_a_bankrupt_and_old_debt_are_proposed_for_a_hold() -> None:
    assert proposed(*history(50, 50, 50)).hold_words == "hold: grade E"
    assert proposed(*history(0, 0, 0), flags=(Flag.BANKRUPTCY,)).hold_words == "hold: bankruptcy"
    old = proposed(*history(0, 0, 0), invoice("old", "500.00", TODAY - timedelta(days=61)))
    assert (old.hold, old.hold_words) == (True, "hold: 500.00 is more than 60 days past due and not disputed")
    assert proposed(*history(0, 0, 0), invoice("old", "500.00", TODAY - timedelta(days=60))).hold is None


def test_a_release_is_proposed_when_the_grade_is_better_than_when_it_was_decided() -> None:
    facts = history(0, 0, 0)
    assert proposed(*facts, held=decision(nov(2), hold=True, graded="D")).hold is False
    stays = proposed(*facts, held=decision(nov(2), hold=True, graded="A"))
    assert (stays.hold, stays.hold_words) == (
        None,
        "stay on hold: the grade is no better than when it was decided, A",
    )
    assert proposed(*history(30, 30, 30), held=decision(nov(2), hold=True)).hold_words == "stay on hold: grade D"
    assert proposed(held=decision(nov(2), hold=True)).hold_words == "stay on hold: no grade yet"
    assert proposed(*history(50, 50, 50), held=decision(nov(2), hold=True)).hold_words == "stay on hold: grade E"


def test_a_card_says_by_how_much_the_limit_is_passed() -> None:
    facts = with_decisions(dossier(*history(0, 0, 0)), limit="100.00")
    assert card_of(facts, "130.00").beyond == Decimal("30.00")
    assert card_of(facts, "100.00").beyond == 0
    assert card_of(dossier(*history(0, 0, 0)), "130.00").beyond == 0


def test_money_on_account_is_no_debt() -> None:
    of = seen(dossier(*history(0, 0, 0), payment(nov(2), "50.00")))
    assert of.credits == Decimal("50.00")
