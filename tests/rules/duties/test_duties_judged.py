"""What one procedure of one firm comes to: six answers, and cannot tell wherever trade, scale or date is not told."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.rules.duties.duty import Duty
from app.rules.duties.judging import Cell, judge, kinds_of
from app.rules.duties.loader import shipped_duties
from app.rules.duties.required import Case
from app.rules.duties.trade import trade_of
from app.rules.sourced import Sourced

DUTIES = list(shipped_duties().values())
FOUNDRY = {"industry_code": "3391"}


def days(text: str) -> DateInterval:
    return DateInterval.of_day(date.fromisoformat(text))


def permit(kind: str, **facts: Value) -> dict[str, Value]:
    return {"kind": kind, **{name.rstrip("_"): value for name, value in facts.items()}}


def cell(kind: str, on: str, county: str, *permits: dict[str, Value], **firm: Value) -> Cell | None:
    day = date.fromisoformat(on)
    duties = [one for one in DUTIES if one.rule.in_force(day, county)]
    facts = {f"enterprise.{name}": value for name, value in firm.items()}
    return judge(kind, duties, Case(facts, day, tuple(permits)))


def told(kind: str, on: str, county: str, *permits: dict[str, Value], **firm: Value) -> str:
    found = cell(kind, on, county, *permits, **firm)
    assert found is not None
    return found.state


CHANGJI = ("safety_grade", "2022-06-01", "652301")


@pytest.mark.parametrize(
    ("permits", "firm", "state"),
    [
        ((), {**FOUNDRY, "scale": "below"}, "cannot_tell"),
        ((permit("safety_grade", standing="lacking"),), {**FOUNDRY, "scale": "below"}, "lacking"),
        ((permit("safety_grade", standing="applying"),), {**FOUNDRY, "scale": "below"}, "applying"),
        ((permit("safety_grade", standing="held", class_="level_3"),), {**FOUNDRY, "scale": "below"}, "held"),
        ((permit("safety_grade", standing="held", class_="level_2"),), {**FOUNDRY, "scale": "below"}, "held"),
        ((permit("safety_grade", standing="held"),), {**FOUNDRY, "scale": "below"}, "cannot_tell"),
        ((permit("safety_grade", standing="held", class_="level_3"),), {**FOUNDRY, "scale": "above"}, "lacking"),
        ((permit("safety_grade", standing="expired"),), {**FOUNDRY, "scale": "below"}, "expired"),
        ((permit("safety_grade", standing="revoked"),), {**FOUNDRY, "scale": "below"}, "lacking"),
        ((permit("safety_grade", standing="not_required"),), {**FOUNDRY, "scale": "below"}, "not_required"),
        ((permit("safety_grade", standing="lacking"),), {"scale": "below"}, "cannot_tell"),
        ((permit("safety_grade", standing="lacking"),), FOUNDRY, "cannot_tell"),
        (
            (permit("safety_grade", standing="lacking"),),
            {**FOUNDRY, "scale": "below", "status": "closed"},
            "not_required",
        ),
    ],
)
def test_paper_002_asks_a_grade_by_scale(
    permits: tuple[dict[str, Value], ...], firm: dict[str, Value], state: str
) -> None:
    assert told(*CHANGJI, *permits, **firm) == state


def test_a_firm_that_the_paper_names_is_meant_whatever_its_scale() -> None:
    lacking = permit("safety_grade", standing="lacking")
    assert told(*CHANGJI, lacking, name="新疆豫丰源铸造有限公司") == "lacking"
    assert told(*CHANGJI, lacking, name="新疆豫丰源铸造二厂") == "cannot_tell"


def test_what_is_owed_is_overdue_after_the_papers_day_alone() -> None:
    lacking = permit("safety_grade", standing="lacking")
    before = cell("safety_grade", "2021-12-31", "652301", lacking, scale="below", **FOUNDRY)
    after = cell("safety_grade", "2022-01-01", "652301", lacking, scale="below", **FOUNDRY)
    assert before is not None
    assert after is not None
    assert (before.state, before.overdue, after.overdue) == ("lacking", False, True)
    assert [duty.rule.id for duty in after.duties] == ["CJ21-SAFETY-BELOW"]


def test_cannot_tell_says_what_would_settle_it() -> None:
    found = cell(*CHANGJI, permit("safety_grade", standing="lacking"))
    assert found is not None
    assert (found.state, found.required) == ("cannot_tell", None)
    assert {"enterprise.industry_code", "enterprise.scale"} <= set(found.lacks)
    assert "行业代码" in (found.question or "")


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "cannot_tell"),
        ({"standing": "lacking"}, "cannot_tell"),
        ({"standing": "lacking", "class_": "simplified"}, "lacking"),
        ({"standing": "held", "class_": "simplified"}, "held"),
        ({"class_": "registration"}, "not_required"),
        ({"standing": "held", "class_": "registration"}, "not_required"),
        ({"standing": "lacking", "class_": "registration"}, "lacking"),
        ({"standing": "held", "class_": "key", "valid_to": days("2024-01-31")}, "expired"),
        ({"standing": "held", "class_": "key", "valid_to": days("2024-03-31")}, "held"),
        ({"standing": "held", "class_": "key", "valid_from": days("2024-05-01")}, "lacking"),
        (
            {"standing": "held", "valid_to": DateInterval(date(2024, 2, 1), date(2024, 2, 29), "month", "2024年2月")},
            "cannot_tell",
        ),
    ],
)
def test_the_statute_asks_a_discharge_permit_by_class(facts: dict[str, Value], state: str) -> None:
    permits = (permit("pollutant_discharge", **facts),) if facts else ()
    assert told("pollutant_discharge", "2024-02-15", "140921", *permits) == state


def test_of_several_permits_the_best_answers() -> None:
    old = permit("pollutant_discharge", standing="expired", class_="key")
    new = permit("pollutant_discharge", standing="held", class_="key", valid_to=days("2029-01-01"))
    assert told("pollutant_discharge", "2024-02-15", "140921", old, new) == "held"
    renewing = permit("pollutant_discharge", standing="applying", class_="key")
    assert told("pollutant_discharge", "2024-02-15", "140921", old, renewing) == "applying"


def test_a_permit_of_one_place_does_not_stand_for_another_place() -> None:
    unit, term = "91431127MA4L16JQ9X", {"standing": "held", "class_": "key"}
    here = permit("pollutant_discharge", number=f"{unit}001P", valid_to=days("2029-01-01"), **term)
    there = permit("pollutant_discharge", number=f"{unit}002Q", valid_to=days("2023-12-31"), **term)
    found = cell("pollutant_discharge", "2024-02-15", "140921", here, there)
    assert found is not None
    assert (found.state, f"场所 {unit}002：已过有效期" in found.because) == ("cannot_tell", True)
    assert found.question == "该企业排污许可过期或没有的那处场所还在不在生产？"
    again = permit("pollutant_discharge", number=f"{unit}002R", valid_to=days("2028-12-31"), **term)
    assert told("pollutant_discharge", "2024-02-15", "140921", here, there, again) == "held"


def test_a_registration_form_may_run_out_too() -> None:
    form = permit("pollutant_discharge", standing="held", class_="registration", valid_to=days("2025-05-31"))
    asked = ("pollutant_discharge", "2025-05-31", "140921"), ("pollutant_discharge", "2025-06-01", "140921")
    assert [told(*one, form) for one in asked] == ["not_required", "expired"]


@pytest.mark.parametrize("kind", ["project_filing", "land", "eia", "pollutant_discharge", "safety_grade"])
def test_paper_000_asks_procedures_of_producing_foundries(kind: str) -> None:
    lacking = permit(kind, standing="lacking")
    assert told(kind, "2025-11-01", "431127", lacking, status="producing", **FOUNDRY) == "lacking"
    assert told(kind, "2025-11-01", "431127", lacking, status="producing") == "cannot_tell"
    assert told(kind, "2025-11-01", "431127", lacking, status="closed", **FOUNDRY) == "not_required"


def test_what_an_article_leaves_to_a_list_never_makes_a_firm_lack_anything() -> None:
    found = cell("fire", "2025-11-01", "140921", permit("fire", standing="lacking"))
    assert found is not None
    assert (found.state, found.required) == ("cannot_tell", None)
    assert "特殊建设工程" in found.because


def test_a_filing_is_owed_by_what_was_begun_since() -> None:
    lacking = permit("project_filing", standing="lacking")
    asked = ("project_filing", "2025-11-01", "140921", lacking)
    assert told(*asked, established_on=days("2018-05-01")) == "lacking"
    assert told(*asked, established_on=days("2010-05-01")) == "cannot_tell"
    assert told(*asked) == "cannot_tell"
    old, unknown = cell(*asked, established_on=days("2010-05-01")), cell(*asked)
    assert old is not None
    assert unknown is not None
    assert (old.question, "成立" in (unknown.question or "")) == (None, True)


def test_acceptance_is_owed_where_an_approval_is_held() -> None:
    lacking = permit("eia_acceptance", standing="lacking")
    asked = ("eia_acceptance", "2025-11-01", "140921", lacking)
    assert told(*asked, permit("eia", standing="held"), status="producing") == "lacking"
    assert told(*asked, permit("eia", standing="held"), status="building") == "not_required"
    assert told(*asked, permit("eia", standing="lacking"), status="producing") == "cannot_tell"


def test_what_nobody_asks_and_nobody_states_is_not_answered() -> None:
    assert cell("capacity_swap", "2025-11-01", "140921") is None
    assert told("capacity_swap", "2025-11-01", "140921", permit("capacity_swap", standing="held")) == "held"
    assert told("capacity_swap", "2025-11-01", "140921", permit("capacity_swap", standing="lacking")) == "cannot_tell"


def test_a_draft_decides_nothing() -> None:
    draft = Duty(Sourced("D-1", "草稿", "", "none", None, status="draft"), ("capacity_swap",))
    case = Case({}, date(2025, 1, 1), ({"kind": "capacity_swap", "standing": "lacking"},))
    found = judge("capacity_swap", [draft], case)
    assert found is not None
    assert (found.state, found.duties) == ("cannot_tell", ())


@pytest.mark.parametrize(
    ("facts", "trade"),
    [
        ({"industry_code": "3391"}, "foundry"),
        ({"industry_code": "C3392"}, "foundry"),
        ({"industry_code": "3393"}, "forge"),
        ({"industry_code": "3391", "industry": "锻件及粉末冶金制品制造"}, None),
        ({"industry_code": "3130", "industry": "黑色金属铸造"}, "foundry"),
        ({"industry_code": "3130"}, None),
        ({"industry_code": "1711"}, "other"),
        ({"industry": "法兰锻造"}, "forge"),
        ({"industry": "铸锻件"}, None),
        ({"industry": "机械加工"}, None),
        ({}, None),
    ],
)
def test_a_trade_is_told_and_never_guessed(facts: dict[str, str], trade: str | None) -> None:
    assert trade_of({f"enterprise.{name}": value for name, value in facts.items()}) == trade


def test_kinds_come_in_the_order_of_the_vocabulary() -> None:
    assert kinds_of(DUTIES)[:3] == ("business_licence", "project_filing", "land")
