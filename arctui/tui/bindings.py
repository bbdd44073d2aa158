"""The bindings of the desk's screen, out of the table of actions."""

from textual.binding import Binding

from arctui.actions.table import ACTIONS


def bindings() -> list[Binding]:
    """Return a binding for each key of the table; it calls the screen's `press` with the key."""
    return [binding(key) for key in dict.fromkeys(key for action in ACTIONS for key in action.keys)]


def binding(key: str) -> Binding:
    """Return the binding of one key."""
    return Binding(key, f"press('{key}')", id=f"key-{key.replace('+', '-')}", show=False)
