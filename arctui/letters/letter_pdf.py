"""A letter on paper: its address in the window of the envelope, head, words, signature, and numbered pages as PDF."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from arctui.core.letter_values import LetterValues
from arctui.core.text import harmless
from arctui.letters.fonts_of import Fonts, letters_of_ours
from arctui.letters.joining import joined
from arctui.letters.kept_fonts import KeptFonts
from arctui.letters.paper import LetterPaper
from arctui.letters.pdf import DIM, Margins, Pdf, paper_of, written
from arctui.letters.pictures import picture
from arctui.letters.rendered import Lines, Paragraph, Part, Rendered, Table

__all__ = ["LetterPaper", "Press", "joined"]

#: Points: of the words, the subject, the firm's name, the other lines of its head, the sender's line in the window.
_SIZE, _SUBJECT, _NAME, _HEAD, _SENDER = 10.0, 11.5, 12.0, 8.5, 6.5
#: Millimetres between two parts, above the picture of the signature, and for a pen; the most that the picture takes.
_GAP, _SIGNED, _PEN, _SIGNATURE = 2.6, 3.0, 14.0, (55.0, 18.0)
#: Lines that are short enough to stay on one page, and of what ends a letter before its signature.
_SHORT, _CLOSING = 12, 4

Place = tuple[float, float]


class _Sheet(NamedTuple):
    """Where things stand on the first page, in mm from its left and upper edge: a place, its width and height."""

    margins: Margins
    logo: tuple[Place, Place]
    head: tuple[Place, Place]
    #: The recipient's lines; nothing else is seen through the window.
    window: tuple[Place, Place]
    #: The firm in one line, to which the post brings back what it cannot deliver.
    sender: tuple[Place, Place] | None
    #: Where the day and the subject begin, or further down.
    words: float


#: A4, folded twice, into a DL envelope: DIN 5008 form B. Its window begins 20 mm from the left and 45 mm from above,
#: and is 85 x 45 mm; the lower 27.3 mm are the recipient's, the line above them the sender's.
_A4 = _Sheet(
    Margins(25, 20, 20, 20),
    ((25, 10), (75, 30)),
    ((118, 12), (72, 76)),
    ((25, 62.7), (76, 27.3)),
    ((25, 57.9), (76, 4.2)),
    98.5,
)
#: Letter, folded twice, into a No. 10 envelope: its window begins 7/8 in from the left, is 4 1/2 x 1 1/8 in large and
#: ends 1/2 in above the lower edge. The sheet moves in it by 1 in to the side and 0.45 in up and down: 22 to 111 mm
#: from the left and 52 to 80 mm from above are inside of it when the sheet lies below, and the lowest 17 mm always.
_LETTER = _Sheet(
    Margins(25.4, 20, 25.4, 20),
    ((25.4, 12.7), (75, 34)),
    ((122, 12.7), (68.5, 70)),
    ((25.4, 54), (82, 25.5)),
    None,
    92.0,
)


class Press:
    """Sets letters, one after the other (not in two threads): the font is read once, pictures are unpacked once.

    The same letter gives the same bytes, whichever were set before it.
    """

    def __init__(self, folders: Iterable[Path] = (), country: str = "") -> None:
        """Look into `folders` first for fonts of scripts that ours lacks. `country`: of paper that names none."""
        self._folders, self._country = tuple(folders), country
        self._kept = KeptFonts()
        self._pictures: dict[tuple[bytes, str], bytes] = {}
        #: The letters of the alphabet that no font had, in the letter that was set last.
        self.missing = ""

    def pdf(self, rendered: Rendered, values: LetterValues, paper: LetterPaper) -> bytes:
        """Set a letter. Raises PictureError where its logo or the picture of its signature cannot be used."""
        logo = self._picture(paper.logo, "logo")
        signature = self._picture(paper.signature_picture, "picture of the signature")

        def set_pages(only_ours: bool) -> tuple[Pdf, Callable[[], bytes]]:
            page = self._set(rendered, values, paper, (logo, signature), only_ours=only_ours)
            return page, page.content

        content, self.missing = written(set_pages)
        return content

    def lacking(self, text: str) -> str:
        """Return the letters of a text that no font has, in order; fonts are looked for as for a letter."""
        from fpdf import FPDF

        fonts = Fonts(FPDF(), self._folders, kept=self._kept)
        fonts.drawable(harmless(text))
        return "".join(sorted(fonts.missing))

    def _picture(self, content: bytes, what: str) -> bytes:
        if content and (content, what) not in self._pictures:
            self._pictures[content, what] = picture(content, what)
        return self._pictures[content, what] if content else b""

    def _set(
        self,
        rendered: Rendered,
        values: LetterValues,
        paper: LetterPaper,
        pictures: tuple[bytes, bytes],
        *,
        only_ours: bool,
    ) -> Pdf:
        form = paper_of(paper.country or self._country)
        sheet = _LETTER if form == "letter" else _A4
        named = f"Letter {values.number}" if values.number else ""
        page = Pdf(
            f"{named}: {rendered.subject}" if named else rendered.subject,
            form,
            paper.at,
            subject=named,
            foot=named or rendered.subject,
            folders=self._folders,
            only_ours=only_ours,
            margins=sheet.margins,
            foot_lines=paper.foot.split("\n") if paper.foot else (),
            kept=self._kept,
        )
        logo, signature = pictures
        _write_head(page, sheet, paper, logo)
        page.ends(named, values.day, _SIZE)
        page.gap(_GAP)
        page.paragraph(rendered.subject, _SUBJECT, bold=True)
        parts = rendered.parts
        closing = _closing(page, parts)
        for part in parts[: len(parts) - len(closing)]:
            _write_part(page, part)
        _write_end(page, closing, paper.signature, signature)
        return page


def on_paper(rendered: Rendered, values: LetterValues, paper: LetterPaper) -> str:
    """Return all that a letter has on paper, in no order of its own."""
    found = [rendered.subject, values.number, values.day, *paper.firm, *paper.recipient, *paper.signature, paper.foot]
    for part in rendered.parts:
        match part:
            case Paragraph(text):
                found.append(text)
            case Lines(lines):
                found += lines
            case Table():
                found += [cell for row in (part.head, *part.rows, *part.sums) for cell in row]
    return "\n".join(found)


def ours_has(text: str) -> bool:
    """Does our own font have each letter of a text? Quick where it does."""
    return text.isascii() or letters_of_ours().issuperset("".join(text.split()))


def _write_head(page: Pdf, sheet: _Sheet, paper: LetterPaper, logo: bytes) -> None:
    """Write what the firm's paper has, and the recipient into the window; go down to where the words begin."""
    if logo:
        (place, (width, height)) = sheet.logo
        page.image(logo, width, height, place)
    end = 0.0
    if paper.firm:
        (x, y), (width, height) = sheet.head
        name_end = page.box(paper.firm[:1], (x, y), (width, height / 2), _NAME, bold=True)
        end = page.box(paper.firm[1:], (x, name_end + 0.5), (width, y + height - name_end), _HEAD, colour=DIM)
    if sheet.sender and paper.firm:
        place, room = sheet.sender
        shown = [" · ".join(paper.firm[:count]) for count in range(len(paper.firm), 0, -1)]
        fits = (line for line in shown if page.widest([line], _SENDER) <= room[0])
        page.box([next(fits, paper.firm[0])], place, room, _SENDER)
    place, room = sheet.window
    end = max(end, page.box(paper.recipient, place, room, 10.5, low=sheet is _LETTER))
    page.down_to(max(sheet.words, end + 4))


def _write_part(page: Pdf, part: Part) -> None:
    page.gap(_GAP)
    match part:
        case Paragraph(text):
            page.together(page.height(min(2, len(page.lines_of(text, page.width, _SIZE))), _SIZE))
            page.paragraph(text, _SIZE)
        case Lines(lines):
            if (count := _lines(page, part)) <= _SHORT:
                page.together(page.height(count, _SIZE))
            page.paragraph("\n".join(lines), _SIZE)
        case Table():
            page.listing(part.head, part.rows, part.right, sums=part.sums)


def _lines(page: Pdf, part: Paragraph | Lines) -> int:
    texts = part.lines if isinstance(part, Lines) else (part.text,)
    return sum(len(page.lines_of(text, page.width, _SIZE)) for text in texts)


def _closing(page: Pdf, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return what stands on one page with the signature: the last part, and the greeting with what is before it."""
    kept = tuple[Part, ...]()
    for part in reversed(parts[-2:]):
        if isinstance(part, Table) or _lines(page, part) > _CLOSING:
            break
        kept = (part, *kept)
    return kept


def _write_end(page: Pdf, closing: tuple[Part, ...], signature: tuple[str, ...], drawn: bytes) -> None:
    """Write the end of a letter on one page: the greeting, the picture of the signature, who signs."""
    count = sum(_lines(page, part) for part in closing if not isinstance(part, Table))
    signed = sum(len(page.lines_of(line, page.width, _SIZE)) for line in signature)
    above = _SIGNED + _SIGNATURE[1] if drawn else _PEN if signature else 0.0
    height = page.height(count + signed, _SIZE) + _GAP * len(closing) + above
    page.together(height)
    for part in closing:
        _write_part(page, part)
    page.gap(_SIGNED if drawn else above)
    if drawn:
        page.image(drawn, *_SIGNATURE)
    if signature:
        page.paragraph("\n".join(signature), _SIZE)
