"""What the history consists of: acts, each with every record as it was before and as it is after.

The history is chained: the hash of an act covers the act and the hash of the one before it, so that nothing in it can
be altered, taken out or put in afterwards without every later hash being another.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from arctui.core.changes import Change
from arctui.core.records import Record
from arctui.core.tables import TABLES


class Step(msgspec.Struct, frozen=True):
    """One record's change, as plain JSON values; None where there was, or is, no record."""

    table: str
    id: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None


class Transaction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An act in the history. `number` counts from 1; `undoes` is the number of the act that this one took back.

    `hash` is SHA-256 in hex over the hash of the act before and all other fields of this one.
    """

    number: int
    act: str
    at: datetime
    by: str
    steps: tuple[Step, ...]
    undoes: int | None = None
    hash: str = ""


def step_of(change: Change) -> Step:
    """Return a change as the history keeps it."""
    was, now = (msgspec.to_builtins(r) if r is not None else None for r in (change.before, change.after))
    return Step(change.record.TABLE, change.record.id, was, now)


def record_of(table: str, values: Mapping[str, Any] | None) -> Record | None:
    """Return the record that stands in a step. Raises KeyError for an unknown table, ValueError for bad values."""
    if values is None:
        return None
    try:
        return msgspec.convert(values, TABLES[table])
    except (msgspec.ValidationError, OverflowError) as error:
        raise ValueError(str(error)) from None


def changes_in(transaction: Transaction) -> list[Change]:
    """Return what an act changed. Raises KeyError, ValueError for steps of a damaged history."""
    return [
        Change(before=record_of(s.table, s.was), after=record_of(s.table, s.now))
        for s in transaction.steps
        if s.was is not None or s.now is not None
    ]


def chained(transaction: Transaction, head: str) -> Transaction:
    """Return an act linked to the history that ends in the hash `head`."""
    return msgspec.structs.replace(transaction, hash=hash_of(transaction, head))


def chain(history: Iterable[Transaction], origin: str) -> Iterator[Transaction]:
    """Link the acts of a history that was not chained yet; `origin` begins the chain."""
    head = origin
    for transaction in history:
        linked = chained(transaction, head)
        yield linked
        head = linked.hash


def hash_of(transaction: Transaction, head: str) -> str:
    """Return the hash that an act must have after the hash `head`."""
    bare = msgspec.structs.replace(transaction, hash="")
    return hashlib.sha256(head.encode() + msgspec.json.encode(bare)).hexdigest()


def chain_breaks(history: Iterable[Transaction], origin: str) -> Iterator[int]:
    """Return the numbers of the acts whose hash does not follow from the act before; `origin` begins the chain."""
    head = origin
    for transaction in history:
        if transaction.hash != hash_of(transaction, head):
            yield transaction.number
        head = transaction.hash
