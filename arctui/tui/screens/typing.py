"""The line that is being typed: about which account it is, its drafts, and whether its reading still holds."""

from typing import TYPE_CHECKING

import msgspec

from arctui.core.facts import Dossier
from arctui.tui.purposes import PURPOSES, Purpose
from arctui.tui.widgets.lines import Line, clip

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class Typing:
    """What the prompt is open for."""

    def __init__(self, screen: "DeskScreen") -> None:
        self.screen = screen
        self.drafts: dict[tuple[str, str], str] = {}
        # The account that the open prompt is about, and its facts as they were shown with the reading.
        self.target = ""
        self._shown: tuple[Dossier, str, list[Line]] | None = None

    def open(self, purpose: Purpose, *, title: str = "", text: str | None = None) -> None:
        """Open the prompt for a purpose, with a text, or the draft that was left there."""
        screen = self.screen
        self.target = screen.account if purpose.about_account else ""
        screen.tell("")
        if text is None:
            text = self.drafts.get((purpose.id, self.target), "") or purpose.begins_with(screen)
        name = screen.desk.dossier(self.target).account.name if self.target else ""
        head = title or purpose.title
        shown = f"{head} {clip(name, 24)}:" if name else f"{head}:"
        screen.prompt.open(purpose.id, shown, text, lines=purpose.lines)
        screen.show_keys()

    def typed(self, text: str) -> None:
        """Keep what is being typed, and show how it is read."""
        PURPOSES[self.screen.prompt.purpose].keep(self.screen, text)
        self.read_again()

    def read_again(self) -> None:
        """Show how the line in the prompt is read now."""
        lines = self._read()
        self._shown = (self._facts(), self.screen.prompt.input.value, lines) if self.target else None
        self.screen.prompt.understood(lines)

    def _read(self) -> list[Line]:
        prompt = self.screen.prompt
        return PURPOSES[prompt.purpose].typed(self.screen, prompt.input.value)

    def _facts(self) -> Dossier:
        """Return the facts that the line is about, without the clerk's own calls."""
        return msgspec.structs.replace(self.screen.desk.dossier(self.target), calls=())

    def changed_meanwhile(self) -> bool:
        """Did somebody else change the account since its reading was shown? Then show the reading as it is now."""
        screen = self.screen
        if screen.desk.refresh() and screen.call_is_lost():
            return True
        if not self.target:
            return False
        if not screen.desk.knows(self.target):
            if screen.call_is_lost():
                return True
            screen.close_prompt()
            screen.tell("another session took this account out of the book: what you typed was not saved", "bad")
            return True
        if self._shown is None or not self._is_other_than(*self._shown):
            return False
        self.read_again()
        screen.tell("something changed this account just now: look at the reading again, Enter saves it", "warn")
        return True

    def _is_other_than(self, facts: Dossier, text: str, lines: list[Line]) -> bool:
        """Is the account, or the reading of the same text, another than it was shown?"""
        return self._facts() != facts or (text == self.screen.prompt.input.value and self._read() != lines)

    def entered(self, purpose: Purpose, text: str) -> bool:
        """Let the purpose act on the line; return whether it is done with. Raises what the desk raises."""
        if self.changed_meanwhile() or not purpose.entered(self.screen, text):
            return False
        self.drafts.pop((purpose.id, self.target), None)
        return True
