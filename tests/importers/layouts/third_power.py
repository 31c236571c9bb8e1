"""Lists of the third set about electricity: accounts, cuts, restored supply, energy."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, W, layout
from tests.importers.layouts.third_pieces import heads, m, sheet, stack, table


@layout
def third_supply_station_cut_feedback(book: Layout) -> None:
    """供电公司's own feedback on power cuts: 用户 for firm, letters' numbers with every bracket, xls."""
    book.form = "xls"
    page = sheet(book, "停电反馈", county="蓝山县")
    page.put("A1", "国网蓝山县供电公司配合政府停电执行情况反馈表", merge="A1:J1").put("A2", "截至2025年12月22日")
    columns = heads(
        "序号 -|用电户名 e.name|用户编号 e.power_account_no|用电地址 e.address|来函文号 a.power_cut.document_no"
        "|停电执行时间 a.power_cut.taken_on|恢复送电时间 a.power_restored.taken_on|停电方式 x"
    )
    lines = """1|蓝山县兴鼎铸造有限公司|0302217745|新圩镇上清涵村|蓝科工函〔2025〕31号|2025年12月10日|2025.12.22|\
        拉开跌落保险
        2|蓝山县永盛金属制品厂|0302217801|新圩镇定塘村|蓝科工函[2025]31号|2025年12月10日|/|拆除计量表
        3|蓝山县君雄机械铸件有限公司|0302219906|太平圩镇下源村|蓝科工函（2025）33号|2025-12-12||拉开跌落保险
        4|华钜耐磨材料厂|0302220017|太平圩镇洪观村|蓝科工函﹝2025﹞33号|\
        2025年12月中旬=>2025-12-11..2025-12-20 ten_days|未恢复=>!|拉开跌落保险"""
    table(page, 3, columns, lines)
    page.put("A9", "经办人：李某      复核：陈某      2025年12月22日")


@layout
def third_electricity_by_quarter(book: Layout) -> None:
    """用电 by quarter, the quarters asked, the sum of the year at the right, unit in a line of its own."""
    page = sheet(book, "2023年", county="定襄县")
    page.put("A1", "2023年定襄县锻造企业分季度用电情况", merge="A1:I1").put("I2", "单位：千瓦时")
    columns = heads(
        "序号 -|企业名称 e.name|电力户号 e.power_account_no|一季度 x|二季度 x|三季度 x|四季度 x"
        "|全年用电量 e.electricity_kwh|所属供电所 x"
    )
    lines = """1|定襄县宏远法兰锻造有限公司|0510034471|120300|131250|99000|140450|491000|河边供电所
        2|定襄县晋鑫锻件厂|0510034502|56000|60120|61230|70150|247500|河边供电所
        3|山西恒跃锻造有限公司|0510040018|410000|395500|388000|421500|1615000|宏道供电所
        4|定襄县王进村锻压厂|0510042236|0|0|0|0|0|宏道供电所
        =合计|||586300|586870|548230|632100|2353500|"""
    table(page, 3, columns, lines)


@layout
def third_halt_cut_resume_chain(book: Layout) -> None:
    """From halt to resumption, each step with its office, paper and day, under three groups."""
    page = sheet(book, "处置台账", county="蓝山县")
    page.put("A1", "附件3").put("A2", "未通过验收铸造企业停产停电及恢复情况台账", merge="A2:L2")
    page.put("A3", "填报单位：蓝山县科技和工业信息化局").put("H3", "填报时间：2025.12.31")
    columns = heads(
        "序号 -|企业 e.name|所在镇 e.township|下达单位 a.halt.authority|通知书编号 a.halt.document_no"
        "|下达日期 a.halt.taken_on"
        "|实施单位 a.power_cut.authority|函告文号 a.power_cut.document_no|断电日期 a.power_cut.taken_on"
        "|批准单位 ?a.resumed.authority|复产日期 a.resumed.taken_on|备注 e.remark"
    )
    stack(page, 4, columns, {"D:F": "停产通知", "G:I": "停电措施", "J:K": "恢复生产"})
    lines = """1|蓝山县华强铸造有限公司|新圩镇|市生态环境局蓝山分局|永蓝环停〔2025〕8号|2025年11月27日|县供电公司|\
        蓝科工函〔2025〕31号|2025年12月10日|县科工局|2025年12月22日|
        2|奥鑫金属制品有限公司|新圩镇|市生态环境局蓝山分局|永蓝环停〔2025〕9号|2025年11月27日|县供电公司|\
        蓝科工函〔2025〕31号|2025年12月10日|||设备已封停
        3|骅强金属制品有限公司|新圩镇|市生态环境局蓝山分局|永蓝环停〔2025〕11号|\
        2025年11月下旬=>2025-11-21..2025-11-30 ten_days|—|—|—|||已并入华强
        4|宏诚铸件有限公司|太平圩镇|市生态环境局蓝山分局|永蓝环停〔2025〕12号|2025年11月28日|县供电公司|\
        蓝科工函〔2025〕34号|2025年12月15日|||"""
    table(page, 6, columns, lines, head=False)


@layout
def third_transformer_accounts(book: Layout) -> None:
    """专变 of each customer, one row a transformer, the customer merged down."""
    page = sheet(book, "专变", county="繁峙县")
    page.put("A1", "繁峙县铸造企业专用变压器明细", merge="A1:H1")
    columns = heads(
        "No. -|客户名称 e.name|户号 e.power_account_no|设备名称 n|变压器型号 m.model"
        "|额定容量（千伏安） m.transformer_kva"
        "|投运日期 m.commissioned_on|运行状态 m.state|出厂编号 m.serial_no"
    )
    lines = """1|繁峙县宏业铸造有限公司|0550013326|变压器|S11-M-630/10|630|2014-05-20|运行|140233
        |||变压器|S13-M-1250/10|1250|2019-11-03|运行|190871
        2|繁峙县砂河铸管厂|0550013418|变压器|S9-315/10|315|2006-07|停用|060112
        3|繁峙县金山铺精铸有限公司|0550014006|变压器|SCB13-1600/10|1600|2021/3/18|运行|210456
        |||变压器|S11-M-500/10|500|2012年9月|备用|不详"""
    table(page, 2, columns, lines, down="ABC")


@layout
def third_letter_to_cut_power(book: Layout) -> None:
    """The annex of a bureau's letter asking for a cut; no banner, signature below."""
    page = sheet(book, "附件", county="江永县")
    page.put("A1", "附件：拟采取停电措施的企业名单（共4家）", merge="A1:G1")
    columns = heads(
        "序号 -|企业名称 e.name|法人代表 e.legal_representative|联系方式 e.contact_phone|用电户号 e.power_account_no"
        "|停电原因 ?e.problem|要求停电时间 ?a.power_cut.taken_on"
    )
    lines = """1|江永县潇湘铸造厂|周少林|13874655102|0308811204|未提交验收报告|2025年12月10日前=>..2025-12-10 day
        2|江永县锦源铸件有限公司|蒋元德|0746-5722016|0308811377|未提交验收报告|2025年12月10日前=>..2025-12-10 day
        3|粗石江耐磨件厂|义建平|15874690033|0308812090|擅自恢复生产|2025年12月5日前=>..2025-12-05 day
        4|江永县兰溪铸锅厂|何石生|无=>!|0308812113|未取得排污许可证|2025年12月底前=>..2025-12-31 month"""
    table(page, 2, columns, lines)
    page.put("E8", "江永县科技和工业信息化局").put("E9", "2025年12月3日")


@layout
def third_staggered_winter_production(book: Layout) -> None:
    """秋冬季错峰 list: grade, machines in words, measures; the period asked."""
    page = sheet(book, "错峰清单", county="许昌市")
    page.put("A1", "2023—2024年秋冬季铸造行业错峰生产企业清单", merge="A1:H1")
    columns = heads(
        "序号 -|县（市、区） e.county|单位名称 e.name|绩效级别 e.grade|主要生产设备及数量 w|错峰生产措施 ?e.measures"
        "|管控时段 x|监管单位 e.responsible_unit"
    )
    lines = """1|长葛市|长葛市鑫锐铸造有限公司|B级|@|停产1台2吨中频炉|11月15日—次年3月15日|长葛分局
        2|长葛市|长葛市富达精密铸件厂|C级|@|熔化工序停产50%|11月15日—次年3月15日|长葛分局
        3|禹州市|禹州市华宇铸管有限公司|D级|@|全厂停产|11月15日—次年3月15日|禹州分局
        4|建安区|许昌恒力机械铸造有限公司|引领性|@|自主减排|自主|建安分局"""
    machines = (
        W("2台2吨中频炉、1台抛丸机", m("中频炉", 2, 2), m("抛丸机", None, 1)),
        W("中频炉2台（1吨）", m("中频炉", 1, 2)),
        W("5t冲天炉1台；0.5t中频炉1台（备用）", m("冲天炉", 5, 1), m("中频炉", 0.5, 1, state="standby")),
        W("钢壳中频炉3吨×2台，混砂机1台", m("钢壳中频炉", 3, 2), m("混砂机", None, 1)),
    )
    table(page, 2, columns, lines, *machines)


@layout
def third_power_back_after_acceptance(book: Layout) -> None:
    """复电 register: acceptance, certificate and the day of power; dates as eight digits and with dots."""
    book.form, book.options = "csv", {"encoding": "utf-8-sig"}
    page = sheet(book, county="蓝山县")
    columns = heads(
        "企业名称 e.name|乡镇 e.township|现场验收时间 plan.accepted_on|验收结论 plan.acceptance"
        "|停电日期 a.power_cut.taken_on"
        "|通知供电公司送电日期 a.power_restored.taken_on|企业恢复生产日期 a.resumed.taken_on|经办 x"
    )
    lines = """蓝山县铭发铸造有限公司|新圩镇|20251218|通过|20251210|20251222|20251223|谭某
        蓝山县天顺铸件厂|新圩镇|2025.12.19|通过|2025.12.10|2025.12.22|2025.12.24|谭某
        蓝山县湘达金属有限公司|太平圩镇|2025.12.20|不通过|2025.12.10|||谭某
        蓝山县泓源铸业有限公司|太平圩镇||待验收|2025/12/10|||彭某"""
    for old in ("20251218", "20251210", "20251222", "20251223"):
        lines = lines.replace(old, f"{old}=>{old[:4]}-{old[4:6]}-{old[6:]}")
    table(page, 1, columns, lines)


@layout
def third_energy_in_big_units(book: Layout) -> None:
    """发改局's 能耗 list: 万度, 亿元, 万吨 in the heads; the county's line first."""
    page = sheet(book, "能耗", county="昌吉市")
    page.put("A1", "昌吉市铸造行业重点用能企业能源消费情况表（2022年度）", merge="A1:I1")
    columns = heads(
        "序号 -|用能单位 e.name|国民经济行业代码 e.industry_code|工业总产值（亿元） e.output_value_wan*10000"
        "|铸件产量（万吨） e.output_t_per_year*10000|耗电量（万度） e.electricity_kwh*10000|天然气 x"
        "|能源管理负责人 x|企业规模 e.scale"
    )
    lines = """=全市合计|||0.985|1.63|1226.5|||
        1|昌吉市准东球墨铸管有限公司|3391|0.62|1.05|780.5|31.2万方|马某|规模以上
        2|昌吉市天山井盖铸造厂|3391|0.085|0.16|118||刘某|规模以下
        3|新疆恒泰铸锻有限公司|3393|0.28|0.42|328|5万方|艾某|规模以下
        4|昌吉市二六工铸件厂|3391|不明|/|未测||王某|规模以下"""
    table(page, 2, columns, lines)
    page.put("A8", "注：耗电量以供电公司结算数据为准。")
