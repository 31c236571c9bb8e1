"""`/api/v1/permits/…`: the matrix, what ends, what is doubtful, versions, duties; a permit recorded."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"
TOLD = {**COUNTY, "enterprise": FIRM, "kind": "排污许可", "day": "2024-02-01", "reason": "看过证"}


def test_a_permit_is_recorded_and_shown_everywhere(sending: Callable, writer: TestClient) -> None:
    sending()
    facts = {"办理情况": "已办", "证号": "91130200699229617X001P", "有效期止": "2024-03-31", "管理类别": "简化管理"}
    made = writer.post("/api/v1/permits", json={**TOLD, "facts": facts})
    assert made.status_code == 200, made.text
    assert [one["finding"] for one in made.json()["findings"]] == ["number_unchecked"]

    asked = {**COUNTY, "as_of": "2024-02-15", "kind": "pollutant_discharge"}
    matrix = writer.get("/api/v1/permits/matrix", params=asked).json()
    (cell,) = next(row["cells"] for row in matrix["rows"] if row["enterprise"]["name"] == FIRM)
    assert (cell["state"], cell["required"], cell["duties"]) == ("held", True, ["PERMIT-2"])
    assert cell["permits"][0]["valid_to"]["to"] == "2024-03-31"
    ending = writer.get("/api/v1/permits/expiring", params={**COUNTY, "as_of": "2024-02-15"}).json()
    assert (ending["totals"]["expiring"], ending["lines"][0]["days_left"]["least"]) == (1, 45)
    assert ending["lines"][0]["renewal_late"] is True
    found = writer.get("/api/v1/permits/findings", params={**COUNTY, "as_of": "2024-02-15"}).json()
    assert found["totals"]["number_unchecked"] == 1
    papers = writer.get("/api/v1/permits/versions", params={**COUNTY, "enterprise": FIRM}).json()["papers"]
    assert [one["site"] for one in papers] == ["91130200699229617X001"]

    undone = writer.post(f"/api/v1/imports/{made.json()['batch']}/undo", json={"reason": "看错"})
    assert undone.status_code == 200, undone.text
    assert writer.get("/api/v1/permits/expiring", params={**COUNTY, "as_of": "2024-02-15"}).json()["lines"] == []


def test_what_cannot_be_is_refused_with_the_rule(sending: Callable, writer: TestClient) -> None:
    sending()
    for facts, code in (
        ({"证号": "12345"}, "permit.number"),
        ({"有效期起": "2024-05-01", "有效期止": "2024-04-30"}, "permit.term"),
        ({"颜色": "红"}, "field.unknown"),
    ):
        said = writer.post("/api/v1/permits", json={**TOLD, "facts": facts})
        assert (said.status_code, said.json()["code"]) == (422, code)
    said = writer.post("/api/v1/permits", json={**TOLD, "enterprise": "没有厂", "facts": {"办理情况": "已办"}})
    assert (said.status_code, said.json()["code"]) == (404, "enterprise.unknown")


def test_duties_are_listed_with_their_sentences(client: TestClient) -> None:
    duties = client.get("/api/v1/permits/duties", params={**COUNTY, "as_of": "2025-11-01"}).json()["duties"]
    by_id = {one["id"]: one for one in duties}
    assert "督促企业完善手续" in by_id["LS25-PROCEDURES"]["text"]
    assert by_id["FOUNDRY-CLASS-3391"]["status"] == "draft"
    assert "CJ21-DISCHARGE" not in by_id


def test_a_wrong_kind_or_place_is_told(client: TestClient) -> None:
    for name, value, status in (("kind", "采矿", 422), ("township", "没有镇", 404), ("enterprise", "没有厂", 404)):
        for path in ("matrix", "expiring", "findings"):
            if (path, name) != ("findings", "kind"):
                said = client.get(f"/api/v1/permits/{path}", params={**COUNTY, name: value})
                assert said.status_code == status, (path, name)
