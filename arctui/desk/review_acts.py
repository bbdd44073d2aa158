"""What a clerk decides about a promise under review: it is left for tomorrow, or another clerk takes it over.

Every decision is an act of the desk and can be undone.
"""

from datetime import date
from typing import TYPE_CHECKING

from arctui.core.changes import added, changed
from arctui.core.facts import Dossier
from arctui.core.promises import Judged, Verdict
from arctui.core.records import Activity, ActivityKind, Promise
from arctui.core.text import clean, fold
from arctui.desk.errors import DeskError

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class OfPromise:
    """Acts about one promise, which is named by its id."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def find(self, promise: str) -> tuple[Dossier, Judged]:
        """Return a promise as it is judged now, with all facts on its account. Raises DeskError if it is gone."""
        record = self._desk.book.facts.get(Promise, promise)
        if record is None:
            raise DeskError("this promise is no longer in the book")
        judged = self._desk.standing(record.account).judged
        return self._desk.dossier(record.account), next(j for j in judged if j.promise.id == promise)

    def _next_day(self) -> date:
        return self._desk.rules.calendar.next(self._desk.today)


class Decisions(OfPromise):
    """Decisions of the review that no other part of the desk makes. Raises DeskError for one that is not possible."""

    def leave(self, promise: str, reason: str) -> str:
        """Leave a promise until the next business day: then it comes first again. Returns what was done."""
        desk = self._desk
        desk.refresh()
        dossier, judged = self.find(promise)
        words = clean(reason)
        if not words:
            raise DeskError("why is it left? write the reason: check is in the mail room")
        if judged.verdict is Verdict.OPEN:
            raise DeskError(
                f"this promise is for {desk.rules.day(judged.promise.day)}: there is nothing to leave yet"
            )
        if not judged.missed and judged.verdict is not Verdict.DUE:
            raise DeskError(f"this promise is {judged.verdict}: there is nothing to leave")
        until = self._next_day()
        note = self._note(dossier, f"left in the review until {desk.rules.day(until)}: {words}")
        act = f"promise left until {desk.rules.day(until)}, {dossier.account.name}"
        return desk.commit(act, [changed(judged.decided_in, reviewed_on=desk.today, left_until=until), added(note)])

    def clerks(self) -> list[str]:
        """Return the names of the clerks that the book knows, this one's too."""
        from arctui.desk.day_report import clerks_of

        return sorted({*clerks_of(self._desk), self._desk.clerk})

    def read_clerk(self, text: str) -> tuple[str, str]:
        """Read to whom an account is handed, and why: the clerk's name, then the reason. Raises DeskError.

        A known name may have several words; of an unknown one the first word is taken.
        """
        words = clean(text).split()
        said = [fold(word.rstrip(",:")) for word in words]
        known = [n for n in self.clerks() if said[: len(n.split())] == fold(n).split()]
        name = max(known, key=len, default=words[0].rstrip(",:") if words else "")
        why = " ".join(words[len(name.split()) :]).removeprefix("--").strip()
        if not name:
            raise DeskError(f"to whom, and why? bob speaks their language (known: {', '.join(self.clerks())})")
        if not why:
            raise DeskError(f"why is it handed to {name}? write the reason behind the name")
        return name, why

    def hand_over(self, account: str, text: str) -> str:
        """Hand an account to another clerk, as `read_clerk` reads it. Returns what was done."""
        desk = self._desk
        desk.refresh()
        dossier = desk.dossier(account)
        name, why = self.read_clerk(text)
        if name == dossier.account.clerk:
            raise DeskError(f"{dossier.account.name} is {name}'s already")
        note = self._note(dossier, f"handed to {name}: {why}")
        act = f"handed to {name}, {dossier.account.name}"
        return desk.commit(act, [changed(dossier.account, clerk=name), added(note)])

    def _note(self, dossier: Dossier, text: str) -> Activity:
        return self._desk.activity(dossier.account.id, ActivityKind.NOTE, text)
