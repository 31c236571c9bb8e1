"""Several tables on a sheet, several sheets in a book, hidden parts, and formatted emptiness."""

from __future__ import annotations

from tests.importers.layouts.making import Layout, V, W, day, layout
from tests.importers.layouts.structure_rows import code, headed, hints, lay, made, titled

FURNACES = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("设备名称", "fn"),
    ("容量（t）", "m.capacity_t"),
    ("数量", "m.quantity"),
    ("备注", "e.remark"),
]
CLOSED = [
    ("序号", None),
    ("企业名称", "e.name"),
    ("法定代表人", "e.legal_representative"),
    ("关停时间", "a.closure.taken_on"),
    ("备注", "e.remark"),
]
SHORT = [("序号", None), ("企业名称", "e.name"), ("炉型", "f"), ("容量(吨)", "m.capacity_t")]


@layout
def two_tables_of_different_heads_one_under_another(book: Layout) -> None:
    page = book.page("新圩镇", known=hints("新圩镇"))
    titled(page, "表一：新圩镇在产铸造企业", 1, 6)
    headed(page, 2, FURNACES)
    page.known["status"] = "*"
    rows = [
        [1, "新圩镇金源铸造厂", "铝壳炉", 0.5, 2, None],
        [2, "蓝山县新圩兴发铸造有限公司", "中频炉", 1.5, 1, "一期"],
        [None, None, "铝壳炉", 0.75, 1, None],
    ]
    lay(page, 3, FURNACES, rows)
    page.row(6, ["合计", None, None, None, 4]).skip(6, "total")
    titled(page, "表二：新圩镇已关停铸造企业", 9, 5)
    headed(page, 10, CLOSED)
    lay(
        page,
        11,
        CLOSED,
        [
            [1, "新圩镇旧街铸造厂", "陈得福", V("2023.6.30", day("2023-06-30")), "设备已变卖"],
            [2, "新圩红星铸件厂", "黄桂生", V("2024-01-15", day("2024-01-15")), None],
        ],
    )


@layout
def second_table_begins_in_the_next_row_with_its_own_title(book: Layout) -> None:
    page = book.page("Sheet1", known=hints())
    titled(page, "塔峰镇铸造企业明细表", 1, 6)
    headed(page, 2, FURNACES)
    page.known["township"] = "塔峰镇"
    lay(
        page,
        3,
        FURNACES,
        [[1, "塔峰镇东风铸造厂", "铝壳炉", 1, 1, None], [2, "蓝山东方铸件有限公司", "中频炉", 2, 2, None]],
    )
    page.known["township"] = "所城镇"
    titled(page, "所城镇铸造企业明细表", 5, 6)
    headed(page, 6, FURNACES)
    lay(
        page,
        7,
        FURNACES,
        [[1, "所城镇幸福铸造厂", "铝壳炉", 0.3, 1, "停用"], [2, "蓝山县舜水铸造厂", "冲天炉", 3, 1, None]],
    )
    page.known["township"] = "竹管寺镇"
    titled(page, "竹管寺镇铸造企业明细表", 9, 6)
    headed(page, 10, FURNACES)
    lay(page, 11, FURNACES, [[1, "竹管寺利发铸造厂", "钢壳炉", 1.5, 2, None]])


@layout
def the_same_table_twice_side_by_side_with_a_blank_column(book: Layout) -> None:
    page = book.page(known=hints())
    titled(page, "铸造企业熔炼炉登记表", 1, 9)
    headed(page, 2, SHORT)
    headed(page, 2, SHORT, "F")
    lay(
        page,
        3,
        SHORT,
        [
            [1, "临武县金冠铸造厂", "铝壳炉", 0.5],
            [2, "临武楚江铸件有限公司", "中频炉", 1],
            [3, "临武县双溪铸造厂", "铝壳炉", 0.25],
        ],
    )
    lay(page, 3, SHORT, [[4, "临武县南强铸造厂", "钢壳炉", 2], [5, "水东镇铸造社", "冲天炉", 3]], left="F")


@layout
def the_same_table_twice_side_by_side_without_a_gap(book: Layout) -> None:
    page = book.page(known=hints())
    headed(page, 1, SHORT)
    headed(page, 1, SHORT, "E")
    lay(
        page,
        2,
        SHORT,
        [
            [1, "新田县龙泉铸造厂", "铝壳炉", 0.5],
            [2, "新田陶岭铸件厂", "中频炉", 0.75],
            [3, "新田县石羊机械有限公司", "铝壳炉", 1],
        ],
    )
    lay(
        page,
        2,
        SHORT,
        [
            [4, "新田县枧头铸造厂", "铝壳炉", 0.3],
            [5, "新田三井铸业有限公司", "钢壳炉", 1.5],
            [6, "金陵圩镇铸锅坊", "冲天炉", 1],
        ],
        left="E",
    )


@layout
def a_summary_by_township_beside_the_roster(book: Layout) -> None:
    page = book.page("排查", known=hints())
    columns = [
        ("序号", None),
        ("乡镇", "e.township"),
        ("企业名称", "e.name"),
        ("信用代码", "e.uscc"),
        ("生产状态", "e.status"),
    ]
    titled(page, "铸造企业排查名单", 1, 5)
    headed(page, 2, columns)
    rows = [
        [1, "晋昌镇", "定襄县晋昌铸造有限公司", code(90110023, place="140921"), "在产"],
        [2, "晋昌镇", "晋昌镇北关铸件厂", code(90110134, "92", "140921"), "停产"],
        [3, "季庄镇", "定襄季庄法兰锻造厂", code(90110245, place="140921"), "在产"],
        [4, "受禄乡", "受禄铸造厂", code(90110356, "92", "140921"), "关停"],
    ]
    lay(page, 3, columns, rows)
    page.row(2, ["乡镇", "企业数（家）"], "G")
    for row, pair in enumerate([("晋昌镇", 2), ("季庄镇", 1), ("受禄乡", 1), ("合计", 4)], 3):
        page.row(row, pair, "G")


@layout
def a_sheet_for_each_township_in_its_own_layout(book: Layout) -> None:
    guide = book.page("填报说明")
    for row, text in enumerate(
        ["填报说明", "1.企业名称须与营业执照一致。", "2.容量按单台填写，单位为吨。", "3.请于12月20日前报送县科工局。"],
        1,
    ):
        guide.put(f"A{row}", text)
    first = book.page("新圩镇", known=hints("新圩镇"))
    titled(first, "新圩镇铸造企业摸底表", 1, 4)
    headed(first, 2, SHORT)
    lay(first, 3, SHORT, [[1, "新圩顺发铸造厂", "铝壳炉", 0.5], [2, "蓝山县田心铸造有限公司", "中频炉", 1.5]])
    second = book.page("太平圩镇", known=hints("太平圩镇"))
    columns = [("企业名称", "e.name"), ("电炉（台数、容量）", "w"), ("是否停电", None), ("联系人", "e.contact_person")]
    headed(second, 1, columns)
    words = W("铝壳炉2台（0.5吨、在用）", made("铝壳炉", 0.5, 2, state="in_use"))
    lay(
        second,
        2,
        columns,
        [
            ["太平圩镇跃进铸造厂", words, None, "雷大海"],
            ["蓝山太平高新铸业有限公司", W("3吨中频炉1台", made("中频炉", 3, 1)), None, "李娜"],
        ],
    )
    third = book.page("汇总")
    titled(third, "各乡镇铸造企业数量汇总", 1, 3)
    for row, cells in enumerate(
        [("乡镇", "企业数（家）", "电炉（台）"), ("新圩镇", 2, 2), ("太平圩镇", 2, 3), ("合计", 4, 5)], 2
    ):
        third.row(row, cells)
    book.page("字典", hidden=True).row(1, ["炉型", "状态"]).row(2, ["铝壳炉", "在用"]).row(3, ["中频炉", "闲置"])


@layout
def hidden_columns_and_filtered_rows(book: Layout) -> None:
    page = book.page("台账", known=hints())
    columns = [
        ("序号", None),
        ("乡镇", "e.township"),
        ("企业名称", "e.name"),
        ("信用代码", "e.uscc"),
        ("联系电话", "e.contact_phone"),
        ("炉型", "f"),
        ("容量（吨）", "m.capacity_t"),
    ]
    titled(page, "铸造企业台账", 1, 7)
    headed(page, 2, columns)
    rows = [
        [1, "毛俊镇", "毛俊宏业铸造厂", code(55110023), "13512345601", "铝壳炉", 0.5],
        [2, "楠市镇", "蓝山楠市铸管有限公司", code(55110134), "13512345602", "中频炉", 2],
        [3, "毛俊镇", "蓝山县建丰铸造厂", code(55110245), "13512345603", "铝壳炉", 0.25],
        [4, "楠市镇", "楠市镇吴家铸件厂", code(55110356, "92"), "13512345604", "钢壳炉", 1],
    ]
    lay(page, 3, columns, rows)
    page.hidden_columns |= {"D", "E"}
    page.hidden_rows |= {4, 6}


@layout
def thousands_of_formatted_blank_rows(book: Layout) -> None:
    page = book.page("表格", known=hints())
    titled(page, "熔炼设备登记", 1, 6)
    headed(page, 2, FURNACES)
    rows = [
        [1, "嘉禾县肖家铸造厂", "铝壳炉", 0.5, 1, None],
        [2, "嘉禾县田心铸造有限公司", "中频炉", 1, 2, None],
        [None, None, "铝壳炉", 0.25, 1, None],
        [3, "嘉禾莲荷铸造厂", "冲天炉", 3, 1, None],
    ]
    lay(page, 3, FURNACES, rows)
    page.formatted_until = "H4000"


@layout
def serial_numbers_filled_in_advance_below_the_firms(book: Layout) -> None:
    page = book.page("表格", known=hints())
    headed(page, 1, FURNACES)
    rows = [
        [1, "蓝山兴邦铸造厂", "铝壳炉", 0.5, 1, None],
        [2, "蓝山县永兴铸业有限公司", "中频炉", 1, 2, None],
        [3, "蓝山石磊铸件厂", "钢壳炉", 1.5, 1, None],
    ]
    lay(page, 2, FURNACES, rows)
    for number in range(4, 12):
        page.put(f"A{number + 1}", number)
    page.row(13, ["合计", None, None, None, 4]).skip(13, "total")
    page.formatted_until = "F13"


@layout
def exits_and_builds_with_a_shared_sheet_title(book: Layout) -> None:
    page = book.page("置换", known=hints())
    titled(page, "铸造产能置换方案表", 1, 7)
    page.put("A2", "一、退出项目情况")
    columns = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("退出的熔化\n设备名称", "fn"),
        ("规格（吨）", None),
        ("数量\n（台）", "m.quantity"),
        ("拆除到位时间", "m.removed_on"),
        ("备注", "e.remark"),
    ]
    headed(page, 3, columns)
    rows = [
        [1, "绍兴上虞东关铸造厂", "中频炉", None, 2, V("2021-02-28", day("2021-02-28")), None],
        [2, "嵊州市三界铸件有限公司", "冲天炉", None, 1, V("2021-05-31", day("2021-05-31")), None],
    ]
    for firm in lay(page, 4, columns, rows):
        firm.machines[0].may(state="removed")
    page.put("A7", "二、建设项目情况")
    build = [
        ("序号", None),
        ("企业名称", "e.name"),
        ("建设地点", "e.address"),
        ("熔化设备名称", "fn"),
        ("单台容量（吨）", "m.capacity_t"),
        ("数量（台）", "m.quantity"),
        ("备注", "e.remark"),
    ]
    headed(page, 8, build)
    for firm in lay(
        page,
        9,
        build,
        [
            [1, "绍兴市新昌铸造有限公司", "新昌县高新园区", "中频炉", 3, 2, None],
            [2, "诸暨店口精铸有限公司", "诸暨市店口镇", "中频炉", 5, 1, "在建"],
        ],
    ):
        firm.own.may(township="*", park="*", status="*")
