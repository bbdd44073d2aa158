"""Which running program a call belongs to, and whether that program still runs."""

import os
from pathlib import Path

from arctui.desk.ids import new_id

_STARTED = 19
_UNTOLD = "0"


def new_session() -> str:
    """Return the id of this run of the program: host, process, its start, and something no other run has."""
    process = os.getpid()
    return f"{os.uname().nodename} {process} {_started(process)} {new_id()[:8]}"


def is_running(session: str) -> bool:
    """Does the program of another session still run on this host? One on another host is not known to.

    A process number may have been given out again since: the start tells (where the system says it).
    """
    host, process, started, *_ = [*session.split(), "", "", ""]
    if host != os.uname().nodename or not process.isdigit():
        return False
    return _exists(int(process)) and _started(int(process)) in (started, _UNTOLD)


def _exists(process: int) -> bool:
    """Is there a process of this number, whoever it belongs to?"""
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _started(process: int) -> str:
    """Return when a process was started, in the system's own ticks.

    "0" where that is not told (some hosts hide other users' processes); "" for one that has ended and only waits for
    its parent to take notice.
    """
    try:
        fields = (
            Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return _UNTOLD
    if fields[:1] in (["Z"], ["X"]):
        return ""
    return fields[_STARTED] if len(fields) > _STARTED else _UNTOLD
