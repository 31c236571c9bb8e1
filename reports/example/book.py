"""A new workbook with the four formats that the example's sheets use."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any


def new_book(path: Path) -> tuple[Any, dict[str, Any]]:
    """An xlsx to be written and its formats: title, line, head, cell. The same content gives the same bytes."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2024, 1, 15)})  # noqa: DTZ001 (a property of the file, not an instant)
    edge = {"border": 1, "text_wrap": True, "valign": "vcenter"}
    return book, {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"align": "left"}),
        "head": book.add_format({**edge, "bold": True, "align": "center"}),
        "cell": book.add_format(edge),
    }
