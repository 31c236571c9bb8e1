"""What has to be asked about a sheet on which no table was found, though firms are named on it."""

from __future__ import annotations

import re

from app.domain.proposal import RosterIssue as Issue
from importers.grid import Cell, address, column_letter
from importers.roster.heads import Header, is_datum, name_meaning
from importers.roster.one_firm import is_general
from importers.roster.sheet_rows import SheetRows
from importers.roster.spellings import spellings
from importers.roster.unnamed import machine_heads
from importers.values.text import compact

_FEWEST = 2
_SAMPLE = 2000
_FIX = "如果是要登记的企业，请把这一列的表头改为“企业名称”，或用 --told 指明是哪一列；不是的可以不管"
#: How products and kinds of firms end as well as names of firms do.
_KINDS = re.compile(r".*(企业|铸造|锻造|法兰|铸件|锻业|铸业|实业)")


def unread_firms(view: SheetRows) -> list[Issue]:
    """A question at the first of several firms under one another, or at the head of machines of nobody known."""
    columns: dict[int, list[int]] = {}
    for row in range(1, min(view.height, _SAMPLE) + 1):
        for column, cell in view.own(row):
            if _is_firm(cell):
                columns.setdefault(column, []).append(row)
    for column, rows in sorted(columns.items(), key=lambda one: (-len(one[1]), one[0])):
        names = {compact(view.own_text(row, column)) for row in rows}
        if len(names) >= _FEWEST and _has_head(view, rows[0]):
            return [_asked(view, rows[0], column)]
    return next(([_whose(view, header)] for header in machine_heads(view) if _speaks_of_firm(view, header)), [])


def _speaks_of_firm(view: SheetRows, header: Header) -> bool:
    """Whether the lines over a table of machines speak of a firm, and machines stand in it."""
    above = (compact(cell.text) for row in range(1, header.rows[0]) for _, cell in view.own(row))
    return view.height > header.rows[-1] and any(re.search("公司|厂|企业", text) for text in above)


def _whose(view: SheetRows, header: Header) -> Issue:
    row, column = header.heads[0].place
    place, text = address(row, column), view.text(row, column)
    message = "这张表列的是设备，没有看懂是哪家企业的，没有读取"
    fix = "请在表头上方写明“企业名称：…”；有几家企业的，请加一列“企业名称”"
    return Issue("sheet.firms_not_read", "question", view.grid.name, place, "enterprise.name", text, message, fix)


def _is_firm(cell: Cell) -> bool:
    text = compact(cell.text)
    if len(text) < 5 or _KINDS.fullmatch(text) or not spellings().shapes["firm"].fullmatch(text):
        return False
    return not is_general(text) and not name_meaning(text)


def _has_head(view: SheetRows, row: int) -> bool:
    """Whether some row above holds several words, no value and no firm."""
    for above in range(row - 1, max(0, row - 12), -1):
        cells = [cell for _, cell in view.own(above)]
        if len(cells) > 1 and not any(is_datum(cell) or _is_firm(cell) for cell in cells):
            return True
    return False


def _asked(view: SheetRows, row: int, column: int) -> Issue:
    name = view.own_text(row, column)
    message = f"这张表没有读取：{column_letter(column)} 列写着企业的名称（{name[:30]}等），但没有找到“企业名称”一列"
    return Issue(
        "sheet.firms_not_read", "question", view.grid.name, address(row, column), "enterprise.name", name, message, _FIX
    )
