"""The program must never reach out: not on import, not while loading, not in its child processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from PIL import Image

from tests.app.scans import scanned_pile
from tests.house.source import ROOT, program

# Python runs this first in every process that inherits the path, workers included.
GUARD = """
import os, socket

def refuse(where):
    with open(os.environ["REACHED_OUT"], "a") as file:
        file.write(where + "\\n")
    raise OSError("no network in this test")

_connect = socket.socket.connect
def connect(self, address):
    if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1", "localhost")):
        refuse(f"connect {address!r}")
    return _connect(self, address)
socket.socket.connect = connect

_look_up = socket.getaddrinfo
def look_up(host, *rest, **more):
    if host not in (None, "", "localhost", "127.0.0.1", "::1", b"localhost"):
        refuse(f"look up {host!r}")
    return _look_up(host, *rest, **more)
socket.getaddrinfo = look_up
"""
VAUGHN = [sys.executable, "-m", "vaughn"]
WORK = [
    [*VAUGHN, "demo", "--files", "received"],
    [*VAUGHN, "new", "case"],
    [*VAUGHN, "receive", "case", "scans", "--agency", "DC", "--released", "2016-08-10"],
    [*VAUGHN, "check", "case", "--order", "pdf-foia", "--report", "report.pdf"],
    [*VAUGHN, "search", "case", "detainer"],
    [*VAUGHN, "export", "case", "documents.xlsx"],
    [*VAUGHN, "verify", "case"],
    [*VAUGHN, "doctor"],
]


@pytest.fixture
def scans(tmp_path):
    """A production that must be read by OCR, of whose models libraries like to fetch newer ones."""
    folder = scanned_pile(tmp_path / "scans", pages=2)
    with Image.open(folder / "scan02.png") as page:
        page.save(folder / "memo.pdf", resolution=200)
    return folder


@pytest.fixture
def guarded(tmp_path):
    """Return an environment in which every Python process notes an attempt to reach out."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    path = os.pathsep.join([str(tmp_path / "guard"), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONPATH": path, "REACHED_OUT": str(tmp_path / "reached-out")}


def tried(tmp_path):
    path = tmp_path / "reached-out"
    return path.read_text() if path.exists() else ""


def test_the_guard_notices(guarded, tmp_path):
    """A guard that sees nothing would prove nothing."""
    code = "import socket; socket.create_connection(('192.0.2.1', 9), 1)"
    assert subprocess.run([sys.executable, "-c", code], env=guarded, capture_output=True, check=False).returncode
    assert "192.0.2.1" in tried(tmp_path)


def test_no_module_reaches_out_on_import(guarded, tmp_path):
    """Some libraries ask for updates when they are loaded."""
    # The first starts the program, the second is run by Alembic, never imported.
    left_out = ("__main__", "migrations.env")
    names = [module.name for module in program() if not module.name.endswith(left_out)]
    code = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"
    subprocess.run([sys.executable, "-c", code, *names], env=guarded, check=True, timeout=120)
    assert tried(tmp_path) == ""


@pytest.mark.slow
@pytest.mark.usefixtures("scans")
def test_no_command_reaches_out(guarded, tmp_path):
    """A request may tell the other side who reads what."""
    for command in WORK:
        done = subprocess.run(command, cwd=tmp_path, env=guarded, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"
    assert tried(tmp_path) == ""


@pytest.mark.slow
@pytest.mark.usefixtures("scans")
def test_everything_works_where_there_is_no_network_at_all(tmp_path):
    """An empty network namespace has not even loopback: what still works needs none."""
    unshare = shutil.which("unshare")
    alone = [unshare, "--net"] if os.name == "posix" and os.geteuid() == 0 else [unshare, "--net", "--map-root-user"]
    if not unshare or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let us make an empty network namespace")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])}
    for command in WORK:
        done = subprocess.run(
            [*alone, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
