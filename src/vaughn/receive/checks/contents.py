"""Checks 10 and 11: natives are what they claim to be and have a page in their place; texts are there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vaughn.model import FileRole, Finding, ProductionOrder, Requirement, TextSource
from vaughn.receive.checks.spans import shown_totals
from vaughn.receive.checks.telling import documents_told, files_told
from vaughn.receive.facts import ROLES, TEXT_SOURCES, Flags, HashColumn, ProductionFacts


def check_natives(facts: ProductionFacts) -> list[Finding]:
    """Return the findings NT001 and NT002."""
    found: list[Finding] = []
    for column in facts.documents.hashes:
        found += _other_hashes(facts, column)
    documents = facts.documents
    # A document without a number was made from the file itself: there is no number to stand on a page.
    bare = (documents.native >= 0) & (shown_totals(facts) == 0) & documents.begin.known
    return found + documents_told(
        facts, "NT002", np.flatnonzero(bare), lambda _: "The document is a native file and has no numbered page."
    )


def _other_hashes(facts: ProductionFacts, column: HashColumn) -> list[Finding]:
    """NT001: the hash the load file states is not the hash of the bytes; case and blanks aside."""
    rows = [
        int(column.document[place])
        for place, (stated, actual) in enumerate(zip(column.stated, column.actual, strict=True))
        if actual is not None and stated.strip() and stated.strip().lower() != actual.lower()
    ]
    return documents_told(
        facts,
        "NT001",
        np.asarray(sorted(rows), np.int64),
        lambda _: f"The bytes of the native file do not give the hash in column {column.name}.",
        field=column.name,
    )


def check_texts(facts: ProductionFacts, order: ProductionOrder | None) -> list[Finding]:
    """Return the findings TX001 to TX004."""
    documents, files = facts.documents, facts.files
    found: list[Finding] = []
    if (documents.text >= 0).any() or text_files_owed(order):
        without = np.flatnonzero(documents.text < 0)
        if (documents.text >= 0).any():  # none at all is said once, as OR003
            found += documents_told(facts, "TX001", without, lambda _: "The document has no text file.")
    of_text = files.role == ROLES.index(FileRole.TEXT)
    empty = of_text & (files.size_bytes >= 0) & ((files.text_chars == 0) | (files.size_bytes == 0))
    found += files_told(facts, "TX002", np.flatnonzero(empty), lambda _: "The text file holds no letter or digit.")
    if order is not None and order.text_encoding is not None:
        wanted = order.text_encoding
        other = [code for code, name in enumerate(files.encoding.values) if not _is_encoding(name, wanted)]
        rows = np.flatnonzero(of_text & np.isin(files.encoding.codes, other) & ~empty)
        found += files_told(
            facts, "TX003", rows, lambda row: f"The text is {files.encoding[row]}, ordered was {wanted}."
        )
    return found + undivided_texts(facts)


def undivided_texts(facts: ProductionFacts) -> list[Finding]:
    """TX004: the words of a produced text stand on the first of several pages, and no other page has any."""
    pages, size = facts.pages, len(facts.documents)
    owned = pages.document >= 0
    owner, first = pages.document[owned], pages.number[owned] == 1
    source = pages.text_source[owned]
    by_file = source == TEXT_SOURCES.index(TextSource.TEXT_FILE)
    worded = by_file | _is_own(source)
    totals = np.bincount(owner, minlength=size)
    begins = np.bincount(owner[first & by_file], minlength=size) > 0
    goes_on = np.bincount(owner[~first & worded], minlength=size) > 0
    return documents_told(
        facts,
        "TX004",
        np.flatnonzero(begins & ~goes_on & (totals > 1)),
        lambda row: f"The whole text stands on the first of {totals[row]:,} pages.",
    )


def text_files_owed(order: ProductionOrder | None) -> bool:
    """Tell whether *order* asks for text files beside the images (a bare set of PDFs carries its text inside)."""
    return order is not None and order.text is Requirement.REQUIRED and bool(order.load_files)


def has_own_text(facts: ProductionFacts) -> Flags:
    """Return which documents have at least one page with a text layer of its own."""
    pages = facts.pages
    embedded = _is_own(pages.text_source) & (pages.document >= 0)
    searchable = np.zeros(len(facts.documents), np.bool_)
    searchable[pages.document[embedded]] = True
    return searchable


def _is_own(source: NDArray[np.int64]) -> Flags:
    """Return which pages have a text layer of their own, good or poor."""
    own = [TEXT_SOURCES.index(one) for one in (TextSource.EMBEDDED, TextSource.DOUBTFUL)]
    return np.isin(source, own)


def _is_encoding(name: str, wanted: str) -> bool:
    """Tell whether text in encoding *name* is text in *wanted*; plain ASCII is text in every usual encoding."""

    def folded(text: str) -> str:
        return "".join(letter for letter in text.lower() if letter.isalnum()).replace("sig", "").replace("bom", "")

    return folded(name) in (folded(wanted), "ascii", "usascii")
