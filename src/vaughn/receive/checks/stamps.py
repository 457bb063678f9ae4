"""Check 15: the number printed on the page is the number in the load file, tolerant to how numbers are misread."""

from __future__ import annotations

from enum import Enum

import numpy as np

from vaughn.model import Finding, TextSource, read_bates
from vaughn.receive.checks.spans import names_documents
from vaughn.receive.checks.telling import pages_told
from vaughn.receive.facts import TEXT_SOURCES, Flags, ProductionFacts

# Letters that reading by machine takes for digits and back; court copies of this kind of record show 0/O and 5/S.
_AS_DIGITS = str.maketrans("OQDSILZB|!", "0005112811")
_LEFT_OUT = " -_.,:;/·"
# Digits that OCR takes for each other: a stamp that differs in one of these only is no proof of another number.
_TWINS = frozenset(map(frozenset, ("38", "68", "08", "56", "17", "06", "09", "35", "69", "89", "27", "14", "49", "58")))


class Stamp(Enum):
    """What a printed number says about the page's number."""

    SAME = "same"
    OTHER = "another number of the same prefix"
    UNREADABLE = "no number of this prefix"


def check_stamps(facts: ProductionFacts) -> list[Finding]:
    """Return the findings BN010 and BN011; nothing where no page was looked at."""
    if not facts.stamps_looked_for:
        return []
    pages = facts.pages
    label, stamped = pages.label, pages.stamped
    shown = pages_with_number(facts) & pages.stamp_read
    equal = (label.prefix == stamped.prefix) & (label.number == stamped.number) & (label.suffix == stamped.suffix)
    ocr = pages.text_source == TEXT_SOURCES.index(TextSource.OCR)
    other: list[int] = []
    unread: list[int] = []
    for row in np.flatnonzero(shown & stamped.known & ~equal).tolist():
        verdict = judged(
            facts.book.text(stamped, row) or "", facts.book.text(label, row) or "", by_machine=bool(ocr[row])
        )
        if verdict is Stamp.OTHER:
            other.append(row)
        elif verdict is Stamp.UNREADABLE:
            unread.append(row)
    return [
        *pages_told(
            facts,
            "BN010",
            np.asarray(other, np.int64),
            lambda row: (
                f"The page is printed {facts.book.text(stamped, row)}; "
                f"the load file calls it {facts.book.text(label, row)}."
            ),
        ),
        *pages_told(
            facts,
            "BN011",
            np.sort(np.append(np.flatnonzero(shown & ~stamped.known), np.asarray(unread, np.int64))),
            lambda row: f"No number like {facts.book.text(label, row)} could be read on the page.",
        ),
    ]


def pages_with_number(facts: ProductionFacts) -> Flags:
    """Return the pages that are there and have a number of their own, so that it can be looked for on them."""
    pages = facts.pages
    return np.asarray(pages.label.known & (pages.file >= 0) & ~_numbered_by_document(facts), np.bool_)


def _numbered_by_document(facts: ProductionFacts) -> Flags:
    """Return the pages after the first of documents whose number names the document: they have none of their own."""
    pages, begin = facts.pages, facts.documents.begin
    if not len(begin):
        return np.zeros(len(pages), np.bool_)
    by_document = names_documents(facts)[np.maximum(begin.prefix, 0)] & begin.known
    owned = by_document[np.maximum(pages.document, 0)] & (pages.document >= 0)
    return np.asarray(owned & ~pages.listed & (pages.number > 1), np.bool_)


def judged(stamped: str, label: str, *, by_machine: bool) -> Stamp:
    """Return what a printed number says about the page called *label*.

    Args:
        by_machine: The stamp was read by OCR, so one doubtful digit proves nothing.
    """
    read, wanted = _folded(stamped), _folded(label)
    if read == wanted:
        return Stamp.SAME
    number = read_bates(label)
    if number is None:
        return Stamp.UNREADABLE
    head, tail = _folded(number.prefix), _folded(number.suffix)
    digits = read[len(head) : len(read) - len(tail)]
    if not (read.startswith(head) and read.endswith(tail) and digits.isdigit()):
        return Stamp.UNREADABLE
    labelled = wanted[len(head) : len(wanted) - len(tail)]
    if int(digits) == int(labelled):
        return Stamp.SAME
    return Stamp.UNREADABLE if by_machine and _may_be_misread(digits, labelled) else Stamp.OTHER


def _may_be_misread(digits: str, labelled: str) -> bool:
    """Tell whether OCR may have made *digits* of *labelled*: a digit lost or won, or one taken for its twin."""
    if len(digits) != len(labelled):
        return True
    apart = [frozenset((one, two)) for one, two in zip(digits, labelled, strict=True) if one != two]
    return len(apart) == 1 and apart[0] in _TWINS


def _folded(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter not in _LEFT_OUT).translate(_AS_DIGITS)
