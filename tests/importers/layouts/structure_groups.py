"""Firms over several rows, township bands, serial numbers of every kind, totals wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.importers.layouts.making import Due, Firm, Layout, N, Page, V, day, layout
from tests.importers.layouts.structure_rows import band, code, headed, hints, lay, lay_line, titled

FURNACES = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("炉型", "f"),
    ("容量（吨）", "m.capacity_t"),
    ("数量（台）", "m.quantity"),
    ("使用状态", "m.state"),
]


@layout
def firm_capacity_merged_over_its_furnace_rows(book: Layout) -> None:
    page = book.page("产能", known=hints())
    titled(page, "铸造产能及熔化设备核查表", 1, 8)
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("炉号", "m.code"),
        ("熔化设备", "f"),
        ("容量（公斤）", "m.capacity_t", 0.001),
        ("安装时间", "m.commissioned_on"),
        ("核定产能（吨/年）", "e.capacity_t_per_year"),
        ("备注", "e.remark"),
    ]
    headed(page, 2, columns)
    since = V("2018.05", {"from": "2018-05-01", "to": "2018-05-31", "precision": "month"})
    rows = [
        [1, "塔峰镇万年铸造有限公司", "1#", "中频炉", 1000, since, 8000, "已备案"],
        [None, None, "2#", "中频炉", 1000, since, None, None],
        [None, None, "3#", "铝壳炉", 500, V("2012-03-15", day("2012-03-15")), None, None],
        [2, "蓝山县九疑铸件厂", "1#", "铝壳炉", 300, V("2015-10-08", day("2015-10-08")), 1200, None],
        [3, "蓝山南平五金铸造有限公司", "1#", "钢壳炉", 2000, since, 12000, None],
        [None, None, "2#", "钢壳炉", 2000, since, None, None],
    ]
    for firm in lay(page, 3, columns, rows, merge="ABGH"):
        for machine in firm.machines:
            machine.may(quantity=1)


@layout
def subtotal_row_after_the_furnaces_of_each_firm(book: Layout) -> None:
    page = book.page(known=hints())
    headed(page, 1, FURNACES)
    lay(
        page,
        2,
        FURNACES,
        [[1, "嘉禾县塘村铸造有限公司", "中频炉", 1, 2, "在用"], [None, None, "铝壳炉", 0.5, 1, "闲置"]],
    )
    page.row(4, [None, None, "小计", None, 3]).skip(4, "total")
    lay(page, 5, FURNACES, [[2, "嘉禾珠泉铸锻厂", "铝壳炉", 0.3, 1, "在用"], [None, None, "铝壳炉", 0.25, 2, "封存"]])
    page.row(7, [None, None, "小计", None, 3]).skip(7, "total")
    lay(page, 8, FURNACES, [[3, "车头镇五星铸造厂", "钢壳炉", 2, 1, "在用"]])
    page.row(9, [None, None, "小计", None, 1]).skip(9, "total")
    page.row(10, ["总 计", None, None, None, 7]).skip(10, "total")


@layout
def firm_repeated_on_rows_that_lie_apart(book: Layout) -> None:
    page = book.page("明细", known=hints())
    columns = [
        ("日期", None),
        ("企业名称", "e.name"),
        ("信用代码", "e.uscc"),
        ("设备名称", "fn"),
        ("吨位（t）", "m.capacity_t"),
        ("数量", "m.quantity"),
    ]
    headed(page, 1, columns)
    one, two, three = code(80100231), code(80100342), code(80100453, "92")
    rows = [
        [None, "江华大圩铸造有限公司", one, "中频炉", 2, 1],
        [None, "江华县沱江铸件厂", two, "铝壳炉", 0.5, 2],
        [None, "江华大圩铸造有限公司", one, "铝壳炉", 0.25, 1],
        [None, "码市镇冯记铸造店", three, "铝壳炉", 0.15, 1],
        [None, "江华县沱江铸件厂", two, "冲天炉", 3, 1],
    ]
    lay(page, 2, columns, rows)


@layout
def ditto_words_below_the_name_and_the_place(book: Layout) -> None:
    page = book.page("Sheet1", known=hints())
    titled(page, "淘汰类电炉企业清单", 1, 6)
    columns = [
        ("序号", None),
        ("乡镇", "e.township"),
        ("企业名称", "e.name"),
        ("炉型", "f"),
        ("容量(t)", "m.capacity_t"),
        ("磁轭", "m.yoke"),
    ]
    headed(page, 2, columns)
    first = lay(page, 3, columns, [[1, "新圩镇", "新圩镇铁军铸造厂", "铝壳炉", 0.5, "无"]])[0]
    rest = [("序号", None), ("乡镇", None), ("企业名称", None), *columns[3:]]
    _more(page, 4, rest, [2, "〃", "同上", "铝壳炉", 0.25, "无"], first)
    second = lay(
        page,
        5,
        [columns[0], ("乡镇", None), *columns[2:]],
        [[3, "同上", "蓝山县新圩泉水铸业有限公司", "中频炉", 1, "有"]],
    )[0]
    second.own.facts["township"] = Due("新圩镇", ("B3",))
    third = lay(page, 6, columns, [[4, "所城镇", "所城万里铸造厂", "钢壳炉", 1.5, "有"]])[0]
    _more(page, 7, rest, [5, "同上", "〃", "铝壳炉", 0.75, "不明"], third)


def _more(page: Page, row: int, columns: Sequence[Any], values: Sequence[Any], firm: Firm) -> None:
    """A further furnace of a firm whose name is told by 同上."""
    lay_line(page, row, columns, values, "A", firm)


@layout
def numbered_township_bands_with_counts(book: Layout) -> None:
    page = book.page("花名册", known=hints())
    titled(page, "蓝山县铸造企业花名册", 1, 6)
    columns = [
        ("序号", None),
        ("单位名称", "e.name"),
        ("法人代表", "e.legal_representative"),
        ("电话", "e.contact_phone"),
        ("铸造产能（万吨）", "e.capacity_t_per_year", 10000),
        ("规上/规下", "e.scale"),
    ]
    headed(page, 2, columns)
    first = [
        [1, "蓝山县新圩大力铸造有限公司", "邓志平", "13874633001", 1.5, "规上"],
        [2, "新圩利民铸锅厂", "封小英", "13874633002", 0.1, "规下"],
        [3, "蓝山县上清铸造厂", "廖凯", "13874633003", 0.3, "规下"],
    ]
    second = [
        [1, "太平圩三友铸件厂", "成建军", "13874633004", 0.2, "规下"],
        [2, "蓝山县万鑫管业有限公司", "梁玉珍", "13874633005", 2, "规上"],
    ]
    third = [[1, "土市鸿泰铸造厂", "唐亮", "13874633006", 0.25, "规下"]]
    lay(page, 4, columns, first, within=("新圩镇", band(page, 3, "一、新圩镇（3家）", "F")))
    lay(page, 8, columns, second, within=("太平圩镇", band(page, 7, "二、太平圩镇（2家）", "F")))
    lay(page, 11, columns, third, within=("土市镇", band(page, 10, "三、土市镇（1家）", "F")))
    page.put("A12", "共计6家", merge="A12:F12").skip(12, "total")


@layout
def unmerged_township_bands_in_the_first_cell(book: Layout) -> None:
    page = book.page("Sheet1", known=hints())
    page.put("A1", "各乡镇铸造企业电炉情况")
    headed(page, 2, FURNACES)
    band(page, 3, "潇浦镇：", None)
    lay(
        page,
        4,
        FURNACES,
        [[1, "江永县城关铸造厂", "铝壳炉", 0.5, 1, "在用"], [2, "江永潇水机械有限公司", "中频炉", 1, 2, "在用"]],
        within=("潇浦镇", "A3"),
    )
    band(page, 6, "千家峒瑶族乡：", None)
    lay(page, 7, FURNACES, [[3, "千家峒瑶乡铸造厂", "铝壳炉", 0.25, 1, "闲置"]], within=("千家峒瑶族乡", "A6"))
    band(page, 8, "粗石江镇：", None)
    lay(
        page,
        9,
        FURNACES,
        [[4, "江永粗石江铸件有限公司", "钢壳炉", 1.5, 1, "备用"], [5, "粗石江镇义和铸造厂", "冲天炉", 2, 1, "已拆除"]],
        within=("粗石江镇", "A8"),
    )
    page.row(11, ["合计", None, None, None, 6]).skip(11, "total")


@layout
def township_merged_down_at_the_left_with_subtotals(book: Layout) -> None:
    page = book.page("汇总表", known=hints())
    titled(page, "全县熔炼设备分乡镇汇总表", 1, 7)
    columns = [("乡镇", None), *FURNACES]
    headed(page, 2, columns)
    page.put("A3", "南王乡", merge="A3:A7").put("A8", "蒋村镇", merge="A8:A10")
    own = FURNACES
    first = [
        [1, "定襄南王铸造有限公司", "中频炉", 1, 2, "在用"],
        [None, None, "铝壳炉", 0.5, 1, "闲置"],
        [2, "南王兴达铸件厂", "铝壳炉", 0.3, 1, "在用"],
        [3, "定襄县众和铸业厂", "钢壳炉", 2, 1, "在用"],
    ]
    second = [
        [4, "蒋村镇智村铸造厂", "冲天炉", 5, 1, "封存"],
        [5, "定襄蒋村精密铸件有限公司", "中频炉", 0.75, 2, "在用"],
    ]
    lay(page, 3, own, first, left="B", merge="BC", within=("南王乡", "A3"))
    page.row(7, ["小计", "3家", None, None, 5], "B").skip(7, "total")
    lay(page, 8, own, second, left="B", within=("蒋村镇", "A8"))
    page.row(10, ["小计", "2家", None, None, 3], "B").skip(10, "total")
    page.row(11, ["总计", None, "5家", None, None, 8]).skip(11, "total")


@layout
def whole_county_total_in_the_first_row(book: Layout) -> None:
    page = book.page("快报", known=hints())
    titled(page, "铸造企业生产快报", 1, 6)
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("年产值（亿元）", "e.output_value_wan", 10000),
        ("年产量（吨）", "e.output_t_per_year"),
        ("用电量（万度）", "e.electricity_kwh", 10000),
        ("职工数（人）", "e.employees"),
    ]
    headed(page, 2, columns)
    page.row(3, ["全县合计", None, 1.57, 26300, 1320, 391]).merge("A3:B3").skip(3, "total")
    rows = [
        [1, "蓝山宝源铸造有限公司", 0.82, 14000, 710, 180],
        [2, "蓝山县湘源锻铸有限公司", 0.51, 8300, 420, 121],
        [3, "蓝山县鼎力铸钢厂", 0.2, 3200, 160, 66],
        [4, "蓝山宏远农机配件铸造厂", 0.04, 800, 30, 24],
    ]
    lay(page, 4, columns, rows)


@layout
def township_subtotals_named_in_the_name_column(book: Layout) -> None:
    page = book.page("表", known=hints())
    headed(page, 1, FURNACES)
    lay(
        page,
        2,
        FURNACES,
        [[1, "楠市镇佳宏铸造厂", "铝壳炉", 0.5, 2, "在用"], [2, "蓝山县佳兴铸造有限公司", "中频炉", 2, 1, "在用"]],
    )
    page.row(4, [None, "楠市镇小计", None, None, 3]).skip(4, "total")
    lay(
        page,
        5,
        FURNACES,
        [[3, "土市镇老街铸造厂", "铝壳炉", 0.25, 1, "闲置"], [4, "蓝山县土市铁业有限公司", "钢壳炉", 1, 1, "在用"]],
    )
    page.row(7, [None, "土市镇小计", None, None, 2]).skip(7, "total")
    page.row(8, [None, "全县总计", None, None, "=SUM(E2:E3,E5:E6)"]).skip(8, "total")


@layout
def count_of_firms_in_a_merged_last_row(book: Layout) -> None:
    book.form = "ods"
    page = book.page("企业", known=hints())
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("所属乡镇", "e.township"),
        ("主要产品", "e.main_product"),
        ("存在问题", "e.problem"),
        ("整改措施", "e.measures"),
    ]
    titled(page, "“散乱污”铸造企业排查清单", 1, 6)
    headed(page, 2, columns)
    rows = [
        [1, "兰溪瑶族乡黄家铸造作坊", "兰溪瑶族乡", "犁头", "无任何手续", "取缔"],
        [2, "江永松柏铸件厂", "松柏瑶族乡", "井盖", "未安装除尘设施", "限期安装"],
        [3, "源口李氏炉具厂", "源口瑶族乡", "炉具", "无环评", "补办手续"],
        [4, "江永县都庞岭铸造有限公司", "潇浦镇", "水泵壳体", "废砂露天堆放", "建设规范堆场"],
    ]
    lay(page, 3, columns, rows)
    page.put("A7", "共计4家，其中取缔1家，限期整改3家。", merge="A7:F7").skip(7, "total", "note", "footer")


@layout
def bands_by_class_of_treatment(book: Layout) -> None:
    page = book.page("分类", known=hints(disposition="*", status="*"))
    titled(page, "铸造企业分类处置名单", 1, 4)
    columns = [("序号", None), ("企业名称", "e.name"), ("地址", "e.address"), ("完成时限", "e.deadline")]
    headed(page, 2, columns)
    band(page, 3, "（一）整改升级类", "D")
    end, later = V("2026年6月30日", day("2026-06-30")), V("2026-12-31", day("2026-12-31"))
    first = [[1, "蓝山升辉铸造有限公司", "工业大道8号", end], [2, "蓝山县大洞铸造厂", "大洞铸造产业园", end]]
    second = [[3, "蓝山永胜铸造厂", "毛俊村", later], [4, "蓝山荣和铸造厂", "新村", later]]
    firms = lay(page, 4, columns, first)
    band(page, 6, "（二）关停退出类", "D")
    for firm in firms + lay(page, 7, columns, second):
        firm.own.may(township="*", park="*")


@layout
def townships_told_once_and_blank_below(book: Layout) -> None:
    page = book.page(known=hints())
    columns = [
        ("乡镇", "e.township"),
        ("序号", None),
        ("企业名称", "e.name"),
        ("炉型", "f"),
        ("吨位（t）", "m.capacity_t"),
        ("环评手续", "p.eia.standing"),
    ]
    headed(page, 1, columns)
    rows = [
        ["塔峰镇", 1, "蓝山城关铸造厂", "铝壳炉", 0.5, "有"],
        [None, 2, "蓝山县鑫旺铸造有限公司", "中频炉", 1, "有"],
        [None, 3, "塔峰镇果木铸造厂", "铝壳炉", 0.3, "无"],
        ["楠市镇", 4, "楠市万利铸件厂", "钢壳炉", 1.5, "有"],
        [None, 5, "蓝山县岭脚铸造厂", "铝壳炉", 0.25, "在办"],
    ]
    for at, firm in enumerate(lay(page, 2, columns, rows)):
        if at not in (0, 3):
            firm.own.facts["township"] = Due("塔峰镇" if at < 3 else "楠市镇", ("A2" if at < 3 else "A5",), True)


@layout
def a_row_with_nothing_but_a_remark(book: Layout) -> None:
    page = book.page(known=hints())
    columns = [*FURNACES, ("备注", "e.remark")]
    headed(page, 1, columns)
    lay(
        page,
        2,
        columns,
        [
            [1, "桃川镇宏伟铸造厂", "铝壳炉", 0.5, 1, "在用", V("2024年被责令整改", "2024年被责令整改", optional=True)],
            [2, "江永县夏层铺铸造有限公司", "中频炉", 1, 2, "在用", None],
        ],
    )
    # In a table of a row a furnace a remark may be the firm's or the furnace's.
    page.firms[0].machines[0].may(remark="2024年被责令整改")
    page.put("G4", "（其中1台为2023年新增）")
    page.firms[-1].own.may(remark="*")
    page.firms[-1].rows.append(4)
    lay(page, 5, columns, [[3, "江永县海棠铸件厂", "铝壳炉", 0.3, 1, "闲置", "/"]])


@layout
def serial_numbers_of_every_form(book: Layout) -> None:
    page = book.page(known=hints())
    headed(page, 1, FURNACES)
    rows = [
        ["1.1", "嘉禾县龙潭铸造有限公司", "中频炉", 1, 2, "在用"],
        ["1.2", None, "铝壳炉", 0.5, 1, "备用"],
        ["2.1", "嘉禾普满铸造厂", "铝壳炉", 0.25, 1, "闲置"],
        ["（3）", "广发镇铸铁厂", "冲天炉", 3, 1, "封存"],
        ["④", "嘉禾县晋屏铸业有限公司", "钢壳炉", 2, 1, "在用"],
        ["5、", "坦坪镇兄弟铸造厂", "铝壳炉", 0.3, 1, "在用"],
        [None, "嘉禾县泮头机械铸造厂", "中频炉", 0.75, 1, "在用"],
    ]
    lay(page, 2, FURNACES, rows)


@layout
def serial_starts_anew_in_each_township_column(book: Layout) -> None:
    book.form = "csv"
    book.options["encoding"] = "gb18030"
    page = book.page(known=hints())
    columns = [
        ("乡镇", "e.township"),
        ("序号", None),
        ("企业名称", "e.name"),
        ("铝壳炉台数", "c:铝壳炉"),
        ("钢壳炉台数", "c:钢壳炉"),
        ("生产状态", "e.status"),
    ]
    headed(page, 1, columns)
    rows = [
        ["阿什里乡", 1, "昌吉阿什里铸造厂", 1, 0, "在产"],
        ["阿什里乡", 2, "昌吉市努尔加铸件厂", 0, 1, "停产"],
        ["滨湖镇", 1, "昌吉滨湖铸造有限公司", 2, 1, "在产"],
        ["滨湖镇", 2, "滨湖镇友好铸造厂", 1, 0, "关停"],
    ]
    lay(page, 2, columns, rows)
    page.row(6, ["合计", None, "4家", 4, 2]).skip(6, "total")


@layout
def blank_rows_between_the_firms(book: Layout) -> None:
    page = book.page("名单", known=hints("河边镇"))
    titled(page, "河边镇铸造企业名单", 1, 6)
    headed(page, 2, FURNACES)
    lay(page, 3, FURNACES, [[1, "河边镇李氏铸造厂", "铝壳炉", 0.5, 1, "在用"], [None, None, "铝壳炉", 0.3, 1, N("/")]])
    page.skip(5, "blank")
    lay(page, 6, FURNACES, [[2, "定襄河边机械铸造有限公司", "中频炉", 2, 1, "在用"]])
    page.skip(7, "blank")
    lay(
        page,
        8,
        FURNACES,
        [[3, "河边继成铸造厂", "钢壳炉", 1, 1, "备用"], [4, "定襄县戎家庄铸件厂", "冲天炉", 3, 1, "已拆"]],
    )
