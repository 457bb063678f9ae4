"""`vaughn group`: copies, similar documents and pages, and threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vaughn.app.cli.console import Column, print_json, print_line, print_table, progress
from vaughn.app.cli.options import AsJson, CasePath, Wait
from vaughn.model import GroupKind, GroupScope

if TYPE_CHECKING:
    from vaughn.collect import Grouped
    from vaughn.store import CaseFile


def group(
    case: CasePath,
    *,
    scope: Annotated[
        GroupScope, typer.Option(help="Look for copies in the whole case, or among each custodian's documents alone.")
    ] = GroupScope.GLOBAL,
    near: Annotated[bool, typer.Option(help="Look for similar documents and pages too.")] = True,
    undo: Annotated[
        GroupKind | None, typer.Option(metavar="KIND", help="Take groups of a kind back instead; see the reference.")
    ] = None,
    wait: Wait = 0.0,
    as_json: AsJson = False,
) -> None:
    """Find copies, similar documents and pages, and threads in the whole case; or take them back.

    Example: vaughn group ndlon --scope custodian
    """
    from vaughn.app.opening import open_to_write
    from vaughn.collect import group_documents, undo_groups
    from vaughn.work import give_memory_back

    give_memory_back()
    with (
        open_to_write(case.expanduser(), "vaughn group", wait_seconds=wait) as opened,
        progress(quiet=as_json) as show,
    ):
        if undo is not None:
            undo_groups(opened, undo)
            grouped = None
        else:
            grouped = group_documents(opened, scope=scope, near=near, progress=show)
        if undo in {None, GroupKind.DUPLICATE}:
            _bring_index_up_to_date(opened)
    if grouped is None:
        _tell_undone(undo, as_json=as_json)
    else:
        _tell(grouped, as_json=as_json)


def _bring_index_up_to_date(opened: CaseFile) -> None:
    """Copies are not searched; what is no copy any more is."""
    from vaughn.fulltext import TextIndex, catch_up

    catch_up(opened, TextIndex(opened.fulltext))


def _tell_undone(kind: GroupKind | None, *, as_json: bool) -> None:
    named = "" if kind is None else kind.value
    if as_json:
        print_json({"undone": named})
    else:
        print_line(f"Groups of the kind {named} were taken back.")


def _tell(grouped: Grouped, *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        print_json(asdict(grouped))
        return
    rows: list[tuple[str, int, int]] = [
        ("copies of each other", grouped.duplicate_groups, grouped.duplicate_groups + grouped.copies),
        ("threads", grouped.threads, grouped.messages_in_threads),
    ]
    if grouped.document_groups is not None and grouped.similar_documents is not None:
        rows.append(("similar documents", grouped.document_groups, grouped.similar_documents))
    if grouped.page_groups is not None and grouped.similar_pages is not None:
        rows.append(("similar pages", grouped.page_groups, grouped.similar_pages))
    columns = (Column("what"), Column("groups", is_number=True), Column("in them", is_number=True))
    print_table("Groups", columns, rows)
    print_line(
        f"{grouped.copies:,} copies do not count any more. All that {grouped.contained:,} messages say stands in later "
        f"ones. {grouped.missing:,} messages are named or quoted and are not there."
    )
