"""Permits counted: how they stand, whether their stated term has ended, which end soon or cannot be told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, null, or_, select

from app.register.aggregates.lines_sql import line
from app.register.aggregates.papers_sql import held, of_firm, spoken_of
from app.register.aggregates.standing_sql import IN_DISPUTE, FirmsThere, nothing, number, word
from app.register.permits.expiring import NO_PERMIT, TERMED
from app.rules.duties.required import GONE
from app.store.models import Permit, PermitFact

#: Where a term stands: how its end, if any is stated, lies to the day.
RUNNING, ENDED, CANNOT_TELL, NO_END = "running", "ended", "cannot_tell", "no_end"


class PermitsHeld:
    """The permits of the firms that are there, a row each."""

    def __init__(self, firms: FirmsThere) -> None:
        of, fact, source = held(firms, Permit, PermitFact)
        standing = word(fact, fact.standing, "standing")
        chosen = select(
            firms.c.firm,
            firms.c.township,
            firms.c.code,
            of.kind,
            standing.label("standing"),
            _term(fact, firms).label("term"),
            _ending(of, fact, standing, firms).label("ending"),
        ).select_from(source)
        chosen = chosen.where(of_firm(of, firms), spoken_of(of, fact, firms))
        self._each: Any = chosen.cte("permit_of_firm").prefix_with("MATERIALIZED")
        c = self._each.c
        versions = select(c.firm, c.kind).group_by(c.firm, c.kind).having(func.count() > number(1))
        self._several: Any = versions.cte("several_of_kind").prefix_with("MATERIALIZED")

    def by_standing(self, part: str) -> Any:
        """By township, kind, standing, and whether the term has ended."""
        c = self._each.c
        words = (c.kind, c.standing, c.term)
        return line(part, c, words, (func.count(),)).group_by(c.township, c.code, *words)

    def by_ending(self, part: str) -> Any:
        """By township and state, as app.register.permits.expiring has it.

        Where a firm has several of a kind, one may be the next version of another: such firms have lines of their
        own, with their id.
        """
        c, of = self._each.c, self._several
        source = self._each.outerjoin(of, and_(of.c.firm == c.firm, of.c.kind == c.kind))
        lines = line(part, c, (c.ending, of.c.firm), (func.count(),)).select_from(source)
        return lines.where(c.ending.is_not(None)).group_by(c.township, c.code, c.ending, of.c.firm)


def _told(text: str) -> Any:
    return literal(text, literal_execute=True)


def _term(fact: Any, firms: FirmsThere) -> ColumnElement[str]:
    """Whether the stated end of a permit has passed: it is valid through its last day."""
    disputed = word(fact, nothing(), "valid_to")
    return case(
        (disputed.is_not(None), disputed),
        (fact.term_to_precision.is_(None), _told(NO_END)),
        (fact.term_to_to < firms.c.day, _told(ENDED)),
        (fact.term_to_from >= firms.c.day, _told(RUNNING)),
        else_=_told(CANNOT_TELL),
    )


def _ending(of: Any, fact: Any, standing: Any, firms: FirmsThere) -> ColumnElement[str]:
    """The state under which a permit is listed; NULL where it surely ends later or has no end to speak of."""
    since, until, day, soon = fact.term_to_from, fact.term_to_to, firms.c.day, firms.c.soon
    endless = fact.term_to_precision.is_(None)
    disputed = or_(word(fact, nothing(), "valid_to").is_not(None), standing == _told(IN_DISPUTE))
    never = or_(
        firms.c.status.in_(sorted(GONE)),
        fact.standing.in_(NO_PERMIT),
        and_(fact.permit_class == _told("registration"), endless),
    )
    by_word = case(
        (fact.standing == _told("expired"), _told("expired")),
        (and_(fact.standing == _told("held"), of.kind.in_(TERMED)), _told("cannot_tell")),
        else_=null(),
    )
    return case(
        (never, null()),
        (disputed, _told("cannot_tell")),
        (endless, by_word),
        (until < day, _told("expired")),
        (fact.standing == _told("expired"), _told("cannot_tell")),
        (since > soon, null()),
        (and_(since >= day, until <= soon), _told("expiring")),
        else_=_told("cannot_tell"),
    )
