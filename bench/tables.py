"""What docs/explanation/measurements.md says, made from the results the benchmarks wrote.

python bench/tables.py            rewrites the page from bench/results/*.json, and the table of `how_well.py`
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "explanation" / "measurements.md"

HEAD = """# Measurements

<!-- Made by bench/tables.py from bench/results/*.json: run the benchmark, then the script. -->

Each table is what one program in `bench/` printed, in one run, with what it is compared to.
The machine has 2 cores and Python 3.11.
A ratio travels to other machines; seconds do not.
"""

# In the order a production takes: file name without ending -> heading and the sentence below it.
TITLES = {
    "loadfile_hostile": ("Hostile load files", "Fields, pages and seeded faults found, against Python's `csv` module."),
    "loadfile_tables": (
        "Reading large load files",
        "Rows a second and memory, against `csv` and polars in the same run.",
    ),
    "loadfile_speed": (
        "Reading large load files",
        "Rows a second and memory, against `csv` and polars in the same run.",
    ),
    "page_text": ("Words of a page", "Reading, packing and unpacking words with their boxes."),
    "giant_browser": (
        "A PDF of 7,934 pages in the browser",
        "Jumps in real Chromium, heap of the page, memory of the server.",
    ),
    "case_load": ("Loading into the case", "Generated rows, committed and ready to be sorted and filtered."),
    "check_faults": (
        "Checking a production",
        "A generated production with each fault seeded once; the checklist is a script on Python's `csv` module that "
        "counts rows and columns, looks for duplicates and looks up every path.",
    ),
    "check_volume": (
        "Checking a large production",
        "A generated case; all checks, then the report. There is no peer that does this.",
    ),
    "receive_rows": (
        "Load files into a case",
        "From the bytes of a DAT and an OPT to documents in a case; processor seconds. "
        "Reading the same rows with `csv` into a plain SQLite file is the peer.",
    ),
    "giant_pdf": ("A PDF of 7,934 pages", "Opening it and jumping about in it."),
    "division": (
        "Dividing a large PDF",
        "406 released e-mail documents in two PDFs; borders found, the first page aside.",
    ),
    "mail": (
        "Reading mail",
        "Known answers, Outlook mailboxes beside libpff and readpst, and messages a processor second, "
        "from a mailbox to facts, pages, parts and identity. The standard library is asked for headers, people, date, "
        "texts and names of files; it lays out no pages and knows no copies.",
    ),
    "office": (
        "Reading Office files",
        "Files of Apache POI's tests and conversions of them; the share of LibreOffice's words that is found, and "
        "processor time a file. Peers cannot be given a list of passwords.",
    ),
    "ocr": (
        "Reading scanned pages",
        "Twelve degraded pages with exact truth, as grey scans and as faxes, and further pages made in the same way: "
        "`seen` while the reader was written; `half 2` not, until words lost on it were looked at once; `new` never. "
        "ocrmypdf reads the same pixels in the same run.",
    ),
    "ocr_layers": (
        "Judging OCR layers",
        "Pages with a good or a damaged text layer hidden on their picture, and how often the verdict is wrong.",
    ),
    "language": (
        "Language of a page",
        "Translations of Django and Wagtail, court and government pages; unknown is no harm, wrong is.",
    ),
    "clock": (
        "Due dates",
        "100,000 random periods counted again by numpy with the holidays of pandas, beside workalendar; the table of "
        "legal holidays against three sources. Processor seconds.",
    ),
    "docket_import": (
        "Importing court dockets",
        "Every field of 23 real files against the JSON that juriscraper, the parser of CourtListener, expects; texts "
        "may differ in white space. Entries a second of processor time, beside juriscraper 4.0.1 in the same run. "
        "Types, references, days and filers against labels given by hand, by the one who wrote the patterns.",
    ),
    "publish": (
        "A public site of 50,000 pages",
        "Pages of HTML with search index, beside MkDocs and Zensical on the same text as Markdown. "
        "As they come they write the navigation of all pages on each page, so they take the square of the time and "
        "got fewer pages.",
    ),
    "publish_search": (
        "Searching a public site from disk",
        "Real Chromium, `file://`; from the key press to the first hit, parts of the index read from disk included.",
    ),
    "groups": (
        "Copies, versions, threads",
        "Grouping a whole case; then pairs of texts and conversations with known truth. Processor seconds. "
        "Precision: most words of the shorter text stand in the other in the same order, by `difflib`. "
        "datasketch 2.0 (MinHash of 128 permutations, threshold 0.4) had the same texts in the same run.",
    ),
    "pdf_words": (
        "Words of PDF pages, stored",
        "Read, packed, stored and committed, beside what other engines take for their text alone; processor seconds, "
        "on a machine that was busy with other work.",
    ),
    "pdf_quality": (
        "Hostile and broken files",
        "PDF, images, archives and Office files made to break readers: what became of each, and which findings.",
    ),
    "media_types": ("Telling what a file is", "By content; puremagic on the same files."),
    "pool_overhead": (
        "What child processes, ledger and store add",
        "Added to the reading of pages, in the same run; the start of the children is told apart. Asked for: 5 % at "
        "most, 2,400 bytes a packed page, 200 µs for 95 of 100 pages.",
    ),
    "add_growth": (
        "Taking in a growing pile",
        "Mailboxes, texts and PDFs, generated; processor seconds of the program and its readers, copies and threads "
        "looked for, similar documents not. Asked for: a document costs at most 1.3 times what it costs in the "
        "smallest pile. Two Dask workers read the smallest pile too; rows are compared one by one.",
    ),
    "executors": (
        "The same case from every executor",
        "Documents, pages, files, ledger, words and facts are compared with what this process brought by itself.",
    ),
    "kills_add": (
        "`kill -9` while records are taken in",
        "Half the kills hit the program, half one of its readers. After each, the case verifies and what was finished "
        "is still there; each run to the end is compared with one that nobody disturbed.",
    ),
    "kills_receive": ("`kill -9` while a production is received", "As above."),
    "find_build": (
        "Building the index of words",
        "Real sentences put together to documents, a word in 300 misread; processor seconds of a process each, in "
        "turns. Asked for: 0.45 times tantivy's speed at least, twice PostgreSQL's, four times DuckDB's, and 0.70 of "
        "the text.",
    ),
    "find_facets": (
        "Facets of 1,000,000 documents",
        "Made documents; eight countings by name and one by day, and 60 words by 60 custodians. Asked for: 50 ms, and "
        "one second for the table.",
    ),
    "find_exact": (
        "Finding exactly what was asked",
        "Random nested queries over real texts; documents and every marked place against brute force over all pairs. "
        "Lucene was fed the same words; in nested queries it counts shortest intervals only, and its answers were "
        "compared with that reading written out.",
    ),
    "find_speed": (
        "How fast a query is answered",
        "Processor time of the thread that answers, best of four rounds in turns, on a machine busy with other work; "
        "p50 and p95 over 100 queries a class. Lucene 8 from Debian, one segment, warmed, no query cache.",
    ),
    "demo": ("The demo, from nothing to the first search", "Packages were in the installer's cache."),
    "install": (
        "Installation",
        "Fresh environments, hashed requirements; limits: 60 packages and 300 MB, 700 MB with OCR. "
        "Megabytes are 10^6 bytes, as installed and after every module was compiled.",
    ),
}


def page() -> str:
    """Return the whole page."""
    paths = sorted(RESULTS.glob("*.json"), key=lambda path: ([*TITLES, path.stem].index(path.stem), path.stem))
    return HEAD + "".join(section(path) for path in paths)


def section(path: Path) -> str:
    """Return the section of one result file."""
    title, sentence = TITLES.get(path.stem, (path.stem.replace("_", " ").capitalize(), ""))
    result = json.loads(path.read_text("utf-8"))
    command = f"`python bench/{script(path.stem)}.py`"
    parts = [f"\n## {title}\n\n{sentence} Made by {command}.\n".replace("  ", " ")]
    parts += list(tables(result))
    return "\n".join(parts)


def script(stem: str) -> str:
    """Return the benchmark that wrote a result: the longest name the file begins with."""
    names = [path.stem for path in (ROOT / "bench").glob("*.py") if stem.startswith(path.stem)]
    return max(names, key=len, default=stem)


def tables(value: Any, name: str = "") -> list[str]:
    """Return Markdown tables of a JSON value: lists of objects row by row, objects key by key."""
    heading = [f"**{words(name)}**\n"] if name else []
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        columns = list(dict.fromkeys(key for row in value for key in row))
        return [*heading, table(columns, [[row.get(column) for column in columns] for row in value])]
    if not isinstance(value, dict):
        return [*heading, f"{cell(value)}\n"]
    nested = {key: inner for key, inner in value.items() if isinstance(inner, dict | list) and inner}
    plain = [[words(key), inner] for key, inner in value.items() if key not in nested]
    found = heading + ([table(["what", "measured"], plain)] if plain else [])
    if nested and all(
        isinstance(inner, dict) and not any(isinstance(x, dict | list) for x in inner.values())
        for inner in nested.values()
    ):
        rows = [{"what": key, **inner} for key, inner in nested.items()]
        return found + tables(rows)
    for key, inner in nested.items():
        found += tables(inner, key)
    return found


def table(columns: list[str], rows: list[list[Any]]) -> str:
    """Return one Markdown table; columns of numbers stand on the right."""
    right = [
        all(isinstance(row[i], int | float) and not isinstance(row[i], bool) for row in rows)
        for i in range(len(columns))
    ]
    lines = ["| " + " | ".join(words(column) for column in columns) + " |"]
    lines.append("| " + " | ".join("---:" if is_right else "---" for is_right in right) + " |")
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def words(name: str) -> str:
    """Return a key as words."""
    return name.replace("_", " ")


def cell(value: Any) -> str:
    """Return a value as it reads best."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    if isinstance(value, list):
        return ", ".join(cell(one) for one in value)
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    from how_well import rewrite

    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    rewrite()
