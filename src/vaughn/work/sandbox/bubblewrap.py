"""How a child is started in a world of its own: its files, a process table with itself alone, no network.

Uses ``bwrap`` (https://github.com/containers/bubblewrap) where it is installed and may make namespaces. What the
child may read is laid out under the names it has outside, read-only; nothing else is there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache

_PROBE_SECONDS = 10.0
_WORLD = (
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--die-with-parent",
    "--new-session",
    "--proc",
    "/proc",
    "--dev",
    "/dev",
)


@lru_cache(maxsize=1)
def bubblewrap_works() -> bool:
    """Tell whether ``bwrap`` is here and our Python starts in it; many systems allow it to root alone."""
    if not sys.platform.startswith("linux") or shutil.which("bwrap") is None:
        return False
    # Only asks whether the system allows it: every name is there, read-only.
    asked = [*_bwrap(), "--ro-bind", "/", "/", *_WORLD, "--", sys.executable, "-I", "-S", "-c", ""]
    try:
        return subprocess.run(asked, capture_output=True, timeout=_PROBE_SECONDS, check=False).returncode == 0  # noqa: S603 -- our own interpreter
    except (OSError, subprocess.TimeoutExpired):
        return False


def start_in(readable: Iterable[str], writable: Iterable[str], *, folder: str) -> list[str]:
    """Return what to put before a command so that it runs in a world with only these paths, in *folder*."""
    command = [*_bwrap(), *_WORLD]
    # A folder hides what was laid out under it before, so the shorter names come first.
    outside = (path for path in readable if not path.startswith(("/proc/", "/dev/")))
    for path in sorted(_both_names(outside), key=len):
        command += ["--ro-bind-try", path, path]
    for path in sorted(_both_names(writable), key=len):
        command += ["--bind", path, path]
    return [*command, "--chdir", folder, "--"]


def _bwrap() -> tuple[str, ...]:
    program = shutil.which("bwrap") or "bwrap"
    if os.geteuid() != 0:
        return (program, "--unshare-user")
    # Root reads files of any owner, as outside; it keeps no other power.
    return (program, "--cap-drop", "ALL", "--cap-add", "CAP_DAC_READ_SEARCH")


def _both_names(paths: Iterable[str]) -> Iterator[str]:
    """Yield each path, and where it leads if it is a link."""
    for path in dict.fromkeys(paths):
        yield path
        real = os.path.realpath(path)
        if real != path:
            yield real
