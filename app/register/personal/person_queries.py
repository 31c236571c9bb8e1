"""The queries on contacts and on whoever was forgotten. Each is limited to what its actor may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, Text, func, or_, select, type_coerce

from app.domain.masking import PERSONAL
from app.register.queries import Chosen
from app.register.scope import Actor, visible
from app.store.models import EnterpriseContact, PersonForgotten, Statement
from app.store.sealed import Sealed


def contacts_said(county: str, firms: Sequence[str] | None, actor: Actor) -> Chosen:
    """What was ever said of contacts (firms None: of all): firm, batch, field, value, as it stood in its cell."""
    of = Statement
    chosen = select(of.subject_id, of.batch_id, of.field, of.value, of.raw).where(
        of.county == county, of.section == "enterprise", of.field.in_(sorted(PERSONAL))
    )
    if firms is not None:
        chosen = chosen.where(of.subject_id.in_(firms))
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def contacts_held(county: str, firms: Sequence[str] | None, actor: Actor) -> Chosen:
    """Every contact that a firm ever had: firm, row, name, number."""
    of = EnterpriseContact
    chosen = select(of.enterprise_id, of.id, of.contact_person, of.contact_phone).where(of.county == county)
    if firms is not None:
        chosen = chosen.where(of.enterprise_id.in_(firms))
    return visible(chosen.order_by(of.recorded_by, of.id), actor)


def forgotten(county: str, actor: Actor) -> Chosen:
    """The keys of persons that were removed: person, key."""
    of = PersonForgotten
    return visible(select(of.person, of.key_id).where(of.county == county).order_by(of.recorded_by, of.id), actor)


def holding(table: Table, county: str, marks: Sequence[str], actor: Actor) -> Chosen | None:
    """How many rows of a table hold something that is sealed for one of these; None where nothing of it is sealed."""
    columns: list[ColumnElement[str]] = [
        type_coerce(column, Text()) for column in table.columns if isinstance(column.type, Sealed)
    ]
    if not columns:
        return None
    found = or_(*(column.contains(mark) for column in columns for mark in marks))
    return visible(select(func.count()).select_from(table).where(table.c.county == county, found), actor)
