"""The summary by REST: counts that add up to the list's, of one county or of a whole city."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

CLAUSE = "LOCAL-LANSHAN-AL-SHELL"


def test_the_summary_counts_what_the_list_shows(client: TestClient) -> None:
    asked = f"as_of=2024-01-15&clause={CLAUSE}"
    told = client.get(f"/api/v1/obsolete/summary?{asked}").json()
    listed = client.get(f"/api/v1/obsolete?{asked}").json()

    assert {word: told["totals"][word] for word in listed["totals"]} == listed["totals"]
    assert told["totals"]["does_not"] == {"enterprises": 1, "furnaces": 1}
    assert [(one["name"], one["holds"]["furnaces"]) for one in told["townships"]] == [("毛俊镇", 0), ("新圩镇", 1)]
    assert [one["clause"] for one in told["clauses"]] == [CLAUSE]


def test_a_city_is_the_sum_of_its_counties_each_at_its_own_change(client: TestClient) -> None:
    alone = client.get("/api/v1/obsolete/summary?as_of=2024-01-15").json()

    assert client.get("/api/v1/obsolete/summary?as_of=2024-01-15&division=4311").json() == alone
    assert alone["counties"] == [{"county": "431127", "known": 2}]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("division=43111", "division.bad"),
        ("division=44", "county.unknown"),
        ("division=43&county=431127", "division.alone"),
        ("division=43&known=1", "division.alone"),
    ],
)
def test_a_division_that_cannot_be_asked_is_refused(client: TestClient, words: str, code: str) -> None:
    said = client.get(f"/api/v1/obsolete/summary?{words}")

    assert (said.status_code >= 400, said.json()["code"]) == (True, code)


def test_a_line_says_why(client: TestClient) -> None:
    told = client.get(f"/api/v1/obsolete?as_of=2024-01-15&clause={CLAUSE}").json()
    because = told["rows"][0]["furnaces"][0]["because"]

    assert because["answer"] is True
    assert because["all"][0]["fact"] == "present"
    assert {one["file"] for part in because["all"][1]["all"] if "stated" in part for one in part["stated"]} == {
        "新圩镇.xlsx"
    }
