"""Rosters of the second set as townships of 蓝山 and 江永 send them: the ordinary kind."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, N, V, W, day, days, layout
from tests.importers.layouts.second_pieces import heads, m, on, rows, sheet, stacked, table


@layout
def second_xinxu_furnaces_by_row(book: Layout) -> None:
    page = sheet(book, "新圩镇", county="蓝山县", township="新圩镇")
    page.put("A1", "附件2").put("A2", "蓝山县新圩镇铸造企业熔炼设备摸底情况表", merge="A2:K2")
    page.put("A3", "填报单位（盖章）：新圩镇人民政府", merge="A3:F3").put(
        "G3", "填报日期：2024年6月28日", merge="G3:K3"
    )
    columns = heads(
        "序号 -|铸造厂名称 e.name|负责人 e.legal_representative|手机 e.contact_phone|炉子类型 k"
        "|每台容量（吨） m.capacity_t"
        "|台数 m.quantity|目前状况 m.state|环评手续 p.eia.standing|排污许可 p.pollutant_discharge.standing|备注 r"
    )
    stacked(page, 4, columns, {"E:H": "熔炼炉", "I:J": "手续办理"})
    lines = rows(
        """1|骅兴金属制品有限公司|雷建国|13874612201|铝壳炉|0.5|1|闲置|√|√|
        ||||中频炉（钢壳）|1|2|在用|||
        2|永旺铸造厂|唐顺生|18074690315|中频炉|0.75|1|在用|√|×|
        3|华荣机械配件有限公司|黄石养|15111640027|钢壳炉|1.5|2|在用|√|办理中|许可证已报县分局
        ||||钢壳炉|0.5|1|备用|||
        ||||铝壳炉|0.25|1|已拆除|||
        4|大洞铸造有限公司|雷小毛|13789290076|冲天炉|3|1|关停未拆除|×|×|
        5|宏诚精密铸件厂|成志刚|/|电炉|1|1|在用|√|√|炉子类型不清
        =合计||||||9||||"""
    )
    table(page, 6, columns, lines, head=False, down="ABCDIJ")
    page.row(15, ["单位负责人：", None, "审核人：", None, "填表人：黄某"])


@layout
def second_taiping_machines_in_words(book: Layout) -> None:
    book.form = "xls"
    page = sheet(book, "太平圩", township="太平圩镇", county="*")
    page.put("A1", "太平圩镇铸造行业企业调查摸底表", merge="A1:I1").put("I2", "单位：人、万元")
    columns = heads(
        "序号 -|单位名称 e.name|所在村组 e.village|生产用炉情况（类型、吨位、台数） w"
        "|用工人数 e.employees|上年产值 e.output_value_wan"
        "|上年税收 e.tax_wan|营业执照 p.business_licence.standing|环评 p.eia.standing"
    )
    lines = rows(
        """=全镇合计|||8台|132|7360|128.6||
        1|兴茂铸业有限公司|上洞村|@|36|2100|38.5|√|√
        2|君诚铸造厂|下洞村|@|22|960|12|√|×
        3|顺达配件厂|同上|@|9|@|3.1|√|×
        4|聚源金属制品有限公司|竹市村|@|45|3200|75|√|在办
        5|老唐铸锅厂|竹市村|@|@|0|0|×|×""",
        W("2台1吨中频炉、1台0.5吨铝壳炉（闲置）", m("中频炉", 1, 2), m("铝壳炉", 0.5, 1, state="idle")),
        W("1台750公斤中频炉", m("中频炉", 0.75, 1)),
        W("0.25吨铝壳炉1台（长期闲置）", m("铝壳炉", 0.25, 1, state="idle")),
        N("约400", "*"),
        W("钢壳中频炉1吨×2、行车1台", m("钢壳中频炉", 1, 2), m("行车", None, 1)),
        W("冲天炉1台（已拆除）", m("冲天炉", None, 1, state="removed")),
        N("10多人", "*"),
    )
    firms = table(page, 3, columns, lines)
    firms[2].own.facts["village"] = Due("下洞村", ("C6",))
    page.put("A10", "注：上年指2023年。")


@layout
def second_maojun_counts_by_type(book: Layout) -> None:
    page = sheet(book, "汇总表", county="蓝山县")
    page.put("A1", "蓝山县铸造企业电炉台数统计表", merge="A1:H1").put("H2", "单位：台、万吨")
    columns = heads(
        "编号 -|企业 e.name|法人代表 e.legal_representative|铝壳炉 c:铝壳炉|钢壳炉 c:钢壳炉|冲天炉 c:冲天炉"
        "|年生产能力（万吨） e.capacity_t_per_year*10000|现在生产情况 e.status"
    )
    stacked(page, 3, columns, {"D:F": "熔炼炉数量（台）"})
    lines = rows(
        """#毛俊镇（3家）>毛俊镇
        1|华泰铸造有限公司|廖新民|0|3||1.2|在产
        2|明鑫金属铸件厂|黄永发|2|||0.35|停产
        3|鼎力机械有限公司|雷启明|1|1|0|0.8|在产
        =小计|||3|4|0|2.35|
        #楠市镇（2家）>楠市镇
        4|楠溪铸锻有限公司|成三保||2|1|0.6|在产
        5|众益耐磨铸件有限公司|欧阳德|/|4|/|2|在产
        =小计|||0|6|1|2.6|
        #所城镇（2家）>所城镇
        6|金星配件铸造厂|李铁生|1|||0.1|关停退出
        7|永昌铸业有限公司|胡继红|0|2|0|@|在建
        =小计|||1|2|0|0.1|
        =总计|||4|12|1|5.05|""",
        N("不明", "value.stated_unknown"),
    )
    table(page, 5, columns, lines, head=False)
    page.put("A20", "填报人：谢某        联系电话：0746-2213668")


@layout
def second_citang_firm_repeated(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "gb18030"}
    page = sheet(book, township="祠堂圩镇", county="蓝山县")
    columns = heads(
        "企业名称 e.name|统一社会信用代码 e.uscc|炉号 m.code|设备类型 k|单台容量 m.capacity_t|额定功率 m.power_kw"
        "|什么时候投用 m.commissioned_on|现状 m.state"
    )
    lines = rows(
        """蓝山县恒发铸造厂|92431127MAYX2TJP4T|1#|铝壳中频炉|@|@|2012年5月|闲置
        蓝山县恒发铸造厂|92431127MAYX2TJP4T|2#|钢壳中频炉|@|@|2021.03|在用
        蓝山县三和铸业有限公司|91431127MARXR8FE5P|1#|中频炉|@|@|2016/8/1|在用
        蓝山县三和铸业有限公司|91431127MARXR8FE5P|2#|中频炉|@|@|2016/8/1|备用
        蓝山县三和铸业有限公司|91431127MARXR8FE5P|3#|无芯工频感应电炉|@||不详|封存
        祠市耐磨件有限公司|@|1#|冲天炉|@|/|2009|已拆除
        祠市耐磨件有限公司|@|2#|中频炉|@|@|@|在用
        利民铸件厂||1#|铝壳炉|@||@|闲置""",
        V("500kg", 0.5), V("300KW", 300),
        V("１吨", 1), V("750千瓦", 750),
        V("1T", 1), V("700kW", 700),
        V("1T", 1), V("700kW", 700),
        V("1.5t", 1.5),
        N("9.14311E+17", "uscc.digits_lost"), N("3吨/小时"),
        N("9.14311E+17", "uscc.digits_lost"), V("2 吨", 2), V("1250 kw", 1250), V("20190506", day("2019-05-06")),
        V("250公斤", 0.25), V("2010年上半年", days("2010-01-01", "2010-06-30", "half")),
    )  # fmt: skip
    firms = table(page, 1, columns, lines)
    for firm in firms:
        for one in firm.machines:
            one.may(quantity=1)
    firms[2].machines[0].facts["melt_rate_t_per_h"] = Due(3, ("E7",))


@layout
def second_suocheng_papers(book: Layout) -> None:
    page = sheet(book, "手续台账", township="所城镇", county="蓝山县")
    page.put("A1", "蓝山县所城镇涉炉企业手续办理情况台账（2024年三季度）", merge="A1:L1")
    columns = heads(
        "序号 -|企业全称 e.name|社会信用代码 e.uscc|规上/规下 e.scale|环评批复文号 p.eia.number"
        "|环保验收 p.eia_acceptance.standing"
        "|证书编号 p.pollutant_discharge.number|管理级别 p.pollutant_discharge.class"
        "|到期日 p.pollutant_discharge.valid_to"
        "|安全标准化等级 p.safety_grade.class|用地 p.land.standing|挂点干部 x"
    )
    stacked(page, 2, columns, {"G:I": "排污许可证"})
    number = "91431127MA346AB736001Q"
    lines = rows(
        """1|蓝山县华峰铸造有限公司|91431127MA346AB736|规上|永蓝环评〔2019〕12号|√|@|简化|2027-05-19|三级|√|周某
        2|蓝山县新力金属铸件有限公司|91431127MAYP74XL2B|规下|永蓝环评[2020]7号|√|@|重点|2026年8月31日|三级|√|周某
        3|所城红星铸件厂|92431127MA970EG184|规下|/|×|@|登记|2025/12/9|/|×|李某
        4|蓝山县鑫源机械有限公司|@|规下|永蓝环评（2018）33号|√|||||在办|李某
        5|长铺铸锅厂||作坊||×||||||王某""",
        number,
        "91431127MAYP74XL2B001P",
        "92431127MA970EG184001W",
        N("431127231352148"),
    )
    firms = table(page, 4, columns, lines, head=False)
    firms[3].says("registration_no", "C7", "431127231352148")
    page.ask("L").put("A10", "说明：证照以原件为准。")


@layout
def second_jiangyong_one_firm_one_plan(book: Layout) -> None:
    page = sheet(book, "一企一策", county="江永县")
    page.put("A1", "江永县铸造企业“一企一策”整治提升推进情况表", merge="A1:L1").put("A2", "截止时间：2025年11月30日")
    columns = heads(
        "序号 -|企业名称 e.name|乡镇 e.township|分类处置 e.disposition|编制完成时间 plan.made_on|进展阶段 plan.stage"
        "|验收时间 plan.accepted_on|停产通知下达时间 a.halt.taken_on|通知文号 a.halt.document_no"
        "|断电日期 a.power_cut.taken_on|恢复供电日期 a.power_restored.taken_on|整改时限 e.deadline"
    )
    stacked(page, 3, columns, {"E:G": "“一企一策”方案", "H:I": "停产", "J:K": "供电"})
    lines = rows(
        """1|江永县正兴铸造有限公司|潇浦镇|转型升级|2024年6月|已通过验收|2025.11.18|@||||@
        2|江永县兴旺铸件厂|潇浦镇|转型升级|2024年6月|整改中|/|2025年11月28日|@|2025年12月10日||@
        3|夏层铺铸管有限公司|夏层铺镇|整合提升|@|已下达整改通知||||||@
        4|桃川金属铸造厂|桃川镇|关停退出|/|未制定||2024.3.5|@|2024.3.6|@|@
        5|上江圩精铸有限公司|上江圩镇|转型升级|2024年5月|已自主验收||@|@|@|2025-12-22|@""",
        "/",
        V("2025年底前", days(None, "2025-12-31", "year")),
        "江环停〔2025〕14号",
        V("2025年12月底前", days(None, "2025-12-31", "month")),
        V("2024年上半年", days("2024-01-01", "2024-06-30", "half")),
        V("2026年3月末前", days(None, "2026-03-31", "month")),
        "江环停〔2024〕2号",
        "—",
        V("2024年3月底前", days(None, "2024-03-31", "month")),
        V("2025年11月下旬", days("2025-11-21", "2025-11-30", "ten_days")),
        "江环停［2025］16号",
        "2025.12.10",
        V("2025年12月31日前", days(None, "2025-12-31", "day")),
    )
    table(page, 5, columns, lines, head=False)


@layout
def second_taochuan_blank_below(book: Layout) -> None:
    book.form = "ods"
    page = sheet(book, "桃川", township="桃川镇", county="江永县")
    page.put("A1", "江永县桃川镇铸造（锻造）企业炉窑登记表", merge="A1:H1")
    columns = heads(
        "序 -|厂 名 e.name|在哪个村 e.village|炉窑名称 k|装料量（公斤） m.capacity_t*0.001"
        "|变压器容量（KVA） m.transformer_kva"
        "|磁轭有没有 m.yoke|在用停用 m.state"
    )
    lines = rows(
        """1|桃川兴隆铸造厂|石枧村|铝壳中频炉|500|315|无|闲置
        |||钢壳中频炉|1000|800|有|在用
        2|江永县锦湘锻件有限公司|@|电加热炉|2000|/||在用
        3|江永县宏远铸业有限公司|所城村|中频感应电炉|1500|1250|不明|在用
        |||中频感应电炉|1500|1250|@|备用
        |||铝壳炉|250||无|已拆除
        4|小河边犁铧铸造作坊|大地坪村|坩埚炉|80|||在用""",
        N("〃"),
        N("待核实", "value.stated_unknown"),
    )
    firms = table(page, 2, columns, lines)
    firms[1].own.facts["village"] = Due("石枧村", ("C3",))
    page.row(11, ["填表人：蒋某", None, None, "2024年7月2日"])


@layout
def second_tushi_one_card_a_sheet(book: Layout) -> None:
    told = [
        ("宏达", "蓝山县宏达铸造有限公司", "91431127314114617D", "毛爱民", "13907460012", "２８人", "2006年9月",
         W("1吨钢壳中频炉2台，0.5吨铝壳炉1台（已拆除）", m("钢壳中频炉", 1, 2), m("铝壳炉", 0.5, 1, state="removed")),
         V("1.2万吨", 12000), "已办", "已办", 28),
        ("土市铸件", "土市铸件厂", "92431127MAYX2TJP4T", "唐永生", "15874660308", "11", "2011-03-15",
         W("一台750kg中频炉", m("中频炉", 0.75, 1)), V("800吨", 800), "未办", "在办", 11),
        ("鑫旺", "鑫旺机械配件有限公司", "91431127MA8GYRKF56", "黄满秀", "13574611170", "19人", "2015年",
         W("中频炉1t×2", m("中频炉", 1, 2)), N("/"), "已办", "未办", 19),
        ("友谊", "友谊铸造有限公司", "91431127MA6Q1KJN0L", "邓友谊", "0746-2260118", "6", "不详",
         W("钢壳炉1台0.5吨", m("钢壳炉", 0.5, 1)), V("300t/a", 300), "未办", "未办", 6),
    ]  # fmt: skip
    guide = book.page("填写说明")
    guide.put("A1", "填写说明").put("A2", "1、每家企业填一张表；2、炉子按台数、吨位、类型填写；3、没有的填“无”。")
    for name, firm, code, owner, phone, people, since, machines, capacity, eia, sewage, count in told:
        page = sheet(book, name, township="土市镇", county="*")
        page.put("A1", "土市镇铸造企业基本信息卡", merge="A1:D1")
        labels = ["企业全称", "信用代码", "法人", "电话", "从业人数", "建厂时间", "主要熔炼设备", "年产能"]
        page.row(2, [labels[0], firm, labels[1], code]).row(3, [labels[2], owner, labels[3], phone])
        page.row(4, [labels[4], people, labels[5], since]).row(5, [labels[6], machines.raw], "A").merge("B5:D5")
        page.row(6, [labels[7], capacity.raw, "环评", eia]).row(7, ["排污许可", sewage, "填卡人", "镇经发办"])
        one = page.firm(2, 3, 4, 5, 6, 7)
        one.says("name", "B2", firm).says("uscc", "D2", code).says("legal_representative", "B3", owner)
        one.says("contact_phone", "D3", phone).says("employees", "B4", people, count)
        if since == "不详":
            page.ask("D4", "value.stated_unknown")
        else:
            one.says("established_on", "D4", since, on(since))
        for said in machines.machines:
            one.machine("B5", machines.raw, **said)
        if isinstance(capacity, V):
            one.says("capacity_t_per_year", "B6", capacity.raw, capacity.value)
        words = {"已办": "held", "未办": "lacking", "在办": "applying"}
        one.permit("eia").says("standing", "D6", eia, words[eia])
        one.permit("pollutant_discharge").says("standing", "B7", sewage, words[sewage])


@layout
def second_nanshi_merges_lost(book: Layout) -> None:
    page = sheet(book, township="楠市镇", county="*")
    page.put("A1", "楠市镇铸造企业排查表")
    columns = heads(
        "序号 -|企业名称 e.name|联系人 e.contact_person|炉型 k|容量：T m.capacity_t|磁轭 m.yoke|年产能 ?|帮扶责任人 x"
    )

    def head(row: int) -> None:
        page.row(row, ["序号", "企业名称", "联系人", "熔炼设备", None, None, "年产能", "帮扶责任人"])
        page.row(row + 1, [None, None, None, "炉型", "容量：T", "磁轭"])

    head(2)
    lines = rows(
        """1|楠市永兴铸造厂|雷某平|铝壳炉|0.3|无|1200|张某
        |||中频炉（铝壳）|0.5|@||
        2|广源铸业有限公司|成国强|中频炉|1|有|8000|李某
        3|蓝南耐磨件厂|黄军|钢壳炉|0.75|/|2500|张某"""
    , N("不明", "value.stated_unknown"))  # fmt: skip
    table(page, 4, columns, lines, head=False)
    head(8)
    page.skip(8, "header_repeat").skip(9, "header_repeat")
    lines = rows(
        """4|楠阳机械铸件有限公司|李新华|钢壳中频炉|2|有|15000|李某
        |||钢壳中频炉|1|有||
        5|新田铸锅厂|唐老五|电炉|0.15|@||张某
        =合计|||||||"""
    , N("未知", "value.stated_unknown"))  # fmt: skip
    table(page, 10, columns, lines, head=False)
    page.ask("G").ask("H")


@layout
def second_shangjiangxu_page_as_workbook(book: Layout) -> None:
    book.form, book.options = "html", {"named": "xls", "encoding": "gbk"}
    page = sheet(book, township="上江圩镇", county="江永县")
    page.put("A1", "江永县上江圩镇铸造企业设备清单", merge="A1:J1")
    columns = heads(
        "项号 -|企业名称 e.name|厂址 e.address|占地（亩） e.land_mu|设备名称 k"
        "|吨位（kg） m.capacity_t*0.001|数量 m.quantity"
        "|购置安装年月 m.commissioned_on|使用情况 m.state|问题 e.problem"
    )
    lines = rows(
        """1|江永县远航铸造有限公司|上江圩镇浦尾村3组|12.5|钢壳中频炉|1000|2|2018年10月|使用|无环保验收
        ||||铝壳中频炉|500|1|2008年|长期闲置|
        2|江永浦尾配件铸造厂|上江圩镇浦尾村|3.2|铝壳炉|250|1|2005.6|已拆除|无
        3|江永县回龙圩铸管有限公司|上江圩镇桐口村|20|中频感应电炉|1500|2|2020年3月15日|使用|除尘设施老化
        ||||退火炉|3000|1|不明|封存|
        4|江永女书铜艺铸造坊|上江圩镇普美村|@|坩埚炉|50|@|2016年|使用|""",
        N("2～3", "*"),
        V("叁", 3),
    )
    table(page, 2, columns, lines, down="ABCDJ")
    page.put("A9", "备注：数量单位为台。", merge="A9:J9")
