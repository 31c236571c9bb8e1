"""What the register tells an import of the firms that a roster may be about."""

from __future__ import annotations

from sqlalchemy import Engine, event

from app.domain.credit_code import check_character
from app.domain.proposal import Known
from app.register.facts.known import known
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, machine, permit, roster, seen, take_back, take_in

SURVEY = "2024-01-15"
VALID = "91431127MA4L0AXQ0" + check_character("91431127MA4L0AXQ0")


def asked(
    engine: Engine,
    names: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
    source: str = "别处",
    township: str | None = None,
) -> Known:
    with reading(engine) as session:
        return known(session, COUNTY, names=names, codes=codes, source=source, township=township)


def test_a_firm_is_known_by_any_name_that_it_ever_had_however_spelled(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "华强（蓝山）铸造"}), Firm({"name": "别的"}), on=SURVEY))
    firm = seen(engine, SURVEY).enterprises[0].id
    take_in(engine, roster(Firm({"name": "华强新材料"}, id=firm), on="2024-06-30"))

    assert [one.id for one in asked(engine, ("华强(蓝山) 铸造",)).firms] == [firm]
    assert [one.id for one in asked(engine, ("华强新材料",)).firms] == [firm]
    assert asked(engine, ("没有",)).firms == ()


def test_a_firm_is_known_by_a_valid_credit_code_only(engine: Engine) -> None:
    broken = VALID[:-1] + ("0" if VALID[-1] != "0" else "1")
    take_in(engine, roster(Firm({"name": "甲", "uscc": VALID}), Firm({"name": "乙", "uscc": broken}), on=SURVEY))

    assert len(asked(engine, codes=(VALID,)).firms) == 1
    assert asked(engine, codes=(broken,)).firms == ()


def test_a_firm_comes_with_all_that_stands_of_it(engine: Engine) -> None:
    holds = [machine(shell="steel", quantity=2), permit("eia", standing="held")]
    take_in(engine, roster(Firm({"name": "甲", "status": "producing"}, holds), on=SURVEY))

    firm = asked(engine, ("甲",)).firms[0]

    assert sorted((one.section, one.kind) for one in firm.subjects) == [
        ("enterprise", None),
        ("equipment", None),
        ("permit", "eia"),
    ]
    assert sorted(one.field for one in firm.statements) == ["name", "quantity", "shell", "standing", "status"]


def test_the_last_roster_of_the_source_and_township_comes_whole(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "旧"}), on=SURVEY, by="新圩镇", township="431127105"))
    take_in(
        engine, roster(Firm({"name": "甲"}), Firm({"name": "乙"}), on="2024-03-31", by="新圩镇", township="431127105")
    )
    take_in(engine, roster(Firm({"name": "丙"}), on="2024-03-31", by="土市镇"))

    found = asked(engine, source="新圩镇", township="431127105")

    names = {said.value for firm in found.firms for said in firm.statements}
    assert names == {"甲", "乙"}
    assert found.last_roster == {firm.id for firm in found.firms}
    assert asked(engine, source="新圩镇").last_roster == frozenset()
    assert len(asked(engine, source="土市镇").last_roster) == 1


def test_what_was_undone_is_not_known(engine: Engine) -> None:
    applied = take_in(engine, roster(Firm({"name": "甲"}, [machine(shell="steel")]), on=SURVEY, by="新圩镇"))
    take_back(engine, applied.batch)

    found = asked(engine, ("甲",), source="新圩镇")

    assert (found.firms, found.last_roster, found.county_firms) == ((), frozenset(), ())


def test_a_machine_that_was_undone_is_not_known_as_its_firms(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "甲"}), on=SURVEY))
    firm = seen(engine, SURVEY).enterprises[0].id
    applied = take_in(engine, roster(Firm({}, [machine(shell="steel")], id=firm), on=SURVEY))
    take_back(engine, applied.batch)

    assert [one.section for one in asked(engine, ("甲",)).firms[0].subjects] == ["enterprise"]


def test_all_firms_are_told_where_a_name_is_none_of_theirs(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "湖南省蓝山县骅强金属有限公司"}), on=SURVEY))

    found = asked(engine, ("骅强铸造",))

    assert found.townships["新圩镇"] == found.townships["蓝山县新圩镇"] == "新圩镇"
    assert found.places == ("湖南省", "永州市", "蓝山县")
    assert [firm.names for firm in found.county_firms] == [("湖南省蓝山县骅强金属有限公司",)]
    assert asked(engine, ("湖南省蓝山县骅强金属有限公司",)).county_firms == ()


def test_asking_for_many_firms_takes_no_more_queries_than_for_one(engine: Engine) -> None:
    names = [f"企业{n}" for n in range(40)]
    take_in(engine, roster(*(Firm({"name": name}, [machine(shell="steel")]) for name in names), on=SURVEY))
    counted: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *said: counted.append(said[2]))

    asked(engine, (names[0],))
    one = len(counted)
    counted.clear()
    found = asked(engine, tuple(names))

    assert len(found.firms) == 40
    assert len(counted) == one
