"""One firm a form: cards with labels and values, with sections and tables inside, in several kinds of file."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import ALUMINIUM, CUPOLA, MEDIUM, OTHER, STEEL_MEDIUM, K, heads, line
from tests.importers.layouts.making import Firm, Layout, Page, day, layout, month, year


def _pair(
    page: Page, label_at: str, label: str, firm: Firm, fact: str, at: str, raw: object, due: object = None
) -> None:
    page.put(label_at, label)
    firm.says(fact, at, raw, due)


@layout
def card_of_two_label_columns(book: Layout) -> None:
    page = book.page("登记表")
    page.put("A1", "铸造企业基本情况登记表", merge="A1:D1")
    firm = page.firm(2, 9)
    firm.own.may(industry="*", industry_code="*")
    page.put("A2", "企业名称")
    firm.says("name", "B2", "蓝山县宏泽铸造有限公司")
    page.merge("B2:D2")
    _pair(page, "A3", "统一社会信用代码", firm, "uscc", "B3", "91431127533314782L")
    _pair(page, "C3", "成立日期", firm, "established_on", "D3", "2009年4月16日", day("2009-04-16"))
    _pair(page, "A4", "法定代表人", firm, "legal_representative", "B4", "唐海波")
    _pair(page, "C4", "联系电话", firm, "contact_phone", "D4", "13874600121")
    _pair(page, "A5", "所属乡镇", firm, "township", "B5", "太平圩镇")
    _pair(page, "C5", "详细地址", firm, "address", "D5", "太平圩镇大坪村8组")
    _pair(page, "A6", "年产能（吨）", firm, "capacity_t_per_year", "B6", 6000)
    _pair(page, "C6", "2024年产值（万元）", firm, "output_value_wan", "D6", 2350.5)
    _pair(page, "A7", "职工人数", firm, "employees", "B7", 46)
    _pair(page, "C7", "占地面积（亩）", firm, "land_mu", "D7", 18.6)
    _pair(page, "A8", "生产状态", firm, "status", "B8", "停产", "suspended")
    _pair(page, "C8", "是否规上", firm, "scale", "D8", "否", "below")
    page.put("A9", "主要熔炼设备")
    firm.machine("B9", "1.5吨中频炉2台、抛丸机1台", capacity_t=1.5, quantity=2, **MEDIUM)
    firm.machine("B9", "1.5吨中频炉2台、抛丸机1台", quantity=1, **OTHER)
    page.merge("B9:D9")


@layout
def card_with_sections_and_tables_inside(book: Layout) -> None:
    page = book.page("一企一档")
    page.put("A1", "企业“一企一档”信息表", merge="A1:F1")
    page.put("A2", "一、基本情况", merge="A2:F2")
    firm = page.firm(3, 16)
    page.put("A3", "单位名称")
    firm.says("name", "B3", "定襄县恒固法兰锻造有限公司")
    page.merge("B3:C3", "E3:F3", "B4:C4", "E4:F4")
    _pair(page, "D3", "社会信用代码", firm, "uscc", "E3", "91140921707124816H")
    _pair(page, "A4", "法人代表", firm, "legal_representative", "B4", "智建国")
    _pair(page, "D4", "所在村", firm, "village", "E4", "西河头村")
    page.put("A5", "二、主要设备", merge="A5:F5")
    columns = [
        ("序号", None),
        ("设备名称", "m.name"),
        ("规格型号", "m.model"),
        ("数量（台）", "m.quantity"),
        ("投运时间", "m.commissioned_on"),
        ("使用状态", "m.state"),
    ]
    heads(page, 6, columns)
    gas = {"kind": "heating_furnace", "fuel": "natural_gas"}
    rows = [
        [1, K("天然气加热炉", gas), "TRL-3", 2, "2018.05", "在用"],
        [2, K("台车式热处理炉", {"kind": "heat_treatment_furnace"}), "RT2-90", 1, "2016.11", "闲置"],
        [3, K("电动螺旋压力机", OTHER), "J58K-630", 1, "2020.03", "在用"],
    ]
    for row, values in enumerate(rows, 7):
        line(
            page,
            row,
            [(h, None if p in ("m.commissioned_on", "m.state") else p) for h, p in columns],
            values,
            firm=firm,
        )
        when = str(values[4]).replace(".", "-")
        firm.machines[-1].says("commissioned_on", f"E{row}", values[4], month(when))
        firm.machines[-1].says("state", f"F{row}", values[5], "idle" if values[5] == "闲置" else "in_use")
    page.put("A10", "三、环保手续", merge="A10:F10")
    page.row(11, ["环评批复文号", None, None, "环评批复时间"])
    firm.permit("eia").says("number", "B11", "忻环评函〔2017〕62号").may(standing="held")
    firm.permit("eia").says("valid_from", "E11", "2017年8月", month("2017-08"))
    page.row(12, ["排污许可证编号", None, None, "管理类别"])
    firm.permit("pollutant_discharge").says("number", "B12", "91140921707124816H001Q").may(standing="held")
    firm.permit("pollutant_discharge").says("class", "E12", "简化管理", "simplified")
    page.row(13, ["有效期至"])
    firm.permit("pollutant_discharge").says("valid_to", "B13", "2028-06-30", day("2028-06-30"))
    page.put("A14", "四、存在问题及整改", merge="A14:F14")
    _pair(page, "A15", "存在问题", firm, "problem", "B15", "热处理工段未安装集气罩")
    _pair(
        page,
        "A16",
        "整改时限",
        firm,
        "deadline",
        "B16",
        "2025年6月底前",
        {"from": None, "to": "2025-06-30", "precision": None},
    )


@layout
def card_of_four_label_columns(book: Layout) -> None:
    book.form = "xls"
    page = book.page("Sheet1")
    page.put("A1", "工业企业调查表", merge="A1:H1")
    firm = page.firm(2, 5)
    _pair(page, "A2", "企业全称", firm, "name", "B2", "嵊州市五联机械铸件厂")
    _pair(page, "C2", "信用代码", firm, "uscc", "D2", "91330681MATLDU8966")
    _pair(page, "E2", "负责人", firm, "legal_representative", "F2", "竺利军")
    _pair(page, "G2", "手机号码", firm, "contact_phone", "H2", "13967500342")
    _pair(page, "A3", "镇街", firm, "township", "B3", "甘霖镇")
    _pair(page, "C3", "村（社区）", firm, "village", "D3", "苍岩村")
    _pair(page, "E3", "主要产品", firm, "main_product", "F3", "缝纫机机头铸件")
    _pair(page, "G3", "从业人数", firm, "employees", "H3", "35人", 35)
    _pair(page, "A4", "年产量", firm, "output_t_per_year", "B4", "0.32万吨", 3200)
    _pair(page, "C4", "年产值", firm, "output_value_wan", "D4", "1680万元", 1680)
    _pair(page, "E4", "年用电量", firm, "electricity_kwh", "F4", "215万千瓦时", 2150000)
    page.put("G4", "投产时间")
    firm.says("established_on", "H4", "2006年", year(2006), optional=True)
    page.put("A5", "熔炼设备")
    page.merge("B5:H5")
    words = "0.75吨铝壳炉2台，其中1台闲置"
    when = {"commissioned_on": year(2006)}
    firm.machine("B5", words, **ALUMINIUM, capacity_t=0.75).may(quantity="*", state="*", **when)
    firm.machine().may(**ALUMINIUM, capacity_t=0.75, quantity=1, state="*", **when)


@layout
def cards_one_under_another(book: Layout) -> None:
    page = book.page("登记卡")
    firms = [
        ("昌吉市瑞丰耐磨铸造厂", "91652301681273898J", "马建军", "二六工镇", "3000吨", 3000, "有", "held"),
        ("新疆天盾机械制造有限公司", "91652301557337962N", "王疆生", "滨湖镇", "0.8万吨", 8000, "无", "lacking"),
        (
            "昌吉市北辰钢球有限公司",
            "91652301683613948B",
            "李新民",
            "大西渠镇",
            "1.2万吨/年",
            12000,
            "正在办理",
            "applying",
        ),
    ]
    for number, (name, code, boss, town, raw, capacity, mark, standing) in enumerate(firms):
        top = 1 + number * 6
        page.put(f"A{top}", f"铸造企业登记卡（{number + 1}）", merge=f"A{top}:D{top}")
        firm = page.firm(top + 1, top + 4)
        firm.own.may(industry="*", industry_code="*")
        page.put(f"A{top + 1}", "企业名称")
        firm.says("name", f"B{top + 1}", name)
        page.merge(f"B{top + 1}:D{top + 1}")
        _pair(page, f"A{top + 2}", "统一社会信用代码", firm, "uscc", f"B{top + 2}", code)
        _pair(page, f"C{top + 2}", "法定代表人", firm, "legal_representative", f"D{top + 2}", boss)
        _pair(page, f"A{top + 3}", "所属乡镇", firm, "township", f"B{top + 3}", town)
        _pair(page, f"C{top + 3}", "设计产能", firm, "capacity_t_per_year", f"D{top + 3}", raw, capacity)
        page.put(f"A{top + 4}", "环评手续")
        firm.permit("eia").says("standing", f"B{top + 4}", mark, standing)
        page.put(f"C{top + 4}", "包片干部")
        firm.extra("包片干部", f"D{top + 4}", "马某")


@layout
def cards_one_a_sheet_in_ods(book: Layout) -> None:
    book.form = "ods"
    firms = [
        ("华兴", "永州华兴铸业有限公司", "周明亮", "13337461800", "2.5万吨", 25000, "2台5吨中频炉（钢壳）"),
        ("友谊", "江永友谊管件厂", "何爱民", "15274600655", "4500吨", 4500, "1台3吨中频炉（钢壳）"),
    ]
    for sheet, name, boss, phone, raw, capacity, words in firms:
        page = book.page(sheet)
        page.put("A1", "企业情况调查表", merge="A1:D1")
        firm = page.firm(2, 5)
        _pair(page, "A2", "公司名称", firm, "name", "B2", name)
        _pair(page, "C2", "公司法人", firm, "legal_representative", "D2", boss)
        _pair(page, "A3", "联系方式", firm, "contact_phone", "B3", phone)
        _pair(page, "C3", "核定产能", firm, "capacity_t_per_year", "D3", raw, capacity)
        page.put("A4", "熔炼设备情况")
        firm.machine("B4", words, **STEEL_MEDIUM, quantity=int(words[0]), capacity_t=int(words[2]))
        page.merge("B4:D4")
        _pair(page, "A5", "备注", firm, "remark", "B5", "已纳入今年技改计划")


@layout
def card_as_a_page_in_gb2312(book: Layout) -> None:
    book.form, book.options = "html", {"encoding": "gb2312", "named": "xls"}
    page = book.page()
    page.put("A1", "企业信息卡", merge="A1:D1")
    firm = page.firm(2, 6)
    page.put("A2", "企业名称")
    firm.says("name", "B2", "诸暨市盛达阀门铸造有限公司")
    page.merge("B2:D2")
    _pair(page, "A3", "营业执照注册号", firm, "registration_no", "B3", "330681000012340")
    _pair(page, "C3", "业主", firm, "legal_representative", "D3", "楼国平")
    _pair(page, "A4", "注册地址", firm, "address", "B4", "诸暨市店口镇工业路26号")
    _pair(page, "C4", "注册时间", firm, "established_on", "D4", "2003-9-8", day("2003-09-08"))
    _pair(page, "A5", "绩效分级", firm, "grade", "B5", "C级", "C")
    _pair(page, "C5", "规上/规下", firm, "scale", "D5", "规上", "above")
    page.put("A6", "排污许可证")
    firm.permit("pollutant_discharge").says("standing", "B6", "已办", "held")
    page.put("C6", "环保验收")
    firm.permit("eia_acceptance").says("standing", "D6", "未办", "lacking")


@layout
def card_whose_cells_hold_label_and_value(book: Layout) -> None:
    book.form = "xls"
    page = book.page("企业卡片")
    page.put("A1", "企业排查卡片", merge="A1:B1")
    firm = page.firm(2, 6)
    firm.says("name", "A2", "企业名称：祁阳市振兴铸件加工厂", "祁阳市振兴铸件加工厂")
    firm.says("uscc", "B2", "统一社会信用代码：91431127MA32HQ8H84", "91431127MA32HQ8H84")
    firm.says("legal_representative", "A3", "法定代表人：蒋小平", "蒋小平")
    firm.says("contact_phone", "B3", "联系电话：18974612233", "18974612233")
    firm.says("address", "A4", "生产地址：观音滩镇石洞源村", "观音滩镇石洞源村")
    firm.says("employees", "B4", "职工人数：21人", 21)
    firm.says("capacity_t_per_year", "A5", "年产能：2000吨", 2000)
    firm.says("status", "B5", "生产状态：在产", "producing")
    firm.says("problem", "A6", "存在问题：无组织排放严重", "无组织排放严重")
    page.merge("A6:B6")


@layout
def card_with_boxes_to_tick(book: Layout) -> None:
    page = book.page("入户核查表")
    page.put("A1", "铸造企业入户核查表", merge="A1:D1")
    page.put("A2", "核查日期：2025年3月12日")
    page.merge("A2:D2")
    firm = page.firm(3, 8)
    firm.own.may(industry="*", industry_code="*")
    _pair(page, "A3", "被核查单位", firm, "name", "B3", "蓝山县鑫源铸钢有限公司")
    _pair(page, "C3", "联系人", firm, "contact_person", "D3", "彭勇")
    page.put("A4", "生产状态")
    firm.says("status", "B4", "□在产  ☑停产  □关停退出", "suspended")
    page.put("C4", "企业规模")
    firm.says("scale", "D4", "☑规上 □规下", "above")
    page.put("A5", "环评批复")
    firm.permit("eia").says("standing", "B5", "☑有 □无", "held")
    page.put("C5", "排污许可证")
    firm.permit("pollutant_discharge").says("standing", "D5", "□有 ☑无", "lacking")
    page.put("A6", "熔炼设备")
    firm.machine("B6", "5t/h冲天炉1台；1t中频炉1台", **CUPOLA, quantity=1, melt_rate_t_per_h=5)
    firm.machine("B6", "5t/h冲天炉1台；1t中频炉1台", **MEDIUM, quantity=1, capacity_t=1)
    page.merge("B6:D6")
    _pair(page, "A7", "存在问题", firm, "problem", "B7", "冲天炉未配套脱硫设施")
    page.merge("B7:D7")
    page.put("A8", "核查人签字：")
    page.put("C8", "企业负责人签字：")


@layout
def card_with_group_labels_merged_down(book: Layout) -> None:
    page = book.page("企业档案")
    page.put("B2", "企业环保档案", merge="B2:F2")
    firm = page.firm(3, 10)
    page.put("B3", "企业信息", merge="B3:B6")
    _pair(page, "C3", "企业名称", firm, "name", "D3", "繁峙县金泰球团有限公司")
    page.merge("D3:F3")
    _pair(page, "C4", "统一社会信用代码", firm, "uscc", "D4", "91140921MAU4786Q6Q")
    page.merge("D4:F4")
    _pair(page, "C5", "法定代表人", firm, "legal_representative", "D5", "郝志强")
    _pair(page, "E5", "联系电话", firm, "contact_phone", "F5", "13835031177")
    _pair(page, "C6", "行业类别", firm, "industry", "D6", "铁矿采选")
    _pair(page, "E6", "行业代码", firm, "industry_code", "F6", "0810")
    page.put("B7", "环保手续", merge="B7:B8")
    page.put("C7", "环评批复文号")
    firm.permit("eia").says("number", "D7", "忻环函[2012]118号").may(standing="held")
    page.put("E7", "批复时间")
    firm.permit("eia").says("valid_from", "F7", "2012.7.19", day("2012-07-19"))
    page.put("C8", "排污许可证编号")
    firm.permit("pollutant_discharge").says("number", "D8", "91140921MAU4786Q6Q001P").may(standing="held")
    page.put("E8", "许可证有效期至")
    firm.permit("pollutant_discharge").says("valid_to", "F8", "2027.11.5", day("2027-11-05"))
    page.put("B9", "生产设施", merge="B9:B10")
    page.put("C9", "主要设备")
    firm.machine("D9", "10㎡球团竖炉2座", kind="pellet_shaft_furnace", quantity=2)
    page.put("E9", "治理设施")
    page.put("F9", "湿法脱硫+布袋除尘")
    firm.machines[-1].says("abatement", "F9", "湿法脱硫+布袋除尘", optional=True)
    firm.own.says("abatement_state", "F9", "湿法脱硫+布袋除尘", optional=True)
    _pair(page, "C10", "设计产能", firm, "capacity_t_per_year", "D10", "60万吨/年", 600000)
    _pair(page, "E10", "整治方式", firm, "disposition", "F10", "就地改造")
