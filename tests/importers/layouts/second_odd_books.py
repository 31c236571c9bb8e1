"""Rosters of the second set in odd containers: wrong endings, text files, web pages, several sheets at once."""

from __future__ import annotations

from datetime import date

from tests.importers.layouts.making import Due, Layout, N, V, W, days, layout
from tests.importers.layouts.second_pieces import heads, m, on, rows, sheet, stacked, table


@layout
def second_tabs_called_csv(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "gb18030", "delimiter": "\t"}
    page = sheet(book, township="毛俊镇", county="蓝山县")
    page.row(1, ["蓝山县毛俊镇铸造企业摸底数据导出"]).row(2, ["导出时间：2024-11-05"])
    columns = heads(
        "ID -|企业名称 e.name|法人/负责人 e.legal_representative|生产状态 e.status"
        "|铝壳炉数量（台） c:铝壳炉|钢壳炉数量（台） c:钢壳炉"
        "|冲天炉数量（座） c:冲天炉|设计年产能（吨） e.capacity_t_per_year|环评手续 p.eia.standing"
    )
    lines = rows(
        """1001|毛俊恒昌铸造厂|廖海波|在产|0|2||2600|已办
        1002|蓝山县大兴铸件有限公司|廖建|长期停产|1|0|0|@|未办
        1003|沙坪铸管厂|雷兴|在产|/|3|/|@|在办
        1004|毛俊老厂|黄老三|关停退出|2|无|1|0|×
        =总计||||3|5|1||""",
        N("500-800", "*"),
        V("1.5万吨", 15000),
    )
    table(page, 3, columns, lines)


@layout
def second_page_with_three_head_rows(book: Layout) -> None:
    book.form, book.options = "html", {"named": "xls", "encoding": "gb18030"}
    page = sheet(book, township="应店街镇", county="诸暨市")
    page.put("A1", "诸暨市应店街镇铸造企业整治台账", merge="A1:J1")
    for cell, text, merge in (
        ("A2", "序号", "A2:A4"), ("B2", "企业", "B2:C2"), ("B3", "名称", "B3:B4"), ("C3", "规上/规下", "C3:C4"),
        ("D2", "熔炼装备", "D2:G2"), ("D3", "炉型", "D3:D4"), ("E3", "参数", "E3:F3"), ("E4", "容量（kg）", "E4:E4"),
        ("F4", "功率（kW）", "F4:F4"), ("G3", "台数", "G3:G4"), ("H2", "整改", "H2:J2"), ("H3", "问题描述", "H3:H4"),
        ("I3", "整改期限", "I3:I4"), ("J3", "进展", "J3:J4"),
    ):  # fmt: skip
        page.put(cell, text, merge=merge if merge[:2] != merge[3:] else None)
    columns = heads(
        "- -|- e.name|- e.scale|- k|- m.capacity_t*0.001|- m.power_kw|- m.quantity|- e.problem"
        "|- e.deadline|- e.progress"
    )
    lines = rows(
        """1|诸暨市应店铸造有限公司|规上|钢壳中频炉|2000|1600|2|集气罩破损|@|已更换
        |||铝壳中频炉|500|350|1|||
        2|紫阆铸件厂|规下|铝壳炉|250|/|1|属淘汰类设备|@|/
        3|大马坞阀体铸造厂|规下|中频炉|@|400|2|无|—|
        |||退火炉|3000||1|||
        4|十二都铸锅作坊|作坊|坩埚炉|60|/|2|无证照|@|/""",
        V("2024年8月底前", days(None, "2024-08-31", "month")),
        V("2024.9.30", on("2024.9.30")),
        V("0.5吨", 0.5),
        V("2024年7月底前", days(None, "2024-07-31", "month")),
    )
    table(page, 5, columns, lines, head=False, down="ABCHIJ")
    page.put("A11", "填表：应店街镇工业办", merge="A11:J11")


@layout
def second_workbook_called_csv(book: Layout) -> None:
    book.options = {"named": "csv"}
    page = sheet(book, "导出", county="定襄县")
    page.put("A1", "单位名称").put("B1", "炉窑信息", merge="B1:E1").put("F1", "烟气处理").put("G1", "排污许可").put(
        "H1", "排污许可"
    )
    page.merge("A1:A2", "F1:F2")
    page.row(2, [None, "编号", "种类", "燃料", "额定（吨）", None, "证号", "有效期至"])
    columns = heads(
        "- e.name|- m.code|- k|- m.fuel|- m.capacity_t|- m.abatement|- p.pollutant_discharge.number"
        "|- p.pollutant_discharge.valid_to"
    )
    lines = rows(
        """定襄县锐锋法兰有限公司|GYLY-01|天然气加热炉|天然气|10|低氮燃烧器|91140921118149791C001Q|@
        定襄县锐锋法兰有限公司|GYLY-02|天然气加热炉|天然气|6|低氮燃烧器|91140921118149791C001Q|@
        季庄锻压厂|1号|电加热炉|电|2|/|/|/
        定襄县天元锻造有限公司|GYLY-01|煤气发生炉|煤|@|布袋除尘|@|2025年11月
        定襄县天元锻造有限公司|GYLY-02|加热炉|@|8|布袋除尘|@|2025年11月
        南庄环锻厂|A|热处理炉|不详|5|无||""",
        date(2026, 8, 9), date(2026, 8, 9), N("直径3米"), "91140921130301493G001Q", N("煤气/天然气"),
        "91140921130301493G001Q",
    )  # fmt: skip
    for firm in table(page, 3, columns, lines, head=False):
        for one in firm.machines:
            one.may(quantity=1)
    page.firms[2].machines[1].may(fuel="*")
    page.firms[2].machines[0].may(model="*")


@layout
def second_sheets_of_different_kinds(book: Layout) -> None:
    cover = book.page("封面")
    cover.put("B4", "江永县铸造行业摸底资料").put("B6", "江永县科工局").put("B7", "2024年4月")
    page = sheet(book, "企业", county="江永县")
    columns = heads(
        "序号 -|企业名称 e.name|社会信用代码 e.uscc|所在乡镇 e.township|员工数 e.employees|目前状况 e.status"
    )
    lines = rows(
        """1|江永县永兴铸造有限公司|91431125MA44CYRC6C|潇浦镇|32|在产
        2|江永县桃源铸件厂|92431125MA2ANB1R29|桃川镇|8|停产
        3|江永县粗石江铸管有限公司|91431125111736264R|粗石江镇|@|在产
        =合计|3家|||40|""",
        N("二十几人", "*"),
    )
    table(page, 1, columns, lines)
    page = sheet(book, "炉子", county="江永县")
    page.put("A1", "江永县铸造企业熔炼炉明细", merge="A1:F1").put("F2", "单位：吨、台")
    columns = heads("企业名称 e.name|炉型 k|容量 m.capacity_t|数量 m.quantity|磁轭 m.yoke|状态 m.state")
    lines = rows(
        """江永县永兴铸造有限公司|钢壳中频炉|1|2|有|在用
        |铝壳中频炉|0.5|1|无|封存
        江永县桃源铸件厂|铝壳炉|0.25|1|不明|闲置
        江永县粗石江铸管有限公司|冲天炉|3|1|/|已拆除
        |中频炉|@|2|有|在用"""
    , N("1.5t/h"))  # fmt: skip
    firms = table(page, 3, columns, lines, down="A")
    firms[2].machines[1].facts["melt_rate_t_per_h"] = Due(1.5, ("C8",))
    page = sheet(book, "处置", county="江永县")
    columns = heads(
        "单位 e.name|处置方式 e.disposition|停电日期 a.power_cut.taken_on"
        "|复电日期 a.power_restored.taken_on|停电通知书编号 a.power_cut.document_no"
    )
    lines = rows(
        """江永县桃源铸件厂|关停退出|2024年1月15日|/|江科工停〔2024〕1号
        江永县粗石江铸管有限公司|整改升级|2024年1月15日|@|江科工停〔2024〕2号""",
        V("2024年3月下旬", days("2024-03-21", "2024-03-31", "ten_days")),
    )
    table(page, 1, columns, lines)


@layout
def second_old_excel_hidden_rows(book: Layout) -> None:
    book.form = "xls"
    page = sheet(book, "2023年", township="土市镇", county="*")
    page.put("A1", "土市镇铸造企业用电及税收", merge="A1:H1").put("A2", "单位：万元、万千瓦时")
    columns = heads(
        "序号 -|用电单位 e.name|电表户号 e.power_account_no|用电量（万千瓦时） e.electricity_kwh*10000"
        "|联系电话 e.contact_phone|税收（万元） e.tax_wan"
        "|年总产值（万元） e.output_value_wan|企业类型 e.scale"
    )
    lines = rows(
        """1|土市金属铸件厂|'0431120071|36.4|13874601111|12.5|680|规下
        2|蓝山县南岭铸造有限公司|'0431120155|188|0746-2233441|96|5200|规上
        3|土市新华铸锅厂|'0431120209|@|/|0|@|作坊
        4|蓝山县民发机械厂|0431120311、0431120312|72.15|15874633310|18.2|1460|规下
        =合计|4||301||126.7|7340|""",
        V("4.2万度", 42000),
        N("三十几万", "*"),
    )
    firms = table(page, 3, columns, lines)
    held = firms[3].own.facts["power_account_no"]
    firms[3].own.facts["power_account_no"] = Due("*", held.cells, True)
    page.hidden_rows.add(5)
    page.hidden_columns.add("F")


@layout
def second_text_with_broken_lines(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-8"}
    page = sheet(book, township="大唐街道", county="诸暨市")
    page.row(1, ["大唐街道铸造企业问题清单"])
    columns = heads(
        "序号 -|企业名称 e.name|熔炼↵设备 w|存在↵问题 e.problem|整改↵要求 e.measures"
        "|完成时限 e.deadline|牵头单位 e.responsible_unit|督办编号 x"
    )
    lines = rows(
        """1|诸暨市永联铸造有限公司|@|1.未批先建↵2.无组织排放|补办环评|@|生态环境分局|DB-01
        2|大唐袜机配件铸件厂|@|使用淘汰设备|拆除铝壳炉|2024年6月|经济发展办|DB-02
        3|柱嵩铸铁厂|@|无|/|@|经济发展办|DB-03
        4|草塔机床铸造厂|@|粉尘收集不到位|加装布袋|@|同上|DB-04
        """,
        W("1吨中频炉1台\n0.5吨中频炉1台", m("中频炉", 1, 1), m("中频炉", 0.5, 1)),
        V("2024年12月底前", days(None, "2024-12-31", "month")),
        W("500KG铝壳炉2台", m("铝壳炉", 0.5, 2)),
        W("坩埚炉", m("坩埚炉")),
        N("长期", "*"),
        W("钢壳中频炉2T*1台，碾轮混砂机1台", m("钢壳中频炉", 2, 1), {"kind": "other", "quantity": 1}),
        V("2025年3月31日前", days(None, "2025-03-31", "day")),
    )
    firms = table(page, 2, columns, lines)
    firms[3].own.facts["responsible_unit"] = Due("经济发展办", ("G5",))
    page.put("A7", "注：完成时限为最迟期限。").ask("H")


@layout
def second_ods_of_two_townships(book: Layout) -> None:
    book.form = "ods"
    columns = heads(
        "序 -|铸锻企业 e.name|占地/亩 e.land_mu|炉名 k|容量/吨 m.capacity_t|功率/kW m.power_kw"
        "|台 m.quantity|现况 m.state|安全标准化 p.safety_grade.class"
    )
    first = rows(
        """1|昌吉市金塔铸造厂|18|中频感应电炉|1.5|1000|2|在用|三级
        |||中频感应电炉|0.75|500|1|闲置|
        2|昌吉市二六工农机配件厂|6.5|铝壳炉|0.5|@|1|封存|/
        =小计||24.5||||4||"""
    , N("300多", "*"))  # fmt: skip
    second = rows(
        """1|滨湖锻压有限公司|22|电加热炉|@|360|1|在用|二级
        2|滨湖镇铸锅厂|@|冲天炉|2|/|1|关停未拆除|@
        3|东沟铸造厂|3|电炉|@|200|@|在用|三级"""
    , V("2T", 2), N("不到1", "*"), N("无"), N("0.5～1", "*"), V("壹", 1))  # fmt: skip
    for name, lines in (("二六工镇", first), ("滨湖镇", second)):
        page = sheet(book, name, county="昌吉市", township=name)
        page.put("A1", f"昌吉市{name}铸造锻造企业清单", merge="A1:I1")
        firms = table(page, 2, columns, lines)
        for firm in firms:
            firm.permit("safety_grade").may(standing="*")


@layout
def second_wide_text_of_the_association(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-16"}
    page = sheet(book)
    columns = heads(
        "会员企业名称 e.name|县市区 e.county|镇街 e.township|法定代表人 e.legal_representative|手机号码 e.contact_phone"
        "|铸造方法 x|熔化炉1型式 k1|熔化炉1吨位（吨） m1.capacity_t|熔化炉2型式 k2|熔化炉2吨位（吨） m2.capacity_t"
        "|上年铸件产量（万吨） e.output_t_per_year*10000"
    )
    lines = rows(
        """绍兴永丰铸造有限公司|柯桥区|福全街道|章永丰|13905751122|树脂砂|中频炉（钢壳）|5|中频炉（钢壳）|3|1.1
        浙江越州阀门铸件有限公司|上虞区|道墟街道|阮越州|13600551234|消失模|中频炉|2|||0.45
        嵊州市剡溪机械铸造厂|嵊州市|三江街道|钱江|/|粘土砂|冲天炉|@|铝壳炉|0.5|@
        新昌县南岩铸铝厂|新昌县|南明街道|@|0575-86221100|压铸|燃气熔化炉|0.8|坩埚炉|@|0.06""",
        N("3吨/h"), N("约0.2", "*"), "俞  刚", V("300kg", 0.3),
    )  # fmt: skip
    firms = table(page, 1, columns, lines)
    firms[2].machines[0].facts["melt_rate_t_per_h"] = Due(3, ("H4",))
    page.ask("F")


@layout
def second_filled_template_with_sample(book: Layout) -> None:
    page = sheet(book, "填报表", county="蓝山县", township="汇源瑶族乡")
    page.put("A1", "附件1：蓝山县铸造企业装备调查表", merge="A1:J1")
    page.put("A2", "填报乡镇：汇源瑶族乡", merge="A2:E2").put(
        "F2", "填报人：盘某　联系电话：13974600021", merge="F2:J2"
    )
    columns = heads(
        "序号 -|*企业名称 e.name|*信用代码 e.uscc|*熔炼炉种类 k|*吨位（T） m.capacity_t"
        "|*台数 m.quantity|投用年份 m.commissioned_on"
        "|*目前使用情况 m.state|是否有排污许可证 p.pollutant_discharge.standing"
        "|排污许可证到期日 p.pollutant_discharge.valid_to"
    )
    stacked(page, 3, columns, {"D:H": "熔炼设备", "I:J": "环保手续"})
    lines = rows(
        """1|汇源铸造有限公司|91431127MAYP74XL2B|中频炉|0.75|2|2019|在用|有|@
        |||铝壳炉|0.5|1|2009|已拆除||
        2|湘源坪铸件厂|/|冲天炉|@|1|1998|关停未拆除|无|/
        3|汇源乡铸铁锅店|92431127MA970EG184|电炉|0.1|1|@|使用|否|
        4|荆竹配件厂|@|钢壳炉|1|@|2021|在用|办理中|""",
        date(2027, 3, 31), N("3t/h"), N("前年", "*"), N("431127231352148"), "1",
    )  # fmt: skip
    firms = table(page, 5, columns, lines, head=False, down="ABCIJ")
    firms[1].machines[0].facts["melt_rate_t_per_h"] = Due(3, ("E7",))
    firms[3].says("registration_no", "C9", "431127231352148")
    page.put(
        "A11", "说明：1.带*为必填项；2.“目前使用情况”填在用、备用、闲置、封存、关停未拆除、已拆除。", merge="A11:J11"
    )
