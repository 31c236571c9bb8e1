"""`/api/v1/acceptances`: three levels over REST, refused out of order, returned, mended, taken back."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"
TOLD = {**COUNTY, "reason": "现场验收"}


def accept(writer: TestClient, level: str, result: str, on: str, **more: object):  # type: ignore[no-untyped-def]
    who = {"units": ["县科工局"], "people": ["张三"]}
    said = {**TOLD, "enterprise": FIRM, "level": level, "result": result, "on": on, **who, **more}
    return writer.post("/api/v1/acceptances", json=said)


def shown(writer: TestClient, **more: str) -> dict:
    said = writer.get("/api/v1/acceptances", params={**COUNTY, "as_of": "2025-12-31", **more})
    assert said.status_code == 200, said.text
    return said.json()


def test_an_upper_level_accepts_only_what_the_lower_has(sending: Callable, writer: TestClient) -> None:
    sending()
    refused = accept(writer, "county", "passed", "2025-12-01")
    assert (refused.status_code, refused.json()["code"]) == (409, "acceptance.gap")
    assert "上一级只验收下一级已经通过的企业" in refused.json()["detail"]
    assert shown(writer)["firms"] == []

    assert accept(writer, "township", "passed", "2025-11-10").status_code == 200
    made = accept(writer, "county", "passed", "2025-12-01")
    assert (made.status_code, made.json()["next"][0]["next"]) == (200, "下一步：市级抽验")
    assert accept(writer, "county", "passed", "2025-12-01").json()["code"] == "acceptance.already"
    (firm,) = shown(writer)["firms"]
    assert [level["passed"] for level in firm["levels"]] == [True, True, False]
    assert {gap["of"] for gap in firm["gaps"]} == {"paper"}

    back = writer.post(f"/api/v1/acceptances/{made.json()['acceptance']}/withdraw", json=TOLD)
    assert back.json()["taken_back"] == "acceptance"
    assert [level["passed"] for level in shown(writer)["firms"][0]["levels"]] == [True, False, False]
    before = shown(writer, known=str(made.json()["change"]))["firms"][0]["levels"]
    assert [level["passed"] for level in before] == [True, True, False]


def test_what_was_returned_is_mended(sending: Callable, writer: TestClient) -> None:
    sending()
    item = {"text": "补装除尘器", "responsible_unit": "县科工局", "due": "2025-11-30"}
    made = accept(writer, "township", "returned", "2025-11-01", items=[item])
    assert made.status_code == 200, made.text
    done = f"/api/v1/acceptances/items/{made.json()['items'][0]}/done"
    assert writer.post(done, json={**TOLD, "on": "2025-12-05"}).status_code == 200
    assert writer.post(done, json={**TOLD, "on": "2025-12-05"}).json()["code"] == "acceptance.item_done"
    (firm,) = shown(writer)["firms"]
    assert firm["acceptances"][0]["items"][0]["state"] == "done"
    assert shown(writer, as_of="2025-12-01")["firms"][0]["acceptances"][0]["items"][0]["state"] == "overdue"


def test_a_notice_sets_what_is_to_be_mended(sending: Callable, writer: TestClient) -> None:
    sending()
    step = {**TOLD, "enterprise": FIRM, "kind": "限期整改", "effective_on": "2025-10-20", "with_gap": True}
    action = writer.post("/api/v1/steps", json={**step, "authority": "蓝山县科工局"})
    assert action.status_code == 200, action.text
    said = {**TOLD, "action": action.json()["action"], "items": [{"text": "换钢壳炉", "due": "2025-12-31"}]}
    assert writer.post("/api/v1/acceptances/items", json=said).status_code == 200
    assert writer.post("/api/v1/acceptances/items", json=said).json()["code"] == "acceptance.item_already"
    assert shown(writer)["firms"][0]["notices"][0]["text"] == "换钢壳炉"


def test_what_is_not_there_is_told(sending: Callable, writer: TestClient) -> None:
    sending()
    assert accept(writer, "省级", "passed", "2025-11-10").json()["code"] == "acceptance.level"
    assert accept(writer, "township", "passed", "哪天").status_code == 422
    assert accept(writer, "township", "returned", "2025-11-10").json()["code"] == "acceptance.items"
    assert writer.post("/api/v1/acceptances/nothing/withdraw", json=TOLD).status_code == 404
    assert writer.get("/api/v1/acceptances", params={**COUNTY, "township": "没有镇"}).status_code == 404
