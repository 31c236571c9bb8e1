"""`/api/v1/proposals`, `/api/v1/two-eyes`: what waits for another person, and which acts want two in a county."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from app.api.desk import CountyCode, Reason
from app.api.obsolete import County
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.proposal_answers import Act, ProposalAnswer, Proposals, State
from app.api.scope import Allowed, Caller
from app.api.told import Yes
from app.errors import Proposed
from app.register.ledgers import whose
from app.register.scope import Actor
from app.register.second import answering
from app.register.second.carrying import carrying
from app.register.second.listed import county_of_proposal, listed, page_of, proposal_called
from app.register.second.shown import whole
from app.register.second.switches import switch, switches
from app.store.engine import acting, reading

router = APIRouter(tags=["两人办理"], responses=RESPONSES)


class Answering(BaseModel):
    """Why it is refused, or taken back."""

    reason: Reason


class Switching(BaseModel):
    """Whether an act wants two people in the county from now on, and by which paper."""

    county: CountyCode
    act: Act
    on: Yes
    reason: Reason


class SwitchItem(BaseModel):
    """An act, whether it wants two, and which change said so."""

    act: Act
    label: str
    on: bool
    reason: str | None
    change: int | None
    by: str | None
    at: str | None


class Switches(BaseModel):
    """The acts that may want two people."""

    county: str
    acts: list[SwitchItem]


class Switched(BaseModel):
    """The change that recorded it."""

    county: str
    act: Act
    label: str
    on: bool
    change: int


CanConfirm = Annotated[Caller, Depends(Allowed("proposals.confirm"))]


def answer_proposed(app: FastAPI) -> None:
    """Answer an act that was proposed and not done with 202 and the proposal."""
    app.add_exception_handler(Proposed, _proposed)


def _proposed(_: Request, told: Exception) -> JSONResponse:
    if not isinstance(told, Proposed):
        raise told
    headers = {"Location": f"/api/v1/proposals/{told.told['proposal']}"}
    return JSONResponse(told.told, status_code=202, headers=headers)


@router.get("/proposals", summary="提出了、等另一人确认的事", response_model=Proposals)
def list_proposals(
    caller: Annotated[Caller, Depends(Allowed("proposals.list"))],
    county: County = None,
    state: Annotated[State | None, Query(description="只列这样的")] = None,
    limit: Limit = 100,
    next: Next = None,
) -> dict[str, Any]:
    """等确认的在前；谁提出的、为什么、后来怎样。"""
    start = places(next, 2)
    with reading(caller.engine) as session:
        code = whose(session, county, caller.actor)
        found = [one for one in listed(session, code, caller.actor) if state in (None, one.state)]
        page = page_of(found, (start[0], number(start[1])) if start else None, limit)
    items = [one.as_dict() for one in page.items]
    return {
        "county": code,
        "total": len(found),
        "proposals": items,
        "next": cursor(*page.after) if page.after else None,
    }


@router.get("/proposals/{proposal}", summary="一件提出的事", response_model=ProposalAnswer)
def get_proposal(proposal: str, caller: Annotated[Caller, Depends(Allowed("proposals.read"))]) -> dict[str, Any]:
    """写明了什么、会办成什么、谁可以确认。"""
    with reading(caller.engine) as session:
        return whole(session, county_of_proposal(session, proposal, caller.actor), proposal, caller.actor)


@router.post(
    "/proposals/{proposal}/confirm", summary="确认，照提出的办", response_model=ProposalAnswer, responses=RESPONSES
)
def confirm_proposal(request: Request, proposal: str, caller: CanConfirm) -> dict[str, Any]:
    """由另一个有这项权限的人确认，当时就办；和提出时不一样的不办，说明哪里不一样。"""
    from reports.ledger.confirmed import issue_confirmed

    actor, county = _with_the_function(request, caller, proposal)
    perform = carrying({"ledger.issue": issue_confirmed})
    return answering.confirm(caller.engine, county, proposal, perform, actor=actor)


@router.post("/proposals/{proposal}/refuse", summary="不同意，退回", response_model=ProposalAnswer)
def refuse_proposal(
    request: Request,
    proposal: str,
    said: Answering,
    caller: Annotated[Caller, Depends(Allowed("proposals.refuse"))],
) -> dict[str, Any]:
    """由另一个有这项权限的人退回，写明理由。"""
    actor, county = _with_the_function(request, caller, proposal)
    return answering.refuse(acting(caller.engine, actor), county, proposal, reason=said.reason, actor=actor)


@router.post("/proposals/{proposal}/withdraw", summary="收回自己提出的", response_model=ProposalAnswer)
def withdraw_proposal(
    proposal: str, said: Answering, caller: Annotated[Caller, Depends(Allowed("proposals.withdraw"))]
) -> dict[str, Any]:
    """只能由提出的人收回，写明理由。"""
    with reading(caller.engine) as session:
        county = county_of_proposal(session, proposal, caller.actor)
    return answering.withdraw(caller.engine, county, proposal, reason=said.reason, actor=caller.actor)


@router.get("/two-eyes", summary="哪些事要两人办", response_model=Switches)
def show_switches(caller: Annotated[Caller, Depends(Allowed("second.show"))], county: County = None) -> dict[str, Any]:
    """签发台账、验收销号、恢复供电、企业合并、采用条款等；起初都由一人办。"""
    with reading(caller.engine) as session:
        code = whose(session, county, caller.actor)
        return {"county": code, "acts": switches(session, code, caller.actor)}


@router.put("/two-eyes", summary="定一件事要不要两人办", response_model=Switched)
def put_switch(said: Switching, caller: Annotated[Caller, Depends(Allowed("second.switch"))]) -> dict[str, Any]:
    """记为一次变更；已经提出、等确认的照旧。"""
    told = {"on": said.on, "reason": said.reason, "actor": caller.actor}
    return switch(caller.engine, said.county, said.act, **told)  # type: ignore[arg-type]


def _with_the_function(request: Request, caller: Caller, proposal: str) -> tuple[Actor, str]:
    """Who asks, limited to what is theirs for the act's own function, and the county of the proposal.

    Raises:
        NotFound: when there is no such proposal for them.
        NoRight: when the act's function is not theirs.
    """
    with reading(caller.engine) as session:
        county = county_of_proposal(session, proposal, caller.actor)
        door = proposal_called(session, county, proposal, caller.actor).row.door
    actor: Actor = request.app.state.actor_of(request, door)
    with reading(acting(caller.engine, actor)) as session:
        return actor, county_of_proposal(session, proposal, actor)
