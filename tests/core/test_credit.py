"""Grades: days late, promises, share past due, what came back, disputes; and when there is none."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.credit import Basis, Grade, basis, basis_on, grade
from arctui.core.facts import Dossier, Reports
from arctui.core.figures import average_days_late
from arctui.core.policy import Policy
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Invoice, Payment, Record
from arctui.core.standing import derive
from tests.core.builders import NO_REPORTS, dispute, dossier, invoice, payment, promise, report, reports, rules
from tests.core.oracle import nov

TODAY = nov(23)
#: A day so long ago that its quarter is neither the last nor the one before.
LONG_AGO = TODAY - timedelta(days=300)


def paid(number: str, due: date, late: int, amount: str = "100.00") -> list[Record]:
    """An invoice on 30 days and the payment that paid it so many days late."""
    return [
        invoice(number, amount, due, issued=due - timedelta(days=30)),
        payment(due + timedelta(days=late), amount, {number: amount}),
    ]


def history(*late: int, first: date = LONG_AGO) -> list[Record]:
    """Invoices due one day after the other, paid so many days late."""
    return [r for n, days in enumerate(late) for r in paid(str(n), first + timedelta(days=n), days)]


def seen(facts: Dossier, known: Reports = NO_REPORTS, day: date = TODAY) -> Basis:
    shared = rules(day, known=known)
    return basis(facts, derive(facts, shared), shared)


def graded(*facts: Record, policy: Policy | None = None) -> Grade:
    return grade(seen(dossier(*facts)), rules(TODAY, policy=policy))


def part(found: Grade, name: str) -> tuple[str, str]:
    """The grade of a part, and its sentence."""
    return next((p.grade, p.words) for p in found.parts if p.name == name)


def by_promises(kept: int, broken: int, amount: str = "100.00", broken_amount: str = "100.00") -> Grade:
    """The grade of a record with promises only."""

    def judged(number: int, verdict: Verdict, amount: str) -> Judged:
        taken = promise(amount, nov(2), nov(5), nov(6), name=f"p{number}")
        came = Decimal(amount) if verdict is Verdict.KEPT else Decimal(0)
        return Judged(promise=taken, verdict=verdict, received=came, kept_on=nov(3) if came else None)

    decided = [judged(n, Verdict.KEPT, amount) for n in range(kept)]
    decided += [judged(kept + n, Verdict.BROKEN, broken_amount) for n in range(broken)]
    fields: dict[str, Any] = {"items": (), "credits": Decimal(0), "currency": "USD", "day": TODAY}
    return grade(Basis(dossier=dossier(), judged=decided, **fields), rules(TODAY))


@pytest.mark.parametrize(
    ("late", "letter"),
    [(-20, "A"), (0, "A"), (3, "A"), (4, "B"), (10, "B"), (11, "C"), (20, "C"), (21, "D"), (40, "D"), (41, "E")],
)
def test_days_late_are_graded_by_the_table(late: int, letter: str) -> None:
    found = graded(*history(late, late, late))
    assert found.letter == letter
    assert found.why == f"{letter}: from {letter} (pays) alone"


def test_the_sentence_says_how_late_over_how_many_payments() -> None:
    assert part(graded(*history(12, 12, 12)), "pays") == (
        "C",
        "pays 12 days late on average over 3 payments in 12 months: C",
    )
    assert "pays 2 days early" in part(graded(*history(-2, -2, -2)), "pays")[1]
    assert "pays on the day" in part(graded(*history(1, -1, 0)), "pays")[1]


def test_days_late_are_the_average_of_the_figures() -> None:
    facts = dossier(
        *paid("1", LONG_AGO, 30, "900.00"), *paid("2", LONG_AGO, -6, "50.00"), *paid("3", nov(1), 9, "70.50")
    )
    average = average_days_late(facts, "USD", TODAY)
    assert average is not None
    assert f"pays {average:.0f} days late" in part(grade(seen(facts), rules(TODAY)), "pays")[1]


def test_two_payments_are_no_record_and_it_says_why() -> None:
    found = graded(*history(50, 50))
    assert found.letter == ""
    assert found.why == (
        "no grade: the record is too short, it takes 3 payments with a known day or 3 decided promises in 12 months"
    )
    assert part(found, "pays") == ("", "how late it pays is not known: 2 payments with a known day in 12 months")


def test_a_new_customer_who_owes_what_is_not_due_has_no_grade() -> None:
    assert graded(invoice("1", "100.00", nov(30), issued=nov(1))).letter == ""


def test_payments_of_more_than_a_year_ago_and_inferred_ones_do_not_count() -> None:
    old = history(50, 50, 50, first=TODAY - timedelta(days=500))
    assert graded(*old).letter == ""
    inferred = [
        msgspec.structs.replace(r, since=r.day - timedelta(days=9)) if isinstance(r, Payment) else r
        for r in history(50, 50, 50)
    ]
    assert part(graded(*inferred), "pays")[0] == ""


def test_the_last_quarter_counts_where_it_is_worse_and_only_there() -> None:
    before, recent = TODAY - timedelta(days=150), TODAY - timedelta(days=75)
    early = [*paid("1", before, 0), *paid("2", before, 0), *paid("3", before, 0, "900.00")]
    worse = graded(*early, *paid("4", recent, 45), *paid("5", recent, 45))
    assert part(worse, "pays")[0] == "B"
    assert part(worse, "trend") == (
        "E",
        "45 days late in the last 90 days, on the day in the 90 before: getting worse, E",
    )
    assert worse.letter == "E"
    late = [*paid("1", before, 45), *paid("2", before, 45), *paid("3", before, 45)]
    better = graded(*late, *paid("4", recent, 0), *paid("5", recent, 0))
    assert (part(better, "pays")[0], part(better, "trend")[0], better.letter) == ("D", "A", "D")
    assert "getting better" in part(better, "trend")[1]


def test_one_payment_makes_no_trend() -> None:
    found = graded(*history(0, 0, 0), *paid("9", nov(1), 20))
    assert [p.name for p in found.parts if p.name == "trend"] == []


@pytest.mark.parametrize(
    ("kept", "broken", "letter"),
    [(3, 0, "A"), (9, 1, "A"), (4, 1, "B"), (2, 1, "B"), (3, 2, "C"), (1, 2, "D"), (2, 4, "D"), (0, 3, "E")],
)
def test_promises_are_graded_by_the_share_that_was_kept(kept: int, broken: int, letter: str) -> None:
    assert by_promises(kept, broken).letter == letter


@pytest.mark.parametrize(("kept", "broken", "letter"), [(1, 0, "A"), (0, 1, "D"), (0, 2, "D")])
def test_few_promises_make_nobody_an_e_and_no_grade_by_themselves(kept: int, broken: int, letter: str) -> None:
    found = by_promises(kept, broken)
    assert part(found, "promises")[0] == letter
    assert found.letter == ""


def test_a_large_broken_promise_weighs_more_than_small_kept_ones() -> None:
    found = by_promises(4, 1, amount="10.00", broken_amount="960.00")
    assert part(found, "promises") == (
        "E",
        "kept 4 of 5 promises in 12 months, 40.00 of 1,000.00, counted as 26 %: E",
    )


@pytest.mark.parametrize(
    ("items", "letter"),
    [
        ([("1000.00", -5)], "A"),
        ([("50.00", 5), ("950.00", -5)], "A"),
        ([("51.00", 5), ("949.00", -5)], "B"),
        ([("360.00", 29), ("640.00", -5)], "C"),
        # Of no great age, all of it may be past due.
        ([("1000.00", 30)], "C"),
        ([("1000.00", 31)], "D"),
        ([("1000.00", 61)], "E"),
        # Of any age, a little of it may be.
        ([("150.00", 200), ("850.00", -5)], "B"),
    ],
)
def test_the_share_past_due_is_graded_no_worse_than_the_oldest_item_allows(
    items: Sequence[tuple[str, int]], letter: str
) -> None:
    owed = [invoice(f"o{n}", amount, TODAY - timedelta(days=days)) for n, (amount, days) in enumerate(items)]
    assert part(graded(*owed), "past due")[0] == letter


def test_a_forgotten_rest_is_measured_by_what_is_bought_in_a_month() -> None:
    bought = [r for n in range(12) for r in paid(str(n), TODAY - timedelta(days=20 + 28 * n), 0, "600.00")]
    rest = invoice("rest", "6.00", TODAY - timedelta(days=200))
    found = graded(*bought, rest)
    assert part(found, "past due")[0] == "A"
    assert "bought in a month, the oldest by 200 days" in part(found, "past due")[1]
    assert found.letter == "A"


def test_money_in_hand_is_set_off() -> None:
    owed = invoice("1", "100.00", TODAY - timedelta(days=90))
    assert graded(owed).letter == "E"
    assert graded(owed, payment(nov(2), "100.00")).letter == ""
    assert part(graded(owed, payment(nov(2), "100.00")), "past due") == ("", "owes nothing that is not disputed")


def test_what_is_disputed_is_neither_late_nor_past_due_and_is_told() -> None:
    late = invoice("old", "100.00", TODAY - timedelta(days=90))
    found = graded(
        *history(0, 0, 0, first=nov(1)),
        late,
        *paid("slow", LONG_AGO, 60),
        dispute("100.00", nov(2), on=["old", "slow"]),
    )
    assert found.letter == "A"
    assert part(found, "disputes") == (
        "",
        "1 dispute in 12 months, 100.00 is disputed now: neither late nor past due for the grade",
    )


@pytest.mark.parametrize(("times", "letter"), [(0, "A"), (1, "C"), (2, "D"), (3, "E"), (5, "E")])
def test_payments_that_came_back_set_the_best_grade_there_can_be(times: int, letter: str) -> None:
    back = [payment(nov(2), f"{n}0.00", reversed_on=nov(5)) for n in range(1, times + 1)]
    found = graded(*history(0, 0, 0), *back)
    assert found.letter == letter
    if times == 1:
        assert part(found, "returned")[1] == "1 payment of 10.00 came back in 12 months: no better than C"
        assert found.why == "C: from A (pays) alone, but no better as money came back"


def test_a_payment_corrected_on_its_own_day_did_not_come_back() -> None:
    assert graded(*history(0, 0, 0), payment(nov(2), "10.00", reversed_on=nov(2))).letter == "A"


def test_the_grade_is_the_mean_but_one_better_than_the_worst_part_at_most() -> None:
    owed = invoice("old", "1000.00", TODAY - timedelta(days=61))
    found = graded(*history(0, 0, 0), owed)
    assert found.why == "D: the mean of A (pays), E (past due), at most one better than the worst"
    half = graded(*history(0, 0, 0), invoice("old", "1000.00", TODAY - timedelta(days=20)), policy=Policy())
    assert half.why == "B: the mean of A (pays), C (past due)"


def test_the_tables_are_settings() -> None:
    strict = Policy(grade_days_late=(0, 1, 2, 3))
    assert graded(*history(3, 3, 3), policy=strict).letter == "D"


def test_another_currency_counts_for_nothing() -> None:
    foreign = [
        invoice("e", "5000.00", TODAY - timedelta(days=90), currency="EUR"),
        payment(nov(2), "10.00", currency="EUR", reversed_on=nov(5)),
    ]
    assert graded(*history(0, 0, 0), *foreign).letter == "A"


def test_an_earlier_day_is_graded_by_what_was_known_then() -> None:
    known = reports(report(1, nov(1)))
    owed = invoice("new", "100.00", nov(3), issued=nov(1) - timedelta(days=60), reported=1)
    settled = [
        msgspec.structs.replace(r, balance=Decimal(0)) if isinstance(r, Invoice) else r
        for r in history(0, 0, 0, first=TODAY - timedelta(days=200))
    ]
    now = seen(dossier(*settled, owed), known)
    then = basis_on(now, rules(TODAY, known=known), nov(2))
    assert then is not None
    assert (grade(then, rules(TODAY)).letter, grade(now, rules(TODAY)).letter) == ("A", "B")
    only_reported = seen(dossier(owed), known)
    assert basis_on(only_reported, rules(TODAY, known=known), nov(1) - timedelta(days=1)) is None


LATE = st.lists(st.integers(-20, 60), min_size=3, max_size=5)
#: Windows of payments that a delay of a few days does not leave: long ago, and in the last quarter.
FIRST = st.sampled_from([LONG_AGO, TODAY - timedelta(days=89 - 20)])


@given(late=LATE, first=FIRST, which=st.integers(0, 2), delay=st.integers(1, 20), owed=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_later_payment_never_betters_the_grade(
    late: list[int], first: date, which: int, delay: int, owed: bool
) -> None:
    late = [min(days, 40) for days in late]
    later = [days + delay if n == which else days for n, days in enumerate(late)]
    rest = [invoice("rest", "80.00", TODAY - timedelta(days=25))] if owed else []
    before, after = graded(*history(*late, first=first), *rest), graded(*history(*later, first=first), *rest)
    assert after.letter >= before.letter


@given(late=LATE, more=st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_the_grade_is_monotone_in_days_late(late: list[int], more: int) -> None:
    assert graded(*history(*(days + more for days in late))).letter >= graded(*history(*late)).letter


@given(late=LATE, order=st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_records_does_not_matter(late: list[int], order: Any) -> None:
    facts = history(*late)
    shuffled = list(facts)
    order.shuffle(shuffled)
    assert graded(*shuffled) == graded(*facts)
