"""What a layout is: a kind of export, declared as data, with small hooks for what is odd about it.

A new layout is a module beside this one that declares it, and a line in `layouts/__init__.py`. Whatever is unlike a
plain table is turned into one by `reshape`: one header row, one row an item; all the rest is done by the readers.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import NamedTuple

import msgspec

from arctui.exchange.columns import Fields, Header, find_header, key_places
from arctui.exchange.report import ReportKind
from arctui.exchange.status_words import DEAD, PARTLY, SETTLED, VOID
from arctui.exchange.table import Row, Table


class Customer(Enum):
    """Where the customer of a row stands."""

    ON_ROW = auto()
    #: On a row of its own above the items (or its name alone with totals beside it).
    ABOVE = auto()
    #: On the first of a customer's rows only.
    FIRST_ROW = auto()


class Repeats(Enum):
    """What several rows of one customer with the same number are."""

    #: The same item by mistake, or two that clash: the first counts, the rest is listed as skipped.
    CLASH = auto()
    #: The lines of one invoice, each with the figures of the whole invoice: they count once.
    SAME = auto()
    #: The lines of one invoice, each with its own part of the amount: they add up.
    PARTS = auto()


#: Reads the text of a field on one row, "" where there is none.
Text = Callable[[str], str]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of export. `name` is what `--layout` takes, `system` the product, `title` the report's name in it.

    A file has this layout if one of its upper rows names all fields of `needs` (by the names in `fields`), all
    columns of `marks` and none of `without` (both as `header_key` writes them), a title line says `titled` where that
    is given, and `suits` does not say no. `reads_header` says more of which header row is the right one. `reshape`
    returns the table as a plain one, None if it is another layout's; `takes` are the columns that it reads itself, by
    the fields that they become.

    `several` are all columns of a field that may have more than one (phone, email, address).

    `nested`: customers stand under others ("Parent", then "Child"), if each name has its total below.
    `is_subtotal` tells a total that bears no label, which is of the customer whose rows stand above.
    `settled` are the status words of what is paid, `dead` of what is not owed, those of `void` for ever (all case
    folded).
    `ends_with_total`: such a report always ends with its grand total; one without it was cut off.
    `of_workbook`: the report is spread over several sheets, so the one that it begins on is not asked for.
    `credits_positive`: credits have no minus sign, only their kind tells them.
    `partly` are the status words of what is paid in part, where the report does not say how much.
    `split_customer` parts a customer's cell into name and number; `numbered`: all may begin with their number, and
    then it is parted from the name. `kinds` are the report's own words for what a row is, case folded, and ours.
    `due_from_age`: days past due stand in the field `age`, and no due date.
    `edit` changes the text of a field before it is read ("10001 Birch" to "Birch").
    `may_list`: it may hold what is paid as well, and if it does, it is no report of open items but an invoice list.
    `note` is what the clerk should know of every report of this kind. `refuses` says of a report in which nothing can
    be read what to export instead.
    """

    name: str
    system: str
    title: str
    kind: ReportKind
    fields: Fields
    needs: frozenset[str]
    marks: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    titled: str = ""
    suits: Callable[[Table, Header], bool] | None = None
    reshape: Callable[[Table], Table | None] | None = None
    takes: Fields = msgspec.field(default_factory=dict)
    several: Fields = msgspec.field(default_factory=dict)
    customer: Customer = Customer.ON_ROW
    nested: bool = False
    repeats: Repeats = Repeats.CLASH
    is_subtotal: Callable[[Text], bool] | None = None
    settled: frozenset[str] = SETTLED
    dead: frozenset[str] = DEAD
    void: frozenset[str] = VOID
    ends_with_total: bool = False
    partly: frozenset[str] = PARTLY
    of_workbook: bool = False
    credits_positive: bool = False
    due_from_age: bool = False
    edit: Callable[[str, str], str] | None = None
    split_customer: Callable[[str], tuple[str, str]] | None = None
    numbered: bool = False
    kinds: Mapping[str, str] = msgspec.field(default_factory=dict)
    reads_header: Callable[[dict[str, int], tuple[str, ...]], bool] | None = None
    may_list: bool = False
    note: str = ""
    refuses: str = ""

    @property
    def words(self) -> str:
        """The layout in words: "QuickBooks Online: A/R Aging Detail"."""
        return f"{self.system}: {self.title}" if self.system else self.title


class Found(NamedTuple):
    """A layout that fits a file: the table as the readers take it, and its header."""

    layout: Layout
    table: Table
    header: Header
    #: The table as the file has it, where it was reshaped.
    original: Table | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the header. Raises ReportError if there are none."""
        return self.header.data(self.table)


def find(layout: Layout, table: Table) -> Found | None:
    """Return how a file has this layout, None if it has not."""
    plain = layout.reshape(table) if layout.reshape else table
    if plain is None:
        return None
    header = find_header(plain, layout.fields, lambda columns, cells: _complete(layout, columns, cells))
    if header is None:
        return None
    if layout.titled and not says(header.above(plain), layout.titled):
        return None
    if layout.suits and not layout.suits(plain, header):
        return None
    return Found(layout, plain, _with_several(header, layout.several), table)


def _with_several(header: Header, several: Fields) -> Header:
    if not several:
        return header
    places = key_places(header.cells)
    columns, more = dict(header.columns), list(header.more)
    for field, names in several.items():
        found = [places[name] for name in names if name in places]
        more += [(field, place) for place in found if columns.setdefault(field, place) != place]
    return header._replace(columns=columns, more=tuple(more))


def says(title: tuple[Row, ...], words: str) -> bool:
    """Do the title lines say this (without regard to case)?"""
    return any(words in cell.casefold() for row in title for cell in row.cells)


def _complete(layout: Layout, columns: dict[str, int], cells: tuple[str, ...]) -> bool:
    if not columns.keys() >= layout.needs:
        return False
    if layout.reads_header and not layout.reads_header(columns, cells):
        return False
    if not (layout.marks or layout.without):
        return True
    keys = key_places(cells).keys()
    return keys >= set(layout.marks) and keys.isdisjoint(layout.without)
