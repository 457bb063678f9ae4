"""What commands print: tables and plain lines on standard output, progress on standard error, or JSON alone.

Without a terminal there are no colours, no boxes that need one, and one line a step instead of a moving bar.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaughn.model import LedgerLine
    from vaughn.work import Pace

# Tables are never narrower without a terminal: a log file has no edge.
_PLAIN_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; numbers stand on the right."""

    title: str
    is_number: bool = False
    wraps: bool = True


def print_json(value: Any) -> None:
    """Print *value* as JSON in UTF-8, whatever the terminal's code page."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode("utf-8", "surrogatepass"))
    buffer.flush()


def print_line(text: str = "") -> None:
    """Print one line as it is: no markup is read in it."""
    _console().print(printable(text), markup=False, highlight=False, soft_wrap=True)


def print_table(title: str, columns: Sequence[Column], rows: Sequence[Sequence[str | int]]) -> None:
    """Print a table; empty tables print their title and "none"."""
    if not rows:
        print_line(f"{title}: none")
        return
    from rich.box import ASCII, SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    console = _console()
    plain = not console.is_terminal or console.options.ascii_only
    table = Table(title=Text(title), title_justify="left", box=ASCII if plain else SIMPLE_HEAD)
    for column in columns:
        table.add_column(
            column.title, justify="right" if column.is_number else "left", no_wrap=not column.wraps, overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(f"{cell:,}" if isinstance(cell, int) else printable(cell)) for cell in row))
    console.print(table)


def print_ledger(lines: Sequence[LedgerLine]) -> None:
    """Print a production's ledger: what came in, what became of it, and whether that adds up."""
    rows = [
        (
            line.subject,
            line.expected,
            " + ".join(f"{count:,} {name}" for name, count in line.parts) or "0",
            "yes" if line.balances else "NO",
        )
        for line in lines
    ]
    print_table(
        "Ledger", (Column("What came in"), Column("count", is_number=True), Column("= became"), Column("adds up")), rows
    )


def printable(text: str) -> str:
    """Return *text* without control characters: a file name must not steer the terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Hand out a function that shows (step, done, total) on standard error.

    Args:
        quiet: Show nothing, e.g. because JSON was asked for.
    """
    if quiet:
        yield _ignore
    elif sys.stderr.isatty():
        with _moving_bar() as show:
            yield show
    else:
        yield _StepLines()


def _ignore(_step: str, _done: int, _total: int) -> None:
    return None


class _StepLines:
    """One line when a step begins."""

    def __init__(self) -> None:
        self._step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._step = step
            sys.stderr.write(f"{printable(step)}{f' ({total:,})' if total else ''}\n")
            sys.stderr.flush()


class StepPace:
    """Tells how fast a step goes and how long it takes; begins anew with each step.

    Args:
        clock: Gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._step = ""
        self._pace: Pace | None = None

    def words(self, step: str, done: int, total: int) -> str:
        """Return what can be said, nothing if that is nothing."""
        from vaughn.work import Amount, Pace

        if step != self._step or self._pace is None:
            self._step, self._pace = step, Pace()
        self._pace = self._pace.after(self._clock(), Amount(step, done, total or None))
        estimate = self._pace.estimate()
        rate = estimate.per_second.get(step, 0.0)
        speed = f"{rate:,.0f} a second" if rate >= 1 else f"{rate * 60:,.0f} a minute" if rate > 0 else ""
        left = "" if total and done >= total else f"time left: {estimate.remaining}"
        return ", ".join(filter(None, (speed, left)))


@contextmanager
def _moving_bar() -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, pace="")
        paces = StepPace(time.monotonic)

        def show(step: str, done: int, total: int) -> None:
            pace = paces.words(step, done, total)
            bar.update(task, description=printable(step), completed=done, total=total or None, pace=pace)

        yield show


def _console() -> Any:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH)
