"""Notes, instructions and signatures above, among and below the rows; forms of one firm; tables on their side."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, V, W, day, layout
from tests.importers.layouts.structure_rows import KINDS, code, headed, hints, lay, made, titled

FURNACES = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("炉型", "f"),
    ("容量（吨）", "m.capacity_t"),
    ("数量（台）", "m.quantity"),
    ("使用状态", "m.state"),
]
PEOPLE = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("负责人", "e.legal_representative"),
    ("联系电话", "e.contact_phone"),
    ("主要产品", "e.main_product"),
]


@layout
def numbered_instructions_below_the_rows(book: Layout) -> None:
    page = book.page(known=hints())
    titled(page, "铸造企业排查表", 1, 6)
    headed(page, 2, FURNACES)
    lay(
        page,
        3,
        FURNACES,
        [
            [1, "蓝山县龙溪铸造厂", "铝壳炉", 0.5, 1, "在用"],
            [2, "蓝山县雷家岭铸造有限公司", "中频炉", 1, 2, "在用"],
            [3, "汇源铸造厂", "铝壳炉", 0.3, 1, "封存"],
        ],
    )
    page.put("A7", "填报说明：")
    page.put("A8", "1.企业名称应与单位公章所使用的名称完全一致；")
    page.put("A9", "2.炉型填写铝壳炉、钢壳炉、中频炉、冲天炉等；")
    page.put("A10", "3.容量为单台容量，如2台0.5吨铝壳炉填0.5。")


@layout
def signatures_in_separate_cells_under_the_names(book: Layout) -> None:
    page = book.page(known=hints())
    titled(page, "铸造企业联系表", 1, 5)
    headed(page, 2, PEOPLE)
    rows = [
        [1, "神山乡恒丰锻造厂", "闫福顺", "13903501234", "法兰"],
        [2, "定襄县崔家庄锻造有限公司", "崔建平", "13903505678", "锻件"],
        [3, "定襄神山双环法兰厂", "李补生", "13903509012", "法兰"],
    ]
    lay(page, 3, PEOPLE, rows)
    page.row(6, ["审核人：", "王建华", "填表人：", "李小梅", "联系电话：0350-6021234"])
    page.row(8, [None, "主要领导签字（盖章）：", None, None, "2025年12月25日"])


@layout
def signature_labels_and_names_in_one_merged_row(book: Layout) -> None:
    book.form = "xls"
    page = book.page("Sheet1", known=hints())
    titled(page, "熔炼设备情况表", 1, 6)
    headed(page, 2, FURNACES)
    rows = [
        [1, "江华县界牌铸造厂", "铝壳炉", 0.5, 1, "在用"],
        [2, "江华县小圩铸业有限公司", "钢壳炉", 2, 1, "备用"],
        [None, None, "铝壳炉", 0.25, 1, "闲置"],
    ]
    lay(page, 3, FURNACES, rows, merge="AB")
    page.put("A6", "单位负责人：赵云       审核人：何平      填表人：盘艳      填表日期：2025-12-18", merge="A6:F6")
    page.put("A7", "注：1、本表一式两份；2、逾期未报视为无。", merge="A7:F7")


@layout
def instructions_above_the_head(book: Layout) -> None:
    page = book.page("填报表", known=hints("季庄镇"))
    titled(page, "季庄镇锻造企业加热炉排查表", 1, 6)
    page.put("A2", "说明：1.请各村如实填写；2.一台炉填一行；3.容量单位为吨。", merge="A2:F2")
    page.put("A3", "4.炉型分天然气加热炉、煤气发生炉、热处理炉三种。", merge="A3:F3")
    headed(page, 5, FURNACES)
    rows = [
        [1, "定襄季庄锻压有限公司", "天然气加热炉", 8, 2, "在用"],
        [None, None, "热处理炉", 10, 1, "在用"],
        [2, "季庄镇东方锻造厂", "煤气发生炉", 2, 1, "封存"],
        [3, "季庄横山法兰锻造厂", "天然气加热炉", 5, 1, "闲置"],
    ]
    lay(page, 6, FURNACES, rows)


@layout
def a_note_among_the_rows(book: Layout) -> None:
    page = book.page(known=hints(status="*"))
    titled(page, "铸造企业电炉清单", 1, 6)
    headed(page, 2, FURNACES)
    lay(
        page,
        3,
        FURNACES,
        [[1, "蓝山县河口铸造厂", "铝壳炉", 0.5, 1, "在用"], [2, "蓝山旺成铸件有限公司", "中频炉", 1, 1, "在用"]],
    )
    page.put("A5", "注：以下企业为本季度新排查发现", merge="A5:F5").skip(5, "note", "title")
    lay(
        page,
        6,
        FURNACES,
        [[3, "蓝山县山田铸造厂", "铝壳炉", 0.2, 1, "在用"], [4, "祠堂圩镇罗记铸造", "铝壳炉", 0.3, 1, "闲置"]],
    )
    page.row(8, ["合计", None, None, None, 4]).skip(8, "total")
    page.put("A9", "备注：数据截至2025年12月15日。")


@layout
def card_of_one_firm_in_four_columns(book: Layout) -> None:
    page = book.page("登记卡", known=hints())
    titled(page, "铸造企业基本情况登记表", 1, 4)
    firm = page.firm(2, 8)
    number = code(33110456)
    pairs = [
        (2, "企业名称", "name", "蓝山县鸿图铸造有限公司", None, "法定代表人", "legal_representative", "欧阳春", None),
        (3, "统一社会信用代码", "uscc", number, None, "联系电话", "contact_phone", "13807460909", None),
        (
            4,
            "详细地址",
            "address",
            "蓝山县塔峰镇工业园",
            None,
            "成立时间",
            "established_on",
            "2012年3月8日",
            day("2012-03-08"),
        ),
        (5, "占地面积（亩）", "land_mu", 15, None, "职工人数", "employees", 42, None),
        (6, "年产能（吨）", "capacity_t_per_year", 6000, None, "年产值（万元）", "output_value_wan", 1800, None),
    ]
    for row, left, fact, raw, value, right, other, raw2, value2 in pairs:
        page.row(row, [left, None, right])
        firm.says(fact, f"B{row}", raw, value).says(other, f"D{row}", raw2, value2)
    page.put("A7", "主要熔炼设备").put("A8", "环评批复").put("C8", "排污许可证")
    words = "2台1吨中频炉，1台0.5吨铝壳炉（闲置）"
    firm.machine("B7", words, **made("中频炉", 1, 2))
    firm.machine("B7", words, **made("铝壳炉", 0.5, 1, state="idle"))
    page.merge("B7:D7")
    firm.permit("eia").says("standing", "B8", "已办", "held")
    firm.permit("pollutant_discharge").says("standing", "D8", "未办", "lacking")
    firm.own.may(township="*", park="*")
    page.put("A10", "填表人：").put("B10", "肖芳").put("C10", "填表日期：").put("D10", "2025-12-11")


@layout
def card_of_one_firm_with_a_furnace_table_inside(book: Layout) -> None:
    page = book.page("一企一表", known=hints())
    titled(page, "企业熔炼设备调查表", 1, 5)
    firm = page.firm(2, 8)
    page.row(2, ["企业名称"]).row(3, ["法人代表", None, "联系电话"])
    firm.says("name", "B2", "定襄县宝瑞铸造有限公司")
    firm.says("legal_representative", "B3", "樊志强").says("contact_phone", "D3", "13994111222")
    page.merge("B2:E2", "D3:E3")
    page.row(4, ["熔炼设备情况"]).merge("A4:E4")
    page.row(5, ["炉号", "炉型", "容量（吨）", "数量（台）", "使用状态"])
    for row, (number, word, tonnes, count, state, value) in enumerate(
        [
            ("1#", "中频炉", 2, 1, "在用", "in_use"),
            ("2#", "铝壳炉", 0.5, 1, "闲置", "idle"),
            ("3#", "钢壳炉", 1, 2, "备用", "standby"),
        ],
        6,
    ):
        one = firm.machine(f"B{row}", word, **KINDS[word])
        one.says("code", f"A{row}", number).says("capacity_t", f"C{row}", tonnes)
        one.says("quantity", f"D{row}", count).says("state", f"E{row}", state, value)


@layout
def two_cards_one_under_another(book: Layout) -> None:
    page = book.page("卡片", known=hints())
    cards = [
        ("嘉禾县明珠铸造有限公司", code(44110234), "李明珠", "1台1吨中频炉", made("中频炉", 1, 1), 3000),
        ("嘉禾县铁山铸造厂", code(44110345, "92"), "雷铁山", "2台0.3吨铝壳炉", made("铝壳炉", 0.3, 2), 800),
        ("嘉禾钟水锻铸有限公司", code(44110456), "周钟水", "1台2吨钢壳炉", made("钢壳炉", 2, 1), 5200),
    ]
    for at, (name, number, person, words, machine, tonnes) in enumerate(cards):
        top = 1 + at * 8
        titled(page, "企业登记卡", top, 2)
        firm = page.firm(top + 1, top + 5)
        for row, label in enumerate(["单位名称", "信用代码", "法定代表人", "熔炼设备", "年产能（吨）"], top + 1):
            page.put(f"A{row}", label)
        firm.says("name", f"B{top + 1}", name).says("uscc", f"B{top + 2}", number)
        firm.says("legal_representative", f"B{top + 3}", person).says("capacity_t_per_year", f"B{top + 5}", tonnes)
        firm.machine(f"B{top + 4}", words, **machine)


@layout
def firms_in_columns_and_facts_in_rows(book: Layout) -> None:
    page = book.page("对照", known=hints())
    titled(page, "三家铸造企业情况对照表", 1, 4)
    labels = ["企业名称", "法定代表人", "炉型", "容量（吨）", "数量（台）", "环评手续"]
    for row, label in enumerate(labels, 2):
        page.put(f"A{row}", label)
    firms = [
        ("B", "新田县远大铸造厂", "宋远", "铝壳炉", 0.5, 1, "有", "held"),
        ("C", "新田县城南铸业有限公司", "何英", "中频炉", 2, 2, "有", "held"),
        ("D", "新田门楼下铸造厂", "郑武", "铝壳炉", 0.25, 1, "无", "lacking"),
    ]
    for letter, name, person, word, tonnes, count, standing, value in firms:
        firm = page.firm(2, 7).says("name", f"{letter}2", name).says("legal_representative", f"{letter}3", person)
        one = firm.machine(f"{letter}4", word, **KINDS[word])
        one.says("capacity_t", f"{letter}5", tonnes).says("quantity", f"{letter}6", count)
        firm.permit("eia").says("standing", f"{letter}7", standing, value)


@layout
def reporting_rows_between_title_and_head_in_many_cells(book: Layout) -> None:
    page = book.page("报表", known=hints("汇源瑶族乡"))
    page.put("F1", "附件4-2")
    titled(page, "铸造行业淘汰落后产能企业报表", 2, 6)
    page.row(3, ["填报单位：", "汇源瑶族乡人民政府", "填报人：", "盘志强", "填报时间：", "2025年12月9日"])
    page.row(4, [None, None, None, None, None, "计量单位：吨"])
    columns = [
        ("编号", None),
        ("被淘汰企业", "e.name"),
        ("淘汰设备", "w"),
        ("退出产能", "e.capacity_t_per_year"),
        ("淘汰时限", "e.deadline"),
        ("监管部门", "e.responsible_unit"),
    ]
    headed(page, 5, columns)
    end = V("2026年9月30日", day("2026-09-30"))
    rows = [
        [1, "汇源瑶乡铸造厂", W("0.5吨铝壳炉1台", made("铝壳炉", 0.5, 1)), None, end, "县科工局"],
        [2, "蓝山县湘蓝铸造有限公司", W("1吨铝壳炉2台", made("铝壳炉", 1, 2)), None, end, "县科工局"],
        [3, "大锡铸造厂", W("铝壳炉一台", made("铝壳炉", None, 1)), None, end, "县生态环境分局"],
    ]
    lay(page, 6, columns, rows)
    page.row(9, ["合计", "3家", "4台"]).skip(9, "total")
    page.row(10, ["单位负责人：", None, "统计负责人：", None, "报出日期：", "2025年12月10日"])


@layout
def notes_and_totals_after_formatted_blank_rows(book: Layout) -> None:
    page = book.page(known=hints())
    headed(page, 1, PEOPLE)
    lay(
        page,
        2,
        PEOPLE,
        [
            [1, "受禄乡刘家庄法兰厂", "刘根柱", "13633501111", "法兰"],
            [2, "定襄县受禄锻造有限公司", "班文", "13633502222", "环件"],
        ],
    )
    page.formatted_until = "E40"
    page.row(30, ["合计", "2家"])
    page.put("A41", "说明：本表由各乡镇汇总后报县铸锻办，联系人：赵主任，电话：0350-6022345")


@layout
def dates_and_seals_right_under_the_last_firm(book: Layout) -> None:
    page = book.page("公示", known=hints())
    titled(page, "关于铸造企业拟停电名单的公示", 1, 5)
    page.put("A2", "根据上级要求，现将我县拟采取停电措施的铸造企业名单公示如下，公示期7天。", merge="A2:E2")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("所属乡镇", "e.township"),
        ("停电原因", "x"),
        ("拟停电设备", "w"),
    ]
    headed(page, 3, columns)
    rows = [
        [1, "蓝山县所城旺达铸造厂", "所城镇", "未完成整改", W("铝壳炉1台", made("铝壳炉", None, 1))],
        [2, "蓝山县浆洞铸造厂", "浆洞瑶族乡", "无环评手续", W("0.25吨铝壳炉2台", made("铝壳炉", 0.25, 2))],
        [3, "蓝山县荆竹铸件厂", "荆竹瑶族乡", "使用淘汰设备", W("0.5t铝壳中频炉1台", made("铝壳中频炉", 0.5, 1))],
    ]
    lay(page, 4, columns, rows)
    page.put("D7", "蓝山县科技和工业信息化局").put("D8", "2025年12月22日")
    page.put("A9", "监督电话：0746-2215678")
