"""The coverage matrix shows what each agency released of each item, and where nothing was."""

from __future__ import annotations

from tests.request.said import said
from vaughn.request import coverage, item_tree
from vaughn.request.items import AnsweredDocument

AGENCIES = [
    said("agency/ice", name="Immigration and Customs Enforcement", short="ICE"),
    said("agency/fbi", name="Federal Bureau of Investigation", short="FBI"),
    said("request/ice", agency="agency/ice"),
    said("request/fbi", agency="agency/fbi"),
]


def test_items_stand_in_the_order_of_the_tree() -> None:
    """2 before 10, children after their parent, items without a number last."""
    tree = item_tree(
        [
            said("request-item/ten", number="10", title="Ten"),
            said("request-item/sub", number="2.1", title="Sub", parent="request-item/two"),
            said("request-item/none", title="No number"),
            said("request-item/two", number="2", title="Two"),
        ]
    )
    assert [(item.title, item.depth) for item in tree.items] == [("Two", 0), ("Sub", 1), ("Ten", 0), ("No number", 0)]
    assert tree.faults == ()


def test_an_item_under_itself_is_told_and_not_lost() -> None:
    """A circle would hang, or drop all items in it."""
    tree = item_tree(
        [
            said("request-item/a", title="A", parent="request-item/b"),
            said("request-item/b", title="B", parent="request-item/a"),
            said("request-item/c", title="C", parent="request-item/gone"),
        ]
    )
    assert sorted(item.title for item in tree.items) == ["A", "B", "C"]
    assert len(tree.faults) == 3


def test_cells_count_releases_listed_documents_and_documents() -> None:
    """Each is a different sort of evidence."""
    found = coverage(
        [
            *AGENCIES,
            said("request-item/1", number="1", title="Policies", covered_by=["ICE 0001", "ICE 9999"]),
            said("request-item/2", number="2", title="Fiscal impact"),
            said("release/a", agency="agency/ice", item="request-item/1"),
            said("released-document/a-1", release="release/a", item="request-item/2"),
        ],
        [AnsweredDocument("ICE 0001", "ice")],
    )
    assert found.agencies == ("ICE", "FBI")
    first, second = found.rows
    assert (first.cells[0].releases, first.cells[0].documents) == (("release/a",), ("ICE 0001",))
    assert second.cells[0].listed == ("released-document/a-1",)
    assert [cell.is_empty for row in found.rows for cell in row.cells] == [False, True, False, True]
    assert found.empty == 2
    assert found.unmatched == ("ICE 9999",)


def test_an_agency_that_was_not_asked_still_has_its_column() -> None:
    """Referred records come from somebody else."""
    found = coverage([*AGENCIES, said("request-item/1", covered_by="X 1")], [AnsweredDocument("X 1", "OLC")])
    assert found.agencies == ("ICE", "FBI", "OLC")


def test_a_party_that_is_an_agency_has_the_agencys_column() -> None:
    """The court calls it a defendant, the request an agency; it is one body."""
    found = coverage(
        [
            *AGENCIES,
            said("party/ice", name="U.S. Immigration and Customs Enforcement", agency="agency/ice"),
            said("request-item/1", title="Policies"),
            said("release/a", agency="party/ice", item="request-item/1"),
        ]
    )
    assert found.agencies == ("ICE", "FBI")
    assert found.rows[0].cells[0].releases == ("release/a",)
