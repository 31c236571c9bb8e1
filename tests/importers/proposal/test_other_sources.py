"""A group that one source counts as one and another divides: held until a person answers, and nothing counted twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.proposal import SPLIT, Known, Proposal, Said
from importers.proposal.frame import Frame
from importers.reading import Reading
from tests.importers.proposal.test_proposal import first_and_second
from tests.importers.rosters import (
    Firm,
    Memory,
    Stated,
    buckets,
    codes,
    differences,
    firm,
    new_machines,
    roster,
    stated,
)

BUREAU = "蓝山县生态环境局"
FURNACE: Stated = {"kind": "induction_furnace", "capacity_t": 0.5}
GROUP: Stated = {**FURNACE, "quantity": 3}


@dataclass
class Answered(Memory):
    """A register in which rows of the next file were answered: row → answer."""

    rows: Mapping[int, str] = field(default_factory=dict)

    def known(self, frame: Frame) -> Known:
        return replace(super().known(frame), answers={("Sheet1", row, "machine"): to for row, to in self.rows.items()})

    def take_in(self, reading: Reading, **told: Any) -> Proposal:
        proposal = super().take_in(reading, **told)
        decided = {(said.subject, said.field, said.day) for said in spoken(proposal) if said.decides}
        for key, words in self.said.items():
            self.said[key] = [
                replace(said, decided=self.changes)
                if said.change == self.changes and (said.subject, said.field, said.day) in decided
                else said
                for said in words
            ]
        return proposal


def counted(*machines: Stated, day: str = "2024-01-15") -> Answered:
    """A register in which the township counts these machines."""
    memory = Answered()
    memory.take_in(roster(firm("甲厂", *machines), day=day))
    return memory


def bureau(*machines: Stated, **top: Any) -> Reading:
    """The bureau's own list of the firm, for the same day unless told."""
    return roster(firm("甲厂", *machines), unit=BUREAU, **top)


def spoken(proposal: Proposal) -> list[Said]:
    """All that would be recorded."""
    return [said for entry in proposal.entries for said in entry.statements]


def rows(*codes: str, **facts: Any) -> list[Stated]:
    return [{**FURNACE, "code": code, **facts} for code in codes]


def only_held(proposal: Proposal) -> None:
    """Nothing is said of any machine, one question is asked, and every row waits."""
    assert codes(proposal) == ["machine.splits_group"]
    assert (new_machines(proposal), [said for said in spoken(proposal) if said.section == "equipment"]) == (0, [])
    assert buckets(proposal) == {"held": 1}
    assert {(row.fate, row.why) for row in proposal.rows} == {("held", "machine.splits_group")}


@pytest.mark.parametrize("quantity", [{}, {"quantity": 1}])
def test_rows_of_another_source_that_divide_a_group_are_held_with_one_question(quantity: Stated) -> None:
    proposal = counted(GROUP).propose(bureau(*rows("1#", "2#", "3#", **quantity)))

    only_held(proposal)
    [issue] = proposal.issues
    assert "新圩镇人民政府报的是一组" in issue.message
    assert "3台" in issue.message


def test_a_group_of_which_another_source_tells_two_of_one_shell_and_one_of_another_is_held() -> None:
    apart = [{**FURNACE, "shell": "steel", "quantity": 2}, {**FURNACE, "shell": "aluminium", "quantity": 1}]

    only_held(counted(GROUP).propose(bureau(*apart)))
    only_held(counted({**GROUP, "shell": "steel"}).propose(bureau(*apart)))


def test_a_roster_of_an_earlier_day_divides_no_group_that_is_counted_later_whoever_sends_it() -> None:
    for unit in (BUREAU, "新圩镇人民政府"):
        only_held(counted(GROUP).propose(roster(firm("甲厂", *rows("1#", "2#", "3#")), unit=unit, day="2023-12-31")))


def test_the_same_source_or_a_later_roster_divides_it_as_before() -> None:
    for unit, day in (("新圩镇人民政府", "2024-01-15"), (BUREAU, "2024-04-15")):
        proposal = counted(GROUP).propose(roster(firm("甲厂", *rows("1#", "2#", "3#")), unit=unit, day=day))

        assert (new_machines(proposal), codes(proposal)) == (2, [])
        assert ("equipment.quantity", 3, 1) in differences(proposal)


def test_rows_that_tell_nothing_apart_are_the_same_group() -> None:
    proposal = counted(GROUP).propose(bureau(FURNACE, FURNACE, FURNACE))

    assert (new_machines(proposal), codes(proposal), buckets(proposal)) == (0, [], {"same": 1})


def test_another_group_of_the_firm_is_heard_while_one_is_held() -> None:
    memory = counted(GROUP, {**FURNACE, "capacity_t": 2.0})

    proposal = memory.propose(bureau(*rows("1#", "2#", "3#"), {**FURNACE, "capacity_t": 2.0, "yoke": True}))

    assert codes(proposal) == ["machine.splits_group"]
    assert [row.fate for row in proposal.rows] == ["held", "held", "held", "record"]
    assert stated(proposal, "equipment.yoke") == [True]


@pytest.mark.parametrize("answered", [{4: SPLIT}, {6: SPLIT}, {4: SPLIT, 5: SPLIT, 6: SPLIT}])
def test_a_group_is_divided_as_answered_and_its_bodies_still_add_up(answered: Mapping[int, str]) -> None:
    memory = counted(GROUP)
    memory.rows = answered

    proposal = memory.take_in(bureau(*rows("1#", "2#", "3#")))

    assert (new_machines(proposal), codes(proposal)) == (2, [])
    assert sorted(stated(proposal, "equipment.quantity")) == [1, 1, 1]
    assert [said.decides for said in spoken(proposal) if said.field == "quantity"].count(True) == 1


def test_a_group_divided_for_an_earlier_day_has_fewer_bodies_on_the_later_ones_too() -> None:
    memory = counted(GROUP)
    memory.rows = {4: SPLIT}

    proposal = memory.take_in(bureau(*rows("1#", "2#", "3#"), day="2023-12-31"))

    decided = [(said.day.isoformat(), said.value) for said in spoken(proposal) if said.decides]
    assert decided == [("2023-12-31", 1), ("2024-01-15", 1)]


def test_rows_are_said_of_the_whole_group_or_of_further_machines_once_each_is_answered() -> None:
    memory = counted(GROUP)
    group = "equipment-1-new:2"
    memory.rows = {4: group, 5: "new"}
    only_held(memory.propose(bureau(*rows("1#", "2#", "3#"))))

    memory.rows = {4: group, 5: "new", 6: "new"}
    proposal = memory.propose(bureau(*rows("1#", "2#", "3#")))

    assert (new_machines(proposal), codes(proposal)) == (2, [])
    assert stated(proposal, "equipment.quantity") == []
    assert {said.value for said in spoken(proposal) if said.subject == group} >= {"1#"}


def test_rows_said_of_the_whole_group_contradict_its_number_only_where_they_do_not_add_up() -> None:
    memory = counted(GROUP)
    group = "equipment-1-new:2"
    memory.rows = dict.fromkeys((4, 5, 6), group)
    each = [{**FURNACE, "quantity": 1, "power_kw": power} for power in (250.0, 250.0, 300.0)]
    assert "import.conflict" not in codes(memory.propose(bureau(*each)))

    memory.rows = {4: group, 5: group, 6: "new"}
    proposal = memory.propose(bureau(*each))

    assert codes(proposal) == ["import.conflict"]
    assert ("equipment.quantity", 3, 2) in differences(proposal)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first_and_second(), st.sampled_from(["2024-01-15", "2024-04-15", "2023-12-31"]))
def test_another_source_in_another_order_and_grouping_adds_no_machine_and_no_conflict(
    pair: tuple[Firm, Firm], day: str
) -> None:
    first, second = pair
    memory = Memory()
    memory.take_in(roster(first))

    other = memory.take_in(roster(second, day=day, unit=BUREAU))
    again = memory.propose(roster(second, day=day, unit=BUREAU))

    assert (new_machines(other), codes(other)) == (0, [])
    if day >= "2024-01-15":
        assert (buckets(other), differences(other)) == ({"same": 1}, [])
    assert [entry.statements for entry in again.entries] == [()]
    assert (new_machines(again), differences(again), codes(again)) == (0, [], [])


def test_two_sources_that_take_turns_never_count_a_body_twice() -> None:
    memory = counted(GROUP)
    memory.rows = {4: SPLIT}
    memory.take_in(bureau(*rows("1#", "2#", "3#")))
    memory.rows = {}

    for reading in (
        bureau(*rows("3#", "1#", "2#")),
        roster(firm("甲厂", GROUP)),
        roster(firm("甲厂", FURNACE, FURNACE, FURNACE)),
    ):
        again = memory.propose(reading)
        assert (new_machines(again), differences(again), codes(again)) == (0, [], [])
    later = memory.take_in(roster(firm("甲厂", GROUP), day="2024-04-15"))
    assert (new_machines(later), differences(later), codes(later)) == (0, [], [])
