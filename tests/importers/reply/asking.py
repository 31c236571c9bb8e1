"""Marks and questions in few words, and a reply that a clerk has filled in, for the tests of the reply."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl

from importers.container import open_bytes
from importers.grid import WorkbookGrid
from importers.reply import Asked, Mark, ReplyAbout, reply_to
from importers.reply.pages import HEAD_ROW

ASKED = Asked(
    90, "enterprise.missing_this_time", None, None, "甲厂", "“甲厂”上次在册，这次没有报", "", "请核对",
    ("漏报", "关停", "搬迁", "被整合"),
)  # fmt: skip


def mark(number: int, sheet: str, cell: str, severity: str = "question", field: str = "equipment.capacity_t") -> Mark:
    """A mark on a cell."""
    told = ("value.unit_unknown", field, "骅强铸造厂", "500", "“容量”只写了数字“500”，不知道是什么单位", "请写明单位")
    return Mark(number, sheet, cell, severity, *told, "0.5吨")


def about(book: WorkbookGrid) -> ReplyAbout:
    """A reply to this workbook."""
    return ReplyAbout(book.file, book.sha256, "431127", None, "2026-01-05")


def opened(content: bytes, name: str = "名册.xlsx") -> WorkbookGrid:
    """A workbook as it is read."""
    return open_bytes(content, name)


def replied(
    content: bytes, cells: Sequence[tuple[str, str]], *, asked: Sequence[Asked] = (), instead: str = ""
) -> bytes:
    """The reply with marks 1, 2, … on these cells; `instead`: why it is to be another file."""
    book = opened(content)
    made = reply_to(content, book, [mark(at, *place) for at, place in enumerate(cells, 1)], asked, about(book))
    assert instead in made.instead if instead else not made.instead, made.instead
    return made.content


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def filled_in(
    reply: bytes, cells: Mapping[tuple[str, str], object], instead: Mapping[int, object] | None = None, note: str = ""
) -> bytes:
    """The reply as a clerk sends it back: some cells written, some questions answered by their numbers."""
    workbook = openpyxl.load_workbook(io.BytesIO(reply))
    for (sheet, cell), value in cells.items():
        workbook[sheet][cell] = value
    page = workbook["待核实"]
    for row in range(HEAD_ROW + 1, page.max_row + 1):
        number = page.cell(row, 1).value
        if number in (instead or {}):
            page.cell(row, 8).value = (instead or {})[number]
            page.cell(row, 9).value = note or None
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()
