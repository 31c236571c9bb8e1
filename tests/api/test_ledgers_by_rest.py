"""Ledgers over REST: checked, issued, given out by revision, compared, and traced cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.api.conftest import ADDRESS, COUNTY, ROSTERS, roster_bytes, send
from tests.people import PASSWORD, cheaply, hire

OURS = {"origin": ADDRESS}
OF = {"county": COUNTY}
LEDGER = "/api/v1/ledgers/2024Q1"


@pytest.fixture
def office(writer: TestClient, sending: Callable[..., Any]) -> TestClient:
    assert sending().status_code == 200
    return writer


def issue(client: TestClient, **told: Any) -> Any:
    return client.post(f"{LEDGER}/issues", json={**OF, **told})


def test_a_ledger_is_checked_and_issued_with_who_signs(office: TestClient) -> None:
    looked = office.get(f"{LEDGER}/check", params=OF).json()
    recorded = office.post(f"{LEDGER}/checks", json=OF).json()
    said = issue(office, prepared_by="张三", approved_by="王五")
    file = office.get(f"{LEDGER}.xlsx", params=OF).content

    assert (looked["passed"], looked["recorded"]) == (True, None)
    assert recorded["recorded"]["passed"] is True
    assert said.status_code == 200
    assert (said.json()["number"], said.json()["state"]) == ("431127-2024Q1-1", "issued")
    assert said.json()["sha256"] == sha256(file).hexdigest()
    (one,) = office.get("/api/v1/ledgers", params=OF).json()["quarters"]
    assert (one["state"], one["issues"][0]["prepared_by"], len(one["checks"])) == ("issued", "张三", 1)


def test_a_revision_needs_a_reason_and_the_former_stays(office: TestClient) -> None:
    issue(office)
    first = office.get(f"{LEDGER}.xlsx", params=OF).content
    changed = [(name, furnace, "13500000000") for name, furnace, _ in ROSTERS["新圩镇"]]
    assert (
        send(office, roster_bytes("新圩镇", [*changed, ("戊铸造厂", "中频炉", "")]), "新圩镇二.xlsx").status_code == 200
    )
    refused = issue(office)
    revised = issue(office, reason="补报一家")
    former = office.get(f"{LEDGER}.xlsx", params={**OF, "revision": 1})
    compared = office.get(f"{LEDGER}/compare", params={**OF, "revision": 1, "other_revision": 2}).json()

    assert (refused.status_code, refused.json()["code"]) == (422, "ledger.issued")
    assert (revised.json()["revision"], revised.json()["state"]) == (2, "revised")
    assert former.content == first
    assert quote("第1版") in former.headers["content-disposition"]
    firms = next(sheet for sheet in compared["sheets"] if sheet["sheet"] == "企业底数")
    assert [one["called"] for one in firms["entered"]] == ["戊铸造厂"]
    assert firms["entered"][0]["because"]


def test_a_cell_is_traced_and_its_links_lead_on(office: TestClient) -> None:
    issue(office)
    told = office.get(f"{LEDGER}/trace", params={**OF, "cell": "企业底数!C4"}).json()
    record = told["records"][0]

    assert (told["kind"], told["heading"], told["ledger"]["number"]) == ("fact", "企业名称", "431127-2024Q1-1")
    assert told["facts"][0]["statements"][0]["file"] == "新圩镇.xlsx"
    assert office.get(record["address"]).json()["enterprise"]["name"] == told["value"]
    assert office.get(record["trace"][0]).json()["sheet"] == "企业底数"
    assert office.get(told["address"]).json() == told


@pytest.mark.parametrize(
    ("cell", "revision", "status", "code"),
    [
        ("企业底数!ZZ4", 1, 404, "cell.beyond"),
        ("没有!A1", 1, 404, "cell.sheet"),
        ("企业底数", 1, 422, "cell.bad"),
        ("企业底数!C4", 5, 404, "ledger.no_revision"),
        ("企业底数!C4", 0, 422, "input.bad"),
    ],
)
def test_what_is_no_cell_is_a_problem(office: TestClient, cell: str, revision: int, status: int, code: str) -> None:
    issue(office)
    said = office.get(f"{LEDGER}/trace", params={**OF, "cell": cell, "revision": revision})

    assert (said.status_code, said.json()["code"]) == (status, code)


def test_nothing_is_traced_of_a_quarter_that_was_not_issued(office: TestClient) -> None:
    said = office.get(f"{LEDGER}/trace", params={**OF, "cell": "企业底数!C4"})

    assert (said.status_code, said.json()["code"]) == (404, "ledger.not_issued")


def test_a_citys_officer_issues_the_citys_ledger_and_no_countys(office: TestClient, empty: Engine) -> None:
    with cheaply():
        hire(empty, "shi", ("county_officer", "4311"), office="4311")
        said = office.post("/api/v1/sign-in", json={"name": "shi", "password": PASSWORD}, headers=OURS)
        assert said.status_code == 200
    issued = office.post(f"{LEDGER}/issues", json={"county": "4311", "approved_by": "王五"}, headers=OURS)
    refused = office.post(f"{LEDGER}/issues", json={**OF, "approved_by": "王五"}, headers=OURS)
    check = office.post(f"{LEDGER}/checks", json=OF, headers=OURS)
    read = office.get(f"{LEDGER}.xlsx", params={**OF, "draft": True})
    decided = office.post("/api/v1/corrections", json={}, headers=OURS)

    assert issued.status_code == 200, issued.text
    assert issued.json()["number"] == "431100-2024Q1-1"
    for one in (refused, check, decided):
        assert (one.status_code, one.json()["code"]) == (403, "right.missing")
    assert "市级只能看" in refused.json()["detail"]
    assert read.status_code == 200
    assert office.get("/api/v1/ledgers", params=OF).json()["quarters"] == []
    assert office.get("/api/v1/ledgers?county=140921").status_code == 404


def test_a_city_is_issued_over_its_counties_and_traced_under_its_own_code(office: TestClient) -> None:
    city = {"county": "4311"}
    checked = office.post(f"{LEDGER}/checks", json=city).json()
    said = office.post(f"{LEDGER}/issues", json={**city, "approved_by": "王五"})
    given = office.get(f"{LEDGER}.xlsx", params=city)
    listed = office.get("/api/v1/ledgers", params={"county": "431100"}).json()
    traced = office.get(f"{LEDGER}/trace", params={**city, "cell": "企业底数!D4"}).json()
    chain = office.get("/api/v1/changes", params={"county": "431100"}).json()

    assert (checked["passed"], checked["heads"], checked["recorded"]["heads"]) == (True, {COUNTY: 1}, {COUNTY: 1})
    assert said.status_code == 200, said.text
    assert (said.json()["number"], said.json()["heads"]) == ("431100-2024Q1-1", {COUNTY: 1})
    assert sha256(given.content).hexdigest() == said.json()["sha256"]
    assert (listed["heads"], listed["quarters"][0]["known_since"]) == ({COUNTY: 1}, False)
    assert traced["facts"][0]["statements"][0]["file"] == "新圩镇.xlsx"
    assert [one["act"] for one in chain["items"]] == ["issue", "check"]
    assert office.get("/api/v1/changes").json()["total"] == 1
    assert office.get("/api/v1/obsolete", params={"county": "431100"}).status_code == 404
