"""Reports with a row for each line of an invoice: rows of one number that are one item."""

import msgspec

from arctui.exchange.columns import Header, header_key
from arctui.exchange.gather import Gathered
from arctui.exchange.layouts.layout import Layout, Repeats
from arctui.exchange.report import Item
from arctui.exchange.table import Row

#: Columns that only the lines of an invoice have.
_OF_LINES = frozenset({
    "quantity", "qty", "itemname", "itemdescription", "lineamount", "linetotal", "unitamount", "unitprice",
    "itemprice", "rate", "inventoryitemcode", "lineitem", "linedescription", "productservice",
})  # fmt: skip


def decided(layout: Layout, header: Header, rows: tuple[Row, ...]) -> Repeats:
    """Return what rows of one number are: as the layout says, or as the columns and amounts of all rows show.

    Where there are columns of invoice lines, amounts that differ within one invoice are parts of it.
    """
    if layout.repeats is not Repeats.CLASH or not _OF_LINES & set(map(header_key, header.cells)):
        return layout.repeats
    figures: dict[tuple[str, str], str] = {}
    for row in rows:
        number = header.text(row, "number")
        name = (header.text(row, "customer") or header.text(row, "customer_number"), number)
        amount = header.text(row, "balance") or header.text(row, "amount")
        if number and figures.setdefault(name, amount) != amount:
            return Repeats.PARTS
    return Repeats.SAME


def joined(gathered: Gathered, item: Item, repeats: Repeats) -> bool:
    """Join a row with the item of its number that was read before; say whether there is one that it belongs to."""
    first = gathered.same_number(item)
    if first is None or not item.number or _others(first, item):
        return False
    if repeats is Repeats.PARTS:
        balance = None if first.balance is None or item.balance is None else first.balance + item.balance
        gathered.replace(first, msgspec.structs.replace(first, amount=first.amount + item.amount, balance=balance))
        return True
    return (first.amount, first.balance) == (item.amount, item.balance)


def _others(first: Item, item: Item) -> bool:
    """Do two rows differ in what all lines of an invoice have in common?"""
    return (first.issued, first.due, first.currency) != (item.issued, item.due, item.currency)
