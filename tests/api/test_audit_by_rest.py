"""Over REST the record of who did what is asked for, given out as files, and grows by what is handed out or refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from app.domain.actor import Actor
from app.errors import DatabaseUnavailable, NoRight
from app.register.audit import record_alone
from app.store.engine import reading
from app.store.verification import verify
from tests.api.conftest import COUNTY, ROSTERS, client_of, roster_bytes, send

ZHANG = Actor("张三", counties=frozenset([COUNTY]), account="account-1", origin="10.1.1.7")


@pytest.fixture
def client(empty: Engine) -> TestClient:
    """Asks a register of its own with two rosters."""
    asking = client_of(empty)
    for of, firms in ROSTERS.items():
        assert send(asking, roster_bytes(of, firms), f"{of}.xlsx").status_code < 300
    return asking


def items(client: TestClient, **asked: str | int) -> list[dict[str, object]]:
    answer = client.get("/api/v1/audit", params={"county": COUNTY, **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["items"]
    return found


def test_the_record_is_listed_page_by_page(client: TestClient) -> None:
    whole = items(client)
    first = client.get("/api/v1/audit", params={"limit": 1}).json()
    second = client.get("/api/v1/audit", params={"limit": 1, "next": first["next"]}).json()

    assert first["total"] == len(whole) >= 2
    assert [*first["items"], *second["items"]] == whole[:2]
    assert {item["kind"] for item in whole} == {"导入名册"}
    one = client.get(f"/api/v1/audit/{whole[0]['number']}").json()
    assert {table["table"] for table in one["wrote"]} >= {"import_batch", "statement"}
    assert client.get("/api/v1/audit/999").json()["code"] == "audit.unknown"


def test_a_file_handed_out_is_recorded_with_its_filter_and_rows(client: TestClient) -> None:
    client.app.state.actor_of = lambda *_: ZHANG  # type: ignore[attr-defined]
    asked = {"county": COUNTY, "township": "新圩镇", "q": "13812345678"}
    assert client.get("/api/v1/enterprises.csv", params=asked).status_code == 200
    client.get("/api/v1/enterprises", params=asked)

    (found,) = items(client, act="enterprises.export_csv")
    assert (found["actor"], found["account"], found["origin"]) == ("张三", "account-1", "10.1.1.7")
    assert str(found["subject"]).startswith("/api/v1/enterprises.csv?county=431127&township=新圩镇&q=138****5678 共")
    assert "13812345678" not in str(items(client))


def test_a_file_that_cannot_be_recorded_is_not_handed_out(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr("app.api.audited.record_alone", busy)
    answer = client.get("/api/v1/enterprises.csv", params={"county": COUNTY})

    assert (answer.status_code, answer.json()["code"]) == (503, "database.unavailable")
    assert "铸造" not in answer.text
    assert "content-disposition" not in answer.headers


def test_a_write_that_is_refused_is_recorded_without_its_body(client: TestClient) -> None:
    secret = {"county": COUNTY, "reason": "张三丰的秘密"}
    answer = client.post("/api/v1/imports/nothing/undo", json=secret, params={"county": COUNTY})
    assert answer.status_code == 404

    (found,) = items(client, result="refused")
    assert (found["subject"], found["code"]) == ("POST /api/v1/imports/nothing/undo", answer.json()["code"])
    assert "秘密" not in str(items(client))


def test_a_missing_right_is_recorded_also_where_it_would_only_read(client: TestClient) -> None:
    def refused(request: object, _function: str) -> Actor:
        request.state.asker = ZHANG  # type: ignore[attr-defined]
        raise NoRight

    before = client.app.state.actor_of  # type: ignore[attr-defined]
    client.app.state.actor_of = refused  # type: ignore[attr-defined]
    assert client.get("/api/v1/enterprises", params={"county": COUNTY}).status_code == 403
    client.app.state.actor_of = before  # type: ignore[attr-defined]

    (found,) = items(client, code="right.missing")
    assert (found["actor"], found["act"], found["result"]) == ("张三", "enterprises.list", "refused")


def test_it_is_given_out_as_files_and_that_is_recorded_too(client: TestClient, empty: Engine) -> None:
    record_alone(empty, act="sign_in", what="=1+1", county=COUNTY, result="failed", code="sign_in.refused")
    csv = client.get("/api/v1/audit.csv", params={"county": COUNTY, "result": "failed"})
    sheet = client.get("/api/v1/audit.xlsx", params={"county": COUNTY})

    lines = csv.content.decode("utf-8-sig").splitlines()
    assert csv.headers["x-total-count"] == "1"
    assert len(lines) == 2
    assert "'=1+1" in lines[1]
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert any("=1+1" in row for row in rows)
    assert [item["act"] for item in items(client)[:2]] == ["audit.export", "audit.export_csv"]
    with reading(empty) as session:
        assert verify(session) == []


def test_an_administrator_is_told_of_people_alone(client: TestClient, empty: Engine) -> None:
    record_alone(empty, act="people.grant", what="lisi", county=COUNTY)
    record_alone(empty, act="people.make", what="lisi")

    def told(county: str) -> list[str]:
        answer = client.get("/api/v1/audit/people", params={"county": county}).json()
        return [item["act"] for item in answer["items"]]

    assert (told(COUNTY), told("000000")) == (["people.grant"], ["people.make"])


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"county": "431126"}, 404, "audit.unknown"),
        ({"county": "000000"}, 404, "audit.unknown"),
        ({"result": "perhaps"}, 422, "audit.result"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, 422, "audit.days"),
        ({"since": "gestern"}, 422, "input.bad"),
        ({"firm": "没有这家"}, 404, "enterprise.unknown"),
        ({"next": "x"}, 422, "next.bad"),
    ],
)
def test_what_cannot_be_asked_is_said(client: TestClient, asked: dict[str, str], status: int, code: str) -> None:
    client.app.state.actor_of = lambda *_: ZHANG  # type: ignore[attr-defined]
    answer = client.get("/api/v1/audit", params=asked)

    assert answer.status_code == status, answer.text
    if asked.get("county") != "431126":
        assert answer.json()["code"] == code
