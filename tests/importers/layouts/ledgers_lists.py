"""Lists of firms that bureaus and townships keep: scattered polluters, large firms, energy, inspections, tax."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import ALUMINIUM, CUPOLA, MEDIUM, heads
from tests.importers.layouts.making import Due, Layout, N, V, W, day, days, layout, year

POLLUTERS = [
    ("序号", None),
    ("属地镇街", "e.township"),
    ("所在村", "e.village"),
    ("企业（作坊）名称", "e.name"),
    ("业主姓名", "e.legal_representative"),
    ("主要污染环节", "e.pollution_points"),
    ("整治类型", "e.disposition"),
    ("整治要求", "e.measures"),
    ("整治时限", "e.deadline"),
]


@layout
def scattered_polluters_list(book: Layout) -> None:
    page = book.page("散乱污清单", known={"county": "上虞区", "industry": "*"})
    page.put("A1", "上虞区“散乱污”企业（作坊）整治清单（2020年）", merge="A1:I1")
    heads(page, 2, POLLUTERS)
    rows = [
        [
            1,
            "东关街道",
            "联星村",
            "陈建林铸锅作坊",
            "陈建林",
            "熔化、浇注烟尘",
            "关停取缔",
            "断电、清设备、清原料",
            V("10月底前", days(None, "2020-10-31")),
        ],
        [
            2,
            None,
            "竺可桢村",
            "上虞县金杯铜件厂",
            "杜仁根",
            "酸洗废水",
            "升级改造",
            "安装废气收集处理设施",
            V("11月底前", days(None, "2020-11-30")),
        ],
        [
            3,
            "崧厦街道",
            "吕埠村",
            "祝宝夫五金铸造加工点",
            "祝宝夫",
            "翻砂粉尘",
            "整合搬迁",
            "搬迁至小微园",
            V("2020年底前", days(None, "2020-12-31")),
        ],
        [
            4,
            None,
            "前庄村",
            "上虞区舜杰伞件厂",
            "俞成校",
            "喷塑废气",
            "升级改造",
            "补办环评手续",
            V("11月底前", days(None, "2020-11-30")),
        ],
    ]
    page.merge("B3:B4", "B5:B6")
    for row, values in enumerate(rows, 3):
        firm = page.line(row, POLLUTERS, values)
        if values[1] is None:
            firm.own.facts["township"] = page.firms[-2].own.facts["township"]


@layout
def large_firms_of_the_statistics_bureau(book: Layout) -> None:
    book.form = "xls"
    page = book.page("规上名录", known={"scale": "above", "county": "*"})
    page.put("A1", "2024年规模以上工业企业名录", merge="A1:H1")
    page.put("H2", "计量单位：千元、人")
    columns = [
        ("序号", None),
        ("统一社会信用代码", "e.uscc"),
        ("单位详细名称", "e.name"),
        ("行业代码", "e.industry_code"),
        ("行业名称", "e.industry"),
        ("工业总产值", "e.output_value_wan"),
        ("从业人员期末人数", "e.employees"),
        ("开业时间", "e.established_on"),
    ]
    heads(page, 3, columns)
    rows = [
        ("91431127MAT6GTC591", "湖南华晟铸造有限公司", "3391", "黑色金属铸造", 86500, 132, 2011),
        ("91431127MA7622U61Y", "蓝山县毛俊竹木制品有限公司", "2041", "竹制品制造", 43210, 78, 2015),
        ("91431127798113513T", "永州星火锻压件有限公司", "3393", "锻件及粉末冶金制品制造", 29875, 64, 2008),
    ]
    for row, (code, name, number, industry, output, people, since) in enumerate(rows, 4):
        page.line(
            row,
            columns,
            [row - 3, code, name, number, industry, V(output, output / 10), people, V(f"{since}年", year(since))],
        )


@layout
def energy_ledger_with_account_numbers_as_text(book: Layout) -> None:
    page = book.page("用能情况", known={"county": "*"})
    page.put("A1", "重点用能企业用电情况统计表（2024年度）", merge="A1:H1")
    columns = [
        ("序号", None),
        ("用能单位名称", "e.name"),
        ("用电户号", "e.power_account_no"),
        ("变压器容量（kVA）", None),
        ("年用电量（万千瓦时）", "e.electricity_kwh"),
        ("年产量（吨）", "e.output_t_per_year"),
        ("吨产品电耗（千瓦时/吨）", None),
        ("备注", "e.remark"),
    ]
    heads(page, 2, columns)
    rows = [
        (1, "郴州湘粤铸造有限公司", "0031278450", 1250, 286.4, 2600, 1101.5, None),
        (2, "临武县舜峰铸钢厂", "0031278466", 630, 95.03, 810, 1173.2, "2024年新增变压器1台"),
        (3, "临武宏大机械有限公司", "0031290017", 400, 41, 500, 820, None),
    ]
    for row, (number, name, account, kva, power, output, ratio, remark) in enumerate(rows, 3):
        values = [number, name, account, kva, V(power, power * 10000), output, ratio, remark]
        firm = page.line(row, columns, values)
        # A firm's transformer beside no furnace: whether it is a machine of the roster is open.
        firm.machine().may(kind="transformer", transformer_kva=kva)
    page.row(6, ["合计", None, None, 2280, 422.43, 3910]).skip(6, "total")


@layout
def power_accounts_as_numbers(book: Layout) -> None:
    book.form = "ods"
    page = book.page("电量", known={"county": "*"})
    columns = [
        ("序号", None),
        ("用户名称", "e.name"),
        ("用户编号", "e.power_account_no"),
        ("用电地址", "e.address"),
        ("年用电量（度）", "e.electricity_kwh"),
        ("是否停电", None),
    ]
    heads(page, 1, columns)
    rows = [
        (1, "日照市机械铸造一厂", 6100238541, "后村镇驻地", 1256300, "否"),
        (2, "日照鲁东铸铁有限公司", 6100238559, "陈疃镇工业园", 880450, "否"),
        (3, "莒县浮来铸件厂", 6100311120, "浮来山街道", 64210, "是"),
    ]
    for row, (number, name, account, place, power, cut) in enumerate(rows, 2):
        firm = page.line(row, columns, [number, name, V(account, str(account)), place, power, cut])
        firm.action("power_cut")


@layout
def inspections_with_semicolons(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "gb18030", "delimiter": ";"}
    page = book.page()
    columns = [
        ("检查日期", None),
        ("企业名称", "e.name"),
        ("存在问题", "e.problem"),
        ("整改措施", "e.measures"),
        ("完成时限", "e.deadline"),
        ("责任单位", "e.responsible_unit"),
        ("整改进展", "e.progress"),
    ]
    heads(page, 1, columns)
    rows = [
        [
            "2025-3-4",
            "桂阳县银河铸造有限公司",
            "冲天炉无除尘设施；原料露天堆放",
            "拆除冲天炉，建设封闭料棚",
            V("2025年5月底前", days(None, "2025-05-31")),
            "县工信局，正和镇",
            "已完成",
        ],
        [
            "2025-3-4",
            "桂阳丰盛铸锅厂",
            "未办理排污许可证",
            "限期办理",
            V("2025-4-30", day("2025-04-30")),
            "市生态环境局桂阳分局",
            "办理中",
        ],
        ["2025-3-5", "桂阳县飞鸿铸件厂", "擅自恢复生产", "立即停产", V("立即", None), "正和镇", "已停产"],
    ]
    for row, values in enumerate(rows, 2):
        values[4] = N("立即") if values[4] == V("立即", None) else values[4]
        page.line(row, columns, values).own.may(industry="*")


@layout
def yield_of_land_and_tax(book: Layout) -> None:
    page = book.page("亩均效益")
    page.put("A1", "工业企业亩均效益评价表", merge="A1:I1")
    page.put("I2", "单位：亩、万元、人")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("用地面积", "e.land_mu"),
        ("税收总额", "e.tax_wan"),
        ("亩均税收", None),
        ("年产值", "e.output_value_wan"),
        ("员工数", "e.employees"),
        ("评价等级", None),
        ("拟采取措施", None),
    ]
    heads(page, 3, columns)
    rows = [
        [1, "诸暨市枫桥铸造有限公司", 22.4, 310.6, 13.87, 5200, 88, "A", "优先保障用电"],
        [2, "诸暨五泄机械厂", 8, 12.5, 1.56, 960, 24, "C", "倒逼提升"],
        [3, "诸暨市牌头铜业有限公司", 5.5, 2.1, 0.38, 130, 9, "D", "差别化电价"],
    ]
    for row, values in enumerate(rows, 4):
        firm = page.line(row, columns, values)
        firm.own.may(measures="*", grade=values[7])
    page.row(7, ["合计", None, 35.9, 325.2, None, 6290, 121]).skip(7, "total")


@layout
def places_in_degrees(book: Layout) -> None:
    page = book.page("点位", known={"county": "定襄县"})
    page.put("A1", "企业分布点位表", merge="A1:F1")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("企业简称", "e.short_name"),
        ("所属区域", "e.township"),
        ("经度", "e.longitude"),
        ("纬度", "e.latitude"),
    ]
    heads(page, 2, columns)
    rows = [
        [1, "定襄县金瑞环件锻造有限公司", "金瑞环件", "宏道镇", V("112°57′36″", 112.96), V("38°28′48″", 38.48)],
        [2, "山西恒跃法兰管件有限公司", "恒跃", "南王乡", 113.0214, 38.5031],
        [3, "定襄晋北电力法兰有限公司", "晋北电力", "河边镇", V("113.1302°E", 113.1302), V("38.6107°N", 38.6107)],
    ]
    for row, values in enumerate(rows, 3):
        page.line(row, columns, values)


@layout
def township_survey_with_renamed_firms(book: Layout) -> None:
    book.form = "xls"
    page = book.page("摸排", known={"township": "洪桥镇", "county": "*", "industry": "*", "industry_code": "*"})
    page.put("A1", "洪桥镇铸造企业摸底表", merge="A1:G1")
    page.put("A2", "填报单位（盖章）：洪桥镇人民政府")
    page.put("E2", "填报日期：2025年3月18日")
    columns = [
        ("序号", None),
        ("企业名称（曾用名）", "e.name"),
        ("统一社会信用代码", "e.uscc"),
        ("主要生产设备", "w"),
        ("年设计产能", "e.capacity_t_per_year"),
        ("生产情况", "e.status"),
        ("环评手续", "p.eia.standing"),
    ]
    heads(page, 3, columns)
    renamed = "祁东县宏发铸造有限公司（曾用名：祁东县红旗翻砂厂）"
    rows = [
        [
            1,
            V(renamed, "祁东县宏发铸造有限公司"),
            "91431127MAET2XRR2C",
            W("1吨中频炉一拖二", {**MEDIUM, "capacity_t": 1, "quantity": 2}),
            V("约3000吨", 3000),
            V("正常生产", "producing"),
            V("有", "held"),
        ],
        [
            2,
            "祁东永兴铸件厂",
            N("无"),
            W(
                "3t/h冲天炉1座、铝壳炉2台（500公斤）",
                {**CUPOLA, "quantity": 1, "melt_rate_t_per_h": 3},
                {**ALUMINIUM, "quantity": 2, "capacity_t": 0.5},
            ),
            V("0.2万吨", 2000),
            V("停产", "suspended"),
            V("无", "lacking"),
        ],
        [
            3,
            "祁东县三星机械有限公司",
            "91431127MA4QRC0Y64",
            N("无"),
            V("1200吨", 1200),
            V("在建", "building"),
            V("正在办理", "applying"),
        ],
    ]
    for row, values in enumerate(rows, 4):
        firm = page.line(row, columns, values)
        if row == 4:
            firm.own.facts["former_name"] = Due("祁东县红旗翻砂厂", ("B4",))
            firm.own.facts["capacity_t_per_year"] = Due(3000, ("E4",), True)
    page.row(7, ["填表人：周某", None, None, "审核人：邹某", None, "联系电话：07345550123"])


@layout
def list_that_repeats_its_firms(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-16", "delimiter": "\t"}
    page = book.page()
    columns = [
        ("区域", "e.county"),
        ("镇街", "e.township"),
        ("企业名称", "e.name"),
        ("设备类型", "w"),
        ("使用状态", None),
    ]
    heads(page, 1, columns)
    rows = [
        ("柯桥区", "钱清街道", "绍兴钱江铸造有限公司", "中频炉", MEDIUM, "在用", "in_use"),
        ("柯桥区", "钱清街道", "绍兴钱江铸造有限公司", "铝壳炉", ALUMINIUM, "停用", "idle"),
        ("柯桥区", "杨汛桥街道", "绍兴展望机械铸件厂", "冲天炉", CUPOLA, "已拆除", "removed"),
        ("新昌县", "七星街道", "新昌县轴承铸锻厂", "中频炉", MEDIUM, "备用", "standby"),
    ]
    firm = None
    for row, (county, town, name, furnace, kind, raw, state) in enumerate(rows, 2):
        same = firm if firm and firm.own.facts["name"].value == name else None
        firm = page.line(row, columns, [county, town, name, None, None], firm=same)
        firm.machine(f"D{row}", furnace, **kind).says("state", f"E{row}", raw, state)
        firm.action("dismantled")
