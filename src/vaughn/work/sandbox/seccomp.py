"""What may this process ask of the system? What a reader of files needs: no network, no programs, no other process.

A filter of system calls (seccomp-bpf, Linux 3.17). What is refused fails with EPERM, so that a library that tries it
goes on, or gives up in its own words. The filter is for all threads and can never be taken off.
Interface: Linux, ``Documentation/userspace-api/seccomp_filter.rst``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from dataclasses import dataclass

from vaughn.work.sandbox.calls import CLONE, CLONE3, KILL, REFUSED, TGKILL

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _GET_ACTION_AVAILABLE, _ALL_THREADS = 1, 2, 1
_KILL_PROCESS, _FAIL, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_CLONE_THREAD = 0x00010000
# Words of the filter machine: load, go on if equal, if at least, if any bit is set, give back.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Where what is asked lies: the call, the machine, the lower half of the first argument.
_CALL_AT, _MACHINE_AT, _FIRST_AT = 0, 4, 16
_OTHER_NUMBERS = 0x40000000  # from here on x86-64 has a second table (x32)


@dataclass(frozen=True, slots=True)
class _Machine:
    """A kind of processor.

    Args:
        code: Its name in the filter (``AUDIT_ARCH_…``).
        column: Its column in the tables of calls.
        filter_call: Number of the call that sets a filter.
    """

    code: int
    column: int
    filter_call: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 0, 317),
    "aarch64": _Machine(0xC00000B7, 1, 277),
    "riscv64": _Machine(0xC00000F3, 1, 277),
}


def seccomp_offered() -> bool:
    """Tell whether this system takes a filter, and this program knows its calls."""
    machine = _machine()
    if machine is None:
        return False
    action = ctypes.c_uint32(_FAIL)
    return bool(_libc().syscall(machine.filter_call, _GET_ACTION_AVAILABLE, 0, ctypes.byref(action)) == 0)


def refuse_calls() -> None:
    """Let this process, from now on, neither reach a network, nor start or touch another process.

    Raises:
        OSError: If the system does not do it.
    """
    machine = _machine()
    if machine is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    program = call_filter(machine.code, machine.column, own_process=os.getpid())
    instructions = ctypes.create_string_buffer(program, len(program))
    pointer = struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or libc.syscall(
        machine.filter_call, _SET_MODE_FILTER, _ALL_THREADS, pointer
    ):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def call_filter(machine_code: int, column: int, *, own_process: int) -> bytes:
    """Return the filter as the kernel takes it.

    Args:
        column: 0 for x86-64, 1 for the common table.
        own_process: The one process that signals may be sent to.
    """
    program = [_word(_LOAD, _MACHINE_AT), _word(_IF_EQUAL, machine_code, 1, 0), _word(_RETURN, _KILL_PROCESS)]
    program.append(_word(_LOAD, _CALL_AT))
    refuse = [_word(_RETURN, _FAIL | errno.EPERM)]
    if column == 0:
        program += [_word(_IF_AT_LEAST, _OTHER_NUMBERS, 0, 1), *refuse]
    for numbers in REFUSED.values():
        number = numbers[column]
        if number is not None:
            program += [_word(_IF_EQUAL, number, 0, 1), *refuse]
    # The C library falls back to `clone`, whose flags a filter can see.
    program += [_word(_IF_EQUAL, CLONE3[column], 0, 1), _word(_RETURN, _FAIL | errno.ENOSYS)]
    program += _only_if(CLONE[column], _word(_IF_BITS, _CLONE_THREAD, 1, 0))
    for signal_call in (KILL, TGKILL):
        program += _only_if(signal_call[column], _word(_IF_EQUAL, own_process, 1, 0))
    program.append(_word(_RETURN, _ALLOW))
    return b"".join(program)


def _only_if(number: int, condition: bytes) -> list[bytes]:
    """Allow a call only if its first argument meets *condition* (which steps over the refusal)."""
    return [
        _word(_IF_EQUAL, number, 0, 4),
        _word(_LOAD, _FIRST_AT),
        condition,
        _word(_RETURN, _FAIL | errno.EPERM),
        _word(_RETURN, _ALLOW),
    ]


def _word(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("@HBBI", code, if_true, if_false, value)


def _machine() -> _Machine | None:
    if not sys.platform.startswith("linux") or sys.maxsize < 2**32:
        return None
    return _MACHINES.get(platform.machine())


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
