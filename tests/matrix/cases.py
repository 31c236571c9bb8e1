"""The cases: every operation of the API, as each role may ask it of each place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from fastapi import FastAPI

from app.api.scope import Allowed
from app.main import declared, describe, routes
from tests.matrix.examples import BARE, BODIES, FILE, FIXED, FORMS, NEEDED, PATH, QUERY
from tests.matrix.targets import Target, nowhere

#: A roster that can be sent in a form's file.
CSV = "企业名称,设备名称,使用状态\n试铸造有限公司,中频炉,在用\n"

#: What asks nothing of anybody's in the query: how many, of which day, in which order.
_WRITES = frozenset({"post", "put", "delete", "patch"})


@dataclass(frozen=True)
class Operation:
    """One operation: its function, and what may be told in its path and query."""

    function: str
    verb: str
    path: str
    query: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it may write."""
        return self.verb in _WRITES

    @property
    def in_path(self) -> list[str]:
        """What stands in its path."""
        return [part.strip("{}") for part in self.path.replace(".xlsx", "").split("/") if part.startswith("{")]


@dataclass(frozen=True)
class Case:
    """One request: `about` says what it names of the place."""

    operation: Operation
    about: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    form: Mapping[str, str] | None = None

    @property
    def asked(self) -> str:
        """All that the request says."""
        return json.dumps([unquote(self.path), dict(self.query), self.body, self.form], ensure_ascii=False)

    def send(self, client: Any) -> Any:
        """Ask it."""
        more: dict[str, Any] = {"json": self.body} if self.body is not None else {}
        if self.form is not None:
            more = {"data": dict(self.form), "files": {"file": FILE}}
        return client.request(self.operation.verb.upper(), self.path, params=dict(self.query), **more)


def operations(app: FastAPI) -> list[Operation]:
    """Every operation that is described, and asks the register."""
    document = describe(app)
    found = []
    for route in routes(app):
        allowed = declared(route)
        if not isinstance(allowed, Allowed) or not route.include_in_schema:
            continue
        for verb in sorted(route.methods or ()):
            told = document["paths"][route.path_format][verb.lower()]
            keys = tuple(one["name"] for one in told.get("parameters", ()) if one["in"] == "query")
            found.append(Operation(allowed.function, verb.lower(), route.path_format, keys))
    return found


def without_example(every: list[Operation]) -> list[str]:
    """Operations of which nobody wrote how they are asked."""
    missing = []
    for one in every:
        unknown = [name for name in one.in_path if not _choices(one, name)]
        silent = one.writes and not (one.function in BODIES or one.function in FORMS or one.function in BARE)
        if unknown or silent:
            missing.append(f"{one.function} {unknown}")
    return missing


def cases(one: Operation, own: Target, other: Target) -> Iterator[Case]:
    """The ways to ask an operation about another place, as whoever may see `own` alone would."""
    for path in _paths(one, other):
        for about, county in (("path", own), ("path and county", other)):
            for body, form in _bodies(one, own, county):
                yield Case(one, about, path, _query(one, county), body, form)
    for path in (_paths(one, own) or [one.path])[:1]:
        for key in one.query:
            for name in (one for one in QUERY.get(key, ()) if other[one] != own[one]):
                yield Case(one, f"?{key}={name}", path, {**_query(one, own), key: other[name]}, *_first(one, own))
        told = (_told(one, of) for of in (own, other, nowhere(own, own)))
        for number, three in enumerate(zip(*told, strict=True)):
            for name, (body, form) in _mixed(*three).items():
                yield Case(one, f"body {number}: {name}", path, _query(one, own), body, form)


def plain(one: Operation, own: Target) -> Iterator[Case]:
    """The operation asked about what is one's own."""
    for path in _paths(one, own) or [one.path]:
        yield Case(one, "own", path, _query(one, own), *_first(one, own))
        if "county" in one.query:
            named = {key: value for key, value in _query(one, own).items() if key != "county"}
            yield Case(one, "own, no county", path, named, *_first(one, own))


def with_examples(document: dict[str, Any], every: Iterable[Operation], own: Target) -> dict[str, Any]:
    """A description in which things of one's own stand as examples: in path, query and body."""
    told = deepcopy(document)
    for one in every:
        said = told["paths"][one.path][one.verb]
        values = {key: own[names[0]] for key, names in QUERY.items() if names[0] in own.words} | _query(one, own)
        for name in one.in_path:
            choices = [FIXED.get(choice) or own.words.get(choice, choice) for choice in _choices(one, name)]
            values[name] = choices[0] if choices else values.get(name, "")
        for parameter in said.get("parameters", ()):
            value = values.get(parameter["name"])
            if value and (parameter["in"] == "path" or parameter.get("required") or parameter["name"] == "county"):
                parameter["examples"] = {"own": {"value": value}}
        for media in said.get("requestBody", {}).get("content", {}).values():
            bodies = [{**(body or form or {}), **({"file": CSV} if form else {})} for body, form in _told(one, own)]
            media["examples"] = {f"own {number}": {"value": body} for number, body in enumerate(bodies)}
    return told


def _choices(one: Operation, name: str) -> tuple[str, ...]:
    return PATH.get(f"{one.function}:{name}") or PATH.get(name) or ((name,) if name in FIXED else ())


def _paths(one: Operation, of: Target) -> list[str]:
    """The paths that name a place's things; none where there is nothing to be named."""
    if not one.in_path:
        return []
    ways = [one.path]
    for name in one.in_path:
        values = [FIXED.get(choice) or of.words.get(choice, choice) for choice in _choices(one, name)]
        ways = [way.replace(f"{{{name}}}", quote(value, safe="")) for way in ways for value in values]
    return ways


def _query(one: Operation, of: Target) -> dict[str, str]:
    needed = {key: of.words.get(value, value) for key, value in NEEDED.get(one.function, {}).items()}
    return ({"county": of.county} if "county" in one.query else {}) | needed


Sent = tuple[Any, Mapping[str, str] | None]


def _told(one: Operation, of: Target) -> list[Sent]:
    if one.function in FORMS:
        return [(None, body(of)) for body in FORMS[one.function]]
    return [(body(of), None) for body in BODIES.get(one.function, ())]


def _first(one: Operation, of: Target) -> Sent:
    return next(iter(_told(one, of)), (None, None))


def _bodies(one: Operation, own: Target, county: Target) -> list[Sent]:
    """What is sent beside a path: one's own things, with one county or the other."""
    told = _told(one, own) or [(None, None)]
    return [tuple(_in_county(part, own, county) for part in pair) for pair in told[:1]]  # type: ignore[misc]


def _in_county(part: Any, own: Target, county: Target) -> Any:
    return {**part, "county": county.county} if part and part.get("county") == own.county else part


def _mixed(own: Sent, other: Sent, nobody: Sent) -> dict[str, Sent]:
    """One's own body with one thing of the other's; the other's whole; the other's under one's own county."""
    place = 0 if own[0] is not None else 1
    ours, theirs, nobodys = own[place] or {}, other[place] or {}, nobody[place] or {}
    found: dict[str, Any] = {}
    for name, value in ours.items():
        if nobodys[name] != value:
            found[name] = {**ours, name: theirs[name]}
    if len(found) > 1:
        found["all"] = theirs
        found["all in our county"] = {**theirs, "county": ours["county"]} if "county" in ours else theirs
    return {name: ((body, None) if place == 0 else (None, body)) for name, body in found.items()}
