"""The difference between two moments: sums go over, every field is named, and each has its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise, Snapshot
from app.domain.statement import same_value
from app.register.desk.deciding import correct, decide_value
from app.register.desk.merging import merge, take_apart
from app.register.history.asked import whole_difference
from app.register.history.difference import Difference, Firm
from app.register.history.differences import differences
from app.register.scope import LOCAL_OPERATOR, Actor
from app.register.verdicts.who_holds import who_holds
from app.store import changes
from app.store.engine import reading, unit
from app.store.models import Statement
from app.store.sealed import sealed_as
from tests.register.clauses.test_clauses import add, adopt
from tests.register.rosters import COUNTY, machine, permit, roster, seen, take_back, take_in
from tests.register.rosters import Firm as Listed
from tests.register.saying import day
from tests.register.verdicts.test_who_holds import write_register

JANUARY, MARCH, JULY = "2024-01-15", "2024-03-31", "2025-07-01"


def a_forge(engine: Engine, **facts: Any) -> Enterprise:
    """A firm with one furnace, as of January."""
    stated = {"code": "1", "kind": "induction_furnace", "shell": "aluminium", "state": "in_use", **facts}
    firm = Listed({"name": "甲铸造有限公司", "township": "新圩镇"}, [machine(**stated)])
    take_in(engine, roster(firm, on=JANUARY, township="431127105"))
    (found,) = seen(engine, JANUARY).enterprises
    return found


def again(engine: Engine, firm: Enterprise, on: str, *, by: str = "新圩镇人民政府", **facts: Any) -> str:
    """Another word on the furnace."""
    said = Listed({}, [machine(firm.equipment[0].id, **facts)], firm.id)
    return take_in(engine, roster(said, on=on, by=by)).batch


def between(engine: Engine, one: str, other: str, **more: Any) -> Difference:
    """What differs between two moments as they are written."""
    with reading(engine) as session:
        found = whole_difference(session, COUNTY, one, other, actor=LOCAL_OPERATOR, **more)
        return replace(found, firms=found.told)


def the(found: Difference) -> Firm:
    (firm,) = found.firms
    return firm


def why(found: Difference) -> dict[str, tuple[str, ...]]:
    """The reasons by field of the only firm."""
    return {one.field: one.because for one in the(found).altered}


def act(engine: Engine, kind: str, verb: Any, *arguments: Any) -> Any:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, kind, actor="测试", reason="核实")
        return verb(session, change, *arguments)


def test_a_later_days_word_is_a_new_fact(engine: Engine) -> None:
    again(engine, a_forge(engine), MARCH, shell="steel")

    found = between(engine, JANUARY, MARCH)

    (shell,) = the(found).altered
    assert (shell.before[0], shell.after[0], shell.because) == ("aluminium", "steel", ("new_fact",))
    assert shell.act is not None
    assert shell.act.number == 2
    assert [[one.cell for one in side] for side in shell.places] == [["Sheet1!C6"], ["Sheet1!A6"]]
    assert (found.enterprises.opening, found.enterprises.entered, found.enterprises.closing) == (1, 0, 1)


def test_the_same_moment_twice_differs_in_nothing(engine: Engine) -> None:
    a_forge(engine)
    assert between(engine, JANUARY, JANUARY).firms == between(engine, JANUARY, MARCH).firms == ()


def test_later_knowledge_of_the_same_day_is_a_correction(engine: Engine) -> None:
    again(engine, a_forge(engine), JANUARY, shell="steel")

    assert why(between(engine, f"{JANUARY}@1", JANUARY)) == {"shell": ("corrected",)}
    assert why(between(engine, f"{MARCH}@1", MARCH)) == {"shell": ("corrected",)}


def test_a_correction_by_hand_is_a_correction_with_its_reason(engine: Engine) -> None:
    firm = a_forge(engine)
    about = ("equipment", firm.equipment[0].id, {"shell": "steel"}, day(JANUARY), "看了铭牌")
    act(engine, "correct", correct, *about)

    (shell,) = the(between(engine, f"{JANUARY}@1", JANUARY)).altered

    assert shell.because == ("corrected",)
    assert shell.act is not None
    assert (shell.act.act, shell.act.actor, shell.act.reason) == ("correct", "测试", "核实")


def test_what_was_never_stated_before_is_told_later_not_corrected(engine: Engine) -> None:
    firm = a_forge(engine)
    again(engine, firm, JANUARY, capacity_t=0.5)
    again(engine, firm, "2024-02-01", shell="steel")

    assert why(between(engine, f"{MARCH}@1", MARCH)) == {"capacity_t": ("told_later",), "shell": ("told_later",)}


def test_reasons_are_combined(engine: Engine) -> None:
    firm = a_forge(engine)
    again(engine, firm, JANUARY, shell="steel")
    again(engine, firm, MARCH, shell="aluminium", capacity_t=0.5)

    found = why(between(engine, f"{JANUARY}@1", MARCH))

    assert found == {"capacity_t": ("new_fact",)}
    again(engine, firm, MARCH, shell="steel", by="督察组")
    assert why(between(engine, f"{MARCH}@3", MARCH))["shell"] == ("corrected", "disputed")
    assert why(between(engine, f"{JANUARY}@1", MARCH))["shell"] == ("corrected", "new_fact", "disputed")


def test_a_contradiction_and_the_decision_on_it_are_named(engine: Engine) -> None:
    firm = a_forge(engine)
    again(engine, firm, JANUARY, shell="steel", by="督察组")
    with reading(engine) as session:
        by = Statement.source == sealed_as(Statement.source, COUNTY, "督察组")
        rows = session.scalars(select(Statement).where(Statement.field == "shell", by))
        statement = rows.one().id
    act(engine, "decide", decide_value, statement, "看了照片")

    assert why(between(engine, f"{JANUARY}@1", f"{JANUARY}@2"))["shell"] == ("corrected", "disputed")
    assert why(between(engine, f"{JANUARY}@2", JANUARY))["shell"] == ("decided",)
    assert why(between(engine, f"{JANUARY}@1", JANUARY))["shell"] == ("corrected", "decided")


def test_a_machine_and_a_fact_that_were_undone_say_so(engine: Engine) -> None:
    firm = a_forge(engine)
    batch = again(engine, firm, JANUARY, shell="steel")
    take_back(engine, batch)
    new = Listed({"name": "乙铸造有限公司", "township": "土市镇"}, [machine(kind="cupola", quantity=2)])
    second = take_in(engine, roster(new, on=JANUARY, by="土市镇")).batch
    take_back(engine, second)

    assert why(between(engine, f"{JANUARY}@2", f"{JANUARY}@3")) == {"shell": ("undone",)}
    left = between(engine, f"{JANUARY}@4", JANUARY)
    assert (the(left).how, the(left).because, the(left).name) == ("left", ("undone",), "乙铸造有限公司")
    assert [(one.how, one.bodies, one.because) for one in the(left).passed] == [("left", 2, ("undone",))]
    assert (left.furnaces.opening, left.furnaces.left, left.furnaces.closing) == (3, 2, 1)
    entered = between(engine, f"{JANUARY}@3", f"{JANUARY}@4")
    assert (the(entered).how, the(entered).because) == ("entered", ("told_later",))


def test_a_removed_machine_left_and_one_that_came_back_returned(engine: Engine) -> None:
    firm = a_forge(engine, quantity=3)
    again(engine, firm, MARCH, state="removed")
    again(engine, firm, JULY, state="in_use")

    gone = between(engine, JANUARY, MARCH)
    back = between(engine, MARCH, JULY)

    assert [(one.how, one.because) for one in the(gone).passed] == [("left", ("new_fact", "removed"))]
    assert [one.act and one.act.number for side in (gone, back) for one in the(side).passed] == [2, 3]
    assert (gone.furnaces.opening, gone.furnaces.left, gone.furnaces.closing) == (3, 3, 0)
    assert [(one.how, one.because) for one in the(back).passed] == [("entered", ("new_fact", "returned"))]


def test_a_machine_that_left_names_the_change_even_where_its_removal_was_told_first(engine: Engine) -> None:
    firm = a_forge(engine)
    gone = Listed({}, [machine(code="2", kind="cupola", state="removed")], firm.id)
    take_in(engine, roster(gone, on=MARCH))
    (late,) = [one for one in seen(engine, MARCH).enterprises[0].equipment if one.facts.get("code") == "2"]
    take_in(engine, roster(Listed({}, [machine(late.id, state="in_use")], firm.id), on=JANUARY))

    (left,) = the(between(engine, JANUARY, MARCH)).passed

    assert (left.how, left.because, left.act and left.act.number) == ("left", ("new_fact", "removed"), 2)


def test_a_removal_on_an_unknown_day_is_told_with_the_cell_of_the_later_report(engine: Engine) -> None:
    within = DateInterval(day("2024-03-01"), day("2024-03-31"), "month", "2024年3月")
    again(engine, a_forge(engine), JULY, state="removed", removed_on=within)

    (present,) = the(between(engine, JANUARY, "2024-03-10")).altered

    told = present.as_dict()
    assert (told["before"]["text"], told["after"]["text"], present.because) == ("在", "不能确定", ("new_fact",))
    assert {"file": "新圩镇人民政府.xlsx", "cell": "Sheet1!B6"} in told["after"]["sources"]


def test_a_change_of_quantity_is_a_sum_that_goes_over(engine: Engine) -> None:
    again(engine, a_forge(engine, quantity=3), MARCH, quantity=1)

    found = between(engine, JANUARY, MARCH)

    assert found.furnaces.as_dict() == {"opening": 3, "entered": 0, "left": 0, "changed": -2, "closing": 1}


def test_a_firm_that_moved_leaves_one_township_and_enters_another(engine: Engine) -> None:
    firm = a_forge(engine)
    take_in(engine, roster(Listed({"township": "土市镇"}, (), firm.id), on=MARCH))

    whole = between(engine, JANUARY, MARCH)
    from_there = between(engine, JANUARY, MARCH, township="新圩镇")
    to_here = between(engine, JANUARY, MARCH, township="土市镇")

    assert why(whole) == {"township": ("new_fact", "moved")}
    assert (the(from_there).how, the(from_there).because) == ("left", ("new_fact", "moved"))
    assert (from_there.enterprises.opening, from_there.enterprises.left, from_there.enterprises.closing) == (1, 1, 0)
    assert (the(to_here).how, the(to_here).because) == ("entered", ("new_fact", "moved"))
    assert [one.how for one in the(to_here).passed] == ["entered"]
    assert to_here.verdicts["holds"]["furnaces"]["entered"] == to_here.verdicts["holds"]["furnaces"]["closing"]


def test_records_that_are_merged_and_taken_apart_are_named(engine: Engine) -> None:
    firm = a_forge(engine)
    other = Listed({"name": "甲铸造厂", "township": "新圩镇"}, [machine(code="9", kind="cupola")])
    take_in(engine, roster(other, on=JANUARY, by="土市镇"))
    second = next(one for one in seen(engine, JANUARY).enterprises if one.name == "甲铸造厂")
    decision = act(engine, "merge", merge, second.id, firm.id, "同一家").decision
    act(engine, "withdraw", take_apart, decision)

    one = between(engine, f"{JANUARY}@2", f"{JANUARY}@3")
    two = between(engine, f"{JANUARY}@3", JANUARY)

    assert [(firm.name, firm.how, firm.because) for firm in one.firms if firm.how == "left"] == [
        ("甲铸造厂", "left", ("merged",))
    ]
    assert {(p.how, p.because) for firm in one.firms for p in firm.passed} == {
        ("left", ("merged",)),
        ("entered", ("merged",)),
    }
    assert (one.furnaces.opening, one.furnaces.closing, one.enterprises.left) == (2, 2, 1)
    assert [(firm.how, firm.because) for firm in two.firms if firm.how == "entered"] == [("entered", ("taken_apart",))]
    assert between(engine, f"{JANUARY}@2", JANUARY).firms == ()


def test_a_verdict_changed_by_a_clause_alone_says_so(engine: Engine) -> None:
    firm = Listed({"name": "甲锻造有限公司"}, [machine(code="1", kind="heating_furnace", fuel="coal")])
    take_in(engine, roster(firm, on=JANUARY))
    add(engine)
    adopt(engine)

    in_force = between(engine, "2025-06-30", JULY)
    adopted = between(engine, f"{JULY}@1", JULY)

    for found in (in_force, adopted):
        (turned,) = the(found).turned
        assert (turned.before["answer"], turned.after["answer"], turned.because) == (
            "does_not_hold",
            "holds",
            ("clause",),
        )
        assert found.clauses["began"] == ["LS25-COAL-HEAT"]
        assert found.verdicts["holds"]["furnaces"]["entered"] == 1
        assert the(found).altered == ()


def test_a_verdict_changed_by_a_fact_takes_the_facts_reason_and_both_are_told_where_both_did_it(
    engine: Engine,
) -> None:
    firm = Listed({"name": "甲锻造有限公司"}, [machine(code="1", kind="heating_furnace", fuel="natural_gas")])
    take_in(engine, roster(firm, on=JANUARY))
    add(engine)
    adopt(engine)
    (known,) = seen(engine, JANUARY).enterprises
    again(engine, known, JULY, fuel="coal")

    (turned,) = the(between(engine, "2025-06-30", JULY)).turned
    assert turned.because == ("new_fact",)
    again(engine, known, "2025-07-02", state="removed")
    gone = between(engine, JULY, "2025-07-02")
    assert [one.because for one in the(gone).turned] == [("new_fact", "removed")]
    assert gone.verdicts["holds"]["enterprises"] == {
        "opening": 1,
        "entered": 0,
        "left": 1,
        "changed": 0,
        "closing": 0,
    }


def test_what_another_holds_is_seen_by_permits_too(engine: Engine) -> None:
    take_in(engine, roster(Listed({"name": "甲厂"}, [permit("eia", standing="lacking")]), on=JANUARY))
    (firm,) = seen(engine, JANUARY).enterprises
    held = permit("eia", firm.permits[0].id, standing="held")
    take_in(engine, roster(Listed({}, [held], firm.id), on=MARCH))

    (standing,) = the(between(engine, JANUARY, MARCH)).altered

    assert (standing.section, standing.before[0], standing.after[0]) == ("permit", "lacking", "held")


def everything(whole: Snapshot) -> dict[tuple[str, str], Any]:
    """Every fact of firms and of the machines that are there or perhaps there, by subject and field."""
    found: dict[tuple[str, str], Any] = {}
    for firm in whole.enterprises:
        for one in (firm, *(one for one in firm.equipment if one.present is not False), *firm.permits):
            found |= {(one.id, name): value for name, value in one.facts.items()}
            found |= {(one.id, name): "?" for name in one.disputed}
    return found


@pytest.mark.parametrize("seed", [6])
def test_it_names_exactly_what_two_snapshots_differ_in_and_its_sums_go_over(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    moments = [("2024-01-15", 1), ("2024-03-12", 4), ("2025-07-01", 5), ("2025-07-01", 6)]
    for one, other in permutations(moments, 2):
        found = between(engine, f"{one[0]}@{one[1]}", f"{other[0]}@{other[1]}")
        before, after = seen(engine, one[0], one[1]), seen(engine, other[0], other[1])
        for flow in (found.enterprises, found.furnaces, *flows(found)):
            assert flow.opening + flow.entered - flow.left + flow.changed == flow.closing
        ids = [{firm.id for firm in side.enterprises} for side in (before, after)]
        assert (found.enterprises.opening, found.enterprises.closing) == (len(ids[0]), len(ids[1]))
        assert {firm.id for firm in found.firms if firm.how == "entered"} == ids[1] - ids[0]
        assert {firm.id for firm in found.firms if firm.how == "left"} == ids[0] - ids[1]
        named = {(altered.subject, altered.field) for firm in found.firms for altered in firm.altered}
        left = {passed.machine for firm in found.firms for passed in firm.passed}
        gone = ids[0] ^ ids[1] | left
        gone |= {one.id for side in (before, after) for f in side.enterprises if f.id in gone for one in f.permits}
        sides = everything(before), everything(after)
        expected = {
            key
            for key in sides[0].keys() | sides[1].keys()
            if key[0] not in gone and not same_value(sides[0].get(key), sides[1].get(key))
        }
        named = {key for key in named if key[0] not in gone and key[1] != "present"}
        assert named == {key for key in expected if key[1] != "kind" or key in named}
        assert all(altered.because for firm in found.firms for altered in firm.altered)
        assert all(passed.because for firm in found.firms for passed in firm.passed)
        assert all(turned.because for firm in found.firms for turned in firm.turned)
        assert all(firm.because for firm in found.firms if firm.how != "changed")
        assert found.verdicts["holds"]["furnaces"]["closing"] == holding(engine, *other)


def flows(found: Difference) -> list[Any]:
    from app.register.history.members import Flow

    return [Flow(**numbers) for of in found.verdicts.values() for numbers in of.values()]


def holding(engine: Engine, on: str, known: int) -> int:
    with reading(engine) as session:
        held = who_holds(session, [(COUNTY, known)], as_of=date.fromisoformat(on), actor=LOCAL_OPERATOR)
        return sum(one.bodies for one in held if one.holds)


def test_another_county_sees_no_difference(engine: Engine) -> None:
    again(engine, a_forge(engine), MARCH, shell="steel")
    stranger = Actor("外县", counties=frozenset(["431126"]))
    with reading(engine) as session:
        found = differences(session, COUNTY, AsOf(day(JANUARY), 2), AsOf(day(MARCH), 2), actor=stranger)
    assert (found.firms, found.enterprises.opening, found.furnaces.closing) == ((), 0, 0)
