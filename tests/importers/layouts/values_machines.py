"""Machines in words: every way in which a township writes its furnaces into one cell."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, N, V, W, layout, month
from tests.importers.layouts.values_words import (
    ALU,
    ALU_MEDIUM,
    CUPOLA,
    FIRMS,
    MEDIUM,
    OTHER,
    STEEL,
    STEEL_MEDIUM,
    K,
    head,
    lines,
    perhaps,
)  # fmt: skip


@layout
def values_words_of_furnaces(book: Layout) -> None:
    page = book.page("新圩镇", known={"township": "新圩镇", "county": "*", "industry": "*"})
    page.put("A1", "新圩镇铸造企业熔炼设备排查表", merge="A1:D1")
    columns = [("序号", None), ("企业名称", "e.name"), ("熔炼设备情况", "w"), ("备注", "e.remark")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], W("2台4吨中频炉、1台0.5吨铝壳炉（闲置）", {**MEDIUM, "capacity_t": 4, "quantity": 2},
                        {**ALU, "capacity_t": 0.5, "quantity": 1, "state": "idle"}), None],
        [2, FIRMS[1], W("中频炉2台（0.5t、1t各1台）", {**MEDIUM, "capacity_t": 0.5},
                        {**MEDIUM, "capacity_t": 1, "quantity": 1}), "手续齐全"],
        [3, FIRMS[2], W("0.75T铝壳炉1台已拆除", {**ALU, "capacity_t": 0.75, "quantity": 1, "state": "removed"}), None],
        [4, FIRMS[3], W("铝壳中频炉2×1t", {**ALU_MEDIUM, "capacity_t": 1, "quantity": 2}), N("/")],
        [5, FIRMS[4], W("3t钢壳中频炉一拖二", {**STEEL_MEDIUM, "capacity_t": 3, "quantity": 2}), None],
        [6, FIRMS[5], W("1吨中频炉2台（一用一备）", {**MEDIUM, "capacity_t": 1, "quantity": 1, "state": "in_use"},
                        {**MEDIUM, "capacity_t": 1, "quantity": 1, "state": "standby"}), None],
    )  # fmt: skip
    # Two are written: who does not tell them apart may say so.
    page.firms[1].machines[0].may(quantity="*")
    numbered = page.line(9, columns, [7, FIRMS[6], N("1#0.5吨、2#1吨铝壳炉"), None])
    for capacity in (0.5, 1):
        one = numbered.machine(None, **ALU, capacity_t=capacity)
        one.may(code="*", quantity=1)
    page.row(10, ["合计", "7家"]).skip(10, "total")


@layout
def values_words_with_powers(book: Layout) -> None:
    page = book.page()
    page.put("A1", "附件2")
    page.put("A2", "铸造企业主要生产设备登记表", merge="A2:C2")
    columns = [("编号", None), ("单位名称", "e.name"), ("主要生产设备（名称、型号、数量）", "w")]
    head(page, 3, columns)
    lines(
        page, columns, 4,
        [1, FIRMS[7], W("1.5吨中频炉1台（功率1000kW）", {**MEDIUM, "capacity_t": 1.5, "quantity": 1,
         "power_kw": 1000})],
        [2, FIRMS[8], W("1t中频电炉2台，单台功率750千瓦", {**MEDIUM, "capacity_t": 1, "quantity": 2, "power_kw": 750})],
        [3, FIRMS[9], W("2吨中频感应电炉1台1250KW、抛丸机2台、混砂机1台、空压机1台",
                        {**MEDIUM, "capacity_t": 2, "quantity": 1, "power_kw": 1250}, {**OTHER, "quantity": 2},
                        {**OTHER, "quantity": 1}, {"kind": "compressor", "quantity": 1})],
        [4, FIRMS[10], W("3t/h冲天炉1座（停用），5t/h冲天炉1座", {**CUPOLA, "melt_rate_t_per_h": 3, "quantity": 1,
         "state": "idle"},
                         {**CUPOLA, "melt_rate_t_per_h": 5, "quantity": 1})],
        [5, FIRMS[11], W("0.3吨燃气熔化炉2台；电阻炉3台", {"kind": "gas_melting_furnace", "capacity_t": 0.3,
         "quantity": 2},
                         {"kind": "resistance_furnace", "quantity": 3})],
        [6, FIRMS[12], W("250KG无磁轭铝壳中频炉叁台", {**ALU_MEDIUM, "capacity_t": 0.25, "yoke": False,
         "quantity": 3})],
    )  # fmt: skip
    crane = page.line(10, columns, [7, FIRMS[13], N("1台1吨钢壳炉，配630kVA变压器1台，5吨行车2台")])
    furnace = crane.machine(None, **STEEL, capacity_t=1, quantity=1)
    furnace.may(transformer_kva=630)
    crane.machine(None, **OTHER, quantity=2).may(capacity_t=5)
    perhaps(crane, kind="transformer", transformer_kva=630, quantity=1)


@layout
def values_words_on_lines(book: Layout) -> None:
    page = book.page("设备", known={"industry": "*"})
    columns = [("企业（作坊）名称", "e.name"), ("现有熔炼及辅助设备", "w"), ("职工人数", "e.employees")]
    head(page, 1, columns)
    lines(
        page, columns, 2,
        [FIRMS[0], W("1. 1吨中频炉2台\n2. 抛丸机1台\n3. 天然气加热炉1台", {**MEDIUM, "capacity_t": 1, "quantity": 2},
         {**OTHER, "quantity": 1},
                     {"kind": "heating_furnace", "quantity": 1}), 20],
        [FIRMS[1], W("①铝壳炉0.5t 1台 在用；②钢壳炉2t 2台 备用", {**ALU, "capacity_t": 0.5, "quantity": 1,
         "state": "in_use"},
                     {**STEEL, "capacity_t": 2, "quantity": 2, "state": "standby"}), 35],
        [FIRMS[2], W("中频炉两台，单台容量1.5吨", {**MEDIUM, "capacity_t": 1.5, "quantity": 2}), 18],
        [FIRMS[3], W("0.5T、1T中频炉各一台", {**MEDIUM, "capacity_t": 0.5, "quantity": 1},
                     {**MEDIUM, "capacity_t": 1, "quantity": 1}), 26],
        [FIRMS[4], N("不明", "value.stated_unknown"), 7],
        [FIRMS[5], W("热处理炉一台、退火炉2台", {"kind": "heat_treatment_furnace", "quantity": 1},
                     {"kind": "heat_treatment_furnace", "quantity": 2}), 11],
        [FIRMS[6], N("无"), 5],
        [FIRMS[7], W("１台０．２５吨铝壳中频炉", {**ALU_MEDIUM, "capacity_t": 0.25, "quantity": 1}), 9],
    )  # fmt: skip


@layout
def values_words_under_state_heads(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "淘汰类设备核查表", merge="A1:E1")
    columns = [("序号", None), ("公司名称", "e.name"), ("在用电炉", None), ("闲置电炉", None), ("已拆除电炉", None)]
    head(page, 2, columns)
    told = [
        ("1t中频炉1台", [("0.5吨铝壳炉2台", ALU, 0.5, 2)], None),
        (None, [("0.25吨铝壳炉1台", ALU, 0.25, 1)], ("0.15t铝壳炉1台", ALU, 0.15, 1)),
        ("2吨钢壳中频炉2台", [], None),
        ("1.5T中频炉1台", [], ("500KG铝壳中频炉2台", ALU_MEDIUM, 0.5, 2)),
    ]
    said = {
        "1t中频炉1台": (MEDIUM, 1, 1),
        "2吨钢壳中频炉2台": (STEEL_MEDIUM, 2, 2),
        "1.5T中频炉1台": (MEDIUM, 1.5, 1),
    }
    for row, (used, idle, gone) in enumerate(told, 3):
        firm = page.line(row, columns, [row - 2, FIRMS[row], None, None, None])
        of = [("C", (used, *said[used]), "in_use")] if used else []
        of += [("D", one, "idle") for one in idle] + ([("E", gone, "removed")] if gone else [])
        for column, (raw, facts, capacity, quantity), state in of:
            cell = f"{column}{row}"
            made = firm.machine(cell, raw, **facts, capacity_t=capacity, quantity=quantity)
            made.facts["state"] = Due(state, ())


@layout
def values_words_not_exact(book: Layout) -> None:
    page = book.page()
    columns = [("序号", None), ("企业名称", "e.name"), ("炉窑情况", "w")]
    page.put("B1", "炉窑摸底情况（未经核实）")
    head(page, 3, columns)
    lines(
        page, columns, 4,
        [1, FIRMS[2], W("约2吨中频炉1台", {**MEDIUM, "quantity": 1})],
        [2, FIRMS[3], W("3吨左右中频炉2台", {**MEDIUM, "quantity": 2})],
        [3, FIRMS[4], W("铝壳炉1—2台", {**ALU})],
        [4, FIRMS[5], W("中频炉10余台", {**MEDIUM})],
        [5, FIRMS[6], W("1吨以上钢壳炉1台", {**STEEL, "quantity": 1})],
        [6, FIRMS[7], W("0.5吨铝壳炉1台", {**ALU, "capacity_t": 0.5, "quantity": 1})],
    )  # fmt: skip
    for row in range(4, 9):
        page.ask(f"C{row}")


@layout
def values_words_and_quantity_apart(book: Layout) -> None:
    page = book.page("设备清单", known={"industry": "*"})
    page.put("A1", "铸造企业熔化设备清单", merge="A1:E1")
    columns = [
        ("序号", None),
        ("企业全称", "e.name"),
        ("设备名称及规格", "m.name"),
        ("数量（台/套）", "m.quantity"),
        ("使用情况", "m.state"),
    ]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], K("1吨中频炉", {**MEDIUM, "capacity_t": 1}), 2, V("正常使用", "in_use")],
        [None, None, K("铝壳炉（0.5t）", {**ALU, "capacity_t": 0.5}), V("1台", 1), V("闲置", "idle")],
        [2, FIRMS[1], K("3T钢壳中频炉", {**STEEL_MEDIUM, "capacity_t": 3}), V("一拖二", 2), V("在用", "in_use")],
        [3, FIRMS[2], K("500KG铝壳中频炉", {**ALU_MEDIUM, "capacity_t": 0.5}), V("两台", 2), V("封存", "sealed")],
        [4, FIRMS[3], K("抛丸机", OTHER), V("１", 1), V("在用", "in_use")],
        [None, None, K("中频炉 1.5吨", {**MEDIUM, "capacity_t": 1.5}), V("三", 3), V("已关停未拆除",
         "shut_not_removed")],
        [5, FIRMS[4], K("冲天炉 5t/h", {**CUPOLA, "melt_rate_t_per_h": 5}), V("壹座", 1), V("已拆除", "removed")],
    )  # fmt: skip
    page.row(10, [None, "合 计", None, 11]).skip(10, "total")


@layout
def values_words_with_signs(book: Layout) -> None:
    book.form = "ods"
    page = book.page("Sheet1", known={"township": "土市镇", "county": "*"})
    page.put("A1", "土市镇“散乱污”企业设备情况", merge="A1:C1")
    columns = [("序号", None), ("厂名", "e.name"), ("主体设备（生产线）名称、规格型号及数量", "w")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[8], W("中频炉(1t)*2、中频炉(2t)*1+铝壳炉0.25t*1", {**MEDIUM, "capacity_t": 1, "quantity": 2},
                        {**MEDIUM, "capacity_t": 2, "quantity": 1}, {**ALU, "capacity_t": 0.25, "quantity": 1})],
        [2, FIRMS[9], W("1T×3台中频炉/0.5T×1台铝壳炉", {**MEDIUM, "capacity_t": 1, "quantity": 3},
                        {**ALU, "capacity_t": 0.5, "quantity": 1})],
        [3, FIRMS[10], W("1吨、2吨、3吨中频炉各1台", *({**MEDIUM, "capacity_t": size, "quantity": 1} for size in (1, 2,
         3)))],
        [4, FIRMS[11], W("500kg中频炉*2", {**MEDIUM, "capacity_t": 0.5, "quantity": 2})],
        [5, FIRMS[12], W("2台1吨铝壳中频炉，已于2024年3月拆除", {**ALU_MEDIUM, "capacity_t": 1, "quantity": 2,
         "state": "removed",
                                                      "removed_on": month("2024-03")})],
        [6, FIRMS[13], W("0.5吨铝壳炉1台（2023年12月已拆除）、1吨钢壳炉1台（在用）",
                         {**ALU, "capacity_t": 0.5, "quantity": 1, "state": "removed", "removed_on": month("2023-12")},
                         {**STEEL, "capacity_t": 1, "quantity": 1, "state": "in_use"})],
    )  # fmt: skip
