"""From what an agency handed over to a production that is loaded, checked and can be searched.

Used by `vaughn receive` and by the jobs of the workbench; each part can be stopped and taken up again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from vaughn.fulltext import TextIndex, catch_up
from vaughn.receive import Ocr, ReceiveResult, check_production, read_scans, receive, resume
from vaughn.store import CaseFile

Progress = Callable[[str, int, int], None]
# Words read by OCR can be searched after this many pages.
_SCANS_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Handover:
    """What was handed over, by whom, when, and what it shall be held against.

    Args:
        name: What the production is called; agency and day if `None`.
        replaces: Name of the earlier production that this one produces again.
        order: Name or path of a production-order profile.
        ocr: Whether pages without words are read by OCR, all of them (True) or none; `None` reads a few at once
            where OCR is installed, so that loading ends soon.
    """

    path: Path
    agency: str
    released_on: date
    name: str | None = None
    replaces: str | None = None
    order: str | None = None
    ocr: bool | None = None

    @property
    def production_name(self) -> str:
        """What the production will be called."""
        return self.name or f"{self.agency} {self.released_on.isoformat()}"


def receive_handover(case: CaseFile, handover: Handover, progress: Progress) -> ReceiveResult:
    """Load, check and index a production; whatever of it was done before is not done again."""
    result = receive(
        case,
        handover.path,
        agency=handover.agency,
        released_on=handover.released_on,
        name=handover.production_name,
        replaces=handover.replaces,
        order=handover.order,
        ocr=Ocr.AUTO if handover.ocr is None else Ocr.NEVER,
        progress=progress,
    )
    if handover.ocr:
        read_all_scans(case, result.production_id, progress)
    return _finished(case, result, progress)


def resume_production(case: CaseFile, production_id: int, progress: Progress) -> ReceiveResult:
    """Go on with a production that was stopped; its files must have been stored."""
    return _finished(case, resume(case, production_id, progress=progress), progress)


def _finished(case: CaseFile, result: ReceiveResult, progress: Progress) -> ReceiveResult:
    catch_up(case, TextIndex(case.fulltext), progress=progress)
    if result.already:
        return result
    check_production(case, result.production_id, progress=progress)
    return replace(result, findings=case.counts(result.production_id).findings)


def scans_left(case: CaseFile, production_id: int) -> int:
    """Return how many pages OCR could still read; 0 where it is not installed."""
    return read_scans(case, production_id, most=0).left


def read_all_scans(case: CaseFile, production_id: int, progress: Progress) -> None:
    """Read every page without words by OCR, entering the words as they come; does nothing without OCR.

    Raises:
        InputError: If there is no such production.
    """
    index = TextIndex(case.fulltext)
    left, done = scans_left(case, production_id), 0
    while left:

        def show(step: str, within: int, _total: int, *, before: int = done, whole: int = done + left) -> None:
            progress(step, before + within, whole)

        found = read_scans(case, production_id, progress=show, most=_SCANS_AT_ONCE)
        catch_up(case, index)
        done, left = done + found.pages, found.left if found.pages else 0
