"""What is left out is left out by a rule that somebody can read afterwards."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaughn.collect.rules import CountedHashes, FileHashes, HashList, Rules, require_hashes
from vaughn.model import InputError

NSRL = (
    '"SHA-1","MD5","CRC32","FileName","FileSize"\n'
    '"0000004DA6391F7F5D2F7FCCF36CEBDA60C6EA02","0E53C14A3E48D94FF596A2824307B492","AA6A7B16","00br2026.gif",2226\n'
)


def hashes_of(content: bytes) -> FileHashes:
    made = (make(content).hexdigest() for make in (hashlib.sha256, hashlib.md5, hashlib.sha1))
    return FileHashes(*made)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("*.tmp", "a/b/c.TMP", True),
        ("*.tmp", "a/b.tmp.txt", False),
        ("cache/*", "cache/deep/page.html", True),
        ("cache/*", "my/cache/page.html", False),
        ("thumbs.db", "a/Thumbs.db", True),
        ("~$*", "a/~$letter.docx", True),
    ],
)
def test_a_pattern_means_the_name_or_the_whole_path(pattern: str, path: str, fits: bool):
    """As shells read them, letter case aside: the disk may come from a Windows machine."""
    assert (Rules((pattern,)).pattern_for(path) == pattern) is fits


def test_rules_are_read_back_as_they_were_kept():
    """They stand with the handover for good."""
    rules = Rules(("*.tmp", "zwölf/*"), (("NSRLFile.txt", 12),))
    assert Rules.from_json(rules.to_json()) == rules


@given(st.lists(st.binary(min_size=1, max_size=20), max_size=30), st.binary(min_size=1, max_size=20))
def test_a_hash_list_holds_what_is_in_it_and_nothing_else(known: list[bytes], other: bytes):
    """A false hit would drop evidence."""
    listed = HashList(hashlib.sha1(one).hexdigest() for one in known)
    assert all(listed.holds(hashes_of(one)) for one in known)
    assert listed.holds(hashes_of(other)) is (other in known)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (NSRL, 2),
        (f"{hashlib.md5(b'a').hexdigest()}  a.exe\n# a remark\n", 1),
        (f"{hashlib.sha256(b'a').hexdigest().upper()}\n{hashlib.sha256(b'a').hexdigest()}\n", 1),
        (f"\\{hashlib.md5(b'a').hexdigest()}  a\\nb.exe\n", 1),
    ],
    ids=["NSRL", "md5sum", "letter case", "escaped name"],
)
def test_lists_of_the_usual_forms_are_read(text: str, count: int):
    """Whoever has a list should not have to convert it."""
    assert len(HashList(CountedHashes(text.splitlines()))) == count


def test_the_nsrl_names_files_by_sha1_and_md5():
    """Either finds the file."""
    listed = HashList(CountedHashes(NSRL.splitlines()))
    found = FileHashes("0" * 64, "0e53c14a3e48d94ff596a2824307b492", "1" * 40)
    assert listed.holds(found)


@pytest.mark.parametrize("text", ["", "notepad.exe\n", "d41d8cd98f00b204\n"], ids=["empty", "names", "too short"])
def test_a_list_without_a_hash_is_refused(text: str):
    """A wrong file given as a list would leave nothing out and look as if it had."""
    hashes = CountedHashes(text.splitlines())
    assert len(HashList(hashes)) == 0
    with pytest.raises(InputError, match="holds no hash"):
        require_hashes(hashes.count, name="list")
