"""`/api/v1/plans/…`: paper 000's plans played: made, noticed, accepted by a third party, certified; refused before."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"
TOLD = {**COUNTY, "reason": "验收销号意见"}


def step(writer: TestClient, stage: str, on: str, *firms: str, **more: object):  # type: ignore[no-untyped-def]
    said = {**TOLD, "enterprises": list(firms or (FIRM,)), "stage": stage, "on": on, **more}
    return writer.post("/api/v1/plans/steps", json=said)


def standing(writer: TestClient, as_of: str = "2025-12-31", **more: str) -> dict:
    said = writer.get("/api/v1/plans/standing", params={**COUNTY, "as_of": as_of, **more})
    assert said.status_code == 200, said.text
    return said.json()


def test_a_step_is_refused_with_the_sentence_and_recorded_as_a_gap(sending: Callable, writer: TestClient) -> None:
    sending()
    refused = step(writer, "已出具证明", "2025-12-22")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan.gap")
    assert "铸协共为10家企业出具了符合环保督察整改自主验收条件证明" in refused.json()["detail"]
    assert standing(writer)["plans"] == []

    told = step(writer, "已出具证明", "2025-12-22", with_gap=True)
    assert told.status_code == 200, told.text
    missing = [gap["missing"] for gap in told.json()["steps"][0]["gaps"]]
    assert missing == ["made", "notified", "self_accepted", "certificate"]
    (found,) = standing(writer, gaps="true")["plans"]
    assert (found["stage"], [gap["missing"] for gap in found["gaps"]]) == ("certified", missing)
    assert standing(writer, "2025-12-21")["plans"] == []

    back = writer.post(f"/api/v1/plans/records/{found['steps'][0]['step']}/withdraw", json=TOLD)
    assert back.json()["taken_back"] == "plan_step"
    assert standing(writer)["plans"] == []
    assert standing(writer, known=str(told.json()["change"]))["plans"][0]["stage"] == "certified"


def test_measures_are_promised_carried_out_and_overdue(sending: Callable, writer: TestClient) -> None:
    sending()
    step(writer, "made", "2024年上半年", FIRM, "乙铸造有限公司", with_gap=True)
    said = {
        **TOLD,
        "enterprise": FIRM,
        "measure": "铝壳炉换成钢壳炉",
        "responsible_unit": "县科工局",
        "due": "2025年4月底前",
    }
    made = writer.post("/api/v1/plans/measures", json=said)
    assert made.status_code == 200, made.text
    assert writer.post("/api/v1/plans/measures", json=said).json()["code"] == "plan.measure_already"
    asked = {**COUNTY, "as_of": "2025-05-01"}
    assert writer.get("/api/v1/plans/overdue", params=asked).json()["totals"]["overdue"] == 1

    longer = f"/api/v1/plans/measures/{made.json()['measure']}/extend"
    put_off = writer.post(longer, json={**TOLD, "due": "2025年5月10日"})
    assert (put_off.status_code, put_off.json()["former_due"]["text"]) == (200, "2025年4月底前"), put_off.text
    assert writer.post(longer, json={**TOLD, "due": "2025年5月9日"}).json()["code"] == "plan.extension"
    assert writer.get("/api/v1/plans/overdue", params=asked).json()["totals"]["overdue"] == 0

    done = f"/api/v1/plans/measures/{made.json()['measure']}/done"
    assert writer.post(done, json={**TOLD, "on": "2025-05-20"}).status_code == 200
    assert writer.post(done, json={**TOLD, "on": "2025-05-21"}).status_code == 409
    late = writer.get("/api/v1/plans/overdue", params={**COUNTY, "as_of": "2026-01-01"}).json()
    assert (late["totals"], len(late["plans"])) == ({"overdue": 0, "cannot_tell": 0, "due": 0, "plans": 2}, 2)
    (measure,) = standing(writer, enterprise=FIRM)["plans"][0]["measures"]
    assert (measure["state"], measure["late"]) == ("done", True)


def test_progress_and_the_rules_are_shown(sending: Callable, writer: TestClient) -> None:
    sending()
    step(writer, "made", "2024年上半年", with_gap=True)
    told = writer.get("/api/v1/plans/progress", params={**COUNTY, "as_of": "2024-12-31"}).json()
    assert (told["total"]["plans"], told["total"]["without_plan"], told["total"]["at"]["made"]) == (1, 1, 1)
    stages = writer.get("/api/v1/plans/stages", params={**COUNTY, "as_of": "2025-12-01"}).json()["stages"]
    assert [one["stage"] for one in stages if one["status"] == "confirmed"] == [
        "made",
        "notified",
        "in_progress",
        "self_accepted",
        "certified",
        "accepted",
        "failed",
    ]


def test_what_is_not_there_is_told(client: TestClient) -> None:
    for path in ("standing", "overdue"):
        assert client.get(f"/api/v1/plans/{path}", params={**COUNTY, "township": "没有镇"}).status_code == 404
    said = client.get("/api/v1/plans/standing", params={**COUNTY, "stage": "销号"})
    assert (said.status_code, said.json()["code"]) == (422, "plan.stage")
