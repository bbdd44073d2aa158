"""The lines of a postal address, as they stand in the window of an envelope. Pure.

A book has an address in one line, its parts separated by commas or semicolons.
"""

import re

from arctui.core.records import Account
from arctui.core.states import STATES
from arctui.core.text import fold
from arctui.core.zones import country_code, country_name

#: A state with its postal code, which stands beside its town: "IL 62701", "ON M5V 2T6", "NSW 2000".
_STATE = re.compile(r"(?P<state>[A-Z]{2,3})\.?\s+(\d{5}(-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4})")
#: A postal code alone: "62701". It belongs to what stands before it.
_CODE = re.compile(r"\d{5}(-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4}")
_STATES = frozenset(
    entry.partition(" ")[0] for zones in STATES.values() for states in zones.values() for entry in states.split(", ")
)


def address_lines(address: str) -> tuple[str, ...]:
    """Split an address at its commas; a state, a postal code and its town stay in one line.

    "12 Mill Rd, Suite 4, Springfield, IL 62701" is three lines, the last "Springfield, IL 62701".
    """
    lines: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", address))):
        state = _STATE.fullmatch(part)
        if lines and (part in _STATES or (state and state["state"] in _STATES)):
            lines[-1] += f", {part}"
        elif lines and _CODE.fullmatch(part):
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return tuple(lines)


def window_lines(account: Account, person: str, home: str) -> tuple[str, ...]:
    """Return who a letter goes to and where: the legal name, the person, the address, the country where it is abroad.

    `home` is the firm's country (ISO code).
    """
    name = account.legal_name or account.name
    attention = (f"Attn {person}",) if person and fold(person) != fold(name) else ()
    lines = address_lines(account.address)
    code = country_code(account.country)
    if account.country and code != home:
        last = lines[-1] if lines else ""
        if fold(last) == fold(account.country) or (code and country_code(last) == code):
            lines = lines[:-1]
        lines += ((country_name(code) or account.country).upper(),)
    elif lines and home and country_code(lines[-1]) == home and len(lines) > 1:
        # Inside the country its name is left out.
        lines = lines[:-1]
    return (name, *attention, *lines)
