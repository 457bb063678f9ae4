"""Any pile of records comes in, whole, once, and every file is accounted for."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from tests.collect.piles import HANDED, PLAIN, codes, findings, mailbox, message, new_case, taken, write_pile, zipped
from vaughn.collect import Fate, HandedOver, TakeInOptions, account, exceptions, take_in
from vaughn.formats.pages import unpack_text
from vaughn.model import DocumentKind, InputError, PartRole, ProducedDocument, ProductionState, StateError
from vaughn.store import CaseFile, DocumentQuery
from vaughn.work import InlineExecutor


@pytest.fixture
def case(tmp_path: Path):
    with new_case(tmp_path) as made:
        yield made


def words(case: CaseFile, document: ProducedDocument) -> str:
    return unpack_text(case.packed_words(document.first_page_id)).strip()


def paths(case: CaseFile) -> list[str]:
    return [file.path for file in case.source_files(1)]


def test_every_file_becomes_a_document_and_the_ledger_balances(case: CaseFile, tmp_path: Path):
    """The promise of the whole: nothing lost, and shown so."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b/c.eml": message("Report"), "b/x.bin": b"\0\1\2\3"})
    result = taken(case, pile)
    assert (result.documents, result.files, result.ledger.balances) == (3, 3, True)
    assert [(one.file_name, one.custodian) for one in case.all_documents()] == [
        ("a.txt", "Palmer, Jon"), ("c.eml", "Palmer, Jon"), ("x.bin", "Palmer, Jon"),
    ]  # fmt: skip
    assert case.production(1).state is ProductionState.LOADED
    assert case.verify().problems == ()


def test_a_message_brings_its_facts_and_its_attachment_as_a_child(case: CaseFile, tmp_path: Path):
    """Families are what a reviewer decides on."""
    pile = write_pile(tmp_path / "pile", {"a.eml": message("Report", attached=b"Attached words")})
    taken(case, pile)
    parent, child = case.all_documents()
    assert (parent.kind, parent.title, parent.date) == (DocumentKind.EMAIL, "Report", "2011-01-17T19:03:00Z")
    assert (parent.sender, parent.recipients) == ("jon@ice.gov", "amy@ice.gov")
    assert (child.parent_id, child.family_id, child.file_name) == (parent.id, parent.id, "note.txt")
    assert case.origin_of_document(child.id).part is PartRole.ATTACHMENT
    assert words(case, child) == "Attached words"
    assert [one.id for one in case.family(child.id)] == [parent.id, child.id]
    assert case.record(parent.id).facts.message_id == "Report.5@ice.gov"


def test_a_mailbox_is_no_document_its_messages_are(case: CaseFile, tmp_path: Path):
    """A reader that gave out 12 of 26 messages without a word is why the mailbox itself is asked how many it has."""
    pile = write_pile(tmp_path / "pile", {"in.mbox": mailbox(message("One"), message("Two"), message("Three"))})
    taken(case, pile)
    assert [one.title for one in case.all_documents()] == ["One", "Two", "Three"]
    (box,) = account(case, 1).children
    assert (box.name, box.expected, box.is_claimed, box.count(Fate.TAKEN_IN)) == ("in.mbox", 3, True, 3)


def test_documents_stand_in_the_order_of_the_tree(case: CaseFile, tmp_path: Path):
    """A child stands right behind what it came out of, whenever it was read."""
    pile = write_pile(
        tmp_path / "pile",
        {"a.mbox": mailbox(message("One", attached=b"of one"), message("Two")), "b.txt": b"last"},
    )
    taken(case, pile)
    listed = sorted(case.all_documents(), key=lambda one: one.ordinal)
    assert [one.file_name for one in listed] == ["000001.eml", "note.txt", "000002.eml", "b.txt"]
    assert [one.ordinal for one in listed] == [1, 2, 3, 4]


class LateFirst(InlineExecutor):
    """Gives the last two of four results the wrong way round, as readers beside each other do now and then."""

    def map_unordered(self, tasks):
        done = list(super().map_unordered(tasks))
        yield from (*done[:2], *reversed(done[2:])) if len(done) == 4 else done


def test_copies_are_found_whatever_was_read_first(case: CaseFile, tmp_path: Path):
    """Two readers are never through in the order in which they began."""
    parts = b"".join(
        b'--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename="%s.txt"\n\n%s\n' % (name, name)
        for name in (b"first", b"second")
    )
    sent = b"From: jon@ice.gov\nTo: amy@ice.gov\nSubject: Opt-out\nDate: Mon, 17 Jan 2011 14:03:00 -0500\n%s"
    kind = b'Content-Type: multipart/mixed; boundary="x"\n\n'
    pile = write_pile(
        tmp_path / "pile",
        {f"{box}.eml": sent % b"X-Box: %s\n" % box.encode() + kind + parts + b"--x--\n" for box in ("a", "b")},
    )
    with LateFirst() as executor:
        take_in(case, pile, handed=HANDED, options=PLAIN, executor=executor)
    assert [one.file_name for one in case.all_documents()] == ["a.eml", "first.txt", "second.txt"]


def test_taking_in_again_adds_nothing(case: CaseFile, tmp_path: Path):
    """Whoever is not sure whether it was done does it again."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday"})
    taken(case, pile)
    head = case.head()
    assert taken(case, pile).already
    assert case.head() == head


def test_the_same_bytes_are_read_once(case: CaseFile, tmp_path: Path):
    """Copies are half of what is collected; each is a document all the same, with its words and its own child."""
    mail = message("Report", attached=b"Attached words")
    pile = write_pile(tmp_path / "pile", {f"{place:03}.eml": mail for place in range(70)})
    taken(case, pile)
    documents = list(case.all_documents(current_only=False))
    assert len(documents) == 140
    texts = {words(case, one) for one in documents if one.parent_id is not None}
    assert texts == {"Attached words"}
    assert account(case, 1).balances


def test_what_was_found_in_the_first_copy_is_said_of_each(case: CaseFile, tmp_path: Path):
    """Whoever looks at the second copy must not think that it was sound."""
    undated = b"From: jon@ice.gov\r\nTo: amy@ice.gov\r\nSubject: Report\r\n\r\nText.\r\n"
    write_pile(tmp_path / "pile", {"a.eml": undated})
    taken(case, tmp_path / "pile")
    (tmp_path / "pile").rename(tmp_path / "other")
    taken(case, tmp_path / "other")
    first, second = findings(case)
    assert (first.code, first.message) == (second.code, second.message)
    assert first.place.document_id != second.place.document_id


def test_names_of_any_bytes_come_in(case: CaseFile, tmp_path: Path):
    """Names are data: line breaks, right-to-left marks, bytes that are no text, 255 of them."""
    names = ["line\nbreak.txt", "\u202etxt.exe", "caf\udce9.txt", "n" * 251 + ".txt", "'; DROP TABLE page; --"]
    pile = write_pile(tmp_path / "pile", dict.fromkeys(names, b"Tuesday"))
    taken(case, pile)
    kept = {name.replace("\udce9", r"\xe9") for name in names}
    assert set(paths(case)) == kept
    assert {one.file_name for one in case.all_documents(current_only=False)} == kept
    assert account(case, 1).balances


def test_links_and_pipes_are_refused_and_counted(case: CaseFile, tmp_path: Path):
    """A pipe would hold the program up for ever, a link lead out of the records."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday"})
    (pile / "link").symlink_to("/etc/passwd")
    os.mkfifo(pile / "pipe")
    result = taken(case, pile)
    whole = account(case, 1)
    assert (whole.expected, whole.count(Fate.REFUSED), result.ledger.balances) == (3, 2, True)
    assert [(row.path, row.code) for row in exceptions(case, 1)] == [("link", "FL009"), ("pipe", "FL009")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_exception_and_the_rest_comes_in(case: CaseFile, tmp_path: Path):
    """One locked drawer does not stop the collection."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "secret.txt": b"x"})
    (pile / "secret.txt").chmod(0)
    taken(case, pile)
    assert [(row.path, row.code, row.fate) for row in exceptions(case, 1)] == [("secret.txt", "FL006", Fate.REFUSED)]
    assert account(case, 1).balances


def test_originals_are_never_touched(case: CaseFile, tmp_path: Path):
    """The chain of custody begins with leaving things as they are."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.zip": zipped({"c.txt": b"x"})})
    for path in pile.iterdir():
        path.chmod(stat.S_IRUSR)
        os.utime(path, ns=(1_300_000_000_000_000_000, 1_300_000_000_000_000_000))
    before = [(path.name, path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns) for path in pile.iterdir()]
    taken(case, pile)
    assert [
        (path.name, path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns) for path in pile.iterdir()
    ] == before


def test_the_handover_says_who_what_when_and_proves_it_by_hashes(case: CaseFile, tmp_path: Path):
    """A court asks whether this is what was handed over."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.txt": b"Friday"})
    taken(case, pile)
    given = case.handover(1)
    assert (given.from_whom, given.received_by, given.handed_on) == (HANDED.from_whom, "a paralegal", HANDED.on)
    assert (given.files, given.size_bytes, given.root) == (2, 13, str(pile))
    listed = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {len(content)}  {name}\n"
        for name, content in (("a.txt", b"Tuesday"), ("b.txt", b"Friday"))
    )
    assert given.digest_before == given.digest_after == hashlib.sha256(listed.encode()).hexdigest()
    assert given.finished_at is not None
    (first, _) = case.source_files(1)
    origin = case.origin(first.id)
    assert (origin.md5, origin.sha1) == (hashlib.md5(b"Tuesday").hexdigest(), hashlib.sha1(b"Tuesday").hexdigest())
    assert (origin.position, origin.container_id, origin.part) == (1, None, None)


def test_rules_leave_files_out_and_say_so(case: CaseFile, tmp_path: Path):
    """What was left out must be shown to the other side, not found by it."""
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "b.tmp": b"x", "cache/c.txt": b"y"})
    result = taken(case, pile, options=TakeInOptions(exclude=("*.TMP", "cache/*")))
    whole = account(case, 1)
    assert (whole.expected, whole.count(Fate.LEFT_OUT), result.ledger.balances) == (3, 2, True)
    assert '"*.TMP"' in case.handover(1).rules
    assert [(found.code, found.count) for found in findings(case)] == [("IN031", 2)]
    assert exceptions(case, 1) == ()


@pytest.mark.parametrize("make", [hashlib.md5, hashlib.sha1, hashlib.sha256], ids=["MD5", "SHA-1", "SHA-256"])
def test_known_files_are_left_out_by_hash(case: CaseFile, tmp_path: Path, make):
    """Thousands of files of every installed program are known by their hashes; lists name them in three ways."""
    (tmp_path / "list.txt").write_text(f'"{make(b"known").hexdigest().upper()}","notepad.exe"\n')
    pile = write_pile(tmp_path / "pile", {"a.txt": b"Tuesday", "notepad.exe": b"known"})
    taken(case, pile, options=TakeInOptions(hash_lists=(tmp_path / "list.txt",)))
    assert account(case, 1).count(Fate.LEFT_OUT) == 1
    assert codes(case) == ["IN030"]
    assert [one.file_name for one in case.all_documents()] == ["a.txt"]
    assert not case.blobs.has(hashlib.sha256(b"known").hexdigest())


def test_an_empty_folder_is_refused(case: CaseFile, tmp_path: Path):
    """A mistyped path must not make an empty taking in."""
    (tmp_path / "pile").mkdir()
    with pytest.raises(InputError, match="is empty"):
        taken(case, tmp_path / "pile")
    assert case.productions() == ()


def test_one_name_for_two_piles_is_refused(case: CaseFile, tmp_path: Path):
    """Two disks are two handovers."""
    taken(case, write_pile(tmp_path / "one" / "pile", {"a.txt": b"Tuesday"}))
    with pytest.raises(StateError, match="another place") as refused:
        taken(case, write_pile(tmp_path / "two" / "pile", {"b.txt": b"Friday"}))
    assert "--name" in refused.value.hint
    taken(case, tmp_path / "two" / "pile", handed=HandedOver("ICE", name="second disk"))
    assert {one.name for one in case.productions()} == {"second disk", "pile"}


def test_documents_are_listed_like_produced_ones(case: CaseFile, tmp_path: Path):
    """Lists, search and viewer know no difference."""
    taken(case, write_pile(tmp_path / "pile", {"a.txt": b"Tuesday"}))
    listed = case.documents(DocumentQuery(custodians=("Palmer, Jon",)))
    assert (listed.total, findings(case)) == (1, [])
