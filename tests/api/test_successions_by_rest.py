"""`/api/v1/successions` and the successions of a firm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

ONE, OTHER = "甲铸造有限公司", "乙铸造有限公司"
WHY = {"county": "431127", "reason": "整合协议"}
ASKED = {"county": "431127", "as_of": "2025-06-30"}


def of(client: TestClient, firm: str) -> dict[str, Any]:
    return client.get(f"/api/v1/enterprises/{firm}/successions", params=ASKED).json()  # type: ignore[no-any-return]


def test_a_merger_is_recorded_shown_at_both_and_taken_back(writer: TestClient, sending: Callable) -> None:
    sending("新圩镇")
    said = writer.post("/api/v1/successions/merged", json={**WHY, "firm": ONE, "into": OTHER, "day": "不明"})
    assert said.status_code == 200, said.text
    assert of(writer, ONE)["successors"][0]["into"]["name"] == OTHER
    assert of(writer, OTHER)["predecessors"][0]["from"]["name"] == ONE
    assert [len(one["owners"]) for one in of(writer, OTHER)["machines"]] == [1, 2]
    (row,) = writer.get("/api/v1/successions", params=ASKED).json()["successions"]
    again = writer.post("/api/v1/successions/merged", json={**WHY, "firm": ONE, "into": OTHER, "day": "不明"})
    assert again.status_code == 409
    back = writer.post(f"/api/v1/successions/{row['succession']}/withdraw", json=WHY)
    assert (back.status_code, back.json()["taken_back"]) == (200, "merged")
    assert of(writer, ONE)["successors"] == []


def test_a_split_a_transfer_a_name_and_a_move(writer: TestClient, sending: Callable) -> None:
    sending("新圩镇")
    sending("毛俊镇")
    (machine,) = of(writer, ONE)["machines"]
    told = {**WHY, "firm": ONE, "equipment": machine["equipment"], "into": OTHER, "day": "2024-03-01"}
    assert writer.post("/api/v1/successions/transferred", json=told).status_code == 200
    assert {one["equipment"] for one in of(writer, OTHER)["machines"]} >= {machine["equipment"]}

    (own,) = (one for one in of(writer, OTHER)["machines"] if one["equipment"] != machine["equipment"])
    given = {machine["equipment"]: "丙铸造有限公司"}
    split = {**WHY, "firm": OTHER, "into": ["丙铸造有限公司"], "machines": given, "day": "2024年5月"}
    made = writer.post("/api/v1/successions/split", json=split).json()
    assert made["asks"] == [own["equipment"]]
    named = {**WHY, "equipment": own["equipment"], "into": OTHER}
    assert writer.post(f"/api/v1/successions/{made['succession']}/named", json=named).status_code == 200
    assert [one["equipment"] for one in of(writer, OTHER)["machines"] if one["words"] is None] == [own["equipment"]]

    renamed = {**WHY, "firm": OTHER, "name": "乙机械有限公司", "day": "2024-06-01"}
    assert writer.post("/api/v1/successions/renamed", json=renamed).status_code == 200
    moved = {**WHY, "firm": OTHER, "township": "土市镇", "day": "2024-06-01"}
    assert writer.post("/api/v1/successions/moved", json=moved).status_code == 200
    assert of(writer, OTHER)["enterprise"]["name"] == "乙机械有限公司"
