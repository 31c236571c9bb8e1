"""A workbook's grid to a reading: tables, heads, columns by meaning, cells, firms, and every row accounted for."""

from importers.roster.reader import read_file, read_workbook

__all__ = ["read_file", "read_workbook"]
