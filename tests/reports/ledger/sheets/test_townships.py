"""分乡镇汇总: families by township add up to the county, with their definitions and the remainders as lines."""

from __future__ import annotations

from hypothesis import given

from app.domain.register import Enterprise, Equipment, Subject
from reports.forms import form
from reports.ledger.gathered.content import Content
from reports.ledger.gathered.families import FAMILIES, STAGES
from reports.ledger.sheets import details, townships
from reports.tables import Table
from tests.reports.ledger.drawn import content, firm
from tests.reports.ledger.sheets.test_origins import counties


def column(table: Table, title: str) -> list[int]:
    place = [one.title for one in table.columns].index(title)
    return [int(row[place] or 0) for row in table.rows]


def test_the_form_prints_just_the_families_that_are_counted() -> None:
    assert [one.title for one in form("ledger", "分乡镇汇总").columns][1:] == list(FAMILIES)


@given(counties)
def test_townships_add_up_to_the_county(told: Content) -> None:
    table = townships.by_township(told)

    assert sum(column(table, "企业总数（家）")) == len(told.snapshot.enterprises)
    if told.has("equipment"):
        rows = details.equipment(told).rows
        for title, place in (("在厂设备（台）", 11), ("已拆除（台）", 12), ("在不在厂不明（台）", 13)):
            assert sum(column(table, title)) == sum(int(row[place] or 0) for row in rows)
    if told.has("plans"):
        assert sum(column(table, "一企一策（家）")) == sum(sum(column(table, title)) for title in STAGES)


def test_what_has_no_township_stands_in_lines_of_its_own() -> None:
    unowned = Equipment("m", {"quantity": 2}, owners=("甲厂", "乙厂"))
    disputed = firm("丙厂", disputed=frozenset({"township"}))
    told = content(firm("甲厂", unowned, township="新圩镇"), firm("乙厂", township="土市镇"), disputed, firm("丁厂"))

    table = townships.by_township(told)

    assert [row[0] for row in table.rows] == ["新圩镇", "土市镇", "未说明", "有争议", "归属不明"]
    assert column(table, "企业总数（家）") == [1, 1, 1, 1, 0]
    assert column(table, "在厂设备（台）") == [0, 0, 0, 0, 2]


def test_columns_of_what_nobody_stated_are_left_out() -> None:
    titles = [one.title for one in townships.by_township(content(firm("甲厂"))).columns]

    assert "企业总数（家）" in titles
    assert not {"在厂设备（台）", "一企一策（家）", "停电未复电（家）", "手续已过期（件）"} & set(titles)


def test_a_firm_with_plans_at_several_stages_counts_once_and_apart() -> None:
    plans = (Subject("p1", {"stage": "made"}), Subject("p2", {"stage": "accepted"}))
    table = townships.by_township(content(Enterprise("甲厂", {"name": "甲厂"}, plans=plans)))

    assert column(table, "一企一策（家）") == [1]
    assert column(table, "阶段不明（家）") == [1]


def test_each_column_says_below_what_it_counts(county: Content) -> None:
    table = townships.by_township(county)
    told = "\n".join(table.notes)

    assert all(f"{one.title}：" in told for one in table.columns[1:])


def test_obsolete_equipment_is_counted_as_the_answer_counts_it(lanshan_in_march: Content) -> None:
    table, totals = townships.by_township(lanshan_in_march), lanshan_in_march.holding["totals"]

    assert totals["cannot_tell"]["enterprises"] + totals["holds"]["enterprises"] > 0
    for answer, word in (("holds", "仍有淘汰类设备"), ("cannot_tell", "淘汰类待核实")):
        assert sum(column(table, f"{word}（家）")) == totals[answer]["enterprises"]
        assert sum(column(table, f"{word}（台）")) == totals[answer]["furnaces"]
