"""The plain pages: the start page and the list of routes, with nothing loaded from anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from app.api.scope import Public

router = APIRouter(include_in_schema=False)

Anyone = Annotated[None, Depends(Public("pages.read"))]

METHODS = {"get": "查", "post": "办"}


@router.get("/", response_class=HTMLResponse)
def start(_: Anyone) -> str:
    """Say what this is and where to go."""
    return _html(
        "炉账",
        "<p>县里铸造、锻造企业和炉子的一本账：收名册，问淘汰设备，出季度台账。</p>"
        "<p>没有账号时，服务只在本机（127.0.0.1）开放，记录人为“本机操作员”；有了账号，要先登录。</p><ul>"
        '<li><a href="/docs">接口说明</a>（全部地址、参数和答复）</li>'
        '<li><a href="/openapi.json">OpenAPI 文档</a>（给程序读）</li>'
        '<li><a href="/api/v1/obsolete">哪些企业仍有淘汰类设备</a>（JSON）</li>'
        '<li><a href="/api/v1/enterprises.xlsx">企业清单</a>、'
        '<a href="/api/v1/equipment.xlsx">设备清单</a>（Excel）</li>'
        '<li><a href="/health">运行是否正常</a></li></ul>',
    )


@router.get("/docs", response_class=HTMLResponse)
def describe(request: Request, _: Anyone) -> str:
    """List every route of the OpenAPI document."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    parts = [_route(path, verb, said) for path, verbs in paths.items() for verb, said in verbs.items()]
    return _html("接口说明", '<p><a href="/">返回</a>　<a href="/openapi.json">OpenAPI 文档</a></p>' + "".join(parts))


@router.get("/openapi.json")
def document(request: Request, _: Anyone) -> JSONResponse:
    """The OpenAPI document."""
    return JSONResponse(request.app.openapi())


@router.get("/style.css")
def style(_: Anyone) -> Response:
    """The pages' look."""
    return Response(resources.files("app.api").joinpath("style.css").read_bytes(), media_type="text/css")


def _route(path: str, verb: str, said: dict[str, Any]) -> str:
    rows = [
        (one["name"], "是" if one.get("required") else "", one.get("description") or "")
        for one in said.get("parameters", [])
    ]
    head = f"<h2>{escape(said['summary'])}　<code>{METHODS.get(verb, '')} {verb.upper()} {escape(path)}</code></h2>"
    allowed = f"<p>{escape(said.get('description', ''))}　功能 <code>{escape(said['x-function'])}</code></p>"
    return head + allowed + (_table(("参数", "必填", "说明"), rows) if rows else "") + _form(said)


def _form(said: dict[str, Any]) -> str:
    """The fields of a form; the document keeps them under a named schema."""
    return "<p>以表单（multipart/form-data）发送，字段见 OpenAPI 文档。</p>" if "requestBody" in said else ""


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    lines = ("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{''.join(lines)}</table>"


def _html(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
