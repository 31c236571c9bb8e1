"""A plain table, to show how a layout is written."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, N, V, W, day, layout

MEDIUM = {"kind": "induction_furnace", "frequency": "medium"}
ALUMINIUM = {"kind": "induction_furnace", "shell": "aluminium"}


@layout
def one_header_row_with_machines_in_words(book: Layout) -> None:
    page = book.page(known={"township": "新圩镇", "county": "*"})
    page.put("A1", "新圩镇铸造企业摸底排查表", merge="A1:E1")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("主要设备", "w"),
        ("停电时间", "a.power_cut.taken_on"),
        ("包联领导", "x"),
    ]
    page.row(2, [header for header, _ in columns])
    machines = W(
        "2台4吨中频炉、1台0.5吨铝壳炉（闲置）",
        {**MEDIUM, "capacity_t": 4, "quantity": 2},
        {**ALUMINIUM, "capacity_t": 0.5, "quantity": 1, "state": "idle"},
    )
    name = V("骅强金属\n制品有限公司", "骅强金属制品有限公司")
    page.line(3, columns, [1, name, machines, V("2025.12.10", day("2025-12-10")), "李某"])
    page.line(4, columns, [2, "恒盛荣铸造厂", N("不明", "value.stated_unknown"), None, "王某"])
    page.row(5, ["合计", "2家"]).skip(5, "total")
