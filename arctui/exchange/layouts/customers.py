"""Whose a row is: the customer in its column, above its items, or on the first of its rows."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from arctui.core.text import plural
from arctui.exchange.columns import Header
from arctui.exchange.gather import is_footer, is_grand_total
from arctui.exchange.layouts.layout import Customer, Layout
from arctui.exchange.layouts.totals import begins_total, name_in
from arctui.exchange.report import Item
from arctui.exchange.table import Row

_NUMBERED = re.compile(r"(\d{2,}) (.+)")
#: What a nested report puts behind a customer's name above what is its own and of no job.
_OWN = " - Other"
_FEW = 5


class Group(NamedTuple):
    """A customer whose rows are being read: its label, its full name and number, the place of its first item."""

    label: str
    name: str
    number: str
    begin: int


def split_number(text: str) -> tuple[str, str]:
    """Split `10001 Birch Works` into name and number; a text without a number in front has none."""
    found = _NUMBERED.fullmatch(text)
    return (found[2], found[1]) if found else (text, "")


class Customers:
    """The customers of one report, as its rows come."""

    def __init__(self, layout: Layout, header: Header, rows: tuple[Row, ...]) -> None:
        self.is_above = layout.customer is Customer.ABOVE
        self.last = ""
        self._layout = layout
        # Without a total below each name nothing tells whether the next one stands under it or after it.
        self._nested = layout.nested and _all_have_totals(rows)
        self._split = layout.split_customer
        self._open: list[Group] = []
        if self._split is None and _names_begin_with_number(layout, header, rows):
            self._split = split_number
        self._first_only = layout.customer is Customer.FIRST_ROW
        self._plain = not (self.is_above or self._first_only or self._split or layout.edit)
        self._last_number = ""

    def of(self, text: str, number: str, begin: int = 0) -> tuple[str, str]:
        """Return name and number of the customer of a row from its cells; ("", "") where none is known.

        `begin`: the place that the row's item will have.
        """
        if self._plain:
            self.last = text or number
            return self.last, number
        if self.is_above and self._open:
            return self._open[-1].name, number or self._open[-1].number
        if self._first_only and not (text or number):
            return self.last, self._last_number
        name, found = self._named(text or number, number)
        self.last, self._last_number = name, found
        if self._first_only and not self.is_open(text or number):
            self._open = [Group(text or number, name, found, begin)]
        return name, found

    def begin(self, label: str, begin: int) -> None:
        """A customer's name stands above its rows; in a nested report those above it that have no total yet go on."""
        name, number = self._named(label, "")
        if self._nested and self._open:
            parent = self._open[-1].name
            if name == f"{parent}{_OWN}":
                name = parent
            elif not name.startswith(f"{parent}:"):
                name = f"{parent}:{name}"
        else:
            self._open.clear()
        self._open.append(Group(label, name, number, begin))
        self.last = name

    def is_open(self, label: str) -> bool:
        """Does a total's label name a customer whose rows stand above it?"""
        return self.group(label) is not None

    def group(self, label: str) -> Group | None:
        """Return the customer that a total's label names, if its rows stand above it."""
        return next((group for group in self._open if _is_of(group, label)), None)

    def end(self, label: str) -> Group | None:
        """A customer's total ends it and what stands under it: the one of a label, "" for the last."""
        while self._open:
            group = self._open.pop()
            if not label or _is_of(group, label):
                return group
        return None

    def _named(self, text: str, number: str) -> tuple[str, str]:
        if self._layout.edit:
            text = self._layout.edit("customer", text)
        if self._split:
            name, found = self._split(text)
            return name, number or found
        return text, number


def _all_have_totals(rows: tuple[Row, ...]) -> bool:
    """Does the total of each name that stands above rows follow, the one of the last name first?"""
    names: list[str] = []
    for row in rows:
        filled = row.filled()
        label = row.cells[filled[0]]
        if len(filled) > 1 and not begins_total(label):
            continue
        if names and name_in(label).casefold() == names[-1] and begins_total(label):
            names.pop()
        elif is_grand_total(label) or is_footer(row):
            continue
        elif len(filled) == 1:
            names.append(label.casefold())
        else:
            return False
    return not names


def _is_of(group: Group, label: str) -> bool:
    """Is this the name of a customer, or its number where that is told?"""
    return bool(label) and label.casefold() in (group.label.casefold(), group.number.casefold())


def _names_begin_with_number(layout: Layout, header: Header, rows: tuple[Row, ...]) -> bool:
    """Say whether customers are written as `10001 Name`: all of them, where the layout or an id beside expects it."""
    told = layout.numbered or "internal id" in map(str.casefold, header.cells)
    if not told or "customer_number" in header.columns:
        return False
    labels = [label for row in rows if (label := header.text(row, "customer")) and not is_grand_total(label)]
    names = [name_in(label) if begins_total(label) else label for label in labels]
    return bool(names) and all(_NUMBERED.fullmatch(name) for name in names)


def one_name_a_number(items: Sequence[Item]) -> tuple[list[Item], tuple[str, ...]]:
    """Return the items with one name a customer's number, that of what is open, and a note on numbers of several."""
    names: dict[str, list[str]] = {}
    for item in items:
        if item.customer_number:
            known = names.setdefault(item.customer_number, [])
            if item.customer not in known:
                known.append(item.customer)
    several = {number: called for number, called in names.items() if len(called) > 1}
    if not several:
        return list(items), ()
    opened = {
        i.customer_number: i.customer for i in reversed(items) if i.balance != 0 and i.customer_number in several
    }
    told = "; ".join(f"{number} ({', '.join(called)})" for number, called in list(several.items())[:_FEW])
    note = f"{plural(len(several), 'customer number has', 'customer numbers have')} more than one name: {told}"
    return [
        msgspec.structs.replace(i, customer=opened[i.customer_number])
        if i.balance == 0 and i.customer_number in opened
        else i
        for i in items
    ], (note,)
