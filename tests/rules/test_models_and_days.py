"""Models, series and days in conditions: what they answer, and how a file writes them."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.rules.catalogue_loader import load, shipped
from app.rules.clause import Clause
from app.rules.predicate import Comparison, Not, plain_model
from app.rules.questions import question

DAY = date(2019, 10, 30)


def days(since: str | None, until: str | None) -> DateInterval:
    ends = [date.fromisoformat(end) if end else None for end in (since, until)]
    return DateInterval(ends[0], ends[1], "month", "写着的")


@pytest.mark.parametrize(
    ("fact", "gte", "gt"),
    [
        (days("2019-10-30", "2019-10-30"), True, False),
        (days("2019-10-31", "2019-10-31"), True, True),
        (days("2019-10-29", "2019-10-29"), False, False),
        (days("2019-10-01", "2019-10-31"), None, None),
        (days("2019-10-30", "2019-10-31"), True, None),
        (days("2019-10-01", "2019-10-30"), None, False),
        (days("2020-01-01", None), True, True),
        (days(None, "2018-12-31"), False, False),
        (days(None, "2020-12-31"), None, None),
        (days("2010-01-01", None), None, None),
        (days(None, None), None, None),
    ],
)
def test_a_day_within_an_interval_is_told_only_where_all_its_days_agree(
    fact: Value, gte: bool | None, gt: bool | None
) -> None:
    facts = {"commissioned_on": fact}

    assert Comparison("commissioned_on", "gte", DAY).holds(facts) is gte
    assert Comparison("commissioned_on", "gt", DAY).holds(facts) is gt
    assert Comparison("commissioned_on", "lt", DAY).holds(facts) is (None if gte is None else not gte)
    assert Comparison("commissioned_on", "lte", DAY).holds(facts) is (None if gt is None else not gt)
    assert Not(Comparison("commissioned_on", "lt", DAY)).holds(facts) is gte


def test_days_that_are_too_vague_are_asked_for() -> None:
    one = Comparison("commissioned_on", "gte", DAY)

    assert one.lacks({"commissioned_on": days("2019-10-01", "2019-10-31")}) == ("commissioned_on",)
    assert one.lacks({"commissioned_on": days("2019-11-01", "2019-11-30")}) == ()
    assert one.lacks({}) == ("commissioned_on",)


def test_a_date_is_asked_for_by_the_side_on_which_it_lies() -> None:
    clause = shipped().clause("ZJ19-GASIFIER-NEW")

    assert question(clause, {"kind": "gas_producer", "code": "1号"}, ("commissioned_on",), DAY) == (
        "1号炉投运时间是否早于2019年10月30日？"
    )


@pytest.mark.parametrize(
    ("series", "model", "expected"),
    [
        (("YB",), "YB132M-4", True),
        (("YB",), "yb-132", True),
        (("YB",), "Y B 1", True),
        (("YB",), "YB", True),
        (("YB",), "YBF132", False),
        (("YB",), "YBK2", False),
        (("YB",), "2YB132", False),
        (("B", "BA"), "BA型", True),
        (("JD",), "JD（长轴）", True),
        (("JD",), "JD系列", True),
        (("8-18",), "8-18.12", True),
        (("8-18",), "8-181", True),
        (("F",), "", False),
    ],
)
def test_a_series_is_its_name_and_what_may_follow_it(series: tuple[str, ...], model: str, expected: bool) -> None:
    assert Comparison("model", "series_in", series).holds({"model": model}) is expected


def test_a_model_is_compared_without_blanks_and_in_capitals() -> None:
    assert plain_model(" dg270\u3000-140 ") == "DG270-140"
    assert Comparison("model", "model_in", ("DG270-140",)).holds({"model": "dg 270-140"}) is True
    assert Comparison("model", "model_in", ("DG270-140",)).holds({"model": "DG270-1400"}) is False
    assert Comparison("model", "model_in", ("DG270-140",)).holds({}) is None


def read(conditions: str) -> Clause:
    head = "version: 1\nsources: {paper: {title: 某市方案}}\nclauses:\n"
    clause = (
        "  - {id: GOOD-1, category: eliminate, clause_text: 泵, evidence: {level: paper, source: paper}, kind: pump, "
    )
    return load({"a.yaml": f"{head}{clause}{conditions}}}\n"}).clause("GOOD-1")


def test_between_counts_both_ends() -> None:
    clause = read("when: {field: power_kw, op: between, value: [63, 355]}")
    held = [clause.when.holds({"power_kw": power}) for power in (62.9, 63, 355, 355.1)]

    assert held == [False, True, True, False]


def test_between_takes_days_as_well() -> None:
    clause = read("when: {field: made_on, op: between, value: [2010-01-01, 2012-12-31]}")

    assert clause.when.holds({"made_on": days("2012-12-01", "2012-12-31")}) is True
    assert clause.when.holds({"made_on": days("2013-01-01", "2013-01-31")}) is False
    assert clause.when.holds({"made_on": days("2012-12-31", "2013-01-01")}) is None


def test_models_and_series_are_either_and_the_condition_besides() -> None:
    clause = read("series: [gc], models: [DG270-140], when: {field: power_kw, op: gte, value: 5}")
    models = ("GC4", "DG270-140型", "DG270-150")

    assert [clause.when.holds({"model": model, "power_kw": 5}) for model in models] == [True, True, False]
    assert clause.when.holds({"model": "GC4", "power_kw": 4}) is False
    assert clause.when.holds({"model": "GC4"}) is None


def test_same_as_takes_models_along() -> None:
    files = {
        "a.yaml": """version: 1
sources: {paper: {title: 某市方案}}
clauses:
  - {id: A-1, category: eliminate, clause_text: 泵, evidence: {level: paper, source: paper}, kind: pump, series: [F]}
  - {id: A-2, category: eliminate, clause_text: 泵, evidence: {level: paper, source: paper}, kind: pump,
     when: {same_as: A-1}, same_clause: A-1}
"""
    }
    found = load(files)

    assert found.clause("A-1").predicate == found.clause("A-2").predicate
    assert found.clause("A-2").same_clause == "A-1"
