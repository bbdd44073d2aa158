"""The `?` list: every action with its keys, those of this place first; type to find, Enter runs it."""

from arctui.core.text import fold
from arctui.tui.actions import ACTIONS, Action, State, key_label
from arctui.tui.screens.find import FindScreen, Found


def help_screen(state: State) -> FindScreen:
    """Return the list of all actions; it is dismissed with the id of the action to run."""
    ordered = sorted(ACTIONS, key=lambda action: state.place not in action.places)
    return FindScreen(
        "KEYS", "of the workstation", {action.id: _row(action, action.reason(state)) for action in ordered}, "run it"
    )


def _row(action: Action, hindered: str) -> Found:
    keys = action.key_label if action.keys[0] == "1" else " ".join(key_label(key) for key in action.keys)
    more = "(not now: Enter says why)" if hindered else ""
    return Found(keys, action.help, more, fold(f"{action.label} {action.help}"), dim=bool(hindered))
