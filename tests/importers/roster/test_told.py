"""What a person tells of columns and rows goes before the lexicon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import BadInput
from importers.roster.told import load_told, told_from
from tests.importers.sheets import by_kind, machines, names, read, sheet


def test_columns_by_header_and_by_letter() -> None:
    told = told_from(
        {
            "columns": [
                {"sheet": "Sheet1", "header": "户头", "field": "enterprise.name"},
                {"sheet": "Sheet1", "column": "B", "field": "equipment.capacity_t", "unit": "kg"},
                {"header": "验收章", "field": "permit.eia_acceptance.standing"},
                {"header": "联络", "field": None},
            ]
        }
    )
    reading = read(sheet("户头|多大|验收章|联络\n甲厂|500|有|王某\n乙厂|1000|无|"), told=told)

    assert names(reading) == ["甲厂", "乙厂"]
    assert [machines(record) for record in reading.records] == [[{"capacity_t": 0.5}], [{"capacity_t": 1}]]
    assert by_kind(reading.records[1].permits) == {"eia_acceptance": {"standing": "lacking"}}
    assert reading.issues == ()
    assert [column.by for column in reading.sheets[0].tables[0].columns] == ["told"] * 4


def test_rows_by_number() -> None:
    told = told_from({"rows": [{"sheet": "Sheet1", "row": 2, "as": "ignore"}, {"row": 3, "as": "data"}]})
    reading = read(sheet("企业名称|铝壳炉\n甲铸造厂|1\n合计|2"), told=told)

    assert names(reading) == ["合计"]
    assert reading.sheets[0].tables[0].ignored_rows == ((2, "note"),)


def test_header_rows_by_number() -> None:
    told = told_from({"columns": [{"column": "A", "field": "enterprise.name"}], "rows": [{"row": 2, "as": "header"}]})

    assert names(read(sheet("甲\n某某|铝壳炉（台）\n甲铸造厂|1"), told=told)) == ["甲铸造厂"]


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"columns": {}},
        {"columns": [{"field": "enterprise.name"}]},
        {"columns": [{"header": "x", "field": "enterprise.colour"}]},
        {"columns": [{"header": "x", "field": "permit.passport.number"}]},
        {"rows": [{"row": "2", "as": "header"}]},
        {"rows": [{"row": 2, "as": "total"}]},
    ],
)
def test_a_map_that_is_none_is_refused_with_a_reason(said: object, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    path.write_text(json.dumps(said), encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load_told(path)

    assert refused.value.code == "told.bad"
