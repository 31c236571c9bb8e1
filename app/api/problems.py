"""Errors as RFC 9457 problems: the one table from a named fact to an HTTP status."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from app import errors
from app.api.headers import HEADERS
from app.api.methods import methods_at

STATUSES: dict[type[errors.LuzhangError], int] = {
    errors.NotFound: 404,
    errors.BadInput: 422,
    errors.Unreadable: 422,
    errors.NoRoster: 422,
    errors.Decided: 409,
    errors.Lost: 409,
    errors.NotSignedIn: 401,
    errors.NoRight: 403,
    errors.Busy: 503,
    errors.ProviderUnavailable: 503,
    errors.NewerDatabase: 503,
    errors.DatabaseUnavailable: 503,
    errors.LuzhangError: 409,
}

TITLES = {
    400: "请求写法不对",
    401: "没有登录",
    403: "不允许",
    404: "没有找到",
    405: "这里不支持这种请求",
    409: "与现状不符，未执行",
    413: "文件太大",
    415: "文件类型不支持",
    421: "地址不对",
    422: "内容不合要求",
    500: "程序出错",
    503: "暂时无法使用",
}

#: What a framework refuses before any route is reached: code, detail, fix.
REFUSALS = {
    400: ("request.malformed", "请求的内容读不出来", "请按接口说明重新发送"),
    404: ("route.unknown", "没有这个地址", "请看 /docs 里列出的地址"),
    405: ("method.refused", "这个地址不支持这种请求方法", "请看 /docs 里写明的方法"),
    413: ("upload.too_large", "上传的内容超过 30 MB", "请拆成几个文件分别上传"),
    403: ("origin.foreign", "请求来自别的网站，或没有写明来自哪里", "请从炉账自己的页面操作"),
    421: ("host.foreign", "请求不是发给本机的", "请用开启服务时所说的地址打开"),
    415: ("upload.type", "不支持这种内容类型", "请用 multipart/form-data 上传文件"),
}

#: Under this name a request knows with which code it was refused.
CODE = "refused_with"

log = logging.getLogger(__name__)


class Fault(BaseModel):
    """One field that does not fit: a JSON pointer to it and what is wrong."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """What was not done, in Chinese; `code` is stable for programs, `fix` says how to mend it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fix: str
    errors: list[Fault] = []


MEDIA_TYPE = "application/problem+json"

#: For each route's description: what it may answer instead.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": TITLES[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 404, 409, 413, 422, 503)
}

#: Of these a request without a body has no part.
OF_BODIES = ("400", "413")


class Refused(HTTPException):
    """A named error from where the framework lets no other kind through: while it reads a body."""

    def __init__(self, error: errors.LuzhangError) -> None:
        super().__init__(status_of(type(error)))
        self.error = error


def status_of(kind: type[errors.LuzhangError]) -> int:
    """The status of the nearest named ancestor."""
    return next(STATUSES[one] for one in kind.__mro__ if one in STATUSES)


def problem(status: int, code: str, detail: str, fix: str, faults: tuple[Fault, ...] = ()) -> JSONResponse:
    """The answer itself."""
    content = Problem(
        type=f"urn:luzhang:problem:{code}",
        title=TITLES.get(status, "请求未完成"),
        status=status,
        detail=detail,
        code=code,
        fix=fix,
        errors=list(faults),
    )
    return JSONResponse(content.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def answer_problems(app: FastAPI) -> None:
    """Answer every error of this app as a problem."""
    app.add_exception_handler(errors.LuzhangError, _named)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)


def _named(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, errors.LuzhangError):
        raise error
    setattr(request.state, CODE, error.code)
    status = status_of(type(error))
    answer = problem(status, error.code, error.message, error.fix)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.Busy):
        answer.headers["Retry-After"] = "2"
    return answer


def _malformed(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    setattr(request.state, CODE, "input.bad")
    faults = tuple(Fault(pointer=_pointer(fault["loc"]), detail=_fault(fault["type"])) for fault in error.errors())
    return problem(422, "input.bad", "有的参数缺少或写法不对", "请按 errors 里指出的参数改正", faults)


def _pointer(place: tuple[int | str, ...]) -> str:
    return "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in place)


def _fault(kind: str) -> str:
    if kind == "missing":
        return "缺少这一项"
    if kind.startswith("json"):
        return "不是 JSON"
    return "类型或写法不对"


def _refused(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, Refused):
        return _named(request, error.error)
    if not isinstance(error, HTTPException):
        raise error
    answer = refusal(error.status_code)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["Allow"] = ", ".join(methods_at(request.app, request.url.path))
    return answer


def refusal(status: int) -> JSONResponse:
    """What a framework refuses before any route is reached."""
    said = REFUSALS.get(status) or ("request.refused", HTTPStatus(status).phrase, "请看 /docs")
    return problem(status, *said)


def _broken(request: Request, error: Exception) -> JSONResponse:
    path = request.url.path
    # Under /u/ the rest of the address is a secret.
    log.error("%s %s failed", request.method, "/u/…" if path.startswith("/u/") else path, exc_info=error)
    answer = problem(500, "internal", "程序出错，本次没有完成", "请把时间和做法告诉管理员")
    # This one is answered outside the guard.
    answer.headers.update(HEADERS)
    return answer
