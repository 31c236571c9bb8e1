"""Tokens over REST: made by their holder, told once, taken in place of a sign-in, never for themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, select

from app import clock
from app.main import create, declared, routes
from app.store.engine import reading
from app.store.models import AuditRecord
from tests.people import PASSWORD, cheaply, hire

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheaply():
        yield


@cache
def application() -> FastAPI:
    """One for all tests, each of which gives it its own register."""
    return create(create_engine("sqlite://"))


def browser(engine: Engine, **headers: str) -> TestClient:
    app = application()
    app.state.engine = engine
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, headers=headers)


def signed_in(engine: Engine, name: str) -> TestClient:
    client = browser(engine, origin=ADDRESS)
    said = client.post("/api/v1/sign-in", json={"name": name, "password": PASSWORD})
    assert said.status_code == 200, said.text
    return client


def program(engine: Engine, token: str) -> TestClient:
    """A program that asks with a token, with no cookie and from no page."""
    return browser(engine, authorization=f"Bearer {token}")


def making(*functions: str, **more: Any) -> dict[str, Any]:
    until = (clock.today() + timedelta(days=30)).isoformat()
    return {"name": "接口", "functions": list(functions), "until": until, **more}


def made(client: TestClient, *functions: str, **more: Any) -> dict[str, Any]:
    said = client.post("/api/v1/tokens", json=making(*functions, **more))
    assert said.status_code == 200, said.text
    found: dict[str, Any] = said.json()
    return found


@pytest.fixture
def staffed(empty: Engine) -> Engine:
    """A register with an administrator, two officers and a clerk."""
    hire(empty, "admin", ("administrator", "431127"))
    hire(empty, "officer", ("county_officer", "431127"))
    hire(empty, "other", ("county_officer", "431126"), office="431126")
    hire(empty, "clerk", ("township_clerk", "431127105"), office="431127105")
    return empty


def test_a_token_is_told_once_and_taken_in_place_of_a_sign_in(staffed: Engine) -> None:
    client = signed_in(staffed, "officer")
    told = made(client, "enterprises.*", "me.read")

    assert told["divisions"] == ["431127"]
    assert program(staffed, told["token"]).get("/api/v1/me").json()["name"] == "officer"
    assert program(staffed, told["token"]).get("/api/v1/enterprises").status_code in (200, 404)
    (listed,) = client.get("/api/v1/tokens").json()
    assert listed == {key: value for key, value in told.items() if key != "token"}


def test_no_digit_of_a_token_is_masked(staffed: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = "x13812345678x" + "A" * 30
    monkeypatch.setattr("app.register.people.sessions.new_token", lambda: drawn)

    client = browser(staffed, origin=ADDRESS)
    monkeypatch.undo()
    client = signed_in(staffed, "officer")
    monkeypatch.setattr("app.register.people.sessions.new_token", lambda: drawn)

    assert made(client, "desk.read")["token"] == f"lz_{drawn}"


def test_what_the_token_does_not_list_is_refused_and_recorded(staffed: Engine) -> None:
    token = made(signed_in(staffed, "officer"), "desk.read")["token"]
    client = program(staffed, token)

    said = client.get("/api/v1/enterprises")

    assert (said.status_code, said.json()["code"]) == (403, "token.function")
    with reading(staffed) as session:
        rows = [row for row in session.scalars(select(AuditRecord)) if row.result == "refused"]
    assert [(row.code, row.actor) for row in rows] == [("token.function", "姓名officer")]


def test_a_token_opens_nothing_that_is_the_persons_own(staffed: Engine) -> None:
    told = made(signed_in(staffed, "officer"), "desk.read", "me.read")
    client = program(staffed, told["token"])

    answers = [
        client.post("/api/v1/tokens", json=making("desk.read")),
        client.get("/api/v1/tokens"),
        client.post(f"/api/v1/tokens/{told['id']}/revoke"),
        client.post("/api/v1/me/password", json={"old": PASSWORD, "new": "Xin-kou Ling 2025 Dong"}),
        client.post("/api/v1/sign-out"),
    ]

    assert [(said.status_code, said.json()["code"]) for said in answers] == [(403, "token.function")] * 5


def test_no_route_takes_a_token_that_is_over(staffed: Engine) -> None:
    client = signed_in(staffed, "officer")
    told = made(client, "enterprises.*", "desk.read", "imports.*")
    assert client.post(f"/api/v1/tokens/{told['id']}/revoke").json()["state"] == "ended"

    asking = program(staffed, told["token"])
    found = {
        asking.request(verb, route.path_format.replace("{", "").replace("}", "")).status_code
        for route in routes(application())
        if type(declared(route)).__name__ == "Allowed"
        and declared(route).function.startswith(("enterprises.", "desk."))
        for verb in route.methods or ()
    }

    assert found <= {401, 422}
    assert 401 in found


def test_a_wrong_token_beside_a_good_cookie_is_refused(staffed: Engine) -> None:
    client = signed_in(staffed, "officer")

    assert client.get("/api/v1/me", headers={"authorization": "Bearer lz_wrong"}).status_code == 401


def test_a_token_in_an_address_is_none(staffed: Engine) -> None:
    token = made(signed_in(staffed, "officer"), "desk.read", "me.read")["token"]

    assert browser(staffed).get("/api/v1/me", params={"token": token, "access_token": token}).status_code == 401
    assert browser(staffed, cookie=f"luzhang={token}").get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"functions": ["people.list"]}, 403, "token.beyond"),
        ({"divisions": ["431126"]}, 403, "token.division_beyond"),
        ({"divisions": ["x"]}, 422, "division.bad"),
        ({"functions": []}, 422, "token.functions"),
        ({"name": " "}, 422, "token.name"),
        ({"until": "2000-01-01"}, 422, "token.until"),
        ({"until": "9999-12-31"}, 422, "token.until"),
        ({"until": None}, 422, "input.bad"),
        ({"functions": ["a" * 65]}, 422, "input.bad"),
    ],
)
def test_a_token_that_will_not_do_is_refused_with_why(
    staffed: Engine, change: dict[str, Any], status: int, code: str
) -> None:
    said = signed_in(staffed, "officer").post("/api/v1/tokens", json=making("desk.read") | change)

    assert (said.status_code, said.json()["code"]) == (status, code)


def test_without_accounts_there_are_no_tokens(empty: Engine) -> None:
    said = browser(empty, origin=ADDRESS).post("/api/v1/tokens", json=making("desk.read"))

    assert said.json()["code"] == "token.no_account"


def test_an_administrator_sees_and_revokes_their_peoples_tokens_alone(staffed: Engine) -> None:
    near = made(signed_in(staffed, "officer"), "desk.read")
    far = made(signed_in(staffed, "other"), "desk.read")
    admin = signed_in(staffed, "admin")

    assert [one["id"] for one in admin.get("/api/v1/tokens").json()] == [near["id"]]
    assert admin.post(f"/api/v1/tokens/{far['id']}/revoke").json()["code"] == "token.unknown"
    assert admin.post(f"/api/v1/tokens/{near['id']}/revoke").json()["state"] == "ended"
    assert program(staffed, near["token"]).get("/api/v1/desk").status_code == 401
    assert signed_in(staffed, "clerk").get("/api/v1/tokens", params={"account": "officer"}).status_code == 404


def test_personal_data_wants_its_own_function_in_a_token(staffed: Engine) -> None:
    without = made(signed_in(staffed, "officer"), "enterprises.*")["token"]

    said = program(staffed, without).get("/api/v1/enterprises?personal=shown&purpose=通知整改")

    assert said.status_code == 403
