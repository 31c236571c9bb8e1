"""Lists as files: .xlsx, .csv, .ndjson, .geojson, given out row by row, with the filters of the screen."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from app.api.downloads import XLSX, streaming
from app.api.masking import SHOWN
from app.api.obsolete import AsOf, County, Known
from app.api.personal import KEYS, asked_whole
from app.api.scope import Allowed, Caller
from app.register.lists import NOUNS
from app.register.lists.export import Export, export
from app.register.lists.over_counties import FoundOver
from app.register.personal.lists import record_file

#: Of each form its media type, and how it is called.
FORMS = {
    "xlsx": (XLSX, "Excel"),
    "csv": ("text/csv; charset=utf-8", "CSV"),
    "ndjson": ("application/x-ndjson", "NDJSON"),
    "geojson": ("application/geo+json", "GeoJSON"),
}
#: Only these have places on a map.
_PLACED = "enterprises"
_COUNT = "X-Total-Count"
_HEADERS = {
    _COUNT: "共多少行；要逐行核对才数得出的清单（按设备、手续、结论等筛选）没有这一项",
    "X-As-Of": "哪一天的情况",
    "X-Known": "按哪一号变更所知；问几个县时是 县:变更编号，以逗号隔开",
    "X-Pinned": "再问出同一份清单的地址（百分号编码）",
}


def add_exports(router: APIRouter, noun: str, filters: dict[str, Any]) -> None:
    """Add a list's files to the routes; `filters`: the description of its query keys."""
    for form, (media_type, called) in FORMS.items():
        if form == "geojson" and noun != _PLACED:
            continue
        router.add_api_route(
            f"/{noun}.{form}",
            _exported(noun, form),
            summary=f"{NOUNS[noun]}清单（{called}）",
            operation_id=f"export_{noun}" if form == "xlsx" else f"export_{noun}_{form}",
            response_class=Response,
            responses={200: _described(media_type, "object" if form == "geojson" else "string")},
            openapi_extra=filters,
        )


def told(given: Export) -> dict[str, str]:
    """What is told of a list before its rows; how many they are only where it is known by then."""
    head, many = given.head, given.told
    known = ",".join(head.known) if isinstance(head, FoundOver) else str(given.asked.moment.known)
    values = (str(many), given.asked.moment.day.isoformat(), known, head.pinned)
    found = dict(zip(_HEADERS, values, strict=True))
    return {name: value for name, value in found.items() if name != _COUNT or many is not None}


def _exported(noun: str, form: str) -> Callable[..., StreamingResponse]:
    function = f"{noun}.export" if form == "xlsx" else f"{noun}.export_{form}"

    def exported(
        request: Request,
        caller: Annotated[Caller, Depends(Allowed(function))],
        county: County = None,
        as_of: AsOf = None,
        known: Known = None,
    ) -> StreamingResponse:
        """与同名清单的筛选项一样，全部行写成文件，边读边发；行数等写在应答的首部。"""
        from reports.exports import pieces

        beside = {"limit", "next", *KEYS}
        pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in beside]
        personal = asked_whole(request, caller)
        caller = personal[0] if personal else caller
        given = export(caller.engine, noun, pairs, caller.actor, whole=personal is not None)
        if personal:
            record_file(caller.engine, given, personal[1], caller.actor)
        headers = told(given) | (SHOWN if personal else {})
        place = given.head.division if isinstance(given.head, FoundOver) else given.asked.county
        return streaming(pieces(given, form), FORMS[form][0], f"{place}-{NOUNS[noun]}.{form}", headers)

    return exported


def _described(media_type: str, kind: str) -> dict[str, Any]:
    schema = {"type": "string", "format": "binary"} if kind == "string" else {"type": kind}
    content = {media_type: {"schema": schema}}
    headers = {name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()}
    return {"description": "文件", "content": content, "headers": headers}
