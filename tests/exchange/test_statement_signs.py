"""Which lines of a bank's CSV came in, where the amounts have no sign; and which ids are none."""

import pytest

from arctui.exchange.mapping import NeedsMappingError
from arctui.exchange.read import read_table
from arctui.exchange.report import ReadOptions, Report, ReportKind
from arctui.exchange.statements.signs import IN, OUT, UNTOLD, side_of
from arctui.exchange.table import parse


def read(text: str, *columns: tuple[str, str]) -> Report:
    return read_table(parse(text.encode()), ReadOptions(columns=columns))


def signed(report: Report) -> list[str]:
    assert report.kind is ReportKind.STATEMENT
    return [str(line.amount) for line in report.lines]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("credit", IN), ("CR", IN), ("C", IN), ("Haben", IN), ("Bij", IN), ("ACH_CREDIT", IN), ("Deposit", IN),
        ("debit", OUT), ("DR", OUT), ("Soll", OUT), ("Af", OUT), ("MISC_DEBIT", OUT), ("Folgelastschrift", UNTOLD),
        ("Withdrawal", OUT), ("SEPA-Lastschrift", OUT), ("Debit card refund", UNTOLD), ("Credit/Debit", UNTOLD),
        ("ACH", UNTOLD), ("", UNTOLD), ("CHECK", UNTOLD),
    ],
)  # fmt: skip
def test_words_of_both_sides(text: str, side: int) -> None:
    assert side_of(text) == side


def test_a_word_on_the_row_tells_what_went_out_where_no_amount_has_a_sign() -> None:
    report = read(
        "Date,Description,Amount,Transaction Type\n"
        "2026-11-18,ACH BIRCH WORKS INV-1,500.00,credit\n"
        "2026-11-18,OFFICE RENT CEDAR FARM,900.00,debit\n"
        "2026-11-18,SOMETHING,7.00,other\n"
    )
    assert signed(report) == ["500.00", "-900.00"]
    assert [(s.row, s.why) for s in report.skipped] == [(4, "nothing tells whether this money came in or went out")]


def test_a_letter_tells_only_where_a_column_is_there_for_it() -> None:
    rows = "2026-11-18,BIRCH,500.00,C\n2026-11-18,RENT,900.00,D\n"
    assert signed(read(f"Date,Description,Amount,D/C\n{rows}")) == ["500.00", "-900.00"]
    with pytest.raises(NeedsMappingError):
        read(f"Date,Description,Amount,Type\n{rows}")


def test_the_running_balance_tells_where_no_word_does() -> None:
    report = read(
        "Date,Description,Amount,Balance\n"
        ",Opening balance,,1000.00\n"
        "2026-11-17,RENT,900.00,100.00\n"
        "2026-11-18,BIRCH,500.00,600.00\n"
        "2026-11-19,POWER,50.00,550.00\n"
    )
    assert (signed(report), report.skipped) == (["-900.00", "500.00", "-50.00"], ())
    # Without it, nothing stands before the oldest line.
    later = read("Date,Description,Amount,Balance\n2026-11-17,RENT,900.00,100.00\n2026-11-18,POWER,50.00,50.00\n")
    assert (signed(later), [s.row for s in later.skipped]) == (["-50.00"], [2])
    dated = read(
        "Date,Description,Amount,Balance\n"
        "2026-11-19,POWER,50.00,550.00\n"
        "2026-11-18,BIRCH,500.00,600.00\n"
        "2026-11-17,RENT,900.00,100.00\n"
        "2026-11-17,Beginning balance as of 11/17,,1000.00\n"
    )
    assert (signed(dated), dated.skipped) == (["-50.00", "500.00", "-900.00"], ())
    assert [s.agrees for s in dated.subtotals] == [True]


def test_the_balance_counts_for_more_than_the_word_and_the_sign() -> None:
    assert signed(
        read(
            "Date,Description,Amount,Type,Balance\n"
            "2026-11-17,RENT,-900.00,Debit,100.00\n"
            "2026-11-18,POWER,50.00,Debit,50.00\n"
            "2026-11-19,BIRCH,500.00,Debit,550.00\n"
        )
    ) == ["-900.00", "-50.00", "500.00"]
    # A bank that writes what went out without a minus, and what came in with one.
    turned = "Date,Description,Amount,Balance\n2026-11-17,A,900.00,100.00\n2026-11-18,B,-500.00,600.00\n"
    assert signed(read(turned)) == ["-900.00", "500.00"]


def test_deposits_alone_are_taken_where_the_balance_follows_from_them() -> None:
    report = read("Date,Description,Amount,Balance\n2026-11-17,A,100.00,100.00\n2026-11-18,B,500.00,600.00\n")
    assert (signed(report), report.skipped) == (["100.00", "500.00"], ())


def test_a_sign_or_a_side_beside_the_figures_is_one() -> None:
    assert signed(read("Date,Description,Amount,Balance\n2026-11-17,A,+100.00,\n")) == ["100.00"]
    head = "Date,Description,Amount,Balance\n"
    assert signed(read(head + "2026-11-17,A,100.00 Cr,5.00 Dr\n2026-11-18,B,7.00DR,12.00 Dr\n")) == [
        "100.00",
        "-7.00",
    ]


def test_a_debit_without_its_minus_among_amounts_with_signs_is_not_taken_in() -> None:
    report = read("Date,Description,Amount,Type\n2026-11-17,A,-5.00,Debit\n2026-11-18,B,7.00,Debit\n")
    assert signed(report) == ["-5.00"]
    assert [(s.row, s.why) for s in report.skipped] == [
        (3, "it says that money went out, and its amount has no minus")
    ]


UNTOLD_FILE = "Date,Description,Amount,Balance,Flag\n2026-11-17,A,100.00,7.00,x\n2026-11-18,B,50.00,8.00,Debit\n"


def test_where_nothing_tells_the_clerk_is_asked() -> None:
    with pytest.raises(NeedsMappingError, match="--map 'Amount=credit'") as refused:
        read(UNTOLD_FILE)
    assert refused.value.guess.mapping.kind is ReportKind.STATEMENT
    assert signed(read(UNTOLD_FILE, ("Amount", "credit"))) == ["100.00", "50.00"]
    told = read(UNTOLD_FILE, ("Flag", "sign"))
    assert (signed(told), [s.row for s in told.skipped]) == (["-50.00"], [2])
    with pytest.raises(NeedsMappingError, match="no amount has a sign"):
        read(UNTOLD_FILE, ("Amount", "amount"))


def test_a_mark_that_stands_on_several_lines_is_no_id() -> None:
    report = read(
        "Date,Description,Amount,Bank Reference,Balance\n"
        "2026-11-18,CHECK DEPOSIT,100.00,REF1,100.00\n"
        "2026-11-18,CHECK DEPOSIT,100.00,REF1,200.00\n"
        "2026-11-19,WIRE,50.00,NTRF,250.00\n"
        "2026-11-20,ACH,60.00,8841-2,310.00\n"
    )
    assert [line.identity for line in report.lines] == ["", "", "", "8841-2"]


def test_a_line_that_the_file_has_twice_keeps_its_id() -> None:
    row = "2026-11-18,CHECK DEPOSIT,+100.00,8841-2\n"
    report = read(f"Date,Description,Amount,Bank Reference\n{row}{row}")
    assert [line.identity for line in report.lines] == ["8841-2", "8841-2"]
