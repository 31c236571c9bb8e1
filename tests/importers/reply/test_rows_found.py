"""Rows are found again only where they are known: a wrong row is never read for another."""

from __future__ import annotations

import random

import pytest

from importers.grid import Cell, SheetGrid
from importers.reply.rows_found import rows_found

CHANGES = ("sort", "insert", "delete", "edit", "swap")
Row = tuple[int, list[str]]


def grid(rows: list[Row]) -> SheetGrid:
    """A sheet of these rows, from its top."""
    cells = {
        (at, column): Cell(text, text) for at, (_, row) in enumerate(rows, 1) for column, text in enumerate(row, 1)
    }
    return SheetGrid("名册", {place: cell for place, cell in cells.items() if cell.text})


def drawn_row(drawn: random.Random, number: int) -> Row:
    """A row like many others, but for its third column."""
    words = (("甲", "乙", "丙", ""), ("中频", "冲天"), (f"第{number}",), ("500", "250", ""), ("1", "2"))
    return number, [drawn.choice(choice) for choice in words]


def changed(drawn: random.Random, rows: list[Row], how: str) -> None:
    """What a clerk does to a sheet."""
    if how == "sort":
        column = drawn.randrange(5)
        rows.sort(key=lambda row: row[1][column])
    elif how == "insert":
        rows.insert(drawn.randint(0, len(rows)), drawn_row(drawn, 1000))
    elif how == "delete":
        rows.pop(drawn.randrange(len(rows)))
    elif how == "edit":
        drawn.choice(rows)[1][drawn.choice((0, 1, 3, 4))] = "手改"
    else:
        one, other = drawn.sample(range(len(rows)), 2)
        rows[one], rows[other] = rows[other], rows[one]


@pytest.mark.parametrize("seed", range(300))
def test_a_row_that_can_be_told_apart_is_found_where_it_went_or_not_at_all(seed: int) -> None:
    drawn = random.Random(seed)
    before = [drawn_row(drawn, number) for number in range(1, drawn.randint(4, 15))]
    masks = {number: frozenset(drawn.sample((1, 2, 4, 5), 2)) for number, _ in before if drawn.random() < 0.4}
    after = [(number, list(row)) for number, row in before]
    for number, row in after:
        for column in masks.get(number, ()):
            row[column - 1] = drawn.choice((row[column - 1], "改", "500", ""))
    for how in drawn.sample(CHANGES, drawn.randint(0, 2)):
        changed(drawn, after, how)
    truth = {number: at for at, (number, _) in enumerate(after, 1)}
    found = rows_found(grid(before), grid(after), masks)
    assert all(truth.get(row) == to for row, to in found.items())


def test_rows_that_differ_only_in_marked_cells_are_found_where_nothing_moved() -> None:
    rows: list[Row] = [(number, ["甲", "中频", str(number)]) for number in range(1, 6)]
    masks = {number: frozenset({3}) for number, _ in rows}
    corrected = [(number, [*row[:2], "0.5吨"]) for number, row in rows]
    assert rows_found(grid(rows), grid(corrected), masks) == {number: number for number in range(1, 6)}


def test_rows_that_differ_only_in_marked_cells_are_not_guessed_where_one_is_gone() -> None:
    rows: list[Row] = [(number, ["甲", "中频", str(number)]) for number in range(1, 6)]
    masks = {number: frozenset({3}) for number, _ in rows}
    assert rows_found(grid(rows), grid(rows[1:]), masks) == {}
