"""Files made into rows: what may be opened, encodings, separators, quotes, numbers of rows."""

import os
from pathlib import Path

import pytest

from arctui.exchange import source, table
from arctui.exchange.report import ReportError
from arctui.exchange.source import open_source, source_of
from arctui.exchange.table import CUT_ROW, OPEN_QUOTE, parse

ROWS = "Customer;Invoice\r\nMühle Nord;1\r\nAlder, Mill & Co;2\r\n"


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in parse(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_give_the_same_cells(encoding: str) -> None:
    assert cells(ROWS.encode(encoding))[1] == ("Mühle Nord", "1")


def test_one_damaged_byte_does_not_turn_a_utf8_file_into_windows_text() -> None:
    data = "Customer,Town\nMühle,Köln\nÉcole,Łódź\n".encode()
    damaged = data.replace("Köln".encode(), b"K\xc3ln")
    assert cells(damaged)[2] == ("École", "Łódź")
    assert "\ufffd" in cells(damaged)[1][1]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_even_rows(separator: str) -> None:
    lines = [
        ["Customer", "Invoice", "Due", "Balance"],
        ["Alder Mill", "1", "2026-01-01", "5.00"],
        ["Birch", "2", "2026-01-02", "6.00"],
    ]
    text = "\n".join(separator.join(line) for line in lines)
    assert cells(text.encode()) == [tuple(line) for line in lines]


def test_commas_in_names_do_not_make_a_semicolon_file_a_comma_file() -> None:
    assert cells(ROWS.encode())[2] == ("Alder, Mill & Co", "2")


def test_a_declared_separator_is_obeyed() -> None:
    assert cells(b"sep=;\nA;B,C\n1;2,3\n")[1:] == [("A", "B,C"), ("1", "2,3")]


def test_rows_are_numbered_as_records_so_that_line_breaks_in_cells_move_nobody() -> None:
    text = 'Customer,Invoice\n"Two\nLines",1\n\nAlder Mill,2\n'
    assert [(row.number, row.cells[0]) for row in parse(text.encode()).rows] == [
        (1, "Customer"),
        (2, "Two Lines"),
        (4, "Alder Mill"),
    ]


def test_old_line_ends_are_line_ends() -> None:
    assert cells(b"A,B\r1,2\r3,4\r") == [("A", "B"), ("1", "2"), ("3", "4")]


def test_controls_and_noughts_are_harmless() -> None:
    assert cells(b"Customer,Invoice number\nN\0ul\x1b[31m,\x072\n")[1] == ("Nul", "2")


def test_an_open_quote_costs_its_own_row_only() -> None:
    text = 'Customer,Invoice\n"Alder Mill,1\nBirch,2\n"Cedar, Farm",3\nDogwood,4\n'
    rows = parse(text.encode()).rows
    assert [(row.number, row.fault) for row in rows if row.fault] == [(2, OPEN_QUOTE)]
    assert [row.cells for row in rows[2:]] == [("Birch", "2"), ("Cedar, Farm", "3"), ("Dogwood", "4")]


def test_an_open_quote_at_the_end_or_before_a_huge_rest_costs_its_own_row_only() -> None:
    assert parse(b'A,B\n1,2\n"3,4').rows[-1].fault == OPEN_QUOTE
    rows = parse(b'A,B\n"1,2\n' + b"x,y\n" * 50_000).rows
    assert rows[1].fault == OPEN_QUOTE
    assert len(rows) == 50_002


def test_a_quote_inside_an_unquoted_cell_is_a_letter() -> None:
    assert cells(b'A,B\n12" pipe,"5"" pipe"\n')[1] == ('12" pipe', '5" pipe')


def test_a_very_long_cell_passes_whole() -> None:
    assert len(cells(b"A,B\n" + b"x" * 5000 + b",1\n")[1][0]) == 5000


def test_two_byte_text_without_a_mark_is_text() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        assert cells(ROWS.encode(codec))[1] == ("Mühle Nord", "1")


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Customer^Invoice^Due\nAlder, Mill^1^2026-01-01\nBirch, Works^2^2026-01-02\n", "carets"),
        ("Customer:Invoice:Due\nAlder Mill:1:2026-01-01\nBirch:2:2026-01-02\n", "colons"),
    ],
)
def test_rare_separators_are_taken_where_they_make_the_table(text: str, separator: str) -> None:
    opened = source_of(text.encode())
    assert opened.format == f"CSV, {separator}, UTF-8"
    assert [len(row.cells) for row in opened.sheets[0].table.rows] == [3, 3, 3]


def test_colons_of_times_part_no_cells() -> None:
    assert cells(b"2026-01-01 10:30:00,5\n2026-01-02 11:30:00,6\n")[0] == ("2026-01-01 10:30:00", "5")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
def test_a_source_says_how_it_was_read(encoding: str, words: str) -> None:
    assert source_of(ROWS.encode(encoding)).format == f"CSV, semicolons, {words}"


def test_mixed_line_ends_are_line_ends() -> None:
    rows = parse(b"A,B\r\n1,2\r3,4\n\n5,6\r\n").rows
    assert [(row.number, row.cells) for row in rows[1:]] == [(2, ("1", "2")), (3, ("3", "4")), (5, ("5", "6"))]


def test_blanks_around_and_inside_cells_become_one_or_none() -> None:
    assert cells(b"A,B\n  1 , x  y \n3 ,4\n")[1:] == [("1", "x y"), ("3", "4")]


def test_a_last_row_that_is_cut_off_is_told() -> None:
    rows = parse(b"Customer,Invoice,Balance\nAlder,1,5.00\nBirch,2,6.00\nCed").rows
    assert [row.fault for row in rows] == ["", "", "", CUT_ROW]
    rows = parse(b"Aging\nCustomer,Invoice,Balance\nAlder,1,5.00\nBirch,2").rows
    assert rows[-1].fault == CUT_ROW


def test_a_footer_or_a_whole_row_without_a_line_end_is_not_cut_off() -> None:
    assert not parse(b"Aging\nCustomer,Invoice,Balance\nAlder,1,5.00\nBirch,2,6.00\nAccrual basis").rows[-1].fault
    assert not parse(b"Customer,Invoice,Balance\nAlder,1,5.00\nBirch,2,6.00").rows[-1].fault


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "empty"),
        (b"PK\x03\x04rest", "damaged or not whole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "no workbook"),
        (b"%PDF-1.7", "CSV or XLSX"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"<!DOCTYPE html><p>Please log in", "web page without a table"),
        (b"\xef\xbb\xbf<html>", "web page without a table"),
        (bytes(range(256)) * 40, "no text file"),
        (b"\x1f\x8b\x08", "unpack"),
        (b"A,B\n1," + b"x" * 1_000_001, "line 2 is 1,000,003 characters long"),
        (b"A,B\n" + b"1," * 20_000 + b"\n", "20,001 columns"),
        (b'x","\n' * 1_200, "more than 1,000 rows a quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        source_of(data)


def test_more_cells_or_rows_than_a_report_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_CELLS", 7)
    with pytest.raises(ReportError, match="more than 7 cells"):
        parse(b"A,B\n" * 4)
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    with pytest.raises(ReportError, match="more than 2 rows"):
        parse(b"A,B\n" * 3)


def test_folders_missing_files_and_odd_names_are_refused(tmp_path: Path) -> None:
    for path, says in [(tmp_path, "folder"), (tmp_path / "none.csv", "no such file"), (Path("a\0b"), "name")]:
        with pytest.raises(ReportError, match=says):
            open_source(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this platform")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(ReportError, match="no regular file"):
        open_source(tmp_path / "pipe.csv")


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 1024 * 1024)
    (tmp_path / "large.csv").write_text("A,B\n" * 300_000)
    with pytest.raises(ReportError, match="larger than 1 MB"):
        open_source(tmp_path / "large.csv")
