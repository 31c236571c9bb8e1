"""What holds for every roster, whatever its layout: nothing wrong, nothing lost, nothing depends on where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.container import open_bytes
from importers.reading import Reading
from importers.roster import read_workbook
from tests.importers.layouts.drawn import draw
from tests.importers.layouts.drawn.days import draw_days, notations
from tests.importers.layouts.drawn.firms import Enterprise, draw_county
from tests.importers.layouts.making import Layout
from tests.importers.layouts.scoring import Score, score
from tests.importers.layouts.writing import suffix, written
from tests.importers.sheets import SheetBuilder, codes, names, read, sheet

#: Rosters read in full here; `python benchmarks/layouts.py` reads hundreds.
SEEDS = list(range(1, 81))
some = settings(max_examples=60, derandomize=True, deadline=None)
randoms = st.integers(0, 2**32).map(Random)


@cache
def drawn(seed: int) -> tuple[Layout, Reading, Score]:
    """A drawn roster, its reading and its score."""
    made = draw(seed)
    reading = read_workbook(open_bytes(written(made), f"{made.name}.{suffix(made)}"))
    return made, reading, score(made, reading)


def test_a_seed_always_draws_the_same_roster() -> None:
    for seed in range(1, 6):
        one, other = draw(seed), draw(seed)
        assert [(page.cells, page.merges) for page in one.pages] == [(page.cells, page.merges) for page in other.pages]


def test_nothing_wrong_is_stated_of_drawn_rosters() -> None:
    wrong = {seed: [one for one in drawn(seed)[2].faults if "WRONG" in one] for seed in SEEDS}

    assert {seed: faults for seed, faults in wrong.items() if faults} == {}
    assert {seed for seed in SEEDS if drawn(seed)[2].wrong} == set()


def test_the_same_bytes_give_the_same_object_to_the_byte() -> None:
    for seed in SEEDS[:12]:
        made = drawn(seed)[0]
        content, name = written(made), f"{made.name}.{suffix(made)}"
        first, second = (read_workbook(open_bytes(content, name)).as_dict() for _ in range(2))

        assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


def test_every_row_of_a_table_is_in_a_record_ignored_or_held() -> None:
    for seed in SEEDS:
        reading = drawn(seed)[1]
        counts = reading.counts()
        in_records = {(one.sheet, row) for one in reading.records for row in one.sheet_rows}

        assert counts["rows_read"] == len(in_records) + counts["rows_ignored"] + counts["rows_held"], seed
        assert in_records == {(row.sheet, row.row) for row in reading.rows if row.fate == "record"}, seed
        assert counts["records"] == len(reading.records)
        assert all(row.why for row in reading.rows if row.fate == "ignored"), seed


def test_every_row_that_a_firm_is_written_in_is_read() -> None:
    for seed in SEEDS:
        made, reading, _ = drawn(seed)
        named = [page.name for page in made.pages] if len(made.pages) > 1 else [reading.sheets[0].name]
        pages = zip(named, made.pages, strict=True)
        due = {(name, row) for name, page in pages for firm in page.firms for row in firm.rows}

        assert due <= {(row.sheet, row.row) for row in reading.rows}, seed


def test_every_cell_of_a_record_is_used_kept_asked_or_says_nothing() -> None:
    for seed in SEEDS:
        assert lost_cells(drawn(seed)[1]) == [], seed


#: States nothing, or the value above; and a count of no machines.
_NOTHINGS = {"", "/", "-", "—", "无", "0", "0.0", "零", "同上", "〃"}


def lost_cells(reading: Reading) -> list[str]:
    """The cells of records' rows that are in no fact, no extra and no issue, and do not merely say again what is."""
    told = reading.as_dict()
    asked = {(one["sheet"], one["cell"]) for one in told["issues"]}
    numbering = {
        (one["name"], column["column"])
        for one in told["sheets"]
        for table in one["tables"]
        for column in table["columns"]
        if column["by"] == "lexicon" and column["field"] is None
    }
    texts = {(row.sheet, row.row): row.cells for row in reading.rows if row.fate == "record"}
    lost = []
    for record, said in zip(reading.records, told["records"], strict=True):
        used = used_cells(said)
        columns = {(re.sub(r"\d", "", cell), text) for cell, text in used.items()}
        for row in record.sheet_rows:
            for column, text in texts[record.sheet, row].items():
                plain, cell = text.strip(), f"{column}{row}"
                known = plain in _NOTHINGS or cell in used or (column, plain) in columns
                if not known and (record.sheet, cell) not in asked and (record.sheet, column) not in numbering:
                    lost.append(f"{record.sheet}!{cell} {text!r}")
    return lost


def used_cells(record: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a record's facts and extras with their texts."""
    parts = [record["enterprise"], *record["equipment"], *record["permits"], record["plan"] or {}, *record["actions"]]
    facts = {one["cell"]: one["raw"].strip() for part in parts for one in part.values() if one["cell"]}
    return {**facts, **{one["cell"]: one["value"].strip() for one in record["extras"].values()}}


#: Columns of a plain roster: the words that each goes by, and the firm's fact in it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "e.name": ("企业名称", "单位名称", "企业全称", "公司名称", "厂名"),
    "e.township": ("乡镇", "所属乡镇", "乡镇（街道）", "镇街", "属地乡镇"),
    "e.uscc": ("统一社会信用代码", "社会统一信用代码", "信用代码", "社会信用代码"),
    "e.legal_representative": ("法定代表人", "法人代表", "法人", "公司法人"),
    "e.contact_person": ("联系人", "企业联系人"),
    "e.contact_phone": ("联系电话", "联系方式", "手机号码", "电话"),
    "e.address": ("详细地址", "企业地址", "生产地址", "厂址"),
    "e.industry": ("行业类别", "所属行业", "行业"),
    "e.main_product": ("主要产品", "产品名称"),
    "e.output_value_wan": ("产值（万元）", "年产值(万元)", "工业总产值\n（万元）"),
    "e.employees": ("职工人数", "员工数（人）", "从业人数"),
    "e.problem": ("存在问题", "主要问题"),
    "e.measures": ("整改措施", "整治措施"),
    "e.responsible_unit": ("责任单位", "牵头单位"),
    "p.eia.number": ("环评批复文号", "环评文号"),
    "p.pollutant_discharge.number": ("排污许可证编号", "排污许可证号"),
    "e.remark": ("备注", "备 注"),
}


def plain_roster(firms: list[Enterprise], columns: list[tuple[str, str]]) -> SheetBuilder:
    """A roster with one row of heads and one row a firm."""
    made = sheet().row(*(head for _, head in columns))
    for one in firms:
        made.row(*(one.facts.get(path) for path, _ in columns))
    return made


def facts_apart_from_cells(reading: Reading) -> list[object]:
    """All that the records state, without where it stands."""
    told = reading.as_dict()["records"]
    parts = ("enterprise", "equipment", "permits", "plan", "actions")

    def plain(part: Any) -> Any:
        if isinstance(part, list):
            return sorted((plain(one) for one in part), key=str)
        # the kind of a permit is said by the head, whose words change
        return sorted((name, str(fact["value"])) for name, fact in (part or {}).items())

    return [{name: plain(one[name]) for name in parts} for one in told]


@some
@given(st.integers(1, 10_000), randoms)
def test_a_column_moved_or_renamed_by_a_synonym_changes_no_fact(seed: int, rng: Random) -> None:
    firms = draw_county(Random(seed)).firms
    usual = [(path, words[0]) for path, words in COLUMNS.items()]
    moved = [(path, rng.choice(words)) for path, words in COLUMNS.items()]
    rng.shuffle(moved)

    expected, found = (read(plain_roster(firms, columns)) for columns in (usual, moved))

    assert names(expected) == [one.name for one in firms]
    assert facts_apart_from_cells(found) == facts_apart_from_cells(expected)


@some
@given(randoms, st.sampled_from(["容量", "炉窑容量", "产能", "年产能", "产值", "工业总产值", "功率", "变压器容量"]))
def test_numbers_under_a_head_without_a_unit_are_asked_and_never_stated(rng: Random, head: str) -> None:
    numbers = [rng.choice((rng.randint(1, 90_000), rng.randint(1, 900) / 100)) for _ in range(4)]
    made = sheet().row("企业名称", "炉型", head)
    for at, number in enumerate(numbers):
        made.row(f"骅强{'甲乙丙丁'[at]}铸造厂", "中频炉", number)

    reading = read(made)

    said = [
        fact.value for one in reading.records for part in (one.enterprise, *one.equipment) for fact in part.values()
    ]
    assert [value for value in said if isinstance(value, (int, float)) and not isinstance(value, bool)] == []
    assert "value.unit_unknown" in {code for code, _ in codes(reading)}
    kept = [one.extras[head].value for one in reading.records]
    assert [float(text) for text in kept] == pytest.approx([float(number) for number in numbers])


@some
@given(randoms, st.sampled_from(["完成时限", "停电时间", "整改时限"]))
def test_a_day_without_a_year_is_asked_where_the_roster_has_none(rng: Random, head: str) -> None:
    texts = [f"{rng.randint(1, 12)}月{tail}" for tail in ("底前", "下旬", f"{rng.randint(1, 28)}日", "")]
    made = sheet("新圩镇铸造企业排查表").row("企业名称", "法定代表人", head)
    for at, text in enumerate(texts):
        made.row(f"骅强{'甲乙丙丁'[at]}铸造厂", "李建国", text)

    reading = read(made)

    assert [dict(one.enterprise).keys() & {"deadline"} or one.actions for one in reading.records] == [()] * 4
    assert codes(reading) == [("value.year_unknown", f"C{row}") for row in range(3, 7)]


@some
@given(randoms)
def test_codes_in_scientific_notation_are_never_stated(rng: Random) -> None:
    digits = [float("91" + "".join(str(rng.randint(0, 9)) for _ in range(16))) for _ in range(3)]
    made = sheet().row("企业名称", "统一社会信用代码", "用电户号")
    for at, number in enumerate(digits):
        written_so = (number, f"{number:.5E}", f"{number:.2E}")[at]
        made.row(f"骅强{'甲乙丙'[at]}铸造厂", written_so, f"{number:.6E}")

    reading = read(made)

    assert [set(one.enterprise) for one in reading.records] == [{"name"}] * 3
    lost = [(f"{column}{row}", column) for row in (2, 3, 4) for column in "BC"]
    assert {cell for _, cell in codes(reading)} >= {cell for cell, _ in lost}


@some
@given(randoms)
def test_a_day_is_the_same_day_in_whatever_notation_a_roster_has_it(rng: Random) -> None:
    days = draw_days(rng, ("day", "month", "by_month", "quarter", "ten_days"), (2018, 2026))
    ways = notations(days)
    made = sheet().row("企业名称", "法定代表人", "停电时间")
    for at, text in enumerate(ways):
        made.row(f"骅强{at + 1}号铸造厂", "李建国", text)

    found = read(made).as_dict()["records"]

    said = [one["actions"][0]["taken_on"]["value"] for one in found]
    assert len({(one["from"], one["to"], one["precision"]) for one in said}) == 1
    assert [one["text"] for one in said] == list(ways)
