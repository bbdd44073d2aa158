"""The table of actions with the user's own keys in it, and what is wrong with own keys.

An action's own keys come first and are the ones that are shown. Its usual ones stay, unless another action took them
where both work: what a message says by its usual key then still holds.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from arctui.actions.model import Action, Place, key_label
from arctui.actions.table import ACTIONS, BY_ID
from arctui.settings.model import meant

#: Names that people write, and the toolkit's for the same key.
_NAMES = {
    "esc": "escape", "return": "enter", "bksp": "backspace", "pgup": "pageup", "pgdn": "pagedown", "del": "delete",
    "ins": "insert", "-": "minus", "+": "plus", "_": "underscore", "/": "slash", "\\": "backslash", "@": "at",
    " ": "space",
}  # fmt: skip
_NAMED = {"backspace", "delete", "insert", *_NAMES.values()}
_CONTROL = re.compile(r"(ctrl|alt|shift)\+([a-z]|f\d{1,2}|up|down|left|right|home|end|pageup|pagedown|delete|insert)")
_FUNCTION = re.compile(r"f([1-9]|1\d|2[0-4])")
#: Keys whose meaning must never be lost: the way out, the cursor, the replies.
_FIXED = {
    *("escape", "enter", "up", "down", "left", "right", "tab", "shift+tab"),
    *("ctrl+c", "ctrl+q", "ctrl+z", "ctrl+i", "ctrl+j", "ctrl+m"),
    *(
        "home",
        "end",
        "pageup",
        "pagedown",
        "space",
        "ctrl+u",
        "ctrl+d",
        "left_square_bracket",
        "right_square_bracket",
    ),
    *"hjkG",
    *"123456789",
}


class KeyProblemError(ValueError):
    """An own key that cannot be; the message says why."""


def key_name(text: str) -> str:
    """Return the toolkit's name of a key as people write it: "/" is slash. Raises KeyProblemError."""
    key = text if len(text) == 1 else text.strip().lower()
    key = _NAMES.get(key, key)
    if len(key) == 1:
        if key.isalnum():
            name = key
        elif key.isprintable() and key.isascii():
            name = unicodedata.name(key).lower().replace(" ", "_").replace("-", "_")
        else:
            raise KeyProblemError(f"'{text}' is no key that every keyboard has")
    elif (
        key in _NAMED
        or key in _FIXED
        or key in _NAMES.values()
        or _FUNCTION.fullmatch(key)
        or _CONTROL.fullmatch(key)
    ):
        name = key
    else:
        raise KeyProblemError(
            f"there is no key '{text}': write a character, f1 to f24, ctrl+a, alt+a, delete, insert"
        )
    if name in _FIXED:
        raise KeyProblemError(f"{key_label(name)} keeps its meaning: another key is needed")
    return name


class ActionTable:
    """All actions with the keys that work for them now."""

    def __init__(self, own: Mapping[str, Iterable[str]] | None = None) -> None:
        """`own`: the user's keys by action; what is wrong with them is left out (`problems` names it)."""
        self.problems = dict(_problems(own or {}))
        chosen = {
            name: tuple(dict.fromkeys(map(key_name, keys)))
            for name, keys in (own or {}).items()
            if name not in self.problems
        }
        self.actions = tuple(_with_own(action, chosen) for action in ACTIONS)
        self.by_id = {action.id: action for action in self.actions}
        #: The keys that no action has by itself.
        self.added = {key for keys in chosen.values() for key in keys} - {key for a in ACTIONS for key in a.keys}

    def for_key(self, key: str, place: Place) -> Action | None:
        """Return what a key does at a place, else what it would do elsewhere, None for a key of no action."""
        meant_by = [action for action in self.actions if key in action.keys]
        return next((a for a in meant_by if place in a.places), meant_by[0] if meant_by else None)

    def label(self, name: str, usual: str = "") -> str:
        """Return the key of an action as it is to be told; a `usual` one other than its first where that still works.

        "" where there is no such action.
        """
        action = self.by_id.get(name)
        if action is None:
            return ""
        others = map(key_label, BY_ID[name].keys[1:])
        return usual if usual in others and usual in map(key_label, action.keys) else action.key_label


def _with_own(action: Action, own: Mapping[str, tuple[str, ...]]) -> Action:
    """Return an action with its own keys before its usual ones, without those that others took."""
    taken = {
        key for name, keys in own.items() if name != action.id and BY_ID[name].places & action.places for key in keys
    }
    usual = [key for key in action.keys if key not in taken]
    return replace(action, keys=tuple(dict.fromkeys([*own.get(action.id, ()), *usual])))


def _problems(own: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Return by action what is wrong with its own keys: an unknown action or key, a clash, an action left without."""
    fine: dict[str, tuple[str, ...]] = {}
    for name, keys in own.items():
        try:
            fine[name] = _checked(name, keys, fine)
        except KeyProblemError as problem:
            yield name, str(problem)
    # Who gives up keys that it may not have takes back its usual ones, which others have taken meanwhile.
    while wrong := dict(_left_without(fine)):
        yield from wrong.items()
        fine = {name: keys for name, keys in fine.items() if name not in wrong}


def _left_without(own: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for action in ACTIONS:
        if not _with_own(action, own).keys:
            rivals = {n: set(keys) & set(action.keys) for n, keys in own.items() if BY_ID[n].places & action.places}
            for name, taken in rivals.items():
                if taken:
                    only = f"{_labels(taken)} is all that '{action.label}' ({action.id}) has"
                    yield name, f"{only}: give that another key first"


def _checked(name: str, keys: Iterable[str], before: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if name not in BY_ID:
        raise KeyProblemError(f"there is no action '{name}'{meant(name, BY_ID)}")
    if BY_ID[name].goes_by_digits:
        raise KeyProblemError(f"{name} goes by digits, which cannot be changed")
    found = tuple(map(key_name, keys))
    for other, taken in before.items():
        if (clash := set(found) & set(taken)) and BY_ID[other].places & BY_ID[name].places:
            raise KeyProblemError(f"{_labels(clash)} is given to {other} already")
    return found


def _labels(keys: Iterable[str]) -> str:
    return " ".join(map(key_label, keys))
