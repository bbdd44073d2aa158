"""Pages of PDF: breaks, numbers, tables, the paper of a country."""

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from arctui.letters.pdf import Column, Pdf, paper_of

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
