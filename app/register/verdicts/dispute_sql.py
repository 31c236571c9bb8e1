"""Disputes as SQL: whether sources contradict each other about what is asked, and whether that opens a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, false, null, or_


def in_dispute(asked: Mapping[Any, Sequence[str]]) -> ColumnElement[bool]:
    """Whether any of the fields, told by the joined table that says what of it is in dispute, is.

    CASE, for SQLite works out both sides of an AND, and hardly a row has anything in dispute.
    """
    return or_(
        false(),
        *(
            case((of.disputed == "", false()), else_=or_(*(_names(of.disputed, name) for name in names)))
            for of, names in asked.items()
        ),
    )


def _names(disputed: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = ("," + disputed + ",").contains(f",{name},")
    return found


def opens(disputed: ColumnElement[bool], verdicts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Whether a dispute may open a verdict: one that is yes or no without the fact is so whatever sources claim."""
    return case((disputed, or_(false(), *(one.is_(null()) for one in verdicts))), else_=false())
