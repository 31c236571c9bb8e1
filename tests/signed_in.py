"""People who really sign in: the first by the one-time token, all others made by REST, each with a cookie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.api import callers
from app.api.cookies import COOKIE
from app.register.people import one_time_tokens
from app.store.engine import unit
from tests.people import PASSWORD

API = "/api/v1"
ADDRESS = "http://127.0.0.1:8000"
ORIGIN = {"origin": ADDRESS}
FIRST = "jianshe"


@dataclass(frozen=True)
class Post:
    """Whom to hire: the name to sign in with, a role, and in which division."""

    name: str
    role: str
    division: str


@dataclass
class Browser:
    """A browser in which somebody has signed in; it stays so, whatever an answer says of its cookie."""

    client: TestClient
    cookie: str

    def request(self, method: str, path: str, **told: Any) -> Any:
        """Ask, as whoever signed in."""
        self.client.cookies.clear()
        headers = {**ORIGIN, **told.pop("headers", {}), "cookie": f"{COOKIE}={self.cookie}"}
        return self.client.request(method, path, headers=headers, **told)

    def get(self, path: str, **told: Any) -> Any:
        """Ask for something."""
        return self.request("GET", path, **told)

    def post(self, path: str, **told: Any) -> Any:
        """Tell something."""
        return self.request("POST", path, **told)


def hired(app: FastAPI, engine: Engine, client: TestClient, posts: Iterable[Post]) -> dict[str, Browser]:
    """An administrator of everything by the one-time token, then all others; by name, each in a browser of its own."""
    app.state.engine, app.state.actor_of = engine, callers.actor_of
    found = {FIRST: _first(engine, client)}
    for post in posts:
        found[post.name] = _hired(found[FIRST], client, post)
    return found


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> Browser:
    """Sign in."""
    told = {"name": name, "password": password}
    return _begun(client, client.post(f"{API}/sign-in", json=told, headers=ORIGIN))


def _first(engine: Engine, client: TestClient) -> Browser:
    with unit(engine) as session:
        issued = one_time_tokens.first_token(session)
    assert issued is not None
    told = {"token": issued[0], "name": FIRST, "shown_name": "建设", "password": PASSWORD}
    return _begun(client, client.post(f"{API}/first-administrator", json=told, headers=ORIGIN))


def _hired(boss: Browser, client: TestClient, post: Post) -> Browser:
    office = _done(boss.post(f"{API}/departments", json={"name": f"{post.name}办", "division": post.division}))
    person = {"name": post.name, "shown_name": f"姓名{post.name}", "department": office["id"]}
    made = _done(boss.post(f"{API}/people", json=person))
    right = {"role": post.role, "division": post.division}
    _done(boss.post(f"{API}/people/{made['id']}/grants", json=right))
    once = sign_in(client, post.name, made["one_time_password"])
    said = once.post(f"{API}/me/password", json={"old": made["one_time_password"], "new": PASSWORD})
    return _begun(client, said)


def _begun(client: TestClient, said: Any) -> Browser:
    assert said.status_code == 200, said.text
    cookie = said.cookies[COOKIE]
    client.cookies.clear()
    return Browser(client, cookie)


def _done(said: Any) -> Any:
    assert said.status_code == 200, said.text
    return said.json()
