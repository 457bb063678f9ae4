"""`vaughn open`, and `vaughn` alone: the workbench in the browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vaughn.app.cli.console import print_line
from vaughn.app.cli.options import CasePath, Host, NoBrowser, Port

_LOOPBACK = "127.0.0.1"


def open_case(case: CasePath, port: Port = 0, host: Host = _LOOPBACK, no_browser: NoBrowser = False) -> None:
    """Open a case in the workbench, in the browser; runs until Ctrl+C.

    Example: vaughn open ndlon
    """
    open_workbench(case.expanduser(), host=host, port=port, browser=not no_browser)


def open_workbench(case: Path | None = None, *, host: str = _LOOPBACK, port: int = 0, browser: bool = True) -> None:
    """Serve the workbench until the process is stopped; on its start screen if no case is given.

    The browser is left alone if the environment has `VAUGHN_NO_BROWSER`.
    """
    from vaughn.app.api import listen, serve

    browser = browser and not os.environ.get("VAUGHN_NO_BROWSER")
    serve(listen(host, port), case=case, announce=_announce, browser=browser)


def _announce(link: str) -> None:
    print_line(f"The workbench is open at {link}")
    print_line("The link works once, on this computer. Stop with Ctrl+C.")
    sys.stdout.flush()
