"""Lists of the third set about what must be done: plans, weekly progress, closures, closing-out."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, W, layout
from tests.importers.layouts.third_pieces import heads, m, sheet, stack, table


@layout
def third_weekly_progress(book: Layout) -> None:
    """A weekly report: what was done by last week and this week; only this week's column is the progress."""
    page = sheet(book, "第48周", county="蓝山县")
    page.put("A1", "蓝山县铸造企业整改工作周调度表（2025年11月24日—11月30日）", merge="A1:I1")
    columns = heads(
        "序号 -|企业名称 e.name|属地 e.township|存在的问题 e.problem|整改措施 e.measures|完成时限 e.deadline"
        "|上周情况 x|本周进展情况 e.progress"
        "|责任单位 e.responsible_unit|周联络员 x"
    )
    lines = """1|蓝山县华盛铸造有限公司|新圩镇|除尘设施老化|更换布袋除尘器|2025年12月15日|已订购|\
        设备已到场，正在安装|新圩镇人民政府|肖某
        2|蓝山县永泰铸件厂|太平圩镇|未编制验收报告|委托第三方编制|2025年12月底前=>..2025-12-31 month|未启动|\
        已签合同|县生态环境分局|肖某
        3|楠市顺利机械配件厂|楠市镇|铝壳炉未拆除|拆除并搬离厂区|立即=>!|已停用|已切割，待清运|楠市镇人民政府|邓某
        4|蓝山县宏图铸业有限公司|新圩镇|无=>!|/|长期坚持=>!|已完成|已完成|新圩镇人民政府|邓某"""
    table(page, 2, columns, lines)


@layout
def third_plan_stages_by_tick(book: Layout) -> None:
    """一企一策 by steps, a column a step with the day on which it was done."""
    page = sheet(book, "一企一策", county="蓝山县")
    page.put("A1", "蓝山县铸造企业“一企一策”工作推进表（截至2025年12月25日）", merge="A1:I1")
    columns = heads(
        "序号 -|企业名称 e.name|方案编制时间 plan.made_on|目前阶段 plan.stage|验收时间 plan.accepted_on"
        "|验收结果 plan.acceptance"
        "|整治类别 e.disposition|复产时间 a.resumed.taken_on|备注 e.remark"
    )
    stack(page, 2, columns, {"C:F": "“一企一策”方案"})
    lines = """#（一）转型升级类>
        1|蓝山县兴鼎铸造有限公司|2024年5月|已通过验收|2025年12月18日|通过|转型升级|2025年12月22日|
        2|蓝山县永盛铸造有限公司|2024年6月|已自主验收||待验收|转型升级||资料补充中
        #（二）整合提升类>
        3|蓝山县华强金属有限公司|2024.06.20|已出具证明|2025.12.20|通过|整合提升|2025.12.23|整合骅强等3家
        4|蓝山县君雄铸件厂|2024年上半年=>2024-01-01..2024-06-30 half|验收未通过|2025.12.21|未通过|整合提升|/|限期再整改
        #（三）关停退出类>
        5|铭祥鑫铸造厂|—|未制定|||关停退出||"""
    table(page, 4, columns, lines, head=False)


@layout
def third_closed_with_signatures(book: Layout) -> None:
    """A list of closed firms with what was taken out and a cell for each signature, left empty."""
    book.form = "xls"
    page = sheet(book, "关停名单", county="蓝山县")
    page.put("A1", "附件4").put("A2", "蓝山县铸造行业关停退出企业确认表", merge="A2:J2")
    columns = heads(
        "序号 -|关停企业名称 e.name|地址 e.address|负责人 e.legal_representative|关停时间 a.closure.taken_on"
        "|设备拆除时间 m.removed_on|拆除设备 k"
        "|台数 m.quantity|设备去向 m.destination|乡镇签字 -|企业签字 -"
    )
    lines = """1|蓝山县铭祥鑫铸造厂|新圩镇大洞村|唐明祥|2024年3月20日|2024年3月底前=>..2024-03-31 month|铝壳炉|2|\
        外卖废品站||
        2|蓝山县恒盛荣铸件厂|太平圩镇下源村|成恒荣|2024年4月|2024年4月28日|铝壳炉|1|就地切割||
        3|荣鑫金属铸造厂|新圩镇上清涵村|雷荣|2024.5.10|2024.5.10|中频炉|1|拉回厂家||
        4|裕恒铸造加工厂|新圩镇下坊村|李裕恒|2024年5月中旬=>2024-05-11..2024-05-20 ten_days|2024年6月|冲天炉|1|/||"""
    for firm in table(page, 3, columns, lines):
        firm.own.may(status="closed")
        firm.machines[0].may(state="removed")
    page.put("A9", "县科工局（盖章）：").put("F9", "市生态环境局蓝山分局（盖章）：")


@layout
def third_closing_out_list(book: Layout) -> None:
    """验收销号 list: three levels of acceptance asked, the conclusion and its day plain."""
    page = sheet(book, "销号", county="绍兴市")
    page.put("A1", "绍兴市铸造企业整治验收销号清单", merge="A1:I1")
    columns = heads(
        "区、县（市） e.county|镇街 e.township|企业名称 e.name|整治类型 e.disposition|镇街自验 x|区县复验 x"
        "|是否通过验收 plan.acceptance"
        "|通过验收日期 plan.accepted_on|销号情况 x"
    )
    lines = """越城区|富盛镇|绍兴富盛铸造厂|改造升级|2021-06-11|2021-06-28|通过|2021-07-15|已销号
        越城区|斗门街道|绍兴市斗门铸件有限公司|关停淘汰|2021-05-07|2021-05-20|通过|2021-06-01|已销号
        柯桥区|漓渚镇|绍兴柯桥漓渚阀门铸造厂|整合入园|2021-08-30||待验收||未销号
        诸暨市|店口镇|浙江万安铸造有限公司|改造升级|2021-07-02|2021-07-19|未通过||未销号"""
    table(page, 2, columns, lines)


@layout
def third_enforcement_ladder(book: Layout) -> None:
    """执法 list: order to correct, limit, closure, each with number and day."""
    page = sheet(book, "执法台账", county="蓝山县")
    page.put("A1", "2024年铸造行业环境执法情况台账", merge="A1:I1").put("A2", "单位：永州市生态环境局蓝山分局")
    columns = heads(
        "序号 -|当事人名称 e.name|违法问题 e.problem|文书号 a.correction_order.document_no"
        "|下达日期 a.correction_order.taken_on"
        "|通知文号 a.rectification_notice.document_no|通知日期 a.rectification_notice.taken_on"
        "|决定机关 a.ordered_closure.authority"
        "|决定日期 a.ordered_closure.taken_on"
    )
    stack(page, 3, columns, {"D:E": "责令改正违法行为决定书", "F:G": "限期整改通知书", "H:I": "责令停业关闭"})
    lines = """1|荣华金属铸造有限公司|未验先投|永蓝环责改〔2024〕15号|2024年4月9日||||
        2|裕兴铸造厂|无证排污|永蓝环责改〔2024〕16号|2024年4月9日|蓝科工限〔2024〕2号|2024年4月22日|蓝山县人民政府|\
        2024年6月5日
        3|太平精铸配件厂|废气直排|永蓝环责改[2024]21号|2024-05-17|蓝科工限[2024]7号|2024-05-30|/|/
        4|新圩镇红卫铸件厂|原料露天堆放|||蓝科工限（2024）9号|2024年6月||"""
    table(page, 5, columns, lines, head=False)


@layout
def third_steel_shell_upgrade(book: Layout) -> None:
    """Old furnaces out, new furnaces in, side by side under two groups."""
    page = sheet(book, "升级改造", county="蓝山县", township="新圩镇")
    page.put("A1", "新圩镇铝壳炉拆除及升级改造情况表", merge="A1:K1")
    columns = heads(
        "序号 -|企业名称 e.name|炉型 k1|容量（吨） m1.capacity_t|台数 m1.quantity|拆除时间 m1.removed_on|炉型 k2"
        "|容量（吨） m2.capacity_t"
        "|台数 m2.quantity|投运时间 m2.commissioned_on|核实人 x"
    )
    stack(page, 2, columns, {"C:F": "拆除（淘汰）设备", "G:J": "新上设备"})
    lines = """1|安雄盛铸造有限公司|铝壳炉|0.5|1|2024年3月|钢壳炉|1|1|2024年6月|谢某
        2|骅强铸件有限公司|铝壳炉|0.75|1|2024年3月底前=>..2024-03-31 month|钢壳中频炉|1|2|2024.7.1|谢某
        3|大洞永顺铸造厂|铝壳炉|0.25|2|2023-12-28|/||||彭某
        4|新圩利民配件厂|||||钢壳炉|0.5|1|2024年8月|彭某"""
    for firm in table(page, 4, columns, lines, head=False)[:3]:
        firm.machines[0].may(state="removed")


@layout
def third_scattered_polluting_firms(book: Layout) -> None:
    """散乱污 list: bucket, days and machines; the firm's marks of 两断三清 asked."""
    page = sheet(book, "散乱污", county="临沂市")
    page.put("A1", "“散乱污”企业（铸造类）清单", merge="A1:J1")
    columns = heads(
        "编号 -|县区 e.county|乡镇（街道） e.township|村（社区） e.village|企业（作坊）名称 e.name|主要设备 w"
        "|处置方式 e.disposition|完成时限 e.deadline"
        "|断电时间 a.power_cut.taken_on|清除情况 x"
    )
    lines = """1|兰山区|枣园镇|后楼村|王家翻砂铸造点|@|关停取缔|2017年6月底前=>..2017-06-30 month|2017年5月23日|\
        设备、原料已清
        2|兰山区|义堂镇|大葛庄|兰山区顺发铸铁加工厂|@|升级改造|2017-09-30|/|已签承诺书
        3|河东区|汤头街道|西南坊坞|河东区永昌犁铧厂|@|关停取缔|2017年6月底前=>..2017-06-30 month|2017.6.2|设备未清
        4|沂水县|四十里堡镇|刘家庄|四十里铝锅作坊|@|整合搬迁|2017年9月||"""
    table(
        page, 2, columns, lines,
        W("冲天炉1台", m("冲天炉", None, 1)),
        W("2台0.5吨中频炉、空压机1台", m("中频炉", 0.5, 2), m("空压机", None, 1)),
        W("0.3吨铝壳炉一台", m("铝壳炉", 0.3, 1)),
        W("坩埚炉3台（闲置）", m("坩埚炉", None, 3, state="idle")),
    )  # fmt: skip


@layout
def third_leaders_and_firms(book: Layout) -> None:
    """A list of who looks after which firm: many names, few facts; the heads two words in one cell."""
    page = sheet(book, "联系帮扶", county="嘉禾县")
    page.put("A1", "县级领导联系帮扶铸造企业安排表", merge="A1:H1")
    columns = heads(
        "序号 -|联系县领导 x|帮扶企业 e.name|企业地址 e.address|企业负责人 e.legal_representative"
        "|电话 e.contact_phone|牵头单位 e.responsible_unit|驻企联络员 x"
    )
    lines = """1|周某|嘉禾县鑫锐机械铸造有限公司|坦坪镇工业园|李雪峰|13875512208|县科技和工业信息化局|邓某
        2|周某|嘉禾县众鑫铸造有限公司|塘村镇英花村|雷周斌|13973520055|县科技和工业信息化局|邓某
        3|胡某|嘉禾县锻造总厂|珠泉镇车头路|李嘉军|0735-6622190|县市场监督管理局|王某"""
    table(page, 2, columns, lines)
