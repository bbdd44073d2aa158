"""What the prompt is opened for: the base of all purposes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arctui.core.drafts import Topic
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

AGREE: tuple[Hint, ...] = (("Enter", "agree and save"), ("Esc", "leave (kept as a draft)"))
SAVE: tuple[Hint, ...] = (("Enter", "save"), ("Esc", "leave (kept as a draft)"))


@dataclass(frozen=True)
class Purpose(ABC):
    """A purpose of the prompt. The base shows its hint while nothing is typed."""

    id: str
    title: str
    hint: str = ""
    about_account: bool = True
    lines: int = 3
    hints: tuple[Hint, ...] = SAVE
    cut_off: str = "this line was cut off: Enter saves it"
    #: Does what is typed come into the book?
    is_stored: bool = True

    def begins_with(self, screen: "DeskScreen") -> str:
        """Return the text to begin with."""
        return ""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Return the lines to show below what was typed."""
        return wrap(f" {self.hint}", screen.size.width, "dim", indent=1) if not text.strip() else []

    def about(self, screen: "DeskScreen") -> str:
        """Return which of the account's promises or entries it is for, "" if it is for the account."""
        return ""

    def keep(self, screen: "DeskScreen", text: str) -> None:
        """Bring what is being typed to disk."""
        screen.typing.keep_soon(text)

    @abstractmethod
    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Act; return whether the prompt is finished. Raises the desk's errors, which are shown."""

    def agreed(self, screen: "DeskScreen", text: str) -> bool:
        """The key was pressed that says yes to what Enter has asked; act, and return as `entered` does."""
        return False

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Escape was pressed: keep what was typed as a draft."""
        screen.typing.keep_soon(text)
        if text.strip():
            screen.tell(f"left; what you typed is kept{' for this account' if self.about_account else ''}")

    def stands(self, screen: "DeskScreen", about: str) -> bool:
        """Is the promise or the entry still there that a line was typed for?"""
        return True

    def take_up(self, screen: "DeskScreen", topic: Topic) -> None:
        """Go on with a line that was cut off."""
        screen.enter_pane("worklist")
        if topic.account:
            screen.moving.find_account(topic.account)
        screen.typing.open(self, topic=topic)

    def finished(self, screen: "DeskScreen") -> None:
        """Enter did its work: hide the line and show what it changed."""
        screen.close_prompt(show=False)
        screen.after_act()

    def emptied(self, screen: "DeskScreen") -> None:
        """Backspace was pressed on an empty line: nothing to do, but in a call."""
        screen.tell("")

    def refused(self, why: str, width: int) -> list[Line]:
        """Return the lines that say why it could not be done; what was typed stays."""
        return wrap(f" {why}", width, "bad", indent=1)
