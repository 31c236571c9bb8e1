"""Turned tables: firms side by side, what is asked down the left, with or without a column of units."""

from __future__ import annotations

from tests.importers.sheets import codes, names, read, sheet, values


def test_firms_side_by_side_with_a_column_of_units() -> None:
    reading = read(
        sheet("""
主要指标
指标名称|计量单位|甲铸造有限公司|老李铸锅坊|乙锻造厂|合计
从业人员|人|41|3|20|64
年产量|万吨|5.2|0.1|1|6.3
联系电话|—|0350-6098801||13513508890|
""")
    )

    assert names(reading) == ["甲铸造有限公司", "老李铸锅坊", "乙锻造厂"]
    assert values(reading.records[0].enterprise) == {
        "name": "甲铸造有限公司", "employees": 41, "output_t_per_year": 52000, "contact_phone": "0350-6098801",
    }  # fmt: skip
    assert reading.records[2].enterprise["output_t_per_year"].cell == "E4"
    assert codes(reading) == [("column.name_by_values", "A2")]


def test_groups_of_firms_and_products_side_by_side_are_no_firms() -> None:
    for heads in ("规上企业|规下企业", "精密铸造|普通铸造", "蓝山县铸造企业|江永县铸造企业"):
        reading = read(sheet(f"指标|{heads}\n从业人员|410|65\n占地面积（亩）|20|3\n年产量（吨）|300|40"))
        assert reading.records == ()
    assert read(sheet("项目|甲铸造厂|乙锻造厂\n序号|1|2\n备注|a|b\n合同金额|3|4")).records == ()


def test_a_turned_table_without_units_keeps_what_it_does_not_know() -> None:
    reading = read(
        sheet("|甲铸造有限公司|乙锻造厂\n职工人数|41|20\n包联领导|李某|王某\n占地面积（亩）|5|6\n税收（万元）|7|8")
    )

    assert [firm.extras["包联领导"].value for firm in reading.records] == ["李某", "王某"]
    assert [firm.enterprise["tax_wan"].value for firm in reading.records] == [7, 8]
