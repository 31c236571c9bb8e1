"""Counties and townships by name, code and dated alias."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, UnknownCounty, UnknownTownship
from app.register.places import add_alias, county_of, township_in, townships_of
from app.store.engine import reading, unit
from tests.register.saying import day

COUNTY = "431127"
XINXU = ("431127105", "新圩镇")


def test_a_county_is_found_by_its_code(engine: Engine) -> None:
    with reading(engine) as session:
        assert county_of(session, COUNTY) == (COUNTY, "蓝山县")
        for code in ("431199", "4311", "431127105", ""):
            with pytest.raises(UnknownCounty):
                county_of(session, code)


def test_a_township_is_found_by_name_or_code(engine: Engine) -> None:
    with reading(engine) as session:
        for text in ("新圩镇", " 新圩 镇", "蓝山县新圩镇", "431127105", "431127105000", "４３１１２７１０５"):
            assert township_in(session, COUNTY, text) == XINXU


def test_a_township_of_another_county_or_of_none_is_unknown(engine: Engine) -> None:
    with reading(engine) as session:
        for text in ("宏道镇", "140921102", "431127999", "431127105001", ""):
            with pytest.raises(UnknownTownship, match="蓝山县"):
                township_in(session, COUNTY, text)


def test_an_alias_is_understood_on_its_days(engine: Engine, owner_engine: Engine) -> None:
    with unit(owner_engine) as session:
        add_alias(session, COUNTY, "新圩镇", "新墟镇", since=day("2000-01-01"), until=day("2015-01-01"))

    with reading(engine) as session:
        assert township_in(session, COUNTY, "新墟镇") == XINXU
        assert township_in(session, COUNTY, "新墟镇", on=day("2014-12-31")) == XINXU
        with pytest.raises(UnknownTownship):
            township_in(session, COUNTY, "新墟镇", on=day("2015-01-01"))


def test_an_alias_may_not_be_another_townships_name(engine: Engine) -> None:
    with unit(engine) as session, pytest.raises(BadInput, match="太平圩镇"):
        add_alias(session, COUNTY, "新圩镇", "太平圩镇", since=day("2000-01-01"))


def test_every_spelling_of_a_county_stands_in_one_mapping(engine: Engine) -> None:
    with reading(engine) as session:
        found = townships_of(session, COUNTY)
        nothing = townships_of(session, "999999")

    assert found["新圩镇"] == XINXU
    assert {code[:6] for code, _ in found.values()} == {COUNTY}
    assert nothing == {}
