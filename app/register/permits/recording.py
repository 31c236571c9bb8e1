"""Recording what a paper says of a firm's procedure: a new one, or the next version of one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import FOREVER, DateInterval
from app.domain.permit_number import EXPECTED, parts
from app.domain.register import AsOf, Subject
from app.domain.statement import Value, same_value
from app.domain.vocabulary import ENUMS
from app.errors import BadInput, Decided, NotFound
from app.register.desk.deciding import checked, correct
from app.register.desk.who import firm_called
from app.register.facts.views import snapshot
from app.register.limits.measuring import in_change
from app.register.machines.matching_papers import Paper, match_permit
from app.register.permits.findings import DISCHARGE, findings, reversed_term
from app.register.permits.matrix import coded
from app.register.scope import REGISTER, Actor
from app.store import ids
from app.store.models import Change, Permit

Told = dict[str, Any]

_LAST = FOREVER - timedelta(days=1)
_RULE = "排污许可证编号前18位为排污单位的统一社会信用代码（HJ 608-2017，转述）"


def record_permit(
    engine: Engine,
    county: str,
    firm: str,
    kind: str,
    facts: Mapping[str, Value],
    day: date,
    *,
    permit: str | None = None,
    source: str | None = None,
    reason: str,
    actor: Actor,
) -> Told:
    """Record in one change what is so of a firm's procedure from a day on; what is doubtful in it is told back.

    `permit`: which of several of the kind, by its id, or `new`.

    Raises:
        UnknownCounty, NotFound: when the county, the firm or the permit is not there.
        BadInput: when kind, facts or day are none; when a number has a wrong form; when the term ends before it begins.
        Decided: when the same is recorded already.
    """
    told = coded(kind, ENUMS["permit_kind"], "手续", "permit.kind")
    _sound(told, facts, day)

    def verb(session: Session, change: Change) -> Told:
        own = firm_called(session, county, firm, actor)
        subject = _subject(session, change, own, told, facts, permit)
        _refuse_twice(session, change, own, subject, facts, day)
        entry = correct(session, change, "permit", subject, dict(facts), day, reason, source=source)
        session.flush()
        found = findings(session, county, AsOf(day, change.number), actor, firm=own).findings
        doubts = [one.as_dict() for one in found if one.permit.id == subject]
        return {"permit": subject, "batch": entry.batch, "change": change.number, "findings": doubts}

    return in_change(engine, county, "permit", verb, reason, actor)


def _sound(kind: str, facts: Mapping[str, Value], day: date) -> None:
    """Refuse what cannot be so, before anything is written."""
    if not facts:
        raise BadInput("没有写手续的内容", fix="例如 办理情况=已办 证号=… 有效期止=2029-03-31", code="permit.nothing")
    for name, value in facts.items():
        if name == "kind":
            raise BadInput("手续类别不能改", fix="请另记一项手续", code="permit.kind")
        checked("permit", name, value)
    if day > clock.today():
        raise BadInput(f"{day.isoformat()} 还没有到", fix="请写已经发生的那一天", code="day.future")
    number = facts.get("number")
    if kind == DISCHARGE and number and parts(str(number)) is None:
        raise BadInput(f"排污许可证编号“{number}”的写法不对：{_RULE}", fix=EXPECTED, code="permit.number")
    since, until = facts.get("valid_from"), facts.get("valid_to")
    if isinstance(since, DateInterval) and isinstance(until, DateInterval) and reversed_term(since, until):
        why = f"有效期止（{until.text}）早于有效期起（{since.text}）"
        raise BadInput(why, fix="请核对证上的起止日期", code="permit.term")


def _subject(
    session: Session, change: Change, firm: str, kind: str, facts: Mapping[str, Value], permit: str | None
) -> str:
    """The permit that is meant; a new one where the firm has none that it can be."""
    of_kind = [one for one in _permits(session, change, firm, _LAST) if one.facts.get("kind") == kind]
    if permit is not None and permit != "new":
        if permit not in {one.id for one in of_kind}:
            raise NotFound(f"这家企业没有编号为“{permit}”的这项手续", fix=_listed(of_kind), code="permit.unknown")
        found: tuple[str, ...] = (permit,)
    elif permit == "new":
        found = ()
    else:
        papers = [Paper(one.id, {name: (value,) for name, value in one.facts.items()}) for one in of_kind]
        found = match_permit(papers, facts)
    if len(found) > 1:
        why = f"这家企业的这项手续有 {len(found)} 件，说不清是哪一件"
        raise BadInput(why, fix=f"请指明编号，另一件写 new。{_listed(of_kind)}", code="permit.several")
    if found:
        return found[0]
    made = ids.new()
    row = {"county": change.county, "id": made, "recorded_by": change.number, "enterprise_id": firm, "kind": kind}
    session.execute(insert(Permit).values(**row))
    return made


def _permits(session: Session, change: Change, firm: str, day: date) -> tuple[Subject, ...]:
    at = AsOf(day, change.number)
    own = snapshot(session, change.county, at, REGISTER, firms=[firm], sections=("permit",)).enterprises
    return own[0].permits if own else ()


def _refuse_twice(session: Session, change: Change, firm: str, id: str, facts: Mapping[str, Value], day: date) -> None:
    """Refuse what is known of that very day."""
    before = next((one for one in _permits(session, change, firm, day) if one.id == id), None)
    if before is None or before.disputed & facts.keys():
        return
    if all(same_value(before.facts.get(name), value) for name, value in facts.items()):
        raise Decided(f"{day.isoformat()} 已经是这样（编号 {id}）", fix="不必再记", code="permit.already")


def _listed(permits: list[Subject]) -> str:
    told = "；".join(f"{one.id}（{one.facts.get('number') or '没有证号'}）" for one in permits)
    return f"这家企业的这项手续：{told or '没有'}"
