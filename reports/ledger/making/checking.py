"""Whether a ledger adds up: its reconciliations as they are recorded, and the refusal of one that fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from app.domain.quarter import Quarter
from app.errors import Refused
from app.register.ledgers.cells import row_address
from app.register.ledgers.frozen import Cell, Frozen, Sheet
from reports.ledger.gathered.content import Content
from reports.ledger.making.suite import checked_of
from reports.tables import Table
from reports.workbook.escape import well_formed

#: So many failings are named in a refusal; `--check` names all.
_NAMED = 3
#: The sheets that speak of the others; what they say is not reconciled with itself.
_SPEAKING = ("核对", "版本说明")
#: Longer text may be cut in the file, and says so there.
_LONG = 32_000
_FIX = "请用 luzhang ledger --check 看全部核对结果，改正后再签发"


def results(told: Content, tables: Sequence[Table]) -> list[dict[str, Any]]:
    """Every reconciliation with how it came out.

    That a paper states another number than is counted is none: it is a remainder, and printed.
    """
    return [one.as_dict() for one in checked_of(told, tuple(one for one in tables if one.name not in _SPEAKING))]


def refuse_what_fails(checks: Sequence[dict[str, Any]], quarter: Quarter) -> None:
    """Let no ledger out that does not add up.

    Raises:
        Refused: naming what fails.
    """
    failing = [one for one in checks if not one["ok"]]
    if failing:
        _refuse(
            quarter, len(failing), [f"{one['name']}：{why}" for one in failing for why in one["fails"] or ("不符",)]
        )


def refuse_other_cells(data: bytes, kept: Frozen, quarter: Quarter) -> None:
    """Let no file out of which a cell is another than the one that is kept of it: traces go by the kept ones.

    Raises:
        Refused: naming the cells.
    """
    unlike = list(_unlike(data, kept))
    if unlike:
        _refuse(quarter, 1, [f"文件与留存的数据：{where}" for where in unlike])


def _refuse(quarter: Quarter, count: int, named: Sequence[str]) -> None:
    more = f"；另有{len(named) - _NAMED}处" if len(named) > _NAMED else ""
    words = f"{quarter.chinese}台账有{count}项核对不符，没有签发：{'；'.join(named[:_NAMED])}{more}"
    raise Refused(words, fix=_FIX, code="ledger.unbalanced")


def _unlike(data: bytes, kept: Frozen) -> Iterator[str]:
    """The addresses at which the file says another thing."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for sheet in kept.sheets:
        printed = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        heads = [str(cell) for cell in printed[sheet.head - 1][: len(sheet.columns)]]
        if heads != [column.title for column in sheet.columns]:
            yield f"{sheet.name}的栏目"
        yield from _unlike_rows(sheet, printed)


def _unlike_rows(sheet: Sheet, printed: Sequence[Sequence[Any]]) -> Iterator[str]:
    for place, row in enumerate(sheet.rows):
        at = sheet.head + place
        there = printed[at] if at < len(printed) else ()
        for column, cell in enumerate(row):
            if not _alike(cell, there[column] if column < len(there) else ""):
                yield row_address(sheet, place, column)


def _alike(kept: Cell, printed: Any) -> bool:
    if kept is None or kept == "":
        return printed in ("", None)
    if isinstance(kept, str):
        # What a workbook cannot carry as it is, it carries with a mark.
        strange = len(kept) > _LONG or any(ord(one) < 32 or 0xD800 <= ord(one) < 0xE000 for one in kept) or "_x" in kept
        return strange or well_formed(kept) == printed
    return isinstance(printed, (int, float)) and float(printed) == float(kept)
