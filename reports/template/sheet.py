"""The template as a workbook: the roster, how to fill it in, and a hidden sheet for drop-downs that are too long."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from app.domain.vocabulary import field as field_of
from reports.tables import Printed
from reports.template import guide, validation
from reports.template.content import HEAD_ROW, Filled, Roster, Slot
from reports.template.proof import Choice
from reports.template.widths import height, lines_of, width_of

#: The sheet of the roster, and the hidden one of long drop-downs.
ROSTER, WORDS = "名册", "代码表"
#: Officials print rosters in these; named, never shipped.
_TITLE_FONT, _BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
_KNOWN, _ASKED, _HEAD = "#EDEDED", "#FFF2A8", "#D9E2F3"
#: Rows left for firms that the register does not know.
_BLANK_ROWS = 15
#: Sheets wider than this, in characters, go on A3.
_A4_WIDTH = 150
_LONGEST_COMMENT = 1000
_GUIDE_WIDTH = 90.0


def written(roster: Roster, choice: Choice) -> bytes:
    """The workbook's bytes. The same roster and choice give the same bytes: it carries no moment of making."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime(2000, 1, 1), "author": "炉账"})  # noqa: DTZ001 (fixed, so bytes do not drift)
    _Sheet(book, roster, choice).write()
    _guide(book, roster)
    book.close()
    return out.getvalue()


def printed(filled: Filled, choice: Choice) -> Printed:
    """What stands in a cell; None where it is empty."""
    way = choice.get(filled.place, 0)
    return filled.ways[way].printed if way < len(filled.ways) else None


def _looks(book: Any) -> dict[str, Any]:
    body = {"font_name": _BODY_FONT, "font_size": 11}
    edge = {**body, "border": 1, "text_wrap": True, "valign": "vcenter"}
    looks = {
        "title": book.add_format({"font_name": _TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"}),
        "label": book.add_format({**body, "align": "right", "valign": "vcenter"}),
        "head": book.add_format({**edge, "bold": True, "align": "center", "bg_color": _HEAD}),
        "head_asked": book.add_format({**edge, "bold": True, "align": "center", "bg_color": _ASKED}),
        "note": book.add_format({**body, "text_wrap": True, "valign": "vcenter"}),
    }
    for name, colour in (("known", _KNOWN), ("asked", _ASKED), ("blank", None)):
        fill = {"bg_color": colour} if colour else {}
        looks[name] = book.add_format({**edge, **fill, "num_format": "@"})
        looks[f"{name}_number"] = book.add_format({**edge, **fill, "align": "right"})
        looks[f"{name}_serial"] = book.add_format({**edge, **fill, "align": "center"})
    return looks


class _Sheet:
    """The roster's sheet in the making."""

    def __init__(self, book: Any, roster: Roster, choice: Choice) -> None:
        self.book, self.roster, self.choice = book, roster, choice
        self.looks = _looks(book)
        self.sheet = book.add_worksheet(ROSTER)
        self.last = max(len(roster.slots) - 1, 3)
        self.end = roster.first + len(roster.lines) - 1
        self.texts = {one.place: printed(one, choice) for one in roster.filled}
        self.widths = [self._width(slot) for slot in roster.slots]

    def write(self) -> None:
        """All of it."""
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)
        self._top()
        self._head()
        self._body()
        self._blank_rows()
        self._validation()
        self._print_setup()

    def _width(self, slot: Slot) -> float:
        cells = [text for (_, at), text in self.texts.items() if at == slot.at]
        return width_of(slot.path, cells, serial=slot.serial)

    def _top(self) -> None:
        """The title, and below it who reports and when."""
        self.sheet.merge_range(0, 0, 0, self.last, self.roster.title, self.looks["title"])
        self.sheet.set_row(0, 34)
        self.sheet.set_row(1, 22)
        unit = self.roster.about.reporting_unit
        step = 2 if self.last >= 7 else 1
        label = 2 if self.last >= 4 else 1
        self._cell(1, 0, 1, label - 1, "填报单位：", "label")
        self._cell(1, label, 1, label + step - 1, unit, "known" if unit else "asked")
        right = self.last - 2 * step + 1
        self._cell(1, right, 1, right + step - 1, "填报日期：", "label")
        self._cell(1, right + step, 1, self.last, None, "asked")
        self._comment(1, right + step, "请填写本表情况的截止日期，例如2025-12-31。")

    def _cell(self, row: int, at: int, last_row: int, last: int, text: Printed, look: str) -> None:
        if (row, at) != (last_row, last):
            self.sheet.merge_range(row, at, last_row, last, "", self.looks[look])
        if text is None or text == "":
            self.sheet.write_blank(row, at, None, self.looks[look])
        elif isinstance(text, (int, float)):
            self.sheet.write_number(row, at, text, self.looks[look])
        else:
            self.sheet.write_string(row, at, text, self.looks[look])

    def _comment(self, row: int, at: int, text: str) -> None:
        lines = lines_of(text, 32)
        size = {"author": "炉账", "width": 280, "height": 20 + 18 * lines, "font_size": 10}
        self.sheet.write_comment(row, at, text[:_LONGEST_COMMENT], size)

    def _head(self) -> None:
        """The heads with their groups: alike words beside one another are one cell, a short path reaches down."""
        slots, depth = self.roster.slots, self.roster.head_rows
        for level in range(depth):
            of_level = [(self._group(slot, level), slot) for slot in slots if len(slot.path) > level]
            for (_, _, end), run in groupby(of_level, lambda one: one[0]):
                group = [slot for _, slot in run]
                row = HEAD_ROW + level
                bottom = HEAD_ROW + depth - 1 if end else row
                look = "head_asked" if group[0].added else "head"
                self._cell(row, group[0].at, bottom, group[-1].at, group[0].path[level], look)
        for level in range(depth):
            leaves = [
                -(-lines_of(slot.path[-1], self.widths[slot.at]) // (depth - level))
                for slot in slots
                if len(slot.path) == level + 1
            ]
            self.sheet.set_row(HEAD_ROW + level, 18.0 * max([*leaves, 1]) + 4)

    def _group(self, slot: Slot, level: int) -> tuple[tuple[str, ...], int, bool]:
        """What cells of the head are one: the same words from the top down, side by side; a last word is its own."""
        end = len(slot.path) == level + 1
        same = [one for one in self.roster.slots if one.path[: level + 1] == slot.path[: level + 1]]
        run = [one.at - place for place, one in enumerate(same) if one.at == slot.at]
        return slot.path[: level + 1], slot.at if end else run[0], end

    def _body(self) -> None:
        for (row, at), last, number in self.roster.numbers:
            self._cell(row, at, last, at, number, "known_serial")
        filled = {one.place: one for one in self.roster.filled}
        row = self.roster.first
        for _, group in groupby(self.roster.lines, lambda line: line.number):
            count = len(list(group))
            for slot in self.roster.slots:
                if slot.serial:
                    continue
                if slot.section and slot.section != "equipment":
                    self._filled(row, row + count - 1, slot, filled.get((row, slot.at)))
                    continue
                for line in range(row, row + count):
                    self._filled(line, line, slot, filled.get((line, slot.at)))
            self._heights(row, count)
            row += count

    def _filled(self, row: int, last: int, slot: Slot, filled: Filled | None) -> None:
        text = printed(filled, self.choice) if filled else None
        state = "asked" if filled and filled.asked else "known" if text is not None else "blank"
        number = slot.section and field_of(slot.column.field or "").type in ("int", "decimal")
        self._cell(row, slot.at, last, slot.at, text, f"{state}_number" if number else state)
        notes = [filled.note] if filled and filled.note else []
        if filled and filled.ways and text is None:
            notes.append(f"登记为：{filled.ways[0].printed}。写在这一格里读不回原意，所以空着；空着即不改动。")
        if notes:
            self._comment(row, slot.at, "\n".join(notes))

    def _heights(self, row: int, count: int) -> None:
        """Rows tall enough for what stands in them, a merged cell sharing its rows."""
        need = [1] * count
        for slot in self.roster.slots:
            merged = bool(slot.section) and slot.section != "equipment"
            for line in range(1 if merged else count):
                lines = lines_of(self.texts.get((row + line, slot.at)), self.widths[slot.at])
                for one in range(count) if merged else (line,):
                    need[one] = max(need[one], -(-lines // count) if merged else lines)
        for line, lines in enumerate(need):
            self.sheet.set_row(row + line, height(lines))

    def _blank_rows(self) -> None:
        for row in range(self.end + 1, self.end + 1 + _BLANK_ROWS):
            self.sheet.set_row(row, height(1))
            for slot in self.roster.slots:
                number = slot.section and field_of(slot.column.field or "").type in ("int", "decimal")
                self.sheet.write_blank(row, slot.at, None, self.looks["blank_number" if number else "blank"])

    def _validation(self) -> None:
        from xlsxwriter.utility import xl_rowcol_to_cell

        first, last = self.roster.first, self.end + _BLANK_ROWS
        for slot in self.roster.slots:
            if not slot.section:
                continue
            known = field_of(slot.column.field or "")
            source = self._list(validation.words(slot, known))
            rule = validation.rule(slot, known, xl_rowcol_to_cell(first, slot.at), source)
            if rule:
                self.sheet.data_validation(first, slot.at, last, slot.at, rule)

    def _list(self, words: tuple[str, ...]) -> str | None:
        """The place of a list on the hidden sheet, where it is too long for a drop-down of its own."""
        if len(",".join(words)) <= validation.LONGEST_LIST:
            return None
        sheet = self.book.get_worksheet_by_name(WORDS)
        if sheet is None:
            sheet = self.book.add_worksheet(WORDS)
            sheet.hide()
        at = sheet.dim_colmax + 1 if sheet.dim_colmax is not None else 0
        for row, word in enumerate(words):
            sheet.write_string(row, at, word)
        from xlsxwriter.utility import xl_range_abs

        return f"={WORDS}!{xl_range_abs(0, at, len(words) - 1, at)}"

    def _print_setup(self) -> None:
        sheet, first = self.sheet, self.roster.first
        name = next((slot.at for slot in self.roster.slots if slot.column.field == "enterprise.name"), -1)
        sheet.freeze_panes(first, name + 1 if name < 4 else 0)
        sheet.repeat_rows(HEAD_ROW, first - 1)
        sheet.set_landscape()
        sheet.set_paper(8 if sum(self.widths) > _A4_WIDTH else 9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.print_area(0, 0, self.end + _BLANK_ROWS, self.last)
        sheet.autofilter(first - 1, 0, max(self.end, first), len(self.roster.slots) - 1)


def _guide(book: Any, roster: Roster) -> None:
    sheet = book.add_worksheet(guide.NAME)
    looks = _looks(book)
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
