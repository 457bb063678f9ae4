"""Containers are opened to their last level, and those built to break programs are not."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from tests.collect.piles import codes, findings, message, new_case, taken, write_pile, zipped
from vaughn.collect import Fate, TakeInOptions, account
from vaughn.collect.steps import opening
from vaughn.store import CaseFile


@pytest.fixture
def case(tmp_path: Path):
    with new_case(tmp_path) as made:
        yield made


def test_what_lies_in_an_archive_in_an_archive_comes_in(case: CaseFile, tmp_path: Path):
    """People zip what they were sent zipped."""
    pile = write_pile(
        tmp_path / "pile", {"a.zip": zipped({"b/c.zip": zipped({"d.txt": b"Tuesday"}), "e.txt": b"Friday"})}
    )
    taken(case, pile)
    assert [file.path for file in case.source_files(1)] == [
        "a.zip",
        "a.zip/b/c.zip",
        "a.zip/e.txt",
        "a.zip/b/c.zip/d.txt",
    ]
    assert [(one.name, one.expected) for one in account(case, 1).walk()] == [
        ("pile", 1),
        ("a.zip", 2),
        ("a.zip/b/c.zip", 1),
    ]


def test_a_message_in_an_archive_attached_to_a_message_is_of_its_family(case: CaseFile, tmp_path: Path):
    """The archive is no document: what is in it hangs on the message that brought it."""
    inner = zipped({"inner.txt": b"Tuesday"})
    mail = message("Report", attached=b"PLACE", name="a.zip").replace(b"\r\n\r\nPLACE", b"\r\nX: y\r\n\r\nPLACE")
    import base64

    mail = mail.replace(b"X: y", b"Content-Transfer-Encoding: base64").replace(b"PLACE", base64.b64encode(inner))
    taken(case, write_pile(tmp_path / "pile", {"a.eml": mail}))
    parent, child = case.all_documents()
    assert (child.file_name, child.parent_id, child.family_id) == ("inner.txt", parent.id, parent.id)


def test_members_that_lead_out_or_are_links_are_counted_as_refused(case: CaseFile, tmp_path: Path):
    """Member names are data, never paths; each one is named by a finding."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("../out.txt", "in.txt"):
            info = tarfile.TarInfo(name)
            info.size = 3
            archive.addfile(info, io.BytesIO(b"abc"))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    taken(case, write_pile(tmp_path / "pile", {"a.tar": packed.getvalue()}))
    (box,) = account(case, 1).children
    assert (box.expected, box.count(Fate.TAKEN_IN), box.count(Fate.REFUSED), box.balances) == (3, 1, 2, True)
    assert sorted(codes(case)) == ["FL009", "FL010"]
    assert not (tmp_path / "out.txt").exists()


def test_an_archive_that_unpacks_without_end_is_stopped(case: CaseFile, tmp_path: Path, monkeypatch):
    """The limit holds for all that comes out of one file, over all levels."""
    monkeypatch.setattr(opening, "_FREE_BYTES", 1000)
    monkeypatch.setattr(opening, "_MOST_TIMES", 1)
    inner = {f"{n}.zip": zipped({"x.bin": os.urandom(900)}) for n in range(5)}
    taken(case, write_pile(tmp_path / "pile", {"a.zip": zipped(inner), "b.txt": b"Tuesday"}))
    assert "FL011" in codes(case)
    assert account(case, 1).balances
    assert "b.txt" in [one.file_name for one in case.all_documents()]


def test_a_file_and_a_folder_of_one_name_both_come_in(case: CaseFile, tmp_path: Path):
    """No disk has that; an archive can."""
    mail = message("Report", attached=b"Attached", name="c.txt")
    taken(case, write_pile(tmp_path / "pile", {"a.zip": zipped({"b.eml": mail, "b.eml/c.txt": b"Member"})}))
    assert sorted(file.path for file in case.source_files(1)) == [
        "a.zip", "a.zip/b.eml", "a.zip/b.eml/c.txt", "a.zip/b.eml/c~2.txt",
    ]  # fmt: skip
    assert account(case, 1).balances


def test_rules_hold_inside_archives(case: CaseFile, tmp_path: Path):
    """A folder that is left out is left out of its backup too."""
    pile = write_pile(tmp_path / "pile", {"a.zip": zipped({"b.tmp": b"x", "c.txt": b"y"})})
    taken(case, pile, options=TakeInOptions(exclude=("*.tmp",)))
    (box,) = account(case, 1).children
    assert (box.count(Fate.LEFT_OUT), box.count(Fate.TAKEN_IN), box.balances) == (1, 1, True)


def test_a_damaged_archive_gives_what_it_can_and_says_so(case: CaseFile, tmp_path: Path):
    """Half a box is half a box, and nobody must take it for a whole one."""
    whole = zipped({f"{n}.txt": os.urandom(2000) for n in range(5)})
    broken = bytearray(whole)
    broken[2500:4200] = bytes(1700)
    taken(case, write_pile(tmp_path / "pile", {"a.zip": bytes(broken), "cut.zip": whole[:3000]}))
    assert account(case, 1).balances
    assert [found for found in findings(case) if found.severity.value == "error"]
