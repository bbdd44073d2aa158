"""What an action is: its keys, what it does in words, where it works, and why it is not possible now."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where the clerk is."""

    LIST = "worklist"
    ACCOUNT = "account"
    CALL = "call"
    OPENING = "review's first page"
    REVIEW = "review"
    SUMMARY = "day's summary"
    MONTH = "month"
    AGENDA = "agenda"


DESK = frozenset({Place.LIST, Place.ACCOUNT})
CALENDAR = frozenset({Place.MONTH, Place.AGENDA})
REVIEWING = frozenset({Place.OPENING, Place.REVIEW, Place.SUMMARY})
ACCOUNTS = DESK | CALENDAR | {Place.REVIEW}
ANYWHERE = frozenset(Place)


#: The actions that change nothing. Whatever is not named here is refused to a login that is read only.
LOOKING = frozenset(
    "search account history timeline copy_phone confirmation letter letters_due papers claim_file doubles match "
    "imported figures credit export next previous worklist script calendar month pane pane_back leave_search redraw "
    "palette help quit cancel_import review begin_review begin_by_digit skip skip_back review_again everyone "
    "write_day leave_review open_entry agenda this_day view go_to_day filter_entries expected leave_calendar "
    "park".split()
)


@dataclass(frozen=True)
class State:
    """What an action's possibility depends on: plain values, put together by the screen."""

    place: Place = Place.LIST
    account: str = ""
    has_phone: bool = False
    matters: int = 0
    entry: str = ""
    #: Why this login may record nothing, "" if it may.
    closed: str = ""


@dataclass(frozen=True)
class Action:
    """One action. `keys` are Textual's key names, the first one is shown; `rank` orders the key bar (0: never there).

    `places`: where its keys work. `needs_account`: it works on the account that is looked at. `hindered` returns why
    it is not possible, "" if it is. `also`: other words by which it is found.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    rank: int = 0
    needs_account: bool = False
    hindered: Callable[[State], str] = lambda _: ""
    places: frozenset[Place] = DESK
    also: str = ""

    @property
    def looks(self) -> bool:
        """Does it change nothing, so that a login may do it that is read only?"""
        return self.id in LOOKING

    def reason(self, state: State) -> str:
        """Say why the action is not possible now, "" if it is."""
        if state.closed and not self.looks:
            return state.closed
        if state.place not in self.places:
            if state.place is Place.CALL:
                return "the call comes first: Escape parks it, then this works"
            return f"{self.label}: this works in the {', '.join(p for p in Place if p in self.places)}"
        if self.needs_account and not state.account:
            if state.place in CALENDAR:
                return "no entry stands on this day: arrows choose a day"
            return "there is no account in the list: import a report with o, or clear the search with Escape"
        return self.hindered(state)

    @property
    def goes_by_digits(self) -> bool:
        """Are its keys the digits, which nobody can change?"""
        return self.keys[0] == "1"

    @property
    def key_label(self) -> str:
        """The keys' short name: the first key, digits as a range."""
        if len(self.keys) > 2 and self.goes_by_digits:
            return f"1-{self.keys[-1]}"
        return key_label(self.keys[0])

    def key_labels(self, most: int | None = None) -> str:
        """Return the names of all keys, or of the first ones, digits as a range."""
        return self.key_label if self.goes_by_digits else " ".join(map(key_label, self.keys[:most]))


_KEY_LABELS = {
    "enter": "Enter",
    "escape": "Esc",
    "backspace": "Bksp",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "slash": "/",
    "comma": ",",
    "plus": "+",
    "asterisk": "*",
    "minus": "-",
    "colon": ":",
    "question_mark": "?",
    "dollar_sign": "$",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "space": "Space",
    "delete": "Del",
    "insert": "Ins",
    "at": "@",
    "underscore": "_",
    "backslash": "\\",
    "up": "Up",
    "down": "Down",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_label(key: str) -> str:
    """Write a key as people do: "/" for "slash"."""
    if key in _KEY_LABELS or len(key) == 1:
        return _KEY_LABELS.get(key, key)
    with suppress(KeyError):
        return unicodedata.lookup(key.replace("_", " "))
    modifier, plus, rest = key.rpartition("+")
    return f"{modifier.title()}{plus}{rest.upper() if len(rest) == 1 else rest.title()}"
