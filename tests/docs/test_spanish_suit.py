"""Whether the lawsuit can be read in Spanish: its kinds, their fields and choices."""

from __future__ import annotations

import json
from pathlib import Path

from vaughn.app.facts import all_kinds
from vaughn.lawsuit import Rule
from vaughn.model import DayKind, Standing, federal

WORDS = Path(__file__).parents[2] / "web/src/i18n/suit.es.json"


def test_every_kind_field_and_choice_has_spanish_words():
    """The server sends them in English; the screens must not show half a sentence of each."""
    spanish = json.loads(WORDS.read_text(encoding="utf-8"))
    kinds = all_kinds().values()
    fields = [field for kind in kinds for field in kind.fields]
    wanted = {f"entity.{kind.id}" for kind in kinds} | {f"fact.{field.id}" for field in fields}
    wanted |= {f"choice.{choice}" for field in fields for choice in field.choices}
    wanted |= {f"choice.{standing.value}" for standing in Standing}
    wanted |= {f"rule.{rule.value}" for rule in Rule} | {f"day.{kind.value}" for kind in DayKind}
    wanted |= {f"clockrule.{rule.id}" for rule in federal().rules if rule.kind.value in ("limit", "opening")}
    assert sorted(wanted - set(spanish)) == []
    assert all(words.strip() for words in spanish.values())
