"""`vaughn doctor`: what this machine offers."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_table

_FOLDER = typer.Argument(help="Folder where a case lies or shall lie; the current folder if none is named.")
# A case takes about as much room as the production itself; below this even small ones fail.
_MIN_FREE_BYTES = 2_000_000_000
# STRICT tables came with 3.37.
_OLDEST_SQLITE = (3, 37, 0)
_TRIAL = "The agency shall produce all records."


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that was looked at."""

    name: str
    works: bool
    found: str


def doctor(
    folder: Annotated[Path | None, _FOLDER] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what this machine offers: Python, SQLite, OCR, sandbox, disk, LibreOffice, screens.

    Example: vaughn doctor ~/cases
    """
    offers = machine_offers(folder or Path.cwd())
    if as_json:
        print_json([asdict(offer) for offer in offers])
        return
    rows = [("yes" if offer.works else "no", offer.name, offer.found) for offer in offers]
    print_table("This machine", (Column("offers"), Column("what"), Column("found")), rows)


def machine_offers(folder: Path) -> list[Offer]:
    """Look at everything that a part of the program can use but does not need."""
    return [
        Offer("Python", sys.version_info >= (3, 11), platform.python_version()),
        _sqlite(),
        _disk(folder),
        _file_system(folder),
        _ocr(),
        *_sandbox(),
        _office(),
        _screens(),
    ]


def _sqlite() -> Offer:
    from vaughn.store import sqlite_version

    version = sqlite_version()
    return Offer("SQLite", version >= _OLDEST_SQLITE, ".".join(str(part) for part in version))


def _disk(folder: Path) -> Offer:
    existing = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    return Offer("Room on the disk", free > _MIN_FREE_BYTES, f"{free / 1e9:,.1f} GB free")


def _file_system(folder: Path) -> Offer:
    from vaughn.model import InputError
    from vaughn.store import refuse_network

    try:
        refuse_network(folder.absolute())
    except InputError as error:
        return Offer("File system for a case", False, error.message)
    return Offer("File system for a case", True, "on this machine")


def _ocr() -> Offer:
    """Have every engine that is installed read a line, in a child as when scans are read."""
    from vaughn.formats.pages import ocr_engines

    engines = ocr_engines()
    if not engines:
        return Offer("OCR", False, "no engine: pip install 'vaughn[ocr]'")
    used, *others = engines
    broken = [name for name, works in zip(engines, _trials(engines), strict=True) if not works]
    found = f"{used} is used" if used not in broken else f"{used} would be used and cannot read"
    working = [name for name in others if name not in broken]
    found += f"; {', '.join(working)} could be" if working else ""
    silent = [name for name in others if name in broken]
    return Offer("OCR", used not in broken, found + (f"; {', '.join(silent)} cannot read" if silent else ""))


def _trials(engines: Sequence[str]) -> list[bool]:
    """Tell of each engine whether it read the line."""
    from vaughn.app.demo.typewriter import typed_page
    from vaughn.formats.pages import PackedPage, ocr_packed, unpack_text
    from vaughn.formats.pdf import write_pdf
    from vaughn.work import OCR_LIMITS, Task, WorkerPool

    read: dict[str, bool] = {}
    with tempfile.TemporaryDirectory(prefix="vaughn-") as folder, WorkerPool(1) as pool:
        path = Path(folder).absolute() / "trial.pdf"
        write_pdf(path, [typed_page(_TRIAL)])
        tasks = (Task(name, ocr_packed, (path, "application/pdf", 1, name), OCR_LIMITS) for name in engines)
        for done in pool.map_unordered(tasks):
            page = done.outcome.value
            read[str(done.task.key)] = isinstance(page, PackedPage) and "records" in unpack_text(page.packed)
    return [read.get(name, False) for name in engines]


def _sandbox() -> list[Offer]:
    limits = importlib.util.find_spec("resource") is not None
    return [
        Offer("Reading in child processes", True, "a file that crashes its reader becomes a finding"),
        Offer("Limits on memory and time", limits, "set for each child" if limits else "time only on this system"),
        _fence(),
    ]


def _fence() -> Offer:
    """Put up the fence that readers get, and have one try to get out of it."""
    from vaughn.model import UsageError
    from vaughn.work import Level, fence_report

    name = "Fence around readers"
    try:
        report = fence_report()
    except UsageError as error:
        return Offer(name, False, f"{error.message} {error.hint}")
    if report.trial is None:
        return Offer(name, False, f"{report.level.value}: a reader could not be started behind it")
    if report.level is not Level.LIMITS and not report.holds:
        return Offer(
            name, False, f"{report.level.value}: it was tried and does not hold; do not open what you distrust"
        )
    found = f"{report.level.value}: {report.level.means}"
    if report.level is not Level.BUBBLEWRAP and sys.platform.startswith("linux"):
        found += " (stronger with the package bubblewrap, where the system allows it)"
    return Offer(name, report.holds, found)


def _office() -> Offer:
    from vaughn.work.renditions import office_version

    version = office_version()
    missing = "LibreOffice is not installed: office files are shown as text on pages only"
    return Offer("Pictures of office files", version is not None, version or missing)


def _screens() -> Offer:
    built = (Path(__file__).parent.parent / "static" / "index.html").is_file()
    return Offer("Screens of the workbench", built, "built" if built else "not built: run `make demo` in the source")
