"""Codes and papers: credit codes and what spreadsheets make of them, permits, document numbers."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Layout, N, V, day, days, layout, month
from tests.importers.layouts.values_words import FIRMS, head, lines, registration, uscc

NAME = ("企业名称", "e.name")
CODE = ("统一社会信用代码", "e.uscc")


@layout
def values_credit_codes_damaged(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "蓝山县铸造企业信息登记表", merge="A1:D1")
    page.known["township"] = "*"
    columns = [("序号", None), NAME, CODE, ("法定代表人", "e.legal_representative")]
    head(page, 2, columns)
    one, two, three, four, five, six = (uscc(body) for body in
                                        ("MA4L2X3Y", "MA4P6T7U", "70123456", "MA4R8W9X", "58702134",
                                            "MA4QABCD"))  # fmt: skip
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in two)
    lines(
        page, columns, 3,
        [1, FIRMS[0], one, "李某"],
        [2, FIRMS[1], V(wide, two), "王某"],
        [3, FIRMS[2], N("9.14311E+17", "uscc.digits_lost"), "张某"],
        [4, FIRMS[3], V(f"{three[:6]} {three[6:12]} {three[12:]}", three), "赵某"],
        [5, FIRMS[4], N(914311270000000000.0, "uscc.digits_lost"), "钱某"],
        [6, FIRMS[5], V(four.lower(), four), "孙某"],
        [7, FIRMS[6], V(five.replace("0", "O"), "*", True), "周某"],
        [8, FIRMS[7], V(six + "\t", six), "吴某"],
        [9, FIRMS[8], V(uscc("MA4T1E2F")[:17], "*", True), "郑某"],
    )  # fmt: skip
    page.ask("C9").ask("C11")


@layout
def values_codes_of_other_kinds(book: Layout) -> None:
    page = book.page("Sheet1")
    page.put("A1", "企业证照情况", merge="A1:D1")
    columns = [
        ("序号", None),
        ("单位名称", "e.name"),
        ("社会信用代码/注册号", "e.uscc"),
        ("法人代表", "e.legal_representative"),
    ]
    head(page, 2, columns)
    shared = uscc("MA4L7K8M")
    lines(
        page, columns, 3,
        [1, FIRMS[9], uscc("MA4L9N2P"), "刘某"],
        [2, FIRMS[10], None, "陈某"],
        [3, FIRMS[11], V("70912345-6", "*", True), "杨某"],
        [4, FIRMS[12], shared, "黄某"],
        [5, FIRMS[13], shared, "何某"],
        [6, FIRMS[0], N("无"), "罗某"],
        [7, FIRMS[1], N("正在办理", "*"), "高某"],
        [8, FIRMS[2], None, "林某"],
    )  # fmt: skip
    for row, number, raw in ((4, registration("43112700000123"), None), (10, registration("43112760004567"), 0)):
        page.firms[row - 3].own.says("registration_no", f"C{row}", number if raw is None else int(number), number)
    page.ask("C5")


@layout
def values_names_and_former_names(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "铸造企业名录（更名企业括注曾用名）", merge="A1:C1")
    columns = [("序号", None), ("企业名称\n（与公章一致）", "e.name"), ("业主", "e.legal_representative")]
    head(page, 2, columns)
    told = [
        ("华强铸造有限公司（曾用名：骅强金属制品有限公司）", "华强铸造有限公司", "骅强金属制品有限公司"),
        ("宏 诚 铸 件 厂", "宏诚铸件厂", None),
        ("奥鑫金属\n制品有限\n公司", "奥鑫金属制品有限公司", None),
        ("君雄机械有限公司(原君雄翻砂厂)", "君雄机械有限公司", "君雄翻砂厂"),
        ("华钜铸业有限公司（曾用名华钜铸造厂）", "华钜铸业有限公司", "华钜铸造厂"),
        ("永盛铸造厂（普通合伙）", "永盛铸造厂（普通合伙）", None),
        ("荣鑫铸造有限公司（二分厂）", "荣鑫铸造有限公司（二分厂）", None),
        ("铭祥鑫铸业有限公司　", "铭祥鑫铸业有限公司", None),
    ]
    for row, (raw, name, former) in enumerate(told, 3):
        firm = page.line(row, columns, [row - 2, V(raw, name), f"业主{row}"])
        if former:
            firm.own.facts["former_name"] = Due(former, (f"B{row}",))


@layout
def values_permits_in_marks(book: Layout) -> None:
    book.form = "html"
    page = book.page("手续", known={"county": "*"})
    page.put("A1", "铸造企业手续办理情况表", merge="A1:H1")
    columns = [("序号", None), NAME, ("立项备案", "p.project_filing.standing"), ("用地手续", "p.land.standing"),
        ("环评批复", "p.eia.standing"),
               ("环保验收", "p.eia_acceptance.standing"), ("排污许可证", "p.pollutant_discharge.standing"),
               ("节能审查", "p.energy_review.standing")]  # fmt: skip
    head(page, 2, columns)
    yes, no, doing = V("√", "held"), V("×", "lacking"), V("○", "applying", True)
    lines(
        page, columns, 3,
        [1, FIRMS[0], yes, yes, yes, no, yes, None],
        [2, FIRMS[1], yes, no, doing, no, no, N("/")],
        [3, FIRMS[2], V("✓", "held"), doing, no, no, no, no],
        [4, FIRMS[3], V("√ ", "held"), yes, yes, yes, V("✔", "held"), yes],
        [5, FIRMS[4], no, no, no, N("不明", "value.stated_unknown"), no, N("—")],
    )  # fmt: skip
    page.put("A8", "注：√为已办，○为在办，×为未办。").skip(8, "note", "footer")


@layout
def values_permits_in_words(book: Layout) -> None:
    page = book.page("Sheet1", known={"township": "*", "county": "*"})
    page.put("A1", "企业合规手续摸排表", merge="A1:H1")
    columns = [("序号", None), NAME, ("有无营业执照", "p.business_licence.standing"), ("环评手续是否办理",
        "p.eia.standing"),
               ("排污许可证办理情况", "p.pollutant_discharge.standing"), ("消防手续", "p.fire.standing"),
               ("是否通过环保竣工验收", "p.eia_acceptance.standing"), ("产能置换",
                   "p.capacity_swap.standing")]  # fmt: skip
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[5], V("有", "held"), V("已办理", "held"), V("已办", "held"), V("无", "lacking"), V("是", "held"),
         V("无需办理", "not_required")],
        [2, FIRMS[6], V("有", "held"), V("否", "lacking"), V("未办", "lacking"), V("未办理", "lacking"), V("否",
         "lacking"), N("/")],
        [3, FIRMS[7], V("无", "lacking"), V("正在办理", "applying"), V("在办", "applying"), V("0", "lacking"), V("否",
         "lacking"), V("办理中", "applying")],
        [4, FIRMS[8], V("有", "held"), V("是", "held"), V("已过期", "expired"), V("有", "held"), N("待核实",
         "value.stated_unknown"), V("不需要办理", "not_required")],
        [5, FIRMS[9], V("已吊销", "revoked"), V("未批先建", "lacking", True), V("过期", "expired"), None, N("-"), None],
        [6, FIRMS[10], V("已注销", "revoked"), V("没有", "lacking"), V("已取得", "held"), V("申请中", "applying"),
         V("未验收", "lacking"), V("不需要", "not_required")],
    )  # fmt: skip


@layout
def values_permits_in_groups(book: Layout) -> None:
    page = book.page("证照", known={"county": "*", "township": "*"})
    page.put("A1", "企业证照台账", merge="A1:J1")
    page.row(2, ["序号", "企业名称", "环评批复", None, None, "排污许可证", None, None, "安全生产标准化"])
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:H2", "I2:J2")
    page.row(3, ["文号", "审批部门", "批复时间", "证书编号", "有效期限", "管理类别", "等级", "有效期至"], "C")
    columns = [("序号", None), NAME, ("文号", "p.eia.number"), ("审批部门", "p.eia.issuer"), ("批复时间",
        "p.eia.valid_from"),
               ("证书编号", "p.pollutant_discharge.number"), ("有效期限", None), ("管理类别",
                   "p.pollutant_discharge.class"),
               ("等级", "p.safety_grade.class"), ("有效期至", "p.safety_grade.valid_to")]  # fmt: skip
    one, two, three = (uscc(body) for body in ("MA4L3B5C", "MA4L6D7E", "MA4L8F9G"))
    made = lines(
        page, columns, 4,
        [1, FIRMS[0], V("永蓝环评〔2019〕12号", "永蓝环评〔2019〕12号"), "永州市生态环境局蓝山分局", V("2019-08-16",
         day("2019-08-16"), True), one + "001P",
         None, V("简化管理", "simplified"), V("三级", "level_3"), V("2026.5", month("2026-05"))],
        [2, FIRMS[1], "蓝环评[2016]08号", "蓝山县环境保护局", V("2016年", days("2016-01-01", "2016-12-31"), True),
         two + "001W", None,
         V("登记管理", "registration"), N("/"), N("/")],
        [3, FIRMS[2], N("无"), N("/"), N("/"), three + "001Q", None, V("重点管理", "key"), V("二级", "level_2"),
         V("2025年12月31日", day("2025-12-31"))],
        [4, FIRMS[3], "湘环评（2020）33号", "湖南省生态环境厅", None, N("未办理"), None, N("-"), N("未达标"), None],
    )  # fmt: skip
    for firm, cell, raw, since, until in ((made[0], "G4", "2022-05-10至2027-05-09", "2022-05-10", "2027-05-09"),
                                          (made[1], "G5", "2021.3.1-2026.2.28", "2021-03-01", "2026-02-28"),
                                          (made[2], "G6", "自2023年7月1日至2028年6月30日", "2023-07-01",
                                              "2028-06-30")):  # fmt: skip
        page.put(cell, raw)
        permit = firm.permit("pollutant_discharge")
        permit.facts["valid_from"], permit.facts["valid_to"] = Due(day(since), (cell,)), Due(day(until), (cell,))
    made[0].permit("eia").facts["number"] = Due("*", ("C4",))
    made[1].permit("eia").facts["number"] = Due("*", ("C5",))
    made[3].permit("eia").facts["number"] = Due("*", ("C7",))
    made[2].permit("eia").may(standing="lacking")
    made[3].permit("pollutant_discharge").may(standing="lacking")
    made[3].permit("safety_grade").may(standing="lacking")


@layout
def values_permit_numbers_flat(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    columns = [NAME, ("排污许可证编号", "p.pollutant_discharge.number"), ("发证日期",
        "p.pollutant_discharge.valid_from"),
               ("有效期至", "p.pollutant_discharge.valid_to"), ("核发部门", "p.pollutant_discharge.issuer"),
               ("重点/简化/登记", "p.pollutant_discharge.class")]  # fmt: skip
    head(page, 1, columns)
    numbers = [
        uscc(body) + "001" + end
        for body, end in (("MA4L1A2B", "P"), ("MA4L4C5D", "Q"), ("MA4L7E8F", "X"), ("MA4L0G1H", "V"))
    ]
    lines(
        page, columns, 2,
        [FIRMS[4], numbers[0], V("2022-06-01", day("2022-06-01"), True), V("2027-05-31", day("2027-05-31")),
         "永州市生态环境局", V("简化", "simplified")],
        [FIRMS[5], numbers[1], V("2020.8.15", day("2020-08-15"), True), V("2025.8.14", day("2025-08-14")),
         "永州市生态环境局", V("重点", "key")],
        [FIRMS[6], numbers[2], None, V("2026年3月", month("2026-03")), None, V("登记", "registration")],
        [FIRMS[7], V(f"{numbers[3][:9]}\n{numbers[3][9:]}", numbers[3]), V("20230101", day("2023-01-01"), True),
         N("长期", "*"), "永州市生态环境局", N("不清楚", "*")],
        [FIRMS[8], N("未取得"), None, None, None, None],
    )  # fmt: skip
    page.firms[4].permit("pollutant_discharge").may(standing="lacking")


@layout
def values_document_numbers(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "责令改正及停产通知下达情况", merge="A1:G1")
    page.row(2, ["序号", "企业名称", "责令改正", None, None, "停产通知"])
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:G2")
    page.row(3, ["下达时间", "文号", "下达单位", "下达时间", "文号"], "C")
    columns = [("序号", None), NAME, ("下达时间", "a.correction_order.taken_on"), ("文号",
        "a.correction_order.document_no"),
               ("下达单位", "a.correction_order.authority"), ("下达时间", "a.halt.taken_on"), ("文号",
                   "a.halt.document_no")]  # fmt: skip
    bureau = "永州市生态环境局蓝山分局"
    lines(
        page, columns, 4,
        [1, FIRMS[9], V("2025.10.8", day("2025-10-08")), V("永环责改字〔2025〕17号", "*"), bureau, V("2025.11.26",
         day("2025-11-26")), V("蓝环停字[2025]3号", "*")],
        [2, FIRMS[10], V("2025年10月9日", day("2025-10-09")), V("永环责改字（2025）18号", "*"), bureau, None, None],
        [3, FIRMS[11], N("/"), N("/"), N("/"), V("2025-11-26", day("2025-11-26")), V("蓝环停字【2025】4号", "*")],
        [4, FIRMS[12], V("2025年10月中旬", days("2025-10-11", "2025-10-20", "ten_days")), V("永环责改字(2025)19号",
         "*"), bureau, N("无"), N("无")],
        [5, FIRMS[13], V("2025/10/20", day("2025-10-20")), N("无文号"), bureau, V("2025年11月", month("2025-11")),
         V("蓝环停字﹝2025﹞5号", "*")],
    )  # fmt: skip
