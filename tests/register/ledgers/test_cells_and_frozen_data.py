"""Addresses of cells, and the frozen data of a ledger: written, read back the same, canonical."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quarter import Quarter
from app.errors import LuzhangError
from app.register.ledgers import cells, numbered
from app.register.ledgers.frozen import Frozen, Heading, Origin, Sheet, packed, read, unpacked, written

SHEET = Sheet(
    "设备",
    "设备明细表",
    (Heading("企业名称", "enterprise.name"), Heading("台数", total=True), Heading("产能", total=True, partial=True)),
    (("甲厂", 2, None), ("乙厂", 3, None)),
    (Origin((("enterprise", "a"),), {"台数": (("equipment", "m"),)}), Origin((("enterprise", "b"),))),
    "合计",
    ("说明一", "说明二"),
    signed="填报人：张三",
)
LEDGER = Frozen({"county": "431127", "known": 3}, (SHEET,))


@pytest.mark.parametrize(
    ("address", "kind", "value"),
    [
        ("设备!A1", "title", "设备明细表"),
        ("设备!B2", "imprint", None),
        ("设备!B3", "heading", "台数"),
        ("设备！b5", "row", 3),
        ("'设备'!$A$4", "row", "甲厂"),
        ("设备!A6", "foot", "合计"),
        ("设备!B6", "foot", 5),
        ("设备!C6", "foot", "未说明"),
        ("设备!A8", "note", "说明二"),
        ("设备!A9", "signed", "填报人：张三"),
    ],
)
def test_a_cell_is_found_by_its_address(address: str, kind: str, value: Any) -> None:
    place = cells.found(LEDGER, address)

    assert (place.kind, place.value) == (kind, value)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("设备!A10", "cell.beyond"),
        ("设备!D4", "cell.beyond"),
        ("手续!A4", "cell.sheet"),
        ("设备", "cell.bad"),
        ("设备!4A", "cell.bad"),
        ("!A4", "cell.bad"),
        ("设备!A99999999", "cell.bad"),
    ],
)
def test_what_is_no_cell_of_the_ledger_is_told(address: str, code: str) -> None:
    with pytest.raises(LuzhangError) as told:
        cells.found(LEDGER, address)

    assert told.value.code == code
    assert "请" in told.value.fix


@given(st.integers(0, 18_277))
def test_columns_are_written_as_workbooks_write_them(column: int) -> None:
    assert cells.parsed(f"设备!{cells.letters(column)}1")[1] == column


some_cells = st.one_of(st.none(), st.text(max_size=9), st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9))
refs = st.tuples(st.sampled_from(["enterprise", "equipment", "figure"]), st.text("abc", min_size=1, max_size=2))
origins = st.builds(Origin, st.lists(refs).map(tuple), st.dictionaries(st.text(max_size=3), st.lists(refs).map(tuple)))


@given(st.lists(st.tuples(some_cells, some_cells, some_cells), max_size=5), st.lists(origins, max_size=5))
def test_what_was_kept_is_read_back_the_same(rows: list[tuple[Any, ...]], places: list[Origin]) -> None:
    sheet = Sheet("表", "题", SHEET.columns, tuple(rows), tuple(places), emphasis=frozenset({1, 0}))
    kept = written(Frozen({"county": "431127"}, (sheet, SHEET)))

    assert read(unpacked(packed(kept))).sheets == (sheet, SHEET)
    assert written(read(kept)) == kept


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2025Q4", (None, Quarter(2025, 4), None)),
        ("2025q4-2", (None, Quarter(2025, 4), 2)),
        ("431127-2025Q4-12", ("431127", Quarter(2025, 4), 12)),
        ("2025年第四季度", (None, Quarter(2025, 4), None)),
    ],
)
def test_a_ledger_is_named_by_quarter_revision_or_number(words: str, told: tuple[Any, ...]) -> None:
    assert numbered(words) == told
