"""Lists of permits and approvals: the permit platform's export, projects, registrations, grades."""

from __future__ import annotations

from tests.importers.layouts.ledgers_lines import heads
from tests.importers.layouts.making import Firm, Layout, N, V, day, layout, month


def _held(firm: Firm, *kinds: str) -> Firm:
    for kind in kinds:
        if kind in firm.permits:
            firm.permits[kind].may(standing="held")
    return firm


@layout
def permit_platform_export(book: Layout) -> None:
    book.form, book.options = "csv", {"encoding": "utf-8-sig"}
    page = book.page()
    columns = [
        ("省", None),
        ("市", None),
        ("许可证编号", "p.pollutant_discharge.number"),
        ("单位名称", "e.name"),
        ("行业类别", "e.industry"),
        ("有效期限", None),
        ("发证日期", "p.pollutant_discharge.valid_from"),
        ("管理类别", "p.pollutant_discharge.class"),
    ]
    heads(page, 1, columns)
    rows = [
        (
            "91431127MA32HQ8H84001P",
            "蓝山县华强铸造有限公司",
            "黑色金属铸造",
            "2024-09-10至2029-09-09",
            "重点管理",
            "key",
        ),
        (
            "91431127147815802K001Q",
            "永州市恒昌铸件有限公司",
            "黑色金属铸造",
            "2023-06-15至2028-06-14",
            "简化管理",
            "simplified",
        ),
        (
            "9143112769983397XL002Q",
            "湖南九鼎锻压有限公司",
            "锻件及粉末冶金制品制造",
            "2022-03-01至2027-02-28",
            "简化管理",
            "simplified",
        ),
    ]
    for row, (number, name, industry, span, mark, kind) in enumerate(rows, 2):
        since, until = span.split("至")
        firm = page.line(
            row, columns, ["湖南省", "永州市", number, name, industry, span, V(since, day(since)), V(mark, kind)]
        )
        firm.own.may(county="*", industry_code="*")
        permit = _held(firm, "pollutant_discharge").permit("pollutant_discharge")
        permit.says("valid_from", f"F{row}", span, day(since)).says("valid_to", f"F{row}", span, day(until))


PROJECTS = [
    ("序号", None),
    ("建设项目名称", None),
    ("建设单位", "e.name"),
    ("建设地点", "e.address"),
    ("环评报告类型", None),
    ("环评批复文号", "p.eia.number"),
    ("批复日期", "p.eia.valid_from"),
    ("批复单位", "p.eia.issuer"),
    ("环保验收时间", "p.eia_acceptance.valid_from"),
]


@layout
def project_approvals_and_acceptance(book: Layout) -> None:
    page = book.page("项目清单")
    page.put("A1", "建设项目环评审批及竣工环保验收情况表", merge="A1:I1")
    heads(page, 2, PROJECTS)
    unit = "忻州市生态环境局定襄分局"
    rows = [
        [
            1,
            "年产5000吨法兰锻造项目",
            "山西昊天法兰锻造有限公司",
            "神山乡南西力村",
            "报告表",
            "定环审〔2019〕14号",
            V("2019.4.12", day("2019-04-12")),
            unit,
            V("2020.1.8", day("2020-01-08")),
        ],
        [
            2,
            "年产1.2万吨风电法兰技改项目",
            "山西昊天法兰锻造有限公司",
            "神山乡南西力村",
            "报告表",
            "定环审〔2022〕5号",
            V("2022.3.2", day("2022-03-02")),
            unit,
            None,
        ],
        [3, "环锻件热处理生产线项目", "定襄县同盛锻造厂", "晋昌镇北关村", "登记表", "/", N("/"), None, None],
        [
            4,
            "年产8000吨管件项目",
            "忻州万嘉管件有限公司",
            "蒋村镇张村",
            "报告表",
            "定环审〔2021〕30号",
            V("2021.11", month("2021-11")),
            unit,
            V("2022年6月", month("2022-06")),
        ],
    ]
    for row, values in enumerate(rows, 3):
        values[5] = N("/") if values[5] == "/" else values[5]
        if row == 4:
            # A second project of the firm of the row above: one record, with two approvals.
            again = [(head, path and path.replace("p.eia.", "p.eia#2.")) for head, path in PROJECTS]
            page.line(row, again, values, firm=page.firms[0]).permit("eia#2").may(standing="held")
            continue
        _held(page.line(row, PROJECTS, values), "eia", "eia_acceptance").own.may(industry="*")
        if row == 5:
            page.firms[-1].permit("eia").may(standing="*", number="*")


@layout
def discharge_registrations(book: Layout) -> None:
    book.form = "xls"
    page = book.page("登记企业", known={"county": "*"})
    page.put("A1", "固定污染源排污登记企业名单", merge="A1:F1")
    columns = [
        ("序号", None),
        ("排污单位名称", "e.name"),
        ("生产经营场所地址", "e.address"),
        ("统一社会信用代码", "e.uscc"),
        ("排污登记编号", "p.pollutant_discharge.number"),
        ("有效期至", "p.pollutant_discharge.valid_to"),
    ]
    heads(page, 2, columns)
    rows = [
        ("绍兴市上虞区东关五金铸件厂", "东关街道联星村", "91330681185534577J", "2025年5月17日", "2025-05-17"),
        ("绍兴越城飞鹿机械有限公司", "皋埠街道吼山村", "9133068186886468XA", "2026年1月3日", "2026-01-03"),
        ("绍兴柯桥新力轴承有限公司", "福全街道容山村", "9133068141412250XC", "2025年8月30日", "2025-08-30"),
    ]
    for row, (name, place, code, until, iso) in enumerate(rows, 3):
        firm = page.line(row, columns, [row - 2, name, place, code, f"{code}001X", V(until, day(iso))])
        _held(firm, "pollutant_discharge").permit("pollutant_discharge").may(**{"class": "registration"})


@layout
def permits_about_to_lapse(book: Layout) -> None:
    page = book.page("到期提醒")
    page.put("A1", "排污许可证到期延续提醒清单", merge="A1:G1")
    columns = [
        ("序号", None),
        ("持证单位", "e.name"),
        ("排污许可证编号", "p.pollutant_discharge.number"),
        ("有效期起", "p.pollutant_discharge.valid_from"),
        ("有效期止", "p.pollutant_discharge.valid_to"),
        ("证书状态", "p.pollutant_discharge.standing"),
        ("核发部门", "p.pollutant_discharge.issuer"),
    ]
    heads(page, 2, columns)
    issuer = "昌吉州生态环境局"
    rows = [
        ("新疆豫源铸造有限公司", "91652301556388530E001Q", "2020-07-15", "2025-07-14", "已过期", "expired"),
        ("新疆瑞德耐磨制造有限公司", "91652301MAR7Y5BM1T001Q", "2021-01-20", "2026-01-19", "有效", "held"),
        ("昌吉市永盛铸管有限公司", "91652301MA8GYE990Y001P", "2019-12-03", "2022-12-02", "已注销", "revoked"),
    ]
    for row, (name, number, since, until, mark, standing) in enumerate(rows, 3):
        page.line(
            row, columns, [row - 2, name, number, V(since, day(since)), V(until, day(until)), V(mark, standing), issuer]
        )


@layout
def procedures_matrix(book: Layout) -> None:
    page = book.page("手续办理")
    page.put("A1", "铸造企业手续办理情况一览表（√已办 ×未办 ○在办）", merge="A1:K1")
    page.row(2, ["序号", "企业名称", "手续办理情况", None, None, None, None, None, None, None, "备注"])
    names = ["营业执照", "立项备案", "用地手续", "环评批复", "环保验收", "排污许可", "节能审查", "消防手续"]
    page.row(3, names, "C")
    page.merge("A2:A3", "B2:B3", "C2:J2", "K2:K3")
    kinds = [
        "business_licence",
        "project_filing",
        "land",
        "eia",
        "eia_acceptance",
        "pollutant_discharge",
        "energy_review",
        "fire",
    ]
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        *((name, f"p.{kind}.standing") for name, kind in zip(names, kinds, strict=True)),
        ("备注", "e.remark"),
    ]
    marks = {"√": "held", "×": "lacking", "○": "applying"}
    rows = [
        (1, "江华瑶山铸造有限公司", "√√×√×√○×", "租用村集体厂房"),
        (2, "江华兴隆铸管厂", "√×××××××", None),
        (3, "江华县宏图机械有限公司", "√√√√√√√√", "/"),
        (4, "江华沱江铸钢厂", "√○○○/×/×", None),
    ]
    for row, (number, name, said, remark) in enumerate(rows, 4):
        values = [V(mark, marks[mark]) if mark in marks else N(mark) for mark in said]
        firm = page.line(row, columns, [number, name, *values, N("/") if remark == "/" else remark])
        firm.own.may(industry="*", industry_code="*")


@layout
def performance_grades(book: Layout) -> None:
    book.form = "ods"
    page = book.page("绩效分级")
    page.put("A1", "重污染天气重点行业企业绩效分级名单", merge="A1:F1")
    columns = [
        ("序号", None),
        ("县（市、区）", "e.county"),
        ("企业名称", "e.name"),
        ("行业类型", "e.industry"),
        ("绩效等级", "e.grade"),
        ("排污许可证编号", "p.pollutant_discharge.number"),
    ]
    heads(page, 2, columns)
    rows = [
        ["长葛市", "长葛市黄河铸造有限公司", "铸造", V("B级", "B"), "91140921MAW3G6M288001Q"],
        ["长葛市", "河南中原锻件有限公司", "锻造", V("B-", "B-"), "91140921216477860B001Q"],
        ["禹州市", "禹州市钧陶机械铸造厂", "铸造", V("C级企业", "C"), None],
        ["禹州市", "禹州宏基铸业有限公司", "铸造", V("引领性", "leading"), None],
        ["襄城县", "襄城县利达锻造有限公司", "锻造", V("非引领性", "not_leading"), N("/")],
        ["襄城县", "襄城鑫汇铸造有限公司", "铸造", N("长期停产"), None],
    ]
    for row, values in enumerate(rows, 3):
        firm = _held(page.line(row, columns, [row - 2, *values]), "pollutant_discharge")
        firm.own.may(industry_code="*")
    page.firms[-1].own.may(status="suspended")


@layout
def safety_grades(book: Layout) -> None:
    page = book.page("Sheet1")
    page.put("A1", "安全生产标准化达标企业名单", merge="A1:H1")
    page.put("A2", "填报单位：昌吉市应急管理局", merge="A2:H2")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("企业规模", "e.scale"),
        ("安全生产标准化等级", "p.safety_grade.class"),
        ("证书编号", "p.safety_grade.number"),
        ("发证机关", "p.safety_grade.issuer"),
        ("发证日期", "p.safety_grade.valid_from"),
        ("有效期至", "p.safety_grade.valid_to"),
    ]
    heads(page, 3, columns)
    state, city = "昌吉州应急管理局", "昌吉市应急管理局"
    rows = [
        [
            1,
            "新疆华晟源金属制造有限公司",
            V("规上", "above"),
            V("二级", "level_2"),
            "AQBIIJX(新)202300045",
            state,
            V("2023.10.16", day("2023-10-16")),
            V("2026.10", month("2026-10")),
        ],
        [
            2,
            "新疆长信耐磨材料有限公司",
            V("规下", "below"),
            V("三级", "level_3"),
            "AQBIIIJX(昌)202100112",
            city,
            V("2021.11.30", day("2021-11-30")),
            V("2024.11", month("2024-11")),
        ],
        [
            3,
            "新疆宏基机械制造有限公司",
            V("规下", "below"),
            V("三级", "level_3"),
            "AQBIIIJX(昌)202100118",
            city,
            V("2021.12.6", day("2021-12-06")),
            V("2024.12", month("2024-12")),
        ],
        [4, "昌吉市恒丰翻砂铸造作坊", V("作坊", "workshop"), N("未达标"), None, None, None, None],
    ]
    for row, values in enumerate(rows, 4):
        _held(page.line(row, columns, values), "safety_grade")
    page.firms[-1].permit("safety_grade").may(standing="lacking")
