"""A workbook saved as a single-file web page: its sheets, their names, what is struck out or hidden."""

from __future__ import annotations

import pytest

from app.errors import Unreadable
from importers.container import open_bytes
from importers.grid import WorkbookGrid
from tests.importers.container.samples import html, mht, mht_of


def refusal(content: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        open_bytes(content, "名册.mht")
    return refused.value


def page(table: str, head: str = "") -> bytes:
    return f"<html><head><meta charset=gb2312>{head}</head><body><table>{table}</table></body></html>".encode("gbk")


def frameset() -> WorkbookGrid:
    """As Excel saves a workbook of several sheets: a first page that lists them, one page each, tabs and styles."""
    listed = "".join(
        f'<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef="Book1.files/{file}"/></x:ExcelWorksheet>'
        for name, file in (("名册 &amp; 设备", "sheet001.htm"), ("底稿", "sheet002.htm"), ("空表", "sheet003.htm"))
    )
    book = f"<x:ExcelWorkbook><x:ExcelWorksheets>{listed}</x:ExcelWorksheets></x:ExcelWorkbook>"
    first = f"<html><head><xml>{book}</xml></head><frameset></frameset></html>"
    content = mht_of(
        ("Book1.htm", 'text/html; charset="gb2312"', first.encode("gbk")),
        ("Book1.files/stylesheet.css", "text/css", b".xl65 {text-decoration:line-through;}"),
        ("Book1.files/tabstrip.htm", "text/html", page("<tr><td>名册</td><td>底稿</td></tr>")),
        (
            "Book1.files/sheet002.htm",
            "text/html",
            page("<tr><td>说明", "<xml><x:Visible>SheetHidden</x:Visible></xml>"),
        ),
        ("Book1.files/sheet001.htm", "text/html", page("<tr><td class=xl65>旧厂</td><td>0.5</td></tr>")),
        ("Book1.files/sheet003.htm", "text/html", page("").replace(b"<table></table>", b"")),
        ("Book1.files/image001.png", "image/png", b"\x89PNG"),
    )
    return open_bytes(content, "名册.mht")


def test_a_page_in_one_file_is_what_the_page_is() -> None:
    read = open_bytes(mht(), "名册.xls")

    assert read.format == "mht"
    assert read.sheets == open_bytes(html(), "网页.xls").sheets


def test_the_sheets_are_those_that_the_first_page_lists_in_its_order() -> None:
    read = frameset()

    assert [(grid.name, grid.hidden, len(grid.cells)) for grid in read.sheets] == [
        ("名册 & 设备", False, 2), ("底稿", True, 1), ("空表", False, 0),
    ]  # fmt: skip


def test_styles_that_lie_beside_the_pages_strike_out() -> None:
    cells = frameset().sheets[0].cells

    assert (cells[1, 1].text, cells[1, 1].struck, cells[1, 2].struck) == ("旧厂", True, False)


def test_base64_is_decoded_and_a_broken_one_is_damaged() -> None:
    head = (
        b'From: =?gb2312?B?us0=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    )
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--x--\r\n"

    assert open_bytes(head + part % b"PHRhYmxlPjx0cj48dGQ+NQ==", "名册.mht").sheets[0].text(1, 1) == "5"
    assert refusal(head + part % b"PHRhYmxl!!PjxdHI+PHRkPjU").code == "file.damaged"


def test_what_is_cut_short_is_damaged() -> None:
    whole = mht()

    assert refusal(whole[: len(whole) * 2 // 3]).code == "file.damaged"
    assert refusal(whole[: whole.index(b"------=_Next\r\n")]).code in ("file.damaged", "file.wrong_type")


def test_a_page_without_a_table_or_with_a_sheet_missing_is_refused() -> None:
    listed = '<x:ExcelWorksheet><x:Name>甲</x:Name><x:WorksheetSource HRef="sheet009.htm"/></x:ExcelWorksheet>'

    assert refusal(mht_of(("a.htm", "text/html", b"<html><p>404</p></html>"))).code == "file.wrong_type"
    assert refusal(mht_of(("a.htm", "text/html", listed.encode()))).code == "file.damaged"


def test_parts_nested_without_end_are_refused() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(400_000)
    )

    assert refusal(b"MIME-Version: 1.0\r\n" + nested).code in ("file.hostile", "file.damaged", "file.over_limit")
