"""Office files of one case as LibreOffice draws them: made when somebody looks, kept in ``derived/``."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from vaughn.app.log import log_failure
from vaughn.model import Blob
from vaughn.store import CaseFile
from vaughn.work.renditions import BATCH, OfficeFile, office_program, render_office_files, suffix_for

_FOLDER = "renditions"


class RenditionState(Enum):
    """How far the picture of a file is."""

    IMPOSSIBLE = "impossible"  # files of its type are not drawn
    NO_PROGRAM = "no program"  # LibreOffice is not installed
    NOT_ASKED = "not asked"
    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RenditionFacts:
    """How far the picture of a file is, where it lies if it is made, and why there is none if it failed."""

    state: RenditionState
    pdf: Path | None = None
    message: str | None = None
    hint: str | None = None


class Renditions:
    """The pictures of one case. One run of LibreOffice at a time; what was asked for meanwhile is the next batch."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._folder = case.derived / _FOLDER
        self._changed = threading.Condition()
        self._waiting: dict[str, OfficeFile] = {}
        self._running: dict[str, OfficeFile] = {}
        self._failed: dict[str, tuple[str, str | None]] = {}
        self._thread: threading.Thread | None = None
        self._closed = False

    def facts(self, blob: Blob, media_type: str) -> RenditionFacts:
        """Return how far the picture of a file is."""
        if suffix_for(media_type) is None:
            return RenditionFacts(RenditionState.IMPOSSIBLE)
        pdf = self._place(blob.sha256)
        if pdf.is_file():
            return RenditionFacts(RenditionState.MADE, pdf)
        with self._changed:
            if blob.sha256 in self._waiting or blob.sha256 in self._running:
                return RenditionFacts(RenditionState.WAITING)
            if blob.sha256 in self._failed:
                return RenditionFacts(RenditionState.FAILED, None, *self._failed[blob.sha256])
        if office_program() is None:
            return RenditionFacts(RenditionState.NO_PROGRAM)
        return RenditionFacts(RenditionState.NOT_ASKED)

    def ask(self, blob: Blob, media_type: str) -> RenditionFacts:
        """Have the picture of a file made, unless it is there; one that failed is tried again."""
        found = self.facts(blob, media_type)
        if found.state not in {RenditionState.NOT_ASKED, RenditionState.FAILED}:
            return found
        with self._changed:
            self._failed.pop(blob.sha256, None)
            self._waiting[blob.sha256] = OfficeFile(self._case.blobs.path(blob.sha256), media_type)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._work, name="renditions", daemon=True)
                self._thread.start()
        return RenditionFacts(RenditionState.WAITING)

    def wait(self, *, seconds: float) -> None:
        """Return when nothing is being drawn, or *seconds* have passed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._waiting and not self._running, timeout=seconds)

    def close(self) -> None:
        """Begin no further batch."""
        with self._changed:
            self._closed = True
            self._waiting.clear()

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.pdf"

    def _work(self) -> None:
        while True:
            with self._changed:
                batch = dict(list(self._waiting.items())[:BATCH])
                self._running = batch
                for sha256 in batch:
                    del self._waiting[sha256]
                if not batch:
                    self._thread = None
                    self._changed.notify_all()
                    return
            self._draw(batch)
            with self._changed:
                self._running = {}
                self._changed.notify_all()

    def _draw(self, batch: dict[str, OfficeFile]) -> None:
        hashes = {file: sha256 for sha256, file in batch.items()}
        try:
            for made in render_office_files(list(batch.values()), self._folder):
                if made.failure is not None:
                    with self._changed:
                        self._failed[hashes[made.file]] = (made.failure.reason, made.failure.hint)
        except OSError as error:  # a full disk: what was not drawn can be asked for again
            log_failure(error)
            with self._changed:
                for sha256 in batch:
                    self._failed.setdefault(sha256, ("The picture could not be stored.", "Is the disk full?"))
