"""A list of all counties of a city that the actor may see: sums, order, pages' knowledge, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, UnknownCounty
from app.register.imports.applying import apply
from app.register.lists.asked import ask_for
from app.register.lists.found import found
from app.register.lists.over_counties import FoundOver, found_over
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import changes, ids
from app.store.engine import reading, unit
from tests.register.rosters import COUNTY, Firm, machine, permit, roster, take_in

OTHER, CITY, DAY = "431126", "4311", "2024-02-01"


@pytest.fixture
def city(engine: Engine) -> Engine:
    """Two counties of one city."""
    firm = Firm({"name": "乙铸造厂"}, [machine(code="2号", kind="cupola", capacity_t=3.0), permit("eia")])
    take_in(engine, roster(firm, Firm({"name": "丁厂"}), on="2024-01-15"))
    elsewhere(engine, Firm({"name": "甲铸造厂"}, [machine(code="1号", kind="cupola", capacity_t=5.0)]))
    return engine


def elsewhere(engine: Engine, *firms: Firm) -> None:
    """What a roster of the other county says."""
    with unit(engine) as session:
        change = changes.open_change(session, OTHER, "import", actor="测试", batch=ids.new())
        apply(session, change, replace(roster(*firms, on="2024-01-15", by="外县"), county=OTHER))


def over(engine: Engine, noun: str, *pairs: tuple[str, str], actor: Actor = LOCAL_OPERATOR) -> FoundOver:
    with reading(engine) as session:
        return found_over(session, noun, [("division", CITY), ("as_of", DAY), *pairs], actor)


def of_county(engine: Engine, county: str, noun: str, *pairs: tuple[str, str]) -> tuple[dict[str, Any], Sequence[Any]]:
    with reading(engine) as session:
        asked = ask_for(session, noun, [("county", county), ("as_of", DAY), *pairs], LOCAL_OPERATOR)
        answer = found(session, asked, LOCAL_OPERATOR)
    return answer.as_dict(), answer.rows


def test_a_citys_list_is_its_counties_lists_one_after_another_with_their_sums(city: Engine) -> None:
    for noun in ("enterprises", "equipment", "permits"):
        told = over(city, noun)
        each = [of_county(city, county, noun) for county in (OTHER, COUNTY)]

        bare = [{key: value for key, value in row.items() if key not in ("county", "labels")} for row in told.rows]
        assert bare == [{key: row[key] for key in row if key != "labels"} for _, rows in each for row in rows]
        assert [row["county"] for row in told.rows] == sorted(row["county"] for row in told.rows)
        assert told.as_dict()["total"] == sum(count["total"] for count, _ in each)
        fits = told.as_dict()["counts"]["fits"]
        assert fits["enterprises"] == sum(count["counts"]["fits"]["enterprises"] for count, _ in each)


def test_an_order_goes_over_all_counties_and_pages_cut_it(city: Engine) -> None:
    told = over(city, "equipment", ("sort", "-capacity_t"))

    assert [(row["capacity_t"], row["labels"]["county"]) for row in told.rows] == [(5.0, "宁远县"), (3.0, "蓝山县")]
    assert [*told.page(0, 1), *told.page(1, 1)] == list(told.rows)
    assert told.address == "/api/v1/equipment?division=4311&as_of=2024-02-01&sort=-capacity_t"


def test_the_pinned_address_is_of_each_countys_own_knowledge(city: Engine) -> None:
    told = over(city, "enterprises")
    assert told.known == ("431126:1", "431127:1")
    elsewhere(city, Firm({"name": "戊厂"}))

    assert len(over(city, "enterprises").rows) == 4
    then = over(city, "enterprises", ("known", "431126:1"), ("known", "431127:1"))
    assert (then.rows, then.pinned) == (told.rows, told.pinned)
    assert "known=431126:1&known=431127:1" in told.pinned


def test_only_counties_that_the_actor_may_see_are_asked(city: Engine) -> None:
    own = over(city, "enterprises", actor=Actor("本县", counties=frozenset([COUNTY])))

    assert {row["county"] for row in own.rows} == {COUNTY}
    with pytest.raises(UnknownCounty):
        over(city, "enterprises", actor=Actor("外省", counties=frozenset(["140921"])))


@pytest.mark.parametrize("pair", [("county", COUNTY), ("known", "1"), ("division", "县"), ("shll", "steel")])
def test_what_does_not_go_with_a_city_is_refused(city: Engine, pair: tuple[str, str]) -> None:
    with pytest.raises(BadInput):
        over(city, "equipment", pair)
    with reading(city) as session, pytest.raises(BadInput):
        ask_for(session, "equipment", [("division", CITY)], LOCAL_OPERATOR)
