"""An old machine out and a new one in: linked where the papers make it certain, asked where they do not."""

from __future__ import annotations

import pytest

from app.domain.proposal import Proposal
from app.domain.statement import Value
from tests.importers.rosters import Memory, Stated, codes, days, firm, roster

LATER = "2024-04-15"
KIND: Stated = {"kind": "induction_furnace"}
ALUMINIUM: Stated = {**KIND, "shell": "aluminium", "capacity_t": 0.5}
STEEL: Stated = {**KIND, "shell": "steel", "capacity_t": 0.5}
GONE: Stated = {**ALUMINIUM, "state": "removed"}


def then(before: list[Stated], after: list[Stated], **more: object) -> Proposal:
    """What a later roster of the township proposes, after an earlier one."""
    memory = Memory()
    memory.take_in(roster(firm("甲厂", *before)))
    return memory.propose(roster(firm("甲厂", *after, **more), day=LATER))


def links(proposal: Proposal) -> int:
    return sum(len(entry.replaced) for entry in proposal.entries)


@pytest.mark.parametrize("told", [{"state": "removed"}, {"removed_on": days(None, "2024-03-31")}])
def test_one_stated_to_be_removed_and_one_new_of_its_kind_are_linked(told: dict[str, Value]) -> None:
    proposal = then([ALUMINIUM], [{**ALUMINIUM, **told}, STEEL])

    assert (links(proposal), codes(proposal)) == (1, [])
    [(old, new)] = proposal.entries[0].replaced
    assert (old, new) == ("equipment-1-new:2", "new:1")


def test_a_dismantling_of_the_firms_only_machine_is_its_removal() -> None:
    proposal = then(
        [ALUMINIUM], [STEEL], actions=({"kind": "dismantled", "taken_on": days("2024-03-01", "2024-03-01")},)
    )

    assert links(proposal) == 1
    assert codes(proposal) == ["machine.not_listed"]


def test_groups_of_as_many_bodies_are_linked_as_groups() -> None:
    assert links(then([{**ALUMINIUM, "quantity": 2}], [{**GONE, "quantity": 2}, {**STEEL, "quantity": 2}])) == 1


def test_one_of_a_group_removed_and_one_new_are_linked() -> None:
    left: Stated = {**ALUMINIUM, "quantity": 2, "state": "in_use"}
    proposal = then(
        [{**ALUMINIUM, "quantity": 3, "state": "in_use"}], [left, {**GONE, "quantity": 1}, {**STEEL, "quantity": 1}]
    )

    assert (links(proposal), codes(proposal)) == (1, [])


def test_one_merely_not_listed_is_asked_about() -> None:
    proposal = then([ALUMINIUM], [STEEL])

    assert (links(proposal), codes(proposal)) == (0, ["machine.not_listed", "machine.replaced"])
    assert "原有的0.5吨铝壳感应电炉这次没有列出，新列了0.5吨钢壳感应电炉" in proposal.issues[1].message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([ALUMINIUM, {**ALUMINIUM, "capacity_t": 1.0}], [GONE, {**GONE, "capacity_t": 1.0}, STEEL]),
        ([ALUMINIUM], [GONE, STEEL, {**STEEL, "capacity_t": 1.0}]),
        ([{**ALUMINIUM, "quantity": 2}], [{**GONE, "quantity": 2}, {**STEEL, "code": "1#"}, {**STEEL, "code": "2#"}]),
        ([{**ALUMINIUM, "quantity": 2}], [{**GONE, "quantity": 2}, STEEL]),
        ([ALUMINIUM, {"shell": "aluminium", "capacity_t": 2.0}], [GONE, STEEL]),
    ],
    ids=["two out", "two in", "a group out, single ones in", "more out than in", "one out of unknown kind"],
)
def test_what_does_not_come_out_one_for_one_is_asked(before: list[Stated], after: list[Stated]) -> None:
    proposal = then(before, after)

    assert links(proposal) == 0
    assert "machine.replaces_several" in codes(proposal)


def test_another_kind_replaces_nothing_by_itself() -> None:
    proposal = then([ALUMINIUM], [GONE, {"kind": "cupola"}])

    assert (links(proposal), codes(proposal)) == (0, [])


def test_what_another_source_leaves_out_was_not_replaced() -> None:
    memory = Memory()
    memory.take_in(roster(firm("甲厂", ALUMINIUM)))

    proposal = memory.propose(roster(firm("甲厂", STEEL), day=LATER, unit="蓝山县科工局"))

    assert codes(proposal) == ["machine.not_listed"]


def test_what_is_removed_and_listed_new_for_the_first_time_replaced_nothing_known() -> None:
    memory = Memory()
    memory.take_in(roster(firm("甲厂")))

    proposal = memory.propose(roster(firm("甲厂", GONE, STEEL), day=LATER))

    assert (links(proposal), codes(proposal)) == (0, [])


def test_a_removal_told_again_links_nothing_later() -> None:
    memory = Memory()
    memory.take_in(roster(firm("甲厂", ALUMINIUM)))
    memory.take_in(roster(firm("甲厂", GONE), day=LATER))

    proposal = memory.propose(roster(firm("甲厂", GONE, STEEL), day="2024-07-15"))

    assert (links(proposal), codes(proposal)) == (0, [])


def test_a_removal_that_is_still_to_come_links_nothing() -> None:
    proposal = then([ALUMINIUM], [{**ALUMINIUM, "removed_on": days(None, "2024-12-31")}, STEEL])

    assert links(proposal) == 0
