"""Lists: pages that add up, filters that are refused when unknown, the same rows as Excel."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.register.rosters import COUNTY

JSON = {"content-type": "application/json"}
NOUNS = ["enterprises", "equipment", "permits", "plans", "actions", "figures"]


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_has_total_items_next_counts_and_address(client: TestClient, noun: str) -> None:
    said = client.get(f"/api/v1/{noun}?as_of=2024-01-15").json()

    assert set(said) == {"total", "items", "next", "counts", "address", "pinned"}
    assert said["total"] == len(said["items"])
    assert said["next"] is None


def test_pages_add_up_to_the_whole(client: TestClient) -> None:
    whole = client.get("/api/v1/enterprises?as_of=2024-01-15").json()

    first = client.get("/api/v1/enterprises?as_of=2024-01-15&limit=2").json()
    second = client.get(f"/api/v1/enterprises?as_of=2024-01-15&limit=2&next={first['next']}").json()

    assert first["items"] + second["items"] == whole["items"]
    assert (first["total"], second["next"]) == (3, None)


@pytest.mark.parametrize("noun", ["enterprises", "equipment"])
def test_a_township_is_told_by_name_or_code_and_must_be_one(client: TestClient, noun: str) -> None:
    by_name = client.get(f"/api/v1/{noun}?as_of=2024-01-15&township=新圩镇").json()
    by_code = client.get(f"/api/v1/{noun}?as_of=2024-01-15&township=431127105").json()
    unknown = client.get(f"/api/v1/{noun}?as_of=2024-01-15&township=新于镇")

    assert (by_name["total"], by_code) == (2, by_name)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "township.unknown")


def test_a_filter_is_a_column_and_its_value_a_code_or_a_word(client: TestClient) -> None:
    by_code = client.get("/api/v1/equipment?as_of=2024-01-15&shell=aluminium").json()
    by_word = client.get("/api/v1/equipment?as_of=2024-01-15&shell=铝壳").json()

    assert [row["enterprise"] for row in by_code["items"]] == ["甲铸造有限公司"]
    assert by_word == by_code


def test_filters_combine_in_one_way_for_list_count_and_export(client: TestClient) -> None:
    query = "as_of=2024-01-15&township=新圩镇&township=毛俊镇&shell.not=steel&maybe=include"
    listed = client.get(f"/api/v1/equipment?{query}").json()
    counted = client.get(f"/api/v1/equipment/count?{query}").json()
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"/api/v1/equipment.xlsx?{query}").content)).active
    exported = [row[0] for row in sheet.iter_rows(values_only=True) if row[-1] in ("符合", "不能确定")]

    assert [row["enterprise"] for row in listed["items"]] == exported == ["甲铸造有限公司", "丙铸造有限公司"]
    assert [row.get("maybe", False) for row in listed["items"]] == [False, True]
    assert {name: counted[name] for name in ("total", "counts", "address", "pinned")} == {
        name: listed[name] for name in ("total", "counts", "address", "pinned")
    }
    assert counted["counts"] == {
        "fits": {"rows": 1, "enterprises": 1, "furnaces": 1, "gone": 0},
        "maybe": {"rows": 1, "enterprises": 1, "furnaces": 1, "gone": 0},
    }


def test_an_address_asks_the_same_again(client: TestClient) -> None:
    first = client.get("/api/v1/enterprises?as_of=2024-01-15&q=jzz&q=丙").json()

    assert first["address"] == "/api/v1/enterprises?county=431127&as_of=2024-01-15&q=JZZ&q=%E4%B8%99"
    assert first["pinned"] == "/api/v1/enterprises?county=431127&as_of=2024-01-15&known=2&q=JZZ&q=%E4%B8%99"
    assert client.get(first["address"]).json() == first
    assert client.get(first["pinned"]).json()["items"] == first["items"]


def test_signs_work_in_an_address(client: TestClient) -> None:
    assert client.get("/api/v1/equipment?as_of=2024-01-15&shell!=steel").json()["total"] == 1
    assert client.get("/api/v1/equipment?as_of=2024-01-15&quantity>=1").json()["counts"]["maybe"]["rows"] == 3


def test_a_list_is_sorted_in_its_address_its_pages_its_sheet_and_its_saved_view(
    sending: Callable[..., object], writer: TestClient
) -> None:
    sending()
    address = "/api/v1/equipment?as_of=2024-01-15&maybe=include"
    listed = writer.get(f"{address}&sort=-企业名称").json()
    names = [row["enterprise"] for row in listed["items"]]

    assert names == [row["enterprise"] for row in writer.get(address).json()["items"]][::-1]
    assert names == ["乙铸造有限公司", "甲铸造有限公司"]
    assert "sort=-enterprise" in listed["address"]
    assert writer.get(listed["address"]).json() == listed
    sheet = openpyxl.load_workbook(BytesIO(writer.get(f"/api/v1/equipment.xlsx{listed['pinned'][17:]}").content)).active
    assert [row[0] for row in sheet.iter_rows(values_only=True) if row[0] in names] == names
    first = writer.get(f"{address}&sort=-enterprise&limit=1").json()
    rest = writer.get(f"{address}&sort=-enterprise&limit=9&next={first['next']}").json()
    assert first["items"] + rest["items"] == listed["items"]
    saved = writer.put("/api/v1/views/倒着", json={"address": listed["address"]}).json()
    assert writer.get(saved["address"]).json()["items"] == listed["items"]
    assert writer.get(f"{address}&sort=maker").json()["code"] == "sort.unknown"


def test_a_city_is_listed_counted_and_exported_by_one_address(client: TestClient) -> None:
    whole = client.get("/api/v1/enterprises?as_of=2024-01-15&division=4311").json()
    first = client.get("/api/v1/enterprises?as_of=2024-01-15&division=4311&limit=2").json()
    second = client.get(f"/api/v1/enterprises?division=4311&limit=2&next={first['next']}").json()
    counted = client.get("/api/v1/enterprises/count?as_of=2024-01-15&division=43").json()
    sheet = openpyxl.load_workbook(
        BytesIO(client.get("/api/v1/enterprises.xlsx?as_of=2024-01-15&division=4311").content)
    ).active

    assert first["items"] + second["items"] == whole["items"]
    assert {row["county"] for row in whole["items"]} == {COUNTY}
    assert second["address"] == "/api/v1/enterprises?division=4311"
    assert client.get(whole["pinned"]).json()["items"] == whole["items"]
    assert (counted["counties"], counted["counts"]) == (
        [{"county": COUNTY, "known": 2, "total": 3}],
        whole["counts"],
    )
    assert "county" not in counted
    assert [row[0] for row in sheet.iter_rows(values_only=True)].count("蓝山县") == 3
    assert client.get("/api/v1/enterprises?division=4311&county=431127").json()["code"] == "division.alone"
    assert client.get("/api/v1/enterprises?division=14").json()["code"] == "county.unknown"


def test_later_pages_are_of_the_first_ones_day_and_knowledge(client: TestClient) -> None:
    first = client.get("/api/v1/enterprises?as_of=2024-01-15&known=1&limit=1").json()
    second = client.get(f"/api/v1/enterprises?limit=1&next={first['next']}").json()

    assert first["total"] == second["total"] == 2
    assert second["pinned"] == first["pinned"]
    assert (second["address"], second["next"]) == ("/api/v1/enterprises?county=431127", None)


def test_a_view_is_saved_shared_replaced_and_dropped(sending: Callable[..., object], writer: TestClient) -> None:
    sending()
    address = f"equipment?county={COUNTY}&shell=铝壳"
    saved = writer.put("/api/v1/views/铝壳", json={"address": address, "reason": "每月要看"})
    same = writer.put("/api/v1/views/铝壳", json={"address": saved.json()["address"]})
    shown = writer.get("/api/v1/views/铝壳")

    assert (saved.status_code, same.json(), shown.json()) == (200, saved.json(), saved.json())
    assert saved.json()["address"] == f"/api/v1/equipment?county={COUNTY}&shell=aluminium"
    assert writer.get(f"{shown.json()['address']}&as_of=2024-01-15").json()["total"] == 1
    assert [one["name"] for one in writer.get("/api/v1/views").json()["views"]] == ["铝壳"]
    assert writer.delete("/api/v1/views/铝壳").json() == {"name": "铝壳", "taken_back": "view", "change": 3}
    assert writer.get("/api/v1/views/铝壳").json()["code"] == "view.unknown"
    assert writer.get("/api/v1/views?known=2").json()["views"] == [saved.json()]
    assert writer.put("/api/v1/views/甲?county=431128", json={"address": address}).json()["code"] == "address.bad"
    torn = writer.put("/api/v1/views/甲", content=rb'{"address": "equipment?q=\u0007"}', headers=JSON)
    assert (torn.status_code, torn.json()["code"]) == (422, "address.bad")
    assert writer.put("/api/v1/views/甲", json={"address": "equipment?shll=x"}).json()["code"] == "filter.unknown"


def test_an_unknown_filter_is_refused_not_ignored(client: TestClient) -> None:
    said = client.get("/api/v1/enterprises?townshp=新圩镇")

    assert (said.status_code, said.json()["code"]) == (422, "filter.unknown")


def test_one_county_is_asked_at_a_time(client: TestClient) -> None:
    said = client.get("/api/v1/enterprises?county=431127&county=140921")

    assert (said.status_code, said.json()["code"]) == (422, "county.several")


def test_telephone_numbers_are_masked_in_lists_and_exports(client: TestClient) -> None:
    listed = client.get("/api/v1/enterprises?as_of=2024-01-15").json()["items"]
    exported = client.get("/api/v1/enterprises.xlsx?as_of=2024-01-15").content
    cells = {
        cell for row in openpyxl.load_workbook(BytesIO(exported)).active.iter_rows(values_only=True) for cell in row
    }

    assert listed[0]["contact_phone"] == "138****5678"
    assert "138****5678" in cells
    assert "13812345678" not in cells


@pytest.mark.parametrize("noun", NOUNS)
def test_an_export_is_a_workbook_named_in_chinese(client: TestClient, noun: str) -> None:
    said = client.get(f"/api/v1/{noun}.xlsx?as_of=2024-01-15")

    assert said.content.startswith(b"PK")
    assert said.headers["content-disposition"].startswith("attachment; filename*=UTF-8''431127-%E")


@pytest.mark.parametrize("cursor", ["x", "%21", "MQ", "4pyT", "LTEgMQ"])
def test_a_cursor_of_nobodys_is_refused(client: TestClient, cursor: str) -> None:
    assert client.get(f"/api/v1/enterprises?next={cursor}").json()["code"] == "next.bad"


def test_who_holds_is_as_the_command_says(client: TestClient) -> None:
    said = client.get("/api/v1/obsolete?as_of=2024-01-15&clause=LOCAL-LANSHAN-AL-SHELL").json()

    assert said["totals"]["holds"] == {"enterprises": 1, "furnaces": 1}
    assert said["rows"][0]["furnaces"][0]["sources"][0]["file"] == "新圩镇.xlsx"


def test_a_ledger_is_downloaded(client: TestClient) -> None:
    said = client.get("/api/v1/ledgers/2024Q1.xlsx?county=431127")

    assert said.content.startswith(b"PK")
    assert "filename*=UTF-8''431127-2024Q1" in said.headers["content-disposition"]


def test_changes_are_listed_the_latest_first(client: TestClient) -> None:
    first = client.get("/api/v1/changes?limit=1").json()
    second = client.get(f"/api/v1/changes?limit=1&next={first['next']}").json()

    assert [first["items"][0]["number"], second["items"][0]["number"]] == [2, 1]
    assert (first["total"], second["next"]) == (2, None)
    assert first["items"][0]["actor"] == "本机操作员"
    assert first["items"][0]["at"].endswith("+08:00")


def test_divisions_are_found_by_parent_and_by_name(client: TestClient) -> None:
    below = client.get("/api/v1/divisions?parent=431127&limit=1000").json()

    assert below["total"] == len(below["items"]) > 10
    assert client.get("/api/v1/divisions?q=蓝山县").json()["items"][0]["code"] == "431127"
