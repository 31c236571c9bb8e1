"""`/api/v1/limits` and `/api/v1/measurements`."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"
TOLD = {**COUNTY, "enterprise": FIRM, "source": "年报", "reason": "年报上写的"}


def test_a_measurement_is_recorded_listed_and_withdrawn(sending: Callable, writer: TestClient) -> None:
    sending()
    said = {**TOLD, "kind": "tce_per_t", "value": 0.3, "circumstances": {"metal": "铸铁"}, "on": "2023年"}

    told = writer.post("/api/v1/measurements", json=said)
    again = writer.post("/api/v1/measurements", json=said)

    assert told.status_code == 200, told.text
    assert (again.status_code, again.json()["code"]) == (409, "measure.already")
    (one,) = writer.get("/api/v1/measurements", params=COUNTY).json()["measurements"]
    assert (one["circumstances"], one["measured_on"]["to"]) == ({"metal": "iron"}, "2023-12-31")
    back = f"/api/v1/measurements/{one['measurement']}/withdraw"
    assert writer.post(back, json={**COUNTY, "reason": "看错"}).json()["taken_back"] == "measurement"
    assert writer.post(back, json={**COUNTY, "reason": "看错"}).status_code == 404
    assert writer.get("/api/v1/measurements", params=COUNTY).json()["measurements"] == []


def test_limits_answer_with_what_is_asked_for(client: TestClient) -> None:
    said = client.get("/api/v1/limits", params={**COUNTY, "as_of": "2024-06-30"}).json()
    assert said["totals"] == {"meets": 0, "fails": 0, "cannot_tell": 3}
    assert {line["limit"] for line in said["lines"]} == {"PERMIT-33"}
    assert all(line["question"] for line in said["lines"])


def test_limits_of_one_township_or_one_firm(client: TestClient) -> None:
    firm = client.get("/api/v1/limits", params={**COUNTY, "enterprise": FIRM}).json()["lines"]
    assert {line["enterprise"]["name"] for line in firm} == {FIRM}
    assert client.get("/api/v1/limits", params={**COUNTY, "township": "没有镇"}).status_code == 404
    assert client.get("/api/v1/limits", params={**COUNTY, "enterprise": "没有厂"}).status_code == 404


def test_a_limit_is_tried(client: TestClient) -> None:
    said = {"limit": "XZ-FLANGE-2024", "facts": {"nox_mg_per_m3": "160", "o2_pct": "12"}, "as_of": "2024-06-01"}
    (verdict,) = client.post("/api/v1/limits/try", json=said).json()["verdicts"]
    assert (verdict["answer"], verdict["numbers"]["converted"]) == ("fails", "231.1")
    refused = client.post("/api/v1/limits/try", json={**said, "facts": {"nox_mg_per_m3": "160", "o2_pct": "21"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "limits.o2")


def test_limits_are_listed(client: TestClient) -> None:
    rows = client.get("/api/v1/limits/list", params=COUNTY).json()["limits"]
    assert {"PERMIT-33", "GB39726-CUPOLA"} <= {row["limit"] for row in rows}


def test_years_are_set_and_taken_back(sending: Callable, writer: TestClient) -> None:
    sending()
    said = {**COUNTY, "kind": "感应电炉", "years": 15, "reason": "县里定"}
    assert writer.post("/api/v1/limits/life", json=said).json()["years"] == 15
    assert writer.post("/api/v1/limits/life", json=said).status_code == 409
    assert writer.post("/api/v1/limits/life", json={**said, "years": None}).json()["taken_back"] == "service_life"
    assert writer.post("/api/v1/limits/life", json={**said, "years": 0}).status_code == 422
