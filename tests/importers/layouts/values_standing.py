"""How firms stand: plans, actions, status, scale, grade, and words that mean nothing or that nobody knows."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, N, V, W, day, days, layout, month
from tests.importers.layouts.values_words import ALU, FIRMS, MEDIUM, ditto, head, lines

NAME = ("企业名称", "e.name")


@layout
def values_plans(book: Layout) -> None:
    page = book.page("一企一策", known={"county": "*", "township": "*"})
    page.put("A1", "铸造企业“一企一策”整治方案推进情况表", merge="A1:F1")
    columns = [("序号", None), NAME, ("方案制定时间", "plan.made_on"), ("方案阶段", "plan.stage"), ("验收时间",
        "plan.accepted_on"),
               ("验收结论", "plan.acceptance")]  # fmt: skip
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], V("2024年上半年", days("2024-01-01", "2024-06-30", "half")), V("已通过验收", "accepted"),
         V("2025.12.18", day("2025-12-18")), V("通过", "passed")],
        [2, FIRMS[1], V("2024年5月", month("2024-05")), V("整改中", "in_progress"), None, V("待验收", "pending")],
        [3, FIRMS[2], V("2024-06-12", day("2024-06-12")), V("已下达整改通知", "notified"), N("/"), N("/")],
        [4, FIRMS[3], V("2024.4.30", day("2024-04-30")), V("验收未通过", "failed"), V("2025年12月上旬",
         days("2025-12-01", "2025-12-10", "ten_days")), V("未通过", "failed")],
        [5, FIRMS[4], N("未制定"), V("未制定", "none"), None, None],
        [6, FIRMS[5], V("2024年6月28日", day("2024-06-28")), V("已自主验收", "self_accepted"), None, V("待验收",
         "pending")],
        [7, FIRMS[6], V("2024年6月", month("2024-06")), V("已出具证明", "certified"), N("待定"), None],
        [8, FIRMS[7], V("20240520", day("2024-05-20")), V("已评审", "reviewed"), None, None],
    )  # fmt: skip
    # Both cells say that no plan was made.
    page.firms[4].planned().facts["stage"] = Due("none", ("C7", "D7"))


@layout
def values_plan_under_a_group_head(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "铸造企业整改及停（复）电情况", merge="A1:H1")
    page.row(2, ["序号", "企业名称", "“一企一策”方案", None, "停电", None, "复电", None])
    page.merge("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2")
    page.row(3, ["制定时间", "是否验收", "时间", "实施单位", "时间", "实施单位"], "C")
    columns = [("序号", None), NAME, ("制定时间", "plan.made_on"), ("是否验收", "plan.acceptance"), ("时间",
        "a.power_cut.taken_on"),
               ("实施单位", "a.power_cut.authority"), ("时间", "a.power_restored.taken_on"), ("实施单位",
                   "a.power_restored.authority")]  # fmt: skip
    supply = "国网蓝山县供电公司"
    lines(
        page, columns, 4,
        [1, FIRMS[8], V("2024.5", month("2024-05")), V("已通过", "passed"), V("2025.12.10", day("2025-12-10")), supply,
         V("2025.12.20", day("2025-12-20")), supply],
        [2, FIRMS[9], V("2024.6", month("2024-06")), V("未通过", "failed"), V("2025.12.10", day("2025-12-10")), supply,
         N("未复电"), None],
        [3, FIRMS[10], V("2024.6.3", day("2024-06-03")), V("合格", "passed"), None, None, None, None],
        [4, FIRMS[11], N("-"), N("-"), V("2025年12月11日", day("2025-12-11")), "县科工局", N("/"), N("/")],
        [5, FIRMS[12], V("2024年4月", month("2024-04")), V("不合格", "failed"), N("12月10日", "*"), supply, None, None],
    )  # fmt: skip


@layout
def values_actions_in_columns(book: Layout) -> None:
    page = book.page("处置", known={"township": "新圩镇", "county": "*"})
    page.put("A1", "新圩镇铸造企业分类处置台帐", merge="A1:H1")
    columns = [("序号", None), NAME, ("限期整改通知时间", "a.rectification_notice.taken_on"), ("停产时间",
        "a.halt.taken_on"),
               ("断电时间", "a.power_cut.taken_on"), ("恢复生产时间", "a.resumed.taken_on"), ("关停退出时间",
                   "a.closure.taken_on"),
               ("处置方式", "e.disposition")]  # fmt: skip
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], V("2025年10月", month("2025-10")), V("2025-11-26", day("2025-11-26")), V("2025-12-10",
         day("2025-12-10")), V("2025-12-22", day("2025-12-22")), None, "转型升级"],
        [2, FIRMS[1], None, None, None, None, V("2024年3月底前", days(None, "2024-03-31", "month")), "关停退出"],
        [3, FIRMS[2], V("2025.10.15", day("2025-10-15")), N("/"), N("/"), N("/"), N("/"), "整合提升"],
        [4, FIRMS[3], V("2025年10月下旬", days("2025-10-21", "2025-10-31", "ten_days")), V("2025年11月下旬",
         days("2025-11-21", "2025-11-30", "ten_days")), N("无"), N("未恢复"), None, "转型升级"],
        [5, FIRMS[4], None, V("20251126", day("2025-11-26")), V("2025/12/10", day("2025-12-10")), N("不详",
         "value.stated_unknown"), N("—"), "转型升级"],
    )  # fmt: skip


@layout
def values_status_scale_and_grade(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "铸造企业绩效分级及生产状态清单", merge="A1:F1")
    columns = [
        ("序号", None),
        NAME,
        ("生产状态", "e.status"),
        ("是否规上", "e.scale"),
        ("绩效等级", "e.grade"),
        ("主要产品", "e.main_product"),
    ]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[5], V("在产", "producing"), V("是", "above"), V("A级", "A"), "球墨铸铁管"],
        [2, FIRMS[6], V("停产", "suspended"), V("否", "below"), V("B-", "B-"), "井盖"],
        [3, FIRMS[7], V("正常生产", "producing"), V("规上", "above"), V("引领性", "leading"), "铸钢件"],
        [4, FIRMS[8], V("长期停产", "suspended"), V("否", "below"), V("非引领性", "not_leading"), "水泵壳体"],
        [5, FIRMS[9], V("已关停", "closed"), V("规下", "below"), V("Ｄ级", "D"), "配重块"],
        [6, FIRMS[10], V("在建", "building"), N("/"), N("未评级"), "制动盘"],
        [7, FIRMS[11], V("搬迁", "relocated"), V("规模以下", "below"), V("C", "C"), "法兰"],
        [8, FIRMS[12], V("被整合", "merged"), V("否", "below"), V("b级", "B"), "阀体"],
        [9, FIRMS[13], N("时产时停", "*"), V("作坊", "workshop"), N("-"), "犁铧"],
    )  # fmt: skip


@layout
def values_grades_of_a_reduction_list(book: Layout) -> None:
    page = book.page("减排清单", known={"county": "*"})
    page.put("A1", "重污染天气应急减排清单（铸造）", merge="A1:D1")
    columns = [("序号", None), NAME, ("县区", "e.county"), ("绩效分级管控类型", "e.grade"), ("企业规模", "e.scale")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], "定襄县", V("B级企业", "B"), V("规模以上", "above")],
        [2, FIRMS[1], "定襄县", V("地方B", "B"), V("规模以下", "below")],
        [3, FIRMS[2], "代县", V("民生豁免-A", "A"), V("规模以上企业", "above")],
        [4, FIRMS[3], "繁峙县", N("长期停产"), V("小作坊", "workshop")],
        [5, FIRMS[4], "定襄县", V("引领性企业", "leading"), V("规上企业", "above")],
        [6, FIRMS[5], "定襄县", V("Ｃ级", "C"), V("家庭作坊", "workshop")],
    )  # fmt: skip
    page.firms[3].own.may(status="suspended")


@layout
def values_nothings(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "企业情况核查表", merge="A1:H1")
    columns = [("序号", None), NAME, ("法定代表人", "e.legal_representative"), ("统一社会信用代码", "e.uscc"),
        ("年产量（吨）", "e.output_t_per_year"),
               ("排污许可证", "p.pollutant_discharge.standing"), ("熔炼设备", "w"), ("存在问题",
                   "e.problem")]  # fmt: skip
    head(page, 2, columns)
    unknown = "value.stated_unknown"
    lines(
        page, columns, 3,
        [1, FIRMS[0], None, N("无"), V("0", 0), V("无", "lacking"), N("无"), N("无")],
        [2, FIRMS[1], N("/"), N("不明", unknown), N("不明", unknown), V("0", "lacking"), N("-"), N("——")],
        [3, FIRMS[2], N("未知", unknown), N("待核实", unknown), N("未测", unknown), N("-"), N("不详", unknown),
         "无组织排放严重"],
        [4, FIRMS[3], N("不详", unknown), N("/"), N("—"), N("待核实", unknown), N("暂无"), N("暂无")],
        [5, FIRMS[4], N("  "), N("N/A"), V("零", 0, True), N(" / "), N("/"), N("\\")],
        [6, FIRMS[5], "邓某", N("暂无"), V(0, 0), V("暂无", "lacking", True), N("不清楚", "*"), N("未检出")],
    )  # fmt: skip


@layout
def values_ditto(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "企业分布表", merge="A1:F1")
    columns = [
        ("序号", None),
        ("乡镇", "e.township"),
        NAME,
        ("主要产品", "e.main_product"),
        ("停电时间", "a.power_cut.taken_on"),
        ("责任单位", "e.responsible_unit"),
    ]
    head(page, 2, columns)
    cut = day("2025-12-10")
    lines(
        page, columns, 3,
        [1, "新圩镇", FIRMS[6], "井盖", V("2025.12.10", cut), "县科工局"],
        [2, None, FIRMS[7], "泵壳", None, None],
        [3, None, FIRMS[8], None, None, None],
        [4, "土市镇", FIRMS[9], "阀体", V("2025.12.15", day("2025-12-15")), "县生态环境分局"],
        [5, None, FIRMS[10], "法兰", N("/"), None],
    )  # fmt: skip
    two, three, _, five = page.firms[1:]
    for firm, row, word in ((two, 4, "同上"), (three, 5, "〃")):
        ditto(firm.own, "township", f"B{row}", word, "新圩镇", "B3")
        ditto(firm.action("power_cut"), "taken_on", f"E{row}", word, cut, "E3")
        ditto(firm.own, "responsible_unit", f"F{row}", word, "县科工局", "F3")
    ditto(three.own, "main_product", "D5", "同上", "泵壳", "D4")
    ditto(five.own, "township", "B7", "″", "土市镇", "B6")
    ditto(five.own, "responsible_unit", "F7", "同 上", "县生态环境分局", "F6")


@layout
def values_struck_out_and_hidden(book: Layout) -> None:
    page = book.page("Sheet1", known={"township": "大桥瑶族乡", "county": "*"})
    page.put("A1", "大桥瑶族乡铸造企业清单", merge="A1:F1")
    columns = [
        ("序号", None),
        NAME,
        ("联系人", "e.contact_person"),
        ("炉型及数量", "w"),
        ("产能（吨）", "e.capacity_t_per_year"),
        ("停电时间", "a.power_cut.taken_on"),
    ]
    head(page, 2, columns)
    struck = "cell.struck_out"
    lines(
        page, columns, 3,
        [1, FIRMS[0], "李某", W("1t中频炉1台", {**MEDIUM, "capacity_t": 1, "quantity": 1}), 3000, V("2025-12-10",
         day("2025-12-10"))],
        [2, FIRMS[1], N("王某", struck), W("0.5吨铝壳炉1台", {**ALU, "capacity_t": 0.5, "quantity": 1}), N(2000,
         struck), None],
        [3, FIRMS[2], "张某", N("0.25吨铝壳炉2台", struck), 1500, N("2025-12-11", struck)],
        [4, FIRMS[3], "赵某", N("无"), 800, None],
    )  # fmt: skip
    page.row(7, [5, FIRMS[4], "钱某", "1t中频炉1台", 900])
    page.struck |= {"C4", "E4", "D5", "F5", "A7", "B7", "C7", "D7", "E7"}
    page.hidden_columns.add("E")
    page.ask("E").ask("A7")


@layout
def values_errors_and_formulas(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "产值税收表", merge="A1:E1")
    columns = [
        ("序号", None),
        NAME,
        ("年产值（万元）", "e.output_value_wan"),
        ("税收（万元）", "e.tax_wan"),
        ("法人", "e.legal_representative"),
    ]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        ["=ROW()-2", FIRMS[5], 1200, N("#DIV/0!", "*"), "李某"],
        ["=ROW()-2", FIRMS[6], N("#REF!", "*"), 15.5, "王某"],
        ["=ROW()-2", FIRMS[7], 860, 9, N("#N/A", "*")],
        ["=ROW()-2", FIRMS[8], 300, V("3．5", 3.5), N("#NAME?", "*")],
    )  # fmt: skip
    page.row(7, ["合计", None, 2360, 28]).skip(7, "total")


@layout
def values_papers_told_in_sentences(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "企业手续及处置情况说明", merge="A1:E1")
    columns = [("序号", None), NAME, ("手续办理情况", None), ("处置情况", None), ("备注", "e.remark")]
    head(page, 2, columns)
    made = lines(
        page, columns, 3,
        [1, FIRMS[0], "环评、排污许可证已办，消防未办", "2025年12月10日停电", "积极配合"],
        [2, FIRMS[1], "手续齐全", "未停电", "无问题"],
        [3, FIRMS[2], "仅有营业执照", "2025年11月26日下达停产通知", "拟退出"],
        [4, FIRMS[3], "正在完善", "已关停", "法人外出"],
    )  # fmt: skip
    for kind, standing in (("eia", "held"), ("pollutant_discharge", "held"), ("fire", "lacking")):
        made[0].permit(kind).may(standing=standing)
    made[0].action("power_cut").may(taken_on=day("2025-12-10"))
    made[2].permit("business_licence").may(standing="held")
    made[2].action("halt").may(taken_on=day("2025-11-26"))
    made[3].own.may(status="closed")
    made[3].action("closure")
