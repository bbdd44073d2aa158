"""Writing the day's report: to which file, and whose."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence
from arctui.core.text import clean
from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_MINE, _FORCE = "mine", "--force"


class WriteDay(Purpose):
    """The file for the firm's day, or with `mine` before it the clerk's own: its ending says the form."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Say which file Enter writes while nothing is typed."""
        if text.strip():
            return []
        hint = f" Enter alone writes {_proposed(screen)}. {self.hint}"
        return wrap(clean(hint), screen.size.width, "dim", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Write the file."""
        from arctui.desk.day_report_files import check, form_of, made, save

        mine, path, force = _read(text if text.strip() else shlex.quote(str(_proposed(screen))))
        desk = screen.desk
        form, target = form_of(path), check(desk, path)
        file = made(desk, screen.reviewing.report_of(desk.clerk if mine else ""), form)
        save(target, file.content, force=force)
        screen.tell(
            clean("; ".join([f"written: {target.absolute()}", *file.notes])), "warn" if file.notes else "good"
        )
        return True

    def finished(self, screen: "DeskScreen") -> None:
        """Nothing in the book has changed: hide the line only."""
        screen.close_prompt()


def _proposed(screen: "DeskScreen") -> Path:
    """Return the file that is proposed, named after the day, with its folder."""
    from arctui.desk.day_report_files import default_name

    return Path(default_name(screen.reviewing.summary)).absolute()


def _read(text: str) -> tuple[bool, Path, bool]:
    """Read whose day, the file, and whether it may take another's place. Raises DeskError."""
    try:
        words = shlex.split(text)
    except ValueError:
        raise DeskError("a quotation mark is left open in the path") from None
    force = _FORCE in words
    rest = [word for word in words if word != _FORCE]
    mine = rest[:1] == [_MINE]
    rest = rest[mine:]
    if len(rest) != 1:
        raise DeskError("to which file? day.pdf, or mine day.pdf (a path with blanks needs quotation marks)")
    return mine, fence.named(rest[0]), force
