"""The web application: rooms of the API put together over one register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from app.api import (
    acceptances,
    aggregates,
    audit,
    calendar,
    changes,
    clauses,
    desk,
    divisions,
    documents,
    dossiers,
    factors,
    forgetting,
    health,
    history,
    identities,
    imports,
    ledgers,
    limits,
    link_pages,
    links,
    lists,
    obsolete,
    oidc,
    pages,
    people,
    permits,
    personal,
    plans,
    policy_files,
    programmes,
    proposals,
    questions,
    saved,
    signing,
    steps,
    successions,
    templates,
    tokens,
)
from app.api.asked_first import AskedFirst
from app.api.audited import HandedOut
from app.api.callers import actor_of
from app.api.guard import Guard
from app.api.link_door import ByLink, Door
from app.api.masking import Masking
from app.api.problems import OF_BODIES, Problem, answer_problems
from app.api.refusals import Refusals
from app.api.scope import Allowed, Public

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Engine

VERSION = "0.1.0"

DESCRIPTION = "收名册，问淘汰设备，出季度台账。出错时答 RFC 9457 问题：code 给程序看，不会变；detail 和 fix 给人看。"

#: The rooms of the API, in the order of its description.
ROOMS = (
    imports,
    desk,
    obsolete,
    aggregates,
    questions,
    clauses,
    ledgers,
    lists,
    saved,
    limits,
    links,
    policy_files,
    programmes,
    proposals,
    history,
    dossiers,
    successions,
    permits,
    plans,
    personal,
    forgetting,
    documents,
    steps,
    calendar,
    acceptances,
    audit,
    templates,
    tokens,
    divisions,
    changes,
    people,
    signing,
    factors,
    oidc,
    identities,
)


def create(engine: Engine, names: Collection[str] = (), *, beyond: bool = False, secure: bool = False) -> FastAPI:
    """An application that serves this register.

    `names`: by which it is reached beside this machine's own; `beyond`: from other machines, so that nobody is taken
    for whoever sits at this one; `secure`: under TLS, so that browsers send the sign-in's cookie that way alone.
    """
    app = FastAPI(
        title="炉账",
        version=VERSION,
        # The framework's own pages load scripts from elsewhere; ours are in app/api/pages.py.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        form_limits={"max_files": 1, "max_fields": 20, "max_part_size": 1024 * 1024},
    )
    app.state.engine = engine
    app.state.turnstile, app.state.door, app.state.gate = imports.Turnstile(), Door(), signing.Gate()
    app.state.actor_of = actor_of
    app.state.beyond, app.state.secure = beyond, secure
    app.add_middleware(AskedFirst, declared=lambda: {route.endpoint: declared(route) for route in routes(app)})
    app.add_middleware(Masking)
    app.add_middleware(HandedOut)
    app.add_middleware(Guard, largest_body=imports.LARGEST_BODY, names=names, beyond=beyond)
    app.add_middleware(Refusals)
    answer_problems(app)
    proposals.answer_proposed(app)
    for room in ROOMS:
        app.include_router(room.router, prefix="/api/v1")
    for room in (health, link_pages, pages):
        app.include_router(room.router)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def routes(app: FastAPI) -> list[RouteContext]:
    """Every route of the application, those of included routers among them."""
    return list(iter_route_contexts(app.routes))


def declared(route: RouteContext) -> Allowed | ByLink | Public | None:
    """What a route declares: its function and scope."""
    calls = [dependency.call for dependency in route.dependant.dependencies]
    return next((call for call in calls if isinstance(call, Allowed | ByLink | Public)), None)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with each operation's function and scope."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes, description=DESCRIPTION)
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem}
        for route in routes(app):
            allowed = declared(route)
            if route.include_in_schema and allowed is not None:
                for verb in route.methods or ():
                    operation = document["paths"][route.path_format][verb.lower()]
                    operation |= {"x-function": allowed.function, "x-scope": allowed.scope}
                    if "requestBody" not in operation:
                        operation["responses"] = _without(operation["responses"], OF_BODIES)
        app.openapi_schema = document
    return app.openapi_schema


def _without(answers: dict[str, Any], statuses: Collection[str]) -> dict[str, Any]:
    return {status: answer for status, answer in answers.items() if status not in statuses}
