"""What a text worker holds while it reads 10,000 pages: at the start, at the end, at its highest.

    python bench/memory.py [--pages 10000] [--json FILE]

Data: the court and government PDF files of ``$VAUGHN_SHARED/corpus`` (default ``../shared``), one after the other,
until the pages are read, each through its reader in one child process that is never replaced.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

SHARED = Path(os.environ.get("VAUGHN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
_WORKER = """
import json, resource, sys
from pathlib import Path
from vaughn.formats.pages import FileRefused, keep_files_open
from vaughn.formats.readers import ReadingRequest, read_record
from vaughn.work import give_memory_back

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

keep_files_open(); give_memory_back()
files, wanted, pages, seen, step = [Path(one) for one in sys.argv[2:]], int(sys.argv[1]), 0, [], 500
while pages < wanted:
    for path in files:
        try:
            pages += len(read_record(path, ReadingRequest(path, "application/pdf", path.name)).pages)
        except FileRefused:
            continue
        if pages >= step:
            seen.append((pages, held()))
            step += 500
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
print(json.dumps({"pages": pages, "seen": seen, "peak_mb": peak}))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    files = [
        str(path) for folder in ("court", "gov") for path in sorted((SHARED / "corpus/pdf" / folder).glob("*.pdf"))
    ]
    command = [sys.executable, "-c", _WORKER, str(options.pages), *files]
    result = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    print(f"{result['pages']} pages of {len(files)} files")
    for pages, megabytes in result["seen"][:: max(1, len(result["seen"]) // 8)]:
        print(f"  after {pages:6} pages {megabytes:7.1f} MB")
    print(f"  peak {result['peak_mb']:.1f} MB (asked: at most 120)")
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
