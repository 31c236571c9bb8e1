"""From a file to a grid: the true type, the guard, then one engine after the other in limited children."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from pathlib import Path

from app.errors import Unreadable
from importers.container.archive import read_parts
from importers.container.assembly import assemble
from importers.container.limited import ChildFailed, child_lines
from importers.container.limits import Limits
from importers.container.refusals import damaged, exhausted, over_limit
from importers.container.sniff import container_of, zip_format
from importers.grid import WorkbookGrid

#: The engines of a format, in the order in which they are tried.
ENGINES = {
    "xlsx": ("calamine", "openpyxl"),
    "xlsm": ("calamine", "openpyxl"),
    "xlsb": ("xlsb",),
    "xls": ("xlrd", "calamine-xls"),
    "ods": ("ods",),
    "csv": ("csv",),
    "html": ("html",),
    "mht": ("mht",),
    "spreadsheetml": ("spreadsheetml",),
}


def content_of(path: Path, limits: Limits) -> bytes:
    """A file's bytes; of one that is larger than any roster, one more than the limit."""
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except OSError as absent:
        raise Unreadable(f"打不开文件 {path.name}", fix="请核对文件路径和权限", code="file.not_found") from absent


def read_bytes(content: bytes, name: str, limits: Limits) -> WorkbookGrid:
    """Read what was sent, by what the bytes are."""
    if len(content) > limits.file_bytes:
        raise over_limit(f"文件大于 {limits.file_bytes // 1_000_000} MB")
    form = true_format(content, limits)
    digest = hashlib.sha256(content).hexdigest()
    ends = time.monotonic() + limits.wall_seconds
    out_of_means = False
    for engine in ENGINES[form]:
        left = ends - time.monotonic()
        if left <= 0:
            break
        try:
            book = assemble(child_lines(content, form, engine, limits, left), name, digest, engine)
        except ChildFailed as failed:
            out_of_means = out_of_means or failed.exhausted
            continue
        if _has_macros(content, form):
            book = _told(book, "file.macros_ignored", "VBA")
        if engine == "calamine-xls":
            book = _told(book, "file.styles_not_read", "xls")
        first = ENGINES[form][0]
        if engine == first:
            return book
        # Where one engine failed, a blank book from the next is not what the sender sees.
        if any(sheet.cells for sheet in book.sheets):
            return _told(book, "file.second_engine", f"{first} 读不出这个文件，改由 {engine} 读取")
    if out_of_means or time.monotonic() >= ends:
        raise exhausted(limits, time.monotonic() - ends + limits.wall_seconds)
    raise damaged("表格软件的结构不完整，无法读出内容")


def _has_macros(content: bytes, form: str) -> bool:
    """Whether the workbook carries a macro project; the names of a container's parts stand in it as they are."""
    if form == "xls":
        return "_VBA_PROJECT_CUR".encode("utf-16-le") in content
    return form == "xlsm" or (form == "xlsb" and b"vbaproject.bin" in content.lower())


def true_format(content: bytes, limits: Limits) -> str:
    """The format by content; for zip containers only once the guard has passed them."""
    container = container_of(content)
    if container == "zip":
        return zip_format(content, read_parts(content, limits))
    return {"ole": "xls", "biff": "xls", "text": "csv"}.get(container, container)


def _told(book: WorkbookGrid, code: str, text: str) -> WorkbookGrid:
    """The book with an issue about the file as a whole before all others."""
    return replace(book, engine_issues=(("", None, code, text), *book.engine_issues))
