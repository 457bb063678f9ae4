"""The index on disk: committed as a whole, read while it is written, whole again after anything."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fulltext.postings.made import entry
from vaughn.fulltext.language.tree import FieldRange, Word
from vaughn.fulltext.postings import (
    BATES_COLUMNS,
    UNKNOWN,
    Column,
    ColumnKind,
    Description,
    DocumentEntry,
    IndexedPage,
    PostingIndex,
    PostingWriter,
    Snapshot,
)
from vaughn.model import CaseInUse, InputError, IntegrityError, UsageError


def holding(snapshot: Snapshot, word: str, field: str = "") -> list[int]:
    """Return the ids of the living documents that hold *word*."""
    found = []
    for segment in snapshot.segments:
        text = segment.field(field) if field else segment.text
        if text is not None:
            mask = text.holders_of(text.expand(Word(word))).as_mask()
            found += segment.document_ids[mask if segment.alive is None else mask & segment.alive].tolist()
    return sorted(found)


def test_readers_see_commits_and_nothing_between(tmp_path):
    """Half a production found is worse than none: nobody would know."""
    index = PostingIndex(tmp_path / "new")
    assert index.generation == 0
    assert len(index.snapshot()) == 0
    with index.writer() as writer:
        writer.add(entry(1, "one text"))
        assert len(PostingIndex(tmp_path / "new").snapshot()) == 0
        assert writer.commit() == 1
        before = index.snapshot()
        writer.add(entry(2, "two texts"))
        assert holding(index.snapshot(), "two") == []
    assert index.generation == 2
    assert holding(index.snapshot(), "two") == [2]
    assert len(before) == 1, "an open reader keeps what it opened"


def test_an_error_takes_back_to_the_last_commit(tmp_path):
    """The next run must not find half of what failed."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        writer.add(entry(1, "kept"))

    def fails() -> None:
        with index.writer() as writer:
            writer.add(entry(2, "lost"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert holding(index.snapshot(), "kept") == [1]
    assert holding(index.snapshot(), "lost") == []


def test_nothing_changed_is_no_new_generation(tmp_path):
    """Whoever waits for a change would be woken for nothing."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        writer.add(entry(1, "text"))
    with index.writer():
        pass
    with index.writer() as writer:
        writer.remove([77])
    assert index.generation == 1


def test_one_writer_at_a_time(tmp_path):
    """Two would each forget what the other committed."""
    index = PostingIndex(tmp_path)
    with index.writer(), pytest.raises(CaseInUse), PostingIndex(tmp_path).writer():
        pass
    with PostingIndex(tmp_path).writer():
        pass


def test_a_document_entered_again_replaces_the_earlier_one(tmp_path):
    """Read anew, a document must not be found by words that it no longer has."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        writer.add(entry(1, "old"))
        writer.add(entry(1, "newer"))
        writer.add(entry(2, "old"))
    assert holding(index.snapshot(), "old") == [2]
    assert holding(index.snapshot(), "newer") == [1]
    with index.writer() as writer:
        writer.add(entry(1, "newest"))
        writer.remove([2])
    assert index.snapshot().document_ids().tolist() == [1]
    assert holding(index.snapshot(), "newest") == [1]


CHANGES = st.lists(
    st.lists(
        st.one_of(
            st.tuples(st.integers(0, 12), st.text(st.sampled_from("ab c-\n"), max_size=12)),
            st.tuples(st.integers(0, 12), st.none()),
        ),
        max_size=8,
    ),
    max_size=5,
)


@given(CHANGES, st.sampled_from([3, 40, 1 << 26]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
def test_any_run_of_changes_leaves_what_a_dictionary_would(tmp_path_factory, commits, max_places):
    """Replaced, removed, merged, divided into segments: what is found is what was last said of each document."""
    folder = tmp_path_factory.mktemp("changes")
    index, expected = PostingIndex(folder), {}
    for changes in commits:
        with PostingWriter(folder, (), max_places=max_places) as writer:
            for document_id, text in changes:
                if text is None:
                    writer.remove([document_id])
                    expected.pop(document_id, None)
                else:
                    writer.add(entry(document_id, text, "a last page", subject=text))
                    expected[document_id] = text
    snapshot = index.snapshot()
    assert snapshot.document_ids().tolist() == sorted(expected)
    for word in ("a", "b", "c", "ab", "last", "bc"):
        held = [
            number for number, text in expected.items() if word in words_and_joined_words(text) | {"a", "last", "page"}
        ]
        assert holding(snapshot, word) == sorted(held)
        held = [number for number, text in expected.items() if word in words_and_joined_words(text)]
        assert holding(snapshot, word, field="subject") == sorted(held)
    for segment in snapshot.segments:
        assert pages_and_places_agree(segment, expected)
    index.check()


def words_and_joined_words(text: str) -> set[str]:
    from vaughn.fulltext.tokens import joined_terms, terms

    return {*terms(text), *(joined_terms(text) or ())}


def pages_and_places_agree(segment, expected: dict[int, str]) -> bool:
    """The word "last" stands one place behind the first of each second page."""
    places = segment.text.places_of(segment.text.expand(Word("last"))).starts
    second_pages = segment.page_starts[segment.page_ids % 100 == 2]
    assert segment.page_firsts.tolist() == list(range(0, 2 * len(segment) + 1, 2))
    return places.tolist() == (second_pages + 1).tolist()


def test_many_small_commits_are_merged(tmp_path):
    """A case that takes in a message a minute would otherwise ask a thousand segments."""
    index = PostingIndex(tmp_path)
    for number in range(70):
        with index.writer() as writer:
            writer.add(entry(number, f"common word{number}"))
    snapshot = index.snapshot()
    assert len(snapshot.segments) < 16
    assert holding(snapshot, "common") == list(range(70))
    assert holding(snapshot, "word33") == [33]
    assert len(list(tmp_path.iterdir())) < 60


def test_a_segment_of_which_most_is_gone_is_written_anew(tmp_path):
    """Deleted text would otherwise stay on the disk for good."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        for number in range(10):
            writer.add(entry(number, f"secret{number}"))
    with index.writer() as writer:
        writer.remove(range(7))
    (segment,) = index.snapshot().segments
    assert segment.document_ids.tolist() == [7, 8, 9]
    assert len(segment.text.vocabulary) == 3


def test_a_segment_number_is_never_used_again(tmp_path):
    """A reader that has a segment open would take the new one of the same name for it."""
    index = PostingIndex(tmp_path)
    for number in range(1, 5):
        with index.writer() as writer:
            writer.add(entry(1, f"text{number}"))
        assert holding(index.snapshot(), f"text{number}") == [1]
    with index.writer() as writer:
        writer.remove([1])
    for _ in range(3):
        with index.writer() as writer:
            writer.add(entry(2, "other"))
    assert holding(index.snapshot(), "other") == [2]
    assert max(path.name for path in tmp_path.glob("*.words")) > "000006"


@pytest.mark.parametrize("suffix", ["words", "columns"])
@pytest.mark.parametrize("harm", ["torn", "gone", "changed"])
def test_a_damaged_file_is_told_and_its_documents_are_entered_again(tmp_path, suffix, harm):
    """The index is derived: what was lost is told and made anew, what is whole stays."""
    index = PostingIndex(tmp_path)
    for number in (1, 2):
        with index.writer() as writer:
            writer.add(entry(number, f"text of document {number}"))
    path = tmp_path / f"000001.{suffix}"
    data = path.read_bytes()
    path.unlink()
    if harm == "torn":
        path.write_bytes(data[: len(data) // 2])
    elif harm == "changed":
        path.write_bytes(data[:-30] + b"?" + data[-29:])
    with pytest.raises(IntegrityError):
        PostingIndex(tmp_path).snapshot()
    with index.writer() as writer:
        pass
    assert index.snapshot().document_ids().tolist() == [2]


def test_a_changed_byte_among_the_words_is_found_by_reading_all(tmp_path):
    """Opening reads little; checking reads everything."""
    index = PostingIndex(tmp_path)
    for number, text in enumerate(("some text", "more words"), start=1):
        with index.writer() as writer:
            writer.add(entry(number, text))
    path = tmp_path / "000001.words"
    data = bytearray(path.read_bytes())
    data[data.index(b"some")] ^= 1
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(IntegrityError):
        PostingIndex(tmp_path).check()
    with index.writer() as writer:
        assert writer.drop_damaged() == 1
    index.check()
    assert index.snapshot().document_ids().tolist() == [2]


def test_left_over_parts_are_cleared_away(tmp_path):
    """A killed writer leaves parts of files behind."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        writer.add(entry(1, "text"))
    for name in ("000009.words", "000009.columns.part", "names-00000004.json", "index-00000009.json.part"):
        (tmp_path / name).write_bytes(b"torn")
    (tmp_path / "notes.txt").write_text("not ours")
    with index.writer() as writer:
        writer.add(entry(2, "text"))
    assert holding(index.snapshot(), "text") == [1, 2]
    left = {path.name for path in tmp_path.iterdir()}
    assert "notes.txt" in left
    assert not [name for name in left if name.endswith(".part") or name.startswith(("000009", "names"))]


def test_the_last_complete_generation_counts(tmp_path):
    """A manifest that is not whole was never committed."""
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        writer.add(entry(1, "text"))
    (tmp_path / "index-00000002.json").write_text('{"generation": 2')
    assert holding(PostingIndex(tmp_path).snapshot(), "text") == [1]
    with index.writer() as writer:
        writer.add(entry(2, "text"))
    assert index.generation == 3


def test_a_reader_that_is_overtaken_begins_again(tmp_path):
    """Files of older generations are deleted while other processes read; no answer may fail for it."""
    ended, seen, failed = threading.Event(), [], []

    def read() -> None:
        while not ended.is_set():
            try:
                seen.append(len(PostingIndex(tmp_path).snapshot()))
            except (IntegrityError, OSError) as error:
                failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    with PostingIndex(tmp_path).writer() as writer:
        for number in range(30):
            writer.add(entry(number, "text"))
            writer.remove([number - 1])
            writer.commit()
    ended.set()
    reader.join()
    assert failed == []
    assert set(seen) <= {0, 1}


_KILLED = """
import sys
import threading
from pathlib import Path
from tests.fulltext.postings.made import entry
from vaughn.fulltext.postings import PostingIndex
index = PostingIndex(Path(sys.argv[1]))
number = 0
while True:
    with index.writer() as writer:
        for _ in range(3):
            number += 1
            writer.add(entry(number, f"common number{number}"))
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 4, 9])
def test_a_killed_writer_leaves_the_last_commit(tmp_path, commits):
    """Power fails in the middle of the night."""
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        said = [int(child.stdout.readline()) for _ in range(commits)]
        child.kill()
        child.communicate()
    index = PostingIndex(tmp_path)
    found = index.snapshot().document_ids().tolist()
    assert len(found) >= said[-1]
    assert found == list(range(1, len(found) + 1))
    assert len(found) % 3 == 0
    index.check()
    with index.writer() as writer:
        writer.add(entry(5000, "after"))
    assert holding(index.snapshot(), "common") == found


def test_hostile_text_is_indexed_like_any_other(tmp_path):
    """Text comes from whoever was sued: nothing in it may stop the index or hide what stands beside it."""
    texts = {
        1: "nul\0between \ud800lone\udfff surrogates found",
        2: "x" * 2_000_000 + " found " + "é" * 1_000_000,
        3: "\u200f\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 found \x02\x03\n\x03 found",
        4: "a-\n" * 5000 + "found",
        5: " ".join(f"w{number}" for number in range(30_000)) + " found",
        6: "",
    }
    index = PostingIndex(tmp_path)
    with index.writer() as writer:
        for number, text in texts.items():
            writer.add(entry(number, text))
    snapshot = index.snapshot()
    assert holding(snapshot, "found") == [1, 2, 3, 4, 5]
    for word, number in (("between", 1), ("lone", 1), ("x" * 200, 2), ("e" * 200, 2), ("שלום", 3), ("w29999", 5)):
        assert holding(snapshot, word) == [number], word
    (segment,) = snapshot.segments
    assert np.diff(segment.text.starts).tolist() == [6, 4, 5, 5002, 30_002, 1]


COLUMNS = (
    Column("date", ColumnKind.DAY),
    Column("pages", ColumnKind.NUMBER),
    Column("custodian", ColumnKind.NAME),
    Column("exemption", ColumnKind.NAMES),
    *BATES_COLUMNS,
)


@pytest.fixture
def known(tmp_path):
    """Three documents with columns, the last in a segment of its own."""
    index = PostingIndex(tmp_path, COLUMNS)
    text = (IndexedPage(1, "text"),)

    def document(number: int, numbers: dict[str, int], **names: tuple[str, ...]) -> DocumentEntry:
        return DocumentEntry(number, text, known=Description(numbers, names))

    with index.writer() as writer:
        writer.add(
            document(
                1,
                {"date": 733773, "pages": 3, "bates_first": 1, "bates_last": 3},
                custodian=("Doe, John",),
                exemption=("b5", "b6"),
                bates_prefix=("ICE-",),
            )
        )
        writer.add(document(2, {"pages": 900, "bates_first": 4, "bates_last": 90_000}, bates_prefix=("ICE-",)))
    with index.writer() as writer:
        writer.add(document(3, {"date": 733774}, custodian=("Roe, Jane",), exemption=("b6",)))
    return index


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (FieldRange("date", "2010-01-01", "2010-01-01"), [1]),
        (FieldRange("date", "2010-01", None), [1, 3]),
        (FieldRange("date", None, "2009"), []),
        (FieldRange("pages", "4", None), [2]),
        (FieldRange("pages", None, "1,000"), [1, 2]),
        (FieldRange("custodian", "e", "roe"), [3]),
        (FieldRange("exemption", "b6", "b6"), [1, 3]),
        (FieldRange("bates", "ICE-0003", "ICE-0004"), [1, 2]),
        (FieldRange("bates", "ice-5", None), [2]),
        (FieldRange("bates", None, "FBI-5"), []),
        (FieldRange("bates", None, None), [1, 2]),
    ],
    ids=lambda case: "" if isinstance(case, list) else f"{case.name}-{case.low}-{case.high}",
)
def test_ranges_of_columns_are_days_numbers_names_and_bates_numbers(known, asked, found):
    """What is not known lies in no range."""
    ids = []
    for segment in known.snapshot().segments:
        ids += segment.document_ids[segment.in_range(asked).as_mask()].tolist()
    assert ids == found


def test_a_range_that_cannot_be_meant_is_refused(known):
    """A range read in another way than meant is a wrong answer that nobody notices."""
    (segment, _) = known.snapshot().segments
    assert segment.in_range(FieldRange("colour", "a", "b")) is None
    for asked, error in (
        (FieldRange("date", "1/2/2010", None), InputError),
        (FieldRange("pages", "many", None), UsageError),
        (FieldRange("bates", "none", None), UsageError),
        (FieldRange("bates", "ICE-1", "FBI-2"), UsageError),
    ):
        with pytest.raises(error):
            segment.in_range(asked)


def test_facets_count_the_names_of_chosen_documents(known):
    """The numbers beside the results are those of the results."""
    snapshot = known.snapshot()
    assert snapshot.names.of("exemption") == ["b5", "b6"]
    assert snapshot.facet("exemption", [None, None]).tolist() == [1, 2]
    assert snapshot.facet("exemption", [np.array([False, True]), None]).tolist() == [0, 1]
    assert snapshot.facet("exemption", [np.array([0]), np.array([], np.int64)]).tolist() == [1, 1]
    assert snapshot.facet("custodian", [None, None]).tolist() == [1, 1]
    with known.writer() as writer:
        writer.remove([1])
    assert known.snapshot().facet("exemption", [None, None]).tolist() == [0, 1]
    assert known.snapshot().facet("exemption", [np.array([0, 1]), None]).tolist() == [0, 1]


def test_days_are_counted_over_all_segments(known):
    """The histogram of dates shows where the documents thin out."""
    snapshot = known.snapshot()
    days = snapshot.days("date", [None, None])
    assert (days.first, days.counts.tolist()) == (733773, [1, 1])
    days = snapshot.days("date", [np.array([1]), None])
    assert (days.first, days.counts.tolist()) == (733773, [0, 1])
    assert not snapshot.days("date", [np.array([1]), np.array([False])]).counts.any()


def test_columns_are_merged_with_their_documents(known):
    """Ten small segments made one must say of each document what they said before."""
    for number in range(10, 20):
        with known.writer() as writer:
            page = (IndexedPage(1, "text"),)
            known_of = Description({"pages": number}, {"exemption": ("b6", "b7")})
            writer.add(DocumentEntry(number, page, known=known_of))
    snapshot = known.snapshot()
    assert len(snapshot.segments) < 8
    assert snapshot.facet("exemption", [None] * len(snapshot.segments)).tolist() == [1, 12, 10]
    found = {}
    for segment in snapshot.segments:
        found |= dict(zip(segment.document_ids.tolist(), segment.columns.values("pages").tolist(), strict=True))
    assert {number: found[number] for number in range(10, 20)} == {number: number for number in range(10, 20)}


def test_what_is_known_changes_without_the_words(known):
    """A reviewer marks an exemption: the document must not be cut into words again for it."""
    with known.writer() as writer:
        writer.describe(1, Description({"pages": 4}, {"exemption": ("b7",)}))
        writer.describe(3, Description({}, {"custodian": ("Poe, Ann",), "exemption": ("b5", "b7")}))
        writer.describe(99, Description({"pages": 1}))
    snapshot = known.snapshot()
    assert snapshot.names.of("exemption") == ["b5", "b6", "b7"]
    assert snapshot.facet("exemption", [None, None]).tolist() == [1, 0, 2]
    assert snapshot.facet("custodian", [None, None]).tolist() == [0, 0, 1]
    first, second = snapshot.segments
    assert first.columns.values("pages").tolist() == [4, 900]
    assert first.columns.values("date")[0] == UNKNOWN
    assert second.in_range(FieldRange("exemption", "b7", "b7")).as_mask().tolist() == [True]
    assert holding(snapshot, "text") == [1, 2, 3]
    with known.writer() as writer:
        writer.describe(1, Description({"pages": 5}))
        writer.add(DocumentEntry(1, (IndexedPage(1, "other"),), known=Description({"pages": 6})))
    values = [segment.columns.values("pages").tolist() for segment in known.snapshot().segments]
    assert values == [[4, 900], [UNKNOWN], [6]]


def test_an_index_with_other_columns_counts_as_none(known, tmp_path):
    """After an update of the program the index is built anew, not misread."""
    other = PostingIndex(tmp_path, COLUMNS[:2])
    assert len(other.snapshot()) == 0
    with other.writer() as writer:
        writer.add(entry(9, "new"))
    assert holding(other.snapshot(), "new") == [9]
    assert other.generation == 3
