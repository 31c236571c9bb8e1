"""`/api/v1/limits`, `/api/v1/programmes`: a county's own files of them, over the routes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

COUNTY = {"county": "140921"}
REASON = {**COUNTY, "reason": "县政府文件"}
LIMIT = """version: 1
sources: {county: {title: 定襄县通知}}
limits:
  - id: DX25-TCE
    kind: energy
    title: 锻件综合能耗
    text: 吨铸件综合能耗不高于0.3吨标准煤
    evidence: {level: paper, source: county}
    measure: tce_per_t
    comparison: "<="
    unit: 吨标准煤/吨
    limit: 0.3
    effective_from: 2025-07-01
"""
PROGRAMME = """version: 1
programmes:
  - id: DX25-SECOND
    title: 定襄县第二轮整治方案
    kind: plan
    issuer: 定襄县人民政府
    jurisdiction: "140921"
    scope:
      - {name: 法兰, counties: ["140921"], text: 法兰产业}
"""


def test_a_limit_is_checked_added_tried_adopted_and_dropped(writer: TestClient) -> None:
    sent = {**COUNTY, "name": "限值.yaml", "text": LIMIT}
    assert writer.post("/api/v1/limits/check", json=sent).json() == {"limits": ["DX25-TCE"]}

    added = writer.post("/api/v1/limits", json={**sent, "reason": "县政府文件"}).json()
    again = writer.post("/api/v1/limits", json={**sent, "reason": "县政府文件"})
    tried = writer.post("/api/v1/limits/try", json={**COUNTY, "limit": "DX25-TCE", "facts": {"tce_per_t": "0.2"}})
    adopted = writer.post("/api/v1/limits/DX25-TCE/adopt", json=REASON).json()
    rows = writer.get("/api/v1/limits/list", params={**COUNTY, "as_of": "2025-07-01"}).json()["limits"]
    held = writer.post(f"/api/v1/limits/{added['file']}/drop", json=REASON)
    dropped = writer.post("/api/v1/limits/DX25-TCE/drop", json=REASON).json()

    assert (added["change"], added["limits"], added["adopted"]) == (1, ["DX25-TCE"], [])
    assert (again.status_code, again.json()["code"]) == (409, "limits.already")
    assert tried.json()["verdicts"][0]["answer"] == "meets"
    assert adopted == {"county": "140921", "limit": "DX25-TCE", "change": 2}
    (row,) = [one for one in rows if one["limit"] == "DX25-TCE"]
    assert (row["decides"], row["adopted"], row["file"]["name"]) == (True, "county", "限值.yaml")
    assert (held.status_code, held.json()["code"]) == (409, "limits.adopted")
    assert dropped == {"county": "140921", "dropped": "DX25-TCE", "change": 3}


def test_a_draft_is_confirmed_with_its_source(writer: TestClient) -> None:
    refused = writer.post("/api/v1/limits/GB39726-GAS/adopt", json=REASON)
    told = writer.post("/api/v1/limits/GB39726-GAS/adopt", json={**REASON, "source": "GB 39726—2020 表1"})

    assert (refused.status_code, refused.json()["code"]) == (409, "limit.draft")
    assert told.json()["change"] == 1


def test_a_programme_is_checked_added_shown_and_taken_out(writer: TestClient) -> None:
    sent = {**COUNTY, "name": "第二轮.yaml", "text": PROGRAMME}
    assert writer.post("/api/v1/programmes/check", json=sent).json() == {"programmes": ["DX25-SECOND"]}
    here = "/api/v1/programmes/DX25-SECOND"

    added = writer.post("/api/v1/programmes", json={**sent, "reason": "县政府文件"}).json()

    assert (added["change"], added["replaced"]) == (1, [])
    assert writer.get(here, params=COUNTY).json()["title"] == "定襄县第二轮整治方案"
    assert [writer.get(here).status_code, writer.get(here, params={**COUNTY, "known": "0"}).status_code] == [404, 404]
    listed = writer.get("/api/v1/programmes", params=COUNTY).json()["programmes"]
    assert "DX25-SECOND" in [one["programme"] for one in listed]
    gone = writer.post(f"/api/v1/programmes/files/{added['file']}/drop", json=REASON).json()
    assert (gone["dropped"], gone["change"]) == ("第二轮.yaml", 2)
    assert writer.get(here, params=COUNTY).status_code == 404
    unknown = writer.post(f"/api/v1/programmes/files/{added['file']}/drop", json=REASON)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "programmes.file_unknown")


@pytest.mark.parametrize(
    ("room", "text", "line"),
    [
        ("limits", LIMIT.replace("0.3\n  ", "很多\n  "), "第12行"),
        ("programmes", PROGRAMME.replace("plan", "x"), "第5行"),
    ],
)
def test_every_fault_of_a_file_is_listed(writer: TestClient, room: str, text: str, line: str) -> None:
    sent = {**COUNTY, "name": "错.yaml", "text": text}

    for route, more in ((f"/api/v1/{room}", {"reason": "试"}), (f"/api/v1/{room}/check", {})):
        said = writer.post(route, json=sent | more)
        assert (said.status_code, said.json()["code"]) == (422, "catalogue.fault")
        assert any(line in fault["detail"] for fault in said.json()["errors"]), said.json()
