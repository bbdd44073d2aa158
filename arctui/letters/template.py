"""The templates of letters: ours, the firm's own in their place, and a letter made from one.

A template is text. Its first line is `Subject: ...`; blank lines stand between paragraphs; a line `[invoices]` stands
for a block; a line that begins with `> ` stands as a line of its own. Names stand in {{ }}, as in Jinja2, of which
only what `letters.template_names` allows may be used. What an account's data says is never read as a part of one.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui.core.letter_records import LetterKind
from arctui.core.letter_values import LetterValues, PaymentLine
from arctui.core.text import clean
from arctui.letters.rendered import Lines, Paragraph, Part, Rendered, Table

if TYPE_CHECKING:
    from jinja2 import Template as Compiled

#: A letter is a page or two; what is larger is none.
MOST_SOURCE = 50_000
MOST_TEXT = 200_000
_SUBJECT = "Subject:"
# Marks that no data can bring, as `clean` takes control characters away: a block, a line, a line of tags only.
_BLOCK, _LINE, _TAGS = "\x02", "\x03", "\x04"
_BLOCK_LINE = re.compile(r"[ \t]*\[([^\[\]{}]*)\][ \t]*")
_TAG_LINE = re.compile(r"(?:\{%(?:[^%]|%(?!\}))*%\}|\{#(?:[^#]|#(?!\}))*#\}|[ \t])+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a template; `line` is 0 where none is to blame."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


class TemplateError(ValueError):
    """A template that no letter can be made from; `problems` has all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


class Template(msgspec.Struct, frozen=True):
    """A template as it was read: `source` is its file, "" for ours; `digest` the SHA-256 of the text in hex."""

    kind: LetterKind
    source: str
    text: str
    digest: str

    @property
    def name(self) -> str:
        """What it is called where something is wrong with it."""
        return self.source or file_name(self.kind)


def file_name(kind: LetterKind) -> str:
    """Return the name of a kind's template: "final-demand.txt"."""
    return f"{kind.replace(' ', '-')}.txt"


def templates(folder: Path | None) -> Mapping[LetterKind, Template]:
    """Return the template of each kind: the firm's own in a folder where it has one, else ours.

    A folder that is not there has none. Raises TemplateError for a file that cannot be read.
    """
    found = {kind: standard(kind) for kind in LetterKind}
    for kind in LetterKind:
        path = folder / file_name(kind) if folder else None
        if path and os.path.lexists(path):
            found[kind] = read(kind, path)
    return found


@lru_cache
def standard(kind: LetterKind) -> Template:
    """Return the template of a kind that comes with the program."""
    from importlib import resources  # not before a letter is written

    file = resources.files("arctui.letters").joinpath("templates", file_name(kind))
    return _template(kind, "", file.read_text(encoding="utf-8"))


def read(kind: LetterKind, path: Path) -> Template:
    """Read a firm's own template. Raises TemplateError."""
    try:
        if path.exists() and not path.is_file():
            raise ValueError("this is no file")
        with path.open("rb") as file:
            content = file.read(MOST_SOURCE + 1)
        if len(content) > MOST_SOURCE:
            raise ValueError(f"this is too large for a letter: at most {MOST_SOURCE:,} bytes")
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TemplateError([Problem(str(path), line, "this is no text in UTF-8")]) from None
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise TemplateError([Problem(str(path), 0, why)]) from None
    except ValueError as error:
        raise TemplateError([Problem(str(path), 0, str(error))]) from None
    return _template(kind, str(path), text)


def _template(kind: LetterKind, source: str, text: str) -> Template:
    return Template(kind, source, text, hashlib.sha256(text.encode()).hexdigest())


def render(template: Template, values: LetterValues) -> Rendered:
    """Make a letter from a template, whole or not at all. Raises TemplateError."""
    from arctui.letters.template_run import run

    text = run(_prepared(template), values)
    subject, _, rest = text.partition("\n")
    subject = clean(subject.removeprefix(_SUBJECT))
    if not subject:
        raise TemplateError([Problem(template.name, 1, "the subject is empty")])
    parts = tuple(_parts(rest, values, template))
    if not parts:
        raise TemplateError([Problem(template.name, 0, "the letter is empty")])
    return Rendered(subject, parts)


# Reading a template


class Prepared(msgspec.Struct, frozen=True):
    """A template that may be run: what is called, and its compiled text."""

    name: str
    compiled: "Compiled"


def problems(template: Template) -> tuple[Problem, ...]:
    """Return what is wrong with a template, whatever the letter says."""
    try:
        _prepared(template)
    except TemplateError as error:
        return error.problems
    return ()


@lru_cache(maxsize=64)
def _prepared(template: Template) -> Prepared:
    """Read and compile a template, once for all letters of a batch. Raises TemplateError."""
    from arctui.letters.template_run import compiled

    wrong = list(_wrong_lines(template))
    if wrong:
        raise TemplateError(wrong)
    return Prepared(template.name, compiled(template.name, _marked(template.text)))


def _wrong_lines(template: Template) -> Iterator[Problem]:
    """Find what is wrong with the form of a template."""
    from arctui.letters.template_names import nearest

    lines = template.text.split("\n")
    if not lines[0].startswith(_SUBJECT):
        yield Problem(template.name, 1, f"a letter begins with a line '{_SUBJECT} ...'")
    elif not lines[0].removeprefix(_SUBJECT).strip():
        yield Problem(template.name, 1, "the subject is empty")
    elif len(lines) > 1 and lines[1].strip():
        yield Problem(template.name, 2, "a blank line stands below the subject")
    if len(template.text) > MOST_SOURCE:
        yield Problem(template.name, 0, f"this is too large for a letter: at most {MOST_SOURCE:,} characters")
    for number, line in enumerate(lines, 1):
        if _CONTROL.search(line):
            yield Problem(template.name, number, "there is a control character in this line")
        block = _BLOCK_LINE.fullmatch(line)
        if block and block[1].strip() not in BLOCKS:
            yield Problem(template.name, number, f"there is no block [{block[1].strip()}]{nearest(block[1], BLOCKS)}")


def _marked(text: str) -> str:
    """Mark in a template what is its form, line for line, before any data comes in."""
    return "\n".join(map(_marked_line, text.split("\n")))


def _marked_line(line: str) -> str:
    if block := _BLOCK_LINE.fullmatch(line):
        return f"{_BLOCK}{block[1].strip()}"
    if line.startswith(">"):
        return f"{_LINE}{line[1:].lstrip()}"
    if line.strip() and _TAG_LINE.fullmatch(line):
        # Such a line leaves no line in the letter.
        return f"{line.strip()}{_TAGS}"
    return line


# The parts of a letter


def _parts(text: str, values: LetterValues, template: Template) -> Iterator[Part]:
    blocks: set[str] = set()
    running: list[str] = []
    standing: list[str] = []

    def ended() -> Iterator[Part]:
        if running:
            yield Paragraph(" ".join(running))
        if standing:
            yield Lines(tuple(standing))
        running.clear()
        standing.clear()

    for line in text.replace(f"{_TAGS}\n", "").replace(_TAGS, "").split("\n"):
        shown = clean(line)
        if line.startswith(_LINE):
            if running:
                yield from ended()
            if shown:
                standing.append(shown)
        elif line.startswith(_BLOCK) or not shown:
            yield from ended()
            if shown in blocks:
                raise TemplateError([_twice(template, shown)])
            if shown:
                blocks.add(shown)
                yield from BLOCKS[shown](values)
        else:
            if standing:
                yield from ended()
            running.append(shown)
    yield from ended()


def _twice(template: Template, block: str) -> Problem:
    """Tell of a block that would stand twice in a letter, at the last line that asks for it."""
    lines = enumerate(map(_marked_line, template.text.split("\n")), 1)
    line = max(number for number, marked in lines if marked == f"{_BLOCK}{block}")
    return Problem(template.name, line, f"the block [{block}] would stand twice in the letter")


def _invoices(values: LetterValues) -> Iterator[Part]:
    """The invoices, a table for each currency with its sums."""
    for code in dict.fromkeys([i.currency for i in values.invoices] + [s.currency for s in values.sums]):
        rows = [i for i in values.invoices if i.currency == code]
        sums = [s for s in values.sums if s.currency == code]
        partly = any(i.amount != i.open for i in rows)
        head = ("Invoice", "Issued", "Due", "Days late", "Amount", "Disputed", f"Open, {code}" if code else "Open")
        cells = [
            (
                i.number,
                i.issued,
                i.due,
                str(i.days_late or ""),
                # Where all of each is open, the last column says it.
                i.amount if partly else "",
                i.disputed,
                i.open,
            )
            for i in rows
        ]
        if rows:
            yield _table(head, 3, cells, [(s.words, *[""] * 5, s.amount) for s in sums])
        elif sums:
            yield _table(("", f"Amount, {code}" if code else "Amount"), 1, [(s.words, s.amount) for s in sums])


def _paid(payments: tuple[PaymentLine, ...]) -> Iterator[Part]:
    if payments:
        yield _table(("Day", "How", "For", "Amount"), 3, [(p.day, p.method, p.about, p.amount) for p in payments])


def _table(
    head: tuple[str, ...], figures: int, rows: Sequence[tuple[str, ...]], sums: Iterable[tuple[str, ...]] = ()
) -> Table:
    """Make a table without the columns that are empty; those from `figures` on stand to the right."""
    last = len(head) - 1
    kept = [n for n in range(len(head)) if n in (0, last) or any(row[n] for row in rows)]
    return Table(
        head=tuple(head[n] for n in kept),
        right=tuple(n >= figures for n in kept),
        rows=tuple(tuple(clean(row[n]) for n in kept) for row in rows),
        sums=tuple(tuple(clean(row[n]) for n in kept) for row in sums),
    )


def _lines(lines: Iterable[str]) -> Iterator[Part]:
    kept = tuple(filter(None, map(clean, lines)))
    if kept:
        yield Lines(kept)


#: What a line in square brackets stands for; nothing where a letter has none of it.
BLOCKS: dict[str, Callable[[LetterValues], Iterator[Part]]] = {
    "invoices": _invoices,
    "payments": lambda values: _paid(values.payments),
    "plan": lambda values: _paid(values.agreed),
    "interest": lambda values: _lines(values.arithmetic),
    "remittance": lambda values: _lines(values.remittance),
    "earlier": lambda values: _lines(values.earlier),
    "remarks": lambda values: _lines(values.remarks),
}
