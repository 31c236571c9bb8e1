"""Which machine replaced which, recorded and shown by REST."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}


def test_a_machine_names_the_one_that_it_replaced(sending: Callable, writer: TestClient) -> None:
    sending()
    ids = {row["enterprise"]: row["id"] for row in machines(writer)}
    refused = writer.post("/api/v1/decisions", json=replaced(*ids.values()))
    assert (refused.status_code, refused.json()["code"]) == (422, "replacement.firms")

    same = {**COUNTY, "kind": "same", "firm": "甲铸造有限公司", "other": "乙铸造有限公司", "reason": "同一家"}
    assert writer.post("/api/v1/decisions", json=same).status_code == 200
    old, new = (row["id"] for row in machines(writer))
    told = writer.post("/api/v1/decisions", json=replaced(old, new))

    assert told.status_code == 200
    assert [(row["replaces"], row["replaced_by"]) for row in machines(writer)] == [(None, new), (old, None)]
    assert [row["kind"] for row in decisions(writer)] == ["same", "replaced"]
    back = f"/api/v1/decisions/{told.json()['decision']}/withdraw"
    assert writer.post(back, json={**COUNTY, "reason": "看错"}).json()["taken_back"] == "replaced"
    assert {row["replaced_by"] for row in machines(writer)} == {None}


def replaced(old: str, new: str) -> dict:
    return {**COUNTY, "kind": "replaced", "old": old, "new": new, "reason": "照片"}


def machines(writer: TestClient) -> list[dict]:
    return writer.get("/api/v1/equipment", params=COUNTY).json()["items"]


def decisions(writer: TestClient) -> list[dict]:
    return writer.get("/api/v1/decisions", params=COUNTY).json()["decisions"]
