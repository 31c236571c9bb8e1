"""Machines in blocks of columns: numbered furnaces side by side, counts of each type, capacities beside counts."""

from __future__ import annotations

from typing import Any

from tests.importers.layouts.making import Due, Firm, Layout, N, V, layout
from tests.importers.layouts.values_words import (
    ALU,
    ALU_MEDIUM,
    CUPOLA,
    FIRMS,
    INDUCTION,
    MEDIUM,
    STEEL,
    STEEL_MEDIUM,
    K,
    lines,
)


def _block(firm: Firm, told: dict[str, tuple[str, Any, Any]], **facts: Any) -> None:
    """A machine whose facts stand in cells of their own: name to cell, raw and value."""
    one = firm.machine(None, **facts)
    for name, (cell, raw, value) in told.items():
        one.says(name, cell, raw, value)
    one.may(code="*", quantity=1)


@layout
def values_numbered_blocks(book: Layout) -> None:
    page = book.page("电炉", known={"township": "毛俊镇", "county": "*"})
    page.put("A1", "毛俊镇电炉基本情况表", merge="A1:K1")
    page.row(2, ["序号", "企业名称", "1号炉", None, None, "2号炉", None, None, "3号炉"])
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:H2", "I2:K2")
    page.row(3, ["型号", "容量（吨）", "状态"] * 3, "C")
    states = {"在用": "in_use", "备用": "standby", "停用": "idle", "已拆除": "removed", "闲置": "idle"}
    told = [
        [("GW-1-750", 1, "在用"), ("GW-0.5", 0.5, "备用"), None],
        [("KGPS-1250/1.5", 1.5, "在用"), None, None],
        [("GW-0.25", 0.25, "已拆除"), ("GW-1", 1, "在用"), ("GW-2", 2, "在用")],
        [("GW-0.75", 0.75, "停用"), ("/", None, "/"), None],
        [("GWJ-3", "3", "在用"), ("GWJ-3", "3", "闲置"), None],
    ]
    for row, furnaces in enumerate(told, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [row - 3, FIRMS[row]])
        for at, one in enumerate(furnaces):
            if one is None:
                continue
            model, size, state = (f"{column}{row}" for column in ("CDE", "FGH", "IJK")[at])
            if one[0] == "/":
                page.put(model, "/").put(size, "/").put(state, "/")
                continue
            _block(firm, {"model": (model, one[0], one[0]), "capacity_t": (size, one[1], float(one[1])),
                          "state": (state, one[2], states[one[2]])})  # fmt: skip
            firm.machines[-1].may(kind="*", frequency="*")


@layout
def values_numbered_heads_on_one_row(book: Layout) -> None:
    page = book.page("Sheet1")
    page.row(1, ["企业名称", "1#炉容量(t)", "1#炉炉壳", "1#炉状态", "2#炉容量(t)", "2#炉炉壳", "2#炉状态"])
    shells = {"铝壳": "aluminium", "钢壳": "steel"}
    states = {"在用": "in_use", "闲置": "idle", "拆除": "removed"}
    told = [
        [(0.5, "铝壳", "闲置"), (1, "钢壳", "在用")],
        [(2, "钢壳", "在用"), None],
        [(0.25, "铝壳", "拆除"), (0.5, "铝壳", "拆除")],
        [(3, "钢壳", "在用"), (3, "钢壳", "闲置")],
    ]
    for row, furnaces in enumerate(told, 2):
        firm = page.line(row, [("企业名称", "e.name")], [FIRMS[row + 4]])
        for at, one in enumerate(furnaces):
            if one:
                size, shell, state = (f"{column}{row}" for column in ("BCD", "EFG")[at])
                _block(firm, {"capacity_t": (size, one[0], one[0]), "shell": (shell, one[1], shells[one[1]]),
                              "state": (state, one[2], states[one[2]])})  # fmt: skip
                firm.machines[-1].may(kind="induction_furnace")


def _count(firm: Firm, cell: str, raw: Any, quantity: int, **facts: Any) -> None:
    """A count under a head that names the machine."""
    one = firm.machine()
    one.says("quantity", cell, raw, quantity)
    for name, value in facts.items():
        one.facts[name] = Due(value, ())


@layout
def values_counts_of_types(book: Layout) -> None:
    page = book.page("汇总", known={"county": "蓝山县", "township": "*"})
    page.put("A1", "蓝山县铸造企业炉型统计表", merge="A1:H1")
    page.row(2, ["序号", "乡镇", "企业名称", "铝壳炉（台）", "钢壳炉（台）", "冲天炉（座）", "加热炉(台)", "备注"])
    columns = [("序号", None), ("乡镇", "e.township"), ("企业名称", "e.name")]
    heads = {"D": ALU, "E": STEEL, "F": CUPOLA, "G": {"kind": "heating_furnace"}}
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("太平圩镇", FIRMS[0], {"D": 2, "E": 0, "F": 0, "G": 0}),
        ("太平圩镇", FIRMS[1], {"D": 0, "E": 3, "F": None, "G": "无"}),
        ("楠市镇", FIRMS[2], {"D": "1台", "E": "2台", "F": "/", "G": "-"}),
        ("楠市镇", FIRMS[3], {"D": "一", "E": None, "F": "1", "G": None}),
        ("所城镇", FIRMS[4], {"D": "不明", "E": 1, "F": 0, "G": 0}),
    ]
    numbers = {"1台": 1, "2台": 2, "一": 1, "1": 1}
    for row, (town, name, cells) in enumerate(told, 3):
        firm = page.line(row, columns, [row - 2, town, name])
        for column, raw in cells.items():
            if raw is not None:
                page.put(f"{column}{row}", raw)
            count = numbers.get(raw, raw) if raw is not None else 0
            if isinstance(count, int) and count:
                _count(firm, f"{column}{row}", raw, count, **heads[column])
    page.ask("D7", "value.stated_unknown")
    page.row(8, ["合计", None, None, 3, 6, 1, 0]).skip(8, "total")


@layout
def values_counts_of_which_idle(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "铝壳炉、钢壳炉使用情况统计", merge="A1:F1")
    page.row(2, ["序号", "企业名称", "铝壳炉（台）", None, "钢壳炉（台）"])
    page.merge("A2:A3", "B2:B3", "C2:D2", "E2:F2")
    page.row(3, ["数量", "其中：闲置", "数量", "其中：闲置"], "C")
    told = [(FIRMS[5], 2, 2, 1, 0), (FIRMS[6], 0, 0, 2, None), (FIRMS[7], 3, 1, 0, 0), (FIRMS[8], 1, 0, 1, 1)]
    for row, (name, *counts) in enumerate(told, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [row - 3, name])
        for facts, cells, (count, idle) in ((ALU, "CD", counts[:2]), (STEEL, "EF", counts[2:])):
            page.put(f"{cells[0]}{row}", count)
            if idle is not None:
                page.put(f"{cells[1]}{row}", idle)
            if count:
                # Some tell the idle ones apart, others keep the sum and ask: no count is judged where both are there.
                one = firm.machine(None, **facts)
                one.may(quantity="*" if idle else count)
                if idle:
                    one.may(state="idle")
        for facts, idle in ((ALU, counts[1]), (STEEL, counts[3])):
            if idle:
                firm.machine().may(**facts, quantity="*", state="idle")


@layout
def values_counts_by_state(book: Layout) -> None:
    page = book.page("Sheet1", known={"township": "*"})
    page.put("A1", "铸造企业感应电炉台账（按使用状态）", merge="A1:G1")
    page.row(2, ["序号", "单位名称", "铝壳炉（台）", None, None, "钢壳炉（台）"])
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:G2")
    page.row(3, ["在用", "闲置", "已拆除", "在用", "备用"], "C")
    said = {
        "C": (ALU, "in_use"),
        "D": (ALU, "idle"),
        "E": (ALU, "removed"),
        "F": (STEEL, "in_use"),
        "G": (STEEL, "standby"),
    }
    told = [
        (FIRMS[9], 0, 1, 0, 2, 0),
        (FIRMS[10], 1, 0, 2, 0, 0),
        (FIRMS[11], None, None, 1, 1, 1),
        (FIRMS[12], 0, 0, 0, 4, 0),
    ]
    for row, (name, *counts) in enumerate(told, 4):
        firm = page.line(row, [("序号", None), ("单位名称", "e.name")], [row - 3, name])
        for column, count in zip("CDEFG", counts, strict=True):
            if count is not None:
                page.put(f"{column}{row}", count)
            if count:
                _count(firm, f"{column}{row}", count, count, **said[column][0], state=said[column][1])


@layout
def values_counts_beside_capacities(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "感应电炉情况摸底表", merge="A1:F1")
    page.row(2, ["序号", "企业名称", "铝壳中频炉", None, "钢壳中频炉"])
    page.merge("A2:A3", "B2:B3", "C2:D2", "E2:F2")
    page.row(3, ["台数", "单台容量（kg）", "台数", "单台容量（t）"], "C")
    told = [(FIRMS[0], 2, 500, 1, 1.5), (FIRMS[1], 1, 250, None, None), (FIRMS[2], None, None, 2, 3),
            (FIRMS[3], 1, "750", 1, "2吨")]  # fmt: skip
    for row, (name, few, small, many, large) in enumerate(told, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [row - 3, name])
        if few:
            _count(firm, f"C{row}", few, few, **ALU_MEDIUM)
            firm.machines[-1].says("capacity_t", f"D{row}", small, float(small or 0) / 1000)
        if many:
            _count(firm, f"E{row}", many, many, **STEEL_MEDIUM)
            firm.machines[-1].says("capacity_t", f"F{row}", large, 2 if large == "2吨" else large)


@layout
def values_unit_in_its_own_column(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "退出熔化设备情况", merge="A1:F1")
    columns = [("序号", None), ("企业名称", "e.name"), ("设备类别", "m.name"), ("容量", "m.capacity_t"),
        ("容量单位（吨/公斤）", None),
               ("设备数量（台）", "m.quantity")]  # fmt: skip
    page.row(2, [header for header, _ in columns])
    lines(
        page, columns, 3,
        [1, FIRMS[4], K("铝壳中频炉", ALU_MEDIUM), V(500, 0.5), "公斤", 2],
        [None, None, K("钢壳炉", STEEL), 2, "吨", 1],
        [2, FIRMS[5], K("中频炉", MEDIUM), 1.5, "吨", 1],
        [3, FIRMS[6], K("铝壳炉", ALU), V(750, 0.75), "kg", 1],
        [4, FIRMS[7], K("感应电炉", INDUCTION), V("3", 3), "T", V("２", 2)],
        [5, FIRMS[8], K("铝壳炉", ALU), N(300), None, 1],
    )  # fmt: skip
    page.ask("D")


@layout
def values_yokes_and_shells(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "感应电炉炉壳及磁轭核查表", merge="A1:G1")
    columns = [("序号", None), ("企业名称", "e.name"), ("炉号", "m.code"), ("吨位", "m.capacity_t"), ("铝壳/钢壳",
        "m.shell"),
               ("有无磁扼", "m.yoke"), ("在用/停用", "m.state")]  # fmt: skip
    page.row(2, [header for header, _ in columns])
    alu, steel, unknown = V("铝壳", "aluminium"), V("钢壳", "steel"), "value.stated_unknown"
    lines(
        page, columns, 3,
        [1, FIRMS[0], "1#", V("0.5吨", 0.5), alu, V("无", False), V("在用", "in_use")],
        [None, None, "2#", V("1t", 1), steel, V("有", True), V("在用", "in_use")],
        [2, FIRMS[1], "1#", V("250kg", 0.25), alu, N("不明", unknown), V("停用", "idle")],
        [3, FIRMS[2], "一号炉", V("2T", 2), V("铁壳", "steel"), V("√", True), V("备用", "standby")],
        [None, None, "二号炉", V("2T", 2), N("待核实", unknown), V("×", False), V("长期闲置", "idle")],
        [4, FIRMS[3], V(1, "1"), V("750公斤", 0.75), V("铝", "aluminium"), None, V("已封存", "sealed")],
        [5, FIRMS[4], "1#", V("１．５吨", 1.5), steel, N("/"), V("拆除并搬离厂区", "removed")],
    )  # fmt: skip
    for firm in page.firms:
        for one in firm.machines:
            one.may(kind="induction_furnace", quantity=1)
