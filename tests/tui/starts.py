"""Workstations that are forks of one process, which has imported all that they need: most of what a start takes.

Each has a terminal and a session of its own, as if it were started in a shell. Run as a program this module is that
process: it does what it is asked through a socket, a line of JSON each time, and ends when nobody can ask any more.
"""

import fcntl
import gc
import json
import os
import pty
import signal
import socket
import struct
import subprocess
import sys
import termios
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
#: What a program in a terminal of 24 lines and 80 columns knows of its surroundings, but for its home.
ENVIRONMENT = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", os.defpath)}


class Waited(NamedTuple):
    """What a system's wait says of a process: 0 for `done` while there is nothing new."""

    done: int
    status: int
    #: Seconds of the processor.
    processor: float


def wait(pid: int, options: int) -> Waited:
    """Wait for a child of this process."""
    done, status, used = os.wait4(pid, options)
    return Waited(done, status, used.ru_utime + used.ru_stime)


def fork(*, ignore_hangup: bool) -> tuple[int, int]:
    """Fork into a new terminal; return the process (0 in the new one) and the terminal's other end."""
    pid, master = pty.fork()
    if not pid:
        if ignore_hangup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return pid, master


class Starts:
    """The process that has everything imported, as the tests see it."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.tui.starts", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def _ask(self, *question: object) -> tuple[list[float], list[int]]:
        self._line.sendall(json.dumps(question).encode() + b"\n")
        answer, handles, _, _ = socket.recv_fds(self._line, 4096, 1)
        return json.loads(answer), handles

    def start(self, arguments: list[str], home: str, *, ignore_hangup: bool) -> tuple[int, int]:
        """Start a workstation; return its process and the other end of its terminal."""
        (pid,), (master,) = self._ask("start", arguments, home, ignore_hangup)
        return int(pid), master

    def wait(self, pid: int, options: int) -> Waited:
        """Wait for a workstation."""
        (done, status, processor), _ = self._ask("wait", pid, options)
        return Waited(int(done), int(status), processor)


@cache
def starts() -> Starts:
    """The process of this run of the tests, made when it is first needed; it ends with the run."""
    return Starts()


def serve(line: socket.socket) -> None:
    """Do what is asked; return in each new workstation, and at the end."""
    with line, line.makefile("r") as questions:
        for question in questions:
            match json.loads(question):
                case "start", arguments, home, ignore_hangup:
                    pid, master = fork(ignore_hangup=ignore_hangup)
                    if not pid:
                        sys.argv[1:] = arguments
                        os.environ["HOME"] = home
                        return
                    socket.send_fds(line, [json.dumps([pid]).encode()], [master])
                    os.close(master)
                case "wait", pid, options:
                    line.sendall(json.dumps(wait(pid, options)).encode())
    os._exit(0)


def main() -> None:
    """Import what a workstation needs, and be one wherever one is asked for."""
    from arctui.tui.launch import prepare_environment

    prepare_environment()  # before Textual is imported, as the program does it
    import arctui.cli.commands
    import arctui.cli.main
    import arctui.tui.app
    import arctui.tui.terminal  # noqa: F401
    from arctui.__main__ import entry

    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv.pop())))
    for handle, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        stream = open(handle, mode, buffering=1, closefd=False)  # noqa: SIM115 - as Python makes them for a terminal
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    entry()


if __name__ == "__main__":
    main()
