"""Whatever stands in a cell, reading it gives a value of the field's type, or a question, or nothing."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import DateInterval
from app.domain.vocabulary import SECTIONS, Field, field
from importers.grid import Cell
from importers.values import Understood, understand

FIELDS = [one for fields in SECTIONS.values() for one in fields.values()]
TYPES = {"int": int, "decimal": float, "bool": bool, "date": DateInterval, "text": str, "code": str}
WORDS = [
    "无",
    "0",
    "1",
    "√",
    "约",
    "吨",
    "台",
    "2024",
    "年",
    "月",
    "底前",
    "铝壳炉",
    "中频",
    "已",
    "未",
    "拆除",
    "（",
    "）",
    "-",
    "kg",
    "〔",
    "号",
    "至",
    "\n",
    "万",
]


def fits(one: Field, said: Understood) -> bool:
    """Whether the value is of the field's type, and everything by the way of its own field's."""
    stated = {one.path: said.value} if said.value is not None else {}
    for path, value in {**stated, **said.also}.items():
        named = field(path)
        if not isinstance(value, TYPES.get(named.type, str)) or (named.type == "int" and isinstance(value, bool)):
            return False
        if named.enum is not None and value not in named.enum:
            return False
        if value == "":
            return False
    return said.issue is None or (len(said.issue) == 4 and all(said.issue))


STORED = st.one_of(
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(max_size=20),
    st.lists(st.sampled_from(WORDS), max_size=7).map("".join),
)


@given(STORED, st.sampled_from(FIELDS), st.sampled_from([None, "吨", "kg", "万元", "台", "？"]), st.booleans())
def test_any_cell_under_any_field(
    stored: float | int | bool | date | datetime | time | str, one: Field, unit: str | None, date1904: bool
) -> None:
    cell = Cell(stored, str(stored))
    said = understand(one, cell, unit=unit, date1904=date1904)
    assert fits(one, said), (one.path, stored, said)
    assert understand(one, cell, unit=unit, date1904=date1904) == said


@pytest.mark.parametrize("one", FIELDS, ids=lambda one: one.path)
def test_nothings_are_distinct_under_every_field(one: Field) -> None:
    for blank in ("", " ", "/", "-", "—"):
        said = understand(one, Cell(blank, blank))
        assert (said.value, said.issue, dict(said.also)) == (None, None, {})
    for unknown in ("不明", "未测", "未知", "不详", "待核实"):
        said = understand(one, Cell(unknown, unknown))
        assert said.issue
        assert (said.value, said.issue[:2]) == (None, ("value.stated_unknown", "question"))
    if one.type in {"text", "code", "date"}:
        for none in ("无", "0", "零"):
            said = understand(one, Cell(none, none))
            assert (said.value, said.issue) == (None, None)
