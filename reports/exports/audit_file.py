"""The record of who did what as .csv or .xlsx, row by row, the earliest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.errors import BadInput
from app.register.audit.listing import All
from reports.exports.csv_file import line_of
from reports.tables import Column, Imprint, Printed, Stream, Table
from reports.workbook import streamed

#: Each column: what of a record it prints, its heading, its width.
COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("number", "编号", 8),
    ("at", "时间", 24),
    ("actor", "谁", 14),
    ("account", "账号", 14),
    ("origin", "从哪里", 14),
    ("kind", "做了什么", 16),
    ("act", "代码", 18),
    ("subject", "对什么", 30),
    ("before", "改前", 24),
    ("after", "改后", 24),
    ("label", "结果", 8),
    ("code", "原因代码", 16),
    ("change", "变更", 8),
    ("reason", "理由", 30),
    ("file", "文件", 24),
    ("digest", "摘要", 40),
)
_TITLE = "审计记录"
_MARK = b"\xef\xbb\xbf"
_FORMS = ("csv", "xlsx")


def form_called(name: str) -> str:
    """The form that the ending of a file's name tells.

    Raises:
        BadInput: when it is neither of the two.
    """
    form = name.rpartition(".")[2].lower()
    if form not in _FORMS:
        raise BadInput(
            f"不能按“{name[:100]}”的扩展名写审计记录", fix="文件名请以 .csv 或 .xlsx 结尾", code="output.form"
        )
    return form


def audit_pieces(found: All, form: str) -> Iterator[bytes]:
    """The file, piece by piece."""
    return _csv(found) if form == "csv" else _workbook(found)


def _csv(found: All) -> Iterator[bytes]:
    yield _MARK + line_of(zh for _, zh, _ in COLUMNS)
    for row in found.rows:
        yield line_of(_cells(row))


def _workbook(found: All) -> Iterator[bytes]:
    columns = tuple(Column(zh, width, code=name in ("account", "digest", "origin")) for name, zh, width in COLUMNS)
    table = Table(_TITLE, f"{found.chain} {_TITLE}", columns, (), notes=(f"共{found.total}条，从早到晚",))
    return streamed([Stream(table, map(_cells, found.rows))], Imprint("炉账", f"共{found.total}条"))


def _cells(row: dict[str, Any]) -> tuple[Printed, ...]:
    return tuple(_cell(row[name]) for name, _, _ in COLUMNS)


def _cell(value: Any) -> Printed:
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
