"""Key figures, worked out by hand for a small book on Monday 23 November 2026; the 90 days begin on 26 August."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.core.facts import Dossier, Reports
from arctui.core.figures import Figures, currencies, figures
from arctui.core.records import Invoice, Record
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


def worked_out(*facts: Record, known: Reports = NO_REPORTS, today: date = TODAY, currency: str = "USD") -> Figures:
    book: Dossier = dossier(*facts)
    return figures([(book, derive(book, rules(today, known=known)))], known, today, currency)


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


def test_the_collection_index_is_unknown_where_balances_of_the_past_are() -> None:
    assert worked_out(*BOOK, known=KNOWN).cei is None


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
