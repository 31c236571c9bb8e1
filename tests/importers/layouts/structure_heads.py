"""Heads of one to three rows: merged, wrapped, repeated, damaged, with column numbers and units under them."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, V, day, layout, month
from tests.importers.layouts.structure_rows import code, headed, hints, lay, titled


@layout
def three_head_rows_merged_with_contacts_and_permits(book: Layout) -> None:
    page = book.page("摸底表", known=hints("新圩镇"))
    page.put("A1", "附件1")
    titled(page, "新圩镇铸造企业及熔炼设备摸底表", 2, 10)
    page.put("A3", "填报单位（盖章）：新圩镇人民政府").put("H3", "填报日期：2025年12月16日")
    page.row(4, ["序号", "企业基本情况", None, None, None, "熔炼设备情况", None, None, "手续办理", None])
    page.row(
        5,
        [
            None,
            "企业名称",
            "统一社会信用代码",
            "联系方式",
            None,
            "炉型",
            "单台容量（吨）",
            "数量（台）",
            "环评批复",
            "排污许可",
        ],
    )
    page.row(6, [None, None, None, "联系人", "电话"])
    page.merge(
        "A4:A6", "B4:E4", "B5:B6", "C5:C6", "D5:E5", "F4:H4", "F5:F6", "G5:G6", "H5:H6", "I4:J4", "I5:I6", "J5:J6"
    )
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("信用代码", "e.uscc"),
        ("联系人", "e.contact_person"),
        ("电话", "e.contact_phone"),
        ("炉型", "f"),
        ("容量", "m.capacity_t"),
        ("数量", "m.quantity"),
        ("环评批复", "p.eia.standing"),
        ("排污许可", "p.pollutant_discharge.standing"),
    ]
    rows = [
        [1, "蓝山县鑫磊铸造有限公司", code(70211345), "雷建国", "13874611002", "铝壳中频炉", 0.5, 2, "有", "有"],
        [None, None, None, None, None, "中频炉（钢壳）", 1, 1, None, None],
        [2, "新圩永固翻砂厂", code(70215561, "92"), "黄小满", "15974600311", "铝壳炉", 0.25, 1, "无", "无"],
        [3, "蓝山恒通精铸厂", code(70219002), "盘志勇", "18974630020", "冲天炉", 3, 1, "有", "无"],
        [None, None, None, None, None, "铝壳炉", 0.75, 2, None, None],
        [None, None, None, None, None, "钢壳炉", 2, 1, None, None],
        [4, "大顺五金铸件加工厂", code(70220113, "92"), "廖春花", "13574698877", "中频炉", 1.5, 1, "在办", "未办"],
    ]
    lay(page, 7, columns, rows, merge="ABCDEIJ")
    page.row(14, ["合计", None, None, None, None, None, None, 9]).merge("A14:B14").skip(14, "total")


@layout
def heads_wrapped_in_narrow_columns(book: Layout) -> None:
    page = book.page(known=hints("夏层铺镇"))
    titled(page, "夏层铺镇机械铸造行业企业基本情况统计表", 1, 9)
    heads = [
        "序\n号",
        "企 业\n名 称",
        "法定代\n表 人",
        "联 系\n电 话",
        "占地\n面积\n(亩)",
        "从业\n人数\n（人）",
        "年产值\n（万\n元）",
        "投产\n时间",
        "备  注",
    ]
    page.row(2, heads)
    columns = list(
        zip(
            heads,
            [
                None, "e.name", "e.legal_representative", "e.contact_phone", "e.land_mu", "e.employees",
                "e.output_value_wan", None, "e.remark",
            ],
            strict=True,
        )
    )  # fmt: skip
    lay(
        page,
        3,
        columns,
        [
            [
                1,
                V("江永县宏达\n铸造有限公司", "江永县宏达铸造有限公司"),
                "周卫东",
                "13607466621",
                12.5,
                46,
                2300,
                None,
                "规模企业",
            ],
            [2, "江永永发机械配件厂", "何 军", "13787600098", 3, 8, 180, None, None],
            [
                3,
                V("江永县  三江耐磨\n材料有限公司", "江永县三江耐磨材料有限公司"),
                "蒋丽",
                "18674611234",
                20,
                63,
                4100.5,
                None,
                "已入规",
            ],
            [4, "桥头铁锅铸造作坊", "杨老五", "15874680012", 0.8, 3, 35, None, "家庭作坊"],
            [5, "江永顺达铸件厂", "欧阳海", "13974655500", 5.6, 15, 560, None, None],
        ],
    )


@layout
def head_repeated_on_every_page_with_page_numbers(book: Layout) -> None:
    page = book.page("打印", known=hints())
    columns = [
        ("编号", None),
        ("单位名称", "e.name"),
        ("所属乡镇", "e.township"),
        ("设备类型", "f"),
        ("吨位（t）", "m.capacity_t"),
        ("使用情况", "m.state"),
    ]
    groups = [
        [
            [1, "蓝山县金鼎铸业有限公司", "塔峰镇", "铝壳炉", 0.5, "在用"],
            [2, "塔峰兴旺铸造厂", "塔峰镇", "中频炉", 1, "在用"],
            [3, "蓝山和顺铸件加工部", "塔峰镇", "铝壳炉", 0.3, "闲置"],
        ],
        [
            [4, "毛俊振兴铸造厂", "毛俊镇", "钢壳炉", 2, "在用"],
            [5, "蓝山县宏运管件有限公司", "毛俊镇", "铝壳中频炉", 0.75, "封存"],
        ],
        [
            [6, "楠市老刘铸铁坊", "楠市镇", "冲天炉", 1, "已拆除"],
            [7, "蓝山楠岭机械有限公司", "楠市镇", "中频炉", 3, "备用"],
        ],
    ]
    row = 1
    for at, group in enumerate(groups, 1):
        titled(page, "全县铸造企业熔炼设备清单" + ("" if at == 1 else "（续表）"), row, 6)
        headed(page, row + 1, columns)
        lay(page, row + 2, columns, group)
        page.put(f"F{row + 2 + len(group)}", f"第{at}页 共3页")
        row += 3 + len(group)


@layout
def head_repeated_in_the_middle_without_a_title(book: Layout) -> None:
    page = book.page(known=hints())
    columns = [
        ("序", None),
        ("厂名", "e.name"),
        ("负责人", "e.legal_representative"),
        ("手机号码", "e.contact_phone"),
        ("主要产品", "e.main_product"),
        ("年产能（吨）", "e.capacity_t_per_year"),
    ]
    headed(page, 1, columns)
    lay(
        page,
        2,
        columns,
        [
            [1, "宏道镇兴盛法兰锻造厂", "刘二虎", "13835000123", "法兰", 3000],
            [2, "定襄县华丰环锻有限公司", "张贵明", "13835056677", "风电法兰", 26000],
            [3, "定襄恒泰锻压厂", "李改兰", "15035011223", "法兰毛坯", 4500],
        ],
    )
    headed(page, 5, columns)
    page.skip(5, "header_repeat")
    lay(
        page,
        6,
        columns,
        [
            [4, "定襄县新晟法兰锻造有限公司", "齐俊", "13934400456", "法兰、管板", 12000],
            [5, "蒋村红旗锻件厂", "薄三货", "13111122233", "锻件", 1500],
        ],
    )
    page.row(8, ["合计", "5家", None, None, None, 47000]).skip(8, "total")


@layout
def group_word_only_in_its_first_cell(book: Layout) -> None:
    page = book.page("Sheet1", known=hints("桃川镇"))
    page.put("A1", "桃川镇铸造行业企业电炉排查情况")
    page.row(2, ["序号", "企业名称", "地址", "熔化设备", None, None, None, "环保手续", None])
    page.row(3, [None, None, None, "名称", "容量/吨", "台数", "状态", "环评手续", "排污许可证"])
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("地址", "e.address"),
        ("名称", "f"),
        ("容量", "m.capacity_t"),
        ("台数", "m.quantity"),
        ("状态", "m.state"),
        ("环评", "p.eia.standing"),
        ("排污", "p.pollutant_discharge.standing"),
    ]
    rows = [
        [1, "江永县桃川铸造有限公司", "桃川镇大地坪村", "铝壳炉", 0.5, 2, "在用", "√", "√"],
        [None, None, None, "中频炉", 1, 1, "备用", None, None],
        [2, "江永鸿运铸造厂", "桃川镇邑口村", "铝壳炉", 0.25, 1, "闲置", "×", "×"],
        [3, "桃川镇小康铸件厂", "桃川镇石枧村", "钢壳炉", 1.5, 2, "在用", "√", "×"],
        [4, "江永县旺德福铸业有限公司", "桃川镇所城村", "铝壳炉", 0.75, 1, "封存", "√", "√"],
        [None, None, None, "铝壳炉", 0.3, 1, "已拆除", None, None],
    ]
    lay(page, 4, columns, rows)


@layout
def merges_lost_so_that_labels_stand_in_either_head_row(book: Layout) -> None:
    page = book.page("铸造", known=hints())
    page.row(1, ["附件2：在册铸造企业一览"])
    page.row(2, [None, "企业", None, None, "电炉", None, None, "证照", None, None])
    page.row(3, ["序号", "名称", "法人", "电话", "类型", "容量(t)", "数量", "营业执照", "环评", "备注"])
    columns = [
        ("序号", None),
        ("名称", "e.name"),
        ("法人", "e.legal_representative"),
        ("电话", "e.contact_phone"),
        ("类型", "f"),
        ("容量", "m.capacity_t"),
        ("数量", "m.quantity"),
        ("营业执照", "p.business_licence.standing"),
        ("环评", "p.eia.standing"),
        ("备注", "e.remark"),
    ]
    rows = [
        [1, "永州同心铸造有限公司", "唐小兵", "13707460001", "铝壳炉", 1, 2, "有", "有", None],
        [2, "新田县兴隆铸造厂", "谢先桂", "13707460002", "中频炉", 0.5, 1, "有", "无", "2024年停产至今"],
        [3, "骥村镇铸铁社", "刘开明", "13707460003", "冲天炉", 2, 1, "无", "无", "设备老旧"],
        [4, "新田县金华耐磨球厂", "郑友", "13707460004", "钢壳炉", 2, 3, "有", "有", None],
        [5, "新田福星炉具厂", "乐天", "13707460005", "铝壳炉", 0.2, 1, "有", "在办", "/"],
    ]
    lay(page, 4, columns, rows)


@layout
def group_word_told_again_in_each_of_its_cells(book: Layout) -> None:
    book.form = "xls"
    page = book.page("Sheet1", known=hints())
    page.row(1, ["序号", "企业名称", "所在村", "设备情况", "设备情况", "设备情况", "设备情况", "整改情况", "整改情况"])
    page.row(2, ["序号", "企业名称", "所在村", "炉型", "功率(kW)", "容量(kg)", "有无磁轭", "存在问题", "整改时限"])
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("所在村", "e.village"),
        ("炉型", "f"),
        ("功率", "m.power_kw"),
        ("容量", "m.capacity_t", 0.001),
        ("磁轭", "m.yoke"),
        ("问题", "e.problem"),
        ("时限", "e.deadline"),
    ]
    end = V("2026年3月31日", day("2026-03-31"))
    rows = [
        [1, "嘉禾县广发铸造厂", "石桥村", "铝壳炉", 250, 300, "无", "使用淘汰设备", end],
        [
            2,
            "嘉禾恒力铸锻有限公司",
            "仙江村",
            "中频炉",
            800,
            1000,
            "有",
            "无环评手续",
            V("2026年2月", month("2026-02")),
        ],
        [3, "嘉禾县宝塔铸件厂", "定里村", "铝壳中频炉", 160, 250, "不明", "除尘设施损坏", end],
        [4, "嘉禾众诚铸业有限公司", "仙江村", "钢壳中频炉", 1200, 2000, "有", None, None],
    ]
    lay(page, 3, columns, rows)


@layout
def column_numbers_jia_yi_under_the_head(book: Layout) -> None:
    page = book.page("统计", known=hints())
    titled(page, "铸造企业生产经营情况统计表", 1, 7)
    page.put("A2", "填报单位：祠堂圩镇人民政府").put("F2", "计量单位：万元、人")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("是否规上", "e.scale"),
        ("产值", "e.output_value_wan"),
        ("税收", "e.tax_wan"),
        ("从业人员数", "e.employees"),
        ("生产状态", "e.status"),
    ]
    headed(page, 3, columns)
    page.row(4, ["甲", "乙", "丙", 1, 2, 3, "丁"])
    page.known["township"] = "祠堂圩镇"
    rows = [
        [1, "蓝山县祠市铸造有限公司", "是", 3260, 88.5, 61, "在产"],
        [2, "祠堂圩宏图铸造厂", "否", 420, 6.1, 12, "停产"],
        [3, "蓝山联合泵阀铸件有限公司", "是", 5100, 143, 90, "在产"],
        [4, "祠堂圩福海铸造厂", "否", 0, 0, 2, "关停"],
        [5, "蓝山富民农机铸件厂", "否", 96, 1.2, 7, "正常生产"],
    ]
    lay(page, 5, columns, rows)
    page.row(10, ["总计", "5家", None, 8876, 238.8, 172]).skip(10, "total")


@layout
def units_in_a_row_of_their_own(book: Layout) -> None:
    page = book.page("炉子", known=hints())
    columns = [
        ("序号", None),
        ("用能单位", "e.name"),
        ("炉窑名称", "fn"),
        ("额定容量", "m.capacity_t", 0.001),
        ("额定功率", "m.power_kw"),
        ("台数", "m.quantity"),
        ("产能", "e.capacity_t_per_year", 10000),
        ("用电量", "e.electricity_kwh", 10000),
    ]
    headed(page, 1, columns)
    page.row(2, [None, None, None, "公斤", "千瓦", "台", "万吨/年", "万千瓦时"])
    rows = [
        [1, "昌吉市天山铸造有限责任公司", "中频炉", 1500, 1000, 2, 1.2, 320],
        [None, None, "热处理炉", 5000, 400, 1, None, None],
        [2, "昌吉准东机械铸造厂", "中频炉", 500, 350, 1, 0.3, 41.5],
        [3, "二六工镇红星铸件厂", "电弧炉", 5000, 2800, 1, 2, 610],
        [4, "昌吉市鑫北耐磨件有限公司", "中频感应电炉", 2000, 1250, 2, 0.85, 275],
    ]
    lay(page, 3, columns, rows)


@layout
def head_below_many_title_lines(book: Layout) -> None:
    page = book.page("Sheet1", known=hints("太平圩镇"))
    lines = [
        "附件3",
        "蓝山县科技和工业信息化局",
        "关于开展铸造企业落后设备排查的通知（蓝科工发〔2025〕31号）附表",
        None,
        "太平圩镇落后熔炼设备排查登记表",
        "（2025年12月）",
        "填报单位：太平圩镇人民政府",
        "填报人：李志强        联系电话：0746-2213456",
        "填报日期：2025年12月20日",
        "单位：吨、台",
    ]
    for row, line in enumerate(lines, 1):
        if line:
            titled(page, line, row, 6)
    columns = [
        ("序号", None),
        ("企业（业主）名称", "e.name"),
        ("落后设备名称", "fn"),
        ("容量", "m.capacity_t"),
        ("数量", "m.quantity"),
        ("计划拆除时间", None),
    ]
    headed(page, 11, columns)
    rows = [
        [1, "太平圩镇宏发铸造厂", "铝壳炉", 0.5, 2, None],
        [2, "蓝山县太平铸锻有限公司", "铝壳中频炉", 1, 1, None],
        [3, "个体户陈国庆", "铝壳炉", 0.15, 1, None],
        [4, "太平圩平安铸造厂", "铝壳炉", 0.25, 1, None],
        [None, None, "工频炉", 0.5, 1, None],
    ]
    lay(page, 12, columns, rows)
