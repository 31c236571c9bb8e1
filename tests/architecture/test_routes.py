"""Every route declares its function and its scope, and reaches the register through that declaration alone."""

from __future__ import annotations

from fastapi import FastAPI

from app.api.link_door import ByLink
from app.api.scope import Allowed
from app.main import declared, routes


def test_there_are_routes_and_nothing_else_is_mounted(application: FastAPI) -> None:
    found = routes(application)

    assert len(found) > 15
    assert [route.path for route in found if getattr(route, "dependant", None) is None] == []


def test_every_route_declares_its_function_and_scope(application: FastAPI) -> None:
    silent = [route.path for route in routes(application) if not (declared(route) and declared(route).function)]
    strange = [route.path for route in routes(application) if declared(route).scope not in ("county", "link", "none")]

    assert (silent, strange) == ([], [])


def test_a_route_of_the_register_is_never_public(application: FastAPI) -> None:
    open_to_all = [
        route.path
        for route in routes(application)
        if route.path.startswith("/api/") and not isinstance(declared(route), Allowed)
    ]

    assert open_to_all == []


def test_a_function_is_one_routes_own(application: FastAPI) -> None:
    functions = [declared(route).function for route in routes(application) if isinstance(declared(route), Allowed)]

    assert len(functions) == len(set(functions))


def test_whoever_comes_by_a_secret_reaches_only_the_pages_of_links(application: FastAPI) -> None:
    by_link = {route.path for route in routes(application) if isinstance(declared(route), ByLink)}

    assert by_link == {route.path for route in routes(application) if route.path.startswith("/u/")}
    assert len(by_link) == 3
