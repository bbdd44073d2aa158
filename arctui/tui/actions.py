"""The one table of actions: it makes the bindings, the key bar, the `?` list, the palette and the README's key table.

An action that is not possible now says why. Handlers live in the screen (`do_<id>`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class State:
    """What an action's possibility depends on: plain values, put together by the screen."""

    account: str = ""
    has_phone: bool = False
    open_disputes: int = 0


@dataclass(frozen=True)
class Action:
    """One action. `keys` are Textual's key names, the first one is shown; `rank` orders the key bar (0: never there).

    `needs_account`: it works on the account under the cursor. `hindered` returns why it is not possible, "" if it is.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    rank: int = 0
    needs_account: bool = False
    hindered: Callable[[State], str] = lambda _: ""

    def reason(self, state: State) -> str:
        """Say why the action is not possible now, "" if it is."""
        if self.needs_account and not state.account:
            return "there is no account in the list: import a report with o, or clear the search with Escape"
        return self.hindered(state)

    @property
    def key_label(self) -> str:
        """The first key, as people write it."""
        return key_label(self.keys[0])


_KEY_LABELS = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "slash": "/",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "f1": "F1",
    "ctrl+p": "Ctrl+P",
    "ctrl+l": "Ctrl+L",
}


def key_label(key: str) -> str:
    """Write a key as people do: "/" for "slash"."""
    return _KEY_LABELS.get(key, key)


def _phone(state: State) -> str:
    return "" if state.has_phone else "no phone number is known for this account"


def _dispute(state: State) -> str:
    return "" if state.open_disputes else "there is no open dispute on this account"


ACTIONS = (
    Action("promise", ("p",), "promise", "take a promise to pay: fri 1200 ach tony", 1, needs_account=True),
    Action(
        "log", ("l",), "log", "log what came of a call: na, lvm, cb tue 10:30, dsp 450 why", 2, needs_account=True
    ),
    Action("search", ("slash",), "search", "find an account by name, number, person, phone or invoice", 3),
    Action("undo", ("u",), "undo", "undo your last act, again and again", 4),
    Action("account", ("i", "enter"), "account", "show the whole account: every promise, invoice and word", 5, True),
    Action("note", ("n",), "note", "write a note into the account's file", 7, needs_account=True),
    Action(
        "follow_up", ("f",), "follow-up", "set the day of the next contact: fri ask for Lee", 8, needs_account=True
    ),
    Action("dispute", ("d",), "dispute", "record a dispute: 450 damaged pallets", 9, needs_account=True),
    Action("copy_phone", ("y",), "copy phone", "copy the phone number", 12, needs_account=True, hindered=_phone),
    Action("letter", ("L",), "letter sent", "record that a letter was sent today", 0, needs_account=True),
    Action("solve", ("D",), "dispute solved", "close the open disputes", 0, needs_account=True, hindered=_dispute),
    Action("stop", ("x",), "stop calling", "stop calling this account, or allow it again", 0, needs_account=True),
    Action("open_file", ("o",), "import", "import a report, a contact list or a payment list", 10),
    Action("next", ("right_square_bracket",), "next", "go to the next account", 0, needs_account=True),
    Action("previous", ("left_square_bracket",), "previous", "go to the previous account", 0, needs_account=True),
    Action("pane", ("tab", "shift+tab"), "pane", "go to the next pane", 11),
    Action("worklist", ("w",), "worklist", "go to the worklist", 0),
    Action("leave_search", ("escape",), "clear", "clear the search", 0),
    Action("redraw", ("ctrl+l",), "redraw", "paint the whole screen again"),
    Action("palette", ("ctrl+p",), "palette", "find any action by typing"),
    Action("help", ("question_mark", "f1"), "more", "list every key; type to find, Enter runs it", 0),
    Action("quit", ("q",), "leave", "leave; everything is saved already", 6),
)

BY_ID = {action.id: action for action in ACTIONS}


def bindings() -> list[Binding]:
    """Return the bindings of the table; each calls the screen's `act` with the action's id."""
    return [
        Binding(
            ",".join(action.keys),
            f"act('{action.id}')",
            action.label,
            id=action.id,
            tooltip=action.help,
            key_display=action.key_label,
        )
        for action in ACTIONS
    ]


def key_table() -> str:
    """Return the table of keys in Markdown, as the README has it."""
    rows = [f"| {' '.join(f'`{key_label(k)}`' for k in a.keys)} | {a.help} |" for a in ACTIONS]
    return "\n".join(["| key | does |", "|---|---|", *rows])
