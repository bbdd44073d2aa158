"""Each cent counts for one promise, the earliest date first, whatever the order of the records."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.promised import decided_on
from arctui.core.promises import Verdict, cover, judge
from arctui.core.records import Payment, Promise, Record
from tests.core.builders import dossier, friday_check, invoice, payment, promise, verdicts
from tests.core.oracle import business_days_on, nov

INVOICES = [invoice(str(n), "1000.00", nov(2)) for n in (1, 2, 3)]
NUMBERS = st.sampled_from(["1", "2", "3"])
AMOUNTS = st.integers(1, 60_000).map(lambda n: str(Decimal(n) / 100))


@st.composite
def promises(draw: st.DrawFn, name: str) -> Promise:
    taken = nov(1) + timedelta(days=draw(st.integers(0, 25)))
    day = taken + timedelta(days=draw(st.integers(0, 20)))
    last_day = business_days_on(business_days_on(day, 0), draw(st.sampled_from([0, 1, 3])))
    on = draw(st.sets(NUMBERS, min_size=1))
    breaks_on = business_days_on(last_day, 1)
    return promise(draw(AMOUNTS), day, last_day, breaks_on, on=sorted(on), taken=taken, name=name)


@st.composite
def payments(draw: st.DrawFn, name: str) -> Payment:
    day = nov(1) + timedelta(days=draw(st.integers(0, 45)))
    parts = draw(st.dictionaries(NUMBERS, AMOUNTS, max_size=2))
    unapplied = Decimal(draw(AMOUNTS)) if draw(st.booleans()) or not parts else Decimal(0)
    since = day - timedelta(days=draw(st.integers(0, 10))) if draw(st.booleans()) else None
    amount = str(unapplied + sum(map(Decimal, parts.values())))
    reversed_on = day if draw(st.integers(0, 5)) == 0 else None
    return payment(day, amount, parts, since=since, reversed_on=reversed_on, name=name)


BOOKS = st.tuples(
    st.integers(1, 4).flatmap(lambda n: st.tuples(*(promises(f"promise {i}") for i in range(n)))),
    st.integers(0, 5).flatmap(lambda n: st.tuples(*(payments(f"payment {i}") for i in range(n)))),
    st.dates(nov(1), date(2026, 12, 31)),
)


@settings(max_examples=60, deadline=None)
@given(BOOKS)
def test_no_more_is_counted_than_has_come(book: tuple[tuple[Promise, ...], tuple[Payment, ...], date]) -> None:
    given_promises, money, today = book
    found = verdicts(today, *INVOICES, *given_promises, *money)
    came = sum((p.amount for p in money if p.reversed_on is None and p.day <= today), Decimal(0))
    assert sum((j.received + j.late for j in found), Decimal(0)) <= came
    assert all(0 <= j.received + j.late <= j.promise.amount for j in found)


@settings(max_examples=50, deadline=None)
@given(BOOKS, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(
    book: tuple[tuple[Promise, ...], tuple[Payment, ...], date], random: Random
) -> None:
    given_promises, money, today = book
    facts: list[Record] = [*INVOICES, *given_promises, *money]
    shuffled = facts.copy()
    random.shuffle(shuffled)
    first = {j.promise.id: j for j in verdicts(today, *facts)}
    assert {j.promise.id: j for j in verdicts(today, *shuffled)} == first


@settings(max_examples=50, deadline=None)
@given(BOOKS, st.integers(1, 60))
def test_a_decided_promise_stays_as_it_is_when_no_money_comes(
    book: tuple[tuple[Promise, ...], tuple[Payment, ...], date], days: int
) -> None:
    given_promises, money, today = book
    known = [p for p in money if p.day <= today]
    before = verdicts(today, *INVOICES, *given_promises, *known)
    after = verdicts(today + timedelta(days=days), *INVOICES, *given_promises, *known)
    for early, late in zip(before, after, strict=True):
        if not early.live:
            assert early.verdict is late.verdict
        assert early.received == late.received


@settings(max_examples=50, deadline=None)
@given(BOOKS)
def test_the_verdict_follows_from_what_came_in_the_window(
    book: tuple[tuple[Promise, ...], tuple[Payment, ...], date],
) -> None:
    given_promises, money, today = book
    for judged in verdicts(today, *INVOICES, *given_promises, *money):
        given_promise = judged.promise
        enough = judged.received > 0 and judged.received >= given_promise.amount - given_promise.tolerance
        assert (judged.verdict is Verdict.KEPT) is enough
        if not enough:
            over = today >= given_promise.breaks_on
            assert judged.missed is over
            assert (judged.verdict is Verdict.BROKEN) is (over and judged.received == 0)


def test_the_earlier_date_is_served_first_whichever_was_taken_first() -> None:
    early = promise("300.00", nov(18), nov(23), nov(24), name="early", taken=nov(16), hour="11:00")
    late = promise("300.00", nov(20), nov(25), nov(27), name="late", taken=nov(16), hour="10:00")
    found = verdicts(nov(27), *INVOICES, late, early, payment(nov(17), "300.00"))
    assert {j.promise.id: j.verdict for j in found} == {"late": Verdict.BROKEN, "early": Verdict.KEPT}


def test_what_the_first_promise_does_not_need_serves_the_second() -> None:
    first = promise("300.00", nov(18), nov(23), nov(24), name="first")
    found = verdicts(nov(27), *INVOICES, first, friday_check("200.00"), payment(nov(17), "450.00"))
    assert [(j.verdict, j.received) for j in found] == [(Verdict.KEPT, Decimal(300)), (Verdict.PARTIAL, Decimal(150))]


def test_money_after_a_broken_promise_serves_the_new_one_before_the_old() -> None:
    renewed = promise("1000.00", nov(30), nov(30), nov(30), taken=nov(27), name="renewed")
    found = verdicts(nov(30), *INVOICES, friday_check(), renewed, payment(nov(30), "1000.00"))
    assert [j.verdict for j in found] == [Verdict.BROKEN, Verdict.KEPT]
    assert [j.received + j.late for j in found] == [0, 1000]


def test_a_live_promise_covers_its_invoices_up_to_what_is_open() -> None:
    given_promise = promise("250.00", nov(20), nov(25), nov(27), on=["1", "2"])
    facts = dossier(*INVOICES, given_promise)
    opens = {"id-1": Decimal(200), "id-2": Decimal(200)}
    assert cover(judge(facts, opens, nov(18)), opens) == {"USD": {"id-1": 200, "id-2": 50}}


def test_two_live_promises_on_one_invoice_do_not_cover_more_than_the_invoice() -> None:
    facts = dossier(
        *INVOICES,
        promise("150.00", nov(20), nov(25), nov(27), name="a"),
        promise("150.00", nov(24), nov(30), nov(30), name="b"),
    )
    opens = {"id-1": Decimal(200)}
    assert cover(judge(facts, opens, nov(18)), opens) == {"USD": {"id-1": 200}}


def test_a_broken_promise_covers_nothing() -> None:
    opens = {"id-1": Decimal(1000)}
    assert cover(judge(dossier(*INVOICES, friday_check()), opens, nov(27)), opens) == {}


def test_money_on_account_is_not_late_for_a_promise_whose_invoice_is_settled() -> None:
    settled, due = invoice("1", "600.00", nov(2)), invoice("2", "900.00", nov(2))
    first = promise("600.00", nov(4), nov(4), nov(5), on=["1"], taken=nov(2), name="first")
    second = promise("900.00", nov(9), nov(9), nov(10), on=["2"], taken=nov(6), name="second")
    money = payment(nov(12), "900.00", {})
    found = judge(dossier(settled, due, first, second, money), {"id-1": Decimal(0), "id-2": Decimal(900)}, nov(12))
    assert [j.late for j in found] == [0, 900]


def test_money_on_account_is_left_to_the_promise_whose_own_invoice_is_not_paid() -> None:
    first = promise("100.00", nov(20), nov(25), nov(27), on=("1",), name="first")
    second = promise("100.00", nov(21), nov(25), nov(27), on=("2",), name="second")
    paid = (payment(nov(17), "100.00"), payment(nov(18), "100.00", {"1": "100.00"}))
    found = verdicts(nov(28), *INVOICES, first, second, *paid)
    assert [(j.verdict, j.kept_on) for j in found] == [(Verdict.KEPT, nov(18)), (Verdict.KEPT, nov(17))]


def test_a_check_half_on_account_that_bounced_breaks_its_promise_on_that_day() -> None:
    check = payment(nov(20), "1000.00", {"9": "500.00"}, reversed_on=nov(29))
    (found,) = verdicts(nov(30), *INVOICES, promise("500.00", nov(20), nov(25), nov(27)), check)
    assert (found.broke_on, found.returned) == (nov(29), (check,))


def test_older_money_does_not_take_the_place_of_a_credit_that_wiped_a_promise_out() -> None:
    owed = invoice("1", "2000.00", nov(1))
    memo = invoice("CM", "-1000.00", nov(18), issued=nov(18))
    book = dossier(
        owed, memo, payment(nov(2), "1000.00", {"1": "1000.00"}), promise("1000.00", nov(20), nov(25), nov(27))
    )
    (found,) = judge(book, {owed.id: Decimal(0), memo.id: Decimal(0)}, nov(28))
    assert (found.verdict, found.received) == (Verdict.SUSPENDED, Decimal(0))


def test_money_of_two_reports_keeps_a_promise_on_the_day_of_the_second_whenever_one_asks() -> None:
    paid = payment(nov(19), "1000.00", {"1": "1000.00"}, since=nov(17))
    days = {decided_on(verdicts(day, *INVOICES, friday_check(), paid)[0]) for day in (nov(19), nov(25), nov(30))}
    assert days == {nov(19)}
