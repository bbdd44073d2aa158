"""Which files this process may touch: all that its login may, or on a shared host only those inside a fence.

The one place that decides about a path. Whatever a person names goes through `named`, which says what is outside, in
a sentence. Behind it, once the fence is closed, Python asks `_audit` before any file is opened, moved or listed and
before any program or connection is started: an act that forgot to ask is refused all the same. Nothing opens the
fence again as long as the process lives.
"""

import errno
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class FenceError(PermissionError):
    """A file, a program or a connection lies outside what this host allows; the message is a sentence."""

    def __init__(self, words: str) -> None:
        super().__init__(errno.EACCES, words)
        self.words = words

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Fence:
    """`folders` are open to the person: files in them may be named. The others the program uses by itself.

    All are real paths: absolute, without a link in them.
    """

    folders: tuple[str, ...] = ()
    #: What the program writes by itself (the book's folder, its log), and what it reads (its own code, fonts, zones).
    written: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    #: The only programs that it starts: its own interpreter.
    programs: tuple[str, ...] = field(default_factory=lambda: (sys.executable,))

    def holds(self, path: str) -> bool:
        """Does a real path lie in a folder that is open to the person?"""
        return inside(path, self.folders)

    def lets(self, path: str, *, writing: bool) -> bool:
        """May the program touch a real path by itself?"""
        if inside(path, (*self.folders, *self.written)):
            return True
        return not writing and (inside(path, self.read) or bool(_PROCESSES.fullmatch(path)))


#: What is read of other processes: whether they run, and what they hold open.
_PROCESSES = re.compile(r"/proc(/self|/\d+)?(/(stat|fd|mountinfo|mounts))?")
#: Where the machine keeps what every program reads.
_OF_THE_MACHINE = (
    *("/usr/share/zoneinfo", "/etc/localtime", "/etc/mime.types", "/dev/urandom"),
    *("/usr/share/fonts", "/usr/local/share/fonts"),
)
_OPENING, _STARTED, _LOADED = "open", "subprocess.Popen", "ctypes.dlopen"
_READING = {"os.listdir", "os.scandir"}
_CHANGING = {
    *("os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr"),
    *("os.removexattr", "os.chflags"),
}
#: From one path to another: both are changed. The program makes no symbolic links.
_MOVING = {"os.rename", "os.link"}
_STRANGE = {"os.symlink", "os.mkfifo", "os.mknod"}
_STARTING = {
    *("os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.startfile", "pty.spawn", "webbrowser.open"),
    _STARTED,
}
_CONNECTING = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "sqlite3.connect"}
_ASKED = _READING | _CHANGING | _MOVING | _STRANGE | _STARTING | _CONNECTING | {_OPENING, _LOADED}

_closed: Fence | None = None


def close(fence: Fence) -> None:
    """Close the fence for the rest of the process's life."""
    global _closed
    if _closed is None:
        _closed = fence
        sys.addaudithook(_audit)


def folders() -> list[Path]:
    """Return the folders that are open to the person inside a fence, none where there is no fence."""
    return [Path(folder) for folder in _closed.folders] if _closed else []


def is_closed() -> bool:
    """Is this a process on a shared host, from which no way may lead into it?"""
    return _closed is not None


def around(folders: Iterable[Path], written: Iterable[Path], read: Iterable[Path] = ()) -> Fence:
    """Return a fence round folders for the person and places that the program writes, or reads, by itself."""
    code = [*sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    own = [os.ttyname(handle) for handle in range(3) if os.isatty(handle)]
    return Fence(
        folders=tuple(os.path.realpath(folder) for folder in folders),
        written=(*_real(written), *own, "/dev/tty", os.devnull),
        read=_real([*filter(None, code), *_OF_THE_MACHINE, *read]),
    )


def _real(places: Iterable[str | Path]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(os.path.realpath(place) for place in places))


def typed(text: str | os.PathLike[str]) -> Path:
    """Return a path as it is written, with the home that `~` or `~user` names; as it stands where there is none.

    It is not asked whether it may be touched: that is for `named`.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def named(text: str | os.PathLike[str], beside: Path | None = None) -> Path:
    """Return the path that a person names, where it is open to them; from a folder `beside` on, which is open too.

    Raises FenceError, with one sentence. Inside a fence the path is the real one: no link leads out of it later.
    """
    path = typed(text)
    if beside is not None:
        path = beside / path
    if _closed is None:
        return path
    shown = "".join(c if c.isprintable() else "?" for c in str(text))[:80]
    try:
        real = os.path.realpath(path)
    except (OSError, ValueError):
        raise FenceError(f"'{shown}' is no path") from None
    if not _closed.holds(real) and not (beside and inside(real, (os.path.realpath(beside),))):
        where = " or ".join(_closed.folders)
        only = f"only files in {where} are" if where else "no files are"
        raise FenceError(f"'{shown}' is not open to you on this host: {only}")
    return Path(real)


def is_there(text: str | os.PathLike[str]) -> bool:
    """Is there a file or folder of this name? Of what lies outside nothing is said, not even that."""
    try:
        return named(text).exists()
    except (OSError, ValueError):
        return False


def inside(path: str, places: Iterable[str]) -> bool:
    """Is a real path one of these real places, or does it lie in one?"""
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in places)


def _audit(event: str, args: tuple[Any, ...]) -> None:
    """Refuse what leads out of the fence. Raises FenceError."""
    if event not in _ASKED or _closed is None:
        return
    if event == _OPENING:
        path, mode, flags = args
        changes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND))
        _let(path, writing=changes or any(c in (mode or "") for c in "wax+"))
    elif event in _READING:
        _let(args[0] if args[0] is not None else ".", writing=False)
    elif event in _MOVING:
        _let(args[0], writing=True)
        _let(args[1], writing=True)
    elif event in _STRANGE:
        raise FenceError("no link is made on this host")
    elif event in _CHANGING:
        _let(args[0], writing=True)
    elif event == _LOADED:
        # Without a name it is this program itself.
        _let(args[0] if args[0] is not None else sys.executable, writing=False)
    elif event in _STARTING:
        if event != _STARTED or os.fsdecode(args[0]) not in _closed.programs:
            raise FenceError("no other program is started on this host")
    else:
        raise FenceError("nothing is connected to on this host")


def _let(path: object, *, writing: bool) -> None:
    """Raise FenceError for a path outside. A handle was a path once; it is let through."""
    if isinstance(path, int) or _closed is None:
        return
    try:
        real = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
    except (OSError, ValueError):
        return
    if not _closed.lets(real, writing=writing):
        raise FenceError("this lies outside what is open on this host")
