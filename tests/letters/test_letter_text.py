"""A letter as plain text: whole, in lines of 72 cells, in any script."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arctui.core.letter_records import LetterKind
from arctui.core.letter_values import LetterValues
from arctui.core.text import cell_width
from arctui.letters.letter_text import WIDTH, letter_text
from arctui.letters.paper import LetterPaper
from arctui.letters.rendered import Lines, Paragraph, Part, Rendered, Table

VALUES = LetterValues(
    kind=LetterKind.REMINDER,
    number="2026-0017",
    day="Monday 23 November 2026",
    account="Birch Works",
    currency="USD",
    amount="1,200.00 USD",
)
PAPER = LetterPaper(
    firm=("Granite & Vale Supply", "12 Quarry Road"),
    recipient=("Birch Works", "4 Mill Lane", "Dayton, OH 45402"),
    signature=("Ann Lee", "Accounts receivable"),
    foot="Registered in Ohio",
    country="US",
    at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
)
INVOICES = Table(
    head=("Invoice", "Due", "Open"),
    rows=(("B-1041", "8 Oct 2026", "1,200.00"), ("B-1050", "3 Nov 2026", "85.50")),
    right=(False, False, True),
    sums=(("Total", "", "1,285.50"),),
)


def text(*parts: Part, subject: str = "Invoices past due", paper: LetterPaper = PAPER) -> str:
    return letter_text(Rendered(subject, parts), VALUES, paper)


def bare(written: str) -> str:
    """All letters without the blanks, to see that none was lost."""
    return "".join(written.split())


def test_a_letter_has_head_window_day_subject_words_signature_and_foot() -> None:
    assert text(Paragraph("Please pay."), INVOICES, Lines(("IBAN DE02", "BIC X"))).splitlines() == [
        "Granite & Vale Supply",
        "12 Quarry Road",
        "",
        "Birch Works",
        "4 Mill Lane",
        "Dayton, OH 45402",
        "",
        "Letter 2026-0017                                 Monday 23 November 2026",
        "",
        "Invoices past due",
        "",
        "Please pay.",
        "",
        "Invoice  Due             Open",
        "-----------------------------",
        "B-1041   8 Oct 2026  1,200.00",
        "B-1050   3 Nov 2026     85.50",
        "-----------------------------",
        "Total                1,285.50",
        "",
        "IBAN DE02",
        "BIC X",
        "",
        "Ann Lee",
        "Accounts receivable",
        "",
        "Registered in Ohio",
    ]


def test_what_there_is_nothing_of_leaves_no_room() -> None:
    paper = LetterPaper(firm=("Vale",), recipient=(), signature=(), foot="", country="US", at=PAPER.at)
    preview = msgspec.structs.replace(VALUES, number="")
    written = letter_text(Rendered("Subject", (Lines(()), Paragraph("Words."))), preview, paper)
    assert written.split("\n\n") == ["Vale", " " * 49 + VALUES.day, "Subject", "Words."]


def test_a_wide_table_gives_way_in_its_words_and_never_in_its_figures() -> None:
    row = ("B-1041", "a very long remark about the goods " * 3, "1,200.00", "1,200.00")
    table = Table(head=("Invoice", "Remark", "Amount", "Open"), rows=(row,), right=(False, False, True, True))
    lines = text(table).splitlines()
    assert max(map(cell_width, lines)) <= WIDTH
    assert sum("1,200.00" in line for line in lines) == 1
    assert bare(row[1])[:40] in bare("".join(line.split("  ")[1] if "B-1" in line else line for line in lines))


def test_a_table_of_too_many_columns_is_written_row_by_row() -> None:
    head = tuple(f"column {n}" for n in range(9))
    table = Table(head=head, rows=(tuple(f"1,000,000.0{n}" for n in range(9)),), right=(True,) * 9)
    written = text(table)
    assert all(f"column {n}: 1,000,000.0{n}" in written for n in range(9))


@pytest.mark.parametrize(
    "long",
    ["word " * 60, "x" * 300, "請求書の支払期限が過ぎています。" * 12, "https://example.com/" + "path/" * 40],
)
def test_a_long_text_is_broken_and_whole(long: str) -> None:
    for part in (Paragraph(long), Lines((long,)), Table(head=("Text",), rows=((long,),), right=(False,))):
        written = text(part)
        assert max(map(cell_width, written.splitlines())) <= WIDTH
        assert bare(long) in bare(written)


def test_nothing_reaches_the_terminal_that_it_would_act_on() -> None:
    written = text(Paragraph("red \x1b[31m text\u202e"), subject="two\nlines")
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert "\ntwo lines\n" in written


_CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_table_is_wider_than_a_line_and_none_loses_a_letter(data: st.DataObject) -> None:
    columns = data.draw(st.integers(1, 7))
    row = st.tuples(*[_CELLS] * columns)
    table = Table(
        head=data.draw(row), rows=tuple(data.draw(st.lists(row, max_size=3))), right=data.draw(
            st.tuples(*[st.booleans()] * columns)), sums=tuple(data.draw(st.lists(row, max_size=1)))
    )  # fmt: skip
    written = text(table)
    assert max(map(cell_width, written.splitlines())) <= WIDTH
    for cells in (*table.rows, *table.sums):
        for letter in bare("".join(cells)):
            assert written.count(letter) >= bare("".join(cells)).count(letter)
