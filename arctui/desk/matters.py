"""What is ours to do on an account: tasks, and disputes whose remedy we owe. The clerk ticks them off."""

import re
from typing import TYPE_CHECKING

import msgspec

from arctui.core.changes import Change, changed
from arctui.core.records import Dispute, FollowUp, FollowUpKind
from arctui.core.text import fold
from arctui.desk.errors import DeskError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Matter(msgspec.Struct, frozen=True):
    """One thing that is ours to do, in words."""

    id: str
    text: str


class Matters:
    """What is ours to do on the accounts of one desk."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def on(self, account: str) -> list[Matter]:
        """Return what is open on an account, the tasks first, each by its day."""
        desk, dossier = self._desk, self._desk.dossier(account)
        tasks = [f for f in dossier.followups if f.kind is FollowUpKind.TASK and f.done_on is None]
        disputes = [d for d in dossier.disputes if d.closed_on is None]
        return [
            *(Matter(f.id, f.why) for f in sorted(tasks, key=lambda f: (f.day, f.why))),
            *(
                Matter(d.id, _dispute_words(d, desk.rules.money(d.amount, d.currency)))
                for d in sorted(disputes, key=lambda d: d.due)
            ),
        ]

    def settle(self, account: str, matter: str) -> str:
        """Tick off a task, or close a dispute: our part is done. Returns what was done. Raises DeskError."""
        desk = self._desk
        name = desk.dossier(account).account.name
        task, dispute = desk.book.facts.get(FollowUp, matter), desk.book.facts.get(Dispute, matter)
        change: Change
        if task and task.done_on is None:
            act, change = f"done: {task.why}", changed(task, done_on=desk.today)
        elif dispute and dispute.closed_on is None:
            act = f"dispute solved: {dispute.remedy or dispute.reason}"
            change = changed(dispute, closed_on=desk.today)
        else:
            raise DeskError("that is done already")
        # Most tasks name the account themselves.
        named = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", act)
        return desk.commit(act if named else f"{act}, {name}", [change])

    def find(self, account: str, words: str) -> Matter:
        """Return what is open on an account and named by these words, or the only thing. Raises DeskError."""
        matters = self.on(account)
        if not matters:
            raise DeskError("nothing is ours to do on this account")
        found = [m for m in matters if all(word in fold(m.text) for word in fold(words).split())]
        if len(found) != 1:
            listed = "; ".join(m.text for m in found or matters)
            raise DeskError(f"which of these? {listed}" if found else f"nothing here is called '{words}': {listed}")
        return found[0]


def _dispute_words(dispute: Dispute, amount: str) -> str:
    about = f" about {dispute.kind}" if dispute.kind else ""
    remedy = f", remedy: {dispute.remedy}" if dispute.remedy else ""
    return f"dispute of {amount}{about}: {dispute.reason}{remedy}"
