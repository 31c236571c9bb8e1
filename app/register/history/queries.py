"""The queries on history in one place. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, false, func, not_, or_, select

from app.domain.register import AsOf
from app.register.queries import HELD, Chosen
from app.register.scope import Actor, visible
from app.store.bare import Bare
from app.store.facts import table_name
from app.store.models import (
    AbsenceAnswer,
    Base,
    Change,
    EnterpriseCode,
    EnterpriseName,
    EnterprisePlace,
    Equipment,
    EquipmentCount,
    EquipmentNature,
    EquipmentState,
    IdentityDecision,
    ImportBatch,
    LearnedAnswer,
    Measurement,
    RowAnswer,
    SameSubject,
    Statement,
    Stretch,
    Succession,
    ValueDecision,
)
from app.store.sealed import sealed_as
from app.store.temporal import at


def acts(county: str, numbers: Sequence[int], actor: Actor) -> Chosen:
    """Some changes of a county: number, what was done, by whom, when, why."""
    chosen = select(Change.number, Change.act, Change.actor, Change.at, Change.reason).where(
        Change.county == county, Change.number.in_(numbers)
    )
    return visible(chosen, actor)


def files(county: str, numbers: Sequence[int], actor: Actor) -> Chosen:
    """Of those of the changes that are about an import, the file."""
    chosen = (
        select(Change.number, ImportBatch.file)
        .join(ImportBatch, (ImportBatch.county == Change.county) & (ImportBatch.id == Change.batch))
        .where(Change.county == county, Change.number.in_(numbers))
    )
    return visible(chosen, actor)


def parted(county: str, numbers: Sequence[int], actor: Actor) -> Chosen:
    """Those of the changes that took records apart which had been decided to be the same."""
    chosen = select(IdentityDecision.superseded_by).where(
        IdentityDecision.county == county,
        IdentityDecision.answer == "same",
        IdentityDecision.superseded_by.in_(numbers),
    )
    return visible(chosen.distinct(), actor)


def lines(model: type[Stretch], county: str, subjects: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every row that a temporal table ever had of subjects up to a change, in force or not."""
    of = Base.metadata.tables[table_name(model)]
    chosen = select(of).where(of.c.county == county, of.c[model.subject].in_(subjects), of.c.recorded_by <= known)
    return visible(chosen.order_by(of.c[model.subject], of.c.recorded_by, of.c.valid_from), actor)


def differing(model: type[Stretch], county: str, one: AsOf, other: AsOf, actor: Actor) -> Chosen:
    """The subjects of which a temporal table has a row that holds at one of two moments and not at the other."""
    of = Base.metadata.tables[table_name(model)]
    before, after = at(model, one.day, one.known), at(model, other.day, other.known)
    chosen = select(of.c[model.subject]).where(of.c.county == county, or_(before, after), not_(and_(before, after)))
    return visible(chosen.distinct(), actor)


def said(county: str, subjects: Sequence[str], known: int, actor: Actor) -> Chosen:
    """All that was ever said of subjects up to a change, withdrawn or not, in the order of its recording."""
    chosen = select(Statement).where(
        Statement.county == county, Statement.subject_id.in_(subjects), Statement.recorded_by <= known
    )
    return visible(chosen.order_by(Statement.recorded_by, Statement.id), actor)


def once_called(county: str, fields: Sequence[str], value: str, actor: Actor) -> Chosen:
    """The firms of which a statement, withdrawn or not, ever gave this value."""
    chosen = select(Statement.subject_id).where(
        Statement.county == county,
        Statement.section == "enterprise",
        Statement.field.in_(fields),
        Statement.value == sealed_as(Statement.value, county, value),
    )
    return visible(chosen.distinct(), actor)


def held_by(section: str, county: str, subjects: Sequence[str], actor: Actor) -> Chosen:
    """Things of a section: id, the record of the firm that each was enrolled for, and kind where there is one."""
    model: Any = HELD[section]
    kind = [model.kind] if section in ("permit", "action") else []
    chosen = select(model.id, model.enterprise_id, *kind).where(model.county == county, model.id.in_(subjects))
    return visible(chosen, actor)


def identities(county: str, of: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Whatever was decided of records, taken back or not."""
    chosen = select(IdentityDecision).where(
        IdentityDecision.county == county,
        IdentityDecision.recorded_by <= known,
        or_(IdentityDecision.subject_id.in_(of), IdentityDecision.other_id.in_(of)),
    )
    return visible(chosen.order_by(IdentityDecision.recorded_by, IdentityDecision.id), actor)


def standing(county: str, of: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Which records ever stood for which."""
    chosen = select(SameSubject).where(
        SameSubject.county == county,
        SameSubject.recorded_by <= known,
        or_(SameSubject.subject_id.in_(of), SameSubject.into_id.in_(of)),
    )
    return visible(chosen.order_by(SameSubject.recorded_by, SameSubject.id), actor)


def rulings(county: str, subjects: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every decision for a statement on one of the subjects, taken back or not, with the statement."""
    chosen = (
        select(ValueDecision, Statement)
        .join(Statement, (Statement.county == ValueDecision.county) & (Statement.id == ValueDecision.statement_id))
        .where(
            ValueDecision.county == county,
            ValueDecision.recorded_by <= known,
            ValueDecision.subject_id.in_(subjects),
        )
    )
    return visible(chosen.order_by(ValueDecision.recorded_by, ValueDecision.id), actor)


def absences(county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every answer to why one of the firms was missing from a roster."""
    chosen = select(AbsenceAnswer).where(
        AbsenceAnswer.county == county,
        AbsenceAnswer.recorded_by <= known,
        AbsenceAnswer.enterprise_id.in_(firms),
    )
    return visible(chosen.order_by(AbsenceAnswer.recorded_by, AbsenceAnswer.id), actor)


def row_answers(county: str, answers: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every answer that a held row is of one of these firms or machines."""
    chosen = select(RowAnswer).where(
        RowAnswer.county == county, RowAnswer.recorded_by <= known, RowAnswer.answer.in_(answers)
    )
    return visible(chosen.order_by(RowAnswer.recorded_by, RowAnswer.id), actor)


def names_told(county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every answer that a name means one of these firms."""
    chosen = select(LearnedAnswer).where(
        LearnedAnswer.county == county,
        LearnedAnswer.recorded_by <= known,
        LearnedAnswer.kind == "name",
        LearnedAnswer.enterprise_id.in_(firms),
    )
    return visible(chosen.order_by(LearnedAnswer.recorded_by, LearnedAnswer.id), actor)


def measured(county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every measurement at one of the firms, taken back or not."""
    chosen = select(Measurement).where(
        Measurement.county == county, Measurement.recorded_by <= known, Measurement.enterprise_id.in_(firms)
    )
    return visible(chosen.order_by(Measurement.recorded_by, Measurement.id), actor)


def passed(county: str, firms: Sequence[str], known: int, actor: Actor) -> Chosen:
    """Every succession that names one of the firms, taken back or not, with who recorded it and when."""
    of = Succession
    chosen = (
        select(of, Change.actor, Change.at)
        .join(Change, (Change.county == of.county) & (Change.number == of.recorded_by))
        .where(of.county == county, of.recorded_by <= known, or_(of.enterprise_id.in_(firms), of.into_id.in_(firms)))
    )
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def called_by_name(county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """The firms that have a name at a moment, if only a disputed one."""
    of = EnterpriseName
    has = or_(of.name.is_not(None), of.short_name.is_not(None), of.disputed.not_in(("", "former_name")))
    return visible(select(of.enterprise_id).where(of.county == county, at(of, as_of.day, as_of.known), has), actor)


def called_by_code(county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """The firms that have a code of their own at a moment, if only a disputed one."""
    of = EnterpriseCode
    has = or_(of.uscc.is_not(None), of.registration_no.is_not(None), of.disputed.not_in(("", "power_account_no")))
    return visible(select(of.enterprise_id).where(of.county == county, at(of, as_of.day, as_of.known), has), actor)


def standing_in(county: str, township: str, as_of: AsOf, actor: Actor) -> Chosen:
    """The firms that stand in a township at a moment."""
    place = EnterprisePlace
    chosen = select(place.enterprise_id).where(
        place.county == county, place.township_code == township, at(place, as_of.day, as_of.known)
    )
    return visible(chosen, actor)


def machines_there(county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """The machines that are there or perhaps there at a moment: id, the record of the firm, bodies."""
    of = Equipment
    source: Any = of.__table__
    for model in (EquipmentState, EquipmentNature, EquipmentCount):
        holds = and_(model.county == of.county, model.equipment_id == of.id, at(model, as_of.day, as_of.known))
        source = source.outerjoin(model, holds)
    spoken_of = or_(EquipmentState.id.is_not(None), EquipmentNature.id.is_not(None), EquipmentCount.id.is_not(None))
    chosen = (
        select(of.id, of.enterprise_id, func.coalesce(EquipmentCount.quantity, 1).label("bodies"))
        .select_from(source)
        .where(of.county == county, of.recorded_by <= as_of.known, spoken_of, EquipmentState.present.is_not(false()))
    )
    if actor.counties is None and actor.townships is None:
        return chosen
    # Limited by the machines themselves: a table joined from outside would drop those of which it says nothing.
    own = visible(select(Equipment.id).where(Equipment.county == county), actor)
    return chosen.where(of.id.in_(own))


def removed(county: str, as_of: AsOf, actor: Actor) -> Chosen:
    """The machines that were gone on some day up to the moment: id, the record of the firm, since when."""
    of = EquipmentState
    chosen = (
        select(of.equipment_id, Equipment.enterprise_id, func.min(of.valid_from).label("gone"))
        .join(Equipment, (Equipment.county == of.county) & (Equipment.id == of.equipment_id))
        .where(
            of.county == county,
            of.present.is_(false()),
            of.valid_from <= as_of.day,
            of.recorded_by <= as_of.known,
            of.superseded_by > as_of.known,
        )
        .group_by(of.equipment_id, Equipment.enterprise_id)
    )
    return visible(chosen, actor)


def numbered(county: str, as_of: AsOf, serials: Sequence[str] | None, actor: Actor) -> Chosen:
    """The machines of which maker and 出厂编号 are both stated at a moment; `serials`: with one of these, bare."""
    of = EquipmentNature
    chosen = (
        select(of.equipment_id, Equipment.enterprise_id, of.maker, of.serial_no)
        .join(Equipment, (Equipment.county == of.county) & (Equipment.id == of.equipment_id))
        .where(
            of.county == county,
            of.maker.is_not(None),
            of.serial_no.is_not(None),
            at(of, as_of.day, as_of.known),
        )
    )
    own = visible(chosen.order_by(of.equipment_id), actor)
    # `visible` looks at the whole of a query as no engine in particular; how a text is bared, each has its own way.
    return own if serials is None else own.where(Bare(of.serial_no).in_(serials))
