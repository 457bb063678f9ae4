"""The pictures in drawings of old Office files ([MS-ODRAW] 2.2.23): records whose head says what picture follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_PICTURES = 2000
# PNG, JPEG and one more kind of JPEG; metafiles are drawings that stand for objects.
_HEADS = re.compile(rb"..[\x1d\x1e\x2a]\xf0", re.DOTALL)
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
# One or two marks of 16 bytes and a tag stand between head and picture.
_OFFSETS = (17, 33)


def pictures_in(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of the pictures in *data*, a stream with drawings."""
    at = number = 0
    while number < MAX_PICTURES:
        found = _HEADS.search(data, at)
        if found is None or found.end() + 4 > len(data):
            return
        at = found.start() + 1
        length = int.from_bytes(data[found.end() : found.end() + 4], "little")
        start = found.end() + 4
        if length > len(data) - start:
            continue
        for offset in _OFFSETS:
            body = data[start + offset : start + length]
            for signature, suffix in _SIGNATURES:
                if body.startswith(signature):
                    number += 1
                    yield f"picture-{number}{suffix}", body
                    at = start + length
