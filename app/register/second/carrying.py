"""How what was proposed is carried out: by the verb of the door by which it was asked for, with what was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine

from app.register.clauses import acts as clause_acts
from app.register.desk import decisions
from app.register.limits import limit_acts
from app.register.plans import recording as plans
from app.register.programmes import county_programmes
from app.register.scope import Actor
from app.register.second.listed import Listed
from app.register.steps import acts as steps
from app.register.steps.recording import NewStep
from app.register.successions import acts as successions
from app.register.successions.recording import Grounds

Carry = Callable[[Engine, Listed, Actor], object]


def _step(engine: Engine, one: Listed, actor: Actor) -> object:
    return steps.recorded(engine, one.row.county, NewStep(**one.told), reason=_why(one), actor=actor)


def _plan(engine: Engine, one: Listed, actor: Actor) -> object:
    return plans.advance(engine, one.row.county, plans.Advance(**one.told), reason=_why(one), actor=actor)


def _decision(engine: Engine, one: Listed, actor: Actor) -> object:
    return decisions.decide(engine, one.row.county, decisions.Decision(**one.told), actor=actor)


def _correction(engine: Engine, one: Listed, actor: Actor) -> object:
    told = one.told
    about = (one.row.county, told["section"], told["subject"], told["facts"], told["day"])
    return decisions.correct(engine, *about, reason=_why(one), actor=actor)


def _merger(engine: Engine, one: Listed, actor: Actor) -> object:
    told = one.told
    grounds = Grounds(**told["grounds"])
    return successions.merged(engine, one.row.county, told["firm"], told["into"], grounds, actor=actor)


def _clause(engine: Engine, one: Listed, actor: Actor) -> object:
    return clause_acts.adopt(engine, one.row.county, one.told["clause"], reason=one.row.reason, actor=actor)


def _clauses(engine: Engine, one: Listed, actor: Actor) -> object:
    about = (engine, one.row.county, one.told["name"], one.told["text"])
    return clause_acts.add(*about, reason=_why(one), adopting=True, actor=actor)


def _limit(engine: Engine, one: Listed, actor: Actor) -> object:
    about, source = (engine, one.row.county, one.told["limit"]), one.told["source"]
    return limit_acts.adopt(*about, source=source, reason=_why(one), actor=actor)


def _limits(engine: Engine, one: Listed, actor: Actor) -> object:
    about = (engine, one.row.county, one.told["name"], one.told["text"])
    return limit_acts.add(*about, reason=_why(one), adopting=True, actor=actor)


def _programmes(engine: Engine, one: Listed, actor: Actor) -> object:
    about = (engine, one.row.county, one.told["name"], one.told["text"])
    return county_programmes.add(*about, reason=_why(one), actor=actor)


def _why(one: Listed) -> str:
    return one.row.reason or ""


#: By the function of the route that asks for it. The ledger's stands where ledgers are made: reports.ledger.
DOORS: Mapping[str, Carry] = {
    "steps.record": _step,
    "plans.advance": _plan,
    "decisions.make": _decision,
    "corrections.make": _correction,
    "successions.merge": _merger,
    "clauses.adopt": _clause,
    "clauses.add": _clauses,
    "limits.adopt": _limit,
    "limits.add": _limits,
    "programmes.add": _programmes,
}


def carrying(more: Mapping[str, Carry]) -> Callable[[Engine, Listed, Actor], Any]:
    """What carries out any proposal, with the doors of rooms above this one."""
    doors = {**DOORS, **more}
    return lambda engine, one, actor: doors[one.row.door](engine, one, actor)
