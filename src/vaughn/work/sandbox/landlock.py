"""Which files may this process open? Those it is told here, and no others, ever after (Landlock, Linux 5.13).

Interface: Linux, ``Documentation/userspace-api/landlock.rst``. Each version of it knows more rights; what a kernel
does not know is left out. Nothing is granted the right to be executed, and no right makes links, pipes or devices.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable

# The same numbers on every processor.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << bit for bit in range(6))
_MAKE_DIR, _MAKE_REGULAR = 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_FIRST_RIGHTS = (1 << 13) - 1
_BIND_TCP, _CONNECT_TCP = 1, 2
_SCOPE_ABSTRACT_SOCKETS, _SCOPE_SIGNALS = 1, 2

_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_READING = _READ_FILE | _READ_DIR
_WRITING = _READING | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REGULAR | _REFER | _TRUNCATE
# The device that swallows all is opened for writing by libraries that mean to be silent.
_DEVICES = ("/dev/null", "/dev/zero")


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """Return the version of the interface that this system offers; 0 if none."""
    if not sys.platform.startswith("linux") or sys.maxsize < 2**32:
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def open_only(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Let this thread, and those it starts, open only what lies under these paths. What is not there is left out.

    Raises:
        OSError: If the system does not do it.
    """
    version = landlock_version()
    handled = _FIRST_RIGHTS
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        handled |= right if version >= since else 0
    network = _BIND_TCP | _CONNECT_TCP if version >= 4 else 0
    scoped = _SCOPE_ABSTRACT_SOCKETS | _SCOPE_SIGNALS if version >= 6 else 0
    wanted = _Ruleset(handled, network, scoped)
    size_bytes = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = _call(_CREATE_RULESET, ctypes.byref(wanted), size_bytes, 0)
    if rules < 0:
        raise _error()
    try:
        for paths, rights in ((readable, _READING), (writable, _WRITING), (_DEVICES, _READ_FILE | _WRITE_FILE)):
            for path in paths:
                _allow(rules, path, rights & handled)
        if _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or _call(_RESTRICT_SELF, rules, 0) < 0:
            raise _error()
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not _is_folder(parent):
            rights &= _OF_FILES
        beneath = _Beneath(rights, parent)
        if _call(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(beneath), 0) < 0:
            raise _error()
    finally:
        os.close(parent)


def _is_folder(descriptor: int) -> bool:
    return (os.fstat(descriptor).st_mode & 0o170000) == 0o040000


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    # Without a declared type, ctypes would pass 32 bits of what the kernel takes for 64.
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return int(_libc().syscall(ctypes.c_long(number), *given))


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
