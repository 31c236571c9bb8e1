"""A city's ledger is issued under a chain of its own: it alters no county, and nothing afterwards alters it."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, text

from app.domain.quarter import Quarter
from app.errors import BadInput, LuzhangError, UnknownCounty
from app.register import ledgers
from app.register.asking import counties_asked, county_asked
from app.register.ledgers import cells
from app.register.ledgers.compare import compare
from app.register.ledgers.standing import standings
from app.register.ledgers.trace import trace
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.over_counties import pins_asked
from app.register.verdicts.reckoning import reckoned
from app.store import changes, ids
from app.store.engine import reading, unit
from app.store.verification import verify
from importers.intake import take_in as take_in_file
from reports.ledger import check, ledger, make
from tests.register.rosters import COUNTY, Firm, head, machine, roster, take_in
from tests.register.saying import day

Q3 = Quarter(2025, 3)
CITY, OWN, OTHER = "4311", "431100", "431128"
XINTIAN = """企业名称,乡镇,生产状态,设备名称,台数
丁铸造厂,龙泉街道,在产,铝壳中频炉,2
戊铸造厂,龙泉街道,停产,冲天炉,1
"""


def two_counties(engine: Engine, folder: Any) -> None:
    one = Firm({"name": "甲铸造有限公司", "township": "新圩镇", "status": "producing"}, [machine(kind="cupola")])
    take_in(engine, roster(one, on="2025-09-20", by="新圩镇人民政府"))
    xintian(engine, folder, XINTIAN)


def xintian(engine: Engine, folder: Any, words: str) -> None:
    (folder / "新田.csv").write_text(words, encoding="utf-8")
    told: dict[str, Any] = {"county": OTHER, "township": None, "valid_from": day("2025-09-10")}
    take_in_file(engine, folder / "新田.csv", **told, actor=LOCAL_OPERATOR)


def issued(engine: Engine, **told: Any) -> bytes:
    return ledger(engine, Q3, CITY, issue=True, actor=LOCAL_OPERATOR, **told)[1]


def given(engine: Engine, code: str = CITY, **told: Any) -> bytes:
    return ledger(engine, Q3, code, actor=LOCAL_OPERATOR, **told)[1]


def traced(engine: Engine, cell: str, revision: int | None = 1) -> dict[str, Any]:
    with reading(engine) as session:
        one = ledgers.revision_of(session, OWN, Q3, revision, LOCAL_OPERATOR)
        return trace(session, one, cell, LOCAL_OPERATOR)


def test_it_is_the_same_to_the_byte_after_later_imports_in_any_county_and_a_revision(
    engine: Engine, tmp_path: Any
) -> None:
    two_counties(engine, tmp_path)
    first = issued(engine)
    assert given(engine, draft=True) == first == given(engine, OWN)

    take_in(engine, roster(Firm({"name": "丙铸造厂", "township": "新圩镇"}), on="2025-09-25", by="县科工局"))
    xintian(engine, tmp_path, XINTIAN.replace("停产", "在产"))
    assert given(engine) == first != given(engine, draft=True)
    with pytest.raises(BadInput, match="已签发第1版"):
        issued(engine)
    second = issued(engine, reason="蓝山补报一家")

    assert given(engine) == second != first
    assert given(engine, revision=1) == first
    with reading(engine) as session:
        told = standings(session, OWN, None, LOCAL_OPERATOR)
        assert verify(session) == []
    (quarter,) = told["quarters"]
    assert (quarter["state"], quarter["known_since"]) == ("revised", False)
    assert [(one["number"], one["heads"], one["known"]) for one in quarter["issues"]] == [
        ("431100-2025Q3-1", {COUNTY: 1, OTHER: 1}, 0),
        ("431100-2025Q3-2", {COUNTY: 2, OTHER: 2}, 0),
    ]


def test_a_check_of_a_city_holds_until_one_of_its_counties_moves(engine: Engine, tmp_path: Any) -> None:
    two_counties(engine, tmp_path)
    first = check(engine, Q3, CITY, record=True, actor=LOCAL_OPERATOR)
    again = check(engine, Q3, OWN, record=True, actor=LOCAL_OPERATOR)
    states = [state(engine)]
    take_in(engine, roster(Firm({"name": "丙铸造厂", "township": "新圩镇"}), on="2025-09-25", by="县科工局"))
    states.append(state(engine))

    assert first["passed"]
    assert first["recorded"] == again["recorded"]
    assert first["recorded"]["heads"] == {COUNTY: 1, OTHER: 1}
    assert states == ["checked", "draft"]


def state(engine: Engine) -> str:
    with reading(engine) as session:
        return str(standings(session, OWN, Q3, LOCAL_OPERATOR)["quarters"][0]["state"])


def test_its_chain_is_no_county_and_alters_none(engine: Engine, tmp_path: Any) -> None:
    take_in(engine, roster(Firm({"name": "甲铸造有限公司", "township": "新圩镇"}), on="2025-09-20"))
    before = head(engine)
    issued(engine)

    with reading(engine) as session:
        assert (changes.head(session, OWN), changes.head(session, COUNTY)) == (1, before)
        assert county_asked(session, None, LOCAL_OPERATOR) == COUNTY
        for division in (CITY, "43"):
            assert counties_asked(session, None, division, None, LOCAL_OPERATOR) == ((COUNTY, before),)
            assert pins_asked(session, (), division, (), LOCAL_OPERATOR) == ((COUNTY, before),)
        assert ledgers.pins_of(session, CITY, LOCAL_OPERATOR) == {COUNTY: before}
        pins = counties_asked(session, None, CITY, None, LOCAL_OPERATOR)
        assert [pin[0] for pin in pins] == [COUNTY]
        found = reckoned(session, pins, township=None, clauses=(), as_of=day("2025-09-30"), actor=LOCAL_OPERATOR)
        assert [one["county"] for one in found.as_dict()["counties"]] == [COUNTY]
        with pytest.raises(UnknownCounty):
            county_asked(session, OWN, LOCAL_OPERATOR)
        with pytest.raises(UnknownCounty):
            counties_asked(session, None, OWN, None, LOCAL_OPERATOR)
    with pytest.raises(UnknownCounty):
        take_in_file(engine, tmp_path, county=OWN, township=None, valid_from=None, actor=LOCAL_OPERATOR)


def test_a_city_that_is_one_county_keeps_that_countys_ledgers(sqlite_engine: Engine) -> None:
    with unit(sqlite_engine) as session:
        changes.open_change(session, "441900", "import", actor="测试", batch=ids.new())
    with reading(sqlite_engine) as session:
        assert counties_asked(session, None, "44", None, LOCAL_OPERATOR) == (("441900", 1),)
        assert ledgers.whose(session, "441900", LOCAL_OPERATOR) == "441900"
        with pytest.raises(BadInput, match="不设县"):
            ledgers.whose(session, "4419", LOCAL_OPERATOR)


def test_every_cell_of_it_leads_into_its_county_as_known_at_its_pin(engine: Engine, tmp_path: Any) -> None:
    two_counties(engine, tmp_path)
    issued(engine)
    with reading(engine) as session:
        one = ledgers.revision_of(session, OWN, Q3, 1, LOCAL_OPERATOR)
        frozen = ledgers.frozen_of(session, one, LOCAL_OPERATOR)
    assert frozen is not None
    firms = frozen.sheet("企业底数")
    assert firms is not None
    at = [column.title for column in firms.columns].index("生产状态")
    place = next(place for place, row in enumerate(firms.rows) if "戊铸造厂" in row)
    cell = cells.row_address(firms, place, at)
    every = [
        cells.address(sheet, row, column)
        for sheet in frozen.sheets
        for row in range(1, cells.last_row(sheet) + 1)
        for column in range(len(sheet.columns))
    ]
    then = {one: traced(engine, one) for one in (*every[::7], cell)}
    xintian(engine, tmp_path, XINTIAN.replace("停产", "在产"))
    issued(engine, reason="更正")

    assert {one: traced(engine, one) for one in then} == then
    (fact,) = then[cell]["facts"]
    assert (fact["text"], fact["called"], fact["recorded"]["change"]) == ("停产", "戊铸造厂", 1)
    assert [(said["file"], said["raw"]) for said in fact["statements"]] == [("新田.csv", "停产")]
    (record,) = then[cell]["records"]
    assert f"county={OTHER}&known=1" in record["address"]
    whole = traced(engine, "分县汇总!B5")
    assert (whole["count"], [one["called"] for one in whole["members"]]) == (2, ["丁铸造厂", "戊铸造厂"])
    assert traced(engine, cell, revision=2)["value"] == "在产"


def test_two_revisions_of_a_city_are_compared_county_by_county(engine: Engine, tmp_path: Any) -> None:
    two_counties(engine, tmp_path)
    issued(engine)
    xintian(engine, tmp_path, XINTIAN.replace("停产", "在产"))
    issued(engine, reason="更正")
    with reading(engine) as session:
        both = [ledgers.revision_of(session, OWN, Q3, number, LOCAL_OPERATOR) for number in (1, 2)]
        found = compare(session, both[0], both[1], LOCAL_OPERATOR)

    sheets = {sheet["sheet"]: sheet for sheet in found["sheets"]}
    (told,) = sheets["企业底数"]["changed"]
    assert (told["called"], told["before"], told["after"]) == ("戊铸造厂", "停产", "在产")
    assert told["because"]
    assert {one["called"].split("　")[0] for one in sheets["汇总"]["changed"]} == {"新田县"}
    assert [one["called"] for one in sheets["汇总"]["left"]] == ["新田县　停产"]


def test_of_two_who_issue_a_city_at_once_one_is_told(
    engine: Engine, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_counties(engine, tmp_path)
    both, reasoned = Barrier(2), make.reasoned

    def together(*told: Any) -> int:
        number = reasoned(*told)
        both.wait(30)
        return number

    monkeypatch.setattr(make, "reasoned", together)
    said: list[str] = []

    def act() -> None:
        try:
            issued(engine)
            said.append("issued")
        except LuzhangError as error:
            said.append(error.code)

    acting = [Thread(target=act) for _ in range(2)]
    for one in acting:
        one.start()
    for one in acting:
        one.join()

    assert sorted(said) == ["issued", "ledger.issued_meanwhile"]


def test_what_a_county_records_while_a_city_is_issued_alters_nothing_of_it(
    engine: Engine, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_counties(engine, tmp_path)
    expected = given(engine)
    gathered = make.city

    def late(session: Any, *told: Any, **more: Any) -> Any:
        take_in(engine, roster(Firm({"name": "丙铸造厂", "township": "新圩镇"}), on="2025-09-25", by="县科工局"))
        with reading(engine) as later:  # sees what was recorded since the counties were pinned
            return gathered(later, *told, **more)

    monkeypatch.setattr(make, "city", late)
    data = issued(engine)

    assert data == expected
    with reading(engine) as session:
        assert ledgers.revision_of(session, OWN, Q3, 1, LOCAL_OPERATOR).heads == {COUNTY: 1, OTHER: 1}
        assert changes.head(session, COUNTY) == 2


def test_a_countys_chain_written_anew_is_told_by_the_citys_anchors(sqlite_engine: Engine, tmp_path: Any) -> None:
    two_counties(sqlite_engine, tmp_path)
    issued(sqlite_engine)
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER guard_change_once"))
        connection.execute(text(f"UPDATE change SET digest = 'other' WHERE county = '{OTHER}' AND number = 1"))
    with reading(sqlite_engine) as session:
        found = [one for one in verify(session) if one.code == "ledger.anchor"]

    assert [(one.county, one.change) for one in found] == [(OWN, 1)]
    assert f"{OTHER} 第 1 号变更，链的摘要与签发时不同" in found[0].what


@pytest.mark.parametrize(
    "some",
    [
        Actor("蓝山", counties=frozenset({COUNTY})),
        Actor("两县", counties=frozenset({COUNTY, OTHER})),
        Actor("乡镇", townships=frozenset({"431127101"})),
    ],
)
def test_who_sees_a_part_neither_checks_nor_issues_the_whole(sqlite_engine: Engine, tmp_path: Any, some: Actor) -> None:
    two_counties(sqlite_engine, tmp_path)

    with pytest.raises(BadInput, match="没有代码为“4311”"):
        ledger(sqlite_engine, Q3, CITY, issue=True, actor=some)
    with pytest.raises(BadInput, match="没有代码为“4311”"):
        check(sqlite_engine, Q3, CITY, record=False, actor=some)
    with pytest.raises(BadInput, match="没有代码为“4311”"):
        ledger(sqlite_engine, Q3, CITY, draft=True, actor=some)
