"""Every library has one room, one reason and one licence, and is really used."""

from __future__ import annotations

import re
import sys
import tomllib

from tests.house.source import ROOT, imported, program

IMPORT_NAMES = {
    "markdown-it-py": "markdown_it", "pystemmer": "Stemmer",
    "backports.zstd": "backports", "pillow": "PIL", "python-calamine": "python_calamine",
    "python-docx": "docx", "rapidocr": "rapidocr", "msoffcrypto-tool": "msoffcrypto", "python-oxmsg": "oxmsg",
    "libpff-python": "pypff", "pi-heif": "pi_heif",
}  # fmt: skip
# Brought by a dependency of ours that re-exports or requires them; FastAPI's types are theirs.
COME_ALONG = {"starlette": "fastapi", "pydantic": "fastapi", "cv2": "rapidocr", "click": "typer", "PIL": "pillow",
              "cryptography": "msoffcrypto"}  # fmt: skip
# numpy crosses rooms on purpose: columns of numbers are values, not a file format.
ANYWHERE = {"numpy"}
PERMISSIVE = re.compile(r"MIT|BSD|Apache-2\.0|PSF-2\.0|MPL-2\.0")
# Loaded by name where somebody has installed them; no extra asks for them.
NOT_REQUIRED = {"tesserocr"}
# In Python from 3.14 on: the same module as backports.zstd.
NEWER_PYTHON = {"compression"}


def declared():
    """Return the names pyproject.toml requires at run time."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = project["dependencies"] + [line for name, own in extras.items() if name != "dev" for line in own]
    return {re.match(r"[\w.-]+", line)[0] for line in lines}


def table():
    """Return (room, why, licence) by package from CONTRIBUTING.md."""
    rows = re.findall(
        r"^\| ([\w.-]+) \| (\w+) \| (.+?) \| (.+?) \|$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M
    )
    return {package: (room, why, licence) for package, room, why, licence in rows if package != "package"}


def uses():
    """Return the rooms that import each third-party module."""
    found = {}
    for module in program():
        for source, _, _ in imported(module):
            top = source.split(".")[0]
            if top and top != "vaughn" and top not in sys.stdlib_module_names | NEWER_PYTHON:
                found.setdefault(top, set()).add(module.room)
    return found


def test_the_table_lists_what_is_required():
    """Reason and licence are asked for before a library comes in."""
    assert set(table()) == declared() | NOT_REQUIRED


def test_licences_let_us_ship():
    """AGPL would bind every user of the program."""
    assert [package for package, (_, _, licence) in table().items() if not PERMISSIVE.search(licence)] == []


def test_each_library_is_used_by_its_room_alone():
    """A library that two rooms know cannot be replaced."""
    rooms = {IMPORT_NAMES.get(package, package): room for package, (room, _, _) in table().items()}
    bad = []
    for module, found in sorted(uses().items()):
        owner = rooms.get(module) or rooms.get(COME_ALONG.get(module, ""))
        if owner is None:
            bad.append(f"{module} is imported by {sorted(found)} and not required")
        elif module not in ANYWHERE and found != {owner}:
            bad.append(f"{module} belongs to {owner}, imported by {sorted(found)}")
    assert not bad, "\n".join(bad)


def test_no_library_is_required_for_nothing():
    """Every package costs size, time and trust."""
    used = set(uses())
    # Extras are loaded by name, if they are there.
    by_name = {"openvino", "rapidocr", "archi", "pi-heif"}
    idle = {name for name in declared() - by_name if IMPORT_NAMES.get(name, name) not in used}
    assert idle == set()


def test_requirements_are_hashed_and_name_no_registry():
    """What is installed is what was looked at, wherever it comes from."""
    for name in ("base", "ocr", "dev", "build", "node", "installer"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        pins = re.findall(r"^[\w.\[\]-]+==", text, re.M)
        assert pins
        assert len(re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n(?=    --hash=sha256:)", text, re.M)) == len(pins), name
        assert "://" not in text


def test_the_locks_hold_what_is_required():
    """A dependency without a lock is not installed by make; Dask is for who has a cluster, and locked for tests."""
    small = {"archi", "pi-heif"}  # for who has such files; nothing else depends on them
    held = "".join((ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("ocr", "dev"))
    assert [
        name for name in declared() - small if not re.search(rf"^{re.escape(name.replace('.', '-'))}==", held, re.M)
    ] == []
