"""A moment as it is written, 2024-01-15 or 2024-01-15@8: a day, and the change as which it was known."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.errors import BadInput
from app.register.asking import day_told, known_asked


def moment_told(session: Session, county: str, text: str) -> AsOf:
    """A moment out of its words; without a change, as known now.

    Raises:
        BadInput: when it is no day, or no change of the county.
    """
    day, at, known = text.strip().partition("@")
    if at and not known:
        raise BadInput(f"“{text}”的 @ 后面没有变更编号", fix="请写成 2024-01-15@8 的样子，或不写 @", code="moment.bad")
    return AsOf(day_told(day.strip()), known_asked(session, county, known.strip() or None))


def moment_dict(moment: AsOf) -> dict[str, Any]:
    """For commands and the API."""
    return {"as_of": moment.day.isoformat(), "known": moment.known}


def day_or_none(day: date | None) -> str | None:
    """A day as JSON has it."""
    return day.isoformat() if day else None
