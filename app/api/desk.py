"""`/api/v1/desk`, `/api/v1/decisions`, `/api/v1/corrections`: what waits for a person, and what she decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.obsolete import AsOf, County
from app.api.problems import RESPONSES
from app.api.proposal_answers import PROPOSED
from app.api.scope import Allowed, Caller
from app.api.told import Count, Day, Yes
from app.register.asking import county_asked, day_asked
from app.register.desk import decisions
from app.register.desk.decided import decided
from app.register.desk.what_waits import desk
from app.store.engine import reading

router = APIRouter(tags=["办理台"], responses=RESPONSES)

CountyCode = Annotated[str, Field(min_length=1, max_length=20, description="县（市、区）的6位代码")]
Reason = Annotated[str, Field(min_length=1, max_length=1000, description="为什么这样定")]
Named = Annotated[str | None, Field(max_length=200)]
Text = Annotated[str, Field(max_length=2000)]


class Deciding(BaseModel):
    """A decision. `same`: `firm` is set aside for `other`; firms by id, code or name.

    `value`: the statement that counts, `there` where it decides whether the machine is there. `absent`: why the firm is
    missing from the batch: 关停, 搬迁, 被整合 or 漏报. `row`: which firm or machine (`about`) a held row is: a
    firm, a machine's id, `new`, or `split` (the rows only tell apart the bodies of one group); to apply it, resume the
    batch. `township`, `name`: what is `written` in rosters means this `township`, this `firm`. `replaced`: the machine
    `new` came in the place of the machine `old`; `not_replaced`: it did not.
    """

    county: CountyCode
    kind: Literal[
        "same", "different", "later", "value", "absent", "row", "township", "name", "replaced", "not_replaced"
    ]
    reason: Reason
    firm: Named = None
    other: Named = None
    statement: Named = None
    there: Yes = False
    batch: Named = None
    answer: Named = None
    sheet: Named = None
    row: Annotated[Count | None, Field(ge=1, le=2_000_000)] = None
    about: Literal["firm", "machine"] | None = None
    written: Named = None
    township: Named = None
    old: Named = None
    new: Named = None


class Withdrawing(BaseModel):
    """Why a decision, an act or a record is taken back."""

    county: CountyCode
    reason: Reason


class Correcting(BaseModel):
    """Facts stated by hand, by field, as cells would be written (0.75吨). `subject`: an id; of a firm any name."""

    county: CountyCode
    section: Literal["enterprise", "equipment", "permit", "plan", "action"] = "enterprise"
    subject: Annotated[str, Field(min_length=1, max_length=200)]
    facts: Annotated[dict[str, Text], Field(min_length=1, max_length=100)]
    day: Day
    reason: Reason


class DeskAnswer(BaseModel):
    """What waits: firms that may be one, fields on which sources differ, firms missing, rows held.

    `replacements`: machines that went out and came in, of which it is open which replaced which. `owner_unknown`:
    machines of split firms of which nobody said whose they are.
    """

    county: str
    as_of: date
    pairs: list[dict[str, Any]]
    disputes: list[dict[str, Any]]
    missing: list[dict[str, Any]]
    held: list[dict[str, Any]]
    replacements: list[dict[str, Any]]
    owner_unknown: list[dict[str, Any]]


class Decisions(BaseModel):
    """The decisions that stand."""

    county: str
    decisions: list[dict[str, Any]]


@router.get("/desk", summary="等人来定的事", response_model=DeskAnswer)
def get_desk(
    caller: Annotated[Caller, Depends(Allowed("desk.read"))], county: County = None, as_of: AsOf = None
) -> dict[str, Any]:
    """疑似同一家、说法不一、这次没列、待定的行、设备换新、分立后归属不明的设备。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        return desk(session, code, caller.actor, day_asked(as_of)).as_dict()


@router.get("/decisions", summary="有效的决定", response_model=Decisions)
def list_decisions(
    caller: Annotated[Caller, Depends(Allowed("decisions.list"))], county: County = None
) -> dict[str, Any]:
    """谁在什么时候、凭什么定的；撤回了的不列。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        return {"county": code, "decisions": decided(session, code, caller.actor)}


@router.post("/decisions", summary="定下一件事", responses={409: RESPONSES[422], **PROPOSED})
async def post_decision(
    request: Request, said: Deciding, caller: Annotated[Caller, Depends(Allowed("decisions.make"))]
) -> JSONResponse:
    """同一家、不是一家、以后再定、以哪条说法为准、这次为什么没列、待定的行是谁的、哪台换成了哪台；记为一次变更，可以撤回。"""
    decision = decisions.Decision(**said.model_dump(exclude={"county"}))
    return await _in_turn(request, lambda: decisions.decide(caller.engine, said.county, decision, actor=caller.actor))


@router.post("/decisions/{decision}/withdraw", summary="撤回一个决定", responses={409: RESPONSES[422]})
async def post_withdrawal(
    request: Request,
    decision: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("decisions.withdraw"))],
) -> JSONResponse:
    """撤回以后，两边的内容各归各；写明理由。"""

    def act() -> dict[str, Any]:
        about = (said.county, decision)
        return decisions.take_decision_back(caller.engine, *about, reason=said.reason, actor=caller.actor)

    return await _in_turn(request, act)


@router.post("/corrections", summary="手工填报或更正", responses={409: RESPONSES[422], **PROPOSED})
async def post_correction(
    request: Request, said: Correcting, caller: Annotated[Caller, Depends(Allowed("corrections.make"))]
) -> JSONResponse:
    """从某一天起以手工填的为准；是一个批次，可以像名册一样撤回。"""
    from importers.values.by_hand import facts_told

    facts = facts_told(said.section, [f"{name}={text}" for name, text in said.facts.items()])

    def act() -> dict[str, Any]:
        about = (said.county, said.section, said.subject, facts, said.day)
        return decisions.correct(caller.engine, *about, reason=said.reason, actor=caller.actor)

    return await _in_turn(request, act)


async def _in_turn(request: Request, act: Callable[[], dict[str, Any]]) -> JSONResponse:
    return JSONResponse(await request.app.state.turnstile.through(act))
