"""Office files drawn by LibreOffice: one that cannot be drawn spoils nothing else."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from vaughn.work import renditions
from vaughn.work.renditions import OfficeFile, office_program, render_office_files, suffix_for
from vaughn.work.renditions import office as office_room
from vaughn.work.renditions.program import conversion, write_profile

RTF = "application/rtf"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")

# Stands for LibreOffice, which few test machines have: draws what says so, hangs or dies on what says that.
_STAND_IN = """#!{python} -IS
import pathlib, sys, time
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
for name in sys.argv[sys.argv.index("--outdir") + 2:]:
    path = pathlib.Path(name)
    said = path.read_text()
    if said.startswith("hang"):
        time.sleep(60)
    if said.startswith("die"):
        sys.exit(3)
    if said.startswith("part"):
        (out / (path.stem + ".pdf")).write_bytes(b"%PDF-")
        continue
    (out / (path.stem + ".pdf")).write_bytes(b"%PDF-1.7 " + said.encode() + b" " * 200)
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text(_STAND_IN.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office_room, "office_program", lambda: program)
    monkeypatch.setattr(office_room, "conversion", lambda program, files, *, folder, cpu_seconds: [
        str(program), "--outdir", str(folder / "out"), *map(str, files)
    ])  # fmt: skip
    return program


def _file(folder: Path, name: str, text: str, media_type: str = RTF) -> OfficeFile:
    path = folder / name
    path.write_text(text)
    return OfficeFile(path, media_type)


@pytest.mark.usefixtures("stand_in")
def test_files_of_one_name_do_not_overwrite_each_other(tmp_path):
    """letter.rtf and letter.odt both become letter.pdf, so inputs go by the hash of their bytes."""
    files = [_file(tmp_path, "letter.rtf", "one"), _file(tmp_path, "letter.odt", "two")]
    drawn = list(render_office_files(files, tmp_path / "out"))
    assert [made.pdf.read_bytes()[9:12] for made in drawn if made.pdf] == [b"one", b"two"]


@pytest.mark.usefixtures("stand_in")
def test_a_file_that_breaks_the_program_costs_only_itself(tmp_path):
    """The rest of its batch is drawn alone, and the file says why it was not."""
    files = [_file(tmp_path, f"{number}.rtf", text) for number, text in enumerate(("die", "good", "part", "better"))]
    drawn = list(render_office_files(files, tmp_path / "out"))
    assert [made.pdf is not None for made in drawn] == [False, True, False, True]
    assert drawn[0].failure is not None
    assert drawn[2].failure is not None


@pytest.mark.usefixtures("stand_in")
def test_a_file_that_hangs_is_stopped_by_the_clock(tmp_path, monkeypatch):
    """A spreadsheet of a million cross references must not hold up the case for ever."""
    monkeypatch.setattr(office_room, "_START_SECONDS", 0.5)
    (drawn,) = render_office_files([_file(tmp_path, "a.rtf", "hang")], tmp_path / "out", seconds_per_file=0.0)
    assert drawn.failure is not None
    assert "longer" in drawn.failure.reason


def test_without_the_program_every_file_says_so(tmp_path, monkeypatch):
    """The screen tells what to install instead of a broken picture."""
    monkeypatch.setattr(office_room, "office_program", lambda: None)
    (drawn,) = render_office_files([_file(tmp_path, "a.rtf", "x")], tmp_path / "out")
    assert drawn.failure is not None
    assert drawn.failure.hint == "Install LibreOffice."


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("media_type", ["text/html", "application/pdf", "application/zip"])
def test_other_types_are_not_given_to_the_program(tmp_path, media_type):
    """HTML would be a way to make it look for remote pictures, and has a view of its own."""
    assert suffix_for(media_type) is None
    (drawn,) = render_office_files([_file(tmp_path, "a.rtf", "x", media_type)], tmp_path / "out")
    assert drawn.pdf is None


def test_the_profile_runs_no_macro_and_follows_no_link(tmp_path):
    """LibreOffice reads it before it opens anything."""
    write_profile(tmp_path / "profile")
    said = (tmp_path / "profile/user/registrymodifications.xcu").read_text()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in said
    assert said.count("<item ") == said.count("</item>") >= 6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")
def test_the_program_is_held_to_its_processor_time(tmp_path):
    """The wall clock alone would let a busy file burn a processor for minutes."""
    program = tmp_path / "spin"
    program.write_text("#!/bin/sh\nwhile :; do :; done\n")
    program.chmod(0o755)
    command = conversion(program, [], folder=tmp_path, cpu_seconds=1)
    command[command.index(str(program))] = str(program)
    assert subprocess.run(command, timeout=30, check=False).returncode != 0


@pytest.mark.slow
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed: apt-get install libreoffice-nogui")
def test_libreoffice_draws_a_letter(tmp_path):
    """The real program, fenced as it is in use."""
    files = [_file(tmp_path, "a.rtf", r"{\rtf1 Hello \b world}"), _file(tmp_path, "b.rtf", "no rtf at all")]
    drawn = list(render_office_files(files, tmp_path / "out"))
    assert drawn[0].pdf is not None
    assert renditions.office_version()
