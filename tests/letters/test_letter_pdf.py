"""A letter on paper, read back with PDFium: nothing cut, each thing in its place, the same bytes each time."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from arctui.core.letter_records import LetterKind
from arctui.core.letter_values import LetterValues
from arctui.letters.letter_pdf import LetterPaper, Press, joined, on_paper, ours_has
from arctui.letters.pictures import PictureError
from arctui.letters.rendered import Lines, Paragraph, Part, Rendered, Table
from tests.letters.fonts import font_of
from tests.letters.pictures import drawn
from tests.letters.seen import Box, pictures, place, places, size, texts

ADDRESS = ("Birch Works LLC", "Attn Ann Miller", "12 Some Street", "Springfield, IL 62701")
SUBJECT = "Demand for payment of 1,234.50 USD"
GREETING = Paragraph(text="Dear Ann Miller,")
CLOSING = Paragraph(text="Sincerely,")
#: Where the recipient is seen, in mm: DIN 5008 form B on A4, and No. 10 with the sheet at its lowest on Letter paper.
WINDOWS = {"DE": Box(20, 62.7, 105, 90), "US": Box(22.2, 51.9, 111.1, 80.5)}


def paper(**changed: Any) -> LetterPaper:
    firm = ("Northside Supply Inc.", "100 Main Street", "Springfield, IL 62704")
    given: dict[str, Any] = {
        "firm": firm,
        "recipient": ADDRESS,
        "signature": ("Dana Reyes", "Accounts receivable"),
        "foot": "Registered in Illinois",
        "country": "US",
        "at": datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
    }
    return LetterPaper(**{**given, **changed})


def values(number: str = "2026-0017") -> LetterValues:
    day = "Monday 23 November 2026"
    return LetterValues(
        kind=LetterKind.DEMAND, number=number, day=day, account="Birch", currency="USD", amount="1,234.50 USD"
    )


def invoices(count: int) -> Table:
    rows = (
        (f"INV-{n:04}", f"{n % 28 + 1} September 2026", str(n), f"{n + 1:,}.{n % 100:02} USD") for n in range(count)
    )
    return Table(
        head=("Invoice", "Due", "Days late", "Open"),
        rows=tuple(rows),
        right=(False, False, True, True),
        sums=(("Total", "", "", "1,200.00 USD"), ("Interest to the twenty-third of November", "", "", "34.56 USD")),
    )


def letter(*parts: Part, subject: str = SUBJECT) -> Rendered:
    return Rendered(subject=subject, parts=(GREETING, *parts, CLOSING))


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def test_all_that_a_letter_says_reads_back_in_order(press: Press) -> None:
    lines = Lines(lines=("First Bank, account 0001", "Name  2026-0017"))
    content = press.pdf(letter(Paragraph(text="Please pay."), invoices(3), lines), values(), paper())
    (text,) = texts(content)
    wanted = [
        "Northside Supply Inc.",
        "Springfield, IL 62704",
        *ADDRESS,
        "Letter 2026-0017",
        "Monday 23 November 2026",
        SUBJECT,
        "Dear Ann Miller,",
        "Please pay.",
        "INV-0000",
        "1.00 USD",
        "INV-0002",
        "3.02 USD",
        "1,200.00 USD",
        "Interest to the twenty-third of November",
        "34.56 USD",
        "First Bank, account 0001",
        "Sincerely,",
        "Dana Reyes",
        "Accounts receivable",
        "Registered in Illinois",
        "page 1 of 1",
    ]
    found = [text.find(part) for part in wanted]
    assert -1 not in found
    assert found == sorted(found)
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creation_date) == (f"Letter 2026-0017: {SUBJECT}", paper().at)


@pytest.mark.parametrize("country", ["US", "DE"])
@pytest.mark.parametrize("many", [False, True], ids=["four lines", "long and many"])
def test_the_address_stands_in_the_window_and_nothing_else_does(press: Press, country: str, many: bool) -> None:
    more = (
        "A customer whose name is so long that nobody ever writes all of it Incorporated",
        "Building 5",
        "COUNTRY",
    )
    address = (*ADDRESS, *more) if many else ADDRESS
    content = press.pdf(letter(), values(), paper(country=country, recipient=address, logo=drawn(size=(40, 90))))
    window = WINDOWS[country]
    for line in (*ADDRESS, "A customer", "Incorporated", "COUNTRY") if many else ADDRESS:
        box = place(content, line)
        assert window.left <= box.left <= box.right <= window.right
        assert window.top <= box.top <= box.bottom <= window.bottom
    for other in ("Northside Supply Inc.", "Letter 2026-0017", SUBJECT):
        for box in places(content, other):
            assert box.bottom < window.top or box.top > window.bottom or box.left > window.right
    (logo,) = pictures(content)
    assert logo.bottom < window.top


def test_on_a4_the_sender_stands_above_the_address_as_far_as_it_fits_into_the_line(press: Press) -> None:
    content = press.pdf(letter(), values(), paper(country="DE", firm=("Northside", "1 Main St", "x" * 90)))
    assert place(content, "Northside · 1 Main St").bottom < WINDOWS["DE"].top


def test_paper_is_that_of_the_country(press: Press) -> None:
    assert [size(press.pdf(letter(), values(), paper(country=c))) for c in ("US", "DE")] == [(612, 792), (595, 842)]


def test_three_hundred_invoices_go_on_over_pages_each_with_the_head_and_its_number(press: Press) -> None:
    content = press.pdf(letter(invoices(300)), values(), paper())
    found = texts(content)
    whole = "\n".join(found)
    assert all(f"INV-{n:04}" in whole and f"{n + 1:,}.{n % 100:02} USD" in whole for n in range(300))
    count = len(found)
    assert count > 4
    assert all("Letter 2026-0017" in text and f"page {n} of {count}" in text for n, text in enumerate(found, 1))
    assert all("Days late" in text for text in found if "INV-" in text)
    # The sums are below a row, never alone.
    (last,) = [text for text in found if "1,200.00 USD" in text and "Total" in text]
    assert "INV-0299" in last


@pytest.mark.parametrize("lines", range(20, 34))
def test_the_signature_is_on_one_page_with_the_greeting_and_its_picture_between_them(
    press: Press, lines: int
) -> None:
    signed = paper(signature_picture=drawn(size=(90, 30)))
    content = press.pdf(letter(Lines(lines=("line",) * lines), Paragraph(text="Please call.")), values(), signed)
    last = len(texts(content)) - 1
    (drawing,) = pictures(content, last)
    assert place(content, "Please call.", last).bottom < place(content, "Sincerely,", last).top
    assert place(content, "Sincerely,", last).bottom < drawing.top
    assert drawing.bottom < place(content, "Dana Reyes", last).top
    assert place(content, "Accounts receivable", last).bottom < place(content, "Registered", last).top


def test_nothing_is_cut_wherever_it_is_too_long(press: Press) -> None:
    """A word of 400 letters in each place comes back whole."""
    long = "".join(chr(ord("a") + n % 26) for n in range(400))
    table = Table(head=("A", "B"), rows=((long, "1,234.50 USD"),), right=(False, True), sums=((long, "9.99 USD"),))
    content = press.pdf(
        Rendered(subject=long, parts=(Paragraph(text=long), Lines(lines=(long,)), table)),
        values(),
        paper(firm=(long, long), recipient=(long,), signature=(long,), foot=long),
    )
    whole = "".join("".join(texts(content)).split())
    assert whole.count(long) >= 9
    assert "…" not in whole
    assert "1,234.50USD" in whole
    assert "9.99USD" in whole


def test_many_wide_columns_have_smaller_letters_and_all_figures_are_whole(press: Press) -> None:
    row = tuple(f"{n}87,654,321,098.76 USD" for n in range(1, 7))
    table = Table(head=("one", "two", "three", "four", "five", "six"), rows=(row,), right=(True,) * 6)
    (text,) = texts(press.pdf(letter(table), values(), paper()))
    assert all(figure in text for figure in row)


def test_a_row_that_is_longer_than_a_page_goes_on_below_the_head(press: Press) -> None:
    table = Table(head=("Number", "Why"), rows=(("1", " ".join(f"w{n}" for n in range(2500))),), right=(False, False))
    found = texts(press.pdf(letter(table), values(), paper()))
    assert all(f"w{n}" in "".join(found) for n in range(2500))
    assert all("Why" in text for text in found if "w9" in text)


def test_names_of_any_script_are_embedded_and_hebrew_begins_at_the_right(press: Press) -> None:
    scripts = ("Łódź Ünal", "ООО Ромашка", "Αθήνα", "חברת שלום", "شركة النور")
    content = press.pdf(
        letter(Paragraph(text="שלום רב 12"), Paragraph(text="plain")), values(), paper(recipient=scripts)
    )
    (text,) = texts(content)
    assert press.missing == ""
    for name in scripts[:3]:
        assert name in text
    # PDFium gives letters that run to the left in one order or the other.
    for word in ("חברת", "שלום"):
        assert word in text or word[::-1] in text
    reader = PdfReader(io.BytesIO(content))
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert all("/FontFile2" in f["/DescendantFonts"][0]["/FontDescriptor"] for f in fonts.values())
    right_edge = 612 / 72 * 25.4 - 25.4
    greeting = [box for part in ("רב", "בר") for box in places(content, part) if box.top > 95]
    assert len(greeting) == 1
    assert greeting[0].right > right_edge - 25
    assert place(content, "plain").left == pytest.approx(25.4, abs=1)


def test_a_long_name_without_blanks_is_broken_and_its_font_is_that_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, press: Press
) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    name = "山田商事株式会社大阪支店御中" * 6
    font_of(tmp_path / "boxes.ttf", "".join(sorted(set(name) - {"御"})))
    own = Press([tmp_path])
    content = own.pdf(letter(Paragraph(text=name)), values(), paper(country="JP", recipient=(name,)))
    assert own.missing == "御"
    whole = "".join("".join(texts(content)).split())
    assert whole.count(name.replace("御", "\ufffd")) == 2
    # What was done for it changes no other letter.
    plain = letter(), values(), paper(country="JP")
    assert own.pdf(*plain) == press.pdf(*plain)
    assert own.missing == ""


def test_what_no_font_has_is_known_before_a_letter_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    font_of(tmp_path / "boxes.ttf", "山")
    words = letter(invoices(1), Paragraph(text="Zażółć شركة 山"), Lines(("御",)))
    text = on_paper(words, values(), paper(recipient=("中村", *ADDRESS[1:])))
    own = Press([tmp_path])
    assert own.lacking(text) == "中御村"
    own.pdf(words, values(), paper(recipient=("中村", *ADDRESS[1:])))
    assert own.missing == "中御村"
    assert not ours_has(text)
    assert ours_has(on_paper(letter(Paragraph(text="Zażółć شركة")), values(), paper()))


def test_a_font_that_fails_when_it_is_drawn_with_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    font_of(tmp_path / "boxes.ttf", "山")
    from arctui.letters.pdf import Pdf

    written = Pdf.content

    def content(self: Pdf) -> bytes:
        if self.has_found_fonts:
            raise AssertionError
        return written(self)

    monkeypatch.setattr(Pdf, "content", content)
    own = Press([tmp_path])
    assert "Dear Ann" in texts(own.pdf(letter(Paragraph(text="山")), values(), paper()))[0]
    assert own.missing == "山"


def test_the_same_letter_is_the_same_to_the_byte_whatever_was_set_before(press: Press) -> None:
    one = letter(invoices(3)), values(), paper(logo=drawn(), signature_picture=drawn(size=(30, 30)))
    first = press.pdf(*one)
    press.pdf(letter(Paragraph(text="Ελλάς شركة")), values("2026-0018"), paper(logo=drawn(size=(9, 9))))
    assert press.pdf(*one) == first
    assert Press().pdf(*one) == first


def test_a_preview_has_no_number(press: Press) -> None:
    (text,) = texts(press.pdf(letter(), values(""), paper(firm=(), foot="", signature=())))
    assert "Letter" not in text
    assert text.rstrip().endswith(f"{SUBJECT}\npage 1 of 1") or f"{SUBJECT} page 1 of 1" in text


def test_a_logo_that_is_no_picture_is_refused_with_its_reason(press: Press) -> None:
    with pytest.raises(PictureError, match="the logo is no PNG or JPEG picture"):
        press.pdf(letter(), values(), paper(logo=b"<svg/>"))
    with pytest.raises(PictureError, match="the picture of the signature is damaged"):
        press.pdf(letter(), values(), paper(signature_picture=drawn()[:50]))


def test_letters_are_joined_in_order_with_what_they_share_in_it_once(press: Press) -> None:
    logo = paper(logo=drawn(size=(300, 100), mode="RGB"))
    several = [press.pdf(letter(invoices(40 if n == 2 else 2)), values(f"2026-{n:04}"), logo) for n in range(6)]
    greek = press.pdf(letter(Paragraph(text="חברת")), values("2026-0099"), logo)
    whole = joined([*several, greek])
    assert texts(whole) == [text for content in (*several, greek) for text in texts(content)]
    assert len(whole) < len(several[0]) * 4
    assert joined([*several, greek]) == whole
    assert len(pictures(whole, 0)) == 1


def test_without_a_picture_there_is_room_for_a_pen_above_the_name(press: Press) -> None:
    content = press.pdf(letter(), values(), paper())
    assert place(content, "Dana Reyes").top - place(content, "Sincerely,").bottom > 12


def test_what_is_not_drawn_joins_no_words(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    (text,) = texts(press.pdf(letter(Lines(lines=("one\ttwo", "three\x1b four"))), values(), paper()))
    assert "one two" in text
    assert "three\ufffd four" in text
    assert not caplog.records
