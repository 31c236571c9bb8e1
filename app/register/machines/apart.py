"""Machines of a firm that went and came and have nothing to do with each other: decided so, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.errors import Decided
from app.register import queries
from app.register.desk import desk_queries
from app.register.facts.identity import same_as
from app.register.machines.in_place_of import Unclear
from app.register.machines.within_firm import Pair, pair_of
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.models import OPEN, Change, IdentityDecision
from app.store.superseding import supersede


def not_replaced(session: Session, change: Change, old: str, new: str, reason: str) -> str:
    """Record that one machine did not come in the place of another one of its firm; the decision's id.

    Raises:
        NotFound: when the county has no such machine.
        BadInput: when they are of two firms, or one and the same.
        Decided: when it stands decided so, or that the one replaced the other.
    """
    pair = pair_to_part(session, change.county, old, new)
    id = ids.new()
    row = {"section": "equipment", "subject_id": pair[0], "other_id": pair[1], "answer": "different", "reason": reason}
    common = {"county": change.county, "id": id, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(IdentityDecision).values(**common, **row, under_id=None))
    return id


def pair_to_part(session: Session, county: str, old: str, new: str) -> Pair:
    """The two machines by the records that stand for them, where it may be decided that they are apart.

    Raises:
        NotFound, BadInput, Decided: as `not_replaced` does.
    """
    same = same_as(session, county)
    pair = pair_of(session, county, old, new)
    if pair in apart(session, county, REGISTER):
        raise Decided("这两台已经定为没有换新的关系", code="replacement.apart_already")
    for one in session.scalars(desk_queries.replacements(county, queries.NOW.known, REGISTER)):
        if (same.of(one.old_id), same.of(one.new_id)) == pair:
            told = f"第 {one.recorded_by} 号变更已记为旧的这台换成了新的这台"
            raise Decided(told, fix=f"请先撤回 {one.id}", code="replacement.standing")
    return pair


def apart(session: Session, county: str, actor: Actor) -> frozenset[Pair]:
    """The pairs, old and new, of which it stands decided that the one did not come in the place of the other."""
    same = same_as(session, county)
    return frozenset((same.of(one.subject_id), same.of(one.other_id)) for one in _decided(session, county, actor))


def refuse_apart(session: Session, county: str, pair: Pair) -> None:
    """Refuse to link two machines that have nothing to do with each other.

    Raises:
        Decided: when it stands decided so.
    """
    same = same_as(session, county)
    for one in _decided(session, county, REGISTER):
        if (same.of(one.subject_id), same.of(one.other_id)) == pair:
            told = f"第 {one.recorded_by} 号变更已定为这两台没有换新的关系：{one.reason}"
            raise Decided(told, fix=f"请先撤回 {one.id}", code="replacement.apart")


def withdraw_apart(session: Session, change: Change, recorded_by: int, gone: Collection[str]) -> list[Pair]:
    """Take back what an import's change decided by a copy's answers, and what speaks of machines that are gone."""
    found = [
        one
        for one in _decided(session, change.county, REGISTER)
        if one.recorded_by == recorded_by or one.subject_id in gone or one.other_id in gone
    ]
    pairs = [(one.subject_id, one.other_id) for one in found]
    supersede(session, change, IdentityDecision, [one.id for one in found])
    return pairs


def still_open(unclear: Unclear, decided: frozenset[Pair]) -> Unclear | None:
    """What is left to ask of machines that went and came, when some have nothing to do with each other."""
    pairs = {(old.key, new.key) for old in unclear.out for new in unclear.come} - decided
    out = tuple(one for one in unclear.out if any(one.key == old for old, _ in pairs))
    come = tuple(one for one in unclear.come if any(one.key == new for _, new in pairs))
    return Unclear(out, come) if pairs else None


def _decided(session: Session, county: str, actor: Actor) -> Sequence[IdentityDecision]:
    found = session.scalars(desk_queries.decisions(county, actor))
    return [one for one in found if one.section == "equipment" and one.answer == "different"]
