"""Workbook bytes to proposal: container guard, grid, tables, headers, columns, values, records, matching."""
