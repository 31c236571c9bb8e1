"""Rosters of the second set whose heads, groups and feet are odd."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, N, V, W, days, layout
from tests.importers.layouts.second_pieces import heads, m, on, rows, sheet, stacked, table


@layout
def second_three_furnaces_side_by_side(book: Layout) -> None:
    page = sheet(book, "并排", township="新圩镇", county="蓝山县")
    page.put("C2", "蓝山县新圩镇各铸造厂炉子一览（截至2024年底）", merge="C2:N2")
    columns = heads(
        "序 -|厂子 e.name|老板手机 e.contact_phone|炉型 k1|吨 m1.capacity_t|状态 m1.state|炉型 k2|吨 m2.capacity_t"
        "|状态 m2.state|炉型 k3|吨 m3.capacity_t|状态 m3.state"
    )
    stacked(page, 3, columns, {"F:H": "1号炉", "I:K": "2号炉", "L:N": "3号炉"}, left="C")
    lines = rows(
        """1|鑫隆铸造厂|13874601112|中频炉|1|在用|中频炉|1|备用|铝壳炉|0.5|已拆除
        2|金盾铸件厂|/|钢壳炉|@|在用||||||
        3|新圩铸管有限公司|15274600033|中频炉（钢壳）|2|在用|中频炉（钢壳）|2|在用|/|/|/
        4|宏图铸锅厂|0746-2260011|冲天炉|@|关停未拆除|铝壳炉|0.25|闲置|||
        5|永和机械厂|13187460090|电炉|0.75|不明||||中频炉|0.5|封存""",
        V("500公斤", 0.5),
        N("3t/h"),
    )
    firms = table(page, 5, columns, lines, left="C", head=False)
    firms[3].machines[0].facts["melt_rate_t_per_h"] = Due(3, ("G8",))


@layout
def second_total_before_each_group(book: Layout) -> None:
    page = sheet(book, "全县", county="蓝山县")
    page.put("A1", "蓝山县铸造企业铝壳中频炉淘汰情况统计", merge="A1:H1")
    page.put("A2", "填报单位：县科工局").put("H2", "单位：台、吨")
    columns = heads(
        "乡镇 e.township|序号 -|企业名称 e.name|炉子种类 k|容量 m.capacity_t|台数 m.quantity"
        "|拆除完成时间 m.removed_on|拆后去向 m.destination"
    )
    lines = rows(
        """=全县合计||9家|||10||
        =新圩镇||小计|||4||
        新圩镇|1|骅强金属制品有限公司|铝壳炉|0.5|1|@|升级为钢壳炉
        |2|安雄盛铸造有限公司|铝壳炉|0.75|1|@|升级为钢壳炉
        |3|铭祥鑫铸造厂|铝壳炉|0.25|2|2024.3.20|搬离厂区
        =太平圩镇||小计|||3||
        太平圩镇|4|恒盛荣铸造厂|铝壳炉|0.5|1|@|/
        |5|华钜铸件有限公司|铝壳炉|@|2|2024年2月|废品收购站
        =毛俊镇||小计|||3||
        毛俊镇|6|毛俊耐磨件厂|铝壳炉|0.3|1|不详|
        |7|宏业配件铸造厂|铝壳炉|@|2|@|""",
        V("2024年3月底前", days(None, "2024-03-31", "month")),
        V("2024年3月底前", days(None, "2024-03-31", "month")),
        V("2024年一季度", days("2024-01-01", "2024-03-31", "quarter")),
        V("1", 1),
        N("不明", "value.stated_unknown"),
        N("尚未拆除"),
    )
    firms = table(page, 3, columns, lines)
    page.merge("A6:A8", "A10:A11", "A13:A14")
    tops = {"新圩镇": "A6", "太平圩镇": "A10", "毛俊镇": "A13"}
    for firm, town in zip(firms, ["新圩镇"] * 3 + ["太平圩镇"] * 2 + ["毛俊镇"] * 2, strict=True):
        firm.own.facts["township"] = Due(town, (tops[town],))
        for one in firm.machines:
            one.may(state="*")


@layout
def second_wrapped_and_spaced_heads(book: Layout) -> None:
    page = sheet(book, "Sheet1", county="*", township="河边镇")
    page.put("A1", "铸 造 企 业 摸 底 登 记 表", merge="A1:J1").put(
        "A2", "填报单位：河边镇人民政府（公章）      时间：二〇二四年五月"
    )
    columns = heads(
        "序↵号 -|企 业 名 称↵（与公章一致） e.name|法 定↵代表人 e.legal_representative|联 系↵电 话 e.contact_phone"
        "|炉  型 k|额定↵容量↵（t） m.capacity_t|数↵量↵（台） m.quantity|有无↵磁扼 m.yoke"
        "|年 产 量↵（吨） e.output_t_per_year"
        "|环 保↵验 收 p.eia_acceptance.standing"
    )
    lines = rows(
        """１|河边↵铸造有限公司|张 某 某|１３８３５０１１２２３|中频感应↵电炉|１．５|２|有|３２００|已办
        2|定襄县　兴　达　铸　造　厂|李某|0350—6038811|铝 壳 炉|0.5|1|无|@|未办
        3|晋 源 机 械|王某|13934401123|钢壳中频炉|0.75|２|不清楚|1500|在办
        4|北社铸件加工厂|/|/|冲天炉|@|1|/|未测|×
        =合  计|4家||||||||""",
        N("800左右", "*"), N("3T／H"),
    )  # fmt: skip
    lines[0][4], lines[1][4] = V("中频感应\n电炉", "中频感应电炉"), V("铝 壳 炉", "铝壳炉")
    lines[0][5], lines[0][6], lines[0][8] = V("１．５", 1.5), V("２", 2), V("３２００", 3200)
    lines[2][6], lines[2][7] = V("２", 2), N("不清楚", "*")
    firms = table(page, 3, columns, lines)
    firms[3].machines[0].facts["melt_rate_t_per_h"] = Due(3, ("F7",))
    firms[1].own.facts["contact_phone"] = Due("*", ("D5",))


@layout
def second_header_on_each_page(book: Layout) -> None:
    page = sheet(book, "打印版", township="土市镇", county="蓝山县", status="suspended")
    columns = heads(
        "序号 -|企业名称 e.name|组别 x|熔化设备 w|停产通知书文号 a.halt.document_no|送达日期 a.halt.taken_on|是否复产 -"
    )
    words = [
        W("0.5吨中频炉2台", m("中频炉", 0.5, 2)),
        W("1T钢壳炉一台（在用）", m("钢壳炉", 1, 1, state="in_use")),
        W("铝壳炉（已拆除）", m("铝壳炉", state="removed")),
        W("1.5吨中频炉1台、0.75吨中频炉1台", m("中频炉", 1.5, 1), m("中频炉", 0.75, 1)),
        W("冲天炉1座（已封存）", m("冲天炉", None, 1, state="sealed")),
        W("250kg中频炉2台（闲置）", m("中频炉", 0.25, 2, state="idle")),
    ]
    names = [
        "土市兴源铸造厂",
        "蓝山县茂盛铸件厂",
        "土市老街铸锅店",
        "众鑫铸造有限公司",
        "回头山铸造厂",
        "新村机械铸件厂",
    ]
    for part in range(3):
        top = 1 + part * 6
        page.put(f"A{top}", "土市镇停产整治铸造企业名单", merge=f"A{top}:G{top}")
        page.put(f"G{top + 1}", f"第{part + 1}页 共3页").row(top + 2, [header for header, _ in columns])
        if part:
            page.skip(top, "title", "header_repeat", "note").skip(top + 2, "header_repeat")
        for at in range(2):
            number = part * 2 + at
            line = [number + 1, names[number], "甲" if number % 2 else "乙", words[number]]
            line += [f"永环蓝停〔2025〕{number + 11}号", f"2025年11月{number + 20}日", None]
            table(page, top + 3 + at, columns, [line], head=False)
    page.ask("C")


@layout
def second_two_header_blocks_across(book: Layout) -> None:
    page = sheet(book, "左右两栏", county="江永县")
    page.put("A1", "江永县铸造企业名录（左右两栏）", merge="A1:I1")
    spec = "序号 -|企业名称 e.name|联系电话 e.contact_phone|生产状态 e.status"
    page.put("A2", "潇浦镇", merge="A2:D2").put("F2", "桃川镇", merge="F2:I2")
    left = rows(
        """1|潇浦铸造有限公司|13762990011|在产
        2|永明机械厂|0746-5722113|停产
        3|江永建兴铸件厂|/|在产
        4|圳景铸锅厂|不详|关停退出"""
    )
    right = rows(
        """1|桃川镇兴业铸造厂|15874690077|在产
        2|大塘洞铸件厂|13974688112|在建
        3|桃川宏盛铸管厂||停产"""
    )
    for town, at, letter, lines in (("潇浦镇", "A2", "A", left), ("桃川镇", "F2", "F", right)):
        for firm in table(page, 3, heads(spec), lines, left=letter):
            firm.own.facts["township"] = Due(town, (at,), True)


@layout
def second_cards_below_one_another(book: Layout) -> None:
    page = sheet(book, "卡片", township="宏道镇", county="定襄县")
    page.put("A1", "定襄县宏道镇锻造企业一户一卡", merge="A1:F1")
    told = [
        ("宏道镇恒升法兰厂", "赵恒升", "91140921MA9JFN4Q3U",
         W("天然气加热炉3台，单台8吨", m("天然气加热炉", 8, 3)), "是", "45"),
        ("定襄县永晟锻件有限公司", "/", "911409211528341787",
         W("加热炉2台（闲置）", m("加热炉", None, 2, state="idle")), "否", "12人"),
        ("西沟锻造厂", "孙来喜", "92140921MAEL4X4Q14", W("3T电加热炉1台", m("电加热炉", 3, 1)), "否", "约10人"),
        ("定襄县海荣环锻有限公司", "孙海荣", "无", W("无"), "是", "30"),
    ]  # fmt: skip
    for at, (firm, boss, code, machines, above, people) in enumerate(told):
        top = 3 + at * 6
        page.row(top, ["企业名称", firm, None, "法人", boss]).row(top + 1, ["统一代码", code, None, "是否规上", above])
        page.row(top + 2, ["设备（加热炉）", machines.raw]).row(top + 3, ["从业人数", people, None, "核查人", "郭某"])
        page.merge(f"B{top}:C{top}", f"B{top + 1}:C{top + 1}", f"B{top + 2}:F{top + 2}")
        one = page.firm(top, top + 3).says("name", f"B{top}", firm)
        if boss != "/":
            one.says("legal_representative", f"E{top}", boss)
        if code != "无":
            one.says("uscc", f"B{top + 1}", code)
        one.says("scale", f"E{top + 1}", above, "above" if above == "是" else "below")
        for said in machines.machines:
            one.machine(f"B{top + 2}", machines.raw, **said)
        if people.startswith("约"):
            page.ask(f"B{top + 3}")
        else:
            one.says("employees", f"B{top + 3}", people, int(people.removesuffix("人")))


@layout
def second_units_in_a_column(book: Layout) -> None:
    page = sheet(book, "冶炼设备", county="*")
    page.put("A1", "冶炼设备情况表", merge="A1:J1")
    columns = heads(
        "序号 -|企业名称 e.name|类别（冲天炉/电炉等） k|型号（容量） m.capacity_t|单位（吨/千伏安） -"
        "|设备数量 m.quantity"
        "|退出产能（万吨/年） e.capacity_t_per_year*10000|启动拆除时间 -|拆除到位时间 m.removed_on|备注 r"
    )
    stacked(page, 2, columns, {"C:G": "退出冶炼设备"})
    lines = rows(
        """1|贺鑫 铸造 有限公 司|中频炉|@|公斤|2|0.8|2023.02|2023.04|
        ||中频炉|2|吨|1||2023.02|2023.04|
        2|昌盛铸钢有限公司|电弧炉|5|吨|1|1.2|/|@|已断电
        3|临江铸件厂|工频炉|@|千伏安|1|0.15|2022.11|2022.12|
        4|大同铸管有限公司|冲天炉|@|吨/小时|2|@|2022.8|2022.9|
        =合计|||||7|2.15|||""",
        V(750, 0.75),
        V("2023年上半年", days("2023-01-01", "2023-06-30", "half")),
        N(400),
        N(5),
        N("0.5—0.6", "*"),
    )
    firms = table(page, 4, columns, lines, head=False, down="ABG")
    firms[2].machines[0].facts["transformer_kva"] = Due(400, ("D7",), True)
    firms[3].machines[0].facts["melt_rate_t_per_h"] = Due(5, ("D8",), True)
    for firm in firms:
        firm.action("dismantled").may(taken_on="*")
        for one in firm.machines:
            one.may(state="*", model="*")


@layout
def second_blank_rows_by_the_thousand(book: Layout) -> None:
    page = sheet(book, "Sheet1", county="昌吉市")
    page.formatted_until = "J3000"
    page.put("A1", "昌吉市铸造、锻造企业清单", merge="A1:H1")
    columns = heads(
        "序号 -|企业名称 e.name|所在街道、乡镇 e.township|位置 e.address|炉子类型及台数 w"
        "|耗电（万千瓦时） e.electricity_kwh*10000"
        "|吸纳就业 e.employees|片区 x"
    )
    lines = rows(
        """1|昌吉市鸿泰铸造厂|三工镇|三工镇常胜村|@|42.5|9|西片
        2|昌吉市塞上铸件有限公司|榆树沟镇|榆树沟镇工业园A区|@|215|31|西片
        ~
        3|新疆北庭锻压有限公司|硫磺沟镇|@|@|@|22|南片
        4|滨湖水暖配件厂|滨湖镇|滨湖镇五十户村|@|@|6|北片""",
        W("750公斤中频炉1台", m("中频炉", 0.75, 1)),
        W("中频感应电炉：1吨2台、2吨1台", m("中频感应电炉", 1, 2), m("中频感应电炉", 2, 1)),
        "/",
        W("电加热炉2台\n空气锤1台", m("电加热炉", None, 2), m("空气锤", None, 1)),
        N("未测", "value.stated_unknown"),
        W("坩埚炉3只", m("坩埚炉", None, 3)),
        V("5万度", 50000),
    )
    table(page, 2, columns, lines)
    page.ask("H")
    page.put("A2999", "审核：")


@layout
def second_matrix_of_papers(book: Layout) -> None:
    page = sheet(book, "手续", township="蒋村镇", county="*")
    columns = heads(
        "项次 -|受检单位 e.name|有 p.business_licence.standing|证号 e.uscc|有 p.eia.standing|文号 p.eia.number"
        "|有 p.pollutant_discharge.standing|编号 p.pollutant_discharge.number"
        "|到期 p.pollutant_discharge.valid_to|其他说明 r"
    )
    page.put("A1", "蒋村镇锻造企业证照检查记录（√有 ×无 ○在办）", merge="A1:J1")
    page.put("A2", "项次", merge="A2:A4").put("B2", "受检单位", merge="B2:B4").put("C2", "证照情况", merge="C2:I2")
    page.put("C3", "营业执照", merge="C3:D3").put("E3", "环评审批", merge="E3:F3").put(
        "G3", "排污许可（登记）", merge="G3:I3"
    )
    page.row(4, [header for header, _ in columns[2:9]], "C").put("J2", "其他说明", merge="J2:J4")
    lines = rows(
        """1|定襄县鑫旺法兰有限公司|√|91140921118149791C|√|定环评〔2016〕21号|√|91140921118149791C001X|2026-03-15|
        2|蒋村宏达锻造厂|√|92140921MAP7DG9K39|×||@||/|
        3|平东社锻件厂|√|@|√|定环函[2019]8号|√|@|2025年5月|重新申领中
        4|蒋村精工法兰厂|×|/|×|/|×|/|/|已下整改通知
        5|定襄县四方锻业有限公司|√|911409211528341787|√|忻审批字（2021）第106号|√|911409211528341787001Q|2027.8.20|""",
        V("○", "applying"), N("140921252558819"), "92140921MAAJABYK7K001W",
    )  # fmt: skip
    firms = table(page, 5, columns, lines, head=False)
    wrong = firms[1].own.facts["uscc"]
    firms[1].own.facts["uscc"] = Due("*", wrong.cells, True)
    page.ask("D6")
    for firm in firms:
        firm.permit("business_licence").may(number="*")
    firms[2].says("registration_no", "D7", "140921252558819")


@layout
def second_stages_over_three_rows(book: Layout) -> None:
    page = sheet(book, "进度", county="蓝山县")
    page.put("A1", "蓝山县铸造产业转型升级“一企一策”季度进度（2025年第四季度）", merge="A1:K1")
    columns = heads(
        "序号 -|企业名称 e.name|类别 e.disposition|制定 plan.made_on|阶段 plan.stage"
        "|结论 plan.acceptance|日期 plan.accepted_on"
        "|停电 a.power_cut.taken_on|恢复 a.power_restored.taken_on|单位 a.power_cut.authority|下步打算 e.measures"
    )
    page.put("A2", "序号", merge="A2:A4").put("B2", "企业名称", merge="B2:B4").put("C2", "三个一批", merge="C2:C3").put(
        "C4", "类别"
    )
    page.put("D2", "一企一策方案", merge="D2:G2").put("D3", "方案制定时间", merge="D3:D4").put(
        "E3", "方案阶段", merge="E3:E4"
    )
    page.put("F3", "验收", merge="F3:G3").put("F4", "结论").put("G4", "日期")
    page.put("H2", "供电处置", merge="H2:J2").put("H3", "停电时间", merge="H3:H4").put("I3", "复电时间", merge="I3:I4")
    page.put("J3", "停电实施单位", merge="J3:J4").put("K2", "下步整改措施", merge="K2:K4")
    lines = rows(
        """1|蓝山县兴鼎铸造有限公司|整改升级|@|已出具证明|通过|2025.12.20|2025年12月10日|2025年12月22日|县科工局|\
        长期坚持
        2|湖南华强铸业有限公司|整合提升|2024.6|已通过验收|通过|@|/|/|/|/
        3|蓝山县永盛铸造厂|整改升级|2024年5月|已下达整改通知|待验收||2025年12月10日||县科工局|补做除尘改造
        4|蓝山县荣鑫铸造有限公司|关停退出|/|未制定|/|/|@||县科工局|拆除设备
        5|君雄铸件有限公司|整改升级|@|验收未通过|未通过|@|2025年12月10日||同上|重新编制方案""",
        V("2024年上半年", days("2024-01-01", "2024-06-30", "half")),
        V("2025年四季度", days("2025-10-01", "2025-12-31", "quarter")),
        V("2024-03-06", on("2024-03-06")),
        N("待核实", "value.stated_unknown"),
        V("2025年12月中旬", days("2025-12-11", "2025-12-20", "ten_days")),
    )
    firms = table(page, 5, columns, lines, head=False)
    firms[4].actions["power_cut"].facts["authority"] = Due("县科工局", ("J8",))
    firms[0].own.facts["measures"] = Due("长期坚持", ("K5",), True)
