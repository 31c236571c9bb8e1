"""The template as a workbook: the roster, its pages, how to fill it in, and a hidden sheet of long drop-downs."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from reports.template import guide
from reports.template.cells import BLANK_ROWS, Cells, looks_of
from reports.template.content import HEAD_ROW, ROSTER, Page, Place, Roster, Slot
from reports.template.proof import Choice
from reports.template.widths import height, lines_of

_GUIDE_WIDTH = 90.0


def written(roster: Roster, choice: Choice) -> bytes:
    """The workbook's bytes. The same roster and choice give the same bytes: it carries no moment of making."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1), "author": "炉账"})  # noqa: DTZ001 (fixed, so bytes do not drift)
    looks = looks_of(book)
    _Sheet(book, roster, choice, looks).write()
    for page in roster.pages:
        _PageSheet(book, page, roster.about.reporting_unit, choice, looks).write()
    _guide(book, roster, looks)
    book.close()
    return out.getvalue()


class _Sheet(Cells):
    """The roster's sheet in the making."""

    def __init__(self, book: Any, roster: Roster, choice: Choice, looks: dict[str, Any]) -> None:
        super().__init__(book, ROSTER, roster.slots, roster.filled, roster.first, choice, looks)
        self.roster = roster
        self.last = max(len(roster.slots) - 1, 3)
        self.end = roster.first + len(roster.lines) - 1

    def write(self) -> None:
        """All of it."""
        self._top()
        self._head()
        self._body()
        self.blank_rows(self.end + 1)
        self.limits(self.end + BLANK_ROWS)
        self.print_setup(HEAD_ROW, self.end + BLANK_ROWS, self.last)
        self.sheet.autofilter(self.first - 1, 0, max(self.end, self.first), len(self.slots) - 1)

    def _top(self) -> None:
        """The title, and below it who reports and when."""
        self.sheet.merge_range(0, 0, 0, self.last, self.roster.title, self.looks["title"])
        self.sheet.set_row(0, 34)
        self.sheet.set_row(1, 22)
        unit = self.roster.about.reporting_unit
        step = 2 if self.last >= 7 else 1
        label = 2 if self.last >= 4 else 1
        self.cell(1, 0, 1, label - 1, "填报单位：", "label")
        self.cell(1, label, 1, label + step - 1, unit, "known" if unit else "asked")
        right = self.last - 2 * step + 1
        self.cell(1, right, 1, right + step - 1, "填报日期：", "label")
        self.cell(1, right + step, 1, self.last, None, "asked")
        self.comment(1, right + step, "请填写本表情况的截止日期，例如2025-12-31。")

    def _head(self) -> None:
        """The heads with their groups: alike words beside one another are one cell, a short path reaches down."""
        depth = self.roster.head_rows
        for level in range(depth):
            of_level = [(self._group(slot, level), slot) for slot in self.slots if len(slot.path) > level]
            for (_, _, end), run in groupby(of_level, lambda one: one[0]):
                group = [slot for _, slot in run]
                row = HEAD_ROW + level
                bottom = HEAD_ROW + depth - 1 if end else row
                look = "head_asked" if group[0].added else "head"
                self.cell(row, group[0].at, bottom, group[-1].at, group[0].path[level], look)
        for level in range(depth):
            leaves = [
                -(-lines_of(slot.path[-1], self.widths[slot.at]) // (depth - level))
                for slot in self.slots
                if len(slot.path) == level + 1
            ]
            self.sheet.set_row(HEAD_ROW + level, 18.0 * max([*leaves, 1]) + 4)

    def _group(self, slot: Slot, level: int) -> tuple[tuple[str, ...], int, bool]:
        """What cells of the head are one: the same words from the top down, side by side; a last word is its own."""
        end = len(slot.path) == level + 1
        same = [one for one in self.slots if one.path[: level + 1] == slot.path[: level + 1]]
        run = [one.at - place for place, one in enumerate(same) if one.at == slot.at]
        return slot.path[: level + 1], slot.at if end else run[0], end

    def _body(self) -> None:
        for (row, at, _), last, number in self.roster.numbers:
            self.cell(row, at, last, at, number, "known_serial")
        row = self.first
        for _, group in groupby(self.roster.lines, lambda line: line.number):
            count = len(list(group))
            for slot in self.slots:
                if slot.serial:
                    continue
                if slot.section and slot.section != "equipment":
                    self.fact(row, row + count - 1, slot)
                    continue
                for line in range(row, row + count):
                    self.fact(line, line, slot)
            self._heights(row, count)
            row += count

    def _heights(self, row: int, count: int) -> None:
        """Rows tall enough for what stands in them, a merged cell sharing its rows."""
        need = [1] * count
        for slot in self.slots:
            merged = bool(slot.section) and slot.section != "equipment"
            for line in range(1 if merged else count):
                lines = lines_of(self.texts.get(Place(row + line, slot.at)), self.widths[slot.at])
                for one in range(count) if merged else (line,):
                    need[one] = max(need[one], -(-lines // count) if merged else lines)
        for line, lines in enumerate(need):
            self.sheet.set_row(row + line, height(lines))


class _PageSheet(Cells):
    """A page beside the roster in the making: a line each, nothing merged."""

    def __init__(self, book: Any, page: Page, unit: str, choice: Choice, looks: dict[str, Any]) -> None:
        super().__init__(book, page.name, page.slots, page.filled, page.first, choice, looks)
        self.page, self.unit = page, unit

    def write(self) -> None:
        """All of it."""
        right, end = len(self.slots) - 1, self.first + self.page.count - 1
        self.sheet.merge_range(0, 0, 0, right, self.page.title, self.looks["title"])
        self.sheet.set_row(0, 34)
        self.sheet.set_row(1, 22)
        if self.unit:
            self.cell(1, 0, 1, 0, "填报单位：", "label")
            self.cell(1, 1, 1, 2, self.unit, "known")
        for slot in self.slots:
            self.cell(HEAD_ROW, slot.at, HEAD_ROW, slot.at, slot.head, "head")
        self.sheet.set_row(HEAD_ROW, 18.0 * max(lines_of(slot.head, self.widths[slot.at]) for slot in self.slots) + 4)
        for row in range(self.first, end + 1):
            for slot in self.slots:
                self.fact(row, row, slot)
            lines = (lines_of(self.texts.get(Place(row, one.at, self.name)), self.widths[one.at]) for one in self.slots)
            self.sheet.set_row(row, height(max(lines)))
        self.blank_rows(end + 1)
        self.limits(end + BLANK_ROWS)
        self.print_setup(HEAD_ROW, end + BLANK_ROWS, right)


def _guide(book: Any, roster: Roster, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(guide.NAME)
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.write_string(0, 0, guide.NAME, looks["title"])
    sheet.set_row(0, 34)
    row = 1
    for look, text in guide.COLOURS:
        sheet.write_string(row, 0, text, looks[look])
        sheet.set_row(row, height(1))
        row += 1
    for text in guide.lines(roster):
        sheet.write_string(row, 0, text, looks["note"])
        sheet.set_row(row, height(lines_of(text, _GUIDE_WIDTH)) + 4)
        row += 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
