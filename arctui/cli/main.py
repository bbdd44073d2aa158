"""The entry point: finds the book and the day, runs a command, turns errors into one line and an exit status.

Exit status 0: done; 1: the data or the book says no; 2: wrong usage. No command loads textual.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from arctui import __version__, crash, fence
from arctui.cli.arguments import parser
from arctui.core.text import harmless
from arctui.glance.start import begin
from arctui.settings import has_host_file


def entry() -> None:
    """Run the command line of this process and leave with its status."""
    crash.watch()
    arguments = _on_shared_host(sys.argv[1:])
    _keep_holidays()
    sys.exit(main(arguments))


def _on_shared_host(arguments: list[str]) -> list[str]:
    """Return what is to be run; on a shared host the fence is closed first, and what is not allowed ends here."""
    if "--kiosk" not in arguments and not has_host_file():
        return arguments
    from arctui.cli import kiosk
    from arctui.settings.errors import SettingsFileError
    from arctui.settings.files import host_settings

    try:
        host = host_settings()
        arguments = kiosk.begin(arguments, host) if kiosk.is_asked(arguments, host) else arguments
    except (SettingsFileError, kiosk.KioskError) as error:
        print(f"arctui: {harmless(str(error))}", file=sys.stderr)
        sys.exit(2 if isinstance(error, kiosk.KioskError) else 1)
    begin(arguments, allowed=True)
    return arguments


def _keep_holidays() -> None:
    """Let the holidays that any command works out be kept for the next one."""
    from platformdirs import user_cache_path

    from arctui.core.business import keep_holidays
    from arctui.store.kept_holidays import KeptHolidays

    keep_holidays(KeptHolidays(user_cache_path("arctui") / "holidays.json"))


def main(arguments: Sequence[str]) -> int:
    """Run a command line; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    options = parser().parse_args(_free_words(arguments))
    if options.version:
        print(f"arctui {__version__}")
        return 0
    if options.kiosk and not fence.is_closed():
        print("arctui: write --kiosk in full, as the first word", file=sys.stderr)
        return 2
    try:
        status = _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe went away: not our error, and nothing more can be printed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        print("arctui: this machine has too little memory for that; what was saved before is safe", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  whatever it is: its message may hold what stands in the book
        print(crash.told(error), file=sys.stderr)
        return 1
    return status


def _free_words(arguments: Sequence[str]) -> list[str]:
    """Keep what stands behind " -- " as free words of the capture line; argparse would drop the dashes."""
    if "--" not in arguments or "log" not in arguments:
        return list(arguments)
    place = list(arguments).index("--")
    before, words = arguments[:place], arguments[place + 1 :]
    last = next((n for n in range(len(words), 0, -1) if words[n - 1] not in ("--json", "--plain", "--no-card")), 0)
    return [*before, f" -- {' '.join(words[:last])}", *words[last:]]


def _run(options: argparse.Namespace) -> int:
    from arctui.store.bookfile import prove_ahead

    # A large book's seal is checked while the rest of the program is loaded.
    prove_ahead(book_path(options))
    from arctui.cli.commands import COMMANDS
    from arctui.cli.opening import EXPECTED, Opening, UsageError, complain, leave_book, open_desk
    from arctui.desk.errors import CardNumberError

    try:
        if options.command is None or (options.command == "demo" and not options.make):
            return _workstation(options)
        if options.command == "demo":
            return COMMANDS["demo"](options, None)
        if options.command == "config":
            from arctui.cli.config import config

            return config(options)
        if options.command == "doctor":
            from arctui.cli.doctor import doctor

            return doctor(options, book_path(options), working_day(options))
        if options.command == "guide":
            from arctui.cli import guide

            return guide.run(options)
        opening = Opening(book_path(options), working_day(options))
        if options.command in ("check", "restore"):
            # They open the book themselves: it may be damaged.
            from arctui.cli import safekeeping

            return {"check": safekeeping.check, "restore": safekeeping.restore_book}[options.command](
                options, opening
            )
        if options.command == "playbook":
            from arctui.cli import playbook

            return playbook.run(options, opening)
        if options.command == "letter" and options.words:
            from arctui.cli import letter_templates

            if options.words[0] in letter_templates.COMMANDS:
                return letter_templates.run(options.words, options, opening)
        desk = open_desk(opening.path, opening.day, new=options.command == "import")
        desk.cards.asks = not getattr(options, "no_card", False)
        status = COMMANDS[options.command](options, desk)
        leave_book(desk)
        return status
    except BrokenPipeError:
        raise
    except (OSError, UnicodeEncodeError) as error:
        # Of a name that no file can have, say: everything else is told where it happens.
        why = (error.strerror or "it cannot be read").lower() if isinstance(error, OSError) else "this is no Unicode"
        named = f"'{str(error.filename)[:200]}': " if isinstance(error, OSError) and error.filename else ""
        complain(f"{named}{why}: write another name")
        return 1
    except EXPECTED as error:
        hint = ". If it is none, say --no-card" if isinstance(error, CardNumberError) else ""
        print(f"arctui: {harmless(str(error))}{hint}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1


def _workstation(options: argparse.Namespace) -> int:
    """Open the workstation: the only place that loads textual, and only now."""
    from arctui.cli.opening import demo_desk, leave_book, open_desk
    from arctui.glance.stage import Stage

    # Collecting garbage among records that all stay only costs time; it goes on once the first screen is up.
    gc.disable()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("arctui: the workstation needs a terminal; 'arctui --help' lists the commands", file=sys.stderr)
        return 1
    day, stage = working_day(options), Stage.now()
    demo = options.command == "demo"
    try:
        opened = demo_desk(day) if demo else nullcontext(open_desk(book_path(options), day, new=True, later=True))
        with opened as desk:
            from arctui.settings.files import load, own_file
            from arctui.tui.launch import TO_DEMO, launch

            desk.stay()
            found = load(own_file())
            status, keep = launch(desk, found, mouse=options.mouse, demo=demo, tour=demo and options.tour)
            if status in (0, TO_DEMO) and not options.command:
                leave_book(desk)
                keep()
    finally:
        # Before it is told what went wrong.
        if stage:
            stage.leave()
    if status == TO_DEMO:
        options.command, options.tour = "demo", True
        status = _workstation(options)
        if not status:
            print("that was the demo; 'arctui' begins with your own book")
    return status


def book_path(options: argparse.Namespace) -> Path:
    """Return where the book lies: --book, else ARCTUI_BOOK, else the user's data folder."""
    named = getattr(options, "book", "") or os.environ.get("ARCTUI_BOOK", "")
    if not named:
        from arctui.settings.files import load, own_file, usual_book

        named = load(own_file()).settings.word("book.file")
        if not named:
            return usual_book()
    return fence.typed(named)


def working_day(options: argparse.Namespace) -> str:
    """Return the day that was asked for: --date, else ARCTUI_DATE, else "" for the real one."""
    return str(getattr(options, "date", "") or os.environ.get("ARCTUI_DATE", ""))
