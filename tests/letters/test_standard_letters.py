"""The standard letters: each says what it must, nothing that is false, and hands over no excuse."""

import re
from decimal import Decimal

import msgspec
import pytest

from arctui.core.letter_facts import letter_values
from arctui.core.letter_records import LEVELS, LetterKind
from arctui.core.policy import Policy
from arctui.letters.rendered import Paragraph, Table
from arctui.letters.template import render, standard
from arctui.letters.template_check import check, samples
from tests.core import builders as make
from tests.core.oracle import dec, nov
from tests.letters.templated import full, said

MONDAY = nov(23)


def test_ours_hold_together() -> None:
    assert check(None) == []


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_is_made_from_the_facts_of_an_account(kind: LetterKind) -> None:
    facts = (
        make.invoice("B-1041", "1200.00", nov(2)),
        make.invoice("B-1042", "300.00", nov(10)),
        make.payment(nov(13), "100.00", {}),
        make.promise("150.00", nov(27), dec(2), dec(3), on=["B-1042"], plan="p", name="1"),
        make.promise("50.00", dec(4), dec(9), dec(10), on=["B-1042"], plan="p", name="2"),
        make.dispute("150.00", nov(20), on=["B-1041"]),
    )
    dossier = make.dossier(*facts)
    policy = Policy(remittance=("First Bank", "Account 1"))
    standing = make.standing(dossier, MONDAY, policy=policy)
    values, speaks = letter_values(
        kind, dossier, standing, make.rules(MONDAY, policy=policy), clerk="ann", day=MONDAY, person="Tony Marsh"
    )
    text = said(render(standard(kind), values))
    assert values.amount in text
    assert f"{speaks.amount:,.2f}" in values.amount
    assert "Birch Works, number C-1" in text
    assert text.splitlines()[1] == "Dear Tony Marsh,"
    for invoice in values.invoices:
        assert f"{invoice.number} | " in text
        assert invoice.open in text
    for words in (values.promised, values.objection, values.settles, *values.remarks):
        assert words in text
    if kind in LEVELS:
        assert values.deadline in text
        assert speaks.amount == Decimal("1050.00")
        assert re.search(r"^To be paid [ |]*1,050\.00$", text, re.MULTILINE)
        assert "First Bank\nAccount 1" in text
    assert text.endswith("\nYours sincerely,")


def test_only_the_final_demand_speaks_of_a_court_and_only_as_what_may_be() -> None:
    for kind in LetterKind:
        text = said(render(standard(kind), full(kind))).lower()
        assert ("we may bring the claim to court" in text) == (kind is LetterKind.FINAL)
        assert not any(word in text for word in ("immediately", "legal action", "attorney", "failure", "!"))


@pytest.mark.parametrize("kind", LEVELS)
def test_interest_stands_with_its_arithmetic_or_not_at_all(kind: LetterKind) -> None:
    values = full(kind)
    text = said(render(standard(kind), values))
    assert "1,207.11 USD includes interest of 17.11 USD (agreed in terms of sale, 4.2) and late fees of" in text
    assert "\n".join(values.arithmetic) in text
    free = msgspec.structs.replace(values, interest="", fees="", arithmetic=(), total=values.amount)
    text = said(render(standard(kind), free))
    assert "interest" not in text
    assert "fee" not in text


@pytest.mark.parametrize("kind", LEVELS)
def test_what_is_agreed_separately_is_said_to_be_no_part_of_it(kind: LetterKind) -> None:
    text = said(render(standard(kind), full(kind)))
    assert "What is agreed separately, 400.00 USD, is no part of this letter." in text
    assert "agreed separately" not in said(render(standard(kind), msgspec.structs.replace(full(kind), apart="")))


@pytest.mark.parametrize("kind", LEVELS)
def test_what_is_asked_for_is_not_said_to_be_all_that_is_past_due(kind: LetterKind) -> None:
    first = next(p.text for p in render(standard(kind), full(kind)).parts[1:] if isinstance(p, Paragraph))
    assert first.startswith("We ask for 1,207.11 USD")
    assert "USD is past due" not in first


def test_no_letter_hands_over_an_excuse_or_admits_a_fault() -> None:
    hints = (
        "on its way", "paid already", "not right", "if you cannot", "cannot be made", "object to an invoice",
        "which invoice you object", "why: we will", "nothing more", "sorry", "so that we can agree",
    )  # fmt: skip
    for kind in LetterKind:
        for values in samples(kind):
            text = said(render(standard(kind), values)).lower()
            assert not [hint for hint in hints if hint in text], kind


def test_an_objection_is_noted_and_not_agreed_with() -> None:
    text = said(render(standard(LetterKind.DISPUTE), full(LetterKind.DISPUTE)))
    assert "On Friday 20 November 2026 you told us that you object" in text
    assert "it does not say that we agree with it" in text


def test_a_plan_only_says_that_its_own_payments_are_not_asked_for_earlier() -> None:
    text = said(render(standard(LetterKind.PLAN), full(LetterKind.PLAN)))
    assert "While each payment comes on its day, we do not ask for these 1,180.00 USD earlier." in text


@pytest.mark.parametrize(("settled", "rest", "words"), [(True, "", True), (False, "", False), (False, "5.00", False)])
def test_thanks_say_that_nothing_is_open_only_where_nothing_is(settled: bool, rest: str, words: bool) -> None:
    values = msgspec.structs.replace(full(LetterKind.THANKS), settled=settled, rest=rest)
    assert ("Nothing is open" in said(render(standard(LetterKind.THANKS), values))) == words


def test_a_hold_names_no_amount_where_nothing_may_be_asked_for() -> None:
    values = msgspec.structs.replace(full(LetterKind.HOLD), invoices=(), sums=(), amount="0.00 USD")
    assert "USD" not in said(render(standard(LetterKind.HOLD), values))


def test_a_reminder_says_that_we_called_only_where_we_did() -> None:
    tried = full(LetterKind.REMINDER)
    assert "by phone" in said(render(standard(LetterKind.REMINDER), tried))
    chosen = msgspec.structs.replace(tried, tries=0)
    assert "by phone" not in said(render(standard(LetterKind.REMINDER), chosen))


def test_a_statement_has_a_table_for_each_currency() -> None:
    dossier = make.dossier(make.invoice("B-1", "5.00", nov(2)), make.invoice("E-1", "7.00", nov(2), currency="EUR"))
    rules = make.rules(MONDAY)
    values, _ = letter_values(
        LetterKind.STATEMENT, dossier, make.standing(dossier, MONDAY), rules, clerk="ann", day=MONDAY
    )
    tables = [p for p in render(standard(LetterKind.STATEMENT), values).parts if isinstance(p, Table)]
    assert [(t.head[-1], t.rows[0][0], t.sums[0][-1]) for t in tables] == [
        ("Open, EUR", "E-1", "7.00"),
        ("Open, USD", "B-1", "5.00"),
    ]
