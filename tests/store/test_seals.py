"""The trees kept up to date change by change are those computed from all rows."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.conftest import Clock
from vaughn.model import Case, DocumentKind, Finding, Place, Severity
from vaughn.store import Actor, CaseFile, DocumentColumns, DocumentQuery, PageColumns
from vaughn.store.seals import column_digest, leaf_digests, node_digest

SIZES = st.lists(st.sampled_from([0, 1, 3, 255, 256, 257, 700]), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(batches=SIZES, findings=SIZES)
def test_a_case_written_in_any_pieces_verifies(batches: list[int], findings: list[int]) -> None:
    """Leaves sealed from the batch and leaves sealed from the database must be the same."""
    with tempfile.TemporaryDirectory() as folder:
        case = CaseFile.create(Path(folder) / "case", Case("A v. B"), actor=Actor("a", Clock()))
        with case, case.writing("made") as change:
            production = change.add_production("P", "ICE", released_on=date(2011, 1, 17), source="x").id
        with CaseFile.open(Path(folder) / "case", write=True, actor=Actor("a", Clock())) as case:
            for count in batches:
                with case.bulk_load(production) as load:
                    load.documents(documents(count))
                    load.pages(PageColumns(page_in_file=[1] * count, list_start=list(range(count))))
            for count in findings:
                with case.writing("checked") as change:
                    found = [Finding("LF003", Severity.NOTE, Place(line=line), "Said.") for line in range(1, count + 1)]
                    change.add_check_run(production, "check", findings=found)
            assert case.verify().problems == ()
            assert case.documents(DocumentQuery()).total == sum(batches)


def documents(count: int) -> DocumentColumns:
    return DocumentColumns(
        page_count=[1] * count,
        prefix=["ICE "] * count,
        begin_number=list(range(count)),
        width=[4] * count,
        kind=[DocumentKind.PAPER] * count,
        title=[f"title {number}" if number % 3 else None for number in range(count)],
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([None], [""]),
        ([None], [0]),
        ([1], ["1"]),
        ([1], [1.0]),
        ([b"a"], ["a"]),
        (["a", "b"], ["ab"]),
        (['a","b'], ["a", "b"]),
        ([1, None], [None, 1]),
    ],
    ids=str,
)
def test_different_values_have_different_digests(one: list[object], other: list[object]) -> None:
    """Type, order and borders of the values count."""
    assert column_digest(one) != column_digest(other)


def test_a_node_depends_on_which_child_is_which() -> None:
    """Moving rows by 256 ids would else go unnoticed."""
    assert node_digest([(0, b"a"), (1, b"b")]) != node_digest([(0, b"a"), (2, b"b")])
    assert leaf_digests([(1, "a"), (2, "b")]) == (column_digest([1, 2]), column_digest(["a", "b"]))
