"""Rosters of the second set from 昌吉 and 绍兴, from bureaus, associations and firms: the ordinary kind."""

from __future__ import annotations

from datetime import date

from tests.importers.layouts.making import Due, Layout, N, V, W, days, layout
from tests.importers.layouts.second_pieces import heads, m, on, rows, sheet, stacked, table


@layout
def second_changji_seven_foundries(book: Layout) -> None:
    page = sheet(book, "昌吉市", county="昌吉市")
    page.put("A1", "昌吉市铸造企业基本情况统计表", merge="A1:L1").put("A2", "填报单位：昌吉市商务和工信局").put(
        "L2", "单位：万元"
    )
    columns = heads(
        "序号 -|企业名称 e.name|所在镇（街道、园区） e.township|企业规模 e.scale|主要产品 e.main_product"
        "|铸造产能（万吨/年） e.capacity_t_per_year*10000|2020年产量（吨） e.output_t_per_year|产值 e.output_value_wan"
        "|熔炼设备 w|从业人员 e.employees|安全标准化 p.safety_grade.class|排污许可证号 p.pollutant_discharge.number"
    )
    lines = rows(
        """1|新疆天山铸管有限公司|昌吉高新技术产业开发区|规上|球墨铸铁排水管|2|11000|6200|@|126|二级|\
        91652301MAA73JXR02001P
        2|昌吉市永固井盖厂|二六工镇|规下|井盖|0.3|@|@|@|15|三级|91652301MAQQDQL38C001W
        3|昌吉西域铸造有限公司|大西渠镇|规下|铸钢件|0.5|2600|1480|@|33|三级|@
        4|新疆金鼎机械铸造有限公司|榆树沟镇|规下|配重铁|0.4|1900|800|@|27|三级|@
        5|昌吉市顺昌铸造厂|六工镇|规下|炉条|0.1|0|0|@|4|/|无""",
        W("5吨中频感应电炉（一拖二）", m("中频感应电炉", 5, 2)),
        N("1500-2000", "*"),
        N("约900", "*"),
        W("1t中频炉1台", m("中频炉", 1, 1)),
        W("2台1.5T中频炉、1台2T中频炉（备用）", m("中频炉", 1.5, 2), m("中频炉", 2, 1, state="standby")),
        "91652301MA3B97Y237001W",
        W("1.5吨中频电炉2台", m("中频电炉", 1.5, 2)),
        "/",
        W("冲天炉（已拆除）", m("冲天炉", state="removed")),
    )
    firms = table(page, 3, columns, lines)
    firms[4].permit("pollutant_discharge").may(standing="lacking")
    zone = firms[0].own.facts["township"]
    firms[0].own.facts["township"] = Due(zone.value, zone.cells, True)
    firms[0].own.may(park="*")


@layout
def second_changji_energy_steps(book: Layout) -> None:
    page = sheet(book, "能耗", county="昌吉市")
    page.put("A1", "昌吉市铸造企业感应电炉能耗摸底表（2022年）", merge="A1:J1")
    page.put("A2", "序号").put("B2", "企业").put("C2", "感应电炉", merge="C2:G2").put(
        "H2", "年用电", merge="H2:I2"
    ).put("J2", "说明")
    page.merge("A2:A4", "B2:B4", "J2:J4")
    page.put("C3", "炉号", merge="C3:C4").put("D3", "额定容量", merge="D3:E3").put("F3", "电气参数", merge="F3:G3")
    page.put("D4", "吨").put("E4", "壳体").put("F4", "功率kW").put("G4", "变压器kVA")
    page.put("H3", "户号", merge="H3:H4").put("I3", "电量（kWh）", merge="I3:I4")
    columns = heads(
        "- -|- e.name|- m.code|- m.capacity_t|- m.shell|- m.power_kw|- m.transformer_kva|- e.power_account_no"
        "|- e.electricity_kwh|- r"
    )
    lines = rows(
        """1|昌吉市鑫发铸造厂|1#|1.5|钢壳|1000|1250|'0601100382|1860000|
        ||2#|1.5|钢壳|1000|同上|||
        2|新疆昆仑铸业有限公司|1#|5|钢壳|3000|4000|'0601107741|@|2#炉2022年停用
        ||2#|3|钢壳|2000|2500|||
        ||3#|0.5|铝壳|350|400|||
        3|昌吉州泰和机械有限公司|A炉|1|不明|700|800|'0601100917|640000|
        4|滨湖镇铸件加工部|1#|0.25|铝壳|/|250|'0601122060|@|""",
        N("约520万", "*"),
        V("8.6万度", 86000),
    )
    firms = table(page, 5, columns, lines, head=False, down="ABHI")
    firms[0].machines[1].facts["transformer_kva"] = Due(1250, ("G5",))
    for firm in firms:
        for one in firm.machines:
            one.may(kind="induction_furnace", quantity=1, state="*")
    page.put("A13", "注：容量指单台额定容量。")


@layout
def second_zhuji_low_small_scattered(book: Layout) -> None:
    book.form = "xls"
    page = sheet(book, "低散乱", county="诸暨市")
    page.put("A1", "诸暨市整治提升“低散乱”铸造企业（作坊）名单", merge="A1:J1").put("A2", "（2020年度）", merge="A2:J2")
    columns = heads(
        "序号 -|镇乡街道 e.township|企业（作坊）名称 e.name|规模 e.scale|生产设备 w"
        "|存在的主要问题 e.problem|整治方式 e.disposition"
        "|完成期限 e.deadline|责任部门 e.responsible_unit|验收结果 plan.acceptance"
    )
    lines = rows(
        """1|店口镇|诸暨市华鑫铜业铸造厂|规下|@|无环保审批|改造提升|@|市生态环境分局|通过
        2|店口镇|祝家铸铜作坊|作坊|@|“四无”作坊|关停淘汰|@|店口镇|通过
        3|次坞镇|诸暨市次坞铸钢厂|规下|@|废气收集不到位|改造提升|@|市经信局|待验收
        4|枫桥镇|诸暨市枫江机械铸造有限公司|规上|@|砂处理粉尘|改造提升|@|市经信局|通过
        5|牌头镇|同文铸件加工点|作坊|@|无证无照|关停淘汰|2020/6/30|牌头镇|未通过""",
        W("0.5吨中频炉1台、坩埚炉3台", m("中频炉", 0.5, 1), m("坩埚炉", None, 3)),
        V("10月底前", days(None, "2020-10-31", "month")),
        W("坩埚炉两台", m("坩埚炉", None, 2)),
        V("2020年5月中旬", days("2020-05-11", "2020-05-20", "ten_days")),
        W("1吨中频炉一拖二", m("中频炉", 1, 2)),
        V("2020年11月底前", days(None, "2020-11-30", "month")),
        W("中频感应电炉 2T*2，抛丸机3台", m("中频感应电炉", 2, 2), m("抛丸机", None, 3)),
        V("2020年第三季度", days("2020-07-01", "2020-09-30", "quarter")),
        W("铝壳炉0.15吨", m("铝壳炉", 0.15)),
    )
    for firm in table(page, 3, columns, lines):
        firm.planned().may(stage="*")


@layout
def second_keqiao_power_measures(book: Layout) -> None:
    page = sheet(book, "停限电", county="柯桥区")
    page.put("A1", "柯桥区铸造企业停电、复电情况登记表", merge="A1:K1").put("A2", "登记单位：区经信局   2024年度")
    columns = heads(
        "序号 -|用电单位 e.name|街道（镇） e.township|用电户号 e.power_account_no|停电通知文号 a.power_cut.document_no"
        "|停电时间 a.power_cut.taken_on|执行单位 a.power_cut.authority|送电时间 a.power_restored.taken_on"
        "|复工复产时间 a.resumed.taken_on|铝壳炉拆除台数 -|备注 r"
    )
    lines = rows(
        """1|绍兴柯桥宏盛铸造有限公司|钱清街道|3306030118|柯经信函〔2024〕21号|@|国网柯桥供电公司|@|@||
        2|绍兴市兰亭精密铸件厂|兰亭街道|3306030559|柯经信函〔2024〕21号|@|国网柯桥供电公司|/|/||待验收
        3|绍兴越钢铸管有限公司|平水镇|3306031406|柯经信函(2024)33号|@|国网柯桥供电公司|@|不详||
        4|漓渚冶铸有限公司|漓渚镇|@|—|@|@|—|—||
        5|夏履铸铁加工厂|夏履镇|3306030087|柯经信函〔2024〕40号|@|@|||@|""",
        date(2024, 3, 8), date(2024, 5, 20), V("2024年5月下旬", days("2024-05-21", "2024-05-31", "ten_days")),
        date(2024, 3, 8), V("2024.7.15", on("2024.7.15")), V("2024年9月", on("2024年9月")),
        N("不明", "value.stated_unknown"),
        V("6月3日", days("2024-06-03", "2024-06-03", "day"), optional=True), "平水供电所",
        V("2024年四季度", days("2024-10-01", "2024-12-31", "quarter")), N("同上"), "/",
    )  # fmt: skip
    firms = table(page, 3, columns, lines)
    firms[4].actions["power_cut"].facts["authority"] = Due("平水供电所", ("G7",))


@layout
def second_shangyu_foundry_inventory(book: Layout) -> None:
    page = sheet(book, "熔化设备", county="上虞区")
    page.put("A1", "上虞区铸造熔化设备核查清单", merge="A1:M1")
    columns = heads(
        "序号 -|企业名称 e.name|设备名称 k|规格 m.capacity_t|数量(台) m.quantity"
        "|换算产能(吨) e.capacity_t_per_year|启动拆除时间 -"
        "|拆除到位时间 m.removed_on|设备去向 m.destination|出厂编号 m.serial_no|制造单位 m.maker|型号 m.model|备注 r"
    )
    stacked(page, 2, columns, {"C:E": "退出的熔化\n设备", "G:I": "拆除情况", "J:L": "铭牌信息"})
    lines = rows(
        """1|绍兴市上虞丰惠铸造厂|铝壳中频炉|@|2|1600|2021.02|2021.03|废旧回收公司|/|/|/|
        ||铝壳中频炉|@|1||2021.02|2021.03|废旧回收公司|/|/|GW-0.5|
        ||冲天炉|@|1||2021.02|@|留厂|||/|
        2|上虞章镇精密铸件有限公司|中频感应电炉|@|3|2600|2021年5月|2021年6月|厂内封存|2013-0417|西安机电|KGPS-750|\
        三台同型号
        3|上虞区驿亭阀门铸造厂|工频感应电炉|@|1|@|/|@|/|不详|/||
        4|浙江崧厦铸业有限公司|钢壳炉|@|2|3100|||||杭州四达|GW-2|未拆除""",
        V("0.5吨", 0.5),
        V("500kg", 0.5),
        N("3吨/小时"),
        V("2021年3月底前", days(None, "2021-03-31", "month")),
        V("0.75T", 0.75),
        N("0.3-0.5吨", "*"),
        "—",
        N("已拆除"),
        V("2t", 2),
    )
    firms = table(page, 4, columns, lines, head=False, down="ABF")
    cupola = firms[0].machines[2]
    cupola.facts["melt_rate_t_per_h"] = Due(3, ("D6",))
    firms[2].machines[0].facts["state"] = Due("removed", ("H8",), True)
    for firm in firms:
        for one in firm.machines:
            one.may(state="*", model="*")
        firm.action("dismantled").may(taken_on="*")


@layout
def second_shengzhou_bureau_one_line(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-8", "delimiter": ";"}
    page = sheet(book)
    columns = heads(
        "行政区划 e.county|单位名称 e.name|联系方式 e.contact_phone|行业代码 e.industry_code"
        "|行业名称 e.industry|经营状态 e.status"
        "|中心经度 e.longitude|中心纬度 e.latitude|绩效分级 e.grade|排污许可管理类别 p.pollutant_discharge.class"
        "|有效期起 p.pollutant_discharge.valid_from|有效期止 p.pollutant_discharge.valid_to"
    )
    lines = rows(
        """嵊州市|嵊州市三江铸造有限公司|13606751120|@|黑色金属铸造|在产|120.8214|29.5887|C级|简化管理|2020-08-12|\
        2025-08-11
        嵊州市|嵊州甘霖电机铸件厂|0575-83271120|@|黑色金属铸造|停产|120.7533|29.5512|D级|登记管理|2021/4/30|2026/4/29
        嵊州市|浙江长乐有色铸造有限公司|13957511288|@|有色金属铸造|在产|@|@|B级|简化管理|2022.1.6|2027.1.5
        嵊州市|嵊州市黄泽锻压厂|/|@|锻件及粉末冶金制品制造|在建|/|/|/|/|/|/""",
        V("3391", "*"), V("C3391", "*"), V("3392", "*"), V("120度39分36秒", 120.66), V("29度33分", 29.55),
        V("C3393", "*"),
    )  # fmt: skip
    table(page, 1, columns, lines)


@layout
def second_yuecheng_association_letter(book: Layout) -> None:
    book.form = "ods"
    page = sheet(book, "会员单位", county="*")
    page.put("A1", "绍兴市铸造行业协会会员单位装备情况征集表", merge="A1:I1").put(
        "A2", "请于3月15日前反馈至秘书处", merge="A2:I2"
    )
    columns = heads(
        "编号 -|会员单位全称 e.name|简称 e.short_name|厂长 e.contact_person|电炉类型 k"
        "|单台熔炼吨位/吨 m.capacity_t|台套数 m.quantity"
        "|配套变压器/KVA m.transformer_kva|是否带磁轭 m.yoke"
    )
    lines = rows(
        """1|绍兴古越重型铸造有限公司|古越重铸|裘建明|钢壳中频炉|10|2|6300|是
        ||||钢壳中频炉|5|1|3150|是
        2|绍兴东湖机床铸件厂|东湖机铸|陶志良|中频电炉（铝壳）|0.75|2|630|否
        3|浙江稽山精铸股份有限公司|稽山精铸|俞国庆|中频炉|0.15|8|@|不详
        4|绍兴皋埠铸铁有限公司|皋铁|章水根|冲天炉|@|1|/|/""",
        N("315×8", "*"),
        N("5t/h"),
    )
    firms = table(page, 3, columns, lines, down="ABCD")
    firms[3].machines[0].facts["melt_rate_t_per_h"] = Due(5, ("F8",))
    for firm in firms:
        held = firm.own.facts["contact_person"]
        firm.own.facts["contact_person"] = Due(held.value, held.cells, True)
        firm.own.may(legal_representative="*")


@layout
def second_xinchang_hidden_sheet_and_dictionary(book: Layout) -> None:
    page = sheet(book, "企业表", county="新昌县")
    columns = heads(
        "企业名称 e.name|曾用名 e.former_name|镇街 e.township|地址 e.address|建厂时间 e.established_on"
        "|状态 e.status|炉型 k"
        "|容量(t) m.capacity_t|数量 m.quantity|使用状态 m.state"
    )
    lines = rows(
        """新昌县儒岙铸造有限公司|新昌县第二铸造厂|儒岙镇|儒岙镇工业路8号|1998-07|在产|钢壳炉|1|2|在用
        新昌县儒岙铸造有限公司|新昌县第二铸造厂|儒岙镇|儒岙镇工业路8号|1998-07|在产|铝壳炉|0.5|1|封存
        新昌轴承配件铸件厂|无|七星街道|七星街道五都村|2005年3月|停产|中频炉|0.5|2|闲置
        浙江羽林精铸有限公司||羽林街道|羽林街道江北路66号|2016/4/18|在产|中频炉（钢壳）|0.25|6|在用
        沃洲铸钢有限公司|/|沃洲镇|大市聚|2011|关停退出|电弧炉|3|1|已拆除"""
    )
    table(page, 1, columns, lines)
    words = book.page("字典")
    words.row(1, ["炉型", "使用状态", "状态"]).row(2, ["铝壳炉", "在用", "在产"]).row(3, ["钢壳炉", "备用", "停产"])
    words.row(4, ["中频炉", "闲置", "在建"]).row(5, ["冲天炉", "封存", "关停退出"]).row(6, [None, "已拆除"])
    words.hidden = True
    guide = book.page("说明")
    guide.put("A1", "填报说明：请从下拉框中选择，勿改动表头。")


@layout
def second_firm_own_return(book: Layout) -> None:
    told = {
        "华强一厂": (
            "湖南华强铸业有限公司一厂",
            "骅强铸造厂",
            "欧阳华强",
            "13807460011",
            "5.2万吨",
            52000,
            "1.8亿元",
            18000,
        ),
        "华强二厂": (
            "湖南华强铸业有限公司二厂",
            "奥鑫铸造厂",
            "欧阳小强",
            "0746-2211339",
            "8000吨",
            8000,
            "2600万元",
            2600,
        ),
        "宏诚分厂": ("蓝山宏诚铸造分厂", "宏诚铸造厂", "成宏诚", "/", "/", None, "0.3亿元", 3000),
        "君雄": ("蓝山县君雄机械有限公司", "/", "雷君雄", "18974600312", "1200t", 1200, "不明", None),
    }
    furnaces = [("1号", "钢壳中频炉", 2), ("2号", "钢壳中频炉", 1), ("3号", "铝壳炉", 0.5)]
    for name, (firm, former, boss, phone, capacity, tonnes, value, wan) in told.items():
        page = sheet(book, name, county="蓝山县", township="*")
        page.put("A1", "蓝山县铸造企业自查表", merge="A1:F1").put("A2", "企业名称").put("B2", firm, merge="B2:D2")
        page.row(2, ["曾用名", former], "E").row(3, ["法定代表人", boss, "联系电话", phone, "年产能", capacity])
        page.row(4, ["年产值", value, "营业执照", "有", "排污许可", "无"])
        page.put("A5", "熔炼设备明细", merge="A5:F5").row(
            6, ["炉号", "炉型", "容量（吨）", "台数", "使用情况", "投产时间"]
        )
        one = page.firm(2, 9)
        one.says("name", "B2", firm).says("legal_representative", "B3", boss)
        if former != "/":
            one.says("former_name", "F2", former)
        if phone != "/":
            one.says("contact_phone", "D3", phone)
        if tonnes:
            one.says("capacity_t_per_year", "F3", capacity, tonnes)
        if wan:
            one.says("output_value_wan", "B4", value, wan)
        else:
            page.ask("B4", "value.stated_unknown")
        one.permit("business_licence").says("standing", "D4", "有", "held")
        one.permit("pollutant_discharge").says("standing", "F4", "无", "lacking")
        for row, (number, kind, tons) in enumerate(furnaces, 7):
            state, since = ("长期闲置", "2009年") if kind == "铝壳炉" else ("在用", "2021年9月")
            machine = one.machine(f"B{row}", kind, **m(kind)).says("code", f"A{row}", number)
            machine.says("capacity_t", f"C{row}", tons).says("quantity", f"D{row}", 1)
            machine.says("state", f"E{row}", state, "idle" if kind == "铝壳炉" else "in_use")
            machine.says("commissioned_on", f"F{row}", since, on(since))
        page.put("A10", "企业（盖章）：            填报日期：2024年5月6日", merge="A10:F10")


@layout
def second_lanshan_bureau_permits_year(book: Layout) -> None:
    page = sheet(book, "2024", county="蓝山县")
    page.put("A1", "2024年蓝山县铸造企业排污许可及执法情况", merge="A1:J1")
    columns = heads(
        "序号 -|排污单位名称 e.name|乡镇 e.township|管理类别 p.pollutant_discharge.class"
        "|许可证编号 p.pollutant_discharge.number"
        "|有效期限 -|责令改正决定书文号 a.correction_order.document_no|责令改正下达日期 a.correction_order.taken_on"
        "|限期整改通知时间 a.rectification_notice.taken_on|办结情况 e.progress"
    )
    lines = rows(
        """1|蓝山县荣鑫铸造有限公司|新圩镇|简化|91431127MARXR8FE5P001Q|@|永环蓝责改〔2024〕3号|2024-02-26|\
        2024年10月|正在整改
        2|蓝山县裕恒铸造厂|新圩镇|登记|92431127MAYX2TJP4T001X|@|永环蓝责改字[2024]第5号|2024-03-01|@|已关闭
        3|蓝山县兴鼎铸业有限公司|太平圩镇|简化|91431127MAYP74XL2B001Q|@|/|/|@|/
        4|蓝山县永盛机械厂|太平圩镇|登记|@|/|无|无|@|待核实
        =合计|4家||||||2|4|""",
        N("2020-08-10至2025-08-09"),
        N("2020.6.1至2025.5.31"),
        V("2024年10月上旬", days("2024-10-01", "2024-10-10", "ten_days")),
        N("2023年7月3日-2028年7月2日"),
        "2024/10/12",
        N("正在办理"),
        V("10月15日", days("2024-10-15", "2024-10-15", "day"), optional=True),
    )
    firms = table(page, 2, columns, lines)
    spans = [("2020-08-10", "2025-08-09"), ("2020-06-01", "2025-05-31"), ("2023-07-03", "2028-07-02")]
    for row, firm, span in zip((3, 4, 5), firms[:3], spans, strict=True):
        for name, one in zip(("valid_from", "valid_to"), span, strict=True):
            firm.permits["pollutant_discharge"].facts[name] = Due(on(one), (f"F{row}",))
    firms[3].permits["pollutant_discharge"].facts["standing"] = Due("applying", ("E6",))
