"""`GET /api/v1/obsolete`: which firms still hold obsolete equipment, and which cannot be told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.asking import counties_asked, county_asked, day_asked, day_told, known_asked
from app.register.verdicts.obsolete import obsolete
from app.register.verdicts.over_counties import FIRST, Page, Place, page, pins_asked
from app.register.verdicts.reckoning import reckoned
from app.store.engine import reading

router = APIRouter(tags=["淘汰类设备"], responses=RESPONSES)

Asking = Annotated[Caller, Depends(Allowed("obsolete.ask"))]
County = Annotated[str | None, Query(description="县（市、区）的6位代码；登记库只有一个县时可以不写")]
Township = Annotated[str | None, Query(description="乡镇（街道）的9位代码或名称")]
AsOf = Annotated[str | None, Query(description="问哪一天的情况（2024-01-15），默认今天")]
Known = Annotated[str | None, Query(description="按当时所知：变更编号，或时刻")]


class KnownAt(BaseModel):
    """The change up to which the register was known, and when that was."""

    change: int
    at: str | None


class Count(BaseModel):
    """Firms (家) and furnace bodies (台)."""

    enterprises: int
    furnaces: int


class Totals(BaseModel):
    """A firm counts once, under the strongest answer of its machines."""

    holds: Count
    cannot_tell: Count
    owner_unknown: Count | None = None


class Firm(BaseModel):
    """The firm that holds it."""

    name: str
    uscc: str | None
    township: str | None


class SourceCell(BaseModel):
    """Where it is written."""

    file: str
    cell: str


class ClaimItem(BaseModel):
    """What one source says of a field on which sources contradict each other."""

    field: str
    value: Any
    source: str


class Furnace(BaseModel):
    """A machine group with the clause that decides it, and the question that would.

    `owners`: the firms (ids) that it may belong to, where it cannot be told to which (`owner`: 归属不明); `counted`
    with one of them.
    """

    kind: str | None
    shell: str | None
    yoke: bool | None
    capacity_t: float | None
    quantity: int | None
    state: str | None
    answer: Literal["holds", "cannot_tell"]
    clause: str
    clause_text: str
    edition: str | None
    overdue: bool
    lacks: list[str]
    question: str | None
    also: list[dict[str, Any]]
    sources: list[SourceCell]
    because: dict[str, Any]
    conflict: list[ClaimItem] | None = None
    owners: list[str] | None = None
    owner: str | None = None
    counted: bool | None = None


class Holder(BaseModel):
    """A firm with its furnaces."""

    enterprise: Firm
    furnaces: list[Furnace]


class Obsolete(BaseModel):
    """Who holds, who cannot be told; `why` is `no_clause` where no clause was in force on that day."""

    county: str
    as_of: date
    known: KnownAt
    totals: Totals | None
    rows: list[Holder]
    why: str | None = None


class KnownCounty(BaseModel):
    """A county and the change up to which it was known."""

    county: str
    known: int


class Reckoned(BaseModel):
    """A firm counts once, under its strongest answer; `does_not` is the rest of what is there.

    `owner_unknown`, where there are any: 归属不明, firms with such furnaces alone, and these (counted above too).
    """

    holds: Count
    cannot_tell: Count
    does_not: Count
    owner_unknown: Count | None = None


class OfTownship(Reckoned):
    """A township's count; `township` is null where it is not known which."""

    county: str
    township: str | None
    name: str | None


class OfClause(Reckoned):
    """A clause's own count, as `clause=` of the list gives it."""

    clause: str


class Summary(BaseModel):
    """The counts of one county or of many; `no_clause` names the counties where no clause was in force on that day."""

    as_of: date
    counties: list[KnownCounty]
    totals: Reckoned
    townships: list[OfTownship]
    clauses: list[OfClause]
    no_clause: list[str]


class MachineItem(BaseModel):
    """A machine group that must go or may have to, under the clause that decides; `owner`: 归属不明, with each firm."""

    county: str
    enterprise: dict[str, str | None]
    township: str | None
    township_code: str | None
    machine: str
    code: str | None
    bodies: int
    answer: Literal["holds", "cannot_tell"]
    clause: str
    owner: str | None = None


class Machines(BaseModel):
    """A page of the machines of several counties; brought back as `known`, `counties` ask the very same again."""

    as_of: date
    counties: list[KnownCounty]
    items: list[MachineItem]
    no_clause: list[str]
    next: str | None


@router.get("/obsolete", summary="哪些企业仍有淘汰类设备", responses={200: {"model": Obsolete}})
def ask_obsolete(
    caller: Asking,
    county: County = None,
    township: Township = None,
    clause: Annotated[list[str] | None, Query(description="只按这些条款问")] = None,
    source: Annotated[str | None, Query(description="有争议时以这个文件或填报单位的说法为准")] = None,
    as_of: AsOf = None,
    known: Known = None,
) -> JSONResponse:
    """仍有的、待核实的（附要问的问题），都带条款和出处；企业按家、炉子按台分别计数。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        holding = obsolete(
            session,
            county=code,
            township=township,
            clauses=tuple(clause or ()),
            source=source,
            as_of=day_asked(as_of),
            known=known_asked(session, code, known),
            actor=caller.actor,
        )
    return JSONResponse(holding.as_dict())


@router.get("/obsolete/summary", summary="淘汰类设备汇总：几家、几台", responses={200: {"model": Summary}})
def ask_summary(
    caller: Annotated[Caller, Depends(Allowed("obsolete.summary"))],
    county: County = None,
    division: Annotated[str | None, Query(description="市、省的代码（2位或4位）：把登记库里它的各县一起汇总")] = None,
    township: Township = None,
    clause: Annotated[list[str] | None, Query(description="只按这些条款问")] = None,
    as_of: AsOf = None,
    known: Known = None,
) -> JSONResponse:
    """按乡镇、按条款，仍有、待核实、没有的各几家几台；多个县时每县各按其最新的变更。"""
    with reading(caller.engine) as session:
        pins = counties_asked(session, county, division, known, caller.actor)
        told = reckoned(
            session,
            pins,
            township=township,
            clauses=tuple(clause or ()),
            as_of=day_asked(as_of),
            actor=caller.actor,
        )
    return JSONResponse(told.as_dict())


@router.get("/obsolete/machines", summary="淘汰类设备逐台清单，可问几个县", responses={200: {"model": Machines}})
def ask_machines(
    caller: Annotated[Caller, Depends(Allowed("obsolete.machines"))],
    county: Annotated[list[str] | None, Query(description="县（市、区）的6位代码，可写多个")] = None,
    division: Annotated[str | None, Query(description="市、省的代码（2位或4位）：登记库里它的各县")] = None,
    township: Township = None,
    clause: Annotated[list[str] | None, Query(description="只按这些条款问")] = None,
    as_of: AsOf = None,
    known: Annotated[
        list[str] | None,
        Query(description="各县按当时所知：县:变更编号（431127:57）或县:时刻，可写多个；没写到的县按最新的变更"),
    ] = None,
    limit: Limit = 100,
    next: Next = None,
) -> JSONResponse:
    """仍有的、待核实的，按县和登记的先后逐台列出，各带决定它的条款；后面的页与第一页同日、同样所知。"""
    start = places(next, 4)
    with reading(caller.engine) as session:
        if start is None:
            asked, at = day_asked(as_of), FIRST
            pins = pins_asked(session, county or (), division, known or (), caller.actor)
        else:
            asked, at = day_told(start[0]), Place(number(start[1]), number(start[2]))
            heads = start[3].split(",")
            pins = pins_asked(session, [one.partition(":")[0] for one in heads], None, heads, caller.actor)
        found = page(
            session,
            pins,
            as_of=asked,
            actor=caller.actor,
            clauses=tuple(clause or ()),
            township=township,
            start=at,
            limit=limit,
        )
    return JSONResponse(found.as_dict() | {"next": _following(found)})


def _following(found: Page) -> str | None:
    """The cursor of the next page: its day, where it begins, and at which change each county is known."""
    if found.next is None:
        return None
    heads = ",".join(f"{county}:{known}" for county, known in found.pins)
    return cursor(found.day.isoformat(), *found.next, heads)
