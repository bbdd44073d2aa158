"""Text from outside: cleaned where it enters, folded where it is searched.

Owns what may stand in a name, a note or a cell. Must not know where the text comes from or is shown.
"""

import re
import unicodedata

# Escape sequences vanish whole: OSC, DCS, PM, APC strings up to their end, then CSI, then two-character ones.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_BLANKS = re.compile(r"[\s\u2028\u2029\x85]+")
# Zero-width joiner and non-joiner shape emoji and several scripts; other format characters only hide or turn text.
_KEPT_FORMAT = "\u200c\u200d"
_MARKS_PER_LETTER = 8


def _allowed(character: str) -> bool:
    if character in _KEPT_FORMAT:
        return True
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(text: str, *, lines: bool = False) -> str:
    """Make text harmless for a terminal and stable for comparison.

    Escape sequences, control characters, bidirectional overrides, zero-width and unassigned characters are
    dropped; runs of blanks become one blank; letters are composed (NFC); at most eight combining marks stay
    on one letter. With `lines` the line breaks of a note are kept as `\\n`. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if lines:
        parts = [clean(part) for part in text.splitlines()]
        return "\n".join(parts).strip("\n")
    text = _BLANKS.sub(" ", _ESCAPES.sub("", text))
    text = "".join(c for c in text if c == " " or _allowed(c))
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(character)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def harmless(text: str) -> str:
    """Return text as it may be shown: a "\ufffd" for each character that a terminal would act on, or that turns text.

    For what was not cleaned where it entered, as in a file that somebody edited. Line breaks and tabs stay.
    """
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        return text
    # Each character is looked at once, however long the text is.
    acting = [ord(c) for c in set(text) if c not in "\n\t" and acts(c)]
    return text.translate(dict.fromkeys(acting, "\ufffd")) if acting else text


def acts(character: str) -> bool:
    """Say whether a terminal acts on a character, or it turns or hides text."""
    return character not in _KEPT_FORMAT and unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def fold(text: str) -> str:
    """Return text for searching: case, accents and width folded ("Café MÜLLER" finds "cafe muller")."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ø", "o"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def name_key(name: str) -> str:
    """Return the key by which two spellings of a customer's name are the same: cleaned, case folded."""
    return clean(name).casefold()


def plural(count: int, noun: str, many: str = "") -> str:
    """Say "1 day" or "3 days"."""
    return f"{count} {noun if count == 1 else (many or noun + 's')}"


def ordinal(number: int) -> str:
    """Say "1st", "2nd", "3rd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def cell_width(text: str) -> int:
    """Return how many columns of a terminal a (clean) text takes: wide letters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_cells(c, before) for c, before in zip(text, f" {text}", strict=False))


def _cells(character: str, before: str) -> int:
    """Return how many columns a character adds: none if it is drawn in that of the one before it."""
    category = unicodedata.category(character)
    if category == "Cf" or category[0] == "M" or (before == "\u200d" and category == "So"):
        return 0
    return 1 + (unicodedata.east_asian_width(character) in "WF")
