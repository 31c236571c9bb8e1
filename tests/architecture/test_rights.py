"""Every function that a route declares is some role's or named as nobody's; every pattern of a role stands for one."""

from __future__ import annotations

from fastapi import FastAPI

from app.api.scope import Allowed
from app.main import declared, routes
from app.register.people import roles


def functions(application: FastAPI) -> set[str]:
    """What the routes of the register declare."""
    found = (declared(route) for route in routes(application))
    return {one.function for one in found if isinstance(one, Allowed)}


def test_every_function_is_allowed_to_a_role_or_named_as_nobodys(application: FastAPI) -> None:
    unnamed = {
        function
        for function in functions(application)
        if not (
            any(roles.allows(name, function) for name in roles.roles())
            or roles.is_open(function)
            or roles.is_everyones(function)
            or roles.is_nobodys(function)
        )
    }

    assert unnamed == set()


def test_every_pattern_stands_for_a_function(application: FastAPI) -> None:
    known = functions(application) | roles.beside()

    assert {way for way in roles.patterns() if not any(roles.covered(one, [way]) for one in known)} == set()


def test_what_needs_no_sign_in_is_a_short_list(application: FastAPI) -> None:
    asked = {function for function in functions(application) if roles.is_open(function)}

    assert {one for one in asked if one.split(".")[0] not in ("health", "oidc", "people", "sign_in")} == set()
    assert {one for one in asked if one.startswith("people.")} == {"people.first", "people.rescue"}


def test_whoever_writes_nothing_has_no_function_of_a_route_that_writes(application: FastAPI) -> None:
    tried = {"limits.check", "limits.try", "clauses.try", "programmes.check"}
    writing = {
        declared(route).function
        for route in routes(application)
        if isinstance(declared(route), Allowed) and not (route.methods or set()) <= {"GET", "HEAD"}
    }

    assert {one for one in writing - tried if roles.allows("inspector", one) or roles.allows("auditor", one)} == set()


def test_an_administrator_has_no_function_of_the_register(application: FastAPI) -> None:
    rooms = {one.split(".")[0] for one in functions(application) if roles.allows("administrator", one)}

    assert rooms & {"enterprises", "equipment", "imports", "steps", "plans", "permits", "ledger", "desk"} == set()
