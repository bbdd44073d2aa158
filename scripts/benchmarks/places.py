"""On which disk a folder lies, and how much memory this process holds, as Linux tells it."""

from dataclasses import dataclass
from pathlib import Path

_IN_MEMORY = {"tmpfs", "ramfs"}
_UNKNOWN = "an unknown file system"


@dataclass(frozen=True)
class Place:
    """A folder, the kind of file system that it lies on, and the device."""

    folder: Path
    kind: str
    device: str

    @classmethod
    def of(cls, folder: Path) -> "Place":
        """Find the mount that a folder belongs to: the deepest one above it, of two on one point the later."""
        folder = folder.resolve()
        found = cls(folder, _UNKNOWN, "")
        deepest = -1
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return found
        for mount in mounts:
            where, _, what = mount.partition(" - ")
            point = Path(where.split()[4].replace("\\040", " "))
            if folder.is_relative_to(point) and len(point.parts) >= deepest:
                deepest = len(point.parts)
                found = cls(folder, *what.split()[:2])
        return found

    @property
    def in_memory(self) -> bool:
        """Is there no disk below, so that flushing costs nothing?"""
        return self.kind in _IN_MEMORY

    def __str__(self) -> str:
        return f"{self.folder}: {self.kind} on {self.device}" if self.device else f"{self.folder}: {self.kind}"


@dataclass(frozen=True)
class Memory:
    """What this process holds in memory now, and held at most, in kB."""

    held: float
    peak: float

    @classmethod
    def now(cls) -> "Memory":
        """Look at this process. Raises OSError where there is no /proc."""
        fields = dict(
            line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        )
        return cls(*(float(fields[name].split()[0]) for name in ("VmRSS", "VmHWM")))
