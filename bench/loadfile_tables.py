"""Makes the two load files that bench/loadfile_speed.py reads: deterministic, with realistic lengths.

30 fields a row as in a large e-mail production: numbers, names, addresses, subjects (some with a comma, some
with a line break written as a registered sign, some with a doubled qualifier, some with letters beyond ASCII),
dates, hashes, paths. Most of the attachment and e-mail fields are empty in a third of the rows, as in real ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

COLUMNS = (
    "Bates Begin", "Bates End", "Bates Begin Attach", "Bates End Attach", "Parent ID", "Attachment Names", "Pages",
    "Custodian", "Author", "Email From", "Email To", "Email CC", "Email BCC", "Email Subject", "Date Sent",
    "Time Sent", "Date Received", "Date Created", "Date Last Modified", "Time Zone", "File Name", "Document Extension",
    "File Size", "Original Folder Path", "MD5 Hash", "Message ID", "Document Title", "Confidentiality", "Text Link",
    "Native Link",
)  # fmt: skip
WORDS = [
    "secure",
    "communities",
    "opt-out",
    "memo",
    "jurisdiction",
    "activation",
    "field",
    "office",
    "detainer",
    "request",
    "draft",
    "final",
    "review",
    "meeting",
    "agenda",
    "talking",
    "points",
    "briefing",
    "congressional",
    "response",
    "county",
    "sheriff",
    "fingerprint",
    "interoperability",
]
PEOPLE = tuple(f"{first} {last}" for first in ("Ana", "John", "Maria", "David") for last in ("Smith", "Lopez", "Chen"))
ACCENTED_EVERY, MARK_EVERY, DOUBLED_EVERY = 50, 100, 200


# Pages of six documents in a row, shuffled: three each on average.
PAGES_OF_SIX = (1, 1, 2, 3, 5, 6)


def page_counts(rows: int, pages: int) -> list[int]:
    """Return how many pages each of *rows* documents has: *pages* in all; the last ones take what is over."""
    chance = random.Random(1789)
    counts: list[int] = []
    left = pages
    while len(counts) < rows:
        for count in chance.sample(PAGES_OF_SIX, k=6)[: rows - len(counts)]:
            after = rows - len(counts) - 1
            counts.append(max(1, min(count, left - after)) if after else max(1, left))
            left -= counts[-1]
    return counts


def document_rows(counts: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Yield a row of values for each document of so many pages; a newline inside a value is a line feed."""
    chance = random.Random(3488)
    number = 1
    for ordinal, pages in enumerate(counts):
        begin, end = f"ICE-SC-{number:010d}", f"ICE-SC-{number + pages - 1:010d}"
        number += pages
        is_mail = ordinal % 3 > 0
        subject = " ".join(chance.choices(WORDS, k=6))
        if ordinal % ACCENTED_EVERY == 0:
            subject += " – reunión, año 2011"
        if ordinal % MARK_EVERY == 1:
            subject += "\nsecond line"
        if ordinal % DOUBLED_EVERY == 2:
            subject += " þ mark"
        people = ["; ".join(f"{name} <{name.split()[0].lower()}@example.gov>" for name in chance.choices(PEOPLE, k=k))
                  for k in (1, 2, 1)]  # fmt: skip
        day = f"{ordinal % 12 + 1:02d}/{ordinal % 28 + 1:02d}/2010"
        mail = (people[0], people[1], people[2], "", subject, day, "14:03:00", day) if is_mail else ("",) * 8
        digest = f"{chance.getrandbits(128):032x}"
        yield (
            begin, end, begin, end, "", "", str(pages), "Smith, John", chance.choice(PEOPLE), *mail, day, day,
            "-05:00", f"{WORDS[ordinal % len(WORDS)]}_{ordinal}.msg", "msg", str(chance.randrange(1_000, 9_000_000)),
            "\\\\HQ\\Share\\Secure Communities\\2010", digest, f"<{digest[:16]}@example.gov>" if is_mail else "",
            subject, "", f"\\ICE_VOL001\\TEXT\\{ordinal // 1000:04d}\\{begin}.txt", "",
        )  # fmt: skip


def write_tables(folder: Path, *, rows: int, pages: int) -> None:
    """Write ``table.dat`` (UTF-8, Concordance), ``table.csv`` (same values, comma and quotes) and ``pages.opt``.

    The page rows are those of the documents.
    """
    counts = page_counts(rows, pages)
    with (
        (folder / "table.dat").open("w", encoding="utf-8", newline="") as dat,
        (folder / "table.csv").open("w", encoding="utf-8", newline="") as csv,
    ):
        for values in (COLUMNS, *()):
            dat.write(_dat_line(values))
            csv.write(_csv_line(values))
        for values in document_rows(counts):
            dat.write(_dat_line(values))
            csv.write(_csv_line(values))
    with (folder / "pages.opt").open("w", encoding="utf-8", newline="") as opt:
        first = 1
        for document, count in enumerate(counts):
            for number in range(first, first + count):
                # Half of the documents are single TIFFs, half one PDF that every row names.
                shown = f"{first:010d}.pdf" if document % 2 else f"{number:010d}.tif"
                mark = f"Y,,,{count}" if number == first else ",,,"
                opt.write(f"ICE-SC-{number:010d},ICE_VOL001,IMAGES\\{number // 1000:04d}\\ICE-SC-{shown},{mark}\r\n")
            first += count


def _dat_line(values: tuple[str, ...]) -> str:
    inner = "þ\x14þ".join(value.replace("þ", "þþ").replace("\n", "®") for value in values)
    return f"þ{inner}þ\r\n"


def _csv_line(values: tuple[str, ...]) -> str:
    # A newline stays the mark here too, so that both tables have the same lines.
    return (
        ",".join(f'"{value.replace(chr(10), "®")}"' if "," in value else value.replace("\n", "®") for value in values)
        + "\r\n"
    )
