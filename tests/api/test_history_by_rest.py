"""`/api/v1/enterprises/{enterprise}/history`, `/api/v1/differences`, `/api/v1/alarms`."""

from __future__ import annotations

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"


def test_the_history_of_a_firm_by_name_or_id(client: TestClient) -> None:
    said = client.get(f"/api/v1/enterprises/{FIRM}/history", params=COUNTY)
    assert said.status_code == 200, said.text
    found = said.json()
    again = client.get(f"/api/v1/enterprises/{found['enterprise']['id']}/history", params=COUNTY).json()
    assert again == found
    assert {one["section"] for one in found["facts"]} == {"enterprise", "equipment"}
    assert all(one["sources"] and one["known_since"]["actor"] for one in found["facts"])
    assert client.get("/api/v1/enterprises/没有/history", params=COUNTY).status_code == 404
    assert client.get(f"/api/v1/enterprises/{FIRM}/history", params={**COUNTY, "section": "x"}).status_code == 422


def test_differences_come_in_pages_of_the_same_knowledge(client: TestClient) -> None:
    asked = {**COUNTY, "from": "2024-01-15@1", "to": "2024-01-15", "limit": 1}
    first = client.get("/api/v1/differences", params={**asked, "from": "2024-01-14", "to": "2024-01-15"}).json()
    assert (first["total"], len(first["firms"])) == (3, 1)
    assert first["enterprises"] == {"opening": 0, "entered": 3, "left": 0, "changed": 0, "closing": 3}
    assert first["firms"][0]["because"] == [{"reason": "new_fact", "label": "新情况"}]
    second = client.get(
        "/api/v1/differences", params={**asked, "from": "2024-01-14", "to": "2024-01-15", "next": first["next"]}
    ).json()
    assert second["firms"][0]["enterprise"] != first["firms"][0]["enterprise"]
    assert second["to"] == first["to"] == {"as_of": "2024-01-15", "known": 2}
    later = client.get("/api/v1/differences", params=asked).json()
    assert [one["label"] for one in later["firms"][0]["because"]] == ["后来补报"]
    assert client.get("/api/v1/differences", params={**asked, "to": "后来"}).status_code == 422
    assert client.get("/api/v1/differences", params={**asked, "next": "x"}).status_code == 422


def test_alarms_answer(client: TestClient) -> None:
    said = client.get("/api/v1/alarms", params={**COUNTY, "township": "新圩镇", "as_of": "2024-02-01"}).json()
    assert (said["alarms"], said["totals"]) == ([], {"relapse": 0, "same_number": 0, "handed_on": 0})


def test_the_dossier_of_a_firm_by_name_or_id(client: TestClient) -> None:
    found = client.get(f"/api/v1/enterprises/{FIRM}/dossier", params=COUNTY)
    assert found.status_code == 200
    id = found.json()["enterprise"]["id"]
    assert client.get(f"/api/v1/enterprises/{id}/dossier", params=COUNTY).json() == found.json()
    assert client.get("/api/v1/enterprises/没有/dossier", params=COUNTY).status_code == 404
