"""Sheets that are no rosters, or that carry more than their firms: summaries, statistics, instructions, examples."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import ALUMINIUM, MEDIUM, heads
from tests.importers.layouts.making import Layout, N, Page, V, W, day, layout

TOWNS = [
    ("塔峰镇", 6, 4, 1, 1),
    ("毛俊镇", 3, 2, 0, 1),
    ("楠市镇", 5, 3, 1, 1),
    ("新圩镇", 9, 6, 2, 1),
    ("太平圩镇", 8, 6, 1, 1),
]
FIRMS = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("所属乡镇", "e.township"),
    ("主要设备", "w"),
    ("生产状态", "e.status"),
]


def _summary(page: Page) -> None:
    page.put("A1", "蓝山县铸造企业整治情况汇总表", merge="A1:F1")
    page.put("F2", "单位：家")
    page.row(3, ["序号", "乡镇", "企业总数", "整改升级", "整合提升", "关停退出"])
    for row, (town, *counts) in enumerate(TOWNS, 4):
        page.row(row, [row - 3, town, *counts])
    page.row(9, ["合计", None, 31, 21, 5, 5])


def _roster(page: Page, top: int) -> None:
    heads(page, top, FIRMS)
    on, off = V("在产", "producing"), V("停产", "suspended")
    rows = [
        [1, "蓝山县洪观铸造有限公司", "塔峰镇", W("2台1吨中频炉", {**MEDIUM, "quantity": 2, "capacity_t": 1}), on],
        [2, "蓝山县竹管寺铸锅厂", "毛俊镇", W("1台0.5吨铝壳炉", {**ALUMINIUM, "quantity": 1, "capacity_t": 0.5}), off],
        [3, "蓝山县南平机械有限公司", "楠市镇", None, on],
    ]
    for row, values in enumerate(rows, top + 1):
        page.line(row, FIRMS, values)


@layout
def summary_by_township_alone(book: Layout) -> None:
    _summary(book.page("汇总"))


@layout
def summary_sheet_before_the_roster(book: Layout) -> None:
    book.form = "xls"
    _summary(book.page("汇总表"))
    page = book.page("明细表", known={"county": "*", "industry": "*", "industry_code": "*"})
    page.put("A1", "蓝山县铸造企业整治情况明细表", merge="A1:E1")
    _roster(page, 2)


@layout
def summary_to_the_right_of_the_roster(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "industry": "*", "industry_code": "*"})
    page.put("A1", "铸造企业排查表", merge="A1:E1")
    _roster(page, 2)
    page.row(1, ["分乡镇统计"], "H").merge("H1:I1")
    page.row(2, ["乡镇", "企业数（家）"], "H")
    for row, (town, count) in enumerate([("塔峰镇", 1), ("毛俊镇", 1), ("楠市镇", 1)], 3):
        page.row(row, [town, count], "H")


@layout
def profits_by_industry_are_no_roster(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-8"}
    page = book.page()
    page.row(1, ["行业名称", "企业数（个）", "营业收入（万元）", "利润总额（万元）", "从业人员平均人数（人）"])
    page.row(2, ["总计", 412, 5208000, 224000, 38120])
    page.row(3, ["黑色金属冶炼和压延加工业", 18, 902300, 31200, 4210])
    page.row(4, ["通用设备制造业", 56, 431200, 20110, 5230])
    page.row(5, ["非金属矿物制品业", 77, 380100, 16520, 6110])
    page.row(6, ["其中：国有控股企业", 12, 610000, 40100, 5020])
    page.row(7, ["　　　私营企业", 301, 3120000, 98200, 24100])


@layout
def targets_by_district_with_the_whole_first(book: Layout) -> None:
    book.form = "ods"
    page = book.page("附表")
    page.put("A1", "2020年淘汰落后产能目标任务分解表", merge="A1:C1")
    page.row(2, ["区域", "淘汰落后和过剩产能涉及企业数（家）", "整治提升“低散乱”企业（作坊）数（家）"])
    rows = [("全市", 150, 1000), ("越城区", 25, 180), ("柯桥区", 35, 200), ("上虞区", 25, 180), ("诸暨市", 30, 180)]
    for row, values in enumerate(rows, 3):
        page.row(row, values)
    page.put("A8", "备注：各地应于10月底前完成全年目标任务。", merge="A8:C8")


@layout
def instructions_dictionary_and_roster(book: Layout) -> None:
    guide = book.page("填表说明")
    guide.put("A1", "填表说明")
    guide.put("A2", "1.企业名称应与单位公章所使用的名称完全一致。")
    guide.put("A3", "2.统一社会信用代码为18位，请将单元格设为文本格式。")
    guide.put("A4", "3.生产状态填在产、停产、在建、关停退出。")
    guide.row(6, ["序号", "企业名称", "所属乡镇", "主要设备", "生产状态"])
    guide.row(7, ["例", "XX铸造有限公司", "XX镇", "2台1吨中频炉", "在产"])
    page = book.page("企业清单", known={"county": "*", "industry": "*", "industry_code": "*"})
    _roster(page, 1)
    words = book.page("字典", hidden=True)
    words.row(1, ["生产状态", "炉型", "乡镇"])
    for row, values in enumerate(
        [("在产", "中频炉", "塔峰镇"), ("停产", "冲天炉", "毛俊镇"), ("在建", "铝壳炉", "楠市镇")], 2
    ):
        words.row(row, values)


@layout
def an_example_row_above_the_firms(book: Layout) -> None:
    page = book.page("报送表", known={"county": "*", "industry": "*", "industry_code": "*"})
    page.put("A1", "企业情况报送表", merge="A1:E1")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("联系人", "e.contact_person"),
        ("联系电话", "e.contact_phone"),
        ("投产时间", "e.established_on"),
    ]
    heads(page, 2, columns)
    page.row(3, ["例", "例：XX铸造有限公司", "张三", "13800000000", "2015年6月"])
    page.skip(3, "note", "title")
    rows = [
        ("通道县双江铸件厂", "粟昌盛", "13974500101", "2010年8月1日", "2010-08-01"),
        ("通道侗乡机械有限公司", "吴通德", "13974500202", "2016年3月9日", "2016-03-09"),
        ("通道县播阳翻砂厂", "杨再兴", "13974500303", "2005年11月20日", "2005-11-20"),
    ]
    for row, (name, person, phone, when, iso) in enumerate(rows, 4):
        firm = page.line(row, columns[:4], [row - 3, name, person, phone])
        firm.says("established_on", f"E{row}", when, day(iso), optional=True)
        firm.machine().may(commissioned_on="*")


@layout
def a_reply_form_with_a_row_of_advice_under_its_heads(book: Layout) -> None:
    page = book.page("反馈表", known={"county": "*"})
    page.put("A1", "附件3")
    page.put("A2", "企业信息核实反馈表", merge="A2:F2")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("统一社会信用代码", "e.uscc"),
        ("是否规上", "e.scale"),
        ("年产能（吨/年）", "e.capacity_t_per_year"),
        ("环评批复时间", "p.eia.valid_from"),
    ]
    heads(page, 3, columns)
    page.row(4, ["填写说明", "与公章一致", "18位，文本格式", "填“是”或“否”", "填设计产能，数字", "格式：2020/1/1"])
    rows = [
        [1, "绥宁县黄桑铸造厂", "91652301MANY3FJM88", V("否", "below"), 1500, V("2013/5/6", day("2013-05-06"))],
        [
            2,
            "绥宁宝鼎机械铸造有限公司",
            "91652301MA95Y0X97T",
            V("是", "above"),
            9000,
            V("2018/12/25", day("2018-12-25")),
        ],
        [3, "绥宁县武阳铸锅厂", "916523016889661797", V("否", "below"), 800, N("无")],
    ]
    for row, values in enumerate(rows, 5):
        page.line(row, columns, values).permit("eia").may(standing="lacking" if row == 7 else "held")


@layout
def a_nil_return(book: Layout) -> None:
    book.form = "xls"
    page = book.page("Sheet1")
    page.put("A1", "淘汰落后产能企业排查表", merge="A1:E1")
    page.put("A2", "填报单位（盖章）：湘源瑶族乡人民政府")
    page.row(3, ["序号", "企业名称", "地址", "主要设备", "备注"])
    page.row(4, [1, "无", "无", "无", "零报告"])
    page.put("A5", "填报人：盘某")


@layout
def a_nil_return_in_words(book: Layout) -> None:
    page = book.page("排查表")
    page.put("A1", "铝壳炉排查情况表", merge="A1:E1")
    page.row(2, ["序号", "企业名称", "炉型", "容量（吨）", "使用状态"])
    page.put("A3", "经排查，我乡辖区内无使用铝壳炉的企业，特此零报告。", merge="A3:E3")
    page.put("A5", "湘源瑶族乡人民政府（盖章）")
    page.put("A6", "2025年3月20日")


@layout
def a_form_that_nobody_filled_in(book: Layout) -> None:
    page = book.page("登记表")
    page.put("A1", "铸造企业基本情况登记表", merge="A1:D1")
    labels = [
        ("企业名称", "统一社会信用代码"),
        ("法定代表人", "联系电话"),
        ("所属乡镇", "详细地址"),
        ("主要设备", "年产能（吨）"),
    ]
    for row, (left, right) in enumerate(labels, 2):
        page.put(f"A{row}", left).put(f"C{row}", right)


@layout
def a_telephone_list_of_officials(book: Layout) -> None:
    page = book.page("通讯录")
    page.put("A1", "铸造企业整治工作专班联络表", merge="A1:E1")
    page.row(2, ["序号", "姓名", "工作单位", "职务", "联系电话"])
    page.row(3, [1, "李某某", "县科工局", "副局长", "13907460001"])
    page.row(4, [2, "王某某", "市生态环境局蓝山分局", "大队长", "13907460002"])
    page.row(5, [3, "赵某某", "国网蓝山县供电公司", "营销部主任", "13907460003"])


@layout
def acceptance_on_three_levels(book: Layout) -> None:
    page = book.page("三级验收", known={"county": "*"})
    page.put("A1", "“低散乱”企业整治三级验收情况表", merge="A1:I1")
    page.row(2, ["序号", "企业名称", "镇街自验", None, "区县复验", None, "市级抽验", None, "备注"])
    page.row(3, ["时间", "结论", "时间", "结论", "时间", "结论"], "C")
    page.merge("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "I2:I3")
    rows = [
        ("绍兴越城马山五金厂", "2020.7.2", "合格", "2020.8.6", "合格", "2020.9.10", "合格", "passed"),
        ("绍兴斗门铸铜作坊", "2020.7.3", "合格", "2020.8.6", "合格", None, None, "passed"),
        ("绍兴孙端机械配件厂", "2020.7.10", "合格", "2020.8.7", "不合格", None, None, "failed"),
    ]
    for row, (name, *said, verdict) in enumerate(rows, 4):
        firm = page.line(row, [("序号", None), ("企业名称", "e.name")], [row - 3, name])
        page.row(row, said, "C")
        # Which of the three is "the" acceptance is open; only the last word of them may be stated.
        firm.planned().may(acceptance=verdict, accepted_on="*", stage="*")
