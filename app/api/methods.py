"""Which methods an address takes: all of them, where several routes stand at it."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path


def methods_at(app: FastAPI, path: str) -> list[str]:
    """The methods of the routes that stand at a path, in order; the framework names those of the first one alone."""
    found: dict[str, set[str]] = {}
    for route in iter_route_contexts(app.routes):
        at = route.path_format
        if at is not None and compile_path(at)[0].fullmatch(path):
            found.setdefault(at, set()).update(route.methods or ())
    return sorted(next(iter(found.values()), ()))
