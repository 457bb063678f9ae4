"""The example lawsuit as a case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from vaughn.app.demo import EXAMPLE_CASE, enter_example
from vaughn.store import Actor, CaseFile

WRITER = Actor("tester", lambda: datetime(2026, 1, 2, tzinfo=UTC))


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The example, entered into a case of its own."""
    made = CaseFile.create(tmp_path_factory.mktemp("example") / "ndlon", EXAMPLE_CASE, actor=WRITER)
    with made:
        enter_example(made)
        yield made
