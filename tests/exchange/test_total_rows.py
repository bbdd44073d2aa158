"""Rows of totals in lists of any language: never a customer, always a proof."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from arctui.exchange.report import Report

Reading = Callable[..., Report]

HEAD = "Kunde;Rechnung;Datum;Fällig;Offen\n"
ALDER = "Alder;1;01.09.2026;01.10.2026;1.000,00\n"
BIRCH = "Birch;2;05.09.2026;05.10.2026;500,00\n"
CEDAR = "Cedar;3;06.09.2026;06.10.2026;30,00\n"
SPRUCE = "Spruce;4;06.09.2026;06.10.2026;20,00\n"


def customers(report: Report) -> list[str]:
    return [item.customer for item in report.items]


def totals(report: Report) -> list[tuple[str, Decimal, bool]]:
    return [(total.of, total.stated, total.agrees) for total in report.subtotals]


@pytest.mark.parametrize(
    "label",
    [
        "Summe", "Gesamt", "Gesamtsumme:", "ENDSUMME", "Zwischensumme", "Totale", "Total général", "Sous-total",
        "Suma", "Suma ogółem", "Razem", "Łącznie", "Totaal", "Subtotaal", "Soma", "Total geral", "Sum", "Grand Total",
        "Kokku", "Σ", "",
    ],
)  # fmt: skip
def test_the_sum_of_all_rows_is_a_total_in_any_language(reading: Reading, label: str) -> None:
    report = reading(f"{HEAD}{ALDER}{BIRCH}{label};;;;1.500,00\n")
    assert customers(report) == ["Alder", "Birch"]
    assert (report.skipped, report.stated_total, report.counted_total) == ((), Decimal(1500), Decimal(1500))
    assert [total.agrees for total in report.subtotals] == [True]


@pytest.mark.parametrize(
    "label", ["Summe", "Gesamtsumme", "Totale", "Total général", "Suma", "Razem", "Totaal", "Soma"]
)
def test_a_total_by_its_name_that_differs_is_no_customer_but_says_so(reading: Reading, label: str) -> None:
    report = reading(f"{HEAD}{ALDER}{BIRCH}{label};;;;1.600,00\n")
    assert customers(report) == ["Alder", "Birch"]
    assert totals(report) == [("", Decimal(1600), False)]


def test_totals_of_groups_are_told_by_their_figures(reading: Reading) -> None:
    rows = f"{ALDER}{BIRCH}Nord;;;;1.500,00\n{CEDAR}{SPRUCE}Süd;;;;50,00\n{CEDAR.replace('3', '5', 1)}West;;;;30,00\n"
    report = reading(f"{HEAD}{rows}Alles;;;;1.580,00\n")
    assert len(report.items) == 5
    assert totals(report) == [
        ("Nord", Decimal(1500), True),
        ("Süd", Decimal(50), True),
        ("West", Decimal(30), True),
        ("", Decimal(1580), True),
    ]
    assert report.stated_total == Decimal(1580)


def test_the_total_of_a_first_group_is_not_that_of_the_report(reading: Reading) -> None:
    report = reading(f"{HEAD}{ALDER}{BIRCH}Nord;;;;1.500,00\n{CEDAR}")
    assert (report.stated_total, totals(report)) == (None, [("Nord", Decimal(1500), True)])


def test_a_row_without_number_and_dates_that_adds_up_to_nothing_is_an_item(reading: Reading) -> None:
    report = reading(f"{HEAD}{ALDER}{BIRCH}Cedar;;;;1.499,00\n")
    assert customers(report) == ["Alder", "Birch", "Cedar"]
    numbered = reading(f"{HEAD}{ALDER}{BIRCH}Summe GmbH;3;;;1.500,00\nSuma;4;06.09.2026;;7,00\n")
    assert customers(numbered) == ["Alder", "Birch", "Summe GmbH", "Suma"]


def test_rows_that_all_lack_number_and_dates_are_no_totals(reading: Reading) -> None:
    head = "Customer,Invoice,Date,Due Date,Balance\n"
    report = reading(f"{head}Alder,,,,100.00\nBirch,,,,200.00\nCedar,,,,300.00\nElm,1,,2026-09-01,5.00\n")
    assert customers(report) == ["Alder", "Birch", "Cedar", "Elm"]


def test_one_item_and_a_row_of_the_same_amount_may_be_its_total(reading: Reading) -> None:
    report = reading(f"{HEAD}{ALDER}Kokku;;;;1.000,00\n")
    assert customers(report) == ["Alder"]
    assert [s.why for s in report.skipped] == ["a total, or an invoice without number and dates"]


def test_the_sum_of_one_currency_is_its_total(reading: Reading) -> None:
    head = "Customer,Invoice,Due Date,Balance,Currency\n"
    rows = "Alder,1,2026-09-01,100.00,USD\nBirch,2,2026-09-01,40.00,EUR\nCedar,3,2026-09-01,2.50,EUR\n"
    report = reading(f"{head}{rows}Kokku,,,42.50,EUR\n")
    assert customers(report) == ["Alder", "Birch", "Cedar"]
    assert [(t.currency, t.agrees) for t in report.subtotals] == [("EUR", True)]


def test_a_customer_called_like_a_total_keeps_its_rows_below_its_name(reading: Reading) -> None:
    rows = (
        "A/R Aging Detail\nDate,Transaction type,Num,Customer full name,Due date,Amount,Open balance\nCurrent\n"
        "2026-09-01,Invoice,1,Suma,2026-10-01,5.00,5.00\n2026-09-02,Invoice,2,Alder,2026-10-02,7.00,7.00\n"
        "Total for Current,,,,,12.00,12.00\nTOTAL,,,,,12.00,12.00\n"
    )
    report = reading(rows)
    assert customers(report) == ["Suma", "Alder"]
    assert all(total.agrees for total in report.subtotals)
