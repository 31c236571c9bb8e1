"""What the columns themselves say is not what was asked, so that it need not be read: found by the database.

Only what surely is not is left out: a column says another word, number or day, and no source stands against it. What is
unknown, disputed, or asked in a way that no column answers stays, and is held against the ask row by row.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Table, and_, not_, or_
from sqlalchemy.orm import Session

from app.domain.vocabulary import ENUMS
from app.register import queries
from app.register.facts.identity import Same
from app.register.lists.asked import Asked, Term
from app.register.lists.columns import SECTION
from app.register.lists.keys import Key
from app.register.lists.wants import Days, Span, Truth, Untold, Word
from app.register.scope import Actor
from app.store.facts import HOMES, keepings, table_name
from app.store.models import Base, EquipmentState, Recorded, Stretch

#: Numbers count as the same within rounding; so far off none is.
_ROUNDING = 1e-6


def firms_left(session: Session, asked: Asked, same: Same, actor: Actor) -> set[str] | None:
    """The firms that hold what may be what was asked, of each section that is asked for; None where no column tells."""
    left: set[str] | None = None
    own = SECTION[asked.noun]
    for section in sorted({own, *(term.key.section for term in asked.terms)} & queries.HELD.keys()):
        conditions = _conditions(section, asked, actor)
        if conditions or section == own:
            model = queries.HELD[section]
            rows = queries.held(section, asked.county, None, asked.moment.known, actor).where(*conditions)
            ids = session.scalars(rows.with_only_columns(model.enterprise_id).order_by(None).distinct())
            firms = {same.of(id) for id in ids}
            left = firms if left is None else left & firms
    return left


def rows_left(section: str, asked: Asked, actor: Actor) -> queries.Chosen:
    """What is enrolled of the list's own section and may be what was asked, in that order: id, firm, kind if it has."""
    rows = queries.held(section, asked.county, None, asked.moment.known, actor)
    return rows.where(*_conditions(section, asked, actor))


def _conditions(section: str, asked: Asked, actor: Actor) -> list[ColumnElement[bool]]:
    """What must hold of a row of the section, one and the same for all that is asked of it."""
    terms = (term for term in asked.terms if term.key.section == section and term.operation != "not")
    found = (_condition(term, asked, actor) for term in terms if term.key.type != "together")
    return [one for one in found if one is not None]


def _condition(term: Term, asked: Asked, actor: Actor) -> ColumnElement[bool] | None:
    home = _home(term.key)
    if home is None:
        return None
    model, columns = home
    of = Base.metadata.tables[table_name(model)]
    says_no = _says_no(term, of, columns)
    if says_no is None:
        return None
    held = queries.HELD[term.key.section]
    if not issubclass(model, Stretch):  # what is of its identity, such as a paper's kind
        return or_(of.c[columns[0]].is_(None), not_(says_no))
    denied = queries.told(model, (), asked.county, asked.moment, actor).where(says_no, of.c.disputed == "")
    return held.id.not_in(denied.with_only_columns(of.c[model.subject]))


def _home(key: Key) -> tuple[type[Recorded], tuple[str, ...]] | None:
    """The model that keeps a fact, and the columns; None where it is reckoned out of others."""
    if key.fact == "present":
        return EquipmentState, keepings(EquipmentState)[key.fact].columns
    home = HOMES.get((key.section, key.fact))
    return home and (home.model, keepings(home.model)[key.fact].columns)


def _says_no(term: Term, of: Table, columns: tuple[str, ...]) -> ColumnElement[bool] | None:
    """That the columns say something, and none of what is wanted; None where columns cannot tell."""
    if term.key.type.startswith("enum:"):
        wanted = {want.text for want in term.wants if isinstance(want, Word)}
        others = ENUMS[term.key.type[5:]].keys() - wanted
        return of.c[columns[0]].in_(sorted(others)) if len(wanted) == len(term.wants) and others else None
    if term.key.type in ("bool", "present"):
        yes = {want.yes for want in term.wants if isinstance(want, Truth)}
        told = all(isinstance(want, Truth | Untold) for want in term.wants)
        others_told = [of.c[columns[0]].is_(one) for one in (True, False) if one not in yes]
        return or_(*others_told) if told and others_told else None
    return _all(_outside(want, of, columns) for want in term.wants)


def _outside(want: object, of: Table, columns: tuple[str, ...]) -> ColumnElement[bool] | None:
    """That a number or a day is none of those from–to."""
    if isinstance(want, Span):
        value = of.c[columns[0]]
        ends = [value < want.least - _off(want.least)] if want.least is not None else []
        ends += [value > want.most + _off(want.most)] if want.most is not None else []
        return or_(*ends)
    if isinstance(want, Days) and want.words is None:
        first, last, precision, _ = (of.c[name] for name in columns)
        sides = [last < want.since] if want.since is not None else []
        sides += [first > want.until] if want.until is not None else []
        return and_(precision.is_not(None), or_(*sides))
    return None


def _off(end: float) -> float:
    return _ROUNDING * max(1.0, abs(end))


def _all(conditions: Iterable[ColumnElement[bool] | None]) -> ColumnElement[bool] | None:
    found = list(conditions)
    told = [one for one in found if one is not None]
    return and_(*told) if told and len(told) == len(found) else None
