"""What is kept of an error of the program's own: where it happened, never a value; in a log only its owner reads.

A message may hold what stands in the book, so neither it nor a traceback is printed or kept.
"""

import os
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

#: The last frames say enough; a log that nobody reads must not fill a disk.
_FRAMES, _MOST_BYTES = 20, 1_000_000
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
SENTENCE = "arctui stopped because of an error of its own. Everything that was saved is in the book."


def told(error: BaseException | None) -> str:
    """Write down where an error came from, and return what is said of it: one sentence, and where the log is."""
    where = write(error)
    return f"{SENTENCE} Details: {where}" if where else SENTENCE


def write(error: BaseException | None) -> Path | None:
    """Add the kind of an error and the lines it came through to the log; None if that is not possible."""
    import traceback  # not at every start

    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:] if error else []
    kind = type(error).__qualname__ if error else "unknown"
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    try:
        path = log_file()
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(path, flags, _PRIVATE), "a", encoding="utf-8", errors="replace") as file:
            if os.fstat(file.fileno()).st_size > _MOST_BYTES:
                os.ftruncate(file.fileno(), 0)
            file.write("\n".join([f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {kind}", *lines, ""]))
    except OSError:
        return None
    return path


def log_file() -> Path:
    """Return where the log is."""
    from platformdirs import user_log_path

    return user_log_path("arctui") / "crash.log"


def watch() -> None:
    """Let no error that nobody caught, in any thread, print what it is about."""

    def of_the_process(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        words = told(error)
        with suppress(OSError, ValueError):
            print(words, file=sys.stderr)

    def of_a_thread(args: threading.ExceptHookArgs) -> None:
        write(args.exc_value)

    def of_the_interpreter(args: "sys.UnraisableHookArgs") -> None:
        write(args.exc_value)

    sys.excepthook = of_the_process
    threading.excepthook = of_a_thread
    sys.unraisablehook = of_the_interpreter
