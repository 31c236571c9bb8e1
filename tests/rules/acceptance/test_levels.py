"""An upper level accepts only what the lower one has passed; days that do not tell the order cannot tell."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from app.domain.dates import DateInterval
from app.rules.acceptance.judging import Acceptance, Item, gaps_of, next_of, standing_of
from app.rules.acceptance.levels import shipped_rules

RULES, _ids = shipped_rules(), count(1)


def on(text: str) -> DateInterval:
    first, _, last = text.partition("..")
    since, until = date.fromisoformat(first), date.fromisoformat(last or first)
    return DateInterval(since, until, "day" if since == until else "month", text)


def accepted(level: str, day: str, result: str = "passed", *items: Item, change: int | None = None) -> Acceptance:
    number = next(_ids) if change is None else change
    return Acceptance(f"a{number}", level, result, on(day), number, "科工局", "张三", number, items)


def lacks(one: Acceptance, *others: Acceptance, county: str = "431127") -> list[tuple[str, str]]:
    return [(gap.rule.of, gap.standing) for gap in gaps_of(one, others, county, RULES)]


def test_the_lowest_level_needs_none_below() -> None:
    assert lacks(accepted("township", "2025-12-01")) == []


def test_an_upper_level_needs_the_lower_one_passed_before_it() -> None:
    county = accepted("county", "2025-12-20")

    assert lacks(county) == [("lower", "missing")]
    assert lacks(county, accepted("township", "2025-12-01")) == []
    assert lacks(county, accepted("township", "2025-12-21")) == [("lower", "missing")]
    assert lacks(county, accepted("township", "2025-12-01", "failed")) == [("lower", "missing")]
    assert lacks(accepted("city", "2025-12-22"), accepted("township", "2025-12-01")) == [("lower", "missing")]


def test_the_last_result_of_the_lower_level_decides() -> None:
    county = accepted("county", "2025-12-20")
    passed, failed = accepted("township", "2025-12-01"), accepted("township", "2025-12-10", "failed")

    assert lacks(county, passed, failed) == [("lower", "missing")]
    assert lacks(county, failed, accepted("township", "2025-12-15")) == []


def test_a_rough_day_cannot_tell_the_order() -> None:
    county = accepted("county", "2025-12-20")

    assert lacks(county, accepted("township", "2025-12-01..2025-12-31")) == [("lower", "cannot_tell")]
    assert standing_of("township", [accepted("township", "2025-12-01..2025-12-31")], date(2025, 12, 10))[0] is None
    assert standing_of("township", [accepted("township", "2025-12-01..2025-12-31")], date(2025, 12, 31))[0] is True


def test_what_was_returned_is_mended_before_it_passes() -> None:
    back = accepted("county", "2025-11-01", "returned", Item("补装除尘"))
    mended = accepted("county", "2025-11-01", "returned", Item("补装除尘", on("2025-11-20")))
    below, again = accepted("township", "2025-10-01"), accepted("county", "2025-12-01")

    assert lacks(again, below, back) == [("items", "missing")]
    assert lacks(again, below, mended) == []


def test_who_took_part_and_the_opinion_are_wanted() -> None:
    bare = Acceptance("a", "township", "passed", on("2025-12-01"), 5)
    late = Acceptance("a", "township", "passed", on("2025-12-01"), 5, "科工局", "张三", 9)

    assert lacks(bare) == [("people", "missing"), ("paper", "missing")]
    assert lacks(late) == [("paper", "recorded_later")]


@pytest.mark.parametrize(("county", "source"), [("330602", "绍市工转升办〔2020〕14号"), ("431127", "炉账验收登记规则")])
def test_the_sentence_is_that_of_the_place(county: str, source: str) -> None:
    (gap,) = gaps_of(accepted("county", "2025-12-20"), [], county, RULES)

    assert source in gap.rule.source


def test_a_result_says_what_comes_next() -> None:
    day = date(2025, 12, 22)

    (passed,) = next_of("township", "passed", day, "431127", RULES)
    assert passed["next"] == "下一步：区县复验"
    assert next_of("city", "passed", day, "431127", RULES)[0]["next"] == "已到最后一级"
    failed = [one["id"] for one in next_of("county", "failed", day, "431127", RULES)]
    assert failed == ["LS25-FAILED-NEXT", "LS25-FAILED-NO-POWER", "ACC-FAILED-NEXT"]
    assert [one["id"] for one in next_of("county", "failed", day, "430000", RULES)] == ["ACC-FAILED-NEXT"]
