"""Interest and fees: simple, to the day, by what was open on each day, only where they were agreed."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.facts import Reports
from arctui.core.interest import Agreement, Interest, agreed_words, interest_on, policies
from arctui.core.money import ZERO
from arctui.core.policy import Policy
from arctui.core.records import PolicyChange, Record
from tests.core.builders import NO_REPORTS, dispute, dossier, invoice, moment, payment, report, reports
from tests.core.oracle import nov

DUE = date(2026, 10, 8)
OWED = invoice("B-1041", "1200.00", DUE, issued=date(2026, 9, 8))
NINE = Policy(interest_percent=Decimal(9), interest_agreed="terms of sale, 4.2")


def always(policy: Policy) -> Callable[[date], Policy]:
    return lambda _: policy


def of(
    day: date,
    *facts: Record,
    policy_of: Callable[[date], Policy] | None = None,
    known: Reports = NO_REPORTS,
    currency: str = "USD",
) -> Interest:
    return interest_on(dossier(*facts), policy_of or always(NINE), day, currency, reports=known)


def by_hand(amount: int, percent: int, days: int) -> Decimal:
    """Interest rounded to the cent, in fractions."""
    exact = Fraction(amount * percent * days, 36500)
    return Decimal(int(exact * 100 + Fraction(1, 2))) / 100


@pytest.mark.parametrize(
    ("day", "interest"),
    # 1,200.00 x 9 % = 108.00 a year: 108 / 365 = 0.29589 a day.
    [
        (date(2026, 9, 30), "0.00"),
        (DUE, "0.00"),
        (date(2026, 10, 9), "0.30"),
        (date(2026, 10, 10), "0.59"),
        (nov(23), "13.61"),
        (date(2027, 10, 8), "108.00"),
        # 2028 has 366 days: 731 of 365.
        (date(2028, 10, 8), "216.30"),
    ],
)
def test_interest_counts_each_day_after_the_due_date_as_a_part_of_365(day: date, interest: str) -> None:
    assert of(day, OWED).interest == Decimal(interest)


def test_the_arithmetic_is_a_sentence() -> None:
    assert of(nov(23), OWED).lines == ("B-1041: 1,200.00 x 9 % x 46 days / 365 = 13.61, 9 Oct to 23 Nov",)


def test_a_single_day_and_years_are_named_where_they_must_be() -> None:
    assert of(date(2026, 10, 9), OWED).lines == ("B-1041: 1,200.00 x 9 % x 1 day / 365 = 0.30, 9 Oct",)
    (line,) = of(date(2027, 1, 8), OWED).lines
    assert line == "B-1041: 1,200.00 x 9 % x 92 days / 365 = 27.22, 9 Oct 2026 to 8 Jan 2027"


def test_half_a_cent_is_rounded_up_once_per_invoice() -> None:
    # 73 days are a fifth of a year: 0.25 x 10 % / 5 = 0.005; two of them are 0.02, not 0.01.
    ten = always(Policy(interest_percent=Decimal(10), interest_agreed="terms"))
    small = [invoice(number, "0.25", DUE) for number in "12"]
    assert of(DUE + timedelta(73), *small, policy_of=ten).interest == Decimal("0.02")


@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(interest_percent=Decimal(9)),
        Policy(interest_percent=Decimal(9), interest_agreed="  "),
        Policy(interest_agreed="terms of sale, 4.2"),
        Policy(late_fee=Decimal(40)),
    ],
)
def test_nothing_is_asked_for_that_was_not_agreed(policy: Policy) -> None:
    found = of(nov(23), OWED, policy_of=always(policy))
    assert (found.interest, found.fees, found.lines) == (ZERO, ZERO, ())


def test_a_part_payment_reduces_from_its_day_and_the_arithmetic_can_be_done_again() -> None:
    found = of(nov(23), OWED, payment(date(2026, 10, 29), "500.00", {"B-1041": "500.00"}))
    assert found.lines == (
        "B-1041: 1,200.00 x 9 % x 20 days = 2,160.00, 9 Oct to 28 Oct",
        "B-1041: 700.00 x 9 % x 26 days = 1,638.00, 29 Oct to 23 Nov",
        "B-1041: (2,160.00 + 1,638.00) / 365 = 10.41",
    )
    assert found.interest == Decimal("10.41")


def test_what_was_paid_on_the_due_date_never_earned_interest() -> None:
    found = of(nov(23), OWED, payment(DUE, "1000.00", {"B-1041": "1000.00"}))
    assert found.lines == ("B-1041: 200.00 x 9 % x 46 days / 365 = 2.27, 9 Oct to 23 Nov",)


def test_an_invoice_that_is_paid_asks_for_nothing() -> None:
    assert of(nov(23), OWED, payment(nov(20), "1200.00", {"B-1041": "1200.00"})) == Interest()


def test_a_returned_payment_counts_as_long_as_it_was_in_the_books() -> None:
    back = payment(nov(4), "1200.00", {"B-1041": "1200.00"}, reversed_on=nov(14))
    found = of(nov(23), OWED, back)
    # 26 days to 3 November, and 10 from 14 November on.
    assert found.interest == by_hand(1200, 9, 36)


def test_an_inferred_payment_counts_from_the_first_day_it_can_have_come_and_says_so() -> None:
    known = reports(report(1, nov(2)), report(2, nov(16)))
    rest = msgspec.structs.replace(OWED, balance=Decimal("700.00"), reported=2)
    came = payment(nov(16), "500.00", {"B-1041": "500.00"}, since=nov(3), recorded=2)
    found = of(nov(23), rest, came, known=known)
    # 9 Oct to 2 Nov are 25 days, 3 Nov to 23 Nov 21.
    assert found.interest == Decimal("11.02")
    assert found.lines[-1] == "B-1041: 500.00 counts as paid on 3 Nov, the first day that it can have come"
    assert "1,200.00 x 9 % x 25 days = 2,700.00, 9 Oct to 2 Nov" in found.lines[0]


def test_what_is_disputed_earns_none_and_a_closed_dispute_is_none() -> None:
    found = of(nov(23), OWED, dispute("300.00", nov(10), on=("B-1041",)))
    assert found.lines == (
        "B-1041: 900.00 x 9 % x 46 days / 365 = 10.21, 9 Oct to 23 Nov",
        "B-1041: 300.00 in dispute is left out",
    )
    closed = dispute("300.00", nov(10), on=("B-1041",), closed_on=nov(20))
    assert of(nov(23), OWED, closed).interest == Decimal("13.61")
    assert of(nov(15), OWED, closed).lines[-1].endswith("in dispute is left out")
    whole = of(nov(23), OWED, dispute("1200.00", nov(10)))
    assert (whole.interest, whole.lines) == (ZERO, ())


def test_credits_are_taken_off_the_oldest_from_their_day() -> None:
    newer = invoice("B-1050", "1000.00", nov(3))
    credit = msgspec.structs.replace(invoice("CM-7", "-200.00", None, issued=nov(3)), kind="Credit Memo")
    found = of(nov(23), newer, OWED, credit, payment(nov(13), "100.00"))
    # B-1041: 25 days on 1,200.00, 10 on 1,000.00, 11 on 900.00; B-1050: 20 days on 1,000.00.
    exact = Fraction(9 * (1200 * 25 + 1000 * 10 + 900 * 11), 36500)
    assert [i.interest for i in found.invoices] == [Decimal(f"{float(exact):.2f}"), by_hand(1000, 9, 20)]
    assert found.interest == sum(i.interest for i in found.invoices)
    assert found.lines[-1] == "credits are taken off the oldest invoices from their day on"


def test_a_change_of_the_rate_splits_the_period() -> None:
    def change(setting: str, value: str, since: date) -> PolicyChange:
        return PolicyChange(
            id=f"{setting} {since}", setting=setting, value=value, since=since, by="ann", at=moment(since)
        )

    agreed = change("interest_agreed", "terms of sale, 4.2", date(2026, 10, 14))
    changes = [agreed, change("interest_percent", "9", date(2026, 1, 1)), change("interest_percent", "4.50", nov(1))]
    found = of(nov(23), OWED, policy_of=policies(changes))
    assert found.lines == (
        "B-1041: 1,200.00 x 9 % x 18 days = 1,944.00, 14 Oct to 31 Oct",
        "B-1041: 1,200.00 x 4.5 % x 23 days = 1,242.00, 1 Nov to 23 Nov",
        "B-1041: (1,944.00 + 1,242.00) / 365 = 8.73",
    )


def test_a_fee_is_asked_once_for_each_invoice_past_due_if_it_was_agreed_on_the_day_after_it_was_due() -> None:
    with_fee = Policy(late_fee=Decimal(40), late_fee_agreed="terms of sale, 4.3")
    late = [OWED, invoice("B-1050", "1000.00", nov(3)), invoice("B-1060", "10.00", nov(23))]
    found = of(nov(23), *late, policy_of=always(with_fee))
    assert (found.interest, found.fees) == (ZERO, Decimal(80))
    assert found.lines == ("late fee: 2 invoices x 40.00 = 80.00",)

    def since_november(day: date) -> Policy:
        return with_fee if day >= nov(1) else Policy()

    assert of(nov(23), *late, policy_of=since_november).lines == ("late fee: 1 invoice x 40.00 = 40.00",)


def test_fees_are_of_the_home_currency_and_of_what_is_not_disputed() -> None:
    with_fee = always(msgspec.structs.replace(NINE, late_fee=Decimal(40), late_fee_agreed="terms"))
    abroad = invoice("E-1", "1200.00", DUE, currency="EUR")
    found = of(nov(23), OWED, abroad, policy_of=with_fee, currency="EUR")
    assert (found.interest, found.fees) == (Decimal("13.61"), ZERO)
    assert [i.invoice for i in found.invoices] == ["id-E-1"]
    assert of(nov(23), OWED, dispute("1200.00", nov(10)), policy_of=with_fee).fees == 0


def test_an_earlier_day_is_told_from_what_a_later_report_has() -> None:
    known = reports(report(1, nov(2)), report(2, nov(30), payments=True))
    rest = msgspec.structs.replace(OWED, balance=Decimal("200.00"), reported=2)
    came = payment(nov(26), "1000.00", {"B-1041": "1000.00"}, recorded=2)
    assert of(nov(23), rest, came, known=known).interest == Decimal("13.61")


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("terms of sale, 4.2", "terms of sale, 4.2"),
        # What is agreed no longer earns nothing more, and what was agreed stands for what it earned.
        ("", "terms of sale, 4.2"),
        ("contract", "terms of sale, 4.2 for 9 Oct 2026 to 9 Nov 2026; contract for 10 Nov 2026 to 23 Nov 2026"),
    ],
)
def test_the_agreements_are_those_of_the_days_that_earned(then: str, words: str) -> None:
    later = msgspec.structs.replace(NINE, interest_agreed=then)
    found = of(nov(23), OWED, policy_of=lambda on: NINE if on < nov(10) else later)
    assert agreed_words(found.interest_agreed) == words
    assert found.fees_agreed == ()


def test_a_fee_is_agreed_in_what_stood_on_its_day() -> None:
    fee = Policy(late_fee=Decimal(5), late_fee_agreed="4.3")
    found = of(nov(23), OWED, policy_of=lambda on: fee if on < nov(10) else Policy())
    assert (found.fees, found.fees_agreed) == (Decimal(5), (Agreement("4.3", date(2026, 10, 9), date(2026, 10, 9)),))
    assert found.interest_agreed == ()


def test_nothing_is_earned_on_what_is_agreed_separately_or_not_asked_for() -> None:
    other = invoice("B-2", "500.00", nov(10))
    fee = msgspec.structs.replace(NINE, late_fee=Decimal(5), late_fee_agreed="4.3")

    def asked(only: list[str]) -> Interest:
        return interest_on(dossier(OWED, other), always(fee), nov(23), "USD", reports=NO_REPORTS, only=only)

    alone = asked(["id-B-2"])
    assert alone.interest == by_hand(500, 9, 13)
    assert (alone.fees, len(alone.invoices)) == (Decimal(5), 1)
    assert alone.lines == (
        "B-2: 500.00 x 9 % x 13 days / 365 = 1.60, 11 Nov to 23 Nov",
        "late fee: 1 invoice x 5.00 = 5.00",
    )
    part = interest_on(
        dossier(OWED), always(NINE), nov(23), "USD", reports=NO_REPORTS, apart={OWED.id: Decimal("200.00")}
    )
    assert part.interest == by_hand(1000, 9, 46)
    assert part.lines[-1] == "B-1041: 200.00 agreed separately is left out"
    assert asked([]) == Interest()


_DAYS = st.integers(-5, 60).map(lambda n: DUE + timedelta(n))
_PARTS = st.lists(st.tuples(_DAYS, st.integers(1, 40000)), max_size=4)


@settings(max_examples=40, deadline=None)
@given(parts=_PARTS, length=st.integers(0, 70), rate=st.decimals(0, 20, places=2), change=_DAYS)
def test_interest_is_what_a_calculation_day_by_day_gives(
    parts: list[tuple[date, int]], length: int, rate: Decimal, change: date
) -> None:
    day = DUE + timedelta(length)
    paid = [payment(on, str(Decimal(c) / 100), {"B-1041": str(Decimal(c) / 100)}, name=str(n)) for n, (on, c) in
            enumerate(parts)]  # fmt: skip

    def policy_of(on: date) -> Policy:
        return NINE if on < change else msgspec.structs.replace(NINE, interest_percent=rate)

    def exact(first: date, last: date) -> Fraction:
        """Interest of some days without rounding, from the payments alone."""
        sum_of = Fraction(0)
        while first <= last:
            left = 120000 - sum(cents for on, cents in parts if on <= first)
            percent = Fraction(9) if first < change else Fraction(rate)
            sum_of += max(0, left) * percent / 100 / 365 if first > DUE else 0
            first += timedelta(1)
        return sum_of

    open_at_end = 120000 - sum(cents for on, cents in parts if on <= day) > 0
    found = of(day, OWED, *paid, policy_of=policy_of)
    assert found.interest >= 0
    cents = exact(DUE, day)
    wanted = Decimal(cents.numerator) / Decimal(cents.denominator) if open_at_end else Decimal(0)
    assert found.interest * 100 == wanted.quantize(Decimal(1), rounding=ROUND_HALF_UP)


@settings(max_examples=25, deadline=None)
@given(amount=st.integers(1, 10**7), first=st.integers(0, 400), second=st.integers(0, 400))
def test_two_parts_of_a_period_add_up_to_the_whole_but_for_the_rounding(amount: int, first: int, second: int) -> None:
    def until(days: int, due: date = DUE) -> Decimal:
        owed = invoice("1", str(Decimal(amount) / 100), due)
        return of(due + timedelta(days), owed).interest

    whole, parts = until(first + second), until(first) + until(second, DUE + timedelta(first))
    assert abs(whole - parts) <= Decimal("0.01")
