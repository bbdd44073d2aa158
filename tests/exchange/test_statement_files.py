"""OFX and CAMT.053 as banks differ in writing them."""

from datetime import date

from arctui.exchange.report import Report
from arctui.exchange.statements import read_statement_bytes
from arctui.exchange.statements.text import is_return


def read(text: str) -> Report:
    report = read_statement_bytes(text.encode())
    assert report is not None
    return report


def ofx(*transactions: str, account: str = "STMTRS") -> str:
    listed = "".join(f"<STMTTRN>{one}</STMTTRN>\n" for one in transactions)
    return (
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX>"
        f"<{account}><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>\n{listed}</BANKTRANLIST>"
        f"<LEDGERBAL><BALAMT>1.00<DTASOF>20261130</LEDGERBAL></{account}></OFX>\n"
    )


def said(report: Report) -> list[tuple[str, str, str, str]]:
    return [(str(x.amount), x.payer, x.words, x.reference) for x in report.lines]


def test_ofx_takes_the_name_of_a_payee_and_the_longer_name() -> None:
    report = read(
        ofx(
            "<TRNTYPE>DEP<DTPOSTED>20261104050000.000[-5:EST]<TRNAMT>+500.00<FITID>1A<CHECKNUM>77"
            "<PAYEE><NAME>Birch Works<ADDR1>1 Elm St</PAYEE><MEMO>INV 1041",
            "<TRNTYPE>CREDIT<DTPOSTED>20261105[0:GMT]<TRNAMT>1,234.50<FITID>2A<REFNUM>R9<NAME>ELM & SONS"
            "<EXTDNAME>Elm & Sons Paving of Mesa",
        )
    )
    assert said(report) == [
        ("500.00", "Birch Works", "Birch Works  INV 1041  DEP", "77"),
        ("1234.50", "Elm & Sons Paving of Mesa", "Elm & Sons Paving of Mesa", "R9"),
    ]
    assert [x.day for x in report.lines] == [date(2026, 11, 4), date(2026, 11, 5)]


def test_ofx_without_a_minus_anywhere_is_told_by_the_type() -> None:
    credit = "<TRNTYPE>CREDIT<DTPOSTED>20261104<TRNAMT>500.00<FITID>1A<NAME>A"
    debit = "<TRNTYPE>DEBIT<DTPOSTED>20261104<TRNAMT>900.00<FITID>2A<NAME>B"
    assert [str(x.amount) for x in read(ofx(credit, debit)).lines] == ["500.00", "-900.00"]
    # Where one is written, a debit without it came in: it took another one back.
    fee = "<TRNTYPE>FEE<DTPOSTED>20261104<TRNAMT>-9.00<FITID>3A<NAME>C"
    assert [str(x.amount) for x in read(ofx(credit, debit, fee)).lines] == ["500.00", "900.00", "-9.00"]


def test_ofx_keeps_the_accounts_currency_where_only_the_payer_had_another() -> None:
    paid = "<TRNTYPE>CREDIT<DTPOSTED>20261104<TRNAMT>500.00<FITID>1A<NAME>A"
    report = read(
        ofx(
            paid + "<ORIGCURRENCY><CURRATE>1.1<CURSYM>EUR</ORIGCURRENCY>",
            paid + "<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY>",
        )
    )
    assert [x.currency for x in report.lines] == ["USD", "EUR"]


def test_ofx_of_several_accounts_leaves_cards_and_securities_out() -> None:
    bank = ofx("<TRNTYPE>CREDIT<DTPOSTED>20261104<TRNAMT>500.00<FITID>1A<NAME>A")
    inner = bank[bank.index("<STMTRS>") : bank.index("</OFX>")]
    other = inner.replace("USD", "CAD").replace("500.00", "7.00")
    card, shares = (inner.replace("STMTRS>", f"{name}>") for name in ("CCSTMTRS", "INVSTMTRS"))
    report = read(f"OFXHEADER:100\n\n<OFX>{card}{inner}{shares}{other}</OFX>\n")
    assert [(str(x.amount), x.currency) for x in report.lines] == [("500.00", "USD"), ("7.00", "CAD")]
    # One number of two accounts: it is the number of neither line.
    assert [x.identity for x in report.lines] == ["", ""]


def test_ofx_lists_what_it_cannot_read_with_the_reason() -> None:
    report = read(
        ofx(
            "<TRNTYPE>CREDIT<DTPOSTED>20261341<TRNAMT>1.00<FITID>1A",
            "<TRNTYPE>CREDIT<DTPOSTED>20261104<FITID>2A",
            "<TRNTYPE>CREDIT<DTPOSTED>20261104<TRNAMT>1.oo<FITID>3A",
        )
    )
    assert [s.why for s in report.skipped] == [
        "'20261341' is no day",
        "a transaction without an amount",
        "'1.oo' is no amount",
    ]


def balance(code: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
    )


def entry(amount: str, details: str, *, sign: str = "CRDT", rest: str = "") -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{rest}<Sts>BOOK</Sts>'
        f"<BookgDt><DtTm>2026-11-04T09:00:00+01:00</DtTm></BookgDt><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def statement(opening: str, closing: str, *entries: str) -> str:
    return f"<Stmt>{balance('OPBD', opening)}{balance('CLBD', closing)}{''.join(entries)}</Stmt>"


def camt(*statements: str) -> Report:
    return read(
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        f"{''.join(statements)}</BkToCstmrStmt></Document>"
    )


STRUCTURED = (
    "<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId><TxId>TX-1</TxId></Refs><RltdPties><Dbtr><Nm>Birch AG</Nm>"
    "</Dbtr></RltdPties><RmtInf><Strd><RfrdDocInf><Nb>RE-1041</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref>"
    "</CdtrRefInf><AddtlRmtInf>Danke</AddtlRmtInf></Strd></RmtInf></TxDtls>"
)


def test_camt_of_the_second_version_with_structured_references_and_several_statements() -> None:
    other = "<TxDtls><RltdPties><UltmtDbtr><Nm>Erle</Nm></UltmtDbtr></RltdPties></TxDtls>"
    report = camt(
        statement("0.00", "10.00", entry("10.00", STRUCTURED, rest="<NtryRef>1</NtryRef>")),
        statement("5.00", "12.00", entry("7.00", other, rest="<NtryRef>1</NtryRef>")),
    )
    assert said(report) == [
        ("10.00", "Birch AG", "RF18539007547034  RE-1041  Danke", ""),
        ("7.00", "Erle", "", ""),
    ]
    assert [s.agrees for s in report.subtotals] == [True, True]
    # The place within its statement is no id of a line.
    assert [x.identity for x in report.lines] == ["TX-1", ""]


def test_camt_reverses_by_its_own_side_or_by_that_of_what_it_reverses_as_the_balances_tell() -> None:
    paid, reversal = entry("10.00", STRUCTURED), "<RvslInd>true</RvslInd>"
    own = camt(statement("0.00", "3.00", paid, entry("7.00", STRUCTURED, sign="DBIT", rest=reversal)))
    turned = camt(statement("0.00", "3.00", paid, entry("7.00", STRUCTURED, rest=reversal)))
    for report in (own, turned):
        assert [str(x.amount) for x in report.lines] == ["10.00", "-7.00"]
        assert is_return(report.lines[1].words)
        assert report.subtotals[0].agrees


def test_camt_lists_an_entry_on_no_day() -> None:
    report = camt(statement("0.00", "10.00", entry("10.00", STRUCTURED).replace("2026-11-04", "2026-13-04")))
    assert [s.why for s in report.skipped] == ["'2026-13-04T09:00:00+01:00' is no day"]
    assert not report.subtotals[0].agrees
