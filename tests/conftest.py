"""What holds for every test: nothing leaves this machine."""

from __future__ import annotations

import ipaddress
import socket

import pytest

_connect = socket.socket.connect


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
