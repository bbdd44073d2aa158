"""How a table is read that no layout knows: by the firm's own layout, by a guess, by what the clerk says.

Owns which of these decides. Must not know how a row is read.
"""

from typing import NamedTuple

import msgspec

from arctui.exchange.fields import NEEDED, NEEDED_WORDS, SEVERAL
from arctui.exchange.guess import Guess, column_names, guess, places_told, refused, settled_kind
from arctui.exchange.own_layouts import known_by
from arctui.exchange.report import Mapping, ReadOptions, Reason, Report, ReportError, ReportKind
from arctui.exchange.table import Table

#: A table with so many rows is read whole while its columns are chosen, in less than 0.3 seconds; of a longer one
#: the first rows only.
WHOLE_ROWS = 20_000
FIRST_ROWS = 2_000
_GUESSED = Reason("columns", "told by known names, with values that agree")
_SAID = Reason("columns", "as you say, the others by known names with values that agree")


class NeedsMappingError(ReportError):
    """What the columns of a table mean is not certain; the message says what is not, and how to say it.

    `guess` is what a screen may ask about.
    """

    def __init__(self, message: str, table: Table, guess: Guess) -> None:
        super().__init__(message)
        self.table = table
        self.guess = guess


class Preview(msgspec.Struct, frozen=True):
    """A table as a mapping reads it: the report, else the problem; `rows`: only the first so many (0: all)."""

    report: Report | None
    problem: str = ""
    rows: int = 0


class Mapped(NamedTuple):
    """How a table is to be read, and why so."""

    mapping: Mapping
    reasons: tuple[Reason, ...] = ()


def mapping_for(table: Table, options: ReadOptions) -> Mapped:
    """Say how a table is to be read: as `options.mapping` says, else by an own layout, else by a guess.

    What `options.columns` says counts for more than either. Raises NeedsMappingError where that is not certain,
    ReportError for a column or a field that is none.
    """
    if options.mapping is not None:
        if options.mapping.header >= len(table.rows):
            raise ReportError("the file is another one than its columns were chosen for: open it again")
        return Mapped(options.mapping)
    known = known_by(table, options)
    if known is None:
        made = first_guess(table, options)
        if not made.certain:
            raise NeedsMappingError(refused(made, options), table, made)
        return Mapped(made.mapping, (_SAID if options.columns else _GUESSED,))
    mapping = known.mapping
    for place, field in places_told(table, options.columns)[1].items():
        mapping = msgspec.structs.replace(corrected(mapping, place, field), name="")
    return Mapped(with_options(mapping, options), known.reasons)


def mapping_before(table: Table, options: ReadOptions) -> Mapped | None:
    """Return the mapping that counts for more than any known layout: what the clerk says, or an own layout.

    Raises as `mapping_for` does.
    """
    if options.mapping is not None or options.columns or known_by(table, options):
        return mapping_for(table, options)
    return None


def first_guess(table: Table, options: ReadOptions) -> Guess:
    """Return the guess with what the options say, certain or not. Raises ReportError as `mapping_for` does."""
    kind = ReportKind.PAYMENTS if options.payments else None
    place, told = places_told(table, options.columns)
    made = guess(table, told, kind=kind, header=place)
    return msgspec.structs.replace(made, mapping=with_options(made.mapping, options))


def look(table: Table, options: ReadOptions) -> Guess:
    """Return what the columns of any table would be taken for, to be looked at: by an own layout, else guessed."""
    known = known_by(table, options)
    if known is None or options.columns:
        return first_guess(table, options)
    mapping = with_options(known.mapping, options)
    names = column_names(table.rows[mapping.header].cells if mapping.header >= 0 else (), len(mapping.fields))
    whys = tuple(f"your layout '{known.layout.name}'" if field else "not used" for field in mapping.fields)
    return Guess(mapping=mapping, names=names, whys=whys, certain=True)


def with_options(mapping: Mapping, options: ReadOptions) -> Mapping:
    """Return a mapping with the order of dates, and the mark before the cents, that the options say."""
    return msgspec.structs.replace(
        mapping,
        month_first=mapping.month_first if options.month_first is None else options.month_first,
        decimal_mark=options.decimal_told or mapping.decimal_mark,
    )


def corrected(mapping: Mapping, place: int, field: str) -> Mapping:
    """Give a column another field, "" to leave it out; the column that was the field before is left out."""
    fields = list(mapping.fields) + [""] * (place + 1 - len(mapping.fields))
    if field and field not in SEVERAL:
        fields = ["" if other == field else other for other in fields]
    fields[place] = field
    return msgspec.structs.replace(mapping, fields=tuple(fields), kind=settled_kind(mapping.kind, fields))


def preview(table: Table, mapping: Mapping, options: ReadOptions) -> Preview:
    """Read a table, or its first rows if it is long, as a mapping says."""
    from arctui.exchange.layouts.mapped import read_mapped

    rows = table.rows
    part = FIRST_ROWS if len(rows) > WHOLE_ROWS else 0
    if part:
        table = table._replace(rows=rows[: max(0, mapping.header) + 1 + part])
    lacking = missing(mapping)
    if lacking:
        return Preview(None, lacking, part)
    try:
        return Preview(read_mapped(table, mapping, options), "", part)
    except ReportError as error:
        return Preview(None, str(error), part)


def missing(mapping: Mapping) -> str:
    """Say what a mapping cannot be read without, "" if it has all that is needed."""
    lacking = [group for group in NEEDED[mapping.kind] if not set(group) & set(mapping.fields)]
    if not lacking:
        return ""
    return "choose a column for " + ", for ".join(f"{NEEDED_WORDS[g[0]]} ({' or '.join(g)})" for g in lacking)
