"""`/api/v1/desk` and what is decided there."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}


def test_two_records_become_one_and_are_taken_apart(sending: Callable, writer: TestClient) -> None:
    sending()
    said = {**COUNTY, "kind": "same", "firm": "甲铸造有限公司", "other": "乙铸造有限公司", "reason": "同一家"}

    told = writer.post("/api/v1/decisions", json=said)
    again = writer.post("/api/v1/decisions", json=said)

    assert told.status_code == 200
    assert (again.status_code, again.json()["code"]) == (409, "identity.same_already")
    assert writer.get("/api/v1/enterprises?county=431127").json()["total"] == 1
    back = f"/api/v1/decisions/{told.json()['decision']}/withdraw"
    assert writer.post(back, json={**COUNTY, "reason": "看错"}).json()["taken_back"] == "same"
    assert writer.get("/api/v1/enterprises?county=431127").json()["total"] == 2
    assert writer.get("/api/v1/decisions?county=431127").json()["decisions"] == []


def test_a_correction_by_hand_is_the_value(sending: Callable, writer: TestClient) -> None:
    sending()
    facts = {"status": "停产", "employees": "35人"}
    said = {**COUNTY, "subject": "甲铸造有限公司", "facts": facts, "day": "2024-02-01", "reason": "电话核实"}

    told = writer.post("/api/v1/corrections", json=said)

    assert told.status_code == 200
    (firm,) = writer.get("/api/v1/enterprises", params={**COUNTY, "status": "suspended"}).json()["items"]
    assert firm["name"] == "甲铸造有限公司"


def test_the_desk_says_what_waits(sending: Callable, writer: TestClient) -> None:
    sending()
    said = writer.get("/api/v1/desk", params=COUNTY).json()
    lists = {"pairs", "disputes", "missing", "held", "replacements", "owner_unknown"}
    assert said.keys() == {"county", "as_of", *lists}


def test_a_decision_that_names_too_little_is_refused(sending: Callable, writer: TestClient) -> None:
    sending()
    said = writer.post("/api/v1/decisions", json={**COUNTY, "kind": "same", "firm": "甲铸造有限公司", "reason": "?"})
    assert (said.status_code, said.json()["code"]) == (422, "decision.incomplete")


def test_a_spelling_of_a_township_is_told_listed_and_withdrawn(sending: Callable, writer: TestClient) -> None:
    sending()
    said = {**COUNTY, "kind": "township", "written": "新墟", "township": "新圩镇", "reason": "老写法"}

    told = writer.post("/api/v1/decisions", json=said)

    assert told.status_code == 200
    assert writer.post("/api/v1/decisions", json=said).status_code == 409
    (one,) = writer.get("/api/v1/decisions", params=COUNTY).json()["decisions"]
    assert (one["kind"], one["about"]["what"], one["about"]["key"]) == ("learned", "township", "新墟")
    back = writer.post(f"/api/v1/decisions/{one['decision']}/withdraw", json={**COUNTY, "reason": "看错"})
    assert back.json()["taken_back"] == "learned"


def test_a_township_s_template_is_downloaded(sending: Callable, writer: TestClient) -> None:
    sending(township="新圩镇")
    said = writer.get("/api/v1/templates/2024Q1.xlsx", params={**COUNTY, "township": "新圩镇"})
    unknown = writer.get("/api/v1/templates/2024Q1.xlsx", params={**COUNTY, "township": "没有镇"})

    assert (said.status_code, said.content[:2]) == (200, b"PK")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "township.unknown")
