"""What must a child be able to read? The program itself, what belongs to it on this system, and its records."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE_FOLDER = Path(__file__).resolve().parents[3]
# Libraries of the system, and what they read when they start; nothing that is anybody's own.
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/lib32",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/ssl/openssl.cnf",
    "/etc/pki/tls/openssl.cnf",
    # How many processors there are, and how much memory.
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system",
    "/sys/fs/cgroup",
    "/dev/urandom",
    "/dev/random",
)
_BLOBS = "blobs"
_HASH_LENGTH = 64


def import_places() -> tuple[str, ...]:
    """Return where Python looks for modules, with whole names: a child stands in another folder."""
    return tuple(str(Path(entry).absolute()) for entry in sys.path)


def program_places() -> tuple[str, ...]:
    """Return the folders that this program and its libraries are loaded from.

    Of the folders that Python looks for modules in, only those count that modules did come from: the first may be
    whatever folder the user happens to stand in.
    """
    interpreter = Path(sys.executable)
    sure = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(_PACKAGE_FOLDER), str(interpreter.parent)}
    sure.add(str(interpreter.resolve().parent))
    loaded = {
        file for module in list(sys.modules.values()) if isinstance(file := getattr(module, "__file__", None), str)
    }
    for entry in import_places():
        folder = entry.rstrip("/") + "/"
        if not _is_under(entry, sure) and any(file.startswith(folder) for file in loaded):
            sure.add(entry)
    return (*sorted(sure), *_SYSTEM)


def _is_under(path: str, folders: set[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def blob_folder_or_self(path: Path) -> str:
    """Return what a child needs to read *path*: all blobs of its case if it is one, else the path alone.

    A blob is named by its hash in ``blobs/ab/``; a child that reads one blob after the other need not be replaced.
    """
    full = path.absolute()
    is_blob = full.parent.parent.name == _BLOBS and len(full.name) == _HASH_LENGTH and full.parent.name == full.name[:2]
    return str(full.parent.parent if is_blob else full)
