"""The exports of NetSuite, Business Central, SAP, Tally and DATEV, in small files of our own."""

from collections.abc import Callable
from datetime import date

import pytest

from arctui.exchange.report import Report, ReportError, ReportKind

Reading = Callable[..., Report]


def of(report: Report) -> list[tuple[str, str, str, str]]:
    return [(item.customer_number, item.customer, item.number, str(item.balance)) for item in report.items]


NETSUITE = """Harbour Supply
A/R Aging Detail
"As of June 30, 2026"

Customer,Transaction Type,Date,Document Number,P.O. No.,Due Date,Age,Open Balance
10001 Birch Works,,,,,,,
,Invoice,5/13/2026,N-1,PO 3,6/12/2026,18,"$1,020.00"
,Journal,5/25/2026,,,,36,($5.00)
Total - 10001 Birch Works,,,,,,,"$1,015.00"
10002 Birch Works : North Gate,,,,,,,
,Invoice,5/13/2026,N-2,,6/12/2026,18,$1.00
Total - 10002 Birch Works : North Gate,,,,,,,$1.00
10003 84 Lumber,,,,,,,
,Invoice,5/13/2026,N-3,,6/12/2026,18,$2.00
Total - 10003 84 Lumber,,,,,,,$2.00
Total,,,,,,,"$1,018.00"
"""


def test_netsuite_writes_a_customers_number_in_front_of_its_name(reading: Reading) -> None:
    report = reading(NETSUITE)
    assert (report.layout, report.as_of, report.skipped) == ("netsuite-ar-aging-detail", date(2026, 6, 30), ())
    assert of(report) == [
        ("10001", "Birch Works", "N-1", "1020.00"),
        ("10001", "Birch Works", "", "-5.00"),
        ("10002", "Birch Works:North Gate", "N-2", "1.00"),
        ("10003", "84 Lumber", "N-3", "2.00"),
    ]
    assert [item.kind for item in report.items][1] == "Journal Entry"
    assert [(s.of, s.agrees) for s in report.subtotals] == [
        ("Birch Works", True),
        ("Birch Works:North Gate", True),
        ("84 Lumber", True),
        ("", True),
    ]


def test_a_number_in_front_is_part_of_the_name_where_not_all_have_one(reading: Reading) -> None:
    report = reading(NETSUITE.replace("10001 ", "").replace("10002 ", "").replace("10003 ", ""))
    assert [(item.customer_number, item.customer) for item in report.items][-1] == ("", "84 Lumber")
    assert all(total.agrees for total in report.subtotals)


def test_a_saved_search_of_netsuite_names_currencies_in_words(reading: Reading) -> None:
    report = reading(
        '"Internal ID","Type","Date","Due Date/Receive By","Document Number","Name","Currency",'
        '"Amount (Foreign Currency)","Amount Remaining (Foreign Currency)","Terms","Phone","Email"\n'
        '"88","Invoice","5/13/2026","6/12/2026","N-1","10001 Birch Works","Euro","1,020.00","20.00","Net 30",'
        '"555 0142","t@birch.example"\n'
        '"89","Payment","5/25/2026","","","10001 Birch Works","US Dollar","-5.00","-5.00","Net 30","",""\n'
    )
    assert report.layout == "netsuite-open-invoices"
    assert [(i.customer, i.customer_number, i.currency, str(i.balance)) for i in report.items] == [
        ("Birch Works", "10001", "EUR", "20.00"),
        ("Birch Works", "10001", "USD", "-5.00"),
    ]
    assert report.contacts[0].phones == ("555 0142",)


ENTRIES = {
    "english": (
        "Posting Date,Document Type,Document No.,Customer No.,Customer Name,Currency Code,Original Amount,Amount,"
        "Remaining Amount,Due Date,Open,External Document No.\n"
        "2026-05-13,Invoice,B-1,10,Birch Works,,20.00,20.00,15.00,2026-06-12,Yes,PO 3\n"
        "2026-05-14,,B-2,10,Birch Works,EUR,-5.00,-5.00,-5.00,,Yes,\n"
        "2026-05-15,Invoice,B-3,10,Birch Works,,9.00,9.00,0.00,2026-06-12,No,\n"
    ),
    "german": (
        "Buchungsdatum;Belegart;Belegnr.;Debitorennr.;Debitorenname;Währungscode;Ursprungsbetrag;Betrag;Restbetrag;"
        "Fälligkeitsdatum;Offen;Externe Belegnummer\n"
        "13.05.2026;Rechnung;B-1;10;Birch Works;;20,00;20,00;15,00;12.06.2026;Ja;PO 3\n"
        "14.05.2026; ;B-2;10;Birch Works;EUR;-5,00;-5,00;-5,00;;Ja;\n"
        "15.05.2026;Rechnung;B-3;10;Birch Works;;9,00;9,00;0,00;12.06.2026;Nein;\n"
    ),
    "danish": (
        "Bogføringsdato;Bilagstype;Bilagsnr.;Debitornr.;Debitornavn;Valutakode;Oprindeligt beløb;Beløb;Restbeløb;"
        "Forfaldsdato;Åben;Eksternt bilagsnr.\n"
        "13-05-2026;Faktura;B-1;10;Birch Works;;20,00;20,00;15,00;12-06-2026;Ja;PO 3\n"
        "14-05-2026; ;B-2;10;Birch Works;EUR;-5,00;-5,00;-5,00;;Ja;\n"
        "15-05-2026;Faktura;B-3;10;Birch Works;;9,00;9,00;0,00;12-06-2026;Nej;\n"
    ),
}


@pytest.mark.parametrize("language", ENTRIES)
def test_ledger_entries_of_business_central_are_the_same_in_each_language(reading: Reading, language: str) -> None:
    report = reading(ENTRIES[language])
    assert (report.layout, report.kind, report.skipped) == (
        "bc-customer-ledger-entries",
        ReportKind.LISTED,
        (),
    )
    assert [(i.number, i.kind, str(i.balance), i.currency, i.issued) for i in report.items] == [
        ("B-1", "Invoice", "15.00", "", date(2026, 5, 13)),
        ("B-2", "Journal Entry", "-5.00", "EUR", date(2026, 5, 14)),
        ("B-3", "Invoice", "0.00", "", date(2026, 5, 15)),
    ]
    assert (report.items[0].reference, report.items[0].due) == ("PO 3", date(2026, 6, 12))


def test_ledger_entries_in_the_home_currency_only_name_no_other(reading: Reading) -> None:
    report = reading(
        "Posting Date,Document Type,Document No.,Customer No.,Customer Name,Currency Code,Original Amt. (LCY),"
        "Remaining Amt. (LCY),Due Date,Open\n2026-05-13,Invoice,B-1,10,Birch Works,EUR,22.00,16.50,2026-06-12,Yes\n"
    )
    assert report.layout == "bc-customer-ledger-entries-lcy"
    assert [(i.number, str(i.balance), i.currency) for i in report.items] == [("B-1", "16.50", "")]


def test_one_number_of_two_names_is_told_and_what_is_open_names_the_customer(reading: Reading) -> None:
    report = reading(ENTRIES["english"].replace("B-3,10,Birch Works", "B-3,10,Elm & Sons"))
    assert {item.customer for item in report.items} == {"Birch Works"}
    assert report.notes == ("1 customer number has more than one name: 10 (Birch Works, Elm & Sons)",)


SAP = (
    "Account,Document Number,Assignment,Document Type,Document Date,Net Due Date,Arrears by Net Due Date,"
    "Amount in Local Currency,Text,Reference\n"
    "77,9900,{0},RV,2026-05-13,2026-06-12,18,20.00,,{1}\n"
    "77,9901,{2},RV,2026-05-14,2026-06-13,17,30.00,,{3}\n"
    "77,9902,,DZ,2026-05-25,2026-05-26,35,5.00-,paid,\n"
    "77,,,,,,,45.00,,\n"
    "78,9903,{4},DG,2026-05-13,2026-05-14,47,-1.00,,{5}\n"
    "78,,,,,,,-1.00,,\n"
    ",,,,,,,44.00,,\n"
)


@pytest.mark.parametrize(
    ("cells", "numbers", "reference"),
    [
        (("S-1", "PO 3", "S-2", "S-2", "S-3", ""), ["S-1", "S-2", "9902", "S-3"], "PO 3"),
        (("20260513", "S-1", "20260514", "S-2", "20260513", "S-3"), ["S-1", "S-2", "9902", "S-3"], ""),
        (("77", "", "77", "", "78", ""), ["9900", "9901", "9902", "9903"], ""),
    ],
)
def test_sap_lines_bear_the_number_that_the_customer_knows(
    reading: Reading, cells: tuple[str, ...], numbers: list[str], reference: str
) -> None:
    report = reading(SAP.format(*cells))
    assert (report.layout, report.as_of, report.skipped) == ("sap-fbl5n", date(2026, 6, 30), ())
    assert [item.number for item in report.items] == numbers
    assert [item.kind for item in report.items] == ["Invoice", "Invoice", "Payment", "Credit Memo"]
    assert report.items[0].reference == reference
    assert {(item.customer, item.customer_number) for item in report.items} == {("77", "77"), ("78", "78")}
    assert [(s.of, str(s.stated), s.agrees) for s in report.subtotals] == [
        ("77", "45.00", True),
        ("78", "-1.00", True),
        ("", "44.00", True),
    ]


def test_sap_totals_are_of_each_currency(reading: Reading) -> None:
    report = reading(
        "Account\tDocument Number\tAssignment\tDocument Type\tDocument Date\tNet due date\t"
        "Arrears after net due date\tAmount in doc. curr.\tDocument currency\tName 1\n"
        "77\t9900\tS-1\tRV\t13.05.2026\t12.06.2026\t18\t1.020,00\tEUR\tBirch Works\n"
        "77\t9901\tS-2\tRV\t13.05.2026\t12.06.2026\t18\t5,00\tUSD\tBirch Works\n"
        "77\t\t\t\t\t\t\t1.020,00\tEUR\t\n77\t\t\t\t\t\t\t5,00\tUSD\t\n"
        "\t\t\t\t\t\t\t1.020,00\tEUR\t\n\t\t\t\t\t\t\t5,00\tUSD\t\n"
    )
    assert report.layout == "sap-fbl5n-currencies"
    assert [(i.customer, i.customer_number, i.currency, str(i.balance)) for i in report.items] == [
        ("Birch Works", "77", "EUR", "1020.00"),
        ("Birch Works", "77", "USD", "5.00"),
    ]
    assert [(s.of, s.currency, s.agrees) for s in report.subtotals] == [
        ("Birch Works", "EUR", True),
        ("Birch Works", "USD", True),
        ("", "EUR", True),
        ("", "USD", True),
    ]


def test_sap_speaks_german(reading: Reading) -> None:
    report = reading(
        "Konto;Belegnummer;Zuordnung;Belegart;Belegdatum;Nettofälligkeitsdatum;Betrag in Hauswährung;Referenz\n"
        "77;9900;S-1;DR;13.05.2026;12.06.2026;20,00;PO 3\n77;;;;;;20,00;\n;;;;;;20,00;\n"
    )
    assert (report.layout, of(report)) == ("sap-fbl5n", [("77", "77", "S-1", "20.00")])
    assert [s.agrees for s in report.subtotals] == [True, True]


def test_a_tally_group_has_a_header_of_two_rows_and_each_party_above_its_bills(reading: Reading) -> None:
    report = reading(
        "Group :,Sundry Debtors,,1-Apr to 30-Jun-26,,,\n"
        "Date,Ref. No.,Party's Name,Opening,Pending,Due on,Overdue\n,,,Amount,Amount,,by days\n"
        ",,Birch Works,,,,\n2026-05-13,T-1,,20.00,15.00,2026-06-12,18\n2026-05-25,On Account,,-5.00,-5.00,,36\n"
        ",,,15.00,10.00,,\n"
        ",,3000,,,,\n2026-05-14,T-2,,1.00,1.00,2026-06-12,18\n,,,1.00,2.00,,\n"
    )
    assert (report.layout, report.as_of, report.skipped) == ("tally-group-outstandings", date(2026, 6, 30), ())
    assert [(i.customer, i.number, i.kind, str(i.amount), str(i.balance)) for i in report.items] == [
        ("Birch Works", "T-1", "Invoice", "20.00", "15.00"),
        ("Birch Works", "", "Payment", "-5.00", "-5.00"),
        ("3000", "T-2", "Invoice", "1.00", "1.00"),
    ]
    assert [(s.of, s.agrees) for s in report.subtotals] == [("Birch Works", True), ("3000", False)]


def test_tally_bills_say_behind_the_amount_which_side_they_are_on(reading: Reading) -> None:
    report = reading(
        "Sundry Debtors\nBills Receivable,,,30-Jun-26\nDate,Ref. No.,Party's Name,Pending Amount,Due on,"
        'Overdue by days\n13-May-26,T-1,Birch Works,"1,020.00 Dr",12-Jun-26,18\n25-May-26,,Birch Works,5.00 Cr,,36\n'
    )
    assert (report.layout, report.as_of) == ("tally-bills-receivable", date(2026, 6, 30))
    assert [(i.number, str(i.balance)) for i in report.items] == [("T-1", "1020.00"), ("", "-5.00")]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (
            "Konto;Name;Belegnummer;Belegdatum;Fälligkeit;Betrag;Offen;S/H;Mahnstufe;Telefon",
            (
                "10;Birch Works;D-1;13052026;12.06.2026;20,00;15,00;S;0;555 0142\n"
                "10;Birch Works;D-2;25052026;;5,00;5,00;H;0;555 0142\n"
            ),
        ),
        (
            "Kontonummer;Kontobezeichnung;Rechnungsnr.;Datum;Fällig am;Soll;Haben",
            "10;Birch Works;D-1;13.05.2026;12.06.2026;15,00;\n10;Birch Works;D-2;25.05.2026;;;5,00\n",
        ),
    ],
)
def test_a_german_list_of_open_items_tells_debit_and_credit(reading: Reading, header: str, rows: str) -> None:
    report = reading(f"{header}\n{rows}")
    assert (report.layout, report.kind) == ("datev-open-items", ReportKind.OPEN_ITEMS)
    assert of(report) == [("10", "Birch Works", "D-1", "15.00"), ("10", "Birch Works", "D-2", "-5.00")]
    assert report.items[0].issued == date(2026, 5, 13)


def test_a_list_without_any_side_is_not_taken_for_one_of_datev(reading: Reading) -> None:
    with pytest.raises(ReportError):
        reading("Konto;Belegnummer;Belegdatum;Fälligkeit\n10;D-1;13.05.2026;12.06.2026\n")
