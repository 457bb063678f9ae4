"""What stands together: speed and memory on 100,000 pages, and how often it is right.

    python bench/groups.py [--pages 100000] [--sources 6000] [--peer PYTHON] [--json FILE]

Data: texts of ``$VAUGHN_SHARED/tar`` (news, released messages, abstracts), the released messages of
``$VAUGHN_SHARED/corpus/release`` that were released twice, and made conversations (`bench/groups_threads.py`).
Versions of texts with known truth are made by `bench/groups_edits.py`, seeded. The peer is datasketch, run by PYTHON
(an environment of its own) on the same texts. Processor seconds throughout.
"""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import os
import random
import re
import resource
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from bench.groups_edits import versions
from bench.groups_threads import containment, conversations, messages_of, released_rows, score
from vaughn.collect import group_documents
from vaughn.collect.near import NearGroup, near_groups
from vaughn.collect.shingles import Shingler, ShingleSets, as_sets
from vaughn.collect.threads import threads_among
from vaughn.formats.pages import pack_words
from vaughn.fulltext import terms
from vaughn.model import Case, DocumentKind, FileRole, Handover, PageText, RecordFacts, TextSource
from vaughn.store import Actor, CaseFile, NewFile, NewRecord, RecordPage

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
SEED = 20111117
PAGE_WORDS = 400
REALLY_ALIKE = 0.7  # of the shorter one's words stand in the longer one, in the same order
Row = dict[str, object]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--sources", type=int, default=6000)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    texts = _texts()
    chance = random.Random(SEED)
    result = {
        "speed": [_speed(texts, pages) for pages in (options.pages // 10, options.pages)],
        "versions": _versions(texts, chance, count=options.sources, peer=options.peer),
        "released_twice": _released_twice(),
        "threads": _threads(chance),
        "data": f"{len(texts):,} texts, {sum(len(text.split()) for text in texts):,} words",
    }
    _show(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _texts() -> list[str]:
    """Return all texts of some length, each once."""
    found: dict[str, None] = {}
    for name in ("foia_clinton_a", "reuters21578", "clef2017_dev", "sr_virus", "sr_wilson", "sr_kitchenham"):
        column = pl.read_parquet(SHARED / "tar" / f"{name}.parquet")["text"].to_list()
        found.update((text, None) for text in column if text and len(text.split()) > 10)
    return list(found)


# -- speed ----------------------------------------------------------------------------------------------------------


def _speed(texts: Sequence[str], pages: int) -> Row:
    """Group a case of so many pages; the case is made in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="vaughn-groups-") as folder:
        actor = Actor("bench", lambda: datetime.now(UTC))
        with CaseFile.create(Path(folder) / "case", Case("A v. B", None, None), actor=actor) as case:
            _fill(case, _pages(texts, pages))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            started = time.process_time()
            grouped = group_documents(case)
            seconds = time.process_time() - started
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            started = time.process_time()
            again = group_documents(case, near=False)
            without = time.process_time() - started
    assert (again.copies, again.threads) == (grouped.copies, grouped.threads)
    return {
        "pages": pages,
        "documents_in_groups": grouped.similar_documents,
        "pages_in_groups": grouped.similar_pages,
        "copies": grouped.copies,
        "threads": grouped.threads,
        "ms_a_page": seconds / pages * 1000,
        "ms_a_page_without_near": without / pages * 1000,
        "memory_grown_mb": grown / 1024,
    }


def _pages(texts: Sequence[str], count: int) -> Iterator[list[str]]:
    """Return documents as pages: the texts cut into pages, again as versions of themselves until there are enough."""
    chance = random.Random(SEED)
    left = count
    for turn in range(1000):
        for source in texts:
            text = source if not turn else _other_text(source, chance, texts)
            words = text.split(" ")
            pages = [" ".join(words[at : at + PAGE_WORDS]) for at in range(0, len(words), PAGE_WORDS)][:left]
            left -= len(pages)
            if pages:
                yield pages
            if not left:
                return


def _other_text(text: str, chance: random.Random, texts: Sequence[str]) -> str:
    """Return a version of *text* in three of ten cases, else a text that is none."""
    if chance.random() < 0.3:
        return chance.choice(list(versions(text, chance, others=texts[:50]))).text
    return _shuffled(text, chance)


def _shuffled(text: str, chance: random.Random) -> str:
    """Return a text of the same words that is no version."""
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def _fill(case: CaseFile, documents: Iterator[list[str]]) -> None:
    made = enumerate(documents)
    number = 0
    while batch := [one for _, one in zip(range(4000), made, strict=False)]:
        number += 1
        with case.writing("records.taken") as change:
            day = date(2011, 1, 1) + timedelta(days=number)
            production = change.add_production(f"part {number}", "ICE", released_on=day, source="bench")
            change.set_handover(Handover(production.id, "bench", "bench", day))
            files = change.add_files(
                production.id,
                [NewFile(f"{place}.txt", FileRole.NATIVE, None, "text/plain") for place, _ in batch],
            )
            change.take_in(
                production.id,
                [
                    NewRecord(
                        file_id,
                        f"{place}",
                        RecordFacts(
                            DocumentKind.EMAIL if pages[0].lstrip(" ,\n").startswith("From:") else DocumentKind.OTHER
                        ),
                        page_count=len(pages),
                        pages=[RecordPage(None, TextSource.EMBEDDED, pack_words(PageText(page, ()))) for page in pages],
                    )
                    for file_id, (place, pages) in zip(files, batch, strict=True)
                ],
            )


# -- versions with known truth --------------------------------------------------------------------------------------


def _sets(texts: Sequence[str]) -> ShingleSets:
    shingler = Shingler()
    parts = [shingler.shingled(texts[first : first + 2000]) for first in range(0, len(texts), 2000)]
    common = shingler.common()
    made = [as_sets(part.numbers, part.counts, owners=np.arange(len(part)), common=common) for part in parts]
    sizes = np.concatenate([sizes for _, sizes in made])
    return ShingleSets(
        np.concatenate([numbers for numbers, _ in made]),
        np.concatenate([[0], np.cumsum(sizes)]),
        np.concatenate([part.digests for part in parts]),
        np.concatenate([part.words for part in parts]),
    )


def _versions(texts: Sequence[str], chance: random.Random, *, count: int, peer: Path | None) -> Row:
    """Hide one version each of *count* texts among all texts, and look for the pairs."""
    sources = chance.sample([place for place, text in enumerate(texts) if 30 <= len(text.split()) <= 3000], count)
    kinds: dict[tuple[int, int], str] = {}
    held = list(texts)
    for source in sources:
        version = chance.choice(list(versions(texts[source], chance, others=texts)))
        kinds[source, len(held)] = f"{version.kind} {version.strength:g}"
        held.append(version.text)
    started = time.process_time()
    sets = _sets(held)
    shingled = time.process_time()
    groups = near_groups(sets)
    ended = time.process_time()
    ours = _told_of(_pairs(groups), kinds, held)
    ours |= {"sketch_ms": (shingled - started) / len(held) * 1000, "search_ms": (ended - shingled) / len(held) * 1000}
    programs = {"vaughn": ours}
    if peer is not None:
        programs["datasketch"] = _peer(peer, held, kinds)
    found = {name: by_kind for name, row in programs.items() if isinstance(by_kind := row.pop("recall_by_kind"), dict)}
    return {
        "texts": len(held),
        "versions": len(kinds),
        "programs": [{"program": name, **row} for name, row in programs.items()],
        "recall_by_change": [
            {"change": change, **{name: by_kind[change] for name, by_kind in found.items()}}
            for change in sorted(set(kinds.values()))
        ],
    }


def _pairs(groups: Sequence[NearGroup]) -> set[tuple[int, int]]:
    """Return what stands in one group, each pair once, the pivot's pairs and those of its members."""
    found = set()
    for group in groups:
        everyone = sorted([group.pivot, *(member.text for member in group.members)])
        found |= {(one, other) for place, one in enumerate(everyone) for other in everyone[place + 1 :]}
    return found


def _told_of(pairs: set[tuple[int, int]], kinds: dict[tuple[int, int], str], texts: Sequence[str]) -> Row:
    asked: Counter[str] = Counter(kinds.values())
    right: Counter[str] = Counter(kind for pair, kind in kinds.items() if pair in pairs)
    others = sorted(pairs - kinds.keys())
    looked_at = random.Random(SEED).sample(others, min(400, len(others)))
    wrong = sum(not _really_alike(texts[one], texts[other]) for one, other in looked_at)
    share = wrong / len(looked_at) if looked_at else 0.0
    return {
        "recall": sum(right.values()) / len(kinds),
        "recall_by_kind": {kind: right[kind] / count for kind, count in sorted(asked.items())},
        "pairs": len(pairs),
        "precision": 1 - share * len(others) / max(1, len(pairs)),
    }


def _really_alike(one: str, other: str) -> bool:
    """Tell whether most words of the shorter text stand in the other in the same order: another measure than ours."""
    words, others = terms(one), terms(other)
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    return shared >= REALLY_ALIKE * min(len(words), len(others))


def _peer(python: Path, texts: Sequence[str], kinds: dict[tuple[int, int], str]) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        given, pairs = Path(folder, "texts"), Path(folder, "pairs")
        given.write_text("\n".join(json.dumps(text) for text in texts), encoding="utf-8")
        script = Path(__file__).with_name("groups_peer.py")
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            [python, script, given, pairs], capture_output=True, check=True, text=True, env=environment
        )
        seconds = json.loads(done.stdout)
        found = {tuple(map(int, line.split())) for line in pairs.read_text("utf-8").splitlines()}
    row = _told_of({(min(one, other), max(one, other)) for one, other in found}, kinds, texts)
    row["sketch_ms"] = seconds["sketch_seconds"] / len(texts) * 1000
    row["search_ms"] = seconds["search_seconds"] / len(texts) * 1000
    return row


# -- records that were released twice -------------------------------------------------------------------------------


def _released_twice() -> Row:
    """Look for 110 messages that the State Department released twice, other stamps and redactions on each."""
    folder = SHARED / "corpus" / "release" / "state-clinton-email"
    files = {path.stem: path.read_text("utf-8", "replace") for path in sorted(folder.rglob("C*.txt"))}
    names = list(files)
    with (folder / "pairs_machine_derived.csv").open(encoding="utf-8", newline="") as stream:
        truth = {tuple(sorted((row["old_id"], row["new_id"]))) for row in csv.DictReader(stream)}
    pairs = {
        tuple(sorted((names[one], names[other])))
        for one, other in _pairs(near_groups(_sets([files[name] for name in names])))
    }
    others = sorted(pairs - truth)
    wrong = sum(not _really_alike(files[one], files[other]) for one, other in others)
    return {
        "documents": len(names),
        "pairs_in_truth": len(truth),
        "found": len(truth & pairs),
        "other_pairs": len(others),
        "other_pairs_not_alike": wrong,
    }


# -- threads --------------------------------------------------------------------------------------------------------


def _threads(chance: random.Random) -> Row:
    news = pl.read_parquet(SHARED / "tar" / "reuters21578.parquet")["text"].to_list()
    sentences = [
        sentence.strip()
        for text in news[:4000]
        for sentence in re.split(r"(?<=[a-z])\. ", " ".join(text.split()))
        if 6 <= len(sentence.split()) <= 40
    ]
    made = conversations(sentences, chance, count=3000)
    found: defaultdict[str, Row] = defaultdict(dict)
    for name, with_ids in (("with ids", True), ("without ids", False)):
        messages = messages_of(made, with_ids=with_ids)
        started = time.process_time()
        threads = threads_among(messages)
        seconds = time.process_time() - started
        found[name] = {
            "styles": score(made, threads),
            "contained": containment(made, threads),
            "ms_a_message": seconds / len(made) * 1000,
        }
    released = pl.read_parquet(SHARED / "tar" / "foia_clinton_a.parquet")["text"].to_list()
    return {**found, "released": released_rows(released)}


# -- printing -------------------------------------------------------------------------------------------------------


def _show(result: Row) -> None:
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
