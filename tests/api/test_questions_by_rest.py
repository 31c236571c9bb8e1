"""`/api/v1/questions`."""

from __future__ import annotations

from fastapi.testclient import TestClient

COUNTY = {"county": "431127", "as_of": "2024-02-01"}
CLAUSE = "GDC24-IF-NOYOKE-AL"


def test_questions_come_by_township_each_with_its_answers(client: TestClient) -> None:
    said = client.get("/api/v1/questions", params={**COUNTY, "clause": CLAUSE})
    assert said.status_code == 200, said.text
    found = said.json()

    assert [one["township"] for one in found["townships"]] == ["新圩镇", "毛俊镇"]
    fields = {one["field"]: one for one in found["townships"][0]["questions"]}
    assert set(fields) == {"equipment.yoke", "equipment.capacity_t"}
    assert fields["equipment.yoke"]["answers"] == [{"value": True, "label": "有"}, {"value": False, "label": "无"}]
    assert found["totals"]["questions"] == sum(len(one["questions"]) for one in found["townships"])


def test_questions_are_of_one_township_where_it_is_named(client: TestClient) -> None:
    asked = {**COUNTY, "clause": CLAUSE}
    found = client.get("/api/v1/questions", params={**asked, "township": "毛俊镇"}).json()

    assert [one["township"] for one in found["townships"]] == ["毛俊镇"]
    assert client.get("/api/v1/questions", params={**asked, "known": "0"}).json()["townships"] == []
    assert client.get("/api/v1/questions", params={**asked, "township": "没有镇"}).status_code in (404, 422)
    assert client.get("/api/v1/questions", params={**asked, "clause": "NONE"}).status_code in (404, 422)
