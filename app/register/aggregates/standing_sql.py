"""The firms that are there, a row a record that stands for one, as the statement counts machines and papers from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
)
from sqlalchemy.orm import aliased

from app.domain.vocabulary import SECTIONS
from app.register.scope import Actor, visible
from app.register.steps.gathered import LAST
from app.register.verdicts.dispute_sql import in_dispute
from app.register.verdicts.predicate_sql import Stated
from app.register.verdicts.verdict_queries import COUNTY, DAY, KNOWN, called
from app.rules.clause import Clause
from app.store.facts import HOMES, keepings
from app.store.models import (
    Enterprise,
    EnterpriseCode,
    EnterpriseName,
    EnterprisePlace,
    EnterpriseRectification,
    EnterpriseScale,
    EnterpriseStatus,
    SameSubject,
)
from app.store.temporal import at

#: What the statement is given beside the county, the day and the knowledge: until when a permit ends soon.
SOON = "soon"

#: What stands where sources contradict each other: no cell that is read begins with a tab.
IN_DISPUTE = "\t"

#: What firms are counted by, and the tables that tell it.
SORTED_BY = {"status": EnterpriseStatus, "disposition": EnterpriseRectification, "scale": EnterpriseScale}


def asked_county() -> Any:
    """The county that the statement is asked of."""
    return bindparam(COUNTY, type_=Text())


def asked_day() -> Any:
    """The day that it is asked of."""
    return bindparam(DAY, type_=Date())


def asked_known() -> Any:
    """The change that it is known at."""
    return bindparam(KNOWN, type_=BigInteger())


def number(value: int) -> Any:
    """In the statement's own text: PostgreSQL casts a number that it is given anew for every row."""
    return literal(value, literal_execute=True)


def nothing() -> Any:
    """No text."""
    return cast(null(), Text())


def word(of: Any, column: Any, name: str) -> ColumnElement[str]:
    """What is stated, NULL where nothing is, a mark of its own where sources contradict each other."""
    return case((in_dispute({of: [name]}), literal(IN_DISPUTE, Text(), literal_execute=True)), else_=column)


def same_then(subject: Any, day_known: Any, called_so: str) -> tuple[Any, ColumnElement[bool]]:
    """That a record was set aside, as known; the table and how it is joined."""
    same: Any = aliased(SameSubject, name=called_so)
    return same, and_(
        same.county == asked_county(),
        same.subject_id == subject,
        same.recorded_by <= day_known,
        same.superseded_by > day_known,
    )


class FirmsThere:
    """The records of the firms that are called something then.

    The day and the knowledge go along as columns: a comparison with a column of another table keeps SQLite from
    reading whole tables for a Bloom filter, county by county.
    """

    def __init__(self, clauses: Sequence[Clause], actor: Actor) -> None:
        of = aliased(Enterprise, name="enrolled")
        enrolled = visible(
            select(of.id).where(of.county == asked_county(), of.recorded_by <= asked_known()), actor
        ).subquery("enrolled_firm")
        same, aside = same_then(enrolled.c.id, asked_known(), "same_firm")
        self._firm = func.coalesce(same.into_id, enrolled.c.id)
        self._source: Any = enrolled.outerjoin(same, aside)
        self._tables: dict[Any, Any] = {}
        self._facts: dict[str, list[Any]] = {}
        name, code, place = map(self._table, (EnterpriseName, EnterpriseCode, EnterprisePlace))
        columns: list[Any] = [
            asked_day().label("day"),
            asked_known().label("known"),
            bindparam(SOON, type_=Date()).label("soon"),
            literal(LAST, Date()).label("ever"),
            enrolled.c.id.label("record"),
            self._firm.label("firm"),
            case((same.into_id.is_(None), number(1)), else_=number(0)).label("stands"),
            word(place, place.township, "township").label("township"),
            place.township_code.label("code"),
        ]
        for field, model in SORTED_BY.items():
            columns.append(word(self._table(model), getattr(self._table(model), field), field).label(field))
        columns += self._asked_by(clauses)
        chosen = select(*columns).select_from(self._source).where(called(name, code))
        #: The table; its `doubt`: whether sources contradict each other about a fact of the firm that a clause asks.
        self.cte: Any = chosen.cte("firm_there").prefix_with("MATERIALIZED")
        self.c: Any = self.cte.c

    def stated(self, path: str) -> Stated | None:
        """Where the fact of a firm that a clause asks for is."""
        field = SECTIONS["enterprise"].get(path.partition(".")[2])
        columns = [self.c[one] for one in self._facts.get(path, ())]
        return Stated(field, *columns) if field is not None and columns else None

    def _table(self, model: Any) -> Any:
        if model not in self._tables:
            of = aliased(model, name=model.__tablename__.replace("enterprise_", "f_"))
            holds = and_(
                of.county == asked_county(), of.enterprise_id == self._firm, at(of, asked_day(), asked_known())
            )
            self._source = self._source.outerjoin(of, holds)
            self._tables[model] = of
        return self._tables[model]

    def _asked_by(self, clauses: Sequence[Clause]) -> list[Any]:
        """The facts of firms that clauses ask for, and whether one of them is in dispute."""
        found: list[Any] = []
        asked: dict[Any, list[str]] = {}
        for path in dict.fromkeys(path for clause in clauses for path in clause.fields):
            section, _, name = path.rpartition(".")
            if section != "enterprise" or (section, name) not in HOMES:
                continue
            home = HOMES[(section, name)]
            of = self._table(home.model)
            days = keepings(home.model)[name].days
            parts = [f"{home.column}_{part}" for part in ("from", "to", "precision")] if days else [home.column]
            self._facts[path] = [f"asked_{part}" for part in parts]
            found += [getattr(of, part).label(f"asked_{part}") for part in parts]
            asked.setdefault(of, []).append(name)
        doubt = case((in_dispute(asked), number(1)), else_=number(0))
        return [*found, doubt.label("doubt")]


def known_then(of: Any, firms: FirmsThere) -> ColumnElement[bool]:
    """That a row was there as known."""
    return and_(of.county == asked_county(), of.recorded_by <= firms.c.known)


def joined_then(model: Any, subject: Any, firms: FirmsThere, called_so: str) -> tuple[Any, ColumnElement[bool]]:
    """A temporal table and how it is joined: by the subject, as it holds."""
    of: Any = aliased(model, name=called_so)
    holds = at(of, firms.c.day, firms.c.known)
    return of, and_(of.county == asked_county(), getattr(of, model.subject) == subject, holds)
