"""Columns in odd order, with hints in their heads, blank or doubled columns, and columns that look like names."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, V, W, day, layout, month, year
from tests.importers.layouts.structure_rows import KINDS, WORDS, code, headed, hints, lay, made, titled


@layout
def unit_line_and_sender_in_one_cell(book: Layout) -> None:
    page = book.page(known=hints("上江圩镇"))
    titled(page, "铸造企业经济指标表", 1, 6)
    page.put("A2", "填报单位：上江圩镇人民政府      填报日期：2025年11月28日      金额单位：万元", merge="A2:F2")
    columns = [
        ("序号", None),
        ("公司名称", "e.name"),
        ("年产值", "e.output_value_wan"),
        ("税收总额", "e.tax_wan"),
        ("年产量（万吨）", "e.output_t_per_year", 10000),
        ("备注", "e.remark"),
    ]
    headed(page, 3, columns)
    rows = [
        [1, "江永县上江圩铸造有限公司", 1820, 41, 0.4, None],
        [2, "江永女书铸造工艺厂", 260, 3.3, 0.05, "工艺品"],
        [3, "江永县浦尾铸锻厂", 770, 12.8, 0.12, None],
        [4, "上江圩镇兴农铸造厂", 90, "—", 0.02, "季节性生产"],
    ]
    lay(page, 4, columns, rows)


@layout
def transformer_and_furnace_capacity_under_two_groups(book: Layout) -> None:
    page = book.page("设备", known=hints())
    page.row(1, ["序号", "企业名称", "中频炉", None, None, None, "冲天炉", None])
    page.row(2, [None, None, "容量(t)", "数量(台)", "功率(kW)", "变压器容量(kVA)", "熔化率(t/h)", "数量(台)"])
    page.merge("A1:A2", "B1:B2", "C1:F1", "G1:H1")
    columns = [("序号", None), ("企业名称", "e.name"), *[(None, None)] * 6]
    machines = [
        ("蓝山三泰铸造有限公司", (1, 2, 600, 800), (3, 1)),
        ("毛俊永利铸造厂", (0.5, 1, 300, 400), None),
        ("蓝山县金川泵业铸件有限公司", (2, 2, 1250, 1600), None),
        ("竹管寺冲天炉铸管厂", None, (5, 1)),
    ]
    for row, (name, medium, cupola) in enumerate(machines, 3):
        firm = page.line(row, columns, [row - 2, name, *[None] * 6])
        if medium:
            one = firm.machine(kind="induction_furnace", frequency="medium")
            for letter, fact, value in zip(
                "CDEF", ("capacity_t", "quantity", "power_kw", "transformer_kva"), medium, strict=True
            ):
                one.says(fact, f"{letter}{row}", value)
        if cupola:
            one = firm.machine(kind="cupola")
            one.says("melt_rate_t_per_h", f"G{row}", cupola[0]).says("quantity", f"H{row}", cupola[1])


@layout
def table_off_the_corner_with_blank_columns_inside(book: Layout) -> None:
    page = book.page("Sheet2", known=hints())
    titled(page, "铸造企业名册", 5, 9, "C")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        (None, None),
        ("法人代表", "e.legal_representative"),
        ("联系方式", "e.contact_phone"),
        (None, None),
        ("电炉类型", "f"),
        ("炉容量（吨）", "m.capacity_t"),
        ("数量（台/套）", "m.quantity"),
    ]
    headed(page, 7, columns, "C")
    rows = [
        [1, "临武县玉龙铸造有限公司", None, "邝文", "13975500121", None, "铝壳炉", 1, 1],
        [2, "临武麦市铸造厂", None, "陈昌林", "13975500122", None, "中频炉", 0.5, 2],
        [3, "临武县舜峰铸件厂", None, "王湘", "13975500123", None, "钢壳炉", 3, 1],
        [4, "武水镇周氏铸造", None, "周八斤", "13975500124", None, "铝壳炉", 0.2, 1],
        [5, "临武县金江耐磨铸件有限公司", None, "雷鸣", "13975500125", None, "铝壳中频炉", 0.75, 2],
    ]
    lay(page, 8, columns, rows, left="C")


@layout
def name_column_after_the_place_and_the_person(book: Layout) -> None:
    page = book.page("台账", known=hints())
    columns = [
        ("县区", "e.county"),
        ("乡镇（街道）", "e.township"),
        ("村（社区）", "e.village"),
        ("包片领导", "x"),
        ("业主", "e.legal_representative"),
        ("排查对象", "e.name"),
        ("电话", "e.contact_phone"),
        ("生产设备", "w"),
        ("排查日期", None),
    ]
    titled(page, "铸造（熔炼）企业排查台帐", 1, 9)
    headed(page, 2, columns)
    rows = [
        [
            "蓝山县",
            "土市镇",
            "新村",
            "钟某",
            "彭大军",
            "土市镇彭记铸造厂",
            "13574600001",
            W("铝壳炉1台0.25吨", made("铝壳炉", 0.25, 1)),
            None,
        ],
        [
            "蓝山县",
            "土市镇",
            "土桥村",
            "钟某",
            "罗春",
            "蓝山县春风铸业有限公司",
            "13574600002",
            W("2吨中频炉一台", made("中频炉", 2, 1)),
            None,
        ],
        [
            "蓝山县",
            "浆洞瑶族乡",
            "高源村",
            "赵某",
            "赵有财",
            "浆洞有财翻砂厂",
            "13574600003",
            W("冲天炉1座", made("冲天炉", None, 1)),
            None,
        ],
        [
            "蓝山县",
            "湘江源瑶族乡",
            "桐村",
            "盘某",
            "盘金凤",
            "蓝山县源头铸造厂",
            "13574600004",
            W("1.5t钢壳炉×2", made("钢壳炉", 1.5, 2)),
            None,
        ],
    ]
    lay(page, 3, columns, rows)
    page.ask("D")


@layout
def former_name_and_group_beside_the_name(book: Layout) -> None:
    page = book.page("名录", known=hints())
    columns = [
        ("序号", None),
        ("所属集团", "x"),
        ("企业名称", "e.name"),
        ("曾用名", "e.former_name"),
        ("社会统一信用代码", "e.uscc"),
        ("成立时间", "e.established_on"),
        ("行业代码", "e.industry_code"),
        ("企业规模", None),
    ]
    headed(page, 1, columns)
    rows = [
        [
            1,
            "湘南铸业集团",
            "蓝山湘南铸造有限公司",
            "蓝山县第一铸造厂",
            code(61200311),
            V("2003-05-12", day("2003-05-12")),
            "3391",
            None,
        ],
        [
            2,
            "湘南铸业集团",
            "蓝山湘南泵阀有限公司",
            None,
            code(61200422),
            V("2011年7月", month("2011-07")),
            "3391",
            None,
        ],
        [
            3,
            "永州重工集团",
            "永州重工蓝山铸钢有限公司",
            "蓝山宏伟铸钢厂",
            code(61200533),
            V("2016/8/1", day("2016-08-01")),
            "3391",
            None,
        ],
        [4, "/", "塔峰镇阿德铸造店", "/", code(61200644, "92"), V("2019年", year(2019)), "3392", None],
    ]
    lay(page, 2, columns, rows)


@layout
def project_name_before_the_builder(book: Layout) -> None:
    page = book.page("项目", known=hints())
    titled(page, "铸造建设项目环评审批情况表", 1, 7)
    columns = [
        ("序号", None),
        ("项目名称", "x"),
        ("建设单位", "e.name"),
        ("建设地点", "e.address"),
        ("环评文号", "p.eia.number"),
        ("环评批复时间", "p.eia.valid_from"),
        ("备注", "e.remark"),
    ]
    headed(page, 2, columns)
    rows = [
        [
            1,
            "年产5000吨铸件项目",
            "繁峙县瑞祥铸造有限公司",
            "繁峙县砂河镇",
            "忻环审〔2018〕12号",
            V("2018-04-11", day("2018-04-11"), optional=True),
            None,
        ],
        [
            2,
            "铸造生产线技改项目",
            "代县恒源铸件厂",
            "代县峪口镇",
            "代环函[2020]7号",
            V("2020-09-02", day("2020-09-02"), optional=True),
            "已投产",
        ],
        [
            3,
            "年产1万吨法兰锻件项目",
            "定襄县昌隆法兰有限公司",
            "定襄县神山乡",
            "忻环审（2021）33号",
            V("2021-12-20", day("2021-12-20"), optional=True),
            None,
        ],
    ]
    for firm in lay(page, 3, columns, rows):
        firm.own.may(township="*")
        firm.permit("eia").may(standing="held", issuer="*")


@layout
def heads_with_the_allowed_answers_in_brackets(book: Layout) -> None:
    page = book.page("填报", known=hints())
    titled(page, "工业炉窑排查填报表", 1, 8)
    columns = [
        ("序号", None),
        ("企业名称（与公章一致）", "e.name"),
        ("统一社会信用代码（18位）", "e.uscc"),
        ("炉型（中频炉/工频炉/冲天炉/其他）", "f"),
        ("炉壳（铝壳/钢壳）", "m.shell"),
        ("磁轭（有/无）", "m.yoke"),
        ("单台容量（吨，保留两位小数）", "m.capacity_t"),
        ("使用状态（在用/备用/闲置/已拆）", "m.state"),
    ]
    headed(page, 2, columns)
    steel, aluminium = V("钢壳", "steel"), V("铝壳", "aluminium")
    rows = [
        [1, "绍兴越城鉴湖铸造有限公司", code(72101134, place="330602"), "中频炉", steel, "有", 1.5, "在用"],
        [2, "柯桥兰亭铸件厂", code(72101245, place="330603"), "中频炉", aluminium, "无", 0.25, "闲置"],
        [3, "上虞百官铸造厂", code(72101356, place="330604"), "冲天炉", "/", "/", 5, "已拆"],
        [4, "诸暨枫桥机械铸造有限公司", code(72101467, place="330681"), "工频炉", steel, "不明", 1, "备用"],
        [None, None, None, "中频炉", aluminium, "无", 0.5, "在用"],
    ]
    lay(page, 3, columns, rows, merge="ABC")


@layout
def serial_column_without_a_head(book: Layout) -> None:
    book.form = "html"
    book.options["named"] = "xls"
    page = book.page(known=hints())
    titled(page, "毛俊镇铸造企业一览表", 1, 5)
    page.known["township"] = "毛俊镇"
    columns = [
        (None, None),
        ("企业名称", "e.name"),
        ("详细地址", "e.address"),
        ("生产经营状况", "e.status"),
        ("职工人数", "e.employees"),
    ]
    headed(page, 2, columns)
    rows = [
        [1, "毛俊镇飞达铸造厂", "毛俊镇毛俊村2组", "在产", 18],
        [2, "蓝山县毛江铸业有限公司", "毛俊镇沙坪村", "停产", 35],
        [3, "蓝山县双喜炉具铸造厂", "毛俊镇豪山村", "在产", 9],
        [4, "毛俊福星铸件厂", "毛俊镇五里村", "关停退出", 4],
    ]
    lay(page, 3, columns, rows)


@layout
def two_serial_columns(book: Layout) -> None:
    page = book.page("汇总", known=hints())
    columns = [
        ("总序号", None),
        ("镇街", "e.township"),
        ("镇内序号", None),
        ("企业名称", "e.name"),
        ("电炉类型", "f"),
        ("容量（吨）", "m.capacity_t"),
        ("绩效分级", "e.grade"),
    ]
    headed(page, 1, columns)
    rows = [
        [1, "河边镇", 1, "定襄县河边铸造有限公司", "中频炉", 2, V("B级", "B")],
        [2, "河边镇", 2, "河边镇东山铸造厂", "铝壳炉", 0.5, V("D", "D")],
        [3, "河边镇", 3, "定襄西汇铸件有限公司", "钢壳炉", 1.5, V("C级", "C")],
        [4, "神山乡", 1, "定襄县神山锻造厂", "天然气加热炉", 5, V("C", "C")],
        [5, "神山乡", 2, "神山乡崔家庄法兰厂", "燃气加热炉", 3, V("D级", "D")],
    ]
    lay(page, 2, columns, rows)


@layout
def name_merged_over_two_columns(book: Layout) -> None:
    page = book.page("表一", known=hints("宏道镇"))
    titled(page, "宏道镇法兰锻造企业设备表", 1, 7)
    page.row(2, ["序号", "企业名称", None, "加热炉", None, None, "备注"])
    page.row(3, [None, None, None, "炉型", "容量（吨）", "数量（台）", None])
    page.merge("A2:A3", "B2:C3", "D2:F2", "G2:G3")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        (None, None),
        ("炉型", "f"),
        ("容量", "m.capacity_t"),
        ("数量", "m.quantity"),
        ("备注", "e.remark"),
    ]
    rows = [
        [1, "定襄县宏道法兰锻造有限公司", None, "天然气加热炉", 10, 3, None],
        [2, "宏道镇北社锻压厂", None, "天然气加热炉", 5, 1, "煤改气"],
        [3, "定襄县盛大锻造有限公司", None, "燃气加热炉", 8, 2, None],
        [4, "宏道镇兴民锻造厂", None, "煤气发生炉", 2, 1, "待拆"],
    ]
    lay(page, 4, columns, rows)
    page.merge(*(f"B{row}:C{row}" for row in range(4, 8)))


@layout
def numbered_furnace_blocks_without_merges(book: Layout) -> None:
    page = book.page("炉子", known=hints())
    page.put("A1", "企业熔炼炉登记")
    page.row(2, ["序号", "企业名称", "1号炉", None, None, "2号炉", None, None, "3号炉"])
    page.row(3, [None, None, "炉型", "吨位(吨)", "状态", "炉型", "吨位(吨)", "状态", "炉型", "吨位(吨)", "状态"])
    rows = [
        ("嘉禾县铸源铸造有限公司", [("中频炉", 1, "在用"), ("中频炉", 1, "备用"), ("铝壳炉", 0.5, "闲置")]),
        ("嘉禾袁家精铸厂", [("铝壳炉", 0.3, "在用")]),
        ("嘉禾县盘江铸业有限公司", [("钢壳炉", 2, "在用"), ("钢壳炉", 2, "在用")]),
        ("行廊镇郭氏铸造", [("铝壳炉", 0.2, "已拆除"), ("中频炉", 0.5, "在用")]),
    ]
    for row, (name, furnaces) in enumerate(rows, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [row - 3, name])
        for (word, tonnes, state), letters in zip(furnaces, ("CDE", "FGH", "IJK"), strict=False):
            one = firm.machine(f"{letters[0]}{row}", word, **KINDS[word])
            one.says("capacity_t", f"{letters[1]}{row}", tonnes)
            one.says("state", f"{letters[2]}{row}", state, WORDS["state"][state])
            one.may(code="*", quantity=1)


@layout
def head_row_that_also_holds_the_total_words(book: Layout) -> None:
    page = book.page("统计表", known=hints())
    titled(page, "蓝山县铝壳炉淘汰进度表", 1, 7)
    columns = [
        ("序号", None),
        ("属地乡镇", "e.township"),
        ("企业名称", "e.name"),
        ("铝壳炉数量（台）", "c:铝壳炉"),
        ("合计容量（吨）", None),
        ("断电时间", "a.power_cut.taken_on"),
        ("责任单位", "e.responsible_unit"),
    ]
    headed(page, 2, columns)
    rows = [
        [1, "新圩镇", "蓝山新圩铸造一厂", 2, 1, V("2025年12月5日", day("2025-12-05")), "新圩镇人民政府"],
        [2, "新圩镇", "蓝山新圩铸造二厂", 1, 0.5, V("2025年12月5日", day("2025-12-05")), "新圩镇人民政府"],
        [3, "太平圩镇", "太平机械铸造厂", 3, 1.25, V("2025年12月8日", day("2025-12-08")), "县科工局"],
        [4, "太平圩镇", "蓝山县太和铸业有限公司", 1, 0.75, "/", "县科工局"],
    ]
    lay(page, 3, columns, rows)
    page.row(7, ["合计", None, "4家", 7, 3.5]).skip(7, "total")
