"""The sender's own workbook is sent back with marks, and with nothing else changed."""

from __future__ import annotations

import io
import posixpath
import random
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from app.errors import Unreadable
from importers.grid import WorkbookGrid, address
from importers.reply import reply_in, reply_to
from importers.reply.wording import corner
from importers.roster.reader import read_workbook
from tests.importers.container.packages import MAIN, ROWS, Entry, archive, entries, sheet, with_extra, workbook
from tests.importers.container.packages import parts as package_parts
from tests.importers.reply.asking import ASKED, about, mark, opened, parts, replied

ROSTERS = Path(__file__).resolve().parents[4] / "shared" / "rosters"
PACKAGES = sorted(path for folder in ("zoo", "odd", "real") for path in (ROSTERS / folder).glob("*.xls[xm]"))
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
COLOURS = {"error": "FFFFC7CE", "question": "FFFFFF99", "warning": "FFFFFF99"}
ADDED = re.compile(r"(comments|vmlDrawing|sheet|styles)[0-9]+\.(xml|vml)|.*\.rels")
CHANGED = re.compile(
    r"\[Content_Types\]\.xml|.*/_rels/[^/]+\.rels|xl/workbook\.xml|.*styles\.xml|xl/worksheets/[^/]+\.xml|.*comments[0-9]+\.xml|.*\.vml"
)


_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def marks_on(book: WorkbookGrid, count: int = 6) -> list:
    """Marks on some cells of every sheet, and on one that is empty."""
    drawn, made = random.Random(book.sha256), []
    for grid in book.sheets:
        cells = list(grid.cells)
        places = [*drawn.sample(cells, min(len(cells), count)), (max(grid.height - 1, 1), grid.width + 2)]
        for place in dict.fromkeys(places):
            made.append(mark(len(made) + 1, grid.name, address(*place), drawn.choice(list(COLOURS))))
    return made


@pytest.mark.skipif(not PACKAGES, reason="the rosters are not here")
@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.name)
def test_every_part_and_cell_of_a_roster_is_as_it_was_but_for_the_marks(path: Path) -> None:
    original = path.read_bytes()
    try:
        book = opened(original, path.name)
    except Unreadable:  # there is nothing to mark; which are refused and why is held by test_odd_files
        return
    marks = marks_on(book)
    reply = reply_to(original, book, marks, [ASKED], about(book))
    if book.format not in ("xlsx", "xlsm"):  # another format by the name of an xlsx carries no marks
        assert reply.instead
        return
    assert not reply.instead
    assert reply.content == reply_to(original, book, marks, [ASKED], about(book)).content

    before, after = parts(original), parts(reply.content)
    assert list(after)[: len(before)] == list(before)
    assert all(CHANGED.fullmatch(name) for name in before if after[name] != before[name])
    assert all(ADDED.fullmatch(posixpath.basename(name)) for name in list(after)[len(before) :])

    back = opened(reply.content, path.name)
    sheets = {grid.name: grid for grid in back.sheets}
    for grid in book.sheets:
        now = sheets[grid.name]
        assert now.cells == grid.cells
        assert (now.merges, now.hidden, now.hidden_rows, now.hidden_columns) == (
            grid.merges, grid.hidden, grid.hidden_rows, grid.hidden_columns,
        )  # fmt: skip
    names = {grid.name for grid in book.sheets}
    assert [one for one in read_workbook(back).records if one.sheet in names] == list(read_workbook(book).records)
    _same_to_openpyxl(original, reply.content, book, marks)


def _same_to_openpyxl(original: bytes, reply: bytes, book: WorkbookGrid, marks: list) -> None:
    try:
        before = openpyxl.load_workbook(io.BytesIO(original))
    except (TypeError, ValueError):
        return  # openpyxl cannot open it
    after = openpyxl.load_workbook(io.BytesIO(reply))
    grids = {grid.name: grid for grid in book.sheets}
    marked = {(one.sheet, corner(grids[one.sheet], openpyxl.utils.cell.coordinate_to_tuple(one.cell))) for one in marks}
    facets = ("font", "border", "alignment", "number_format", "protection")
    for page in before.worksheets:
        other = after[page.title]
        for place, cell in list(page._cells.items())[:4000]:
            now = other.cell(*place)
            assert cell.value == now.value
            assert all(repr(getattr(cell, facet)) == repr(getattr(now, facet)) for facet in facets)
            if (page.title, place) in marked:
                assert now.fill.fgColor.rgb in COLOURS.values()
                assert "例：0.5吨" in now.comment.text
            else:
                assert repr(cell.fill) == repr(now.fill)
                assert (cell.comment and cell.comment.text) == (now.comment and now.comment.text)


def test_a_mark_says_what_is_wrong_how_to_mend_it_and_an_example() -> None:
    reply = openpyxl.load_workbook(io.BytesIO(replied(workbook(), [("名册", "B2")])))
    comment = reply["名册"]["B2"].comment.text
    assert "不知道是什么单位" in comment
    assert "改法：请写明单位" in comment
    assert "例：0.5吨" in comment


def test_several_issues_on_a_cell_share_a_comment_and_the_gravest_colours_it() -> None:
    original = workbook()
    book = opened(original)
    marks = [mark(1, "名册", "B2"), mark(2, "名册", "B2", "error"), mark(3, "名册", "B2", "warning")]
    cell = openpyxl.load_workbook(io.BytesIO(reply_to(original, book, marks, [], about(book)).content))["名册"]["B2"]
    assert all(f"【{number}】" in cell.comment.text for number in (1, 2, 3))
    assert cell.fill.fgColor.rgb == COLOURS["error"]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ("", "C7"),
        ('<row r="2"/>', "C2"),
        ('<row r="9"><c r="A9"><v>1</v></c></row>', "C7"),
        ('<row r="7"><c r="B7"><v>1</v></c><c r="D7"><v>2</v></c></row>', "C7"),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>", "B1"),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>", "C3"),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>", "A2"),
    ],
)
def test_a_cell_or_row_that_is_not_there_is_made_in_its_place(rows: str, cell: str) -> None:
    original = workbook(rows) if rows else archive(entries(package_parts({"名册": _empty_sheet()})))
    reply = replied(original, [("名册", cell)])
    assert opened(reply).sheets[0].cells == opened(original).sheets[0].cells
    page = openpyxl.load_workbook(io.BytesIO(reply))["名册"]
    assert page[cell].fill.fgColor.rgb == COLOURS["question"]
    xml = parts(reply)["xl/worksheets/sheet1.xml"].decode()
    told = [int(number) for number in re.findall(r'<row r="(\d+)"', xml)]
    assert told == sorted(told)


def _empty_sheet() -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


def test_a_mark_within_a_merged_range_goes_to_its_top_left() -> None:
    original = workbook(after='<mergeCells count="1"><mergeCell ref="A2:A5"/></mergeCells>')
    page = openpyxl.load_workbook(io.BytesIO(replied(original, [("名册", "A4")])))["名册"]
    assert page["A2"].comment is not None
    assert page["A2"].fill.fgColor.rgb == COLOURS["question"]


def test_a_formula_keeps_its_formula_and_its_value() -> None:
    reply = replied(workbook('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'), [("名册", "A1")])
    assert b'<c r="A1" s="' in parts(reply)["xl/worksheets/sheet1.xml"]
    assert b"<f>1+1</f><v>2</v></c>" in parts(reply)["xl/worksheets/sheet1.xml"]


def _rich() -> bytes:
    """Protection, a filter, a table, conditional colours, a picture of nothing, comments, names."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page, other = made.add_worksheet("名册"), made.add_worksheet("其他")
    page.write_row(0, 0, ["企业名称", "容量", "备注"])
    page.write_row(1, 0, ["甲铸造厂", 500, "x"])
    page.write_row(2, 0, ["乙铸造厂", 750, "y"])
    page.write_comment("C2", "发送人自己的批注")
    page.write_comment("B3", "又一条批注", {"x_scale": 0.5, "y_scale": 0.3})
    page.protect("123", {"sort": True})
    page.conditional_format("B2:B3", {"type": "cell", "criteria": ">", "value": 600, "format": made.add_format()})
    page.data_validation("C2:C9", {"validate": "list", "source": ["x", "y"]})
    page.freeze_panes(1, 1)
    other.add_table("A1:B3", {"data": [[1, 2], [3, 4]]})
    other.autofilter("D1:E4")
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "=其他!$A$2:$A$3"})
    other.insert_chart("G2", chart)
    made.define_name("其他!本表", "=其他!$A$1")
    other.activate()
    made.close()
    return target.getvalue()


def test_protection_filters_tables_charts_names_and_comments_stay() -> None:
    original = _rich()
    reply = replied(original, [("名册", "B2"), ("名册", "B3"), ("其他", "A2")], asked=[ASKED])
    before, after = parts(original), parts(reply)
    kept = [name for name in before if re.search("charts/|drawings/drawing|tables/|theme|sharedStrings|docProps", name)]
    assert len(kept) >= 6
    assert all(before[name] == after[name] for name in kept)
    for number in (1, 2):
        name = f"xl/worksheets/sheet{number}.xml"
        assert _without_marks(after[name]) == _without_marks(before[name])
    workbook_xml = after["xl/workbook.xml"].decode()
    assert 'activeTab="1"' in workbook_xml
    assert "其他!$A$1" in workbook_xml
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="2">\'待核实\'!$4:$4</definedName>' in workbook_xml
    page = openpyxl.load_workbook(io.BytesIO(reply))["名册"]
    assert page["C2"].comment.text == "发送人自己的批注"
    assert page["B3"].comment.text.startswith("又一条批注\n【2】")
    assert page["B2"].comment.text.startswith("【1】")


def _without_marks(xml: bytes) -> bytes:
    return re.sub(rb' s="[0-9]+"|<legacyDrawing [^>]*/>', b"", xml)


def test_the_box_of_a_comment_that_is_shared_grows_with_its_text() -> None:
    def bottom(content: bytes) -> int:
        drawing = next(part for name, part in parts(content).items() if name.endswith("vmlDrawing1.vml")).decode()
        shape = next(shape for shape in drawing.split("<v:shape ") if "<x:Row>2</x:Row>" in shape)
        return int(re.search(r"<x:Anchor>([^<]*)", shape)[1].split(",")[6])  # type: ignore[index]

    original = _rich()
    assert bottom(replied(original, [("名册", "B3")])) > bottom(original)


def test_a_conversation_on_a_cell_is_left_as_it_is() -> None:
    given = parts(_rich())
    name = next(name for name in given if "comments1" in name)
    given[name] = re.sub(rb"<author>[^<]*</author>|<author/>", b"<author>tc={0F00-11}</author>", given[name])
    original = archive(Entry(name, content) for name, content in given.items())
    reply = replied(original, [("名册", "C2"), ("名册", "B2")])
    page = openpyxl.load_workbook(io.BytesIO(reply))["名册"]
    assert page["C2"].comment.text == "发送人自己的批注"
    assert page["C2"].fill.fgColor.rgb == COLOURS["question"]
    assert "【2】" in page["B2"].comment.text


def test_pictures_within_cells_as_wps_keeps_them_stay_to_the_byte() -> None:
    given = package_parts(
        {
            "名册": sheet(
                ROWS.replace(
                    "</row>", '<c r="C1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c></row>', 1
                )
            )
        }
    )
    wps = {
        "xl/cellimages.xml": b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
        "xl/_rels/cellimages.xml.rels": _NO_RELATIONS,
        "xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    }
    given["xl/_rels/workbook.xml.rels"] = given["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="w" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/>'
        "</Relationships>",
    )
    original = archive([*entries(given), *(Entry(name, content) for name, content in wps.items())])
    after = parts(replied(original, [("名册", "B2"), ("名册", "C1")]))
    assert all(after[name] == content for name, content in wps.items())
    assert b"2020/cellImage" in after["xl/_rels/workbook.xml.rels"]
    assert b'<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>' in after["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("form", ["strict", "prefixed", "utf-16", "marked utf-8", "absolute", "odd folders"])
def test_unusual_forms_of_a_package_are_marked_too(form: str) -> None:
    given: dict[str, bytes] = {name: text.encode() for name, text in package_parts().items()}
    page = "xl/worksheets/sheet1.xml"
    if form == "strict":
        given = {
            name: part.replace(MAIN.encode(), STRICT.encode()).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            for name, part in given.items()
        }
    elif form == "prefixed":
        for name in (page, "xl/workbook.xml"):
            text = re.sub(r"<(/?)(\w+)", r"<\1x:\2", re.sub(r"<\?.*?\?>", "", given[name].decode()))
            given[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    elif form == "utf-16":
        given[page] = given[page].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    elif form == "marked utf-8":
        given = {name: b"\xef\xbb\xbf" + part for name, part in given.items()}
    elif form == "absolute":
        rels = "xl/_rels/workbook.xml.rels"
        given[rels] = given[rels].replace(b'Target="worksheets/', b'Target="/xl/worksheets/')
    else:
        rels = "xl/_rels/workbook.xml.rels"
        given["xl/other/Page One.xml"] = given.pop(page)
        given[rels] = given[rels].replace(b"worksheets/sheet1.xml", b"other/Page One.xml")
        types = given["[Content_Types].xml"]
        given["[Content_Types].xml"] = types.replace(b"/xl/worksheets/sheet1.xml", b"/xl/other/Page One.xml")
    original = archive(Entry(name, part) for name, part in given.items())
    reply = replied(original, [("名册", "B2"), ("名册", "D5")], asked=[ASKED])
    back = opened(reply)
    assert back.sheets[0].cells == opened(original).sheets[0].cells
    assert [grid.name for grid in back.sheets[1:]] == ["待核实", "luzhang_reply"]
    returned = reply_in(back)
    assert returned is not None
    assert len(returned.remembered.askings) == 3
    if form not in ("utf-16", "strict"):
        cell = openpyxl.load_workbook(io.BytesIO(reply))["名册"]["B2"]
        assert cell.fill.fgColor.rgb == COLOURS["question"]
        assert "改法" in cell.comment.text


def test_rows_out_of_order_are_not_marked_but_sent_as_a_table_with_the_reason() -> None:
    rows = '<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    reply = replied(workbook(rows), [("名册", "B2")], instead="次序是乱的")
    assert "次序是乱的" in opened(reply).sheets[1].text(3, 1)
    assert opened(reply).sheets[0].text(9, 1) == "9"


def test_the_names_of_the_added_sheets_are_free_whatever_the_workbook_has() -> None:
    original = archive(entries(package_parts({"待核实": sheet(ROWS), "LUZHANG_reply": sheet(ROWS)})))
    names = [grid.name for grid in opened(replied(original, [("待核实", "B2")])).sheets]
    assert names == ["待核实", "LUZHANG_reply", "待核实2", "luzhang_reply2"]


def test_two_sheets_of_one_name_are_marked_each() -> None:
    given = package_parts({"名册": sheet(ROWS), "别的": sheet(ROWS)})
    given["xl/workbook.xml"] = given["xl/workbook.xml"].replace("别的", "名册")
    original = archive(entries(given))
    book = opened(original)
    made = reply_to(original, book, [mark(1, book.sheets[1].name, "B2")], [], about(book))
    assert not made.instead
    assert b"legacyDrawing" in parts(made.content)["xl/worksheets/sheet2.xml"]
    assert b"legacyDrawing" not in parts(made.content)["xl/worksheets/sheet1.xml"]


def test_macros_stay_to_the_byte() -> None:
    macros = bytes(range(256)) * 9
    original = with_extra(Entry("xl/vbaProject.bin", macros))
    assert opened(original).format == "xlsm"
    assert parts(replied(original, [("名册", "B2")]))["xl/vbaProject.bin"] == macros


def test_what_a_sheet_lacks_is_said_once_among_the_kinds_of_parts() -> None:
    types = parts(replied(_rich(), [("名册", "B2"), ("其他", "A2")]))["[Content_Types].xml"].decode()
    assert types.count('Extension="vml"') == 1
    assert types.count("comments+xml") == 2
    named = re.findall(r'PartName="([^"]*)"', types)
    assert len(named) == len(set(named))


def test_a_tall_sheet_is_marked_at_its_ends() -> None:
    rows = "".join(
        f'<row r="{row}">{"".join(f"""<c r="{letter}{row}"><v>{row}</v></c>""" for letter in "ABCDEFGH")}</row>'
        for row in range(1, 20_001)
    )
    reply = replied(workbook(rows), [("名册", "A1"), ("名册", "H20000"), ("名册", "K20000"), ("名册", "C20001")])
    xml = parts(reply)["xl/worksheets/sheet1.xml"].decode()
    made = '<c r="K20000"/>', '<row r="20001"><c r="C20001"/></row>'
    xml = _without_marks(xml.encode()).decode()
    assert all(xml.count(one) == 1 for one in made)
    assert xml.replace(made[0], "").replace(made[1], "") == sheet(rows)
