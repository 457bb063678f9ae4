"""Archives: what each kind lists and how its members are unpacked, one level deep and as a stream.

Comes in: an open file. Goes out: a `Listing` of entries, names as given. What may come out is decided by
`vaughn.formats.archive`, in a child process.
"""

from vaughn.formats.archives.entries import BROKEN, Entry, Listing
from vaughn.formats.archives.kinds import KINDS, listing_of

__all__ = ["BROKEN", "KINDS", "Entry", "Listing", "listing_of"]
