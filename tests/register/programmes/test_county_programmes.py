"""A county's own programmes, on both engines: kept by a change, counting from it on, taken out and still known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf
from app.errors import BadInput, CatalogueFault, Decided, NotFound
from app.register.dossier import dossier
from app.register.programmes import county_programmes
from app.register.programmes.county_programmes import programmes_of
from app.register.programmes.placing import bucketed, county_of_programme, stages
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import changes
from app.store.engine import reading
from app.store.verification import verify
from tests.register import rosters
from tests.register.rosters import Firm, roster
from tests.register.saying import day

COUNTY = "140921"
ID = "DX25-SECOND"
FILE = """version: 1
zones:
  - {id: DX25-PARK, name: 新园区, kind: park, county: "140921", park: [新园区]}
programmes:
  - id: DX25-SECOND
    title: 定襄县第二轮整治方案
    kind: plan
    issuer: 定襄县人民政府
    issued: 2025-06-01
    jurisdiction: "1409"
    scope:
      - {name: 法兰, counties: ["140921"], text: 法兰产业, words: [法兰]}
    stages:
      - no: 1
        scope: 法兰
        text: 第一阶段，宏道镇、新园区、张村
        from: 2025-07-01
        to: 2025-12-31
        areas:
          - {name: 宏道镇, township: "140921102"}
          - {name: 新园区, zone: DX25-PARK}
          - {name: 张村, zone: DX-ZHANGCUN}
    buckets:
      - {scheme: 两个一批, text: 关停一批、改造一批, names: [关停一批, 改造一批]}
"""


@pytest.fixture
def forges(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A flange forge of 宏道镇, and one of 季庄镇."""
    monkeypatch.setattr(rosters, "COUNTY", COUNTY)
    firms = ({"name": "甲法兰厂", "township": "宏道镇"}, {"name": "乙法兰厂", "township": "季庄镇"})
    rosters.take_in(engine, roster(*map(Firm, firms), on="2024-01-01", by="填报单位"))
    return engine


def add(engine: Engine, text: str = FILE, name: str = "第二轮.yaml") -> county_programmes.Added:
    return county_programmes.add(engine, COUNTY, name, text, reason="定政办发〔2025〕8号", actor=LOCAL_OPERATOR)


def drop(engine: Engine, named: str) -> tuple[str, int]:
    return county_programmes.drop(engine, COUNTY, named, reason="方案废止", actor=LOCAL_OPERATOR)


def reached(engine: Engine, known: int | None = None) -> dict[str, tuple[str, list[int]]]:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        found = stages(session, ID, COUNTY, as_of=day("2025-08-01"), known=at, actor=LOCAL_OPERATOR).as_dict()
    return {one["enterprise"]["name"]: (one["answer"], one["stages"]) for one in found["enterprises"]}


def test_a_programme_added_by_file_places_firms_from_its_change_on(forges: Engine) -> None:
    added = add(forges)

    assert (added.change, added.programmes, added.replaced) == (2, (ID,), ())
    assert reached(forges) == {"甲法兰厂": ("in_stage", [1]), "乙法兰厂": ("none", [])}
    with pytest.raises(NotFound, match="没有编号为“DX25-SECOND”的方案"):
        reached(forges, known=1)
    with reading(forges) as session:
        found = bucketed(session, ID, COUNTY, as_of=day("2025-08-01"), known=2, actor=LOCAL_OPERATOR)
        assert found.schemes[0]["unsorted"] == 2
        assert county_of_programme(session, ID, None, LOCAL_OPERATOR) == COUNTY
        assert verify(session) == []


def test_a_dossier_names_the_programmes_that_were_issued_by_the_day(forges: Engine) -> None:
    add(forges)

    def told(on: str, known: int = 2) -> list[str]:
        with reading(forges) as session:
            found = dossier(session, COUNTY, "甲法兰厂", AsOf(day(on), known), LOCAL_OPERATOR)
        return [str(one["programme"]) for one in found.stages]

    assert told("2024-02-01") == []
    assert told("2025-05-31") == ["XZ24-CLUSTERS"]
    assert told("2025-06-01") == ["XZ24-CLUSTERS", ID]
    assert told("2025-06-01", known=1) == ["XZ24-CLUSTERS"]


def test_a_newer_text_takes_the_place_of_the_former_which_stands_again_when_it_is_taken_out(forges: Engine) -> None:
    add(forges)
    newer = FILE.replace('宏道镇, township: "140921102"', '季庄镇, township: "140921103"')

    assert add(forges, newer, "更新.yaml").replaced == (ID,)

    assert reached(forges)["乙法兰厂"] == ("in_stage", [1])
    assert reached(forges, known=2)["乙法兰厂"] == ("none", [])
    assert drop(forges, "更新.yaml") == ("更新.yaml", 4)
    assert reached(forges)["乙法兰厂"] == ("none", [])
    assert reached(forges, known=3)["乙法兰厂"] == ("in_stage", [1])


def test_a_file_is_dropped_by_its_id_or_name_and_by_no_other_word(forges: Engine) -> None:
    added = add(forges)
    with pytest.raises(NotFound, match="没有叫“DX25-SECOND”的方案文件") as told:
        drop(forges, ID)
    assert added.file in told.value.fix

    assert drop(forges, added.file) == ("第二轮.yaml", 3)

    with pytest.raises(NotFound):
        reached(forges)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"140921"], text', '"140924"], text', "范围里没有本县（140921）"),
        ("id: DX25-SECOND", "id: XZ24-CLUSTERS", "编号与随程序的重复"),
        ("id: DX25-PARK", "id: DX-RING3", "编号与随程序的重复"),
        ('"140921102"', '"140921199"', "没有代码为 140921199 的乡镇"),
        ('["140921"]', '["140921", "140999"]', "没有代码为 140999 的县"),
        ("zone: DX-ZHANGCUN", "zone: DX-LISICUN", "没有编号为“DX-LISICUN”的地方"),
    ],
)
def test_a_file_that_does_not_fit_the_county_is_refused_whole(
    forges: Engine, before: str, after: str, reason: str
) -> None:
    with pytest.raises(CatalogueFault) as told:
        add(forges, FILE.replace(before, after))

    assert any(reason in fault and "第二轮.yaml 第" in fault for fault in told.value.faults), told.value.faults
    with reading(forges) as session:
        assert changes.head(session, COUNTY) == 1


def test_the_same_file_twice_or_an_empty_one_or_no_reason_records_nothing(forges: Engine) -> None:
    add(forges)
    with pytest.raises(Decided, match="第 2 号变更已经加入"):
        add(forges)
    with pytest.raises(BadInput, match="没有方案"):
        add(forges, "version: 1\nprogrammes: []\n")
    with pytest.raises(BadInput, match="没有写理由"):
        county_programmes.drop(forges, COUNTY, "第二轮.yaml", reason=" ", actor=LOCAL_OPERATOR)
    with reading(forges) as session:
        assert changes.head(session, COUNTY) == 2


def test_another_county_knows_nothing_of_it(forges: Engine) -> None:
    add(forges)
    asked: dict[str, Callable[..., Any]] = {}

    with reading(forges) as session:
        asked["stranger"] = lambda: programmes_of(session, COUNTY, 2, Actor("外县", counties=frozenset(["431126"])))
        asked["elsewhere"] = lambda: programmes_of(session, "431126", 2, LOCAL_OPERATOR)
        assert {name: ID in one().programmes for name, one in asked.items()} == {"stranger": False, "elsewhere": False}
