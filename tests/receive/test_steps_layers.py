"""A text layer that has lost lines is found out beside its picture, told, and read again; both versions are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.receive.layered import LINES, layered_pdf
from tests.receive.volumes import RELEASED_ON, new_case, pdf_bytes, write_tree
from vaughn.formats.pages import ocr_available, unpack_text
from vaughn.fulltext import TextIndex, catch_up, read_query
from vaughn.model import LayerState, TextSource
from vaughn.receive import Ocr, read_scans, receive
from vaughn.receive.steps.layers import LAYERS_RUN, look_at_layers
from vaughn.store import OWN_LAYER, CaseFile, FindingQuery
from vaughn.store.codes import CODE
from vaughn.store.schema import PAGE
from vaughn.work import WorkerPool

needs_ocr = pytest.mark.skipif(not ocr_available(), reason="pip install 'vaughn[ocr]'")
ALL, HALF = range(len(LINES)), range(5)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with new_case(tmp_path / "case") as made:
        yield made


def received(case: CaseFile, folder: Path, content: bytes) -> None:
    source = write_tree(folder / "in", {"one.pdf": content})
    receive(case, source, agency="ICE", released_on=RELEASED_ON, ocr=Ocr.NEVER)


def states(case: CaseFile) -> list[tuple[LayerState | None, TextSource]]:
    return [(page.layer, page.text_source) for page in case.pages(1)]


def told(case: CaseFile) -> list[int | None]:
    rows = case.findings(FindingQuery(codes=("TX005",), limit=None)).rows
    return [row.finding.place.page_id for row in rows]


def test_lost_lines_are_told_and_a_whole_layer_is_not(case: CaseFile, tmp_path: Path) -> None:
    """Such a layer reads well: nobody would look for what it leaves out."""
    received(case, tmp_path, layered_pdf(ALL, HALF, ALL))
    whole, lost = (LayerState.WHOLE, TextSource.EMBEDDED), (LayerState.LOST_LINES, TextSource.DOUBTFUL)
    assert states(case) == [whole, lost, whole]
    assert told(case) == [2]
    assert case.verify().is_clean


def test_a_page_whose_text_is_seen_is_not_looked_at(case: CaseFile, tmp_path: Path) -> None:
    """A look costs fifty times what reading the words costs."""
    received(case, tmp_path, pdf_bytes([["Plain text of the agency that everybody sees."]]))
    assert states(case) == [(None, TextSource.EMBEDDED)]
    assert case.layered_page_count(1) == 0


def test_a_layer_that_reads_badly_needs_no_look(case: CaseFile, tmp_path: Path) -> None:
    """OCR reads its page anyway."""
    garbled = ["l1/15~ Kl ~ount qqzx #4f bcdfgh xkcd~ wrtz zzz| ;;1 vrrt~ bqk" for _ in LINES]
    received(case, tmp_path, layered_pdf(ALL, spoken=garbled))
    assert states(case) == [(LayerState.POOR, TextSource.DOUBTFUL)]
    assert told(case) == []


def test_looks_come_in_doses_each_page_once(case: CaseFile, tmp_path: Path) -> None:
    """A hundred thousand scans are not looked at while somebody waits; findings of all doses stay."""
    received(case, tmp_path, layered_pdf(HALF, ALL, HALF))
    hidden = (CODE[LayerState.HIDDEN], CODE[TextSource.EMBEDDED])
    with case.writing("test.unseen") as change:
        change.update(PAGE, ("layer", "text_source"), [(page_id, *hidden) for page_id in (1, 2, 3)])
        change.add_check_run(1, LAYERS_RUN, findings=())
    with WorkerPool(1) as pool:
        assert [look_at_layers(case, 1, pool=pool, most=2) for _ in range(3)] == [2, 1, 0]
    assert told(case) == [1, 3]


@needs_ocr
def test_ocr_reads_what_was_lost_and_the_layer_is_kept(case: CaseFile, tmp_path: Path) -> None:
    """The words of the lost lines are found then, and those of the layer can be looked at beside them."""
    received(case, tmp_path, layered_pdf(HALF))
    index = TextIndex(case.fulltext)
    catch_up(case, index)
    assert index.search(read_query("tenth meeting")).documents() == []
    assert read_scans(case, 1).pages == 1
    assert states(case) == [(LayerState.LOST_LINES, TextSource.OCR)]
    other = case.other_words(1)
    assert other is not None
    assert (other.engine, "tenth" in unpack_text(other.packed)) == (OWN_LAYER, False)
    assert (case.reader_of(1) or "").startswith("rapidocr")
    catch_up(case, index)
    assert len(index.search(read_query("tenth meeting")).documents()) == 1
    assert len(index) == 1
