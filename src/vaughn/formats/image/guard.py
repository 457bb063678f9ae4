"""What Pillow may raise on a broken image file, turned into a refusal of that file."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from vaughn.formats.faults import FileRefused, unreadable

# Seen on broken files; Pillow promises no narrower class.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    struct.error,
    EOFError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    AssertionError,
)


@contextmanager
def broken_images_refused(what: str) -> Iterator[None]:
    """Turn whatever Pillow raises inside into a `FileRefused` that says *what*; keep warnings quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except FileRefused:
            raise
        except BROKEN:
            raise unreadable(what) from None
