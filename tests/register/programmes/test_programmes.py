"""Programmes over the register: the stage of each firm with its cells, as of a day and as known then; and buckets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from app.errors import BadInput, NotFound, UnknownCounty, UnknownTownship
from app.register.programmes.placing import Bucketed, FirmStage, Stages, bucketed, stages
from app.register.scope import LOCAL_OPERATOR, Actor
from app.store import changes
from app.store.engine import reading
from tests.register import rosters
from tests.register.rosters import Firm, roster
from tests.register.saying import day

DINGXIANG, LANSHAN = "140921", "431127"
FLANGES = "XZ24-CLUSTERS"
TakeIn = Callable[..., Any]


@pytest.fixture
def take_in(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> TakeIn:
    """Take in firms of 定襄, as a source tells of them on a day."""

    def taken(*firms: dict[str, Any], on: str = "2024-06-01", by: str = "填报单位", county: str = DINGXIANG) -> Any:
        monkeypatch.setattr(rosters, "COUNTY", county)
        return rosters.take_in(engine, roster(*(Firm(facts) for facts in firms), on=on, by=by))

    return taken


def staged(engine: Engine, on: str = "2024-12-31", known: int | None = None, **more: Any) -> Stages:
    with reading(engine) as session:
        at = changes.head(session, DINGXIANG) if known is None else known
        actor = more.pop("actor", LOCAL_OPERATOR)
        return stages(session, FLANGES, DINGXIANG, as_of=day(on), known=at, actor=actor, **more)


def of_one(engine: Engine, name: str, **more: Any) -> FirmStage:
    (found,) = staged(engine, firm=name, **more).firms
    return found


def test_an_enterprise_in_hongdao_is_in_the_second_stage(engine: Engine, take_in: TakeIn) -> None:
    take_in({"name": "甲法兰厂", "township": "宏道镇"})

    found = of_one(engine, "甲法兰厂").as_dict()

    assert (found["answer"], found["stages"]) == ("in_stage", [2])
    assert found["because"][0]["words"] == "乡镇为宏道镇 → 第二阶段"
    assert found["sources"] == [{"field": "township", "file": "填报单位.xlsx", "cell": "Sheet1!B6"}]
    assert found["under"] == {"holds": True, "scope": "法兰行业", "because": "“甲法兰厂”写有“法兰”"}


def test_an_enterprise_in_jizhuang_is_in_no_stage(engine: Engine, take_in: TakeIn) -> None:
    take_in({"name": "甲锻造厂", "township": "季庄镇"})

    found = of_one(engine, "甲锻造厂")

    assert (found.staged.answer, found.staged.stages) == ("none", ())
    assert found.under.holds is None


def test_townships_of_no_stage_are_listed(engine: Engine) -> None:
    found = staged(engine, known=0)

    assert [name for _, name in found.unstaged] == ["晋昌镇", "季庄镇", "受禄乡", "定襄县居民办事处"]
    assert found.firms == ()


@pytest.mark.parametrize(("township", "answer"), [("140921102", "in_stage"), ("季庄镇", "none")])
def test_a_township_is_asked_by_code_or_name(engine: Engine, township: str, answer: str) -> None:
    found = staged(engine, known=0, township=township)

    assert found.township is not None
    assert found.township[1].answer == answer


def test_the_boundary_day_shows_both_stages(engine: Engine) -> None:
    said = staged(engine, "2024-10-01", known=0).as_dict()

    assert said["due"] == [1, 2]
    assert [one["standing_label"] for one in said["stages"]] == ["最后一天", "第一天", "未开始"]


def test_every_firm_is_counted_once_under_its_answer(engine: Engine, take_in: TakeIn) -> None:
    take_in(
        {"name": "甲法兰厂", "township": "神山乡"},
        {"name": "乙法兰厂", "village": "张村"},
        {"name": "丙法兰厂", "township": "宏道镇", "address": "机场大道"},
        {"name": "丁法兰厂"},
        {"name": "戊法兰厂", "township": "受禄乡"},
    )

    found = staged(engine)

    assert found.totals == {"1": 1, "2": 1, "3": 0, "several": 1, "none": 1, "cannot_tell": 1}
    assert sum(found.totals.values()) == len(found.firms) == 5
    assert found.status == 1


@pytest.mark.parametrize(("other", "answer", "stage"), [("蒋村镇", "cannot_tell", []), ("神山乡", "in_stage", [2])])
def test_a_township_that_sources_dispute_settles_only_what_all_give(
    engine: Engine, take_in: TakeIn, other: str, answer: str, stage: list[int]
) -> None:
    take_in({"name": "甲法兰厂", "township": "宏道镇"})
    firm = of_one(engine, "甲法兰厂").firm.id
    rosters.take_in(engine, roster(Firm({"township": other}, id=firm), on="2024-06-01", by="另一家"))

    found = of_one(engine, "甲法兰厂").as_dict()

    assert (found["answer"], found["stages"], found["disputed"]) == (answer, stage, ["township"])
    assert (found["question"] is None) == (answer == "in_stage")


def test_a_move_changes_the_stage_from_its_day_and_not_what_was_known(engine: Engine, take_in: TakeIn) -> None:
    take_in({"name": "甲法兰厂", "township": "宏道镇"})
    firm = of_one(engine, "甲法兰厂").firm.id
    rosters.take_in(engine, roster(Firm({"township": "河边镇"}, id=firm), on="2024-09-01"))

    def stage(**more: Any) -> list[int]:
        return [one.number for one in of_one(engine, "甲法兰厂", **more).staged.stages]

    assert stage(on="2024-08-31") == [2]
    assert stage(on="2024-09-01") == [3]
    assert stage(on="2024-09-01", known=1) == [2]


def test_what_is_not_there_is_named(engine: Engine, take_in: TakeIn) -> None:
    take_in({"name": "甲法兰厂", "township": "宏道镇"})

    with pytest.raises(NotFound):
        staged(engine, firm="没有这家")
    with pytest.raises(NotFound, match="截至 2024-05-31 登记库里还没有"):
        staged(engine, "2024-05-31", firm="甲法兰厂")
    with pytest.raises(BadInput, match="只能问一个"):
        staged(engine, firm="甲法兰厂", township="宏道镇")
    with pytest.raises(UnknownTownship):
        staged(engine, township="新圩镇")
    with reading(engine) as session, pytest.raises(BadInput, match="不管 431127"):
        stages(session, FLANGES, LANSHAN, as_of=day("2024-06-01"), known=0, actor=LOCAL_OPERATOR)
    with reading(engine) as session, pytest.raises(BadInput, match="没有给 140923 分阶段"):
        stages(session, FLANGES, "140923", as_of=day("2024-06-01"), known=0, actor=LOCAL_OPERATOR)


def test_another_countys_actor_sees_no_firm(engine: Engine, take_in: TakeIn) -> None:
    take_in({"name": "甲法兰厂", "township": "宏道镇"})

    with pytest.raises(UnknownCounty):
        staged(engine, actor=Actor("外县", counties=frozenset(["431126"])))


def by_bucket(engine: Engine, programme: str, county: str, on: str = "2025-12-31") -> Bucketed:
    with reading(engine) as session:
        known = changes.head(session, county)
        return bucketed(session, programme, county, as_of=day(on), known=known, actor=LOCAL_OPERATOR)


def test_firms_stand_under_the_papers_own_buckets_and_the_rest_is_named(engine: Engine, take_in: TakeIn) -> None:
    take_in(
        {"name": "甲厂", "disposition": "关停退出"},
        {"name": "乙厂", "disposition": "转型升级"},
        {"name": "丙厂", "disposition": "整改升级一批"},
        {"name": "丁厂"},
        county=LANSHAN,
    )

    criteria, results = by_bucket(engine, "YZ25-LANSHAN", LANSHAN).schemes

    assert {one["bucket"]: one["count"] for one in results["buckets"]} == {
        "关停退出一批": 1,
        "转型升级一批": 1,
        "整合提升一批": 0,
    }
    assert [one["name"] for one in results["unsorted_enterprises"]] == ["丙厂", "丁厂"]
    assert [one["count"] for one in criteria["buckets"]] == [1, 0, 1]
    assert (results["stated_total"], results["stated_unsorted"]) == (36, 4)


def test_a_bucket_that_sources_dispute_counts_under_neither(engine: Engine, take_in: TakeIn) -> None:
    take_in({"name": "甲厂", "disposition": "就地改造一批"})
    with reading(engine) as session:
        (own,) = stages(session, FLANGES, DINGXIANG, as_of=day("2024-12-31"), known=1, actor=LOCAL_OPERATOR).firms
    other = Firm({"disposition": "淘汰关停一批"}, id=own.firm.id)
    rosters.take_in(engine, roster(other, on="2024-06-01", by="另一家"))

    (scheme,) = by_bucket(engine, FLANGES, DINGXIANG).schemes

    assert (scheme["disputed"], scheme["unsorted"]) == (1, 0)
    assert [one["count"] for one in scheme["buckets"]] == [0, 0, 0, 0]


def test_a_programme_without_buckets_says_so(engine: Engine) -> None:
    with pytest.raises(BadInput, match="没有分类"):
        by_bucket(engine, "CJ21-FOUNDRY", "652301")
