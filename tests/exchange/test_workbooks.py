"""Workbooks made into rows: what each kind of cell becomes, which sheet is read, and what is refused."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from arctui.exchange import workbook
from arctui.exchange.calamine_reader import error_cells, number_text, text_of
from arctui.exchange.read import read_report
from arctui.exchange.report import ReadOptions, ReportError
from arctui.exchange.source import Source, choose_sheet, source_of
from tests.exchange.old_workbooks import Fault, compound, xls

Fill = Callable[[Any], None]


def xlsx(fill: Fill) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book)
    book.close()
    return file.getvalue()


def sheets(**rows: list[list[object]]) -> bytes:
    def fill(book: Any) -> None:
        for name, lines in rows.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)

    return xlsx(fill)


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


def rows(source: Source, place: int = 0) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.cells) for row in source.sheets[place].table.rows]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12.0, "12"),
        (-0.0, "0"),
        (1284.5, "1284.50"),
        (0.1 + 0.2, "0.30"),
        (12.125, "12.1250"),
        (-12.125, "-12.1250"),
        (1.23456, "1.23456"),
        (84375.56000000006, "84375.56"),
        (1e-14, "0.00"),
        (-1e-14, "0.00"),
        (1234.9999999999, "1235.00"),
        (123456789012.34, "123456789012.34"),
        (1e20, "100000000000000000000"),
        (float("nan"), "#NUM!"),
        (float("inf"), "#NUM!"),
    ],
)
def test_a_number_is_written_as_a_clerk_would(number: float, text: str) -> None:
    assert number_text(number) == text


@given(st.integers(-(10**11), 10**11), st.integers(0, 4))
def test_no_decimal_that_was_typed_is_lost_and_there_are_never_three(units: int, places: int) -> None:
    exact = Decimal(units).scaleb(-places)
    text = number_text(float(exact))
    assert Decimal(text) == exact
    assert len(text.partition(".")[2]) != 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (7, "7"),
        (date(2026, 9, 30), "2026-09-30"),
        (datetime.combine(date(2026, 9, 30), time()), "2026-09-30"),
        (datetime.combine(date(2026, 9, 30), time(10, 5)), "2026-09-30 10:05:00"),
        (time(10, 5), "10:05:00"),
        (timedelta(hours=36, seconds=5), "36:00:05"),
    ],
)
def test_days_hours_and_truth_values_have_one_spelling(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_cells_of_a_workbook_become_text_under_the_numbers_the_spreadsheet_shows() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Aging")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range("B1:D1", "  Aging\n\x07detail ")
        sheet.write_row("B4", ["00085001", 1284.5, 12, True])
        sheet.write_datetime("B5", date(2026, 9, 30), day)
        sheet.write_formula("C5", "=SUM(C4)", None, "")
        sheet.write_formula("D5", "=C5&C4", None, "2 of 3")
        sheet.write_formula("B7", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C7", "=missing", None, "#NAME?")

    source = source_of(xlsx(fill))
    assert source.format == "workbook (XLSX)"
    assert rows(source) == [
        (1, ("", "Aging detail", "", "", "")),
        (4, ("", "00085001", "1284.50", "12", "TRUE")),
        (5, ("", "2026-09-30", "", "2 of 3", "")),
        (7, ("", "#DIV/0!", "#NAME?", "", "")),
    ]


def test_a_formula_that_was_never_computed_is_blank() -> None:
    cell = '<c r="A1" t="inlineStr"><is><t>Total</t></is></c><c r="B1"><f>SUM(B2)</f></c>'
    plain = sheets(A=[["x"]])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                start, end = data.index(b"<sheetData>"), data.index(b"</sheetData>")
                data = data[:start] + b'<sheetData><row r="1">' + cell.encode() + b"</row>" + data[end:]
            new.writestr(part, data)
    assert rows(source_of(file.getvalue())) == [(1, ("Total",))]


def test_an_old_workbook_is_read_whatever_its_name_says(tmp_path: Path) -> None:
    table: list[list[Any]] = [["Müller", 12.125, True], [], ["Łódź", Fault(23), Fault(15)]]
    source = source_of(xls({"Aging": table, "Old": [["x"]]}, hidden="Old"))
    assert source.format == "workbook (XLS)"
    assert rows(source) == [(1, ("Müller", "12.1250", "TRUE")), (3, ("Łódź", "#REF!", "#VALUE!"))]
    assert [sheet.hidden for sheet in source.sheets] == [False, True]


def test_an_open_document_is_read() -> None:
    cell = '<table:table-cell office:value-type="{}" {}><text:p>{}</text:p></table:table-cell>'
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="Aging"><table:table-row>'
        + cell.format("string", "", "Alder Mill")
        + cell.format("currency", 'office:value="12.125"', "12,13 €")
        + cell.format("date", 'office:date-value="2026-09-30"', "30/09/26")
        + '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    source = source_of(file.getvalue())
    assert (source.format, rows(source)) == ("workbook (ODS)", [(1, ("Alder Mill", "12.1250", "2026-09-30"))])


def xlsb(rows: list[list[str | float]]) -> bytes:
    """Return a binary workbook of one sheet "Aging": the parts and records that a reader needs."""

    def record(kind: int, body: bytes = b"") -> bytes:
        mark = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        return mark + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    cells = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 1)) + record(145)
    for number, values in enumerate(rows):
        cells += record(0, struct.pack("<II", number, 0) + b"\0" * 9)
        for column, value in enumerate(values):
            place = struct.pack("<II", column, 0)
            body = wide(value) if isinstance(value, str) else struct.pack("<d", value)
            cells += record(6 if isinstance(value, str) else 5, place + body)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Aging"))
    file = io.BytesIO()
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.bin", book + record(144) + record(132))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relations}" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.bin", cells + record(146) + record(130))
    return file.getvalue()


def test_a_binary_workbook_is_read() -> None:
    source = source_of(xlsb([["Alder Mill", 12.125], ["Birch", 5.0]]))
    assert (source.format, source.sheets[0].name) == ("workbook (XLSB)", "Aging")
    assert rows(source) == [(1, ("Alder Mill", "12.1250")), (2, ("Birch", "5"))]


def test_the_only_visible_sheet_with_rows_is_read_and_the_others_lie_beside_it() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Cover")
        book.add_worksheet("Aging").write(0, 0, "Customer")
        hidden = book.add_worksheet("Old")
        hidden.write(0, 0, "last year")
        hidden.hide()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Aging!$A$1"})
        book.add_chartsheet("Chart").set_chart(chart)

    source = source_of(xlsx(fill))
    sheet = choose_sheet(source)
    assert (sheet.name, [row.cells for row in sheet.table.rows]) == ("Aging", [("Customer",)])
    assert [(name, len(table.rows)) for name, table in sheet.table.beside] == [("Cover", 0), ("Old", 1)]
    assert [reason.words for reason in source.reasons()] == ["workbook (XLSX)", "hidden, read only when named: 'Old'"]
    assert choose_sheet(source, "OLD").table.rows[0].cells == ("last year",)
    assert choose_sheet(source, "3").name == "Old"


def test_several_sheets_are_asked_about_by_their_names() -> None:
    source = source_of(sheets(June=[["a"]], July=[["b"]], Notes=[]))
    with pytest.raises(ReportError, match=r"several sheets \('June', 'July'\).*--sheet NAME"):
        choose_sheet(source)
    assert choose_sheet(source, "july").name == "July"
    with pytest.raises(ReportError, match="no sheet 'May'"):
        choose_sheet(source, "May")
    with pytest.raises(ReportError, match="'Notes' is empty"):
        choose_sheet(source, "Notes")


def test_a_workbook_without_rows_and_one_with_only_hidden_ones_are_refused() -> None:
    with pytest.raises(ReportError, match="empty"):
        choose_sheet(source_of(sheets(A=[])))
    source = source_of(xls({"Cover": [], "Data": [["x"]]}, hidden="Data"))
    with pytest.raises(ReportError, match=r"only hidden sheets have rows \('Data'\).*--sheet"):
        choose_sheet(source)


def test_a_report_in_a_workbook_names_its_sheet(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(
        sheets(Aging=[["Customer", "Invoice", "Due date", "Balance"], ["Alder", "1", "2026-09-30", 5.5]])
    )
    report = read_report(path, ReadOptions())
    assert (report.sheet, [item.balance for item in report.items]) == ("Aging", [Decimal("5.50")])
    assert "workbook (XLSX)" in [reason.words for reason in report.reasons]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (sheets(A=[["x"]])[:-200], "damaged or not whole"),
        (sheets(A=[["x"]])[:2000], "damaged or not whole"),
        (zipped(report_xml="<a/>"), "zip archive but no workbook"),
        (zipped(xl__workbook_xml="<a/>"), "damaged or not whole"),
        (zipped(xl__workbook_xml="<a/>", xl__sheet_xml=" " * 40_000_000), "far more than a report holds"),
        (zipped(content_xml="<a/>", **{"META-INF__manifest_xml": "<encryption-data/>"}), "password"),
        (compound("EncryptedPackage", b"x" * 5000), "password"),
        (compound("WordDocument", b"x" * 5000), "Office document but no workbook"),
        (xls({"A": [["x"]]}, password=True), "password"),
        (xls({"A": [["x"]]})[:1500], "damaged"),
    ],
)
def test_what_is_no_whole_workbook_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        source_of(data)


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1024 * 1024)
    with pytest.raises(ReportError, match="unpacks to more than 1 MB"):
        source_of(zipped(xl__workbook_xml=" " * 2_000_000))


def test_a_cell_far_outside_any_sheet_is_refused() -> None:
    plain = sheets(A=[["x"]])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'r="A1"', b'r="ZZZZZZ99999999"'))
    with pytest.raises(ReportError, match="more rows and columns"):
        source_of(file.getvalue())


def test_damaged_old_workbooks_never_end_the_program() -> None:
    """The workbook library ends its process on some of these: the reader must outlive that."""
    chance = random.Random(6)  # noqa: S311
    whole = xls({"Aging": [[f"Customer {i}", 5.5, True] for i in range(40)]})
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(4):
            data[chance.randrange(8, 1600)] = chance.choice([0, 255, chance.randrange(256)])
        with suppress(ReportError):
            source_of(bytes(data))


def test_a_damaged_file_has_no_error_cells() -> None:
    chance = random.Random(7)  # noqa: S311
    whole = xls({"Aging": [["Customer", Fault(23)]]})
    assert error_cells(whole) == {0: {(1, 1): "#REF!"}}
    for _ in range(200):
        data = bytearray(whole)
        data[chance.randrange(8, 1600)] = chance.randrange(256)
        assert len(error_cells(bytes(data))) <= 1
