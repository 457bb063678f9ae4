"""What the parties agreed on about dates stands above what loading took them for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.receive.volumes import RELEASED_ON, dat, new_case, write_tree
from vaughn.receive import Ocr, check_production, receive
from vaughn.store import FindingQuery

ROWS = [("A0001", "A0001", "03/04/2010"), ("A0002", "A0002", "05/06/2010"), ("A0003", "A0003", "04/27/2010")]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "days.toml").write_text('title = "Days first"\nsource = "A letter"\ndate_order = "DMY"\n', "utf-8")
    columns = ("Begin Bates", "End Bates", "Date Sent")
    return write_tree(tmp_path / "in", {"either.dat": dat(columns, ROWS[:2])})


def codes(case) -> dict[str, int]:
    found = [one.finding for one in case.findings(FindingQuery(limit=None)).rows]
    return {one.code: one.count for one in found if one.code.startswith("DT")}


def test_an_order_settles_what_could_be_read_either_way(source: Path, tmp_path: Path):
    """Loading cannot know of an order that comes later, so it must not have the last word."""
    with new_case(tmp_path / "case") as case:
        production = receive(case, source, agency="ICE", released_on=RELEASED_ON, ocr=Ocr.NEVER).production_id
        assert codes(case) == {}
        check_production(case, production)
        assert codes(case) == {"DT002": 1}
        check_production(case, production, str(tmp_path / "days.toml"))
        assert codes(case) == {}


def test_an_order_that_comes_with_the_production_reads_its_dates(source: Path, tmp_path: Path):
    """03/04/2010 is the third of April then, in the list of documents too."""
    order = str(tmp_path / "days.toml")
    with new_case(tmp_path / "case") as case:
        receive(case, source, agency="ICE", released_on=RELEASED_ON, order=order, ocr=Ocr.NEVER)
        assert [one.date for one in case.all_documents()] == ["2010-04-03", "2010-06-05"]


def test_a_value_against_the_order_is_wrong_where_it_was_right(tmp_path: Path, source: Path):
    """The agency was told how to write dates."""
    write_tree(source, {"either.dat": dat(("Begin Bates", "End Bates", "Date Sent"), ROWS)})
    with new_case(tmp_path / "case") as case:
        production = receive(case, source, agency="ICE", released_on=RELEASED_ON, ocr=Ocr.NEVER).production_id
        check_production(case, production)
        assert codes(case) == {}
        check_production(case, production, str(tmp_path / "days.toml"))
        assert codes(case) == {"DT001": 1}
