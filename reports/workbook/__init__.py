"""Tables to an .xlsx in official layout: title, 填报单位 and 日期, bordered head, print set-up; text stays text."""

from __future__ import annotations

from collections.abc import Iterable

from reports.tables import Imprint, Stream, Table
from reports.workbook.writing import streamed

__all__ = ["streamed", "workbook"]


def workbook(tables: Iterable[Table | Stream], imprint: Imprint) -> bytes:
    """The workbook's bytes. The same tables give the same bytes: it carries no moment of printing."""
    return b"".join(streamed(tables, imprint))
