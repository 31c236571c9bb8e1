"""Personal data over REST: masked unless asked for, for a purpose, by who may; recorded; not to be found by trying."""

from __future__ import annotations

import json
from io import BytesIO

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from app.domain.actor import Actor
from app.errors import NoRight
from app.store.audit import AuditRecord
from app.store.engine import reading
from tests.api.conftest import COUNTY, ROSTERS, client_of, roster_bytes, send

DAY = "county=431127&as_of=2024-01-31"
NUMBER, HIDDEN = "13812345678", "138****5678"
FIRM = "甲铸造有限公司"


@pytest.fixture
def own(empty: Engine) -> TestClient:
    """A register of its own with both rosters."""
    client = client_of(empty)
    for township, firms in ROSTERS.items():
        assert send(client, roster_bytes(township, firms), f"{township}.xlsx").status_code == 200
    return client


def records(engine: Engine, act: str = "personal.show") -> list[AuditRecord]:
    with reading(engine) as session:
        return list(session.scalars(select(AuditRecord).where(AuditRecord.act == act).order_by(AuditRecord.number)))


def without_the_right(client: TestClient) -> None:
    """Whoever asks from now on may see everything but what is personal."""

    def asked_by(_: object, function: str) -> Actor:
        if function == "personal.show":
            raise NoRight
        return Actor("督查员", frozenset([COUNTY]))

    client.app.state.actor_of = asked_by  # type: ignore[attr-defined]


def test_a_contact_is_shown_whole_for_a_purpose_and_recorded(own: TestClient, empty: Engine) -> None:
    said = own.get(f"/api/v1/enterprises/{FIRM}/contact?{DAY}", params={"purpose": "通知整改", "county": COUNTY})

    assert said.status_code == 200, said.text
    assert said.json()["contact_phone"] == {"value": NUMBER, "disputed": False, "claims": []}
    assert said.headers["X-Personal"] == "shown"
    told = json.loads(records(empty)[-1].after or "")
    assert (told["purpose"], told["fields"], told["rows"]) == ("通知整改", ["contact_person", "contact_phone"], 1)
    assert told["firms"] == [said.json()["enterprise"]["id"]]
    assert NUMBER not in repr([vars(one) for one in records(empty)])


@pytest.mark.parametrize("purpose", ["", "  ", None])
def test_without_a_purpose_nothing_is_shown(own: TestClient, empty: Engine, purpose: str | None) -> None:
    words = {"county": COUNTY} | ({"purpose": purpose} if purpose is not None else {})
    contact = own.get(f"/api/v1/enterprises/{FIRM}/contact", params=words)
    listed = own.get("/api/v1/enterprises", params=words | {"personal": "shown"})

    assert [(one.status_code, one.json()["code"]) for one in (contact, listed)] == [(422, "purpose.missing")] * 2
    assert NUMBER not in contact.text + listed.text
    assert records(empty) == []


def test_who_may_not_see_is_refused_and_shown_masked_lists_as_ever(own: TestClient) -> None:
    without_the_right(own)
    contact = own.get(f"/api/v1/enterprises/{FIRM}/contact?{DAY}&purpose=看看")
    whole = own.get(f"/api/v1/enterprises?{DAY}&personal=shown&purpose=看看")
    export = own.get(f"/api/v1/enterprises.csv?{DAY}&personal=shown&purpose=看看")
    listed = own.get(f"/api/v1/enterprises?{DAY}")

    assert [one.status_code for one in (contact, whole, export)] == [403, 403, 403]
    assert NUMBER not in contact.text + whole.text + export.text + listed.text
    assert HIDDEN in listed.text


@pytest.mark.parametrize("form", ["", ".csv", ".ndjson", ".xlsx", ".geojson"])
def test_lists_and_files_show_numbers_whole_and_are_recorded(own: TestClient, empty: Engine, form: str) -> None:
    said = own.get(f"/api/v1/enterprises{form}?{DAY}&personal=shown&purpose=应急通知")
    content = said.content
    if form == ".xlsx":
        content = repr(list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True))).encode()

    assert said.status_code == 200
    assert NUMBER.encode() in content
    last = records(empty)[-1]
    told = json.loads(last.after or "")
    assert (told["purpose"], told["rows"], last.county) == ("应急通知", 3, COUNTY)
    assert told["address"].startswith("/api/v1/enterprises?")
    assert NUMBER not in repr(vars(last))


@pytest.mark.parametrize(
    ("query", "total"),
    [
        (f"contact_phone={NUMBER}", 1),
        ("contact_phone=13899995678", 1),
        ("contact_phone=138****5678", 1),
        ("contact_phone.has=1234567", 0),
        (f"contact_phone.has={NUMBER}", 1),
        ("contact_phone.has=5678", 3),
        (f"contact_phone.not={NUMBER}", 2),
        (f"q={NUMBER}", 0),
        ("q=1234", 0),
        ("remark.has=13812345678", 0),
    ],
)
def test_trying_numbers_finds_what_is_shown_and_nothing_more(client: TestClient, query: str, total: int) -> None:
    said = client.get(f"/api/v1/enterprises?{DAY}&{query}").json()

    assert said["total"] == total
    assert NUMBER not in json.dumps(said)


def test_shown_whole_a_list_is_asked_by_whole_numbers(own: TestClient) -> None:
    whole = f"/api/v1/enterprises?{DAY}&personal=shown&purpose=核对来电"

    assert own.get(f"{whole}&contact_phone={NUMBER}").json()["total"] == 1
    assert own.get(f"{whole}&contact_phone=13899995678").json()["total"] == 0


def test_an_order_is_laid_by_what_is_shown(client: TestClient) -> None:
    shown = [
        one["contact_phone"] for one in client.get(f"/api/v1/enterprises?{DAY}&sort=contact_phone").json()["items"]
    ]

    assert shown == sorted(shown)


def test_a_kept_query_holds_no_number(own: TestClient, empty: Engine) -> None:
    address = f"enterprises?contact_phone={NUMBER}&personal=shown"
    named = own.put(f"/api/v1/views/电话{NUMBER}?county={COUNTY}", json={"address": "enterprises?status=in_use"})
    own.put(f"/api/v1/views/来电?county={COUNTY}", json={"address": f"enterprises?contact_phone={NUMBER}"})
    refused = own.put(f"/api/v1/views/全部?county={COUNTY}", json={"address": address})
    kept = own.get(f"/api/v1/views?county={COUNTY}")

    assert (named.status_code, named.json()["code"]) == (422, "view.name")
    assert refused.status_code == 422
    assert NUMBER not in kept.text
    with reading(empty) as session:
        assert NUMBER not in repr(session.connection().exec_driver_sql("SELECT * FROM saved_view").all())


def test_a_sender_sees_its_own_cells_and_nobody_else_does_later(writer: TestClient) -> None:
    firms = [("甲铸造有限公司", "铝壳中频炉", NUMBER), ("乙铸造有限公司", "炉子13912340000", "139123400001")]
    sent = send(writer, roster_bytes("新圩镇", firms), f"张三{NUMBER}.xlsx")
    later = writer.get(f"/api/v1/imports/{sent.json()['batch']}")

    assert NUMBER in json.dumps(sent.json()["records"])
    assert NUMBER not in json.dumps({**sent.json(), "records": []})
    assert later.status_code == 200
    assert NUMBER not in later.text
    assert "13912340000" not in later.text


def test_a_problem_repeats_no_number(client: TestClient) -> None:
    said = client.get(f"/api/v1/enterprises/张三{NUMBER}/history?county={COUNTY}")

    assert said.status_code == 404
    assert NUMBER not in said.text
    assert HIDDEN in said.text
