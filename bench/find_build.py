"""What building the index costs, beside tantivy, SQLite's FTS5, DuckDB's full-text search and PostgreSQL's GIN.

    python bench/find_build.py [--documents 20000] [--rounds 2] [--peers tantivy,fts5,duckdb,postgres] [--json FILE]

Corpus: `bench/find_corpus.py`, written to a file once. Each engine builds in a process of its own, in turns (there and
back again), and is judged by the processor time of that process, all threads together, without the reading of the file.

- ours: documents of one page, committed; one process, one thread.
- tantivy: one text field with positions (its default tokenizer), one indexing thread, committed and merged.
- FTS5: a table without content, filled and optimised.
- DuckDB: `create_fts_index` without stemming and stop words, of a table that is there already; it keeps no positions.
- PostgreSQL: `CREATE INDEX ... USING gin (to_tsvector('simple', text))` of a table that is there already, by a server
  of one process. Its positions end at 16,383 and at 256 a word.

DuckDB and PostgreSQL get fewer documents (``--few``): per megabyte they are no slower for that.
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).parent))

_POSTGRES = Path("/usr/lib/postgresql/15/bin")
_PEERS = ("tantivy", "fts5", "duckdb", "postgres")
_HEAP_BYTES = 200_000_000


def written(path: Path, count: int) -> int:
    """Write the texts of *count* documents to *path*, one JSON string a line; return their size in UTF-8."""
    import find_corpus

    size = 0
    with path.open("w", encoding="utf-8") as file:
        for text in find_corpus.documents(count):
            size += len(text.encode())
            file.write(json.dumps(text) + "\n")
    return size


class Texts:
    """The texts of a file, and how long reading them took."""

    def __init__(self, path: Path) -> None:
        """Prepare to read *path*."""
        self._path = path
        self.seconds = 0.0
        self.began = 0.0

    def begin(self) -> None:
        """Say that all programs are loaded, or all tables there: what is measured begins."""
        self.seconds, self.began = 0.0, time.process_time()

    def __iter__(self) -> Iterator[str]:
        """Yield every text."""
        with self._path.open(encoding="utf-8") as file:
            while True:
                began = time.thread_time()
                lines = file.readlines(1 << 22)
                texts = [json.loads(line) for line in lines]
                self.seconds += time.thread_time() - began
                if not texts:
                    return
                yield from texts


def build_ours(texts: Texts, folder: Path) -> None:
    """Build our index."""
    from vaughn.fulltext.postings import DocumentEntry, IndexedPage, PostingIndex

    texts.begin()
    with PostingIndex(folder).writer() as writer:
        for number, text in enumerate(texts, start=1):
            writer.add(DocumentEntry(number, (IndexedPage(number, text),)))


def build_tantivy(texts: Texts, folder: Path) -> None:
    """Build tantivy's."""
    import tantivy

    texts.begin()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=_HEAP_BYTES, num_threads=1)
    for text in texts:
        document = tantivy.Document()
        document.add_text("text", text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def build_fts5(texts: Texts, folder: Path) -> None:
    """Build SQLite's."""
    import sqlite3

    texts.begin()
    database = sqlite3.connect(folder / "texts.db")
    database.execute("PRAGMA journal_mode = off")
    database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='')")
    database.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", enumerate(texts, start=1))
    database.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    database.commit()


def build_duckdb(texts: Texts, folder: Path) -> None:
    """Build DuckDB's."""
    import duckdb
    import polars

    database = duckdb.connect(str(folder / "texts.db"))
    (extension,) = [
        file.locate() for file in metadata.files("duckdb-extension-fts") or () if str(file).endswith("_extension")
    ]
    database.execute(f"LOAD '{extension}'")
    frame = polars.DataFrame({"text": list(texts)}).with_row_index("id").to_arrow()
    database.register("frame", frame)
    database.execute("CREATE TABLE texts AS SELECT * FROM frame")
    database.execute("CHECKPOINT")
    before = (folder / "texts.db").stat().st_size
    texts.begin()
    database.execute("PRAGMA create_fts_index('texts', 'id', 'text', stemmer='none', stopwords='none')")
    database.execute("CHECKPOINT")
    (folder / "before").write_text(str(before))


BUILDERS: dict[str, Callable[[Texts, Path], None]] = {
    "ours": build_ours,
    "tantivy": build_tantivy,
    "fts5": build_fts5,
    "duckdb": build_duckdb,
}


def built(engine: str, path: Path, folder: Path) -> dict[str, float]:
    """Return processor seconds, bytes on disk and the most memory of one building, in this process."""
    texts = Texts(path)
    BUILDERS[engine](texts, folder)
    seconds = time.process_time() - texts.began - texts.seconds
    size = sum(file.stat().st_size for file in folder.iterdir() if file.name != "before")
    if (folder / "before").exists():
        size -= int((folder / "before").read_text())
    # Not by getrusage: its peak is that of the process before, which started this one.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return {"seconds": seconds, "bytes": size, "peak_mb": int(peak.split()[1]) / 1024}


def built_by_postgres(path: Path, folder: Path) -> dict[str, float]:
    """Return the same of PostgreSQL, by a server of one process under its own user."""
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    rows = folder / "rows"
    with rows.open("w", encoding="utf-8") as file:
        for number, text in enumerate(Texts(path)):
            escaped = text.replace("\0", "").replace("\\", "\\\\").replace("\t", "\\t")
            escaped = escaped.replace("\r", "\\r").replace("\n", "\\n")
            file.write(f"{number}\t{escaped}\n")
    rows.chmod(0o644)
    run = [_POSTGRES / "initdb", "-D", data, "-E", "UTF8", "--no-sync", "--locale=C"]
    subprocess.run(run, check=True, capture_output=True, user="postgres", cwd=folder)

    def said(sql: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [_POSTGRES / "postgres", "--single", "-j", "-D", data]
        command += ["-c", "maintenance_work_mem=1GB", "-c", "fsync=off", "-c", "max_wal_size=8GB", "postgres"]
        subprocess.run(command, input=sql.encode(), check=True, capture_output=True, user="postgres", cwd=folder)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    said(f"CREATE TABLE texts (id bigint, text text);\n\nCOPY texts FROM '{rows}';\n\nCHECKPOINT;\n\n")
    tables = _size(data)
    seconds = said("CREATE INDEX words ON texts USING gin (to_tsvector('simple', text));\n\nCHECKPOINT;\n\n")
    return {"seconds": seconds, "bytes": _size(data) - tables}


def _size(data: Path) -> int:
    return sum(file.stat().st_size for file in (data / "base").rglob("*") if file.is_file())


def measured(engine: str, path: Path) -> dict[str, float]:
    """Return what one building by *engine* costs, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        if engine == "postgres":
            return built_by_postgres(path, folder)
        command = [sys.executable, __file__, "--build", engine, "--texts", str(path), "--folder", name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return json.loads(said.splitlines()[-1])


def best(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Return the round that took the least processor time."""
    return min(rounds, key=lambda one: one["seconds"])


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--few", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--peers", default=",".join(_PEERS))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--build", choices=sorted(BUILDERS), help=argparse.SUPPRESS)
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        print(json.dumps(built(arguments.build, arguments.texts, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        report = compared(Path(name), arguments)
    for row in report["rows"]:
        print(
            f"{row['engine']:10} {row['documents']:9,} documents {row['text_mb']:7.1f} MB"
            f" {row['seconds']:8.2f} s {row['mb_per_second']:7.2f} MB/s {row['index_share']:6.2f} of the text"
            f" {row.get('peak_mb', 0):7.0f} MB memory   ours is {row['ours_times']:.2f} x"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


def compared(folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """Return all rows: our building of each size that a peer has, and the peer's in turns with it."""
    peers = [peer for peer in arguments.peers.split(",") if peer]
    sizes = {peer: arguments.few if peer in {"duckdb", "postgres"} else arguments.documents for peer in peers}
    rows = []
    for count in sorted(set(sizes.values())):
        path = folder / f"texts-{count}.jsonl"
        size = written(path, count)
        engines = ["ours", *(peer for peer in peers if sizes[peer] == count)]
        rounds: dict[str, list[dict[str, float]]] = {engine: [] for engine in engines}
        for _ in range(arguments.rounds):
            for engine in (*engines, *reversed(engines)):
                rounds[engine].append(measured(engine, path))
        ours = best(rounds["ours"])["seconds"]
        for engine in engines:
            row: dict[str, object] = {"engine": engine, "documents": count, "text_mb": size / 1e6}
            row |= best(rounds[engine])
            row |= {"mb_per_second": size / 1e6 / row["seconds"], "index_share": row["bytes"] / size}
            row |= {"ours_times": row["seconds"] / ours}
            rows.append(row)
    shutil.rmtree(folder, ignore_errors=True)
    return {"rows": rows, "load": os.getloadavg()[0], "rounds": arguments.rounds}


if __name__ == "__main__":
    main()
