"""The day's report as text, Markdown and PDF: one page, nothing cut that is a figure, and text that reads back."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from arctui.core.day_flows import Event, What
from arctui.core.day_report import DayReport
from arctui.core.text import cell_width
from arctui.letters.day_report import pdf
from arctui.letters.day_report_text import PAGE, WIDTH, markdown, page
from arctui.letters.pdf import Pdf
from tests.letters.day_reports import DAY, busy, cash, report, row, worst
from tests.letters.fonts import font_of

A4, LETTER = (595, 842), (612, 792)
SCRIPTS = ("Müller & Söhne", "Łódź Spółka", "ООО Ромашка", "Αθήνα ΑΕ", "شركة النور", "חברת שלום")


def pages(content: bytes) -> list[str]:
    return [found.extract_text() for found in PdfReader(io.BytesIO(content)).pages]


def size(content: bytes) -> tuple[int, int]:
    box = PdfReader(io.BytesIO(content)).pages[0].mediabox
    return round(box.width), round(box.height)


def read(found: DayReport, country: str = "US") -> str:
    (text,) = pages(pdf(found, country)[0])
    return text


@pytest.mark.parametrize("found", [report(), busy(), busy(clerks=60)], ids=["empty", "busy", "many clerks"])
def test_the_report_is_one_page_in_every_form(found: DayReport) -> None:
    lines = page(found)
    assert len(lines) <= PAGE
    assert max(map(cell_width, lines)) <= WIDTH
    assert read(found).endswith("page 1 of 1")


def test_paper_is_that_of_the_firms_country() -> None:
    assert size(pdf(report(), "US")[0]) == size(pdf(report(), "CA")[0]) == LETTER
    assert size(pdf(report(), "DE")[0]) == size(pdf(report(), "JP")[0]) == A4


def test_every_name_and_amount_reads_back_from_the_pdf() -> None:
    rows = [worst(name, f"{1000 + n}.{n:02}") for n, name in enumerate(SCRIPTS)]
    text = read(report(cash(("4321.09", "USD"), ("77.70", "EUR")), worst=rows, rows=[row("Café Ünal", "55.55")]))
    for name in (*SCRIPTS, "Café Ünal"):
        assert name in text
    for amount in ("4,321.09", "77.70", "55.55", *(f"1,{n:03}.{n:02}" for n in range(len(SCRIPTS)))):
        assert amount in text


def test_fonts_are_embedded() -> None:
    reader = PdfReader(io.BytesIO(pdf(report(), "US")[0]))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        assert "/FontFile2" in inner.get_object()["/FontDescriptor"]


def test_letters_that_no_font_has_are_marked_told_and_the_number_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    content, missing = pdf(report(worst=[worst("山田 Trading", number="C-77")]), "JP")
    (text,) = pages(content)
    assert missing == "山田"
    assert "C-77 \ufffd\ufffd Trading" in text
    assert "letters that no font on this machine has are shown as a mark" in text


def test_a_wide_letter_is_written_as_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    content, missing = pdf(report(worst=[worst("ＡＢＣ")]), "JP")
    assert ("ABC" in pages(content)[0], missing) == (True, "")


def test_a_font_in_a_folder_of_the_firm_draws_what_ours_has_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    font_of(tmp_path / "mountain.ttf", "山")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    content, missing = pdf(report(worst=[worst("山 Trading")]), "JP", [tmp_path])
    assert ("山 Trading" in pages(content)[0], missing) == (True, "")


def test_a_damaged_font_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    font_of(tmp_path / "old.ttf", "山", whole=False)
    content, missing = pdf(report(worst=[worst("山 Trading", number="C-77")]), "JP", [tmp_path])
    assert ("C-77 \ufffd Trading" in pages(content)[0], missing) == (True, "山")


def test_a_font_that_fails_only_when_it_is_drawn_with_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arctui.letters.fonts_of._FOLDERS", ())
    font_of(tmp_path / "mountain.ttf", "山")
    written = Pdf.content

    def content(self: Pdf) -> bytes:
        if self.has_found_fonts:
            raise AssertionError
        return written(self)

    monkeypatch.setattr(Pdf, "content", content)
    made, missing = pdf(report(worst=[worst("山 Trading")]), "JP", [tmp_path])
    assert ("Trading" in pages(made)[0], missing) == (True, "山")


def test_a_line_break_in_a_name_tears_no_table() -> None:
    assert "| Pipe \\# two | 1,200.00 | 46 d |" in markdown(report(worst=[worst("Pipe\n# two")]))


def test_the_text_has_each_figure_with_the_day_before_and_the_usual() -> None:
    before = report().span.last
    events = [
        Event(What.TAKEN, DAY, "ann", Decimal("300.00"), "USD"),
        Event(What.TAKEN, before, "ann", Decimal("100.00"), "USD"),
        *(Event(What.CALLS, DAY, "ann") for _ in range(4)),
        Event(What.RIGHT_PARTY, DAY, "ann"),
    ]
    lines = [" ".join(line.split()) for line in page(report(events))]
    assert "Mon 23 Nov Fri 20 Nov 20-day average" in lines
    assert "calls dialled 4 0 0.0" in lines
    assert "to the right party 1 25 % 0 0.0" in lines
    assert "promises taken 1 300.00 1 100.00 <0.1 5" in lines


def test_what_is_not_known_is_said_and_not_written_as_nothing() -> None:
    lines = [" ".join(line.split()) for line in page(report(known_from=DAY))]
    assert "calls dialled 0 unknown unknown" in lines
    assert "cash received 0.00 unknown unknown" in lines


def test_amounts_that_have_no_room_lose_their_cents_and_the_table_says_so() -> None:
    lines = [" ".join(line.split()) for line in page(busy())]
    assert "without cents Mon 23 Nov Fri 20 Nov 20-day average" in lines
    assert "cash received 987,654,321,098 987,654,321,098 49,382,716,055" in lines


def test_nothing_that_a_name_holds_is_taken_for_a_mark_of_markdown() -> None:
    text = markdown(report(worst=[worst("Pipe | *star* <b> [x](y) `q` #1")]))
    assert "| Pipe \\| \\*star\\* \\<b\\> \\[x\\](y) \\`q\\` \\#1 | 1,200.00 | 46 d |" in text
    table = [line for line in text.splitlines() if line.startswith("| Pipe")]
    assert len(table) == 1


def test_control_characters_and_turned_text_reach_no_form() -> None:
    found = report(worst=[worst("Evil\x1b[31m \u202egnp")])
    for text in ("\n".join(page(found)), markdown(found), read(found)):
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_a_clerk_has_a_page_of_their_own_and_the_firm_a_line_for_each() -> None:
    events = [Event(What.CALLS, DAY, "ann"), Event(What.CALLS, DAY, "bob"), Event(What.CALLS, DAY, "bob")]
    firm = [" ".join(line.split()) for line in page(report(events))]
    assert firm[0] == "Northside Supply: the day, Monday 23 November 2026"
    assert [line for line in firm if line.startswith(("ann", "bob"))] == ["ann 1 0 0 0 0 0", "bob 2 0 0 0 0 0"]
    own = [" ".join(line.split()) for line in page(report(events, clerk="bob"))]
    assert own[0] == "Northside Supply: the day of bob, Monday 23 November 2026"
    assert "calls dialled 2 0 0.0" in own
