"""What the lines of a call come to: each is read against what the ones before it leave of the account."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from arctui.core.calls import Call, Move
from arctui.core.capture import Reading, Situation, read_line
from arctui.core.capture.reading import OpenInvoice
from arctui.core.changes import Change
from arctui.core.facts import Dossier, Moment, with_changes
from arctui.core.ledger import claims_to_come, spread
from arctui.core.money import ZERO, total
from arctui.core.reasons import Rules
from arctui.core.records import Outcome, Promise
from arctui.core.standing import Standing, derive
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.desk.outcomes import Contact, effects_of, new_promises, note_of
from arctui.playbook import walk
from arctui.playbook.model import Playbook

if TYPE_CHECKING:
    from arctui.desk.desk import Desk


#: Of several results of one call the first of these names it.
_GRAVEST = (
    Outcome.PROMISE,
    Outcome.DISPUTE,
    Outcome.WITHDRAWN,
    Outcome.REFUSED,
    Outcome.PAID,
    Outcome.CALLBACK,
)


class Result(msgspec.Struct, frozen=True):
    """One line as a contact, what it changes, and the account after it."""

    contact: Contact
    effects: list[Change]
    dossier: Dossier
    standing: Standing


class CallLines:
    """The lines that were taken in one call, and one more that is being typed."""

    def __init__(self, desk: "Desk", call: Call, playbook: Playbook, *, right_party: bool) -> None:
        """`right_party`: the person who can pay is on the line."""
        self._desk = desk
        self._call = call
        self._playbook = playbook
        self._right_party = right_party
        #: What the customer says in this call was paid already: it is not asked for again.
        self.claimed = ZERO
        self._said_paid: dict[str, Decimal] = {}
        self.results = self.come_to(walk.taken_lines(call))

    @property
    def after(self) -> tuple[Dossier, Standing]:
        """The account as it would be if the call ended now."""
        if self.results:
            return self.results[-1].dossier, self.results[-1].standing
        return self._desk.dossier(self._call.account), self._desk.standing(self._call.account)

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The promises of this call that hold once it is over: neither replaced nor held up by a dispute in it."""
        live = {j.promise.id for j in self.after[1].live}
        return tuple(p for p in self.taken_promises if p.id in live)

    @property
    def taken_promises(self) -> tuple[Promise, ...]:
        """All promises of this call."""
        return tuple(p for result in self.results for p in new_promises(result.effects))

    def situation(self, move: Move) -> Situation:
        """Return what one more line is read against."""
        return self._situation(*self.after, move)

    def read(self, move: Move) -> Reading:
        """Read one more line, as it would be saved."""
        return self._read(move, *self.after)

    def come_to(self, moves: Sequence[Move]) -> list[Result]:
        """Return what lines come to, one after the other; one that cannot be taken changes nothing."""
        dossier, standing = self._desk.dossier(self._call.account), self._desk.standing(self._call.account)
        results: list[Result] = []
        self.claimed, self._said_paid = ZERO, {}
        self._note_on_its_way(dossier, standing)
        for move in moves:
            reading = self._read(move, dossier, standing)
            contact = Contact(
                dossier=dossier,
                standing=standing,
                rules=msgspec.structs.replace(self._desk.rules, moment=Moment(move.at.date(), move.at)),
                reading=reading,
                by=self._desk.clerk,
                new_id=new_id,
                said_paid=dict(self._said_paid),
                found=move.found,
            )
            effects = effects_of(contact) if reading.ok else []
            if effects:
                dossier = with_changes(dossier, effects)
                standing = derive(dossier, self._desk.rules)
            if reading.paid and reading.paid.amount and not move.found:
                self._note_paid(standing, reading.paid.amount, reading.paid.numbers)
            results.append(Result(contact, effects, dossier, standing))
        return results

    def _note_on_its_way(self, dossier: Dossier, standing: Standing) -> None:
        """What was told in an earlier call and may still come is not asked for either, unless it was not paid."""
        if any(move.unpaid for move in self._call.moves):
            return
        for claim in claims_to_come(dossier):
            if claim.amount and claim.day > self._desk.today:
                self._note_paid(standing, claim.amount)

    def _note_paid(self, standing: Standing, amount: Decimal, numbers: Collection[str] = ()) -> None:
        """Keep in mind what is said to be paid, and on which invoices: it is not asked for again."""
        self.claimed += amount
        items = [i for i in standing.items if i.invoice.currency == standing.balance.currency]
        for invoice, part in spread(items, amount, numbers).items():
            self._said_paid[invoice] = self._said_paid.get(invoice, ZERO) + part

    def _read(self, move: Move, dossier: Dossier, standing: Standing) -> Reading:
        situation = self._situation(dossier, standing, move)
        # A call may go on days later: "friday" is the Friday that was meant when it was said.
        said = msgspec.structs.replace(situation, today=move.at.date(), now=move.at)
        reading = read_line(move.text, said)
        if reading.outcome is Outcome.CALLBACK and not self._right_party:
            # Agreed with somebody who cannot pay: a try, whose next one has its hour.
            warning = "agreed with somebody else than who can pay: a try, with an hour for the next"
            warnings = (*reading.warnings, warning)
            reading = msgspec.structs.replace(reading, outcome=Outcome.GATEKEEPER, person="", warnings=warnings)
        return reading

    def _situation(self, dossier: Dossier, standing: Standing, move: Move) -> Situation:
        """Say who is on the line; a promise that replaces the open ones is about what they cover and no more."""
        found = msgspec.structs.replace(
            self._desk.situation_of(dossier, standing),
            speaker=walk.person(self._call),
            dispute_kind=walk.dispute_kind(self._playbook, self._call, move),
        )
        if move.replaces and found.live_here:
            return msgspec.structs.replace(found, collectable=ZERO)
        invoices = {number: self._less_paid(invoice) for number, invoice in found.invoices.items()}
        left = max(ZERO, found.collectable - self.claimed)
        return msgspec.structs.replace(found, collectable=left, invoices=invoices, said_paid=self.claimed)

    def _less_paid(self, invoice: OpenInvoice) -> OpenInvoice:
        """Take what is said to be paid off what may still be promised of an invoice."""
        paid = total(self._said_paid.get(i, ZERO) for i in invoice.ids)
        if not paid:
            return invoice
        free, asked = max(ZERO, invoice.free - paid), max(ZERO, invoice.asked - paid)
        return msgspec.structs.replace(invoice, free=free, asked=asked)


def weight(contact: Contact) -> int:
    """Return the place of a result among several of one call: the first of them names it."""
    outcome = contact.reading.outcome
    return _GRAVEST.index(outcome) if outcome in _GRAVEST else len(_GRAVEST)


def came_of_it(results: Sequence[Result], main: Contact, standing: Collection[str]) -> str:
    """Say what each line came to; what names the call itself is not said twice."""
    parts = []
    for result in results:
        kept = [p for p in new_promises(result.effects) if p.id in standing]
        if kept or not result.contact.reading.commitments:
            named = "" if result.contact is main or kept else f"{result.contact.reading.outcome}: "
            parts.append(named + note_of(result.contact, kept))
    return "; ".join(filter(None, parts))


def check_days(results: Sequence[Result], standing: Collection[str], rules: Rules) -> None:
    """Refuse what was agreed for a day or an hour that went by while the call was parked. Raises DeskError."""
    today, now = rules.moment.today, rules.moment.now
    for result in results:
        gone = [p.day for p in new_promises(result.effects) if p.id in standing and p.day < today]
        callback = result.contact.reading.callback
        if callback:
            zone = ZoneInfo(callback.zone) if callback.zone else now.tzinfo
            late = callback.hour and datetime.combine(callback.day, callback.hour, zone) < now
            gone += [callback.day] if callback.day < today or late else []
        if gone:
            raise DeskError(f"{rules.day(min(gone))}, as it was agreed, has passed: Bksp goes back, agree it anew")
