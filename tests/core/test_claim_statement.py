"""The statement of account in a claim file: every line, and the balance that it ends in."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.claim_facts import Entry
from arctui.core.facts import Dossier
from arctui.core.policy import Policy
from arctui.core.records import Record
from arctui.core.standing import derive
from tests.core.builders import (
    NO_REPORTS,
    dossier,
    invoice,
    money,
    payment,
    report,
    reports,
    rules,
)
from tests.core.claim_files import DAY, claim
from tests.core.oracle import nov


def test_the_statement_has_every_invoice_payment_and_return_with_the_balance_after_it() -> None:
    facts = dossier(
        invoice("1", "1000.00", nov(2), issued=date(2026, 10, 3)),
        payment(nov(4), "400.00", {"1": "400.00"}),
        payment(nov(5), "50.00", {"1": "50.00"}, reversed_on=nov(9)),
        invoice("CM", "-30.00", None, issued=nov(6)),
    )
    (one,) = claim(facts).statements
    assert [(line.kind, line.amount, line.balance) for line in one.lines] == [
        (Entry.INVOICE, *money("1000.00", "1000.00")),
        (Entry.PAYMENT, *money("-400.00", "600.00")),
        (Entry.PAYMENT, *money("-50.00", "550.00")),
        (Entry.CREDIT, *money("-30.00", "520.00")),
        (Entry.RETURN, *money("50.00", "570.00")),
    ]
    assert one.balance == Decimal("570.00")


def test_a_payment_whose_day_is_not_known_says_between_which_days_it_came() -> None:
    paid = msgspec.structs.replace(invoice("1", "1000.00", nov(2), issued=nov(1)), balance=Decimal("600.00"))
    facts = dossier(paid, payment(nov(9), "400.00", {"1": "400.00"}, since=nov(3)))
    made = claim(facts)
    assert "between Tue 3 Nov 2026 and Mon 9 Nov 2026" in made.statements[0].lines[1].words
    assert made.statements[0].balance == Decimal("600.00")
    assert any("the day is not known" in warning for warning in made.warnings)


def test_what_only_a_report_says_is_a_line_of_its_own() -> None:
    credited = msgspec.structs.replace(
        invoice("1", "1000.00", nov(2), issued=nov(1), reported=1), balance=Decimal("900.00")
    )
    void = msgspec.structs.replace(
        invoice("2", "80.00", nov(2), issued=nov(1), reported=1), balance=Decimal(0), void=True
    )
    made = claim(dossier(credited, void), known=reports(report(1, nov(20))))
    other = [line for line in made.statements[0].lines if line.kind is Entry.ADJUSTMENT]
    assert [(line.number, line.day, line.amount) for line in other] == [
        ("1", nov(20), Decimal("-100.00")),
        ("2", nov(20), Decimal("-80.00")),
    ]
    assert "void by the report of Fri 20 Nov 2026" in other[1].words
    assert any("2 lines of the statement" in warning for warning in made.warnings)


AMOUNTS = st.integers(1, 300_000).map(lambda n: Decimal(n) / 100)
DAYS = st.integers(0, 80).map(lambda n: nov(1) - timedelta(n))


@st.composite
def ledgers(draw: st.DrawFn) -> Dossier:
    """Any account: invoices, credits and payments that do not have to fit what a report said is open."""
    found: list[Record] = []
    for n in range(draw(st.integers(0, 4))):
        amount, issued = draw(AMOUNTS) * draw(st.sampled_from([1, 1, -1])), draw(st.none() | DAYS)
        made = invoice(str(n), str(amount), draw(st.none() | DAYS), issued=issued, reported=draw(st.integers(0, 1)))
        listed = draw(st.booleans())
        balance = draw(st.sampled_from([amount, Decimal(0), amount / 2]))
        found.append(
            msgspec.structs.replace(
                made,
                balance=balance.quantize(Decimal("0.01")),
                as_listed=listed,
                void=draw(st.booleans()),
                currency=draw(st.sampled_from(["USD", "EUR", ""])),
            )
        )
    for n in range(draw(st.integers(0, 4))):
        day, amount = draw(DAYS), draw(AMOUNTS)
        to = draw(st.sampled_from([{}, {"0": str(amount)}, {"1": "0.01"}, {"gone": str(amount)}, {"": str(amount)}]))
        since = draw(st.none() | st.just(day - timedelta(3)))
        back = draw(st.none() | st.just(day + timedelta(9)))
        number = draw(st.integers(0, 2))
        currency = draw(st.sampled_from(["USD", "EUR", ""]))
        found.append(
            payment(
                day, str(amount), to, since=since, reversed_on=back, recorded=number, currency=currency, name=f"p{n}"
            )
        )
    return dossier(*found)


@settings(max_examples=40)
@given(ledgers(), st.booleans())
def test_the_statement_always_ends_in_what_the_book_has_as_owed(facts: Dossier, reported: bool) -> None:
    known = reports(report(1, date(2026, 10, 10))) if reported else NO_REPORTS
    standing = derive(facts, rules(DAY, policy=Policy(), known=known))
    owed = {b.currency or "USD": Decimal(0) for b in (standing.balance, *standing.others)}
    for balance in (standing.balance, *standing.others):
        owed[balance.currency or "USD"] += balance.net
    ends: dict[str, Decimal] = dict.fromkeys(owed, Decimal(0))
    for one in claim(facts, policy=Policy(), known=known).statements:
        assert one.balance == (one.lines[-1].balance if one.lines else 0)
        ends[one.currency] = ends.get(one.currency, Decimal(0)) + one.balance
    assert {c: a for c, a in ends.items() if a} == {c: a for c, a in owed.items() if a}
