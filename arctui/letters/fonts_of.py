"""The fonts of a PDF document: our own, and for scripts that it lacks those that are found on this machine."""

import functools
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence

if TYPE_CHECKING:
    from fpdf import FPDF

    from arctui.letters.kept_fonts import KeptFonts

_FOLDER = Path(__file__).with_name("fonts")
_FAMILY = "ours"
#: Our own font by weight.
OURS = {"": _FOLDER / "DejaVuSansCondensed.ttf", "B": _FOLDER / "DejaVuSansCondensed-Bold.ttf"}
#: Stands for a letter that no font has.
REPLACEMENT = "\ufffd"
#: Where fonts lie on the platforms.
_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
#: Fonts of many letters, so looked at first; the more telling parts of their names.
_LIKELY = (
    "cjk",
    "fallback",
    "wqy",
    "uming",
    "ukai",
    "notosans",
    "unifont",
    "msyh",
    "yugoth",
    "meiryo",
    "malgun",
    "pingfang",
)
#: So many files are opened at most: each takes some milliseconds.
_MOST_FILES = 300
#: They only turn or join letters, and draw nothing.
_UNDRAWN = frozenset("\u200c\u200d")


class Fonts:
    """The fonts of one document; what our own has not is looked for once."""

    def __init__(
        self,
        pdf: "FPDF",
        folders: Iterable[Path] = (),
        *,
        only_ours: bool = False,
        kept: "KeptFonts | None" = None,
    ) -> None:
        self._pdf = pdf
        self._folders = () if only_ours else (*folders, *map(fence.typed, _FOLDERS))
        self._kept = kept
        if kept:
            kept.put_into(pdf)
        else:
            add_ours(pdf)
        self._ours = kept.letters if kept else letters_of_ours()
        self._covered = set(self._ours)
        # Files of fonts, each with the letters that it has and ours has not, as soon as they are known.
        self._files: dict[Path, frozenset[str] | None] | None = kept.files if kept and not only_ours else None
        self._found: list[str] = []
        #: Letters that no font has.
        self.missing: set[str] = set()
        #: The size and whether it is bold, as it was chosen last.
        self.style: tuple[float, bool] | None = None
        # Millimetres for each point of size that a letter of our own font takes, by weight.
        self._wide: dict[bool, dict[str, float]] = kept.wide if kept else {False: {}, True: {}}

    @property
    def found(self) -> bool:
        """Is there a font in it that is not our own?"""
        return bool(self._found)

    def use(self, size: float, *, bold: bool) -> None:
        """Choose size and weight."""
        if self.style != (size, bold):
            self._pdf.set_font(_FAMILY, "B" if bold else "", size)
            self.style = (size, bold)

    def width(self, text: str) -> float:
        """Return how wide a text is in millimetres, of which nothing is joined or turned round."""
        size, bold = self.style or (0.0, False)
        wide = self._wide[bold]
        try:
            return sum([wide[letter] for letter in text]) * size
        except KeyError:
            if not self._ours.issuperset(text):
                return float(self._pdf.get_string_width(text))
        for letter in set(text) - wide.keys():
            wide[letter] = float(self._pdf.get_string_width(letter)) / size
        return self.width(text)

    def drawable(self, text: str) -> str:
        """Return a text as it can be drawn: with the mark for what no font has."""
        if text.isascii():
            return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
        text = "".join(" " if c.isspace() and c not in self._covered else c for c in text if not _is_selector(c))
        lacking = {c for c in text if c not in self._covered and c not in _UNDRAWN}
        if lacking - self.missing:
            lacking -= self._look_for(lacking - self.missing)
            self.missing |= {c for c in lacking if not self._plain(c)}
        return "".join((self._plain(c) or REPLACEMENT) if c in lacking else c for c in text) if lacking else text

    def _plain(self, letter: str) -> str:
        """Return what stands for a letter that is only a form of others: a wide A, a circled 1; "" for any other."""
        plain = unicodedata.normalize("NFKC", letter)
        return plain if plain != letter and self._covered.issuperset(plain) else ""

    def _look_for(self, letters: set[str]) -> set[str]:
        """Look for fonts that have some letters; return those that were found."""
        found = set[str]()
        if self._files is None:
            self._files = dict.fromkeys(_font_files(self._folders))
            if self._kept and self._folders:
                self._kept.files = self._files
        for file, known in self._files.items():
            # What our own font has is drawn by it.
            has = self._files[file] = known if known is not None else frozenset(_letters_of(file) - self._ours)
            if not letters.isdisjoint(has):
                name = f"found{len(self._found)}"
                try:
                    self._pdf.add_font(name, "", str(file))
                except Exception:  # noqa: BLE001  a damaged font raises anything: the file is left out
                    self._pdf.fonts.pop(name, None)
                    self._files[file] = frozenset()
                    continue
                self._found.append(name)
                self._pdf.set_fallback_fonts(self._found, exact_match=False)
                self._covered |= has
                found |= letters & has
                letters = letters - has
            if not letters:
                break
        return found


def add_ours(pdf: "FPDF") -> None:
    """Add our own font to a document, in both weights."""
    for style, file in OURS.items():
        pdf.add_font(_FAMILY, style, str(file))


@functools.cache
def letters_of_ours() -> frozenset[str]:
    """Return the letters that our own font draws."""
    return frozenset(_letters_of(OURS[""]))


def _is_selector(character: str) -> bool:
    return unicodedata.category(character) == "Mn" and "VARIATION SELECTOR" in unicodedata.name(character, "")


def _font_files(folders: Iterable[Path]) -> list[Path]:
    """Find the files of fonts, the likely ones first."""
    files = [
        Path(place) / name
        for folder in folders
        for place, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith((".ttf", ".otf", ".ttc", ".otc"))
    ]

    def rank(file: Path) -> tuple[bool, bool]:
        name = file.name.lower().replace("-", "").replace(" ", "")
        return not any(part in name for part in _LIKELY), any(w in name for w in ("bold", "italic", "oblique"))

    return sorted(files, key=rank)[:_MOST_FILES]


def _letters_of(file: Path) -> set[str]:
    """Return the letters that the first font of a file draws; none where it cannot be read."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(file, fontNumber=0, lazy=True) as font:
            drawn = "glyf" in font or "CFF " in font
            return {chr(point) for point in font.getBestCmap() or ()} if drawn else set()
    except Exception:  # noqa: BLE001  a damaged font raises anything
        return set()
