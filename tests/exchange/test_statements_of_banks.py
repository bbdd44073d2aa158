"""Statements as the banks themselves write them, in small files of our own under their columns."""

from datetime import date

import pytest

from arctui.exchange.read import read_data, read_table
from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.statements.text import method_of
from arctui.exchange.table import parse


def read(text: str) -> Report:
    report = read_table(parse(text.encode()), ReadOptions())
    assert report.kind is ReportKind.STATEMENT
    return report


def lines(report: Report) -> list[tuple[date, str, str, str, str]]:
    return [(x.day, str(x.amount), x.payer, x.words, x.reference) for x in report.lines]


def nov(day: int) -> date:
    return date(2026, 11, day)


def test_chase() -> None:
    report = read(
        "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
        "DEBIT,11/05/2026,RENT,-900.00,ACH_DEBIT,100.00,\n"
        "DSLIP,11/04/2026,DEPOSIT ID 77,500.00,DEPOSIT,1000.00,77\n"
    )
    assert lines(report)[1] == (nov(4), "500.00", "", "DEPOSIT ID 77", "77")
    assert report.subtotals[0].agrees


def test_bank_of_america_states_its_balances_above() -> None:
    report = read(
        "Description,,Summary Amt.\n"
        'Beginning balance as of 11/01/2026,,"1,000.00"\n'
        'Total credits,,"500.00"\n'
        "\n"
        "Date,Description,Amount,Running Bal.\n"
        '11/01/2026,Beginning balance as of 11/01/2026,,"1,000.00"\n'
        '11/04/2026,"BIRCH WORKS DES:PAYMENT ID:INV 1041","500.00","1,500.00"\n'
        '11/05/2026,"RENT","-1,200.00","300.00"\n'
    )
    assert lines(report) == [
        (nov(4), "500.00", "", "BIRCH WORKS DES:PAYMENT ID:INV 1041", ""),
        (nov(5), "-1200.00", "", "RENT", ""),
    ]
    assert (report.skipped, report.subtotals[0].agrees) == ((), True)


def test_wells_fargo_has_no_names_for_its_columns() -> None:
    report = read(
        '"11/05/2026","-45.00","*","1207","CHECK # 1207"\n'
        '"11/04/2026","500.00","*","","BIRCH WORKS PAYMENT 261104 INV 1041"\n'
    )
    assert lines(report) == [
        (nov(5), "-45.00", "", "CHECK # 1207", "1207"),
        (nov(4), "500.00", "", "BIRCH WORKS PAYMENT 261104 INV 1041", ""),
    ]


def test_capital_one_writes_no_signs() -> None:
    report = read(
        "Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance\n"
        "8401,Check #456 Cashed,11/05/26,Debit,45.00,455.00\n"
        "8401,Deposit from BIRCH WORKS,11/04/26,Credit,500.00,500.00\n"
    )
    assert [(x.day, str(x.amount), x.words) for x in report.lines] == [
        (nov(5), "-45.00", "Check #456 Cashed  Debit"),
        (nov(4), "500.00", "Deposit from BIRCH WORKS  Credit"),
    ]
    assert report.subtotals[0].agrees


def test_us_bank() -> None:
    report = read(
        '"Date","Transaction","Name","Memo","Amount"\n'
        '"2026-11-04","CREDIT","ELECTRONIC DEPOSIT BIRCH WORKS","INV 1041","500.00"\n'
        '"2026-11-05","DEBIT","RENT","Download from usbank.com.","-45.00"\n'
    )
    assert lines(report)[0] == (nov(4), "500.00", "ELECTRONIC DEPOSIT BIRCH WORKS", "INV 1041  CREDIT", "")


def test_hsbc_of_firms() -> None:
    report = read(
        "Bank reference,Narrative,Customer reference,TRN type,Value date,Credit amount,Debit amount,Balance,Time,"
        "Post date\n"
        "8841A,CR BIRCH WORKS INV 1041,77,CREDIT,15/11/2026,500.00,,600.00,10:01,14/11/2026\n"
    )
    assert lines(report) == [(nov(14), "500.00", "", "CR BIRCH WORKS INV 1041  CREDIT", "77")]
    assert report.lines[0].identity == "8841A"


def test_barclays_names_columns_as_a_journal_does() -> None:
    report = read(
        "Number,Date,Account,Amount,Subcategory,Memo\n"
        ",04/11/2026,20-00-00 12345678,500.00,Counter Credit,BIRCH WORKS  INV 1041 BGC\n"
        ",05/11/2026,20-00-00 12345678,-45.00,Debit,RENT\n"
    )
    assert lines(report) == [
        (nov(4), "500.00", "", "BIRCH WORKS INV 1041 BGC  Counter Credit", ""),
        (nov(5), "-45.00", "", "RENT  Debit", ""),
    ]


def test_natwest_calls_the_amount_a_value() -> None:
    report = read(
        "Date,Type,Description,Value,Balance,Account Name,Account Number\n"
        '05 Nov 2026,S/O,"RENT , FP 05/11/26",-45.00,455.00,Ours Ltd,600000-12345678\n'
        '04 Nov 2026,BAC,"BIRCH WORKS , INV 1041",500.00,500.00,Ours Ltd,600000-12345678\n'
    )
    assert lines(report)[1] == (nov(4), "500.00", "", "BIRCH WORKS , INV 1041  BAC", "")
    assert report.subtotals[0].agrees


def test_lloyds() -> None:
    report = read(
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,"
        "Credit Amount,Balance,\n"
        "05/11/2026,DD,'30-94-57,12345678,RENT,45.00,,455.00,\n"
        "04/11/2026,FPI,'30-94-57,12345678,BIRCH WORKS INV 1041,,500.00,500.00,\n"
    )
    assert [(x.day, str(x.amount)) for x in report.lines] == [(nov(5), "-45.00"), (nov(4), "500.00")]
    assert report.subtotals[0].agrees


def test_deutsche_bank_and_postbank_have_a_balance_below_and_three_columns_of_money() -> None:
    report = read(
        "Umsätze Girokonto;Zeitraum: 01.11.2026 - 25.11.2026;\n"
        "Neuer Kontostand;2.345,67 EUR\n"
        "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;"
        "Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;"
        "Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung\n"
        "4.11.2026;4.11.2026;SEPA-Gutschrift von;Birch Werke GmbH;RE-1041;DE1;B;NOTPROVIDED;;;;;;;;;1.190,00;EUR\n"
        "5.11.2026;5.11.2026;SEPA-Lastschrift;Haus GmbH;Miete;DE2;B;MS-10;M-9;;;;;;;-119,00;;EUR\n"
        "6.11.2026;6.11.2026;Gutschrift;Erle AG;RE-7;DE3;B;R7;;;;2500;;1;0;;;EUR\n"
        "Kontostand;25.11.2026;;;2.345,67;EUR\n"
    )
    assert lines(report) == [
        (nov(4), "1190.00", "Birch Werke GmbH", "RE-1041  SEPA-Gutschrift von", ""),
        (nov(5), "-119.00", "Haus GmbH", "Miete  SEPA-Lastschrift", "MS-10"),
        (nov(6), "2500.00", "Erle AG", "RE-7  Gutschrift", "R7"),
    ]
    assert ({x.currency for x in report.lines}, report.skipped) == ({"EUR"}, ())


def test_a_sparkasse_marks_what_is_not_booked_yet() -> None:
    report = read(
        '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";'
        '"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";'
        '"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";'
        '"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n'
        '"DE1";"04.11.26";"04.11.26";"GUTSCHR. UEBERWEISUNG";"Rechnung RE-1041";"";"";"NOTPROVIDED";"";"";"";'
        '"Birch Werke GmbH";"DE2";"B";"1.190,00";"EUR";"Umsatz gebucht"\n'
        '"DE1";"05.11.26";"05.11.26";"FOLGELASTSCHRIFT";"Miete";"";"M-1";"E2E-1";"";"";"";"Haus GmbH";"DE3";"B";'
        '"-89,90";"EUR";"Umsatz gebucht"\n'
        '"DE1";"06.11.26";"06.11.26";"GUTSCHR. UEBERWEISUNG";"RE-7";"";"";"";"";"";"";"Erle AG";"DE4";"B";'
        '"50,00";"EUR";"Umsatz vorgemerkt"\n'
    )
    assert lines(report) == [
        (nov(4), "1190.00", "Birch Werke GmbH", "Rechnung RE-1041  GUTSCHR. UEBERWEISUNG", ""),
        (nov(5), "-89.90", "Haus GmbH", "Miete  FOLGELASTSCHRIFT", "E2E-1"),
    ]
    assert report.reasons[-1].words == "1 entry not booked: left out"


def test_ing_of_both_countries() -> None:
    german = read(
        "Umsatzanzeige;Datei erstellt am: 22.11.2026 18:23\n"
        "Saldo;600,00;EUR\n"
        "Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n"
        "05.11.2026;05.11.2026;Haus GmbH;Lastschrift;Miete;600,00;EUR;-100,00;EUR\n"
        "04.11.2026;04.11.2026;Birch Werke;Gutschrift;RE-1041;700,00;EUR;500,00;EUR\n"
    )
    assert lines(german)[1] == (nov(4), "500.00", "Birch Werke", "RE-1041  Gutschrift", "")
    dutch = read(
        '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";'
        '"Mededelingen"\n'
        '"20261104";"Birch BV";"NL1";"NL2";"OV";"Bij";"500,00";"Overschrijving";"Factuur 1041"\n'
        '"20261105";"Huis BV";"NL1";"NL3";"IC";"Af";"100,00";"Incasso";"Huur"\n'
    )
    assert [(x.day, str(x.amount), x.payer, x.currency) for x in dutch.lines] == [
        (nov(4), "500.00", "Birch BV", "EUR"),
        (nov(5), "-100.00", "Huis BV", "EUR"),
    ]


def test_revolut_of_firms_leaves_out_what_did_not_happen() -> None:
    head = (
        "Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Card number,Orig currency,"
        "Orig amount,Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,Balance,Account\n"
    )
    report = read(
        head + "2026-11-05,2026-11-05,aa-2,TRANSFER,COMPLETED,To Haus GmbH,Rent,,,GBP,-45.00,GBP,-45.00,-46.00,,1.00,"
        "GBP,454.00,GBP Main\n"
        "2026-11-05,,aa-3,TRANSFER,REVERTED,To Elm,,,,GBP,-9.00,GBP,-9.00,-9.00,,0.00,GBP,,GBP Main\n"
        "2026-11-04,2026-11-04,aa-1,TOPUP,COMPLETED,Money added from BIRCH,INV 1041,Birch Works,,GBP,500.00,GBP,"
        "500.00,500.00,,0.00,GBP,500.00,GBP Main\n"
    )
    assert lines(report)[1] == (nov(4), "500.00", "Birch Works", "Money added from BIRCH  INV 1041  TOPUP", "")
    assert [(x.identity, x.currency) for x in report.lines] == [("aa-2", "GBP"), ("aa-1", "GBP")]
    assert (report.subtotals[0].agrees, report.reasons[-1].words) == (True, "1 entry not booked: left out")


def test_wise() -> None:
    report = read(
        '"TransferWise ID",Date,"Date Time",Amount,Currency,Description,"Payment Reference","Running Balance",'
        '"Exchange From","Payer Name","Payee Name",Merchant,Note,"Total fees","Transaction Type",'
        '"Transaction Details Type"\n'
        'TRANSFER-2,05-11-2026,"05-11-2026 19:57:37.833",-45.00,EUR,"Sent money to Haus GmbH",Rent,455.00,,,Haus,,,'
        "0.00,DEBIT,TRANSFER\n"
        'TRANSFER-1,04-11-2026,"04-11-2026 09:57:37.833",500.00,EUR,"Received money from Birch",INV 1041,500.00,,'
        "Birch Works,,,,0.00,CREDIT,DEPOSIT\n"
    )
    assert lines(report)[1][:3] == (nov(4), "500.00", "Birch Works")
    assert (report.lines[1].reference, report.lines[1].identity) == ("INV 1041", "TRANSFER-1")
    assert report.subtotals[0].agrees


def test_paypal_counts_what_the_customer_paid_and_proves_what_was_left_of_it() -> None:
    report = read(
        '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address",'
        '"To Email Address","Transaction ID","Item Title","Invoice Number","Balance","Subject","Note",'
        '"Balance Impact"\n'
        '"11/13/2026","10:00:00","PST","Birch Works","General Payment","Completed","USD","500.00","-15.00","485.00",'
        '"t@birch.example","us@firm.example","8AB1","","1041","485.00","Invoice 1041","","Credit"\n'
        '"11/14/2026","10:00:00","PST","","General Withdrawal","Completed","USD","-400.00","0.00","-400.00",'
        '"us@firm.example","","8AB2","","","85.00","","","Debit"\n'
        '"11/14/2026","10:00:00","PST","Elm","General Payment","Pending","USD","9.00","0.00","9.00",'
        '"e@elm.example","","8AB3","","","85.00","","","Memo"\n'
    )
    assert [(x.day, str(x.amount), x.payer, x.identity) for x in report.lines] == [
        (nov(13), "500.00", "Birch Works", "8AB1"),
        (nov(14), "-400.00", "", "8AB2"),
    ]
    assert "1041" in report.lines[0].words
    assert report.subtotals[0].agrees


def test_stripe_counts_what_was_charged() -> None:
    report = read(
        "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,"
        "description,customer_email,customer_name,automatic_payout_id\n"
        "txn_1,2026-11-04 10:02:11,2026-11-06 00:00:00,usd,500.00,14.80,485.20,charge,ch_1,Invoice 1041,"
        "t@birch.example,Birch Works,po_1\n"
        "txn_2,2026-11-06 00:00:00,2026-11-06 00:00:00,usd,-485.20,0.00,-485.20,payout,po_1,STRIPE PAYOUT,,,po_1\n"
    )
    assert lines(report) == [
        (nov(4), "500.00", "Birch Works", "Invoice 1041  charge", ""),
        (nov(6), "-485.20", "", "STRIPE PAYOUT", ""),
    ]
    assert [(x.identity, x.currency) for x in report.lines] == [("txn_1", "USD"), ("txn_2", "USD")]


def test_a_lock_box_names_a_check_once_for_each_invoice_that_it_pays() -> None:
    report = read(
        "Lockbox Number,Batch Number,Deposit Date,Check Number,Check Amount,Remitter Name,Invoice Number\n"
        "8841,1,2026-11-18,1207,1400.00,BIRCH WORKS,INV-1\n"
        "8841,1,2026-11-18,1207,1400.00,BIRCH WORKS,INV-2\n"
        "8841,1,2026-11-18,1208,50.00,CEDAR FARM,\n"
    )
    assert lines(report) == [
        (nov(18), "1400.00", "BIRCH WORKS", "INV-1 INV-2  lockbox", "1207"),
        (nov(18), "50.00", "CEDAR FARM", "lockbox", "1208"),
    ]
    assert [method_of(x.words) for x in report.lines] == ["check", "check"]


def test_columns_of_their_own_for_both_sides_and_a_code_for_the_kind() -> None:
    report = read(
        "Bank ID,Account Number,Account Title,BAI Type Code,Posting Date,Credit Amount,Debit Amount,"
        "Closing Ledger Balance,Text\n"
        "121,567,Operating,475,2026-11-04,500.00,0.00,1500.00,WIRE BIRCH WORKS INV 1041\n"
    )
    assert lines(report) == [(nov(4), "500.00", "", "WIRE BIRCH WORKS INV 1041", "")]


def test_the_currency_may_stand_in_the_name_of_the_amount() -> None:
    report = read(
        "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n"
        "04/11/2026,Birch Works,INV 1041,FASTER PAYMENT,500.00,600.00\n"
        "15/11/2026,Haus,RENT,DIRECT DEBIT,-45.00,555.00\n"
    )
    assert (report.lines[0].words, {x.currency for x in report.lines}) == ("INV 1041  FASTER PAYMENT", {"GBP"})


def test_a_report_of_invoices_with_a_column_called_value_is_none() -> None:
    with pytest.raises(ReportError):
        read_data(b"Date,Type,Description,Value\n2026-11-04,Invoice,Paving,500.00\n", ReadOptions())
