"""What people install must be whole, and must not need Node when the screens are in it already."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest

from hatch_build import is_stale
from tests.house.source import ROOT, SRC

pytestmark = pytest.mark.slow
MUST_HOLD = (
    "vaughn/app/static/index.html",
    "vaughn/app/demo/records.tar.xz",
    "vaughn/app/demo/README.md",
    "vaughn/py.typed",
)


def build(kind, source, out):
    """Build a wheel or a source distribution of *source* with no Node within reach."""
    without_node = os.pathsep.join(
        folder for folder in os.environ["PATH"].split(os.pathsep) if not shutil.which("node", path=folder)
    )
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)],
        cwd=source, env={**os.environ, "PATH": without_node}, check=True, capture_output=True,
    )  # fmt: skip
    return next(out.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    if is_stale(ROOT):
        pytest.skip("the screens are not built, or were changed since: run `make install`")
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def test_a_source_distribution_makes_a_whole_wheel_without_node(sdist, tmp_path):
    """`pip install` from it must work on a machine that has only Python."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    source = next((tmp_path / "source").iterdir())
    wheel = build("wheel", source, tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert [name for name in MUST_HOLD if name not in names] == []
        shipped = {
            path.relative_to(ROOT / "src").as_posix() for path in SRC.rglob("*") if path.suffix in {".py", ".toml"}
        }
        assert shipped - names == set()
        assert any(name.endswith("licenses/LICENSE") for name in names)
        assert any(name.endswith("licenses/NOTICE") for name in names)
        assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]
    assert wheel.stat().st_size < 5_000_000


def test_a_source_distribution_holds_no_installed_packages(sdist):
    """node_modules has a hundred megabytes."""
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
    assert not [name for name in names if "node_modules" in name]
    assert any(name.endswith("web/package-lock.json") for name in names)
