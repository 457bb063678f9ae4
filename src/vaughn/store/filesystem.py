"""Whether a folder lies on a network file system, where SQLite's write-ahead log is not safe.

The log needs memory shared between processes, which network file systems do not give
(https://www.sqlite.org/wal.html, "all processes using a database must be on the same host computer").
Judged by the type of the mount on Linux and by the type of the drive on Windows; elsewhere not judged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vaughn.model import InputError

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK_TYPES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "ceph",
        "glusterfs",
        "lustre",
        "beegfs",
        "gpfs",
        "orangefs",
        "coda",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.gcsfuse",
        "fuse.mount-s3",
        "fuse.goofys",
        "fuse.cephfs",
        "fuse.glusterfs",
    }
)
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def mount_type(mountinfo: str, folder: str) -> str | None:
    """Return the file system type of the mount that holds *folder* (absolute), `None` if none does.

    Args:
        mountinfo: Text of ``/proc/self/mountinfo``, see proc(5).
    """
    best, best_type = "", None
    for line in mountinfo.splitlines():
        before, mark, after = line.partition(" - ")
        fields = before.split(" ")
        if not mark or len(fields) < 5:
            continue
        point = fields[4].encode().decode("unicode_escape") if "\\" in fields[4] else fields[4]
        inside = point in ("/", folder) or folder.startswith(point + "/")
        if inside and len(point) >= len(best):
            best, best_type = point, after.split(" ", 1)[0]
    return best_type


def refuse_network(folder: Path, *, mounts: Path = _MOUNTS) -> None:
    """Do nothing if *folder* lies on a disk of this machine.

    Raises:
        InputError: If it lies on a network file system.
    """
    kind: str | None = None
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        drive = os.path.splitdrive(folder.resolve())[0] + "\\"
        remote = drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE_DRIVE
        kind = "network drive" if remote else None
    elif mounts.exists():
        found = mount_type(mounts.read_text(encoding="utf-8", errors="replace"), str(folder.resolve()))
        kind = found if found in _NETWORK_TYPES else None
    if kind is not None:
        raise InputError(
            f"{folder} lies on a network file system ({kind}); a case there could be damaged.",
            hint="Put the case on a disk of this machine and copy it to the network when it is closed.",
        )
