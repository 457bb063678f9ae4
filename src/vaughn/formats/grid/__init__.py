"""Text as pages of paper: laid out on a fixed grid of cells, so that every word has a box without drawing anything.

Comes in: the text of a record that has no pages of its own (a message, a letter, a sheet). Goes out: letter
pages of words with boxes, and pictures drawn from those words. The grid is what a typewriter does: letters of one
width, lines of one height, lines broken between words.
"""

from vaughn.formats.grid.layout import MAX_PAGES, GridLayout, grid_pages, lay_out
from vaughn.formats.grid.picture import grid_jpeg
from vaughn.formats.grid.sheet import CELL_PT, COLUMNS, LINE_PT, MARGIN_PT, PAPER, ROWS

__all__ = [
    "CELL_PT",
    "COLUMNS",
    "LINE_PT",
    "MARGIN_PT",
    "MAX_PAGES",
    "PAPER",
    "ROWS",
    "GridLayout",
    "grid_jpeg",
    "grid_pages",
    "lay_out",
]
