"""What the house rules look at: every Python module of the program and of its tests, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "vaughn"
STAGES = {"request", "collect", "review", "redact", "produce", "receive", "lawsuit", "publish"}


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed file; `name` is the dotted name, for tests the path with dots."""

    path: Path
    name: str
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def room(self) -> str:
        """The first part below `vaughn`, or nothing for the few modules that stand above the rooms."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


@cache
def program() -> tuple[Module, ...]:
    """Return every module below src/vaughn."""
    return tuple(_modules(SRC, ROOT / "src"))


@cache
def own_tests() -> tuple[Module, ...]:
    """Return every module below tests."""
    return tuple(_modules(ROOT / "tests", ROOT))


def _modules(folder: Path, base: Path) -> Iterator[Module]:
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(base).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        yield Module(path, name, text, ast.parse(text))


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of *module*."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(module: Module) -> Iterator[tuple[str, str | None, int]]:
    """Yield (module, name or nothing, line) for every import of *module*, relative ones made absolute."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, None, node.lineno
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield "." * node.level + (node.module or ""), alias.name, node.lineno
