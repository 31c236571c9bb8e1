"""A browser that goes to the identity platform and comes back."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import httpx2
import pyotp
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, select

from app.domain.actor import LOCAL_OPERATOR
from app.main import create
from app.register.people.oidc import identities
from app.store.engine import reading, unit
from app.store.models import AuditRecord
from tests.people import PASSWORD

ADDRESS = "http://127.0.0.1:8000"
BEGIN = "/api/v1/sign-in/oidc"
UNKNOWN = "此身份尚未开通，请与管理员联系"


@cache
def application() -> FastAPI:
    return create(create_engine("sqlite://"))


def link(engine: Engine, name: str, **told: str) -> str:
    with unit(engine) as session:
        return identities.link(session, LOCAL_OPERATOR, name, **told).id


def browser(engine: Engine) -> TestClient:
    app = application()
    app.state.engine = engine
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False)


def sent_back(address: str) -> str:
    """Go where the register sends the browser; where the platform sends it back to."""
    return httpx2.get(address, follow_redirects=False).headers["location"]


def left(client: TestClient, onward: str = "/") -> str:
    """Where the browser is sent back to after signing in at the platform."""
    said = client.get(BEGIN, params={"next": onward})
    assert said.status_code == 303, said.text
    return sent_back(said.headers["location"])


def came_back(client: TestClient, onward: str = "/") -> Any:
    return client.get(left(client, onward))


def who(client: TestClient) -> str | None:
    said = client.get("/api/v1/me")
    return said.json()["name"] if said.status_code == 200 else None


def records(engine: Engine, act: str = "oidc.sign_in") -> list[AuditRecord]:
    with reading(engine) as session:
        return list(session.scalars(select(AuditRecord).where(AuditRecord.act == act).order_by(AuditRecord.at)))


def refused(engine: Engine, code_words: str = "这次登录没有完成") -> None:
    """One who comes by is not let in."""
    client = browser(engine)
    said = came_back(client)
    assert (said.status_code, code_words in said.text) == (401, True), said.text
    assert "luzhang" not in client.cookies
    assert who(client) is None


def tell(client: TestClient, code: str, **headers: str) -> Any:
    return client.post(f"{BEGIN}/code", data={"code": code}, headers=headers or {"origin": ADDRESS})


def secret_at(engine: Engine, moment: datetime) -> str:
    client, ours = browser(engine), {"origin": ADDRESS}
    client.post("/api/v1/sign-in", json={"name": "officer", "password": PASSWORD}, headers=ours)
    secret = str(client.post("/api/v1/me/factor", json={"password": PASSWORD}, headers=ours).json()["secret"])
    told = {"code": pyotp.TOTP(secret).at(moment)}
    assert client.post("/api/v1/me/factor/confirm", json=told, headers=ours).status_code == 200
    return secret
