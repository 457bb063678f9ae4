"""A corpus of any size, made from real texts: the same number of documents and seed give the same corpus.

    python bench/find_corpus.py [--documents 100000] [--seed 7]      says how large it would be

Each document is sentences of real documents of one collection of ``$VAUGHN_SHARED/tar`` (Reuters, released e-mail,
abstracts), drawn at random until a length is reached that is itself drawn (log-normal, 3,200 characters on average). Of
the words, one in 300 is misread, a letter exchanged, left out or doubled: as in a real collection the vocabulary goes
on growing.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import polars

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
COLLECTIONS = ("reuters21578", "foia_clinton_a", "clef2017_dev", "sr_virus", "sr_wilson", "sr_kitchenham")
_SENTENCE = re.compile(r"[^.!?]+[.!?]+\s*|[^.!?]+$")
_WORD = re.compile(r"[A-Za-z]{4,}")
_LENGTH_LOG, _LENGTH_SPREAD = 7.75, 0.8  # exp(7.75 + 0.8**2 / 2) = 3,200 characters
_MISREAD_SHARE = 1 / 300
# Sentences longer than this are tables and lists.
_LONGEST_SENTENCE = 600


def documents(count: int, *, seed: int = 7) -> Iterator[str]:
    """Yield the texts of *count* documents."""
    random, chance = Random(seed), np.random.default_rng(seed)
    collections = [_sentences(name) for name in COLLECTIONS]
    weights = [len(sentences) for sentences in collections]
    for _ in range(count):
        (sentences,) = random.choices(collections, weights)
        wanted = int(np.exp(chance.normal(_LENGTH_LOG, _LENGTH_SPREAD)))
        text: list[str] = []
        while wanted > 0:
            # Some sentences that stand together: phrases across a full stop are real, too.
            first = random.randrange(len(sentences))
            for sentence in sentences[first : first + random.choice((1, 2, 4, 8))]:
                text.append(sentence)
                wanted -= len(sentence)
        yield _misread("".join(text), random)


def _sentences(name: str) -> list[str]:
    texts = polars.read_parquet(SHARED / "tar" / f"{name}.parquet")["text"]
    return [sentence[:_LONGEST_SENTENCE] for text in texts for sentence in _SENTENCE.findall(text + "\n")]


def _misread(text: str, random: Random) -> str:
    words = list(_WORD.finditer(text))
    pieces, end = [], 0
    for number in sorted(random.sample(range(len(words)), int(len(words) * _MISREAD_SHARE + random.random()))):
        word = words[number]
        place = random.randrange(word.start(), word.end())
        pieces += [text[end:place], random.choice(("", text[place] * 2, random.choice("abcdeilmnorstu1")))]
        end = place + 1
    return "".join(pieces) + text[end:]


def main() -> None:
    """Say how large the corpus is."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    sizes = [len(text.encode()) for text in documents(arguments.documents, seed=arguments.seed)]
    print(f"{len(sizes):,} documents, {sum(sizes) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
