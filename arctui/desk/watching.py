"""A folder into which exports are dropped: which files are complete, and where they go once they were imported.

One session at a time watches a folder: it holds a lock on it, which is gone with its process. What happens to a file
is told by where it lies: in the folder it waits, in `done` or `failed` its report lies beside it.
"""

import contextlib
import fcntl
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from arctui.core.text import clean
from arctui.desk.errors import DeskError
from arctui.store import rights

DONE, FAILED = "done", "failed"
#: A file that did not change for so long is complete; an empty one is given more time to be filled.
_STILL_SECONDS, _EMPTY_SECONDS = 1.0, 10.0
#: After an error that is not the file's it is tried again so much later.
_AGAIN_SECONDS = 60.0
#: Names that programs give to files which they are still writing.
_UNFINISHED = (".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".swp", "~")
_WRITING = os.O_WRONLY | os.O_RDWR

#: A file's state: inode, size, time of change in ns.
_State = tuple[int, int, int]


class _Seen(NamedTuple):
    """In which state a file was seen, and since when it is in it."""

    state: _State
    since: float


def unfit(folder: Path, book: Path) -> str:
    """Say why a folder is none to be watched, "" if it may be: every file in it is going to be moved."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):
        resolved = folder.resolve()
        beside = book.resolve()
        others = {Path.home().resolve(): "it is your home", beside.parent: "the book lies there"}
        why = others.get(resolved, "it is the root of all folders" if resolved == resolved.parent else "")
        above = [p for p in (resolved, *resolved.parents) if p.parent == beside.parent]
        if above and above[0].name.startswith(f"{beside.name}."):
            why = "the book's backups or documents lie there"
        return (
            f"{folder} is not to be watched: {why}; every file in it would be moved. Name a folder of its own"
            if (why)
            else ""
        )
    return f"{folder} is not to be watched: no folder can be called so"


class Watch:
    """One folder that is watched."""

    def __init__(
        self, folder: Path, book: Path, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`tell` is told, once, what keeps a file or the folder from being imported. Raises DeskError."""
        if why := unfit(folder, book):
            raise DeskError(why)
        self.folder = folder
        self._tell = tell
        self._clock = clock
        self._said: set[str] = set()
        self._seen: dict[str, _Seen] = {}
        # In which state the files were that were given out to be imported.
        self._given: dict[str, _State] = {}
        # Files that stay where they are as long as they are as they are, and those that are tried again later.
        self._left: dict[str, _State] = {}
        self._not_before: dict[str, float] = {}
        self._lock = -1

    def _say(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._tell(text)

    # The lock

    @property
    def is_ours(self) -> bool:
        """Does this session watch the folder, and no other?"""
        return self._lock >= 0

    def take(self) -> bool:
        """Watch the folder if no other session does; return whether this one does."""
        if self.is_ours:
            if _same(self._lock, self.folder):
                return True
            self.close()
        try:
            handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            self._say(f"{self.folder} cannot be watched: {_reason(error)}")
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        except OSError as error:
            os.close(handle)
            self._say(f"{self.folder} cannot be watched, as it cannot be locked: {_reason(error)}")
            return False
        self._lock = handle
        if not os.access(self.folder, os.W_OK | os.X_OK):
            self._say(f"{self.folder} is not writable: its files cannot be moved once they are imported, so none is")
            self.close()
        return self.is_ours

    def close(self) -> None:
        """Watch it no longer; another session may."""
        if self.is_ours:
            os.close(self._lock)
            self._lock = -1

    # Looking

    def look(self) -> Path | None:
        """Return the file that is to be imported next, of those that are complete the oldest; None for none."""
        if not self.take():
            return None
        found: dict[str, os.stat_result] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if _is_export(entry.name) and not entry.is_file(follow_symlinks=False):
                        if not entry.is_dir(follow_symlinks=False):
                            name = clean(entry.name)
                            self._say(f"{name} in {self.folder} is a link or no file: copy the file itself")
                    elif _is_export(entry.name):
                        with contextlib.suppress(FileNotFoundError):
                            found[entry.name] = entry.stat(follow_symlinks=False)
        except OSError as error:
            self._say(f"{self.folder} cannot be watched: {_reason(error)}")
            return None
        now = self._clock()
        for known in (self._seen, self._left, self._not_before, self._given):
            for name in known.keys() - found.keys():
                del known[name]
        complete = [name for name, status in found.items() if self._is_complete(name, status, now)]
        for name in sorted(complete, key=lambda n: (found[n].st_mtime_ns, n)):
            path = self.folder / name
            if not _is_being_written(path):
                self._given[name] = _state(found[name])
                return path
        return None

    def _is_complete(self, name: str, status: os.stat_result, now: float) -> bool:
        state = _state(status)
        before = self._seen.get(name)
        if before is None or before.state != state:
            self._seen[name] = _Seen(state, now)
            return False
        if self._left.get(name) == state or now < self._not_before.get(name, now):
            return False
        return now - before.since >= (_STILL_SECONDS if status.st_size else _EMPTY_SECONDS)

    # What becomes of a file

    def done(self, path: Path, report: Iterable[str], day: date) -> None:
        """Put an imported file, and what the import brought, into `done`.

        A file that has taken its place meanwhile was not read: it stays, and is looked at like any other.
        """
        self._move(path, self.folder / DONE, report, day)

    def failed(self, path: Path, why: str, day: date) -> Path:
        """Put a file that cannot be imported, and the reason, into `failed`. Return where it lies."""
        return self._move(path, self.folder / FAILED, [f"{clean(path.name)}: {why}"], day)

    def leave(self, path: Path) -> None:
        """Let a file lie as long as nothing changes it."""
        with contextlib.suppress(OSError):
            self._left[path.name] = self._given.get(path.name) or _state(path.lstat())

    def put_off(self, path: Path, why: str) -> None:
        """Try a file again later: what was wrong is not wrong with it."""
        self._say(f"{clean(path.name)} waits in {self.folder}: {why}")
        self._not_before[path.name] = self._clock() + _AGAIN_SECONDS

    def _move(self, path: Path, folder: Path, report: Iterable[str], day: date) -> Path:
        lies = path
        try:
            # Names and sums of customers lie there: they are as private as the book.
            rights.make_folder(folder.resolve())
            target, lines = _free(folder, f"{day}-{path.name}"), [*report, ""]
            if self._is_given(path):
                # To another file system it is copied.
                shutil.move(path, target)
                lies = target
                with contextlib.suppress(PermissionError):
                    # One that belongs to somebody else: the folder is closed to others.
                    target.chmod(stat.S_IMODE(target.lstat().st_mode) & rights.rights(folder))
            else:
                lines[-1:] = ["the file was changed or taken away meanwhile: this is about what was read before", ""]
            with open(_report_of(target), "x", encoding="utf-8", errors="replace", opener=_private) as file:
                file.write("\n".join(lines))
        except OSError as error:
            self.leave(path)
            self._say(f"{clean(path.name)} cannot be moved to {folder}: {_reason(error)}; it was dealt with")
        self._given.pop(path.name, None)
        return lies

    def _is_given(self, path: Path) -> bool:
        """Is a file still the one that was given out, and does nobody write to it?"""
        given = self._given.get(path.name)
        try:
            return given in (None, _state(path.lstat())) and not _is_being_written(path)
        except FileNotFoundError:
            return False


def _is_export(name: str) -> bool:
    return not (name.startswith(".") or name.casefold().endswith(_UNFINISHED))


def _state(status: os.stat_result) -> _State:
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def _same(handle: int, folder: Path) -> bool:
    """Is a folder the one that was opened, and not another that has its name now?"""
    try:
        here, there = os.fstat(handle), folder.stat()
    except OSError:
        return False
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else str(error)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, rights.rights(Path(path).parent))


def _report_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.txt")


def _free(folder: Path, name: str) -> Path:
    """Return a path of this name that is free, with a number where it and its report are taken."""
    target, number = folder / name, 1
    while os.path.lexists(target) or os.path.lexists(_report_of(target)):
        number += 1
        stem, dot, ending = name.rpartition(".")
        target = folder / (f"{stem}-{number}{dot}{ending}" if dot else f"{name}-{number}")
    return target


def _is_being_written(path: Path) -> bool:
    """Has a process that the system tells of the file open for writing?"""
    with contextlib.suppress(OSError):
        name = str(path.resolve())
        for process in Path("/proc").glob("[0-9]*"):
            # Processes end, and those of others are not told of.
            with contextlib.suppress(OSError):
                for handle in (process / "fd").iterdir():
                    with contextlib.suppress(OSError):
                        if str(handle.readlink()) == name and _writes(process / "fdinfo" / handle.name):
                            return True
    return False


def _writes(handle: Path) -> bool:
    """Is an open file of a process open for writing? Its flags are told in octal."""
    told = dict(line.split(":", 1) for line in handle.read_text(encoding="ascii").splitlines() if ":" in line)
    return bool(int(told.get("flags", "0"), 8) & _WRITING)
