"""Files whose type nothing reads: documents without pages, with the facts there are."""

from __future__ import annotations

from vaughn.formats.faults import FileRefused, Refusal
from vaughn.formats.media import EMPTY, type_words
from vaughn.formats.media_signs import UNKNOWN
from vaughn.formats.readers.content import Reading, ReadingRequest
from vaughn.model import DocumentKind, FoundValue, RecordFacts, finding


def read_nothing(request: ReadingRequest) -> Reading:
    """Return the file of *request* as a record without pages.

    Raises:
        FileRefused: If it is empty.
    """
    if request.media_type == EMPTY:
        raise FileRefused("The file is empty.", refusal=Refusal.EMPTY, hint="Ask for the file again.")
    is_known = request.media_type != UNKNOWN
    what = type_words(request.media_type)
    message = f"The file is {what}. Files of this type are not read; its facts were taken."
    facts = RecordFacts(
        kind=DocumentKind.OTHER if is_known else DocumentKind.UNKNOWN, found=(FoundValue("Type", request.media_type),)
    )
    return Reading(facts, 0, (), findings=(finding("IN020", message),))
