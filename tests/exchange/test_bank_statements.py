"""Bank statements as banks write them: CSV, OFX 1 and 2, CAMT.053."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from arctui.exchange.report import ReadOptions, Report, ReportError, ReportKind
from arctui.exchange.source import source_of
from arctui.exchange.statements import csv_statement, read_statement_bytes
from arctui.exchange.statements.text import is_return, method_of

OFX_1 = """\
OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
<BANKTRANLIST>
<STMTTRN>
<TRNTYPE>CREDIT
<DTPOSTED>20261102120000[-5:EST]
<TRNAMT>1134.50
<FITID>2026110201
<NAME>ACME BLDG &amp; SVCS
<MEMO>INV 1041
</STMTTRN>
<STMTTRN><TRNTYPE>CHECK<DTPOSTED>20261103<TRNAMT>-80,25<FITID>2<CHECKNUM>1207<NAME>RENT</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>2026<TRNAMT>1.00<FITID>3</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1>
<CREDITCARDMSGSRSV1><CCSTMTRS><CURDEF>USD<STMTTRN><DTPOSTED>20261103<TRNAMT>9.00</STMTTRN></CCSTMTRS>
</CREDITCARDMSGSRSV1></OFX>
"""
OFX_2 = """\
<?xml version="1.0" encoding="UTF-8"?><?OFX OFXHEADER="200" VERSION="211"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR</CURDEF><BANKTRANLIST>
<STMTTRN><TRNTYPE>XFER</TRNTYPE><DTPOSTED>20261102</DTPOSTED><TRNAMT>12.00</TRNAMT><FITID>a</FITID>
<NAME>Café Müller</NAME></STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def camt(entries: str, closing: str = "1250.00", head: str = "") -> bytes:
    return f"""<?xml version="1.0"?>{head}
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
{entries}</Stmt></BkToCstmrStmt></Document>""".encode()


def entry(amount: str, details: str = "", *, sign: str = "CRDT", status: str = "<Cd>BOOK</Cd>") -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>R{amount}</AcctSvcrRef>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def detail(amount: str, name: str, words: str, rest: str = "") -> str:
    return (
        f'<TxDtls><Refs><EndToEndId>E{amount}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt><RltdPties><Dbtr>'
        f"<Pty><Nm>{name}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{words}</Ustrd></RmtInf>{rest}</TxDtls>"
    )


def from_csv(text: str, options: ReadOptions | None = None) -> Report:
    table = source_of(text.encode()).sheets[0].table
    assert csv_statement.recognise(table)
    return csv_statement.read(table, options or ReadOptions())


def from_bytes(data: bytes) -> Report:
    report = read_statement_bytes(data)
    assert report is not None
    return report


def amounts(report: Report) -> list[str]:
    return [str(line.amount) for line in report.lines]


def test_a_banks_csv_with_a_sign_is_read_and_proven_by_its_balance() -> None:
    report = from_csv(
        "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\n"
        "CREDIT,11/05/2026,DEPOSIT 77,20.00,DEPOSIT,100.00,77\n"
        "DEBIT,11/04/2026,RENT,-10.00,ACH_DEBIT,80.00,\n"
        "CREDIT,11/03/2026,BIRCH,15.00,ACH_CREDIT,90.00,\n"
    )
    assert (report.kind, amounts(report)) == (ReportKind.STATEMENT, ["20.00", "-10.00", "15.00"])
    assert (report.lines[0].day, report.lines[0].reference) == (date(2026, 11, 5), "77")
    (proof,) = report.subtotals
    assert (proof.stated, proof.agrees) == (Decimal("100.00"), True)


def test_a_line_that_is_missing_is_seen_in_the_balance() -> None:
    report = from_csv("Date,Description,Amount,Balance\n2026-11-02,A,-10.00,110.00\n2026-11-04,C,5.00,145.00\n")
    assert [(s.stated, s.agrees) for s in report.subtotals] == [(Decimal("145.00"), False)]


def test_money_in_and_out_in_columns_of_their_own() -> None:
    report = from_csv("Date,Description,Money In,Money Out\n2026-11-02,Birch,10.00,\n2026-11-03,Rent,,7.50\n")
    assert amounts(report) == ["10.00", "-7.50"]


def test_a_german_statement() -> None:
    report = from_csv(
        "Buchungstag;Verwendungszweck;Begünstigter/Zahlungspflichtiger;Betrag;Währung\n"
        '13.11.2026;"RE-2026-0107";CAFE MUELLER GMBH;1.234,50;EUR\n'
        "13.11.2026;Miete;HAUS GMBH;-900,00;EUR\n"
    )
    line, _ = report.lines
    assert (line.day, line.amount, line.currency) == (date(2026, 11, 13), Decimal("1234.50"), "EUR")
    assert (line.payer, line.words) == ("CAFE MUELLER GMBH", "RE-2026-0107")


def test_a_row_that_cannot_be_read_is_told_and_costs_only_itself() -> None:
    report = from_csv("Date,Description,Amount\n2026-11-02,A,ten\n2026-11-03,B,-5.00\n")
    assert ([s.row for s in report.skipped], amounts(report)) == ([2], ["-5.00"])


@pytest.mark.parametrize(
    "head",
    [
        "Customer,Date,Description,Amount",
        "Date,Description,Amount,Due Date",
        "Payment ID,Payment Date,Description,Amount",
        "txnidx,date,code,description,account,amount,total",
        "Date,Description,Amount,Colour",
    ],
)
def test_no_other_table_is_taken_for_a_statement(head: str) -> None:
    table = source_of(f"{head}\n{','.join('1' for _ in head.split(','))}\n".encode()).sheets[0].table
    assert not csv_statement.recognise(table)


def test_of_all_shared_files_only_the_statement_is_one(shared_data: Path) -> None:
    found = []
    for path in sorted((shared_data / "formats").glob("*.csv")):
        try:
            sheets = source_of(path.read_bytes()).sheets
        except ReportError:
            continue
        found += [path.name for sheet in sheets if csv_statement.recognise(sheet.table)]
    assert found == ["bank_statement.csv"]


def test_ofx_of_both_versions() -> None:
    report = from_bytes(OFX_1.encode())
    credit, check = report.lines
    assert (credit.day, credit.amount, credit.currency) == (date(2026, 11, 2), Decimal("1134.50"), "USD")
    assert (credit.payer, credit.identity) == ("ACME BLDG & SVCS", "2026110201")
    assert "INV 1041" in credit.words
    assert (check.amount, check.reference) == (Decimal("-80.25"), "1207")
    # The day is cut off there; the card's line is none of a customer's.
    assert len(report.skipped) == 1
    (line,) = from_bytes(OFX_2.encode()).lines
    assert (line.payer, line.currency) == ("Café Müller", "EUR")
    assert from_bytes(OFX_2.encode("utf-16")).lines == (line,)


def test_a_third_decimal_of_a_bank_is_listed_and_not_rounded() -> None:
    assert [s.why for s in from_bytes(OFX_2.replace("12.00", "12.345").encode()).skipped] == [
        "'12.345' has three decimals, and two are read"
    ]
    dinars = from_bytes(camt(entry("12.345") + entry("7.250")))
    assert (amounts(dinars), len(dinars.skipped)) == (["7.25"], 1)


def test_camt_splits_a_batch_and_proves_the_balances() -> None:
    batch = entry("150.00", detail("100.00", "Birch AG", "B-1041") + detail("50.00", "Cedar", "C-7"))
    waiting = entry("9.00", status="PDNG")
    report = from_bytes(camt(batch + entry("100.00", detail("100.00", "Elm", "E-9")) + waiting))
    assert [(str(x.amount), x.payer, x.words) for x in report.lines] == [
        ("100.00", "Birch AG", "B-1041"),
        ("50.00", "Cedar", "C-7"),
        ("100.00", "Elm", "E-9"),
    ]
    assert len({x.identity for x in report.lines}) == 3
    assert [(s.stated, s.agrees) for s in report.subtotals] == [(Decimal("1250.00"), True)]


def test_camt_leaves_a_batch_whole_whose_parts_do_not_add_up() -> None:
    report = from_bytes(camt(entry("150.00", detail("100.00", "A", "x") + detail("40.00", "B", "y")), "1150.00"))
    assert amounts(report) == ["150.00"]
    assert report.subtotals[0].agrees


def test_camt_calls_what_was_returned_a_return() -> None:
    returned = detail("80.00", "Birch", "B-1", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")
    (line,) = from_bytes(camt(entry("80.00", returned, sign="DBIT"), "920.00")).lines
    assert (line.amount, is_return(line.words)) == (Decimal("-80.00"), True)


@pytest.mark.parametrize(
    "data",
    [
        camt("", head='<!DOCTYPE d [<!ENTITY a "b">]>'),
        camt("", head='<!DOCTYPE d [<!ENTITY a "b">]>').decode().encode("utf-16"),
        camt(entry("1.00"))[:-40],
        OFX_1.replace("\n\n<OFX>", '\n\n<!ENTITY a "b"><OFX>').encode(),
        OFX_1[:-60].encode(),
        OFX_1.replace("STMTRS>", "INVSTMTRS>").encode(),
    ],
)
def test_what_is_damaged_or_defines_entities_is_refused(data: bytes) -> None:
    with pytest.raises(ReportError):
        read_statement_bytes(data)


def test_other_files_are_left_to_others() -> None:
    assert read_statement_bytes(b"Date,Amount\n2026-11-02,1.00\n") is None


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("RETURNED CHECK 1207", True),
        ("RETURN ITEM CHARGEBACK", True),
        ("NSF BIRCH", True),
        ("Rücklastschrift RE-1", True),
        ("ACH REVERSAL", True),
        ("RETURNED ITEM FEE", False),
        ("RENT", False),
        ("TAX RETURNS LLC", False),
    ],
)
def test_words_of_what_comes_back(words: str, is_one: bool) -> None:
    assert is_return(words) is is_one


def test_the_way_it_came() -> None:
    assert [method_of(w) for w in ("ACH_CREDIT BIRCH", "CHECK 12", "VISA", "BIRCH")] == [
        "bank transfer",
        "check",
        "card",
        "",
    ]
