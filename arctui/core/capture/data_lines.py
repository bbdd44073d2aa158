"""A line of correction as the clerk types it in a call or out of it: a person, a number, an address, a time zone,
how the customer pays. Pure.

    lee wong, controller, 555 0142, lee@birch.example     not 555 0142          left tony
    address 12 Mill Road, Springfield, IL 62701           zone Denver           natural person
    runs weekly thu, cut-off 2, docs order + statement    docs in order         runs none
    legal name Birch Works LLC            jurisdiction US-CA            contract credit application of 2 Mar 2024
"""

import re
from difflib import get_close_matches

import msgspec

from arctui.core.capture.claim_lines import HINT as CLAIM_HINT
from arctui.core.capture.claim_lines import read_claim_line
from arctui.core.capture.cycle_lines import HINT as CYCLE_HINT
from arctui.core.capture.cycle_lines import cycle_sentence, cycle_words, read_pay_cycle, starts_cycle
from arctui.core.capture.data_reading import DataReading, KnownError, Outside, struck_out
from arctui.core.capture.person_lines import read_person, read_zone, zone_sentence
from arctui.core.capture.person_words import find_person
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.capture.runs import closed_run
from arctui.core.facts import Dossier
from arctui.core.text import clean, fold

HINT = (
    "lee wong, controller, 555 0142, lee@birch.example   not 555 0142   left tony   "
    f"address 12 Mill Road, Springfield   zone Denver   runs weekly thu, cut-off 2, docs order   {CLAIM_HINT}"
)
_RUNS = re.compile(r"(?:runs?|pays|pay cycle)(?!\w):?\s*", re.IGNORECASE)
_CYCLE_WORDS = re.compile(
    r"(?:docs?|documents|cut[ -]?off|weekly|bi-?weekly|fortnightly|(?:semi-?)?monthly|month[ -]?end|every|each|twice"
    r"|last (?:(?:business|working) )?day|(?:before|after) (?:a |the )?(?:holiday|week-?end)s?)(?!\w)",
    re.IGNORECASE,
)
_LEFT = re.compile(r"(?:left|gone)(?!\w):?\s*(.*)|(.+?)\s+(?:has |is |who )?(?:left|gone)", re.IGNORECASE)
_ADDRESS = re.compile(r"address(?!\w):?\s*(.*)", re.IGNORECASE)
_ZONE = re.compile(r"(?:time )?zone(?!\w):?\s*(.*)", re.IGNORECASE)
_NAME = re.compile(r"(?:name|renamed|new name|sold|merged)(?!\w):?(?:\s+.*)?", re.IGNORECASE)
_NATURAL = re.compile(r"(?:a )?(natural person|sole trader|business)", re.IGNORECASE)
_KINDS = ("natural person", "sole trader", "business")
_SHORTEST_ADDRESS = 5


def read_data(text: str, dossier: Dossier, situation: Situation, outside: Outside) -> DataReading:
    """Read one line of correction on an account; `situation.speaker` is whom a number without a name belongs to."""
    line = clean(text)
    try:
        return _read(line, dossier, situation, outside)
    except ProblemError as problem:
        return DataReading(text=line, problems=(str(problem),), known=isinstance(problem, KnownError))


def read_cycle(text: str, dossier: Dossier, situation: Situation) -> DataReading:
    """Read a pay cycle, with or without `runs` before it."""
    line = clean(text)
    try:
        return _cycle(line, _RUNS.sub("", line, count=1) if _RUNS.match(line) else line, dossier, situation)
    except ProblemError as problem:
        return DataReading(text=line, problems=(str(problem),), known=isinstance(problem, KnownError))


def _read(line: str, dossier: Dossier, situation: Situation, outside: Outside) -> DataReading:
    if not line:
        raise ProblemError(
            f"nothing was written: write a person, a number, an address, a time zone or pay runs: {HINT}"
        )
    if found := _RUNS.match(line):
        return _cycle(line, line[found.end() :], dossier, situation)
    if _CYCLE_WORDS.match(line) or starts_cycle(line):
        return _cycle(line, line, dossier, situation)
    if about_claim := read_claim_line(line, dossier, situation):
        return about_claim
    if found := _LEFT.fullmatch(line):
        return _left(line, found[1] or found[2] or "", dossier)
    if found := _ADDRESS.fullmatch(line):
        return _address(line, found[1], dossier)
    if found := _ZONE.fullmatch(line):
        return _zone(line, found[1], dossier, outside)
    if _NAME.fullmatch(line):
        raise ProblemError(
            "the account's name comes from the accounting system, and the next import sets it back: "
            "have it changed there, and write it as a note"
        )
    if not _NATURAL.fullmatch(line) and get_close_matches(fold(line), _KINDS, cutoff=0.8):
        raise ProblemError(f"'{line}'? write natural person, sole trader or business")
    if found := _NATURAL.fullmatch(line):
        return _natural(line, dossier, person=found[1].casefold() != "business")
    return read_person(line, dossier, situation, outside)


def _cycle(line: str, text: str, dossier: Dossier, situation: Situation) -> DataReading:
    before = dossier.account.pay_cycle
    if not text:
        raise ProblemError(f"how often do they pay? write {CYCLE_HINT}")
    cycle, warnings = read_pay_cycle(text, before, situation)
    if cycle == before:
        raise KnownError(f"that is known already: {cycle_sentence(cycle, situation) if cycle else ''}")
    account = msgspec.structs.replace(dossier.account, pay_cycle=cycle)
    if cycle is None:
        was = f", it was {cycle_words(before, situation.today)}" if before else ""
        return DataReading(
            text=line, account=account, act="pay cycle forgotten", sentences=(f"no pay cycle is known{was}",)
        )
    warnings += filter(None, [closed_run(cycle, situation.today, situation.run_calendar)])
    return DataReading(
        text=line,
        account=account,
        act=f"pay cycle {cycle_words(cycle, situation.today)}",
        sentences=(cycle_sentence(cycle, situation),),
        warnings=tuple(warnings),
    )


def _left(line: str, words: str, dossier: Dossier) -> DataReading:
    person = find_person(words, dossier) if words else None
    if person is None:
        known = " or ".join(f"left {p.name}" for p in dossier.people if p.name) or "nobody is known here"
        raise ProblemError(f"who has left? {known}")
    struck = struck_out(dossier.account, wrong=[person.name])
    others = [p.name for p in dossier.people if p.name and p.id != person.id]
    promised = [p for p in dossier.promises if p.person == person.name and not p.withdrawn_on and not p.superseded_by]
    warnings = [] if others else ["then nobody is known here: ask whom to call"]
    if promised:
        warnings.append(f"promises that {person.name} made keep the name")
    return DataReading(
        text=line,
        account=msgspec.structs.replace(dossier.account, struck=struck),
        left=(person,),
        act=f"{person.name} has left",
        sentences=(f"{person.name} is no longer there",),
        warnings=tuple(warnings),
    )


def _address(line: str, text: str, dossier: Dossier) -> DataReading:
    account = dossier.account
    if len(text) < _SHORTEST_ADDRESS:
        raise ProblemError("which address? write address 12 Mill Road, Springfield, IL 62701")
    if text == account.address:
        raise KnownError("that address is known already")
    struck = struck_out(account, wrong=[account.address], right=[text])
    return DataReading(
        text=line,
        account=msgspec.structs.replace(account, address=text, struck=struck),
        act="new address",
        sentences=(f"address: {text}", *([f"it was {account.address}"] if account.address else [])),
    )


def _zone(line: str, text: str, dossier: Dossier, outside: Outside) -> DataReading:
    account = dossier.account
    if not text:
        raise ProblemError("which time zone? write zone Denver, or lee, zone Denver for one person")
    zone = read_zone(text, outside)
    if zone == account.time_zone:
        raise KnownError(f"{zone} is known already")
    own = [f"{p.name or 'somebody'} has {p.time_zone}" for p in dossier.people if p.time_zone not in ("", zone)]
    said = zone_sentence(zone, account.time_zone)
    return DataReading(
        text=line,
        account=msgspec.structs.replace(account, time_zone=zone),
        act=f"time zone {zone}",
        sentences=(f"{said}, of the account",),
        warnings=tuple(f"{words}, which stays: write the name first to change it" for words in own),
    )


def _natural(line: str, dossier: Dossier, *, person: bool) -> DataReading:
    if dossier.account.natural_person == person:
        raise KnownError(f"it is known as a {'natural person' if person else 'business'} already")
    what = "a natural person: the strict rules for calls hold" if person else "a business"
    return DataReading(
        text=line,
        account=msgspec.structs.replace(dossier.account, natural_person=person),
        act=f"known as {what.partition(':')[0]}",
        sentences=(what,),
    )
