"""Attached files as they come into a claim file: PDF pages as they are seen, pictures, emails, texts; or why not."""

import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from arctui.core.claim_facts import Exhibit, Group
from arctui.letters import claim_merge
from arctui.letters.claim_merge import Placed, Taken, UnreadableError, merged
from arctui.letters.claim_papers import Paper, paper
from tests.letters import attached
from tests.letters.pictures import drawn
from tests.letters.seen import texts

ROOM = (40.0, 60.0, 570.0, 740.0)
WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (255, 0, 0)


def exhibit(media: str, group: Group = Group.OTHER) -> Exhibit:
    return Exhibit(
        number=3, group=group, title="a file", day=date(2026, 11, 2), name="x", digest="0" * 64, media=media
    )


def shown(media: str, content: bytes) -> Paper:
    return paper(exhibit(media), content)


def ours(pages: int = 1) -> bytes:
    made = FPDF(unit="pt", format="letter")
    made.set_creation_date(datetime(2026, 11, 23, tzinfo=UTC))
    made.set_auto_page_break(False)
    for number in range(pages):
        made.add_page()
        made.set_font("helvetica", size=9)
        made.text(40, 780, f"page {number + 1}")
    return bytes(made.output())


def on_our_page(content: bytes) -> bytes:
    taken = Taken(content)
    placed = [Placed(number, seen, ROOM) for number, seen in enumerate(taken.pages)]
    return merged(ours(len(placed)), placed, bytes(16))


def colour(content: bytes, x: float, y: float) -> tuple[int, int, int]:
    """The colour of the first page at a place, in points from the left and upper edge."""
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    found = picture.getpixel((x, y))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def test_the_text_of_attached_pages_reads_back_from_ours_with_our_own() -> None:
    first, second = texts(on_our_page(attached.pdf("Invoice B-1041", 2)))
    assert "Invoice B-1041, sheet 1" in first
    assert "page 1" in first
    assert "Invoice B-1041, sheet 2" in second
    assert "page 2" in second


@pytest.mark.parametrize(
    ("turned", "corner"),
    [
        (0, (110, 57)),
        (90, (550, 57)),
        (180, (500, 547)),
        (270, (60, 447)),
    ],
)
def test_a_turned_page_is_drawn_as_it_is_seen(turned: int, corner: tuple[int, int]) -> None:
    # The mark stands above on the left of the page, the page in the middle of the room, at its upper edge.
    found = on_our_page(attached.pdf("x", turned=turned))
    assert colour(found, *corner) == BLACK
    assert colour(found, 305, 640) == WHITE


def test_what_is_written_into_a_form_is_drawn_and_no_script_comes_along() -> None:
    content = attached.pdf("x", marked=True)
    assert b"/JavaScript" in content
    found = on_our_page(content)
    assert colour(found, 305, 52 + 250) == RED
    assert b"/JavaScript" not in found
    assert b"/Widget" not in found


def test_a_larger_page_is_made_smaller_to_fit() -> None:
    made = FPDF(unit="pt", format=(3000, 800))
    made.add_page()
    made.set_fill_color(0, 0, 0)
    made.rect(0, 0, 3000, 800, style="F")
    found = on_our_page(bytes(made.output()))
    assert colour(found, 305, 60) == BLACK
    assert colour(found, 30, 60) == colour(found, 580, 60) == colour(found, 305, 220) == WHITE


def test_the_same_pages_make_the_same_bytes() -> None:
    content = attached.pdf("x", 2, marked=True)
    assert on_our_page(content) == on_our_page(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7\nnothing", "the file is damaged"),
        (attached.pdf("x")[:500], "the file is damaged"),
        (attached.pdf("x", locked=True), "the file is encrypted"),
    ],
    ids=["junk", "cut off", "encrypted"],
)
def test_a_pdf_that_cannot_be_shown_says_why(content: bytes, why: str) -> None:
    found = shown("application/pdf", content)
    assert (found.problem, found.pages, found.file) == (why, (), "exhibits/03-other.pdf")


def test_a_pdf_has_limits_of_bytes_pages_and_work(monkeypatch: pytest.MonkeyPatch) -> None:
    content = attached.pdf("x", 3)
    monkeypatch.setattr(claim_merge, "MOST_PAGES", 2)
    assert shown("application/pdf", content).problem == "the file has 3 pages, more than 2"
    monkeypatch.setattr(claim_merge, "_MOST_CALLS", 100)
    assert shown("application/pdf", content).problem == "the file takes too much work to read"
    monkeypatch.setattr(claim_merge, "MOST_BYTES", 10)
    with pytest.raises(UnreadableError, match="megabytes"):
        Taken(content)


def test_a_photo_is_upright_and_no_larger_than_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = shown("image/jpeg", drawn("JPEG", (3000, 1000), exif=exif.tobytes()))
    with Image.open(io.BytesIO(found.picture)) as picture:
        assert picture.size == (800, 2400)
    assert shown("image/png", drawn("PNG")).picture == drawn("PNG")
    assert "damaged" in shown("image/png", drawn("PNG")[:60]).problem


@pytest.mark.parametrize("html", [False, True])
def test_an_email_is_its_head_its_words_and_the_names_of_its_files(html: bool) -> None:
    lines = shown("message/rfc822", attached.email(html=html)).lines
    assert lines[:4] == (
        "From: Tony Marsh <tony@birch.example>",
        "To: ann@granite.example",
        "Date: Mon, 02 Nov 2026 10:00:00 -0500",
        "Subject: Rechnung über Paletten",
    )
    text = "\n".join(lines)
    assert ("We pay 1,200.00" if html else "we pay 1,200.00 on Friday.") in text
    assert "go()" not in text
    assert "<b>" not in text
    assert lines[-1] == "- ../../remit.pdf (application/pdf, 10 bytes)"


def test_a_text_is_taken_in_any_code_and_a_long_one_says_what_is_left_out() -> None:
    assert shown("text/plain", "Lieferung Köln".encode("latin-1")).lines == ("Lieferung Köln",)
    found = shown("text/plain", b"delivered\n" * 5000).lines
    assert found[-1] == "… and 3,500 more lines: the whole of it is in the file"


def test_what_is_no_paper_stays_a_file_that_says_so() -> None:
    found = shown("application/vnd.oasis.opendocument.text", b"PK")
    assert found.file == "exhibits/03-other.odt"
    assert found.problem == "the file is no PDF, picture, email or text"
    assert shown("", b"x").file == "exhibits/03-other.bin"
