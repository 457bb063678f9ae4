"""How much of the words of Office files is read, how fast, and whether the known answers come out, beside others.

    python bench/office.py [--kreuzberg PYTHON] [--tika JAR] [--json FILE]

Files: ``$VAUGHN_SHARED/corpus/office/poi`` (Apache POI's own test files), and LibreOffice's conversions of six of its
Word files to RTF, DOC and ODT. Truth for the words, if LibreOffice is installed: plain text of letters (their bodies),
CSV of all sheets, PDF of slides. Recall is the share of the truth's tokens that the engine's text has, each as often;
words of files inside a file count for engines that read them. Passwords are given to ours; peers have no place for a
list of them, so locked files are counted for all and left out of recall and time. Processor seconds, one process an
engine; Tika is one Java program for all files, its start included. Kreuzberg runs in a Python of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from vaughn.formats.pages import FileRefused, media_type, read_pages, unpack_text
from vaughn.formats.readers import ReadingRequest, record_reader

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
POI = SHARED / "corpus" / "office" / "poi"
PASSWORDS = ("tika", "password", "abc", "solrcell", "pass", "this is a test", "Test001!!", "hello")
FAMILIES = {
    ".doc": "Word 97",
    ".docx": "Word",
    ".rtf": "RTF",
    ".odt": "OpenDocument text",
    ".xls": "Excel 97",
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb"), "Excel"),
    ".ppt": "PowerPoint 97",
    ".pptx": "PowerPoint",
    ".pptm": "PowerPoint",
}
LOCKED = re.compile(r"(?<!no_)passw|protect(?!ion)|60320|xor-enc", re.IGNORECASE)
CONVERTED = (
    *("delins", "WordWithAttachments", "endnotes", "footnotes", "headerFooter"),
    "documentProtection_comments_no_password",
)
KNOWN = (
    ("spreadsheet/TwoSheetsOneHidden.xls", "IN010", "hidden sheet"),
    ("spreadsheet/TwoSheetsOneHidden.xlsx", "IN010", "hidden sheet"),
    ("spreadsheet/TwoSheetsNoneHidden.xls", None, "no hidden sheet"),
    ("document/delins.docx", "IN011", "tracked changes"),
    ("document/WordWithAttachments.docx", "IN011", "comments"),
    ("spreadsheet/comments.xls", "IN011", "comments"),
    ("spreadsheet/comments.xlsx", "IN011", "comments"),
    ("spreadsheet/SimpleWithComments.xls", "IN011", "comments"),
    ("spreadsheet/ExcelWithAttachments.xlsm", "IN012", "macro"),
    ("slideshow/PPTWithAttachments.pptm", "IN012", "macro"),
    ("spreadsheet/poc-xmlbomb.xlsx", "IN014", "entities not expanded"),
    ("spreadsheet/poc-shared-strings.xlsx", "IN014", "bounded"),
)
_TOKEN = re.compile(r"\w+")
_OURS = re.compile(r"^\[[^\]]{2,80}\]$", re.MULTILINE)
TIMEOUT_SECONDS = 900
MAX_DEPTH = 2
KREUZBERG = """
import json, sys, resource
from kreuzberg import extract_file_sync
out = {}
for path in sys.argv[1:]:
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        text = extract_file_sync(path).content
    except Exception as error:
        text = None
    after = resource.getrusage(resource.RUSAGE_SELF)
    out[path] = [text, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]
print(json.dumps(out))
"""


@dataclass(slots=True)
class Engine:
    """One reader: its text of each file (`None` if it refused), and what it took."""

    name: str
    texts: dict[Path, str | None] = field(default_factory=dict)
    seconds: dict[Path, float] = field(default_factory=dict)
    total_seconds: float = 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kreuzberg", help="a Python that has it")
    parser.add_argument("--tika", type=Path, help="the jar of the application")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = sorted(path for path in POI.rglob("*") if path.suffix in FAMILIES) + _conversions(folder)
        truths = _truths([path for path in files if not LOCKED.search(path.name)], folder)
        engines = [_ours(files)]
        engines += [_kreuzberg(options.kreuzberg, files)] if options.kreuzberg else []
        engines += [_tika(options.tika, files, folder)] if options.tika else []
        rows = [row for engine in engines for row in _rows(engine, files, truths)]
    for row in rows:
        recall = "  -  " if row["recall"] is None else f"{row['recall']:.3f}"
        print(
            f"  {row['engine']:10} {row['family']:18} {row['read']:3} of {row['files']:3} read"
            f"  locked {row['locked_read']} of {row['locked']}  recall {recall} ({row['with_truth']})"
            f"  {row['ms_a_file']} ms a file"
        )
    known = _known()
    print(f"  known answers: {sum(row['right'] for row in known)} of {len(known)}")
    if options.json:
        options.json.write_text(json.dumps({"rows": rows, "known": known}, indent=1) + "\n", encoding="utf-8")


def _ours(files: list[Path]) -> Engine:
    engine = Engine("ours")
    for path in files:
        started = time.process_time()
        engine.texts[path] = _our_text(path)
        engine.seconds[path] = time.process_time() - started
    engine.total_seconds = sum(engine.seconds.values())
    return engine


def _our_text(path: Path, depth: int = 0) -> str | None:
    """Return what a file says, and the files inside it, as the case would hold them."""
    kind = media_type(path, name=path.name)
    try:
        reading = record_reader(kind)(ReadingRequest(path, kind, path.name, PASSWORDS))
    except FileRefused:
        return None
    texts = [unpack_text(page.packed) for page in reading.pages]
    with tempfile.TemporaryDirectory() as folder:
        for number, part in enumerate(reading.parts if depth < MAX_DEPTH else ()):
            inside = Path(folder) / f"{number}{Path(part.name).suffix}"
            inside.write_bytes(part.data or b"")
            texts.append(_our_text(inside, depth + 1) or "")
    return "\n".join(texts)


def _kreuzberg(python: str, files: list[Path]) -> Engine:
    engine = Engine("kreuzberg")
    ran = subprocess.run(
        [python, "-c", KREUZBERG, *map(str, files)], capture_output=True, text=True, check=True, timeout=TIMEOUT_SECONDS
    )
    for path, (text, seconds) in json.loads(ran.stdout.splitlines()[-1]).items():
        engine.texts[Path(path)], engine.seconds[Path(path)] = text, seconds
    engine.total_seconds = sum(engine.seconds.values())
    return engine


def _tika(jar: Path, files: list[Path], folder: Path) -> Engine:
    engine, given, out = Engine("Tika"), folder / "tika-in", folder / "tika-out"
    given.mkdir()
    names = {}
    for number, path in enumerate(files):
        names[path] = f"{number:03}{path.suffix}"
        shutil.copyfile(path, given / names[path])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    java = folder / "bin" / "java"
    java.parent.mkdir()
    java.symlink_to(Path(shutil.which("java") or "java").resolve())
    # A PATH without tesseract: pictures would be read by OCR otherwise.
    subprocess.run(
        [str(java), "-jar", str(jar), "-t", "-i", str(given), "-o", str(out)],
        capture_output=True, check=False, timeout=TIMEOUT_SECONDS, env={"PATH": str(java.parent)},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    engine.total_seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    for path in files:
        written = out / f"{names[path]}.txt"
        text = written.read_text("utf-8", "replace") if written.exists() else None
        engine.texts[path] = text if text is None or text.strip() or path.stat().st_size < 20_000 else ""
        engine.seconds[path] = engine.total_seconds / len(files)
    return engine


def _conversions(folder: Path) -> list[Path]:
    if not shutil.which("soffice"):
        return []
    made = []
    for form, suffix in (("rtf", ".rtf"), ("odt", ".odt"), ("doc:MS Word 97", ".doc")):
        out = folder / "converted" / suffix[1:]
        _soffice(form, [POI / "document" / f"{name}.docx" for name in CONVERTED], out, folder)
        made += sorted(out.glob(f"*{suffix}"))
    return made


def _soffice(form: str, files: list[Path], out: Path, folder: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, capture_output=True, check=False, timeout=TIMEOUT_SECONDS)


def _truths(files: list[Path], folder: Path) -> dict[Path, Counter[str]]:
    """Return the tokens LibreOffice writes of each file that it opens and that has any."""
    if not shutil.which("soffice"):
        return {}
    given, names = folder / "truth-in", {}
    given.mkdir()
    for number, path in enumerate(files):
        names[path] = given / f"{number:03}{path.suffix}"
        shutil.copyfile(path, names[path])
    sheets = [names[path] for path in files if FAMILIES[path.suffix].startswith("Excel") and "poc-" not in path.name]
    slides = [names[path] for path in files if FAMILIES[path.suffix].startswith("PowerPoint")]
    letters = [
        given for given in names.values() if given not in sheets and given not in slides and given.suffix[:4] != ".xls"
    ]
    # Field 12 of the filter: -1 writes every sheet into a file of its own.
    _soffice(
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
        sheets,
        folder / "truth",
        folder,
    )
    _soffice("pdf", slides, folder / "truth", folder)
    _soffice("txt:Text (encoded):UTF8", letters, folder / "truth", folder)
    found = {}
    for path in files:
        tokens = Counter[str]()
        for part in sorted((folder / "truth").glob(f"{names[path].stem}*")):
            tokens.update(_tokens(_shown(part)))
        if tokens:
            found[path] = tokens
    return found


def _shown(part: Path) -> str:
    if part.suffix in {".csv", ".txt"}:
        return part.read_text("utf-8", "replace")
    return "\n".join(page.text for page in read_pages(part, "application/pdf"))


def _tokens(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(_OURS.sub("", text))]


def _rows(engine: Engine, files: list[Path], truths: dict[Path, Counter[str]]) -> list[dict[str, object]]:
    rows = []
    for family in [*dict.fromkeys(FAMILIES.values()), "all"]:
        chosen = [path for path in files if family in {"all", FAMILIES[path.suffix]}]
        if not chosen:
            continue
        locked = [path for path in chosen if LOCKED.search(path.name)]
        recalls = [_recall(engine.texts.get(path), truths[path]) for path in chosen if path in truths]
        timed = [engine.seconds.get(path, 0.0) for path in chosen if path not in locked]
        rows.append({
            "engine": engine.name, "family": family, "files": len(chosen), "locked": len(locked),
            "read": sum(engine.texts.get(path) is not None for path in chosen),
            "locked_read": sum(bool(engine.texts.get(path)) for path in locked),
            "recall": round(sum(recalls) / len(recalls), 4) if recalls else None, "with_truth": len(recalls),
            "ms_a_file": round(sum(timed) / max(1, len(timed)) * 1000, 1),
        })  # fmt: skip
    return rows


def _recall(text: str | None, truth: Counter[str]) -> float:
    found = Counter(_tokens(text or ""))
    return sum(min(count, found[token]) for token, count in truth.items()) / truth.total()


def _known() -> list[dict[str, object]]:
    rows = []
    for name, code, what in KNOWN:
        path = POI / name
        kind = media_type(path, name=path.name)
        reading = record_reader(kind)(ReadingRequest(path, kind, path.name))
        codes = {finding.code for finding in reading.findings}
        rows.append({"file": name, "what": what, "right": code in codes if code else "IN010" not in codes})
    return rows


if __name__ == "__main__":
    sys.exit(main())
