"""Which settings there are, what each may be, and what it is unless somebody sets it. Knows no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from arctui.settings.errors import SettingError

#: A value as it stands in a file.
Value = str | bool | list[str]


@dataclass(frozen=True)
class Setting:
    """One setting: `default` tells its kind (a word, a switch, a list), `choices` are the words that it may be.

    Of one with `of_host` only the host's file decides: a user could not be kept from anything by it otherwise.
    """

    section: str
    name: str
    default: Value
    help: str
    choices: tuple[str, ...] = ()
    of_host: bool = False

    @property
    def path(self) -> str:
        """The name with its section: screen.theme."""
        return f"{self.section}.{self.name}"

    @property
    def allowed(self) -> str:
        """What it may be, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if isinstance(self.default, bool):
            return "true or false"
        return "a list of words" if isinstance(self.default, list) else "a text"

    def check(self, value: object) -> Value:
        """Return a value that a file has for it. Raises SettingError."""
        if isinstance(self.default, list) and isinstance(value, str):
            value = [value]
        known = isinstance(value, type(self.default)) and not (self.choices and value not in self.choices)
        if known and isinstance(value, list):
            known = all(isinstance(word, str) for word in value)
        if not known:
            raise SettingError(f"{self.path} cannot be {_shown(value)}: {self.allowed}")
        return value  # type: ignore[return-value]

    def parse(self, text: str) -> Value:
        """Read a value as it is typed: a word, true or false, a list with commas. Raises SettingError."""
        if isinstance(self.default, bool):
            words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
            return self.check(words.get(text.strip().lower(), text))
        if isinstance(self.default, list):
            return [word for part in text.split(",") if (word := part.strip())]
        return self.check(text.strip())

    def show(self, value: Value) -> str:
        """Write a value as `parse` reads it."""
        if isinstance(value, bool):
            return "true" if value else "false"
        return ", ".join(value) if isinstance(value, list) else value


SETTINGS = (
    Setting(
        "screen",
        "theme",
        "calm",
        "the colours: calm is dark; terminal takes the sixteen of the terminal",
        ("calm", "light", "contrast", "contrast-light", "terminal"),
    ),
    Setting(
        "screen",
        "lines",
        "auto",
        "what lines, bars and marks are drawn with; auto: ascii where the terminal or the locale has no more",
        ("auto", "unicode", "ascii"),
    ),
    Setting(
        "screen",
        "colours",
        "auto",
        "how many colours the terminal has; auto: what it says of itself",
        ("auto", "none", "16", "256", "full"),
    ),
    Setting(
        "screen", "mouse", False, "take the mouse: clicks choose, the wheel scrolls; the terminal then marks no text"
    ),
    Setting("copy", "clipboard", True, "y copies into the clipboard of your own machine, by the terminal (OSC 52)"),
    Setting("output", "plain", False, "commands print for a screen reader: no bars, no columns, a sentence a fact"),
    Setting("book", "file", "", "the book to open where neither --book nor ARCTUI_BOOK names one"),
    Setting("kiosk", "on", False, "no way from arctui into the host; files only in the folder", of_host=True),
    Setting(
        "kiosk", "folder", "", "where the files to import lie and what is written goes; needed with on", of_host=True
    ),
    Setting("kiosk", "dates", False, "users may say which day is today, with --date", of_host=True),
    Setting("roles", "reviewer", [], "logins that may change the policy, restore and decide on credit", of_host=True),
    Setting(
        "roles",
        "clerk",
        [],
        "logins that may do all but that; needed only where * is read_only",
        of_host=True,
    ),
    Setting(
        "roles", "read_only", [], "logins that may look and change nothing; * is everybody not named", of_host=True
    ),
)
BY_PATH = {setting.path: setting for setting in SETTINGS}
#: The section of the user's own keys: an action's name and the keys for it.
KEYS = "keys"
SECTIONS = (*dict.fromkeys(setting.section for setting in SETTINGS), KEYS)


@dataclass(frozen=True)
class Settings:
    """All settings as they hold: by path, and the keys by action."""

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, path: str) -> Value:
        """Return a setting's value, its default where it is not set. Raises KeyError for an unknown one."""
        return self.values.get(path, BY_PATH[path].default)

    def word(self, path: str) -> str:
        """Return the value of a setting that is a word."""
        return str(self.get(path))

    def switch(self, path: str) -> bool:
        """Return the value of a setting that is true or false."""
        return self.get(path) is True

    def words(self, path: str) -> tuple[str, ...]:
        """Return the value of a setting that is a list."""
        value = self.get(path)
        return tuple(value) if isinstance(value, list) else ()

    def over(self, host: "Settings") -> "Settings":
        """Return these settings of a user where the host's hold for what they do not say."""
        own = {path: value for path, value in self.values.items() if not BY_PATH[path].of_host}
        return replace(self, values={**host.values, **own}, keys={**host.keys, **self.keys})


def setting_of(path: str) -> Setting:
    """Return the setting with this name, with or without its section. Raises SettingError."""
    found = [s for s in SETTINGS if path in (s.path, s.name)]
    if len(found) == 1:
        return found[0]
    raise SettingError(f"there is no setting '{path}'{meant(path, BY_PATH)}")


def meant(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """Return what may have been meant by an unknown word, or all that there is, as the end of a sentence."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), 1, 0.6)
    return f": is '{close[0]}' meant?" if close else f"; there are {', '.join(known)}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
