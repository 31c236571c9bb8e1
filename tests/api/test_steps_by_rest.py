"""Steps over REST: refused with the rule, recorded, listed with their gaps, asked about, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import COUNTY

FIRM = "甲铸造有限公司"
CUT = {"enterprise": FIRM, "kind": "cut", "effective_on": "2025-12-10", "authority": "蓝山县科工局", "reason": "整治"}


@pytest.fixture
def asking(writer: TestClient, sending: Callable[..., Any]) -> TestClient:
    sending()
    return writer


def post(client: TestClient, path: str, **said: Any) -> Any:
    return client.post(f"/api/v1/{path}", json={"county": COUNTY, **said})


def test_a_refused_step_is_a_problem_that_says_the_sentence(asking: TestClient) -> None:
    answer = post(asking, "steps", **CUT)

    assert (answer.status_code, answer.json()["code"]) == (409, "step.refused")
    assert "蓝山县科工局根据市生态环境局蓝山分局函件" in answer.json()["detail"]
    assert asking.get("/api/v1/steps").json()["steps"] == []


def test_it_is_recorded_with_its_gap_listed_and_taken_back(asking: TestClient) -> None:
    done = post(asking, "steps", **CUT, with_gap=True)
    again = post(asking, "steps", **CUT, with_gap=True)
    listed = asking.get("/api/v1/steps", params={"as_of": "2026-01-31"}).json()
    gaps = asking.get("/api/v1/gaps", params={"as_of": "2026-01-31", "enterprise": FIRM}).json()
    states = asking.get("/api/v1/states", params={"as_of": "2025-12-31"}).json()

    assert done.status_code == 200, done.text
    assert (again.status_code, again.json()["code"]) == (409, "step.already")
    (one,) = listed["steps"]
    assert (one["label"], one["authority"], one["with_gap"]) == ("停电", "蓝山县科工局", True)
    assert "LS25-CUT-LETTER" in {gap["condition"] for gap in gaps["gaps"]}
    assert gaps["open"] == sum(gap["open"] for gap in gaps["gaps"]) > 0
    assert states["totals"]["power_cut"] == {"yes": 1, "no": 0, "cannot_tell": 0, "not_recorded": 1}

    back = post(asking, f"steps/{done.json()['step']}/withdraw", reason="记错")
    assert back.status_code == 200
    assert asking.get("/api/v1/steps", params={"as_of": "2026-01-31"}).json()["steps"] == []
    before = asking.get("/api/v1/steps", params={"as_of": "2026-01-31", "known": done.json()["change"]}).json()
    assert len(before["steps"]) == 1
    assert post(asking, f"steps/{done.json()['step']}/withdraw", reason="记错").status_code == 404


def test_may_it_be_restored(asking: TestClient) -> None:
    post(asking, "steps", **CUT, with_gap=True)

    answer = asking.get(
        f"/api/v1/enterprises/{FIRM}/may", params={"step": "restore", "as_of": "2025-12-23", "county": COUNTY}
    ).json()

    assert (answer["answer"], answer["answer_label"], answer["label"]) == (False, "不可以", "复电")
    assert "对未达到铸协、省环科院验收标准的不予恢复生产供电" in {one["sentence"] for one in answer["conditions"]}
    assert asking.get(f"/api/v1/enterprises/{FIRM}/may", params={"step": "dance"}).json()["code"] == "step.kind"


def test_the_rules_are_listed_with_their_sources(asking: TestClient) -> None:
    found = asking.get("/api/v1/steps/rules", params={"county": COUNTY, "step": "停电", "as_of": "2026-01-05"}).json()

    assert {one["id"] for one in found["orders"]} == {"LS25-CUT", "SAFE-70"}
    (one,) = [one for one in found["requirements"] if one["id"] == "FORCE-43-NIGHT"]
    assert one["source"] == "行政强制法第四十三条"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"effective_on": "下个月"}, 422),
        ({"effective_on": "2999-01-01"}, 422),
        ({"document_no": "第几号"}, 422),
        ({"document": "nothing"}, 404),
        ({"quantity": 0}, 422),
        ({"enterprise": "没有"}, 404),
    ],
)
def test_bad_input_is_named(asking: TestClient, more: dict[str, Any], status: int) -> None:
    answer = post(asking, "steps", **{**CUT, **more})

    assert answer.status_code == status
    assert answer.json()["detail"]
