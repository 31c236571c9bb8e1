"""Registers of halts, power cuts, closures and of one-firm-one-plan, as bureaus keep them."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import heads
from tests.importers.layouts.making import Due, Layout, N, V, day, days, layout, month

CUTS = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("所在镇", "e.township"),
    ("用电户号", "e.power_account_no"),
    ("停电通知文号", "a.power_cut.document_no"),
    ("停电时间", "a.power_cut.taken_on"),
    ("停电执行单位", "a.power_cut.authority"),
    ("复电时间", "a.power_restored.taken_on"),
    ("复电依据", "x"),
    ("备注", "e.remark"),
]


@layout
def power_cut_register_with_account_numbers(book: Layout) -> None:
    page = book.page("停电复电登记", known={"county": "蓝山县", "industry": "*", "industry_code": "*"})
    page.put("A1", "蓝山县铸造企业停电、复电登记台账", merge="A1:J1")
    page.put("A2", "填报单位（盖章）：蓝山县科技和工业信息化局")
    page.put("H2", "填报日期：2025年12月22日")
    heads(page, 3, CUTS)
    unit = "国网蓝山县供电公司"
    first = ["蓝科工函〔2025〕31号", V("2025.12.10", day("2025-12-10")), unit]
    second = ["蓝科工函〔2025〕32号", V("2025年12月11日", day("2025-12-11")), unit]
    restored, proof = V("2025-12-22", day("2025-12-22")), "铸协证明"
    rows = [
        ["蓝山县君雄铸造有限公司", "新圩镇", "0470012385", *first, restored, proof, None],
        ["永盛金属制品有限公司", "新圩镇", "0470012391", *first, None, None, "未提交验收报告"],
        ["兴鼎金属制品有限公司", "太平圩镇", "0470013026", *second, N("/"), None, None],
        ["华钜机械有限公司", "太平圩镇", "0470013040", *second, V("2025.12.20", day("2025-12-20")), proof, None],
    ]
    for row, values in enumerate(rows, 4):
        page.line(row, CUTS, [row - 3, *values])
    page.ask("I")
    page.row(8, ["合计", "4家", None, None, None, "停电4家", None, "复电2家"]).skip(8, "total")


@layout
def power_cut_and_restored_under_two_heads(book: Layout) -> None:
    book.form = "xls"
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "停产停电企业情况表", merge="A1:H1")
    page.row(2, ["序号", "企业", "停电情况", None, None, "复电情况", None, "恢复生产时间"])
    page.row(3, ["停电日期", "通知书编号", "批准单位", "送电日期", "批准单位"], "C")
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3")
    columns = [
        ("序号", None),
        ("企业", "e.name"),
        ("停电日期", "a.power_cut.taken_on"),
        ("通知书编号", "a.power_cut.document_no"),
        ("批准单位", "a.power_cut.authority"),
        ("送电日期", "a.power_restored.taken_on"),
        ("批准单位", "a.power_restored.authority"),
        ("恢复生产时间", "a.resumed.taken_on"),
    ]
    gov, bureau = "县人民政府", "县工信局"
    first, second = V("2024/9/17", day("2024-09-17")), V("2024/10/8", day("2024-10-08"))
    page.line(
        4,
        columns,
        [
            1,
            "新田县宏达铸件厂",
            first,
            "停字〔2024〕5号",
            gov,
            V("2024/11/2", day("2024-11-02")),
            bureau,
            V("2024/11/5", day("2024-11-05")),
        ],
    )
    page.line(5, columns, [2, "新田飞龙机械铸造有限公司", second, "停字〔2024〕6号", gov, None, None, None])
    page.line(6, columns, [3, "新田县利民铸锅厂", second, "停字〔2024〕7号", gov, N("未复电"), None, None])


@layout
def broken_current_list_as_text(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "gb18030"}
    page = book.page(known={"township": "*", "county": "*"})
    columns = [
        ("编号", None),
        ("厂名", "e.name"),
        ("负责人", "e.legal_representative"),
        ("电话", "e.contact_phone"),
        ("断电时间", "a.power_cut.taken_on"),
        ("恢复供电时间", "a.power_restored.taken_on"),
        ("目前状态", "e.status"),
    ]
    heads(page, 1, columns)
    rows = [
        [
            "1",
            "兴隆铸锅厂",
            "李贵生",
            "13974650011",
            V("2024年3月5日", day("2024-03-05")),
            N("——"),
            V("停产", "suspended"),
        ],
        [
            "2",
            "三和翻砂厂",
            "欧阳杰",
            "13974650022",
            V("2024年3月5日", day("2024-03-05")),
            V("2024年5月上旬", days("2024-05-01", "2024-05-10", "ten_days")),
            V("正常生产", "producing"),
        ],
        [
            "3",
            "利群五金铸造厂",
            "陈满秀",
            "13974650033",
            V("2024年4月", month("2024-04")),
            None,
            V("已关停退出", "closed"),
        ],
    ]
    for row, values in enumerate(rows, 2):
        page.line(row, columns, values)


@layout
def closed_firms_list(book: Layout) -> None:
    book.form = "xls"
    page = book.page("关停退出", known={"county": "嘉禾县", "industry": "*", "industry_code": "*", "status": "closed"})
    page.put("A1", "附件2")
    page.put("A2", "嘉禾县铸造企业关停退出名单", merge="A2:H2")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("所属乡镇", "e.township"),
        ("法人代表", "e.legal_representative"),
        ("关停时间", "a.closure.taken_on"),
        ("关停决定文号", "a.closure.document_no"),
        ("营业执照是否注销", None),
        ("备注", "e.remark"),
    ]
    heads(page, 3, columns)
    rows = [
        [1, "嘉禾县荣发铸造厂", "坦坪镇", "雷建平", "2021.6", "嘉政函〔2021〕18号", "是", "revoked", "主体设备已拆除"],
        [2, "嘉禾顺达铸件有限公司", "石桥镇", "胡志军", "2021.9", "嘉政函〔2021〕22号", "是", "revoked", None],
        [3, "嘉禾县泰和机械厂", "塘村镇", "李庚生", "2022.3", "嘉政函〔2022〕7号", "否", None, "转租他人作仓库"],
    ]
    for row, (number, name, town, boss, when, act, mark, standing, remark) in enumerate(rows, 4):
        shut = V(when, month(f"{when[:4]}-{int(when[5:]):02d}"))
        firm = page.line(row, columns, [number, name, town, boss, shut, act, mark, remark])
        firm.permit("business_licence").may(standing=standing or "held")
        firm.action("licence_revoked")
    page.put("A7", "注：以上企业均已落实“两断三清”。")


MADE, HALF = V("2024年5月", month("2024-05")), V("2024年上半年", days("2024-01-01", "2024-06-30", "half"))
LATE, END = V("2025年12月31日前", days(None, "2025-12-31")), V("2025年底前", days(None, "2025-12-31"))
SOON = V("2024年3月底前", days(None, "2024-03-31"))
PLANS = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("整治类别", "e.disposition"),
    ("方案制定时间", "plan.made_on"),
    ("主要问题", "e.problem"),
    ("整治措施", "e.measures"),
    ("完成时限", "e.deadline"),
    ("责任单位", "e.responsible_unit"),
    ("进展情况", "e.progress"),
    ("验收时间", "plan.accepted_on"),
    ("验收结论", "plan.acceptance"),
]


@layout
def one_firm_one_plan_ledger(book: Layout) -> None:
    page = book.page("一企一策", known={"county": "蓝山县", "industry": "*", "industry_code": "*"})
    page.put("A1", "蓝山县铸造行业“一企一策”整治工作台账", merge="A1:K1")
    page.put("A2", "填报时间：2025年12月20日", merge="A2:K2")
    unit, town = "县科工局、市生态环境局蓝山分局", "新圩镇人民政府"
    passed = [V("2025.12.18", day("2025-12-18")), V("通过", "passed")]
    rows = [
        [
            "湖南钷锋制造有限公司",
            "转型升级",
            MADE,
            "铝壳炉未淘汰",
            "更换钢壳炉并配套布袋除尘",
            LATE,
            unit,
            "已完成",
            *passed,
        ],
        [
            "鸿昌金属制品有限公司",
            "转型升级",
            MADE,
            "无组织排放",
            "浇注工段封闭收尘",
            LATE,
            unit,
            "正在施工",
            None,
            V("待验收", "pending"),
        ],
        [
            "佳合金属制品有限公司",
            "整合提升",
            HALF,
            "规模小、手续不全",
            "整合并入华强公司",
            END,
            town,
            "已签协议",
            None,
            None,
        ],
        [
            "蓝山县信达铸造厂",
            "关停退出",
            N("/"),
            "无环评手续",
            "断电、清设备",
            SOON,
            V("同上", town),
            "已关停",
            None,
            N("—"),
        ],
    ]
    heads(page, 3, PLANS)
    for row, values in enumerate(rows, 4):
        page.line(row, PLANS, [row - 3, *values]).planned().may(stage="*")
    # 同上 takes the cell of the row above.
    page.firms[3].own.facts["responsible_unit"] = Due(town, ("H6",))


@layout
def problems_numbered_under_one_firm(book: Layout) -> None:
    page = book.page("问题清单")
    page.put("A1", "企业问题整改销号清单", merge="A1:F1")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("问题编号", None),
        ("具体问题", None),
        ("整改责任人", None),
        ("是否销号", None),
    ]
    heads(page, 2, columns)
    rows = [
        [1, "河边镇宏远锻造厂", "1-1", "原料堆场未覆盖", "智春明", "是"],
        [None, None, "1-2", "加热炉烟气直排", "智春明", "否"],
        [None, None, "1-3", "危废台账不全", "智春明", "否"],
        [2, "定襄县众信法兰有限公司", "2-1", "雨污未分流", "邢海云", "是"],
        [None, None, "2-2", "未安装分表计电", "邢海云", "是"],
    ]
    firm = None
    for row, values in enumerate(rows, 3):
        firm = page.line(row, columns, values, firm=None if values[1] else firm)
        firm.own.may(problem="*", progress="*", responsible_unit="*", contact_person="*")
    page.merge("A3:A5", "B3:B5", "A6:A7", "B6:B7")


@layout
def three_batches_in_bands(book: Layout) -> None:
    page = book.page("三个一批", known={"industry": "*", "industry_code": "*", "county": "*"})
    page.put("A1", "铸造企业“三个一批”分类处置清单", merge="A1:E1")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("地址", "e.address"),
        ("年产能（万吨）", "e.capacity_t_per_year"),
        ("完成时间", "e.deadline"),
    ]
    heads(page, 2, columns)
    bands = [
        (
            "一、整改升级一批（2家）",
            "整改升级",
            [("宜章县宏业铸造有限公司", "玉溪镇车田村", 1.2), ("宜章恒通机械有限公司", "梅田镇", 0.6)],
        ),
        ("二、整合提升一批（1家）", "整合提升", [("宜章县星光铸件厂", "一六镇", 0.3)]),
        (
            "三、关停退出一批（2家）",
            "关停退出",
            [("宜章县春来翻砂厂", "岩泉镇", 0.1), ("宜章兴旺铸锅厂", "岩泉镇", 0.08)],
        ),
    ]
    row, number = 3, 1
    for title, bucket, firms in bands:
        page.put(f"A{row}", title, merge=f"A{row}:E{row}").skip(row, "title", "note", "total")
        for name, place, capacity in firms:
            row += 1
            when = V("2025年6月底前", days(None, "2025-06-30"))
            firm = page.line(row, columns, [number, name, place, V(capacity, capacity * 10000), when])
            firm.own.may(disposition="*", status="closed" if bucket == "关停退出" else "*")
            number += 1
        row += 1


@layout
def halt_notices_with_documents(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-8", "delimiter": ";"}
    page = book.page()
    columns = [
        ("序号", None),
        ("被通知企业名称", "e.name"),
        ("停产通知书文号", "a.halt.document_no"),
        ("停产通知下达时间", "a.halt.taken_on"),
        ("下达单位", "a.halt.authority"),
        ("复工复产时间", "a.resumed.taken_on"),
    ]
    heads(page, 1, columns)
    unit = "永州市生态环境局蓝山分局"
    rows = [
        [
            "1",
            "安盛机械有限公司",
            "蓝环停〔2025〕11号",
            V("2025年11月下旬", days("2025-11-21", "2025-11-30", "ten_days")),
            unit,
            None,
        ],
        [
            "2",
            "奥兴金属制品有限公司",
            "蓝环停〔2025〕12号",
            V("2025-11-28", day("2025-11-28")),
            unit,
            V("2025-12-22", day("2025-12-22")),
        ],
        ["3", "骅胜金属制品有限公司", "蓝环停〔2025〕13号", V("2025-11-28", day("2025-11-28")), unit, None],
    ]
    for row, values in enumerate(rows, 2):
        page.line(row, columns, values)
