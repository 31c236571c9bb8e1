"""`/u/…`: the plain pages of an upload link: a form for a file, and what was read of that file. No scripts, no account.

The secret stands in the path, for a fragment would need a script; what it is good for is little, and ends (ADR 0043).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

from anyio import fail_after, to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.api.downloads import workbook
from app.api.imports import safe_name
from app.api.link_door import Bearer, ByLink, door_of, refused
from app.api.link_words import form_page, receipt_page, refusal_page
from app.api.problems import REFUSALS, status_of
from app.domain.actor import Actor
from app.errors import BadInput, LuzhangError, NoLink, NoRoster, Unreadable
from app.register.audit import record_alone
from app.register.links.receiving import Opened, Sent, content_of, opened, sent, sent_before

if TYPE_CHECKING:
    from importers.by_link import AsSent

router = APIRouter(include_in_schema=False)

Answer = TypeVar("Answer")

#: Seconds in which a file has to have come: 30 MB over a bad line take five minutes.
LONGEST_SENDING = 600.0

#: A browser sends `Origin: null` with the form of a page that gives nobody a referrer; other sites get none so either.
HEADERS = {"Referrer-Policy": "same-origin"}


@router.get("/u/{secret}")
async def show_form(
    request: Request, secret: str, bearer: Annotated[Bearer, Depends(ByLink("links.open"))]
) -> Response:
    """Say for which township and quarter the link is, and take a file."""

    async def act() -> Response:
        return _page(form_page(await _opened(bearer, secret)))

    return await _answered(request, bearer, act)


@router.post("/u/{secret}")
async def take_file(
    request: Request, secret: str, bearer: Annotated[Bearer, Depends(ByLink("links.send"))]
) -> Response:
    """Keep a file until an officer applies it, and lead to its receipt. The body is not read for a wrong secret."""

    async def act() -> Response:
        link = await _opened(bearer, secret)
        async with door_of(request).under_way(link.id):
            content, name = await _sent_file(request)
            token = await _kept(request, bearer, link, secret, content, name)
        return Response(status_code=303, headers={"Location": f"/u/receipts/{token}"})

    return await _answered(request, bearer, act)


@router.get("/u/receipts/{receipt}")
async def show_receipt(
    request: Request, receipt: str, bearer: Annotated[Bearer, Depends(ByLink("links.receipt"))]
) -> Response:
    """What was read of this one file, and how it stands."""

    async def act() -> Response:
        one, read = await _read_again(request, bearer, receipt, lambda _content, found: found)
        return _page(receipt_page(one, read, f"/u/receipts/{receipt}/reply.xlsx"))

    return await _answered(request, bearer, act)


@router.get("/u/receipts/{receipt}/reply.xlsx")
async def give_reply(
    request: Request, receipt: str, bearer: Annotated[Bearer, Depends(ByLink("links.reply"))]
) -> Response:
    """The sender's own workbook, marked with what is wrong in it."""

    def made(content: bytes, found: AsSent) -> tuple[bytes, str]:
        from importers.by_link import marked

        reply = marked(found, content)
        kind = ".xlsm" if found.reading.format == "xlsm" and not reply.instead else ".xlsx"
        return reply.content, kind

    async def act() -> Response:
        one, (content, kind) = await _read_again(request, bearer, receipt, made)
        await _record_reply(bearer, one)
        return workbook(content, f"{one.file.rpartition('.')[0] or one.file}（核对）{kind}")

    return await _answered(request, bearer, act)


async def _record_reply(bearer: Bearer, one: Sent) -> None:
    """Record that a reply is handed out."""
    who = Actor("链接回执", origin=bearer.origin)
    what = f"链接收到的文件 {one.id}"
    told = partial(record_alone, bearer.engine, act="links.reply", what=what, county=one.county, actor=who)
    await to_thread.run_sync(told)


async def _opened(bearer: Bearer, secret: str) -> Opened:
    return await to_thread.run_sync(opened, bearer.engine, secret)


async def _sent_file(request: Request) -> tuple[bytes, str]:
    """The file of the form, whole, and its name."""
    with fail_after(LONGEST_SENDING):
        form = await request.form(max_files=1, max_fields=5)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadInput("没有选文件", fix="请返回上一页，选好文件再交", code="upload.none")
    return await file.read(), safe_name(file.filename)


async def _kept(request: Request, bearer: Bearer, link: Opened, secret: str, content: bytes, name: str) -> str:
    def act() -> str:
        from importers.arrival import Upload
        from importers.by_link import send_in

        return send_in(bearer.engine, link, secret, Upload(content, name), origin=bearer.origin)

    door = door_of(request)
    try:
        return await door.through(link.id, request.app.state.turnstile, act)
    except (Unreadable, NoRoster, BadInput) as error:
        await door.wrong(bearer.engine, bearer.origin)
        actor = link.sender(bearer.origin)
        await refused(bearer.engine, "links.send", link.id, error.code, actor, link.county)
        raise


async def _read_again(
    request: Request, bearer: Bearer, receipt: str, act: Callable[[bytes, AsSent], Answer]
) -> tuple[Sent, Answer]:
    """A file that was sent, read once more by what it says alone."""
    one = await to_thread.run_sync(sent, bearer.engine, receipt)

    def again() -> Answer:
        from importers.by_link import as_sent

        file = content_of(bearer.engine, one)
        found = as_sent(bearer.engine, one, file, lambda sha256: sent_before(bearer.engine, one, sha256))
        return act(file.content, found)

    door = door_of(request)
    async with door.under_way(one.link):
        return one, await door.through(one.link, request.app.state.turnstile, again)


async def _answered(request: Request, bearer: Bearer, act: Callable[[], Awaitable[Response]]) -> Response:
    """Behind the door; what is not done is told on a page, for nobody here reads JSON."""
    door = door_of(request)
    try:
        await door.admit(bearer.origin)
        return await act()
    except LuzhangError as error:
        if isinstance(error, NoLink):
            await door.wrong(bearer.engine, bearer.origin)
        return _page(refusal_page(error.message, error.fix), status_of(type(error)))
    except TimeoutError:
        return _page(refusal_page("文件传得太慢，没有收全", "请换一个网络再交一次"), 408)
    except HTTPException as error:
        return refused_page(error.status_code)


def refused_page(status: int) -> HTMLResponse:
    """What is refused before a secret is looked at, as a page."""
    _, message, fix = REFUSALS.get(status, REFUSALS[400])
    return _page(refusal_page(message, fix), status)


def _page(body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(body, status_code=status, headers=HEADERS)
