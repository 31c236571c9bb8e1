"""`/api/v1/aggregates` and `/api/v1/movements`: the ledger's own counts, for any day and over quarters."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

DAY = {"as_of": "2024-01-31"}


def test_a_county_is_counted_by_township(client: TestClient) -> None:
    told = client.get("/api/v1/aggregates", params=DAY).json()

    assert {one["township"]: one["enterprises"] for one in told["townships"]} == {"新圩镇": 2, "毛俊镇": 1}
    assert told["totals"]["equipment"]["there"] == {"enterprises": 3, "furnaces": 3}
    assert told["counties"] == [{"county": "431127", "known": 2}]


def test_its_obsolete_equipment_is_that_of_the_summary(client: TestClient) -> None:
    told = client.get("/api/v1/aggregates", params=DAY).json()["totals"]["obsolete"]
    summary = client.get("/api/v1/obsolete/summary", params=DAY).json()["totals"]

    assert {word: told[word] for word in ("holds", "cannot_tell")} == {
        word: summary[word] for word in ("holds", "cannot_tell")
    }


def test_a_city_is_the_sum_of_its_counties(client: TestClient) -> None:
    assert client.get("/api/v1/aggregates", params={**DAY, "division": "4311"}).json() == (
        client.get("/api/v1/aggregates", params=DAY).json()
    )


def test_quarters_end_with_the_day_asked(client: TestClient) -> None:
    told = client.get("/api/v1/aggregates", params={**DAY, "quarters": 2}).json()["quarters"]

    assert [(one["quarter"], one["as_of"], one["totals"]["enterprises"]) for one in told] == [
        ("2023Q4", "2023-12-31", 0),
        ("2024Q1", "2024-01-31", 3),
    ]


def test_as_known_before_the_second_roster_there_is_one_township(client: TestClient) -> None:
    told = client.get("/api/v1/aggregates", params={**DAY, "known": "1"}).json()

    assert [one["township"] for one in told["townships"]] == ["新圩镇"]


@pytest.mark.parametrize(
    "words", ["quarters=0", "quarters=21", "as_of=2024-1-5", "county=999999", "division=43&known=1"]
)
def test_an_ask_that_cannot_be_answered_is_refused(client: TestClient, words: str) -> None:
    said = client.get(f"/api/v1/aggregates?{words}")

    assert said.status_code in (404, 422)
    assert said.json()["fix"]


def test_movements_of_a_first_quarter_have_entered(client: TestClient) -> None:
    told = client.get("/api/v1/movements/2024Q1").json()
    lines = {(one["family"], one["township"]): one for one in told["lines"] if one["unit"] == "家"}

    whole = lines["enterprises", None]
    assert (whole["opening"], whole["entered"], whole["closing"]) == (0, 3, 3)
    assert {one["family"] for one in told["rows"]} >= {"enterprises"}
    assert client.get("/api/v1/movements/2024Q5").json()["code"] == "quarter.bad"
