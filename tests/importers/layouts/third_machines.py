"""Lists of the third set about machines: furnaces, special equipment, counts by size, capacity swaps."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, W, layout
from tests.importers.layouts.third_pieces import heads, m, sheet, stack, table


@layout
def third_special_equipment(book: Layout) -> None:
    """市监局's 特种设备 list: boilers, vessels, trucks; makers, serial numbers, days of making."""
    book.form = "xls"
    page = sheet(book, "特种设备", county="江永县")
    page.put("A1", "江永县铸造企业在用特种设备台账", merge="A1:I1")
    columns = heads(
        "序号 -|使用单位 e.name|设备名称 n|规格型号 m.model|出厂编号 m.serial_no|制造单位 m.maker"
        "|制造日期 m.made_on|投入使用日期 m.commissioned_on"
        "|使用状况 m.state|下次检验日期 x"
    )
    lines = """1|江永县宏大铸造有限公司|储气罐|C-1.0/0.84|Y18-0331|上海申江压力容器有限公司|2018-03-12|2018-06-01|\
        在用|2026-06
        2|江永县宏大铸造有限公司|叉车|CPC30|0303A7712|安徽合力股份有限公司|2019年7月|2019年9月|在用|2025-09
        3|江永县潇源金属制品厂|燃气锅炉|WNS1-0.7-Q|G20114|永州锅炉厂|2020.11|2021.01|停用|—
        4|江永县新华铸件厂|行车|LD5-16.5A3|/|河南省矿山起重机有限公司|不详|2016年|在用|2025-11"""
    firms = table(page, 2, columns, lines)
    # 储气罐 is a pressure vessel on this list; by its name alone, as small ones are none, it is some other machine.
    firms[0].machines[0].facts["kind"] = Due("*", ("C3",))


@layout
def third_counts_by_size(book: Layout) -> None:
    """中频炉 counted by size, a column a size; 台 above, total right and below."""
    page = sheet(book, "按吨位", county="嘉禾县")
    page.put("A1", "嘉禾县铸造企业中频炉分吨位统计表", merge="A1:H1").put("H2", "单位：台")
    columns = heads(
        "序号 -|乡镇 e.township|企业名称 e.name|0.5吨 c:中频炉@0.5|1吨 c:中频炉@1|1.5吨 c:中频炉@1.5|3吨 c:中频炉@3"
        "|小计 -"
    )
    stack(page, 3, columns, {"D:H": "中频炉"})
    lines = """1|坦坪镇|嘉禾县金龙铸造有限公司||2|1||3
        2|坦坪镇|嘉禾县华湘机械铸造厂|1|1|0|0|2
        3|塘村镇|嘉禾县兴海铸业有限公司|||2|1|3
        4|晋屏镇|嘉禾县石桥铸造厂|1||||1
        =合计|||2|3|3|1|9"""
    table(page, 5, columns, lines, head=False)


@layout
def third_kiln_and_treatment(book: Layout) -> None:
    """工业炉窑 list with fuel and 治理设施; the firm's name merged over its kilns."""
    page = sheet(book, "炉窑", county="定襄县")
    page.put("A1", "附件6", merge="A1:B1").put("A2", "定襄县工业炉窑大气污染综合治理项目表", merge="A2:K2")
    columns = heads(
        "序号 -|企业名称 e.name|乡镇 e.township|炉窑类型 k|炉窑编号 m.code|容量（吨） m.capacity_t|燃料类型 m.fuel"
        "|污染治理设施 m.abatement"
        "|使用状态 m.state|排放口编号 x|完成时间 e.deadline"
    )
    lines = """1|山西华鑫锻造有限公司|河边镇|加热炉|1号炉|8|天然气|低氮燃烧|在用|DA001|\
        2024年10月底前=>..2024-10-31 month
        |||加热炉|2号炉|8|天然气|低氮燃烧|在用|DA002|
        |||台车炉|3号炉|15|天然气|低氮燃烧+SCR|备用|DA003|
        2|定襄县河边锻件厂|河边镇|燃煤加热炉|1号炉|3|煤|/|已拆除|/|2019年底前=>..2019-12-31 year
        3|定襄县宏源管件有限公司|宏道镇|煤气发生炉|1号炉||煤|湿式脱硫|封存|DA001|2024年6月
        |||煤气加热炉|2号炉|5|煤气|布袋除尘|停用|DA002|"""
    table(page, 3, columns, lines, down="ABCK")


@layout
def third_swap_out_and_in(book: Layout) -> None:
    """产能置换: two tables on one sheet, what leaves and what is built; capacity merged over the furnaces."""
    page = sheet(book, "置换", county="*")
    page.put("A1", "铸造产能置换方案表", merge="A1:H1").put("A2", "一、退出项目情况")
    out = heads(
        "序号 -|企业名称 e.name|退出的熔化\\n设备名称 n|规格 m.capacity_t|数量（台） m.quantity"
        "|换算产能（吨） e.capacity_t_per_year"
        "|启动拆除时间 -|拆除到位时间 m.removed_on"
    )
    table(page, 3, out, """1|浙江东海铸造有限公司|中频炉|0.5吨=>0.5|2|3600||2021.02
        ||中频炉|1吨=>1|1|||2021.02
        2|台州市路桥永发铸件厂|冲天炉|3吨/小时=>!|1|4200||2020.12""", down="ABF")  # fmt: skip
    for firm in page.firms:
        for one in firm.machines:
            one.may(state="removed", model="*")
    page.firms[1].machines[0].says("melt_rate_t_per_h", None, None, 3)
    page.put("A8", "二、建设项目情况")
    built = heads(
        "序号 -|企业名称 e.name|建设地点 e.address|熔化设备名称 n|规格 m.capacity_t|数量（台） m.quantity"
        "|换算产能（吨） e.capacity_t_per_year"
        "|拟投产时间 -"
    )
    table(page, 9, built, """1|浙江恒盛精密铸造有限公司|台州市黄岩区江口街道|中频炉|2吨=>2|2|7500|
        |||中频炉|1吨=>1|1||""", down="ABCG")  # fmt: skip
    for one in page.firms[2].machines:
        one.may(model="*")
    page.put("A13", "注：置换比例按1.04:1计算。")


@layout
def third_unit_in_its_own_column(book: Layout) -> None:
    """An equipment list whose unit of capacity stands in a column of its own, row by row."""
    page = sheet(book, "设备", county="*")
    page.put("A1", "冶炼设备情况核查表", merge="A1:G1")
    columns = heads(
        "序号 -|企业名称 e.name|设备类别 k|型号（容量等） m.capacity_t|单位（吨/公斤） -|设备数量 m.quantity"
        "|目前状态 m.state|核查人 x"
    )
    lines = """1|贺州市金泰铸造有限公司|中频炉|5|吨|2|在用|韦某
        2|贺州市金泰铸造有限公司|铝壳炉|500=>0.5|公斤|1|已拆除|韦某
        3|昭平县黄姚铸锅厂|坩埚炉|150=>0.15|公斤|3|闲置|莫某
        4|钟山县永力铸件有限公司|中频炉|750=>0.75|kg|1|备用|莫某
        5|钟山县永力铸件有限公司|电弧炉|3|t|1|封存|莫某"""
    for firm in table(page, 2, columns, lines):
        for one in firm.machines:
            one.may(model="*")


@layout
def third_every_machine_in_words(book: Layout) -> None:
    """One row a firm, two columns of words: what melts, and what else there is."""
    page = sheet(book, "摸底", township="太平圩镇", county="蓝山县")
    page.put("A1", "太平圩镇铸造企业设备摸底表（2023年8月）", merge="A1:F1")
    columns = heads("序号 -|厂家 e.name|熔化设备 w|其他主要设备 w|变压器 w|有无铝壳炉 x")
    lines = """1|鑫太铸造有限公司|@|@|@|有
        2|合众铸件厂|@||@|无
        3|太平老街铸造厂|@|@||有
        4|建新机械有限公司|@|@|@|无"""
    table(
        page, 2, columns, lines,
        W("铝壳中频炉：0.5吨1台（闲置）；钢壳中频炉：1.5吨2台", m("铝壳中频炉", 0.5, 1, state="idle"),
          m("钢壳中频炉", 1.5, 2)),
        W("抛丸机2台、混砂机1台", m("抛丸机", None, 2), m("混砂机", None, 1)),
        W("1250KVA变压器1台", m("变压器", None, 1, transformer_kva=1250)),
        W("1吨中频炉一拖二", m("中频炉", 1, 2)),
        W("630kVA变压器一台", m("变压器", None, 1, transformer_kva=630)),
        W("250kg铝壳炉两台（均已闲置）", m("铝壳炉", 0.25, 2, state="idle")),
        W("行车1台（5吨）", m("行车", None, 1)),
        W("3台2t钢壳炉（两用一备）", m("钢壳炉", 2, 2, state="in_use"), m("钢壳炉", 2, 1, state="standby")),
        W("造型机1台，抛丸机1台，行车2台", m("造型机", None, 1), m("抛丸机", None, 1), m("行车", None, 2)),
        W("1600KVA变压器2台", m("变压器", None, 2, transformer_kva=1600)),
    )  # fmt: skip
    page.firms[2].machines[1].may(capacity_t=5)


@layout
def third_motors_to_replace(book: Layout) -> None:
    """节能监察: old motors, pumps and fans, one a row; bands of firms instead of a column of names."""
    page = sheet(book, "落后机电", county="昌吉市")
    page.put("A1", "昌吉市铸造企业高耗能落后机电设备（产品）排查表", merge="A1:I1")
    columns = heads(
        "序号 -|用能企业 e.name|机电设备名称 n|型号 m.model|功率（kW） m.power_kw|台数 m.quantity"
        "|出厂年月 m.made_on|生产厂家 m.maker"
        "|运行情况 m.state"
    )
    lines = """1|昌吉市准东铸造有限公司|电动机|Y160M-4|11|6|2004年5月|兰州电机厂|在用
        ||除尘风机|4-72-8C|30|1|2010.03|西安风机厂|在用
        ||循环水泵|IS80-65-160|7.5|2|2008年|不详|备用
        2|昌吉市三工铸锻厂|空压机|3L-10/8|75|1|1999年|北京第一通用机械厂|停用
        ||电动机|JO2-62-4|17|3|70年代=>!|/|已拆除"""
    table(page, 2, columns, lines)
    for row in (4, 5, 7):
        page.put(f"B{row}", "同上")


@layout
def third_old_furnaces_to_ask(book: Layout) -> None:
    """A special check on 铝壳 and 无磁轭: yoke in many words, 电炉 that says too little."""
    page = sheet(book, "专项排查", township="毛俊镇", county="蓝山县")
    page.put("A1", "毛俊镇淘汰类电炉专项排查登记表", merge="A1:H1").put("A2", "排查日期：2023年11月8日")
    columns = heads(
        "序号 -|单位 e.name|电炉名称 k|外壳材质（铝/钢） m.shell|是否有磁轭 m.yoke|额定容量（T） m.capacity_t"
        "|使用情况 m.state|排查人签名 -"
    )
    lines = """1|毛俊永固铸造厂|中频炉|铝=>aluminium|否|0.5|长期闲置|
        ||中频炉|铝=>aluminium|否|0.75|已拆除|
        2|蓝山县恒辉铸件有限公司|中频炉|钢=>steel|是|1.5|使用中|
        3|毛俊众发铸造厂|电炉|不明|待核实|0.35|使用中|
        4|岭脚铸锅坊|铝壳炉|铝=>aluminium|不详|约0.2=>?|闲置未使用|"""
    table(page, 3, columns, lines)
