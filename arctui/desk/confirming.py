"""The confirmation of what was agreed: its text, for the last agreement or a call that goes on, and its file.

What was done with a text is the caller's to note (`written`, `copied`): in the open call, or in the account's file.
"""

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from arctui.core.calls import Call
from arctui.core.facts import Dossier
from arctui.core.records import Activity, FollowUp, FollowUpKind
from arctui.core.roles import Right
from arctui.core.standing import Standing
from arctui.core.text import clean
from arctui.desk.call_steps import CallSteps
from arctui.desk.errors import DeskError
from arctui.letters.confirmation import Agreement, Confirmation, confirmation
from arctui.playbook import walk
from arctui.playbook.line_phrases import line_phrases
from arctui.store import BookError, files
from arctui.store.documents import Documents

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: So much of an account's number or name stands in a file's name.
_LONGEST_NAME = 40


class Written(msgspec.Struct, frozen=True):
    """Where a confirmation lies; `new`: it was written just now."""

    path: Path
    new: bool


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
            agreed = self._last(dossier, standing)
        if agreed.empty:
            where = "in this call yet" if call else "on this account that is still to come"
            raise DeskError(f"nothing was agreed {where}: there is nothing to confirm")
        return confirmation(agreed, dossier, standing, desk.rules, desk.clerk)

    def waiting(self, call: Call) -> str:
        """Say what was read back in a call and waits for its yes, so that it is not in the text; "" for nothing."""
        line, steps = walk.pending(call), CallSteps(self._desk, self._desk.calls.playbook)
        if line is None:
            return ""
        lines = steps.lines(call)
        said = line_phrases(lines.read(line), self._desk.rules, lines.after[1].balance.currency)
        return said.get("promise") or said.get("callback") or line.text

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

    def _last(self, dossier: Dossier, standing: Standing) -> Agreement:
        """Put together what the last conversation agreed on of which something is still to come."""
        live = [j.promise for j in standing.live]
        talks = sorted((a for a in dossier.activities if a.reached), key=lambda a: a.at, reverse=True)
        for talk in talks:
            before = max((t.at for t in talks if t.at < talk.at), default=None)
            callbacks = [f for f in dossier.followups if f.set_on == talk.day and _is_agreed(f)]
            disputes = [d for d in dossier.disputes if d.opened == talk.day and d.closed_on is None]
            # These know no more than the day on which they were set.
            ours = self._brought_by(talk, dossier) if callbacks or disputes else None
            agreed = Agreement(
                day=talk.day,
                person=talk.person,
                kind=talk.kind,
                inbound=talk.inbound,
                promises=tuple(p for p in live if p.taken_at <= talk.at and (before is None or p.taken_at > before)),
                callbacks=tuple(f for f in callbacks if ours is None or f.id in ours),
                disputes=tuple(d for d in disputes if ours is None or d.id in ours),
            )
            if not agreed.empty:
                return agreed
        return Agreement(day=self._desk.today)

    def _brought_by(self, talk: Activity, dossier: Dossier) -> frozenset[str] | None:
        """Return the ids of what the act of a talk brought; None if no other contact of its day can have brought it.

        Raises BookError.
        """
        if not any(a.day == talk.day and a.outcome and a.id != talk.id for a in dossier.activities):
            return None
        acts = (frozenset(step.id for step in act.steps if step.was is None) for act in self._desk.book.latest())
        return next((ids for ids in acts if talk.id in ids), None)

    def write(self, account: str, text: Confirmation) -> Written:
        """Write a confirmation to a new file in the folder beside the book, unless it lies there already.

        Raises DeskError, BookError.
        """
        self._desk.need(Right.RECORD, "writing a confirmation")
        documents = Documents(self._desk.book.path)
        folder = documents.folder
        record = self._desk.dossier(account).account
        name, content = f"{file_name(record.number or record.name)} confirmation", text.whole.encode()
        documents.make(documents.folder)
        with files.locked(folder):
            same = _same(folder, name, content)
            if same:
                return Written(same, new=False)
            name = f"{name} {self._desk.today}"
            path, number = folder / f"{name}.txt", 1
            while os.path.lexists(path):
                number += 1
                path = folder / f"{name} ({number}).txt"
            files.replace_whole(path, content)
        return Written(path, new=True)

    def is_noted(self, account: str, path: Path, call: Call | None = None) -> bool:
        """Does the account's file, or the open call, say already that this file was written?"""
        notes = [a.note for a in self._desk.dossier(account).activities]
        return any(path.name in note for note in [*notes, *(move.text for move in (call.moves if call else ()))])


def written(text: Confirmation, path: Path) -> str:
    """Return the note of a confirmation that was written to a file."""
    return f"confirmation of {text.about} written: {path.name}"


def copied(text: Confirmation) -> str:
    """Return the note of a confirmation that was copied."""
    return f"confirmation of {text.about} copied to be sent"


def _same(folder: Path, name: str, content: bytes) -> Path | None:
    """Return the file of an account's confirmations that has this content."""
    for path in sorted(p for p in folder.iterdir() if p.name.startswith(name) and p.suffix == ".txt"):
        try:
            if files.read_whole(path)[0] == content:
                return path
        except BookError:
            # It cannot be read: it is no file of ours.
            continue
    return None


def file_name(text: str) -> str:
    """Make a text harmless as a part of a file's name."""
    # The vowels of many scripts are marks beside a letter, which \w leaves out.
    kept = "".join(c if unicodedata.category(c)[0] == "M" or re.match(r"[\w.+&-]", c) else " " for c in clean(text))
    plain = " ".join(kept.split())[:_LONGEST_NAME].strip(" .-")
    return plain or "account"


def _is_agreed(followup: FollowUp) -> bool:
    return followup.kind is FollowUpKind.CALLBACK and followup.done_on is None
