"""What stands inside a document, as files of their own: attachments, embedded objects."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from vaughn.collect.lineage import Lineage
from vaughn.collect.names import last_name, name_once, part_name
from vaughn.collect.rules import FileHashes
from vaughn.collect.steps.filing import Arrival, Filing
from vaughn.formats.readers import Part, Reading
from vaughn.model import Blob, Moment
from vaughn.store import CaseFile, NewFile, TakenFile, open_regular, storable

_NOWHERE = Lineage()  # known when the document around has an id


@dataclass(frozen=True, slots=True)
class NewPart:
    """A file that came out of a document, its bytes stored."""

    arrival: Arrival
    file: NewFile


def parts_of_reading(filing: Filing, file: TakenFile, reading: Reading, spool: Path | None) -> tuple[Arrival, ...]:
    """Copy the bytes of what a reader found inside *file*; hash lists leave nothing out: families stay whole."""
    taken: set[str] = set()
    arrivals = []
    for position, part in enumerate(reading.parts, start=1):
        path = name_once(f"{file.path}/{part_name(storable(part.name))}", taken)
        taken.add(path)
        blob, hashes = _copied(filing, part, spool)
        arrivals.append(
            Arrival(
                path,
                file.file_id,
                position,
                part.role,
                _NOWHERE,
                blob=blob,
                hashes=hashes,
                modified_at=_text(part.modified),
                created_at=_text(part.created),
            )
        )
    return tuple(arrivals)


def _copied(filing: Filing, part: Part, spool: Path | None) -> tuple[Blob, FileHashes]:
    if part.data is not None or spool is None or part.spooled is None:
        return filing.copied_whole(io.BytesIO(part.data or b""), name=part.name)
    with open_regular(spool / Path(part.spooled).name) as stream:
        return filing.copied_whole(stream, name=part.name)


def _text(moment: Moment | None) -> str | None:
    return moment.text() if moment is not None else None


def parts_of_twin(case: CaseFile, twin_id: int, file: TakenFile) -> tuple[NewPart, ...]:
    """Return what came out of a file of the same bytes, as it will stand below *file*."""
    found = []
    for part_id in case.parts_of(twin_id):
        stored, origin = case.source_file(part_id), case.origin(part_id)
        if stored is None or origin is None:
            continue
        hashes = None
        if stored.blob is not None and origin.md5 is not None and origin.sha1 is not None:
            hashes = FileHashes(stored.blob.sha256, origin.md5, origin.sha1)
        path = f"{file.path}/{last_name(stored.path)}"
        arrival = Arrival(
            path,
            file.file_id,
            origin.position,
            origin.part,
            _NOWHERE,
            stored.blob,
            hashes,
            stored.refused,
            origin.modified_at,
            origin.created_at,
        )
        found.append(NewPart(arrival, NewFile(path, stored.role, stored.blob, stored.media_type, stored.refused)))
    return tuple(found)
