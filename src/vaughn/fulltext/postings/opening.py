"""Opening what a manifest names."""

from __future__ import annotations

import json
from pathlib import Path

from vaughn.fulltext.postings.columns import Names
from vaughn.fulltext.postings.manifest import Manifest, SegmentFiles
from vaughn.fulltext.postings.stored import StoredSegment, open_segment
from vaughn.model import IntegrityError


def open_files(folder: Path, files: SegmentFiles) -> StoredSegment:
    """Open one segment of the index in *folder*.

    Raises:
        FileNotFoundError: If one of its files is not there.
        IntegrityError: If one is damaged.
    """
    gone = None if files.gone is None else folder / files.gone
    return open_segment(folder / files.words, folder / files.columns, gone)


def read_names(folder: Path, manifest: Manifest) -> Names:
    """Return the names of the columns of a generation.

    Raises:
        FileNotFoundError: If their file is not there.
        IntegrityError: If it is damaged.
    """
    if manifest.names is None:
        return Names({})
    try:
        return Names(json.loads((folder / manifest.names).read_text(encoding="utf-8")))
    except ValueError as error:
        raise IntegrityError(
            f"The file {manifest.names} of the text index is damaged.",
            hint="The index is derived: have it built anew.",
        ) from error
