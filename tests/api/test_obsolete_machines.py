"""Machine by machine over several counties by REST: each county as known at a change of its own, page by page."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import roster_bytes, send

CLAUSE = "GDC24-IF-NOYOKE-AL"
ASKED = f"/api/v1/obsolete/machines?as_of=2024-03-01&clause={CLAUSE}"

LANSHAN, DINGXIANG = "431127", "140921"
FIRMS = {
    LANSHAN: ("新圩镇", [("甲铸造有限公司", "铝壳中频炉", "13812345678"), ("乙铸造有限公司", "中频炉", "13912345678")]),
    DINGXIANG: ("晋昌镇", [("丙锻造有限公司", "铝壳中频炉", "13712345678")]),
}


@pytest.fixture
def both(writer: TestClient) -> TestClient:
    """A register with a county of each of two provinces."""
    for county, (township, firms) in FIRMS.items():
        said = send(writer, roster_bytes(township, firms), f"{township}.xlsx", county=county)
        assert said.status_code == 200, said.text
    return writer


def names(said: dict) -> list[tuple[str, str]]:
    return [(one["county"], one["enterprise"]["name"]) for one in said["items"]]


def test_the_machines_of_several_counties_stand_in_one_list(both: TestClient) -> None:
    said = both.get(f"{ASKED}&county={LANSHAN}&county={DINGXIANG}").json()

    assert names(said) == [(DINGXIANG, "丙锻造有限公司"), (LANSHAN, "甲铸造有限公司"), (LANSHAN, "乙铸造有限公司")]
    assert said["counties"] == [{"county": DINGXIANG, "known": 1}, {"county": LANSHAN, "known": 1}]
    assert {(one["answer"], one["clause"], one["bodies"]) for one in said["items"]} == {("cannot_tell", CLAUSE, 1)}
    assert (said["next"], said["no_clause"]) == (None, [])


def test_a_division_is_all_its_counties_and_one_county_needs_no_name(both: TestClient, client: TestClient) -> None:
    assert names(both.get(f"{ASKED}&division=14").json()) == [(DINGXIANG, "丙锻造有限公司")]
    assert {county for county, _ in names(client.get(ASKED).json())} == {LANSHAN}


def test_each_county_is_known_at_the_change_told_for_it(both: TestClient) -> None:
    send(both, roster_bytes("毛俊镇", [("丁铸造有限公司", "铝壳中频炉", "13612345678")]), "毛俊镇.xlsx", county=LANSHAN)
    counties = f"county={LANSHAN}&county={DINGXIANG}"

    now = both.get(f"{ASKED}&{counties}").json()
    then = both.get(f"{ASKED}&{counties}&known={LANSHAN}:1").json()
    nothing = both.get(f"{ASKED}&{counties}&known={LANSHAN}:1&known={DINGXIANG}:0").json()

    assert len(now["items"]) == 4
    assert then["counties"] == [{"county": DINGXIANG, "known": 1}, {"county": LANSHAN, "known": 1}]
    assert [name for _, name in names(then)] == ["丙锻造有限公司", "甲铸造有限公司", "乙铸造有限公司"]
    assert [name for _, name in names(nothing)] == ["甲铸造有限公司", "乙铸造有限公司"]


def test_the_pages_together_are_the_list_and_keep_to_what_was_known_at_the_first(both: TestClient) -> None:
    counties = f"county={LANSHAN}&county={DINGXIANG}"
    whole = both.get(f"{ASKED}&{counties}").json()
    pages = [both.get(f"{ASKED}&{counties}&limit=2").json()]
    send(both, roster_bytes("毛俊镇", [("丁铸造有限公司", "铝壳中频炉", "13612345678")]), "毛俊镇.xlsx", county=LANSHAN)
    while (following := pages[-1]["next"]) is not None:
        pages.append(both.get(f"/api/v1/obsolete/machines?clause={CLAUSE}&limit=2&next={following}").json())

    assert [len(one["items"]) for one in pages] == [2, 1]
    assert [item for one in pages for item in one["items"]] == whole["items"]
    assert {one["as_of"] for one in pages} == {"2024-03-01"}


def test_a_county_without_a_clause_in_force_is_named(both: TestClient) -> None:
    local = both.get("/api/v1/obsolete/machines?as_of=2024-03-01&division=14&clause=LOCAL-LANSHAN-AL-SHELL").json()

    assert (local["items"], local["no_clause"]) == ([], [DINGXIANG])


@pytest.mark.parametrize(
    ("words", "status", "code", "told"),
    [
        ("division=43&county=431127", 422, "division.alone", "只写市、省"),
        ("division=44", 404, "county.unknown", "先导入名册"),
        ("county=431127&county=140921&known=1", 422, "known.county", "431127:57"),
        ("county=431127&known=140921:1", 422, "known.county", "至多写一次"),
        ("county=431127&known=431127:1&known=431127:1", 422, "known.county", "至多写一次"),
        ("county=431127&known=431127:9", 422, "known.bad", ""),
        ("county=431127&county=140921&township=新圩镇", 422, "input.bad", "只写一个 county"),
        ("county=431127&next=什么", 422, "next.bad", "第一页"),
        ("county=431127&clause=没有", 404, "clause.unknown", ""),
    ],
)
def test_what_cannot_be_asked_is_refused_with_how_to_mend_it(
    both: TestClient, words: str, status: int, code: str, told: str
) -> None:
    said = both.get(f"/api/v1/obsolete/machines?as_of=2024-03-01&{words}")

    assert (said.status_code, said.json()["code"]) == (status, code)
    assert told in said.json()["fix"]
