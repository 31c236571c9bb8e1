"""Rosters of the second set from the flange forges of 定襄 and 忻州: the ordinary kind."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, N, V, W, days, layout
from tests.importers.layouts.second_pieces import heads, m, rows, sheet, stacked, table


@layout
def second_hebian_heating_furnaces(book: Layout) -> None:
    page = sheet(book, "河边镇", county="定襄县", township="河边镇")
    page.put("A1", "附表3").put("A2", "定襄县河边镇法兰锻造企业加热炉清单", merge="A2:L2")
    columns = heads(
        "序号 -|企业名称 e.name|统一社会信用代码 e.uscc|村 e.village|加热炉编号 m.code|炉型 k"
        "|使用燃料 m.fuel|装炉量（t） m.capacity_t"
        "|数量（台） m.quantity|建成投运时间 m.commissioned_on|现有治理设施 m.abatement|运行状态 m.state"
    )
    lines = rows(
        """1|定襄县宏锻法兰有限公司|91140921118149791C|北社村|1#|天然气加热炉|天然气|8|1|2019.11|低氮燃烧|在用
        ||||2#|天然气加热炉|天然气|8|1|2019.11|低氮燃烧|在用
        ||||3#|锻造加热炉|煤|5|1|2008年|/|已拆除
        2|山西晋源环锻有限公司|@|芳兰村|1#|天然气加热炉|天然气|12|1|2020年6月|低氮燃烧+SCR|在用
        ||||2#|电加热炉|电|3|1|2021年8月|无|备用
        3|河边镇建国法兰厂|92140921MA3TWHYM6J|河边村|1#|煤气发生炉|煤|@|1|2006年|水膜除尘|关停未拆除
        4|定襄县鑫磊锻件有限公司|91140921130301493G|阎家庄|1#|天然气加热炉|天然气|10|2|@|低氮燃烧|在用
        =合计||||||||8|||""",
        N(9.14092118149791e17, "uscc.digits_lost"), N("一段式", "*"), N("不明", "value.stated_unknown"),
    )  # fmt: skip
    firms = table(page, 3, columns, lines, down="ABCD")
    for firm in firms:
        for one in firm.machines:
            one.may(model="*")
    page.put("A12", "填报人：张某　　联系电话：0350-6032211　　填报日期：2024年9月10日")


@layout
def second_hongdao_forges_in_words(book: Layout) -> None:
    page = sheet(book, "宏道", county="定襄县", township="宏道镇")
    page.put("A1", "宏道镇锻造企业基本情况台帐", merge="A1:I1")
    columns = heads(
        "编号 -|厂名 e.name|法人 e.legal_representative|联系方式 e.contact_phone|主要装备 w"
        "|主打产品 e.main_product|年产量（吨） e.output_t_per_year"
        "|绩效等级 e.grade|职工（人） e.employees"
    )
    lines = rows(
        """1|定襄县通达法兰有限公司|郭润生|13994123307|@|法兰|6500|B级|46
        2|西社锻压厂|@|13403506688|@|法兰、环件|1800|C级|18
        3|鑫海环锻有限公司|薄俊峰|0350-6021177|@|风电法兰|22000|引领性|118
        4|华锻机械有限公司|郭二旦|15234078899|@|@|@|D级|@
        5|宏道镇兴盛法兰厂|梁文秀|13834010566|@|锻件毛坯|0|D级|7""",
        W("8吨天然气加热炉2台；碾环机1台", m("天然气加热炉", 8, 2), m("碾环机", None, 1)),
        V("韩  建 国", "韩建国"),
        W("天然气加热炉1台（5吨）、空气锤2台", m("天然气加热炉", 5, 1), m("空气锤", None, 2)),
        W("15t天然气加热炉4台，退火炉2台，空压机3台",
          m("天然气加热炉", 15, 4), m("退火炉", None, 2), m("空压机", None, 3)),
        W("3吨电加热炉一台，3吨天然气加热炉两台（闲置）", m("电加热炉", 3, 1), m("天然气加热炉", 3, 2, state="idle")),
        "—",
        N("3000-4000", "*"),
        V("二十一", 21),
        W("燃煤加热炉1台，已拆除", m("燃煤加热炉", None, 1, state="removed")),
    )  # fmt: skip
    table(page, 2, columns, lines)
    page.put("A8", "备注：1.年产量按2023年度统计；2.绩效等级以县分局认定为准。", merge="A8:I8")


@layout
def second_jiangcun_two_tables(book: Layout) -> None:
    page = sheet(book, township="蒋村镇", county="*")
    page.put("A1", "蒋村镇锻造行业企业清单", merge="A1:G1").put("A2", "一、保留提升企业（4家）", merge="A2:G2")
    columns = heads("序号 -|企业名称 e.name|加热炉类型 k|吨位 m.capacity_t|台数 m.quantity|燃料 m.fuel|达标情况 x")
    units = ["", "", "", "吨", "台", "", ""]
    page.row(3, [header for header, _ in columns]).row(4, [one or None for one in units])
    lines = rows(
        """1|定襄县鸿运法兰锻造有限公司|天然气加热炉|6|2|天然气|达标
        2|东方锻件厂|电加热炉|2|1|电|达标
        3|定襄县晋锻有限公司|天然气加热炉|10|3|天然气|达标
        ||热处理炉|4|1|天然气|
        4|蒋村农机配件厂|天然气加热炉|1.5|1|天然气|整改后达标
        =小计|||23.5|8||"""
    )
    table(page, 5, columns, lines, head=False, down="AB")
    page.ask("G")
    page.put("A12", "二、关停退出企业（3家）", merge="A12:G12")
    closed = heads(
        "序号 -|企业名称 e.name|法人代表 e.legal_representative|关停时间 a.closure.taken_on"
        "|实施单位 a.closure.authority|备注 r"
    )
    lines = rows(
        """1|蒋村红旗锻造厂|赵老五|2020年4月30日|镇人民政府|设备已清
        2|智村法兰厂|智存义|2020.5|县生态环境分局|
        3|定襄县光明锻压厂|高明|@|@|""",
        V("2021年一季度", days("2021-01-01", "2021-03-31", "quarter")),
        "/",
    )
    for firm in table(page, 13, closed, lines):
        firm.own.may(status="closed")
    for firm in page.firms:
        firm.own.may(disposition="*")


@layout
def second_shenshan_capacity_over_rows(book: Layout) -> None:
    book.form = "xls"
    page = sheet(book, "神山乡", county="定襄县", township="神山乡")
    page.put("A1", "神山乡涉工业炉窑企业摸底表", merge="A1:J1").put("A2", "填报单位：神山乡政府").put(
        "H2", "2023年12月"
    )
    columns = heads(
        "序号 -|企业名称 e.name|经度 e.longitude|纬度 e.latitude|年产能（万吨） e.capacity_t_per_year*10000|炉窑名称 k"
        "|规格（吨） m.capacity_t|台（套） m.quantity|生产厂家 m.maker|安装年份 m.commissioned_on"
    )
    lines = rows(
        """1|定襄县天宝集团环锻分公司|112.9517|38.4731|6|天然气加热炉|20|2|江苏丰东|2018年
        |||||天然气加热炉|8|4|/|2016年
        |||||天然气热处理炉|15|1|江苏丰东|2019年
        2|神山锻造厂|@|@|0.3|天然气加热炉|3|1|自制|2020年
        3|山西冠力法兰有限公司|112.93|38.46|2.5|天然气加热炉|10|2|河北恒远|2017年
        |||||电阻炉|1|1|@|2022年
        4|崔家庄法兰毛坯厂|||@|加热炉|2|1||""",
        V("112°55′48″", 112.93), V("38°27′36″", 38.46), N("同上"), N("约0.2", "*"),
    )  # fmt: skip
    firms = table(page, 3, columns, lines, down="ABCDE")
    firms[2].machines[1].facts["maker"] = Due("河北恒远", ("I8",))


@layout
def second_nanwang_scale_marks(book: Layout) -> None:
    page = sheet(book, "Sheet1", county="定襄县", township="南王乡")
    page.put("B2", "南王乡法兰企业手续及规模情况", merge="B2:M2")
    columns = heads(
        "No -|法兰企业 e.name|是否规上 e.scale|生产状况 e.status|占地面积（亩） e.land_mu"
        "|立项 p.project_filing.standing"
        "|土地 p.land.standing|环评 p.eia.standing|竣工环保验收 p.eia_acceptance.standing"
        "|排污证 p.pollutant_discharge.standing|消防 p.fire.standing|一企一档 x"
    )
    stacked(page, 3, columns, {"G:L": "手续（有打√，无打×）"}, left="B")
    lines = rows(
        """1|定襄县龙源法兰有限公司|是|在产|35|√|√|√|√|√|√|已建
        2|南王锻件厂|否|在产|8.6|√|×|√|×|√|×|已建
        3|定襄县瑞祥环锻有限公司|是|停产|22|√|√|√|√|已过期|√|未建
        4|镇安寨法兰毛坯厂|否|长期停产|/|×|×|×|×|×||未建
        5|定襄县新合力法兰厂|否|在产|12|√|正在办理|√|办理中|√|/|已建
        ~
        =合计|||||4|2|4|2|3||"""
    )
    table(page, 5, columns, lines, left="B", head=False)
    page.ask("M")


@layout
def second_jinchang_hidden_columns(book: Layout) -> None:
    page = sheet(book, "晋昌镇", county="定襄县", township="晋昌镇")
    page.put("A1", "晋昌镇工业企业变压器及锻造炉统计", merge="A1:J1")
    columns = heads(
        "序号 -|单位 e.name|用电户号 e.power_account_no|年用电量（万度） e.electricity_kwh*10000"
        "|变压器（kVA） m.transformer_kva"
        "|炉子 k|单炉容量（吨） m.capacity_t|功率(kW) m.power_kw|联络员 e.contact_person|联络电话 e.contact_phone"
    )
    lines = rows(
        """1|定襄县兴业法兰有限公司|'0350118823|120.5|800|电加热炉|3|450|张丽|13835011200
        2|晋昌镇西关锻造厂|'0350117702|36|315|电加热炉|1|160|/|13935012288
        3|定襄县凯达锻造有限公司|'0350220914|460|@|中频感应炉|1.5|1200|刘志强|13403501199
        4|定襄县华兴机械厂|'0350119001|@|250|电加热炉|@|@|胡小平|0350-6022020""",
        N("2×1250", "*"), N("不明", "value.stated_unknown"), N("1吨多", "*"), V("180千瓦", 180),
    )  # fmt: skip
    table(page, 2, columns, lines)
    page.hidden_columns |= {"C", "D"}
    page.hidden_rows.add(5)


@layout
def second_shoulu_total_first(book: Layout) -> None:
    page = sheet(book, "受禄", county="定襄县", township="受禄乡")
    page.put("A1", "受禄乡2024年工业炉窑淘汰改造任务清单", merge="A1:I1")
    columns = heads(
        "序号 -|企业 e.name|现有炉型 k|数量 m.quantity|存在主要问题 e.problem|整治措施 e.measures|完成时限 e.deadline"
        "|完成情况 e.progress|包保责任单位 e.responsible_unit"
    )
    lines = rows(
        """=合计|5家||8||||完成2家|
        1|受禄乡永盛法兰厂|燃煤加热炉|2|仍用燃煤加热炉|改天然气|@|已完成|乡政府
        2|定襄县泰安锻造有限公司|天然气加热炉|3|无低氮燃烧|加装低氮燃烧器|@|正在施工|县生态环境分局
        3|定襄县中北锻件厂|煤气发生炉|1|一段式煤气发生炉|拆除|@|已完成|县工信局
        4|大南宋法兰厂|加热炉|1|无治理设施|改电加热|@|未开工|乡政府
        5|受禄锻压厂|天然气加热炉|1|无|/|@|/|乡政府""",
        V("9月底前", days(None, "2024-09-30", "month")),
        V("2024年12月底前", days(None, "2024-12-31", "month")),
        V("2024年6月30日前", days(None, "2024-06-30", "day")),
        V("2025年上半年", days("2025-01-01", "2025-06-30", "half")),
        N("长期坚持"),
    )
    table(page, 2, columns, lines)


@layout
def second_xinzhou_counties(book: Layout) -> None:
    page = sheet(book, "汇总")
    page.put("A1", "忻州市法兰锻造及球团企业汇总表", merge="A1:I1").put(
        "A2", "制表单位：忻州市生态环境局        2024年10月15日"
    )
    columns = heads(
        "序号 -|县（市、区） e.county|企业名称 e.name|类别 -|炉窑 k|容量 m.capacity_t|台数 m.quantity"
        "|处置方向 e.disposition"
        "|截止时间 e.deadline"
    )
    lines = rows(
        """1|定襄县|定襄县恒跃锻造有限公司|法兰锻造|天然气加热炉|@|3|就地改造|2025年6月30日
        2||山西环晋法兰有限公司|法兰锻造|天然气加热炉|@|6|做优做强|2025年9月
        3||定襄县大众锻件厂|法兰锻造|煤气发生炉|/|1|淘汰关停|2024年12月31日
        4|繁峙县|繁峙县宏运球团有限公司|球团|@|/|1|淘汰关停|@
        5||繁峙县金山矿业有限公司球团厂|球团|@|/|2|搬迁入园|@
        6|代县|代县双赢矿业有限公司|球团|@|/|1|淘汰关停|@""",
        V("8吨", 8), V("20T", 20), V("8㎡球团竖炉", "球团竖炉"),
        V("2025年底前", days(None, "2025-12-31", "year")), "球团竖炉", "2026年", V("竖炉", "球团竖炉"),
        V("2025年12月末前", days(None, "2025-12-31", "month")),
    )  # fmt: skip
    firms = table(page, 3, columns, lines)
    page.merge("B4:B6", "B7:B8")
    for row, firm in enumerate(firms, 4):
        top = {4: "B4", 5: "B4", 6: "B4", 7: "B7", 8: "B7", 9: "B9"}[row]
        firm.own.facts["county"] = Due(page.cells[top], (top,))
    for firm in firms:
        firm.own.may(industry="*", main_product="*")


@layout
def second_dingxiang_association_members(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-16", "delimiter": "\t", "named": "tsv"}
    page = sheet(book, county="定襄县")
    page.row(1, ["定襄县锻造协会会员企业设备调查（2023年）"])
    columns = heads(
        "会员号 -|会员单位 e.name|所属镇 e.township|注册时间 e.established_on|炉子 k"
        "|炉子容量 m.capacity_t|几台 m.quantity"
        "|去年产量（吨） e.output_t_per_year"
    )
    lines = rows(
        """A001|定襄县昊阳法兰有限公司|宏道镇|2003-04-18|天然气加热炉|@|4|8600
        A001|定襄县昊阳法兰有限公司|宏道镇|2003-04-18|退火炉|@|1|8600
        A002|宏远锻压有限公司|河边镇|2011年7月|天然气加热炉|@|2|3200
        A005|永鑫环锻厂|河边镇|/|电炉|@|1|@
        B011|智诚法兰厂|蒋村镇|2018|天然气加热炉|@|2|@
        B012|南关锻造部|晋昌镇|@|加热炉|@|@|260""",
        V("8000kg", 8), V("5t", 5), V("5吨", 5), V("1000公斤", 1), N("未知", "value.stated_unknown"), N("3", "*"),
        V("1500", 1500), N("不详", "value.stated_unknown"), V("2T", 2), V("两台", 2),
    )  # fmt: skip
    table(page, 2, columns, lines)


@layout
def second_hongdao_one_sheet_a_village(book: Layout) -> None:
    lists = {
        "北林木村": """1|林木法兰厂|郭金柱|天然气加热炉|4|1|√|√
        2|定襄县晋北锻造有限公司|郭俊|天然气加热炉|8|2|√|√
        |||电加热炉|2|1||""",
        "无畏庄村": """1|无畏锻件厂|李二小|加热炉|3|1|×|×""",
        "东霍村": """1|东霍环锻有限公司|霍正平|天然气加热炉|10|2|√|×
        2|霍氏法兰毛坯厂|霍根生|燃煤加热炉|2|1|×|×
        =合计||||12|3||""",
    }
    columns = heads(
        "序号 -|企业名称 e.name|负责人 e.legal_representative|炉型 k|容量（吨） m.capacity_t|台数 m.quantity"
        "|环评有无 p.eia.standing|排污许可有无 p.pollutant_discharge.standing"
    )
    for village, text in lists.items():
        page = sheet(book, village, county="*", township="宏道镇", village=village)
        page.put("A1", f"宏道镇{village}锻造企业情况", merge="A1:H1")
        table(page, 2, columns, rows(text))
    blank = book.page("Sheet4")
    blank.hidden = True
