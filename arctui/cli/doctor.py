"""`arctui doctor`: what is well and wrong here, as text for a report of an error, without a customer in it."""

import argparse
import locale
import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path

from arctui import __version__, crash
from arctui.actions.keys import ActionTable
from arctui.cli.commands import show
from arctui.cli.terminal_answer import answer
from arctui.core.text import plural
from arctui.core.zones import zone
from arctui.desk.clock import Clock, ClockError
from arctui.desk.health import Finding, of_book, of_rights
from arctui.desk.roles import role_here
from arctui.fence import is_closed
from arctui.settings.files import load, own_file, usual_book

_LIBRARIES = ("textual", "rich", "tinydb", "msgspec", "arrow", "fpdf2", "python-calamine", "tzdata")
_LEAST_COLUMNS, _LEAST_LINES = 80, 24
_WIDTH = 18
#: A year before this is no clerk's: the machine's clock is not set.
_FIRST_YEAR = 2024
_SAFE = re.compile(r"[^~A-Za-z0-9.,:;@/_+ ()-]")


def doctor(options: argparse.Namespace, path: Path, day: str) -> int:
    """Print what is found; 1 if something is wrong.

    Raises SettingsFileError for a host's file that is wrong: no command begins with that.
    """
    found = list(findings(path, day, full=options.full))
    ok = all(f.ok for f in found)
    document = {
        "ok": ok,
        "findings": [{"about": f.about, "found": f.found, "ok": f.ok, "todo": f.todo} for f in found],
    }
    show(options, document, [*map(_line, found), "nothing is wrong" if ok else _wrong(found)])
    return int(not ok)


def _line(finding: Finding) -> str:
    return f"{'  ' if finding.ok else '! '}{finding.about:<{_WIDTH}}{finding.found}" + (
        f"\n  {'':<{_WIDTH}}-> {finding.todo}" if finding.todo else ""
    )


def _wrong(found: list[Finding]) -> str:
    return f"{plural(sum(not f.ok for f in found), 'thing')} to look after: see !"


def findings(path: Path, day: str, *, full: bool) -> Iterator[Finding]:
    """Yield all that is found; whatever cannot be looked at is a finding too."""
    yield from _versions()
    yield from _terminal()
    yield from _language()
    yield from _clock(day)
    yield from _settings()
    yield Finding(about="book's place", found="the usual one" if path == usual_book() else "named, not the usual one")
    yield from of_book(path, day, full=full)
    yield from of_rights(path, {"settings' file": own_file(), "log's file": crash.log_file()})
    yield from _crashes()


def _versions() -> Iterator[Finding]:
    yield Finding(about="arctui", found=__version__)
    yield Finding(about="python", found=f"{platform.python_version()} on {platform.platform(terse=True)}")
    yield Finding(about="libraries", found=", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def _terminal() -> Iterator[Finding]:
    name = os.environ.get("TERM", "")
    todo = "" if name and name != "dumb" else "the workstation needs a terminal: set TERM to what yours is"
    # Only where it was asked for in one; a pipe has none.
    here = sys.stdin.isatty() and sys.stdout.isatty()
    yield Finding(about="terminal", found=_shown(name) or "not named", todo=todo if here else "")
    yield Finding(about="colours", found=_colours(name))
    if not here:
        yield Finding(about="size", found="not in a terminal now")
        return
    size = os.get_terminal_size(sys.stdout.fileno())
    small = size.columns < _LEAST_COLUMNS or size.lines < _LEAST_LINES
    yield Finding(
        about="size",
        found=f"{size.columns}x{size.lines}",
        todo=f"make the window {_LEAST_COLUMNS}x{_LEAST_LINES} or larger" if small else "",
    )
    yield Finding(about="its answer", found=_shown(answer()) or "none")
    inside = [word for word in ("SSH_CONNECTION", "TMUX", "STY", "MOSH_CONNECTION") if os.environ.get(word)]
    yield Finding(about="through", found=", ".join(word.partition("_")[0].lower() for word in inside) or "nothing")


def _colours(name: str) -> str:
    if "NO_COLOR" in os.environ:
        return "none wanted (NO_COLOR)"
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "full"
    return "256" if "256color" in name else "16"


def _language() -> Iterator[Finding]:
    said = next((word for name in ("LC_ALL", "LC_CTYPE", "LANG") if (word := os.environ.get(name))), "not set")
    encoding = (sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False)).lower()
    yield Finding(
        about="locale",
        found=f"{_shown(said)}, {encoding}",
        todo="" if encoding.replace("-", "") == "utf8" else "set LANG to one of UTF-8, C.UTF-8 say",
    )


def _clock(day: str) -> Iterator[Finding]:
    now = datetime.now().astimezone()
    todo = "set the machine's clock" if now.year < _FIRST_YEAR else ""
    named = os.environ.get("TZ", "").removeprefix(":")
    # With digits it is no name but a rule, and a path is read by the system.
    if named and not named.startswith("/") and not any(map(str.isdigit, named)) and not zone(named):
        todo = "there is no such zone, so UTC is used: set TZ to one, Europe/Berlin say, or take it away"
    yield Finding(about="time zone", found=f"{now:%Z}, UTC{now:%z}, it is {now:%Y-%m-%d %H:%M}", todo=todo)
    if day:
        try:
            Clock(day)
        except ClockError:
            yield Finding(about="day", found="set, but no day", todo="--date and ARCTUI_DATE are YYYY-MM-DD")
        else:
            yield Finding(about="day", found="set by --date or ARCTUI_DATE")


def _settings() -> Iterator[Finding]:
    found, role = load(own_file()), role_here()
    wrong = [*found.problems, *ActionTable(found.settings.keys).problems]
    set_here, keys = len(found.settings.values), len(found.settings.keys)
    yield Finding(
        about="settings",
        found=f"{set_here} set, {plural(keys, 'own key')}, {plural(len(wrong), 'mistake')}",
        todo="'arctui config check' names each with its line" if wrong else "",
    )
    kiosk = "kiosk, " if is_closed() else ""
    yield Finding(about="host", found=f"{kiosk}{'own settings' if found.host else 'no settings'}, you are {role}")


def _crashes() -> Iterator[Finding]:
    log = crash.log_file()
    try:
        age = (time.time() - log.stat().st_mtime) / 86400
    except OSError:
        yield Finding(about="errors", found="none in the log")
        return
    # The log may go along with a report: it says where in our own code, never with what.
    yield Finding(about="errors", found=f"{_place(log)}, the last one {plural(max(0, round(age)), 'day')} ago")


def _place(path: Path) -> str:
    """Return a path with the home shown as ~."""
    text, home = str(path), str(Path.home())
    return _shown(f"~{text.removeprefix(home)}" if home != "/" and text.startswith(f"{home}/") else text)


def _shown(text: str) -> str:
    return _SAFE.sub("?", text)[:120]
