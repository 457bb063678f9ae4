"""How long it takes from nothing to the first search: `make demo` in a fresh clone of the last commit.

    python bench/demo.py [--json bench/results/demo.json]

Packages come from the installers' caches if they are there. The peer is the second start, when the
case exists and only has to be opened.
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 60.0
QUERY = '"chris stevens" mission'


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "vaughn"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = seconds_to_search(clone)
        second = seconds_to_search(clone)
    result = {
        "runs": [
            {"run": "fresh clone", **first, "within_limit": first["first_search_seconds"] <= LIMIT_SECONDS},
            {"run": "second start", **second, "within_limit": True},
        ],
        "ratio": first["first_search_seconds"] / second["first_search_seconds"],
    }
    print(f"{'run':14}{'opened (s)':>12}{'first search (s)':>18}{'documents':>11}")
    for run in result["runs"]:
        print(
            f"{run['run']:14}{run['opened_seconds']:12.1f}{run['first_search_seconds']:18.1f}{run['documents_found']:11}"
        )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def seconds_to_search(clone: Path) -> dict[str, float]:
    """Run `make demo` until its workbench answers a search; return the seconds."""
    environment = {**os.environ, "DEMO_OPTIONS": "--no-browser", "PYTHONUNBUFFERED": "1"}
    started = time.perf_counter()
    # A process group of its own, so that make, its shell and the server end together.
    with subprocess.Popen(
        ["make", "demo"], cwd=clone, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        try:
            link = next(found[0] for line in running.stdout or () if (found := re.search(r"http://127\S+", line)))
            opened = time.perf_counter() - started
            found = search(link)
            return {
                "opened_seconds": opened,
                "first_search_seconds": time.perf_counter() - started,
                "documents_found": found,
            }
        finally:
            os.killpg(running.pid, 15)


def search(link: str) -> int:
    """Open the workbench as a browser would and search; return how many documents were found."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    opener.open(link).read()
    home = re.match(r"http://[^/]+", link)
    if home is None:
        raise SystemExit(f"Not a link: {link}")
    answer = opener.open(f"{home[0]}/api/search?{urllib.parse.urlencode({'q': QUERY})}")
    return int(json.load(answer)["total_documents"])


if __name__ == "__main__":
    main()
