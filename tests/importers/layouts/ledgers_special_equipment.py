"""Machines under numbers of their own: boilers, vessels, cranes, facilities of the permit platform."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import (
    OTHER,
    STEEL_MEDIUM,
    TREATMENT,
    K,
    heads,
    line,
)
from tests.importers.layouts.making import Layout, V, day, layout, month, year


@layout
def boilers_of_the_special_equipment_list(book: Layout) -> None:
    book.form = "xls"
    page = book.page("锅炉", known={"county": "*"})
    page.put("A1", "特种设备（锅炉）使用登记一览表", merge="A1:J1")
    columns = [
        ("序号", None),
        ("使用单位", "e.name"),
        ("设备代码", "m.code"),
        ("设备名称", "m.name"),
        ("型号", "m.model"),
        ("额定蒸发量（t/h）", None),
        ("燃料种类", "m.fuel"),
        ("制造单位", "m.maker"),
        ("出厂编号", "m.serial_no"),
        ("投用日期", "m.commissioned_on"),
    ]
    heads(page, 2, columns)
    steam, hot = K("蒸汽锅炉", {"kind": "boiler"}), K("热水锅炉", {"kind": "boiler"})
    rows = [
        [
            1,
            "汝城县热水温泉山庄",
            "11004310262015001",
            hot,
            "CWNS0.7-85/60",
            None,
            V("天然气", "natural_gas"),
            "江苏双良锅炉",
            "14-S-0218",
            V("2015-09-12", day("2015-09-12")),
        ],
        [
            2,
            "汝城兴华木业有限公司",
            "11004310262011003",
            steam,
            "DZL4-1.25-T",
            4,
            V("生物质", "biomass"),
            "长沙锅炉厂",
            "11067",
            V("2011-05-20", day("2011-05-20")),
        ],
        [
            3,
            "汝城县三江口染整厂",
            "11004310262008002",
            steam,
            "DZL2-1.0-AII",
            2,
            V("煤", "coal"),
            "长沙锅炉厂",
            "08112",
            V("2008-08-01", day("2008-08-01")),
        ],
    ]
    for row, values in enumerate(rows, 3):
        line(page, row, columns, values)


VESSELS = [
    ("No.", None),
    ("单位名称", "e.name"),
    ("设备种类", "m.name"),
    ("注册代码", None),
    ("规格型号", "m.model"),
    ("制造日期", "m.made_on"),
    ("使用状态", "m.state"),
    ("下次检验日期", None),
]


@layout
def vessels_cranes_and_lifts(book: Layout) -> None:
    page = book.page("特种设备", known={"county": "*"})
    page.put("A1", "特种设备台帐", merge="A1:H1")
    heads(page, 2, VESSELS)
    vessel, crane = K("压力容器", {"kind": "pressure_vessel"}), K("桥式起重机", OTHER)
    lift = K("升降机", {"kind": "lift"})
    use, idle, off = V("在用", "in_use"), V("停用", "idle"), V("报废", "removed")
    rows = [
        [1, "资阳区马良铸造有限公司", vessel, "21504309022017012", "C-1/0.84", "2017.02", use, "2026-02"],
        [None, None, crane, "41704309022016031", "LH10t-19.5m", "2016.08", use, "2025-08"],
        [2, "益阳资江机床附件厂", crane, "41704309022009008", "LD3t-13.5m", "2009.11", idle, None],
        [3, "益阳市会龙印铁制罐厂", lift, "34004309022014002", "SJD2-6", "2014.03", use, "2025-03"],
        [4, "益阳金山铸锅厂", vessel, "21504309022003001", "Φ800×2400", "2003.05", off, "/"],
    ]
    firm = None
    for row, values in enumerate(rows, 3):
        values[5] = V(values[5], month(str(values[5]).replace(".", "-")))
        firm = line(page, row, VESSELS, values, firm=None if values[1] else firm)
        # Whether a registration code is the machine's own number, two careful people may see differently.
        firm.machines[-1].may(code="*")
    page.firms[-1].action("dismantled")


@layout
def facilities_with_platform_codes(book: Layout) -> None:
    page = book.page("生产设施")
    page.put("A1", "生产设施信息表", merge="A1:H1")
    columns = [
        ("企业名称", "e.name"),
        ("生产设施名称", "m.name"),
        ("生产设施排污许可证编号", "m.code"),
        ("生产能力（t/a）", "e.capacity_t_per_year"),
        ("最大熔炼量(t)", "m.capacity_t"),
        ("废气治理设施及工艺", "m.abatement"),
        ("投产时间", "m.commissioned_on"),
        ("是否计量", None),
    ]
    heads(page, 2, columns)
    steel = K("钢壳中频炉", STEEL_MEDIUM)
    first = line(
        page,
        3,
        columns,
        ["昌吉市华盛耐磨钢球厂", steel, "MF0001", 8000, 1.5, "袋式除尘", V("2014年7月", month("2014-07")), "是"],
    )
    line(
        page,
        4,
        columns,
        [None, steel, "MF0002", None, 1.5, "袋式除尘", V("2014年7月", month("2014-07")), "是"],
        firm=first,
    )
    line(
        page,
        5,
        columns,
        [None, K("台车炉", TREATMENT), "MF0003", None, None, None, V("2016年", year(2016)), "否"],
        firm=first,
    )
    page.merge("A3:A5", "D3:D5")
    line(
        page,
        6,
        columns,
        ["新疆天山管件铸造有限公司", steel, "MF0001", 12000, 3, "滤筒除尘", V("2019年", year(2019)), "是"],
    )
