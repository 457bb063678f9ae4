"""Which messages belong to one conversation, who answers whom, and which of them need not be read.

A message's parent is found, in this order, by
1. the ids it names (`References`, `In-Reply-To`; after Zawinski's algorithm, without its joining by subject),
2. Outlook's conversation index,
3. the header it quotes, the words it quotes, or its subject, people and dates (`answers`).

Messages that are named or quoted and are not there are told: they may have been withheld, or lost.
How often that is right and wrong: docs/explanation/groups.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vaughn.collect.answers import Subjects, answered
from vaughn.collect.forest import Forest
from vaughn.collect.inclusive import contained_in
from vaughn.collect.messages import Message
from vaughn.collect.quoted_headers import QuotedHeader
from vaughn.collect.subjects import base_subject
from vaughn.model import GroupMember, GroupRole

FIRST = "first"
BY_REFERENCES = "references"
BY_INDEX = "conversation index"
SAME_ID = "same message id"

_INDEX = re.compile(r"[0-9a-f]{44}(?:[0-9a-f]{10})*")
_INDEX_HEAD, _INDEX_STEP = 44, 10  # hexadecimal digits: 22 bytes, then 5 for each answer
_EPOCH = datetime.min  # messages of no date come first


@dataclass(frozen=True, slots=True)
class ThreadMember:
    """One message of a thread.

    Args:
        parent_id: The nearest message that is there and that it follows; `None` for a beginning.
        basis: How that was found; for a beginning `FIRST`, or how it was joined to the thread.
        gap: Whether a message between it and the parent is missing, or the parent itself is.
        contained_in: A later message in which all it says and all that came with it stands.
    """

    id: int
    parent_id: int | None
    basis: str
    gap: bool = False
    contained_in: int | None = None


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """A message that is named or quoted and is not there.

    Args:
        message_id: Where an id names it.
        header: Where it is quoted.
        named_by: Messages that name it.
    """

    message_id: str | None
    header: QuotedHeader | None
    named_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: two messages at least, the oldest first."""

    members: tuple[ThreadMember, ...]


@dataclass(frozen=True, slots=True)
class Threads:
    """What was found among messages; `missing` also tells of messages that stand alone."""

    threads: tuple[Thread, ...]
    missing: tuple[MissingMessage, ...]


def threads_among(messages: Sequence[Message]) -> Threads:
    """Return the conversations among *messages*, in whatever order they are given."""
    ordered = sorted(messages, key=_age)
    linking = _Linking(ordered)
    linking.link()
    trees: defaultdict[str, list[Message]] = defaultdict(list)
    for message in ordered:
        trees[linking.forest.tree(linking.node(message))].append(message)
    found = [linking.thread(tree) for tree in trees.values() if len(tree) > 1]
    return Threads(tuple(found), linking.missing())


def members_of(threads: Sequence[Thread]) -> Iterator[GroupMember]:
    """Return threads as members of groups, numbered from 1."""
    for number, thread in enumerate(threads, start=1):
        for position, member in enumerate(thread.members, start=1):
            yield GroupMember(
                number,
                member.id,
                position,
                GroupRole.INCLUSIVE if member.contained_in is None else GroupRole.CONTAINED,
                f"{member.basis}, with a gap" if member.gap else member.basis,
                parent_id=member.parent_id,
            )


def _age(message: Message) -> tuple[datetime, int]:
    return (message.sent or _EPOCH, message.id)


class _Linking:
    """Links messages, each to one parent."""

    def __init__(self, ordered: Sequence[Message]) -> None:
        self.forest = Forest()
        self._messages = ordered
        self._subjects = Subjects(ordered)
        self._by_node: dict[str, Message] = {}
        self._nodes: dict[int, str] = {}
        self._quoted_in: defaultdict[str, dict[int, QuotedHeader]] = defaultdict(dict)
        for message in ordered:
            node = f"id {message.message_id}" if message.message_id else f"document {message.id}"
            if node in self._by_node:
                node = f"document {message.id}"
            self._by_node[node] = message
            self._nodes[message.id] = node

    def node(self, message: Message) -> str:
        return self._nodes[message.id]

    def link(self) -> None:
        for message in self._messages:
            self._link_to_named(message)
        for message in self._messages:
            self._link_named_ones(message)
        self._link_by_index()
        for message in self._messages:
            if not self.forest.has_parent(self.node(message)):
                self._link_by_content(message)
            self._note_quoted(message)

    def _link_to_named(self, message: Message) -> None:
        node = self.node(message)
        for named in reversed(message.ids_before):
            if self.forest.link(node, f"id {named}", BY_REFERENCES):
                return
        twin = f"id {message.message_id}"
        if message.message_id and twin != node:
            self.forest.link(node, twin, SAME_ID)

    def _link_named_ones(self, message: Message) -> None:
        """Let the messages that *message* names follow each other, as it names them."""
        for before, after in zip(message.ids_before, message.ids_before[1:], strict=False):
            self.forest.link(f"id {after}", f"id {before}", BY_REFERENCES)

    def _link_by_index(self) -> None:
        held: dict[str, str] = {}
        for message in self._messages:
            index = _index_of(message)
            if index is not None:
                held.setdefault(index, self.node(message))
        for message in self._messages:
            index = _index_of(message)
            if index is None or self.forest.has_parent(self.node(message)):
                continue
            self._link_to_index(self.node(message), index, held)

    def _link_to_index(self, node: str, index: str, held: dict[str, str]) -> None:
        for length in range(len(index) - _INDEX_STEP, _INDEX_HEAD - 1, -_INDEX_STEP):
            before = held.get(index[:length])
            if before is not None and self.forest.link(node, before, BY_INDEX):
                return
        start = held.get(index[:_INDEX_HEAD], f"index {index[:_INDEX_HEAD]}")
        self.forest.link(node, start, BY_INDEX)

    def _link_by_content(self, message: Message) -> None:
        found = answered(message, self._subjects)
        if found is None:
            return
        if found.message is not None:
            self.forest.link(self.node(message), self.node(found.message), found.basis)
        elif found.header is not None:
            self.forest.link(self.node(message), self._quoted_node(message, found.header), found.basis)

    def _quoted_node(self, message: Message, header: QuotedHeader) -> str:
        subject = base_subject(header.subject).text if header.subject is not None else self._subjects.base(message).text
        return f"quoted {header.times[0].isoformat()} {subject}"

    def _note_quoted(self, message: Message) -> None:
        for header in message.quoted:
            if header.times and self._subjects.quoted(message, header) is None:
                self._quoted_in[self._quoted_node(message, header)][message.id] = header

    def thread(self, tree: Sequence[Message]) -> Thread:
        contained = contained_in(tree, self._follows(tree))
        return Thread(tuple(self._member(message, contained.get(message.id)) for message in tree))

    def _follows(self, tree: Sequence[Message]) -> dict[int, int]:
        """Return for each message the nearest one above it that is there."""
        found = {}
        for message in tree:
            above = next((node for node in self.forest.above(self.node(message)) if node in self._by_node), None)
            if above is not None:
                found[message.id] = self._by_node[above].id
        return found

    def _member(self, message: Message, container: int | None) -> ThreadMember:
        node = self.node(message)
        steps = list(self._steps_to_parent(node))
        parent = self._by_node.get(steps[-1]) if steps else None
        return ThreadMember(
            message.id,
            parent.id if parent else None,
            self.forest.basis(node) or FIRST,
            gap=bool(steps) and (parent is None or len(steps) > 1),
            contained_in=container,
        )

    def _steps_to_parent(self, node: str) -> Iterator[str]:
        for above in self.forest.above(node):
            yield above
            if above in self._by_node:
                return

    def missing(self) -> tuple[MissingMessage, ...]:
        naming: defaultdict[str, set[int]] = defaultdict(set)
        for message in self._messages:
            for named in message.ids_before:
                if f"id {named}" not in self._by_node:
                    naming[named].add(message.id)
        named_ones = [MissingMessage(one, None, tuple(sorted(by))) for one, by in sorted(naming.items())]
        quoted_ones = [
            MissingMessage(None, next(iter(by.values())), tuple(sorted(by)))
            for _, by in sorted(self._quoted_in.items())
        ]
        return (*named_ones, *quoted_ones)


def _index_of(message: Message) -> str | None:
    index = (message.conversation_index or "").lower()
    return index if _INDEX.fullmatch(index) else None
