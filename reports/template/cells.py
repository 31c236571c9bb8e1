"""A template's sheet of filled cells: their looks, comments, blank rows, drop-downs and limits; whatever the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.vocabulary import field as field_of
from reports.tables import Printed
from reports.template import validation
from reports.template.content import Filled, Place, Slot
from reports.template.proof import Choice
from reports.template.widths import height, lines_of, width_of

#: The hidden sheet of long drop-downs.
WORDS = "代码表"
#: Rows left for what the register does not know.
BLANK_ROWS = 15
#: Officials print rosters in these; named, never shipped.
_TITLE_FONT, _BODY_FONT = "方正小标宋简体", "仿宋_GB2312"
_KNOWN, _ASKED, _HEAD = "#EDEDED", "#FFF2A8", "#D9E2F3"
#: Sheets wider than this, in characters, go on A3.
_A4_WIDTH = 150
_LONGEST_COMMENT = 1000


def looks_of(book: Any) -> dict[str, Any]:
    """The looks of a template's cells, by name."""
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


def printed(filled: Filled, choice: Choice) -> Printed:
    """What stands in a cell; None where it is empty."""
    way = choice.get(filled.place, 0)
    return filled.ways[way].printed if way < len(filled.ways) else None


def is_number(slot: Slot) -> bool:
    """Whether a column holds numbers."""
    return bool(slot.section) and field_of(slot.column.field or "").type in ("int", "decimal")


class Cells:
    """A sheet in the making: `slots` its columns, `filled` its cells, `first` the row of its first line."""

    def __init__(
        self,
        book: Any,
        name: str,
        slots: Sequence[Slot],
        filled: Sequence[Filled],
        first: int,
        choice: Choice,
        looks: dict[str, Any],
    ) -> None:
        self.book, self.slots, self.first, self.choice, self.looks = book, slots, first, choice, looks
        self.name = name
        self.sheet = book.add_worksheet(name)
        self.filled = {one.place: one for one in filled}
        self.texts = {one.place: printed(one, choice) for one in filled}
        self.widths = [self._width(slot) for slot in slots]
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)

    def _width(self, slot: Slot) -> float:
        cells = [text for place, text in self.texts.items() if place.at == slot.at]
        return width_of(slot.path, cells, serial=slot.serial)

    def cell(self, row: int, at: int, last_row: int, last: int, text: Printed, look: str) -> None:
        """Write a cell, merged down to `last_row` and right to `last`."""
        if (row, at) != (last_row, last):
            self.sheet.merge_range(row, at, last_row, last, "", self.looks[look])
        if text is None or text == "":
            self.sheet.write_blank(row, at, None, self.looks[look])
        elif isinstance(text, (int, float)):
            self.sheet.write_number(row, at, text, self.looks[look])
        else:
            self.sheet.write_string(row, at, text, self.looks[look])

    def comment(self, row: int, at: int, text: str) -> None:
        """Write a comment, its box as tall as its text."""
        lines = lines_of(text, 32)
        size = {"author": "炉账", "width": 280, "height": 20 + 18 * lines, "font_size": 10}
        self.sheet.write_comment(row, at, text[:_LONGEST_COMMENT], size)

    def fact(self, row: int, last: int, slot: Slot) -> None:
        """Write a column's cell of a line: what is known grey, what is asked yellow, else white."""
        filled = self.filled.get(Place(row, slot.at, self.name))
        text = printed(filled, self.choice) if filled else None
        state = "asked" if filled and filled.asked else "known" if text is not None else "blank"
        number = is_number(slot) or isinstance(text, (int, float))
        self.cell(row, slot.at, last, slot.at, text, f"{state}_number" if number else state)
        notes = [filled.note] if filled and filled.note else []
        if filled and filled.ways and text is None:
            notes.append(f"登记为：{filled.ways[0].printed}。写在这一格里读不回原意，所以空着；空着即不改动。")
        if notes:
            self.comment(row, slot.at, "\n".join(notes))

    def blank_rows(self, row: int) -> None:
        """Leave rows to be filled in from there on."""
        for blank in range(row, row + BLANK_ROWS):
            self.sheet.set_row(blank, height(1))
            for slot in self.slots:
                self.sheet.write_blank(blank, slot.at, None, self.looks["blank_number" if is_number(slot) else "blank"])

    def limits(self, last: int) -> None:
        """Drop-downs and checks, from the first line down to a row."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        for slot in self.slots:
            if not slot.section:
                continue
            known = field_of(slot.column.field or "")
            source = self._list(validation.words(slot, known))
            rule = validation.rule(slot, known, xl_rowcol_to_cell(self.first, slot.at), source)
            if rule:
                self.sheet.data_validation(self.first, slot.at, last, slot.at, rule)

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

    def print_setup(self, head: int, last: int, right: int) -> None:
        """On paper: landscape, as wide as one page, the head on each, from row `head`; frozen behind the name."""
        sheet = self.sheet
        name = next((slot.at for slot in self.slots if slot.column.field == "enterprise.name"), -1)
        sheet.freeze_panes(self.first, name + 1 if name < 4 else 0)
        sheet.repeat_rows(head, self.first - 1)
        sheet.set_landscape()
        sheet.set_paper(8 if sum(self.widths) > _A4_WIDTH else 9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.print_area(0, 0, last, right)
