"""`/api/v1/documents`: papers of the procedure with their files; recorded, revised, withdrawn, handed out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from app.api.desk import Withdrawing
from app.api.imports import safe_name
from app.api.limits import days_told
from app.api.obsolete import AsOf, County, Known
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.domain.dates import DateInterval
from app.domain.file_types import LARGEST
from app.domain.register import AsOf as Moment
from app.register.asking import county_asked, day_asked, known_asked
from app.register.papers import acts
from app.register.papers.acts import Revision, Wanted
from app.register.papers.evidence_files import File as EvidenceFile
from app.register.papers.evidence_files import looked_at
from app.register.papers.recording import NewDocument
from app.store.engine import reading

router = APIRouter(tags=["文书和证据"], responses=RESPONSES)

#: What is handed out is saved, never shown: no browser renders this type, or guesses another.
OPAQUE = "application/octet-stream"
SEALED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "证据文件原件", "content": {OPAQUE: {"schema": {"type": "string", "format": "binary"}}}}
}
REFUSED: dict[int | str, dict[str, Any]] = {409: RESPONSES[422], 413: RESPONSES[422]}

Text = Annotated[str | None, Form(max_length=200)]
Why = Annotated[str, Form(min_length=1, max_length=1000, description="为什么这样记")]
Code = Annotated[str, Form(min_length=1, max_length=20, description="县（市、区）的6位代码")]
Dated = Annotated[str | None, Form(max_length=100, description="成文日期：2025-12-09、2025年11月下旬")]
Names = Annotated[str | None, Form(max_length=20_000, description="点名的企业，用“、”或换行分开")]
Sent = Annotated[UploadFile | None, File(description="扫描件、照片等，不超过 30 MB；类型按内容认定")]


class Documents(BaseModel):
    """The papers that were there that day, or may have been (`dated_by` null); the latest revisions."""

    county: str
    as_of: date
    known: int
    documents: list[dict[str, Any]]


@router.get("/documents", summary="文书", response_model=Documents)
def list_documents(
    caller: Annotated[Caller, Depends(Allowed("documents.list"))],
    county: County = None,
    enterprise: Annotated[str | None, Query(description="只看这一家的：全称、18位代码或编号")] = None,
    kind: Annotated[str | None, Query(description="只看这一种：letter、函件 等")] = None,
    number: Annotated[str | None, Query(description="只看这个文号，括号怎样写都行")] = None,
    revised: Annotated[bool, Query(description="被修订的也列出")] = False,
    as_of: AsOf = None,
    known: Known = None,
) -> dict[str, Any]:
    """文号、机关、日期、哪家企业、附的文件、谁记的；撤回了的不列。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        moment = Moment(day_asked(as_of), known_asked(session, code, known))
        rows = acts.listed(session, code, Wanted(kind, enterprise, number, revised), moment, caller.actor)
    return {"county": code, "as_of": moment.day, "known": moment.known, "documents": rows}


@router.get("/documents/{document}", summary="一份文书和它的前后修订")
def get_document(
    document: str,
    caller: Annotated[Caller, Depends(Allowed("documents.read"))],
    county: County = None,
    known: Known = None,
) -> JSONResponse:
    """earlier 是它顶替的，later 是顶替它的。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        row = acts.shown(session, code, document, known_asked(session, code, known), caller.actor)
    return JSONResponse(row)


@router.get("/documents/{document}/file", summary="文书的原件", responses=FILE, response_class=StreamingResponse)
def get_file(
    document: str,
    caller: Annotated[Caller, Depends(Allowed("documents.file"))],
    county: County = None,
    known: Known = None,
) -> StreamingResponse:
    """原样给出，只供下载，不在浏览器里打开。"""
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        at = known_asked(session, code, known)
    handed = acts.handed(caller.engine, code, document, at, caller.actor)
    disposition = f"attachment; filename*=UTF-8''{quote(safe_name(handed.name), safe='')}"
    told = {"Content-Disposition": disposition, "Content-Length": str(handed.size), **SEALED}
    return StreamingResponse(handed.pieces, media_type=OPAQUE, headers=told)


@router.post("/documents", summary="记一份文书", responses=REFUSED)
async def post_document(
    request: Request,
    caller: Annotated[Caller, Depends(Allowed("documents.make"))],
    county: Code,
    kind: Annotated[str, Form(min_length=1, max_length=50, description="种类：letter、函件 等")],
    reason: Why,
    number: Text = None,
    issuer: Text = None,
    dated: Dated = None,
    title: Text = None,
    enterprise: Annotated[str | None, Form(max_length=200, description="是哪家企业的")] = None,
    named: Names = None,
    file: Sent = None,
) -> JSONResponse:
    """记为一次变更，可以修订、撤回；文件同样的字节只存一份。"""
    told = NewDocument(
        kind, number, issuer, days_or_none(dated), title, (enterprise or "").strip() or None, None, None, firms(named)
    )

    def act() -> dict[str, Any]:
        own = {"reason": reason, "actor": caller.actor}
        return acts.record(caller.engine, county, told, _evidence(file), **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/documents/{document}/revise", summary="修订一份文书", responses=REFUSED)
async def post_revision(
    request: Request,
    document: str,
    caller: Annotated[Caller, Depends(Allowed("documents.revise"))],
    county: Code,
    reason: Why,
    number: Text = None,
    issuer: Text = None,
    dated: Dated = None,
    title: Text = None,
    named: Names = None,
    file: Sent = None,
) -> JSONResponse:
    """没有写的照旧（文件也照旧）；种类和企业不能改。原来的仍可查。"""
    words = (number or None, issuer or None, days_or_none(dated), title or None, firms(named) or None)

    def act() -> dict[str, Any]:
        own = {"reason": reason, "actor": caller.actor}
        revision = Revision(*words, _evidence(file))
        return acts.revise(caller.engine, county, document, revision, **own)  # type: ignore[arg-type]

    return JSONResponse(await request.app.state.turnstile.through(act))


@router.post("/documents/{document}/withdraw", summary="撤回一份文书", responses={409: RESPONSES[422]})
async def post_document_withdrawal(
    request: Request,
    document: str,
    said: Withdrawing,
    caller: Annotated[Caller, Depends(Allowed("documents.withdraw"))],
) -> JSONResponse:
    """撤回以后，以前问过的仍按当时所知；它顶替的那份又有效。"""

    def act() -> dict[str, Any]:
        return acts.withdraw(caller.engine, said.county, document, reason=said.reason, actor=caller.actor)

    return JSONResponse(await request.app.state.turnstile.through(act))


def days_or_none(text: str | None) -> DateInterval | None:
    """Days as a paper writes them; None where nothing is told.

    Raises:
        BadInput: when they cannot be understood.
    """
    return days_told(text) if text and text.strip() else None


def firms(text: str | None) -> tuple[str, ...]:
    """Firms told one after the other, with 、 or a new line between."""
    return tuple(dict.fromkeys(one.strip() for one in (text or "").replace("、", "\n").splitlines() if one.strip()))


def _evidence(sent: UploadFile | None) -> EvidenceFile | None:
    """The file that was sent; one byte over the limit is enough to refuse it."""
    if sent is None or not (sent.filename or "").strip():
        return None
    return looked_at(sent.file.read(LARGEST + 1), safe_name(sent.filename or ""))
