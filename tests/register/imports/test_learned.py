"""What the county remembers of names and townships: told by a person, contradicted by nobody, taken back at will."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.credit_code import check_character
from app.errors import BadInput, Decided, UnknownTownship
from app.register.desk.merging import merge
from app.register.facts.known import known
from app.register.imports.learned import (
    Learned,
    call_firm,
    call_township,
    firms_called,
    hear_name,
    of_layouts,
    remember,
)
from app.register.places import township_in, townships_of
from app.store.changes import open_change
from app.store.engine import reading, unit
from app.store.models import Change
from importers.facts import Fact
from importers.proposal.comparison import Words
from importers.proposal.firms import Firms
from tests.register.rosters import COUNTY, Firm, roster, seen, take_in

SURVEY = "2024-01-15"
VALID, OTHER = (body + check_character(body) for body in ("91431127MA4L0AXQ0", "91431127MA4L0AXR9"))


def change_of(session: Session) -> Change:
    return open_change(session, COUNTY, "decide", actor="测试", reason="试")


def firms(engine: Engine, *stated: dict[str, str]) -> dict[str, str]:
    """Firms that state this, each by name, with their ids."""
    take_in(engine, roster(*(Firm(dict(one)) for one in stated), on=SURVEY))
    return {str(one.name): one.id for one in seen(engine, SURVEY).enterprises}


def call(engine: Engine, written: str, firm: str) -> None:
    with unit(engine) as session:
        call_firm(session, change_of(session), written, firm, "镇里这样叫")


def found(engine: Engine, name: str, code: str | None = None) -> str | None:
    """Who a record of this name, and this code, is."""
    with reading(engine) as session:
        facts = known(session, COUNTY, names=[name], codes=[code or ""], source="别处", township=None)
    stated = {"name": name} | ({"uscc": code} if code else {})
    return Firms(facts, Words()).find({key: Fact.written(text, text, "A1") for key, text in stated.items()}).key


def test_a_name_that_a_person_told_of_finds_its_firm(engine: Engine) -> None:
    own = firms(engine, {"name": "甲铸造厂"}, {"name": "乙铸造厂"})
    assert found(engine, "老甲家") == ""

    call(engine, "老甲 家", own["甲铸造厂"])

    assert found(engine, "老甲家") == own["甲铸造厂"]


def test_it_stands_behind_another_valid_code(engine: Engine) -> None:
    own = firms(engine, {"name": "甲铸造厂", "uscc": VALID}, {"name": "乙铸造厂"})
    call(engine, "老甲家", own["甲铸造厂"])

    assert found(engine, "老甲家", VALID) == own["甲铸造厂"]
    assert found(engine, "老甲家", OTHER) == ""


def test_it_means_the_firm_that_stands_for_the_one_told(engine: Engine) -> None:
    own = firms(engine, {"name": "甲铸造厂"}, {"name": "乙铸造厂"})
    call(engine, "老甲家", own["甲铸造厂"])

    with unit(engine) as session:
        merge(session, change_of(session), own["甲铸造厂"], own["乙铸造厂"], "同一家")

    assert found(engine, "老甲家") == own["乙铸造厂"]


def test_another_firms_name_is_not_taken(engine: Engine) -> None:
    own = firms(engine, {"name": "甲铸造厂"}, {"name": "乙铸造厂"})
    for written in ("乙铸造厂", "甲", "甲\x00厂"):
        with pytest.raises(BadInput):
            call(engine, written, own["甲铸造厂"])


@pytest.mark.parametrize(("rows", "remembered"), [("甲", "甲"), ("甲甲", "甲"), ("甲乙", None), ("乙甲", None)])
def test_rows_teach_a_name_only_while_they_agree(engine: Engine, rows: str, remembered: str | None) -> None:
    own = firms(engine, {"name": "甲铸造厂"}, {"name": "乙铸造厂"})
    with unit(engine) as session:
        change = change_of(session)
        for row in rows:
            hear_name(session, change, "老窑厂", own[f"{row}铸造厂"], "电话")

    with reading(engine) as session:
        called = firms_called(session, COUNTY)
    assert called == ({"老窑厂": own[f"{remembered}铸造厂"]} if remembered else {})


def test_rows_teach_no_name_that_a_firm_has(engine: Engine) -> None:
    own = firms(engine, {"name": "甲铸造厂"}, {"name": "乙铸造厂", "short_name": "老窑厂"})
    with unit(engine) as session:
        hear_name(session, change_of(session), "老窑厂", own["甲铸造厂"], "电话")

    with reading(engine) as session:
        assert firms_called(session, COUNTY) == {}


def test_a_township_is_found_by_a_spelling_that_a_person_told_of(engine: Engine) -> None:
    with unit(engine) as session:
        call_township(session, change_of(session), "新 墟", "新圩镇", "老写法")

    with reading(engine) as session:
        assert township_in(session, COUNTY, "新墟")[1] == "新圩镇"
        assert "新墟" not in townships_of(session, COUNTY, learned=False)
        assert "新墟" not in townships_of(session, "431126")


def test_a_spelling_of_a_township_is_decided_anew_but_is_no_other_ones_name(engine: Engine) -> None:
    def told(written: str, township: str) -> None:
        with unit(engine) as session:
            call_township(session, change_of(session), written, township, "老写法")

    told("新墟", "新圩镇")
    told("新墟", "土市镇")
    with reading(engine) as session:
        assert township_in(session, COUNTY, "新墟")[1] == "土市镇"
    for written, township, refusal in (
        ("新墟", "土市镇", Decided),
        ("土市镇", "新圩镇", BadInput),
        ("墟", "新圩镇", BadInput),
        ("新墟", "没有镇", UnknownTownship),
    ):
        with pytest.raises(refusal):
            told(written, township)


def test_the_same_answer_is_remembered_once_and_another_takes_its_place(engine: Engine) -> None:
    said = [Learned("column", "00ff", "包联领导", {"field": field}) for field in (None, None, "enterprise.remark")]
    for one in said:
        with unit(engine) as session:
            remember(session, change_of(session), [one], "导入时指明")

    with reading(engine) as session:
        assert of_layouts(session, COUNTY) == [said[-1]]
        assert of_layouts(session, "431126") == []
