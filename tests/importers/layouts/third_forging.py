"""Rosters of the third set from counties of forges and flanges, and from parks."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, W, layout
from tests.importers.layouts.third_pieces import heads, m, sheet, stack, table


@layout
def third_flange_bands_by_town(book: Layout) -> None:
    """定襄's forges under bands of townships with a count; heating furnaces counted by fuel in columns."""
    page = sheet(book, "法兰锻造", county="定襄县")
    page.put("A1", "定襄县法兰锻造企业加热炉使用情况统计表", merge="A1:H1").put("H2", "单位：台、人")
    columns = heads(
        "序号 -|锻造企业 e.name|法人 e.legal_representative|从业人数 e.employees|天然气加热炉 c:天然气加热炉"
        "|电加热炉 c:电加热炉"
        "|燃煤加热炉 c:燃煤加热炉|备注 e.remark"
    )
    stack(page, 3, columns, {"E:G": "加热炉"})
    lines = """#河边镇（3户）>河边镇
        1|定襄县河边法兰锻造厂|曲志明|18|2|0|0|
        2|山西天宝管件有限公司|尚润成|145|6|2|0|试点企业
        3|河边镇建安锻件厂|张二小|7|||1|2018年起未生产
        =小计|||170|8|2|1|
        #蒋村镇（2户）>蒋村镇
        4|定襄县蒋村环锻有限公司|齐进财|36|3|0|0|
        5|定襄县新源法兰厂|李建平|/|1|1|0|
        =小计|||36|4|1|0|
        =合计|||206|12|3|1|"""
    table(page, 5, columns, lines, head=False)


@layout
def third_flange_survey_fields(book: Layout) -> None:
    """The survey of 忻州's plan: 规模大小, 污染环节, 运行监管, 治理现状, 管理水平 as the plan calls them."""
    page = sheet(book, "底数清单", county="定襄县")
    page.put("A1", "法兰锻造企业底数清单（“一厂一档”）", merge="A1:J1")
    page.put("A2", "填报单位：定襄县南王乡人民政府        填报日期：2024年9月20日", merge="A2:J2")
    columns = heads(
        "序号 -|企业名称 e.name|详细地址 e.address|规模大小 e.scale|污染环节 e.pollution_points"
        "|治理现状 e.abatement_state|运行监管 e.supervision"
        "|管理水平 e.management_level|绩效等级 e.grade|四个一批类别 e.disposition"
    )
    lines = """1|定襄县南王锻造有限公司|南王乡南王村东|规上|加热、锻打、机加工|低氮燃烧器|在线监测已联网|较好|B|做优做强
        2|南王乡永胜法兰厂|南王乡北社东村|规下|加热、抛丸|布袋除尘|用电监控|一般|C级|就地改造
        3|定襄县鑫隆锻件加工部|南王乡留晖村|作坊|加热|无=>!|无=>!|差|D级|淘汰关停
        4|山西鼎力重型锻造有限公司|南王乡工业集聚区|规模以上|加热、热处理、喷漆|SCR脱硝+活性炭|在线监测|较好|引领性|\
        做优做强"""
    table(page, 3, columns, lines)


@layout
def third_forge_furnaces_in_blocks(book: Layout) -> None:
    """Three numbered furnaces of a firm side by side, each with its kind, size, fuel and state."""
    page = sheet(book, "加热炉", county="定襄县", township="宏道镇")
    page.put("A1", "宏道镇锻造企业炉窑明细表", merge="A1:N1")
    columns = heads(
        "序号 -|企业名称 e.name"
        "|炉型 k1|吨位(t) m1.capacity_t|燃料 m1.fuel|状态 m1.state"
        "|炉型 k2|吨位(t) m2.capacity_t|燃料 m2.fuel|状态 m2.state"
        "|炉型 k3|吨位(t) m3.capacity_t|燃料 m3.fuel|状态 m3.state"
    )
    stack(page, 2, columns, {"C:F": "1号炉", "G:J": "2号炉", "K:N": "3号炉"})
    lines = """1|宏道锻压厂|加热炉|5|天然气|在用|台车炉|8|天然气|备用||||
        2|定襄县龙门锻造有限公司|加热炉|10|天然气|在用|加热炉|10|天然气|在用|热处理炉|6|电|在用
        3|宏道镇平东社锻件厂|加热炉|3|煤|已拆除|加热炉|3|天然气|停用||||
        4|定襄县恒昌法兰有限公司|加热炉|/|天然气|在用||||||||"""
    firms = table(page, 4, columns, lines, head=False)
    for firm in firms:
        for one in firm.machines:
            one.may(code="*")


@layout
def third_park_roll_of_firms(book: Layout) -> None:
    """A park's own roll: 入园 firms of two phases, land in 亩 and ㎡, ods, the total first."""
    book.form = "ods"
    page = sheet(book, "园区企业", county="蓝山县")
    page.put("A1", "大洞铸造产业园入园企业名册", merge="A1:H1")
    columns = heads(
        "序号 -|入园企业 e.name|园区 e.park|用地面积（亩） e.land_mu"
        "|设计产能（万吨/年） e.capacity_t_per_year*10000|主导产品 e.main_product"
        "|建设状态 e.status|园区联络人 x"
    )
    lines = """=合计|3家||155|8.3|||
        1|湖南兴鼎铸业有限公司|一期|60|3.5|汽车配件|在建|廖某
        2|湖南君雄机械有限公司|一期|45|2.8|耐磨球|在产|廖某
        3|湖南华钜重工有限公司|二期|50|2|机床铸件|在建|彭某"""
    table(page, 2, columns, lines)
    for firm in page.firms:
        held = firm.own.facts["park"]
        firm.own.facts["park"] = type(held)("*", (), True)


@layout
def third_shaft_furnaces(book: Layout) -> None:
    """球团竖炉 of two counties with their volume in words, the deadline, and who answers for it."""
    page = sheet(book, "球团", county="*")
    page.put("A1", "忻州市独立球团企业竖炉退出情况表", merge="A1:I1")
    columns = heads(
        "县 e.county|企业名称 e.name|统一社会信用代码 e.uscc|设备名称 n|规格型号 m.model|台数 m.quantity"
        "|产能（万吨/年） e.capacity_t_per_year*10000"
        "|退出时限 e.deadline|责任单位 e.responsible_unit"
    )
    lines = """繁峙县|繁峙县金泰球团有限公司|$601|球团竖炉|10㎡|1|60|2025年底前=>..2025-12-31 year|繁峙县人民政府
        繁峙县|繁峙县岩头矿业有限公司|$602|球团竖炉|8平方米|2|90|2025年底前=>..2025-12-31 year|繁峙县人民政府
        代县|代县久力新型建材有限公司|$603|球团竖炉|10㎡|1|65|2025年底前=>..2025-12-31 year|代县人民政府"""
    table(page, 2, columns, lines, area="140924")


@layout
def third_association_members(book: Layout) -> None:
    """The foundry association's roll of members: short names, contact, capacity, number of furnaces in words."""
    page = sheet(book, "会员名录", county="*")
    page.put("A1", "永州市铸造协会会员单位名录（2023）", merge="A1:I1")
    columns = heads(
        "会员编号 -|会员单位 e.name|简称 e.short_name|法人 e.legal_representative|联系人 e.contact_person"
        "|联系方式 e.contact_phone|年产量(吨) e.output_t_per_year"
        "|熔炼设备 w|会费缴纳 x"
    )
    lines = """YZ-001|蓝山县恒盛铸造有限公司|恒盛铸造|唐恒|小唐|13874600981|5600|@|已缴
        YZ-002|祁阳市黎家坪机床铸造厂|黎坪机铸|蒋军|蒋军|0746-3811900|3200|@|已缴
        YZ-003|东安县芦洪市铸件有限公司|芦洪铸件|文斌|小文|15874633310|2000左右=>?|@|未缴
        YZ-004|道县梅花铸锅有限公司|梅花锅业|何梅花||13574622208|800|@|已缴"""
    table(
        page, 2, columns, lines,
        W("3吨中频炉2台", m("中频炉", 3, 2)),
        W("1.5T中频炉×2、0.75T中频炉×1", m("中频炉", 1.5, 2), m("中频炉", 0.75, 1)),
        W("1台一吨中频炉", m("中频炉", 1, 1)),
        W("冲天炉（3吨/小时）1座", m("冲天炉", None, 1, melt_rate_t_per_h=3)),
    )  # fmt: skip


@layout
def third_two_towns_two_sheets(book: Layout) -> None:
    """A workbook of two townships, each with its own heads, and a hidden sheet of choices."""
    page = sheet(book, "季庄镇", county="定襄县", township="季庄镇")
    page.put("A1", "季庄镇锻造企业情况")
    columns = heads("序号 -|企业 e.name|老板 e.legal_representative|电话 e.contact_phone|炉子 w")
    table(
        page, 2, columns,
        """1|季庄兴旺锻件厂|兰保平|15035011820|@
        2|定襄县季庄永固法兰有限公司|崔卫东|13834012277|@""",
        W("2台5吨天然气加热炉", m("天然气加热炉", 5, 2)),
        W("1台3吨电加热炉、1台8吨台车炉", m("电加热炉", 3, 1), m("台车炉", 8, 1)),
    )  # fmt: skip
    other = sheet(book, "受禄乡", county="定襄县", township="受禄乡")
    other.put("A1", "受禄乡锻造企业炉窑调查表", merge="A1:G1").put("A2", "2024年4月")
    columns = heads(
        "序号 -|企业名称 e.name|炉窑名称 n|数量（座） m.quantity|额定装炉量（吨） m.capacity_t|用何燃料 m.fuel"
        "|炉窑现状 m.state"
    )
    lines = """1|受禄乡铭亮锻造厂|加热炉|2|5|天然气|在用
        ||退火炉|1|10|天然气|在用
        2|定襄县留念锻件有限公司|加热炉|1|3|生物质|停用"""
    table(other, 3, columns, lines)
    choices = book.page("字典", hidden=True)
    choices.row(1, ["燃料", "状态"]).row(2, ["天然气", "在用"]).row(3, ["电", "停用"]).row(4, ["生物质", "已拆除"])
