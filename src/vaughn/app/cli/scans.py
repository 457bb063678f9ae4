"""`vaughn scans`: read by OCR what loading left unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaughn.app.cli.console import Column, print_json, print_line, print_table, progress
from vaughn.app.cli.options import AsJson, CasePath, Release, Wait

if TYPE_CHECKING:
    from vaughn.model import Production


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of the scans of one production."""

    production: Production
    pages: int
    left: int


def scans(case: CasePath, release: Release = None, wait: Wait = 0.0, as_json: AsJson = False) -> None:
    """Read scanned pages by OCR until all have words. Stop it with Ctrl+C; run again, it goes on where it stopped.

    Example: vaughn scans ndlon
    """
    from vaughn.app.naming import production_ids
    from vaughn.app.opening import open_to_write
    from vaughn.app.receiving import check_again, read_all_scans, require_ocr, scans_left

    require_ocr()
    found = []
    with (
        open_to_write(case.expanduser(), "vaughn scans", wait_seconds=wait) as opened,
        progress(quiet=as_json) as show,
    ):
        ids = production_ids(opened, release)
        for production in [known for known in opened.productions() if not ids or known.id in ids]:
            pages = read_all_scans(opened, production.id, show)
            if pages:
                check_again(opened, production.id, show)
            found.append(_Read(production, pages, scans_left(opened, production.id)))
    if as_json:
        print_json([_as_json(read) for read in found])
        return
    columns = (Column("production"), Column("pages read", is_number=True), Column("left", is_number=True))
    print_table("Scans", columns, [(read.production.name, read.pages, read.left) for read in found])
    print_line(f"{sum(read.pages for read in found):,} pages were read by OCR.")


def _as_json(read: _Read) -> dict[str, object]:
    return {
        "production_id": read.production.id,
        "production": read.production.name,
        "pages_read": read.pages,
        "pages_waiting": read.left,
    }
