"""Numbers and their units: in the head, in a row, in a line above, in the cell, nowhere; exact or not."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, N, V, layout
from tests.importers.layouts.values_words import ALU_MEDIUM, FIRMS, MEDIUM, STEEL_MEDIUM, K, head, lines

NAME = ("企业名称", "e.name")


@layout
def values_units_in_heads(book: Layout) -> None:
    page = book.page("2024年", known={"county": "*"})
    page.put("A1", "2024年铸造企业生产经营情况表", merge="A1:H1")
    columns = [("序号", None), NAME, ("设计产能(万吨/年)", "e.capacity_t_per_year"), ("年产值，万元",
        "e.output_value_wan"),
               ("税收总额：元", "e.tax_wan"), ("年用电量【万千瓦时】", "e.electricity_kwh"), ("占地面积（㎡）",
                   "e.land_mu"),
               ("从业人数/人", "e.employees")]  # fmt: skip
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], V(1.2, 12000), 3600, V(250000, 25), V(120.5, 1205000), V(20000, 30), 45],
        [2, FIRMS[1], V(0.35, 3500), 980, V("86,400", 8.64), V("35", 350000), V("6000", 9), V("12", 12)],
        [3, FIRMS[2], V("0.5", 5000), V("1,250.50", 1250.5), N("/"), N("不详", "value.stated_unknown"), V(12000, 18),
         V("２６", 26)],
        [4, FIRMS[3], N("—"), None, V(0, 0), V(8, 80000), N("待核实", "value.stated_unknown"), 8],
    )  # fmt: skip
    page.row(7, ["合计", None, 2.05, 5830.5]).skip(7, "total")


@layout
def values_unit_row_below_head(book: Layout) -> None:
    page = book.page()
    page.put("A1", "工业企业亩均效益统计台账", merge="A1:H1")
    columns = [("序号", None), NAME, ("产能", "e.capacity_t_per_year"), ("产量", "e.output_t_per_year"), ("产值",
        "e.output_value_wan"),
               ("税收", "e.tax_wan"), ("用电量", "e.electricity_kwh"), ("用地面积", "e.land_mu")]  # fmt: skip
    head(page, 2, columns)
    page.row(3, ["吨/年", "吨", "亿元", "万元", "千瓦时", "亩"], "C")
    lines(
        page, columns, 4,
        [1, FIRMS[4], 3000, 2600, V(0.35, 3500), 42, 1300000, 12.5],
        [2, FIRMS[5], 12000, 9800, V(1.2, 12000), 310.6, V("5,600,000", 5600000), 38],
        [3, FIRMS[6], 800, 0, V(0, 0), 0, 15000, 4],
        [4, FIRMS[7], 2000, V("１８００", 1800), V("0.16", 1600), 20, N("未测", "value.stated_unknown"), V("8.0", 8)],
    )  # fmt: skip


@layout
def values_unit_line_above_table(book: Layout) -> None:
    page = book.page("报表", known={"township": "*", "county": "*"})
    page.put("A1", "铸造行业企业经济指标", merge="A1:F1")
    page.put("A2", "填报单位：楠市镇人民政府")
    page.put("F2", "单位：万元、吨、人")
    columns = [("序号", None), NAME, ("年产能", "e.capacity_t_per_year"), ("工业总产值", "e.output_value_wan"), ("税收",
        "e.tax_wan"),
               ("职工人数", "e.employees")]  # fmt: skip
    head(page, 3, columns)
    lines(
        page, columns, 4,
        [1, FIRMS[8], 5000, 2600, 88.5, 40],
        [2, FIRMS[9], 1200, 450, 12, 9],
        [3, FIRMS[10], V("20,000", 20000), V("1.2亿元", 12000), V("350", 350), 118],
        [4, FIRMS[11], V("0.8万吨", 8000), 1500, N("-"), V("32人", 32)],
    )  # fmt: skip
    page.put("A8", "填表人：李某    联系电话：0746-2212345    填报日期：2025年3月5日").skip(8, "footer", "note")


@layout
def values_units_in_cells(book: Layout) -> None:
    book.form = "csv"
    book.options["encoding"] = "gb18030"
    page = book.page("明细", known={"county": "*"})
    columns = [NAME, ("产能", "e.capacity_t_per_year"), ("年产值", "e.output_value_wan"), ("用电量",
        "e.electricity_kwh"),
               ("占地", "e.land_mu"), ("上年纳税", "e.tax_wan")]  # fmt: skip
    head(page, 1, columns)
    lines(
        page, columns, 2,
        [FIRMS[0], V("1.2万吨", 12000), V("1.5亿元", 15000), V("120万度", 1200000), V("30亩", 30), V("86万元", 86)],
        [FIRMS[1], V("3500吨/年", 3500), V("860万元", 860), V("356000度", 356000), V("2公顷", 30), V("125000元", 12.5)],
        [FIRMS[2], V("8000 t/a", 8000), V("２３００万元", 2300), V("45.6万kWh", 456000), V("10000平方米", 15),
         V("12,500元", 1.25)],
        [FIRMS[3], V("年产6000吨", 6000), V("3 200万元", 3200), V("98000kW·h", 98000), V("4000㎡", 6), V("零", 0,
         True)],
        [FIRMS[4], V("贰仟吨", 2000), V("0.9亿", 9000), V("210,000千瓦时", 210000), V("十五亩", 15), N("不明",
         "value.stated_unknown")],
    )  # fmt: skip


@layout
def values_units_nowhere(book: Layout) -> None:
    page = book.page("Sheet1", known={"township": "祠堂圩镇", "county": "*"})
    page.put("A1", "祠堂圩镇企业情况", merge="A1:E1")
    columns = [("序号", None), NAME, ("产能", None), ("产值", None), ("职工人数", "e.employees")]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[5], 2000, 860, 30], [2, FIRMS[6], 1.2, 3000, 46], [3, FIRMS[7], 500, 0.3, 8], [4, FIRMS[8], 15000,
         12000, 66],
    )  # fmt: skip
    page.ask("C").ask("D")


@layout
def values_not_exact_numbers(book: Layout) -> None:
    page = book.page("Sheet1")
    page.put("A1", "铸造企业基本情况（初步摸底）", merge="A1:F1")
    columns = [("序号", None), NAME, ("产能（吨）", "e.capacity_t_per_year"), ("年产值（万元）", "e.output_value_wan"),
        ("员工数", "e.employees"),
               ("占地面积（亩）", "e.land_mu")]  # fmt: skip
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], N("约2000", "*"), N("近千万", "*"), V("二十", 20), 12],
        [2, FIRMS[1], N("1.5—2万吨", "*"), 800, N("30多人", "*"), N("20亩左右", "*")],
        [3, FIRMS[2], V("1,200", 1200), N("500以上", "*"), N("10-15人", "*"), V("5.6亩", 5.6)],
        [4, FIRMS[3], V("三千", 3000), V("１５００", 1500), V("8人", 8), N("3~5", "*")],
        [5, FIRMS[4], N("不足1000吨", "*"), N("300余万元", "*"), N("十余人", "*"), V("0.5", 0.5)],
        [6, FIRMS[5], V("2万吨", 20000), 4000, 66, 40],
    )  # fmt: skip


@layout
def values_furnace_numbers_with_units(book: Layout) -> None:
    page = book.page("炉子", known={"county": "*"})
    columns = [NAME, ("炉型", "m.kind"), ("额定容量", "m.capacity_t"), ("功率", "m.power_kw"), ("变压器容量",
        "m.transformer_kva"),
               ("熔化率", "m.melt_rate_t_per_h")]  # fmt: skip
    head(page, 1, columns)
    lines(
        page, columns, 2,
        [FIRMS[6], K("中频炉", MEDIUM), V("500KG", 0.5), V("400千瓦", 400), V("500千伏安", 500), V("0.5吨/小时", 0.5)],
        [None, K("铝壳中频炉", ALU_MEDIUM), V("７５０公斤", 0.75), V("600 kW", 600), V("630KVA", 630), V("0.7t/h",
         0.7)],
        [FIRMS[7], K("钢壳中频炉", STEEL_MEDIUM), V("1.5 T", 1.5), V("1,000KW", 1000), V("1250kVA", 1250), V("1.2 T/H",
         1.2)],
        [FIRMS[8], K("中频炉", MEDIUM), V("一吨", 1), V("750Kw", 750), N("/"), N("未测", "value.stated_unknown")],
        [FIRMS[9], K("中频炉", MEDIUM), V("2t/台", 2), N("约1200kW", "*"), V("1600 KVA", 1600), V("1.5吨/时", 1.5)],
    )  # fmt: skip


@layout
def values_numbers_kept_as_text(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "企业用能情况", merge="A1:G1")
    columns = [("序号", None), NAME, ("联系电话", "e.contact_phone"), ("用电户号", "e.power_account_no"), ("行业代码",
        "e.industry_code"),
               ("产量（吨）", "e.output_t_per_year"), ("用电量（度）", "e.electricity_kwh")]  # fmt: skip
    head(page, 2, columns)
    lines(
        page, columns, 3,
        ["1", FIRMS[0], V(13974612345, "13974612345"), "0731002245", V(3391, "3391"), V("2600", 2600), V("1,300,000",
         1300000)],
        ["2", FIRMS[1], "13807461122", V(7310022461, "7310022461"), V("3393", "3393"), V(" 980 ", 980), V("456 000",
         456000)],
        ["3", FIRMS[2], V(15274600001.0, "15274600001"), "0731002247、0731002248", V(3392.0, "3392"), V("1500.0", 1500),
         88000],
        ["4", FIRMS[3], "0746-2213456", V("０７３１００２２４９", "0731002249"), V("C3391", "*"), V("３２０", 320),
         N("#N/A")],
    )  # fmt: skip
    page.ask("G6")
