"""A public site of 10,000 documents and 50,000 pages, beside MkDocs and Zensical on the same text.

    python bench/publish.py [--documents 10000] [--pages-each 5] [--peer-pages 3000] [--peers BIN] [--json FILE]

Text: `bench/publish_text.py`. The peers get it as Markdown, one file a page, under two settings: as they come, with a
navigation of all pages on each page (its cost grows with the square of the pages, so they get a third), and without it.
Ours writes HTML, text, search index, lists, data, feed and PDF. No pictures: none of the three would make them.
CPU seconds count children, threads and system time; ratios are of CPU seconds. Peers are
installed from the network unless *BIN* has them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from vaughn.publish import publish

sys.path.insert(0, str(Path(__file__).parent))
from publish_text import made_site, number, write_texts

PEERS = ("mkdocs==1.6.1", "zensical==0.0.73")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--pages-each", type=int, default=5)
    parser.add_argument("--peer-pages", type=int, default=3_000)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=("first", "second"))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.child:
        _child(options)
        return
    with tempfile.TemporaryDirectory() as folder:
        result = _measured(Path(folder), options)
    for name, rows in result.items():
        print(name)
        for row in rows if isinstance(rows, list) else [rows]:
            print(
                "  ",
                "  ".join(
                    f"{key}: {value:,.1f}" if isinstance(value, float) else f"{key}: {value}"
                    for key, value in row.items()
                ),
            )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def _measured(folder: Path, options: argparse.Namespace) -> dict:  # type: ignore[type-arg]
    pages = options.documents * options.pages_each
    write_texts(folder / "texts", options.documents, options.pages_each)
    first = _ours(folder, options.documents, options.pages_each, "first")
    second = _ours(folder, options.documents, options.pages_each, "second")
    sizes = [entry.stat().st_size for entry in (folder / "out").rglob("*.html")]
    site = {
        "pages": pages,
        "files": sum(1 for entry in (folder / "out").rglob("*") if entry.is_file()),
        "largest_html_kB": max(sizes) / 1000,
        "peak_memory_MB": first["peak_MB"],
        "second_build_after_one_change_s": second["seconds"],
        "second_build_cpu_s": second["cpu_seconds"],
        "second_build_peak_memory_MB": second["peak_MB"],
        "files_written_by_the_second_build": second["written"],
    }
    rows = [_row("Vaughn", "whole site", pages, first)]
    few = options.peer_pages // options.pages_each
    shutil.rmtree(folder / "out")
    shutil.rmtree(folder / "state")
    same = _ours(folder, few, options.pages_each, "first")
    rows.append(_row("Vaughn", "as many pages as the peers", few * options.pages_each, same))
    rows += _peers(folder, few, options)
    for row in rows[2:]:
        row["ours_is_times_as_fast"] = rows[0]["pages_a_cpu_second"] / row["pages_a_cpu_second"]
        row["with_as_few_pages"] = rows[1]["pages_a_cpu_second"] / row["pages_a_cpu_second"]
    return {"speed": rows, "site": site}


def _row(engine: str, setting: str, pages: int, run: dict) -> dict:  # type: ignore[type-arg]
    return {
        "engine": engine,
        "setting": setting,
        "pages": pages,
        "pages_a_cpu_second": pages / run["cpu_seconds"],
        "pages_a_second": pages / run["seconds"],
    }


def _ours(folder: Path, documents: int, pages_each: int, which: str) -> dict:  # type: ignore[type-arg]
    """Run a build in a process of its own, as somebody at a terminal would."""
    command = [sys.executable, __file__, "--child", which, "--folder", str(folder), "--documents", str(documents)]
    done = subprocess.run([*command, "--pages-each", str(pages_each)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _child(options: argparse.Namespace) -> None:
    site = made_site(
        options.folder / "texts", options.documents, options.pages_each, is_changed=options.child == "second"
    )
    began, cpu = time.perf_counter(), time.process_time()
    result = publish(site, options.folder / "out", options.folder / "state")
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu, "peak_MB": peak, "written": result.written}))


def _peers(folder: Path, documents: int, options: argparse.Namespace) -> list[dict]:  # type: ignore[type-arg]
    binaries = options.peers or _installed(folder / "peers")
    docs = folder / "peer" / "docs"
    docs.mkdir(parents=True)
    for place in range(documents):
        own = docs / f"d{place:05d}"
        own.mkdir()
        texts = (folder / "texts" / f"{place:05d}.txt").read_text("utf-8").split("\f")
        for page, text in enumerate(texts):
            name = number(place * options.pages_each + page)
            (own / f"{name.replace(' ', '-')}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    (docs / "index.md").write_text("# Records\n", encoding="utf-8")
    settings = {
        "without navigation": ("nav:\n  - index.md\n", 'nav = [{ "Home" = "index.md" }]\n'),
        "as it comes": ("", ""),
    }
    rows = []
    for setting, (mkdocs, zensical) in settings.items():
        if setting == "as it comes":
            kept = documents // 3
            for place in range(kept, documents):
                shutil.rmtree(docs / f"d{place:05d}")
            documents = kept
        (folder / "peer" / "mkdocs.yml").write_text(f"site_name: Records\ntheme: mkdocs\n{mkdocs}", encoding="utf-8")
        (folder / "peer" / "zensical.toml").write_text(
            f'[project]\nsite_name = "Records"\n{zensical}', encoding="utf-8"
        )
        for name, arguments in (("MkDocs", ["mkdocs", "build", "-q"]), ("Zensical", ["zensical", "build", "--clean"])):
            run = _timed([str(binaries / arguments[0]), *arguments[1:]], folder / "peer")
            rows.append(_row(name, setting, documents * options.pages_each, run))
            shutil.rmtree(folder / "peer" / "site")
    return rows


def _timed(command: list[str], folder: Path) -> dict:  # type: ignore[type-arg]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, "NO_COLOR": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.perf_counter() - began, "cpu_seconds": cpu}


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    subprocess.run([str(folder / "bin" / "pip"), "install", "-q", *PEERS], check=True, capture_output=True)
    return folder / "bin"


if __name__ == "__main__":
    main()
