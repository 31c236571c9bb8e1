"""`/api/v1/enterprises/{enterprise}/dossier`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.api.obsolete import AsOf, County, Known
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, known_asked
from app.register.dossier import dossier
from app.store.engine import reading

router = APIRouter(tags=["一企一档"], responses=RESPONSES)


class DossierAnswer(BaseModel):
    """A firm's facts, what it holds, and what the papers say of it.

    `verdicts`: machines that must go, or of which it cannot be told; `limits`: each that applies, with its answer.
    `gaps`: what its steps lack, as `/gaps` has it; `acceptance`: as `/acceptances` has it, null where none is recorded.
    """

    county: str
    as_of: date
    known: int
    enterprise: dict[str, Any]
    equipment: list[dict[str, Any]]
    permits: list[dict[str, Any]]
    plans: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    limits: list[dict[str, Any]]
    stages: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    acceptance: dict[str, Any] | None
    predecessors: list[dict[str, Any]]
    successors: list[dict[str, Any]]


@router.get("/enterprises/{enterprise}/dossier", summary="一家企业的档案", response_model=DossierAnswer)
def get_dossier(
    enterprise: str,
    caller: Annotated[Caller, Depends(Allowed("enterprises.dossier"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """某一天的全部内容：设备、手续、一企一策、停电关停，以及条款、限值、阶段的结论。企业写编号、代码或名称。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        return dossier(session, code, enterprise, moment, caller.actor).as_dict()
