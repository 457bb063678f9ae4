"""How large an installation is and how long it takes: packages, megabytes, seconds.

Makes fresh environments outside the repository and installs the hashed requirements with uv (what
`make` does) and with pip (what README says), base and with OCR.

    python bench/install.py [--json bench/results/install.json]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"base": (60, 300.0), "ocr": (None, 700.0)}
MEGA = 1_000_000


@dataclass(frozen=True)
class Installation:
    """One environment as measured."""

    what: str
    installer: str
    packages: int
    megabytes: float
    megabytes_with_bytecode: float
    seconds: float
    within_limits: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--first-search", action="store_true", help="also time `make demo` in a copy, to its first search"
    )
    options = parser.parse_args()
    found = [measured(what, installer) for what in LIMITS for installer in ("uv", "pip")]
    print(f"{'what':6}{'installer':10}{'packages':>9}{'MB':>8}{'MB with .pyc':>14}{'seconds':>9}  within limits")
    for one in found:
        print(
            f"{one.what:6}{one.installer:10}{one.packages:9}{one.megabytes:8.0f}{one.megabytes_with_bytecode:14.0f}"
            f"{one.seconds:9.1f}  {'yes' if one.within_limits else 'NO'}"
        )
    result: dict[str, object] = {"installations": [asdict(one) for one in found]}
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measured(what: str, installer: str) -> Installation:
    """Install one set of requirements into a fresh environment and measure it."""
    requirements = ROOT / "requirements" / f"{what}.txt"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / ".venv"
        python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        uv = str(uv_program())
        started = time.perf_counter()
        if installer == "uv":
            run(uv, "venv", "--quiet", "--python", sys.executable, str(home))
            run(uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(requirements))
        else:
            run(sys.executable, "-m", "venv", str(home))
            run(str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(requirements))
        seconds = time.perf_counter() - started
        packages = sum(1 for _ in home.glob("**/*.dist-info")) - sum(1 for _ in home.glob("**/pip-*.dist-info"))
        plain = size(home, bytecode=False)
        # What the program would write if it imported every module of every package.
        subprocess.run([python, "-m", "compileall", "-q", home], capture_output=True, check=False)
        whole = size(home, bytecode=True)
    most_packages, most_megabytes = LIMITS[what]
    fits = plain <= most_megabytes and (most_packages is None or packages <= most_packages)
    return Installation(what, installer, packages, plain, whole, seconds, fits)


def size(folder: Path, *, bytecode: bool) -> float:
    """Return the megabytes (10^6 bytes) of the files below *folder*."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files if bytecode or path.suffix != ".pyc") / MEGA


def uv_program() -> Path:
    """Return the uv that `make` put into .tools."""
    found = shutil.which("uv", path=str(ROOT / ".tools" / "bin")) or shutil.which("uv")
    if not found:
        raise SystemExit("Run `make install` first: it brings uv.")
    return Path(found)


def run(*command: str) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
