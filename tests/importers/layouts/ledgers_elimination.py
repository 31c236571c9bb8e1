"""Lists of capacity and machines that go: eliminations, capacity swaps, announcements, dismantling."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import (
    ALUMINIUM,
    ALUMINIUM_MEDIUM,
    CUPOLA,
    MAINS_CORELESS,
    MEDIUM,
    STEEL_MEDIUM,
    K,
    heads,
    line,
)
from tests.importers.layouts.making import Layout, N, Page, V, W, days, layout, month

EXIT = [
    ("序号", None),
    ("设区市", "e.county"),
    ("企业名称", "e.name"),
    ("退出的熔化\n设备名称", "m.name"),
    ("规格", "m.capacity_t"),
    ("数量(台)", "m.quantity"),
    ("换算产能(吨)", "e.capacity_t_per_year"),
    ("启动拆除时间", None),
    ("拆除到位时间", "m.removed_on"),
    ("备注", "e.remark"),
]


def _exit_rows(page: Page, top: int) -> None:
    first, second = page.firm(top), page.firm(top + 3)
    gone, later = V("2021.02", month("2021-02")), V("2021年5月底前", days(None, "2021-05-31"))
    medium, cupola = K("中频感应电炉", MEDIUM), K("冲天炉", CUPOLA)
    mains, shell = K("无芯工频感应电炉", MAINS_CORELESS), K("铝壳中频感应电炉", ALUMINIUM_MEDIUM)
    one, other = [1, "绍兴市", "嵊州市双江机械铸造厂"], [2, "绍兴市", "诸暨市越王铸件有限公司"]
    rows = [
        (first, [*one, medium, V("0.2吨", 0.2), 2, 2600, "2020.12", gone, "浙经信装备〔2020〕56号"]),
        (first, [None, None, None, medium, V("0.5吨", 0.5), 1, None, "2020.12", gone, None]),
        (first, [None, None, None, cupola, V("3吨/小时", 3), 1, None, "2021.01", gone, None]),
        (second, [*other, mains, V("1吨", 1), 1, 1800, "2021.03", later, None]),
        (second, [None, None, None, shell, V("750kg", 0.75), 2, None, "2021.03", later, None]),
    ]
    for row, (firm, values) in enumerate(rows, top):
        rate = {"m.capacity_t": "m.melt_rate_t_per_h"} if values[3] is cupola else {}
        # A city over the counties has no field of its own.
        columns = [(header, None if path == "e.county" else rate.get(path or "", path)) for header, path in EXIT]
        line(page, row, columns, values, firm=firm)
    for column in "ABCGJ":
        page.merge(f"{column}{top}:{column}{top + 2}", f"{column}{top + 3}:{column}{top + 4}")
    for firm in (first, second):
        firm.own.may(county="*")
        for machine in firm.machines:
            machine.may(model="*", state="removed")
        firm.action("dismantled").may(taken_on="*")


@layout
def eliminated_furnaces_merged_under_firms(book: Layout) -> None:
    page = book.page("淘汰落后产能")
    page.put("A1", "2021年淘汰落后产能（熔化设备）情况表", merge="A1:J1")
    heads(page, 2, EXIT)
    _exit_rows(page, 3)
    page.row(8, ["合计", None, None, None, None, 7, 4400]).skip(8, "total")


@layout
def capacity_swap_with_two_tables(book: Layout) -> None:
    page = book.page("产能置换")
    page.put("A1", "铸造产能置换方案公示表", merge="A1:J1")
    page.put("A2", "退出项目情况", merge="A2:J2")
    heads(page, 3, EXIT)
    _exit_rows(page, 4)
    page.put("A11", "建设项目情况", merge="A11:J11")
    columns = [
        ("企业名称", "e.name"),
        ("建设地点", "e.address"),
        ("熔化设备名称", "m.name"),
        ("规格", "m.capacity_t"),
        ("数量(台)", "m.quantity"),
        ("换算产能(吨)", "e.capacity_t_per_year"),
        ("拟开工时间", None),
        ("拟投产时间", None),
        ("置换比例", None),
    ]
    heads(page, 12, columns)
    place = "诸暨市店口镇解放湖高新园"
    firm = line(
        page,
        13,
        columns,
        [
            "浙江方正智造铸业有限公司",
            place,
            K("中频感应电炉（钢壳）", STEEL_MEDIUM),
            V("5吨", 5),
            1,
            4150,
            "2021.06",
            "2022.03",
            "1.06:1",
        ],
    )
    line(
        page,
        14,
        columns,
        [None, None, K("中频感应电炉（钢壳）", STEEL_MEDIUM), V("3吨", 3), 2, None, None, None, None],
        firm=firm,
    )
    for column in "ABFGHI":
        page.merge(f"{column}13:{column}14")
    for machine in firm.machines:
        machine.may(model="*")


SMELTING = [
    ("序号", None),
    ("省", None),
    ("企业名称", "e.name"),
    ("类别", "m.name"),
    ("型号", "m.capacity_t"),
    ("单位", None),
    ("数量", "m.quantity"),
    ("产能", "e.capacity_t_per_year"),
    ("拆除", None),
    ("备注", "e.remark"),
]


@layout
def smelting_equipment_with_a_unit_column(book: Layout) -> None:
    page = book.page("Sheet1")
    page.put("A1", "产能退出企业冶炼设备情况表", merge="A1:J1")
    page.row(
        2,
        [
            "序号",
            "省（区、市）",
            "企业名称",
            "冶炼设备情况",
            None,
            None,
            None,
            "退出产能（万吨/年）",
            "拆除到位时间",
            "备注",
        ],
    )
    page.row(3, ["类别（高炉/转炉/电炉等）", "型号（容积/容量等）", "单位（立方米/吨/千伏安等）", "设备数量"], "D")
    page.merge("A2:A3", "B2:B3", "C2:C3", "D2:G2", "H2:H3", "I2:I3", "J2:J3")
    wrapped = V("贺州市 兆丰五 金制品 有限公 司", "贺州市兆丰五金制品有限公司")
    rows = [
        [1, "广西", wrapped, K("中频炉", MEDIUM), 10, "吨", 2, V(8.5, 85000), "已拆除", "经现场核实"],
        [
            2,
            "广西",
            "贺州华桂铸钢有限公司",
            K("电弧炉", {"kind": "arc_furnace"}),
            15,
            "吨",
            1,
            V(6, 60000),
            "2022年11月",
            None,
        ],
        [3, "广西", "钟山县同乐铸造厂", K("铝壳炉", ALUMINIUM), 0.5, "吨", 3, V(0.4, 4000), "2023年3月", "/"],
    ]
    for row, values in enumerate(rows, 4):
        values = [N("/") if value == "/" else value for value in values]
        firm = line(page, row, SMELTING, values)
        firm.own.may(county="*")
        machine = firm.machines[-1].may(model="*")
        if values[8] == "已拆除":
            machine.may(state="removed")
            firm.action("dismantled")
        else:
            machine.says("removed_on", f"I{row}", values[8], month("2022-11" if row == 5 else "2023-03")).may(
                state="removed"
            )
            firm.action("dismantled").may(taken_on="*")
    page.row(7, ["合计", None, None, None, None, None, 6, 14.9]).skip(7, "total")


@layout
def announcement_with_lines_in_words(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-16", "delimiter": "\t", "named": "xls"}
    page = book.page()
    columns = [
        ("序号", None),
        ("省(区)市", None),
        ("所属行业", "e.industry"),
        ("企业名称", "e.name"),
        ("主体设备(生产线)名称、规格型号及数量", "w"),
        ("产能(万吨)", "e.capacity_t_per_year"),
        ("拟淘汰时间", "e.deadline"),
    ]
    heads(page, 1, columns)
    by = V("2017年12月31日前", days(None, "2017-12-31"))
    rows = [
        [
            "1",
            "湖北省",
            "铸造",
            "大冶市金马铸造有限公司",
            W(
                "2台4吨中频炉、1台1.5吨铝壳炉",
                {**MEDIUM, "quantity": 2, "capacity_t": 4},
                {**ALUMINIUM, "quantity": 1, "capacity_t": 1.5},
            ),
            V("1.8", 18000),
            by,
        ],
        [
            "2",
            "湖北省",
            "铸造",
            "黄石兴华铸件厂",
            W("5吨/小时冲天炉2座", {**CUPOLA, "quantity": 2, "melt_rate_t_per_h": 5}),
            V("2", 20000),
            by,
        ],
        [
            "3",
            "湖北省",
            "铸造",
            "阳新县富水机械铸造厂",
            W("1吨×2铝壳中频炉", {**ALUMINIUM_MEDIUM, "quantity": 2, "capacity_t": 1}),
            V("0.45", 4500),
            V("2017年9月底前", days(None, "2017-09-30")),
        ],
    ]
    for row, values in enumerate(rows, 2):
        page.line(row, columns, values).own.may(county="*", industry_code="*")
