"""Decisions as the edge asks for them: each in one change of the county, with the person's name and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.proposal import NEW, SPLIT
from app.domain.statement import Value
from app.errors import BadInput
from app.register.desk import deciding, merging
from app.register.desk.who import firm_called
from app.register.imports import learned, waiting
from app.register.machines import replacing
from app.register.machines.apart import not_replaced
from app.register.places import county_of
from app.register.scope import Actor
from app.register.second import done_or_proposed
from app.store.changes import open_change
from app.store.engine import retrying, unit
from app.store.models import Change

Told = dict[str, Any]

#: The kinds of decisions, what each must name, and the act under which it is recorded.
KINDS: dict[str, tuple[tuple[str, ...], str]] = {
    "same": (("firm", "other"), "merge"),
    "different": (("firm", "other"), "keep_apart"),
    "later": (("firm", "other"), "keep_apart"),
    "value": (("statement",), "decide"),
    "absent": (("batch", "firm", "answer"), "decide"),
    "row": (("batch", "sheet", "row", "about", "answer"), "decide"),
    "township": (("written", "township"), "decide"),
    "name": (("written", "firm"), "decide"),
    "replaced": (("old", "new"), "decide"),
    "not_replaced": (("old", "new"), "decide"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decides; firms by id, code or name.

    `same`: `firm` is set aside for `other`. `value`: `statement` counts; `there`: its source is right about the
    machine's being there. `absent`: why `firm` is missing from `batch`: 关停, 搬迁, 被整合 or 漏报. `row`: whose a held
    row is (`about` firm; `answer` a firm, or `new`), or of which machine it speaks (`about` machine; an id, `new`, or
    `split`: the rows only tell apart the bodies of one group). `township`, `name`: what is `written` in rosters means
    this township, this firm, from now on. `replaced`: the machine `new` came in the place of the machine `old`;
    `not_replaced`: it did not, they have nothing to do with each other.
    """

    kind: str
    reason: str
    firm: str | None = None
    other: str | None = None
    statement: str | None = None
    there: bool = False
    batch: str | None = None
    answer: str | None = None
    sheet: str | None = None
    row: int | None = None
    about: str | None = None
    written: str | None = None
    township: str | None = None
    old: str | None = None
    new: str | None = None


def decide(engine: Engine, county: str, decision: Decision, *, actor: Actor) -> Told:
    """Record a decision; its numbers.

    Raises:
        UnknownCounty, NotFound: when the county, or what it names, is not there.
        BadInput: when it does not name all that it must.
        Decided: when a standing decision forbids it.
        Proposed: when it merges firms, or settles what wants two, and the county wants two people for that.
    """
    if decision.kind not in KINDS:
        raise BadInput(f"没有“{decision.kind}”这种决定", fix=f"请写其中一个：{'、'.join(KINDS)}", code="decision.kind")
    needs, act = KINDS[decision.kind]
    absent = [name for name in needs if not getattr(decision, name)]
    if absent:
        raise BadInput(f"这个决定还要写明 {'、'.join(absent)}", code="decision.incomplete")

    def verb(session: Session, change: Change) -> Told:
        return _decided(session, change, decision, actor)

    def done(engine: Engine) -> Told:
        return _in_change(engine, county, act, verb, decision.reason, actor)

    return done_or_proposed(engine, "decisions.make", decision, done, reason=decision.reason, actor=actor)


def take_decision_back(engine: Engine, county: str, decision: str, *, reason: str, actor: Actor) -> Told:
    """Take a decision back, whatever its kind.

    Raises:
        NotFound: when no such decision stands.
        Decided: when it goes with another one.
    """

    def verb(session: Session, change: Change) -> Told:
        return deciding.withdraw(session, change, decision)

    return _in_change(engine, county, "withdraw", verb, reason, actor)


def correct(
    engine: Engine,
    county: str,
    section: str,
    subject: str,
    facts: Mapping[str, Value],
    day: date,
    *,
    reason: str,
    actor: Actor,
) -> Told:
    """State facts by hand; a firm by id, code or name, whatever it holds by its id.

    Raises:
        NotFound: when it is not there.
        BadInput: when a value is none of its field's.
        Proposed: when it states what wants two people in the county.
    """

    def verb(session: Session, change: Change) -> Told:
        named = firm_called(session, county, subject, actor) if section == "enterprise" else subject
        return deciding.correct(session, change, section, named, facts, day, reason).as_dict()

    def done(engine: Engine) -> Told:
        return _in_change(engine, county, "correct", verb, reason, actor)

    told = {"section": section, "subject": subject, "facts": dict(facts), "day": day}
    return done_or_proposed(engine, "corrections.make", told, done, reason=reason, actor=actor)


def _decided(session: Session, change: Change, said: Decision, actor: Actor) -> Told:
    def firm(words: str | None) -> str:
        return firm_called(session, change.county, words or "", actor)

    if said.kind == "same":
        return merging.merge(session, change, firm(said.firm), firm(said.other), said.reason).as_dict()
    if said.kind == "value":
        ruling = deciding.decide_value(session, change, said.statement or "", said.reason, present=said.there)
        return ruling.as_dict()
    if said.kind == "absent":
        whose, why = firm(said.firm), said.answer or ""
        deciding.refuse_listed(session, change.county, said.batch or "", whose)
        return deciding.answer_absence(session, change, said.batch or "", whose, why, said.reason).as_dict()
    if said.kind == "replaced":
        link = replacing.replace(session, change, said.old or "", said.new or "", said.reason)
        return {"decision": link, "change": change.number}
    if said.kind == "not_replaced":
        apart = not_replaced(session, change, said.old or "", said.new or "", said.reason)
        return {"decision": apart, "change": change.number}
    if said.kind == "row" and (said.about, said.answer) == ("machine", SPLIT):
        split = deciding.answer_split(session, change, said.batch or "", said.sheet or "", said.row or 0, said.reason)
        return {"decision": split, "change": change.number}
    if said.kind == "row":
        whose = firm(said.answer) if said.about == "firm" and said.answer != NEW else said.answer or ""
        place = (said.batch or "", said.sheet or "", said.row or 0, said.about or "")
        answer = waiting.answer_row(session, change, *place, whose, said.reason)
        if said.about == "machine" and whose != NEW:
            deciding.refuse_other_firms(session, change.county, *place[:3], whose)
        return {"decision": answer, "change": change.number}
    if said.kind == "township":
        alias = learned.call_township(session, change, said.written or "", said.township or "", said.reason)
        return {"decision": alias, "change": change.number}
    if said.kind == "name":
        alias = learned.call_firm(session, change, said.written or "", firm(said.firm), said.reason)
        return {"decision": alias, "change": change.number}
    decision = merging.keep_apart(session, change, firm(said.firm), firm(said.other), said.kind, said.reason)
    return {"decision": decision, "change": change.number}


def _in_change(
    engine: Engine, county: str, act: str, verb: Callable[[Session, Change], Told], reason: str, actor: Actor
) -> Told:
    if not reason.strip():
        raise BadInput("没有写理由", fix="请写明为什么这样定，将来要查", code="reason.missing")

    def once() -> Told:
        with unit(engine) as session:
            county_of(session, county)
            return verb(session, open_change(session, county, act, actor=actor.name, reason=reason))

    return retrying(once)
