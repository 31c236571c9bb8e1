"""Lists where it cannot be told whose a machine is: it stands with each firm, counts once, and makes neither count."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.register.asking import known_asked
from app.register.lists.asked import ask_for
from app.register.lists.found import Found, found
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.obsolete import obsolete
from app.store.engine import reading
from tests.register.rosters import COUNTY
from tests.register.saying import day
from tests.register.successions.firms import (
    AOXIN,
    HONGCHENG,
    HUAQIANG,
    LATER,
    SURVEY,
    UNKNOWN,
    XINXU,
    merged,
    on,
    three_firms,
)

CLAUSE = ("clause", "LOCAL-LANSHAN-AL-SHELL")
UNOWNED = {"rows": 4, "enterprises": 1, "furnaces": 2, "gone": 0}


@pytest.fixture
def county(engine: Engine) -> Engine:
    """宏诚 with two furnaces was merged into 华强, which has one of its own, nobody knows when."""
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, UNKNOWN)
    return engine


def ask(engine: Engine, noun: str, *pairs: tuple[str, str], at: str = LATER, actor: Actor = LOCAL_OPERATOR) -> Found:
    with reading(engine) as session:
        return found(session, ask_for(session, noun, [("county", COUNTY), ("as_of", at), *pairs], actor), actor)


def counts(answer: Found) -> dict[str, tuple[int | None, ...]]:
    """Rows, 家 and 台."""
    return {name: (one.rows, one.enterprises, one.furnaces) for name, one in answer.counts.items()}


def test_a_machine_without_a_certain_owner_is_listed_with_each_firm_in_those_words(county: Engine) -> None:
    rows = [row for row in ask(county, "equipment").rows if row["code"] == "1号"]

    assert sorted(row["enterprise"] for row in rows) == sorted([HONGCHENG, HUAQIANG])
    words = f"归属不明：可能是{HONGCHENG}，也可能是{HUAQIANG}的"
    assert {row["labels"]["enterprise"] for row in rows} == {f"{HONGCHENG}（{words}）", f"{HUAQIANG}（{words}）"}
    assert {(row["owner"], len(row["owners"])) for row in rows} == {("归属不明", 2)}


def test_it_counts_once_as_a_furnace_and_under_neither_firm(county: Engine) -> None:
    answer = ask(county, "equipment")

    assert counts(answer) == {"fits": (6, 2, 5), "maybe": (0, 0, 0), "owner_unknown": (4, 1, 2)}
    assert answer.as_dict()["counts"]["owner_unknown"] == UNOWNED


@pytest.mark.parametrize("noun", ["enterprises", "equipment"])
def test_verdicts_count_as_the_question_who_holds_does(county: Engine, noun: str) -> None:
    with reading(county) as session:
        known = known_asked(session, COUNTY, None)
        totals = obsolete(
            session, county=COUNTY, clauses=(CLAUSE[1],), as_of=day(LATER), known=known, actor=LOCAL_OPERATOR
        ).totals
    assert totals is not None
    found = ask(county, noun, ("verdict", "holds"), CLAUSE).counts
    for word, one in (("holds", found["fits"]), ("owner_unknown", found["owner_unknown"])):
        assert {"enterprises": one.enterprises, "furnaces": one.furnaces} == totals[word]


@pytest.mark.parametrize("verdict", ["holds", "does_not", "cannot_tell"])
def test_a_firm_that_has_an_answer_by_such_machines_alone_cannot_be_told(county: Engine, verdict: str) -> None:
    answer = ask(county, "enterprises", ("verdict", verdict), CLAUSE, ("maybe", "only"))

    assert [row["name"] for row in answer.rows] == [HONGCHENG]
    assert answer.counts["maybe"].enterprises == 0
    assert answer.counts["owner_unknown"].enterprises == 1


def test_whatever_does_not_ask_of_machines_counts_the_firms_as_ever(county: Engine) -> None:
    answer = ask(county, "enterprises")

    assert counts(answer) == {"fits": (3, 3, 5), "maybe": (0, 0, 0), "owner_unknown": (0, 0, 2)}
    assert sorted(row["name"] for row in answer.rows) == sorted([HONGCHENG, HUAQIANG, AOXIN])


def test_a_machine_fits_surely_only_if_it_does_whosever_it_is(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, AOXIN, UNKNOWN)

    here = ask(engine, "equipment", ("township", "新圩镇"), ("maybe", "include"))

    assert sorted((row["code"], bool(row.get("maybe"))) for row in here.rows) == [
        ("1号", True),
        ("2号", True),
        ("9号", False),
    ]
    assert counts(here) == {"fits": (1, 1, 1), "maybe": (2, 0, 2), "owner_unknown": (2, 1, 2)}


def test_a_township_lists_what_may_be_its_firms_without_the_other_firms_name(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, AOXIN, UNKNOWN)

    own = ask(engine, "equipment", actor=Actor("新圩镇经办", townships=frozenset([XINXU])))

    assert sorted(row["code"] for row in own.rows) == ["1号", "2号", "9号"]
    assert AOXIN not in str(own.rows)


def test_with_a_day_machines_are_the_predecessors_before_and_the_successors_after(engine: Engine) -> None:
    three_firms(engine)
    merged(engine, HONGCHENG, HUAQIANG, on("2024-05-01"))

    def of(firm: str, at: str) -> list[str]:
        return sorted(row["code"] for row in ask(engine, "equipment", ("enterprise", firm), at=at).rows)

    assert (of(HONGCHENG, SURVEY), of(HUAQIANG, SURVEY)) == (["1号", "2号"], ["9号"])
    assert (of(HONGCHENG, LATER), of(HUAQIANG, LATER)) == ([], ["1号", "2号", "9号"])
    assert "owner_unknown" not in ask(engine, "equipment").counts
