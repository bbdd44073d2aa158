"""Which invoices a line names: by number, whole and in any case.

A number with letters and figures in it is always the invoice. One of figures alone may be a day or an amount, and is
one, unless `#` or `inv` stands before it.
"""

import re
from collections.abc import Iterable, Sequence

from arctui.core.capture.reading import OpenInvoice, ProblemError, Situation
from arctui.core.ledger import OpenItem
from arctui.core.money import ZERO
from arctui.core.text import fold

#: An invoice number stands behind these words.
INVOICE_WORDS = frozenset({"inv", "inv.", "invoice", "invoices"})
_LISTED = 4
_MOST_WORDS = 3
_EDGES = ".,:;"
_FEWEST_FIGURES = 3


def open_invoices(items: Iterable[OpenItem], currency: str) -> dict[str, OpenInvoice]:
    """Return what a line may name of open items: those in one currency, by number."""
    found: dict[str, OpenInvoice] = {}
    for item in items:
        number = item.invoice.number
        if not number or item.open <= 0 or item.invoice.currency != currency:
            continue
        undisputed = item.open - item.disputed
        same = found.get(number) or OpenInvoice(open=ZERO, undisputed=ZERO, free=ZERO)
        found[number] = OpenInvoice(
            open=same.open + item.open,
            undisputed=same.undisputed + undisputed,
            free=same.free + undisputed - item.promised,
            asked=same.asked + item.collectable,
            ids=(*same.ids, item.invoice.id),
        )
    return found


def take_invoices(tokens: Sequence[str], situation: Situation, found: list[str]) -> int:
    """Take the invoice numbers that the tokens begin with; return how many words they took, 0 if there are none.

    Raises ProblemError for a number marked as an invoice's of which none is open.
    """
    word = tokens[0]
    if fold(word) in INVOICE_WORDS and len(tokens) > 1:
        used = 1 + _marked(tokens[1:], situation, found)
        while fold(word) == "invoices" and used < len(tokens) and (more := _known(tokens[used:], situation)):
            found.append(more[0])
            used += more[1]
        return used
    if word.startswith("#") and len(word) > 1:
        return _marked(tokens, situation, found)
    known = _known(tokens, situation)
    if known and is_unmistakable(known[0]):
        found.append(known[0])
        return known[1]
    return 0


def is_unmistakable(number: str) -> bool:
    """Has a number both letters and figures, so that it is no amount, day or name?"""
    return any(c.isdigit() for c in number) and any(c.isalpha() for c in number)


def looks_like_invoice(word: str, situation: Situation) -> bool:
    """Is a word built like an invoice's number, by those that are open or by letters before three figures or more?"""
    bare = word.strip(_EDGES)
    if not is_unmistakable(bare):
        return False
    figures = sum(map(str.isdigit, bare)) >= _FEWEST_FIGURES and bare[0].isalpha()
    return figures or any(_built(bare) == _built(number) for number in situation.invoices)


def _built(number: str) -> str:
    return re.sub("a+", "a", re.sub(r"[^\W\d_]", "a", re.sub(r"\d+", "0", number)))


def not_open(number: str, situation: Situation) -> str:
    """Say that no such invoice is open, and which are."""
    numbers = list(situation.invoices)
    more = f" and {len(numbers) - _LISTED} more" if numbers[_LISTED:] else ""
    open_ones = f"; open: {shown(numbers[:_LISTED])}{more}" if numbers else ""
    return f"no invoice {number} is open{open_ones}"


def shown(numbers: Iterable[str]) -> str:
    """Write invoice numbers as a line may name them: `B-1041, #15`."""
    return ", ".join(n if is_unmistakable(n) else f"#{n}" for n in numbers)


def _known(tokens: Sequence[str], situation: Situation) -> tuple[str, int] | None:
    """Return the open invoice whose number the tokens begin with, and its count of words."""
    for length in range(min(_MOST_WORDS, len(tokens)), 0, -1):
        number = situation.number(" ".join(tokens[:length]).strip(_EDGES))
        if number:
            return number, length
    return None


def _marked(tokens: Sequence[str], situation: Situation, found: list[str]) -> int:
    known = _known([tokens[0].lstrip("#"), *tokens[1:]], situation) or _known(tokens, situation)
    if known is None:
        raise ProblemError(not_open(tokens[0].lstrip("#"), situation))
    found.append(known[0])
    return known[1]
