"""The keys of the moment, in the order of their weight."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from arctui.actions.keys import ActionTable
from arctui.actions.model import Action, State
from arctui.core.reasons import Bucket
from arctui.tui.purposes import PURPOSES
from arctui.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


@lru_cache(maxsize=64)
def _possible(table: ActionTable, state: State, front: str) -> tuple[Action, ...]:
    """Return the actions of the key bar that are possible, in the order of their weight."""
    found = (a for a in table.actions if a.rank and a.id != front and not a.reason(state))
    return tuple(sorted(found, key=lambda a: a.rank))


def show_keys(screen: "DeskScreen") -> None:
    """Show the keys that work now in the key bar."""
    bar = screen.query_one(KeyBar)
    if screen.prompt.display:
        bar.hint(PURPOSES[screen.prompt.purpose].hints, None)
        return
    state = screen.state()
    # No action asks more of the account than whether there is one.
    shown = list(_possible(screen.actions, replace(state, account="any" if state.account else ""), screen.front))
    row = screen.desk.row(state.account) if state.account else None
    if row and row.bucket is Bucket.LETTER:
        # Enter still calls; what is due is a letter, after the last one the claim file.
        asked_for = screen.desk.standing(row.account).contacts.level.next
        due = screen.actions.by_id["letter" if asked_for else "claim_file"]
        shown[1:1] = [] if due.reason(state) else [due]
    hints = [(a.key_label, a.label) for a in shown]
    if screen.search and screen.front == "worklist":
        hints.insert(0, ("Esc", "clear search"))
    bar.hint(hints)
