"""All that can be set, a row each: the settings of the workstation, the keys of each action, the firm's policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from arctui import settings
from arctui.actions.keys import ActionTable
from arctui.actions.table import ACTIONS
from arctui.core.policy import show_setting
from arctui.core.policy_words import HELP
from arctui.core.records import PolicyChange
from arctui.desk import Desk
from arctui.settings.files import Found
from arctui.settings.model import SETTINGS, Setting
from arctui.tui.widgets.lines import Line, fit

#: Kinds of rows.
HEADING, SETTING, KEYS, POLICY = "heading", "setting", "keys", "policy"
#: Settings that hold at once; any other one from the next start on.
AT_ONCE = ("screen.theme", "screen.lines", "copy.clipboard", "output.plain")
_NAME, _ORIGIN = 28, 18


@dataclass(frozen=True)
class Row:
    """A row: its kind, its name, the value as it is typed, where that comes from, and in words what it is."""

    kind: str
    name: str
    value: str = ""
    origin: str = ""
    help: str = ""
    allowed: str = ""

    @property
    def key(self) -> str:
        """By what the list knows it."""
        return f"{self.kind} {self.name}"


def is_heading(key: str) -> bool:
    """Is it the key of a heading, which the cursor passes?"""
    return key.startswith(f"{HEADING} ")


def rows(desk: Desk, found: Found, actions: ActionTable) -> dict[str, Row]:
    """Return all rows by their key, in order."""
    made = [
        Row(HEADING, "THIS WORKSTATION", help=str(found.own or "nothing is remembered: there is no file")),
        *(_setting(setting, found) for setting in SETTINGS),
        Row(HEADING, "KEYS", help="Enter, then the new key"),
        *_keys(found, actions),
        Row(HEADING, "THE FIRM", help="in the book, for everybody, with the day from which it holds"),
        *_policy(desk),
    ]
    return {row.key: row for row in made}


def _setting(setting: Setting, found: Found) -> Row:
    value, when = setting.show(found.settings.get(setting.path)), ""
    if setting.of_host:
        when = f"; only {settings.HOST_FILE} decides it"
    elif setting.path not in AT_ONCE:
        when = "; holds from the next start on"
    return Row(SETTING, setting.path, value, found.origin(setting.path), setting.help, f"{setting.allowed}{when}")


def _keys(found: Found, actions: ActionTable) -> Iterator[Row]:
    for action in ACTIONS:
        value = actions.by_id[action.id].key_labels()
        origin = "yours" if action.id in found.settings.keys else "as ever"
        allowed = "any key but digits, arrows, Enter and Esc"
        if action.goes_by_digits:
            allowed = "digits, which cannot be changed"
        yield Row(KEYS, action.id, value, origin, action.help, allowed)


def _policy(desk: Desk) -> Iterator[Row]:
    changes: dict[str, list[PolicyChange]] = {}
    for change in desk.book.facts.all(PolicyChange):
        changes.setdefault(change.setting, []).append(change)
    for name, told in HELP.items():
        own = sorted(changes.get(name, []), key=lambda c: (c.since, c.at))
        since, coming = [c for c in own if c.since <= desk.today], [c for c in own if c.since > desk.today]
        origin = f"since {since[-1].since}" if since else "default"
        later = "".join(f"; {c.value or '(empty)'} from {c.since}" for c in coming)
        value = show_setting(getattr(desk.policy, name))
        yield Row(POLICY, name, value, origin, told, f"VALUE, or VALUE from {_example(desk.today)}{later}")


def _example(today: date) -> str:
    return f"{today.year + 1}-01-01"


def draw_row(row: Row, width: int, has_cursor: bool) -> list[Line]:
    """Draw a row in a line."""
    if row.kind == HEADING:
        return [((f" {row.name}", "title"), (fit(f"  {row.help}", max(0, width - len(row.name) - 1)), "dim"))]
    pointer = ">" if has_cursor else " "
    name = min(_NAME, max(8, (width - 4) // 3))
    origin = min(_ORIGIN, max(0, width - 2 * name - 4))
    value = max(4, width - name - origin - 4)
    role = "dim" if row.origin in ("default", "as ever") else "strong"
    return [
        (
            (f"{pointer} ", "accent"),
            (fit(row.name, name - 1) + " ", ""),
            (fit(row.value or "(none)", value), role),
            (fit(f" {row.origin}", origin + 1), "dim"),
        )
    ]
