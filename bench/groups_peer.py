"""datasketch on the same texts, run in an environment of its own: ``python bench/groups_peer.py TEXTS PAIRS``.

MinHash of 128 permutations over shingles of five words, `MinHashLSH` at the threshold, candidates kept if their
estimated similarity reaches it: what its documentation shows. Prints processor seconds as JSON.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from datasketch import MinHash, MinHashLSH

THRESHOLD = 0.4
PERMUTATIONS = 128


def main() -> None:
    """Read one JSON text a line, write one pair a line."""
    texts = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    started = time.process_time()
    sketches = list(MinHash.generator((_shingles(text) for text in texts), num_perm=PERMUTATIONS))
    sketched = time.process_time()
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = []
    for place, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= THRESHOLD:
                pairs.append((other, place))
        index.insert(place, sketch)
    ended = time.process_time()
    Path(sys.argv[2]).write_text("\n".join(f"{one} {other}" for one, other in pairs), encoding="utf-8")
    sys.stdout.write(json.dumps({"sketch_seconds": sketched - started, "search_seconds": ended - sketched}))


def _shingles(text: str) -> list[bytes]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[place : place + 5]).encode() for place in range(max(1, len(words) - 4))]


if __name__ == "__main__":
    main()
