"""Lists of a register: counts that are those of who holds, of a day and of what was known, and nothing of others."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, NotFound
from app.register.asking import known_asked
from app.register.lists.asked import ask_for, read_address
from app.register.lists.found import Found, found
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.obsolete import obsolete
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, machine, roster, take_in
from tests.register.saying import day

SURVEY = "2024-01-15"
CLAUSE = "LOCAL-LANSHAN-AL-SHELL"
OBSOLETE = {"kind": "induction_furnace", "frequency": "medium", "shell": "aluminium"}
CLERK = Actor("新圩镇经办", townships=frozenset(["431127105"]))


@pytest.fixture
def county(engine: Engine) -> Engine:
    """A firm that holds, one of which it cannot be told, one that does not, in two townships."""
    holds = Firm({"name": "奥鑫铸造", "township": "新圩镇"}, [machine(**OBSOLETE, state="in_use", quantity=2)])
    maybe = Firm({"name": "安雄铸造", "township": "新圩镇"}, [machine(kind="induction_furnace", state="in_use")])
    take_in(engine, roster(holds, maybe, on=SURVEY, township="431127105"))
    no = Firm({"name": "丙铸造", "township": "土市镇"}, [machine(kind="cupola", state="in_use")])
    take_in(engine, roster(no, on=SURVEY, by="土市镇", township="431127107"))
    return engine


def ask(engine: Engine, noun: str, *pairs: tuple[str, str], actor: Actor = LOCAL_OPERATOR) -> Found:
    beside = [("county", COUNTY), ("as_of", SURVEY)]
    with reading(engine) as session:
        return found(session, ask_for(session, noun, [*beside, *pairs], actor), actor)


def names(answer: Found) -> list[str]:
    return [row.get("enterprise", row.get("name")) for row in answer.rows]


@pytest.mark.parametrize("clauses", [(CLAUSE,), ("GDC24-IF-NOYOKE-AL", CLAUSE)])
def test_verdicts_count_as_the_question_who_holds_does(county: Engine, clauses: tuple[str, ...]) -> None:
    told = [("clause", clause) for clause in clauses]
    with reading(county) as session:
        known = known_asked(session, COUNTY, None)
        asked = {"county": COUNTY, "clauses": clauses, "as_of": day(SURVEY), "known": known, "actor": LOCAL_OPERATOR}
        totals = obsolete(session, **asked).totals
    for noun in ("enterprises", "equipment"):
        for verdict in ("holds", "cannot_tell"):
            fits = ask(county, noun, ("verdict", verdict), *told).counts["fits"]
            assert totals is not None
            assert {"enterprises": fits.enterprises, "furnaces": fits.furnaces} == totals[verdict]


def test_every_firm_has_one_of_three_verdicts(county: Engine) -> None:
    told = [("clause", CLAUSE), ("verdict", "holds")]

    assert names(ask(county, "enterprises", *told)) == ["奥鑫铸造"]
    assert names(ask(county, "enterprises", *told, ("maybe", "only"))) == ["安雄铸造"]
    assert names(ask(county, "enterprises", *told, ("maybe", "include"))) == ["奥鑫铸造", "安雄铸造"]
    assert names(ask(county, "enterprises", ("clause", CLAUSE), ("verdict", "没有"))) == ["丙铸造"]
    assert names(ask(county, "equipment", ("clause", CLAUSE), ("verdict", "does_not"), ("q", "bzz"))) == ["丙铸造"]


def test_a_row_of_which_it_cannot_be_told_says_so(county: Engine) -> None:
    answer = ask(county, "equipment", ("shell", "铝壳"), ("maybe", "include"))

    assert [row.get("maybe", False) for row in answer.rows] == [False, True, True]
    assert (answer.counts["fits"].furnaces, answer.counts["maybe"].furnaces) == (2, 2)


def test_a_day_without_clauses_gives_no_verdict(county: Engine) -> None:
    with pytest.raises(BadInput) as refused:
        ask(county, "enterprises", ("verdict", "does_not"), ("clause", "GDC24-IF-NOYOKE-AL"), ("as_of", "2000-01-01"))

    assert refused.value.code == "filter.no_clause"


def test_what_was_known_before_is_asked_as_then(county: Engine) -> None:
    assert names(ask(county, "enterprises", ("known", "1"))) == ["奥鑫铸造", "安雄铸造"]
    assert ask(county, "enterprises").counts["fits"].as_dict() == {
        "rows": 3,
        "enterprises": 3,
        "furnaces": 4,
        "gone": None,
    }


def test_a_pinned_address_gives_the_same_answer_after_more_is_recorded(county: Engine) -> None:
    before = ask(county, "equipment", ("township", "431127105"), ("state", "在用"))
    take_in(county, roster(Firm({"name": "丁铸造", "township": "新圩镇"}, [machine(state="in_use")]), on=SURVEY))

    noun, pairs = read_address(f"http://127.0.0.1:8000{before.asked.pinned}&limit=3")
    with reading(county) as session:
        again = found(session, ask_for(session, noun, pairs, LOCAL_OPERATOR), LOCAL_OPERATOR)

    assert again.rows == before.rows
    assert len(ask(county, "equipment", *read_address(before.asked.address)[1]).rows) == len(before.rows) + 1


def test_a_township_sees_its_own_alone(county: Engine) -> None:
    assert names(ask(county, "enterprises", actor=CLERK)) == ["奥鑫铸造", "安雄铸造"]
    assert names(ask(county, "equipment", ("clause", CLAUSE), ("verdict", "does_not"), actor=CLERK)) == []


def test_what_is_no_address_of_a_list_is_refused() -> None:
    with pytest.raises(NotFound):
        read_address("/api/v1/obsolete?as_of=2024-01-15")
    assert read_address("equipment.xlsx?kind=cupola&limit=5") == ("equipment", [("kind", "cupola")])
    assert read_address("/api/v1/equipment/count") == ("equipment", [])
