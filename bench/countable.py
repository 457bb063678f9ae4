"""Has children stand behind a fence that tells their processor time to the program that started them.

Bubblewrap does not: what its children spend is lost, and a benchmark would find them free of cost.
"""

from __future__ import annotations

import os

from vaughn.work import Level, best_level, levels_here


def count_children() -> Level:
    """Choose the strongest fence but bubblewrap for this program and those it starts; return it."""
    if best_level() is Level.BUBBLEWRAP:
        chosen = next(level for level in levels_here() if level is not Level.BUBBLEWRAP)
        os.environ["VAUGHN_SANDBOX"] = chosen.value
    return best_level()
