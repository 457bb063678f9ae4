"""How well each family of types is read: the table in docs/reference/file-types.md, from the results of benchmarks.

python bench/how_well.py            rewrites the table from bench/results/*.json; `bench/tables.py` does it too
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tables import TITLES

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "reference" / "file-types.md"
BEGIN = "<!-- how well: made by bench/how_well.py from bench/results/*.json -->\n"
END = "<!-- how well: end -->\n"


def page(text: str) -> str:
    """Return the page *text* with the table made anew."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} has no place for the table.")
    return before + BEGIN + table() + END + after


def table() -> str:
    """Return the table, one row a family of types."""
    lines = ["| family | how well it is read | figures and peers |", "| --- | --- | --- |"]
    for family, stem, told in _ROWS:
        heading = TITLES[stem][0]
        link = f"[{heading}](../explanation/measurements.md#{_anchor(heading)})"
        lines.append(f"| {family} | {told(_result(stem))} | {link} |")
    return "\n".join(lines) + "\n"


def _result(stem: str) -> Any:
    return json.loads((RESULTS / f"{stem}.json").read_text("utf-8"))


def _anchor(heading: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in " -_" else "" for letter in heading.lower())
    return "-".join(kept.split())


def _share(value: float) -> str:
    return f"{value:.3f}".lstrip("0") if value < 1 else f"{value:.2f}"


def _office(*families: str) -> Callable[[Any], str]:
    def told(result: Any) -> str:
        rows = [row for row in result["rows"] if row["engine"] == "ours" and row["family"] in families]
        files, read = sum(row["files"] for row in rows), sum(row["read"] for row in rows)
        truth = sum(row["with_truth"] for row in rows)
        recall = sum(row["recall"] * row["with_truth"] for row in rows) / truth
        locked, opened = sum(row["locked"] for row in rows), sum(row["locked_read"] for row in rows)
        said = (
            f"{read} of {files} files read; of the words LibreOffice finds in {truth} of them, {_share(recall)} found"
        )
        return said + (f"; {opened} of {locked} locked ones opened with their password" if locked else "")

    return told


def _scans(kinds: tuple[str, ...]) -> Callable[[Any], str]:
    def told(result: Any) -> str:
        by_engine: dict[str, list[Any]] = {}
        for row in result["reading"]:
            if any(row["pages"].endswith(kind) for kind in kinds):
                by_engine.setdefault(row["engine"], []).append(row)
        means = {
            engine: sum(row["word_f1"] * row["count"] for row in rows) / sum(row["count"] for row in rows)
            for engine, rows in by_engine.items()
        }
        worst = min(row["worst_page_f1"] for row in by_engine["ours"])
        peers = "; ".join(f"{name} {_share(mean)}" for name, mean in means.items() if name != "ours")
        pages = sum(row["count"] for row in by_engine["ours"])
        return f"words F1 {_share(means['ours'])} on {pages} pages, worst page {_share(worst)} ({peers})"

    return told


def _mail(*names: str) -> Callable[[Any], str]:
    def told(result: Any) -> str:
        rows = {row["what"]: row for row in result["answers"]}
        found = (rows[name] for name in names)
        return "; ".join(f"{row['ours']} of {row['known']} {row['what']}" for row in found)

    return told


def _mailboxes(result: Any) -> str:
    rows = result["outlook"]
    ours, known = sum(row["ours"] for row in rows), sum(row["known"] for row in rows)
    pff = sum(row["libpff"] for row in rows)
    return f"{ours} of {known} messages and items of {len(rows)} mailboxes (libpff {pff}, settings among them)"


def _pdf(result: Any) -> str:
    rows = {row["engine"]: row for row in result["rows"]}
    rate, bare = rows["ours"]["pages_per_cpu_second"], rows["pypdfium2"]["pages_per_cpu_second"]
    return f"{rate:,.0f} pages a processor second with places, stored (bare PDFium, text alone: {bare:,.0f})"


def _hostile(result: Any) -> str:
    made = result["hostile"]
    refused = sum(made["refused"].values())
    return (
        f"of {made['files']} made to break readers {made['read']} read, {made['containers']} opened as containers,"
        f" {refused} refused with a reason, {len(made['without_a_code'])} without one"
    )


def _types(result: Any) -> str:
    return f"{result['right']} of {result['files']} told right (puremagic: {result['puremagic']['right']})"


def _languages(result: Any) -> str:
    own = {row["pages"]: row for row in result if row["engine"] == "ours"}
    return "; ".join(
        f"{name}: {_share(row['right'])} right, {_share(row['told_wrong']) if row['told_wrong'] else 'none'} wrong"
        for name, row in own.items()
    )


_ROWS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("PDF with text", "pdf_words", _pdf),
    ("scans, grey or clean, 200 dpi", "ocr", _scans(("gray200", "grey200", "clean200"))),
    ("faxes, 150 dpi, black and white", "ocr", _scans(("fax150",))),
    (
        "messages (eml, mbox)",
        "mail",
        _mail("messages that become documents", "messages broken on purpose that become documents"),
    ),
    (
        "Outlook (MSG, TNEF)",
        "mail",
        _mail("MSG files that become documents", "files in TNEF with the known bytes (line ends apart)"),
    ),
    ("Outlook mailboxes (PST, OST)", "mail", _mailboxes),
    (
        "Word, RTF, OpenDocument text",
        "office",
        _office("Word 97", "Word", "RTF", "OpenDocument text"),
    ),
    ("Excel", "office", _office("Excel 97", "Excel")),
    ("PowerPoint", "office", _office("PowerPoint 97", "PowerPoint")),
    ("hostile and broken files of all types", "pdf_quality", _hostile),
    ("which type a file is", "media_types", _types),
    ("which language a page is in", "language", _languages),
)


def rewrite() -> None:
    """Write the table into its page."""
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite()
