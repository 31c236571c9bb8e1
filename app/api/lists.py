"""Lists of the register, as JSON a page at a time or as Excel whole: firms and what they hold, and stated figures."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from app.api.downloads import WORKBOOK, workbook
from app.api.obsolete import AsOf, County, Known
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.register import AsOf as Moment
from app.errors import BadInput
from app.register.asking import county_asked, day_asked, known_asked
from app.register.lists import columns, listing
from app.register.places import township_in
from app.register.replacing import replaced_machines
from app.register.views import snapshot
from app.store.engine import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter(tags=["名册"], responses=RESPONSES)

NOUNS = {
    "enterprises": "企业",
    "equipment": "设备",
    "permits": "手续",
    "plans": "一企一策",
    "actions": "停电关停",
    "figures": "陈述数字",
}

#: Query keys that are no filters.
OWN_KEYS = {"county", "as_of", "known", "limit", "next"}


class Listing(BaseModel):
    """One page: how many rows fit the filters, these of them, and the cursor of the next page (null on the last)."""

    total: int
    items: list[dict[str, Any]]
    next: str | None


def _asked_rows(
    session: "Session",
    caller: Caller,
    request: Request,
    noun: str,
    county: str | None,
    day: str | None,
    known: str | None,
) -> tuple[str, int, list[dict[str, Any]]]:
    """The county, the change it is known at, and every row that fits the filters."""
    unknown = set(request.query_params) - OWN_KEYS - {"q"} - set(columns(noun))
    if unknown:
        raise BadInput(
            f"没有筛选项 {'、'.join(sorted(unknown))}",
            fix=f"可用的筛选项：q、{'、'.join(columns(noun))}",
            code="filter.unknown",
        )
    code = county_asked(session, county, caller.actor)
    moment = Moment(day_asked(day), known_asked(session, code, known))
    filters = {key: value for key, value in request.query_params.items() if key not in OWN_KEYS}
    if filters.get("township"):
        filters["township"] = township_in(session, code, filters["township"], moment.day)[1]
    replaced = replaced_machines(session, code, caller.actor, moment.known) if noun == "equipment" else ()
    found = listing(snapshot(session, code, moment, actor=caller.actor), noun, filters, replaced)
    return code, moment.known, [masked(row) for row in found]


def masked(row: dict[str, Any]) -> dict[str, Any]:
    """The same row with the middle of a telephone number made unreadable; the register keeps it whole."""
    phone = row.get("contact_phone")
    return {**row, "contact_phone": re.sub(r"(?<=\d{3})\d{4}(?=\d{3})", "****", phone)} if phone else row


def _page(noun: str) -> Callable[..., Listing]:
    def page(
        request: Request,
        caller: Annotated[Caller, Depends(Allowed(f"{noun}.list"))],
        county: County = None,
        as_of: AsOf = None,
        known: Known = None,
        limit: Limit = 100,
        next: Next = None,
    ) -> Listing:
        """筛选项用列名作查询键，值写代码或中文都行；q 在企业名称和代码里找。"""
        start = places(next, 2)
        # Later pages are of the same knowledge as the first, whatever has been recorded since.
        pinned = str(number(start[0])) if start else known
        with reading(caller.engine) as session:
            _, at, rows = _asked_rows(session, caller, request, noun, county, as_of, pinned)
        first = number(start[1]) if start else 0
        following = cursor(at, first + limit) if first + limit < len(rows) else None
        return Listing(total=len(rows), items=rows[first : first + limit], next=following)

    return page


def _export(noun: str) -> Callable[..., Response]:
    def export(
        request: Request,
        caller: Annotated[Caller, Depends(Allowed(f"{noun}.export"))],
        county: County = None,
        as_of: AsOf = None,
        known: Known = None,
    ) -> Response:
        """与同名清单的筛选项一样，全部行写成 Excel。"""
        from reports.lists import list_workbook

        with reading(caller.engine) as session:
            code, _, rows = _asked_rows(session, caller, request, noun, county, as_of, known)
        return workbook(list_workbook(noun, rows), f"{code}-{NOUNS[noun]}.xlsx")

    return export


def _filters(noun: str) -> dict[str, Any]:
    """The description of the query keys, which are the list's own columns."""
    named = {"q": "在企业名称、简称、曾用名和信用代码里找"} | columns(noun)
    return {
        "parameters": [
            {"name": key, "in": "query", "required": False, "description": text, "schema": {"type": "string"}}
            for key, text in named.items()
        ]
    }


for _noun, _zh in NOUNS.items():
    router.add_api_route(
        f"/{_noun}.xlsx",
        _export(_noun),
        summary=f"{_zh}清单（Excel）",
        operation_id=f"export_{_noun}",
        response_class=Response,
        responses=WORKBOOK,
        openapi_extra=_filters(_noun),
    )
    router.add_api_route(
        f"/{_noun}",
        _page(_noun),
        summary=f"{_zh}清单",
        operation_id=f"list_{_noun}",
        response_model=Listing,
        openapi_extra=_filters(_noun),
    )
