"""Starting the workbench: one port of this machine, one link that opens it once."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from vaughn.app.api.application import application
from vaughn.app.api.sessions import Sessions
from vaughn.app.api.workbench import Workbench
from vaughn.model import StateError, UsageError
from vaughn.work import give_memory_back

_STOP_SECONDS = 2  # A picture that is being drawn may be finished.


@dataclass(frozen=True, slots=True)
class Listening:
    """A port that is bound and not yet served."""

    socket: socket.socket
    host: str
    port: int

    def url(self, token: str, path: str = "/") -> str:
        """Return the link that opens the workbench once."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{path}?token={token}"


def listen(host: str = "127.0.0.1", port: int = 0) -> Listening:
    """Bind a port of this machine; 0 takes a free one.

    Raises:
        UsageError: If *host* is not this machine alone.
        StateError: If the port is taken.
    """
    address = loopback_address(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off; otherwise every answer waits 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        # There it would let another program take the port over; elsewhere it only allows a quick restart.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((address, port))
    except OSError as error:
        bound.close()
        raise StateError(
            f"Port {port} cannot be used: {error.strerror}.", hint="Choose another with --port, or 0 for a free one."
        ) from error
    bound.listen(128)
    return Listening(bound, address, bound.getsockname()[1])


def loopback_address(host: str) -> str:
    """Return *host* as an address of this machine.

    Raises:
        UsageError: If others could reach it.
    """
    named = {"localhost": "127.0.0.1"}.get(host.lower(), host.strip("[]"))
    if named in ("127.0.0.1", "::1"):
        return named
    try:
        known = ipaddress.ip_address(named).is_loopback
    except ValueError:
        known = False
    raise UsageError(
        f"This version serves only this machine, at 127.0.0.1 or ::1, not {host}.",
        hint="Accounts and encryption for several users come in a later version."
        if not known
        else "Use 127.0.0.1 or ::1.",
    )


def serve(listening: Listening, *, case: Path | None, announce: Callable[[str], None], browser: bool) -> None:
    """Serve the workbench until the process is asked to stop.

    Args:
        case: Case to open at once.
        announce: Is told the link.
        browser: Whether to open the link in the user's browser.
    """
    give_memory_back()
    sessions = Sessions(time.monotonic)
    with Workbench() as workbench:
        if case is not None:
            workbench.open(case)
        link = listening.url(sessions.new_token())
        announce(link)
        if browser and has_screen():
            threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
        _run(application(workbench, sessions=sessions, port=listening.port), listening.socket, workbench)


def has_screen() -> bool:
    """Tell whether a browser can be opened; on a terminal alone, a text browser would take that over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run(app: ASGIApp, bound: socket.socket, workbench: Workbench) -> None:
    # No access log: addresses hold search words and Bates numbers.
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
        ws="none",
        lifespan="on",
    )
    server = uvicorn.Server(config)
    # The streams of job news never end by themselves and would hold it up.
    workbench.is_ending = lambda: server.should_exit
    server.run(sockets=[bound])
