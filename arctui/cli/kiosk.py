"""The beginning on a shared host: what a login may bring with it, and the fence that is closed behind it.

Who comes through sshd's ForceCommand has no shell, no other program, no file outside the folder that the host names.
What the environment says is dropped but for the terminal and the language, and what could have loaded code before
this program could look is refused. A command that was given to ssh is one of arctui's own or nothing.
"""

import os
import pwd
import resource
import shlex
import signal
import sys
from contextlib import suppress
from pathlib import Path

from arctui import fence, settings
from arctui.cli.arguments import parser
from arctui.desk.errors import DeskError
from arctui.settings.model import Settings

KIOSK = "--kiosk"
#: The commands that a login may give to ssh: none asks anything, runs on, or brings back another book.
COMMANDS = (
    *("today", "account", "log", "confirm", "review", "calendar", "timeline", "expected", "stats", "history"),
    *("undo", "done", "correct", "stop", "resume", "credit", "policy", "match", "letter", "claim-file", "spread"),
    *("attach", "attachments", "attachment", "import", "export", "doubles", "merge", "split", "apart", "rate"),
    *("doctor",),
)
#: What of the environment is kept: what the terminal is and which language is spoken.
_KEPT = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE")
_KEPT_BEGINNING = "LC_"
#: What is read before a program's first line: it may have loaded code already.
_LOADING = ("PYTHON", "LD_", "DYLD_", "GCONV_", "MALLOC_", "GLIBC_")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;@_+-")
_LONGEST, _USUAL_TERMINAL = 64, "xterm"


class KioskError(DeskError):
    """It is not to be done on this host; one sentence says why. Exit status 2."""


def is_asked(arguments: list[str], host: Settings) -> bool:
    """Is this a process on a shared host?"""
    return KIOSK in arguments or host.switch("kiosk.on")


def begin(arguments: list[str], host: Settings) -> list[str]:
    """Close the fence, and return the arguments that are to be run. Raises KioskError."""
    _refuse_loaded()
    order = os.environ.get("SSH_ORIGINAL_COMMAND", "")
    keep_environment()
    # No copy of memory is left behind, no file is open to others, and no shell takes over a stopped program.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    given = [word for word in arguments if word != KIOSK]
    book = _book(given, host)
    words = chosen(order, given, dates=host.switch("kiosk.dates"))
    folder = host.word("kiosk.folder")
    _enclose(Path(folder) if folder else None, Path(book) if book else None)
    return ["--book", book, *words] if book else words


def _refuse_loaded() -> None:
    """Refuse a start in which other code than arctui's may run already. Raises KioskError."""
    loading = [name for name in os.environ if name.startswith(_LOADING)]
    if sys.flags.ignore_environment:
        loading = [name for name in loading if not name.startswith("PYTHON")]
    if loading:
        raise KioskError(f"{min(loading)} could load code: this host starts arctui by 'env -i ... python -I'")
    if not sys.flags.safe_path and sys.path[:1] in ([""], [str(Path.cwd())]):
        raise KioskError("modules would be loaded from the present folder: this host starts arctui by 'python -I'")


def keep_environment() -> None:
    """Drop what the environment says but for the terminal and the language; the home is the login's."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if (name in _KEPT or name.startswith(_KEPT_BEGINNING)) and len(value) <= _LONGEST and _PLAIN.issuperset(value)
    }
    if not kept.get("TERM"):
        kept["TERM"] = _USUAL_TERMINAL
    os.environ.clear()
    os.environ.update(kept)
    os.environ["PATH"] = "/usr/bin:/bin"
    try:
        os.environ["HOME"] = pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        os.environ["HOME"] = "/"


def _book(given: list[str], host: Settings) -> str:
    """Return the book of the host: what its file names, else what ForceCommand says, else "". Raises KioskError."""
    said = ""
    for place, word in enumerate(given):
        if word == "--book":
            said = "".join(given[place + 1 : place + 2])
            del given[place : place + 2]
            break
        if word.startswith("--book="):
            said = given.pop(place).partition("=")[2]
            break
    of_host = host.word("book.file")
    if of_host and said and os.path.realpath(said) != os.path.realpath(of_host):
        raise KioskError("which book is open here is set by the host")
    return os.path.realpath(fence.typed(of_host or said)) if of_host or said else ""


def chosen(order: str, given: list[str], *, dates: bool) -> list[str]:
    """Return the words of the command that is to be run: what was given to ssh, else what the host says.

    `dates`: may a login say which day is today? Raises KioskError.
    """
    words = given
    if order:
        try:
            words = shlex.split(order)
        except ValueError:
            raise KioskError("a quotation mark is left open in the command") from None
        words = words[1:] if words[:1] == ["arctui"] else words
        if not words or words[0] not in COMMANDS:
            raise KioskError(f"what may be given to ssh here: {', '.join(COMMANDS)}")
    options = parser().parse_args(words)
    if options.command is not None and options.command not in COMMANDS:
        raise KioskError(f"{options.command} is not open here; there are {', '.join(COMMANDS)}")
    if hasattr(options, "book") or (order and options.kiosk):
        raise KioskError("which book is open here is set by the host")
    if hasattr(options, "date") and not dates:
        raise KioskError("which day it is, is not to be said here: leave --date out")
    if getattr(options, "watch", None):
        raise KioskError("a folder is watched by the workstation here: leave --watch out")
    return words


def _enclose(folder: Path | None, book: Path | None) -> None:
    """Close the fence round the host's folder and what the program writes by itself, and go there."""
    from platformdirs import user_cache_path, user_config_path, user_data_path, user_log_path

    home = Path(os.path.realpath(os.environ["HOME"]))
    written = [user_log_path("arctui"), user_cache_path("arctui"), user_config_path("arctui")]
    written.append(book.parent if book else user_data_path("arctui"))
    for place in written:
        # Later nothing above it could be made. A home in which nothing may be made has no log.
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
    # No module comes from where files are put.
    code = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, str(Path(__file__).parents[2]))
    real = [os.path.realpath(place) for place in code]
    sys.path[:] = [place for place in sys.path if place and fence.inside(os.path.realpath(place), real)]
    os.chdir(folder or (book.parent if book and book.parent.is_dir() else home))
    fence.close(fence.around([folder] if folder else [], written, [settings.HOST_FILE]))
