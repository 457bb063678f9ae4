"""How a file found inside a document is handed on: in the answer, or in the spool folder if it is large."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from vaughn.formats.readers.content import Part, ReadingRequest

# What is larger goes to the parent as a file: the answer of a child is held in memory twice.
SENT_BYTES = 4_000_000


def handed_on(request: ReadingRequest, part: Part) -> Part:
    """Return *part* of the file of *request* with its bytes in the spool folder, if they are many and there is one."""
    if request.spool is None or part.data is None or len(part.data) <= SENT_BYTES:
        return part
    name = hashlib.sha256(part.data).hexdigest()
    (request.spool / name).write_bytes(part.data)
    return replace(part, data=None, spooled=name)
