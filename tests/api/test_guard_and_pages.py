"""What every answer carries, who is turned away, and the plain pages."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from app.api import problems
from app.errors import LuzhangError


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/health", "/openapi.json", "/style.css", "/nothing", "/api/v1/changes"]
)
def test_every_answer_keeps_the_browser_here(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    page = client.get(path).text

    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert "<script" not in page


def test_the_start_page_leads_to_the_description_of_the_api(client: TestClient) -> None:
    assert 'href="/docs"' in client.get("/").text


def test_the_description_lists_every_operation(client: TestClient) -> None:
    page = client.get("/docs").text

    for path, verbs in client.get("/openapi.json").json()["paths"].items():
        assert all(f"{verb.upper()} {path}" in page for verb in verbs)


def test_every_operation_names_its_function_and_scope(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    assert document["openapi"].startswith("3.1")
    assert all(
        "x-function" in said and "x-scope" in said for verbs in document["paths"].values() for said in verbs.values()
    )


def test_another_name_of_this_machine_is_refused(client: TestClient) -> None:
    said = client.get("/api/v1/enterprises", headers={"host": "evil.example"})

    assert (said.status_code, said.json()["code"]) == (421, "host.foreign")


def test_another_sites_page_cannot_act(client: TestClient) -> None:
    said = client.post("/api/v1/imports/x/undo", headers={"origin": "http://evil.example"})
    own = client.post("/api/v1/imports/x/undo", headers={"origin": "http://127.0.0.1:8000"})

    assert (said.status_code, said.json()["code"]) == (403, "origin.foreign")
    assert (own.status_code, own.json()["code"]) == (404, "import.unknown")


def test_what_breaks_inside_says_nothing_of_the_inside(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.health.answers", lambda _: 1 / 0)

    said = client.get("/health")

    assert (said.status_code, said.json()["code"]) == (500, "internal")
    assert "division" not in said.text
    assert said.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v2/x", "route.unknown"),
        ("/api/v1/enterprises?limit=0", "input.bad"),
        ("/api/v1/equipment?as_of=x", "day.bad"),
    ],
)
def test_a_problem_says_in_chinese_what_to_do(client: TestClient, path: str, code: str) -> None:
    said = client.get(path)

    assert said.headers["content-type"] == "application/problem+json"
    assert said.json()["code"] == code
    assert re.search(r"[\u4e00-\u9fff]", said.json()["detail"] + said.json()["fix"] + said.json()["title"])


def test_a_parameter_that_does_not_fit_is_pointed_at(client: TestClient) -> None:
    assert client.get("/api/v1/enterprises?limit=0").json()["errors"][0]["pointer"] == "/query/limit"


def test_every_named_error_has_a_status() -> None:
    def below(kind: type[LuzhangError]) -> list[type[LuzhangError]]:
        return [kind, *(one for child in kind.__subclasses__() for one in below(child))]

    assert all(400 <= problems.status_of(kind) < 600 for kind in below(LuzhangError))


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"content-length": "99000000"}, 413), ({"origin": "http://evil.example"}, 403), ({"host": "evil.example"}, 421)],
)
def test_under_an_upload_link_a_refusal_is_a_page(client: TestClient, headers: dict[str, str], status: int) -> None:
    said = client.post("/u/secret", headers={"origin": "http://127.0.0.1:8000", **headers})

    assert (said.status_code, said.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "没有办成" in said.text
