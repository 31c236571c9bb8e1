"""A firm's dossier says of a day what the register and every answer about the firm say."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf
from app.errors import NotFound
from app.register.dossier import dossier
from app.register.scope import LOCAL_OPERATOR
from app.register.steps.gaps import gaps
from app.register.verdicts.obsolete import obsolete
from app.store.changes import head
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, action, machine, permit, roster, seen, take_in
from tests.register.saying import day
from tests.register.steps.lanshan import on as day_of

SURVEY = "2024-01-15"


@pytest.fixture
def county(engine: Engine) -> Engine:
    """A firm with an aluminium-shell furnace, one with a steel one; in March a second paper disputes a state."""
    old = machine(code="1", kind="induction_furnace", shell="aluminium", state="in_use", quantity=2)
    new = machine(code="2", kind="induction_furnace", shell="steel", capacity_t=1.0)
    held = permit("pollutant_discharge", standing="held", number="91431127MA4L00001X001P")
    take_in(
        engine,
        roster(
            Firm({"name": "甲铸造厂", "township": "新圩镇", "contact_phone": "13812345678"}, [old, held]),
            Firm({"name": "乙铸造厂", "township": "新圩镇"}, [new]),
            on=SURVEY,
        ),
    )
    return engine


def test_it_says_what_is_known_and_what_the_clauses_say_as_the_list_does(county: Engine) -> None:
    with reading(county) as session:
        known = head(session, COUNTY)
        found = dossier(session, COUNTY, "甲铸造厂", AsOf(day(SURVEY), known), LOCAL_OPERATOR)
        listed = obsolete(session, county=COUNTY, as_of=day(SURVEY), known=known, actor=LOCAL_OPERATOR)
    told = found.as_dict()

    facts = {one["field"]: one["text"] for one in told["enterprise"]["facts"]}
    assert (facts["name"], facts["contact_phone"]) == ("甲铸造厂", "138****5678")
    assert [len(told[name]) for name in ("equipment", "permits", "plans", "actions")] == [1, 1, 0, 0]
    assert told["equipment"][0]["present"] is True
    lines = [line.as_dict() for row in listed.rows if row.enterprise.id == found.firm.id for line in row.lines]
    assert [{key: one[key] for key in one if key != "equipment_id"} for one in told["verdicts"]] == lines
    assert [one["limit"] for one in told["limits"]]
    assert found.status == 1


def test_of_a_day_before_the_firm_was_known_it_says_so(county: Engine) -> None:
    with reading(county) as session, pytest.raises(NotFound, match="还没有"):
        dossier(session, COUNTY, "甲铸造厂", AsOf(day("2020-01-01"), head(session, COUNTY)), LOCAL_OPERATOR)


def test_of_a_firm_that_nobody_knows_it_says_so(county: Engine) -> None:
    with reading(county) as session, pytest.raises(NotFound, match="没有“丙铸造厂”这家企业"):
        dossier(session, COUNTY, "丙铸造厂", AsOf(day(SURVEY), head(session, COUNTY)), LOCAL_OPERATOR)


def test_it_names_the_gaps_of_the_firms_steps_with_their_sentences_and_no_other_firms(county: Engine) -> None:
    cuts = [action("power_cut", taken_on=day_of("2025-12-10"))]
    for one in seen(county, SURVEY).enterprises:
        take_in(county, roster(Firm({}, cuts, id=one.id), on="2025-12-31", by=one.name))
    with reading(county) as session:
        known = head(session, COUNTY)
        before, after = (
            dossier(session, COUNTY, "乙铸造厂", AsOf(day(one), known), LOCAL_OPERATOR)
            for one in ("2025-12-09", "2025-12-31")
        )
        listed = gaps(session, COUNTY, day("2025-12-31"), known, LOCAL_OPERATOR)

    told = after.as_dict()["gaps"]
    assert before.as_dict()["gaps"] == []
    assert told == [one.as_dict() for one in listed if one.name == "乙铸造厂"]
    assert any("根据市生态环境局蓝山分局函件" in one["sentence"] and one["open"] for one in told)
    assert after.status == 1
