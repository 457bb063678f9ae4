"""What cannot be in a docket or in the history of an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tests.catalogue_cases import Case
from tests.lawsuit.facts import Facts, told
from vaughn.lawsuit import chains, order_findings
from vaughn.model import Finding

Said = dict[str, str | list[str]]


def _entries(*entries: Said) -> Callable[[Path], Iterable[Finding]]:
    facts = Facts()
    for number, said in enumerate(entries, 1):
        facts.told(f"entry/{number}", **said)
    return lambda _: chains(facts.suit()).findings


def _changes(*changes: Said) -> Callable[[Path], Iterable[Finding]]:
    facts = told("order/a", entered_on="2011-02-07").told("order/b", entered_on="2011-02-14")
    for number, said in enumerate(changes, 1):
        facts.told(f"order-change/{number}", **said)
    return lambda _: order_findings(facts.suit())


def _ends(order: str, from_: str, by: str) -> Said:
    return {"order": f"order/{order}", "state": "superseded", "from_": from_, "by": f"order/{by}"}


MOTION: Said = {"type": "motion", "filed_on": "2011-02-21"}
CASES = [
    Case(
        "SU001",
        _entries({"responds_to": "entry/2"}, {"responds_to": "entry/1"}),
        _entries({"type": "motion"}, {"responds_to": "entry/1"}),
    ),
    Case(
        "SU002",
        _changes({"order": "order/a", "state": "withdrawn", "from_": "2011-02-06"}),
        _changes({"order": "order/a", "state": "withdrawn", "from_": "2011-02-07"}),
    ),
    Case(
        "SU003",
        _changes({"order": "order/a", "state": "stayed", "from_": "2011-02-06"}),
        _changes({"order": "order/a", "state": "stayed", "from_": "2011-02"}),
    ),
    Case(
        "SU004",
        _changes({"order": "order/a", "state": "stayed"}),
        _changes({"order": "order/a", "state": "stayed", "from_": "2011-03-30"}),
    ),
    Case(
        "SU005",
        _changes({"order": "order/a", "state": "stayed", "from_": "2011-03-30", "until": "2011-03-29"}),
        _changes({"order": "order/a", "state": "stayed", "from_": "2011-03-30", "until": "2011-03-30"}),
    ),
    Case(
        "SU006",
        _changes(_ends("a", "2011-02-14", "b"), _ends("b", "2011-02-15", "a")),
        _changes(_ends("a", "2011-02-14", "b")),
    ),
    Case(
        "SU007",
        _entries({"type": "reply", "responds_to": "entry/62"}),
        _entries({"type": "reply", "responds_to": "entry/2"}, MOTION),
    ),
    Case(
        "SU008",
        _entries(MOTION, {"type": "reply", "responds_to": "entry/1", "filed_on": "2011-02-20"}),
        _entries(MOTION, {"type": "reply", "responds_to": "entry/1", "filed_on": "2011-02-21"}),
    ),
    Case("SU009", _entries(MOTION, {"type": "reply"}), _entries(MOTION, {"type": "notice"})),
]
