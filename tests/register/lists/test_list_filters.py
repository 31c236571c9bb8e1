"""Filters of lists: what combines how, what cannot be told, and how a bad one is answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import DateInterval
from app.errors import BadInput
from app.register.lists.wants import Days
from tests.register.lists.asking_lists import answers, asked, fitting, untold


def test_filters_take_codes_or_their_words() -> None:
    assert fitting("enterprises", ("status", "closed")) == ["2"]
    assert fitting("enterprises", ("status", "关停退出")) == ["2"]
    assert fitting("enterprises", ("生产状态", "关停退出")) == ["2"]
    assert fitting("enterprises", ("township", "新圩镇"), ("status", "")) == ["1"]
    assert fitting("equipment", ("present", "False")) == ["m3"]
    assert fitting("equipment", ("present", "不能确定")) == ["m1"]
    assert fitting("equipment", ("yoke", "否")) == fitting("equipment", ("yoke", "False")) == ["m1"]
    assert fitting("plans", ("stage", "certified")) == ["q1"]
    assert fitting("actions", ("kind", "停电")) == ["a1", "a3"]
    assert fitting("figures", ("topic", "停电")) == fitting("figures", ("类别", "power_cut")) == ["f"]
    assert fitting("figures", ("topic.not", "复电")) == ["f"]
    assert fitting("figures", ("number", "不明")) == fitting("figures", ("when", "2025年12月10日")) == ["f"]


def test_filters_combine_and_a_key_told_twice_means_either() -> None:
    assert fitting("equipment", ("kind", "cupola"), ("township", "新圩镇")) == ["m2"]
    assert fitting("equipment", ("township", "新圩镇"), ("township", "土市镇")) == ["m1", "m2", "m3", "m4"]
    assert fitting("equipment", ("kind", "cupola"), ("kind", "induction_furnace"), ("capacity_t", "..3")) == [
        "m1",
        "m2",
    ]


def test_words_within_a_text_are_asked_with_has() -> None:
    assert fitting("equipment", ("village.has", "上洞")) == fitting("equipment", ("village", "上洞村"))
    assert untold("equipment", ("village.has", "上洞")) == ["m4"]


def test_not_is_said_three_ways_and_what_is_unknown_stays_unknown() -> None:
    for key in ("shell.not", "shell!"):
        assert fitting("equipment", (key, "steel")) == ["m1"]
        assert untold("equipment", (key, "steel")) == ["m2", "m4"]
    assert fitting("equipment", ("kind.not", "cupola"), ("kind.not", "boiler")) == ["m1", "m3"]


def test_numbers_are_asked_from_to_or_by_one_end() -> None:
    assert fitting("equipment", ("capacity_t", "0.25..3")) == ["m1", "m2"]
    assert fitting("equipment", ("capacity_t.gte", "3")) == ["m2", "m4"]
    assert fitting("equipment", ("capacity_t>", "3")) == ["m2", "m4"]
    assert fitting("equipment", ("capacity_t>3", "")) == ["m4"]
    assert fitting("equipment", ("capacity_t.lt", "3"), ("capacity_t.gt", "0.1")) == ["m1"]
    assert fitting("equipment", ("capacity_t", "3")) == fitting("equipment", ("capacity_t", "3.0")) == ["m2"]
    assert fitting("enterprises", ("capacity_t_per_year", "3000")) == ["1"]


def test_a_day_known_as_an_interval_may_not_tell() -> None:
    assert fitting("actions", ("taken_on", "2024-01")) == ["a1", "a2"]
    assert untold("actions", ("taken_on", "2024-01")) == ["a3"]
    assert fitting("actions", ("taken_on", "2024-01-01..2024-03")) == ["a1", "a2", "a3"]
    assert fitting("actions", ("taken_on", "2024Q1")) == fitting("actions", ("taken_on", "2024年第一季度"))
    for written in ("2024年1月", "2024.1", "2024/01", "2024-1"):
        assert fitting("actions", ("taken_on", written)) == ["a1", "a2"]
    assert fitting("actions", ("taken_on", "2024年1月10日")) == fitting("actions", ("taken_on", "2024.1.10")) == ["a1"]
    assert fitting("actions", ("taken_on.lte", "2024-01-10")) == ["a1"]
    assert fitting("actions", ("taken_on.gt", "2024-01-10")) == ["a2"]
    assert untold("equipment", ("removed_on", "2024")) == ["m1", "m2", "m3", "m4"]
    assert fitting("equipment", ("removed_on", "…")) == ["m2"]


days = st.dates(date(2024, 1, 1), date(2024, 3, 1))


@given(st.lists(days, min_size=4, max_size=4))
def test_days_answer_for_every_day_that_it_may_be(some: list[date]) -> None:
    since, until = sorted(some[:2])
    first, last = sorted(some[2:])
    each = {first <= since + timedelta(days=n) <= last for n in range((until - since).days + 1)}

    found = Days(first, last, "").of(DateInterval(since, until, "day", ""))

    assert found is (each.pop() if len(each) == 1 else None)


def test_what_a_firm_holds_is_one_thing_that_is_all_of_it() -> None:
    assert fitting("enterprises", ("equipment.kind", "cupola"), ("equipment.capacity_t", "5")) == ["2"]
    assert fitting("enterprises", ("action.kind", "power_cut"), ("action.taken_on", "2024-01")) == ["1"]
    assert untold("enterprises", ("action.kind", "power_cut"), ("action.taken_on", "2024-01")) == ["2"]
    assert fitting("equipment", ("plan.stage", "已出具证明"), ("kind", "cupola")) == ["m2"]
    assert fitting("permits", ("enterprise.status", "producing"), ("equipment.kind", "cupola")) == ["p1", "p2"]
    assert fitting("actions", ("village", "上洞村")) == ["a1", "a2"]


def test_not_of_what_a_firm_holds_means_none_of_it() -> None:
    cut_and_not_restored = (("action.kind", "power_cut"), ("action.kind.not", "power_restored"))

    assert fitting("enterprises", *cut_and_not_restored) == ["2"]
    assert fitting("enterprises", ("equipment.kind.not", "cupola")) == []


def test_a_machine_that_is_gone_is_held_no_more_unless_that_is_asked() -> None:
    assert fitting("enterprises", ("equipment.shell", "steel")) == []
    assert fitting("enterprises", ("equipment.shell", "steel"), ("equipment.present", "false")) == ["1"]
    assert untold("enterprises", ("equipment.shell", "aluminium"), ("equipment.yoke", "否")) == ["1", "2"]
    assert untold("enterprises", ("equipment.capacity_t", "0.25")) == ["1"]
    assert fitting("equipment", ("state", "removed")) == ["m3"]


def test_permits_are_held_lacking_expired_or_soon_to_expire() -> None:
    assert fitting("enterprises", ("permit.held", "eia")) == ["1"]
    assert fitting("enterprises", ("permit.lacking", "环评批复")) == ["2"]
    assert fitting("enterprises", ("permit.expiring", "pollutant_discharge:60")) == ["1"]
    assert untold("enterprises", ("permit.expiring", "排污许可：40")) == ["1", "2"]
    assert fitting("enterprises", ("permit.expired", "any")) == []
    assert untold("enterprises", ("permit.held", "fire")) == ["1", "2"]


def test_what_is_missing_or_disputed_is_asked_by_its_name() -> None:
    assert fitting("enterprises", ("disputed", "scale")) == ["1"]
    assert fitting("enterprises", ("disputed", "equipment.fuel")) == ["1"]
    assert fitting("equipment", ("missing", "shell")) == ["m2", "m4"]
    assert fitting("equipment", ("missing.not", "shell")) == ["m1", "m3"]
    assert fitting("equipment", ("missing", "fuel")) == ["m1", "m3", "m4"]
    assert fitting("equipment", ("disputed", "fuel"), ("missing", "village")) == []
    assert fitting("enterprises", ("missing", "former_name"), ("missing", "scale")) == ["1", "2"]


def test_a_disputed_value_equals_nothing_and_cannot_be_told() -> None:
    assert fitting("enterprises", ("scale", "below")) == fitting("enterprises", ("scale.not", "below")) == []
    assert untold("enterprises", ("scale", "below")) == ["1", "2"]


@pytest.mark.parametrize("text", ["奥鑫", "axj", "lsxax", "AXJS", "91x", "１"])
def test_text_is_sought_in_names_codes_and_initials(text: str) -> None:
    assert fitting("enterprises", ("q", text)) == ["1"]


def test_text_is_sought_in_former_names_by_every_reading() -> None:
    assert fitting("equipment", ("q", "zszz")) == fitting("equipment", ("q", "cszz")) == ["m4"]
    assert fitting("enterprises", ("q", "ax")) == ["1", "2"]
    assert fitting("equipment", ("q", "x")) == ["m1", "m2", "m3"]
    assert fitting("figures", ("q", "停电")) == ["f"]


def test_verdicts_are_those_of_the_machine_and_of_the_firms_strongest() -> None:
    verdicts = {"m1": True, "m2": None, "m4": None}

    assert fitting("equipment", ("verdict", "holds"), verdicts=verdicts) == ["m1"]
    assert fitting("equipment", ("verdict", "待核实"), verdicts=verdicts) == ["m2", "m4"]
    assert fitting("equipment", ("verdict", "does_not"), verdicts=verdicts) == ["m3"]
    assert untold("equipment", ("verdict", "holds"), verdicts=verdicts) == ["m2", "m4"]
    assert fitting("enterprises", ("verdict", "holds"), verdicts=verdicts) == ["1"]
    assert fitting("enterprises", ("verdict", "cannot_tell"), verdicts=verdicts) == ["2"]
    assert fitting("permits", ("verdict", "does_not"), verdicts={}) == ["p1", "p2", "p3"]


FILTERS = [
    ("equipment", "kind", "cupola"),
    ("equipment", "capacity_t", "0.25..3"),
    ("equipment", "removed_on", "2024-03"),
    ("equipment", "permit.held", "eia"),
    ("enterprises", "equipment.shell", "aluminium"),
    ("enterprises", "missing", "equipment.shell"),
    ("enterprises", "q", "ax"),
    ("enterprises", "verdict", "holds"),
]


@pytest.mark.parametrize(("noun", "key", "value"), FILTERS)
def test_a_filter_and_its_not_never_answer_alike(noun: str, key: str, value: str) -> None:
    verdicts = {"m1": True, "m2": None}
    one = answers(noun, (key, value), verdicts=verdicts)
    other = answers(noun, (f"{key}.not", value), verdicts=verdicts)

    assert other == {id: None if answer is None else not answer for id, answer in one.items()}


@pytest.mark.parametrize(("noun", "key", "value"), FILTERS)
def test_what_an_address_says_is_read_back_as_the_same(noun: str, key: str, value: str) -> None:
    first = asked(noun, (key, value))

    assert asked(noun, *first.filters) == first


@pytest.mark.parametrize(
    ("noun", "filters", "code", "hint"),
    [
        ("enterprises", [("townshp", "新圩镇")], "filter.unknown", "是不是 township？"),
        ("equipment", [("炉形", "冲天炉")], "filter.unknown", "可用的筛选项：code、name、kind"),
        ("equipment", [("kind", "感应炉")], "filter.value", "是不是 感应电炉？"),
        ("equipment", [("yoke", "也许")], "filter.value", "可以写：是、否"),
        ("equipment", [("present", "也许")], "filter.value", "可以写：在、已不在、不能确定"),
        ("equipment", [("capacity_t", "大")], "filter.value", "0.25..3"),
        ("equipment", [("capacity_t", "3..1")], "filter.value", "小的写在前面"),
        ("equipment", [("capacity_t", "..")], "filter.value", "至少写一头"),
        ("equipment", [("capacity_t", "nan")], "filter.value", "0.25..3"),
        ("equipment", [("capacity_t.has", "3")], "filter.form", "capacity_t.gte"),
        ("equipment", [("kind.gte", "cupola")], "filter.form", "kind.not"),
        ("equipment", [("kind.not!", "cupola")], "filter.form", "只写一种"),
        ("equipment", [("removed_on", "2024-13")], "filter.value", "2024-01-15"),
        ("equipment", [("removed_on", "2024-03..2024-01")], "filter.value", "2024-01-01..2024-03-31"),
        ("equipment", [("removed_on.gt", "9999-12-31")], "filter.value", "早一些"),
        ("equipment", [("missing", "verdict")], "filter.value", "equipment.shell"),
        ("equipment", [("verdict", "perhaps")], "filter.value", "仍有（holds）"),
        ("equipment", [("clause", "GDC24-IF-NOYOKE-AL")], "filter.verdict", "verdict=holds（仍有）"),
        ("enterprises", [("permit.held", "eia:3")], "filter.value", "permit.held=eia"),
        ("enterprises", [("permit.expiring", "eia")], "filter.value", "eia:60"),
        ("enterprises", [("permit.held", "环评")], "filter.value", "环评批复（eia）"),
        ("enterprises", [("zone", "三环以内")], "filter.value", "还没有"),
        ("enterprises", [("programme.stage", "2")], "filter.value", "分了阶段的方案：没有"),
        ("figures", [("topic", "停电措施")], "filter.value", "停电（power_cut）"),
        ("figures", [("township", "新圩镇")], "filter.unknown", "topic、phrase"),
    ],
)
def test_a_bad_filter_is_answered_with_what_is_possible(
    noun: str, filters: list[tuple[str, str]], code: str, hint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        asked(noun, *filters)

    assert refused.value.code == code
    assert hint in refused.value.fix


def test_a_zone_is_told_by_name_or_id() -> None:
    by_name = asked("enterprises", ("zone", "庄力产业集聚区"), county="140921")

    assert by_name == asked("enterprises", ("zone", "DX-ZHUANGLI"), county="140921")
    assert by_name.address == "/api/v1/enterprises?county=140921&zone=DX-ZHUANGLI"


def test_a_stage_is_told_by_number_or_in_words_and_the_only_programme_goes_unsaid() -> None:
    ways = ("XZ24-CLUSTERS:2", "xz24-clusters：第二阶段", "2", "第二阶段")
    (one, *others) = [asked("equipment", ("programme.stage", way), county="140921") for way in ways]

    assert all(other == one for other in others)
    assert one.address == "/api/v1/equipment?county=140921&programme.stage=XZ24-CLUSTERS:2"
    with pytest.raises(BadInput) as refused:
        asked("equipment", ("programme.stage", "XZ24-CLUSTERS:4"), county="140921")
    assert "第一阶段（1）" in str(refused.value.fix)


def test_equal_asks_have_equal_addresses() -> None:
    one = asked("equipment", ("kind", "冲天炉"), ("kind", "cupola"), ("capacity_t", "0.250..3.0"), ("yoke", "无"))
    other = asked("equipment", ("yoke", "false"), ("capacity_t", "0.25..3"), ("kind", "cupola"))

    assert one.address == other.address
    assert one.address == "/api/v1/equipment?county=431127&capacity_t=0.25..3&kind=cupola&yoke=false"
    assert one.pinned.endswith(
        "?as_of=2024-02-01&known=1".replace("?", "&") + "&capacity_t=0.25..3&kind=cupola&yoke=false"
    )
