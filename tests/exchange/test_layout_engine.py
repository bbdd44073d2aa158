"""The one reader of item reports: whose a row is, what is a total, lines of invoices, amounts in two columns."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from arctui.exchange.columns import ITEM_FIELDS
from arctui.exchange.layouts import LAYOUTS
from arctui.exchange.layouts.layout import Customer, Layout, Repeats, find
from arctui.exchange.layouts.mapped import read_mapped
from arctui.exchange.layouts.read import read_found
from arctui.exchange.report import Mapping, ReadOptions, Report, ReportKind
from arctui.exchange.table import Table, parse

Reading = Callable[..., Report]

PLAIN = Layout(
    name="plain",
    system="Test Books",
    title="Open Items",
    kind=ReportKind.OPEN_ITEMS,
    fields=ITEM_FIELDS,
    needs=frozenset({"number", "balance"}),
)


def table(text: str) -> Table:
    return parse(text.encode())


def read(text: str, **changed: object) -> Report:
    found = find(msgspec.structs.replace(PLAIN, **changed), table(text))
    assert found
    return read_found(found, ReadOptions())


def owners(report: Report) -> dict[str, str]:
    return {item.number: item.customer for item in report.items}


def proof(report: Report) -> list[tuple[str, str, bool]]:
    return [(s.of, str(s.stated), s.agrees) for s in report.subtotals]


ABOVE = """Open Items
As of 30 September 2026
,Number,Invoice Date,Due Date,Balance
Alder Mill,,,,
,1,2026-08-01,2026-08-31,10.00
,2,2026-08-02,2026-09-01,5.00
Total for Alder Mill,,,,15.00
Total Fitness,,,,
,3,2026-08-02,2026-09-01,7.00
Total Total Fitness,,,,8.00
3000,,,,
,4,2026-08-02,2026-09-01,1.00
Total 3000,,,,1.00
TOTAL,,,,23.00
"""


def test_customers_above_their_rows_own_them_and_every_total_is_proven() -> None:
    report = read(ABOVE, customer=Customer.ABOVE)
    assert owners(report) == {"1": "Alder Mill", "2": "Alder Mill", "3": "Total Fitness", "4": "3000"}
    assert proof(report) == [
        ("Alder Mill", "15.00", True),
        ("Total Fitness", "8.00", False),
        ("3000", "1.00", True),
        ("", "23.00", True),
    ]
    assert (report.stated_total, report.as_of, report.skipped) == (Decimal("23.00"), date(2026, 9, 30), ())


def test_jobs_stand_under_their_customer_where_the_report_is_nested() -> None:
    report = read(
        "x,Number,Due Date,Balance\nAlder,,,\n,1,2026-01-01,10.00\nNorth Gate,,,\n,2,2026-01-01,5.00\n"
        "Total for North Gate,,,5.00\nTotal for Alder with sub-customers,,,15.00\nBirch,,,\n,3,2026-01-01,1.00\n"
        "Total for Birch,,,1.00\n",
        customer=Customer.ABOVE,
        nested=True,
    )
    assert owners(report) == {"1": "Alder", "2": "Alder:North Gate", "3": "Birch"}
    assert [agrees for _, _, agrees in proof(report)] == [True, True, True]


def test_totals_without_a_label_are_of_the_customer_above_and_the_last_one_of_all() -> None:
    report = read(
        "x,Number,Due Date,Balance\nAlder,,,\n,1,2026-01-01,10.00\n,,,10.00\nBirch,,,\n,2,2026-01-01,5.00\n"
        ",,,5.00\n,,,15.00\n",
        customer=Customer.ABOVE,
    )
    assert proof(report) == [("Alder", "10.00", True), ("Birch", "5.00", True), ("", "15.00", True)]


def test_a_customer_on_its_first_row_owns_the_rows_below() -> None:
    report = read(
        "Customer ID,Customer,Number,Due Date,Balance\nA1,Alder,1,2026-01-01,10.00\n,,2,2026-01-01,5.00\n"
        "B1,Birch,3,2026-01-01,1.00\n",
        customer=Customer.FIRST_ROW,
    )
    assert [(i.customer, i.customer_number) for i in report.items] == [
        ("Alder", "A1"),
        ("Alder", "A1"),
        ("Birch", "B1"),
    ]


def test_bucket_titles_own_nothing_but_their_totals_are_proven() -> None:
    report = read(
        ",Customer,Number,Due Date,Balance\n1 - 30 days past due,,,,\n,Alder,1,2026-01-01,10.00\n"
        "Total for 1 - 30 days past due,,,,10.00\nCurrent,,,,\n,Current Electric,2,2026-01-01,5.00\n"
        "Total for Current,,,,4.00\nTOTAL,,,,14.00\n"
    )
    assert owners(report) == {"1": "Alder", "2": "Current Electric"}
    assert proof(report) == [
        ("1 - 30 days past due", "10.00", True),
        ("Current", "4.00", False),
        ("", "14.00", False),
    ]


def test_totals_of_currencies_are_proven_apart(reading: Reading) -> None:
    report = reading(
        "Customer,Invoice,Due,Balance,Currency\nAlder,1,2026-01-01,10,USD\nBirch,2,2026-01-01,5,EUR\n"
        "Total USD,,,10.00,\nTotal EUR,,,6.00,\n"
    )
    assert [(s.currency, s.agrees) for s in report.subtotals] == [("USD", True), ("EUR", False)]


LINES = "Customer,Number,Due Date,Balance,Quantity\n"


@pytest.mark.parametrize(
    ("rows", "repeats", "amounts", "skipped"),
    [
        ("Alder,1,2026-01-01,10,1\nAlder,1,2026-01-01,10,2\n", Repeats.CLASH, ["10.00"], 0),
        ("Alder,1,2026-01-01,10,1\nAlder,1,2026-01-01,4,2\n", Repeats.CLASH, ["14.00"], 0),
        ("Alder,1,2026-01-01,10,1\nAlder,1,2026-01-01,4,2\n", Repeats.SAME, ["10.00"], 1),
        ("Alder,1,2026-01-01,10,1\nAlder,1,2026-01-01,10,2\n", Repeats.PARTS, ["20.00"], 0),
        ("Alder,1,2026-01-01,10,1\nBirch,1,2026-01-01,10,2\n", Repeats.PARTS, ["10.00", "10.00"], 0),
        ("Alder,1,2026-01-01,10,1\nAlder,1,2026-02-01,10,2\n", Repeats.PARTS, ["10.00"], 1),
    ],
)
def test_lines_of_one_invoice_are_one_item(rows: str, repeats: Repeats, amounts: list[str], skipped: int) -> None:
    report = read(LINES + rows, repeats=repeats)
    assert [str(item.balance) for item in report.items] == amounts
    assert len(report.skipped) == skipped


def test_debit_and_credit_columns_are_one_amount(reading: Reading) -> None:
    report = reading(
        "Customer,Document No,Date,Due,Debit,Credit\nAlder,1,2026-01-01,2026-02-01,10.00,\n"
        "Alder,2,2026-01-01,2026-02-01,,4.00\nAlder,3,2026-01-01,2026-02-01,,\nTotal,,,,10.00,4.00\n"
    )
    assert [(i.number, str(i.balance)) for i in report.items] == [("1", "10.00"), ("2", "-4.00")]
    assert (report.kind, report.stated_total) == (ReportKind.OPEN_ITEMS, Decimal("6.00"))
    assert [row.why for row in report.skipped] == ["the amount is missing"]


def test_a_column_of_its_own_may_hold_the_sign() -> None:
    report = read(
        "Customer,Number,Due Date,Balance,S/H\nAlder,1,2026-01-01,10.00,S\nAlder,2,2026-01-01,4.00,H\n"
        "Alder,3,2026-01-01,4.00,Q\n"
    )
    assert [str(i.balance) for i in report.items] == ["10.00", "-4.00"]
    assert [row.why for row in report.skipped] == ["'q' is neither debit nor credit"]


def test_credits_without_a_minus_sign_are_told_by_their_kind() -> None:
    text = "Customer,Number,Type,Due Date,Balance\nAlder,1,Invoice,2026-01-01,10\nAlder,2,Credit Memo,2026-01-01,4\n"
    assert [str(i.balance) for i in read(text, credits_positive=True).items] == ["10.00", "-4.00"]


def test_days_past_due_tell_a_due_date_only_where_the_layout_and_the_day_are_known() -> None:
    fields = {**ITEM_FIELDS, "age": ("age",)}
    text = "As of 2026-09-30\nCustomer,Number,Date,Age,Balance\nAlder,1,2026-01-01,28 Days,1\nAlder,2,2026-01-01,,1\n"
    told = read(text, fields=fields, due_from_age=True)
    assert [item.due for item in told.items] == [date(2026, 9, 2), None]
    assert [item.due for item in read(text, fields=fields).items] == [None, None]
    undated = text.partition("\n")[2]
    assert [item.due for item in read(undated, fields=fields, due_from_age=True).items] == [None, None]


def test_invoices_paid_in_part_by_an_amount_that_is_not_told_are_named() -> None:
    report = read(
        "Customer,Number,Due Date,Amount,Status\nAlder,1,2026-01-01,10,partial\nAlder,2,2026-01-01,10,sent\n"
        "Alder,3,2026-01-01,10,paid\n",
        needs=frozenset({"number", "amount"}),
        partly=frozenset({"partial"}),
    )
    assert [item.balance for item in report.items] == [None, None, Decimal("0.00")]
    assert report.notes == ("1 invoice is paid in part, and this report does not say how much is open: 1",)


def test_people_and_limits_beside_invoices_are_read_once_a_customer(reading: Reading) -> None:
    report = reading(
        "Customer,Contact,Phone,Email,Invoice,Due,Balance,Terms,Credit Limit\n"
        "Alder,Ann Lee,+1 555 0142,ann@alder.example,1,2026-01-01,10,Net 30,5000\n"
        "Alder,Ann Lee,+1 555 0142,ann@alder.example,2,2026-01-01,10,Net 30,5000\n"
        "Birch,,n/a,,3,2026-01-01,10,,\n"
    )
    assert len(report.items) == 3
    assert [(c.customer, c.person, c.phones, c.terms, c.credit_limit) for c in report.contacts] == [
        ("Alder", "Ann Lee", ("+1 555 0142",), "Net 30", Decimal("5000.00"))
    ]
    assert [(row.row, row.why, row.number) for row in report.skipped] == [(4, "'n/a' is no phone number", "3")]


def test_skipped_rows_carry_their_text_and_columns_what_they_became(reading: Reading) -> None:
    report = reading("Customer,Invoice,Due,Balance,Colour\nAlder,1,2026-01-01,x,red\nBirch,2,2026-01-01,5,\n")
    assert [row.text for row in report.skipped] == ["Alder | 1 | 2026-01-01 | x | red"]
    assert [(c.name, c.field) for c in report.columns] == [
        ("Customer", "customer"), ("Invoice", "number"), ("Due", "due"), ("Balance", "balance"), ("Colour", ""),
    ]  # fmt: skip
    assert any(reason.about == "layout" for reason in report.reasons)


def test_a_table_is_read_as_it_was_mapped_also_without_a_header() -> None:
    mapping = Mapping(
        kind=ReportKind.OPEN_ITEMS, header=-1, fields=("customer", "number", "", "due", "balance"), month_first=True
    )
    report = read_mapped(table("Alder,1,x,02/03/2026,10.00\nBirch,2,x,02/04/2026,5.00\n"), mapping, ReadOptions())
    assert [(i.customer, i.number, i.due) for i in report.items] == [
        ("Alder", "1", date(2026, 2, 3)),
        ("Birch", "2", date(2026, 2, 4)),
    ]
    assert (report.layout, report.counted_total) == ("mapped", Decimal("15.00"))


def test_every_layout_has_a_name_of_its_own_and_says_which_product_it_is_of() -> None:
    names = [layout.name for layout in LAYOUTS]
    assert len(names) == len(set(names))
    generic = {"flat", "payments", "contacts"}
    assert all(layout.system for layout in LAYOUTS if layout.name not in generic | {"bank-statement"})
