"""The second factor over REST: set up by its holder, asked at the sign-in, wanted of a role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.main import create
from tests.people import PASSWORD, cheaply, hire

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _cheap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "home"))
    with cheaply():
        yield


@pytest.fixture
def staffed(empty: Engine) -> Engine:
    """A register with an administrator of all and an officer."""
    hire(empty, "boss", ("administrator", "all"), office="all")
    hire(empty, "officer", ("county_officer", "431127"))
    return empty


def browser(engine: Engine) -> TestClient:
    return TestClient(create(engine), base_url=ADDRESS, raise_server_exceptions=False, headers={"origin": ADDRESS})


def asked(client: TestClient, name: str, code: str | None = None) -> Any:
    return client.post("/api/v1/sign-in", json={"name": name, "password": PASSWORD, "code": code})


def test_it_is_set_up_asked_and_taken_away(staffed: Engine) -> None:
    client = browser(staffed)
    asked(client, "officer")
    assert client.post("/api/v1/me/factor", json={"password": "wrong"}).status_code == 401
    secret = client.post("/api/v1/me/factor", json={"password": PASSWORD}).json()["secret"]
    old = client.cookies["luzhang"]
    said = client.post("/api/v1/me/factor/confirm", json={"code": pyotp.TOTP(secret).now()})

    codes = said.json()["recovery_codes"]
    assert (said.status_code, len(codes), client.cookies["luzhang"] == old) == (200, 10, False)
    assert client.get("/api/v1/me/factor").json() == {"set_up": True, "required": False, "recovery_codes_left": 10}
    other = browser(staffed)
    assert asked(other, "officer").json()["code"] == "sign_in.code_needed"
    assert asked(other, "officer", "000000").json()["code"] == "sign_in.refused"
    assert asked(other, "officer", codes[0]).status_code == 200
    boss = browser(staffed)
    asked(boss, "boss")
    assert boss.post("/api/v1/people/officer/factor/remove").json() == {"account": "officer"}
    assert client.get("/api/v1/me").status_code == 401
    assert asked(client, "officer").status_code == 200


def test_a_role_that_asks_for_it_may_do_nothing_else_first(staffed: Engine) -> None:
    boss, client = browser(staffed), browser(staffed)
    asked(boss, "boss")
    asked(client, "officer")

    assert boss.post("/api/v1/factor-roles", json={"role": "county_officer"}).json() == {"roles": ["county_officer"]}
    assert client.get("/api/v1/desk?county=431127").json()["code"] == "factor.set_up_first"
    assert client.post("/api/v1/tokens", json={}).status_code in (403, 422)
    assert client.get("/api/v1/me").status_code == 200
    secret = client.post("/api/v1/me/factor", json={"password": PASSWORD}).json()["secret"]
    client.post("/api/v1/me/factor/confirm", json={"code": pyotp.TOTP(secret).now()})
    assert client.get("/api/v1/desk?county=431127").json().get("code") != "factor.set_up_first"
    assert client.get("/api/v1/factor-roles").status_code == 403
    assert boss.get("/api/v1/factor-roles").json() == {"roles": ["county_officer"]}
    assert boss.post("/api/v1/factor-roles", json={"role": "root"}).json()["code"] == "role.unknown"
