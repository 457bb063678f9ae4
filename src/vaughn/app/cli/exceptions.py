"""`vaughn exceptions`: what did not come in, why, what to try; and trying again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table, progress
from vaughn.app.cli.options import AsJson, CasePath, Passwords, Wait

if TYPE_CHECKING:
    from vaughn.collect import ExceptionRow, TakenIn

_ERRORS = 1


def exceptions(
    case: CasePath,
    *,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Name of the taking in; all of them if not given.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Read once more what failed.")] = False,
    reason: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="With --retry: only what failed for this reason, e.g. FL012; repeatable."),
    ] = None,
    passwords: Passwords = None,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write ledger and exceptions into this workbook.")
    ] = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """List what did not come in, or not whole, with the reason and what to try; --retry tries it again.

    Example: vaughn exceptions ndlon --retry --reason FL012 --passwords passwords.txt
    """
    from vaughn.app.opening import now, open_to_read, open_to_write
    from vaughn.app.taking import passwords_of, read_again, receipts_xlsx, takings
    from vaughn.collect import exceptions as exceptions_of

    place = case.expanduser()
    if retry:
        with (
            open_to_write(place, "vaughn exceptions", wait_seconds=wait) as opened,
            progress(quiet=as_json) as show,
        ):
            for number in takings(opened, name):
                words = passwords_of(passwords)
                _tell(read_again(opened, number, reasons=reason or (), passwords=words, progress=show), quiet=as_json)
    with open_to_read(place, "vaughn exceptions") as opened:
        numbers = takings(opened, name)
        rows = [row for number in numbers for row in exceptions_of(opened, number)]
        if xlsx is not None:
            receipts_xlsx(opened, numbers, xlsx.expanduser(), made_at=now())
    if as_json:
        print_json({"exceptions": [exception_as_json(row) for row in rows]})
    else:
        _print_rows(rows)
    if any(row.severity.value == "error" for row in rows):
        raise typer.Exit(_ERRORS)


def _tell(taken: TakenIn, *, quiet: bool) -> None:
    if not quiet:
        print_line(f"{taken.name}: {taken.documents:,} documents, {taken.pages:,} pages, {taken.files:,} files.")


def _print_rows(rows: list[ExceptionRow]) -> None:
    columns = (
        Column("file"),
        Column("code", wraps=False),
        Column("what is wrong"),
        Column("tries", is_number=True),
        Column("what to try"),
    )
    cells = [(row.path, row.code, row.message, row.attempts, row.cure) for row in rows]
    print_table("Exceptions", columns, cells)
    errors = sum(row.severity.value == "error" for row in rows)
    print_line(f"{errors:,} did not come in, or not whole; {len(rows) - errors:,} to be looked at.")


def exception_as_json(row: ExceptionRow) -> dict[str, object]:
    """Return one exception for `--json`."""
    return {
        "path": row.path,
        "file_id": row.file_id,
        "document_id": row.document_id,
        "media_type": row.media_type,
        "size_bytes": row.size_bytes,
        "fate": row.fate.value if row.fate else None,
        "severity": row.severity.value,
        "code": row.code,
        "title": row.title,
        "message": row.message,
        "cure": row.cure,
        "attempts": row.attempts,
        "can_retry": row.can_retry,
        "count": row.count,
    }
