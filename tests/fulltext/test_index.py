"""The index finds what a reader with patience would find, and survives being killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaughn.fulltext import PageEntry, TextIndex, hit_spans, read_query
from vaughn.fulltext.tokens import joined_terms, terms
from vaughn.model import CaseInUse

WORDS = st.sampled_from(
    ["ice", "order", "détenu", "Detenu", "b6", "mass", "depor-\ntation", "well-\nknown", "2010", "ß"]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
PHRASES = st.lists(
    st.sampled_from(["ice", "order", "detenu", "deportation", "depor", "tation", "known", "ss"]), min_size=1, max_size=3
)
QUERIES = st.lists(PHRASES, min_size=1, max_size=3).map(
    lambda clauses: " ".join(f'"{" ".join(clause)}"' for clause in clauses)
)


def entry(page_id, text, *, document_id=1, production_id=1):
    return PageEntry(production_id, document_id, page_id, text)


def found(index, typed, **scope):
    result = index.search(read_query(typed), **scope)
    return {hit.document_id: hit.page_ids for hit in result.documents()}


def patient_reader(pages, typed):
    """Read every page word by word: the oracle."""
    clauses = read_query(typed).clauses
    holding = {}
    for page in pages:
        readings = [terms(page.text), joined_terms(page.text) or []]
        runs = {clause: any(_stands_in(clause.terms, reading) for reading in readings) for clause in clauses}
        document = holding.setdefault(page.document_id, {"clauses": set(), "pages": []})
        document["clauses"] |= {clause for clause, stands in runs.items() if stands}
        if any(runs.values()):
            document["pages"].append(page.page_id)
    return {
        number: tuple(document["pages"])
        for number, document in holding.items()
        if len(document["clauses"]) == len(clauses)
    }


def _stands_in(words, reading):
    return any(tuple(reading[place : place + len(words)]) == words for place in range(len(reading)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(st.integers(1, 3), TEXTS), max_size=8), typed=QUERIES)
def test_documents_and_pages_are_those_a_patient_reader_finds(tmp_path_factory, texts, typed):
    """A page too few is a document nobody reads; a page too many is a hit that is not there."""
    folder = tmp_path_factory.mktemp("fulltext")
    pages = [entry(number, text, document_id=document) for number, (document, text) in enumerate(texts, start=1)]
    index = TextIndex(folder)
    index.add(pages)
    query = read_query(typed)
    assert found(index, typed) == patient_reader(pages, typed)
    for page in pages:
        alone = index.search_document(query, page.document_id)
        listed = alone is not None and page.page_id in alone.page_ids
        assert listed == (alone is not None and bool(hit_spans(page.text, query)))
    shutil.rmtree(folder)


def test_fts5_finds_the_same_pages(tmp_path):
    """A second engine with its own idea of words, on the letters where both must agree."""
    texts = [
        "Secure Communities opt-out memo",
        "COMMUNITIES secure the border",
        "Memorándum: détenu, Ñandú",
        "memorandum detenu nandu",
        "the opt out of secure communities",
        "",
        "out opt",
    ]
    index = TextIndex(tmp_path)
    index.add(entry(number, text, document_id=number) for number, text in enumerate(texts, start=1))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE page USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
        database.executemany("INSERT INTO page(rowid, text) VALUES (?, ?)", enumerate(texts, start=1))
        for typed in [
            "secure",
            '"secure communities"',
            '"opt out"',
            "out secure",
            "memorandum",
            "ñandú",
            '"the border"',
        ]:
            rows = database.execute("SELECT rowid FROM page WHERE page MATCH ?", (typed,)).fetchall()
            assert set(found(index, typed)) == {row[0] for row in rows}, typed


def test_all_words_may_stand_on_different_pages_of_one_document(tmp_path):
    """Reviewers mean the document; the page list shows where each word stands."""
    index = TextIndex(tmp_path)
    index.add([entry(1, "detainer"), entry(2, "nothing"), entry(3, "policy"), entry(4, "detainer", document_id=2)])
    assert found(index, "detainer policy") == {1: (1, 3)}
    assert index.search(read_query("detainer")).total_pages == 2


def test_a_document_with_all_words_on_one_page_comes_first(tmp_path):
    """The best page makes the document."""
    index = TextIndex(tmp_path)
    index.add([entry(1, "red"), entry(2, "blue"), entry(3, "red blue", document_id=2)])
    assert [hit.document_id for hit in index.search(read_query("red blue")).documents()] == [2, 1]


def test_a_page_entered_again_replaces_the_earlier_entry(tmp_path):
    """A page read again by OCR, or moved to another document, must not be found twice."""
    index = TextIndex(tmp_path)
    index.add([entry(1, "old"), entry(2, "same")])
    index.add([entry(1, "new", document_id=7)])
    assert found(index, "old") == {}
    assert found(index, "new") == {7: (1,)}
    assert len(index) == 2


def test_a_search_can_be_kept_to_some_productions(tmp_path):
    """Two productions of one agency hold the same message."""
    index = TextIndex(tmp_path)
    index.add([entry(1, "memo"), entry(2, "memo", document_id=2, production_id=2)])
    assert found(index, "memo", production_ids=[2]) == {2: (2,)}
    assert list(index.indexed(2).page_ids) == [2]
    index.remove(production_id=1)
    assert found(index, "memo") == {2: (2,)}


def test_pages_of_a_stretch_are_cut_out_in_rank_order(tmp_path):
    """The list shows fifty documents at a time."""
    index = TextIndex(tmp_path)
    index.add(entry(number, "word", document_id=number // 2) for number in range(2, 42))
    result = index.search(read_query("word"))
    everything = result.documents()
    assert (result.total_documents, result.total_pages) == (20, 40)
    assert result.documents(5, 3) == everything[5:8]
    assert result.documents(19, 50) == everything[19:]


def test_a_reader_sees_new_pages_without_being_opened_again(tmp_path):
    """The workbench searches while a worker process reads pages in."""
    reader, writer = TextIndex(tmp_path), TextIndex(tmp_path)
    assert found(reader, "memo") == {}
    writer.add([entry(1, "memo")])
    assert found(reader, "memo") == {1: (1,)}
    writer.rebuild([entry(2, "memo")])
    assert found(reader, "memo") == {1: (2,)}
    assert reader.generation == 2
    assert [path.name for path in tmp_path.iterdir()] == ["000002"]


def test_a_second_writer_is_told_so(tmp_path):
    """Two writers at once would lose pages."""
    index, other = TextIndex(tmp_path), TextIndex(tmp_path)
    index.add([entry(1, "memo")])

    def entries():
        yield entry(2, "more")
        with pytest.raises(CaseInUse):
            other.add([entry(3, "memo")])

    index.add(entries())
    assert len(index) == 2


def test_a_failing_source_leaves_what_was_committed(tmp_path):
    """A half-entered batch would be counted as read."""
    index = TextIndex(tmp_path)
    index.add([entry(1, "memo")])

    def entries():
        yield entry(2, "more")
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        index.add(entries())
    assert len(index) == 1


@pytest.mark.parametrize("damage", ["meta.json", "ready.json"])
def test_a_damaged_generation_is_left_aside_and_made_anew(tmp_path, damage):
    """The index is derived: losing it costs time and nothing else."""
    TextIndex(tmp_path).add([entry(1, "memo")])
    (tmp_path / "000001" / damage).write_text("{", encoding="utf-8")
    index = TextIndex(tmp_path)
    assert (index.generation, len(index)) == (0, 0)
    index.add([entry(1, "memo")])
    assert found(index, "memo") == {1: (1,)}


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX word")
@pytest.mark.parametrize("after", [1, 30, 77])
def test_a_kill_leaves_whole_commits(tmp_path, after):
    """Power fails while pages are entered: what was committed is there, the rest is entered again."""
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        import vaughn.fulltext.index as module
        from vaughn.fulltext import PageEntry, TextIndex
        module.COMMIT_PAGES = 10
        def entries():
            for number in range(1, 100):
                yield PageEntry(1, 1, number, f"memo {number}")
                if number == int(sys.argv[2]):
                    os.kill(os.getpid(), 9)
        TextIndex(Path(sys.argv[1])).add(entries())
        """
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path), str(after)], check=False)
    assert ended.returncode == -signal.SIGKILL
    index = TextIndex(tmp_path)
    assert len(index) == after // 10 * 10
    index.add(entry(number, f"memo {number}") for number in range(1, 100))
    assert found(index, "memo") == {1: tuple(range(1, 100))}
