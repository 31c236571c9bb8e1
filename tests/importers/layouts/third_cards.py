"""Forms of the third set: one firm's file, firms side by side, answers behind colons."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, Page, W, layout
from tests.importers.layouts.third_pieces import card, m, sheet, turned


def _file(page: Page, row: int, lines: str, *more: object, title: str = "", wide: int = 4) -> None:
    page.put(f"A{row}", title, merge=f"A{row}:{'ABCDEFGH'[wide - 1]}{row}")
    card(page, row + 1, lines, *more, wide=wide)


@layout
def third_one_firm_one_file(book: Layout) -> None:
    """一企一档: a sheet a firm, labels left and values right, machines in words, a signature below."""
    told = {
        "01兴隆": ("""企业名称 e.name|蓝山县兴隆铸造厂|信用代码 e.uscc|$301
            法人代表 e.legal_representative|雷兴隆|手机号码 e.contact_phone|13907461133
            厂址 e.address|新圩镇下坊村|占地 e.land_mu|5.2亩=>5.2
            职工 e.employees|14人=>14|投产年份 e.established_on|2008年=>~2008
            熔炼设备 w|@
            环评手续 p.eia.standing|有|排污许可 p.pollutant_discharge.standing|在办
            目前状态 e.status|停产|整改类别 e.disposition|整合提升""",
                   W("0.5吨铝壳炉1台（已拆除），1吨钢壳炉1台", m("铝壳炉", 0.5, 1, state="removed"),
                     m("钢壳炉", 1, 1))),
        "02富源": ("""企业名称 e.name|蓝山县富源机械铸件有限公司|信用代码 e.uscc|$302
            法人代表 e.legal_representative|黄富源|手机号码 e.contact_phone|/
            厂址 e.address|太平圩镇竹市村|占地 e.land_mu|约20亩=>?
            职工 e.employees|４６人=>46|投产年份 e.established_on|2015年6月=>~2015-06
            熔炼设备 w|@
            环评手续 p.eia.standing|有|排污许可 p.pollutant_discharge.standing|有
            目前状态 e.status|在产|整改类别 e.disposition|转型升级""",
                   W("钢壳中频炉3台，每台2吨", m("钢壳中频炉", 2, 3))),
        "03老李": ("""企业名称 e.name|老李铸锅坊|信用代码 e.uscc|无=>!
            法人代表 e.legal_representative|李解放|手机号码 e.contact_phone|0746-2260033
            厂址 e.address|土市镇集镇|占地 e.land_mu|0.8亩=>0.8
            职工 e.employees|3人=>3|投产年份 e.established_on|不详
            熔炼设备 w|@
            环评手续 p.eia.standing|无|排污许可 p.pollutant_discharge.standing|无
            目前状态 e.status|已关停|整改类别 e.disposition|关停退出""",
                   W("冲天炉一台（2023年已拆除）", m("冲天炉", None, 1, state="removed", removed_on="*"))),
    }  # fmt: skip
    for name, (lines, machines) in told.items():
        page = sheet(book, name, county="蓝山县")
        _file(page, 1, lines, machines, title="蓝山县铸造企业“一企一档”登记卡")
        page.put("A9", "建档人：邓某").put("C9", "建档日期：2024.8.20")
    _loosen(book.pages[2])


def _loosen(page: Page) -> None:
    one = page.firms[0].machines[0]
    one.facts["removed_on"] = Due({"from": "2023-01-01", "to": "2023-12-31", "precision": None}, (), True)


@layout
def third_two_cards_on_a_sheet(book: Layout) -> None:
    """Two cards one below the other on one sheet, a blank row between."""
    page = sheet(book, "登记表", county="江永县", township="桃川镇")
    for row, lines in (
        (1, """单位名称 e.name|桃川宏发铸件厂|负责人 e.legal_representative|周宏发
            联系电话 e.contact_phone|13874655201|所在村 e.village|石枧村
            年产量（吨） e.output_t_per_year|420|年用电（度） e.electricity_kwh|310000
            环评批复文号 p.eia.number|江环评〔2018〕9号|环保验收 p.eia_acceptance.standing|未办"""),
        (8, """单位名称 e.name|江永县桃源耐磨材料有限公司|负责人 e.legal_representative|何桃源
            联系电话 e.contact_phone|0746-5750218|所在村 e.village|所城村
            年产量（吨） e.output_t_per_year|1850|年用电（度） e.electricity_kwh|1204500
            环评批复文号 p.eia.number|永环评（2020）27号|环保验收 p.eia_acceptance.standing|已办"""),
    ):  # fmt: skip
        page.put(f"A{row}", "桃川镇铸造企业基本情况登记表", merge=f"A{row}:D{row}")
        card(page, row + 1, lines)


@layout
def third_firms_side_by_side(book: Layout) -> None:
    """A turned table: what is asked stands down the left, each firm has a column."""
    page = sheet(book, "对照表", county="昌吉市")
    page.put("A1", "昌吉市铸造企业基本情况对照表", merge="A1:E1")
    lines = """企业名称 e.name|昌吉市永固铸造有限公司|昌吉市六工井盖厂|新疆西部铸管有限公司|昌吉市佳美铸锻厂
        所在乡镇 e.township|滨湖镇|六工镇|榆树沟镇|二六工镇
        法定代表人 e.legal_representative|马建军|沙吾提|田永强|丁文
        职工人数 e.employees|33|9|120|/
        年产能（吨） e.capacity_t_per_year|6000|1500|20000|800
        2022年产值（万元） e.output_value_wan|3100|420|9980|不明
        规模 e.scale|规下|规下|规上|规下
        环评手续 p.eia.standing|有|无|有|无
        安全标准化等级 p.safety_grade.class|三级|/|二级|/
        存在问题 e.problem|无=>!|未批先建|粉尘无组织排放|长期停产"""
    turned(page, 2, lines)


@layout
def third_turned_with_units(book: Layout) -> None:
    """A turned table with a column of units between what is asked and the firms."""
    page = sheet(book, "指标", county="*")
    page.put("A1", "法兰锻造企业主要指标（2024年）")
    page.row(2, ["指标名称", "计量单位"]).row(3, ["从业人员", "人"]).row(4, ["年产量", "万吨"]).row(
        5, ["年产值", "亿元"]
    )
    page.row(6, ["上缴税金", "万元"]).row(7, ["用电量", "万千瓦时"]).row(8, ["占地面积", "亩"]).row(
        9, ["联系电话", "—"]
    )
    told = (
        ("C", "山西宝泰法兰集团有限公司", 410, 5.2, 4.6, 1380, 2210.5, 145, "0350-6098801"),
        ("D", "定襄县晋昌锻造有限公司", 65, 0.82, 0.55, 96, 238, 22, "13513508890"),
        ("E", "定襄县智家庄环锻厂", 23, 0.3, 0.19, 28.5, 90, 9.6, "15835066712"),
    )
    for letter, name, people, output, value, tax, power, land, phone in told:
        one = page.firm(2, 9).says("name", f"{letter}2", name).says("employees", f"{letter}3", people)
        one.says("output_t_per_year", f"{letter}4", output, round(output * 10000, 6))
        one.says("output_value_wan", f"{letter}5", value, round(value * 10000, 6)).says("tax_wan", f"{letter}6", tax)
        one.says("electricity_kwh", f"{letter}7", power, round(power * 10000, 6)).says("land_mu", f"{letter}8", land)
        one.says("contact_phone", f"{letter}9", phone)


@layout
def third_form_with_a_table_inside(book: Layout) -> None:
    """A form of a firm with its furnaces as a small table below, headed by a band."""
    for name, lines, furnaces in (
        ("宏业", """企业名称 e.name|嘉禾县宏业机械铸造有限公司|统一社会信用代码 e.uscc|$311
            法定代表人 e.legal_representative|李宏业|联系电话 e.contact_phone|13973578801
            生产状态 e.status|在产|绩效等级 e.grade|B级""",
         [("1#", "中频炉", 2, 1500, "在用"), ("2#", "中频炉", 2, 1500, "备用"), ("3#", "退火炉", 5, None, "在用")]),
        ("兴泰", """企业名称 e.name|嘉禾县兴泰铸件厂|统一社会信用代码 e.uscc|$312
            法定代表人 e.legal_representative|胡兴泰|联系电话 e.contact_phone|13507355662
            生产状态 e.status|停产|绩效等级 e.grade|D级""",
         [("1#", "铝壳炉", 0.5, 300, "封存")]),
    ):  # fmt: skip
        page = sheet(book, name, county="嘉禾县")
        page.put("A1", "嘉禾县铸造企业信息表", merge="A1:E1")
        page.put("A2", "一、基本情况")
        one = card(page, 3, lines, area="431024")
        page.put("A6", "二、熔炼（加热）设备情况").row(
            7, ["炉号", "设备类型", "吨位（吨）", "功率（千瓦）", "使用状态"]
        )
        states = {"在用": "in_use", "备用": "standby", "封存": "sealed"}
        for row, (code, kind, tons, power, state) in enumerate(furnaces, 8):
            one.rows.append(row)
            machine = one.machine().says("code", f"A{row}", code)
            page.put(f"B{row}", kind)
            for fact, value in m(kind).items():
                machine.says(fact, None, None, value).facts[fact] = Due(value, (f"B{row}",))
            machine.says("capacity_t", f"C{row}", tons).says("state", f"E{row}", state, states[state])
            if power:
                machine.says("power_kw", f"D{row}", power)


@layout
def third_labels_above_values(book: Layout) -> None:
    """A card of bands: a row of labels, under it the row of their values, three times over."""
    page = sheet(book, "企业卡", county="长兴县")
    page.put("A1", "长兴县铸造企业信息采集卡", merge="A1:D1")
    one = page.firm(2, 3, 4, 5, 6, 7)
    page.row(2, ["企业名称", "统一社会信用代码", "法定代表人", "联系电话"])
    one.says("name", "A3", "长兴县煤山铸造有限公司").says("uscc", "B3", "91330522MA0395950N")
    one.says("legal_representative", "C3", "徐煤生").says("contact_phone", "D3", "13868200911")
    page.row(4, ["详细地址", "占地面积（亩）", "职工人数（人）", "年产能（吨）"])
    one.says("address", "A5", "煤山镇工业集中区").says("land_mu", "B5", 18.5).says("employees", "C5", 52)
    one.says("capacity_t_per_year", "D5", 8000)
    page.row(6, ["环评批复文号", "排污许可证编号", "绩效等级", "存在问题"])
    one.permit("eia").says("number", "A7", "长环建〔2017〕118号").may(standing="held")
    one.permit("pollutant_discharge").says("number", "B7", "91330522MA0395950N001U").may(standing="held")
    one.says("grade", "C7", "C级", "C").says("problem", "D7", "造型工段无除尘")
    one.own.may(township="煤山镇", village="*", park="*")


@layout
def third_answers_behind_colons(book: Layout) -> None:
    """A visit's record: each cell holds its label, a colon and the answer."""
    page = sheet(book, "巡查记录", county="蓝山县")
    page.put("A1", "铸造企业日常巡查记录", merge="A1:C1")
    one = page.firm(2, 3, 4, 5, 6)
    one.says("name", "A2", "企业名称：蓝山县金石铸造有限公司", "蓝山县金石铸造有限公司")
    one.says("legal_representative", "B2", "法人代表：盘金石", "盘金石")
    one.says("contact_phone", "C2", "联系电话：13874677120", "13874677120")
    one.says("township", "A3", "所属乡镇：楠市镇", "楠市镇").says("status", "B3", "生产状态：停产", "suspended")
    one.says("power_account_no", "C3", "用电户号：0302210042", "0302210042")
    one.says("problem", "A4", "存在问题：环保设施未验收", "环保设施未验收").says(
        "measures", "B4", "整改措施：委托第三方验收", "委托第三方验收"
    )
    one.says("deadline", "C4", "整改时限：2025年12月31日前", {"from": None, "to": "2025-12-31", "precision": "day"})
    page.put("A6", "巡查人：雷某、成某").put("C6", "巡查日期：2025年11月5日")


@layout
def third_turned_furnaces(book: Layout) -> None:
    """A turned table of firms with two furnaces each under bands: 1号炉, 2号炉."""
    page = sheet(book, "炉子", county="江永县")
    page.put("A1", "江永县铸造企业电炉参数表", merge="A1:D1")
    lines = """厂名 e.name|江永县永鑫铸造厂|夏层铺金属铸件厂|江永县大远铸造有限公司
        电话 e.contact_phone|13574600118|15200511007|13874653320
        1号炉类型 k1|铝壳中频炉|钢壳中频炉|钢壳中频炉
        1号炉容量（吨） m1.capacity_t|0.5|1|2
        1号炉功率（KW） m1.power_kw|300|700|1250
        1号炉现状 m1.state|闲置|在用|在用
        2号炉类型 k2||铝壳炉|钢壳中频炉
        2号炉容量（吨） m2.capacity_t||0.25|2
        2号炉功率（KW） m2.power_kw||不明|1250
        2号炉现状 m2.state||已拆除|备用"""
    firms = turned(page, 2, lines)
    for firm in firms:
        for one in firm.machines:
            one.may(code="*")
    page.put("A13", "注：1号炉、2号炉按安装先后编号。")
