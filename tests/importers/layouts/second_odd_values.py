"""Rosters of the second set whose cells are odd: units, numerals, days, codes, nothings."""

from __future__ import annotations

from datetime import date

from tests.importers.layouts.making import Due, Layout, N, V, W, day, days, layout
from tests.importers.layouts.second_pieces import heads, m, on, rows, sheet, table


@layout
def second_codes_of_every_kind(book: Layout) -> None:
    page = sheet(book, "证照", township="太平圩镇", county="蓝山县")
    page.put("A1", "蓝山县太平圩镇铸造企业营业执照核对表", merge="A1:G1")
    columns = heads(
        "序号 -|企业名称 e.name|统一社会信用代码（18位） e.uscc|法人姓名 e.legal_representative"
        "|座机/手机 e.contact_phone"
        "|开办时间 e.established_on|核对结果 x"
    )
    lines = rows(
        """1|蓝山县三鑫铸造有限公司|@|雷志明|@|2010.10.8|一致
        2|太平圩兴旺铸件厂|@|/|0746-2218877|2013年6月|一致
        3|蓝山县明达机械有限公司|@|李 军|13974611234|@|不一致
        4|成家铸锅厂|@|成满生|/|不详|待查
        5|蓝山县顺兴耐磨铸件厂|@|唐国兴|15874612345|@|待查
        6|湘江源铸造厂|@|盘小林|@|@|待查
        7|新型建材铸管厂|无|黄一|13787654321|2021/3/5|无照""",
        V("９１４３１１２７ＭＡＲＸＲ８ＦＥ５Ｐ", "91431127MARXR8FE5P"),
        V(13874698800, "13874698800"),
        V("9243 1127 MAYX 2TJP 4T", "92431127MAYX2TJP4T"),
        N(9.14311273141146e17, "uscc.digits_lost"),
        date(2008, 5, 20),
        N("431127329229354"),
        V("9143112731411461", "*", optional=True),
        V("2009年下半年", days("2009-07-01", "2009-12-31", "half")),
        V("9143112TMA8GYRKFS6", "*", optional=True),
        V("13574699921、0746-2219900", "*", optional=True),
        V("2015年底", days("2015-12-01", "2015-12-31", None), optional=True),
    )
    firms = table(page, 2, columns, lines)
    firms[3].says("registration_no", "C6", "431127329229354")
    page.ask("C7").ask("C8").ask("G")
    firms[5].own.facts["established_on"] = Due("*", ("F8",), True)


@layout
def second_units_as_they_come(book: Layout) -> None:
    page = sheet(book, "产能产值", county="江永县")
    page.put("A1", "江永县铸造企业生产经营情况（2023年）", merge="A1:I1")
    columns = heads(
        "序号 -|企业名称 e.name|年产能 e.capacity_t_per_year|全年产量 e.output_t_per_year|产值 e.output_value_wan"
        "|入库税金 e.tax_wan|全年用电 e.electricity_kwh|厂区面积 e.land_mu|主变 m.transformer_kva"
    )
    lines = rows(
        """1|江永县恒昌铸造有限公司|@|@|@|@|@|@|@
        2|江永金马铸管厂|@|@|@|@|@|@|@
        3|湘南铸件有限公司|@|@|@|@|@|@|@
        4|江永县新盛铸锻厂|@|@|@|@|@|@|@""",
        V("1.2万吨", 12000), V("9600t", 9600), V("0.65亿元", 6500), V("182万元", 182), V("560万度", 5600000),
        V("25亩", 25), V("1250KVA", 1250),
        V("３０００吨/年", 3000), V("2100 吨", 2100), N("1300", "*"), N("约20万", "*"), V("98.5万kWh", 985000),
        V("8.2 亩", 8.2), V("630kVA", 630),
        V("5000 T/a", 5000), N("3000多吨", "*"), V("2400万元", 2400), V("0", 0, optional=True),
        V("1203400千瓦时", 1203400),
        N("1万平米左右", "*"), "/",
        N("2000～2500吨", "*"), N("不明", "value.stated_unknown"), "/", "—", N("86"), N("15", "*"), V("400千伏安", 400),
    )  # fmt: skip
    firms = table(page, 2, columns, lines)
    page.ask("G6")
    for firm in firms:
        for one in firm.machines:
            one.may(kind="transformer")


@layout
def second_numerals_in_words(book: Layout) -> None:
    page = sheet(book, "Sheet1", county="*", township="源口瑶族乡")
    page.put("A1", "源口瑶族乡铸造作坊登记表", merge="A1:G1")
    columns = heads(
        "序 -|作坊名称 e.name|做工人数 e.employees|有几台炉子 m.quantity|什么炉 k|每炉几吨 m.capacity_t"
        "|还用不用 m.state"
    )
    lines = rows(
        """一|盘记铸锅坊|@|@|坩埚炉|@|在用
        二|源口犁头厂|@|@|铝壳炉|@|闲置
        三|黄甲岭铸件厂|@|@|中频炉|@|在用
        四|古宅铁器社|@|@|电炉|@|备用
        五|功曹铸造合作社|@|@|冲天炉|@|已拆除""",
        V("五人", 5), V("两", 2), V("五十公斤", 0.05),
        V("十二", 12), V("一台", 1), V("半吨", 0.5),
        V("二十三人", 23), V("叁台", 3), V("一吨", 1),
        N("十来个", "*"), V("壹", 1), N("不晓得", "*"),
        V("零", 0), V("1座", 1), N("三吨每小时"),
    )  # fmt: skip
    firms = table(page, 2, columns, lines)
    firms[4].machines[0].facts["melt_rate_t_per_h"] = Due(3, ("F7",), True)


@layout
def second_days_of_every_kind(book: Layout) -> None:
    page = sheet(book, "时间表", county="定襄县")
    page.put("A1", "定襄县锻造加热炉改造时间表（2024年）", merge="A1:F1")
    columns = heads(
        "序号 -|企业名称 e.name|注册成立 e.established_on|炉子投用 m.commissioned_on"
        "|拆除日期 m.removed_on|改造完成期限 e.deadline"
    )
    lines = rows(
        """1|定襄县龙腾锻造厂|@|@|@|@
        2|河边法兰三厂|@|@|@|@
        3|定襄县建业环锻厂|@|@|@|@
        4|神山乡锻压厂|@|@|@|@
        5|定襄县鸿宇法兰厂|@|@|@|@
        6|定襄县双丰锻件厂|@|@|@|@""",
        date(1999, 12, 1), date(2005, 6, 30), "/", V("11月15日前", days(None, "2024-11-15", "day")),
        V("二〇〇八年五月", on("2008.5")), V("08年", days("2008-01-01", "2008-12-31", "year"), optional=True),
        V("2024年3月初", "*", optional=True), V("2024年11月前", days(None, "2024-10-31", "month")),
        V("2011-7", on("2011-7")), V("20120918", day("2012-09-18")), "—",
        V("2025年前", days(None, "2024-12-31", "year")),
        V(" 2003 年 4 月 7 日", on("2003-4-7")), V("2016年第2季度", days("2016-04-01", "2016-06-30", "quarter")),
        N("正在拆除"), V("2025年6月末前", days(None, "2025-06-30", "month")),
        V("2019/02", on("2019/02")), V("2020.1-2020.6", "*", optional=True),
        V("2024年5月上旬", days("2024-05-01", "2024-05-10", "ten_days")),
        N("项目建成投产前"),
        N("早已成立", "*"), N("2021年13月", "*"), N("2024-02-30", "*"), V("2024.12.31", on("2024.12.31")),
    )  # fmt: skip
    for firm in table(page, 2, columns, lines):
        firm.action("dismantled").may(taken_on="*")
        for one in firm.machines:
            one.may(state="*", kind="*")


@layout
def second_serials_of_the_old_calendar(book: Layout) -> None:
    book.options = {"date1904": True}
    page = sheet(book, "Sheet1", county="昌吉市")
    page.put("A1", "昌吉市铸造企业证照时间核查", merge="A1:G1")
    columns = heads(
        "序号 -|企业 e.name|成立日期 e.established_on|许可证编号（排污） p.pollutant_discharge.number"
        "|有效期自 p.pollutant_discharge.valid_from|有效期至 p.pollutant_discharge.valid_to|主要产品 e.main_product"
    )
    lines = rows(
        """1|昌吉市北方铸造厂|@|91652301MA5YDGET82001Q|@|@|井盖、水箅子
        2|昌吉市天恒铸件厂|@|91652301MADAJ6P84J001W|@|@|炉具配件
        3|新疆瑞丰铸锻有限公司|@|/|/|/|阀体
        4|昌吉市老军户铸造厂|@|91652301819869927T001X|@|@|/""",
        date(2004, 3, 15), date(2020, 7, 1), date(2025, 6, 30),
        date(2012, 11, 2), date(2020, 4, 20), V("2025年4月19日", on("2025-4-19")),
        "2018年9月",
        N("不详", "value.stated_unknown"), date(2023, 2, 28), date(2028, 2, 27),
    )  # fmt: skip
    table(page, 2, columns, lines)


@layout
def second_names_old_and_new(book: Layout) -> None:
    page = sheet(book, "更名", county="*", township="店口镇")
    page.put("A1", "店口镇铸造企业名称变更及关联情况", merge="A1:G1")
    columns = heads(
        "序号 -|单位名称 e.name|常用简称 e.short_name|所在村（社区） e.village|生产地址 e.address"
        "|经营状况 e.status|说明 r"
    )
    lines = rows(
        """1|@|华鑫铸造|@|店口镇湖西路18号|在产|
        2|@|万安|祝家山村|店口镇祝家山村25号|停产|
        3|@|/|同上|/|在产|与万安同厂区
        4|诸暨市 金 鹏 铸 造 有限 公 司|金鹏|〃|@|正常生产|
        5|@|宏磊配件|江东社区|店口镇解放路3号|搬迁|拟迁往次坞
        6|诸暨市阮市铸钢厂|阮钢|阮市社区|—|被整合|""",
        N("诸暨市华鑫铸造有限公司（曾用名：诸暨市店口铸铜厂）"),
        "湖西新村",
        N("诸暨市万安铸件有限公司(曾用名诸暨县万安铁工厂)"),
        N("诸暨市祝家铸造厂"),
        "店口镇祝家山村30号",
        N("浙江宏磊配件铸造有限公司\n（原诸暨宏磊铸造厂）"),
    )
    named = [
        ("诸暨市华鑫铸造有限公司", "诸暨市店口铸铜厂"),
        ("诸暨市万安铸件有限公司", "诸暨县万安铁工厂"),
        ("诸暨市祝家铸造厂", None),
        ("浙江宏磊配件铸造有限公司", "诸暨宏磊铸造厂"),
    ]
    for at, (name, _) in zip((0, 1, 2, 4), named, strict=True):
        lines[at][1] = V(lines[at][1].raw, name)
    firms = table(page, 2, columns, lines)
    for at, (_, former) in zip((0, 1, 2, 4), named, strict=True):
        if former:
            firms[at].says("former_name", f"B{at + 3}", lines[at][1].raw, former)
    for at in (2, 3):
        firms[at].own.facts["village"] = Due("祝家山村", ("D4",))


@layout
def second_places_in_degrees(book: Layout) -> None:
    page = sheet(book, "点位", county="代县")
    page.put("A1", "代县、繁峙县球团及锻造企业点位表", merge="A1:G1")
    columns = heads("序号 -|企业名称 e.name|县 e.county|地理坐标 -|主要炉窑 w|监管单位 e.responsible_unit")
    lines = rows(
        """1|代县恒源球团有限公司|代县|@|@|县生态环境分局
        2|代县雁门锻造厂|代县|@|@|县生态环境分局
        3|繁峙县金盛球团厂|繁峙县|@|@|/
        4|繁峙县砂河锻件厂|繁峙县|@|@|砂河镇""",
        N("东经112°57′36″，北纬39°04′12″"), W("8平方米球团竖炉2座", {"kind": "pellet_shaft_furnace", "quantity": 2}),
        N("E112.9012,N39.0511"),
        W("5吨天然气加热炉1台、3吨天然气加热炉1台", m("天然气加热炉", 5, 1), m("天然气加热炉", 3, 1)),
        N("113°15′00″E 39°11′24″N"),
        W("球团竖炉1座（已拆除）", {"kind": "pellet_shaft_furnace", "quantity": 1, "state": "removed"}),
        N("不明", "value.stated_unknown"), W("电加热炉1台，功率320kW", m("电加热炉", None, 1, power_kw=320)),
    )  # fmt: skip
    firms = table(page, 2, columns, lines)
    for row, firm, lon, lat in (
        (3, firms[0], 112.96, 39.07),
        (4, firms[1], 112.9012, 39.0511),
        (5, firms[2], 113.25, 39.19),
    ):
        firm.own.facts |= {"longitude": Due(lon, (f"D{row}",)), "latitude": Due(lat, (f"D{row}",))}


@layout
def second_machines_in_long_words(book: Layout) -> None:
    book.form = "xls"
    page = sheet(book, "设备", township="新圩镇", county="*")
    page.put("A1", "新圩镇铸造企业设备台帐", merge="A1:C1")
    columns = heads("序号 -|铸造企业 e.name|主体设备名称、规格及数量 w")
    lines = rows(
        """1|骅兴铸造厂|@
        2|新圩铸件厂|@
        3|大洞园区一号厂|@
        4|湘粤铸管有限公司|@
        5|洪观铸锅厂|@
        6|黄泥铸造店|@
        7|桥头铸造厂|@""",
        W("1#：0.5吨铝壳中频炉（闲置）；2#：1吨钢壳中频炉（在用）", m("铝壳中频炉", 0.5, state="idle", code="1#"),
          m("钢壳中频炉", 1, state="in_use", code="2#")),
        W("①250kg中频炉2台 ②抛丸机1台 ③混砂机2台", m("中频炉", 0.25, 2), m("抛丸机", None, 1), m("混砂机", None, 2)),
        W("2t中频感应电炉（一拖二），功率1500kW", m("中频感应电炉", 2, 2, power_kw=1500)),
        W("中频炉（钢壳，5吨）4台；行车6台；造型线1条",
          m("中频炉（钢壳）", 5, 4), m("行车", None, 6), m("造型线", None, 1)),
        W("冲天炉1台（3吨/小时，关停未拆除）", m("冲天炉", None, 1, state="shut_not_removed", melt_rate_t_per_h=3)),
        N("两台小电炉"),
        W("无磁轭铝壳中频炉1吨1台，有磁轭钢壳中频炉1吨2台",
          m("铝壳中频炉", 1, 1, yoke=False), m("钢壳中频炉", 1, 2, yoke=True)),
    )  # fmt: skip
    firms = table(page, 2, columns, lines)
    firms[5].machine("C8", "两台小电炉", quantity=2)
    for one in firms[0].machines:
        one.may(quantity=1)


@layout
def second_struck_out_and_unknown(book: Layout) -> None:
    page = sheet(book, "核实稿", township="祠堂圩镇", county="*")
    page.put("A1", "祠堂圩镇铸造企业摸底核实稿（二稿）", merge="A1:H1")
    columns = heads(
        "序号 -|企业名称 e.name|炉种 k|吨位（吨） m.capacity_t|台数 m.quantity|有无磁轭 m.yoke"
        "|年产能（吨） e.capacity_t_per_year"
        "|驻点人员 x"
    )
    lines = rows(
        """1|祠市宏鑫铸造厂|铝壳炉|@|1|无|800|何某
        2|虎溪铸件有限公司|中频炉|1|@|有|@|何某
        3|祠堂圩老街铸锅店|@|0.15|1|待核实|60|盘某
        4|文星机械铸造厂|钢壳炉|0.75|2|不详|@|盘某
        5|东风铸造厂|中频炉（铝壳）|@|@|无|1500|@""",
        N(0.75, "cell.struck_out"), N(3, "cell.struck_out"), N("3000～", "*"), N("铝壳炉", "cell.struck_out"),
        N("未知", "value.stated_unknown"), N("0.5/0.75", "*"), N("不明", "value.stated_unknown"), "/",
    )  # fmt: skip
    table(page, 2, columns, lines)
    page.struck |= {"D3", "E4", "C5"}
    page.ask("H")


@layout
def second_marks_and_nothings(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-8-sig"}
    page = sheet(book, county="上虞区")
    columns = heads(
        "序号 -|企业名称 e.name|熔炼炉 k|有无磁轭 m.yoke|台数 m.quantity|环评批文 p.eia.standing"
        "|三同时验收 p.eia_acceptance.standing"
        "|排污许可 p.pollutant_discharge.standing|节能审查 p.energy_review.standing|产能置换 p.capacity_swap.standing"
        "|绩效 e.grade|联络人 e.contact_person"
    )
    lines = rows(
        """1|上虞东关铸造厂|铝壳炉|×|1|√|√|√|/|×|D级|陈某
        2|上虞曹娥机床铸件有限公司|中频炉|√|2|有|有|办理中|√|√|B级|王某
        3|上虞小越铸管厂|钢壳炉|否|1|无|无|无|无|无|C|无
        4|上虞丰惠铸锅厂||||○|不明|过期||无需办理|-|—
        5|道墟阀门铸造厂|工频炉|不明|1|已办|未办|已注销|@|在办|A级|——""",
        N("未检出"),
    )
    for line in lines:
        if line[1] == "上虞丰惠铸锅厂":
            line[5] = N("○")
    firms = table(page, 1, columns, lines)
    firms[3].permit("eia").may(standing="*")


@layout
def second_numbers_without_units(book: Layout) -> None:
    page = sheet(book, "摸底", township="河边镇", county="定襄县")
    page.put("A1", "河边镇法兰厂摸底", merge="A1:I1")
    columns = heads("序号 -|厂名 e.name|炉子 k|大小 ?|数量 m.quantity|功率 ?|年产能 ?|用工 e.employees|等级 x")
    lines = rows(
        """1|河边宏伟法兰厂|天然气加热炉|8|2|@|6000|22|Ⅱ
        2|河边富强锻件厂|加热炉|3|1||800|6|Ⅲ
        3|定襄县河边永固法兰有限公司|电加热炉|@|1|300|@|11|Ⅱ
        4|河边建材锻压厂|退火炉|5|1|/|2500|9|Ⅰ""",
        N("2x160"),
        V("3吨", 3),
        V("1.5万吨", 15000),
    )
    firms = table(page, 2, columns, lines)
    firms[2].machines[0].facts["capacity_t"] = Due(3, ("D5",), True)
    firms[2].own.facts["capacity_t_per_year"] = Due(15000, ("G5",))
    page.ask("F").ask("G").ask("I").ask("D")
