"""Customers of whom something is corrected, and how a line of correction is read for them."""

import msgspec

from arctui.core.capture.data_lines import read_data
from arctui.core.capture.data_reading import DataReading, Outside
from arctui.core.facts import Dossier
from arctui.core.records import Account, Frequency, PayCycle, Person
from tests.core.builders import ACCOUNT, MONDAY, dossier, situation

TONY = Person(
    id="tony",
    account=ACCOUNT,
    name="Tony Marsh",
    role="payables",
    phones=("+1 480 555 0142",),
    emails=("tony@birch.example",),
    time_zone="America/Phoenix",
)
ANN = Person(id="ann", account=ACCOUNT, name="Ann Lee", emails=("ann@birch.example",))
NOBODY = Person(id="desk", account=ACCOUNT, name="", phones=("+1 480 555 0100",))
ZONES = ("America/Denver", "America/Phoenix", "America/New_York", "US/Eastern", "Canada/Eastern", "Etc/UTC")
WEEKLY = PayCycle(frequency=Frequency.WEEKLY, weekday=3, cutoff_days=2, documents=("purchase order", "statement"))


def outside() -> Outside:
    """Every number is written as it was typed; those of 480 ring in Phoenix, those of 212 in New York."""
    zones = {"480": "America/Phoenix", "212": "America/New_York"}
    return Outside(
        phone=lambda phone: (phone, "" if len(phone) > 8 else f"{phone} lacks the area code"),
        zone_of=lambda phone: next((zone for code, zone in zones.items() if code in phone), ""),
        zones=lambda: ZONES,
    )


def of(*people: Person, **account: object) -> Dossier:
    """An account with these people: Tony Marsh and Ann Lee unless told otherwise."""
    found = dossier()
    return msgspec.structs.replace(
        found, account=msgspec.structs.replace(found.account, **account), people=people or (TONY, ANN)
    )


def read(line: str, on: Dossier | None = None, speaker: str = "") -> DataReading:
    return read_data(line, on or of(), situation(MONDAY, given={"speaker": speaker}), outside())


def corrected(line: str, on: Dossier | None = None, speaker: str = "") -> Person:
    """The only person that a line adds or changes."""
    reading = read(line, on, speaker)
    assert reading.problems == ()
    (person,) = reading.people
    return person


def account(line: str, on: Dossier | None = None) -> Account:
    """The account after a line."""
    reading = read(line, on)
    assert reading.problems == ()
    assert reading.account
    return reading.account


def problem(line: str, on: Dossier | None = None) -> str:
    reading = read(line, on)
    assert not reading.ok
    (sentence,) = reading.problems
    return sentence
