"""What the lines of a call come to: each is read against what the ones before it leave of the account."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from arctui.core.calls import Call, Move, MoveKind
from arctui.core.capture import Reading, Situation, read_line
from arctui.core.facts import Dossier, with_changes
from arctui.core.money import ZERO
from arctui.core.records import Change, Outcome
from arctui.core.standing import Standing, derive
from arctui.desk.ids import new_id
from arctui.desk.outcomes import Contact, effects_of
from arctui.playbook import walk

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


class Result(msgspec.Struct, frozen=True):
    """One line as a contact, what it changes, and the account after it."""

    contact: Contact
    effects: list[Change]
    dossier: Dossier
    standing: Standing


class CallLines:
    """The lines that were taken in one call, and one more that is being typed."""

    def __init__(self, desk: "Desk", call: Call, *, right_party: bool) -> None:
        """`right_party`: the person who can pay is on the line."""
        self._desk = desk
        self._call = call
        self._right_party = right_party
        self.results = self.come_to(walk.taken_lines(call))

    @property
    def account(self) -> tuple[Dossier, Standing]:
        """The account as it would be if the call ended now."""
        if self.results:
            return self.results[-1].dossier, self.results[-1].standing
        return self._desk.dossier(self._call.account), self._desk.standing(self._call.account)

    def situation(self, *, replaces: bool) -> Situation:
        """Return what a further line is read against; `replaces`: a promise takes the place of the open ones."""
        return self._situation(*self.account, replaces=replaces)

    def read(self, move: Move) -> Reading:
        """Read one more line."""
        return read_line(move.text, self.situation(replaces=move.replaces))

    def come_to(self, moves: Sequence[Move]) -> list[Result]:
        """Return what lines come to, one after the other; one that cannot be taken changes nothing."""
        dossier, standing = self._desk.dossier(self._call.account), self._desk.standing(self._call.account)
        results: list[Result] = []
        for move in moves:
            reading = read_line(move.text, self._situation(dossier, standing, replaces=move.replaces))
            if reading.outcome is Outcome.CALLBACK and not self._right_party:
                # Agreed with somebody who cannot pay: a try, whose next one has its hour.
                reading = msgspec.structs.replace(reading, outcome=Outcome.GATEKEEPER, person="")
            contact = Contact(
                dossier=dossier,
                standing=standing,
                rules=self._desk.rules,
                reading=reading,
                by=self._desk.clerk,
                new_id=new_id,
            )
            effects = effects_of(contact) if reading.ok else []
            if effects:
                dossier = with_changes(dossier, effects)
                standing = derive(dossier, self._desk.rules)
            results.append(Result(contact, effects, dossier, standing))
        return results

    def _situation(self, dossier: Dossier, standing: Standing, *, replaces: bool) -> Situation:
        """Say who is on the line; a promise that replaces the open ones is about what they cover and no more."""
        found = msgspec.structs.replace(self._desk.situation_of(dossier, standing), speaker=walk.person(self._call))
        return msgspec.structs.replace(found, collectable=ZERO) if replaces and found.live_here else found


def typed_line(text: str, call: Call) -> Move:
    """Return a line that ends a call by itself."""
    return Move(kind=MoveKind.LINE, step="", text=text, at=call.started_at, agreed=True)
