"""Where LibreOffice is, and how it is started so that a hostile file finds nothing to reach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from vaughn.work.limits import MIB
from vaughn.work.sandbox import Level, best_level, program_places, start_in

_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_READS = ("/etc/libreoffice", "/opt", "/bin", "/var/lib/libreoffice", "/var/spool/libreoffice", "/usr/share/fonts")
_VERSION_SECONDS = 30.0
_MEMORY_BYTES = 6144 * MIB  # LibreOffice maps its libraries, 1.5 GiB of addresses before it opens anything
_FILE_BYTES = 512 * MIB
# Limits are set by a small program that then becomes LibreOffice: nothing runs between fork and exec in our own.
_HELD = (
    "import os, resource, sys\n"
    "cpu, memory, size = map(int, sys.argv[1:4])\n"
    "for kind, value in ((resource.RLIMIT_CPU, cpu), (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, size),\n"
    "                    (resource.RLIMIT_CORE, 0)):\n"
    "    resource.setrlimit(kind, (value, value))\n"
    "os.execv(sys.argv[4], sys.argv[4:])\n"
)
_JOBS = "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs"
# What a profile must say before the program first reads it: no macros, no links, no sign of life to anybody.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    (f"{_JOBS}:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)  # fmt: skip


def office_program() -> Path | None:
    """Return where LibreOffice is installed, `None` if it is not."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    return next((Path(place) for place in _ELSEWHERE if Path(place).is_file()), None)


@lru_cache(maxsize=1)
def office_version() -> str | None:
    """Return what LibreOffice says of its version, `None` if it is not installed or does not start."""
    program = office_program()
    if program is None:
        return None
    try:
        said = subprocess.run(  # noqa: S603 -- the program found above, nothing from a record
            [program, "--version"], capture_output=True, timeout=_VERSION_SECONDS, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return said.stdout.strip().split("\n")[0] or None


def write_profile(folder: Path) -> None:
    """Make *folder* a profile of LibreOffice in which nothing of a file is run or followed."""
    lines = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{lines}</oor:items>\n",
        encoding="utf-8",
    )


def conversion(program: Path, files: list[Path], *, folder: Path, cpu_seconds: float) -> list[str]:
    """Return the command that turns *files*, all inside *folder*, into PDF files in ``out`` there."""
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder / "out"),
        *map(str, files),
    ]
    if os.name != "posix":
        return command
    held = [sys.executable, "-I", "-S", "-c", _HELD, str(int(cpu_seconds)), str(_MEMORY_BYTES), str(_FILE_BYTES)]
    return [*_fence(program, folder), *held, *command]


def _fence(program: Path, folder: Path) -> list[str]:
    if best_level() is Level.BUBBLEWRAP:
        places = (*program_places(), *_READS, str(program.resolve().parent.parent))
        return start_in(places, (str(folder),), folder=str(folder))
    # A child inside our other fences may start no program; a network of its own is what is left to ask for.
    return list(_without_network())


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    program = shutil.which("unshare")
    if program is None or not sys.platform.startswith("linux"):
        return ()
    command = (program, "--net") if os.geteuid() == 0 else (program, "--user", "--map-current-user", "--net")
    try:
        asked = subprocess.run([*command, "true"], capture_output=True, timeout=_VERSION_SECONDS, check=False)  # noqa: S603 -- no input
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if asked.returncode == 0 else ()
