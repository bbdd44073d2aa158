"""Our own font for many documents: read once, and embedded each time as it was prepared, with the letters of Europe.

To read a font and to take out what one document draws with takes a tenth of a second, all else of a letter a tenth of
that. A document with other letters than the common ones has its own part of the font made, as if nothing were kept.
"""

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arctui.letters.fonts_of import add_ours, letters_of_ours

if TYPE_CHECKING:
    from fpdf import FPDF

#: What is embedded each time: Latin with its accents, Greek, Cyrillic, punctuation, signs of currencies.
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x386, 0x3CF), (0x400, 0x460), (0x490, 0x492))
_COMMON = "".join(chr(code) for begin, end in _RANGES for code in range(begin, end)) + (
    "ȘșȚț‐‑–—‘’‚“”„†•…‰′″‹›€₤₦₩₪₫₱₹₺₽№™−×≤≥\ufffd"
)


class KeptFonts:
    """Our own font, for documents that are made one after the other (not in two threads)."""

    def __init__(self) -> None:
        """Read and prepare it: a quarter of a second."""
        from fpdf import FPDF
        from fpdf.output import OutputProducer
        from fpdf.syntax import PDFContentStream

        self.letters = letters_of_ours()
        #: Files of other fonts, each with the letters that it has and ours has not, as soon as they are known.
        self.files: dict[Path, frozenset[str] | None] | None = None
        #: Millimetres for each point of size that a letter takes, by weight.
        self.wide: dict[bool, dict[str, float]] = {False: {}, True: {}}
        #: Pictures as they are embedded, by the digest of their content.
        self.pictures: dict[str, Any] = {}
        pdf = FPDF()
        add_ours(pdf)
        pdf.add_page()
        self._fonts: dict[str, Any] = dict(pdf.fonts)
        for font in self._fonts.values():
            for letter in filter(self.letters.__contains__, _COMMON):
                font.subset.pick(ord(letter))
        sizes = {key: len(font.subset) for key, font in self._fonts.items()}
        self._sizes = sizes
        objects: list[Any] = []

        class Preparing(OutputProducer):
            def _add_fonts(self, *given: Any) -> Any:
                before = len(self.pdf_objs)
                fonts = super()._add_fonts(*given)
                objects.extend(self.pdf_objs[before:])
                return fonts

        whole = {key: font.ttfont for key, font in self._fonts.items()}
        _unread(self._fonts)
        pdf.output(output_producer_class=Preparing)
        for key, font in self._fonts.items():
            font.ttfont = whole[key]
        for found in objects:
            if isinstance(found, PDFContentStream) and found.filter is None:
                found.__init__(found.content_stream(), compress=True)  # type: ignore[misc]
        # Each weight is as many objects as the other.
        half = len(objects) // 2
        parts = dict(zip(sizes, (objects[:half], objects[half:]), strict=True))

        class Keeping(OutputProducer):
            def _add_fonts(self, *given: Any) -> Any:
                drawn: dict[str, Any] = self.fpdf.fonts
                fonts: dict[int, Any] = {}
                same = {key: drawn.pop(key) for key, size in sizes.items() if len(drawn[key].subset) == size}
                for key, font in same.items():
                    for found in parts[key]:
                        self._add_pdf_obj(found, "fonts")
                    fonts[font.i] = parts[key][0]
                fonts.update(super()._add_fonts(*given))
                drawn.update(same)
                return fonts

        self._keeping = Keeping

    def put_into(self, pdf: "FPDF") -> None:
        """Give a document our own font."""
        for key, font in self._fonts.items():
            own = copy.copy(font)
            own.subset = copy.copy(font.subset)
            own.subset.font = own
            own.subset._char_id_per_glyph = dict(font.subset._char_id_per_glyph)
            own.subset._reserved = list(font.subset._reserved)
            own.desc, own.missing_glyphs = copy.copy(font.desc), []
            pdf.fonts[key] = own

    def output(self, pdf: "FPDF") -> bytes:
        """Return the content of a document."""
        fonts: dict[str, Any] = dict(pdf.fonts)
        _unread({key: fonts[key] for key, size in self._sizes.items() if len(fonts[key].subset) != size})
        content = bytes(pdf.output(output_producer_class=self._keeping))
        for font in fonts.values():  # else each document would be remembered
            font.subset.pick.cache_clear()
            font.subset.get_glyph.cache_clear()
        return content


def _unread(fonts: dict[str, Any]) -> None:
    """Give our font anew to a document that is written: what is not drawn with is taken out of it."""
    from fontTools.ttLib import TTFont

    for font in fonts.values():
        font.ttfont = TTFont(font.ttffile, recalcTimestamp=False, lazy=True)
