"""A county's own limits, on both engines: kept by a change, deciding once adopted, and drafts confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.errors import BadInput, CatalogueFault, Decided, NotAdoptable, NotFound, UnknownClause
from app.register.limits import county_limits, limit_acts
from app.register.limits.checking import check, rows_in_force
from app.register.limits.county_limits import limits_of
from app.register.limits.lines import Checked
from app.register.limits.measuring import Measured, measure
from app.register.scope import LOCAL_OPERATOR, Actor
from app.rules.limits import loader
from app.store import changes
from app.store.engine import reading, unit
from app.store.models import PolicyFile
from app.store.verification import verify
from tests.register.rosters import COUNTY, Firm, machine, roster, take_in
from tests.register.saying import day

HEAD = """version: 1
sources:
  county: {title: 蓝山县铸造行业能耗通知, date: 2025-06-20}
limits:
"""
LIMIT = """  - id: LS25-IF
    kind: energy
    title: 中频炉
    text: 2025年7月1日起中频炉每吨金属液用电不高于600千瓦时
    evidence: {level: paper, source: county}
    jurisdiction: "431127"
    applies: {kind: induction_furnace}
    measure: energy_kwh_per_t
    comparison: "<="
    unit: 千瓦·小时/吨金属液
    limit: 600
    effective_from: 2025-07-01
    examples: [{attrs: {energy_kwh_per_t: 600}, expect: meets}]
"""
ID = "LS25-IF"
BEFORE, FIRST = "2025-06-30", "2025-07-01"
DRAFT = "GB39726-GAS"
PAPER = "GB 39726—2020 表1，第4页"


def furnace(engine: Engine) -> None:
    """A firm with an induction furnace that takes 620 kWh a tonne, and a gas-fired one."""
    held = [machine(code="1号", kind="induction_furnace"), machine(code="2号", kind="gas_melting_furnace")]
    take_in(engine, roster(Firm({"name": "甲铸造厂", "township": "新圩镇"}, held), on="2024-01-15"))
    tell(engine, "1号", "energy_kwh_per_t", 620)


def tell(engine: Engine, code: str, kind: str, value: float, **beside: Any) -> None:
    days = DateInterval.of_day(day("2024-03-05"))
    said = Measured("甲铸造厂", kind, value, days, "某检测公司", code, None, beside)
    measure(engine, COUNTY, said, reason="监测报告", actor=LOCAL_OPERATOR)


def add(engine: Engine, text: str = LIMIT, *, adopting: bool = False, name: str = "县.yaml") -> limit_acts.Added:
    about = (engine, COUNTY, name, HEAD + text)
    return limit_acts.add(*about, reason="蓝政发〔2025〕8号", adopting=adopting, actor=LOCAL_OPERATOR)


def adopt(engine: Engine, limit: str = ID, source: str | None = None) -> int | None:
    return limit_acts.adopt(engine, COUNTY, limit, source=source, reason="常务会议", actor=LOCAL_OPERATOR)


def drop(engine: Engine, named: str = ID) -> tuple[str, int]:
    return limit_acts.drop(engine, COUNTY, named, reason="通知废止", actor=LOCAL_OPERATOR)


def checked(engine: Engine, on: str = FIRST, known: int | None = None) -> Checked:
    with reading(engine) as session:
        at = changes.head(session, COUNTY) if known is None else known
        return check(session, COUNTY, as_of=day(on), known=at, actor=LOCAL_OPERATOR)


def said(engine: Engine, limit: str = ID, on: str = FIRST, known: int | None = None) -> tuple[list[str], list[str]]:
    """The answers of a limit: those that count, and those that a draft would give."""
    found = checked(engine, on, known)
    counted = [one.verdict.answer for one in found.lines if one.limit.id == limit]
    return counted, [one.verdict.answer for one in found.drafts if one.limit.id == limit]


def listed(engine: Engine, limit: str, actor: Actor = LOCAL_OPERATOR) -> dict[str, Any]:
    with reading(engine) as session:
        rows = rows_in_force(session, COUNTY, day(FIRST), changes.head(session, COUNTY), actor)
    return next((one for one in rows if one["limit"] == limit), {})


def test_a_limit_added_by_file_answers_from_its_first_day_and_from_its_change(engine: Engine) -> None:
    furnace(engine)
    before = checked(engine).as_dict()

    added = add(engine, adopting=True)

    assert (added.change, added.limits, added.adopted, added.not_adopted) == (3, (ID,), (ID,), ())
    assert said(engine) == (["fails"], [])
    assert said(engine, on=BEFORE) == ([], [])
    assert checked(engine, known=2).as_dict() == before
    with reading(engine) as session:
        assert verify(session) == []


def test_a_file_that_is_added_decides_nothing_until_its_limit_is_adopted(engine: Engine) -> None:
    furnace(engine)
    add(engine)
    assert said(engine) == ([], ["fails"])
    assert (listed(engine, ID)["status_label"], listed(engine, ID)["adopted"]) == ("本县尚未采用（不作判断）", None)

    assert (adopt(engine), adopt(engine)) == (4, None)

    assert said(engine) == (["fails"], [])
    assert said(engine, known=3) == ([], ["fails"])
    assert (listed(engine, ID)["adopted"], listed(engine, ID)["file"]["name"]) == ("county", "县.yaml")


def test_a_limit_that_is_dropped_decides_no_longer(engine: Engine) -> None:
    furnace(engine)
    add(engine, adopting=True)

    assert drop(engine, ID.lower()) == (ID, 4)

    assert said(engine) == ([], ["fails"])
    assert said(engine, known=3) == (["fails"], [])
    with pytest.raises(NotAdoptable, match="没有采用"):
        drop(engine)


def test_a_newer_text_decides_once_it_is_adopted(engine: Engine) -> None:
    furnace(engine)
    add(engine, adopting=True)

    add(engine, LIMIT.replace("600", "650"), name="新.yaml")
    assert said(engine) == (["fails"], [])
    assert listed(engine, ID)["newer"]

    assert adopt(engine) == 5
    assert said(engine) == (["meets"], [])
    assert said(engine, known=4) == (["fails"], [])
    assert listed(engine, ID)["newer"] is None


def test_a_person_confirms_a_draft_that_ships_by_naming_what_was_read(engine: Engine) -> None:
    furnace(engine)
    tell(engine, "2号", "pm_mg_per_m3", 40, o2_pct=8.0, fuel="natural_gas")
    assert said(engine, DRAFT) == ([], ["fails"])
    with pytest.raises(NotAdoptable, match="草稿（凭记忆）") as told:
        adopt(engine, DRAFT)
    assert (told.value.code, "--source" in told.value.fix) == ("limit.draft", True)

    assert adopt(engine, DRAFT, PAPER) == 4

    assert said(engine, DRAFT) == (["fails", "cannot_tell"], [])
    line = next(one for one in checked(engine).lines if one.limit.id == DRAFT)
    assert (line.as_dict()["read_in"], line.as_dict()["draft"]) == (PAPER, False)
    assert said(engine, DRAFT, known=3) == ([], ["fails"])
    assert listed(engine, DRAFT)["confirmed_from"] == PAPER
    assert adopt(engine, DRAFT, PAPER) is None
    assert drop(engine, DRAFT) == (DRAFT, 5)
    assert said(engine, DRAFT) == ([], ["fails"])


def test_a_confirmed_draft_whose_text_ships_anew_is_a_draft_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnace(engine)
    tell(engine, "2号", "pm_mg_per_m3", 40, o2_pct=8.0, fuel="natural_gas")
    adopt(engine, DRAFT, PAPER)
    limits = dict(loader.shipped_limits().limits)
    anew = replace(limits[DRAFT], digest="another")
    later = loader.Limits(limits | {DRAFT: anew}, loader.shipped_limits().sources)
    monkeypatch.setattr(county_limits, "shipped_limits", lambda: later)

    assert said(engine, DRAFT) == ([], ["fails"])
    assert listed(engine, DRAFT)["adopted"] is None


def test_a_draft_of_a_file_is_confirmed_by_its_source_too(engine: Engine) -> None:
    furnace(engine)
    draft = LIMIT.replace("{level: paper, source: county}", "{level: news}")
    added = add(engine, draft, adopting=True)
    assert "须由人核对原文" in dict(added.not_adopted)[ID]

    adopt(engine, source="县政府公报第3期")

    assert said(engine) == (["fails"], [])


@pytest.mark.parametrize(
    ("limit", "source", "error", "word"),
    [
        ("NO-SUCH", None, UnknownClause, "没有编号为“NO-SUCH”的限值"),
        ("CN10-ELIM", "原文", NotAdoptable, "只供查阅"),
        ("SX20-SERVICE-LIFE", None, NotAdoptable, "没有写数字"),
        ("HEN-2021-BUILTUP", "原文", NotAdoptable, "41 开头的地区"),
        ("PERMIT-33", "原文", BadInput, "不是草稿"),
        (DRAFT, " ", BadInput, "出处写得不对"),
    ],
)
def test_what_cannot_be_adopted_says_why(
    engine: Engine, limit: str, source: str | None, error: type[Exception], word: str
) -> None:
    with pytest.raises(error, match=word):
        adopt(engine, limit, source)


def test_what_ships_as_deciding_needs_no_adoption_and_is_not_dropped(engine: Engine) -> None:
    assert adopt(engine, "PERMIT-33") is None
    with pytest.raises(NotAdoptable, match="不能由县里停用"):
        drop(engine, "PERMIT-33")


def test_a_text_of_a_shipped_limit_waits_until_it_is_adopted(engine: Engine) -> None:
    furnace(engine)
    own = LIMIT.replace("id: LS25-IF", "id: PERMIT-33")
    add(engine, own)
    shipped = listed(engine, "PERMIT-33")
    assert (shipped["kind"], shipped["adopted"], bool(shipped["newer"])) == ("permit", "shipped", True)

    adopt(engine, "PERMIT-33")
    assert listed(engine, "PERMIT-33")["kind"] == "energy"
    drop(engine, "PERMIT-33")
    assert listed(engine, "PERMIT-33")["kind"] == "permit"


def test_a_file_is_taken_out_once_nothing_of_it_decides(engine: Engine) -> None:
    furnace(engine)
    added = add(engine, adopting=True)
    with pytest.raises(NotAdoptable, match="还在采用：LS25-IF"):
        drop(engine, added.file)
    drop(engine)

    assert drop(engine, "县.yaml") == ("县.yaml", 5)

    assert said(engine) == ([], [])
    assert said(engine, known=4) == ([], ["fails"])
    with pytest.raises(NotFound, match=r"没有叫“县\.yaml”的限值文件"):
        drop(engine, "县.yaml")
    assert add(engine).change == 6


def test_the_same_file_twice_or_a_faulty_one_or_no_reason_records_nothing(engine: Engine) -> None:
    add(engine)
    with pytest.raises(Decided, match="第 1 号变更已经加入"):
        add(engine)
    with pytest.raises(CatalogueFault, match=r"第10行.*不含本县"):
        add(engine, LIMIT.replace('"431127"', '"431126"'))
    with pytest.raises(BadInput, match="没有限值"):
        add(engine, "  []")
    with pytest.raises(BadInput, match="没有写理由"):
        limit_acts.add(engine, COUNTY, "a", HEAD + LIMIT, reason=" ", adopting=False, actor=LOCAL_OPERATOR)
    with reading(engine) as session:
        assert changes.head(session, COUNTY) == 1


def test_another_county_sees_nothing_of_it(engine: Engine) -> None:
    add(engine, adopting=True)
    stranger = Actor("外县", counties=frozenset(["431126"]))

    with reading(engine) as session:
        assert limits_of(session, COUNTY, 1, stranger).files == ()
        assert limits_of(session, COUNTY, 1, stranger).adoptions == {}
        assert limits_of(session, "431126", 1, LOCAL_OPERATOR).files == ()


def test_a_file_that_a_later_version_cannot_read_is_said_and_may_be_taken_out(engine: Engine) -> None:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "limits", actor="测试", reason="试")
        kept = {"kind": "limits", "name": "旧.yaml", "sha256": "0", "text": "version: 0", "reason": "试"}
        session.add(PolicyFile(county=COUNTY, recorded_by=change.number, **kept))
    with pytest.raises(CatalogueFault, match=r"旧\.yaml 第1行"):
        checked(engine)

    assert drop(engine, "旧.yaml") == ("旧.yaml", 2)

    assert checked(engine).lines == ()
