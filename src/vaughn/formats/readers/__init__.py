"""Records of any type, read: one registry of readers for everything that is taken in or received.

Comes in: a file and its media type. Goes out: its facts, its pages of words with boxes, the files inside it,
and what was wrong; or `FileRefused`. Runs in a child process (`vaughn.work`).
"""

from vaughn.formats.readers.content import PAGES_AT_ONCE, Part, Reader, Reading, ReadingRequest
from vaughn.formats.readers.registry import container_pieces, is_container, read_range, reader_of, record_reader
from vaughn.formats.readers.run import kind_of, read_record, read_record_pages

__all__ = [
    "PAGES_AT_ONCE",
    "Part",
    "Reader",
    "Reading",
    "ReadingRequest",
    "container_pieces",
    "is_container",
    "kind_of",
    "read_range",
    "read_record",
    "read_record_pages",
    "reader_of",
    "record_reader",
]
