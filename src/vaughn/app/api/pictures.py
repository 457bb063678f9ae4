"""Page images that were drawn a moment ago, kept within a fixed amount of memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

# About 100 pages at reading size: enough to go back and forth; the browser keeps pictures too.
MAX_BYTES = 16_000_000


class PictureCache:
    """The last pictures that were asked for; safe from any thread."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._held: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        """Return the picture under *key*, and count it as just used."""
        with self._lock:
            picture = self._held.get(key)
            if picture is not None:
                self._held.move_to_end(key)
            return picture

    def put(self, key: Hashable, picture: bytes) -> None:
        """Keep a picture; the ones unused for longest go."""
        with self._lock:
            self._bytes += len(picture) - len(self._held.pop(key, b""))
            self._held[key] = picture
            while self._bytes > self._max_bytes:
                _, oldest = self._held.popitem(last=False)
                self._bytes -= len(oldest)
