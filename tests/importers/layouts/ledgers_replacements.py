"""Machines that are replaced: outdated energy users, furnaces before and after, where dismantled ones went."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import (
    ALUMINIUM,
    ALUMINIUM_MEDIUM,
    INDUCTION,
    STEEL,
    STEEL_MEDIUM,
    K,
    heads,
    line,
)
from tests.importers.layouts.making import Due, Layout, N, V, day, days, layout, month, year


@layout
def dismantled_furnaces_and_where_they_went(book: Layout) -> None:
    book.form, book.options = "html", {"named": "xls"}
    page = book.page(known={"county": "*", "township": "*"})
    page.put("A1", "铝壳炉拆除情况统计表", merge="A1:H1")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("炉型", "m.kind"),
        ("单台容量（公斤）", "m.capacity_t"),
        ("台数", "m.quantity"),
        ("拆除前使用情况", None),
        ("拆除时间", "m.removed_on"),
        ("设备去向", "m.destination"),
    ]
    heads(page, 2, columns)
    gone = V("2024年3月28日", day("2024-03-28"))
    rows = [
        [
            "1",
            "宏兴金属制品有限公司",
            V("铝壳炉", "induction_furnace"),
            V("500", 0.5),
            V("1", 1),
            "在用",
            gone,
            "废旧公司回收切割",
        ],
        [
            "2",
            "华巨机械有限公司",
            V("铝壳炉", "induction_furnace"),
            V("750", 0.75),
            V("2", 2),
            "闲置",
            gone,
            "搬离厂区",
        ],
        [
            "3",
            "佳旺金属制品有限公司",
            V("铝壳炉", "induction_furnace"),
            V("300", 0.3),
            V("1", 1),
            "闲置",
            V("2024年3月", month("2024-03")),
            "就地毁坏",
        ],
    ]
    for row, values in enumerate(rows, 3):
        firm = page.line(row, columns, values)
        firm.machines[-1].says("shell", f"C{row}", "铝壳炉", "aluminium").may(state="removed")
        firm.action("dismantled").may(taken_on="*")


@layout
def outdated_energy_users(book: Layout) -> None:
    page = book.page("落后机电设备")
    page.put("A1", "高耗能落后机电设备（产品）淘汰计划表", merge="A1:I1")
    columns = [
        ("序号", None),
        ("用能单位", "e.name"),
        ("设备类别", "m.name"),
        ("型号", "m.model"),
        ("额定功率（kW）", "m.power_kw"),
        ("额定容量（kVA）", "m.transformer_kva"),
        ("数量（台）", "m.quantity"),
        ("出厂日期", "m.made_on"),
        ("淘汰时限", "e.deadline"),
    ]
    heads(page, 2, columns)
    motor, transformer = K("电动机", {"kind": "motor"}), K("变压器", {"kind": "transformer"})
    pump, fan = K("水泵", {"kind": "pump"}), K("离心风机", {"kind": "fan"})
    by = V("2024年底前", days(None, "2024-12-31"))
    firm = line(
        page, 3, columns, [1, "东安县永江铸造有限公司", motor, "Y132M-4", 7.5, None, 6, V(2004, year(2004)), by]
    )
    line(
        page,
        4,
        columns,
        [None, None, transformer, "S7-315/10", None, 315, 1, V("1998.10", month("1998-10")), None],
        firm=firm,
    )
    line(page, 5, columns, [None, None, pump, "IS80-65-160", 11, None, 2, V("2003年", year(2003)), None], firm=firm)
    page.merge("A3:A5", "B3:B5", "I3:I5")
    other = line(
        page,
        6,
        columns,
        [2, "东安湘南冶金机械厂", motor, "YB2-160", 15, None, 3, N("不详", "value.stated_unknown"), by],
    )
    line(page, 7, columns, [None, None, fan, "4-72-8C", 18.5, None, 1, V("2001年", year(2001)), None], firm=other)
    page.merge("A6:A7", "B6:B7", "I6:I7")


@layout
def survey_with_old_and_new_furnaces(book: Layout) -> None:
    page = book.page("升级改造")
    page.put("A1", "熔炼设备升级改造对照表", merge="A1:H1")
    page.row(2, ["序号", "企业名称", "改造前", None, None, "改造后", None, None])
    page.row(3, ["炉型", "容量（吨）", "数量（台）", "炉型", "容量（吨）", "数量（台）"], "C")
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:H2")
    rows = [
        (1, "汇丰铸造有限公司", ("铝壳中频炉", ALUMINIUM_MEDIUM, 1, 2), ("钢壳中频炉", STEEL_MEDIUM, 2, 1)),
        (2, "道县金源机械厂", ("铝壳炉", ALUMINIUM, 0.5, 1), ("钢壳炉", STEEL, 1, 1)),
        (3, "道县振兴铸造厂", ("感应电炉", INDUCTION, 0.75, 1), None),
    ]
    for row, (number, name, old, new) in enumerate(rows, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [number, name])
        for letters, furnace in (("CDE", old), ("FGH", new)):
            if furnace is None:
                continue
            words, kind, tons, count = furnace
            machine = firm.machine(f"{letters[0]}{row}", words, **kind)
            machine.says("capacity_t", f"{letters[1]}{row}", tons).says("quantity", f"{letters[2]}{row}", count)
            if letters == "CDE":
                machine.may(state="removed")
            else:
                machine.facts["name"] = Due("*", (), True)
