"""`arctui import --watch FOLDER`: what is dropped there is imported until the command is told to end."""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from arctui.cli.bar import Bar
from arctui.cli.opening import complain
from arctui.core.text import clean, harmless
from arctui.desk import Desk
from arctui.desk.import_here import failure_of
from arctui.desk.import_words import flaws, imported, why_not
from arctui.desk.importing import ImportOptions
from arctui.desk.watching import Watch
from arctui.exchange.report import ReportError
from arctui.store import BookError

_SECONDS = 0.5


def watch_folder(
    desk: Desk,
    folder: Path,
    options: ImportOptions,
    bar: Bar,
    rest: Callable[[], None],
    pause: Callable[[float], None],
) -> None:
    """Import what comes into a folder, a line a file, until an interruption (KeyboardInterrupt) ends it.

    `rest` is called when all that came is imported, `pause` waits between two looks. Raises DeskError for a folder
    that is not to be watched.
    """
    watch = Watch(folder, desk.book.path, complain)
    print(harmless(f"watching {folder} for exports; Ctrl+C ends it"), flush=True)
    waits = rests = False
    try:
        while True:
            bar.begin()
            path = watch.look()
            if path:
                rests = False
                _import(desk, watch, path, options, bar)
                continue
            if not watch.is_ours and folder.is_dir() and not waits:
                complain(f"note: another session watches {folder}: this one waits")
            waits = not watch.is_ours
            if not rests:
                rest()
                rests = True
            pause(_SECONDS)
    finally:
        watch.close()


def _import(desk: Desk, watch: Watch, path: Path, options: ImportOptions, bar: Bar) -> None:
    """Import one file and put it where it belongs."""
    try:
        summary = desk.import_file(path, msgspec.structs.replace(options, unattended=True), bar)
    except BookError as error:
        bar.hide()
        watch.put_off(path, str(error))
    except Exception as error:
        bar.hide()
        # An error of the program itself must not end the watch, nor come again with each start.
        refused = failure_of(error, path)
        if not isinstance(refused, ReportError):
            raise
        watch.failed(path, why_not(refused), desk.today)
        complain(f"{clean(path.name)}: {why_not(refused)}")
    else:
        bar.hide()
        report = imported(summary)
        watch.done(path, report, desk.today)
        print(harmless(f"{desk.rules.moment.now:%Y-%m-%d %H:%M}  {report[0]}{flaws(summary)}"), flush=True)


def run(desk: Desk, folder: Path, options: ImportOptions, rest: Callable[[], None]) -> int:
    """Watch a folder until Ctrl+C or SIGTERM; return the exit status."""
    with Bar(shown=True) as bar:
        try:
            watch_folder(desk, folder, options, bar, rest, time.sleep)
        except KeyboardInterrupt:
            bar.hide()
    return 0
