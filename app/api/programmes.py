"""`/api/v1/programmes`: dated papers as programmes, the stage of each firm, firms by bucket, targets by division."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.api.obsolete import AsOf, County, Known, Township
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.asking import day_asked, known_asked
from app.register.programmes import programme_lines
from app.register.programmes.county_programmes import counting
from app.register.programmes.placing import bucketed, county_of_programme, stages
from app.store.engine import reading

router = APIRouter(tags=["方案"], responses=RESPONSES)


class Programmes(BaseModel):
    """The programmes that are loaded; `county` null: all."""

    county: str | None
    programmes: list[dict[str, Any]]


class Programme(BaseModel):
    """One paper: whom it is for, its stages, buckets, criteria, lists, and every number that it states."""

    programme: str
    title: str
    kind: str
    kind_label: str
    issuer: str
    document_no: str | None
    issued: date | None
    jurisdiction: str
    counties: list[str]
    note: str | None
    scope: list[dict[str, Any]]
    stages: list[dict[str, Any]]
    buckets: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    acceptance_levels: list[str]
    responsible: list[dict[str, Any]]
    lists: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    sums: list[dict[str, Any]]
    shares: list[dict[str, Any]]
    named: list[dict[str, Any]]
    targets: dict[str, Any] | None
    clauses: list[str]
    limits: list[str]


class StagesAnswer(BaseModel):
    """`due`: the stages of that day, two on a day that ends one and begins the next. `totals` counts firms."""

    programme: str
    title: str
    county: str
    as_of: date
    known: int
    due: list[int]
    stages: list[dict[str, Any]]
    places_in_no_stage: list[dict[str, str]]
    township: dict[str, Any] | None
    totals: dict[str, int]
    enterprises: list[dict[str, Any]]


class BucketsAnswer(BaseModel):
    """Firms by bucket for each scheme of the paper; `unsorted` is 未归类, beside what the paper's own sum leaves."""

    programme: str
    title: str
    county: str
    as_of: date
    known: int
    enterprises: int
    schemes: list[dict[str, Any]]


@router.get("/programmes", summary="有哪些方案", response_model=Programmes)
def list_programmes(
    caller: Annotated[Caller, Depends(Allowed("programmes.list"))], county: County = None, known: Known = None
) -> dict[str, Any]:
    """按印发日期先后；写了县的，只列管到它的，本县自己加的也在内。"""
    with reading(caller.engine) as session:
        every = counting(session, county, known, caller.actor)
    return {"county": county, "programmes": programme_lines.catalogue(every, county)}


@router.get("/programmes/{programme}", summary="一个方案的全部", response_model=Programme)
def show_programme(
    programme: str,
    caller: Annotated[Caller, Depends(Allowed("programmes.show"))],
    county: County = None,
    known: Known = None,
) -> dict[str, Any]:
    """范围、阶段、分类、标准、责任单位、清单、原文数字和核算；本县自己加的要写县。"""
    with reading(caller.engine) as session:
        return programme_lines.shown(counting(session, county, known, caller.actor), programme)


@router.get("/programmes/{programme}/stages", summary="企业在哪个阶段", response_model=StagesAnswer)
def ask_stages(
    programme: str,
    caller: Annotated[Caller, Depends(Allowed("programmes.stages"))],
    county: County = None,
    enterprise: Annotated[str | None, Query(description="只问这一家：全称、18位代码或编号")] = None,
    township: Township = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """每家在哪个阶段、依据哪个乡镇、村、园区或地址；几个都合、都不合、说不清的分别写明。"""
    with reading(caller.engine) as session:
        code = county_of_programme(session, programme, county, caller.actor)
        at = known_asked(session, code, known)
        asked = {"firm": enterprise, "township": township, "as_of": day_asked(as_of)}
        return stages(session, programme, code, known=at, actor=caller.actor, **asked).as_dict()  # type: ignore[arg-type]


@router.get("/programmes/{programme}/enterprises", summary="企业按分类", response_model=BucketsAnswer)
def ask_buckets(
    programme: str,
    caller: Annotated[Caller, Depends(Allowed("programmes.enterprises"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """按方案自己的类别名称列出企业，没有归类的也列，与原文的家数对照。"""
    with reading(caller.engine) as session:
        code = county_of_programme(session, programme, county, caller.actor)
        at = known_asked(session, code, known)
        return bucketed(session, programme, code, as_of=day_asked(as_of), known=at, actor=caller.actor).as_dict()


@router.get("/programmes/{programme}/targets", summary="按地方分解的目标")
def show_targets(
    programme: str,
    caller: Annotated[Caller, Depends(Allowed("programmes.targets"))],
    division: Annotated[str | None, Query(description="只看这个市、县的目标")] = None,
    county: County = None,
    known: Known = None,
) -> dict[str, Any]:
    """各列相加与原文的合计对照，差数照写。"""
    with reading(caller.engine) as session:
        return programme_lines.targets(counting(session, county, known, caller.actor), programme, division)
