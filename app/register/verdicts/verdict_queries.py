"""The queries that answer clauses in the database: machine by machine, and reckoned up by township."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Text,
    and_,
    bindparam,
    case,
    column,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    values,
)
from sqlalchemy.orm import aliased

from app.domain.vocabulary import SECTIONS
from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.register.verdicts.dispute_sql import in_dispute, opens
from app.register.verdicts.predicate_sql import Stated, verdict_of
from app.rules.clause import Clause
from app.store.facts import HOMES, keepings
from app.store.models import (
    Enterprise,
    EnterpriseCode,
    EnterpriseName,
    EnterprisePlace,
    Equipment,
    EquipmentCount,
    EquipmentNature,
    EquipmentState,
    SameSubject,
    Succession,
)
from app.store.temporal import at

#: A county with the change up to which it is known.
Pin = tuple[str, int]

#: What a statement for one county is given when it is asked; `township` and `firms` only where it is of such.
COUNTY, KNOWN, DAY, TOWNSHIP, FIRMS = "county", "known", "day", "township", "firms"


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what is asked: one county (named when the statement is asked), a township or some firms of it, or counties.

    `apart`: without the firms that a succession names, whose machines may be another's as of the day.
    """

    pins: tuple[Pin, ...] = ()
    township: bool = False
    firms: bool = False
    apart: bool = False


class Joined:
    """Machines with their firms, and the temporal tables that are asked of them, each joined once."""

    def __init__(self, scope: Scope, actor: Actor) -> None:
        self.aliases: dict[Any, Any] = {}
        self.day: Any = bindparam(DAY, type_=Date())
        self.machines = _machines(scope, actor).subquery("machine")
        self.known: Any = self.machines.c.known if scope.pins else _known()
        same = aliased(SameSubject, name="same")
        self.source: Any = self.machines.outerjoin(
            same,
            and_(
                same.county == self.machines.c.county,
                same.subject_id == self.machines.c.enterprise_id,
                same.recorded_by <= self.known,
                same.superseded_by > self.known,
            ),
        )
        self.firm: ColumnElement[str] = func.coalesce(same.into_id, self.machines.c.enterprise_id)

    def table(self, model: Any) -> Any:
        """The rows of a temporal table that hold of the machine, or of its firm; NULL where there are none."""
        if model not in self.aliases:
            of = aliased(model, name=model.__tablename__.replace("equipment_", "m_").replace("enterprise_", "f_"))
            subject = self.machines.c.id if model.subject == "equipment_id" else self.firm
            holds = and_(
                of.county == self.machines.c.county,
                getattr(of, model.subject) == subject,
                at(of, self.day, self.known),
            )
            self.source = self.source.outerjoin(of, holds)
            self.aliases[model] = of
        return self.aliases[model]

    def find(self, path: str) -> Stated | None:
        """Where the fact of a path is, as predicates write it."""
        section, _, name = path.rpartition(".")
        known = SECTIONS.get(section or "equipment", {}).get(name)
        if known is None or section not in ("", "enterprise"):
            return None
        home = HOMES[(known.section, name)]
        of = self.table(home.model)
        if not keepings(home.model)[name].days:
            return Stated(known, getattr(of, home.column))
        since, until, there = (getattr(of, f"{home.column}_{part}") for part in ("from", "to", "precision"))
        return Stated(known, since, until, there)

    def disputed_names(self, subject: str) -> ColumnElement[str]:
        """What is in dispute of the machine, or of its firm, in the tables that are joined; commas between."""
        found: ColumnElement[str] = literal("")
        for model, of in self.aliases.items():
            if model.subject == subject:
                found = found + "," + func.coalesce(of.disputed, "")
        return found

    def in_dispute(self, clauses: Sequence[Clause]) -> ColumnElement[bool]:
        """Whether sources contradict each other about a fact that one of the clauses asks for."""
        asked: dict[Any, list[str]] = {}
        for path in dict.fromkeys(path for clause in clauses for path in clause.fields):
            section, _, name = path.rpartition(".")
            if self.find(path) is not None:
                asked.setdefault(self.table(HOMES[(section or "equipment", name)].model), []).append(name)
        return in_dispute(asked)


def _number(value: int) -> Any:
    """In the statement's own text: PostgreSQL casts a number that it is given anew for every row."""
    return literal(value, literal_execute=True)


def _known() -> Any:
    return bindparam(KNOWN, type_=BigInteger())


def _county() -> Any:
    return bindparam(COUNTY, type_=Text())


def _machines(scope: Scope, actor: Actor) -> Chosen:
    """The machines that were enrolled by then, of whichever record of a firm."""
    of = aliased(Equipment, name="enrolled")
    if scope.pins:
        pins = _pinned(scope.pins)
        chosen = select(of.county, of.id, of.enterprise_id, pins.c.known).where(
            of.county == pins.c.county, of.recorded_by <= pins.c.known
        )
        return visible(chosen, actor, led_by=pins)
    chosen = select(of.county, of.id, of.enterprise_id).where(of.county == _county(), of.recorded_by <= _known())
    if scope.township:
        chosen = chosen.where(of.enterprise_id.in_(_standing_in_township()))
    if scope.firms:
        chosen = chosen.where(of.enterprise_id.in_(_with_set_aside()))
    return visible(chosen, actor)


def in_successions(scope: Scope) -> Any:
    """The firms, as they stand, that a succession names as whose it was or whose it is."""
    pins = _pinned(scope.pins, "pin_of_succession") if scope.pins else None
    county, known = (pins.c.county, pins.c.known) if pins is not None else (_county(), _known())
    found = []
    for name in ("enterprise_id", "into_id"):
        of, same = aliased(Succession), aliased(SameSubject)
        firm = getattr(of, name)
        stood = and_(of.county == county, of.recorded_by <= known, of.superseded_by > known)
        aside = and_(
            same.county == of.county,
            same.subject_id == firm,
            same.recorded_by <= known,
            same.superseded_by > known,
        )
        chosen = select(func.coalesce(same.into_id, firm))
        chosen = chosen.select_from(of).where(stood) if pins is None else chosen.select_from(pins).join(of, stood)
        found.append(chosen.outerjoin(same, aside))
    return union_all(*found)


def _pinned(pins: Sequence[Pin], called: str = "pin") -> Any:
    """Counties, each with the change that it is known at, as a table."""
    given = values(column(COUNTY, Text()), column(KNOWN, BigInteger()), name="pinned")
    return given.data(list(pins)).cte(called)


def _standing_in_township() -> Any:
    """The records of the firms that stand in the township: of each, and of those that were set aside for it."""
    place, there, same = aliased(EnterprisePlace), aliased(EnterprisePlace), aliased(SameSubject)
    township: Any = bindparam(TOWNSHIP, type_=Text())
    day: Any = bindparam(DAY, type_=Date())
    own = select(place.enterprise_id).where(
        place.county == _county(), place.township_code == township, at(place, day, _known())
    )
    aside = select(same.subject_id).where(
        same.county == _county(),
        same.recorded_by <= _known(),
        same.superseded_by > _known(),
        same.into_id.in_(
            select(there.enterprise_id).where(
                there.county == _county(), there.township_code == township, at(there, day, _known())
            )
        ),
    )
    return union_all(own, aside)


def _with_set_aside() -> Any:
    """The records of firms: of each, and of those that were ever set aside for it."""
    of, same = aliased(Enterprise), aliased(SameSubject)
    own = select(of.id).where(of.county == _county(), of.id.in_(_firms_named()))
    aside = select(same.subject_id).where(same.county == _county(), same.into_id.in_(_firms_named()))
    return union_all(own, aside)


def _firms_named() -> Any:
    return bindparam(FIRMS, expanding=True, type_=Text())


def called(name: Any, code: Any) -> ColumnElement[bool]:
    """That the firm is called something then: what makes it one of a snapshot."""
    return or_(
        name.name.is_not(None),
        name.short_name.is_not(None),
        name.disputed.not_in(("", "former_name")),
        code.uscc.is_not(None),
        code.registration_no.is_not(None),
        code.disputed.not_in(("", "power_account_no")),
    )


def _spoken_of(joined: Joined) -> ColumnElement[bool]:
    """That something is known of the machine then, and not that it is gone."""
    models = (EquipmentNature, EquipmentState, EquipmentCount)
    there = or_(*(joined.table(model).id.is_not(None) for model in models))
    return and_(there, joined.table(EquipmentState).present.is_not(false()))


def held(clauses: tuple[Clause, ...], scope: Scope, actor: Actor) -> Chosen:
    """The machines, there or perhaps there, that a clause holds of or cannot be told of, in order of enrolment.

    `holds` and `may`: the place from 1 among the clauses of the first that holds, and of the first that does not say
    no. What is in dispute is not stated here; `disputed` where that leaves a clause open.
    """
    joined = Joined(scope, actor)
    verdicts = [verdict_of(clause.predicate, joined.find) for clause in clauses]
    present, name = joined.table(EquipmentState).present, joined.table(EnterpriseName)
    first = case(*((one.is_not(false()), place) for place, one in enumerate(verdicts, 1)), else_=null())
    holds = case(*((and_(present, one), place) for place, one in enumerate(verdicts, 1)), else_=null())
    code, where = joined.table(EnterpriseCode), joined.table(EnterprisePlace)
    chosen = select(
        joined.machines.c.county,
        joined.firm.label("firm"),
        func.coalesce(name.name, name.short_name, code.uscc).label("name"),
        code.uscc,
        where.township,
        where.township_code,
        joined.machines.c.id.label("machine"),
        joined.table(EquipmentNature).code,
        func.coalesce(joined.table(EquipmentCount).quantity, 1).label("bodies"),
        holds.label("holds"),
        first.label("may"),
        opens(joined.in_dispute(clauses), verdicts).label("disputed"),
    )
    limits = [_spoken_of(joined), called(name, code), or_(false(), *(one.is_not(false()) for one in verdicts))]
    of_kind = joined.table(EquipmentNature).kind
    limits.insert(0, or_(of_kind.in_(sorted({clause.kind for clause in clauses})), of_kind.is_(None)))
    ordered = (joined.machines.c.county, joined.machines.c.id)
    return chosen.select_from(joined.source).where(*limits).order_by(*ordered)


def facts_asked(clauses: tuple[Clause, ...], actor: Actor) -> tuple[Chosen, tuple[str, ...]]:
    """The facts that clauses ask for, of the machines of a county's firms, and what is in dispute; the facts' paths.

    A fact is a column `value_0` …; days are three, `since_0`, `until_0` and `there_0`.
    """
    joined = Joined(Scope(firms=True), actor)
    found = {path: joined.find(path) for clause in clauses for path in clause.fields}
    columns: list[Any] = []
    for place, stated in enumerate(stated for stated in found.values() if stated is not None):
        if stated.until is None or stated.there is None:
            columns.append(stated.column.label(f"value_{place}"))
        else:
            days = {"since": stated.column, "until": stated.until, "there": stated.there}
            columns += [column.label(f"{word}_{place}") for word, column in days.items()]
    name, code = joined.table(EnterpriseName), joined.table(EnterpriseCode)
    limits = (_spoken_of(joined), called(name, code), joined.firm.in_(_firms_named()))
    of_machine, of_firm = (joined.disputed_names(subject) for subject in ("equipment_id", "enterprise_id"))
    chosen = select(
        joined.machines.c.county,
        joined.firm.label("firm"),
        joined.machines.c.id.label("machine"),
        func.coalesce(joined.table(EquipmentCount).quantity, 1).label("bodies"),
        joined.table(EquipmentState).present,
        *columns,
        of_machine.label("disputed_of_machine"),
        of_firm.label("disputed_of_firm"),
        joined.in_dispute(clauses).label("disputed"),
    )
    return chosen.select_from(joined.source).where(*limits), tuple(
        path for path, one in found.items() if one is not None
    )


def tally(clauses: tuple[Clause, ...], scope: Scope, actor: Actor) -> Chosen:
    """Firms and furnace bodies by township: of all clauses together, and of each (`_1` …), holding and perhaps holding.

    `bodies` are all that are there or perhaps there. A firm of which a fact in dispute leaves a clause open has a row
    of its own, with its id as `doubtful`: its verdicts are to be taken over each claimed value.
    """
    machines = _answered(clauses, scope, actor).cte("answered").prefix_with("MATERIALIZED")
    told: dict[str, Any] = {f"_{place}": machines.c[f"answer_{place}"] for place in range(1, len(clauses) + 1)}
    strongest = [(or_(false(), *(one == answer for one in told.values())), answer) for answer in map(_number, (2, 1))]
    told = {"": case(*strongest, else_=_number(0)), **told}
    answers = tuple(told)
    firms = select(
        machines.c.county,
        machines.c.township_code,
        case((func.max(machines.c.doubt) == _number(1), machines.c.firm), else_=null()).label("doubtful"),
        func.sum(machines.c.bodies).label("bodies"),
        *(func.max(told[one]).label(f"answer{one}") for one in answers),
        *(_bodies(machines, told[one], 2).label(f"sure{one}") for one in answers),
        *(_bodies(machines, told[one], 1).label(f"maybe{one}") for one in answers),
    )
    of = firms.group_by(machines.c.county, machines.c.firm, machines.c.township_code).subquery("firm")
    chosen = select(
        of.c.county,
        of.c.township_code,
        of.c.doubtful,
        func.sum(of.c.bodies).label("bodies"),
        *(_firms(of, one, 2).label(f"sure_firms{one}") for one in answers),
        *(_firms(of, one, 1).label(f"maybe_firms{one}") for one in answers),
        *(func.sum(of.c[f"sure{one}"]).label(f"sure_bodies{one}") for one in answers),
        *(func.sum(of.c[f"maybe{one}"]).label(f"maybe_bodies{one}") for one in answers),
    )
    return chosen.group_by(of.c.county, of.c.township_code, of.c.doubtful)


def _answered(clauses: tuple[Clause, ...], scope: Scope, actor: Actor) -> Chosen:
    """Each machine, there or perhaps there, with each clause's answer: 2 holds, 1 cannot be told, 0 does not."""
    joined = Joined(scope, actor)
    verdicts = [verdict_of(clause.predicate, joined.find) for clause in clauses]
    present = joined.table(EquipmentState).present
    no, unclear, yes = map(_number, range(3))
    each = [case((one.is_(false()), no), (and_(present, one), yes), else_=unclear) for one in verdicts]
    doubt = opens(joined.in_dispute(clauses), verdicts)
    name, code = joined.table(EnterpriseName), joined.table(EnterpriseCode)
    limits = [_spoken_of(joined), called(name, code)]
    if scope.apart:
        limits.append(joined.firm.not_in(in_successions(scope)))
    chosen = select(
        joined.machines.c.county,
        joined.firm.label("firm"),
        joined.table(EnterprisePlace).township_code,
        func.coalesce(joined.table(EquipmentCount).quantity, 1).label("bodies"),
        case((doubt, _number(1)), else_=_number(0)).label("doubt"),
        *(answer.label(f"answer_{place}") for place, answer in enumerate(each, 1)),
    )
    return chosen.select_from(joined.source).where(*limits)


def _bodies(machines: Any, told: Any, answer: int) -> ColumnElement[int]:
    return func.sum(case((told == _number(answer), machines.c.bodies), else_=_number(0)))


def _firms(of: Any, one: str, answer: int) -> ColumnElement[int]:
    return func.sum(case((of.c[f"answer{one}"] == _number(answer), _number(1)), else_=_number(0)))


def firms_there(scope: Scope, actor: Actor) -> Chosen:
    """How many firms each township has, those without any machine among them."""
    of = aliased(Enterprise, name="enrolled")
    if scope.pins:
        pins = _pinned(scope.pins)
        chosen = select(of.county, of.id, pins.c.known).where(
            of.county == pins.c.county, of.recorded_by <= pins.c.known
        )
    else:
        chosen = select(of.county, of.id).where(of.county == _county(), of.recorded_by <= _known())
        if scope.township:
            chosen = chosen.where(of.id.in_(_standing_in_township()))
    firms = visible(chosen, actor).subquery("enrolled_firm")
    day: Any = bindparam(DAY, type_=Date())
    known: Any = firms.c.known if scope.pins else _known()
    name, code, place = aliased(EnterpriseName), aliased(EnterpriseCode), aliased(EnterprisePlace)
    source: Any = firms
    for one in (name, code, place):
        holds = and_(one.county == firms.c.county, one.enterprise_id == firms.c.id, at(one, day, known))
        source = source.outerjoin(one, holds)
    counted = select(firms.c.county, place.township_code, func.count().label("firms")).select_from(source)
    return counted.where(called(name, code)).group_by(firms.c.county, place.township_code)
