"""`/api/v1/imports`: rosters into the register, their states and versions, and back out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from app.api.downloads import WORKBOOK, workbook
from app.api.import_answers import (
    Applying,
    DifferencesAnswer,
    Dropped,
    Dropping,
    ImportAnswer,
    ImportItem,
    Imports,
    ImportShown,
    State,
    UndoneAnswer,
)
from app.api.masking import OWN
from app.api.obsolete import County
from app.api.paging import Limit, Next, cursor, number, places
from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.api.told import Ticked
from app.errors import BadInput
from app.register.asking import county_asked, day_told
from app.register.imports import batches
from app.register.imports.taking_back import take_back
from app.register.personal.own import to_its_sender
from app.store.engine import reading

if TYPE_CHECKING:
    from importers.intake import Intake

router = APIRouter(tags=["导入"], responses=RESPONSES)

Answer = TypeVar("Answer")

#: A file is read whole; the form around it adds a little.
LARGEST_FILE = 30 * 1024 * 1024
LARGEST_BODY = LARGEST_FILE + 64 * 1024

#: Imports are long: two run at a time, the rest wait in line and hold no worker while they wait.
AT_ONCE = 2

LONGEST_NAME = 200


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
    dry_run: Annotated[Ticked, Form(description="只看会有什么变化，不写入")] = False,
    later: Annotated[Ticked, Form(description="只留存、给出会有什么变化，以后再写入")] = False,
    told: Annotated[str | None, Form(description="人工指明的列和行（JSON）")] = None,
) -> JSONResponse:
    """干净的写入，存疑的留下待定；答复同 `luzhang import --json`，另有 records；没有写入而留存的，Location 指向它。"""
    words: dict[str, Any] = {
        "county": county,
        "township": township or None,
        "valid_from": day_told(valid_from) if valid_from else None,
        "dry_run": dry_run,
        "later": later,
        "told": _told(told),
        "actor": caller.actor,
    }
    turnstile: Turnstile = request.app.state.turnstile
    name = safe_name(file.filename or "")
    said = await turnstile.through(lambda: _take_in(caller, file.file, name, words))
    kept = said.pop("waiting", None)
    return JSONResponse(to_its_sender(said), headers=OWN | ({"Location": f"/api/v1/imports/{kept}"} if kept else {}))


def _take_in(caller: Caller, content: BinaryIO, name: str, words: dict[str, Any]) -> dict[str, Any]:
    from importers.intake import Upload, take_in

    intake = take_in(caller.engine, Upload(content.read(), name), **words)
    return {**_answer(intake), "waiting": intake.waiting}


def _answer(intake: Intake) -> dict[str, Any]:
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
    state: Annotated[State | None, Query(description="只要这种状态的")] = None,
    limit: Limit = 100,
    next: Next = None,
) -> Imports:
    """每次导入的文件、来源、哪一天的情况、现在的状态、还有什么等人来定；已读未写入的也在内；最近的在前。"""
    start = places(next, 2)
    before = (number(start[0]), start[1]) if start else None
    with reading(caller.engine) as session:
        code = county_asked(session, county, caller.actor)
        found = batches.batches(session, code, caller.actor, state=state, before=before, limit=limit)
    items = [ImportItem.model_validate(row) for row in found.rows]
    return Imports(total=found.total, items=items, next=cursor(*found.after) if found.after else None)


@router.get("/imports/{batch}", summary="一次导入", response_model=ImportShown)
def get_import(batch: str, caller: Annotated[Caller, Depends(Allowed("imports.read"))]) -> dict[str, Any]:
    """它的状态、会有或已有的变化、写入时的疑问、还有什么等人来定。"""
    with reading(caller.engine) as session:
        code = batches.county_of(session, batch, caller.actor)
        return batches.batch_shown(session, code, batch, caller.actor)


@router.get("/imports/{batch}/differences", summary="同前一版有什么不同", responses={200: {"model": DifferencesAnswer}})
async def get_differences(
    request: Request,
    batch: str,
    caller: Annotated[Caller, Depends(Allowed("imports.differences"))],
    against: Annotated[str | None, Query(description="同哪一批次对照；不写就是同一来源、同一天的前一版")] = None,
) -> JSONResponse:
    """说法不同的（企业、哪一项、原来怎样、现在怎样、各在哪个格子），前一版有而这一版没有的，这一版多出的。"""

    def found() -> dict[str, Any]:
        from importers.comparing import differences_of

        return differences_of(caller.engine, batch, against=against, actor=caller.actor).as_dict()

    turnstile: Turnstile = request.app.state.turnstile
    return JSONResponse(await turnstile.through(found))


@router.post(
    "/imports/{batch}/apply",
    summary="写入留存的文件",
    responses={200: {"model": ImportAnswer}, 409: RESPONSES[422]},
)
async def post_apply(
    request: Request,
    batch: str,
    caller: Annotated[Caller, Depends(Allowed("imports.apply_waiting"))],
    said: Applying | None = None,
) -> JSONResponse:
    """按登记库现在的情况，像刚交来一样写入；编号不变。不知道是哪一天的，用 valid_from 指明。"""
    told = said or Applying()
    day = day_told(told.valid_from) if told.valid_from else None

    def act() -> dict[str, Any]:
        from importers.intake import apply_waiting

        return _answer(apply_waiting(caller.engine, batch, valid_from=day, dry_run=told.dry_run, actor=caller.actor))

    turnstile: Turnstile = request.app.state.turnstile
    return JSONResponse(await turnstile.through(act))


@router.post(
    "/imports/{batch}/drop", summary="不要留存的文件了", response_model=Dropped, responses={409: RESPONSES[422]}
)
async def post_drop(
    request: Request, batch: str, said: Dropping, caller: Annotated[Caller, Depends(Allowed("imports.drop"))]
) -> dict[str, Any]:
    """撤回一份还没有写入的文件，写明理由；记录仍在，不删除。"""
    turnstile: Turnstile = request.app.state.turnstile
    return await turnstile.through(lambda: batches.drop(caller.engine, batch, reason=said.reason, actor=caller.actor))


@router.post("/imports/{batch}/resume", summary="待定的行再读一遍", responses={200: {"model": ImportAnswer}})
async def post_resume(
    request: Request, batch: str, caller: Annotated[Caller, Depends(Allowed("imports.resume"))]
) -> JSONResponse:
    """按后来的决定重读原件，把不再待定的行写入同一批次；没有可写的，change 为空。"""

    def again() -> dict[str, Any]:
        from importers.intake import resume

        return _answer(resume(caller.engine, batch, actor=caller.actor))

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
