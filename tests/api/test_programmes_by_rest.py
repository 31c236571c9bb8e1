"""`/api/v1/programmes`: as the commands, over the routes."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

HERE = "/api/v1/programmes"


def test_the_papers_are_listed_and_shown(client: TestClient) -> None:
    listed = client.get(HERE, params={"county": "140921"}).json()["programmes"]
    shown = client.get(f"{HERE}/JY25-STRUCTURE").json()

    assert [one["programme"] for one in listed] == ["XZ24-CLUSTERS"]
    assert shown["issued"] is None
    assert [part["number"] for part in shown["sums"][0]["parts"]] == [21, 11, 6]


def test_the_stages_of_a_township_and_of_a_boundary_day(client: TestClient) -> None:
    asked = {"as_of": "2024-10-01", "township": "140921103"}
    said = client.get(f"{HERE}/XZ24-CLUSTERS/stages", params=asked).json()

    assert said["due"] == [1, 2]
    assert said["township"]["answer"] == "none"
    assert {"code": "140921103", "name": "季庄镇"} in said["places_in_no_stage"]
    other = client.get(f"{HERE}/XZ24-CLUSTERS/stages", params={"township": "140921102"}).json()
    assert other["township"]["stages"] == [2]


def test_an_enterprise_is_in_the_stage_of_its_township_or_in_none(writer: TestClient) -> None:
    roster = "企业名称,乡镇\n甲法兰厂,宏道镇\n乙法兰厂,季庄镇\n".encode()
    told = {"county": "140921", "valid_from": "2024-06-01"}
    sent = writer.post("/api/v1/imports", files={"file": ("法兰.csv", roster)}, data=told)
    assert sent.status_code == 200, sent.text

    said = writer.get(f"{HERE}/XZ24-CLUSTERS/stages", params={"as_of": "2024-12-31"}).json()
    found = {row["enterprise"]["name"]: (row["answer"], row["stages"]) for row in said["enterprises"]}

    assert found == {"甲法兰厂": ("in_stage", [2]), "乙法兰厂": ("none", [])}
    one = writer.get(f"{HERE}/XZ24-CLUSTERS/stages", params={"as_of": "2024-12-31", "enterprise": "甲法兰厂"}).json()
    assert one["enterprises"][0]["because"][0]["words"] == "乡镇为宏道镇 → 第二阶段"


def test_firms_by_bucket_beside_the_papers_numbers(client: TestClient) -> None:
    said = client.get(f"{HERE}/YZ25-LANSHAN/enterprises", params={"as_of": "2024-06-30"}).json()
    criteria, results = said["schemes"]

    assert said["enterprises"] == 3
    assert criteria["buckets"][0]["bucket"] == "整改升级一批"
    assert [(one["stated"], one["count"]) for one in results["buckets"]] == [(4, 0), (25, 0), (3, 0)]
    assert (results["unsorted"], results["stated_unsorted"]) == (3, 4)


def test_targets_by_division(client: TestClient) -> None:
    said = client.get(f"{HERE}/SX20-OBSOLETE/targets").json()

    assert (said["sums"], said["total"]["values"]) == ([150, 1000], [150, 1000])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("X-1", 404, "programme.unknown"),
        ("XZ24-CLUSTERS/targets", 404, "programme.no_targets"),
        ("CJ21-FOUNDRY/stages", 422, "programme.no_stages"),
        ("XZ24-CLUSTERS/stages?county=431127", 422, "programme.elsewhere"),
    ],
)
def test_what_cannot_be_told_is_a_problem(client: TestClient, path: str, status: int, code: str) -> None:
    said = client.get(f"{HERE}/{path}")

    assert (said.status_code, said.json()["code"]) == (status, code)
