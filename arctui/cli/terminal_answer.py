"""What a terminal answers when it is asked what it is; it may answer nothing, and is waited for a moment only."""

import os
import re
import select
import sys
import termios
import time
import tty

#: Its name and version, then its kind: every terminal answers that one, so behind it nothing more comes.
_QUESTION = b"\x1b[>0q\x1b[c"
_KIND = re.compile(rb"\x1b\[\?([\d;]*)c")
_NAME = re.compile(rb"\x1bP>\|([^\x1b\x07]*)")
_SECONDS, _MOST_BYTES = 0.5, 400


def answer() -> str:
    """Return the name that the terminal gives itself, and the numbers of what it can; "" if it says nothing.

    What was typed ahead goes to nobody: the answer cannot be told from it.
    """
    handle = sys.stdin.fileno()
    try:
        before = termios.tcgetattr(handle)
    except termios.error:
        return ""
    said = b""
    try:
        tty.setcbreak(handle, termios.TCSANOW)
        os.write(sys.stdout.fileno(), _QUESTION)
        end = time.monotonic() + _SECONDS
        while not _KIND.search(said) and len(said) < _MOST_BYTES and (left := end - time.monotonic()) > 0:
            if select.select([handle], [], [], left)[0]:
                if not (more := os.read(handle, _MOST_BYTES)):
                    break
                said += more
    except OSError:
        return ""
    finally:
        termios.tcsetattr(handle, termios.TCSAFLUSH, before)
    name, kind = _NAME.search(said), _KIND.search(said)
    parts = [name.group(1) if name else b"", b"kind " + kind.group(1) if kind else b""]
    return ", ".join(part.decode("ascii", "replace") for part in parts if part)
