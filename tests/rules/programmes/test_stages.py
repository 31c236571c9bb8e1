"""In which stage a place is: by township, village, park and address words; several, none and not to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.programmes.loader import shipped_programmes
from app.rules.programmes.programme import Area
from app.rules.programmes.stages import ANSWERS, Staged, stage_of, stages_on
from app.rules.programmes.zones import Place

FLANGES = shipped_programmes().programme("XZ24-CLUSTERS")
DAY = date(2024, 6, 1)
JIZHUANG = {"township": "季庄镇", "township_code": "140921103"}
HONGDAO = {"township": "宏道镇", "township_code": "140921102"}


def staged(**place: str) -> Staged:
    return stage_of(FLANGES, Place(**place), DAY)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2024-04-30", []),
        ("2024-05-01", [1]),
        ("2024-09-30", [1]),
        ("2024-10-01", [1, 2]),
        ("2024-10-02", [2]),
        ("2025-04-01", [2, 3]),
        ("2025-10-01", [3]),
        ("2025-10-02", []),
    ],
)
def test_a_day_that_ends_one_stage_and_begins_the_next_belongs_to_both(day: str, due: list[int]) -> None:
    assert [stage.number for stage in stages_on(FLANGES, date.fromisoformat(day))] == due


@pytest.mark.parametrize(
    ("place", "stage", "words"),
    [
        (HONGDAO, 2, "乡镇为宏道镇 → 第二阶段"),
        ({"village": "西河头村"}, 1, "村写明“西河头村” → 第一阶段"),
        ({"village": "西河头"}, 1, "村写明“西河头” → 第一阶段"),
        ({"village": "张村村委会"}, 1, "村写明“张村村” → 第一阶段"),
        ({"address": "定襄县张村"}, 1, "地址写明“张村” → 第一阶段"),
        ({"address": "山西省忻州市定襄县晋昌镇杨芳村东"}, 1, "地址写明“杨芳村” → 第一阶段"),
        ({"park": "定襄县庄力产业集聚区"}, 1, "所在园区写明“定襄县庄力产业集聚区” → 第一阶段"),
        ({"address": "机场大道 12 号"}, 1, "地址写有“机场大道” → 第一阶段"),
        ({"address": "三环路以内"}, 1, "地址写有“三环路以内” → 第一阶段"),
        ({"village": "北西力村"}, 2, "村写明“北西力村” → 第二阶段"),
        ({**JIZHUANG, "village": "张村"}, 1, "村写明“张村” → 第一阶段"),
    ],
)
def test_a_place_is_in_a_stage_for_a_reason(place: dict[str, str], stage: int, words: str) -> None:
    found = staged(**place)

    assert (found.answer, [one.number for one in found.stages]) == ("in_stage", [stage])
    assert [match.words for match in found.matches] == [words]
    assert found.settled


def test_a_township_of_no_stage_is_in_none_unless_a_zone_lies_there() -> None:
    found = staged(**JIZHUANG)

    assert (found.answer, found.stages) == ("none", ())
    assert {match.area.name for match in found.unless} >= {"西河头村", "庄力产业集聚区", "机场大道两侧企业"}
    assert found.question is not None


def test_a_firm_that_fits_several_says_so() -> None:
    found = staged(**HONGDAO, address="宏道镇机场大道南侧")

    assert (found.answer, [stage.number for stage in found.stages]) == ("several", [1, 2])
    assert "按哪一条划分" in str(found.question)


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"village": "甲村"},
        {"township": "不知道的乡"},
        {**JIZHUANG, "address": "三环路旁"},
        {**JIZHUANG, "address": "季庄镇北张村"},
        {**JIZHUANG, "address": "张村路8号"},
        {**JIZHUANG, "park": "庄力工业园"},
    ],
)
def test_what_does_not_settle_it_is_asked(place: dict[str, str]) -> None:
    found = staged(**place)

    assert found.answer == "cannot_tell"
    assert found.question is not None
    assert "企业是否在下列地方" in found.question


def test_a_zone_counts_only_on_its_days() -> None:
    old = replace(shipped_programmes().zones["DX-ZHANGCUN"], until=date(2024, 6, 1))
    first = replace(FLANGES.stages[0], areas=(Area("张村", zone=old),))
    changed = replace(FLANGES, stages=(first,))
    place = Place(village="张村", **JIZHUANG)

    assert stage_of(changed, place, date(2024, 5, 31)).answer == "in_stage"
    assert stage_of(changed, place, date(2024, 6, 1)).answer == "none"


@pytest.mark.parametrize(
    ("place", "denied"),
    [
        ({"village": "杨芳乡某村"}, "杨芳村"),
        ({"village": "北张村"}, "张村"),
        ({"park": "别的园区"}, "庄力产业集聚区"),
        ({"address": "三环路以外"}, "三环路范围以内企业"),
        ({"address": "不在机场大道"}, "机场大道两侧企业"),
    ],
)
def test_what_is_elsewhere_is_not_asked_again(place: dict[str, str], denied: str) -> None:
    found = staged(**JIZHUANG, **place)

    assert found.answer == "none"
    assert denied not in {match.area.name for match in found.unless}


_WORDS = st.lists(
    st.sampled_from(
        ["定襄县", "季庄镇", "宏道镇", "北", "张村", "西河头村", "路", "三环", "路", "以内", "庄力", "、", "（"]
    ),
    max_size=5,
).map("".join)


@given(_WORDS, _WORDS, _WORDS, st.sampled_from([None, "140921102", "140921103"]))
def test_whatever_is_written_is_answered_with_a_reason_or_a_question(
    village: str, park: str, address: str, township: str | None
) -> None:
    found = stage_of(FLANGES, Place("某镇", township, village or None, park or None, address or None), DAY)

    assert found.answer in ANSWERS
    assert bool(found.matches) == (found.answer in ("in_stage", "several"))
    assert found.question is not None or found.answer in ("in_stage", "none")
    assert {match.stage.number for match in found.matches} == {stage.number for stage in found.stages}
