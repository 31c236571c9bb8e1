"""Differences as the edge asks for them: moments in words, and the cells of the firms that are shown."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.register.history.difference import Difference
from app.register.history.differences import differences, with_places
from app.register.history.moments import moment_told
from app.register.scope import Actor


def whole_difference(
    session: Session,
    county: str,
    one: str,
    other: str,
    *,
    township: str | None = None,
    actor: Actor,
    first: int = 0,
    limit: int | None = None,
) -> Difference:
    """The difference between two moments; of its firms those from `first` on, at most `limit`, with their cells.

    Raises:
        BadInput: when a moment is none.
        UnknownTownship: when the county has none such.
    """
    moments = moment_told(session, county, one), moment_told(session, county, other)
    whole = differences(session, county, *moments, township=township, actor=actor)
    shown = whole.firms[first : None if limit is None else first + limit]
    return replace(whole, told=with_places(session, whole, shown, actor))
