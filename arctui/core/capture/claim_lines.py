"""What a claim in court needs to know of a customer, as it is typed into a line of correction. Pure.

legal name Birch Works LLC      jurisdiction US-CA      contract credit application of 2 Mar 2024
"""

import re

import msgspec

from arctui.core.capture.data_reading import DataReading, KnownError
from arctui.core.capture.reading import ProblemError, Situation
from arctui.core.claim_limits import PLACE
from arctui.core.facts import Dossier
from arctui.core.states import STATES
from arctui.core.zones import country_code

HINT = "legal name Birch Works LLC   jurisdiction US-CA   contract credit application of 2 Mar 2024"
_LEGAL_NAME = re.compile(r"(?:legal|registered) name(?!\w):?\s*(.*)", re.IGNORECASE)
_JURISDICTION = re.compile(r"jurisdiction(?!\w):?\s*(.*)", re.IGNORECASE)
_CONTRACT = re.compile(r"contract(?!\w):?\s*(.*)", re.IGNORECASE)
_NONE = ("none", "unknown", "not known")
_SHORTEST = 3


def read_claim_line(line: str, dossier: Dossier, situation: Situation) -> DataReading | None:
    """Read what a (clean) line says of the legal name, the jurisdiction or the contract; None if it is no such line.

    "none" forgets what was known. Raises ProblemError for what cannot be read, KnownError for what is known already.
    """
    account = dossier.account
    if found := _LEGAL_NAME.fullmatch(line):
        name = _text(found[1], "which name? write legal name Birch Works LLC")
        return _reading(line, dossier, "legal_name", "legal name", (account.legal_name, name))
    if found := _CONTRACT.fullmatch(line):
        agreed = _text(found[1], "in what were the terms agreed? write contract credit application of 2 Mar 2024")
        return _reading(line, dossier, "contract", "contract", (account.contract, agreed))
    if found := _JURISDICTION.fullmatch(line):
        place, warning = _place(found[1], situation.policy.country)
        return _reading(line, dossier, "jurisdiction", "jurisdiction", (account.jurisdiction, place), warning)
    return None


def _text(words: str, question: str) -> str:
    """Return what was written, "" if it is to be forgotten."""
    if words.casefold() in _NONE:
        return ""
    if len(words) < _SHORTEST:
        raise ProblemError(question)
    return words


def _place(words: str, home: str) -> tuple[str, str]:
    """Return the code of a place, and what is doubtful about it."""
    if words.casefold() in _NONE:
        return "", ""
    place = words.upper()
    country, _, part = place.partition("-")
    states = ", ".join(STATES.get(country, {}).values())
    codes = {state.partition(" ")[0] for state in states.split(", ")}
    if not PLACE.fullmatch(place) or not country_code(country):
        raise ProblemError("where would they be sued? write a country, or a part of one: jurisdiction US-CA")
    if part and states and part not in codes:
        raise ProblemError(f"{part} is no part of {country}: write jurisdiction US-CA, with the state's own letters")
    here = ", ".join(STATES.get(home, {}).values()).split(", ")
    state = next((s.partition(" ")[2] for s in here if s.startswith(f"{place} ")), "")
    return place, f"{place} is a country: for {state} write jurisdiction {home}-{place}" if state else ""


def _reading(
    line: str, dossier: Dossier, field: str, name: str, was_and_is: tuple[str, str], warning: str = ""
) -> DataReading:
    was, now = was_and_is
    if was == now:
        raise KnownError(f"that {name} is known already" if now else f"no {name} is known")
    return DataReading(
        text=line,
        account=msgspec.structs.replace(dossier.account, **{field: now}),
        act=f"{name} {now}" if now else f"{name} forgotten",
        sentences=(f"{name}: {now}" if now else f"no {name} is known", *([f"it was {was}"] if was else [])),
        warnings=(warning,) if warning else (),
    )
