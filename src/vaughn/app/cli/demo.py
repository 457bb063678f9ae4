"""`vaughn demo`: real public records to try everything on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from vaughn.app.cli.console import print_line, progress
from vaughn.app.cli.open import open_workbench
from vaughn.app.cli.options import Host, NoBrowser, Port

_CAPTION = "Demo: State Department e-mail and D.C. pharmacies"
# How many `build_demo` makes; known before it is run, because running it takes seconds.
_PRODUCTIONS = 3
_EXAMPLE = "ndlon"


def demo(
    case: Annotated[
        Path | None,
        typer.Argument(
            metavar="[ndlon | CASE]",
            help="ndlon: the example lawsuit, NDLON v. ICE. Anything else: folder for the demo case, "
            "./vaughn-demo if not given.",
        ),
    ] = None,
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--case",
            metavar="DIR",
            help="Folder for the case; ./vaughn-demo, or ./vaughn-ndlon for the example lawsuit.",
        ),
    ] = None,
    port: Port = 0,
    host: Host = "127.0.0.1",
    no_browser: NoBrowser = False,
    only_make: Annotated[
        bool, typer.Option("--only-make", "--no-open", help="Make the case and do not open it.")
    ] = False,
    files: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Only write the productions into this folder, as agencies hand them over."),
    ] = None,
) -> None:
    """Make the demo case, three real productions, and open it in the workbench. A second time it is only opened.

    `vaughn demo ndlon` makes the example lawsuit instead: docket, orders, productions and who says so.

    Example: vaughn demo
    """
    if files is not None:
        write_productions(files.expanduser())
        return
    if case == Path(_EXAMPLE):
        path = (folder or Path("vaughn-ndlon")).expanduser()
        make_example(path)
    else:
        path = _one_folder(case, folder).expanduser()
        make_demo(path)
    if only_make:
        print_line(f"The demo case is in {path}. Open it with: vaughn open {path}")
        return
    open_workbench(path, host=host, port=port, browser=not no_browser)


def _one_folder(argument: Path | None, option: Path | None) -> Path:
    if argument is not None and option is not None:
        from vaughn.model import UsageError

        raise UsageError("The folder of the demo case is named twice.", hint="Leave out CASE or --case.")
    return argument or option or Path("vaughn-demo")


def write_productions(folder: Path) -> None:
    """Write the demo productions into *folder* and say how to load them.

    Raises:
        InputError: If the folder holds something already.
    """
    from vaughn.app.demo import build_demo
    from vaughn.model import InputError

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} is not empty.", hint="Name a folder that does not exist; nothing is overwritten.")
    for made in build_demo(folder):
        agency = f'"{made.agency}"' if " " in made.agency else made.agency
        print_line(f"vaughn receive CASE {made.path} --agency {agency} --released {made.released_on.isoformat()}")


def make_demo(path: Path) -> None:
    """Make the demo case at *path*, or go on where making it was stopped; nothing is done if it is whole."""
    from vaughn.app.demo import build_demo
    from vaughn.app.opening import actor
    from vaughn.app.receiving import Handover, receive_handover
    from vaughn.model import Case, ProductionState
    from vaughn.store import CaseFile

    if not (path / "case.db").exists():
        CaseFile.create(path, Case(_CAPTION), actor=actor("vaughn demo")).close()
    with (
        tempfile.TemporaryDirectory(prefix="vaughn-demo-") as folder,
        CaseFile.open(path, write=True, actor=actor("vaughn demo")) as opened,
        progress() as show,
    ):
        whole = [known.name for known in opened.productions() if known.state is ProductionState.LOADED]
        if len(whole) == _PRODUCTIONS:
            return
        print_line("Making the demo case from public records ...")
        for made in build_demo(Path(folder)):
            handover = Handover(made.path, made.agency, made.released_on, name=made.name)
            result = receive_handover(opened, handover, show)
            found = result.findings
            print_line(
                f"{result.name}: {result.documents:,} documents, {result.pages:,} pages; "
                f"{found.error:,} errors, {found.warning:,} warnings, {found.note:,} notes."
            )


def make_example(path: Path) -> None:
    """Make the example lawsuit at *path*; nothing is done if it is there.

    Raises:
        InputError: If another case is there.
    """
    from vaughn.app.demo import EXAMPLE_CASE, enter_example, example_is_entered
    from vaughn.app.opening import actor
    from vaughn.model import InputError
    from vaughn.store import CaseFile

    if not (path / "case.db").exists():
        CaseFile.create(path, EXAMPLE_CASE, actor=actor("vaughn demo")).close()
    with CaseFile.open(path, write=True, actor=actor("vaughn demo")) as opened:
        if example_is_entered(opened):
            return
        if opened.case() != EXAMPLE_CASE:
            raise InputError(
                f"{path} holds another case.", hint="Name a folder that does not exist: vaughn demo ndlon --case DIR"
            )
        added = enter_example(opened)
        entities, sources = opened.entities(), opened.sources()
    print_line(
        f"The example lawsuit: {added:,} statements about {len(entities):,} parties, papers, orders, releases and "
        f"other things, from {len(sources):,} sources."
    )
