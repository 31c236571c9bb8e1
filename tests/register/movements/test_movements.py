"""A quarter's movements: from the ledger as issued, what was learned and what happened, each with its reason."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.quarter import Quarter
from app.domain.register import Enterprise
from app.register.desk.merging import merge
from app.register.movements.between import movements
from app.register.movements.families import BODIES, FIRMS
from app.register.movements.values import Movement, Movements
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.successions import acts
from app.store import changes, ids
from app.store.engine import reading, unit
from app.store.models import LedgerIssue
from tests.register.clauses.test_clauses import add, adopt
from tests.register.rosters import COUNTY, Firm, action, head, machine, plan, roster, seen, take_back, take_in
from tests.register.saying import day
from tests.register.successions.firms import ACTOR, HONGCHENG, HUAQIANG, on, three_firms

THIRD, FOURTH = "2025-09-15", "2025-11-20"
Q4 = Quarter(2025, 4)
FURNACE: dict[str, Any] = {"kind": "induction_furnace", "frequency": "medium", "capacity_t": 0.5, "state": "in_use"}


def told(engine: Engine, quarter: Quarter = Q4, actor: Actor = LOCAL_OPERATOR) -> Movements:
    known = head(engine)
    with reading(engine) as session:
        found = movements(session, COUNTY, quarter, known, actor)
    assert found.broken() == ()
    return found


def issued(engine: Engine, quarter: str = "2025Q3", known: int | None = None) -> None:
    """A ledger of the quarter issued on what is known now."""
    with unit(engine) as session:
        known = changes.head(session, COUNTY) if known is None else known
        change = changes.open_change(session, COUNTY, "issue", actor="测试")
        number = session.query(LedgerIssue).filter_by(county=COUNTY, quarter=quarter).count() + 1
        own = {"quarter": quarter, "revision": number, "known": known, "reason": None}
        session.add(
            LedgerIssue(county=COUNTY, id=ids.new(), recorded_by=change.number, sha256="0", workbook=b"", **own)
        )


def a_foundry(engine: Engine, **facts: Any) -> Enterprise:
    """One with a furnace of two bodies, as of the third quarter."""
    own = {"name": "甲铸造有限公司", "township": "新圩镇", "status": "producing"}
    held = machine(code="1", shell="aluminium", yoke=False, quantity=2, **FURNACE | facts)
    take_in(engine, roster(Firm(own, [held]), on=THIRD))
    (found,) = seen(engine, THIRD).enterprises
    return found


def later(engine: Engine, firm: Enterprise, *held: Any, day_of: str = FOURTH, by: str = "县局", **facts: Any) -> str:
    said = Firm(facts or {"scale": "below"}, held, firm.id)
    return take_in(engine, roster(said, on=day_of, by=by)).batch


def rows(found: Movements, family: str, unit: str = FIRMS) -> list[Movement]:
    return [row for row in found.moved if (row.family, row.unit) == (family, unit)]


def the(found: Movements, family: str, unit: str = FIRMS) -> Movement:
    (row,) = rows(found, family, unit)
    return row


def test_what_happened_in_the_quarter_entered_and_left_with_its_reason_its_change_and_its_cell(engine: Engine) -> None:
    firm = a_foundry(engine)
    issued(engine)
    later(engine, firm, machine(firm.equipment[0].id, state="removed"))

    found = told(engine)

    assert (found.opening.revision, found.opening.moment.known, found.opening.moment.day) == (1, 1, day("2025-09-30"))
    gone = the(found, "holds", BODIES)
    assert (gone.step, gone.how, gone.amount, gone.place) == ("happened", "left", -2, "新圩镇")
    assert gone.before.startswith("仍有（")
    assert (gone.after, gone.because) == ("没有", ("new_fact", "removed"))
    assert [(act.number, act.file) for act in gone.acts] == [(3, "县局.xlsx")]
    assert [(place.file, place.cell) for place in gone.places][:1] == [("县局.xlsx", "Sheet1!A6")]
    firms = the(found, "holds")
    assert (firms.amount, firms.before, firms.after, firms.because) == (-1, "2台", "没有", ("new_fact", "removed"))
    line = found.of("holds", "新圩镇", BODIES)
    assert (line.opening, line.left, line.closing) == (2, 2, 0)


def test_what_was_learned_later_of_the_opening_is_a_step_of_its_own_before_what_happened(engine: Engine) -> None:
    firm = a_foundry(engine)
    issued(engine)
    later(engine, firm, machine(firm.equipment[0].id, shell="steel"), day_of=THIRD, by="新圩镇人民政府")
    again = Firm({"name": "补登铸造厂", "township": "土市镇"}, [machine(code="1", **FURNACE)])
    take_in(engine, roster(again, on=THIRD, by="土市镇人民政府"))
    later(engine, firm, status="suspended")

    found = told(engine)

    corrected, entered = the(found, "holds", BODIES), the(found, "enterprises")
    assert (corrected.step, corrected.because) == ("learned", ("corrected",))
    assert (entered.step, entered.because, entered.place) == ("learned", ("told_later",), "土市镇")
    assert {row.step for row in found.moved if row.family.startswith("status:s")} == {"happened"}
    assert (found.of("holds", None, BODIES).told_less, found.of("enterprises").told_more) == (2, 1)
    assert (found.of("enterprises").opening, found.of("enterprises").closing) == (1, 2)


def test_without_an_issued_ledger_the_opening_is_as_known_now_and_says_so(engine: Engine) -> None:
    firm = a_foundry(engine)
    later(engine, firm, machine(firm.equipment[0].id, shell="steel"), day_of=THIRD, by="新圩镇人民政府")

    found = told(engine)

    assert (found.opening.revision, found.moved, found.opening.moment.known) == (None, (), 2)
    assert "没有签发的台账" in found.opening.words


def test_the_opening_is_the_latest_revision_that_was_known(engine: Engine) -> None:
    firm = a_foundry(engine)
    issued(engine)
    later(engine, firm, machine(firm.equipment[0].id, shell="steel"), day_of=THIRD, by="新圩镇人民政府")
    issued(engine)

    found = told(engine)

    assert (found.opening.revision, found.opening.moment.known, found.moved) == (2, 3, ())
    with reading(engine) as session:
        assert movements(session, COUNTY, Q4, 2, LOCAL_OPERATOR).opening.revision == 1


def test_a_firm_that_moved_leaves_one_township_enters_the_other_and_nets_to_zero(engine: Engine) -> None:
    firm = a_foundry(engine)
    later(engine, firm, township="土市镇")

    found = told(engine)

    assert [(row.how, row.place, row.amount, row.other) for row in rows(found, "holds", BODIES)] == [
        ("went", "新圩镇", -2, "土市镇"),
        ("came", "土市镇", 2, "新圩镇"),
    ]
    assert {row.because for row in found.moved} == {("new_fact", "moved")}
    whole = found.of("holds", None, BODIES)
    assert (whole.opening, whole.entered, whole.left, whole.came, whole.went, whole.closing) == (2, 0, 0, 2, 2, 2)


def test_a_group_with_fewer_bodies_left_by_as_many(engine: Engine) -> None:
    firm = a_foundry(engine)
    later(engine, firm, machine(firm.equipment[0].id, quantity=1))

    row = the(told(engine), "machines", BODIES)

    assert (row.how, row.amount, row.before, row.after, row.because) == ("fewer", -1, "2台", "1台", ("new_fact",))


def test_a_succession_is_named_with_its_day_and_its_paper(engine: Engine) -> None:
    three_firms(engine)
    acts.merged(engine, COUNTY, HONGCHENG, HUAQIANG, on("2025-10-10"), **ACTOR)

    found = told(engine)

    passed = [row for row in rows(found, "machines", BODIES) if row.how == "went"]
    assert {(row.name, row.because, row.other) for row in passed} == {
        (HONGCHENG, ("transferred",), f"新圩镇 {HUAQIANG}")
    }
    assert passed[0].said == (f"{HONGCHENG}2025-10-10起整合入{HUAQIANG}",)
    assert [act.kind for act in passed[0].acts] == ["记整合、分立、转让"]
    assert the(found, "holds").said == passed[0].said


def test_what_went_over_to_another_firm_cites_no_cell_of_where_the_firm_stands(sqlite_engine: Engine) -> None:
    three_firms(sqlite_engine)
    acts.merged(sqlite_engine, COUNTY, HONGCHENG, HUAQIANG, on("2025-10-10"), **ACTOR)

    passed = [row for row in rows(told(sqlite_engine), "machines", BODIES) if row.how in ("went", "came")]

    assert {row.places for row in passed} == {()}


def test_a_machine_of_records_that_were_joined_names_the_decision(engine: Engine) -> None:
    three_firms(engine)
    issued(engine)
    one, other = (firm.id for firm in seen(engine, THIRD).enterprises if firm.name in (HONGCHENG, HUAQIANG))
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "merge", actor="测试", reason="同一家")
        merge(session, change, one, other, "同一家")

    found = told(engine)

    assert {row.because for row in found.moved} == {("merged",)}
    assert {tuple(act.number for act in row.acts) for row in found.moved} == {(head(engine),)}


def test_a_closure_is_told_by_what_closes_and_not_by_a_power_cut(engine: Engine) -> None:
    firm = a_foundry(engine)
    later(engine, firm, action("power_cut", taken_on=DateInterval.of_day(day("2025-11-02"))), by="县供电公司")
    later(engine, firm, status="closed", day_of="2025-12-01")

    found = told(engine)

    assert [act.number for act in the(found, "closed").acts] == [3]
    assert {place.file for place in the(found, "closed").places} == {"县局.xlsx"}
    assert [act.number for act in the(found, "cut").acts] == [2]


def test_a_verdict_that_turned_because_of_a_clause_names_the_clause(engine: Engine) -> None:
    firm = Firm({"name": "甲锻造有限公司"}, [machine(code="1", kind="heating_furnace", fuel="coal")])
    take_in(engine, roster(firm, on=THIRD))
    issued(engine)
    add(engine)
    adopt(engine)

    turned = the(told(engine), "holds", BODIES)

    assert (turned.step, turned.because, turned.said) == ("learned", ("clause",), ("条款LS25-COAL-HEAT开始作为依据",))
    assert [(act.number, act.act) for act in turned.acts] == [(head(engine), "adopt")]


def test_a_power_cut_and_a_plan_have_their_words_and_cells(engine: Engine) -> None:
    firm = a_foundry(engine)
    cut = action("power_cut", taken_on=DateInterval.of_day(day("2025-11-02")), authority="蓝山县科工局")
    later(engine, firm, cut, plan(stage="made"))

    found = told(engine)

    row = the(found, "cut")
    assert (row.amount, row.after, row.because) == (1, "停电（2025-11-02停电）", ("new_fact",))
    assert [act.number for act in row.acts] == [2]
    assert {place.file for place in row.places} == {"县局.xlsx"}
    assert [(one.family, one.before, one.after) for one in found.moved if one.family.startswith("plan")] == [
        ("plan", "没有方案", "已制定"),
        ("plan:made", "没有方案", "已制定"),
    ]


def test_a_cut_of_the_former_quarter_that_was_told_of_later_was_learned(engine: Engine) -> None:
    firm = a_foundry(engine)
    issued(engine)
    batch = later(engine, firm, action("power_cut", taken_on=DateInterval.of_day(day("2025-09-20"))))

    row = the(told(engine), "cut")
    assert (row.step, row.because, [act.number for act in row.acts]) == ("learned", ("told_later",), [3])
    issued(engine)
    take_back(engine, batch)
    row = the(told(engine), "cut")
    assert (row.step, row.amount, row.because, [act.number for act in row.acts]) == ("learned", -1, ("undone",), [5])


def test_what_changed_of_a_firm_that_stayed_is_told_and_counts_nothing(engine: Engine) -> None:
    firm = a_foundry(engine)
    renamed = {"name": "甲精密铸造有限公司", "output_t_per_year": 900.0}
    later(engine, firm, machine(firm.equipment[0].id, capacity_t=0.75), **renamed)

    found = told(engine)

    assert found.moved == ()
    assert [(row.family, row.before, row.after, row.because) for row in found.altered] == [
        ("enterprise.name", "甲铸造有限公司", "甲精密铸造有限公司", ("new_fact",)),
        ("equipment.capacity_t", "0.5", "0.75", ("new_fact",)),
    ]
    assert all(row.places and row.acts for row in found.altered)


def test_another_county_sees_nothing(engine: Engine) -> None:
    later(engine, a_foundry(engine), status="suspended")

    found = told(engine, actor=Actor("外县", counties=frozenset(["431126"])))

    assert (found.lines, found.rows) == ((), ())
