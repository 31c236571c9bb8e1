"""What a person may: the divisions of those of their rights whose role allows the function, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.domain.actor import Actor
from app.errors import BadInput, NoRight
from app.register.people.divisions import counties_of
from app.register.people.rights import Right, actor_for
from app.register.people.roles import allows, covered, level_of, role
from app.store.engine import reading

CITIES = {"4311": ("431126", "431127")}


def asks(function: str, *rights: tuple[str, str]) -> Actor:
    """Whoever has these rights, asking for this."""
    held = [Right(*one) for one in rights]
    return actor_for("某人", held, function, counties_of=CITIES.__getitem__, account="a", origin="10.0.0.1")


def test_a_clerk_sees_the_townships_that_are_theirs() -> None:
    actor = asks("enterprises.list", ("township_clerk", "431127105"), ("township_clerk", "431127107"))

    assert (actor.counties, actor.townships) == (frozenset(["431127"]), frozenset(["431127105", "431127107"]))


def test_an_officer_sees_the_county_whole() -> None:
    actor = asks("enterprises.list", ("county_officer", "431127"))

    assert (actor.counties, actor.townships, actor.account, actor.origin) == (
        frozenset(["431127"]),
        None,
        "a",
        "10.0.0.1",
    )


def test_an_inspector_of_a_city_sees_its_counties_and_its_own_chain() -> None:
    assert asks("ledger.list", ("inspector", "4311")).counties == {"431126", "431127", "431100"}


def test_only_the_divisions_of_roles_that_allow_the_function_count() -> None:
    rights = (("inspector", "4311"), ("county_officer", "431127"))

    assert asks("enterprises.list", *rights).counties == {"431126", "431127", "431100"}
    assert asks("ledger.issue", *rights).counties == {"431127"}


def test_an_officer_of_a_city_reads_its_counties_and_writes_its_own_chain_alone() -> None:
    actor = asks("ledger.issue", ("county_officer", "4311"))

    assert actor.counties == {"431126", "431127", "431100"}
    assert actor.writes == {"431100"}
    assert asks("ledger.issue", ("county_officer", "431127")).writes is None
    assert asks("enterprises.list", ("inspector", "4311")).writes is None
    assert asks("ledger.issue", ("county_officer", "4311"), ("county_officer", "431127")).writes == {"431100", "431127"}


def test_in_a_city_an_officer_may_part_of_what_they_may_in_a_county() -> None:
    officer = role("county_officer")
    for way in officer.functions_at("city"):
        assert covered(way, officer.functions), way
    for function in ("decisions.make", "imports.apply", "personal.show", "corrections.make", "steps.record"):
        assert allows("county_officer", function)
        assert not allows("county_officer", function, "4311")


@pytest.mark.parametrize(
    ("function", "rights"),
    [
        ("ledger.issue", [("inspector", "4311")]),
        ("decisions.make", [("county_officer", "4311")]),
        ("personal.show", [("county_officer", "4311")]),
        ("ledger.issue", [("department_officer", "431127")]),
        ("decisions.make", [("township_clerk", "431127105")]),
        ("changes.list", [("township_clerk", "431127105")]),
        ("enterprises.list", [("administrator", "all")]),
        ("enterprises.list", [("auditor", "all")]),
        ("people.list", [("county_officer", "431127")]),
        ("enterprises.list", []),
        ("no.such", [("county_officer", "431127")]),
        ("enterprises.list", [("no such role", "431127")]),
    ],
)
def test_what_no_right_allows_is_refused(function: str, rights: list[tuple[str, str]]) -> None:
    with pytest.raises(NoRight):
        asks(function, *rights)


def test_what_is_everybodys_is_asked_without_a_right() -> None:
    assert asks("me.read").counties == frozenset()


def test_who_has_everything_is_limited_to_nothing() -> None:
    assert (asks("people.list", ("administrator", "all")).counties) is None


def test_rights_of_both_levels_would_leave_the_townships_out() -> None:
    actor = asks("enterprises.list", ("county_officer", "431126"), ("township_clerk", "431127105"))

    assert (actor.counties, actor.townships) == (frozenset(["431126"]), None)


def test_a_pattern_stands_for_the_words_after_its_point_alone() -> None:
    assert allows("county_officer", "plans.list")
    assert not allows("county_officer", "plansandmore.list")
    assert not allows("county_officer", "plans")


def test_a_role_is_named_in_english_or_chinese() -> None:
    assert role("督查") is role("inspector")
    with pytest.raises(BadInput, match="没有角色"):
        role("root")


@pytest.mark.parametrize(
    ("division", "level"),
    [
        ("431127105", "township"),
        ("431127", "county"),
        ("4311", "city"),
        ("all", "all"),
        ("43", None),
        ("４３１１", None),
    ],
)
def test_a_division_says_its_level(division: str, level: str | None) -> None:
    assert level_of(division) == level


def test_the_dictionary_tells_the_counties_of_a_city(engine: Engine) -> None:
    with reading(engine) as session:
        found = counties_of(session)("4311")

    assert {"431126", "431127"} <= set(found)
    assert all(code.startswith("4311") for code in found)
