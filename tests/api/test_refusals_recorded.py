"""Whatever refuses a request, it is recorded: who, from where, what, with which code; of nobody, now and then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app import clock
from app.api.refusals import ELSEWHERE, ORIGINS, Strangers
from app.errors import DatabaseUnavailable
from app.main import create
from app.store.engine import reading
from app.store.models import AuditRecord
from app.store.verification import verify
from tests.people import cheaply
from tests.signed_in import ADDRESS, API, ORIGIN, Browser, Post, hired

COUNTY = "431127"
CLERK, OFFICER = "clerk", "officer"


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheaply():
        yield


@pytest.fixture
def client(empty: Engine) -> TestClient:
    """Asks an application of its own; what breaks inside is answered, not raised."""
    return TestClient(create(empty), base_url=ADDRESS, raise_server_exceptions=False)


@pytest.fixture
def staff(empty: Engine, client: TestClient) -> dict[str, Browser]:
    """A clerk and an officer who have signed in."""
    posts = [Post(CLERK, "township_clerk", "431127105"), Post(OFFICER, "county_officer", COUNTY)]
    return hired(client.app, empty, client, posts)  # type: ignore[arg-type]


def refused(engine: Engine, result: str = "refused") -> list[AuditRecord]:
    with reading(engine) as session:
        chosen = select(AuditRecord).where(AuditRecord.result == result).order_by(AuditRecord.at)
        return [one for one in session.scalars(chosen) if one.act != "sign_in"]


def told(one: AuditRecord) -> tuple[str, str, str | None, str | None]:
    return one.actor, one.act, one.subject, one.code


@pytest.mark.parametrize(
    ("name", "path", "sent", "status", "act", "code"),
    [
        (OFFICER, "corrections", {"json": {"county": COUNTY}}, 422, "corrections.make", "input.bad"),
        (OFFICER, "corrections", {"content": b"{not json"}, 422, "corrections.make", "input.bad"),
        (OFFICER, "imports/nothing/undo", {}, 404, "imports.undo", "import.unknown"),
        (CLERK, "corrections", {"json": {"county": COUNTY}}, 403, "corrections.make", "right.missing"),
        (CLERK, "corrections", {"content": b"{not json"}, 403, "corrections.make", "right.missing"),
    ],
)
def test_what_is_refused_to_somebody_is_recorded_without_what_they_sent(
    empty: Engine,
    staff: dict[str, Browser],
    name: str,
    path: str,
    sent: dict[str, Any],
    status: int,
    act: str,
    code: str,
) -> None:
    said = staff[name].post(f"{API}/{path}", **sent)
    (one,) = refused(empty)

    assert said.status_code == status, said.text
    assert told(one) == (f"姓名{name}", act, f"POST {API}/{path}", code)
    assert (one.account is None, one.origin, one.before, one.after) == (False, "testclient", None, None)


def test_a_reading_that_is_not_theirs_is_recorded_one_that_finds_nothing_is_not(
    empty: Engine, staff: dict[str, Browser]
) -> None:
    staff[CLERK].get(f"{API}/audit")
    staff[OFFICER].get(f"{API}/enterprises/nothing", params={"county": COUNTY})
    staff[OFFICER].get(f"{API}/enterprises", params={"limit": "many"})

    assert [told(one)[1:] for one in refused(empty)] == [("audit.list", f"GET {API}/audit", "right.missing")]


def test_whoever_has_not_signed_in_is_recorded_the_first_tenth_and_hundredth_time(
    empty: Engine, client: TestClient, staff: dict[str, Browser]
) -> None:
    wrong = Browser(client, "no such sign-in")
    for _ in range(120):
        wrong.get(f"{API}/enterprises")
    found = refused(empty)

    assert [told(one) for one in found] == [
        ("未登录", "enterprises.list", f"GET {API}/enterprises", "sign_in.needed")
    ] * 3
    assert [(one.county, one.origin, one.after) for one in found] == [
        ("000000", "testclient", None),
        ("000000", "testclient", '{"times":10}'),
        ("000000", "testclient", '{"times":100}'),
    ]


def test_a_name_that_nobody_has_is_told_nowhere(empty: Engine, client: TestClient, staff: dict[str, Browser]) -> None:
    for _ in range(2):
        client.post(f"{API}/sign-in", json={"name": "mima2024", "password": "wrong"}, headers=ORIGIN)
    (one,) = refused(empty)

    assert told(one) == ("未登录", "sign_in.make", f"POST {API}/sign-in", "sign_in.refused")
    assert "mima2024" not in str(vars(one))


def test_tries_at_one_time_tokens_and_from_other_sites_are_recorded(
    empty: Engine, client: TestClient, staff: dict[str, Browser]
) -> None:
    told_first = {"token": "guessed", "name": "evil", "shown_name": "甲", "password": "Sh1-2345-Qiu"}
    client.post(f"{API}/first-administrator", json=told_first, headers=ORIGIN)
    for _ in range(9):
        staff[OFFICER].post(f"{API}/sign-out", headers={"origin": "http://evil.example"})
    found = [told(one)[1:] for one in refused(empty)]

    assert found == [
        ("people.first", f"POST {API}/first-administrator", "token.refused"),
        ("request", f"POST {API}/sign-out", "origin.foreign"),
    ]


def test_whoever_was_not_asked_is_not_said_to_have_signed_out(empty: Engine, staff: dict[str, Browser]) -> None:
    said = staff[OFFICER].post(f"{API}/imports", content=b"x", headers={"content-type": "multipart/form-data"})
    (one,) = refused(empty)

    assert said.status_code == 400
    assert told(one) == ("不明", "request", f"POST {API}/imports", "request.malformed")


def test_what_breaks_while_it_writes_is_recorded_as_failed(
    empty: Engine, staff: dict[str, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.api.desk.reading", broken)
    monkeypatch.setattr("app.api.imports.undo", broken, raising=False)
    staff[OFFICER].client.app.state.actor_of = broken
    said = staff[OFFICER].post(f"{API}/imports/nothing/undo")

    assert said.status_code == 500
    assert [told(one)[1:] for one in refused(empty, "failed")] == [
        ("imports.undo", f"POST {API}/imports/nothing/undo", "internal")
    ]


def test_it_is_refused_even_where_it_cannot_be_recorded(
    empty: Engine, staff: dict[str, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr("app.api.audited.record_alone", busy)

    assert staff[CLERK].get(f"{API}/audit").status_code == 403
    assert refused(empty) == []


def test_the_secret_of_a_link_is_never_recorded(empty: Engine, client: TestClient, staff: dict[str, Browser]) -> None:
    client.post("/u/a-secret-in-the-path", headers=ORIGIN)

    assert refused(empty) == []


def test_many_addresses_together_record_no_more_than_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    strangers = Strangers()
    found = [strangers.count(f"2001:db8::{number}") for number in range(1200)]
    kept = [one for one in found if one is not None]

    assert len(kept) == ORIGINS + 4
    assert kept[-4:] == [(ELSEWHERE, 1), (ELSEWHERE, 10), (ELSEWHERE, 100), (ELSEWHERE, 1000)]
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=1))
    assert strangers.count("2001:db8::1") == ("2001:db8::1", 1)


def test_the_register_verifies_with_all_of_it(empty: Engine, staff: dict[str, Browser]) -> None:
    staff[CLERK].post(f"{API}/corrections", json={})
    Browser(staff[CLERK].client, "none").get(f"{API}/me")
    with reading(empty) as session:
        assert verify(session) == []
