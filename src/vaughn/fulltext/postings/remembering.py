"""Places of words that were read whole, kept for the next query: the frequent words of one are those of the next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from itertools import count

from vaughn.fulltext.segment import Places

# For all open texts together: 96 MB.
_MOST_PLACES = 12_000_000


class RememberedPlaces:
    """What was read last, of all texts of this process together; the oldest is forgotten first."""

    def __init__(self, most: int) -> None:
        """Remember nothing yet, and never more than *most* places."""
        self._most = most
        self._known: OrderedDict[tuple[int, bytes], Places] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[int, bytes]) -> Places | None:
        """Return what is remembered under *key*."""
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
            return known

    def keep(self, key: tuple[int, bytes], places: Places) -> None:
        """Remember *places*; they are not to be written to any more."""
        places.starts.setflags(write=False)
        if len(places) > self._most:
            return
        with self._lock:
            if key not in self._known:
                self._size += len(places)
            self._known[key] = places
            while self._size > self._most:
                _, oldest = self._known.popitem(last=False)
                self._size -= len(oldest)


REMEMBERED = RememberedPlaces(_MOST_PLACES)
text_numbers = count()
