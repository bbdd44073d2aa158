"""Pages of a PDF as PDFium reads them, a reader that is not the one that wrote them."""

from typing import NamedTuple

import pypdfium2

_MM = 25.4 / 72


class Box(NamedTuple):
    """Where a text stands, in mm from the left and upper edge of its page."""

    left: float
    top: float
    right: float
    bottom: float


def texts(content: bytes) -> list[str]:
    """Return the text of each page, in the order in which it was written."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def places(content: bytes, text: str, page: int = 0) -> list[Box]:
    """Return where a text stands on a page, each time that it does."""
    with pypdfium2.PdfDocument(content) as document:
        shown = document[page]
        read, height = shown.get_textpage(), shown.get_height()
        search = read.search(text, match_case=True)
        found = list[Box]()
        while hit := search.get_next():
            boxes = [read.get_charbox(n) for n in range(hit[0], hit[0] + hit[1])]
            found.append(
                Box(
                    min(box[0] for box in boxes) * _MM,
                    (height - max(box[3] for box in boxes)) * _MM,
                    max(box[2] for box in boxes) * _MM,
                    (height - min(box[1] for box in boxes)) * _MM,
                )
            )
        return found


def letters_of(content: bytes, letters: str, page: int = 0) -> list[Box]:
    """Return where these letters stand on a page, each time that one does, whatever is before and after it."""
    with pypdfium2.PdfDocument(content) as document:
        shown = document[page]
        read, height = shown.get_textpage(), shown.get_height()
        boxes = [read.get_charbox(n) for n in range(read.count_chars()) if read.get_text_range(n, 1) in letters]
        return [Box(le * _MM, (height - to) * _MM, ri * _MM, (height - bo) * _MM) for le, bo, ri, to in boxes]


def place(content: bytes, text: str, page: int = 0) -> Box:
    """Return where a text stands that is on a page once."""
    (found,) = places(content, text, page)
    return found


def pictures(content: bytes, page: int = 0) -> list[Box]:
    """Return where the pictures of a page stand."""
    with pypdfium2.PdfDocument(content) as document:
        shown = document[page]
        bounds = [found.get_bounds() for found in shown.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
        height = shown.get_height()
        return [Box(le * _MM, (height - to) * _MM, ri * _MM, (height - bo) * _MM) for le, bo, ri, to in bounds]


def size(content: bytes) -> tuple[int, int]:
    """Return the width and height of the first page in points."""
    with pypdfium2.PdfDocument(content) as document:
        width, height = document[0].get_size()
    return round(width), round(height)
