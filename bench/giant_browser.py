"""How a 7,934-page PDF behaves in a real browser: click, jump, memory.

Receives the PDF of `bench/giant_pdf.py` into a new case, starts the workbench, opens the document in Chromium by a
click in the document list and jumps to random pages by typing their numbers. Counted are the time until the page's
picture stands on the screen, the JavaScript heap after a garbage collection, and the memory of the server with all
its child processes. The peer for rendering stands in `bench/giant_pdf.py`; no other system was at hand that shows such
a file in a browser, so this half is measured against the goals alone.

    python bench/giant_browser.py [--pages 7934] [--jumps 200] [--cache FOLDER] [--chromium PATH] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from giant_pdf import write_giant
from playwright.sync_api import BrowserContext, Page, sync_playwright

SEED = 7934
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A page counts as shown when the sheet whose place on the screen is the reader's holds a decoded picture.
SHOWN = """(number) => [...document.querySelectorAll('.page-sheet')].some((sheet) => {
  const words = sheet.getAttribute('aria-label') || '';
  const picture = sheet.querySelector('img');
  const place = sheet.getBoundingClientRect();
  return new RegExp('\\\\b' + number + '\\\\b').test(words.replaceAll(',', '')) && picture && picture.complete
    && picture.naturalWidth > 0 && place.bottom > 150 && place.top < innerHeight;
})"""


def main() -> None:
    options = _options()
    pdf = options.cache / f"giant-{options.pages}-{SEED}.pdf"
    options.cache.mkdir(parents=True, exist_ok=True)
    if not pdf.exists():
        write_giant(pdf, options.pages)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        started = time.perf_counter()
        vaughn("new", str(case))
        vaughn("receive", str(case), str(pdf), "--agency", "ICE", "--released", "2011-01-17")
        figures = {
            "received_s": time.perf_counter() - started,
            "pdf_mb": pdf.stat().st_size / 1e6,
            "pages": options.pages,
        }
        with workbench(case) as (address, server):
            figures |= in_chromium(options, address, server)
    show(figures)
    if options.json:
        options.json.write_text(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1) + "\n")


def vaughn(*arguments: str) -> None:
    """Run one command; findings (exit code 1) are no failure of `receive`."""
    done = subprocess.run([sys.executable, "-m", "vaughn", *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in ((0, 1) if arguments[0] == "receive" else (0,)):
        raise SystemExit(f"vaughn {arguments[0]} ended with {done.returncode}: {done.stderr[-400:]}")


@contextmanager
def workbench(case: Path) -> Iterator[tuple[str, int]]:
    """Serve *case*; give the one-time address and the server's process id."""
    command = [sys.executable, "-u", "-m", "vaughn", "open", str(case), "--no-browser", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if found := re.search(r"http://\S+", line):
                yield found[0], server.pid
                return
        raise SystemExit("the workbench did not start")
    finally:
        server.terminate()
        server.wait(20)


def in_chromium(options: argparse.Namespace, address: str, server: int) -> dict[str, float]:
    """Open the document and jump about in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(address)
        page.goto(address.split("?", maxsplit=1)[0] + "documents")
        page.wait_for_selector("text=7,934" if options.pages == 7934 else f"text={options.pages:,}")
        before_mb = tree_mb(server)
        started = time.perf_counter()
        page.click("[role=row] a, tbody a, .row a")
        page.wait_for_function(SHOWN, arg="1", polling=10)
        first_s = time.perf_counter() - started
        heap_before = heap_mb(context, page)
        times = [
            jump(page, number) for number in random.Random(SEED).choices(range(1, options.pages + 1), k=options.jumps)
        ]
        page.wait_for_timeout(500)
        figures = {
            "first_page_s": first_s,
            "jump_p50_ms": 1000 * statistics.median(times),
            "jump_p95_ms": 1000 * sorted(times)[int(len(times) * 0.95) - 1],
            "jump_slowest_ms": 1000 * max(times),
            "heap_before_mb": heap_before,
            "heap_after_mb": heap_mb(context, page),
            "server_before_mb": before_mb,
            "server_growth_mb": tree_mb(server) - before_mb,
            "jumps": float(options.jumps),
        }
        browser.close()
    return figures


def jump(page: Page, number: int) -> float:
    """Type a page number; return the seconds until that page's picture stands on the screen."""
    box = page.locator(".page-number input")
    box.fill(str(number))
    started = time.perf_counter()
    box.press("Enter")
    page.wait_for_function(SHOWN, arg=str(number), polling=10)
    return time.perf_counter() - started


def heap_mb(context: BrowserContext, page: Page) -> float:
    """Return the JavaScript heap in use after a garbage collection."""
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return float(metrics["JSHeapUsedSize"]) / 1e6


def tree_mb(pid: int) -> float:
    """Return the resident memory of a process and all its children (Linux)."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        status = Path(f"/proc/{one}/status").read_text()
        total += int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]
        for task in Path(f"/proc/{one}/task").iterdir():
            waiting += [int(child) for child in (task / "children").read_text().split()]
    return total


def show(figures: dict[str, float]) -> None:
    print(f"{figures['pages']:,.0f} pages, {figures['pdf_mb']:.0f} MB, {figures['jumps']:.0f} random jumps in Chromium")
    rows = [
        ("received, read and indexed", "received_s", "s", ""),
        ("first page after the click", "first_page_s", "s", "goal < 1 s"),
        ("any page, p50", "jump_p50_ms", "ms", ""),
        ("any page, p95", "jump_p95_ms", "ms", "goal < 300 ms"),
        ("any page, slowest", "jump_slowest_ms", "ms", ""),
        ("browser heap before", "heap_before_mb", "MB", ""),
        ("browser heap after", "heap_after_mb", "MB", "goal < 200 MB"),
        ("server with children before", "server_before_mb", "MB", ""),
        ("server with children, growth", "server_growth_mb", "MB", "goal < 150 MB"),
    ]
    for words, name, unit, goal in rows:
        print(f"  {words:32}{figures[name]:10.2f} {unit:3} {goal}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=7934)
    parser.add_argument("--jumps", type=int, default=200)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vaughn-bench")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
