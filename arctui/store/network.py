"""Telling network file systems: their locks and flushes do not promise what a book needs."""

import os
from pathlib import Path

_NETWORKS = set("nfs nfs4 cifs smb3 smbfs fuse.sshfs fuse.rclone 9p afs ceph fuse.glusterfs fuse.davfs".split())


def network_of(path: Path) -> str:
    """Return the kind of a network file system that a file lies on, "" for a local one or where it is not told."""
    kind = file_system(path)
    return kind if kind in _NETWORKS else ""


def file_system(path: Path) -> str:
    """Return the kind of the file system that a file lies on, "" where it is not told."""
    try:
        device = path.stat().st_dev
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for mount in mounts:
        fields, _, rest = mount.partition(" - ")
        if fields.split()[2:3] == [wanted]:
            return rest.split(" ", 1)[0]
    return ""
