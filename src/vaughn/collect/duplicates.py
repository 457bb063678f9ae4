"""Which documents are copies of each other, and which of them is shown.

**A copy** is a whole family that is the same: the message (or loose file) itself and everything attached to it, in
its order. A message is the same if its identity is (see the mail readers: sender, recipients, moment, subject, text
and attachments in one canonical form, whatever file it stands in); every other file if its bytes are. An attachment
is therefore a copy only together with its message; a message that went out with another attachment is no copy, nor is
one of whose family anything could not be read.

**The one that is shown** (the primary) is the one that was handed over first; among those of one day the first by
production, path and id. That does not depend on the order documents are looked at, and a later handing over never
takes the place away from an earlier one.

**All places are kept**: copies stay documents, with their custodian, path, mail folder and production.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vaughn.model import GroupMember, GroupRole, GroupScope
from vaughn.store import HeldDocument

SAME_BYTES = "same bytes"
SAME_MESSAGE = "same message"
WITH_PARENT = "attached to a copy"
MAX_DEPTH = 100  # messages in messages; deeper families are left alone


@dataclass(frozen=True, slots=True)
class Copies:
    """One document that stands in several places.

    Args:
        primary: The one that is shown.
        others: The rest, in the order in which they would take its place.
        basis: What makes them the same.
    """

    primary: HeldDocument
    others: tuple[HeldDocument, ...]
    basis: str

    @property
    def all(self) -> tuple[HeldDocument, ...]:
        """Every place, the shown one first."""
        return (self.primary, *self.others)

    @property
    def custodians(self) -> tuple[str, ...]:
        """Everybody who had it, the shown one's first."""
        return _each(one.custodian for one in self.all)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path it was found under."""
        return _each(one.path for one in self.all)

    @property
    def mail_folders(self) -> tuple[str, ...]:
        """Every mail folder it lay in."""
        return _each(one.mail_folder for one in self.all)

    @property
    def productions(self) -> tuple[str, ...]:
        """Every handing over it came with."""
        return _each(one.production for one in self.all)


def copies_among(documents: Iterable[HeldDocument], *, scope: GroupScope = GroupScope.GLOBAL) -> tuple[Copies, ...]:
    """Return what stands more than once, in the order of the shown documents' ids.

    Args:
        documents: In any order.
        scope: With CUSTODIAN, what two people had is kept twice; people who are not known are taken for one
            within one handing over, and for different ones otherwise.
    """
    known = {document.id: document for document in documents}
    families = _Families(known)
    alike: defaultdict[tuple[str, str], list[HeldDocument]] = defaultdict(list)
    for document in known.values():
        if families.is_first(document):
            digest = families.digest(document)
            if digest is not None:
                alike[_circle(document, scope), digest].append(document)
    found = [
        copies for same in alike.values() if len(same) > 1 for copies in families.copies(sorted(same, key=_precedence))
    ]
    return tuple(sorted(found, key=lambda copies: copies.primary.id))


def members_of(copies: Iterable[Copies]) -> Iterator[GroupMember]:
    """Return copies as members of groups, numbered from 1."""
    for number, one in enumerate(copies, start=1):
        for position, document in enumerate(one.all, start=1):
            is_shown = position == 1
            yield GroupMember(
                number,
                document.id,
                position,
                GroupRole.PRIMARY if is_shown else GroupRole.COPY,
                one.basis,
                similarity=1.0,
                parent_id=None if is_shown else one.primary.id,
            )


class _Families:
    """Documents and what is attached to them."""

    def __init__(self, known: Mapping[int, HeldDocument]) -> None:
        self._children: defaultdict[int, list[HeldDocument]] = defaultdict(list)
        self._digests: dict[int, str | None] = {}
        for document in known.values():
            if document.parent_id is not None and not self.is_first(document):
                self._children[document.parent_id].append(document)
        for children in self._children.values():
            children.sort(key=lambda child: (child.ordinal, child.id))

    def is_first(self, document: HeldDocument) -> bool:
        """Tell whether a document stands at the head of its family."""
        return document.parent_id is None or document.parent_id == document.id

    def digest(self, document: HeldDocument, depth: int = 0) -> str | None:
        """Return what is equal for equal families; `None` if anything in it is unknown."""
        if document.id not in self._digests:
            self._digests[document.id] = self._made_digest(document, depth)
        return self._digests[document.id]

    def _made_digest(self, document: HeldDocument, depth: int) -> str | None:
        own = _own(document)
        if own is None or depth > MAX_DEPTH:
            return None
        parts = [own]
        for child in self._children[document.id]:
            inner = self.digest(child, depth + 1)
            if inner is None:
                return None
            parts.append(inner)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def copies(self, same: Sequence[HeldDocument], *, basis: str | None = None) -> Iterator[Copies]:
        """Return equal documents as copies of the first, and what is attached to them likewise."""
        first, *others = same
        yield Copies(first, tuple(others), basis or (SAME_MESSAGE if first.identity else SAME_BYTES))
        for attached in zip(*(self._children[document.id] for document in same), strict=True):
            yield from self.copies(attached, basis=WITH_PARENT)


def _own(document: HeldDocument) -> str | None:
    if document.identity:
        return f"message {document.identity}"
    return f"file {document.sha256}" if document.sha256 else None


def _precedence(document: HeldDocument) -> tuple[date, str, str, int]:
    return (document.handed_on, document.production, document.path, document.id)


def _circle(document: HeldDocument, scope: GroupScope) -> str:
    """Return among which documents copies are looked for."""
    if scope is GroupScope.GLOBAL:
        return ""
    name = " ".join((document.custodian or "").casefold().split())
    return f"custodian {name}" if name else f"production {document.production_id}"


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
