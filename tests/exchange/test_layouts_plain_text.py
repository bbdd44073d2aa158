"""Journals, and the exports of hledger, ledger and GnuCash, in small files of our own."""

from collections.abc import Callable
from datetime import date

import pytest

from arctui.exchange.journal import is_journal
from arctui.exchange.read import read_table
from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.source import source_of

Reading = Callable[..., Report]

JOURNAL = """; receivables of a small firm
account assets:receivable  ; type:A
comment
2026-01-01 not a transaction
end comment

2026-05-13 * (J-1) Birch Works | Invoice  ; due:2026-06-12
    assets:receivable:Birch Works:North Gate    $1,020.00
    income:sales

2026-05-14=2026-05-15 (J-2) 66 Diner
    ; type:Invoice, due:2026-06-13
    assets:receivable:66 Diner  30.00 EUR @ $1.10
    income:sales

2026-06-01 Birch Works | part payment
    assets:bank                                   $1,000.00
    assets:receivable:Birch Works:North Gate      ; pays:J-1

2026-06-02 66 Diner
    assets:receivable:66 Diner    -5.00 EUR
    assets:bank
2026-06-03 (X-9) 66 Diner | Credit Memo
    assets:receivable:66 Diner    -1.00 EUR
    income:sales
"""


def of(report: Report) -> list[tuple[str, str, str, str, str, str]]:
    return [(i.customer, i.number, i.kind, str(i.amount), str(i.balance), i.currency) for i in report.items]


def journal(text: str) -> Report:
    return read_table(source_of(text.encode()).sheets[0].table, ReadOptions())


def test_postings_of_a_journal_are_invoices_and_money_laid_on_the_ones_it_names() -> None:
    report = journal(JOURNAL)
    assert (report.layout, report.kind, report.skipped) == ("hledger-journal", ReportKind.OPEN_ITEMS, ())
    assert of(report) == [
        ("Birch Works:North Gate", "J-1", "Invoice", "1020.00", "20.00", ""),
        ("66 Diner", "J-2", "Invoice", "30.00", "30.00", "EUR"),
        ("66 Diner", "", "Payment", "-5.00", "-5.00", "EUR"),
        ("66 Diner", "X-9", "Credit Memo", "-1.00", "-1.00", "EUR"),
    ]
    assert [(i.row, i.issued, i.due) for i in report.items][:2] == [
        (8, date(2026, 5, 13), date(2026, 6, 12)),
        (13, date(2026, 5, 14), date(2026, 6, 13)),
    ]


def test_lines_that_are_no_journal_are_listed() -> None:
    report = journal(
        JOURNAL + "\nwhat is this?\n\n2026-06-04 (J-4) Elm\n    assets:receivable:Elm\n    assets:bank\n"
    )
    assert [(s.row, s.why) for s in report.skipped] == [
        (27, "this line of the journal was not understood"),
        (30, "the amount is not told, and cannot be worked out"),
    ]
    assert len(report.items) == 4


def test_a_journal_that_is_spread_over_files_is_refused() -> None:
    with pytest.raises(ReportError, match="hledger print"):
        journal(JOURNAL + "\ninclude 2025.journal\n")


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-13,J-1,Birch Works,20.00\n2026-05-14,J-2,Birch Works,20.00\n",
        "2026-05-13 Birch Works\n2026-05-14 Elm\n",
        "Customer;Invoice;Due\n  Birch;1;2026-05-13\n",
        "",
        "2026-05-13 " + "x" * 5000 + "\n    a  1\n",
    ],
)
def test_other_texts_with_dates_are_no_journals(text: str) -> None:
    assert not is_journal(text)


def test_a_register_of_hledger_has_no_due_dates_and_its_words_name_what_is_paid(reading: Reading) -> None:
    report = reading(
        '"txnidx","date","code","description","account","amount","total"\n'
        '"1","2026-05-13","J-1","Birch Works | Invoice","assets:receivable:Birch Works","€20.00","€20.00"\n'
        '"2","2026-05-14","J-2","Birch Works | Invoice","assets:receivable:Birch Works","€30.00","€50.00"\n'
        '"3","2026-06-01","","Birch Works | pays J-1, J-2","assets:receivable:Birch Works","€-60.00","€-10.00"\n'
        '"4","2026-06-01","","Elm | payment of J-1","assets:receivable:Elm","€-1.00","€-11.00"\n'
        '"5","2026-06-01","","Birch","assets:bank","€60.00","€49.00"\n'
    )
    assert (report.layout, report.skipped) == ("hledger-register", ())
    assert of(report) == [
        ("Birch Works", "J-1", "Invoice", "20.00", "0.00", "EUR"),
        ("Birch Works", "J-2", "Invoice", "30.00", "0.00", "EUR"),
        ("Birch Works", "", "Payment", "-10.00", "-10.00", "EUR"),
        ("Elm", "", "Payment", "-1.00", "-1.00", "EUR"),
    ]
    assert {item.due for item in report.items} == {None}


def test_what_hledger_prints_has_the_commodity_in_a_column(reading: Reading) -> None:
    header = (
        '"txnidx","date","date2","status","code","description","comment","account","amount","commodity","credit",'
        '"debit","posting-status","posting-comment"\n'
    )
    report = reading(
        header + '"1","2026-05-13","","","J-1","Birch Works","due:2026-06-12","Assets:Accounts Receivable","20.00",'
        '"EUR","","20.00","",""\n'
        '"1","2026-05-13","","","J-1","Birch Works","due:2026-06-12","income:sales","-20.00","EUR","20.00","","",""\n'
        '"2","2026-05-13","","","J-2","Elm | Invoice","","Assets:Accounts Receivable","many","EUR","","","",""\n'
    )
    assert report.layout == "hledger-journal"
    assert of(report) == [("Birch Works", "J-1", "Invoice", "20.00", "20.00", "EUR")]
    assert [(s.row, s.why) for s in report.skipped] == [(4, "the amount 'many' is no amount")]


def test_the_csv_of_ledger_has_no_header(reading: Reading) -> None:
    rows = (
        '"2026/05/13","L-1","Birch Works","Assets:Receivable:Birch Works","$","20","*"," due:2026-06-12"\n'
        '"2026/05/13","L-1","Birch Works","Income:Sales","$","-20","*",""\n'
        '"2026/06/01","","Birch Works","Assets:Receivable:Birch Works","$","-5","",""\n'
    )
    report = reading(rows)
    assert (report.layout, report.reasons[0].words) == (
        "ledger-csv",
        "there is none: the columns are told by their places",
    )
    assert of(report) == [
        ("Birch Works", "L-1", "Invoice", "20.00", "20.00", ""),
        ("Birch Works", "", "Payment", "-5.00", "-5.00", ""),
    ]
    with pytest.raises(ReportError):
        reading(rows + "Birch Works,L-1,2026/05/13,20,x,,,\n")


def test_postings_of_no_receivables_say_what_to_export(reading: Reading) -> None:
    report = reading('"2026/05/13","L-1","Birch Works","Income:Sales","$","-20","*",""\n')
    assert [s.why for s in report.skipped] == [
        "no account of receivables is in it: export the postings of assets:receivable"
    ]


def test_balances_of_accounts_are_refused_with_what_to_export(reading: Reading) -> None:
    with pytest.raises(ReportError, match="hledger print -O csv"):
        reading('"account","balance"\n"assets:receivable:Birch Works","$15.00, €1.00"\n"total","$15.00"\n')


def entry(number: str, owner: str, *, price: str, due: str = "2026-06-12", posted: str = "2026-05-13") -> str:
    return (
        f"{number},2026-05-13,{owner},PO 3,,2026-05-13,Goods,ea,Income:Sales,2,{price},%,,10,,,,{posted},{due},"
        "Assets:Receivable,,\n"
    )


def test_entries_of_a_gnucash_invoice_add_up_and_its_first_one_says_when_it_is_due(reading: Reading) -> None:
    report = reading(
        entry("G-1", "000007", price="10.00")
        + entry("G-1", "", price="1.255", due="", posted="")
        + entry("G-2", "000008", price="5")
        + entry("G-3", "000008", price="5", due="", posted="")
    )
    assert (report.layout, report.kind) == ("gnucash-invoices", ReportKind.LISTED)
    assert [(i.customer_number, i.number, str(i.amount), i.balance, i.due) for i in report.items] == [
        ("000007", "G-1", "20.26", None, date(2026, 6, 12)),
        ("000008", "G-2", "9.00", None, date(2026, 6, 12)),
    ]
    assert [(s.row, s.why) for s in report.skipped] == [(4, "the invoice is not posted yet")]


def test_gnucash_customers_are_told_by_the_shape_of_all_rows(reading: Reading) -> None:
    rows = (
        "000007;Birch Works;Tony Marsh;1 Elm St;Mesa;;US;555 0142;;t@birch.example;terms Net 30;;;;;;;;\n"
        "000008;Elm & Sons;;;;;;;;;;;;;;;;;\n"
    )
    report = reading(rows)
    contact = report.contacts[0]
    assert (report.layout, [c.customer_number for c in report.contacts]) == (
        "gnucash-customers",
        ["000007", "000008"],
    )
    assert (contact.person, contact.phones, contact.emails) == ("Tony Marsh", ("555 0142",), ("t@birch.example",))
    assert (contact.address, contact.terms) == ("1 Elm St, Mesa, US", "Net 30")
    with pytest.raises(ReportError):
        reading(rows + "Birch;000009;;;;;;;;;;;;;;;;;\n")
