"""Ledgers that come back: made of a register, altered as a clerk alters them, and taken in again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import openpyxl
from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.register.scope import LOCAL_OPERATOR
from importers.intake import Intake, Upload, take_in
from reports.ledger import ledger

Q4 = Quarter(2025, 4)


def ledger_of(engine: Engine, county: str, quarter: Quarter = Q4, **told: Any) -> bytes:
    """The county's ledger as its command writes it."""
    return ledger(engine, quarter, county, **told, actor=LOCAL_OPERATOR)[1]


def sent_back(engine: Engine, county: str, content: bytes, **told: Any) -> Intake:
    """What becomes of a ledger that somebody sends; a trial unless told otherwise."""
    return take_in(engine, Upload(content, "台账.xlsx"), county=county, **{"dry_run": True, **told})


def buckets(shown: Intake) -> dict[str, int]:
    return {bucket: count for bucket, count in shown.proposal.totals().items() if count}


def asked(shown: Intake) -> list[tuple[str, str | None, str | None]]:
    """Everything that is to be looked at."""
    return [(one.code, one.sheet, one.cell) for one in shown.proposal.issues if one.code != "file.own_ledger"]


def told_in_words(shown: Intake) -> str:
    return next(one.message for one in shown.proposal.issues if one.code == "file.own_ledger")


def differences(shown: Intake) -> list[tuple[str, Any, Any]]:
    """What would change: the field, what it was and what it is to be."""
    return [
        (f"{one.section}.{one.field}", one.before, one.after)
        for entry in shown.proposal.entries
        for one in entry.differences
    ]


def statements(shown: Intake) -> list[tuple[str, Any]]:
    """What would be recorded."""
    return [(f"{one.section}.{one.field}", one.value) for entry in shown.proposal.entries for one in entry.statements]


def altered(content: bytes, alter: Callable[[Any], None]) -> bytes:
    """The workbook as Excel saves it after somebody altered it."""
    book = openpyxl.load_workbook(BytesIO(content))
    alter(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def cells(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by head, each with its number under `row`."""
    page = openpyxl.load_workbook(BytesIO(content))[sheet]
    heads = {cell.column: str(cell.value) for cell in page[3] if cell.value}
    return [
        {"row": row[0].row, **{heads[cell.column]: cell.value for cell in row if cell.column in heads}}
        for row in page.iter_rows(min_row=4)
    ]


def put(sheet: str, where: Mapping[str, Any], head: str, value: Any) -> Callable[[Any], None]:
    """Write into the one row of a sheet whose cells are so."""

    def alter(book: Any) -> None:
        page = book[sheet]
        heads = {str(cell.value): cell.column for cell in page[3] if cell.value}
        rows = [
            row
            for row in range(4, page.max_row + 1)
            if all(page.cell(row, heads[one]).value == wanted for one, wanted in where.items())
        ]
        page.cell(rows[0], heads[head]).value = value

    return alter
