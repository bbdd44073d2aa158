"""What a call teaches about an account: people, numbers, an address, a time zone, the pay runs. One act each."""

from typing import TYPE_CHECKING

import msgspec

from arctui.core.capture.data_lines import read_cycle, read_data
from arctui.core.capture.data_reading import DataReading, Outside
from arctui.core.changes import Change, added, removed
from arctui.core.facts import Dossier
from arctui.core.zones import country_code
from arctui.desk.errors import DeskError
from arctui.desk.ids import new_id
from arctui.exchange.phones import as_called, zone_of

if TYPE_CHECKING:
    from arctui.desk.desk import Desk

#: What a line may be about where it is not free: the kinds of lines of the call script.
CYCLE = "pay cycle"


class Corrections:
    """The corrections of one clerk. Raises DeskError, BookError."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def read(self, account: str, text: str, kind: str = "", *, speaker: str = "") -> DataReading:
        """Read a line without saving it. `kind` "pay cycle": it is about the pay runs; "contact" and "": any line.

        `speaker` is who is on the line: a number or an email without a name is theirs.
        """
        desk = self._desk
        dossier = desk.dossier(account)
        situation = msgspec.structs.replace(desk.situation(account), speaker=speaker)
        if kind == CYCLE:
            return read_cycle(text, dossier, situation)
        return read_data(text, dossier, situation, self._outside(dossier))

    def save(self, account: str, text: str, kind: str = "", *, speaker: str = "") -> str:
        """Save what a line corrects, as one act. Returns what was done. Raises DeskError with what the line lacks."""
        desk = self._desk
        desk.refresh()
        reading = self.read(account, text, kind, speaker=speaker)
        if not reading.ok:
            raise DeskError(reading.problems[0] if reading.problems else "nothing to correct")
        dossier = desk.dossier(account)
        return desk.commit(f"{reading.act}, {dossier.account.name}", _changes(reading, dossier))

    def _outside(self, dossier: Dossier) -> Outside:
        country = country_code(dossier.account.country) or self._desk.policy.country
        return Outside(
            phone=lambda phone: as_called(phone, country),
            zone_of=lambda phone: zone_of(phone, country),
            zones=_zones,
        )


def _zones() -> set[str]:
    from zoneinfo import available_timezones  # reads a few files: only when a zone is named

    return available_timezones()


def _changes(reading: DataReading, dossier: Dossier) -> list[Change]:
    known = {p.id: p for p in dossier.people}
    changes = [Change(before=dossier.account, after=reading.account)] if reading.account else []
    changes += [
        Change(before=known[p.id], after=p) if p.id else added(msgspec.structs.replace(p, id=new_id()))
        for p in reading.people
    ]
    return changes + [removed(p) for p in reading.left]
