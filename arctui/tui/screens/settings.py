"""The settings screen: what holds, where it comes from, and what else it may be; changed on the spot."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from arctui.actions.keys import ActionTable
from arctui.actions.table import BY_ID
from arctui.core.policy import PolicyError
from arctui.desk import DeskError
from arctui.settings.errors import SettingError, SettingsFileError
from arctui.settings.files import change, change_keys, load
from arctui.settings.model import BY_PATH, Settings
from arctui.tui.screens.asking import AskingScreen, Question
from arctui.tui.views.settings import AT_ONCE, KEYS, POLICY, SETTING, Row, draw_row, is_heading, rows
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, wrap
from arctui.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from pathlib import Path

    from arctui.tui.app import ArctuiApp
    from arctui.tui.screens.desk import DeskScreen

_HINTS: tuple[Hint, ...] = (
    ("Enter", "change"),
    ("Left Right", "turn"),
    ("Del", "as it was"),
    ("Tab", "next part"),
    ("Esc", "back"),
)
#: Behind a value of the policy: the day from which it holds.
_FROM = re.compile(r"^(.*?)\s*\bfrom (\d{4}-\d\d-\d\d)$", re.DOTALL)
#: Lines of the help above the list: always so many, so that the list stays where it is.
_HELP_LINES = 3


class _SettingList(RowList[Row]):
    """The rows; while a key is waited for any key is that one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, passes=is_heading, **kwargs)
        self.taker: Callable[[str], None] | None = None

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Is the key to come here, whatever it means?"""
        return self.taker is not None

    def on_key(self, event: events.Key) -> None:
        """Hand the key that was waited for on."""
        if self.taker:
            event.stop()
            event.prevent_default()
            taker, self.taker = self.taker, None
            taker(event.character if event.is_printable and event.character else event.key)


class SettingsScreen(AskingScreen):
    """The workstation's settings, the keys, the firm's policy: one list."""

    LIST: ClassVar[type[RowList[Any]]] = _SettingList
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "change it", show=False),
        Binding("right,l", "turn(1)", "the next value", show=False),
        Binding("left,h", "turn(-1)", "the value before", show=False),
        Binding("delete,backspace", "reset", "as it was before you set it", show=False),
        Binding("tab,right_square_bracket", "part(1)", "the next part", show=False),
        Binding("shift+tab,left_square_bracket", "part(-1)", "the part before", show=False),
        Binding("q,comma", "dismiss", "back to the desk", show=False),
    ]

    def __init__(self, screen: "DeskScreen") -> None:
        super().__init__(screen, "")
        self._all: dict[str, Row] = {}
        # The row that is explained above the list.
        self._seen = ""

    @property
    def _app(self) -> "ArctuiApp":
        return cast("ArctuiApp", self.app)

    @property
    def _file(self) -> "Path":
        """The user's file. Raises SettingError where nothing is remembered."""
        if self._app.found.own is None:
            raise SettingError("nothing can be remembered here: there is no settings file")
        return self._app.found.own

    @property
    def _row(self) -> Row:
        return self._all[self._rows.chosen]

    def on_mount(self) -> None:
        """Show what there is, and what is wrong in the files."""
        super().on_mount()
        if wrong := self._app.found.told():
            self.tell(wrong[0], "warn")

    def show_now(self) -> None:
        """Show all rows, above them what the one with the cursor is."""
        self._all = rows(self._desk, self._app.found, self._below.actions)
        self._rows.fill(list(self._all), self._all.__getitem__)
        self._show_help()

    def _show_help(self) -> None:
        self._seen = self._rows.chosen
        head = self._help() if self._all else []
        keys: Sequence[Hint] = [("any key", "is taken"), ("Esc", "none")] if self._takes_key else _HINTS
        self.show_parts("SETTINGS", "each is in force at once, or says when", head, None, keys)

    def _help(self) -> list[Line]:
        width = max(10, self.size.width - 2)
        lines = [*wrap(f" {self._row.help}", width, "", 1), *wrap(f" {self._row.allowed}", width, "dim", 1)]
        return [*lines, *[()] * _HELP_LINES][:_HELP_LINES]

    @property
    def _takes_key(self) -> bool:
        return isinstance(self._rows, _SettingList) and self._rows.taker is not None

    @on(RowList.Moved)
    def _moved(self) -> None:
        if self._question is None and self._rows.chosen != self._seen:
            self.tell("")
            self._show_help()

    def _draw(self, row: Row, width: int, has_cursor: bool) -> Sequence[Line]:
        return draw_row(row, width, has_cursor)

    @property
    def work(self) -> Widget:
        """The list has the keys."""
        return self._rows

    # Moving

    def action_part(self, way: int) -> None:
        """Go to the first row of the next part, or of the one before."""
        keys = list(self._all)
        heads = [n for n, key in enumerate(keys) if is_heading(key)]
        now = sum(head < self._rows.cursor for head in heads) - 1
        self._rows.fill(keys, self._all.__getitem__, keys[heads[(now + way) % len(heads)] + 1])
        self._show_help()

    def action_complete(self) -> None:
        """Tab goes to the next part; the line has no path."""
        if self._question is None:
            self.action_part(1)

    # Changing

    def action_change(self) -> None:
        """Change it: the next of a few values, a key that is pressed, or what is typed into the line."""
        row = self._row
        if row.kind == SETTING:
            setting = BY_PATH[row.name]
            if setting.of_host:
                self.tell(row.allowed.partition("; ")[2], "warn")
            elif setting.choices or isinstance(setting.default, bool):
                self.action_turn(1)
            else:
                self._ask(f"{row.name}: {setting.allowed}; an empty line: as it was", row.value, self._set)
        elif row.kind == POLICY:
            self._ask(f"{row.name}: {row.allowed}", row.value, self._set_policy)
        elif row.kind == KEYS:
            self._take_key()

    def _ask(self, words: str, value: str, act: Callable[[str], str]) -> None:
        def entered(text: str) -> None:
            if self.attempt(partial(act, text)):
                said = self._told
                self.answered()
                self.tell(*said)

        self.ask(Question(words, "set it", entered), value)

    def action_turn(self, way: int) -> None:
        """Take the next of the values that a setting may have, or the one before."""
        row = self._row
        if row.kind != SETTING or BY_PATH[row.name].of_host:
            return
        setting = BY_PATH[row.name]
        values = setting.choices or (("true", "false") if isinstance(setting.default, bool) else ())
        if values:
            place = values.index(row.value) + way
            self.attempt(partial(self._set, values[place % len(values)]))
            self.show()

    def action_reset(self) -> None:
        """Take a setting, or the keys of an action, back to what they are by themselves."""
        row = self._row
        if row.kind == SETTING:
            self.attempt(partial(self._set, ""))
        elif row.kind == KEYS:
            self.attempt(partial(self._set_keys, row.name, ()))
        elif row.kind == POLICY:
            self.tell(
                "the firm's settings have a history: Enter sets another value; u on the desk undoes the last one"
            )
            return
        self.show()

    def attempt(self, act: Callable[[], str]) -> bool:
        """Do an act; what a setting cannot take is said in place."""

        def guarded() -> str:
            try:
                return act()
            except (SettingError, SettingsFileError, PolicyError) as error:
                raise DeskError(str(error)) from None

        return super().attempt(guarded)

    def _set(self, text: str) -> str:
        """Set the workstation's setting with the cursor; an empty text takes it out of the file."""
        row = self._row
        change(self._file, row.name, text or None)
        self._take_over()
        value = BY_PATH[row.name].show(self._app.settings.get(row.name)) or "(none)"
        return f"{row.name} = {value}{'' if row.name in AT_ONCE else ', from the next start on'}"

    def _set_policy(self, text: str) -> str:
        """Set the firm's setting with the cursor, from today or from the day behind it."""
        found = _FROM.match(text)
        value, since = (found.group(1), found.group(2)) if found else (text, "")
        try:
            day = date.fromisoformat(since) if since else None
        except ValueError:
            raise DeskError(f"'{since}' is no day: write VALUE from YYYY-MM-DD") from None
        self._desk.set_policy(self._row.name, value, day)
        self._below.show_all()
        return f"{self._row.name} = {value or '(empty)'} from {day or 'today'} on"

    def _take_key(self) -> None:
        """Wait for the key that is to do the action."""
        row = self._row
        if BY_ID[row.name].goes_by_digits:
            self.tell(row.allowed, "warn")
            return

        def taken(key: str) -> None:
            if key == "escape":
                self.tell("")
            else:
                self.attempt(partial(self._set_keys, row.name, (key,)))
            said = self._told
            self.show()
            self.tell(*said)

        cast("_SettingList", self._rows).taker = taken
        self.tell(f"press the key that is to do '{row.name}'", "accent")
        self._show_help()

    def _set_keys(self, action: str, keys: tuple[str, ...]) -> str:
        """Give an action a key of its own, or its usual ones back."""
        before = self._below.actions

        def wrong(settings: Settings) -> list[str]:
            return [ActionTable(settings.keys).problems.get(action, "")]

        change_keys(self._file, action, keys, wrong)
        self._take_over()
        now = self._below.actions
        lost = [a.id for a in now.actions if a.id != action and len(a.keys) < len(before.by_id[a.id].keys)]
        taken = f", taken from {', '.join(lost)}" if lost else ""
        return f"{action}: {now.by_id[action].key_labels()}{taken}"

    def _take_over(self) -> None:
        """Read the files again, and let them hold."""
        self._app.take_settings(load(self._file, self._app.found.host))
