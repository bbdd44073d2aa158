"""Key figures, worked out by hand for a small book on Monday 23 November 2026; the 90 days begin on 26 August."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.facts import Dossier, Reports
from arctui.core.figures import Figures, currencies, figures, figures_by_currency
from arctui.core.known import Known
from arctui.core.period import Period, month_of
from arctui.core.records import Applied, Invoice, Record
from arctui.core.standing import derive
from tests.core.builders import (
    NO_REPORTS,
    dossier,
    friday_check,
    invoice,
    money,
    payment,
    promise,
    report,
    reports,
    rules,
    standing,
)
from tests.core.oracle import dec, nov

TODAY = nov(23)
KNOWN = reports(report(1, date(2026, 8, 1)), report(2, nov(20)))


def worked_out(
    *facts: Record,
    known: Reports = NO_REPORTS,
    today: date = TODAY,
    currency: str = "USD",
    period: Period | None = None,
) -> Figures:
    book: Dossier = dossier(*facts)
    return figures([(book, derive(book, rules(today, known=known)))], known, today, currency, period)


def paid(number: str, amount: str, due: date, issued: date) -> Invoice:
    """An invoice of which the last report says that nothing is open."""
    item = invoice(number, amount, due, issued=issued, reported=2)
    return msgspec.structs.replace(item, balance=Decimal(0))


BOOK: list[Record] = [
    invoice("1", "900.00", date(2026, 10, 1), issued=date(2026, 9, 1), reported=2),
    invoice("2", "600.00", dec(15), issued=nov(15), reported=2),
    paid("3", "1500.00", date(2026, 10, 31), date(2026, 10, 1)),
]


def test_dso_best_possible_dso_and_their_difference() -> None:
    # 1,500 of receivables and 600 not yet due, on sales of 3,000 in 90 days.
    found = worked_out(*BOOK, known=KNOWN)
    assert (found.dso, found.best_possible_dso, found.add) == money(45, 18, 27)


def test_sales_before_the_period_do_not_count() -> None:
    older = paid("4", "7000.00", date(2026, 9, 24), date(2026, 8, 25))
    assert worked_out(*BOOK, older, known=KNOWN).dso == 45
    first_day = paid("5", "3000.00", date(2026, 9, 25), date(2026, 8, 26))
    assert worked_out(*BOOK, first_day, known=KNOWN).dso == Decimal("22.5")


def test_what_the_facts_cannot_support_is_unknown() -> None:
    unknown = worked_out(*BOOK)
    assert (unknown.dso, unknown.best_possible_dso, unknown.add, unknown.cei) == (None, None, None, None)
    assert unknown.average_days_late is None
    assert (unknown.promises.kept_rate, unknown.promises.kept_rate_amount) == (None, None)


def test_a_history_shorter_than_the_period_gives_no_dso() -> None:
    late = reports(report(1, date(2026, 9, 1)), report(2, nov(20)))
    assert worked_out(*BOOK, known=late).dso is None


def test_no_sales_give_no_dso() -> None:
    old = invoice("1", "900.00", date(2026, 6, 1), issued=date(2026, 5, 1), reported=2)
    assert worked_out(old, known=KNOWN).dso is None


def test_aging_has_credits_below_zero_and_is_net_of_them() -> None:
    found = worked_out(*BOOK, invoice("C", "-100.00", None, reported=2), known=KNOWN).aging
    assert {name: amount for name, amount in found.items() if amount} == {
        "31-60": Decimal(900),
        "current": Decimal(600),
        "credits": Decimal(-100),
        "total": Decimal(1400),
    }


def test_days_late_are_signed_and_weighted_by_amount() -> None:
    facts = [
        *BOOK,
        payment(nov(5), "500.00", {"3": "500.00"}),
        payment(date(2026, 10, 30), "1000.00", {"3": "1000.00"}),
    ]
    assert worked_out(*facts, known=KNOWN).average_days_late == 1


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param(payment(nov(20), "50.00", {"3": "50.00"}, since=nov(1)), id="of an unknown day"),
        pytest.param(payment(nov(20), "50.00", {"3": "50.00"}, reversed_on=nov(21)), id="that bounced"),
        pytest.param(payment(date(2026, 8, 25), "50.00", {"3": "50.00"}), id="before the period"),
        pytest.param(payment(nov(20), "50.00"), id="on account"),
        pytest.param(payment(nov(24), "50.00", {"3": "50.00"}), id="of tomorrow"),
        pytest.param(payment(nov(20), "50.00", {"3": "50.00"}, currency="EUR"), id="in another currency"),
    ],
)
def test_payments_that_stay_out_of_days_late(extra: Record) -> None:
    on_time = payment(nov(5), "500.00", {"3": "500.00"})
    assert worked_out(*BOOK, on_time, extra, known=KNOWN).average_days_late == 5


def test_the_collection_index_of_a_month() -> None:
    # 1,400 open on 24 October, 500 sold since; 900 is open now, 500 of it not yet due.
    facts = [
        invoice("1", "1000.00", date(2026, 10, 31), issued=date(2026, 10, 1), as_listed=True),
        invoice("2", "500.00", dec(5), issued=nov(5), as_listed=True),
        invoice("3", "400.00", date(2026, 10, 1), issued=date(2026, 9, 1), as_listed=True),
        payment(nov(10), "600.00", {"1": "600.00"}),
        payment(nov(2), "400.00", {"3": "400.00"}),
    ]
    found = worked_out(*facts).cei
    assert found is not None
    assert round(found, 2) == Decimal("71.43")


def test_the_collection_index_of_reports_is_rolled_back_from_the_last() -> None:
    # 2,400 open on 24 October, 600 sold since; 1,500 is open now, 600 of it not yet due.
    told = payment(nov(20), "1500.00", {"3": "1500.00"}, since=nov(1), recorded=2)
    assert worked_out(*BOOK, told, known=KNOWN).cei == Decimal(1500) / Decimal(2400) * 100


def test_the_collection_index_is_unknown_where_balances_of_the_past_are() -> None:
    lately = reports(report(1, nov(2)), report(2, nov(20)))
    found = worked_out(*BOOK, known=lately).cei_known
    assert found == Known(None, "nothing is known of before Mon 2 Nov")


def test_promises_are_counted_when_they_are_decided() -> None:
    item = invoice("9", "5000.00", nov(2))
    facts = [
        item,
        promise("200.00", nov(4), nov(9), nov(10), taken=nov(2), name="kept", on=["9"]),
        promise("300.00", nov(11), nov(16), nov(17), taken=nov(6), name="partial", on=["9"]),
        promise("500.00", nov(18), nov(18), nov(19), taken=nov(17), name="broken", on=["9"]),
        promise("900.00", nov(20), nov(25), nov(27), name="still due", on=["9"]),
        promise("70.00", nov(4), nov(9), nov(10), taken=nov(1), name="gone", on=["9"], withdrawn_on=nov(3)),
        payment(nov(4), "200.00", {"9": "200.00"}),
        payment(nov(12), "100.00", {"9": "100.00"}),
    ]
    found = worked_out(*facts).promises
    assert (found.kept, found.partial, found.broken) == (1, 1, 1)
    assert found.kept_rate == Decimal(1) / 3
    assert found.kept_rate_amount == Decimal("0.3")


def test_promises_decided_before_the_period_do_not_count() -> None:
    item = invoice("1", "5000.00", date(2026, 6, 1))
    old = promise("10.00", date(2026, 8, 20), date(2026, 8, 24), date(2026, 8, 25), taken=date(2026, 8, 10))
    assert worked_out(item, old).promises.broken == 0


def test_each_currency_has_figures_of_its_own() -> None:
    euros = invoice("E", "50.00", nov(20), currency="EUR", reported=2)
    book = dossier(*BOOK, euros, friday_check())
    assert currencies([(book, standing(book, TODAY))]) == ["EUR", "USD"]
    assert worked_out(*BOOK, euros, known=KNOWN, currency="EUR").aging["total"] == 50
    assert worked_out(*BOOK, euros, known=KNOWN).aging["total"] == 1500


def test_a_book_without_anything_has_figures_without_anything() -> None:
    found = figures([], NO_REPORTS, TODAY, "USD")
    assert (found.aging["total"], found.promises.kept) == (Decimal(0), 0)
    assert (found.dso, found.cei) == (None, None)
    assert currencies([]) == []


# A history that lists tell: what was bought from January on, and when it was paid.
LIST: list[Record] = [
    invoice("A", "1000.00", date(2026, 9, 30), issued=date(2026, 8, 31), as_listed=True),
    invoice("B", "600.00", date(2026, 10, 15), issued=date(2026, 9, 15), as_listed=True),
    invoice("C", "400.00", nov(14), issued=date(2026, 10, 15), as_listed=True),
    invoice("D", "500.00", dec(5), issued=nov(5), as_listed=True),
    payment(date(2026, 10, 10), "1000.00", {"A": "1000.00"}),
    payment(date(2026, 10, 13), "600.00", {"B": "600.00"}),
]
OCTOBER = month_of(date(2026, 10, 1))


def test_a_period_that_is_over_has_the_aging_of_its_end_and_its_own_dso() -> None:
    # On 31 October C alone is open, 400, not yet due; October's sales are 400 in 31 days.
    found = worked_out(*LIST, period=OCTOBER)
    assert (found.as_of, found.aging["current"], found.aging["total"]) == (OCTOBER.last, Decimal(400), Decimal(400))
    assert (found.sales.value, found.dso, found.best_possible_dso, found.add) == money(400, 31, 31, 0)


def test_a_whole_month_has_its_collection_index() -> None:
    # 1,600 open on 30 September, 400 sold; 400 is open at the end, all of it not yet due.
    found = worked_out(*LIST, period=OCTOBER)
    assert (found.cei, found.cei_period) == (Decimal(100), OCTOBER)


def test_each_month_that_is_known_has_its_collection_index_and_the_one_that_runs() -> None:
    # September: 1,000 open on 31 August, 600 sold; 1,600 is open at the end, A due on its last day.
    # November so far: 400 open, 500 sold; 900 is open, 500 of it not due.
    found = worked_out(*LIST).months
    assert len(found) == 13
    assert {m.period.name: m.cei.value for m in found if m.cei} == {
        "2026-10": Decimal(100),
        "2026-11-01..2026-11-23": Decimal(0),
    }
    assert found[-3].cei == Known(None, "nothing was to be collected in this time")
    assert found[-4].cei == Known(None, "nothing is known of before Mon 31 Aug")


def test_dso_by_count_back_takes_whole_months_and_of_the_last_its_share() -> None:
    # 900 is open: all of November's 500 in 23 days, and 400 of October's 400 in 31.
    assert worked_out(*LIST).countback_dso == Known(Decimal(54))
    # 100 more of September's 600 in 30 days.
    more = invoice("E", "100.00", date(2026, 9, 5), issued=date(2026, 9, 1), as_listed=True)
    assert worked_out(*LIST, more).countback_dso == Known(54 + Decimal(100) / 700 * 30)


def test_count_back_that_would_need_older_sales_is_unknown() -> None:
    known = reports(report(1, nov(1)), report(2, nov(20)))
    found = worked_out(*BOOK, known=known).countback_dso
    assert found == Known(None, "nothing is known of before Sun 1 Nov")


def test_how_late_invoices_were_paid_off_has_a_name_for_each_average() -> None:
    # A was 10 days late after 40, B 2 days early after 28.
    found = worked_out(*LIST).lateness
    assert (found.invoices, found.day_unknown) == (2, 0)
    assert (found.signed.value, found.floored.value, found.late_only.value, found.median.value) == money(4, 5, 10, 4)
    assert found.signed_by_amount.value == Decimal(10 * 1000 - 2 * 600) / 1600
    assert found.floored_by_amount.value == Decimal(10 * 1000) / 1600
    assert (found.percent_late.value, found.days_to_pay.value) == money(50, 34)
    assert found.days_to_pay_by_amount.value == Decimal(40 * 1000 + 28 * 600) / 1600


def test_an_invoice_is_paid_off_by_the_last_part_of_it() -> None:
    parts = [payment(nov(16), "100.00", {"C": "100.00"}), payment(nov(20), "300.00", {"C": "300.00"})]
    found = worked_out(*LIST, *parts, period=month_of(TODAY)).lateness
    assert (found.invoices, found.signed.value, found.by_payment.value) == (1, Decimal(6), Decimal(5))


def test_cash_on_account_is_late_by_the_day_on_which_it_was_applied() -> None:
    later = Applied("C", Decimal("400.00"), nov(19))
    cash = msgspec.structs.replace(payment(nov(10), "400.00"), applied=(later,))
    assert worked_out(*LIST, cash, period=month_of(TODAY)).average_days_late == 5


def test_of_what_two_reports_tell_the_days_late_are_unknown_and_that_is_said() -> None:
    told = payment(nov(20), "1500.00", {"3": "1500.00"}, since=nov(1), recorded=2)
    found = worked_out(*BOOK, told, known=KNOWN).lateness
    assert (found.invoices, found.day_unknown) == (0, 1)
    assert found.signed == Known(None, "of 1 invoice paid off in this time only two reports tell, not the day")
    assert found.by_payment == Known(None, "no payment of a known day in this time")


def test_a_void_invoice_was_never_sold_and_could_not_be_collected() -> None:
    void = msgspec.structs.replace(paid("V", "900.00", date(2026, 11, 9), date(2026, 10, 10)), void=True)
    assert worked_out(*BOOK, void, known=KNOWN).dso == 45
    assert worked_out(*BOOK, void, known=KNOWN).cei == worked_out(*BOOK, known=KNOWN).cei


def test_a_check_that_came_back_paid_nothing_off() -> None:
    bounced = payment(nov(16), "400.00", {"C": "400.00"}, reversed_on=nov(20))
    found = worked_out(*LIST, bounced, period=month_of(TODAY))
    assert (found.lateness.invoices, found.aging["1-30"]) == (0, Decimal(400))


def test_what_is_missing_is_said() -> None:
    nothing = worked_out(*BOOK)
    why = "no report of open items, nor a list of all invoices and payments"
    assert nothing.dso_known == nothing.countback_dso == nothing.cei_known == nothing.sales == Known(None, why)
    assert nothing.add_known == Known(None, why)
    old = invoice("1", "900.00", date(2026, 6, 1), issued=date(2026, 5, 1), reported=2)
    unsold = worked_out(old, known=KNOWN)
    assert (unsold.sales, unsold.dso_known) == (Known(Decimal(0)), Known(None, "nothing was sold in this time"))


def test_a_period_that_ends_after_today_ends_today() -> None:
    found = worked_out(*LIST, period=month_of(TODAY))
    assert found.period == Period(nov(1), TODAY)


def test_the_home_currency_comes_first_even_if_nothing_is_in_it() -> None:
    book = dossier(*BOOK, payment(nov(5), "7.00", currency="EUR"))
    found = figures_by_currency([(book, standing(book, TODAY))], NO_REPORTS, TODAY, "PLN")
    assert list(found) == ["PLN", "EUR", "USD"]
    assert found["USD"] == worked_out(*BOOK)
