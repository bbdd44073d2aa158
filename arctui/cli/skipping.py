"""`import --skipped FILE`: the rows that were not read, as a table of their own."""

from collections.abc import Sequence
from pathlib import Path

from arctui.cli.values import Document
from arctui.core.text import plural
from arctui.desk import Desk
from arctui.desk.importing import ImportSummary
from arctui.desk.skipped_rows import check_new, save_skipped


class SkippedRows:
    """The file that takes them; it is looked at before anything is imported."""

    def __init__(self, desk: Desk, path: Path) -> None:
        """Raises DeskError, BookError where it is not a new file."""
        self._desk, self._path = desk, path
        check_new(desk, path)

    def save(self, summaries: Sequence[ImportSummary], document: Document) -> str:
        """Write it and say so, in words and in the document. Raises DeskError, BookError."""
        file, rows = save_skipped(self._desk, summaries, self._path)
        document["skipped_file"] = str(file) if rows else None
        return f"{file}: {plural(rows, 'row')} that could not be read" if rows else f"no row was left out: no {file}"
