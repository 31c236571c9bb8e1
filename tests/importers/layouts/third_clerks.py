"""Rosters of the third set as single clerks keep them: ditto marks, mixed units, damaged codes, pages, struck lines."""

from __future__ import annotations

from datetime import date

from tests.importers.layouts.making import Layout, N, V, W, day, days, layout, month, year
from tests.importers.layouts.third_pieces import credit, heads, m, sheet, stack, table


@layout
def third_ditto_marks_and_spaced_names(book: Layout) -> None:
    """同上 and 〃 under village, unit and state; names spaced out to fill the cell."""
    page = sheet(book, "摸底", county="蓝山县", township="所城镇")
    page.put("A1", "所城镇涉铸企业摸底表", merge="A1:I1")
    columns = heads(
        "序号 -|企 业 名 称 e.name|负 责 人 e.legal_representative|所在村（社区） e.village|设备名称 n"
        "|吨位（吨） m.capacity_t|使用状态 m.state"
        "|处置意见 e.disposition|责任单位 e.responsible_unit"
    )
    lines = """1|所城 永兴 铸造厂=>所城永兴铸造厂|李 刚=>李刚|团结村|铝壳炉|0.5|闲置|关停退出|所城镇政府
        2|蓝山县长铺 铸件有限公司=>蓝山县长铺铸件有限公司|雷水生|同上=>^|中频炉|1|在用|转型升级|同上=>^
        3|所城兴达配件厂|黄 伟=>黄伟|〃=>^|中频炉|0.75|〃=>^|整合提升|〃=>^
        4|万年桥铸造厂|彭建|万年桥村|冲天炉|3|已拆除|关停退出|所城镇政府"""
    table(page, 2, columns, lines)


@layout
def third_codes_as_they_were_typed(book: Layout) -> None:
    """信用代码 with O for 0, full width, blanks, 15 digits, and as a number."""
    page = sheet(book, "代码核对", county="江永县")
    page.put("A1", "江永县铸造企业证照信息核对表")
    columns = heads(
        "序号 -|企业名称 e.name|营业执照代码 e.uscc|法人 e.legal_representative|联系电话 e.contact_phone"
        "|成立日期 e.established_on"
    )
    good = [credit(at, "431125") for at in (701, 702, 703)]
    typed = credit(710, "431125").replace("0", "O")  # letters for noughts
    wide = "".join(chr(ord(one) + 0xFEE0) for one in good[1])
    table(
        page, 2, columns,
        """1|江永县永明铸造有限公司|@|陈永明|13574611007|2010-3-9
        2|江永县恒久铸件厂|@|周恒|（0746）5722118|2014.07
        3|江永县松柏瑶乡铸锅厂|@|赵松柏|13874655090、13574600021|2006年
        4|江永县中正金属有限公司|@|欧阳中|13907469900|@
        5|江永县大干铸造厂|@|何大干|5722090|@
        6|江永县三千铸件有限公司|@|千三|13574622117|2018-11""",
        V(f"{good[0][:6]} {good[0][6:12]} {good[0][12:]}", good[0]),
        V(wide, good[1]),
        N("431125600000187"),
        N(9.1431125e17, "uscc.digits_lost"),
        V(date(2012, 5, 16), day("2012-05-16")),
        N("无"),
        V("二〇〇八年", year(2008)),
        V(typed, "*", optional=True),
    )  # fmt: skip
    page.ask("C8")
    page.firms[2].says("registration_no", "C5", "431125600000187")


@layout
def third_mixed_units_in_one_column(book: Layout) -> None:
    """No unit in any head: each cell has its own (KG, 公斤, T, 千伏安, 万, 亿), one number has none."""
    page = sheet(book, "Sheet1", county="嘉禾县", township="*")
    page.put("A1", "铸造企业产能设备统计（各村上报汇总）")
    columns = heads(
        "序号 -|企业名称 e.name|电炉种类 k|电炉大小 m.capacity_t|配变容量 m.transformer_kva"
        "|年产能 e.capacity_t_per_year"
        "|年产值 e.output_value_wan|年用电 e.electricity_kwh|占地 e.land_mu"
    )
    table(
        page, 2, columns,
        """1|嘉禾县永顺铸造厂|铝壳炉|@|@|@|@|@|@
        2|嘉禾县顺天机械铸造有限公司|钢壳中频炉|@|@|@|@|@|@
        3|广发乡铸件加工厂|中频炉|@|@|@|@|@|@
        4|嘉禾县行廊铸造有限公司|中频炉|@|@|@|@|@|@""",
        V("500KG", 0.5), V("315KVA", 315), V("2000吨", 2000), V("860万元", 860), V("42万度", 420000), V("6亩", 6),
        V("2T", 2), V("1600千伏安", 1600), V("1.2万吨", 12000), V("0.65亿元", 6500), V("612.5万千瓦时", 6125000),
        V("33.5 亩", 33.5),
        V("750公斤", 0.75), V("400 kVA", 400), V("800t", 800), N("300", "*"), V("180000度", 180000),
        V("2000㎡", 3, optional=True),
        V("1.5 吨", 1.5), V("1250kva", 1250), N("0.6~0.8万吨", "*"), V("4100万", 4100), N("很多", "*"),
        N("近20亩", "*"),
    )  # fmt: skip


@layout
def third_pages_with_carried_totals(book: Layout) -> None:
    """A roster printed in pages: head, 本页小计 and the head again; a grand total and signatures at the end."""
    book.form = "xls"
    page = sheet(book, "名册", county="莱州市")
    page.put("A1", "莱州市铸造企业名册", merge="A1:H1")
    columns = heads(
        "序号 -|企业名称 e.name|镇街 e.township|产品种类 e.main_product|职工数 e.employees|中频炉数（台） c:中频炉"
        "|冲天炉数（台） c:冲天炉"
        "|年产量（吨） e.output_t_per_year"
    )
    lines = """1|莱州市沙河铸造厂|沙河镇|刹车盘|45|2|0|3800
        2|莱州市虎头崖机械铸件有限公司|虎头崖镇|刹车鼓|62|3|0|5600
        3|莱州三元铸造有限公司|柞村镇|阀体|30|1|1|2100
        =本页小计||||137|6|1|11500
        ^
        4|山东宏泰制动部件有限公司|沙河镇|刹车盘|210|6|0|26000
        5|莱州市土山铸管厂|土山镇|铸铁管|15||1|900
        =本页小计||||225|6|1|26900
        =合计||||362|12|2|38400"""
    table(page, 2, columns, lines)
    page.put("A13", "制表：于某").put("E13", "审核：孙某")


@layout
def third_struck_and_hidden(book: Layout) -> None:
    """A line struck out, a cell struck out, a hidden row and a hidden column of telephones."""
    page = sheet(book, "在册", county="江永县", township="潇浦镇")
    page.put("A1", "潇浦镇铸造企业在册情况", merge="A1:G1")
    columns = heads(
        "序号 -|企业名称 e.name|联系人 e.contact_person|联系电话 e.contact_phone|炉型 k|容量(吨) m.capacity_t"
        "|生产状态 e.status"
    )
    lines = """1|潇浦镇群力铸造厂|周群|13574610033|钢壳炉|1|在产
        2|江永县千年铸件有限公司|蒲新|13874650077|铝壳炉|0.5|停产
        3|江永县古宅铸造厂|田生|0746-5722331|中频炉|0.75|在产
        4|江永县桐口铸件厂|卢进|13907460078|中频炉|1.5|在产"""
    table(page, 2, columns, lines)
    page.row(7, [5, "潇浦镇老街铸锅坊", "熊某", "13574600000", "坩埚炉", 0.1, "停产"])
    page.struck |= {f"{letter}7" for letter in "ABCDEFG"} | {"F5"}
    del page.firms[2].machines[0].facts["capacity_t"]
    page.ask("F5", "cell.struck_out")
    page.hidden_rows.add(4)
    page.hidden_columns.add("D")


@layout
def third_days_by_many_hands(book: Layout) -> None:
    """投用 and 拆除 days of every kind, among them real dates, serials, 旬, 季度, 前."""
    page = sheet(book, "时间", county="蓝山县")
    page.put("A1", "蓝山县铸造企业电炉投用拆除时间登记", merge="A1:H1")
    columns = heads(
        "序号 -|企业名称 e.name|炉号 m.code|电炉类型 k|投用时间 m.commissioned_on|设备状态 m.state"
        "|拆除时间 m.removed_on|拆除去向 m.destination"
    )
    table(
        page, 2, columns,
        """1|蓝山县宏发铸造有限公司|1#|铝壳中频炉|@|已拆除|@|搬离厂区
        ||2#|钢壳中频炉|@|在用||
        2|蓝山县竹管寺铸件厂|1#|铝壳炉|@|已拆除|@|废品回收公司
        ||2#|钢壳炉|@|备用|/|/
        3|蓝山县正阳机械有限公司|A炉|中频炉|@|在用||
        ||B炉|中频炉|@|封存|@|
        4|火市铸造厂|1#|冲天炉|@|关停未拆除|@|""",
        V("2011年5月", month("2011-05")), V("2024年3月底前", days(None, "2024-03-31", "month")),
        V(date(2020, 8, 1), day("2020-08-01")),
        V("2009", year(2009)), V("2023年11月下旬", days("2023-11-21", "2023-11-30", "ten_days")),
        V("2022年第二季度", days("2022-04-01", "2022-06-30", "quarter")),
        V("2018/10/8", day("2018-10-08")),
        V("2018年下半年", days("2018-07-01", "2018-12-31", "half")), N("待定"),
        N("不详", "value.stated_unknown"), V("2024年12月31日前", days(None, "2024-12-31", "day"), optional=True),
    )  # fmt: skip


@layout
def third_blank_rows_and_notes(book: Layout) -> None:
    """Borders drawn down to row 800, a blank row among the firms, notes with numbers below; coordinates in one cell."""
    page = sheet(book, "点位", county="绍兴市")
    page.put("A1", "绍兴市上虞区铸造企业点位信息表", merge="A1:H1")
    columns = heads(
        "序号 -|企业名称 e.name|所在街镇 e.township|经度 e.longitude|纬度 e.latitude|中频炉（台） c:中频炉"
        "|用工（人） e.employees|备注 e.remark"
    )
    stack(page, 2, columns, {"D:E": "厂址坐标"})
    lines = """1|上虞市百官铸造有限公司|百官街道|120.8751|30.0214|2|33|
        2|绍兴市上虞东关铸件厂|东关街道|120°42'18"=>120.705|30°01'12"=>30.02|1|9|拟搬迁入园"""
    table(page, 4, columns, lines, head=False)
    lines = """3|上虞长塘机械铸造厂|长塘镇|东经120°51′00″=>120.85|北纬29°57′00″=>29.95|@|叁=>3|
        4|绍兴道墟阀门铸造有限公司|道墟街道|/|/|3|27|"""
    table(page, 7, columns, lines, N("不明", "value.stated_unknown"), head=False)
    page.skip(6, "blank")
    page.put("A10", "注：1.坐标为大地2000坐标系；").put("A11", "2.用工人数为2020年末数；")
    page.formatted_until = "H800"


@layout
def third_words_under_many_heads(book: Layout) -> None:
    """A clerk's own words: 当家人 for the owner, 家当 for machines, 手续全不全 asked."""
    page = sheet(book, "台帐", county="定襄县", township="神山乡")
    page.put("A1", "神山乡打铁、翻砂户台帐（2012年）", merge="A1:H1")
    columns = heads(
        "号 -|户名（厂名） e.name|当家人 ?e.legal_representative|几口人干活 e.employees|家当（炉子） w"
        "|一年出多少货（吨） e.output_t_per_year"
        "|手续全不全 x"
    )
    lines = """1|神山老邢锻打厂|邢六小|8|@|600|不全
        2|神山翻砂厂|李拴柱|12人=>12|@|七百五十=>750|不全
        3|定襄县神山新兴锻压有限公司|张福寿|35|@|4200|齐全"""
    table(
        page, 2, columns, lines,
        W("加热炉1座、空气锤2台", m("加热炉", None, 1), m("空气锤", None, 2)),
        W("冲天炉1座（2吨/小时）", m("冲天炉", None, 1, melt_rate_t_per_h=2)),
        W("天然气加热炉3台、碾环机1台", m("天然气加热炉", None, 3), m("碾环机", None, 1)),
    )  # fmt: skip
