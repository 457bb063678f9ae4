"""`vaughn publish`: the public site of a case, or of several, as plain files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vaughn.app.cli.console import print_json, print_line, progress
from vaughn.app.cli.options import AsJson


def publish(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="CASE... OUT", help="One or more cases, then the folder the site is written to."),
    ],
    *,
    release: Annotated[
        list[str] | None,
        typer.Option("--release", metavar="NAME", help="Production whose records are shown; all for all. Can repeat."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="Where the site will stand, for the feed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write a public site: case pages, documents, pages, search, data, feed. Unchanged files are not written again.

    Only released records and what was entered as published are read; drafts, embargoed things and names to hide leave
    no trace. Several cases get an index.

    Example: vaughn publish ndlon site --release all
    """
    from contextlib import ExitStack

    from vaughn.app.opening import now, open_to_read
    from vaughn.app.publishing import PublishOrder, publish_case
    from vaughn.model import UsageError

    if len(paths) < 2:
        raise UsageError("There is no folder to write to.", hint="Write: vaughn publish CASE OUT.")
    *cases, out = paths
    order = PublishOrder(now(), tuple(release or ()), base_url)
    with ExitStack() as stack, progress(quiet=as_json) as show:
        opened = [stack.enter_context(open_to_read(case.expanduser(), "vaughn publish")) for case in cases]
        done = publish_case(opened, out.expanduser(), order, told=lambda count, of: show("documents", count, of))
    if as_json:
        print_json(
            {
                "documents": done.documents,
                "pages": done.pages,
                "written": done.written,
                "unchanged": done.unchanged,
                "removed": done.removed,
                "left_out": done.left_out,
                "withheld_images": done.withheld_images,
                "covered_names": done.covered_names,
            }
        )
        return
    print_line(f"{done.documents:,} documents, {done.pages:,} pages in {out}.")
    print_line(f"{done.written:,} files written, {done.unchanged:,} unchanged, {done.removed:,} removed.")
    if done.left_out:
        print_line(f"{done.left_out:,} drafts or embargoed things were left out.")
    if done.withheld_images:
        print_line(f"{done.withheld_images:,} page images could not be shown.")
    if done.covered_names:
        print_line(f"Names were covered {done.covered_names:,} times.")
    print_line(f"Open {out / 'index.html'} in a browser.")
