"""Contents of ledgers drawn without a register."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.domain.quarter import Quarter
from app.domain.register import AsOf, Enterprise, Equipment, Snapshot, StatedFigure
from reports.ledger.gathered.content import Content

NOBODY: dict[str, Any] = {
    "as_of": "2025-12-31",
    "totals": {"holds": {"enterprises": 0, "furnaces": 0}, "cannot_tell": {"enterprises": 0, "furnaces": 0}},
    "rows": [],
}


def firm(name: str, *machines: Equipment, disputed: frozenset[str] = frozenset(), **facts: Any) -> Enterprise:
    return Enterprise(name, {"name": name, **facts}, disputed, equipment=machines)


def content(*firms: Enterprise, figures: tuple[StatedFigure, ...] = ()) -> Content:
    snapshot = Snapshot("431127", AsOf(date(2025, 12, 31), 1), firms, figures)
    return Content("蓝山县", Quarter(2025, 4), snapshot, NOBODY, "", "", ("新圩镇", "土市镇"))


def figure(topic: str, number: float | None) -> StatedFigure:
    return StatedFigure(
        "f", "采取停电措施", number, "家", None, date(2025, 12, 10), "2025年12月10日", "整改报告", topic
    )
