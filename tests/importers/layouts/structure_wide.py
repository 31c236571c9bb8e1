"""Ledgers with many columns under stacked heads."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, V, W, day, layout
from tests.importers.layouts.structure_rows import band, hints, lay, made, titled


@layout
def column_numbers_with_sums_under_two_head_rows(book: Layout) -> None:
    page = book.page("电炉", known=hints())
    titled(page, "铸造企业电炉台数统计表（2025年第四季度）", 1, 8)
    page.row(2, ["序号", "乡镇", "企业名称", "电炉总数（台）", "其中", None, None, "备注"])
    page.row(3, [None, None, None, None, "铝壳炉（台）", "钢壳炉（台）", "工频炉（台）"])
    page.merge("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2", "H2:H3")
    page.row(4, ["(1)", "(2)", "(3)", "(4)=(5)+(6)+(7)", "(5)", "(6)", "(7)", "(8)"])
    columns = [
        ("序号", None),
        ("乡镇", "e.township"),
        ("企业名称", "e.name"),
        ("总数", None),
        ("铝", "c:铝壳炉"),
        ("钢", "c:钢壳炉"),
        ("工", "c:工频炉"),
        ("备注", "e.remark"),
    ]
    rows = [
        [1, "所城镇", "蓝山县所城铸钢有限公司", 4, 2, 2, 0, None],
        [2, "所城镇", "所城兴华铸造厂", 1, 1, 0, 0, "铝壳炉已停用"],
        [3, "大桥瑶族乡", "蓝山大桥铸造厂", 3, 1, 1, 1, None],
        [4, "汇源瑶族乡", "汇源瑶乡铸件有限公司", 2, 0, 2, 0, None],
    ]
    lay(page, 5, columns, rows)
    page.row(9, ["合计", None, None, 10, 4, 5, 1]).merge("A9:C9").skip(9, "total")


@layout
def band_directly_under_three_head_rows_with_machines_in_words(book: Layout) -> None:
    page = book.page("一企一策", known=hints())
    titled(page, "铸造行业“一企一策”整治台账", 1, 7)
    page.row(2, ["序号", "企业概况", None, "整治情况", None, None, None])
    page.row(3, [None, "企业名称", "主要设备", "方案", "处置时间", None, "整改进展"])
    page.row(4, [None, None, None, "方案制定情况", "停电时间", "复电时间", None])
    page.merge("A2:A4", "B2:C2", "B3:B4", "C3:C4", "D2:G2", "E3:F3", "G3:G4")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("设备", "w"),
        ("方案", "plan.stage"),
        ("停电", "a.power_cut.taken_on"),
        ("复电", "a.power_restored.taken_on"),
        ("进展", "e.progress"),
    ]
    cut, back = V("2025.3.4", day("2025-03-04")), V("2025-06-30", day("2025-06-30"))
    first = [
        [
            1,
            "楠市镇力源铸造厂",
            W("1吨中频炉2台，0.5吨铝壳炉1台", made("中频炉", 1, 2), made("铝壳炉", 0.5, 1)),
            "已制定",
            cut,
            back,
            "已完成整改",
        ],
        [2, "蓝山楠丰铸造有限公司", W("钢壳炉3台", made("钢壳炉", None, 3)), "已制定", None, None, "正在整改"],
    ]
    second = [
        [
            3,
            "土市镇合兴铸造厂",
            W("0.3吨铝壳炉（已拆除）", made("铝壳炉", 0.3, state="removed")),
            "未制定",
            cut,
            None,
            "未启动",
        ],
        [4, "蓝山土市金属有限公司", W("两台2吨中频炉", made("中频炉", 2, 2)), "已制定", "/", "/", "已复工"],
    ]
    lay(page, 6, columns, first, within=("楠市镇", band(page, 5, "楠市镇", "G")))
    lay(page, 9, columns, second, within=("土市镇", band(page, 8, "土市镇", "G")))


@layout
def wide_ledger_with_three_row_head_and_firms_merged(book: Layout) -> None:
    page = book.page("台账", known=hints("楠市镇"))
    titled(page, "楠市镇铸造企业综合整治台账", 1, 14)
    page.put("A2", "填报单位：楠市镇人民政府").put("L2", "时间：2025年12月31日")
    page.row(
        3,
        [
            "序号",
            "企业信息",
            None,
            None,
            "生产设备",
            None,
            None,
            None,
            "手续办理情况",
            None,
            None,
            "处置措施",
            None,
            "备注",
        ],
    )
    page.row(
        4,
        [
            None,
            "企业名称",
            "法人及电话",
            None,
            "炉子",
            None,
            None,
            "使用\n状态",
            "营业\n执照",
            "环评",
            "排污\n许可",
            "停电",
            None,
            None,
        ],
    )
    page.row(
        5,
        [
            None,
            None,
            "法人",
            "电话",
            "类型",
            "容量\n（吨）",
            "数量\n（台）",
            None,
            None,
            None,
            None,
            "时间",
            "文号",
            None,
        ],
    )
    page.merge(
        "A3:A5",
        "B3:D3",
        "B4:B5",
        "C4:D4",
        "E3:H3",
        "E4:G4",
        "H4:H5",
        "I3:K3",
        "I4:I5",
        "J4:J5",
        "K4:K5",
        "L3:M3",
        "L4:M4",
        "N3:N5",
    )
    columns = [
        ("序号", None),
        ("名称", "e.name"),
        ("法人", "e.legal_representative"),
        ("电话", "e.contact_phone"),
        ("类型", "f"),
        ("容量", "m.capacity_t"),
        ("数量", "m.quantity"),
        ("状态", "m.state"),
        ("执照", "p.business_licence.standing"),
        ("环评", "p.eia.standing"),
        ("排污", "p.pollutant_discharge.standing"),
        ("停电时间", "a.power_cut.taken_on"),
        ("停电文号", "a.power_cut.document_no"),
        ("备注", "e.remark"),
    ]
    cut = V("2025年10月9日", day("2025-10-09"))
    rows = [
        [
            1,
            "楠市镇钢铁铸造厂",
            "陈钢",
            "13574600111",
            "铝壳炉",
            0.5,
            2,
            "在用",
            "√",
            "×",
            "×",
            cut,
            "蓝科工函〔2025〕15号",
            None,
        ],
        [None, None, None, None, "钢壳炉", 1, 1, "备用", None, None, None, None, None, None],
        [
            2,
            "蓝山县楠市精工铸造有限公司",
            "唐静",
            "13574600222",
            "中频炉",
            2,
            2,
            "在用",
            "√",
            "√",
            "√",
            None,
            None,
            "规上",
        ],
        [
            3,
            "楠市联营铸锅厂",
            "雷公平",
            "13574600333",
            "冲天炉",
            1.5,
            1,
            "闲置",
            "√",
            "×",
            "/",
            cut,
            "蓝科工函〔2025〕15号",
            None,
        ],
        [None, None, None, None, "铝壳炉", 0.3, 1, "封存", None, None, None, None, None, None],
    ]
    lay(page, 6, columns, rows, merge="ABCDIJKLMN")
    page.row(11, ["合计", None, None, None, None, None, 7]).merge("A11:D11").skip(11, "total")
    page.put("A12", "注：√表示已办理，×表示未办理。", merge="A12:N12")
