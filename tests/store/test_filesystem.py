"""A case on a network file system would be damaged sooner or later, so it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaughn.model import InputError
from vaughn.store import filesystem

MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home/clinic/share rw - cifs //server/share rw
31 22 0:41 / /mnt/with\040blank rw shared:5 master:1 - nfs4 server:/x rw
32 31 0:42 / /mnt/with\040blank/local rw - ext4 /dev/sdb1 rw
33 22 0:43 / /media/cloud rw - fuse.rclone remote: rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/clinic/case", "ext4"),
        ("/home/clinic/share", "cifs"),
        ("/home/clinic/share/deep/case", "cifs"),
        ("/home/clinic/shared", "ext4"),
        ("/mnt/with blank/case", "nfs4"),
        ("/mnt/with blank/local/case", "ext4"),
        ("/media/cloud/case", "fuse.rclone"),
        ("/", "ext4"),
    ],
)
def test_the_innermost_mount_counts(folder: str, kind: str) -> None:
    """Disks stand inside shares and shares inside disks."""
    assert filesystem.mount_type(MOUNTS, folder) == kind


def test_nothing_is_known_without_mounts() -> None:
    """Then nothing is refused."""
    assert filesystem.mount_type("", "/home") is None


def test_a_network_folder_is_refused_with_a_way_out(tmp_path: Path) -> None:
    """The message names the kind of file system and what to do."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 0:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:2 / {tmp_path} rw - nfs4 server:/x rw\n")
    with pytest.raises(InputError, match=r"network file system .nfs4.") as raised:
        filesystem.refuse_network(tmp_path, mounts=mounts)
    assert "disk of this machine" in str(raised.value.hint)
    filesystem.refuse_network(Path("/"), mounts=mounts)
    filesystem.refuse_network(tmp_path, mounts=tmp_path / "nothing")
