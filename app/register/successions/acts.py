"""The acts as the edge asks for them: each in one change of the county, firms named as people name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.register import AsOf
from app.domain.statement import Value
from app.errors import BadInput
from app.register.desk import deciding
from app.register.desk.who import firm_called
from app.register.facts.views import snapshot
from app.register.limits.measuring import in_change
from app.register.places import township_in
from app.register.scope import Actor
from app.register.second import done_or_proposed
from app.register.successions import recording
from app.register.successions.recording import Grounds
from app.store.models import Change

Told = dict[str, Any]


def merged(engine: Engine, county: str, firm: str, into: str, grounds: Grounds, *, actor: Actor) -> Told:
    """Record that one firm was merged into another.

    Raises:
        UnknownCounty, NotFound: when the county or a firm is not there.
        Decided: when that is recorded, or stands against what is.
        Proposed: when the county wants two people for it.
    """

    def verb(session: Session, change: Change) -> Told:
        one, other = (firm_called(session, county, words, actor) for words in (firm, into))
        return recording.merge_into(session, change, one, other, grounds).as_dict()

    def act(engine: Engine) -> Told:
        return in_change(engine, county, "succeed", verb, grounds.reason, actor)

    told = {"firm": firm, "into": into, "grounds": grounds}
    return done_or_proposed(engine, "successions.merge", told, act, reason=grounds.reason, actor=actor)


def split(
    engine: Engine,
    county: str,
    firm: str,
    into: Sequence[str],
    given: Mapping[str, str],
    grounds: Grounds,
    *,
    actor: Actor,
) -> Told:
    """Record that a firm was split, and which machine went where.

    Raises:
        UnknownCounty, NotFound: when the county, a firm or a machine is not there.
        BadInput: when a machine goes to a firm that has no part in it.
    """

    def verb(session: Session, change: Change) -> Told:
        every = dict.fromkeys((firm, *into, *given.values()))
        called = {words: firm_called(session, county, words, actor) for words in every}
        told = {machine: called[to] for machine, to in given.items()}
        parts = [called[words] for words in into]
        return recording.split_up(session, change, called[firm], parts, told, grounds).as_dict()

    return in_change(engine, county, "succeed", verb, grounds.reason, actor)


def named(engine: Engine, county: str, act: str, machine: str, to: str, *, reason: str, actor: Actor) -> Told:
    """Say whose a machine of a split firm is.

    Raises:
        UnknownCounty, NotFound, BadInput, Decided: as `recording.name_one`.
    """

    def verb(session: Session, change: Change) -> Told:
        firm = firm_called(session, county, to, actor)
        return recording.name_one(session, change, act, machine, firm, reason).as_dict()

    return in_change(engine, county, "succeed", verb, reason, actor)


def transferred(
    engine: Engine, county: str, firm: str, machine: str, into: str, grounds: Grounds, *, actor: Actor
) -> Told:
    """Record that a machine went over to another firm.

    Raises:
        UnknownCounty, NotFound: when the county, a firm or the machine is not there.
        Decided: when that is recorded already.
    """

    def verb(session: Session, change: Change) -> Told:
        one, other = (firm_called(session, county, words, actor) for words in (firm, into))
        return recording.hand_over(session, change, one, machine, other, grounds).as_dict()

    return in_change(engine, county, "succeed", verb, grounds.reason, actor)


def renamed(engine: Engine, county: str, firm: str, name: str, day: date, *, reason: str, actor: Actor) -> Told:
    """Record a firm's new name from a day on; the name that it had is its former one, and still finds it.

    Raises:
        UnknownCounty, NotFound: when the county or the firm is not there.
        BadInput: when it is called so already.
    """

    def verb(session: Session, change: Change) -> Told:
        one = firm_called(session, county, firm, actor)
        whole = snapshot(session, county, AsOf(day, change.number), actor, firms=[one])
        had = next((own.facts.get("name") for own in whole.enterprises), None)
        if had == name.strip():
            raise BadInput(f"它那一天已经叫“{had}”", fix="请核对新名称和日期", code="succeed.same_name")
        facts: dict[str, Value] = {"name": name.strip()} | ({"former_name": had} if had else {})
        return deciding.correct(session, change, "enterprise", one, facts, day, reason).as_dict()

    return in_change(engine, county, "correct", verb, reason, actor)


def moved(engine: Engine, county: str, firm: str, township: str, day: date, *, reason: str, actor: Actor) -> Told:
    """Record that a firm stands in another township from a day on.

    Raises:
        UnknownCounty, UnknownTownship, NotFound: when the county, the township or the firm is not there.
    """

    def verb(session: Session, change: Change) -> Told:
        one = firm_called(session, county, firm, actor)
        name = township_in(session, county, township, day)[1]
        return deciding.correct(session, change, "enterprise", one, {"township": name}, day, reason).as_dict()

    return in_change(engine, county, "correct", verb, reason, actor)


def take_back(engine: Engine, county: str, act: str, *, reason: str, actor: Actor) -> Told:
    """Take an act back whole.

    Raises:
        NotFound: when no such act stands.
    """

    def verb(session: Session, change: Change) -> Told:
        return recording.take_back(session, change, act)

    return in_change(engine, county, "withdraw", verb, reason, actor)
