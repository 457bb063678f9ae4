from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaughn.formats.pages import ArchiveLimits, FileRefused, open_archive

CORPUS = Path(__file__).parents[1] / "corpus" / "archives"


def _read(archive):
    """Return what can be unpacked: path -> bytes, or the code of the refusal."""
    found = {}
    for member in archive.members():
        try:
            found[member.path] = member.stream.read()
        except FileRefused as refused:
            found[member.path] = refused.code
    return found


def _codes(archive):
    return sorted(finding.code for finding in archive.findings)


def _zip(path, *members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_members_come_with_their_bytes(tmp_path):
    """What is in comes out, folders aside."""
    path = _zip(tmp_path / "a.zip", ("IMAGES/", b""), ("IMAGES/001.tif", b"II*"), ("DATA\\load.dat", b"rows"))
    archive = open_archive(path, name="a.zip")
    assert _read(archive) == {"IMAGES/001.tif": b"II*", "DATA/load.dat": b"rows"}
    assert archive.findings == []


def test_names_that_lead_out_are_refused():
    """A member called ../../x would be written where nobody looks."""
    archive = open_archive(CORPUS / "zip-slip.zip", name="z.zip")
    assert list(_read(archive)) == ["ok.txt"]
    assert _codes(archive) == ["FL010"] * 3


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/x", "C:\\x", "c:/x", "..\\x", "a/..", "\\\\host\\x", "."])
def test_every_way_out_is_closed(tmp_path, name):
    """Windows and POSIX name places in many ways."""
    archive = open_archive(_zip(tmp_path / "a.zip", (name, b"x"), ("ok", b"y")), name="a.zip")
    assert list(_read(archive)) == ["ok"]
    assert _codes(archive) == ["FL010"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("ab./\\:~ "), max_size=8), max_size=6))
def test_no_name_yields_a_path_that_climbs(tmp_path, names):
    """Names are data: what comes out is always below the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(zipfile.ZipInfo(f"{name}{number}"), b"x")
    path = tmp_path / "a.zip"
    path.write_bytes(out.getvalue())
    for found in _read(open_archive(path, name="a.zip")):
        assert not found.startswith("/")
        assert ".." not in found.split("/")


def test_links_are_not_followed(tmp_path):
    """A link to /etc/passwd is no record."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    archive = open_archive(path, name="a.zip")
    assert _read(archive) == {}
    assert _codes(archive) == ["FL009"]


def test_a_locked_member_asks_for_its_password(tmp_path):
    """The others are unpacked."""
    path = _zip(tmp_path / "a.zip", ("locked", b"x"), ("open", b"y"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    archive = open_archive(path, name="a.zip")
    assert _read(archive) == {"open": b"y"}
    assert _codes(archive) == ["FL012"]


def test_a_damaged_member_does_not_take_the_others():
    """One bad stream in a volume is one finding."""
    found = _read(open_archive(CORPUS / "bad-deflate-stream.zip", name="b.zip"))
    assert (found["a.txt"], len(found["b.txt"])) == ("FL006", 5000)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"], ids=["empty", "head", "other"])
def test_what_is_no_zip_is_refused(tmp_path, data):
    """Said once, for the archive."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(FileRefused, match="cut off or broken"):
        _read(open_archive(path, name="a.zip"))


def test_a_cut_off_archive_gives_what_is_left_of_it():
    """Its directory stood at the end and is gone; each member has a header of its own."""
    archive = open_archive(CORPUS / "truncated.zip", name="t.zip")
    found = _read(archive)
    assert any(isinstance(data, bytes) for data in found.values())
    assert _codes(archive) == ["IN022"]


def test_a_name_that_stands_twice_keeps_both_files():
    """Never drop a file silently."""
    archive = open_archive(CORPUS / "duplicate-names.zip", name="d.zip")
    assert sorted(_read(archive)) == ["A.TXT", "a.txt", "a~2.txt"]
    assert _codes(archive) == ["FL014"]


def test_a_bomb_is_stopped_by_what_it_unpacks_not_by_what_it_claims(tmp_path):
    """Two hundred megabytes of zeros fit in two hundred kilobytes."""
    archive = open_archive(_zip(tmp_path / "a.zip", ("zeros", b"\0" * 40_000_000), ("ok", b"y")), name="a.zip")
    assert _read(archive)["zeros"] == "FL011"


def test_a_bomb_of_archives_is_stopped_for_all_of_them_together():
    """Each of the ten is harmless alone."""
    archive = open_archive(CORPUS / "bomb-nested-10x20MB.zip", name="b.zip")
    found = _read(archive)
    assert sum(len(data) for data in found.values() if isinstance(data, bytes)) < 20_000_000
    assert "FL011" in _codes(archive)


def test_archives_inside_are_opened_down_to_the_limit():
    """Exports wrap zips in zips; endless wrapping is an attack."""
    archive = open_archive(CORPUS / "nested-6-levels.zip", name="n.zip", limits=ArchiveLimits(depth=3))
    found = _read(archive)
    assert "level1.zip/level2.zip/note3.txt" in found
    assert not any("level3.zip/" in path for path in found)
    assert _codes(archive) == ["IN023"]


@pytest.mark.parametrize(
    "limits",
    [ArchiveLimits(members=2), ArchiveLimits(total_bytes=150), ArchiveLimits(seconds=-1.0)],
    ids=["members", "bytes", "seconds"],
)
def test_each_limit_ends_the_archive_with_one_finding(tmp_path, limits):
    """The rest is counted, not dropped silently."""
    path = _zip(tmp_path / "a.zip", *((f"{n}.txt", bytes([n]) * 100) for n in range(9)))
    archive = open_archive(path, name="a.zip", limits=limits)
    unpacked = sum(isinstance(data, bytes) for data in _read(archive).values())
    (stop,) = (finding for finding in archive.findings if finding.code == "FL011")
    assert unpacked + stop.count in {9, 8}


def test_names_in_the_old_code_page_and_in_utf8_are_read():
    """Both are in one archive when two programs made it."""
    found = _read(open_archive(CORPUS / "zip_cp437_header.zip", name="z.zip"))
    assert "filename_with_æoå.txt" in found


def test_an_empty_archive_has_no_members():
    """Nothing is wrong with it."""
    archive = open_archive(CORPUS / "empty.zip", name="e.zip")
    assert (_read(archive), archive.findings) == ({}, [])
