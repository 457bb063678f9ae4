"""How the pictures of the workbench in README and docs are made: from the real program and the demo case.

    python tools/screenshots.py [--case FOLDER] [--all --out FOLDER]

Makes the demo case if it is not there, opens the workbench without a browser, and photographs its
screens with Chromium; with --all every screen, light and dark, to look at.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "img"
SIZE: Any = {"width": 1360, "height": 850}
# Name of the picture -> where it is taken. {document} is the id of a document with hits.
SCREENS = {
    "workbench": "/d/{document}?q={query}",
    "productions": "/productions",
    "findings": "/findings",
    "documents": "/documents",
    "search": "/search?q={query}",
}
# Those that README and the documentation show.
SHOWN = ("workbench", "documents")
QUERY = '"chris stevens" mission'
# A page that shows stamps, redactions and hits at once.
BATES = "STATE-SCB0045017"


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", type=Path, help="demo case to use; a temporary one if not given")
    parser.add_argument("--out", type=Path, default=IMAGES)
    parser.add_argument("--all", action="store_true", help="every screen, in both themes")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = options.case or Path(folder) / "demo"
        vaughn = [sys.executable, "-m", "vaughn"]
        subprocess.run([*vaughn, "demo", str(case), "--only-make"], check=True)
        with served([*vaughn, "open", str(case), "--no-browser"]) as link:
            photograph(link, options.out, everything=options.all)


@contextmanager
def served(command: list[str]) -> Iterator[str]:
    """Run the workbench and hand out its one-time link."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout or ():
            if found := re.search(r"http://\S+", line):
                yield found[0]
                return
        raise SystemExit("The workbench did not start.")
    finally:
        process.terminate()
        process.wait()


def photograph(link: str, out: Path, *, everything: bool) -> None:
    """Open the link in Chromium and save one picture a screen (and theme)."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("Chromium is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(link)
        page.wait_for_load_state("load")
        home = re.match(r"http://[^/]+", page.url)
        if home is None:
            raise SystemExit(f"Not an address: {page.url}")
        found = page.request.get(f"{home[0]}/api/bates", params={"number": BATES}).json()
        words = {"document": found["matches"][0]["document_id"], "query": QUERY.replace('"', "%22").replace(" ", "+")}
        for theme in ("light", "dark") if everything else ("light",):
            page.emulate_media(color_scheme=theme)
            for name, path in SCREENS.items():
                if not everything and name not in SHOWN:
                    continue
                page.goto(home[0] + path.format_map(words))
                page.wait_for_load_state("load")
                page.wait_for_timeout(1500)
                page.screenshot(path=out / (f"{name}.png" if theme == "light" else f"{name}-dark.png"))
        browser.close()


if __name__ == "__main__":
    main()
