"""Words about other acts of the history: why an act cannot be undone. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from arctui.core.text import clean
from arctui.store.transactions import Transaction


def last_touch(later: Iterable[Transaction], table: str, record_id: str) -> Transaction | None:
    """Return the last of these transactions that touched a record; None if none did.

    `later`: those after the act in question, in their order. An act that was undone meanwhile, and its undoing, are
    named only where no other touched the record: together they left it as it was.
    """
    touching = [t for t in later if any(s.table == table and s.id == record_id for s in t.steps)]
    return next(reversed(_standing(touching) or touching), None)


def last_naming(later: Iterable[Transaction], ids: Set[str]) -> Transaction | None:
    """Return the last of these transactions that left a record which names one of these; None if none did.

    A record names its account and the invoices it is about. `ids`: the records that an undo would take away; those
    that name them would be left without. What was undone meanwhile left nothing.
    """
    naming = [t for t in _standing(later) if any(s.now and not ids.isdisjoint(_named(s.now)) for s in t.steps)]
    return next(reversed(naming), None)


def _standing(transactions: Iterable[Transaction]) -> list[Transaction]:
    """Leave out what was undone, and the undoing of it."""
    known = list(transactions)
    undone = {t.undoes for t in known if t.undoes}
    return [t for t in known if not t.undoes and t.number not in undone]


def _named(values: Mapping[str, Any]) -> Iterator[str]:
    account, invoices = values.get("account"), values.get("invoices")
    if isinstance(account, str):
        yield account
    if isinstance(invoices, list | tuple):
        yield from (i for i in invoices if isinstance(i, str))


def stands_on(act: str, later: Transaction | None) -> str:
    """Say that an act cannot be undone, and whose later act is in the way; None: one that is no act, an open call.

    What the clerk does not know yet comes first: a status line of 80 columns may cut the end.
    """
    if later is None:
        return f"cannot be undone: a later change stands on it: '{clean(act)}'"
    what = f"undoing of {later.act}" if later.undoes else later.act
    return f"cannot be undone: a later change by {clean(later.by)} stands on it ({clean(what)}): '{clean(act)}'"
