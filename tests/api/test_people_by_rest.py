"""People over REST: signing in as a browser does, what each role is answered, sign-ins that are over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, text

from app import clock
from app.errors import NotSignedIn, SignInRefused
from app.main import create, declared, routes
from app.register.people import one_time_tokens
from app.store import engine as engine_room
from app.store.engine import unit
from tests.people import PASSWORD, cheaply, hire

ADDRESS = "http://127.0.0.1:8000"
OTHER = "Xin-kou Ling 2025 Dong"
START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheaply():
        yield


@cache
def application() -> FastAPI:
    """One for all tests, each of which gives it its own register: it takes a second to put together."""
    return create(create_engine("sqlite://"))


def browser(engine: Engine, **told: Any) -> TestClient:
    """A browser on one of our own pages."""
    app = application()
    app.state.engine = engine
    told.setdefault("headers", {"origin": ADDRESS})
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, **told)


def signed_in(engine: Engine, name: str, password: str = PASSWORD) -> TestClient:
    client = browser(engine)
    said = sign_in(client, name, password)
    assert said.status_code == 200, said.text
    return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> Any:
    return client.post("/api/v1/sign-in", json={"name": name, "password": password})


@pytest.fixture
def staffed(empty: Engine) -> Engine:
    """A register with an administrator of all, one of the county, an officer and a clerk."""
    hire(empty, "boss", ("administrator", "all"), office="all")
    hire(empty, "admin", ("administrator", "431127"))
    hire(empty, "officer", ("county_officer", "431127"))
    hire(empty, "clerk", ("township_clerk", "431127105"), office="431127105")
    return empty


def test_without_accounts_whoever_sits_here_is_answered(empty: Engine) -> None:
    client = browser(empty)

    assert client.get("/api/v1/enterprises").status_code in (200, 404)
    assert client.get("/api/v1/me").json()["shown_name"] == "本机操作员"


def test_without_accounts_nobody_from_elsewhere_is_answered(empty: Engine) -> None:
    client = TestClient(create(empty, beyond=True), base_url=ADDRESS)

    assert client.get("/api/v1/me").json()["code"] == "sign_in.needed"


def test_with_an_account_every_route_wants_a_sign_in(staffed: Engine) -> None:
    app, client = application(), browser(staffed)
    public = {"/health", "/api/v1/sign-in", "/api/v1/first-administrator", "/api/v1/rescue"}
    public |= {f"/api/v1/sign-in/{way}" for way in ("ways", "oidc", "oidc/back", "oidc/code")}
    answers = {}
    for route in routes(app):
        if type(declared(route)).__name__ != "Allowed" or route.path in public:
            continue
        for verb in route.methods or ():
            path = route.path_format.replace("{", "").replace("}", "")
            said = client.request(verb, path)
            answers[f"{verb} {path}"] = (said.status_code, said.json().get("code"))

    assert len(answers) > 100
    # A body that cannot be read at all is refused before anybody is asked who they are.
    assert set(answers.values()) - {(422, "input.bad")} == {(401, "sign_in.needed")}


def test_health_and_pages_want_none(staffed: Engine) -> None:
    client = browser(staffed)

    assert [client.get(path).status_code for path in ("/health", "/", "/docs", "/openapi.json")] == [200] * 4


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(staffed: Engine) -> None:
    said = sign_in(browser(staffed), "officer").headers["set-cookie"].lower()

    assert said.startswith("luzhang=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in said.split(";")}
    assert "secure" not in said
    assert "max-age" not in said
    assert "expires" not in said


def test_under_tls_the_cookie_goes_that_way_alone(staffed: Engine) -> None:
    client = TestClient(create(staffed, secure=True), base_url=ADDRESS, headers={"origin": ADDRESS})

    assert "secure" in sign_in(client, "officer").headers["set-cookie"].lower()


def test_whoever_signed_in_is_told_who_they_are(staffed: Engine) -> None:
    me = signed_in(staffed, "clerk").get("/api/v1/me").json()

    assert (me["name"], me["shown_name"]) == ("clerk", "姓名clerk")
    assert me["rights"] == [{"role": "township_clerk", "division": "431127105"}]
    assert "imports.apply" in me["functions"]


#: What is not theirs, of these five.
REFUSED = {
    "boss": {"enterprises", "changes"},
    "admin": {"enterprises", "changes"},
    "officer": {"people"},
    "clerk": {"people", "changes"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_role_is_answered_what_is_its_own(staffed: Engine, name: str) -> None:
    client = signed_in(staffed, name)
    asked = ("people", "enterprises", "changes", "divisions?county=431127", "roles")

    said = {path: client.get(f"/api/v1/{path}").status_code for path in asked}

    assert {path for path, status in said.items() if status == 403} == REFUSED[name]
    assert not {401, 500} & set(said.values())


def test_a_missing_right_is_told_as_such(staffed: Engine) -> None:
    said = signed_in(staffed, "clerk").get("/api/v1/changes")

    assert (said.status_code, said.json()["code"]) == (403, "right.missing")


@pytest.mark.parametrize(
    ("name", "password"), [("nobody", PASSWORD), ("clerk", "wrong"), ("", ""), ("officer", ""), ("gone", PASSWORD)]
)
def test_a_refused_sign_in_says_one_thing(staffed: Engine, name: str, password: str) -> None:
    hire(staffed, "gone")
    assert signed_in(staffed, "boss").post("/api/v1/people/gone/disable").status_code == 200

    said = sign_in(browser(staffed), name, password)
    other = sign_in(browser(staffed), "no such name", "x")

    assert (said.status_code, said.content) == (401, other.content)
    assert said.json()["code"] == SignInRefused.code
    assert "set-cookie" not in said.headers
    assert {key: said.headers[key] for key in said.headers} == {key: other.headers[key] for key in other.headers}


def test_a_locked_account_says_the_same(staffed: Engine) -> None:
    client = browser(staffed)
    said = [sign_in(client, "clerk", "wrong").content for _ in range(5)]

    assert {*said, sign_in(client, "clerk").content} == {said[0]}


def end_by_signing_out(client: TestClient, _: TestClient) -> None:
    assert client.post("/api/v1/sign-out").json() == {"signed_out": True}


def end_by_a_new_password(client: TestClient, _: TestClient) -> None:
    assert client.post("/api/v1/me/password", json={"old": PASSWORD, "new": OTHER}).status_code == 200


def end_by_disabling(_: TestClient, boss: TestClient) -> None:
    assert boss.post("/api/v1/people/officer/disable").status_code == 200


def end_by_withdrawal(_: TestClient, boss: TestClient) -> None:
    (grant,) = boss.get("/api/v1/people/officer").json()["grants"]
    assert boss.post(f"/api/v1/people/officer/grants/{grant['id']}/withdraw").json()["grants"] == []


def end_by_a_one_time_password(_: TestClient, boss: TestClient) -> None:
    assert boss.post("/api/v1/people/officer/password").status_code == 200


def end_by_signing_in_anew(client: TestClient, _: TestClient) -> None:
    assert sign_in(client, "officer").status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        end_by_signing_out,
        end_by_a_new_password,
        end_by_disabling,
        end_by_withdrawal,
        end_by_a_one_time_password,
        end_by_signing_in_anew,
    ],
)
def test_a_token_that_was_kept_is_no_good_afterwards(
    staffed: Engine, end: Callable[[TestClient, TestClient], None]
) -> None:
    client, boss = signed_in(staffed, "officer"), signed_in(staffed, "boss")
    kept = client.cookies["luzhang"]
    thief = browser(staffed, cookies={"luzhang": kept})
    assert thief.get("/api/v1/me").status_code == 200

    end(client, boss)

    said = thief.get("/api/v1/me")
    assert (said.status_code, said.json()["code"]) == (401, NotSignedIn.code)
    assert thief.post("/api/v1/decisions", json={}).status_code in (401, 422)


def test_a_new_password_signs_every_other_browser_out_and_this_one_on(staffed: Engine) -> None:
    here, there = signed_in(staffed, "officer"), signed_in(staffed, "officer")
    before = here.cookies["luzhang"]

    here.post("/api/v1/me/password", json={"old": PASSWORD, "new": OTHER})

    assert here.cookies["luzhang"] != before
    assert [client.get("/api/v1/me").status_code for client in (here, there)] == [200, 401]


def test_a_token_given_before_signing_in_is_never_taken_up(staffed: Engine) -> None:
    client = browser(staffed, cookies={"luzhang": "chosen by somebody else"})

    sign_in(client, "officer")

    assert {one.value for one in client.cookies.jar if one.value != "chosen by somebody else"}
    assert browser(staffed, cookies={"luzhang": "chosen by somebody else"}).get("/api/v1/me").status_code == 401


def test_a_sign_in_is_over_after_half_an_hour(staffed: Engine) -> None:
    with clock.fixed(START):
        client = signed_in(staffed, "officer")
    for minutes, status in ((29, 200), (58, 200), (88, 401)):
        with clock.fixed(START + timedelta(minutes=minutes)):
            assert client.get("/api/v1/me").status_code == status


def test_a_one_time_password_opens_nothing_but_its_change(staffed: Engine) -> None:
    boss = signed_in(staffed, "boss")
    told = boss.post("/api/v1/people/officer/password").json()["one_time_password"]
    client = browser(staffed)

    assert sign_in(client, "officer", told).json()["must_change"]
    assert client.get("/api/v1/enterprises").json()["code"] == "password.change_first"
    assert client.get("/api/v1/me").status_code == 200
    assert client.post("/api/v1/me/password", json={"old": told, "new": OTHER}).status_code == 200
    assert client.get("/api/v1/enterprises").json().get("code") != "password.change_first"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9000"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)
def test_another_sites_page_cannot_use_a_cookie(staffed: Engine, headers: dict[str, str]) -> None:
    kept = signed_in(staffed, "boss").cookies["luzhang"]
    client = browser(staffed, headers=headers, cookies={"luzhang": kept})

    said = client.post("/api/v1/people/officer/disable")

    assert (said.status_code, said.json()["code"]) == (403, "origin.foreign")
    assert client.get("/api/v1/people/officer").json()["state"] == "active"


@pytest.mark.parametrize("headers", [{"origin": ADDRESS}, {"sec-fetch-site": "same-origin"}])
def test_our_own_page_can(staffed: Engine, headers: dict[str, str]) -> None:
    kept = signed_in(staffed, "boss").cookies["luzhang"]
    client = browser(staffed, headers=headers, cookies={"luzhang": kept})

    assert client.post("/api/v1/people/officer/disable").status_code == 200


def test_it_is_reached_by_the_names_that_it_was_told_and_no_other(staffed: Engine) -> None:
    app = create(staffed, names=("luzhang.lanshan.local", "10.1.2.3"), beyond=True)
    named = {
        host: TestClient(app, base_url=f"http://{host}:8000").get("/health").status_code
        for host in ("luzhang.lanshan.local", "LUZHANG.lanshan.local", "10.1.2.3", "127.0.0.1")
    }
    client = TestClient(app, base_url="http://127.0.0.1:8000")

    assert set(named.values()) == {200}
    for host in ("evil.example", "10.9.9.9", "luzhang.lanshan.local.evil.example", ""):
        assert client.get("/health", headers={"host": host}).status_code == 421


def test_a_county_administrator_runs_the_countys_people(staffed: Engine) -> None:
    client = signed_in(staffed, "admin")
    office = client.post("/api/v1/departments", json={"name": "科工局", "division": "431127"}).json()["id"]

    made = client.post("/api/v1/people", json={"name": "sun", "shown_name": "孙", "department": office}).json()
    given = client.post("/api/v1/people/sun/grants", json={"role": "department_officer", "division": "431127"})

    assert given.status_code == 200, given.text
    new = browser(staffed)
    assert sign_in(new, "sun", made["one_time_password"]).json()["must_change"]
    assert [one["name"] for one in client.get("/api/v1/people").json()] == ["clerk", "officer", "sun"]
    assert client.get("/api/v1/people/boss").status_code == client.get("/api/v1/people/nobody").status_code == 404
    assert client.get("/api/v1/people/boss").content == client.get("/api/v1/people/nobody").content
    beyond = client.post("/api/v1/people/sun/grants", json={"role": "administrator", "division": "431127"})
    assert beyond.json()["code"] == "people.grant_beyond"


def test_a_county_administrator_renames_and_closes_the_countys_departments(staffed: Engine) -> None:
    client = signed_in(staffed, "admin")
    office = client.post("/api/v1/departments", json={"name": "科工局", "division": "431127"}).json()["id"]
    at = f"/api/v1/departments/{office}"

    assert client.post(f"{at}/rename", json={"name": "工信局"}).json()["name"] == "工信局"
    assert client.post(f"{at}/close").json()["closed_at"]
    refused = client.post("/api/v1/people", json={"name": "sun", "shown_name": "孙", "department": office})
    assert (refused.status_code, refused.json()["code"]) == (409, "department.closed")
    listed = {one["name"]: one["closed_at"] is None for one in client.get("/api/v1/departments").json()}
    assert (listed["工信局"], listed["办公室"]) == (False, True)
    assert client.post(f"{at}/reopen").json()["closed_at"] is None
    assert signed_in(staffed, "officer").post(f"{at}/close").json()["code"] == "right.missing"


def test_the_first_administrator_is_made_by_the_token_and_from_then_on_all_sign_in(empty: Engine) -> None:
    with unit(empty) as session:
        found = one_time_tokens.first_token(session)
    assert found is not None
    client = browser(empty)
    told = {"token": found[0], "name": "boss", "shown_name": "赵主任", "password": PASSWORD}

    said = client.post("/api/v1/first-administrator", json=told)

    assert said.status_code == 200, said.text
    assert client.get("/api/v1/people").json()[0]["name"] == "boss"
    assert browser(empty).get("/api/v1/changes").status_code == 401
    again = browser(empty).post("/api/v1/first-administrator", json=told | {"name": "thief"})
    assert (again.status_code, again.json()["code"]) == (401, "token.refused")


def test_a_lost_password_is_set_anew_by_a_rescue_token(staffed: Engine) -> None:
    with unit(staffed) as session:
        _, token, _ = one_time_tokens.rescue_token(session, "boss")
    client = browser(staffed)

    said = client.post("/api/v1/rescue", json={"token": token, "password": OTHER})

    assert (said.status_code, client.get("/api/v1/me").json()["name"]) == (200, "boss")
    assert client.post("/api/v1/rescue", json={"token": token, "password": PASSWORD}).status_code == 401


def test_too_many_sign_ins_at_once_are_asked_to_come_again(staffed: Engine) -> None:
    client = browser(staffed)
    gate = client.app.state.gate  # type: ignore[attr-defined]
    rooms = [gate.through() for _ in range(4)]
    for room in rooms:
        room.__enter__()

    said = sign_in(client, "officer")

    assert (said.status_code, said.json()["code"], said.headers["retry-after"]) == (503, "busy", "2")
    for room in rooms:
        room.__exit__(None, None, None)
    assert sign_in(client, "officer").status_code == 200


def test_who_signs_in_while_something_large_is_written_is_told_so(
    staffed: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_room, "HURRY", 0)
    client = signed_in(staffed, "officer")
    with unit(staffed) as session:
        session.execute(text("UPDATE account SET shown_name = shown_name"))
        said = sign_in(browser(staffed), "officer")
        assert client.get("/api/v1/me").status_code == 200
    after = sign_in(browser(staffed), "officer")

    assert (said.status_code, said.json()["code"], said.headers["Retry-After"]) == (503, "busy", "2")
    assert "暂时不能登录" in said.json()["detail"]
    assert after.status_code == 200


def test_no_answer_repeats_a_password(staffed: Engine) -> None:
    secret = "Zhe-ge Bu Neng 77 Shuo"
    client = browser(staffed)
    told = {"name": secret, "password": secret}

    said = [
        client.post("/api/v1/sign-in", json=told),
        client.post("/api/v1/sign-in", json=told | {"code": 5}),
        client.post("/api/v1/sign-in", json={"password": secret * 10, "name": "x"}),
        client.post("/api/v1/rescue", json={"token": secret, "password": secret}),
    ]

    assert [one.status_code for one in said] == [401, 422, 422, 401]
    assert not any("Neng" in one.text for one in said)
