"""The `?` list: every action with its keys, those of this place first; type to find, Enter runs it.

Over a screen that lies on the workstation it has that screen's own keys.
"""

from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.screen import Screen

from arctui.actions.model import Action, State, key_label
from arctui.core.text import fold
from arctui.tui.screens.find import FindScreen, Found

if TYPE_CHECKING:
    from arctui.tui.app import ArctuiApp


def help_screen(state: State, actions: tuple[Action, ...]) -> FindScreen:
    """Return the list of all actions; it is dismissed with the id of the action to run."""
    ordered = sorted(actions, key=lambda action: state.place not in action.places)
    return FindScreen(
        "KEYS", "of the workstation", {action.id: _row(action, action.reason(state)) for action in ordered}, "run it"
    )


def show_own_keys(screen: Screen[object]) -> None:
    """List the keys of a screen that has words for them; the chosen one is run."""
    rows: dict[str, Found] = {}
    taken: set[str] = set()
    for kind in type(screen).__mro__:
        if kind is Screen:
            # What follows are the toolkit's own keys.
            break
        bindings = [b for b in vars(kind).get("BINDINGS", ()) if isinstance(b, Binding)]
        for binding in bindings:
            free = [key for key in binding.key.split(",") if key not in taken]
            if binding.description and free and binding.action not in rows:
                keys = " ".join(map(key_label, free))
                rows[binding.action] = Found(keys, binding.description, "", fold(f"{keys} {binding.description}"))
        taken.update(key for binding in bindings for key in binding.key.split(","))

    if rows and "f1" not in taken:
        told = "the guide, at the chapter of this screen"
        rows["app.guide"] = Found(cast("ArctuiApp", screen.app).actions.label("guide"), told, "", fold(told))

    def run(action: str | None) -> None:
        if action:
            screen.call_later(screen.run_action, action)

    if rows:
        screen.app.push_screen(FindScreen("KEYS", "of this screen", rows, "run it"), run)


def _row(action: Action, hindered: str) -> Found:
    more = "(not now: Enter says why)" if hindered else ""
    words = fold(f"{action.label} {action.help} {action.also}")
    return Found(action.key_labels(), action.help, more, words, dim=bool(hindered))
