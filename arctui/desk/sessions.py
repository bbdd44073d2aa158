"""Which running program a call belongs to, and whether that program still runs."""

import os
import socket

from arctui.desk.ids import new_id


def new_session() -> str:
    """Return the id of this run of the program: host, process, and something no other run has."""
    return f"{socket.gethostname()} {os.getpid()} {new_id()[:8]}"


def is_running(session: str) -> bool:
    """Does the program of a session still run on this host? One on another host is not known to."""
    host, _, rest = session.partition(" ")
    process = rest.partition(" ")[0]
    if host != socket.gethostname() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
