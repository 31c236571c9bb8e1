"""The ledger's sheets add up, print every remainder by name, and never turn 不明 into 0."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.register import Enterprise, Equipment, Facts, Subject
from reports.ledger.gathered.beside import Beside, Lack
from reports.ledger.gathered.content import Content
from reports.ledger.sheets import details, summary
from reports.tables import Table
from tests.reports.ledger.drawn import NOBODY, content, figure, firm


def line(table: Table, word: str) -> tuple[Any, ...]:
    (found,) = [row for row in table.rows if str(row[0]).strip() == word]
    return found


def test_the_remainder_is_printed_by_name() -> None:
    table = summary.summary(content(firm("甲厂", disposition="关停退出"), firm("乙厂")))

    assert line(table, "未归类")[1:] == (1, None, "乙厂")
    assert line(table, "二、分类处置（按整治类别）")[1] == 2


def test_a_disputed_value_counts_under_neither() -> None:
    table = summary.summary(content(firm("甲厂", disputed=frozenset({"status"})), firm("乙厂", status="producing")))

    assert line(table, "有争议")[1:] == (1, None, "甲厂")
    assert line(table, "在产")[1] == 1


def test_a_number_not_stated_is_printed_so_and_never_as_zero() -> None:
    told = content(figures=(figure("power_cut", None),))

    assert [row[7] for row in details.actions(told).rows] == ["不明"]
    assert line(summary.summary(told), "采取停电措施")[1] == "不明"


def test_a_stated_figure_that_differs_from_the_names_shows_by_how_much() -> None:
    told = content(firm("甲厂"), figures=(figure("enterprises", 36),))

    assert "相差35" in line(summary.summary(told), "采取停电措施")[3]


def test_an_act_names_the_papers_that_its_conditions_find_missing_and_no_others() -> None:
    acts = (Subject("a", {"kind": "power_cut", "authority": "蓝山县科工局"}), Subject("b", {"kind": "resumed"}))
    lacks = {
        "a": (Lack("缺", "没有写文号", "", "", "REG-NO"), Lack("缺", "没有写日期", "", "", "REG-DAY")),
        "b": (Lack("缺", "没有证明", "", "", "LS25-RESUME"),),
    }
    told = content(Enterprise("甲厂", {"name": "甲厂"}, actions=acts))

    rows = details.actions(replace(told, beside=Beside(actions=lacks))).rows
    assert [row[8] for row in rows] == ["缺时间、文号", ""]


def test_the_last_result_of_each_level_stands_at_the_right_of_the_plans() -> None:
    plan = Subject("p", {"stage": "made"})
    told = content(Enterprise("甲厂", {"name": "甲厂"}, plans=(plan,)), firm("乙厂"), firm("丙厂"))
    none = Lack("缺", "区县复验通过（2025-12-01）：没有镇街自验的记录", "一级一级验", "炉账验收登记规则")
    levels = {"甲厂": ("通过（2025-11-10）", "退回整改（2025-12）", ""), "乙厂": ("", "通过（2025-12-01）", "")}
    table = details.plans(replace(told, beside=Beside(levels=levels, accepted={"乙厂": (none,)})))

    assert [column.title for column in table.columns][-4:] == ["缺口", "镇街自验", "区县复验", "市级抽验"]
    assert [row[-4:] for row in table.rows] == [("", "通过（2025-11-10）", "退回整改（2025-12）", "")]
    assert table.notes == (
        "没有方案、有验收记录：乙厂：区县复验通过（2025-12-01）。缺：区县复验通过（2025-12-01）：没有镇街自验的记录",
        "缺口依据：“一级一级验”（炉账验收登记规则）",
    )


def test_phones_do_not_leave_by_a_ledger() -> None:
    told = content(firm("甲厂", contact_phone="13812345678"))

    assert details.enterprises(told).rows[0][9] == "138****5678"


def test_a_machine_that_is_gone_is_not_printed_as_in_use() -> None:
    gone = Equipment("m", {"state": "in_use"}, present=False)

    assert details.equipment(content(firm("甲厂", gone))).rows[0][10] == "已拆除"


machines = st.builds(
    lambda quantity, present: Equipment("m", facts_of(quantity), present=present),
    st.one_of(st.none(), st.integers(1, 9)),
    st.sampled_from([True, False, None]),
)


def facts_of(quantity: int | None) -> Facts:
    return {} if quantity is None else {"quantity": quantity}


@given(st.lists(st.lists(machines, max_size=4), max_size=6))
def test_totals_equal_details(counties: list[list[Equipment]]) -> None:
    told = content(*(firm(f"厂{place}", *held) for place, held in enumerate(counties)))

    table, rows = summary.summary(told), details.equipment(told).rows
    if not rows:
        assert line(table, "三、设备")[1:] == (None, None, "没有来源写过设备")
        return
    for word, column in (("在厂", 11), ("已拆除", 12), ("不能确定是否已拆除", 13)):
        assert line(table, word)[2] == sum(row[column] or 0 for row in rows)
    assert line(table, "三、设备")[2] == sum(sum(cell or 0 for cell in row[11:14]) for row in rows)


def unowned(*owners: str, **facts: Any) -> Equipment:
    return Equipment("m2", {"quantity": 2, **facts}, owners=owners)


def test_a_machine_without_a_certain_owner_counts_as_a_body_and_as_no_firm() -> None:
    one = firm("甲厂", unowned("甲厂", "乙厂"), township="新圩镇")
    other = firm("乙厂", Equipment("m1", {"quantity": 1}), township="土市镇")
    told = content(one, other)

    table = summary.summary(told)

    assert line(table, "三、设备")[1:3] == (1, 3)
    assert line(table, "在厂")[1:3] == (1, 3)
    assert line(table, "其中：归属不明")[1:3] == (1, 2)
    assert "甲厂" in line(table, "其中：归属不明")[3]
    assert (line(table, "新圩镇")[1:3], line(table, "土市镇")[1:3]) == ((1, 0), (1, 1))
    assert line(table, "归属不明")[1:3] == (0, 2)
    assert line(table, "六、各乡镇（街道）")[1:3] == (2, 3)
    assert {row[2] for row in details.equipment(told).rows} == {"乙厂", "甲厂（归属不明，也可能是乙厂的）"}


def test_it_counts_in_the_township_in_which_all_possible_owners_stand() -> None:
    one = firm("甲厂", unowned("甲厂", "乙厂"), township="新圩镇")
    table = summary.summary(content(one, firm("乙厂", township="新圩镇")))

    assert line(table, "新圩镇")[1:3] == (2, 2)
    assert [row for row in table.rows if str(row[0]).strip() == "归属不明"] == []
    assert line(table, "其中：归属不明")[1:3] == (2, 2)


def answered(totals: dict[str, Any], **furnaces: list[dict[str, Any]]) -> Content:
    """Firms with what the clauses say of their machines."""
    rows = [
        {
            "enterprise": {"id": name, "name": name},
            "furnaces": [{"machine": f"{name}{n}"} | one for n, one in enumerate(own)],
        }
        for name, own in furnaces.items()
    ]
    return replace(content(*map(firm, furnaces)), holding={**NOBODY, "totals": NOBODY["totals"] | totals, "rows": rows})


def test_the_firms_named_under_an_answer_are_those_counted() -> None:
    furnace = {"answer": "holds"}
    perhaps = furnace | {"owner": "归属不明", "owners": ["甲厂", "乙厂"]}
    totals = {"holds": {"enterprises": 1, "furnaces": 2}, "owner_unknown": {"enterprises": 1, "furnaces": 1}}
    table = summary.summary(answered(totals, 甲厂=[perhaps], 乙厂=[furnace, perhaps]))

    assert line(table, "仍有")[1:] == (1, 2, "乙厂")
    assert line(table, "其中：归属不明")[1:] == (1, 1, "甲厂")


def test_a_firm_that_holds_and_has_others_in_doubt_is_named_apart() -> None:
    holds, unclear = {"answer": "holds"}, {"answer": "cannot_tell"}
    totals = {"holds": {"enterprises": 1, "furnaces": 1}, "cannot_tell": {"enterprises": 1, "furnaces": 2}}
    table = summary.summary(answered(totals, 甲厂=[holds, unclear], 乙厂=[unclear]))

    assert line(table, "仍有")[1:] == (1, 1, "甲厂")
    assert line(table, "待核实")[1:] == (1, 2, "乙厂；已计入“仍有”、另有待核实设备的：甲厂")


def test_more_names_than_a_cell_shows_are_named_where_they_are_listed() -> None:
    table = summary.summary(content(*(firm(f"厂{place}", status="producing") for place in range(81))))

    assert line(table, "在产")[1:] == (81, None, "81家，名单见“企业底数”等明细表")
