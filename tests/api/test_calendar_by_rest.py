"""`/api/v1/due`, `/api/v1/holidays`: the calendar over REST."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

COUNTY = {"county": "431127"}
FIRM = "甲铸造有限公司"
TOLD = {**COUNTY, "reason": "国办通知"}


def holidays(writer: TestClient, year: int, **more: str) -> dict:
    said = writer.get("/api/v1/holidays", params={**COUNTY, "year": year, **more})
    assert said.status_code == 200, said.text
    return said.json()


def test_the_table_is_shown_with_its_notice_and_edited(sending: Callable, writer: TestClient) -> None:
    sending()
    shipped = holidays(writer, 2025)
    assert (shipped["known_whole"], len(shipped["days"])) == (True, 33)
    assert "1月28日（农历除夕、周二）" in shipped["arrangements"][0]["text"]
    assert holidays(writer, 2027)["known_whole"] is False

    said = {**TOLD, "kind": "off", "day": "2027-02-05", "until": "2027-02-12", "source": "国办通知"}
    made = writer.post("/api/v1/holidays", json=said)
    assert made.status_code == 200, made.text
    assert writer.post("/api/v1/holidays", json=said).json()["code"] == "holiday.already"
    year = writer.post("/api/v1/holidays", json={**TOLD, "day": "2027-01-01", "source": "国办通知"})
    assert year.status_code == 200, year.text
    found = holidays(writer, 2027)
    assert (found["known_whole"], len(found["days"])) == (True, 8)

    back = writer.post(f"/api/v1/holidays/{made.json()['holidays'][0]}/withdraw", json=TOLD)
    assert back.json()["taken_back"] == "holiday"
    assert len(holidays(writer, 2027)["days"]) == 7
    assert len(holidays(writer, 2027, known=str(year.json()["change"]))["days"]) == 8


def test_working_days_are_counted_or_cannot_be_told(client: TestClient) -> None:
    count = "/api/v1/holidays/count"
    found = client.get(count, params={**COUNTY, "from": "2025-09-30", "days": 3}).json()
    assert (found["to"], found["from_working"]) == ("2025-10-11", True)
    between = client.get(count, params={**COUNTY, "from": "2025-09-30", "to": "2025-10-11"}).json()
    assert between["working_days"] == 3
    beyond = client.get(count, params={**COUNTY, "from": "2026-12-20", "days": 20}).json()
    assert (beyond["to"], "数不到那里" in beyond["why"]) == (None, True)
    assert client.get(count, params={**COUNTY, "from": "2025-09-30"}).json()["code"] == "holiday.count"
    assert client.get(count, params={**COUNTY, "from": "9月30日", "days": 1}).json()["code"] == "day.bad"


def test_a_returned_item_falls_due_and_is_told_to_the_township(sending: Callable, writer: TestClient) -> None:
    sending()
    item = {"text": "补装除尘器，电话 13812345678", "responsible_unit": "县科工局", "due": "2024-03-31"}
    said = {**TOLD, "enterprise": FIRM, "level": "镇街自验", "result": "退回整改", "on": "2024-02-01", "items": [item]}
    assert writer.post("/api/v1/acceptances", json=said).status_code == 200
    asked = {**COUNTY, "as_of": "2024-03-01", "of": "item"}
    found = writer.get("/api/v1/due", params=asked).json()
    assert found["totals"] == {"overdue": 0, "cannot_tell": 0, "due": 1}
    (line,) = found["lines"]
    assert (line["day"], line["days_left"], line["department"]) == ("2024-03-31", 30, "县科工局")
    assert writer.get("/api/v1/due", params={**asked, "within": 10}).json()["later"] == 1

    (text,) = writer.get("/api/v1/due/reminders", params=asked).json()["reminders"]
    assert text["lines"] == 1
    assert "补装除尘器" in text["text"]
    assert "13812345678" not in text["text"]


def test_what_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/api/v1/due", params={**COUNTY, "township": "没有镇"}).status_code == 404
    assert client.get("/api/v1/due", params={**COUNTY, "of": "x"}).json()["code"] == "due.source"
    assert client.get("/api/v1/due", params={**COUNTY, "within": -1}).status_code == 422
