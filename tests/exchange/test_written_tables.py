"""Tables as CSV, as a workbook and as JSON Lines: no text becomes a formula, no value is lost."""

import csv
import io
import json
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from arctui.core.text import clean, harmless
from arctui.exchange.neutral import neutral_cell, plain_cell
from arctui.exchange.note_layouts import SYSTEMS, Note
from arctui.exchange.table import parse
from arctui.exchange.write_tables import Cell, Sheet, TooManyRowsError, csv_text, json_lines, packed, workbook

FORMULAS = [
    "=SUM(A1)",
    "+49 30 1",
    "-2+3",
    "@x",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\0=1",
    "'=1",
]
HARMLESS = ["Smith & Sons [/]", "O'Brien", "'quoted'", "00085001", "1E5", "a=b", "", "{=x}", "日本"]
DAY = date(2026, 11, 23)


def sheet(*cells: Cell) -> Sheet:
    return Sheet("things", tuple(f"Column {n}" for n in range(len(cells))), [cells])


def cells_of(text: str) -> list[str]:
    return list(csv.reader(io.StringIO(text, newline="")))[1]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_begins_like_a_formula_gets_an_apostrophe_that_our_reader_takes_off(text: str) -> None:
    assert cells_of(csv_text(sheet(text, "x"))) == [harmless(f"'{text}"), "x"]
    assert plain_cell(neutral_cell(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stands_as_it_is(text: str) -> None:
    assert cells_of(csv_text(sheet(text, "x"))) == [text, "x"]
    assert plain_cell(text) == text


@given(st.text(alphabet="'=+-@ \t\r\n\0＝Aé1", max_size=8))
@settings(max_examples=60)
def test_every_text_comes_back_and_none_begins_a_formula(text: str) -> None:
    written = neutral_cell(text)
    assert plain_cell(written) == text
    assert not written.lstrip("\0 \t\r\n").startswith(tuple("=+-@＝＋－＠"))


def test_our_own_reader_finds_hostile_names_again() -> None:
    names = ["=SUM(A1) Holdings", "@x", "[/]", 'a "quoted", name', "+49 30 1", "'=x"]
    written = csv_text(Sheet("x", ("Customer", "Number"), [(name, "1") for name in names]))
    rows = parse(written.encode()).rows[1:]
    assert [row.cells[0] for row in rows] == [clean(name) for name in names]


def test_numbers_and_days_are_never_touched_in_csv() -> None:
    row = sheet(Decimal("-1234.5"), -3, DAY, time(9, 5), None, True, False, Decimal("-0.00"))
    assert cells_of(csv_text(row)) == ["-1234.50", "-3", "2026-11-23", "09:05", "", "yes", "", "0.00"]


def test_a_workbook_holds_real_numbers_and_days_and_texts_that_are_no_formulas() -> None:
    rows: list[tuple[Cell, ...]] = [
        (text, Decimal("-12.5"), DAY, 7) for text in (*FORMULAS, *HARMLESS, "http://x.example")
    ]
    made = workbook([Sheet("names", ("Name", "Amount", "Day", "Days"), rows), sheet("second")])
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["names", "things"]
    read = book.get_sheet_by_name("names").to_python()
    assert read[0] == ["Name", "Amount", "Day", "Days"]
    assert [row[1:] for row in read[1:]] == [[-12.5, DAY, 7.0]] * len(rows)
    assert [row[0] for row in read[1:]] == [row[0] for row in rows]
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        pages = [parts.read(name) for name in parts.namelist() if "sheet" in name]
    assert len(pages) >= 2
    assert not any(b"<f>" in page or b"hyperlink" in page for page in pages)


def test_a_workbook_keeps_what_its_numbers_and_days_cannot_hold_as_text() -> None:
    made = workbook([sheet(Decimal("12345678901234567.89"), date(1066, 10, 14), "x" * 40_000)])
    (row,) = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("things").to_python()[1:]
    assert row[:2] == ["12345678901234567.89", "1066-10-14"]
    assert str(row[2]) == "x" * 32_766 + "…"


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    rows: list[tuple[Cell, ...]] = [("x",)] * 1_048_576
    with pytest.raises(TooManyRowsError, match="more than an Excel sheet holds"):
        workbook([Sheet("many", ("Name",), rows)])


def test_json_lines_have_amounts_as_strings_and_unknown_as_null() -> None:
    row = Sheet(
        "x", ("Customer ID", "Promises Kept %", "Day", "Gone", "Yes"), [("=1\n[/]", Decimal(5), DAY, None, True)]
    )
    (line,) = json_lines(row)
    assert b"\n" not in line
    assert json.loads(line) == {
        "customer_id": "=1\n[/]",
        "promises_kept": "5.00",
        "day": "2026-11-23",
        "gone": None,
        "yes": True,
    }


def test_the_same_files_are_packed_to_the_same_bytes() -> None:
    at = datetime.fromisoformat("2026-11-23T10:30:00-05:00")
    files = [("a.csv", b"1"), ("b.csv", b"2")]
    assert packed(files, at) == packed(files, at)


# Notes for other systems


def note(text: str, invoices: tuple[str, ...] = (), number: str = "100") -> Note:
    return Note(DAY, time(14, 5), number, "Birch Works", "call", "call: promise, Tony", text, invoices, "ann")


def test_notes_for_24sevenoffice_begin_with_a_long_one_or_all_would_be_cut() -> None:
    made = SYSTEMS["24sevenoffice"]([note("short"), note("long " * 60, ("B-1",))], "")
    assert made.titles == ("NoteCategoryId", "NoteCompanyId", "NoteDateRegistered", "NoteTitle", "NoteDescription")
    assert [row[:3] for row in made.rows] == [("phone", "100", "23.11.2026")] * 2
    assert made.rows[0][4] == "long " * 60 + " / invoices B-1 / ann"


def test_notes_for_sage100_name_the_company_the_customer_and_the_invoices_with_their_type() -> None:
    made = SYSTEMS["sage100"]([note("n" * 3000, ("0712375", "9-CM")), note("no number", number="")], "ABX")
    (row,) = made.rows
    assert row[:5] == ("ABX", "100", "11/23/2026 02:05:00 PM", "call: promise, Tony", "0712375-IN|9-CM")
    assert len(str(row[5])) == 2000
    text = csv_text(made, quoted=True)
    assert text.startswith('"CompanyID","CustID","ActivityDate","TaskDesc","InvoiceList","Notes"\r\n"ABX","100",')


def test_plain_notes_have_a_column_for_everything() -> None:
    made = SYSTEMS["plain"]([note("certain", ("B-1", "B-2"))], "")
    assert made.rows == [
        (DAY, time(14, 5), "100", "Birch Works", "B-1, B-2", "call", "call: promise, Tony", "certain", "ann")
    ]
