"""A county's own clauses, on both engines: from their change on, from their day on, and only once they are adopted."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, CatalogueFault, Decided, NotAdoptable, UnknownClause
from app.register.clauses import acts as clause_acts
from app.register.clauses.adoption import deciding
from app.register.clauses.county_clauses import catalogue_of, newest
from app.register.clauses.trying import Trial, trial
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.holding import Holding
from app.register.verdicts.obsolete import obsolete
from app.rules.catalogue_loader import shipped
from app.store import changes
from app.store.engine import reading, unit
from app.store.models import ClauseFile
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, machine, roster, take_in
from tests.register.saying import day

HEAD = """version: 1
sources:
  county: {title: 蓝山县锻造行业整治方案, date: 2025-06-20}
clauses:
"""
COAL = """  - id: LS25-COAL-HEAT
    category: eliminate
    clause_text: 2025年7月1日起淘汰燃煤加热炉
    evidence: {level: paper, source: county}
    kind: heating_furnace
    jurisdiction: "431127"
    when: {all: [{field: fuel, op: eq, value: coal}]}
    effective_from: 2025-07-01
    examples: [{attrs: {fuel: coal}, expect: true}, {attrs: {}, expect: undetermined}]
"""
ID = "LS25-COAL-HEAT"
BEFORE, FIRST = "2025-06-30", "2025-07-01"
NATIONAL = "GDC24-IF-NOYOKE-AL"


def two_furnaces(engine: Engine) -> None:
    """A firm with a coal-fired heating furnace, one whose fuel nobody stated, and one fired by gas."""
    kind = "heating_furnace"
    firm = Firm(
        {"name": "甲锻造有限公司", "township": "新圩镇"},
        [machine(code="1", kind=kind, fuel="coal"), machine(code="2", kind=kind, fuel="natural_gas")],
    )
    other = Firm({"name": "乙锻造有限公司", "township": "新圩镇"}, [machine(code="1", kind=kind)])
    take_in(engine, roster(firm, other, on="2024-01-15"))


def add(engine: Engine, clauses: str = COAL, *, adopting: bool = False, name: str = "县.yaml") -> clause_acts.Added:
    about = (engine, COUNTY, name, HEAD + clauses)
    return clause_acts.add(*about, reason="蓝政发〔2025〕8号", adopting=adopting, actor=LOCAL_OPERATOR)


def adopt(engine: Engine, clause: str = ID) -> int | None:
    return clause_acts.adopt(engine, COUNTY, clause, reason="常务会议", actor=LOCAL_OPERATOR)


def drop(engine: Engine, named: str = ID) -> tuple[str, int]:
    return clause_acts.drop(engine, COUNTY, named, reason="方案废止", actor=LOCAL_OPERATOR)


def ask(engine: Engine, as_of: str, known: int | None = None) -> Holding:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        about = {"county": COUNTY, "as_of": day(as_of), "known": at, "actor": LOCAL_OPERATOR}
        return obsolete(session, **about)  # type: ignore[arg-type]


def said(holding: Holding) -> dict[str, tuple[str, str]]:
    return {row.enterprise.name: (one.decides.word, one.decides.clause.id) for row in holding.rows for one in row.lines}


def test_a_clause_added_by_file_answers_from_its_first_day_and_from_its_change(engine: Engine) -> None:
    two_furnaces(engine)
    before = {as_of: ask(engine, as_of).as_dict() for as_of in (BEFORE, FIRST)}
    assert before[FIRST]["rows"] == []

    added = add(engine, adopting=True)

    assert (added.change, added.adopted, added.not_adopted) == (2, (ID,), ())
    assert ask(engine, BEFORE).as_dict()["rows"] == before[BEFORE]["rows"]
    assert said(ask(engine, FIRST)) == {"甲锻造有限公司": ("holds", ID), "乙锻造有限公司": ("cannot_tell", ID)}
    assert ask(engine, FIRST, known=1).as_dict() == before[FIRST]
    with reading(engine) as session:
        assert verify(session) == []


def test_a_file_that_is_added_decides_nothing_until_its_clause_is_adopted(engine: Engine) -> None:
    two_furnaces(engine)
    add(engine)
    assert said(ask(engine, FIRST)) == {}

    assert adopt(engine) == 3
    assert adopt(engine) is None

    assert len(said(ask(engine, FIRST))) == 2
    assert said(ask(engine, FIRST, known=2)) == {}


def test_a_clause_that_is_dropped_decides_no_longer(engine: Engine) -> None:
    two_furnaces(engine)
    add(engine, adopting=True)

    assert drop(engine) == (ID, 3)

    assert said(ask(engine, FIRST)) == {}
    assert len(said(ask(engine, FIRST, known=2))) == 2
    with pytest.raises(NotAdoptable, match="没有采用"):
        drop(engine)
    assert adopt(engine) == 4


def test_a_newer_text_takes_over_when_it_is_adopted_and_both_are_kept(engine: Engine) -> None:
    two_furnaces(engine)
    add(engine, adopting=True)
    wider = COAL.replace("op: eq, value: coal", "op: in, value: [coal, natural_gas]")

    add(engine, wider, name="县2.yaml")
    as_before = said(ask(engine, FIRST))
    assert adopt(engine) == 4

    assert as_before["甲锻造有限公司"] == ("holds", ID)
    assert ask(engine, FIRST).totals["holds"]["furnaces"] == 2  # type: ignore[index]
    assert ask(engine, FIRST, known=3).totals["holds"]["furnaces"] == 1  # type: ignore[index]
    with reading(engine) as session:
        assert verify(session) == []


def test_a_newer_text_of_a_national_clause_waits_for_its_adoption(engine: Engine) -> None:
    two_furnaces(engine)
    strict = COAL.replace(ID, NATIONAL)
    add(engine, strict)
    with reading(engine) as session:
        assert catalogue_of(session, COUNTY, 2, LOCAL_OPERATOR).clause(NATIONAL) == shipped().clause(NATIONAL)
        assert newest(session, COUNTY, NATIONAL, LOCAL_OPERATOR).kind == "heating_furnace"

    adopt(engine, NATIONAL)
    with reading(engine) as session:
        assert catalogue_of(session, COUNTY, 3, LOCAL_OPERATOR).clause(NATIONAL).kind == "heating_furnace"
    drop(engine, NATIONAL)

    with reading(engine) as session:
        assert catalogue_of(session, COUNTY, 4, LOCAL_OPERATOR).clause(NATIONAL) == shipped().clause(NATIONAL)
    with pytest.raises(NotAdoptable, match="不能由县里停用"):
        drop(engine, "LOCAL-LANSHAN-AL-SHELL")


def test_a_file_is_taken_out_once_nothing_of_it_decides(engine: Engine) -> None:
    two_furnaces(engine)
    added = add(engine, adopting=True)
    with pytest.raises(NotAdoptable, match=ID):
        drop(engine, added.file)
    drop(engine)

    assert drop(engine, added.file) == ("县.yaml", 4)

    with reading(engine) as session:
        assert ID not in catalogue_of(session, COUNTY, 4, LOCAL_OPERATOR).clauses
        assert ID in catalogue_of(session, COUNTY, 3, LOCAL_OPERATOR).clauses
    assert add(engine).change == 5


def test_a_file_that_can_no_longer_be_read_is_said_and_can_be_taken_out(engine: Engine) -> None:
    two_furnaces(engine)
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "clauses", actor="测试")
        row = {"id": "F", "name": "旧.yaml", "sha256": "0", "text": "version: 0", "reason": "旧版本加入"}
        session.add(ClauseFile(county=COUNTY, recorded_by=change.number, **row))
    with pytest.raises(CatalogueFault, match="旧"):
        ask(engine, FIRST)

    assert drop(engine, "F") == ("旧.yaml", 3)

    assert said(ask(engine, FIRST)) == {}


def test_another_county_knows_nothing_of_it(engine: Engine) -> None:
    two_furnaces(engine)
    add(engine, adopting=True)
    stranger = Actor("外县", counties=frozenset(["431126"]))

    with reading(engine) as session:
        assert ID not in catalogue_of(session, "431126", 2, LOCAL_OPERATOR).clauses
        assert ID not in catalogue_of(session, COUNTY, 2, stranger).clauses
        assert ID in [one.id for one in deciding(session, COUNTY, day(FIRST), 2, LOCAL_OPERATOR)]


def test_a_draft_is_added_and_not_adopted(engine: Engine) -> None:
    two_furnaces(engine)
    news = COAL.replace("level: paper", "level: news") + "    status: draft\n"

    added = add(engine, news, adopting=True)

    assert (added.clauses, added.adopted) == ((ID,), ())
    assert "草稿" in added.not_adopted[0][1]
    with pytest.raises(NotAdoptable):
        adopt(engine)


def test_what_cannot_be_added_writes_nothing(engine: Engine) -> None:
    two_furnaces(engine)
    add(engine)
    with pytest.raises(Decided, match="第 2 号"):
        add(engine)
    with pytest.raises(CatalogueFault, match="第9行"):
        add(engine, COAL.replace("heating_furnace", "[]"))
    with pytest.raises(BadInput, match="没有条款"):
        add(engine, "  []")
    with pytest.raises(BadInput, match="没有写理由"):
        clause_acts.add(engine, COUNTY, "a", HEAD + COAL, reason=" ", adopting=False, actor=LOCAL_OPERATOR)
    with pytest.raises(UnknownClause):
        drop(engine, "LS99")

    with reading(engine) as session:
        assert changes.head(session, COUNTY) == 2


def attempt(engine: Engine, clauses: str, as_of: str = FIRST) -> Trial:
    with reading(engine) as session:
        known = changes.head(session, COUNTY)
        about = (session, COUNTY, "试.yaml", HEAD + clauses)
        return trial(*about, day=day(as_of), known=known, actor=LOCAL_OPERATOR)


def turned(found: Trial) -> list[tuple[str, str, str]]:
    return [(one.enterprise.name, one.before.answer, one.after.answer) for one in found.turned]


def test_trying_a_file_shows_whose_verdict_it_would_change_and_writes_nothing(engine: Engine) -> None:
    two_furnaces(engine)

    found = attempt(engine, COAL)

    assert sorted(turned(found)) == [
        ("乙锻造有限公司", "does_not_hold", "cannot_tell"),
        ("甲锻造有限公司", "does_not_hold", "holds"),
    ]
    assert found.status == 1
    assert found.as_dict()["totals"] == {"enterprises": 2, "furnaces": 2}
    assert said(ask(engine, FIRST)) == {}
    add(engine, adopting=True)
    assert {one[0]: one[2] for one in turned(found)} == {
        name: word for name, (word, _) in said(ask(engine, FIRST)).items()
    }
    assert attempt(engine, COAL).turned == ()


def test_trying_a_changed_clause_shows_what_no_longer_holds(engine: Engine) -> None:
    two_furnaces(engine)
    add(engine, adopting=True)
    gas = COAL.replace("value: coal}]", "value: natural_gas}]").replace(
        "{attrs: {fuel: coal}", "{attrs: {fuel: natural_gas}"
    )

    found = attempt(engine, gas)

    assert turned(found) == [("甲锻造有限公司", "does_not_hold", "holds"), ("甲锻造有限公司", "holds", "does_not_hold")]
    assert found.replaced == (ID,)


def test_trying_says_which_clauses_would_answer_nothing(engine: Engine) -> None:
    two_furnaces(engine)
    limit = COAL.replace(ID, "LS25-B").replace("category: eliminate", "category: requirement")
    lacking = COAL.replace(ID, "LS25-C") + "    needs: [lining]\n"

    found = attempt(engine, COAL + limit + lacking, BEFORE)

    assert found.turned == ()
    assert found.status == 1
    why = dict(found.silent)
    assert "有效期" in why[ID]
    assert "整治要求" in why["LS25-B"]
    assert "lining" in why["LS25-C"]
