"""Lists of the third set about papers: permits, approvals, registrations, what is lacking."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, layout
from tests.importers.layouts.third_pieces import credit, heads, sheet, stack, table


@layout
def third_permit_platform_export(book: Layout) -> None:
    """The list that the national permit platform gives out: 有效期限 as one cell, 行业类别 in words."""
    book.form, book.options = "html", {"named": "xls", "encoding": "utf-8"}
    page = sheet(book, county="*")
    columns = heads(
        "序号 -|省份 -|地市 -|区县 e.county|许可证编号 p.pollutant_discharge.number|单位名称 e.name"
        "|行业类别 e.industry|有效期限 v:pollutant_discharge"
        "|管理类别 p.pollutant_discharge.class"
    )
    codes = [f"{credit(at, '140921')}001{sign}" for at, sign in ((101, "P"), (102, "Q"), (103, "U"), (104, "R"))]
    lines = f"""1|山西省|忻州市|定襄县|{codes[0]}|山西金瑞高压环件有限公司|锻件及粉末冶金制品制造|\
        2023-08-17至2028-08-16|简化管理
        2|山西省|忻州市|定襄县|{codes[1]}|定襄县昌达锻造有限公司|锻件及粉末冶金制品制造|2020-07-29至2025-07-28|简化管理
        3|山西省|忻州市|定襄县|{codes[2]}|山西双环重工集团有限公司|锻件及粉末冶金制品制造，热处理|\
        2022-12-01至2027-11-30|重点管理
        4|山西省|忻州市|定襄县|{codes[3]}|定襄县宝隆铸业有限公司|黑色金属铸造|2021-03-05至2026-03-04|重点管理"""
    table(page, 1, columns, lines)


@layout
def third_eia_register(book: Layout) -> None:
    """审批股's register of EIA approvals, one project a row; acceptance beside it."""
    page = sheet(book, "环评审批", county="蓝山县")
    page.put("A1", "2016-2023年铸造类建设项目环评审批及验收登记表", merge="A1:J1")
    columns = heads(
        "序号 -|项目名称 x|建设单位 e.name|建设地点 e.address|环评文件类型 x|审批文号 p.eia.number"
        "|审批部门 p.eia.issuer"
        "|审批日期 ?p.eia.valid_from|环保竣工验收 p.eia_acceptance.standing|备注 e.remark"
    )
    lines = """1|年产3000吨机械铸件项目|蓝山县瑞丰铸造有限公司|新圩镇工业小区|报告表|蓝环评〔2016〕22号|\
        蓝山县环境保护局|2016-09-12|已验收|
        2|年产5000吨耐磨铸件技改项目|蓝山县鼎鑫耐磨材料有限公司|太平圩镇下洞村|报告表|永蓝环评[2019]5号|\
        永州市生态环境局蓝山分局|2019.4.30|已验收|2021年自主验收
        3|年产800吨铸锅生产线|太平圩永和铸锅厂|太平圩镇竹市村|登记表|蓝环登(2017)08号|蓝山县环境保护局|2017年6月|\
        未验收=>lacking|
        4|年产1.2万吨精密铸件项目|蓝山县中信精密铸造有限公司|新圩镇大洞铸造产业园|报告书|永环评〔2022〕61号|\
        永州市生态环境局|2022-11-8|正在办理|分期建设"""
    table(page, 2, columns, lines)


@layout
def third_papers_with_legend(book: Layout) -> None:
    """A matrix of papers with a legend of marks above it; townships merged down."""
    page = sheet(book, "手续矩阵", county="嘉禾县")
    page.put("A1", "嘉禾县铸锻造企业证照手续“六个一”排查表", merge="A1:J1")
    page.put("A2", "说明：√表示已办，△表示正在办，×表示未办，/表示不涉及", merge="A2:J2")
    columns = heads(
        "乡镇 e.township|序号 -|企业名称 e.name|营业执照 p.business_licence.standing"
        "|立项备案 p.project_filing.standing|用地 p.land.standing"
        "|环评 p.eia.standing|排污许可 p.pollutant_discharge.standing|节能审查 p.energy_review.standing"
        "|消防 p.fire.standing"
    )
    stack(page, 3, columns, {"D:J": "手续办理情况"})
    lines = """坦坪镇|1|嘉禾县飞恒合金铸造有限公司|√|√|√|√|√|/|√
        坦坪镇|2|嘉禾县坦坪兴发铸件厂|√|×|△=>applying|√|×|/|×
        坦坪镇|3|嘉禾县众合铸业有限公司|√|√|√|√|△=>applying|△=>applying|×
        塘村镇|4|嘉禾县塘村锻造农具厂|√|×|×|×|×|/|×
        塘村镇|5|嘉禾县巨人机床铸造有限公司|√|√|√|√|√|√|△=>applying"""
    firms = table(page, 5, columns, lines, head=False)
    page.cells = {cell: raw for cell, raw in page.cells.items() if cell not in ("A6", "A7", "A9")}
    page.merge("A5:A7", "A8:A9")
    for at, firm in enumerate(firms):
        held = firm.own.facts["township"]
        firm.own.facts["township"] = type(held)(held.value, ("A5",) if at < 3 else ("A8",))
        if at in (0, 1, 3):  # 不涉及, by the legend
            firm.permit("energy_review").may(standing="not_required")


@layout
def third_safety_standard_grades(book: Layout) -> None:
    """应急局's list of 标准化 grades and fire papers; valid for three years, told by its end."""
    book.form = "xls"
    page = sheet(book, "标准化达标", county="昌吉市")
    page.put("A1", "昌吉市金属冶炼（铸造）企业安全生产标准化达标情况", merge="A1:I1")
    columns = heads(
        "序号 -|企业名称 e.name|规模 e.scale|从业人员（人） e.employees|达标等级 p.safety_grade.class"
        "|证书编号 p.safety_grade.number"
        "|发证单位 p.safety_grade.issuer|证书有效期至 p.safety_grade.valid_to|消防验收（备案） p.fire.standing"
    )
    stack(page, 2, columns, {"E:H": "安全生产标准化"})
    lines = """1|昌吉市西域铸管有限责任公司|规上|86|二级|AQBIIYJ2022000315|自治区应急管理厅|2025年6月|有
        2|昌吉市盛达井盖厂|规下|18|三级|新AQBJXIII202100087|昌州应急管理局|2024-12-31|有
        3|新疆博格达铸造有限公司|规下|25|三级|新AQBJXIII202200113|昌州应急管理局|2025.4.15|无
        4|滨湖镇通达机械配件厂|规下|7|/|/|/|/|无"""
    table(page, 4, columns, lines, head=False)
    page.put("A9", "填报人：玛某    审核：周某")


@layout
def third_project_land_energy(book: Layout) -> None:
    """发改局's list of 备案, 用地 and 节能 with their numbers; the heads wrapped within the cell."""
    page = sheet(book, county="蓝山县")
    page.put("A1", "铸造项目立项、用地、节能审查及产能置换情况")
    columns = heads(
        "序\\n号 -|申报\\n单位 e.name|统一社会\\n信用代码 e.uscc|项目备案\\n编号 p.project_filing.number"
        "|不动产权\\n证号 p.land.number"
        "|节能审查\\n意见文号 p.energy_review.number|产能置换\\n公告文号 p.capacity_swap.number"
        "|设计年产能\\n（万吨） e.capacity_t_per_year*10000"
    )
    lines = """1|蓝山县兴华铸造有限公司|$111|2019-431127-33-03-012345|湘(2020)蓝山县不动产权第0003321号|\
        蓝发改能审〔2020〕3号|湘工信装备〔2020〕56号|1.5
        2|蓝山县永旺机械铸件有限公司|$112|2021-431127-33-03-066218|湘（2021）蓝山县不动产权第0007718号|\
        永发改节能[2021]19号|/|3
        3|毛俊镇大坪铸件厂|$113|无=>!||||0.08
        4|蓝山县源峰金属制品有限公司|$114|蓝发改备（2017）45号|蓝国用（2012）第1187号|蓝发改能审﹝2017﹞1号||0.6"""
    table(page, 2, columns, lines)


@layout
def third_licences_of_market_bureau(book: Layout) -> None:
    """市监局's list of licences: 18 and 15 signs under one head, the firms' former names in brackets."""
    page = sheet(book, "市监局", county="江永县")
    page.put("A1", "江永县铸造类市场主体登记信息（截至2024年5月31日）", merge="A1:H1")
    columns = heads(
        "序号 -|名称 e.name|统一社会信用代码/注册号 e.uscc|法定代表人（经营者） e.legal_representative|住所 e.address"
        "|成立日期 e.established_on|营业执照状态 p.business_licence.standing|登记机关 ?p.business_licence.issuer"
    )
    lines = """1|江永县湘永铸造有限公司|$121|蒲建国|江永县潇浦镇工业大道18号|2013-05-08|有效=>held|江永县市场监督管理局
        2|江永县桃川永盛铸件厂（曾用名：桃川农机铸造厂）=>江永县桃川永盛铸件厂|$122|周光荣|桃川镇石枧村|1998-11-23|\
        有效=>held|江永县市场监督管理局
        3|上江圩铸锅社|431125600012345=>!|唐跃进|上江圩镇上街|1993年3月|已吊销|江永县工商行政管理局
        4|江永县源口金属制品厂|$123|何海生|源口瑶族乡源口街|2009-07-16|已注销|江永县市场监督管理局"""
    firms = table(page, 2, columns, lines, area="431125")
    firms[1].own.says("former_name", None, None, "桃川农机铸造厂")
    firms[2].own.says("registration_no", "C5", "431125600012345")


@layout
def third_registration_receipts(book: Layout) -> None:
    """排污登记 receipts: number with W or X, 有效期 from and to in two columns of text days."""
    book.form, book.options = "csv", {"encoding": "gb18030"}
    page = sheet(book, township="*")
    columns = heads(
        "所属街镇 e.township|排污单位名称 e.name|登记编号 p.pollutant_discharge.number"
        "|有效期起 p.pollutant_discharge.valid_from|有效期止 p.pollutant_discharge.valid_to"
        "|生产经营场所经度 e.longitude|生产经营场所纬度 e.latitude"
    )
    codes = [f"{credit(at, '330604')}001{sign}" for at, sign in ((131, "W"), (132, "X"), (133, "W"))]
    lines = f"""崧厦街道|绍兴上虞永明铸造厂|{codes[0]}|2020年4月22日|2025年4月21日|120.8012|30.0533
        崧厦街道|上虞市崧厦伞件铸造厂|{codes[1]}|2020年5月6日|2025年5月5日|120°48′36″=>120.81|30°3′18″=>30.055
        章镇镇|绍兴市上虞区章镇金属铸件厂|{codes[2]}|2021年12月30日|2026年12月29日|120.8613|29.8122"""
    for firm in table(page, 1, columns, lines):
        firm.permit("pollutant_discharge").may(**{"class": "registration"})


@layout
def third_lacking_papers_in_words(book: Layout) -> None:
    """A list of 缺项: papers that a firm has and lacks, in words, and when it must have them."""
    page = sheet(book, "缺项清单", county="蓝山县", township="新圩镇")
    page.put("A1", "新圩镇铸造企业手续缺项清单", merge="A1:G1")
    page.put("A2", "填报单位：新圩镇人民政府（公章）      2024年7月15日", merge="A2:G2")
    columns = heads(
        "序号 -|企业名称 e.name|负责人 e.legal_representative|已有手续 ph|缺少手续 pl|补办时限 e.deadline|镇包保干部 x"
    )
    lines = """1|骅信铸造有限公司|雷永福|营业执照、环评批复=>business_licence,eia|\
        环保验收、排污许可证=>eia_acceptance,pollutant_discharge|2024年9月底前=>..2024-09-30 month|黄某
        2|定塘金属铸件厂|唐来生|营业执照=>business_licence|立项备案、用地手续、环评批复=>project_filing,land,eia|\
        2024年12月31日前=>..2024-12-31 day|黄某
        3|新圩兴隆配件有限公司|成小平|\
        营业执照、立项备案、环评批复、环保验收=>business_licence,project_filing,eia,eia_acceptance|\
        排污许可证=>pollutant_discharge|2024年三季度=>2024-07-01..2024-09-30 quarter|彭某"""
    table(page, 3, columns, lines)
