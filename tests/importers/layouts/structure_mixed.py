"""Rosters with several difficulties at once, as they come in from busy townships."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, N, W, layout
from tests.importers.layouts.structure_rows import band, code, headed, hints, lay, made, titled


@layout
def bands_pages_and_subtotals_together(book: Layout) -> None:
    page = book.page("总表", known=hints())
    page.row(1, ["附件："])
    titled(page, "定襄县法兰锻造企业加热炉改造情况表", 2, 7)
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("窑炉类型", "f"),
        ("炉窑容量（吨）", "m.capacity_t"),
        ("台数", "m.quantity"),
        ("治理设施", "m.abatement"),
        ("排污许可证", "p.pollutant_discharge.standing"),
    ]
    headed(page, 3, columns)
    band(page, 4, "河边镇（2家）", "G")
    lay(
        page,
        5,
        columns,
        [
            [1, "定襄县河边锻造有限公司", "天然气加热炉", 5, 4, "低氮燃烧", "有"],
            [None, None, "热处理炉", 8, 1, "/", None],
            [2, "河边镇镇办锻造厂", "燃气加热炉", 3, 2, "低氮燃烧", "有"],
        ],
        within=("河边镇", "A4"),
    )
    page.row(8, ["小计", None, None, None, 7]).skip(8, "total")
    headed(page, 9, columns)
    page.skip(9, "header_repeat")
    band(page, 10, "宏道镇（2家）", "G")
    lay(
        page,
        11,
        columns,
        [
            [3, "定襄县鑫源法兰有限公司", "天然气加热炉", 10, 2, "低氮燃烧+SCR", "有"],
            [4, "宏道镇西社锻件厂", "煤气发生炉", 2, 1, "/", "无"],
        ],
        within=("宏道镇", "A10"),
    )
    page.row(13, ["小计", None, None, None, 3]).skip(13, "total")
    page.row(14, ["合计", None, None, None, 10]).skip(14, "total")
    page.row(15, ["填表人：", "薄晓东", None, "审核：", "张科"])


@layout
def counts_per_kind_under_a_group_with_sums_per_township(book: Layout) -> None:
    page = book.page("数量", known=hints())
    titled(page, "熔炼设备数量统计表", 1, 8)
    page.put("H2", "单位：台")
    page.row(3, ["序号", "乡镇", "企业名称", "感应电炉", None, "其他炉", None, "备注"])
    page.row(4, [None, None, None, "铝壳炉", "钢壳炉", "冲天炉", "热处理炉"])
    page.merge("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", "H3:H4")
    columns = [
        ("序号", None),
        ("乡镇", None),
        ("企业名称", "e.name"),
        ("铝", "c:铝壳炉"),
        ("钢", "c:钢壳炉"),
        ("冲", "c:冲天炉"),
        ("热", "c:热处理炉"),
        ("备注", "e.remark"),
    ]
    first = [
        [1, None, "江华县水口铸造有限公司", 2, 1, None, 1, None],
        [2, None, "江华县涛圩铸造厂", 1, None, None, None, "拟关停"],
    ]
    second = [
        [3, None, "河路口镇铸管厂", None, None, 1, None, None],
        [4, None, "江华县白芒营铸业有限公司", 3, 2, None, 1, None],
    ]
    page.put("B5", "水口镇", merge="B5:B6").put("B8", "白芒营镇", merge="B8:B9")
    lay(page, 5, columns, first, within=("水口镇", "B5"))
    page.row(7, [None, "小计", None, 3, 1, 0, 1]).skip(7, "total")
    lay(page, 8, columns, second, within=("白芒营镇", "B8"))
    page.row(10, [None, "小计", None, 3, 2, 1, 1]).skip(10, "total")
    page.row(11, [None, "合计", None, 6, 3, 1, 2]).skip(11, "total")


@layout
def village_bands_inside_one_township(book: Layout) -> None:
    page = book.page("Sheet1", known=hints("土市镇"))
    titled(page, "土市镇各村铸造作坊登记", 1, 5)
    columns = [("序号", None), ("户主（厂名）", "e.name"), ("炉子", "f"), ("大小（公斤）", None), ("是否在用", None)]
    headed(page, 2, columns)
    row = 3
    for village, rows in [
        ("新村", [[1, "土市新村铸造厂", "铝壳炉", None, None], [2, "老彭铸铁坊", "冲天炉", None, None]]),
        ("马头村", [[1, "马头张记铸造厂", "铝壳炉", None, None]]),
    ]:
        page.put(f"A{row}", village, merge=f"A{row}:E{row}").skip(row, "title", "note", "total")
        lay(page, row + 1, columns, rows)
        row += 1 + len(rows)


@layout
def unknown_columns_between_the_known_ones(book: Layout) -> None:
    page = book.page("巡查", known=hints())
    titled(page, "铸造企业巡查记录汇总", 1, 8)
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("网格员", "x"),
        ("生产工艺", None),
        ("电炉", "w"),
        ("门前三包", "x"),
        ("生产状态", "e.status"),
        ("联系人", "e.contact_person"),
    ]
    headed(page, 2, columns)
    rows = [
        [1, "荆竹铸造厂", "盘某", None, W("0.5吨铝壳炉1台", made("铝壳炉", 0.5, 1)), "已签", "在产", "冯三"],
        [
            2,
            "蓝山县荆竹铸锻有限公司",
            "盘某",
            None,
            W("1吨中频炉1台、0.25吨铝壳炉1台", made("中频炉", 1, 1), made("铝壳炉", 0.25, 1)),
            "未签",
            "停产",
            "赵四",
        ],
        [3, "湘江源铸造厂", "李某", None, W("钢壳炉1台1.5吨", made("钢壳炉", 1.5, 1)), "已签", "在产", "王五"],
    ]
    lay(page, 3, columns, rows)
    page.ask("C").ask("F")


@layout
def totals_of_every_name(book: Layout) -> None:
    page = book.page("情况", known=hints())
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("统一信用代码", "e.uscc"),
        ("产值（万元）", "e.output_value_wan"),
        ("缴纳税收（万元）", "e.tax_wan"),
        ("用工人数", "e.employees"),
    ]
    headed(page, 1, columns)
    lay(
        page,
        2,
        columns,
        [[1, "蓝山县和谐铸造有限公司", code(21110234), 1200, 36, 40], [2, "和谐二厂", code(21110345), 300, 5, 11]],
    )
    page.row(4, ["规上企业小计", None, None, 1500, 41, 51]).skip(4, "total")
    lay(
        page,
        5,
        columns,
        [
            [3, "蓝山县团结铸造厂", code(21110456, "92"), 90, 1, 6],
            [4, "蓝山县友谊铸件厂", code(21110567, "92"), 120, N("—"), 8],
        ],
    )
    page.row(7, ["规下企业小计", None, None, 210, 1, 14]).skip(7, "total")
    page.row(8, ["共 计", "4家", None, 1710, 42, 65]).skip(8, "total")
    page.row(9, ["去年同期", None, None, 1650, 40, 66])
    page.row(10, ["同比增长", None, None, "3.6%", "5%", "-1.5%"])


@layout
def township_turned_upright_in_the_merged_left_column(book: Layout) -> None:
    page = book.page("名册", known=hints())
    columns = [
        ("乡镇", None),
        ("序号", None),
        ("企业名称", "e.name"),
        ("主要设备及数量", "w"),
        ("企业状态", "e.status"),
        ("备注", "e.remark"),
    ]
    titled(page, "铸造企业名册", 1, 6)
    headed(page, 2, columns)
    page.put("A3", "塔\n峰\n镇", merge="A3:A5").put("A6", "毛\n俊\n镇", merge="A6:A7")
    first = [
        [None, 1, "塔峰诚信铸造厂", W("0.5吨铝壳炉2台", made("铝壳炉", 0.5, 2)), "在产", None],
        [
            None,
            2,
            "蓝山县塔下铸造有限公司",
            W("2吨中频炉1台，抛丸机1台", made("中频炉", 2, 1), made("抛丸机", None, 1)),
            "在产",
            None,
        ],
        [None, 3, "塔峰和平炉具厂", W("冲天炉1台", made("冲天炉", None, 1)), "停产", "2025年5月起"],
    ]
    second = [
        [None, 1, "毛俊一诺铸造厂", W("铝壳炉1台（0.3吨）", made("铝壳炉", 0.3, 1)), "在产", None],
        [None, 2, "蓝山县毛俊水泵厂", W("1吨钢壳炉1台", made("钢壳炉", 1, 1)), "关停", None],
    ]
    lay(page, 3, columns, first, within=("塔峰镇", "A3"))
    lay(page, 6, columns, second, within=("毛俊镇", "A6"))
