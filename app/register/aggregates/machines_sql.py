"""Machines counted: by kind and whether they are there, and by what clauses say of them; a firm once under each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, null, or_, select
from sqlalchemy.orm import aliased

from app.domain.vocabulary import SECTIONS
from app.register.aggregates.lines_sql import line
from app.register.aggregates.standing_sql import FirmsThere, joined_then, known_then, nothing, number, word
from app.register.verdicts.dispute_sql import in_dispute, opens
from app.register.verdicts.predicate_sql import Stated, verdict_of
from app.register.verdicts.verdict_queries import Scope, in_successions
from app.rules.clause import Clause
from app.store.facts import HOMES, keepings
from app.store.models import Equipment, EquipmentCount, EquipmentNature, EquipmentState

#: How a clause answers, as a number: the strongest of a firm's machines is the largest.
NO, UNCLEAR, YES = 0, 1, 2

#: The bodies that are summed, by name, of each kind and of each firm.
SUMS = ("there", "gone", "unclear", "unsaid", "sure", "maybe")


class Machines:
    """The machines of the firms that are there, each with whether it is there and what the clauses say of it."""

    def __init__(self, firms: FirmsThere, clauses: Sequence[Clause], *, apart: bool) -> None:
        self._firms = firms
        of: Any = aliased(Equipment, name="machine")
        # Joined from the left, for SQLite to go firm by firm; a machine of which nothing is said falls out below.
        source = firms.cte.outerjoin(of, and_(known_then(of, firms), of.enterprise_id == firms.c.record))
        self._tables: dict[Any, Any] = {}
        for model in (EquipmentNature, EquipmentState, EquipmentCount):
            table, holds = joined_then(model, of.id, firms, model.__tablename__)
            source = source.outerjoin(table, holds)
            self._tables[model] = table
        nature, state, count = self._tables.values()
        chosen = select(
            firms.c.firm,
            firms.c.township,
            firms.c.code,
            word(nature, nature.kind, "kind").label("kind"),
            state.present,
            func.coalesce(count.quantity, number(1)).label("bodies"),
            case((count.quantity.is_(None), number(1)), else_=number(0)).label("unsaid"),
            *self._answers(clauses, state.present),
        ).select_from(source)
        chosen = chosen.where(func.coalesce(nature.id, state.id, count.id).is_not(None))
        if apart:
            chosen = chosen.where(firms.c.firm.not_in(in_successions(Scope())))
        self._each = chosen.subquery("each_machine")
        self._of_kinds = self._by_kind().cte("of_kind").prefix_with("MATERIALIZED")

    def _answers(self, clauses: Sequence[Clause], present: Any) -> list[Any]:
        """The answer of the clauses together, and whether a dispute may open it."""
        verdicts = [verdict_of(clause.predicate, self._find) for clause in clauses]
        if not verdicts:
            return [number(NO).label("answer"), number(0).label("doubt")]
        any_holds = or_(*verdicts)
        answer = case(
            (and_(present, any_holds), number(YES)),
            (and_(present.is_not(false()), any_holds.is_not(false())), number(UNCLEAR)),
            else_=number(NO),
        )
        asked: dict[Any, list[str]] = {}
        for path in dict.fromkeys(path for clause in clauses for path in clause.fields):
            if "." not in path and self._find(path) is not None:
                asked.setdefault(self._tables[HOMES[("equipment", path)].model], []).append(path)
        disputed = or_(in_dispute(asked), self._firms.c.doubt == number(1))
        doubt = case((and_(present.is_not(false()), opens(disputed, verdicts)), number(1)), else_=number(0))
        return [answer.label("answer"), doubt.label("doubt")]

    def _find(self, path: str) -> Stated | None:
        """Where the fact of a path is, as predicates write it."""
        if path.startswith("enterprise."):
            return self._firms.stated(path)
        field = SECTIONS["equipment"].get(path)
        if field is None:
            return None
        home = HOMES[("equipment", path)]
        of = self._tables[home.model]
        if not keepings(home.model)[path].days:
            return Stated(field, getattr(of, home.column))
        since, until, there = (getattr(of, f"{home.column}_{part}") for part in ("from", "to", "precision"))
        return Stated(field, since, until, there)

    def _by_kind(self) -> Any:
        """A row a firm and kind, with the bodies under each head."""
        c = self._each.c
        heads = {
            "there": c.present,
            "gone": c.present.is_(false()),
            "unclear": c.present.is_(null()),
            "sure": c.answer == number(YES),
            "maybe": c.answer == number(UNCLEAR),
        }
        sums = {name: _bodies(condition, c.bodies) for name, condition in heads.items()}
        sums["unsaid"] = func.sum(c.unsaid)
        keys = (c.firm, c.township, c.code, c.kind)
        return select(*keys, *(sums[one].label(one) for one in SUMS), func.max(c.doubt).label("doubt")).group_by(*keys)

    def by_kind(self, part: str) -> Any:
        """By township and kind: firms with any, such there, gone, unclear; bodies there, gone, unclear; the unsaid.

        Unsaid are the machines of which nobody wrote how many.
        """
        c = self._of_kinds.c
        told = [func.count(), *(_firms_with(c[one]) for one in ("there", "gone", "unclear"))]
        told += [func.sum(c[one]) for one in ("there", "gone", "unclear", "unsaid")]
        return line(part, c, (c.kind,), told).group_by(c.township, c.code, c.kind)

    def by_firm(self, part: str) -> Any:
        """By township: firms with any machine, with such there, gone, unclear; firms and bodies by the answer.

        A firm of which a dispute may open an answer has a row of its own, with its id in the place of the kind.
        """
        c = self._of_kinds.c
        keys = (c.firm, c.township, c.code)
        sums = (func.sum(c[one]).label(one) for one in SUMS if one != "unsaid")
        firm = select(*keys, *sums, func.max(c.doubt).label("doubt")).group_by(*keys).subquery("of_firm").c
        doubtful = case((firm.doubt == number(1), firm.firm), else_=nothing())
        told = [func.count(), *(_firms_with(firm[one]) for one in ("there", "gone", "unclear", "sure"))]
        told.append(func.sum(case((and_(firm.sure == number(0), firm.maybe > number(0)), number(1)), else_=number(0))))
        told += [func.sum(firm[one]) for one in ("sure", "maybe")]
        return line(part, firm, (doubtful,), told).group_by(firm.township, firm.code, doubtful)


def _bodies(condition: Any, bodies: Any) -> ColumnElement[int]:
    return func.sum(case((condition, bodies), else_=number(0)))


def _firms_with(bodies: Any) -> ColumnElement[int]:
    return func.sum(case((bodies > number(0), number(1)), else_=number(0)))
