"""The gate before an act that wants two: nothing that went through it is committed by one person alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.errors import Refused, SecondNeeded
from app.register.scope import LOCAL_OPERATOR, REGISTER, Actor
from app.register.second import queries
from app.register.second.told import canonical, digest_of
from app.register.second.words import different
from app.store import ids
from app.store.acting import ACTOR, acting, actor_of
from app.store.models import Change, ProposalAnswer

Effect = Mapping[str, Any]

#: Under this name an engine knows which proposal its unit of work confirms.
_CONFIRMS = "confirms"
_NOTED = "acts that want two"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A proposal that is being confirmed: what it was said to do, and who proposed it."""

    proposal: str
    county: str
    act: str
    effects: str
    digest: str
    proposed_by: str


@dataclass(slots=True)
class _Noted:
    """What went through the gate in one unit of work."""

    change: Change
    acts: list[str]
    effects: list[Effect]


def confirming(engine: Engine, actor: Actor, confirmation: Confirmation) -> Engine:
    """The engine whose next unit of work carries a proposal out, for whoever confirms it."""
    return acting(engine, actor).execution_options(**{_CONFIRMS: confirmation})


def confirmed(engine: Engine) -> Confirmation | None:
    """The proposal that an engine's units of work confirm."""
    found: Confirmation | None = engine.get_execution_options().get(_CONFIRMS)
    return found


def whose_engine(engine: Engine) -> Actor:
    """For whom an engine's units of work are: whoever confirms, by their own name."""
    found: Actor = engine.get_execution_options().get(ACTOR, LOCAL_OPERATOR)
    return found


def gate(session: Session, change: Change, act: str, effect: Effect) -> None:
    """Note that the unit of work carries out an act of a kind that may want two, and what that does.

    The county's switch off: nothing. On: the unit is rolled back at its end, once every check of the act has passed,
    unless it confirms a proposal of just this. `effect` names no id that the act itself makes.
    """
    by = confirmed(_engine(session))
    if not (by is not None and by.act == act) and not queries.wanted(session, change.county, act):
        return
    noted: _Noted | None = session.info.get(_NOTED)
    if noted is None:
        noted = session.info[_NOTED] = _Noted(change, [], [])
        event.listen(session, "before_commit", _settle)
        if by is not None:
            _answer(session, change, by)
    noted.acts.append(act)
    noted.effects.append(effect)


def _settle(session: Session) -> None:
    """Let the unit of work through only where it confirms what was proposed.

    Raises:
        SecondNeeded: when nobody confirmed it.
        Refused: when it would do otherwise than was proposed.
    """
    noted: _Noted = session.info[_NOTED]
    by = confirmed(_engine(session))
    acts, effects = tuple(dict.fromkeys(noted.acts)), tuple(noted.effects)
    if by is None:
        raise SecondNeeded(noted.change.county, acts, effects, noted.change.number - 1)
    if (noted.change.county, acts) != (by.county, (by.act,)):
        raise Refused("现在去办，会办成另一件事，没有确认", fix="请退回，重新提出", code="second.other_act")
    if digest_of(effects) != by.digest:
        why = different(by.effects, canonical(effects))
        raise Refused(f"现在去办，和提出时不一样：{why}", fix="请退回，按现在的情况重新提出", code="second.changed")


def _answer(session: Session, change: Change, by: Confirmation) -> None:
    """Record the confirmation in the very change that carries the act out."""
    from app.register.audit import record

    actor = actor_of(session)
    refuse_answered(session, by.county, by.proposal)
    row = {"proposal_id": by.proposal, "answer": "confirmed", "answered_by": actor.name, "account": actor.account}
    key = {"county": change.county, "id": ids.new(), "recorded_by": change.number}
    session.add(ProposalAnswer(**key, **row, reason=None))
    session.flush()
    both = {"proposed_by": by.proposed_by, "confirmed_by": actor.name, "change": change.number}
    record(session, act="proposals.confirm", what=by.proposal, county=change.county, after=both)


def refuse_answered(session: Session, county: str, proposal: str) -> None:
    """That nobody has answered a proposal; asked under the lock of the county's head.

    Raises:
        Decided: when somebody has.
    """
    row = session.execute(queries.answer_of(county, proposal, REGISTER)).first()
    if row is not None:
        raise queries.answered(row.answer, row.answered_by)


def _engine(session: Session) -> Engine:
    found = session.get_bind()
    return found if isinstance(found, Engine) else found.engine
