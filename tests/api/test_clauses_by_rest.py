"""`/api/v1/clauses`: tried, added, adopted, shown and dropped."""

from __future__ import annotations

import json
from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
CLAUSE = "LS25-STEEL-SHELL"
FILE = """version: 1
sources: {county: {title: 蓝山县方案}}
clauses:
  - id: LS25-STEEL-SHELL
    category: eliminate
    clause_text: 钢壳中频炉一并淘汰
    evidence: {level: paper, source: county}
    kind: induction_furnace
    when: {all: [{field: shell, op: eq, value: steel}]}
    effective_from: 2025-07-01
"""
SENT = {**COUNTY, "name": "县.yaml", "text": FILE}
REASON = {**COUNTY, "reason": "常务会议"}


def test_a_file_is_tried_added_adopted_and_its_clause_dropped(sending: Callable, writer: TestClient) -> None:
    sending()
    asking = {**COUNTY, "as_of": "2025-07-01", "clause": CLAUSE}

    tried = writer.post("/api/v1/clauses/try", json={**SENT, "as_of": "2025-07-01"}).json()
    (one,) = tried["changes"]
    assert (one["enterprise"]["name"], one["after"]["clause"]) == ("乙铸造有限公司", CLAUSE)
    assert writer.get("/api/v1/obsolete", params=asking).status_code == 404

    added = writer.post("/api/v1/clauses", json={**SENT, "reason": "县政府文件"}).json()
    again = writer.post("/api/v1/clauses", json={**SENT, "reason": "县政府文件"})
    adopted = writer.post(f"/api/v1/clauses/{CLAUSE}/adopt", json=REASON).json()
    assert (added["change"], added["adopted"], adopted["change"]) == (2, [], 3)
    assert (again.status_code, again.json()["code"]) == (409, "clauses.already")

    shown = writer.get(f"/api/v1/clauses/{CLAUSE}", params={**COUNTY, "as_of": "2025-07-01"}).json()
    assert (shown["decides"], shown["own"], shown["file"]["name"]) == (True, True, "县.yaml")
    assert writer.get("/api/v1/obsolete", params=asking).json()["totals"]["holds"]["furnaces"] == 1

    dropped = writer.post(f"/api/v1/clauses/{CLAUSE}/drop", json=REASON).json()
    assert dropped == {"county": "431127", "clause": CLAUSE, "change": 4}


def test_clauses_are_listed_by_status_day_and_knowledge(client: TestClient) -> None:
    every = client.get("/api/v1/clauses", params=COUNTY).json()["clauses"]
    drafts = client.get("/api/v1/clauses", params={**COUNTY, "status": "draft", "known": "0"}).json()["clauses"]
    in_force = client.get("/api/v1/clauses", params={**COUNTY, "as_of": "2021-01-01"}).json()["clauses"]

    assert len(every) > 50
    assert {one["status"] for one in drafts} == {"draft"}
    assert all(one["in_force"] for one in in_force)
    deciding = [one["clause"] for one in in_force if one["decides"]]
    assert deciding == ["GDC19-IF-NOYOKE-AL", "LOCAL-LANSHAN-AL-SHELL"]


def test_every_fault_of_a_file_is_listed(writer: TestClient, sending: Callable) -> None:
    sending()
    wrong = {**SENT, "text": FILE.replace("value: steel", "value: stell").replace("kind:", "colour:")}

    for route, more in (("/api/v1/clauses", {"reason": "试"}), ("/api/v1/clauses/try", {})):
        said = writer.post(route, json=wrong | more)
        assert (said.status_code, said.json()["code"]) == (422, "catalogue.fault")
        assert any("第9行" in fault["detail"] for fault in said.json()["errors"])


def test_what_is_not_there_or_cannot_be_is_said(client: TestClient) -> None:
    unknown = client.get("/api/v1/clauses/GDC99", params=COUNTY)
    draft = client.post("/api/v1/clauses/GDC-PICKLING/adopt", json=REASON)
    national = client.post("/api/v1/clauses/GDC24-IF-NOYOKE-AL/drop", json=REASON)

    assert (unknown.status_code, unknown.json()["code"]) == (404, "clause.unknown")
    assert (draft.status_code, draft.json()["code"]) == (409, "clause.not_adoptable")
    assert (national.status_code, national.json()["code"]) == (409, "clause.shipped")


def test_an_empty_or_unspeakable_file_is_refused(client: TestClient) -> None:
    for text in ("version: 1\nclauses: []\n", "# \ud800"):
        body = json.dumps({**COUNTY, "name": "a", "text": text})
        said = client.post("/api/v1/clauses/try", content=body, headers={"content-type": "application/json"})
        assert said.status_code == 422
