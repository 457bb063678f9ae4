"""Conversations whose truth is known: made ones, in the manners of several mail programs, and released ones."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from vaughn.collect.messages import Message, MessageReader
from vaughn.collect.threads import Threads, threads_among
from vaughn.model import DocumentKind, MailAddress, Moment, RecordFacts
from vaughn.store import HeldMessage

START = datetime(2010, 1, 4, 8, tzinfo=UTC)
STYLES = ("outlook", "outlook, other clock", "gmail", "marked", "marked and cut", "inline", "nothing quoted")
_MARKS = ("Re: ", "RE: ", "AW: ", "SV: ", "Re: Re: ")
_NAMES = ("Jon Palmer", "David Venturella", "Marc Rapp", "Beth Gibson", "Riah Ramlogan", "Peter Vincent", "Ann Barrett")


@dataclass(frozen=True, slots=True)
class Made:
    """One made message: what it answers, and whether a later one holds all of it."""

    facts: RecordFacts
    text: str
    id: int
    thread: int
    parent: int | None
    style: str
    own: str


def conversations(sentences: Sequence[str], chance: random.Random, *, count: int) -> list[Made]:
    """Return *count* conversations of one to nine messages; subjects come again after some weeks."""
    made: list[Made] = []
    subjects = [" ".join(chance.choice(sentences).split()[:6]).title() for _ in range(max(1, count // 4))]
    subjects += ["Weekly report", "Question", "Meeting tomorrow", "Draft letter"]
    for thread in range(count):
        style = STYLES[thread % len(STYLES)]
        subject = chance.choice(subjects)
        at = START + timedelta(days=chance.randrange(700), minutes=chance.randrange(600))
        people = [MailAddress(f"{name.split()[1].lower()}@ice.example", name) for name in chance.sample(_NAMES, 3)]
        held: list[Made] = []
        for place in range(chance.choice((1, 2, 2, 3, 4, 6, 9))):
            parent = chance.choice(held[-2:]) if held else None
            author = chance.choice([one for one in people if parent is None or one != parent.facts.author])
            at += timedelta(minutes=chance.randrange(3, 900))
            own = " ".join(chance.sample(sentences, chance.randint(1, 3)))
            facts = RecordFacts(
                DocumentKind.EMAIL,
                subject if parent is None else chance.choice(_MARKS) + subject,
                author,
                tuple(one for one in people if one != author),
                sent=Moment(at, 0),
                message_id=f"{thread}.{place}@ice.example",
                in_reply_to=parent.facts.message_id if parent else None,
            )
            text = own if parent is None else quoted(own, parent, style=style, chance=chance)
            number = len(made) + len(held) + 1
            held.append(Made(facts, text, number, thread, parent.id if parent else None, style, own))
        made += held
    return made


def quoted(own: str, parent: Made, *, style: str, chance: random.Random) -> str:
    """Return *own* above (or between) what *parent* says, as mail programs write it."""
    author, sent = parent.facts.author, parent.facts.sent
    assert author is not None
    assert sent is not None
    at = sent.at + timedelta(hours=-5 if style.endswith("other clock") else 0)
    marked = "\n".join(f"> {line}" for line in parent.text.split("\n"))
    if style.startswith("outlook"):
        head = f"From: {author.name}\nSent: {at:%A, %B %d, %Y %I:%M %p}\nTo: everybody\nSubject: {parent.facts.title}\n"
        return f"{own}\n\n-----Original Message-----\n{head}\n{parent.text}"
    if style == "gmail":
        return f"{own}\n\nOn {at:%a, %b %d, %Y at %I:%M %p}, {author} wrote:\n{marked}"
    if style == "marked":
        return f"{own}\n\n{marked}"
    if style == "marked and cut":
        words = parent.own.split()
        return f"{own}\n\n> " + " ".join(words[: max(6, int(len(words) * chance.uniform(0.5, 0.9)))])
    if style == "inline":
        parts = own.split(". ", 1)
        return f"{parts[0]}\n{marked}\n{parts[-1]}"
    return own


def messages_of(made: Iterable[Made], *, with_ids: bool) -> list[Message]:
    """Return made messages as threads are made of them."""
    reader = MessageReader()
    found = []
    for one in made:
        facts = one.facts if with_ids else replace(one.facts, message_id=None, in_reply_to=None)
        found.append(reader.message(HeldMessage(one.id, facts, None, None, None, None), one.text))
    return found


def score(made: Sequence[Made], found: Threads) -> list[dict[str, object]]:
    """Return for each manner of quoting how many pairs of one conversation were found, and how many wrong ones."""
    by_id = {one.id: one for one in made}
    group = {member.id: place for place, thread in enumerate(found.threads) for member in thread.members}
    parents = {member.id: member.parent_id for thread in found.threads for member in thread.members}
    rows: list[dict[str, object]] = []
    for style in (*STYLES, "all"):
        some = [one for one in made if style in (one.style, "all")]
        true = _pairs((one.id, one.thread) for one in some)
        told = _pairs((one.id, group[one.id]) for one in some if one.id in group)
        both = _pairs((one.id, (group[one.id], one.thread)) for one in some if one.id in group)
        answers = [one for one in some if one.parent is not None]
        linked = [one for one in some if parents.get(one.id) is not None]
        right = sum(parents.get(one.id) == one.parent for one in answers)
        rows.append(
            {
                "style": style,
                "messages": len(some),
                "pair_recall": both / true if true else 1.0,
                "pair_precision": both / told if told else 1.0,
                "parent_recall": right / len(answers) if answers else 1.0,
                "parent_precision": right / len(linked) if linked else 1.0,
                "wrong_conversation": sum(
                    by_id[one].thread != by_id[parents[one] or one].thread
                    for one in parents
                    if one in by_id and style in (by_id[one].style, "all")
                ),
            }
        )
    return rows


def _pairs(held: Iterable[tuple[int, object]]) -> int:
    counts = Counter(key for _, key in held)
    return sum(count * (count - 1) // 2 for count in counts.values())


def containment(made: Sequence[Made], found: Threads) -> dict[str, object]:
    """Hold messages marked as contained against the texts: every word of it, in order, in the later one."""
    by_id = {one.id: one for one in made}
    whole = {"outlook", "outlook, other clock", "gmail", "marked", "inline"}
    answered = {one.parent for one in made}
    should = {one.id for one in made if one.style in whole and one.id in answered}
    marked = {m.id: m.contained_in for thread in found.threads for m in thread.members if m.contained_in}
    wrong = sum(not _stands_in(by_id[one].own, by_id[later].text) for one, later in marked.items())
    return {
        "contained_in_truth": len(should),
        "marked": len(marked),
        "recall": len(should & marked.keys()) / len(should) if should else 1.0,
        "marked_and_not_in_the_later_one": wrong,
    }


def _stands_in(own: str, text: str) -> bool:
    """Tell whether every sentence of *own* stands in *text*: answers between the lines part a text."""
    whole = " ".join(_words(text))
    return all(" ".join(_words(sentence)) in whole for sentence in own.split(". "))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


# -- released messages ----------------------------------------------------------------------------------------------

_HEADER_LINE = re.compile(r"^[\s>]*(?:From|Sent|To|Cc|Subject|Date)\s*[:;].*$", re.IGNORECASE)
_BORDER = re.compile(r"^[\s>]*-*\s*Original Message.*$", re.IGNORECASE)


def released(texts: Sequence[str]) -> list[Message]:
    """Return released messages, known by the header on their first page."""
    reader = MessageReader()
    return [
        reader.message(HeldMessage(number, None, None, None, None, None), text)
        for number, text in enumerate(texts, start=1)
    ]


def without_quoted_headers(texts: Sequence[str], *, words_too: bool) -> list[Message]:
    """Return the same messages of which only the first header is left, and of the quoted ones only words, or nothing.

    The facts are those of the first header, with the recipients it names.
    """
    reader = MessageReader()
    found = []
    for number, text in enumerate(texts, start=1):
        whole = reader.message(HeldMessage(number, None, None, None, None, None), text)
        facts = RecordFacts(
            DocumentKind.EMAIL,
            whole.subject,
            MailAddress("", whole.author) if whole.author else None,
            tuple(MailAddress("", one) for one in _recipients(text)),
            sent=Moment(whole.sent.replace(tzinfo=UTC)) if whole.sent else None,
        )
        body = "\n".join(_body(text, words_too=words_too))
        found.append(reader.message(HeldMessage(number, facts, None, None, None, None), body))
    return found


def _recipients(text: str) -> list[str]:
    found = re.search(r"^\s*To\s*:(.*)$", text, re.MULTILINE)
    return [one.strip() for one in found[1].split(";") if one.strip()] if found else []


def _body(text: str, *, words_too: bool) -> Iterator[str]:
    quoting = False
    begun = False
    for line in text.split("\n"):
        if _BORDER.match(line):
            quoting = True
        elif _HEADER_LINE.match(line):
            quoting = quoting or (begun and line.lstrip(" >").lower().startswith("from"))
        elif not quoting:
            begun = begun or bool(line.strip())
            yield line
        elif words_too:
            yield f"> {line}"


def links_of(found: Threads) -> dict[int, int]:
    """Return each message's parent where it was found without a gap."""
    return {
        member.id: member.parent_id
        for thread in found.threads
        for member in thread.members
        if member.parent_id is not None and not member.gap
    }


def released_rows(texts: Sequence[str]) -> list[dict[str, object]]:
    """Hold links found from less against those found by quoted headers, where both messages are there."""
    truth_threads = threads_among(released(texts))
    truth = {
        member.id: member.parent_id
        for thread in truth_threads.threads
        for member in thread.members
        if member.basis == "quoted header" and member.parent_id is not None
    }
    conversation = {member.id: place for place, thread in enumerate(truth_threads.threads) for member in thread.members}
    rows: list[dict[str, object]] = []
    for name, words_too in (("quoted words, no quoted headers", True), ("no quotation at all", False)):
        found = threads_among(without_quoted_headers(texts, words_too=words_too))
        links = links_of(found)
        group = {one.id: place for place, thread in enumerate(found.threads) for one in thread.members}
        judged = {one: parent for one, parent in links.items() if one in truth}
        known = {one: parent for one, parent in links.items() if one in conversation and parent in conversation}
        rows.append(
            {
                "left": name,
                "messages": len(texts),
                "links_by_quoted_header": len(truth),
                "same_parent": sum(links.get(one) == parent for one, parent in truth.items()) / len(truth),
                "same_thread": sum(one in group and group[one] == group.get(parent) for one, parent in truth.items())
                / len(truth),
                "of_links_found_for_them_right": sum(truth[one] == parent for one, parent in judged.items())
                / max(1, len(judged)),
                "of_all_links_in_one_conversation": sum(conversation[a] == conversation[b] for a, b in known.items())
                / max(1, len(known)),
                "found_by": ", ".join(
                    f"{basis}: {count:,}"
                    for basis, count in Counter(
                        one.basis for thread in found.threads for one in thread.members if one.parent_id is not None
                    ).most_common()
                ),
            }
        )
    return rows
