from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.archives.samples import rar4, rar5, seven_zip
from vaughn.formats.archive_pieces import ArchiveEnd
from vaughn.formats.pages import FileRefused, Refusal, attempt, media_type
from vaughn.formats.readers import ReadingRequest, container_pieces, is_container

CORPUS = Path(__file__).parents[2] / "corpus" / "archives"
MEMBERS = {"a.txt": b"first" * 100, "d/b.bin": bytes(range(256)) * 40}
TEXT = b"some words\n" * 500
BUILT_ON = {"function_scoped_fixture": HealthCheck.function_scoped_fixture}


def _open(path, *passwords, known=frozenset()):
    """Return what comes out of the container at *path*: members, or codes of refusal; and its end."""
    kind = media_type(path, name=path.name)
    assert is_container(kind)
    found, end = {}, None
    for piece in container_pieces(ReadingRequest(path, kind, path.name, passwords), known):
        if isinstance(piece, ArchiveEnd):
            end = piece
        elif piece.code:
            found[piece.path] = piece.code
        else:
            found[piece.path] = found.get(piece.path, b"") + piece.data
    return found, end


def _codes(end):
    return [one.code for one in end.findings]


@pytest.fixture
def made(tmp_path):
    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def _tar(members, **more):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", **more) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_577_934_245
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _zip(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", _zip(MEMBERS)),
        ("a.tar", _tar(MEMBERS)),
        ("v7.tar", _tar(MEMBERS, format=tarfile.USTAR_FORMAT).replace(b"ustar\x0000", b"\0" * 8)),
        ("a.tgz", gzip.compress(_tar(MEMBERS))),
        ("a.tar.bz2", bz2.compress(_tar(MEMBERS))),
        ("a.tar.xz", lzma.compress(_tar(MEMBERS))),
        ("a.tar.zst", zstd.compress(_tar(MEMBERS))),
        ("a.7z", seven_zip(MEMBERS)),
        ("stored.7z", seven_zip(MEMBERS, method=b"\0", properties=b"", pack=bytes)),
        ("bz2.7z", seven_zip(MEMBERS, method=b"\4\2\2", properties=b"", pack=bz2.compress)),
        ("deflate.7z", seven_zip(MEMBERS, method=b"\4\1\x08", properties=b"", pack=lambda d: zlib.compress(d)[2:-4])),
        ("five.rar", rar5(MEMBERS)),
        ("four.rar", rar4(MEMBERS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_archive_gives_its_members(made, name, data):
    """What went in comes out, and the archive's own count is kept for the ledger."""
    if name == "v7.tar":
        blocks = bytearray(data)
        for start in (0, 1024):
            blocks[start + 148 : start + 156] = b" " * 8
            blocks[start + 148 : start + 156] = b"%06o\0 " % sum(blocks[start : start + 512])
        data = bytes(blocks)
    found, end = _open(made(name, data))
    assert found == MEMBERS
    assert (end.expected, end.refused, end.findings) == (2, 0, ())


@pytest.mark.parametrize(
    ("name", "data", "inside"),
    [
        ("letter.txt.gz", gzip.compress(TEXT, mtime=0), "letter.txt"),
        ("letter.bz2", bz2.compress(TEXT), "letter"),
        ("letter.txt.xz", lzma.compress(TEXT), "letter.txt"),
        ("blob", zstd.compress(TEXT), "blob.unpacked"),
    ],
)
def test_a_packed_file_is_a_container_of_one(made, name, data, inside):
    """It is called as it was before it was packed."""
    found, end = _open(made(name, data))
    assert (found, end.expected) == ({inside: TEXT}, 1)


def test_a_gzip_header_may_tell_the_name(made):
    """The name of the file around it may have been changed since."""
    out = io.BytesIO()
    with gzip.GzipFile("old name.csv", "wb", fileobj=out, mtime=1_577_934_245) as packed:
        packed.write(TEXT)
    (piece, _) = container_pieces(ReadingRequest(made("x.gz", out.getvalue()), "application/gzip", "x.gz"))
    assert (piece.path, piece.modified_at) == ("old name.csv", "2020-01-02T03:04:05Z")


def test_members_that_are_known_are_passed_over(made):
    """A taking in that was cut off goes on where it was."""
    assert list(_open(made("a.7z", seven_zip(MEMBERS)), known=frozenset({"a.txt"}))[0]) == ["d/b.bin"]


def test_archives_inside_are_members_like_others(made):
    """They become containers of their own, so that the ledger counts level by level."""
    assert list(_open(CORPUS / "nested-6-levels.zip")[0]) == ["level1.zip", "note1.txt"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.tar", _tar(MEMBERS)), ("a.tgz", gzip.compress(_tar(MEMBERS))), ("a.rar", rar5(MEMBERS))],
)
def test_a_cut_off_archive_gives_what_is_whole_and_says_so(made, name, data):
    """Twelve of twenty-six members without a word is the worst a reader can do."""
    if name.endswith("gz"):
        data = gzip.compress(_tar({**MEMBERS, "c": bytes(10)}))[:-60]
    else:
        data = data[: data.index(MEMBERS["d/b.bin"]) + 5000]
    found, end = _open(made(name, data))
    assert found["a.txt"] == MEMBERS["a.txt"]
    assert "IN022" in _codes(end) or found["d/b.bin"] == "FL006"


def test_a_broken_header_in_the_middle_of_a_tar_is_told(made):
    """The standard library takes it for the end and says nothing."""
    data = bytearray(_tar({"a": bytes(600), "b": bytes(600), "c": b"x"}))
    data[1536 + 148 : 1536 + 156] = b"9" * 8
    found, end = _open(made("a.tar", bytes(data)))
    assert list(found) == ["a"]
    assert _codes(end) == ["IN022"]


def test_a_tar_without_its_end_mark_is_told(made):
    """It may have been cut off between two members."""
    found, end = _open(made("a.tar", _tar({"a": b"x"})[:1024]))
    assert (list(found), _codes(end)) == (["a"], ["IN022"])


def test_links_devices_and_ways_out_of_a_tar_are_refused(made):
    """Each is counted, so that the ledger balances."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"l{kind.decode()}")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        archive.addfile(tarfile.TarInfo("../../up"))
        archive.addfile(tarfile.TarInfo("ok"))
    found, end = _open(made("a.tar", out.getvalue()))
    assert (found, end.expected, end.refused) == ({"ok": b""}, 6, 5)
    assert _codes(end) == ["FL009"] * 4 + ["FL010"]


def test_a_zip_whose_directory_lists_less_than_its_end_says_is_told(made):
    """Two counts that differ mean that something is missing."""
    data = bytearray(_zip(MEMBERS))
    end_at = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, end_at + 8, 5, 5)
    found, end = _open(made("a.zip", bytes(data)))
    assert (found, end.expected, _codes(end)) == (MEMBERS, 5, ["IN022"])


def test_a_zip_without_its_directory_is_walked(made):
    """Each member has a header of its own; what is described behind its bytes ends where deflate ends."""
    out = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            return out.write(bytes(data))

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in MEMBERS.items():
            archive.writestr(name, data)
    whole = out.getvalue()
    found, end = _open(made("a.zip", whole[: whole.index(b"PK\x01\x02") + 9]))
    assert (found, _codes(end)) == (MEMBERS, ["IN022"])


# -- locks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["aes128.zip", "aes256.zip", "zipcrypto.zip", "locked.7z", "locked-list.7z"])
def test_locked_members_open_with_their_password(name):
    """Passwords are tried in order; the authentication code or check sum says which is right."""
    found, end = _open(CORPUS / name, "wrong", "secret")
    assert found == {"letter.txt": b"Dear Sir or Madam,\n" * 20, "empty.txt": b""}
    assert _codes(end) == []


@pytest.mark.parametrize("passwords", [(), ("wrong",)], ids=["none", "wrong"])
@pytest.mark.parametrize("name", ["aes128.zip", "zipcrypto.zip", "locked.7z"])
def test_locked_members_without_their_password_are_refused(name, passwords):
    """Never guessed: told, one by one."""
    found, end = _open(CORPUS / name, *passwords)
    assert set(found.values()) | set(_codes(end)) - {b""} >= {"FL012"}
    assert b"Dear Sir or Madam,\n" * 20 not in found.values()


def test_a_locked_list_of_members_is_a_locked_archive():
    """Not even names are known then."""
    with pytest.raises(FileRefused) as refused:
        _open(CORPUS / "locked-list.7z", "wrong")
    assert refused.value.refusal is Refusal.LOCKED


def test_what_rar_packs_its_own_way_is_named_and_refused(made):
    """The count of members is right even where their bytes cannot be had."""
    found, end = _open(made("a.rar", rar5(MEMBERS, locked=True)))
    assert (found, end.expected, end.refused, _codes(end)) == ({}, 2, 2, ["FL012"] * 2)


# -- hostile --------------------------------------------------------------------------------------------------------


def test_a_stream_that_grows_without_end_is_stopped(made):
    """A packed file says nothing of its size."""
    found, _ = _open(made("zeros.gz", gzip.compress(bytes(40_000_000), 9)))
    assert found == {"zeros": "FL011"}


def test_a_7z_that_asks_for_too_much_memory_is_refused(made):
    """The size of the dictionary is whatever its header says."""
    found, _ = _open(made("a.7z", seven_zip(MEMBERS, properties=b"\x28")))
    assert set(found.values()) == {"FL011"}


def test_a_member_whose_check_sum_does_not_fit_is_refused(made):
    """Bytes that changed on the way are no record."""
    data = seven_zip(MEMBERS, method=b"\0", properties=b"", pack=bytes).replace(b"first", b"fIrst", 1)
    assert _open(made("a.7z", data))[0] == {"a.txt": "FL006", "d/b.bin": MEMBERS["d/b.bin"]}


def _spoiled(data, places):
    spoiled = bytearray(data)
    for place, value in places:
        spoiled[place % len(spoiled)] = value
    return bytes(spoiled)


_WHOLE = {
    "a.zip": _zip(MEMBERS),
    "a.tar": _tar(MEMBERS),
    "a.tgz": gzip.compress(_tar(MEMBERS)),
    "a.7z": seven_zip(MEMBERS),
    "a.rar": rar5(MEMBERS),
    "b.rar": rar4(MEMBERS),
    "a.xz": lzma.compress(TEXT),
    "a.zst": zstd.compress(TEXT),
}
_KINDS = {
    "zip": "application/zip",
    "tar": "application/x-tar",
    "tgz": "application/gzip",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "xz": "application/x-xz",
    "zst": "application/zstd",
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.sampled_from(sorted(_WHOLE)),
    st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), max_size=6),
    st.integers(0, 12_000),
)
def test_spoiled_archives_end_or_are_refused(tmp_path, name, places, cut):
    """Whatever is wrong with one archive is told; nothing else may come out of reading it."""
    path = tmp_path / name
    path.write_bytes(_spoiled(_WHOLE[name], places)[: cut or None])
    request = ReadingRequest(path, _KINDS[name.rpartition(".")[2]], name, ("x",))
    tried = attempt(lambda: sum(1 for _ in container_pieces(request)), (), {})
    assert tried.refusal is None or "could not be read (" not in tried.refusal


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_header_of_a_7z_is_read_or_refused(tmp_path_factory, header):
    """Counts in it are held to what its own bytes can hold."""
    start = struct.pack("<QQL", 0, len(header), zlib.crc32(header))
    path = tmp_path_factory.getbasetemp() / "h.7z"
    path.write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<L", zlib.crc32(start)) + start + header)
    request = ReadingRequest(path, "application/x-7z-compressed", "h.7z")
    tried = attempt(lambda: sum(1 for _ in container_pieces(request)), (), {})
    assert tried.refusal is None or "could not be read (" not in tried.refusal
