"""What of the environment does a child need to be told? Where libraries, languages and folders are; no more.

People, and the programs that start us, keep passwords and keys in their environment. A file that takes over its
reader is to find none, so what is handed on is named here, and everything else is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = frozenset(
    {
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TZDIR",
        "TMPDIR",
        "TEMP",
        "TMP",
        "VIRTUAL_ENV",
        "FONTCONFIG_FILE",
        "FONTCONFIG_PATH",
        # Windows starts nothing without its own folders.
        "ALLUSERSPROFILE",
        "APPDATA",
        "COMSPEC",
        "LOCALAPPDATA",
        "NUMBER_OF_PROCESSORS",
        "OS",
        "PATHEXT",
        "PROGRAMDATA",
        "PROGRAMFILES",
        "SYSTEMDRIVE",
        "SYSTEMROOT",
        "USERPROFILE",
        "WINDIR",
    }
)
# Ours, Python's and its libraries', the loader's of the system (macOS: DYLD), the languages'.
_BEGINNINGS = ("VAUGHN_", "PYTHON", "LC_", "LD_", "DYLD_", "NIX_LD", "MALLOC_", "OMP_", "PROCESSOR_")


def told_to_children(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the part of *environment* that a child is started with; Windows writes names in any case."""
    return {name: value for name, value in environment.items() if _is_told(name.upper())}


def _is_told(name: str) -> bool:
    return name in _NAMES or name.startswith(_BEGINNINGS)
