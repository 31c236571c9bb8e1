"""`/api/v1/imports`: rosters into the register, the list of them, and back out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, BinaryIO, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from app.api.downloads import WORKBOOK, workbook
from app.api.obsolete import County
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.errors import BadInput
from app.register import records
from app.register.acts import take_back
from app.register.asking import county_asked, day_told
from app.store.engine import reading

router = APIRouter(tags=["导入"], responses=RESPONSES)

Answer = TypeVar("Answer")

#: A file is read whole; the form around it adds a little.
LARGEST_FILE = 30 * 1024 * 1024
LARGEST_BODY = LARGEST_FILE + 64 * 1024

#: Imports are long: two run at a time, the rest wait in line and hold no worker while they wait.
AT_ONCE = 2

LONGEST_NAME = 200


class Buckets(BaseModel):
    """Enterprises, each in one bucket; `missing` were on the source's last roster and are not on this one."""

    new: int
    changed: int
    same: int
    conflict: int
    missing: int
    held: int


class AppliedCounts(BaseModel):
    """How many enterprises and machines have changed facts."""

    enterprises: int
    equipment: int


class IssueItem(BaseModel):
    """Something doubtful, with its place and how to mend it."""

    code: str
    severity: str
    sheet: str | None
    cell: str | None
    field: str | None
    raw: str | None
    message: str
    fix: str


class ImportAnswer(BaseModel):
    """What an import did, or would do; `batch`, `applied`, `change` are null where nothing was written."""

    batch: str | None
    file: str
    dry_run: bool
    proposal: Buckets
    applied: AppliedCounts | None
    change: int | None
    issues: list[IssueItem]
    counts: dict[str, int]
    records: list[dict[str, Any]]


class ImportItem(BaseModel):
    """One applied file; `undone_by` is the change that took it back."""

    batch: str
    file: str
    sha256: str
    format: str
    township: str | None
    valid_from: date
    source: str
    change: int
    undone_by: int | None


class Imports(BaseModel):
    """One page of them."""

    total: int
    items: list[ImportItem]
    next: str | None


class OutcomeItem(BaseModel):
    """One field, what the import had made of it and what it is now, for the days from … to; `why` it stays."""

    enterprise: str
    section: str
    field: str
    before: str | None
    after: str | None
    why: str | None
    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")


class UndoneAnswer(BaseModel):
    """What was taken back, what was kept because it changed since, and what could not be, each named.

    `unchanged` counts the fields that the import had only said again.
    """

    batch: str
    change: int
    reversed: list[OutcomeItem]
    kept: list[OutcomeItem]
    could_not: list[OutcomeItem]
    unchanged: int


class Turnstile:
    """Lets a few imports run at a time; the limiter is made where the loop runs."""

    def __init__(self) -> None:
        self._limiter: CapacityLimiter | None = None

    async def through(self, act: Callable[[], Answer]) -> Answer:
        """Run in a worker thread when it is our turn."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(AT_ONCE)
        return await to_thread.run_sync(act, limiter=self._limiter)


@router.post("/imports", summary="导入一份名册", responses={200: {"model": ImportAnswer}, 413: RESPONSES[422]})
async def post_import(
    request: Request,
    caller: Annotated[Caller, Depends(Allowed("imports.apply"))],
    file: Annotated[UploadFile, File(description="名册：xlsx、xlsm、xlsb、xls、ods、csv、网页表格，不超过 30 MB")],
    county: Annotated[str, Form(description="县（市、区）的6位代码")],
    township: Annotated[str | None, Form(description="乡镇（街道）的9位代码或名称")] = None,
    valid_from: Annotated[str | None, Form(description="名册说的是哪一天，如 2024-01-15")] = None,
    dry_run: Annotated[bool, Form(description="只看会有什么变化，不写入")] = False,
    told: Annotated[str | None, Form(description="人工指明的列和行（JSON）")] = None,
) -> JSONResponse:
    """先比对，干净的写入，存疑的留下待定；答复同 `luzhang import --json`，另有 records。"""
    words: dict[str, Any] = {
        "county": county,
        "township": township or None,
        "valid_from": day_told(valid_from) if valid_from else None,
        "dry_run": dry_run,
        "told": _told(told),
        "actor": caller.actor,
    }
    turnstile: Turnstile = request.app.state.turnstile
    name = safe_name(file.filename or "")
    return JSONResponse(await turnstile.through(lambda: _take_in(caller, file.file, name, words)))


def _take_in(caller: Caller, content: BinaryIO, name: str, words: dict[str, Any]) -> dict[str, Any]:
    from importers.intake import Upload, take_in

    intake = take_in(caller.engine, Upload(content.read(), name), **words)
    return {**intake.as_dict(), "records": intake.reading.as_dict()["records"]}


def safe_name(sent: str) -> str:
    """The base name of a file as its sender calls it, fit to be a file's name here."""
    base = sent.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in base if character.isprintable() and character not in '<>:"|?*').strip()
    while len(shown.encode("utf-8", "replace")) > LONGEST_NAME:
        shown = shown[1:]
    return shown.encode("utf-8", "replace").decode() if shown.strip(".") else "未命名"


def _told(text: str | None) -> Any:
    if not text:
        return None
    from importers.roster.told import told_from

    try:
        return told_from(json.loads(text))
    except ValueError as error:
        raise BadInput("told 不是 JSON", fix="请按接口说明写 columns 和 rows", code="told.bad") from error


@router.get("/imports", summary="导入记录", response_model=Imports)
def list_imports(
    caller: Annotated[Caller, Depends(Allowed("imports.list"))],
    county: County = None,
    limit: Limit = 100,
    next: Next = None,
) -> Imports:
    """每次导入的文件、来源、哪一天的情况，是否已撤回；最近的在前。"""
    start = places(next, 1)
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        page = records.imports(session, code, caller.actor, before=number(start[0]) if start else None, limit=limit)
    items = [ImportItem.model_validate(row) for row in page.rows]
    return Imports(total=page.total, items=items, next=cursor(page.after) if page.after else None)


@router.post("/imports/{batch}/resume", summary="待定的行再读一遍", responses={200: {"model": ImportAnswer}})
async def post_resume(
    request: Request, batch: str, caller: Annotated[Caller, Depends(Allowed("imports.resume"))]
) -> JSONResponse:
    """按后来的决定重读原件，把不再待定的行写入同一批次；没有可写的，change 为空。"""

    def again() -> dict[str, Any]:
        from importers.intake import resume

        intake = resume(caller.engine, batch, actor=caller.actor)
        return {**intake.as_dict(), "records": intake.reading.as_dict()["records"]}

    turnstile: Turnstile = request.app.state.turnstile
    return JSONResponse(await turnstile.through(again))


@router.get("/imports/{batch}/reply.xlsx", summary="标注好的原表", responses=WORKBOOK, response_class=Response)
async def get_reply(
    request: Request, batch: str, caller: Annotated[Caller, Depends(Allowed("imports.reply"))]
) -> Response:
    """来件原样，存疑的格子标了颜色和批注，另加一张待核实的表；填报人改好再交，只读标注过的格子。"""

    def made() -> Response:
        from importers.replying import reply_of

        name, reply = reply_of(caller.engine, batch, actor=caller.actor)
        kind = ".xlsm" if name.lower().endswith(".xlsm") and not reply.instead else ".xlsx"
        return workbook(reply.content, f"{name.rpartition('.')[0] or name}（核对）{kind}")

    turnstile: Turnstile = request.app.state.turnstile
    return await turnstile.through(made)


@router.post("/imports/{batch}/undo", summary="撤回一次导入", responses={200: {"model": UndoneAnswer}})
async def post_undo(
    request: Request, batch: str, caller: Annotated[Caller, Depends(Allowed("imports.undo"))]
) -> JSONResponse:
    """逐条说明撤回了什么、因之后变动而保留了什么、什么不能撤回。"""
    turnstile: Turnstile = request.app.state.turnstile
    undone = await turnstile.through(lambda: take_back(caller.engine, batch, actor=caller.actor))
    return JSONResponse(undone.as_dict())
