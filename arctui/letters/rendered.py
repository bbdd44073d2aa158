"""A letter before it is set on paper, in a terminal or in an email: its subject and its parts in order."""

import msgspec


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of running text, without line breaks of its own."""

    text: str


class Lines(msgspec.Struct, frozen=True):
    """Lines that stand one below the other as they are: where to pay, an arithmetic, a greeting with its name."""

    lines: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows below a head. `right` tells for each column whether it stands to the right; `sums` stand below a rule."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    sums: tuple[tuple[str, ...], ...] = ()


Part = Paragraph | Lines | Table


class Rendered(msgspec.Struct, frozen=True):
    """A letter's subject, in one line, and its parts. The signature is the paper's."""

    subject: str
    parts: tuple[Part, ...]
