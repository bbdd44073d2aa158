"""Exporting: what, and to which file."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence
from arctui.core.text import clean, plural
from arctui.desk import DeskError
from arctui.tui.purposes.base import Purpose

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


class ExportLine(Purpose):
    """What is to be written, and the file: its ending says which kind it is to be."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Write the file; a large one beside the work."""
        from arctui.desk.archiving import export_archive
        from arctui.desk.exporting import ARCHIVE, Wish

        what, path, force = _export_words(text)
        if what == ARCHIVE:
            target, count, notes = export_archive(screen.desk, path, force=force)
            told = f"{target.name}: the whole book, {plural(count, 'record')}"
            screen.tell(clean("; ".join([told, *notes])), "good")
        else:
            screen.importing.export(Wish(what=what), path, force=force)
        return True

    def finished(self, screen: "DeskScreen") -> None:
        """Nothing in the book has changed: hide the line only."""
        screen.close_prompt()


def _export_words(text: str) -> tuple[str, Path, bool]:
    """Read what, the file, and whether it may take another's place. Raises DeskError."""
    from arctui.desk.exporting import WHAT

    try:
        words = shlex.split(text)
    except ValueError:
        raise DeskError("a quotation mark is left open in the path") from None
    force = "--force" in words
    rest = [word for word in words if word != "--force"]
    if not rest or rest[0] not in WHAT:
        raise DeskError(f"what? one of {', '.join(WHAT)}; then the file: worklist list.csv")
    if len(rest) != 2:
        raise DeskError(f"to which file? {rest[0]} FILE (a path with blanks needs quotation marks)")
    return rest[0], fence.named(rest[1]), force
