"""The reference of findings names every code as the catalogue does."""

import re
from pathlib import Path

import pytest

from vaughn.model import CATALOGUE
from vaughn.receive.orders import shipped_orders

DOCS = Path(__file__).parent.parent / "docs" / "reference"


@pytest.mark.parametrize("kind", CATALOGUE.values(), ids=lambda kind: kind.code)
def test_every_code_has_its_heading_title_and_cure(kind):
    """A report sends its reader to this page."""
    text = (DOCS / "findings.md").read_text("utf-8")
    part = re.search(rf"^### {kind.code}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert part is not None
    assert f"**{kind.title}.** {kind.severity.value} · " in part[1]
    assert f"*What to ask for:* {kind.cure}\n" in part[1]
    assert "*Example:* " in part[1]


def test_no_heading_is_without_a_code():
    """A code that was never made must not be looked for."""
    text = (DOCS / "findings.md").read_text("utf-8")
    assert set(re.findall(r"^### ([A-Z]{2}\d{3})$", text, re.MULTILINE)) == set(CATALOGUE)


@pytest.mark.parametrize("order", shipped_orders(), ids=lambda order: order.name)
def test_every_shipped_profile_is_described(order):
    """Whoever picks a profile by name has to find out what it is."""
    assert f"| `{order.name}` |" in (DOCS / "orders.md").read_text("utf-8")
