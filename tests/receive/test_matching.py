"""Files that no row names find their document by the number in their name."""

from __future__ import annotations

import pytest

from tests.catalogue_cases.receive import rows_of
from vaughn.receive.assemble import assemble
from vaughn.receive.matching import match_by_number, number_index

INDEX = number_index(assemble([rows_of(["ABC 0001", "ABC 0005"], end_bates=["ABC 0004", "ABC 0005"])], []).documents)


@pytest.mark.parametrize(
    ("name", "document", "page"),
    [
        ("NATIVES/ABC 0005.xlsx", 1, 1),
        ("NATIVES/abc 0005.XLSX", 1, 1),
        ("NATIVES/ABC0005.xlsx", 1, 1),
        ("NATIVES/ABC-0005.xlsx", 1, 1),
        ("TEXT/ABC 0003.txt", 0, 3),
        ("NATIVES/ABC 0005_native.xlsx", 1, 1),
        ("NATIVES/ABC 0005 - budget 2009.xlsx", 1, 1),
        ("NATIVES/ABC 0005_R.pdf", 1, 1),
        ("NATIVES/ABC 0005.0001.tif", 1, 1),
    ],
)
def test_a_name_finds_its_document(name: str, document: int, page: int) -> None:
    """Agencies put the number, and sometimes more, into the name."""
    (match,) = match_by_number(INDEX, [name], [0])
    assert (match.document, match.page) == (document, page)


@pytest.mark.parametrize("name", ["TEXT/ABC 0006.txt", "budget 2009.xlsx", "XYZ 0005.txt", "readme"])
def test_another_name_finds_nothing(name: str) -> None:
    """A number outside all ranges, another prefix, or none."""
    assert list(match_by_number(INDEX, [name], [0])) == []
