"""The confirmation of what was agreed: its text, for the last agreement or a call that goes on, and its file."""

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core.calls import Call
from arctui.core.facts import Dossier
from arctui.core.records import FollowUp, FollowUpKind
from arctui.core.standing import Standing
from arctui.core.text import clean
from arctui.desk.call_steps import CallSteps
from arctui.desk.errors import DeskError
from arctui.letters.confirmation import Agreement, Confirmation, confirmation
from arctui.playbook import walk
from arctui.store import files, rights

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: So much of an account's number or name stands in a file's name.
_LONGEST_NAME = 40


class Confirming:
    """Confirmations of agreements."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def text(self, account: str, call: Call | None = None) -> Confirmation:
        """Return the confirmation of what is agreed in an open call, else of the last agreement that stands.

        Raises DeskError if nothing was agreed.
        """
        desk = self._desk
        if call:
            agreed, dossier, standing = self._in_call(call)
        else:
            dossier, standing = desk.dossier(account), desk.standing(account)
            agreed = _last(dossier, standing, desk.today)
        if agreed.empty:
            where = "in this call yet" if call else "on this account that is still to come"
            raise DeskError(f"nothing was agreed {where}: there is nothing to confirm")
        return confirmation(agreed, dossier, standing, desk.rules, desk.clerk)

    def _in_call(self, call: Call) -> tuple[Agreement, Dossier, Standing]:
        desk = self._desk
        before = desk.dossier(call.account)
        dossier, standing = CallSteps(desk, desk.calls.playbook).lines(call).after
        known = {r.id for r in (*before.promises, *before.followups, *before.disputes)}
        agreed = Agreement(
            day=desk.today,
            person=walk.person(call),
            inbound=call.inbound,
            promises=tuple(p for p in dossier.promises if p.id not in known and not p.superseded_by),
            callbacks=tuple(f for f in dossier.followups if f.id not in known and _is_agreed(f)),
            disputes=tuple(d for d in dossier.disputes if d.id not in known),
        )
        return agreed, dossier, standing

    def write(self, account: str, text: Confirmation) -> Path:
        """Write a confirmation to a new file in the folder beside the book; return its path.

        That it was written is the caller's to note (`written`): in the open call, or in the account's file. Raises
        DeskError, BookError.
        """
        folder = documents(self._desk.book.path)
        record = self._desk.dossier(account).account
        name = f"{_file_name(record.number or record.name)} confirmation {self._desk.today}"
        try:
            rights.make_folder(folder)
        except OSError as error:
            raise rights.explain(error, folder, "made") from error
        with files.locked(folder):
            path, number = folder / f"{name}.txt", 1
            while os.path.lexists(path):
                number += 1
                path = folder / f"{name} ({number}).txt"
            files.replace_whole(path, text.whole.encode())
        return path


def documents(book: Path) -> Path:
    """Return where the documents of a book lie that were written or attached."""
    return book.with_name(f"{book.name}.documents")


def written(path: Path) -> str:
    """Return the note of a confirmation that was written to a file."""
    return f"confirmation written: {path.name}"


#: The note of one that was copied.
COPIED = "confirmation copied to be sent"


def _file_name(text: str) -> str:
    """Make a text harmless as a part of a file's name."""
    plain = re.sub(r"[^\w.+&-]+", " ", clean(text))[:_LONGEST_NAME].strip(" .-")
    return plain or "account"


def _is_agreed(followup: FollowUp) -> bool:
    return followup.kind is FollowUpKind.CALLBACK and followup.done_on is None


def _last(dossier: Dossier, standing: Standing, today: date) -> Agreement:
    """Put together what the last conversation agreed on of which something is still to come.

    Callbacks and disputes know the day only on which they were set.
    """
    live = [j.promise for j in standing.live]
    talks = sorted((a for a in dossier.activities if a.reached), key=lambda a: a.at, reverse=True)
    for talk in talks:
        before = max((t.at for t in talks if t.at < talk.at), default=None)
        agreed = Agreement(
            day=talk.day,
            person=talk.person,
            kind=talk.kind,
            inbound=talk.inbound,
            promises=tuple(p for p in live if p.taken_at <= talk.at and (before is None or p.taken_at > before)),
            callbacks=tuple(f for f in dossier.followups if f.set_on == talk.day and _is_agreed(f)),
            disputes=tuple(d for d in dossier.disputes if d.opened == talk.day and d.closed_on is None),
        )
        if not agreed.empty:
            return agreed
    return Agreement(day=today)
