"""A single-file web page (MHT), as Excel and WPS save a workbook: its pages are sheets, each read as a web page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message
from urllib.parse import unquote

from importers.container.charset import decode
from importers.container.content import BookContent, SheetContent
from importers.container.engines.html import SHEET, page_text, sheet_of_page
from importers.container.limits import Limits
from importers.container.refusals import damaged, hostile, over_limit, wrong_type

_CUT = (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
_LISTED = re.compile(r"<x:ExcelWorksheet>(.*?)</x:ExcelWorksheet>", re.DOTALL | re.IGNORECASE)
_NAME = re.compile(r"<x:Name>(.*?)</x:Name>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"<x:WorksheetSource\s+HRef\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_HIDDEN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the first page lists it; `page`: the name of its own page, empty when it is the first."""

    name: str
    page: str
    hidden: bool


def read_mht(content: bytes, form: str, limits: Limits) -> BookContent:
    """The sheets that the first page lists, else every page with a table."""
    pages, styles = _pages(content, limits)
    first = next(iter(pages.values()))
    listed = [_listed(told) for told in _LISTED.findall(first)]
    found = [one for one in listed if one.page in pages] if any(one.page for one in listed) else []
    if len(found) < len([one for one in listed if one.page]):
        raise damaged("单个文件网页里缺少工作表的网页")
    if found:
        sheets = [_sheet(pages[one.page], one, limits, styles) for one in found]
    else:
        name, hidden = (listed[0].name, listed[0].hidden) if len(listed) == 1 else ("", False)
        plain = _Listed(name or SHEET, "", hidden)
        sheets = [sheet for text in pages.values() if (sheet := sheet_of_page(text, plain.name, limits, styles))]
    if len(sheets) > limits.sheets:
        raise over_limit(f"工作表超过 {limits.sheets} 张")
    if not any(sheet.rows for sheet in sheets):
        raise wrong_type("没有表格的网页（MHT）")
    return BookContent(form, sheets)


def _pages(content: bytes, limits: Limits) -> tuple[dict[str, str], str]:
    """The pages by the names of their files, the first one first; and all style sheets."""
    try:
        message = message_from_bytes(content)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError as nested:
        raise hostile("网页部件层层嵌套") from nested
    if len(parts) > limits.parts:
        raise over_limit(f"内含 {len(parts)} 个部件，最多 {limits.parts} 个")
    if all(part.get_content_type() != "text/html" for part in parts):
        raise wrong_type("单个文件网页（MHT），但里面没有网页，或不完整")
    if any(isinstance(defect, _CUT) for part in message.walk() for defect in part.defects):
        raise damaged("单个文件网页不完整，后面的内容缺失")
    pages: dict[str, str] = {}
    styles = ""
    for part in parts:
        kind = part.get_content_type()
        if kind == "text/html":
            pages.setdefault(_file(part) or str(len(pages)), page_text(_payload(part), part.get_content_charset()))
        elif kind == "text/css":
            styles += decode(_payload(part), part.get_content_charset())
    return pages, styles


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or any(isinstance(defect, _CUT) for defect in part.defects):
        raise damaged("单个文件网页里有一页无法解码")
    return payload


def _file(part: Message) -> str:
    """`file:///C:/0E/Book1.files/sheet001.htm` → `sheet001.htm`."""
    return _base(str(part.get("Content-Location", "")))


def _base(address: str) -> str:
    return unquote(address.strip()).replace("\\", "/").rpartition("/")[2].lower()


def _listed(told: str) -> _Listed:
    name, source = _NAME.search(told), _SOURCE.search(told)
    return _Listed(
        html.unescape(name[1].strip()) if name else SHEET,
        _base(html.unescape(source[1])) if source else "",
        _HIDDEN.search(told) is not None,
    )


def _sheet(text: str, listed: _Listed, limits: Limits, styles: str) -> SheetContent:
    """A sheet by its own page; one without a table is blank."""
    sheet = sheet_of_page(text, listed.name, limits, styles) or SheetContent(listed.name, ())
    sheet.hidden = listed.hidden or _HIDDEN.search(text) is not None
    return sheet
