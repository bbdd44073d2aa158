"""What is counted on a day: whose it is, on which day it counts, and how a day compares with those before it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.business import BusinessCalendar
from arctui.core.day_flows import Counted, Event, Tally, What, counted, events, is_cash
from arctui.core.day_report import Compared, Horizon, by_clerk, compare, span_of
from arctui.core.facts import Dossier
from arctui.core.records import ActivityKind, Outcome, Payment, Promise, Record
from tests.core.builders import call, dispute, dossier, friday_check, invoice, letter, payment, promise, standing
from tests.core.oracle import dec, nov

OLD = invoice("1", "1000.00", nov(2))
TODAY, FIRST = dec(4), nov(1)
EVERY_DAY = [date.fromordinal(n) for n in range(FIRST.toordinal(), TODAY.toordinal() + 1)]
US = BusinessCalendar()


def tally_of(*facts: Record, clerk: str = "", sole: str = "", days: Iterable[date] = EVERY_DAY) -> Tally:
    book = dossier(*facts)
    book = msgspec.structs.replace(book, account=msgspec.structs.replace(book.account, clerk=clerk))
    return Tally(events(book, standing(book, TODAY).judged, frozenset(days), sole))


def counts(tally: Tally, day: date, clerk: str | None = None) -> dict[What, int]:
    found = {what: tally.of(day, what, clerk).count for what in What}
    return {what: count for what, count in found.items() if count}


def by(record: Promise, clerk: str) -> Promise:
    return msgspec.structs.replace(record, taken_by=clerk)


def test_a_call_that_came_in_is_none_that_was_dialled_and_reaches_nobody_by_dialling() -> None:
    came_in = msgspec.structs.replace(call(nov(27), hour="12:00"), inbound=True)
    tally = tally_of(
        OLD,
        call(nov(27)),
        call(nov(27), Outcome.NO_ANSWER, reached=False, hour="11:00"),
        came_in,
        call(nov(27), Outcome.DISPUTE, kind=ActivityKind.EMAIL, hour="13:00"),
        call(nov(27), kind=ActivityKind.NOTE, reached=False, hour="15:00"),
        letter(nov(27)),
    )
    assert counts(tally, nov(27)) == {What.CALLS: 2, What.RIGHT_PARTY: 1, What.INCOMING: 1, What.LETTERS: 1}


def test_a_promise_counts_as_kept_on_the_day_of_its_money_and_on_no_other() -> None:
    tally = tally_of(OLD, friday_check(), payment(nov(24), "1000.00", {"1": "1000.00"}))
    assert [day for day in EVERY_DAY if tally.of(day, What.KEPT).count] == [nov(24)]
    assert tally.of(nov(24), What.KEPT).amounts == {"USD": Decimal("1000.00")}


def test_money_that_was_under_way_keeps_a_promise_on_the_day_it_was_taken() -> None:
    tally = tally_of(OLD, friday_check(), payment(nov(12), "1000.00", {"1": "1000.00"}))
    assert [day for day in EVERY_DAY if tally.of(day, What.KEPT).count] == [nov(16)]


def test_money_between_two_reports_keeps_a_promise_on_the_day_of_the_second_one() -> None:
    paid = payment(nov(19), "1000.00", {"1": "1000.00"}, since=nov(17))
    tally = tally_of(OLD, friday_check(), paid)
    assert [day for day in EVERY_DAY if tally.of(day, What.KEPT).count] == [nov(19)]
    assert counts(tally, nov(19)) == {What.KEPT: 1, What.UNDATED: 1}


@pytest.mark.parametrize(("paid", "what"), [("0", What.BROKEN), ("400.00", What.PARTIAL)])
def test_a_missed_promise_counts_on_the_day_it_broke(paid: str, what: What) -> None:
    money = [payment(nov(23), paid, {"1": paid})] if paid != "0" else []
    tally = tally_of(OLD, friday_check(), *money)
    assert [day for day in EVERY_DAY if tally.of(day, what).count] == [nov(27)]


def test_a_promise_taken_back_on_the_same_day_was_none_and_one_taken_back_later_stays_a_days_work() -> None:
    standing_one = promise("30.00", nov(20), nov(25), nov(27), name="a")
    at_once = promise("40.00", nov(20), nov(25), nov(27), name="b", withdrawn_on=nov(16))
    later = promise("50.00", nov(20), nov(25), nov(27), name="c", withdrawn_on=nov(18))
    replaced = promise("60.00", nov(20), nov(25), nov(27), name="d", superseded_by="a")
    tally = tally_of(OLD, standing_one, at_once, later, replaced)
    assert tally.of(nov(16), What.TAKEN) == Counted(2, {"USD": Decimal("80.00")})


def test_money_counts_on_its_day_and_what_was_returned_on_the_day_of_its_return() -> None:
    kept = payment(nov(23), "70.00", name="kept")
    returned = payment(nov(23), "50.00", reversed_on=nov(25), name="returned")
    euros = payment(nov(23), "9.00", currency="EUR", name="euros")
    tally = tally_of(OLD, kept, returned, euros)
    assert tally.of(nov(23), What.CASH) == Counted(3, {"USD": Decimal("120.00"), "EUR": Decimal("9.00")})
    assert tally.of(nov(25), What.RETURNED) == Counted(1, {"USD": Decimal("50.00")})


def test_a_credit_memo_and_a_negative_line_are_no_cash() -> None:
    def paid(amount: str, method: str) -> Payment:
        return msgspec.structs.replace(payment(nov(23), amount), method=method)

    assert not is_cash(paid("10.00", "Credit Memo"))
    assert not is_cash(paid("-10.00", "check"))
    assert is_cash(paid("10.00", "credit card"))


def test_disputes_count_where_they_were_opened_and_where_they_were_solved() -> None:
    tally = tally_of(OLD, dispute("45.00", nov(23), closed_on=nov(26)))
    assert counts(tally, nov(23)) == {What.OPENED: 1}
    assert counts(tally, nov(26)) == {What.SOLVED: 1}


def test_work_is_of_who_did_it_and_all_else_of_whom_the_account_belongs_to() -> None:
    facts = (OLD, call(nov(16)), by(friday_check(), "bob"), payment(nov(24), "1000.00", {"1": "1000.00"}))
    owned = tally_of(*facts, clerk="eve")
    assert counts(owned, nov(16), "ann") == {What.CALLS: 1, What.RIGHT_PARTY: 1}
    assert counts(owned, nov(16), "bob") == {What.TAKEN: 1}
    assert counts(owned, nov(24), "eve") == {What.KEPT: 1, What.CASH: 1}
    nobodys = tally_of(*facts)
    assert counts(nobodys, nov(24), "bob") == {What.KEPT: 1, What.CASH: 1}


def test_money_that_no_promise_brought_is_nobodys_or_that_of_the_only_clerk() -> None:
    facts = (OLD, payment(nov(24), "5.00"))
    assert counts(tally_of(*facts), nov(24), "") == {What.CASH: 1}
    assert counts(tally_of(*facts, sole="ann"), nov(24), "ann") == {What.CASH: 1}


def test_the_clerks_of_a_day_add_up_to_the_firm_and_one_alone_has_no_line() -> None:
    def event(clerk: str) -> Event:
        return Event(What.TAKEN, nov(23), clerk, Decimal("10.00"), "USD")

    tally = Tally([event("bob"), event("ann"), event("ann"), event("")])
    lines = by_clerk(tally, nov(23))
    assert [line.clerk for line in lines] == ["ann", "bob", ""]
    total = sum((line.counts[What.TAKEN] for line in lines), Counted())
    assert total == tally.of(nov(23), What.TAKEN) == Counted(4, {"USD": Decimal("40.00")})
    assert by_clerk(Tally([event("ann"), event("")]), nov(23)) == ()


def test_the_days_before_are_business_days_and_those_between_are_told_apart() -> None:
    span = span_of(nov(30), US)
    assert (span.last, span.between) == (nov(27), (nov(28), nov(29)))
    assert {nov(11), nov(26)}.isdisjoint(span.before), "Veterans Day and Thanksgiving"
    assert len(span.before) == 20
    assert span.before[-1] == date(2026, 10, 29)


def horizon(work: date | None = FIRST, since: date | None = FIRST, until: date | None = TODAY) -> Horizon:
    return Horizon(work, since, until)


def compared(what: What, *found: Event, known: Horizon | None = None) -> Compared:
    return compare(
        Tally(found), what, span_of(nov(30), US), known or horizon(date(2026, 10, 1), date(2026, 10, 1)), None
    )


def test_the_usual_is_the_average_of_twenty_business_days_those_without_anything_too() -> None:
    taken = [Event(What.TAKEN, day, "ann", Decimal("100.00"), "USD") for day in (nov(27), nov(27), nov(25))]
    found = compared(What.TAKEN, *taken, Event(What.TAKEN, nov(28), "ann", Decimal("9.00"), "USD"))
    assert found.now == Counted()
    assert found.before == Counted(2, {"USD": Decimal("200.00")})
    assert found.usual is not None
    assert (found.usual.days, found.usual.count) == (20, Decimal("0.15"))
    assert found.usual.amounts == {"USD": Decimal("15.00")}


def test_of_fewer_days_that_are_known_the_average_says_how_many() -> None:
    calls = [Event(What.CALLS, nov(25), "ann"), Event(What.CALLS, nov(27), "ann")]
    found = compared(What.CALLS, *calls, known=horizon(nov(24)))
    assert found.usual is not None
    assert (found.usual.days, found.usual.count) == (3, Decimal(2) / 3)


def test_what_is_not_known_is_none_and_never_nothing() -> None:
    first = compared(What.CALLS, known=horizon(nov(30)))
    assert (first.now, first.before, first.usual) == (Counted(), None, None)
    stale = compared(What.CASH, known=horizon(until=nov(27)))
    assert (stale.now, stale.before) == (None, Counted())
    assert compared(What.CASH, known=horizon(since=None)) == Compared(None, None, None)


def test_the_usual_money_is_of_the_days_whose_payments_are_known_with_those_on_which_none_came() -> None:
    found = [Event(What.CASH, day, "ann", Decimal("100.00"), "USD") for day in (nov(2), nov(27))]
    usual = compared(What.CASH, *found, known=horizon(since=nov(24))).usual
    assert usual is not None
    assert (usual.days, usual.amounts) == (3, {"USD": Decimal("33.33")})
    assert compared(What.CASH, *found, known=horizon(since=None)).usual is None


def test_in_a_book_without_any_work_nobody_has_called_today_and_before_is_unknown() -> None:
    assert compared(What.CALLS, known=horizon(work=None)) == Compared(Counted(), None, None)


def test_money_by_hand_is_told_though_the_lists_of_its_day_are_not_imported() -> None:
    found = compared(
        What.CASH, Event(What.CASH, nov(30), "ann", Decimal("5.00"), "USD"), known=horizon(until=nov(27))
    )
    assert found.now == Counted(1, {"USD": Decimal("5.00")})


def test_sums_of_two_currencies_are_never_added() -> None:
    amounts = [("USD", Decimal("300.00")), ("EUR", Decimal("70.00")), ("USD", Decimal("30.00"))]
    assert counted(amounts) == Counted(3, {"USD": Decimal("330.00"), "EUR": Decimal("70.00")})
    assert counted([]) == Counted()


def test_an_account_without_anything_brings_nothing() -> None:
    empty: Dossier = dossier()
    assert list(events(empty, (), frozenset(EVERY_DAY), "ann")) == []
