"""An import that is waited for, and when what was merged may be committed.

Merging looks at the facts as they are. What another session committed since may be the very same file: then it is
merged again over the facts that hold now, so that nothing comes into the book twice.
"""

import traceback
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.calls import Call
from arctui.core.changes import Change
from arctui.core.decisions import Closing
from arctui.core.drafts import Draft
from arctui.core.facts import Facts
from arctui.core.records import Activity, Dispute, FollowUp
from arctui.core.text import clean
from arctui.desk.collecting import uncollected
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.importing import ImportOptions, ImportSummary, merge_file, read_file
from arctui.exchange.progress import Cancelled, Progress
from arctui.exchange.report import ReportError
from arctui.store import BookConflictError, BookError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: So often a file is merged again because others changed the book meanwhile.
TRIES = 5
#: What a clerk's own acts consist of: merging does not look at it.
_BESIDE_THE_POINT = (Activity, Call, Dispute, Draft, FollowUp, Closing)


def matters(changes: Iterable[Change]) -> bool:
    """Is there anything among these changes that merging looks at?"""
    return not all(isinstance(change.record, _BESIDE_THE_POINT) for change in changes)


def failure_of(error: Exception, path: Path) -> Exception:
    """Return an error of the program itself as one sentence about the file; any other as it is."""
    if isinstance(error, (Cancelled, ReportError, DeskError, BookError)):
        return error
    where = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" in line {frame.lineno} of {Path(frame.filename).name}" for frame in where)
    what = clean(f"{type(error).__name__}{place}: {error}").rstrip(": ")
    unread = ReportError(
        f"{clean(path.name)} made the program fail ({what}), nothing was changed: "
        "give the file to whoever looks after the program"
    )
    unread.__cause__ = error
    return unread


def import_here(desk: "Desk", path: Path, options: ImportOptions, progress: Progress) -> ImportSummary:
    """Read a file, merge it and commit what it changes.

    Raises ReportError, NeedsConsentError, BookError, and Cancelled where `progress` says so; then nothing is changed.
    """
    desk.refresh()
    facts = desk.book.facts
    with uncollected():
        read = read_file(facts, path, options, desk.policy, progress)
        tries = 1
        while True:
            over = facts.snapshot()
            prepared = merge_file(facts, read, desk.policy, desk.rules.moment, desk.clerk, new_id, progress)
            if not prepared.changes or options.dry_run:
                return prepared.summary
            progress.settling()
            try:
                desk.commit(prepared.act, prepared.changes, typed=False, stale=partial(_is_stale, facts, over))
            except BookConflictError:
                if tries == TRIES:
                    raise
                tries += 1
                desk.refresh()
            else:
                return prepared.summary


def _is_stale(facts: Facts, merged_over: Facts) -> bool:
    return matters(facts.since(merged_over))
