"""Pages of PDF: breaks, numbers, tables, the paper of a country."""

import io
from datetime import UTC, datetime
from typing import Any

from pypdf import PdfReader

from arctui.letters.kept_fonts import KeptFonts
from arctui.letters.pdf import Column, Margins, Pdf, paper_of
from tests.letters.seen import letters_of, place, places, texts

AT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


def made(foot: str = "") -> Pdf:
    return Pdf("Title", "a4", AT, subject="subject", foot=foot)


def pages(document: Pdf) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(document.content())).pages]


def test_pages_follow_each_other_and_each_has_its_number_and_foot() -> None:
    document = made(foot="Northside")
    for number in range(120):
        document.text(f"line {number}", bold=number % 2 == 0)
    found = pages(document)
    assert len(found) == 3
    assert [text.splitlines()[-1] for text in found] == [f"Northside page {n} of 3" for n in (1, 2, 3)]
    assert [line for text in found for line in text.splitlines() if line.startswith("line")] == [
        f"line {number}" for number in range(120)
    ]


def test_a_paragraph_is_broken_at_blanks_and_what_is_too_long_is_cut() -> None:
    document = made()
    document.text("word " * 60, 10)
    document.text("word " * 60, 10, lines=1)
    document.text("x" * 400, 10)
    whole, cut = pages(document)[0].split("…", 1)
    assert whole.count("word") > 60
    assert "xxx" in cut


def test_a_cell_is_cut_and_a_row_is_not_torn_by_a_page() -> None:
    document = made()
    document.gap(document.left - document.height(1, 9))
    document.table(
        [("name that is long", "1,234.50", "why " * 12)], [Column(20), Column(30, right=True), Column(20, lines=3)]
    )
    first, second = pages(document)
    assert "name" not in first
    assert "1,234.50" in second
    assert second.count("why") > 3


def test_it_begins_again_without_the_pages_before() -> None:
    document = made()
    document.text("first try")
    document.begin_again()
    document.text("second try")
    (text,) = pages(document)
    assert "first" not in text
    assert "second try" in text


def test_its_properties_are_those_it_was_made_with() -> None:
    reader = PdfReader(io.BytesIO(made().content()))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject, reader.metadata.creation_date) == ("Title", "subject", AT)


def test_letter_paper_is_for_the_countries_that_write_on_it() -> None:
    assert [paper_of(country) for country in ("US", "MX", "DE", "JP", "")] == ["letter", "letter", "a4", "a4", "a4"]


def test_a_paragraph_is_never_cut_and_begins_where_it_is_set_in() -> None:
    document = made()
    document.paragraph("x" * 400 + "\nafter", indent=10)
    content = document.content()
    assert "".join(texts(content)[0].split()).count("x") == 400
    assert round(place(content, "after").left) == 25


def test_a_box_stands_in_its_place_and_its_letters_are_smaller_where_it_is_full() -> None:
    document = made()
    document.text("before")
    end = document.box(["one", "two"], (120, 60), (60, 30), low=True)
    crowded = document.box([f"line {n}" for n in range(12)], (20, 100), (60, 30))
    document.text("after")
    content = document.content()
    assert end == 90
    assert crowded <= 130.01
    assert (round(place(content, "one").left), place(content, "two").bottom < 90) == (120, True)
    assert place(content, "line 11").bottom < 130
    assert place(content, "after").top - place(content, "before").bottom < 3


def test_a_listing_repeats_its_head_and_its_sums_are_on_no_page_without_a_row() -> None:
    kept = KeptFonts()
    for rows in range(40, 66):
        document = Pdf("Title", "a4", AT, kept=kept)
        listed = [(f"row {n}", "why " * 3, "1,234.50") for n in range(rows)]
        document.listing(("name", "reason", "open"), listed, (False, False, True), sums=[("sum of all", "", "9.99")])
        found = texts(document.content())
        assert all("reason" in text and "row" in text for text in found)
        assert sum(text.count("1,234.50") for text in found) == rows
        assert "9.99" in found[-1]


def test_what_stays_together_goes_to_the_next_page_whole() -> None:
    document = made()
    document.gap(document.left - 20)
    document.together(19)
    assert document.pages == 1
    document.together(21)
    assert (document.pages, document.y) == (2, 15)
    document.together(1000)
    assert document.pages == 2


def test_its_bookmarks_name_their_pages() -> None:
    document = made()
    document.bookmark("Cover")
    document.new_page()
    document.bookmark("Exhibits")
    document.bookmark("Exhibit 1", 1)
    document.text("text")
    reader = PdfReader(io.BytesIO(document.content()))
    outline: list[Any] = reader.outline
    cover, exhibits, (first,) = outline
    assert [(b.title, reader.get_destination_page_number(b)) for b in (cover, exhibits, first)] == [
        ("Cover", 0),
        ("Exhibits", 1),
        ("Exhibit 1", 1),
    ]


def test_the_lines_of_the_foot_stand_below_the_text_of_each_page_in_their_own_letters() -> None:
    foot_lines = ["Bank " * 60, "Registered"]
    document = Pdf("Title", "a4", AT, foot="2026-0017", foot_lines=foot_lines, margins=Margins(30, 20, 30, 20))
    for number in range(80):
        document.text(f"line {number}", 12, bold=True)
    content = document.content()
    found = texts(content)
    assert len(found) == 2
    for page, text in enumerate(found):
        assert text.count("Bank") == 60
        lowest = max(place(content, f"line {n}", page).bottom for n in range(10, 80) if f"line {n}" in text)
        assert lowest < min(box.top for box in places(content, "Bank", page))
        assert round(place(content, "Registered", page).left) == 30
        assert place(content, "2026-0017", page).top > place(content, "Registered", page).bottom


def test_each_line_of_a_paragraph_goes_its_way_also_one_that_begins_with_another_script() -> None:
    name = "شركة النور للتجارة والمقاولات"
    document = made()
    document.paragraph(f"{'We ask for it now. ' * 4}On the account of {name} for Q", 12)
    document.rows([[document.lines_of(f"Sent to the buyer {name} for Z", 40, 12)]], [Column(45)], 12)
    content = document.content()
    # Both lines begin with Arabic: the English that follows stands to the right of it.
    for last in "QZ":
        (end,) = letters_of(content, last)
        arabic = [box for box in letters_of(content, name.replace(" ", "")) if abs(box.bottom - end.bottom) < 2.5]
        assert len(arabic) >= 9
        assert max(box.right for box in arabic) < end.left
