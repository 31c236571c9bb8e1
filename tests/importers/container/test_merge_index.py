"""Merges are found without being unfolded."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from importers.container.finish import _by_cells, _by_merges, without_overlaps
from importers.container.limits import DEFAULT
from importers.grid import Cell, Merge, MergeIndex, SheetGrid

corner = st.tuples(st.integers(1, 150), st.integers(1, 12))
size = st.tuples(st.integers(1, 90), st.integers(1, 5))


@given(st.lists(st.tuples(corner, size), max_size=25))
def test_the_index_agrees_with_unfolding_every_merge(drawn: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    merges = [Merge(top, left, top + down - 1, left + across - 1) for (top, left), (down, across) in drawn]
    alone, overlapping = without_overlaps(merges, DEFAULT)
    unfolded = {
        (row, column): (merge.top, merge.left)
        for merge in alone
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    }

    index = MergeIndex(alone)

    assert {place: index.origin(*place) for place in unfolded} == unfolded
    assert all(index.origin(row, 20) is None for row in range(1, 260))
    singles = sum(merge.top == merge.bottom and merge.left == merge.right for merge in merges)
    assert len(alone) + len(overlapping) + singles == len(merges)


@given(st.lists(st.tuples(corner, size), max_size=25), st.sets(corner, max_size=60))
def test_values_under_merges_are_found_by_merges_as_by_cells(
    drawn: list[tuple[tuple[int, int], tuple[int, int]]], filled: set[tuple[int, int]]
) -> None:
    merges = [Merge(top, left, top + down - 1, left + across - 1) for (top, left), (down, across) in drawn]
    alone, _ = without_overlaps(merges, DEFAULT)
    rows: dict[int, list[int]] = {}
    for row, column in sorted(filled):
        rows.setdefault(row, []).append(column)
    starts = accumulate(map(len, rows.values()), initial=0)
    filed = {row: (tuple(columns), start) for (row, columns), start in zip(rows.items(), starts, strict=False)}

    by_merges = sorted(_by_merges(filed, alone, 200))

    assert by_merges == sorted(_by_cells(filed, alone))
    places = sorted(filled)
    assert all(places[under] == (row, column) for row, column, _, under in by_merges)
    assert all(MergeIndex(alone).origin(row, column) == places[corner] for row, column, corner, _ in by_merges)


def test_a_merge_whose_corner_is_blank_covers_nothing() -> None:
    grid = SheetGrid("名册", {(2, 1): Cell("甲", "甲")}, merges=(Merge(1, 1, 3, 1),))

    assert grid.text(2, 1) == "甲"
    assert grid.text(3, 1) == ""


def test_one_merge_over_the_whole_sheet_costs_little() -> None:
    grid = SheetGrid("名册", {(1, 1): Cell("甲", "甲")}, merges=(Merge(1, 1, 1_048_576, 16_384),))

    assert grid.text(1_048_576, 16_384) == "甲"
    assert grid.height == 1
