"""Workbooks from the wide world are read without loss."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from importers.container import open_workbook

ROSTERS = Path(__file__).resolve().parents[4] / "shared" / "rosters"
FILES = sorted(
    path
    for folder in ("zoo", "real", "odd")
    for path in (ROSTERS / folder).glob("*")
    if path.suffix in (".xlsx", ".xls", ".csv", ".ods")
)

pytestmark = pytest.mark.skipif(not FILES, reason="the folder of rosters is not beside the project")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_roster_is_read(path: Path) -> None:
    book = open_workbook(path)

    assert any(sheet.cells for sheet in book.sheets)
    assert all(cell.text for sheet in book.sheets for cell in sheet.cells.values())


#: What openpyxl itself refuses: bad row heights, bad fills, an xls by the name of xlsx.
BEYOND_OPENPYXL = ("66_", "68_", "83_")
COMPARED = [path for path in FILES if path.suffix == ".xlsx" and not path.name.startswith(BEYOND_OPENPYXL)]


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("path", COMPARED, ids=lambda path: path.name)
def test_no_cell_is_lost_against_another_reader(path: Path) -> None:
    other = openpyxl.load_workbook(path, data_only=True)
    for grid in open_workbook(path).sheets:
        if grid.name not in other.sheetnames or not hasattr(other[grid.name], "iter_rows"):
            continue
        rows = other[grid.name].iter_rows(max_row=grid.height + 50, max_col=grid.width + 50)
        there = {
            (cell.row, cell.column)
            for row in rows
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        }
        assert there == set(grid.cells)
