"""How fast a page of a 7,934-page PDF is shown, and whether memory stays flat.

Makes a PDF of that shape once (about 300 MB, the same bytes every time: scanned-like JPEG pages with a
hidden text layer and a stamped number, every fourth page G4) in a cache folder, then measures opening,
the first page, 200 random pages through `PageRenderer`, and `pdftoppm` on the same pages in the same run.

    python bench/giant_pdf.py [--pages 7934] [--jumps 200] [--cache FOLDER] [--json FILE]
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from vaughn.formats.pages import page_count
from vaughn.work import PageRenderer, WorkerPool

SEED = 7934
WIDTH_PX = 1000
JPEG_DPI, G4_DPI = 100, 300
TEMPLATES = 24  # distinct page pictures; each page's copy is made unlike by a comment, as no two scans are equal
LINES = 32
WORDS = [
    "the",
    "agency",
    "shall",
    "make",
    "records",
    "promptly",
    "available",
    "to",
    "any",
    "person",
    "upon",
    "request",
    "which",
    "reasonably",
    "describes",
    "such",
    "records",
    "custodian",
    "search",
    "withheld",
    "exemption",
    "review",
    "office",
    "field",
    "operations",
    "enforcement",
    "secure",
    "communities",
]


def main() -> None:
    """Make the file if it is not there, measure, print."""
    options = _options()
    options.cache.mkdir(parents=True, exist_ok=True)
    path = options.cache / f"giant-{options.pages}-{SEED}.pdf"
    if not path.exists():
        started = time.perf_counter()
        write_giant(path, options.pages)
        print(f"made {path.name}: {path.stat().st_size / 1e6:.0f} MB in {time.perf_counter() - started:.0f} s")
    figures = measure(path, options.pages, options.jumps)
    figures |= {"file_mb": path.stat().st_size / 1e6, "pages": options.pages, "jumps": options.jumps}
    show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure(path: Path, pages: int, jumps: int) -> dict[str, float]:
    """Return the figures of the file at *path*."""
    numbers = [random.Random(SEED).randrange(1, pages + 1) for _ in range(jumps)]
    with WorkerPool(1) as pool:
        pool.run(page_count, (Path(__file__), "text/plain"))  # the child is up
        started = time.perf_counter()
        outcome = pool.run(page_count, (path, "application/pdf"))
        opened = time.perf_counter() - started
    if outcome.value != pages:
        raise SystemExit(f"expected {pages} pages: {outcome}")
    figures = {"open_and_count_s": opened} | _rendered(path, numbers)
    return figures | _peer(path, numbers)


def _rendered(path: Path, numbers: list[int]) -> dict[str, float]:
    with PageRenderer(children=1) as renderer:
        before = _resident_mb(os.getpid())
        started = time.perf_counter()
        renderer.render(path, "application/pdf", 1, width_px=WIDTH_PX)
        first = time.perf_counter() - started
        first_child = max(renderer.child_bytes()) / 1e6
        seconds, most_child = [], first_child
        for number in numbers:
            started = time.perf_counter()
            picture = renderer.render(path, "application/pdf", number, width_px=WIDTH_PX)
            seconds.append(time.perf_counter() - started)
            most_child = max([most_child, *(size / 1e6 for size in renderer.child_bytes())])
        return {
            "first_page_s": first,
            "page_p50_ms": 1000 * statistics.median(seconds),
            "page_p95_ms": 1000 * statistics.quantiles(seconds, n=20)[-1],
            "page_max_ms": 1000 * max(seconds),
            "picture_kb": len(picture) / 1000,
            "parent_growth_mb": _resident_mb(os.getpid()) - before,
            "child_first_mb": first_child,
            "child_growth_mb": most_child - first_child,
        }


def _peer(path: Path, numbers: list[int]) -> dict[str, float]:
    """Measure the usual way: one `pdftoppm` a page."""
    if shutil.which("pdftoppm") is None:
        return {}
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers[:40]:
            command = ["pdftoppm", "-jpeg", "-scale-to-x", str(WIDTH_PX), "-scale-to-y", "-1"]
            command += ["-f", str(number), "-l", str(number), str(path), f"{folder}/p"]
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds.append(time.perf_counter() - started)
    return {
        "pdftoppm_p50_ms": 1000 * statistics.median(seconds),
        "pdftoppm_p95_ms": 1000 * statistics.quantiles(seconds, n=20)[-1],
    }


def show(figures: dict[str, float]) -> None:
    """Print the figures as a table."""
    rows = [
        ("open and count pages", f"{1000 * figures['open_and_count_s']:.0f} ms", ""),
        ("first page, fresh process", f"{1000 * figures['first_page_s']:.0f} ms", "goal < 1,000 ms"),
        ("any page, p50", f"{figures['page_p50_ms']:.0f} ms", ""),
        ("any page, p95", f"{figures['page_p95_ms']:.0f} ms", "goal < 300 ms"),
        ("any page, slowest", f"{figures['page_max_ms']:.0f} ms", ""),
        ("parent memory growth", f"{figures['parent_growth_mb']:.1f} MB", "goal < 150 MB with the child"),
        ("child memory growth", f"{figures['child_growth_mb']:.1f} MB", f"from {figures['child_first_mb']:.0f} MB"),
    ]
    if "pdftoppm_p50_ms" in figures:
        ratio = figures["pdftoppm_p50_ms"] / figures["page_p50_ms"]
        rows.append(("pdftoppm, p50", f"{figures['pdftoppm_p50_ms']:.0f} ms", f"{ratio:.1f} times ours"))
        rows.append(("pdftoppm, p95", f"{figures['pdftoppm_p95_ms']:.0f} ms", ""))
    print(
        f"{figures['pages']:.0f} pages, {figures['file_mb']:.0f} MB, {figures['jumps']:.0f} random pages, {WIDTH_PX} px"
    )
    for name, value, note in rows:
        print(f"  {name:28} {value:>12}  {note}")


def write_giant(path: Path, pages: int) -> None:
    """Write the PDF at *path*: pages in one flat list, as scanners and `qpdf --empty --pages` leave them."""
    jpegs = [_jpeg(number) for number in range(TEMPLATES)]
    faxes = [_fax(number) for number in range(TEMPLATES // 3)]
    texts = [_lines(number) for number in range(TEMPLATES)]
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        writer = _Writer(file)
        font = writer.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        tree = writer.reserve()
        kids = []
        for page in range(pages):
            is_fax = page % 4 == 3
            picture = faxes[page % len(faxes)] if is_fax else _unlike(jpegs[page % TEMPLATES], page)
            image = writer.add_stream(_image_keys(is_fax), picture)
            content = writer.add_stream(b"", _content(texts[page % TEMPLATES], page))
            kids.append(
                writer.add(
                    b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
                    b"/Resources << /Font << /F1 %d 0 R >> /XObject << /I %d 0 R >> >> >>"
                    % (tree, content, font, image)
                )
            )
        listed = b" ".join(b"%d 0 R" % kid for kid in kids)
        writer.put(tree, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, listed))
        writer.close(root=writer.add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree))
    Path(file.name).rename(path)


class _Writer:
    """Writes a plain PDF 1.4 file object by object."""

    def __init__(self, file: io.BufferedWriter | tempfile._TemporaryFileWrapper[bytes]) -> None:
        self._file = file
        self._places: list[int] = []
        self._at = 0
        self._write(b"%PDF-1.4\n")

    def reserve(self) -> int:
        self._places.append(0)
        return len(self._places)

    def add(self, body: bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, keys: bytes, data: bytes) -> int:
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (keys, len(data), data))

    def put(self, number: int, body: bytes) -> None:
        self._places[number - 1] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def close(self, *, root: int) -> None:
        start = self._at
        entries = b"".join(b"%010d 00000 n \n" % place for place in self._places)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(self._places) + 1, entries))
        self._write(
            b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(self._places) + 1, root, start)
        )

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


def _lines(number: int) -> list[str]:
    chance = random.Random(f"{SEED} lines {number}")
    return [" ".join(chance.choice(WORDS) for _ in range(chance.randrange(5, 10))) for _ in range(LINES)]


def _page_picture(number: int, dpi: int) -> Image.Image:
    picture = Image.new("L", (round(8.5 * dpi), 11 * dpi), 250)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(round(11 * dpi / 72))
    for row, line in enumerate(_lines(number)):
        draw.text((dpi, dpi * (0.8 + row * 0.295)), line, fill=20, font=font)
    return picture


def _jpeg(number: int) -> bytes:
    noise = np.random.default_rng([SEED, number])
    pixels = np.asarray(_page_picture(number, JPEG_DPI), dtype=np.int16)
    grainy = np.clip(pixels + noise.normal(0, 0.8, pixels.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grainy).save(out, "JPEG", quality=12)
    return out.getvalue()


def _fax(number: int) -> bytes:
    out = io.BytesIO()
    bilevel = _page_picture(number, G4_DPI).point(lambda value: 255 * (value > 128)).convert("1")
    bilevel.save(out, "TIFF", compression="group4", tiffinfo={278: 11 * G4_DPI})
    with Image.open(io.BytesIO(out.getvalue())) as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return out.getvalue()[start : start + length]


def _unlike(jpeg: bytes, page: int) -> bytes:
    """Return *jpeg* with a comment of its own."""
    note = hashlib.sha256(b"%d" % page).digest()
    return jpeg[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + jpeg[2:]


def _image_keys(is_fax: bool) -> bytes:
    if is_fax:
        width, height = round(8.5 * G4_DPI), 11 * G4_DPI
        return (
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
            b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 true >>"
            % (width, height, width, height)
        )
    return (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /DCTDecode" % (round(8.5 * JPEG_DPI), 11 * JPEG_DPI)
    )


def _content(lines: list[str], page: int) -> bytes:
    parts = [b"q 612 0 0 792 0 0 cm /I Do Q BT 3 Tr /F1 11 Tf 72 724 Td 21.24 TL"]
    parts += [b"(%s) '" % line.encode("ascii") for line in lines]
    parts.append(b"ET BT 0 Tr /F1 10 Tf 460 24 Td (GIANT %07d) Tj ET" % (page + 1))
    return b"\n".join(parts)


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=SEED)
    parser.add_argument("--jumps", type=int, default=200)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vaughn-bench")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
