"""Cards of bands: labels in one row, what they ask right below."""

from __future__ import annotations

from tests.importers.sheets import machines, names, read, sheet, values

_CARD = """
企业名称|统一社会信用代码|法定代表人
{}|91330522MA0395950N|徐煤生
占地面积（亩）|职工人数|绩效等级
18.5|52|C级
"""


def test_labels_above_their_values_are_one_firm() -> None:
    reading = read(sheet("企业信息采集卡\n" + _CARD.format("甲铸造有限公司").strip()))
    (firm,) = reading.records

    assert values(firm.enterprise) == {
        "name": "甲铸造有限公司", "uscc": "91330522MA0395950N", "legal_representative": "徐煤生",
        "land_mu": 18.5, "employees": 52, "grade": "C",
    }  # fmt: skip
    assert (firm.enterprise["employees"].cell, firm.rows) == ("B5", (2, 5))
    assert reading.counts()["rows_read"] == 4


def test_such_cards_below_each_other_are_a_firm_each() -> None:
    reading = read(sheet(_CARD.format("甲铸造厂") + _CARD.format("乙铸造有限公司").lstrip("\n")))

    assert names(reading) == ["甲铸造厂", "乙铸造有限公司"]
    assert [firm.rows for firm in reading.records] == [(1, 4), (5, 8)]


def test_a_table_of_machines_below_the_bands_is_the_firm_s() -> None:
    table = "设备名称|容量（吨）|台数\n铝壳炉|0.5|2\n钢壳炉|1|1"
    (firm,) = read(sheet(_CARD.format("甲铸造厂").strip() + "\n" + table)).records

    assert [(one["capacity_t"], one["quantity"]) for one in machines(firm)] == [(0.5, 2), (1, 1)]


def test_a_roster_is_no_such_card() -> None:
    head = "企业名称|联系电话|详细地址\n"
    repeated = head + "甲铸造厂|13800001111|新圩镇\n" + head + "乙铸造厂|13800002222|楠市镇"

    assert names(read(sheet(repeated))) == ["甲铸造厂", "乙铸造厂"]
    assert read(sheet(head + "甲铸造厂|13800001111|新圩镇\n乙铸造厂|13800002222|楠市镇")).sheets[0].tables[
        0
    ].header_rows == (1,)
