"""Batches of office files turned into PDF; a file that spoils its batch is tried again alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from vaughn.work.outcome import BROKE, NOT_STARTED, TOO_SLOW, Failure, FailureKind
from vaughn.work.renditions.program import conversion, office_program, write_profile
from vaughn.work.scratch import new_scratch, remove_scratch

# Starting LibreOffice takes a second, a letter a tenth; one bad file costs its batch a second start.
BATCH = 20
_START_SECONDS = 60.0
_SECONDS_PER_FILE = 15.0
_MIN_PDF_BYTES = 100
# Types that LibreOffice draws as their own programs do. HTML is not among them: it has a view of its own.
_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.graphics": ".odg",
    "application/vnd.visio": ".vsd",
    "application/vnd.ms-visio.drawing": ".vsdx",
}
_NOTHING = Failure(
    FailureKind.REFUSED,
    "LibreOffice could not draw the file.",
    None,
    "Download the file and open it in the program it was written with.",
)
_MISSING = Failure(FailureKind.REFUSED, "LibreOffice is not installed.", None, "Install LibreOffice.")


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """One file to be drawn."""

    path: Path
    media_type: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """How drawing *file* ended: `pdf` is in the folder that was named, or `failure` says why there is none."""

    file: OfficeFile
    pdf: Path | None
    failure: Failure | None = None


def suffix_for(media_type: str) -> str | None:
    """Return the ending by which LibreOffice knows files of *media_type*; `None` if it does not draw them."""
    return _SUFFIXES.get(media_type)


def render_office_files(
    files: Sequence[OfficeFile], into: Path, *, seconds_per_file: float = _SECONDS_PER_FILE
) -> Iterator[Rendition]:
    """Yield what became of each of *files*; PDF files are named by the SHA-256 of the file they show.

    Files of types that LibreOffice does not draw are failures, and so are all if it is not installed.
    """
    program = office_program()
    for start in range(0, len(files), BATCH):
        batch = files[start : start + BATCH]
        if program is None:
            yield from (Rendition(file, None, _MISSING) for file in batch)
            continue
        seconds = _START_SECONDS + seconds_per_file * len(batch)
        drawn, failure = _drawn(program, batch, into, seconds=seconds)
        for file in batch:
            if file not in drawn and len(batch) > 1:
                alone, failure = _drawn(program, [file], into, seconds=_START_SECONDS + seconds_per_file)
                drawn |= alone
            pdf = drawn.get(file)
            yield Rendition(file, pdf, None if pdf is not None else failure or _NOTHING)


def _drawn(
    program: Path, files: Sequence[OfficeFile], into: Path, *, seconds: float
) -> tuple[dict[OfficeFile, Path], Failure | None]:
    """Return the PDF files that one run of LibreOffice made, and how it failed if it did."""
    known = [file for file in files if suffix_for(file.media_type) is not None]
    if not known:
        return {}, _NOTHING
    folder = new_scratch()
    try:
        names = _laid_out(known, folder)
        failure = _run(program, list(names.values()), folder=folder, seconds=seconds)
        kept = {file: _kept(folder, path, into) for file, path in names.items()}
    finally:
        remove_scratch(folder)
    return {file: pdf for file, pdf in kept.items() if pdf is not None}, failure


def _laid_out(files: Sequence[OfficeFile], folder: Path) -> dict[OfficeFile, Path]:
    """Copy *files* under the hash of their bytes: by their own names, letter.doc would overwrite letter.odt."""
    for name in ("in", "out"):
        (folder / name).mkdir()
    write_profile(folder / "profile")
    names = {}
    for file in files:
        name = sha256(file.path.read_bytes()).hexdigest() + (suffix_for(file.media_type) or "")
        names[file] = folder / "in" / name
        shutil.copyfile(file.path, names[file])
    return names


def _run(program: Path, files: list[Path], *, folder: Path, seconds: float) -> Failure | None:
    command = conversion(program, files, folder=folder, cpu_seconds=seconds)
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    try:
        with subprocess.Popen(  # noqa: S603 -- LibreOffice, with paths that we made
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment if os.name == "posix" else None,
            cwd=folder,
            start_new_session=os.name == "posix",
        ) as process:
            try:
                return None if process.wait(seconds) == 0 else BROKE
            except subprocess.TimeoutExpired:
                return TOO_SLOW
            finally:
                _end(process)
    except OSError:
        return NOT_STARTED


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all it has started: the one that was called is only a starter."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    else:
        process.kill()


def _kept(folder: Path, source: Path, into: Path) -> Path | None:
    """Move the PDF made of *source* to its place; a part of one is none."""
    made = folder / "out" / f"{source.stem}.pdf"
    if not made.is_file() or made.stat().st_size < _MIN_PDF_BYTES:
        return None
    with made.open("rb") as file:
        if file.read(5) != b"%PDF-":
            return None
    place = into / source.stem[:2] / f"{source.stem}.pdf"
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(".new")
    shutil.copyfile(made, part)
    part.replace(place)
    return place
