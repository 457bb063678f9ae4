"""Lists for spreadsheets: rows of texts and numbers come in, CSV or XLSX goes out, formulas made harmless."""

from vaughn.formats.lists.tables import Cell, csv_pieces, harmless, write_xlsx

__all__ = ["Cell", "csv_pieces", "harmless", "write_xlsx"]
