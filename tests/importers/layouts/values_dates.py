"""Dates of every kind: days, months, quarters, ends of months, serial numbers, words; with a year and without."""

from __future__ import annotations

from datetime import date, timedelta

from tests.importers.layouts.making import Due, Layout, N, V, W, day, days, layout, month, year
from tests.importers.layouts.values_words import ALU, ALU_MEDIUM, FIRMS, MEDIUM, STEEL, STEEL_MEDIUM, K, head, lines

NAME = ("企业名称", "e.name")


@layout
def values_dates_of_furnaces(book: Layout) -> None:
    book.form = "xls"
    page = book.page("炉窑", known={"county": "*"})
    page.put("A1", "熔炼设备投运情况一览表", merge="A1:E1")
    columns = [("序号", None), NAME, ("炉型", "m.kind"), ("投运时间", "m.commissioned_on"), ("出厂日期", "m.made_on")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], K("铝壳中频炉", ALU_MEDIUM), V("2024-3-1", day("2024-03-01")), V("2023.12", month("2023-12"))],
        [None, None, K("钢壳炉", STEEL), V("2024.3", month("2024-03")), V("2023年", year(2023))],
        [2, FIRMS[1], K("中频炉", MEDIUM), V("20240315", day("2024-03-15")), V("2024/02/28", day("2024-02-28"))],
        [None, None, K("铝壳炉", ALU), V("二〇二〇年五月", month("2020-05")), V("2019年11月3日", day("2019-11-03"))],
        [3, FIRMS[2], K("中频炉", MEDIUM), V(date(2021, 6, 8), day("2021-06-08")), V(2020, year(2020))],
        [4, FIRMS[3], K("中频炉", MEDIUM), V("2022年一季度", days("2022-01-01", "2022-03-31", "quarter")),
         V("２０２１．０８", month("2021-08"))],
        [5, FIRMS[4], K("钢壳中频炉", STEEL_MEDIUM), V("2023年上半年", days("2023-01-01", "2023-06-30", "half")),
         N("不详", "value.stated_unknown")],
        [6, FIRMS[5], K("钢壳中频炉", STEEL_MEDIUM), V("2018 年 7 月 1 日", day("2018-07-01")), N("-")],
    )  # fmt: skip


@layout
def values_dates_of_deadlines(book: Layout) -> None:
    page = book.page("整改台账", known={"county": "*"})
    page.put("A1", "铸造企业问题整改台账", merge="A1:D1")
    columns = [("序号", None), NAME, ("存在问题", "e.problem"), ("整改时限", "e.deadline")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], "未批先建", V("2024年3月底前", days(None, "2024-03-31", "month"))],
        [2, FIRMS[1], "铝壳炉未淘汰", V("2025年底前", days(None, "2025-12-31", "year"))],
        [3, FIRMS[2], "无环评手续", V("2024年6月前", days(None, "2024-05-31", "month"))],
        [4, FIRMS[3], "危废间不规范", V("2024年6月15日前", days(None, "2024-06-15", "day"))],
        [5, FIRMS[4], "无组织排放", N("长期坚持", "*")],
        [6, FIRMS[5], "除尘设施老化", V("2024年11月下旬", days("2024-11-21", "2024-11-30", "ten_days"))],
        [7, FIRMS[6], "台账不全", V("2024年第二季度", days("2024-04-01", "2024-06-30", "quarter"))],
        [8, FIRMS[7], "噪声扰民", V("2024年2月末前", days(None, "2024-02-29", "month"))],
        [9, FIRMS[8], "未办排污许可", N("立行立改", "*")],
    )  # fmt: skip


@layout
def values_dates_with_the_rosters_year(book: Layout) -> None:
    page = book.page("Sheet1", known={"township": "汇源瑶族乡", "county": "*"})
    page.put("A1", "汇源瑶族乡2024年铸造企业淘汰落后设备任务表", merge="A1:E1")
    columns = [
        ("序号", None),
        ("单位名称", "e.name"),
        ("淘汰设备", "w"),
        ("完成时限", "e.deadline"),
        ("责任单位", "e.responsible_unit"),
    ]
    head(page, 2, columns)
    gone = {**ALU, "capacity_t": 0.5, "quantity": 1}
    lines(
        page, columns, 3,
        [1, FIRMS[3], W("0.5吨铝壳炉1台", gone), V("10月底前", days(None, "2024-10-31", "month")), "县科工局"],
        [2, FIRMS[4], W("0.5吨铝壳炉1台", gone), V("9月30日前", days(None, "2024-09-30", "day")), "县科工局"],
        [3, FIRMS[5], W("0.5吨铝壳炉1台", gone), V("12月上旬", days("2024-12-01", "2024-12-10", "ten_days")), "乡政府"],
        [4, FIRMS[6], W("0.5吨铝壳炉1台", gone), V("三季度", days("2024-07-01", "2024-09-30", "quarter")), "乡政府"],
        [5, FIRMS[7], W("0.5吨铝壳炉1台", gone), V("2025年3月", month("2025-03")), "县生态环境分局"],
        [6, FIRMS[8], W("0.5吨铝壳炉1台", gone), V("年底前", days(None, "2024-12-31", "year"), True), "乡政府"],
    )  # fmt: skip


@layout
def values_dates_without_any_year(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "停电企业名单", merge="A1:D1")
    columns = [
        ("序号", None),
        ("企业全称", "e.name"),
        ("停电时间", "a.power_cut.taken_on"),
        ("复电时间", "a.power_restored.taken_on"),
    ]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[9], N("12月10日", "*"), None],
        [2, FIRMS[10], N("10月底前", "*"), N("尚未复电")],
        [3, FIRMS[11], V("2025年12月10日", day("2025-12-10")), V("2025年12月22日", day("2025-12-22"))],
        [4, FIRMS[12], N("11月中旬", "*"), N("/")],
        [5, FIRMS[13], V("2025.12.10", day("2025-12-10")), N("12.22")],
    )  # fmt: skip
    page.ask("D")
    for firm in page.firms:
        firm.action("power_cut")


@layout
def values_dates_of_excel(book: Layout) -> None:
    page = book.page("名单", known={"county": "*"})
    page.put("A1", "铸造企业名录", merge="A1:D1")
    columns = [("序号", None), NAME, ("成立时间", "e.established_on"), ("完成时间", "e.deadline")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], V(date(2008, 5, 20), day("2008-05-20")), V(date(2024, 12, 31), day("2024-12-31"))],
        [2, FIRMS[1], V(45292, day("2024-01-01")), V("45657", day("2024-12-31"))],
        [3, FIRMS[2], V("2010", year(2010)), V(20241231, day("2024-12-31"))],
        [4, FIRMS[3], V("2015年6月", month("2015-06")), V(date(2025, 6, 30), day("2025-06-30"))],
        [5, FIRMS[4], V(2012.0, year(2012)), V("2024-12-31 00:00:00", day("2024-12-31"))],
        [6, FIRMS[5], V(date(2016, 3, 1), month("2016-03")), V("2025年", year(2025))],
    )  # fmt: skip
    page.formats["C8"] = 'yyyy"年"m"月"'
    # The cell shows a month and holds a day: either is a careful reading.
    page.firms[5].own.facts["established_on"] = Due("*", ("C8",))


@layout
def values_dates_of_1904(book: Layout) -> None:
    book.options["date1904"] = True
    page = book.page("Sheet1", known={"county": "*"})
    columns = [
        ("序号", None),
        NAME,
        ("成立日期", "e.established_on"),
        ("停电时间", "a.power_cut.taken_on"),
        ("恢复送电时间", "a.power_restored.taken_on"),
    ]
    head(page, 1, columns)
    serial = (date(2025, 12, 10) - date(1904, 1, 1)) // timedelta(days=1)
    lines(
        page, columns, 2,
        [1, FIRMS[6], V(date(2011, 4, 2), day("2011-04-02")), V(date(2025, 12, 10), day("2025-12-10")), V(date(2025, 12,
         22), day("2025-12-22"))],
        [2, FIRMS[7], V(date(2009, 9, 30), day("2009-09-30")), V(serial, day("2025-12-10")), None],
        [3, FIRMS[8], V("2013-01-15", day("2013-01-15")), V(date(2025, 11, 28), day("2025-11-28")), V("2025年12月下旬",
         days("2025-12-21", "2025-12-31", "ten_days"))],
        [4, FIRMS[9], V(date(2001, 1, 1), day("2001-01-01")), N("-"), N("-")],
    )  # fmt: skip


@layout
def values_dates_to_be_asked(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "在产铸造企业投产情况", merge="A1:D1")
    columns = [("序号", None), NAME, ("设备名称", "m.name"), ("投用时间", "m.commissioned_on")]
    head(page, 2, columns)
    furnace = K("中频炉", MEDIUM)
    lines(
        page, columns, 3,
        [1, FIRMS[0], furnace, N("24.3.1")],
        [2, FIRMS[1], furnace, N("18年")],
        [3, FIRMS[2], furnace, N("2024年2月30日")],
        [4, FIRMS[3], furnace, N("2024.13")],
        [5, FIRMS[4], furnace, N("十多年前")],
        [6, FIRMS[5], furnace, N("2015年左右")],
        [7, FIRMS[6], furnace, V("2016.10.8", day("2016-10-08"))],
        [8, FIRMS[7], furnace, N("待核实", "value.stated_unknown")],
        [9, FIRMS[8], furnace, V("二○一八年十二月", month("2018-12"))],
    )  # fmt: skip
    page.ask("D")


@layout
def values_dates_of_removal(book: Layout) -> None:
    page = book.page("Sheet1", known={"township": "塔峰镇", "county": "*"})
    page.put("A1", "塔峰镇铝壳炉拆除情况统计表", merge="A1:E1")
    columns = [
        ("序号", None),
        NAME,
        ("退出的熔化\n设备名称", "m.name"),
        ("数量(台)", "m.quantity"),
        ("拆除到位时间", "m.removed_on"),
    ]
    head(page, 2, columns)
    alu = K("铝壳炉", ALU)
    lines(
        page, columns, 3,
        [1, FIRMS[2], alu, 1, V("2024.02", month("2024-02"))],
        [2, FIRMS[3], alu, 2, N("已拆除")],
        [3, FIRMS[4], alu, 1, V("2024年3月底", days("2024-03-31", "2024-03-31"), True)],
        [4, FIRMS[5], alu, 1, N("未拆除")],
        [5, FIRMS[6], alu, 1, V("2024年3月5日", day("2024-03-05"))],
        [6, FIRMS[7], alu, 1, V("2024年3月12日已拆除", day("2024-03-12"))],
    )  # fmt: skip
    page.firms[1].machines[0].says("state", "E4", "已拆除", "removed")
    page.firms[2].machines[0].facts["removed_on"] = Due("*", ("E5",), True)
    page.firms[5].machines[0].may(state="removed")
    for firm in (page.firms[0], page.firms[2], page.firms[4]):
        firm.machines[0].may(state="removed")
