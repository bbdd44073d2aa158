"""The application as far as settings decide about it: colours, signs, what may be copied; and no way out of it."""

import os
from base64 import b64encode
from collections.abc import Iterable

from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.widget import Widget

from arctui.desk import DeskError
from arctui.settings.errors import SettingsFileError
from arctui.settings.files import Found, change, load
from arctui.settings.model import Settings
from arctui.tui import signs, themes

#: Characters that GNU screen hands on at once.
_MOST_WRAPPED = 250


class SettledApp(App[None]):
    """An application that looks as the settings say, opens no link and writes no picture of its screen."""

    def __init__(self, driver: type[Driver] | None, found: Found) -> None:
        super().__init__(driver)
        self.found = found
        signs.choose(self.settings.word("screen.lines"))
        self._ascii = themes.AsciiFilter(enabled=signs.only_ascii())
        # No colour at all, not even shades of grey, whatever theme the toolkit began with.
        self._filters = [NoColor() if isinstance(f, Monochrome) else f for f in self._filters]
        self._filters.append(self._ascii)
        for theme in themes.THEMES:
            self.register_theme(theme)

    @property
    def settings(self) -> Settings:
        """The settings that hold."""
        return self.found.settings

    def take_settings(self, found: Found) -> None:
        """Let changed settings hold at once, as far as that is possible."""
        self.found = found
        self.take_theme()
        signs.choose(self.settings.word("screen.lines"))
        if self._ascii.enabled != signs.only_ascii():
            self._ascii.enabled = signs.only_ascii()
            for screen in self.screen_stack:
                # What is drawn already is kept by each widget.
                for widget in (screen, *screen.walk_children(Widget)):
                    widget.notify_style_update()
                    widget.refresh()

    def take_theme(self) -> None:
        """Take the colours that terminal and settings choose."""
        self.theme = themes.theme_name(self.settings.word("screen.theme")) or self.theme

    def choose_theme(self, name: str) -> str:
        """Take a theme and remember it; return what was done in words. Raises DeskError."""
        if self.found.own:
            try:
                change(self.found.own, "screen.theme", name)
            except SettingsFileError as error:
                raise DeskError(str(error)) from None
            self.take_settings(load(self.found.own, self.found.host))
        else:
            self.theme = themes.theme_name(name) or self.theme
        if self.theme != name:
            return f"{name}: chosen for terminals with more colours; here its own are taken"
        return f"theme: {name}"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the roles for a theme that has none of its own."""
        return themes.DEFAULTS

    def copy(self, text: str) -> None:
        """Put a text into the clipboard of the clerk's machine. Raises DeskError where the settings say no."""
        if not self.settings.switch("copy.clipboard"):
            raise DeskError("nothing is copied out of arctui here: the setting copy.clipboard is off")
        self.copy_to_clipboard(text)

    def copy_to_clipboard(self, text: str) -> None:
        """Write what that copies (OSC 52), unless the settings say no. GNU screen hands on only what is wrapped."""
        if not self.settings.switch("copy.clipboard"):
            return
        if not (os.environ.get("STY") and self._driver):
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        encoded = b64encode(text.encode("utf-8")).decode()
        copying = f"\x1b]52;c;{encoded}\a"
        pieces = [copying[n : n + _MOST_WRAPPED] for n in range(0, len(copying), _MOST_WRAPPED)]
        self._driver.write("".join(f"\x1bP{piece}\x1b\\" for piece in pieces))

    def refuse(self, why: str) -> None:
        """Say why something is not to be had here."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open no address on this machine: it is shown, and the reader's own terminal may open it."""
        self.refuse("arctui opens no links: copy the address")

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Write no picture of the screen: it would lie open to others, with what the book says."""
        self.refuse("arctui writes no pictures of its screen")

    def save_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str:
        """Write no picture of the screen."""
        self.action_screenshot()
        return ""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer nothing: the palette is our own, and the toolkit's could write files."""
        return ()
