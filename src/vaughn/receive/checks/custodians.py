"""Check 20: the custodians are those that were agreed on."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from vaughn.model import Finding, ProductionOrder, finding
from vaughn.receive.checks.telling import documents_told
from vaughn.receive.facts import ProductionFacts, TextColumn


def check_custodians(facts: ProductionFacts, order: ProductionOrder | None) -> list[Finding]:
    """Return the findings CU001 and CU002; none where no list was agreed."""
    if order is None or not order.custodians:
        return []
    agreed = {folded(name): name for name in order.custodians}
    documents = facts.documents
    strangers = [
        code
        for code, value in enumerate(documents.custodian.values)
        if any(folded(name) not in agreed for name in names_in(value))
    ]
    rows = np.flatnonzero(np.isin(documents.custodian.codes, strangers))
    found = documents_told(facts, "CU001", rows, lambda _: "The custodian is not one of those agreed on.")
    met = {folded(name) for name in _met(documents.custodian, documents.all_custodians)}
    for key, name in agreed.items():
        if key not in met:
            found.append(finding("CU002", f"No document has the agreed custodian {name}."))
    return found


def _met(*columns: TextColumn) -> Iterable[str]:
    for column in columns:
        for value in column.values:
            yield from names_in(value)


def names_in(value: str) -> tuple[str, ...]:
    """Return the names of a value with several: ``Doe, Jane; Roe, Rick``."""
    return tuple(name.strip() for name in re.split(r"[;\n|]", value) if name.strip())


def folded(name: str) -> str:
    """Return a name so that ``Doe, Jane`` and ``jane doe`` are equal."""
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))
