"""Importing a file, and what the import brought."""

import shlex
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from arctui import fence
from arctui.desk import DeskError
from arctui.tui.paths import completions
from arctui.tui.purposes.base import Purpose
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.desk.importing import ImportOptions
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
        found = completions(text)
        shown = "   ".join(path.name + ("/" if path.is_dir() else "") for path in found[:12])
        return wrap(f" {shown or 'no such file'}", screen.size.width, "dim", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Import it and show what it brought; a large closing is asked about first, however often it is pressed."""
        return self._import(screen, text, consent=False)

    def agreed(self, screen: "DeskScreen", text: str) -> bool:
        """Import what was asked about; another key than Enter says so, which may have been pressed before."""
        return text in self.asked and self._import(screen, text, consent=True)

    def _import(self, screen: "DeskScreen", text: str, *, consent: bool) -> bool:
        from arctui.desk.importing import NeedsConsentError
        from arctui.exchange.mapping import NeedsMappingError

        typed = text
        found = completions(text)
        typed = text.strip()
        is_file = fence.is_there(typed) and fence.named(typed).is_file()
        if not is_file and len(found) == 1 and found[0].is_file():
            text = str(found[0])
        path, options, look = import_words(text, consent=consent)
        if look:
            screen.importing.look(path, options)
            return True
        try:
            summary = screen.importing.begin(path, options)
        except NeedsMappingError as error:
            screen.importing.map_columns(path, options, error.table, error.guess)
            return True
        except NeedsConsentError as question:
            self.asked.add(typed)
            ask = f"{question}. Ctrl+Y imports it, as --yes behind the path does; --add there closes nothing"
            screen.prompt.understood(self.refused(ask, screen.size.width))
            return False
        if summary:
            screen.search = ""
            screen.show_all()
            screen.tell(f"imported {summary.file}", "good")
            screen.importing.do_imported()
        return True


def import_words(text: str, *, consent: bool) -> tuple[Path, "ImportOptions", bool]:
    """Read a path and the options --dates mdy|dmy, --decimal MARK, --as-of DAY, --add, --full, --yes, --payments,
    --sheet NAME, and --map.

    The last value says whether the columns are to be looked at (--map). Raises DeskError.
    """
    from arctui.desk.importing import ImportOptions

    stripped = text.strip()
    if fence.is_there(stripped):
        return fence.named(stripped), ImportOptions(consent=consent), False
    try:
        words = shlex.split(stripped)
    except ValueError:
        raise DeskError("a quotation mark is left open in the path") from None
    if not words or words[0].startswith("--"):
        raise DeskError("which file? write its path first")
    path, rest = fence.named(words[0]), iter(words[1:])
    chosen: dict[str, object] = {}
    look = False
    for word in rest:
        match word:
            case "--dates":
                order = next(rest, "")
                if order not in ("mdy", "dmy"):
                    raise DeskError("--dates is mdy or dmy")
                chosen["month_first"] = order == "mdy"
            case "--decimal":
                mark = next(rest, "")
                if mark not in (".", ","):
                    raise DeskError("--decimal is . or ,")
                chosen["decimal_mark"] = mark
            case "--as-of":
                try:
                    chosen["as_of"] = date.fromisoformat(next(rest, ""))
                except ValueError:
                    raise DeskError("--as-of is a day: YYYY-MM-DD") from None
            case "--add" | "--full":
                chosen["full"] = word == "--full"
            case "--yes":
                consent = True
            case "--payments":
                chosen["payments"] = True
            case "--sheet":
                chosen["sheet"] = next(rest, "")
            case "--map":
                look = True
            case _:
                raise DeskError(
                    f"'{word}' is not understood after the path (a path with blanks needs quotation marks)"
                )
    return path, ImportOptions(consent=consent, **chosen), look  # type: ignore[arg-type]
