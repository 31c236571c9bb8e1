"""`/api/v1/aggregates`, `/api/v1/movements`: a county counted by township, for any day; what moved since a quarter."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from app.api.obsolete import AsOf, County, Known
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.quarter import Quarter
from app.register.aggregates.asked import MOST_QUARTERS, asked
from app.register.asking import county_asked, known_asked
from app.register.movements.between import movements
from app.store.engine import reading

router = APIRouter(tags=["汇总"], responses=RESPONSES)

Quarters = Annotated[
    int | None, Query(ge=1, le=MOST_QUARTERS, description="问最近几个季度末（含所问那一天所在的季度，到那一天为止）")
]


@router.get("/aggregates", summary="各乡镇的各类数：家、台、件")
def get_aggregates(
    caller: Annotated[Caller, Depends(Allowed("aggregates.read"))],
    county: County = None,
    division: Annotated[str | None, Query(description="市（4位）、省（2位）的代码：登记库里它的各县")] = None,
    as_of: AsOf = None,
    known: Known = None,
    quarters: Quarters = None,
) -> dict[str, Any]:
    """与台账的“分乡镇汇总”同一口径，任何一天、按任何时候所知，都从登记现算；没写明的、说法不一的各成一行，不摊。"""
    with reading(caller.engine) as session:
        return asked(session, county, division, as_of, known, quarters, caller.actor)


@router.get("/movements/{quarter}", summary="一个季度的增减变化，逐家逐台，各有原因")
def get_movements(
    caller: Annotated[Caller, Depends(Allowed("movements.read"))],
    quarter: Annotated[str, Path(description="季度，如 2025Q4")],
    county: County = None,
    known: Known = None,
) -> dict[str, Any]:
    """与台账的“变化汇总”“变化说明”相同：期初是上一季度台账出具时的期末，期初加增减等于期末。"""
    told = Quarter.parse(quarter)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        return movements(session, code, told, known_asked(session, code, known), caller.actor).as_dict()
