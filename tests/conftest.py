"""What holds for every test: nothing leaves this machine, and those that take long come first."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
# Whole programs and browsers: begun last, one of them would hold up the end while the other processors wait.
_LONG = (ROOT / "end_to_end", ROOT / "browser")
_connect = socket.socket.connect


def pytest_collection_modifyitems(items):
    """Put the long tests first; the others stay in their order."""
    items.sort(key=lambda item: not any(item.path.is_relative_to(folder) for folder in _LONG))


def _is_here(address: object) -> bool:
    """Tell whether *address* is on this machine: a Unix socket or loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _connect_here_only(self: socket.socket, address: object) -> None:
    if not _is_here(address):
        raise AssertionError(f"a test tried to reach {address!r}")
    _connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Stop every connection to another machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _connect_here_only)
        yield
