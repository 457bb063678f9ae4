"""How large the paper and its cells are; stored boxes rest on these figures, so they never change."""

from __future__ import annotations

from vaughn.model import PageSize

PAPER = PageSize(612.0, 792.0)  # US Letter: what the pages of American records are printed on
MARGIN_PT = 36.0
CELL_PT = 5.4  # 100 letters a line; boxes are kept in tenths of a point, so sums stay exact
LINE_PT = 11.0
COLUMNS = 100
ROWS = 65
TAB_COLUMNS = 8
