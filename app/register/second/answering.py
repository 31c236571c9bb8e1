"""What becomes of a proposal: another person confirms or refuses it, or whoever made it takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.errors import Decided, Refused
from app.register.policy_files import told_reason
from app.register.scope import Actor
from app.register.second import queries
from app.register.second.gate import Confirmation, confirming, refuse_answered
from app.register.second.listed import Listed, proposal_called
from app.store import ids
from app.store.changes import open_change
from app.store.engine import reading, retrying, unit
from app.store.models import Change, ProposalAnswer

Told = dict[str, Any]

#: Carries a proposal out by the very verb by which it was asked for: on this engine, for this actor.
Perform = Callable[[Engine, Listed, Actor], object]


def confirm(engine: Engine, county: str, proposal: str, perform: Perform, *, actor: Actor) -> Told:
    """Carry a proposal out and record who confirmed it, in one unit of work.

    Raises:
        NotFound: when there is no such proposal.
        Refused: when the actor proposed it, or has no account; when it would do otherwise by now, or cannot be done.
        Decided: when it was answered, or waited too long.
    """
    with reading(engine) as session:
        one = proposal_called(session, county, proposal, actor)
    _refuse_closed(one)
    _refuse_same_person(one, actor)
    row = one.row
    by = Confirmation(row.id, row.county, row.act, row.effects, row.digest, row.proposed_by)
    both = replace(actor, name=f"{row.proposed_by}提出，{actor.name}确认")
    perform(confirming(engine, actor, by), one, both)
    with reading(engine) as session:
        after = proposal_called(session, county, proposal, actor)
    if after.answer is None:
        raise Decided("这件事现在没有可办的了，没有确认", fix="请退回这个提出", code="second.nothing_to_do")
    return after.as_whole()


def refuse(engine: Engine, county: str, proposal: str, *, reason: str, actor: Actor) -> Told:
    """Refuse a proposal, saying why.

    Raises:
        NotFound: when there is no such proposal.
        Refused: when the actor proposed it.
        Decided: when it was answered.
        BadInput: when no reason is given.
    """

    def fits(one: Listed) -> None:
        if _same_person(one, actor):
            raise Refused("自己提出的，不用退回", fix="不办了的，请收回（withdraw）", code="second.own")

    return _answered(engine, county, proposal, "refused", fits, reason, actor)


def withdraw(engine: Engine, county: str, proposal: str, *, reason: str, actor: Actor) -> Told:
    """Take back what one proposed oneself.

    Raises:
        NotFound: when there is no such proposal.
        Refused: when somebody else proposed it.
        Decided: when it was answered.
        BadInput: when no reason is given.
    """

    def fits(one: Listed) -> None:
        if not _same_person(one, actor):
            raise Refused(
                f"是{one.row.proposed_by}提出的，只能由本人收回", fix="不同意的，请退回", code="second.others"
            )

    return _answered(engine, county, proposal, "withdrawn", fits, reason, actor)


def _answered(
    engine: Engine, county: str, proposal: str, answer: str, fits: Callable[[Listed], None], reason: str, actor: Actor
) -> Told:
    why = told_reason(reason)

    def once() -> Told:
        with unit(engine) as session:
            fits(proposal_called(session, county, proposal, actor))
            told = {"actor": actor.name, "reason": why}
            if answer == "refused":
                change = open_change(session, county, "refuse_proposal", **told)
            else:
                change = open_change(session, county, "withdraw_proposal", **told)
            refuse_answered(session, county, proposal)
            _keep(session, change, proposal, answer, why, actor)
            return proposal_called(session, county, proposal, actor).as_whole()

    return retrying(once)


def _keep(session: Session, change: Change, proposal: str, answer: str, reason: str, actor: Actor) -> None:
    key = {"county": change.county, "id": ids.new(), "recorded_by": change.number}
    said = {"proposal_id": proposal, "answer": answer, "reason": reason}
    session.add(ProposalAnswer(answered_by=actor.name, account=actor.account, **key, **said))
    session.flush()


def _refuse_closed(one: Listed) -> None:
    if one.answer is not None:
        raise queries.answered(one.answer.answer, one.answer.answered_by)
    if one.state == "expired":
        raise Decided("提出已过 30 天，没有办", fix="还要办的，请重新提出", code="second.expired")


def _refuse_same_person(one: Listed, actor: Actor) -> None:
    if actor.account is None:
        fix = "请有权的人用自己的账户登录后确认"
        raise Refused(f"{actor.name}可以提出，不能确认", fix=fix, code="second.no_account")
    if _same_person(one, actor):
        raise Refused("自己提出的，不能自己确认", fix="请另一个有权的人确认", code="second.same_person")


def _same_person(one: Listed, actor: Actor) -> bool:
    """By account: whoever has none sat at this machine, and is one with whoever sits there now."""
    return one.row.account == actor.account
