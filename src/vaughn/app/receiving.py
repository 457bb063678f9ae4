"""From what an agency handed over to a production that is loaded, checked and can be searched.

Used by `vaughn receive` and by the jobs of the workbench; each part can be stopped and taken up again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path

from vaughn.formats.pages import ocr_available
from vaughn.fulltext import TextIndex, catch_up
from vaughn.model import ToolMissing
from vaughn.receive import Ocr, ReceiveResult, check_production, read_scans, receive, resume
from vaughn.store import CaseFile

Progress = Callable[[str, int, int], None]
# Words read by OCR can be searched after this many pages.
_SCANS_AT_ONCE = 40


class Scans(Enum):
    """How many of the pages without words are read by OCR before loading ends."""

    AUTO = "auto"  # a few where OCR is installed, so that loading ends soon
    ALL = "all"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Handover:
    """What was handed over, by whom, when, and what it shall be held against.

    Args:
        name: What the production is called; agency and day if `None`.
        replaces: Name of the earlier production that this one produces again.
        order: Name or path of a production-order profile.
        scans: How many of the pages without words are read by OCR at once.
    """

    path: Path
    agency: str
    released_on: date
    name: str | None = None
    replaces: str | None = None
    order: str | None = None
    scans: Scans = Scans.AUTO

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
        ocr=Ocr.AUTO if handover.scans is Scans.AUTO else Ocr.NEVER,
        progress=progress,
    )
    if handover.scans is Scans.ALL:
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


def require_ocr() -> None:
    """Make sure that scans can be read.

    Raises:
        ToolMissing: If OCR is not installed.
    """
    if not ocr_available():
        raise ToolMissing("OCR is not installed, so scans cannot be read.", hint="pip install 'vaughn[ocr]'")


def read_all_scans(case: CaseFile, production_id: int, progress: Progress, *, before: int = 0) -> int:
    """Read every page without words by OCR, entering the words as they come; does nothing without OCR.

    It may be stopped at any time, and goes on with the pages that are left.

    Args:
        before: How many pages were read before it was stopped, for the progress alone.

    Returns:
        How many pages were read now.

    Raises:
        InputError: If there is no such production.
    """
    index = TextIndex(case.fulltext)
    left, done = scans_left(case, production_id), 0
    while left:

        def show(step: str, within: int, _total: int, *, past: int = before + done, whole: int = left) -> None:
            progress(step, past + within, past + whole)

        found = read_scans(case, production_id, progress=show, most=_SCANS_AT_ONCE)
        catch_up(case, index)
        done, left = done + found.pages, found.left if found.pages or found.layers else 0
    return done


def check_again(case: CaseFile, production_id: int, progress: Progress) -> None:
    """Check a production against the order it was last held against: pages have words now that had none."""
    orders = [run.order for run in case.check_runs(production_id) if run.order is not None]
    check_production(case, production_id, orders[0] if orders else None, progress=progress)
