"""Drop-downs: their words stand on the hidden sheet 代码表, each list under a name of its own."""

from __future__ import annotations

import re
from typing import Any

from reports.tables import Column
from reports.workbook.places import letters

CODES = "代码表"
_SURE = "如确实要这样填写，请点“是”。"


class Choices:
    """The lists of words of a workbook, by name. The same words are one list."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._titles: dict[tuple[str, ...], str] = {}

    def rule(self, column: Column) -> dict[str, Any]:
        """The drop-down of a column: a warning, no wall."""
        return {
            "validate": "list",
            "source": f"={self._name(column)}",
            "ignore_blank": True,
            "error_type": "warning",
            "error_title": "请核对",
            "error_message": f"请从下拉中选择。{_SURE}",
        }

    def _name(self, column: Column) -> str:
        if column.choices not in self._names:
            wanted = "代码_" + re.sub(r"\W", "", column.title)
            taken = {name.casefold() for name in self._names.values()}
            name, number = wanted, 2
            while name.casefold() in taken:
                name, number = f"{wanted}_{number}", number + 1
            self._names[column.choices], self._titles[column.choices] = name, column.title
        return self._names[column.choices]

    def write(self, book: Any) -> None:
        """The hidden sheet, the last of the book; none where nothing is chosen."""
        if not self._names:
            return
        sheet = book.add_worksheet(CODES)
        sheet.hide()
        for place, (words, name) in enumerate(self._names.items()):
            sheet.write_column(0, place, [self._titles[words], *words])
            column = letters(place)
            book.define_name(name, f"='{CODES}'!${column}$2:${column}${len(words) + 1}")
