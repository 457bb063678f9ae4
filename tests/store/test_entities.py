"""What people say about a lawsuit is kept with its source, twice told once, and never deleted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from vaughn.model import Confidence, EntityField, EntityKind, InputError, Rank, ValueKind
from vaughn.store import Actor, CaseFile, NewSource, NewStatement


def _state(case: CaseFile, *said: tuple[str, str, str]) -> int:
    """Say things of one order; return how many were new."""
    with case.writing("entity.stated") as change:
        order = change.entity_id("order", "2011-02-07")
        return change.state(
            order,
            [
                NewStatement(field, value, change.source_id(NewSource(source, source.upper())), Confidence.CONFIRMED)
                for field, value, source in said
            ],
        )


def test_two_sources_may_differ_and_both_stand(case: CaseFile) -> None:
    """A conflict is kept, not resolved."""
    assert _state(case, ("filed_on", "2011-02-07", "ecf-41"), ("filed_on", "2011-02-03", "ecf-39")) == 2
    order = case.entity("order/2011-02-07")
    assert order is not None
    assert order.values("filed_on") == ("2011-02-07", "2011-02-03")
    assert [source.key for source in case.sources()] == ["ecf-41", "ecf-39"]


def test_saying_it_again_adds_nothing(case: CaseFile) -> None:
    """So importing the same docket twice changes nothing."""
    _state(case, ("filed_on", "2011-02-07", "ecf-41"))
    before = case.head()
    assert _state(case, ("filed_on", "2011-02-07", "ecf-41")) == 0
    assert case.head() == before


def test_a_preferred_statement_counts_and_a_withdrawn_one_is_kept(case: CaseFile) -> None:
    """A person decides; what was decided against can still be read."""
    _state(case, ("filed_on", "2011-02-07", "a"), ("filed_on", "2011-02-03", "b"), ("filed_on", "2012-01-01", "c"))
    order = case.entity("order/2011-02-07")
    assert order is not None
    with case.writing("statement.ranked") as change:
        change.set_rank([order.statements[1].id], Rank.PREFERRED)
        change.set_rank([order.statements[2].id], Rank.WITHDRAWN)
    order = case.entity("order/2011-02-07")
    assert order is not None
    assert order.value("filed_on") == "2011-02-03"
    assert order.values("filed_on") == ("2011-02-03", "2011-02-07")
    assert len(order.statements) == 3


def test_a_withdrawn_entity_is_listed_only_when_asked_for(case: CaseFile) -> None:
    """It was entered in error, and it is still evidence that it was entered."""
    _state(case, ("title", "Order", "a"))
    order = case.entity("order/2011-02-07")
    assert order is not None
    with case.writing("entity.withdrawn") as change:
        change.withdraw_entity(order.id)
    assert case.entities("order") == ()
    assert [one.key for one in case.entities("order", withdrawn=True)] == ["2011-02-07"]
    assert case.entities("motion") == ()


def test_an_unknown_statement_cannot_be_ranked(case: CaseFile) -> None:
    """A wrong id is said, not ignored."""
    with pytest.raises(InputError, match="no statement 7"), case.writing("statement.ranked") as change:
        change.set_rank([7], Rank.PREFERRED)


def test_a_changed_statement_is_found_by_verify(case: CaseFile) -> None:
    """Statements are vouched for like everything else."""
    _state(case, ("filed_on", "2011-02-07", "a"))
    path = case.path
    case.close()
    connection = sqlite3.connect(path / "case.db")
    connection.execute("UPDATE statement SET value = '2011-02-08'")
    connection.commit()
    connection.close()
    with CaseFile.open(path) as reopened:
        assert [(problem.where, problem.column) for problem in reopened.verify().problems] == [("statement", "value")]


def test_a_missing_file_of_an_entity_is_found_by_verify(case: CaseFile, actor: Actor, tmp_path: Path) -> None:
    """Papers of the lawsuit are evidence like produced files."""
    with case.writing("entity.filed") as change:
        blob = case.blobs.add_bytes(b"%PDF-1.7 an order")
        change.add_entity_file(change.entity_id("order", "a"), "41.pdf", blob=blob, media_type="application/pdf")
        change.add_entity_file(change.entity_id("order", "a"), "41.pdf", blob=blob, media_type="application/pdf")
    (held,) = case.entity_files()
    assert (held.name, held.sha256, held.size_bytes) == ("41.pdf", blob.sha256, blob.size_bytes)
    assert case.verify().problems == ()
    stored = case.blobs.path(blob.sha256)
    stored.chmod(0o644)
    stored.unlink()
    (problem,) = case.verify().problems
    assert "entity file 1" in problem.message


ORDER = EntityKind(
    "order",
    "Order",
    (
        EntityField("filed_on", "Filed on", ValueKind.DATE),
        EntityField("entry", "Docket entry", ValueKind.REFERENCE, is_many=True, refers_to=("order",)),
    ),
)


def test_values_are_entered_in_one_form(case: CaseFile) -> None:
    """However they were typed."""
    with case.writing("entity.entered") as change:
        source = change.source_id(NewSource("by-hand", "Entered by hand"))
        assert change.enter(ORDER, "41", {"filed_on": ["2011-2-7"]}, source_id=source) == 1
        assert change.enter(ORDER, "41", {"filed_on": ["2011-02-07"]}, source_id=source) == 0
    order = case.entity("order/41")
    assert order is not None
    assert order.value("filed_on") == "2011-02-07"


def _name_what_is_not_there(case: CaseFile) -> None:
    with case.writing("entity.entered") as change:
        source = change.source_id(NewSource("by-hand", "Entered by hand"))
        change.enter(ORDER, "41", {"entry": ["order/41", "order/50"]}, source_id=source)
        change.require_references({"order": ORDER})


def test_a_reference_to_nothing_is_refused(case: CaseFile) -> None:
    """The whole change is taken back, so the case never holds it."""
    with pytest.raises(InputError, match="order/41: entry names order/50"):
        _name_what_is_not_there(case)
    assert case.entity("order/41") is None
