"""Whether every finding can be read in Spanish."""

from __future__ import annotations

import json
from pathlib import Path

from vaughn.model.catalogue import CATALOGUE

WORDS = Path(__file__).parents[2] / "web/src/i18n/codes.es.json"


def test_every_finding_code_has_spanish_words():
    """Half of the people whom these records are about read Spanish."""
    spanish = json.loads(WORDS.read_text(encoding="utf-8"))
    assert set(spanish) == set(CATALOGUE)
    assert all(words["title"].strip() and words["cure"].strip() for words in spanish.values())
