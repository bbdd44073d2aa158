"""Importing a file, and what the import brought."""

import shlex
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.money import grouped
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.importing import ImportOptions, ImportSummary, NeedsConsentError
from arctui.tui.purposes.base import Purpose
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen


@dataclass(frozen=True)
class OpenFile(Purpose):
    """A file to import, with the options of the command line where they are needed."""

    asked: set[str] = field(default_factory=set)

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the files that the path may become."""
        self.asked.clear()
        if not text.strip():
            return super().typed(screen, text)
        found = _completions(text)
        shown = "   ".join(path.name + ("/" if path.is_dir() else "") for path in found[:12])
        return wrap(f" {shown or 'no such file'}", screen.size.width, "dim", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Import it and show what it brought; a large closing is asked about first: Enter again agrees."""
        found = _completions(text)
        if not Path(text.strip()).expanduser().is_file() and len(found) == 1 and found[0].is_file():
            text = str(found[0])
        path, options = _import_words(text, consent=text in self.asked)
        try:
            summary = screen.desk.import_file(path, options)
        except NeedsConsentError as question:
            self.asked.add(text)
            ask = f"{question}. Enter again imports it; --add behind the path closes nothing"
            screen.prompt.understood(self.refused(ask, screen.size.width))
            return False
        screen.search = ""
        screen.show_all()
        screen.tell(f"imported {summary.file}", "good")
        screen.app.push_screen(ListingScreen(f"IMPORT {summary.file}", lambda width: import_lines(summary, width)))
        return True


def _completions(text: str) -> list[Path]:
    """Return the files and folders whose path begins with the text."""
    typed = Path(text.strip()).expanduser()
    folder, beginning = (typed, "") if text.rstrip().endswith("/") else (typed.parent, typed.name)
    try:
        return sorted(p for p in folder.iterdir() if p.name.startswith(beginning) and not p.name.startswith("."))
    except OSError:
        return []


def _import_words(text: str, *, consent: bool) -> tuple[Path, ImportOptions]:
    """Read a path and the options --dates mdy|dmy, --as-of DAY, --add, --full, --payments. Raises DeskError."""
    stripped = text.strip()
    if Path(stripped).expanduser().exists():
        return Path(stripped).expanduser(), ImportOptions(consent=consent)
    try:
        words = shlex.split(stripped)
    except ValueError:
        raise DeskError("a quotation mark is left open in the path") from None
    if not words or words[0].startswith("--"):
        raise DeskError("which file? write its path first")
    path, rest = Path(words[0]).expanduser(), iter(words[1:])
    chosen: dict[str, object] = {}
    for word in rest:
        match word:
            case "--dates":
                order = next(rest, "")
                if order not in ("mdy", "dmy"):
                    raise DeskError("--dates is mdy or dmy")
                chosen["month_first"] = order == "mdy"
            case "--as-of":
                try:
                    chosen["as_of"] = date.fromisoformat(next(rest, ""))
                except ValueError:
                    raise DeskError("--as-of is a day: YYYY-MM-DD") from None
            case "--add" | "--full":
                chosen["full"] = word == "--full"
            case "--payments":
                chosen["payments"] = True
            case _:
                raise DeskError(
                    f"'{word}' is not understood after the path (a path with blanks needs quotation marks)"
                )
    return path, ImportOptions(consent=consent, **chosen)  # type: ignore[arg-type]


def import_lines(summary: ImportSummary, width: int) -> list[Line]:
    """Return what an import did, with the report's own total beside ours, and every row that was not read."""
    counts = (
        ("new accounts", summary.accounts_added),
        ("new people", summary.people_added),
        ("new invoices", summary.invoices_added),
        ("changed invoices", summary.invoices_updated),
        ("closed invoices", summary.invoices_closed),
        ("payments", summary.payments_added),
        ("payments inferred", summary.payments_inferred),
    )
    lines: list[Line] = [
        (("layout ", "dim"), (summary.layout, ""), ("   as of ", "dim"), (say.short_day(summary.as_of), "")),
        (("", ""),),
    ]
    if summary.known_already:
        return [*lines, (("this file was imported before: nothing was changed", "warn"),)]
    lines += [((f"{count:>8,}  ", "strong"), (label, "")) for label, count in counts if count]
    if not any(count for _, count in counts):
        lines.append((("nothing new", "dim"),))
    lines.append((("", ""),))
    if summary.read_total or summary.stated_total is not None:
        lines.append((("total read     ", "dim"), (f"{grouped(summary.read_total):>18}", "strong")))
    if summary.stated_total is not None:
        same = summary.stated_total == summary.read_total
        verdict = ("  agrees", "good") if same else ("  DIFFERS", "bad")
        lines.append((("report's total ", "dim"), (f"{grouped(summary.stated_total):>18}", ""), verdict))
    for currency, amount in summary.closed.items():
        text = f"closed, taken as paid {grouped(amount, currency)}: was the report complete? u undoes the import"
        lines += wrap(text, width, "warn")
    for note in summary.notes:
        lines += wrap(note, width, "warn")
    if summary.skipped:
        lines += [(("", ""),), ((f"{plural(len(summary.skipped), 'row')} with something that was not read", "warn"),)]
        for skipped in summary.skipped:
            lines += wrap(f"row {skipped.row}: {skipped.why}", width, "", indent=2)
    return lines
