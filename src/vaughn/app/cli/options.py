"""Arguments and options that several commands share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CasePath = Annotated[Path, typer.Argument(metavar="CASE", help="Folder of the case.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables; no progress is shown.")]
Order = Annotated[
    str | None,
    typer.Option(metavar="PROFILE", help="Order the production is held against: a shipped profile or a TOML file."),
]
Release = Annotated[
    str | None,
    typer.Option("--release", metavar="NAME", help="Name of the production; all productions if not given."),
]
Wait = Annotated[
    float,
    typer.Option(metavar="SECONDS", min=0, help="How long to wait while another process writes to the case."),
]
Passwords = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="File with passwords, one a line, tried on locked files; they are not stored."),
]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to serve; 0 takes a free one.")]
Host = Annotated[str, typer.Option(help="Address to serve; this version serves this machine only.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the link and do not open the browser.")]
