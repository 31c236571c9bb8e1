"""Exports of the third set: business systems, questionnaires, reporting platforms."""

from __future__ import annotations

from datetime import date

from tests.importers.layouts.making import Layout, V, day, layout
from tests.importers.layouts.third_pieces import credit, heads, sheet, table


@layout
def third_english_field_names(book: Layout) -> None:
    """A database export with English names of fields and nothing else."""
    page = sheet(book, "export", county="*")
    columns = heads(
        "id -|enterprise_name e.name|credit_code e.uscc|legal_person e.legal_representative|phone e.contact_phone"
        "|furnace_type k|capacity(t) m.capacity_t|quantity m.quantity|power(kW) m.power_kw"
        "|install_date m.commissioned_on"
    )
    lines = """1|定襄县恒泰锻压有限公司|$201|樊建国|13934410021|中频炉|1.5|2|1000|@
        2|定襄县恒泰锻压有限公司|$201|樊建国|13934410021|天然气加热炉|8|3||@
        3|山西通宇管件制造有限公司|$202|智文秀|13994126630|中频炉|0.75|1|500|@
        4|定襄县神山锻件厂|$203|李补来|0350-6092218|电加热炉|3|1|600|@"""
    built = (date(2017, 4, 11), date(2019, 9, 2), date(2015, 12, 30), date(2020, 6, 15))
    table(page, 1, columns, lines, *(V(one, day(one.isoformat())) for one in built), area="140921")


@layout
def third_codes_above_words(book: Layout) -> None:
    """An export whose first row holds the codes of the fields (QYMC …) and whose second says them in Chinese."""
    book.form = "xls"
    page = sheet(book, "T_QYXX", county="繁峙县")
    page.row(1, ["XH", "QYMC", "TYSHXYDM", "SSXZ", "FDDBR", "LXDH", "SCZT", "ZYCP", "NSJCN"])
    columns = heads(
        "序号 -|企业名称 e.name|统一社会信用代码 e.uscc|所属乡镇 e.township|法定代表人 e.legal_representative"
        "|联系电话 e.contact_phone"
        "|生产状态 e.status|主要产品 e.main_product|年设计产能（吨） e.capacity_t_per_year"
    )
    lines = """1|繁峙县天赐球团有限公司|$211|砂河镇|韩玉柱|13835010087|停产|铁精粉球团|600000
        2|繁峙县宏昌铸造有限公司|$212|繁城镇|刘二仁|13935022415|在产|井盖、篦子|12000
        3|繁峙县大营铸管厂|$213|大营镇|王计生|0350-5521003|已关停|铸铁管|3000
        4|山西晋北机床铸件有限公司|$214|砂河镇|赵旭东|18635010466|在产|机床床身|25000"""
    table(page, 2, columns, lines, area="140924")


@layout
def third_questionnaire(book: Layout) -> None:
    """An online questionnaire's answers: each head is the question with its number, answers are chosen words."""
    page = sheet(book, "答卷", county="*")
    columns = heads(
        "序号 -|提交答卷时间 -|1、贵企业全称是？（与公章一致） e.name|2、统一社会信用代码（18位） e.uscc"
        "|3、企业所在的乡镇（街道） e.township"
        "|4、企业目前的生产状态是 e.status|5、现有职工多少人？ e.employees|6、厂里有铝壳炉几台？ c:铝壳炉"
        "|7、厂里有钢壳炉几台？ c:钢壳炉"
        "|8、是否已取得排污许可证 p.pollutant_discharge.standing|9、目前存在的主要问题 e.problem"
    )
    lines = """1|2024/6/3 9:12:40|嘉禾县东盛铸造有限公司|$221|坦坪镇|正常生产|45|0|3|是|资金紧张
        2|2024/6/3 10:05:11|嘉禾县友发铸件厂|$222|塘村镇|停产|6|1|0|否|没有环保验收
        3|2024/6/4 15:47:09|嘉禾县鑫磊机械铸造有限公司|$223|珠泉镇|正常生产|28|1|2|是|无=>!
        4|2024/6/5 8:30:55|嘉禾县袁家铸锻厂|$224|袁家镇|在建|12|0|1|否|用地手续没办下来"""
    table(page, 1, columns, lines, area="431024")


@layout
def third_platform_with_required_marks(book: Layout) -> None:
    """A reporting platform's export: stars at required heads, units in brackets, square metres and 万千瓦时."""
    page = sheet(book, "企业填报", county="*")
    columns = heads(
        "*单位名称 e.name|*统一社会信用代码 e.uscc|*生产地址 e.address|*年产能(吨/年) e.capacity_t_per_year"
        "|*上年度产量(吨) e.output_t_per_year"
        "|*上年度产值(万元) e.output_value_wan|上年度用电量(万千瓦时) e.electricity_kwh*10000"
        "|占地面积(平方米) e.land_mu*0.0015|*从业人员(人) e.employees"
    )
    lines = """徐州市利国恒远铸造有限公司|$231|铜山区利国镇工业园|30000|21560|15800|1250.5|20000|165
        徐州市贾汪宏达铸件厂|$232|贾汪区青山泉镇|5000|3120|2250|210|6000|38
        邳州市运河铸造有限公司|$233|邳州市运河街道|12000|@|6900|@|12000|72"""
    table(page, 1, columns, lines, V("8千", 8000, optional=True), V(460.8, 4608000), area="320312")


@layout
def third_codes_with_values(book: Layout) -> None:
    """An export in which each choice keeps its number: 01-在用, 2 闲置; tabs and UTF-16."""
    book.form, book.options = "csv", {"encoding": "utf-16", "delimiter": "\t", "named": "txt"}
    page = sheet(book, county="*")
    columns = heads(
        "企业名称 e.name|设备编号 m.code|设备名称 n|设备状态 m.state|额定容量(t) m.capacity_t"
        "|额定功率(kW) m.power_kw|燃料种类 m.fuel|制造单位 m.maker|投运年月 m.commissioned_on"
    )
    lines = """蓝山县中泰铸造有限公司|MF0001|中频炉|01-在用=>in_use|1|750|01-电=>electricity|株洲电炉厂|201806=>2018-06
        蓝山县中泰铸造有限公司|MF0002|中频炉|01-在用=>in_use|1|750|01-电=>electricity|株洲电炉厂|201806=>2018-06
        蓝山县中泰铸造有限公司|MF0003|退火炉|02-备用=>standby|5||03-天然气=>natural_gas|长沙窑炉公司|202011=>2020-11
        蓝山县顺达金属有限公司|MF0001|铝壳炉|04-已拆除=>removed|0.5|300|01-电=>electricity|自制|2009
        蓝山县顺达金属有限公司|MF0002|钢壳炉|01-在用=>in_use|0.75|500|01-电=>electricity|衡阳中频设备厂|\
        202105=>2021-05"""
    table(page, 1, columns, lines)


@layout
def third_two_languages(book: Layout) -> None:
    """A park's list with Chinese and English in each head, for a foreign partner."""
    page = sheet(book, "Suppliers", county="*")
    page.put("A1", "定襄法兰产业园供应商名录 Dingxiang Flange Park Supplier List", merge="A1:H1")
    columns = heads(
        "序号\\nNo. -|企业名称\\nCompany e.name|法定代表人\\nLegal Rep. e.legal_representative"
        "|主要产品\\nMain products e.main_product"
        "|年产能（吨）\\nCapacity (t/a) e.capacity_t_per_year|员工\\nEmployees e.employees"
        "|成立年份\\nFounded e.established_on|园区\\nPark e.park"
    )
    lines = """1|山西天宝集团有限公司|尚新瑞|风电法兰|80000|620|1998年|定襄法兰产业园
        2|定襄县金瑞锻造有限公司|郑金虎|管道法兰、管板|15000|88|2007年|定襄法兰产业园
        3|山西恒瑞达环锻有限公司|李瑞芳|环形锻件|42000|176|2011年|定襄法兰产业园
        4|定襄县忻安法兰厂|胡安生|小口径法兰|2600|21|2003年|蒋村集聚区"""
    table(page, 2, columns, lines)


@layout
def third_texts_guarded_by_formulas(book: Layout) -> None:
    """A csv whose codes are written ="…" so that the spreadsheet keeps their zeros."""
    book.form, book.options = "csv", {"encoding": "gbk"}
    page = sheet(book, county="*")
    columns = heads(
        "客户编号 -|客户名称 e.name|社会信用代码 e.uscc|用电户号 e.power_account_no|行业小类 e.industry_code"
        "|变压器容量(kVA) m.transformer_kva|本年累计电量(kWh) e.electricity_kwh"
    )
    codes = [credit(at, "431125") for at in (241, 242, 243)]
    lines = f"""="000123"|江永县正大铸造有限公司|="{codes[0]}"=>{codes[0]}|="0308800011"=>0308800011|3391|800|1203400
        ="000124"|江永县松柏铸锅厂|="{codes[1]}"=>{codes[1]}|="0308800027"=>0308800027|3391|250|88120
        ="000125"|江永县粗石江锻件有限公司|="{codes[2]}"=>{codes[2]}|="0308800130"=>0308800130|3393|630|512066"""
    for firm in table(page, 1, columns, lines):
        firm.machines[0].may(kind="transformer")


@layout
def third_field_names_in_letters(book: Layout) -> None:
    """The letters of the Chinese words as heads (DWMC, FRDB, LXDH), dates as eight digits, words as values."""
    page = sheet(book, "DWXX", county="*")
    columns = heads(
        "XH -|DWMC e.name|SHXYDM e.uscc|FRDB e.legal_representative|LXDH e.contact_phone|DWDZ e.address"
        "|CLRQ e.established_on|BZ e.remark"
    )
    lines = """1|绍兴市柯桥区钱清铸件厂|$251|朱柏林|13957577012|钱清街道梅东村|20040312=>2004-03-12|
        2|绍兴上虞丰惠铸造有限公司|$252|王国良|0575-82370018|丰惠镇西湖村|20110920=>2011-09-20|2023年已完成整治
        3|诸暨市店口阀门铸件厂|$253|陈伯根|13606550341|店口镇湄池|19990601=>1999-06-01|"""
    table(page, 1, columns, lines, area="330604")
