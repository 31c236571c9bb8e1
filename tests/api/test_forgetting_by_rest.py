"""Forgetting a person over REST: counted unless confirmed, recorded, and done by who may."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app.domain.actor import Actor
from app.errors import NoRight
from app.store.audit import AuditRecord
from app.store.engine import reading
from tests.api.conftest import COUNTY, ROSTERS, client_of, roster_bytes, send

FIRM, NUMBER, GONE = "甲铸造有限公司", "13812345678", "（已按规定删除）"
ADDRESS = "/api/v1/personal/forget"


@pytest.fixture
def own(empty: Engine) -> TestClient:
    """A register of its own with both rosters."""
    client = client_of(empty)
    for township, firms in ROSTERS.items():
        assert send(client, roster_bytes(township, firms), f"{township}.xlsx").status_code == 200
    return client


def phone(client: TestClient) -> str:
    asked = {"purpose": "通知整改", "county": COUNTY, "as_of": "2024-01-31"}
    return str(client.get(f"/api/v1/enterprises/{FIRM}/contact", params=asked).json()["contact_phone"]["value"])


def test_it_is_counted_and_then_done(own: TestClient, empty: Engine) -> None:
    told = {"county": COUNTY, "enterprise": FIRM, "reason": "本人要求"}

    counted = own.post(ADDRESS, json=told)
    assert (counted.status_code, counted.json()["done"], counted.json()["numbers"]) == (200, False, 1)
    assert phone(own) == NUMBER
    done = own.post(ADDRESS, json=told | {"confirm": True})

    assert (done.status_code, done.json()["done"]) == (200, True)
    assert phone(own) == GONE
    assert NUMBER not in counted.text + done.text
    with reading(empty) as session:
        said = list(session.scalars(select(AuditRecord.after).where(AuditRecord.act == "personal.forget")))
    assert len(said) == 1
    assert own.post(ADDRESS, json=told | {"confirm": True}).status_code == 404


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"enterprise": FIRM}, 422),
        ({"reason": "试"}, 422),
        ({"reason": "试", "enterprise": FIRM, "numbers": [NUMBER]}, 422),
        ({"reason": "试", "numbers": ["张三"]}, 422),
        ({"reason": "试", "enterprise": "没有这家"}, 404),
        ({"reason": "试", "enterprise": FIRM, "papers": ["没有这份"]}, 404),
    ],
)
def test_what_cannot_be_done_is_said(own: TestClient, told: dict[str, object], status: int) -> None:
    said = own.post(ADDRESS, json={"county": COUNTY, **told})
    assert said.status_code in (status, 400), said.text
    assert NUMBER not in said.text


def test_without_the_right_nothing_is_counted(own: TestClient) -> None:
    def asked_by(_: object, function: str) -> Actor:
        if function == "personal.forget":
            raise NoRight
        return Actor("督查员", frozenset([COUNTY]))

    own.app.state.actor_of = asked_by  # type: ignore[attr-defined]
    assert own.post(ADDRESS, json={"county": COUNTY, "enterprise": FIRM, "reason": "试"}).status_code == 403
