"""`GET /api/v1/ledgers/{quarter}.xlsx`: the quarterly ledger of a county."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.api.downloads import WORKBOOK, workbook
from app.api.obsolete import County
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.quarter import Quarter
from app.register.asking import county_asked
from app.store.engine import reading

router = APIRouter(tags=["台账"], responses=RESPONSES)


@router.get("/ledgers/{quarter}.xlsx", summary="下载季度台账", response_class=Response, responses=WORKBOOK)
def download_ledger(
    quarter: str,
    caller: Annotated[Caller, Depends(Allowed("ledger.read"))],
    county: County = None,
    draft: Annotated[bool, Query(description="已出具的也按今天的数据另出草稿")] = False,
) -> Response:
    """已出具的给冻结的最新一版；没有出具的给草稿。季度写成 2025Q4。"""
    from reports.ledger import ledger

    asked = Quarter.parse(quarter)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
    _, content = ledger(caller.engine, asked, code, draft=draft, actor=caller.actor)
    return workbook(content, f"{code}-{asked}台账.xlsx")
