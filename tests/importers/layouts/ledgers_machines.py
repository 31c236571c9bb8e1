"""Ledgers of machines: one firm's equipment, boilers and vessels, forging and heat-treatment furnaces, sections."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import (
    ALUMINIUM_MEDIUM,
    HEATING,
    OTHER,
    STEEL_MEDIUM,
    TREATMENT,
    K,
    heads,
    line,
)
from tests.importers.layouts.making import Firm, Layout, N, Page, V, layout, month, year

GAS = {**HEATING, "fuel": "natural_gas"}


def _ledger_rows(page: Page, top: int, firm: Firm) -> None:
    columns = [
        ("设备编号", "m.code"),
        ("设备名称", "m.name"),
        ("型号", "m.model"),
        ("功率（kW）", "m.power_kw"),
        ("制造厂", "m.maker"),
        ("出厂编号", "m.serial_no"),
        ("投运时间", "m.commissioned_on"),
        ("状态", "m.state"),
    ]
    heads(page, top, columns)
    use, idle = V("在用", "in_use"), V("闲置", "idle")
    rows = [
        [
            "ZL-01",
            K("中频感应电炉（钢壳）", STEEL_MEDIUM),
            "KGPS-1000",
            1000,
            "西安机电研究所",
            "2018-0412",
            V("2018.10", month("2018-10")),
            use,
        ],
        [
            "ZL-02",
            K("中频感应电炉（铝壳）", ALUMINIUM_MEDIUM),
            "KGPS-250",
            250,
            "潍坊华东电炉厂",
            "0905117",
            V("2009.6", month("2009-06")),
            idle,
        ],
        [
            "QL-01",
            K("履带式抛丸清理机", OTHER),
            "Q3210",
            11,
            "青岛铸造机械厂",
            "1306",
            V("2013.4", month("2013-04")),
            use,
        ],
        [
            "KY-01",
            K("螺杆空压机", {"kind": "compressor"}),
            "LU37-8",
            37,
            "柳州富达",
            "L190233",
            V("2019.12", month("2019-12")),
            V("备用", "standby"),
        ],
        ["XC-03", K("桥式行车", OTHER), "LD5-16.5", N("/"), "河南矿山", "15-0772", V("2015.1", month("2015-01")), use],
    ]
    for row, values in enumerate(rows, top + 1):
        line(page, row, columns, values, firm=firm)


@layout
def equipment_ledger_whose_title_names_the_firm(book: Layout) -> None:
    page = book.page("设备台账")
    firm = page.firm(1)
    page.merge("A1:H1")
    firm.says("name", "A1", "衡南县兴达铸造有限公司设备台账", "衡南县兴达铸造有限公司")
    _ledger_rows(page, 2, firm)


@layout
def equipment_ledger_with_a_reporting_line(book: Layout) -> None:
    book.form = "xls"
    page = book.page("Sheet1")
    page.put("A1", "主要生产设备一览表", merge="A1:H1")
    firm = page.firm(2)
    firm.says("name", "A2", "填报单位（盖章）：永兴县长鹿铸造有限责任公司", "永兴县长鹿铸造有限责任公司")
    page.put("F2", "填报日期：2025年4月2日")
    _ledger_rows(page, 3, firm)
    page.row(9, ["设备负责人：曹某", None, None, "制表人：李某"])


@layout
def equipment_ledger_as_text_with_the_firm_above(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "gb18030"}
    page = book.page()
    firm = page.firm(1)
    page.put("A1", "企业名称：").put("C1", "统一社会信用代码：")
    firm.says("name", "B1", "资兴市东江机械铸造厂").says("uscc", "D1", "911409219967849168")
    columns = [
        ("炉号", "m.code"),
        ("炉型", "m.kind"),
        ("额定容量(t)", "m.capacity_t"),
        ("变压器容量(kVA)", "m.transformer_kva"),
        ("有无磁轭", "m.yoke"),
        ("制造年份", "m.made_on"),
    ]
    heads(page, 2, columns)
    rows = [
        ["1#", V("中频炉", "induction_furnace"), V("2", 2), V("1250", 1250), V("有", True), V("2016", year(2016))],
        ["2#", V("中频炉", "induction_furnace"), V("0.75", 0.75), V("500", 500), V("无", False), V("2008", year(2008))],
        [
            "3#",
            V("中频炉", "induction_furnace"),
            V("0.5", 0.5),
            N("/"),
            N("不明", "value.stated_unknown"),
            N("不详", "value.stated_unknown"),
        ],
    ]
    for row, values in enumerate(rows, 3):
        page.line(row, columns, values, firm=firm).machines[-1].says("frequency", f"B{row}", "中频炉", "medium")


FORGING = [
    ("序号", None),
    ("所属乡镇", "e.township"),
    ("企业名称", "e.name"),
    ("炉窑名称", "m.name"),
    ("数量（台）", "m.quantity"),
    ("装炉量（吨）", None),
    ("燃料类型", "m.fuel"),
    ("污染治理设施", "m.abatement"),
    ("投运年份", "m.commissioned_on"),
]


@layout
def forging_furnaces_of_flange_firms(book: Layout) -> None:
    page = book.page("加热炉", known={"county": "定襄县", "industry": "*", "industry_code": "*"})
    page.put("A1", "定襄县法兰锻造企业加热炉情况统计表", merge="A1:I1")
    heads(page, 2, FORGING)
    gas, power, coal = V("天然气", "natural_gas"), V("电", "electricity"), V("煤", "coal")
    room, car = K("室式天然气加热炉", HEATING), K("台车式热处理炉", TREATMENT)
    electric, shaft = K("电加热炉", HEATING), K("井式回火炉", TREATMENT)
    producer = K("煤气发生炉", {"kind": "gas_producer"})
    rows = [
        [1, "宏道镇", "定襄县永丰锻造有限公司", room, 3, 8, gas, "低氮燃烧", 2018],
        [None, None, None, car, 1, 20, gas, "低氮燃烧+SCR", 2020],
        [2, "蒋村镇", "山西天工法兰制造有限公司", electric, 2, 3, power, N("/"), 2023],
        [3, "神山乡", "定襄县鑫龙锻压厂", producer, 1, None, coal, N("无"), 2006],
        [None, None, None, shaft, 1, 2, power, None, 2012],
    ]
    firm = None
    for row, values in enumerate(rows, 3):
        since = V(f"{values[8]}年", year(values[8]))
        firm = line(page, row, FORGING, [*values[:8], since], firm=None if values[2] else firm)
        if values[5]:
            # Whether what a heating furnace takes in is its capacity, two careful people may see differently.
            firm.machines[-1].may(capacity_t=values[5])
    page.row(8, ["总计", None, None, None, 8, 33]).skip(8, "total")


@layout
def furnaces_counted_by_fuel_in_columns(book: Layout) -> None:
    book.form = "ods"
    page = book.page("炉窑统计", known={"county": "*", "industry": "*", "industry_code": "*"})
    page.put("A1", "锻造企业工业炉窑数量表", merge="A1:G1")
    page.put("G2", "单位：台")
    heads(
        page,
        3,
        [
            ("序号", None),
            ("企业名称", None),
            ("天然气加热炉", None),
            ("电加热炉", None),
            ("热处理炉", None),
            ("煤气发生炉", None),
            ("合计", None),
        ],
    )
    kinds = [
        ("C", HEATING, "natural_gas"),
        ("D", HEATING, "electricity"),
        ("E", TREATMENT, None),
        ("F", {"kind": "gas_producer"}, None),
    ]
    rows = [
        ("代县雁门锻造有限公司", [4, 1, 2, 0]),
        ("代县峨口铁件厂", [2, 0, 0, 1]),
        ("繁峙县平型关锻压有限公司", [0, 6, 3, 0]),
    ]
    for row, (name, counts) in enumerate(rows, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [row - 3, name])
        for (column, kind, fuel), count in zip(kinds, counts, strict=True):
            cell = f"{column}{row}"
            if not count:
                page.put(cell, count)
                continue
            machine = firm.machine().says("quantity", cell, count)
            machine.says("kind", f"{column}3", page.cells[f"{column}3"], kind["kind"])
            fact = machine.facts["kind"]
            machine.facts["kind"] = type(fact)(fact.value, (f"{column}3", cell))
            if fuel:
                machine.facts["fuel"] = type(fact)(fuel, (f"{column}3", cell), True)
        page.put(f"G{row}", sum(counts))
    page.row(7, ["合计", None, 6, 7, 5, 1, 19]).skip(7, "total")


@layout
def process_sections_of_one_firm(book: Layout) -> None:
    book.form, book.options = "html", {"named": "xls"}
    page = book.page()
    firm = page.firm(1)
    page.merge("A1:G1")
    firm.says("name", "A1", "企业名称：绍兴市柯桥区兴越铸管有限公司", "绍兴市柯桥区兴越铸管有限公司")
    columns = [
        ("工段/工艺名称或炉窑类型", "m.name"),
        ("数量", "m.quantity"),
        ("设备/工序使用状态", "m.state"),
        ("燃料类型", "m.fuel"),
        ("除尘工艺", "m.abatement"),
        ("排放口高度（米）", None),
        ("备注", None),
    ]
    heads(page, 2, columns)
    use, idle = V("在用", "in_use"), V("停用", "idle")
    rows = [
        [
            K("中频炉", {"kind": "induction_furnace", "frequency": "medium"}),
            V("3", 3),
            use,
            V("电", "electricity"),
            "布袋除尘",
            "15",
            None,
        ],
        [K("冲天炉", {"kind": "cupola"}), V("1", 1), idle, V("焦炭", "coke"), "旋风+布袋", "20", None],
        [K("热处理炉", TREATMENT), V("2", 2), use, V("天然气", "natural_gas"), "/", "15", None],
    ]
    for row, values in enumerate(rows, 3):
        line(page, row, columns, values, firm=firm)
    firm.machines[-1].facts.pop("abatement")
