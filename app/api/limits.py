"""`/api/v1/limits`, `/api/v1/measurements`: what limits say of firms and machines, and what was measured of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from app.api.desk import CountyCode, Reason, Withdrawing
from app.api.obsolete import AsOf, County, Known, Township
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.api.told import Count, Day, Number
from app.domain.dates import DateInterval
from app.domain.measures import CIRCUMSTANCES, MEASURES, circumstance, measured, number
from app.domain.statement import Value
from app.domain.vocabulary import SECTIONS
from app.errors import BadInput
from app.register.asking import county_asked, day_asked, known_asked
from app.register.limits import measuring, service_lives
from app.register.limits.checking import check, rows_in_force
from app.register.limits.county_limits import counting
from app.register.limits.trying import TERMS, try_limit
from app.store.engine import reading

router = APIRouter(tags=["限值和测量"], responses=RESPONSES)

Text = Annotated[str, Field(max_length=200)]
Words = Annotated[dict[str, Text], Field(max_length=50)]


class Measuring(BaseModel):
    """A measurement: `kind` names its unit. `equipment`: an id or 炉号 of the firm. `on`: a day, or days as written."""

    county: CountyCode
    enterprise: Annotated[str, Field(min_length=1, max_length=200)]
    equipment: Annotated[str | None, Field(max_length=200)] = None
    kind: Annotated[str, Field(max_length=50)]
    value: Annotated[Number, Field(ge=0, le=1e9, allow_inf_nan=False)]
    circumstances: Words = {}
    on: Annotated[str, Field(min_length=1, max_length=100)]
    source: Annotated[str, Field(min_length=1, max_length=200)]
    document: Annotated[str | None, Field(max_length=200)] = None
    reason: Reason


class Trying(BaseModel):
    """A limit by its id, and facts by name as they would be written; with a county, its own limits among them."""

    county: CountyCode | None = None
    limit: Annotated[str, Field(min_length=1, max_length=100)]
    facts: Words = {}
    as_of: Day | None = None


class SettingLife(BaseModel):
    """For how many years a kind of machine may serve; `years` null takes the county's number back."""

    county: CountyCode
    kind: Annotated[str, Field(min_length=1, max_length=50)]
    years: Annotated[Count | None, Field(ge=1, le=100)] = None
    counted_from: Annotated[str, Field(max_length=50)] = "commissioned_on"
    reason: Reason


class LimitsAnswer(BaseModel):
    """What the limits in force that day say; a draft is shown apart and counts nowhere."""

    county: str
    as_of: date
    known: int
    totals: dict[str, int]
    lines: list[dict[str, Any]]
    drafts: list[dict[str, Any]]
    not_deciding: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    without_target: list[str]


class Measurements(BaseModel):
    """What was measured in the county, as known."""

    county: str
    known: int
    measurements: list[dict[str, Any]]


@router.get("/limits", summary="各项限值的结论", response_model=LimitsAnswer)
def ask_limits(
    caller: Annotated[Caller, Depends(Allowed("limits.ask"))],
    county: County = None,
    township: Township = None,
    enterprise: Annotated[str | None, Query(description="只问这一家：全称、18位代码或编号")] = None,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """达到、未达到、不能确定，都带数字、限值原文和出处；缺什么就问什么。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        asked = {"firm": enterprise, "township": township, "as_of": day_asked(as_of)}
        return check(session, code, known=at, actor=caller.actor, **asked).as_dict()  # type: ignore[arg-type]


@router.get("/limits/list", summary="有哪些限值")
def list_limits(
    caller: Annotated[Caller, Depends(Allowed("limits.list"))],
    county: County = None,
    as_of: AsOf = None,
    known: Known = None,
) -> JSONResponse:
    """那一天在本县有效的限值；草稿和只供查阅的也列出，写明不作判断。"""
    day = day_asked(as_of)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        rows = rows_in_force(session, code, day, known_asked(session, code, known), caller.actor)
    return JSONResponse({"county": code, "as_of": day.isoformat(), "limits": rows})


@router.post("/limits/try", summary="试算一条限值")
def post_trial(said: Trying, caller: Annotated[Caller, Depends(Allowed("limits.try"))]) -> JSONResponse:
    """按所写的数试算，不看企业的事实，什么也不写；写了县的，本县自己的限值也能试。"""
    facts, terms = facts_told(f"{name}={text}" for name, text in said.facts.items())
    with reading(caller.engine) as session:
        limits = counting(session, said.county, caller.actor)
    return JSONResponse(try_limit(limits, said.limit, facts, terms, said.as_of or day_asked(None)))


@router.post("/limits/life", summary="定一类设备的使用年限", responses={409: RESPONSES[422]})
async def post_life(
    request: Request, said: SettingLife, caller: Annotated[Caller, Depends(Allowed("limits.life"))]
) -> JSONResponse:
    """文件没有写年限的，由本县定；years 留空为撤回。"""

    def act() -> dict[str, Any]:
        own = {"reason": said.reason, "actor": caller.actor}
        if said.years is None:
            return service_lives.drop_life(caller.engine, said.county, said.kind, **own)  # type: ignore[arg-type]
        told = (said.county, said.kind, said.years, said.counted_from)
        return service_lives.set_life(caller.engine, *told, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.get("/measurements", summary="测量记录", response_model=Measurements)
def list_measurements(
    caller: Annotated[Caller, Depends(Allowed("measurements.list"))],
    county: County = None,
    enterprise: Annotated[str | None, Query(description="只看这一家的编号")] = None,
    known: Known = None,
) -> dict[str, Any]:
    """测了什么、哪天、谁测的、哪份文件、谁记的；撤回了的不列。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
        rows = measuring.measurements(session, code, at, caller.actor)
    found = [one.as_dict() for one in rows if enterprise in (None, one.firm)]
    return {"county": code, "known": at, "measurements": found}


@router.post("/measurements", summary="记一次测量", responses={409: RESPONSES[422]})
async def post_measurement(
    request: Request, said: Measuring, caller: Annotated[Caller, Depends(Allowed("measurements.make"))]
) -> JSONResponse:
    """记为一次变更，可以撤回。"""
    told = measuring.Measured(
        said.enterprise,
        said.kind,
        said.value,
        days_told(said.on),
        said.source,
        said.equipment,
        said.document,
        {name: circumstance(name, text) for name, text in said.circumstances.items()},
    )

    def act() -> dict[str, Any]:
        return measuring.measure(caller.engine, said.county, told, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/measurements/{measurement}/withdraw", summary="撤回一次测量", responses={409: RESPONSES[422]})
async def post_measurement_withdrawal(
    request: Request,
    measurement: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("measurements.withdraw"))],
) -> JSONResponse:
    """撤回以后，以前问过的仍按当时所知。"""

    def act() -> dict[str, Any]:
        own = {"reason": said.reason, "actor": caller.actor}
        return measuring.take_measurement_back(caller.engine, said.county, measurement, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


def days_told(text: str) -> DateInterval:
    """A day or days as a paper writes them (2024-03-05, 2024年3月).

    Raises:
        BadInput: when they cannot be understood.
    """
    from importers.values.by_hand import facts_told as understood

    found = understood("equipment", [f"commissioned_on={text}"])["commissioned_on"]
    if not isinstance(found, DateInterval):
        raise BadInput(f"日期“{text}”看不懂", fix="请写成 2024-03-05 或 2024年3月 的样子", code="day.bad")
    return found


def facts_told(words: Iterable[str]) -> tuple[dict[str, Value], dict[str, str]]:
    """`name=text` as facts: measurements, circumstances, fields of the vocabulary; and the terms of a trial.

    Raises:
        BadInput: when one is no such pair, or cannot be understood.
    """
    from importers.values.by_hand import facts_told as understood

    facts: dict[str, Value] = {}
    terms: dict[str, str] = {}
    for word in words:
        name, equals, text = (part.strip() for part in word.partition("="))
        section, _, bare = name.rpartition(".")
        if not equals:
            raise BadInput(f"“{word}”不是“名称=值”的样子", fix="例如 capacity_t=3 energy_kwh_per_t=600", code="usage")
        if name in TERMS:
            terms[name] = text
        elif name in MEASURES:
            facts[name] = measured(name, number(name, text))
        elif name in CIRCUMSTANCES:
            facts[name] = circumstance(name, text)
        else:
            found = _amount(section, bare, text) or understood(section or "equipment", [f"{bare}={text}"])
            facts |= {f"{section}.{key}" if section else key: value for key, value in found.items()}
    return facts, terms


def _amount(section: str, name: str, text: str) -> dict[str, Value]:
    """A plain number under a field's own name, whose unit is the vocabulary's; empty where it is anything else."""
    known = SECTIONS.get(section or "equipment", {}).get(name)
    if known is None or known.type != "decimal" or not re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        return {}
    return {name: float(text)}
