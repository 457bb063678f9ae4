"""Lucene beside us: `bench/lucene/Peer.java` in one Java machine, asked over a pipe.

Needs Java 11 or later and Lucene 8 (Debian: ``apt-get install liblucene8-java``); ``VAUGHN_LUCENE`` names another
folder with its core, queries and analyzers-common archives.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from vaughn.fulltext.language.tree import And, Fuzzy, Near, Node, Not, NotNear, Or, Pattern, Phrase, Word

SOURCE = Path(__file__).parent / "lucene" / "Peer.java"
ARCHIVES = ("lucene-core", "lucene-queries", "lucene-analyzers-common")


class Lucene:
    """An index in Lucene over documents whose words are cut already."""

    def __init__(self, documents: Iterable[Iterable[str]], *, kept: Path | None = None) -> None:
        """Start Java and enter *documents*, words in order; or open what was *kept* of an earlier run."""
        self._scratch = Path(tempfile.mkdtemp(prefix="lucene-"))
        self._folder = kept or self._scratch / "index"
        texts = self._scratch / "texts"
        if not self._folder.exists():
            with texts.open("w", encoding="utf-8") as file:
                for words in documents:
                    file.write(" ".join(words) + "\n")
        self._java = subprocess.Popen(
            ["java", "-Xmx1500m", "-XX:+UseSerialGC", "-cp", _class_path(), str(SOURCE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        assert self._java.stdout is not None
        self.version = self._java.stdout.readline().strip()
        self.built = self._asked(f"index {texts}\t{self._folder}")
        texts.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._java.stdin is not None
        self._java.stdin.close()
        self._java.wait()
        shutil.rmtree(self._scratch)

    def intervals(self, query: Node) -> list[int]:
        """Return the numbers of the documents that *query*, as intervals, finds."""
        return [int(number) for number in self._asked(f"intervals {written(query)}").split()]

    def timed(self, query: Node) -> tuple[float, int]:
        """Return milliseconds inside Lucene, and how many documents were found and collected."""
        nanoseconds, count = self._asked(f"time {written(query)}").split()
        return int(nanoseconds) / 1e6, int(count)

    def index_bytes(self) -> int:
        """Return how large the index is."""
        return sum(file.stat().st_size for file in self._folder.iterdir())

    def _asked(self, command: str) -> str:
        assert self._java.stdin is not None
        assert self._java.stdout is not None
        self._java.stdin.write(command + "\n")
        self._java.stdin.flush()
        answer = self._java.stdout.readline()
        if not answer or answer.startswith("error"):
            raise RuntimeError(f"Lucene says: {answer or 'nothing'} to: {command[:500]}")
        return answer


def written(query: Node) -> str:  # noqa: PLR0911 - one for each kind
    """Return *query* in the notation of `Peer.java`."""
    match query:
        case Word():
            return f"w {query.term}"
        case Pattern():
            return f"p {query.pattern}"
        case Fuzzy():
            return f"f {query.term} {query.edits} {query.fixed}"
        case Phrase() | And() | Or():
            return f"( {type(query).__name__.lower()} {' '.join(written(part) for part in query.parts)} )"
        case Near():
            order = "o" if query.is_ordered else "u"
            return f"( near {query.distance} {order} {written(query.left)} {written(query.right)} )"
        case NotNear():
            return f"( notnear {query.distance} {written(query.left)} {written(query.right)} )"
        case Not():
            return f"( not {written(query.part)} )"
        case _:
            raise ValueError(f"Lucene is not asked for {type(query).__name__}")


def _class_path() -> str:
    folder = Path(os.environ.get("VAUGHN_LUCENE", "/usr/share/java"))
    found = [sorted(folder.glob(f"{name}-8*.jar")) for name in ARCHIVES]
    if not all(found):
        raise SystemExit(f"No Lucene 8 in {folder}: apt-get install liblucene8-java, or set VAUGHN_LUCENE.")
    return os.pathsep.join(str(paths[-1]) for paths in found)
