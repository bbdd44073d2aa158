"""Which rows of a report are totals and titles, and whether its totals agree with what was read.

A row is told by the cells it fills, for a customer may be called "Total Fitness", "Current Electric" or "3000".
"""

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from arctui.core.money import total
from arctui.core.text import fold
from arctui.exchange.report import Item, Subtotal
from arctui.exchange.total_words import BEGIN, PART, PREFIX

_CURRENCY = re.compile(r"(?:Total|TOTAL)s?:? ([A-Z]{3})")
_WITH_CHILDREN = re.compile(r" with sub-?customers$", re.IGNORECASE)
#: So many rows that may be a total by their figure are none: then no further one is tried, each costs all items.
_MOST_MISSES = 100
_SHARE = re.compile(r"percent(?:s|age.*)?|% of total.*", re.IGNORECASE)


def begins_total(label: str) -> bool:
    """Does a label begin as that of a total does?"""
    return bool(BEGIN.match(fold(label)))


def is_share(label: str) -> bool:
    """Is this the label of a row of percentages?"""
    return bool(_SHARE.fullmatch(label))


def is_plain_subtotal(label: str) -> bool:
    """Is this label that of a total and of no customer?"""
    return bool(PART.fullmatch(fold(label)) or _CURRENCY.fullmatch(label))


def currency_of(label: str) -> str:
    """Return the currency whose total a label names, "" if it names none."""
    found = _CURRENCY.fullmatch(label)
    return found[1] if found else ""


def name_in(label: str) -> str:
    """Return whom or what a total is of: "Total for Birch" is of Birch."""
    return _WITH_CHILDREN.sub("", PREFIX.sub("", label, count=1))


class Totals:
    """The totals that a report states, each beside the sum of the items that it is of."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.found: list[Subtotal] = []
        self.grand: Decimal | None = None
        #: Was the label of the grand total seen, whatever it states?
        self.ended = False
        #: The row of a grand total of which nothing stands in the column that was read, 0 if there is none.
        self.unread = 0
        self._items = items
        #: Where the rows begin that the next total of a bucket adds up.
        self._bucket_from = 0
        #: Where those begin that followed the last total which only its figure told, and which of the totals it was.
        self._since = 0
        self._told = -1
        #: So many items were looked at; behind which of them all have a number or a date.
        self._looked_at = self._named_from = 0
        self._misses = 0

    def bucket(self) -> None:
        """A bucket's title: its items follow."""
        self._bucket_from = len(self._items)

    def of_bucket(self, row: int, name: str, stated: Decimal) -> None:
        """Keep the total of the bucket that was named last."""
        self._keep(row, name, stated, self._items[self._bucket_from :])
        self.bucket()

    def of_group(self, row: int, name: str, stated: Decimal, begin: int, currency: str = "") -> None:
        """Keep the total of a customer whose items begin at a place; `currency`: of those that are in it."""
        mine = [item for item in self._items[begin:] if item.currency == currency or not currency]
        self._keep(row, name, stated, mine, currency)

    def of_customer(self, row: int, name: str, stated: Decimal) -> None:
        """Keep the total of the customer whose rows stand just above, those of its jobs with them."""
        begin, key = len(self._items), name.casefold()
        while begin and (self._items[begin - 1].customer.casefold() + ":").startswith(key + ":"):
            begin -= 1
        self._keep(row, name, stated, self._items[begin:])

    def of_currency(self, row: int, currency: str, stated: Decimal) -> None:
        """Keep the total of one currency."""
        mine = [item for item in self._items if item.currency == currency]
        self.found.append(Subtotal(row=row, currency=currency, stated=stated, counted=total(map(value, mine))))

    def of_all(self, row: int, stated: Decimal) -> None:
        """Keep the grand total."""
        self.grand, self.ended = stated, True
        self.found.append(Subtotal(row=row, stated=stated, counted=total(map(value, self._items))))

    def by_figure(self, row: int, name: str, stated: Decimal, currency: str = "") -> bool | None:
        """Keep a total that its figure tells, of all items or of those since the last one; say whether it was one.

        None: it may be, but there is one item only, and no total before. A total is told from an item by what it has
        not: all that it adds up have a number or a date.
        """
        for place in range(self._looked_at, len(self._items)):
            item = self._items[place]
            if not (item.number or item.issued or item.due):
                self._named_from = place + 1
        self._looked_at = len(self._items)
        if not stated or self._misses >= _MOST_MISSES:
            return False
        for begin in sorted({0, self._bucket_from, self._since}):
            mine = self._items[begin:] if begin >= self._named_from else ()
            if currency:
                mine = [item for item in mine if item.currency == currency]
            if mine and total(map(value, mine)) == stated:
                if len(mine) == 1 and not self._since:
                    return None
                self._keep(row, name, stated, mine, currency)
                self._since = self._bucket_from = len(self._items)
                self._told = len(self.found) - 1 if not begin and not currency else -1
                return True
        self._misses += 1
        return False

    def close(self) -> None:
        """All rows are read: the total that its figure told last is the grand total, if it stands at the end."""
        if self.grand is None and self._told >= 0 and self._since == len(self._items):
            found = self.found[self._told] = msgspec.structs.replace(self.found[self._told], of="")
            self.grand, self.ended = found.stated, True

    def _keep(self, row: int, name: str, stated: Decimal, items: Sequence[Item], currency: str = "") -> None:
        counted = total(map(value, items))
        self.found.append(Subtotal(row=row, of=name, currency=currency, stated=stated, counted=counted))


def value(item: Item) -> Decimal:
    """Return what an item adds to the totals of its report: what is open, or its amount where only that is told."""
    return item.amount if item.balance is None else item.balance
