"""What a person tells of columns and rows goes before the lexicon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import BadInput
from importers.roster.told import laid_over, load_told, told_from
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
        {"columns": [{"header": "x", "field": "equipment.capacity_t", "unit": "万元"}]},
        {"columns": [{"header": "x", "field": "enterprise.problem", "unit": "吨"}]},
        {"columns": [{"header": "x", "field": "enterprise.name", "colour": "red"}]},
        {"sheets": []},
        {"rows": [{"row": 2, "as": "header", "why": "x"}]},
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


def test_what_was_told_of_nothing_in_the_file_is_named() -> None:
    told = told_from(
        {
            "columns": [
                {"sheet": "Sheet9", "header": "包联领导", "field": None},
                {"header": "没有的表头", "field": "enterprise.problem"},
                {"column": "Z", "field": "enterprise.remark"},
                {"header": "包联领导", "field": None},
            ],
            "rows": [{"row": 99, "as": "ignore"}, {"row": 2, "as": "data"}],
        }
    )
    reading = read(sheet("企业名称|包联领导\n甲铸造厂|李某\n乙铸造厂|王某"), told=told)

    assert [(issue.code, issue.severity, issue.raw) for issue in reading.issues] == [
        ("told.no_match", "warning", "包联领导"),
        ("told.no_match", "warning", "没有的表头"),
        ("told.no_match", "warning", "Z列"),
        ("told.no_match", "warning", "第99行"),
    ]
    assert reading.records[0].extras["包联领导"].value == "李某"


def test_a_header_may_be_told_by_its_joined_path_or_its_last_words() -> None:
    rows = "企业名称|炉子||变压器|\n|炉子多大(吨)|容量|配了多大|容量\n甲铸造厂|0.5|1|315|500"
    told = told_from(
        {
            "columns": [
                {"header": "炉子多大 （吨）", "field": "equipment.capacity_t", "unit": "吨"},
                {"header": "变压器/配了多大", "field": "equipment.transformer_kva", "unit": "kVA"},
                {"header": "容量", "field": "enterprise.problem"},
            ]
        }
    )
    reading = read(sheet(rows).merge("A1:A2", "B1:C1", "D1:E1"), told=told)
    by = {column.header: column.by for column in reading.sheets[0].tables[0].columns}

    assert machines(reading.records[0])[0] == {"capacity_t": 0.5, "transformer_kva": 315}
    assert by["变压器/容量"] != "told"
    assert "told.no_match" in [issue.code for issue in reading.issues]


def test_what_is_told_of_one_sheet_leaves_tables_side_by_side_on_another() -> None:
    beside = sheet("企业名称|铝壳炉（台）||企业名称|铝壳炉（台）\n甲铸造厂|1||丙铸造厂|1\n乙铸造厂|2||丁铸造厂|2", "二")
    told = told_from({"columns": [{"sheet": "一", "header": "包联领导", "field": None}]})

    reading = read(sheet("企业名称|包联领导\n戊铸造厂|李某\n己铸造厂|王某", "一"), beside, told=told)

    assert names(reading) == ["戊铸造厂", "己铸造厂", "甲铸造厂", "乙铸造厂", "丙铸造厂", "丁铸造厂"]


def test_what_was_learned_gives_way_to_what_is_told() -> None:
    learned = told_from(
        {
            "columns": [
                {"sheet": "Sheet1", "header": "谁包的", "field": "enterprise.remark"},
                {"sheet": "Sheet1", "header": "老板", "field": "enterprise.legal_representative"},
            ],
            "rows": [{"sheet": "Sheet1", "row": 2, "as": "ignore"}, {"sheet": "Sheet1", "row": 3, "as": "ignore"}],
        },
        by="learned",
    )
    told = told_from({"columns": [{"header": "谁包的", "field": None}], "rows": [{"row": 2, "as": "data"}]})
    text = "企业名称|谁包的|老板\n甲铸造厂|李某|王某\n乙铸造厂|李某|王某\n丙铸造厂|李某|王某"

    reading = read(sheet(text), told=laid_over(told, learned))

    assert names(reading) == ["甲铸造厂", "丙铸造厂"]
    assert [column.by for column in reading.sheets[0].tables[0].columns] == ["lexicon", "told", "learned"]
    assert laid_over(None, learned) == learned
