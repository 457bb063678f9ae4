"""How other programs read PDF files, each in an environment of its own; called by `pdf_words.py` and `pdf_quality.py`.

    PYTHON bench/pdf_peers.py ENGINE [--texts FOLDER] FILE...

Prints one JSON line: CPU seconds (libraries loaded, the first file read once before) and the files refused. With
``--texts`` the text of each file is written to ``FOLDER/<place>.txt``. Needs nothing of Vaughn.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path


def _pypdfium2() -> Callable[[str], str]:
    import pypdfium2

    def read(path: str) -> str:
        texts = []
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                text = page.get_textpage()
                texts.append(text.get_text_range())
                text.close()
                page.close()
        return "\n".join(texts)

    return read


def _extractous() -> Callable[[str], str]:
    from extractous import Extractor

    extractor = Extractor().set_extract_string_max_length(100_000_000)
    return lambda path: extractor.extract_file_to_string(path)[0]


def _kreuzberg() -> Callable[[str], str]:
    import kreuzberg

    return lambda path: kreuzberg.extract_file_sync(path).content


def _pdfplumber() -> Callable[[str], str]:
    import pdfplumber

    def read(path: str) -> str:
        texts = []
        with pdfplumber.open(path) as document:
            for page in document.pages:
                texts.append(" ".join(word["text"] for word in page.extract_words()))
                page.close()
        return "\n".join(texts)

    return read


def _pymupdf() -> Callable[[str], str]:
    import pymupdf

    def read(path: str) -> str:
        with pymupdf.open(path) as document:
            return "\n".join(page.get_text() for page in document)

    return read


def _pypdf() -> Callable[[str], str]:
    import pypdf

    return lambda path: "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


ENGINES = {
    "pypdfium2": _pypdfium2,
    "extractous": _extractous,
    "kreuzberg": _kreuzberg,
    "pdfplumber": _pdfplumber,
    "pymupdf": _pymupdf,
    "pypdf": _pypdf,
}


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    # Tika's descendants ask for tesseract on the path, and then read every scan by OCR.
    os.environ["PATH"] = ""
    said = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    read = ENGINES[options.engine]()
    with contextlib.suppress(BaseException):  # whatever a peer raises
        read(options.files[0])
    refused = []
    started = _seconds()
    for place, path in enumerate(options.files):
        try:
            text = read(path)
        except BaseException as error:  # noqa: BLE001 -- panics of Rust are no Exception
            refused.append([place, type(error).__name__])
            text = ""
        if options.texts:
            (options.texts / f"{place}.txt").write_text(text, "utf-8", "replace")
    os.write(said, (json.dumps({"seconds": _seconds() - started, "refused": refused}) + "\n").encode())
    sys.stdout.flush()
    os._exit(0)  # threads of some engines do not end


def _seconds() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    main()
