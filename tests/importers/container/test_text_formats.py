"""Text files and web pages: charset, delimiter, quotes, spans."""

from __future__ import annotations

import codecs

import pytest

from importers.container import open_bytes
from importers.grid import Merge, SheetGrid

ROSTER = "企业名称,容量\n甲铸造厂,0.5\n"


def only(content: bytes, name: str = "名册.csv") -> SheetGrid:
    (grid,) = open_bytes(content, name).sheets
    return grid


def lines(grid: SheetGrid) -> list[list[str]]:
    return [[grid.text(row, column) for column in range(1, grid.width + 1)] for row in range(1, grid.height + 1)]


@pytest.mark.parametrize(
    "content",
    [
        ROSTER.encode(),
        codecs.BOM_UTF8 + ROSTER.encode(),
        ROSTER.encode("gb18030"),
        codecs.BOM_UTF16_LE + ROSTER.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + ROSTER.encode("utf-16-be"),
        ROSTER.replace(",", "\t").encode("gb18030"),
        ROSTER.replace(",", ";").encode(),
        b"sep=;\r\n" + ROSTER.replace(",", ";").encode(),
        ROSTER.replace("\n", "\r\n").encode(),
    ],
)
def test_a_text_roster_is_read_whatever_its_charset_and_delimiter(content: bytes) -> None:
    grid = only(content)

    assert grid.name == "Sheet1"
    assert lines(grid) == [["企业名称", "容量"], ["甲铸造厂", "0.5"]]


def test_the_format_is_named_by_its_delimiter() -> None:
    assert open_bytes(b"a\tb\n1\t2\n", "x.csv").format == "tsv"
    assert open_bytes(b"a,b\n1,2\n", "x.xlsx").format == "csv"


def test_blank_lines_and_lines_inside_quotes_keep_the_rows_numbered() -> None:
    grid = only('企业名称,备注\n\n"甲\n厂","含""引号"""\n'.encode())

    assert lines(grid) == [["企业名称", "备注"], ["", ""], ["甲\n厂", '含"引号"']]


def test_a_quote_never_closed_swallows_no_rows() -> None:
    read = open_bytes('名称,备注\n甲,"未完\n乙,好\n'.encode(), "名册.csv")

    assert lines(read.sheets[0]) == [["名称", "备注"], ["甲", '"未完'], ["乙", "好"]]
    assert read.engine_issues[0][2] == "text.quotes_unbalanced"


def test_a_code_kept_as_text_by_a_formula_is_that_text() -> None:
    assert only(b'="0012",x\n').text(1, 1) == "0012"


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_a_web_page_under_the_name_of_a_workbook(charset: str) -> None:
    page = (
        f'<html><head><meta charset="{charset}"><style>td {{}}</style></head><body><p>附件1</p><table>'
        "<tr><th rowspan=2>企业名称</th><th colspan='2'>熔炼设备</th></tr><tr><td>炉型</td><td>容量</td></tr>"
        "<tr style='display:none'><td>甲<br>厂&nbsp;</td><td><s>中频炉</s></td><td>0.5</td></tr></table></body></html>"
    ).encode(charset)

    read = open_bytes(page, "名册.xls")

    grid = read.sheets[0]
    assert (read.format, grid.name) == ("html", "Sheet1")
    assert lines(grid)[0][0] == "附件1"
    assert lines(grid)[1:3] == [["企业名称", "熔炼设备", "熔炼设备"], ["企业名称", "炉型", "容量"]]
    assert grid.text(4, 1) == "甲\n厂"
    assert grid.cells[4, 2].struck
    assert grid.hidden_rows == {4}
    assert grid.merges == (Merge(2, 1, 3, 1), Merge(2, 2, 2, 3))


def test_rows_cut_out_of_their_page_are_still_rows() -> None:
    read = open_bytes("<tr><td>企业名称<td>容量<tr><td>甲铸造厂<td>0.5".encode(), "名册.xls")

    assert read.format == "html"
    assert lines(read.sheets[0]) == [["企业名称", "容量"], ["甲铸造厂", "0.5"]]
