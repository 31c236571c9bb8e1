"""How to reach one firm: the contact and the telephone numbers as they are, for a purpose, recorded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.masking import PERSONAL
from app.domain.register import AsOf, Enterprise, Snapshot
from app.domain.statement import Value
from app.errors import NotFound
from app.register.desk.who import firm_called
from app.register.facts.grounds import grounds
from app.register.facts.views import snapshot
from app.register.personal.shown import purpose_told, record_shown
from app.register.scope import Actor
from app.store.engine import reading

Row = dict[str, Any]

#: In the order in which they are shown.
_FIELDS = tuple(sorted(PERSONAL))


def contact(engine: Engine, county: str, words: str, moment: AsOf, purpose: str | None, actor: Actor) -> Row:
    """The contact of a firm (id, code or name) on a day; recorded before it is told.

    Raises:
        BadInput: when no purpose is told.
        NotFound: when there is no such firm, or it does not stand where the actor may see it.
    """
    why = purpose_told(purpose)
    with reading(engine) as session:
        firm = _firm(session, county, firm_called(session, county, words, actor), moment, actor)
        told = {name: _told(session, county, firm, name, moment, actor) for name in _FIELDS}
    record_shown(engine, county, actor, purpose=why, firms=[firm.id], fields=_FIELDS, rows=1)
    at = {"county": county, "as_of": moment.day.isoformat(), "known": moment.known}
    return {**at, "enterprise": {"id": firm.id, "name": firm.name}, **told, "purpose": why}


def _firm(session: Session, county: str, id: str, moment: AsOf, actor: Actor) -> Enterprise:
    """The firm as of the day. A township sees those alone that stand there then, not those that have moved away."""
    townships = [None] if actor.townships is None else sorted(code for code in actor.townships if code[:6] == county)
    for township in townships:
        whole = snapshot(session, county, moment, actor, firms={id}, township=township, sections=())
        if whole.enterprises:
            return whole.enterprises[0]
    raise NotFound("这一天没有这家企业", fix="请核对名称、编号和日期", code="enterprise.unknown")


def _told(session: Session, county: str, firm: Enterprise, name: str, moment: AsOf, actor: Actor) -> Row:
    """A value; where sources contradict each other, what each says."""
    value = firm.facts.get(name)
    if name not in firm.disputed:
        return {"value": _text(value), "disputed": False, "claims": []}
    said = grounds(session, Snapshot(county, moment, (firm,)), actor).on(firm.id, name)
    claims = [{"value": _text(one.value), "source": one.source, "day": one.day.isoformat()} for one in said]
    return {"value": None, "disputed": True, "claims": claims}


def _text(value: Value | None) -> str | None:
    return None if value is None else value.text if isinstance(value, DateInterval) else str(value)
