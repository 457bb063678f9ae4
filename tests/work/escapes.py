"""Jobs that try to leave their fence, for the tests of `vaughn.work`; children import them by name."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path


def tried(what: str, place: str = "") -> str:
    """Return ``done``, or the name of the exception that *what* ended with."""
    try:
        _TRIALS[what](place)
    except OSError as error:
        return type(error).__name__
    return "done"


def read_it(place: str) -> bytes:
    return Path(place).read_bytes()


def _connect(_: str) -> None:
    with socket.socket() as one:
        one.settimeout(0.1)
        one.connect(("127.0.0.1", 9))


def _send_datagram(_: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"secret", ("127.0.0.1", 9))


def _open_unix_socket(_: str) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect("\0vaughn-nobody")


def _write(place: str) -> None:
    Path(place).write_bytes(b"x")


def _run(_: str) -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def _replace_itself(_: str) -> None:
    os.execv(sys.executable, [sys.executable, "-c", ""])


def _fork(_: str) -> None:
    if os.fork() == 0:
        os._exit(0)


def _watch_parent(place: str) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, int(place), 0, 0) != 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), "ptrace")


def _read_parent(place: str) -> None:
    Path(f"/proc/{place}/environ").read_bytes()


def _kill_parent(place: str) -> None:
    os.kill(int(place), 0)


def _link(place: str) -> None:
    Path(place).symlink_to("/etc/passwd")


def _set_mode(place: str) -> None:
    Path(place).chmod(0o777)


def _ring(_: str) -> None:
    if ctypes.CDLL(None, use_errno=True).syscall(425, 1, 0) < 0:  # io_uring_setup
        raise OSError(ctypes.get_errno(), "io_uring")


def _mount(place: str) -> None:
    if ctypes.CDLL(None, use_errno=True).mount(b"none", place.encode(), b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")


_TRIALS: dict[str, Callable[[str], object]] = {
    "read": read_it,
    "list": os.listdir,
    "write": _write,
    "connect": _connect,
    "datagram": _send_datagram,
    "unix socket": _open_unix_socket,
    "run": _run,
    "exec": _replace_itself,
    "fork": _fork,
    "ptrace": _watch_parent,
    "environment of the parent": _read_parent,
    "signal": _kill_parent,
    "link": _link,
    "mode": _set_mode,
    "io_uring": _ring,
    "mount": _mount,
    "remove": os.unlink,
}


def environment_names() -> list[str]:
    return sorted(os.environ)


def wrote_and_read_back() -> tuple[str, bytes]:
    """Return the folder for temporary files, and what was written there and read again."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"kept")
        file.flush()
        return tempfile.gettempdir(), Path(file.name).read_bytes()


def leave_a_file() -> str:
    Path(tempfile.gettempdir(), "left.txt").write_text("what a document says", "utf-8")
    return tempfile.gettempdir()


def threads_work() -> int:
    found: list[int] = []
    threads = [threading.Thread(target=found.append, args=(n,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(found)


def a_pair_of_sockets_works() -> bytes:
    here, there = socket.socketpair()
    with here, there:
        here.sendall(b"inside")
        return there.recv(16)
