"""What takes an act back: each of its records as it was before, unless a later act stands on it."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from arctui.core.changes import Change
from arctui.core.decisions import Closing
from arctui.core.facts import Facts
from arctui.store.errors import BookConflictError, BookDamagedError, NothingToUndoError
from arctui.store.history_words import last_naming, last_touch, stands_on
from arctui.store.replica import get, record
from arctui.store.transactions import Step, Transaction


class Undoing(msgspec.Struct, frozen=True):
    """The act that is taken back, and the changes that do it."""

    of: Transaction
    changes: list[Change]


def undoing(by: str, latest: Iterable[Transaction], facts: Facts, path: Path) -> Undoing:
    """Return what takes back the last act of this clerk that is not undone yet. `latest`: all acts, the latest first.

    Raises NothingToUndoError, BookConflictError if a later act stands on it, BookDamagedError.
    """
    undone: set[int] = set()
    later: list[Transaction] = []
    for last in latest:
        if last.undoes:
            undone.add(last.undoes)
        elif last.by == by and last.number not in undone:
            in_the_way = last_naming(reversed(later), {s.id for s in last.steps if s.was is None})
            if in_the_way:
                raise BookConflictError(stands_on(last.act, in_the_way))
            found = (_reversed(step, last, later, facts, path) for step in reversed(last.steps))
            return Undoing(last, [change for change in found if change])
        later.append(last)
    raise NothingToUndoError("there is nothing of yours to undo")


def _reversed(step: Step, of: Transaction, later: list[Transaction], facts: Facts, path: Path) -> Change | None:
    """Return what takes a step back; None where it only mended a closing that others have mended since.

    What was owed on a closed day follows from the facts: the undoing mends it by what it changes itself.
    """
    now, was = record(path, step.table, step.now), record(path, step.table, step.was)
    if now is None and was is None:
        raise BookDamagedError(f"{path}: the history of '{of.act}' is damaged")
    known = get(facts, step)
    if known == now:
        return Change(before=now, after=was)
    if isinstance(now, Closing):
        if isinstance(was, Closing):
            return None
        if isinstance(known, Closing):
            return Change(before=known, after=None)
    raise BookConflictError(stands_on(of.act, last_touch(reversed(later), step.table, step.id)))
