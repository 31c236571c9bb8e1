"""`/api/v1/questions`: what to ask of each township, so that what cannot be told can be told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.api.obsolete import AsOf, County, Known, Township
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.asking import county_asked, day_asked, known_asked
from app.register.questioning.asked import answer_of
from app.register.questioning.questions import questions_for
from app.store.engine import reading

router = APIRouter(tags=["要问的"], responses=RESPONSES)


class QuestionsOfTownship(BaseModel):
    """A township's questions; `township` null where it is not known."""

    township: str | None
    enterprises: int
    furnaces: int
    questions: list[dict[str, Any]]


class QuestionsAnswer(BaseModel):
    """All questions by township, as known at a change."""

    county: str
    as_of: date
    known: int
    totals: dict[str, int]
    townships: list[QuestionsOfTownship]


@router.get("/questions", summary="还说不清的要问什么", response_model=QuestionsAnswer)
def get_questions(
    caller: Annotated[Caller, Depends(Allowed("questions.read"))],
    county: County = None,
    township: Township = None,
    clause: Annotated[list[str] | None, Query(description="只问这些条款缺的")] = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """每个说不清的结论，无论怎么答都能定下来的最少几项；几个条款都要的只问一次。`telling` 的先问：答了就可能定下来。"""
    day = day_asked(as_of)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        asked = questions_for(session, code, township, day, at, caller.actor, tuple(clause or ()))
    return answer_of(asked, code, day, at)
