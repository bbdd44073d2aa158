"""The day's report as a file: text, Markdown or PDF, written whole or not at all.

It takes the place of an earlier report of the same day only, unless more is asked for.
"""

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from arctui.core.day_report import DayReport
from arctui.core.text import clean, plural
from arctui.desk.errors import DeskError
from arctui.desk.exporting import check_target, write

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: Where a PDF file says what it is about.
_SUBJECT = b"/Subject "
#: How the title of a report in text ends, which may take several lines.
_DAY_AT_END = re.compile(rb"\b\d{1,2}\s+[A-Z][a-z]+\s+\d{4}$")
#: So many letters without a font are named.
_NAMED_LETTERS = 10


class Form(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    MARKDOWN = "md"
    PDF = "pdf"
    JSON = "json"


_ENDINGS = {".txt": Form.TEXT, ".text": Form.TEXT, ".md": Form.MARKDOWN, ".pdf": Form.PDF, ".json": Form.JSON}


def form_of(path: Path) -> Form:
    """Return the form that a file's ending names. Raises DeskError."""
    form = _ENDINGS.get(path.suffix.lower())
    if form is None:
        raise DeskError(f"which kind of file is '{clean(path.name)}' to be? name it .pdf, .md or .txt")
    return form


def form_for(path: Path, asked: Form) -> Form:
    """Return the form that is asked for. Raises DeskError where the file's ending names another."""
    named = _ENDINGS.get(path.suffix.lower(), asked)
    if named is not asked:
        raise DeskError(f"'{clean(path.name)}' is to be {named}, and {asked} is asked for: name one of them only")
    return asked


def default_name(report: DayReport) -> str:
    """Return the name of the file that is proposed: day-2026-11-23.pdf."""
    return f"day-{report.day}.pdf"


class Made(NamedTuple):
    """The content of a file, and what its reader should know of it."""

    content: bytes
    notes: tuple[str, ...] = ()


def made(desk: "Desk", report: DayReport, form: Form) -> Made:
    """Make the content of a file: text, Markdown or PDF, with fonts from the folder `fonts` beside the book too.

    Raises DeskError for JSON, which is the command's.
    """
    if form is Form.JSON:
        raise DeskError("JSON is written by `arctui review --report json --out FILE`: name a .pdf, .md or .txt here")
    if form is Form.PDF:
        from arctui.letters.day_report import pdf

        content, missing = pdf(report, desk.policy.country, [desk.book.path.parent / "fonts"])
        return Made(content, (without_font(missing),) if missing else ())
    from arctui.letters.day_report_text import markdown, page

    text = markdown(report) if form is Form.MARKDOWN else "\n".join(page(report)) + "\n"
    return Made(text.encode())


def without_font(missing: str) -> str:
    """Say which letters no font was found for, and what to do."""
    named = " ".join(missing[:_NAMED_LETTERS]) + (" ..." if len(missing) > _NAMED_LETTERS else "")
    count = plural(len(missing), "letter")
    return f"no font on this machine has {count} ({named}): put one into the folder 'fonts' beside the book"


def check(desk: "Desk", path: Path) -> Path:
    """Return the file that may be written, before anything is worked out. Raises DeskError, BookError."""
    return check_target(desk, path, force=True)


def save(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file, in the place of an earlier report of the same day and clerk only. Raises DeskError, BookError."""
    if not force:
        try:
            there = target.read_bytes()
        except FileNotFoundError:
            write(target, content, force=False)
            return
        except OSError as error:
            raise DeskError(f"{target} cannot be read: {error.strerror}") from None
        about = _about(content)
        if not about or _about(there) != about:
            raise DeskError(f"{target} exists already, no report of this day: name another file, or say --force")
    write(target, content, force=True)


def _about(content: bytes) -> bytes:
    """Return the part of a report that says of which day and of whom it is, nothing if there is none."""
    lines = content.splitlines()
    if content.startswith(b"%PDF"):
        return next((line for line in lines if line.startswith(_SUBJECT)), b"")
    if content.startswith(b"{"):
        return b"".join(lines[1:3])
    end = next((n for n, line in enumerate(lines) if _DAY_AT_END.search(line.rstrip())), None)
    return b"" if end is None else b"\n".join(lines[: end + 1])
