"""What the prompt is opened for: each purpose reads what is typed, live, and acts when Enter is pressed."""

import shlex
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from arctui.core import words as say
from arctui.core.money import grouped
from arctui.core.records import Flag
from arctui.core.text import plural
from arctui.desk import DeskError
from arctui.desk.importing import ImportOptions, ImportSummary, NeedsConsentError
from arctui.tui.screens.listing import ListingScreen
from arctui.tui.screens.reading import reading_lines
from arctui.tui.widgets.keybar import Hint
from arctui.tui.widgets.lines import Line, wrap

if TYPE_CHECKING:
    from arctui.tui.screens.desk import DeskScreen

_SAVE: tuple[Hint, ...] = (("Enter", "agree and save"), ("Esc", "leave (kept as a draft)"))


@dataclass(frozen=True)
class Purpose(ABC):
    """A purpose of the prompt. The base shows its hint while nothing is typed."""

    id: str
    title: str
    hint: str = ""
    about_account: bool = True
    lines: int = 3
    hints: tuple[Hint, ...] = _SAVE

    def begins_with(self, screen: "DeskScreen") -> str:
        """Return the text to begin with."""
        return ""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Return the lines to show below what was typed."""
        return wrap(f" {self.hint}", screen.size.width, "dim", indent=1) if not text.strip() else []

    @abstractmethod
    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Act; return whether the prompt is finished. Raises the desk's errors, which are shown."""

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Escape was pressed: keep what was typed as the account's draft."""
        screen.drafts[self.id, screen.target] = text
        if text.strip():
            screen.tell("left; what you typed is kept for this account")

    def refused(self, why: str, width: int) -> list[Line]:
        """Return the lines that say why it could not be done; what was typed stays."""
        return wrap(f" {why}", width, "bad", indent=1)


class CaptureLine(Purpose):
    """A capture line: read live, saved by Enter."""

    prefix = ""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the reading."""
        if not text.strip():
            return super().typed(screen, text)
        situation = screen.desk.situation(screen.target)
        reading = screen.desk.read(screen.target, self.prefix + text)
        return reading_lines(reading, situation, screen.size.width - 1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        account = screen.target
        logged = screen.desk.log(account, self.prefix + text)
        following = logged.next
        then = f"; next {say.short_day(following.day, screen.desk.today)}" if following else ""
        return screen.saved(f"{logged.act}{then}")


class DisputeLine(CaptureLine):
    """A dispute: the capture line after `dsp`."""

    prefix = "dsp "


class Note(Purpose):
    """Free words for the account's file."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.note(screen.target, text))


class FollowUpLine(Purpose):
    """A date and why."""

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show the day that was understood."""
        if not text.strip():
            return super().typed(screen, text)
        try:
            day, why = screen.desk.read_follow_up(screen.target, text)
        except DeskError as error:
            return self.refused(str(error), screen.size.width)
        ahead = say.distance(day, screen.desk.today)
        return wrap(f" {say.short_day(day)}, {ahead}   {why}", screen.size.width, "strong", indent=1)

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.follow_up(screen.target, text))


class LetterSent(Purpose):
    """A letter that was sent, with what it was."""

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.letter(screen.target, text))


class Stop(Purpose):
    """Why an account must not be called."""

    def begins_with(self, screen: "DeskScreen") -> str:
        """Begin with the reason that holds."""
        return screen.desk.standing(screen.target).stopped

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Save it."""
        return screen.saved(screen.desk.stop(screen.target, text))


class Search(Purpose):
    """Finds accounts while it is typed."""

    def begins_with(self, screen: "DeskScreen") -> str:
        """Begin with the search that holds."""
        return screen.search

    def typed(self, screen: "DeskScreen", text: str) -> list[Line]:
        """Show what is found."""
        if text != screen.search:
            screen.search = text
            screen.show_all(first=True)
        return []

    def entered(self, screen: "DeskScreen", text: str) -> bool:
        """Stay on what was found."""
        return True

    def left(self, screen: "DeskScreen", text: str) -> None:
        """Show the worklist again."""
        screen.search = ""


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

    def left(self, screen: "DeskScreen", text: str) -> None:
        """A path is about no account: nothing is kept."""

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


_CAPTURE = "date amount method person -- words, or: na busy lvm wn gk, cb tue 10:30, dsp 450 why, paid, ref, wd"
PURPOSES: dict[str, Purpose] = {
    p.id: p
    for p in (
        CaptureLine("promise", "promise", "fri 1200 ach tony -- words     half 15, rest 30     run     eom"),
        CaptureLine("log", "log", _CAPTURE),
        DisputeLine("dispute", "dispute", "amount or invoice number, then what is wrong: 450 damaged pallets"),
        Note("note", "note", "free words for the file", lines=1),
        FollowUpLine("follow_up", "follow up", "a date, then why: fri ask for the remittance", lines=1),
        LetterSent("letter", "letter sent", "what was sent, in a few words", lines=1),
        Stop("stop", "stop calling", f"why: {', '.join(Flag)}; empty: calls are allowed again", lines=1),
        Search(
            "search",
            "search",
            about_account=False,
            lines=0,
            hints=(("Enter", "go to the list"), ("Esc", "back to the worklist")),
        ),
        OpenFile(
            "open_file",
            "import file",
            "the path of a CSV export; then, if need be, --dates mdy|dmy --as-of YYYY-MM-DD --add --full",
            about_account=False,
            hints=(("Enter", "import"), ("Esc", "leave")),
        ),
    )
}
