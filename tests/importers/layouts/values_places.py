"""Where firms are and how to reach them: coordinates in every writing, telephones, addresses."""

from __future__ import annotations

from tests.importers.layouts.making import Due, Firm, Layout, N, V, layout
from tests.importers.layouts.values_words import FIRMS, head, lines

NAME = ("企业名称", "e.name")


def _at(degrees: int, minutes: float, seconds: float = 0) -> float:
    return degrees + minutes / 60 + seconds / 3600


@layout
def values_coordinates_in_two_columns(book: Layout) -> None:
    page = book.page("坐标", known={"county": "*", "township": "*"})
    columns = [("序号", None), NAME, ("经度", "e.longitude"), ("纬度", "e.latitude")]
    page.put("A1", "企业点位坐标表", merge="A1:D1")
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], 112.193451, 25.371204],
        [2, FIRMS[1], V("112.2011", 112.2011), V("25.3688", 25.3688)],
        [3, FIRMS[2], V("112°11′30″", _at(112, 11, 30)), V("25°22′15″", _at(25, 22, 15))],
        [4, FIRMS[3], V("东经112°12'06.5\"", _at(112, 12, 6.5)), V("北纬25°21'48.2\"", _at(25, 21, 48.2))],
        [5, FIRMS[4], V("E112°10′05″", _at(112, 10, 5)), V("N25°20′00″", _at(25, 20))],
        [6, FIRMS[5], V("112度11分30秒", _at(112, 11, 30)), V("25度22分15秒", _at(25, 22, 15))],
        [7, FIRMS[6], V("１１２．１９５", 112.195), V("２５．３７", 25.37)],
        [8, FIRMS[7], N("/"), N("/")],
    )  # fmt: skip


@layout
def values_coordinates_in_one_column(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "village": "*", "township": "*"})
    columns = [("单位名称", "e.name"), ("详细地址", "e.address"), ("地理坐标（经纬度）", None)]
    head(page, 1, columns)
    told = [
        ("112.193451,25.371204", 112.193451, 25.371204),
        ("东经112°11′30″，北纬25°22′15″", _at(112, 11, 30), _at(25, 22, 15)),
        ("E112.2011 N25.3688", 112.2011, 25.3688),
        ("北纬25°21′48″、东经112°12′06″", _at(112, 12, 6), _at(25, 21, 48)),
        ("112.1934，25.3712", 112.1934, 25.3712),
        ("不详", None, None),
    ]
    for row, (raw, east, north) in enumerate(told, 2):
        cell = f"C{row}"
        firm = page.line(row, columns, [FIRMS[row + 5], f"蓝山县新圩镇上清涵村{row}组", raw])
        if east is None:
            page.ask(cell, "value.stated_unknown")
        else:
            firm.own.facts["longitude"], firm.own.facts["latitude"] = Due(east, (cell,)), Due(north, (cell,))


@layout
def values_coordinates_in_six_columns(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*"})
    page.put("A1", "铸造企业位置信息采集表", merge="A1:H1")
    page.row(2, ["序号", "企业名称", "中心经度", None, None, "中心纬度"])
    page.merge("A2:A3", "B2:B3", "C2:E2", "F2:H2")
    page.row(3, ["度", "分", "秒", "度", "分", "秒"], "C")

    def place(firm: Firm, row: int, east: tuple[float, ...], north: tuple[float, ...]) -> None:
        for name, cells, parts in (("longitude", "CDE", east), ("latitude", "FGH", north)):
            for column, part in zip(cells, parts, strict=True):
                page.put(f"{column}{row}", part)
            firm.own.facts[name] = Due(_at(*map(float, parts)), tuple(f"{column}{row}" for column in cells))  # type: ignore[arg-type]

    told = [
        ((112, 11, 30), (25, 22, 15)),
        ((112, 12, 6.5), (25, 21, 48.2)),
        ((112, 10, 5), (25, 20, 0)),
        ((112, 9, 59), (25, 19, 7)),
    ]
    for row, (east, north) in enumerate(told, 4):
        firm = page.line(row, [("序号", None), NAME], [row - 3, FIRMS[row]])
        place(firm, row, east, north)


@layout
def values_coordinates_wrong(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    columns = [("序号", None), NAME, ("中心经度（°）", "e.longitude"), ("中心纬度（°）", "e.latitude")]
    page.put("A1", "企业坐标信息", merge="A1:D1")
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[3], 112.1934, 25.3712],
        [2, FIRMS[4], 112.2011, 25.3688],
        [3, FIRMS[5], N(25.3655, "*"), N(112.2033)],
        [4, FIRMS[6], V("112°11'30", "*", True), V("25°22'15", "*", True)],
        [5, FIRMS[7], N(1121934, "*"), 25.3712],
        [6, FIRMS[8], N(0), N(0)],
    )  # fmt: skip
    page.firms[5].own.may(longitude=0, latitude=0)
    page.firms[2].own.may(longitude=112.2033, latitude=25.3655)


@layout
def values_telephones(book: Layout) -> None:
    page = book.page("通讯录", known={"county": "*", "village": "*"})
    page.put("A1", "楠市镇企业负责人通讯录", merge="A1:E1")
    page.known["township"] = "楠市镇"
    columns = [
        ("序号", None),
        ("名称", "e.name"),
        ("企业负责人", "e.legal_representative"),
        ("联系方式", "e.contact_phone"),
        ("生产地址", "e.address"),
    ]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[0], "李某", "13974600001", "楠市镇大桥村3组"],
        [2, FIRMS[1], "王某", V(15274600002, "15274600002"), "楠市镇工业路12号"],
        [3, FIRMS[2], "张某", N("138****1234"), "楠市镇桥头"],
        [4, FIRMS[3], "赵某", V("13974600003/0746-2212345", "*"), "楠市镇大桥村"],
        [5, FIRMS[4], "钱某", V("１３９７４６００００４", "13974600004"), "楠市镇原粮站内"],
        [6, FIRMS[5], "孙某", V("139 7460 0005", "13974600005"), N("/")],
        [7, FIRMS[6], "周某", N("无"), "楠市镇街上"],
        [8, FIRMS[7], "吴某", V("13974600006\n13974600007", "*"), "楠市镇矮岭村"],
    )  # fmt: skip


@layout
def values_people_in_one_cell(book: Layout) -> None:
    page = book.page("Sheet1", known={"county": "*", "township": "*"})
    page.put("A1", "企业联系人及用电户号", merge="A1:E1")
    columns = [
        ("序号", None),
        NAME,
        ("联系人", "e.contact_person"),
        ("联系人电话", "e.contact_phone"),
        ("用户编号（户号）", "e.power_account_no"),
        ("包保干部", "x"),
    ]
    head(page, 2, columns)
    lines(
        page, columns, 3,
        [1, FIRMS[8], "李某", "0746-2211001", "0731002245", "何某"],
        [2, FIRMS[9], "王某", "13974611002", V("0731002246、0731002247", "*"), "何某"],
        [3, FIRMS[10], "张某", "2211003", "7310022480", "高某"],
        [4, FIRMS[11], "赵某", N("不详", "value.stated_unknown"), N("无"), "高某"],
        [5, FIRMS[12], "钱某", "400-800-1234", "0731002250", "罗某"],
    )  # fmt: skip
    page.ask("F")
