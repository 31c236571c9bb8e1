"""The queries on proposals and switches in one place. They are the county's: who sees townships of it sees none."""

from __future__ import annotations

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from app.errors import Decided
from app.register.queries import Chosen
from app.register.scope import REGISTER, Actor, visible
from app.store.models import OPEN, Change, Proposal, ProposalAnswer, TwoEyes

_ANSWERED = {"confirmed": "确认了", "refused": "没有同意", "withdrawn": "收回了"}


def switches(county: str, actor: Actor) -> Chosen:
    """What stands of a county's switches, each with its change."""
    chosen = (
        select(TwoEyes, Change.actor, Change.at)
        .join(Change, (Change.county == TwoEyes.county) & (Change.number == TwoEyes.recorded_by))
        .where(TwoEyes.county == county, TwoEyes.superseded_by == OPEN)
    )
    return _whole(visible(chosen, actor), actor)


def wanted(session: Session, county: str, act: str) -> bool:
    """Whether the county wants two for an act."""
    asked = select(TwoEyes.switched_on).where(
        TwoEyes.county == county, TwoEyes.act == act, TwoEyes.superseded_by == OPEN
    )
    return bool(session.scalar(visible(asked, REGISTER)))


def proposals(county: str, actor: Actor) -> Chosen:
    """A county's proposals, each with when it was made."""
    chosen = (
        select(Proposal, Change.at)
        .join(Change, (Change.county == Proposal.county) & (Change.number == Proposal.recorded_by))
        .where(Proposal.county == county)
    )
    return _whole(visible(chosen, actor), actor)


def answers(county: str, actor: Actor) -> Chosen:
    """What became of a county's proposals, each with when."""
    of = ProposalAnswer
    chosen = (
        select(of, Change.at)
        .join(Change, (Change.county == of.county) & (Change.number == of.recorded_by))
        .where(of.county == county)
    )
    return _whole(visible(chosen, actor), actor)


def county_of(proposal: str, actor: Actor) -> Chosen:
    """The counties that have a proposal of this id: one, or none."""
    return _whole(visible(select(Proposal.county).where(Proposal.id == proposal), actor), actor)


def answer_of(county: str, proposal: str, actor: Actor) -> Chosen:
    """What became of a proposal."""
    of = ProposalAnswer
    chosen = select(of.answer, of.answered_by).where(of.county == county, of.proposal_id == proposal)
    return _whole(visible(chosen, actor), actor)


def same_open(county: str, digest: str, actor: Actor) -> Chosen:
    """The proposals of just these effects that nobody answered, with when they were made."""
    chosen = (
        select(Proposal.id, Proposal.act, Proposal.door, Change.at)
        .join(Change, (Change.county == Proposal.county) & (Change.number == Proposal.recorded_by))
        .where(
            Proposal.county == county,
            Proposal.digest == digest,
            ~select(ProposalAnswer.id)
            .where(ProposalAnswer.county == Proposal.county, ProposalAnswer.proposal_id == Proposal.id)
            .exists(),
        )
    )
    return visible(chosen, actor)


def answered(answer: str, by: str) -> Decided:
    """That a proposal has been answered, and how."""
    return Decided(f"这件事{by}已经{_ANSWERED[answer]}", fix="不必再办；还要办的，请重新提出", code="second.answered")


def _whole(chosen: Select[*tuple[object, ...]], actor: Actor) -> Chosen:
    return chosen if actor.townships is None else chosen.where(false())
