"""Machines of a listing are the firm's own where that can be told, new where they are, and asked about otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.register.machines.matching import Machine, Spoken, match
from app.register.machines.matching_papers import Paper, match_action, match_permit

Stated = dict[str, Value]


def machine(key: str, *, gone: bool = False, **facts: Value) -> Machine:
    return Machine(key, {name: (value,) for name, value in facts.items()}, gone)


def subjects(known: list[Machine], *listed: Stated) -> list[str | None]:
    """Which subject each entry of the listing speaks of, in the listing's order."""
    spoken = match(known, listed).spoken
    return [one.subject for one in sorted(spoken, key=lambda one: (one.listed, one.subject or "~"))]


def test_a_fact_newly_stated_amends_the_machine() -> None:
    known = [machine("a", shell="aluminium")]

    assert match(known, [{"shell": "aluminium", "capacity_t": 0.5}]).spoken == [Spoken("a", 0, None)]


def test_another_capacity_is_another_machine() -> None:
    assert subjects([machine("a", shell="aluminium", capacity_t=0.5)], {"shell": "aluminium", "capacity_t": 1.0}) == [
        None
    ]


def test_codes_decide_against_all_else() -> None:
    known = [machine("a", code="1#", capacity_t=0.5), machine("b", code="2#", capacity_t=0.5)]

    assert subjects(known, {"code": "2#", "capacity_t": 1.0}, {"code": "1#", "capacity_t": 0.5}) == ["b", "a"]
    assert subjects(known, {"code": "3#", "capacity_t": 0.5}) == [None]


def test_of_two_with_one_code_a_row_is_the_one_of_which_it_states_nothing_new() -> None:
    known = [machine("a", code="1#", name="炉", model="X", fuel="electricity"), machine("b", code="1#", name="炉")]

    assert subjects(known, {"code": "1#", "model": "X"}, {"code": "1#"}) == ["a", "b"]


def test_machines_alike_are_told_apart_by_what_else_is_the_same() -> None:
    known = [machine("a", capacity_t=0.5, state="idle"), machine("b", capacity_t=0.5, state="in_use")]

    assert subjects(known, {"capacity_t": 0.5, "state": "in_use"}, {"capacity_t": 0.5, "state": "removed"}) == [
        "b",
        "a",
    ]


def test_what_fits_several_is_held_and_none_of_them_is_asked_about() -> None:
    known = [machine("a", shell="aluminium", capacity_t=0.5), machine("b", shell="aluminium", capacity_t=1.0)]

    matched = match(known, [{"shell": "aluminium"}])

    assert matched.held == [(0, ("a", "b"))]
    assert (matched.spoken, matched.left_out) == ([], [])


def test_what_could_be_several_is_one_when_the_other_is_taken() -> None:
    known = [machine("a", shell="aluminium", capacity_t=0.5), machine("b", shell="aluminium", capacity_t=1.0)]

    assert subjects(known, {"shell": "aluminium"}, {"shell": "aluminium", "capacity_t": 1.0}) == ["a", "b"]


def test_two_new_details_of_one_known_machine_are_held() -> None:
    matched = match([machine("a", frequency="medium")], [{"capacity_t": 0.5}, {"capacity_t": 1.0}])

    assert [entry for entry, _ in matched.held] == [0, 1]


@pytest.mark.parametrize("quantity", [None, 1])
def test_a_group_sent_as_rows_is_the_same(quantity: int | None) -> None:
    row: Stated = {"capacity_t": 0.5} if quantity is None else {"capacity_t": 0.5, "quantity": quantity}

    matched = match([machine("a", capacity_t=0.5, quantity=3)], [row, row, row])

    assert {(one.subject, one.quantity) for one in matched.spoken} == {("a", None)}
    assert (matched.held, matched.left_out) == ([], [])


def test_rows_sent_as_a_group_are_the_same() -> None:
    known = [machine("a", capacity_t=0.5), machine("b", capacity_t=0.5)]

    matched = match(known, [{"capacity_t": 0.5, "quantity": 2}])

    assert [(one.subject, one.quantity) for one in matched.spoken] == [("a", None), ("b", None)]


def test_a_group_of_unlike_machines_covers_them_when_the_bodies_add_up() -> None:
    known = [machine("a", shell="steel", capacity_t=0.5, quantity=2), machine("b", shell="steel", capacity_t=1.0)]

    assert subjects(known, {"shell": "steel", "quantity": 3}) == ["a", "b"]


def test_a_stated_count_changes_the_group() -> None:
    known = [machine("a", capacity_t=0.5, quantity=3)]

    assert match(known, [{"capacity_t": 0.5, "quantity": 5}]).spoken == [Spoken("a", 0, 5)]
    assert match(known, [{"capacity_t": 0.5, "quantity": 2}]).spoken == [Spoken("a", 0, 2)]


def test_a_row_without_a_count_says_nothing_of_it() -> None:
    matched = match([machine("a", capacity_t=0.5, quantity=3)], [{"capacity_t": 0.5}])

    assert (matched.spoken, matched.left_out) == ([Spoken("a", 0, None)], [])


def test_rows_that_fall_short_of_a_group_leave_the_rest_there_with_a_question() -> None:
    matched = match([machine("a", capacity_t=0.5, quantity=3)], [{"capacity_t": 0.5}, {"capacity_t": 0.5}])

    assert matched.left_out == [("a", 1)]
    assert {one.quantity for one in matched.spoken} == {None}


def test_one_more_row_is_one_more_machine() -> None:
    assert subjects([machine("a", capacity_t=0.5)], {"capacity_t": 0.5}, {"capacity_t": 0.5}) == ["a", None]


def test_some_of_a_group_removed_become_a_machine_of_their_own() -> None:
    known = [machine("a", capacity_t=0.5, state="in_use", quantity=3)]

    matched = match(known, [{"capacity_t": 0.5, "state": "removed", "quantity": 1}])

    assert set(matched.spoken) == {Spoken(None, 0, 1), Spoken("a", 0, 2, bare=True)}
    assert matched.left_out == [("a", 2)]


def test_a_removal_without_a_number_of_a_group_is_held() -> None:
    known = [machine("a", capacity_t=0.5, state="in_use", quantity=3)]

    assert match(known, [{"capacity_t": 0.5, "state": "removed"}]).held == [(0, ("a",))]


def test_rows_that_tell_a_group_apart_split_it() -> None:
    known = [machine("a", capacity_t=0.5, quantity=3)]

    matched = match(
        known, [{"capacity_t": 0.5, "state": "idle"}, {"capacity_t": 0.5, "state": "in_use", "quantity": 2}]
    )

    assert set(matched.spoken) == {Spoken("a", 1, 2), Spoken(None, 0, 1)}


def test_a_machine_removed_before_comes_back_only_by_its_code() -> None:
    gone = machine("a", gone=True, code="1#", capacity_t=0.5, state="removed")

    assert subjects([gone], {"capacity_t": 0.5, "state": "in_use"}) == [None]
    assert subjects([gone], {"capacity_t": 0.5, "code": "1#"}) == ["a"]
    assert subjects([gone], {"capacity_t": 0.5, "state": "removed"}) == ["a"]
    assert match([gone], [{"shell": "steel"}]).left_out == []


def test_machines_not_listed_are_left_out() -> None:
    known = [machine("a", capacity_t=0.5), machine("b", capacity_t=1.0, quantity=2)]

    assert match(known, [{"capacity_t": 0.5}]).left_out == [("b", 2)]


def test_permits_are_told_apart_by_number_where_both_state_one() -> None:
    known = [Paper("p", {"number": ("91-1",), "standing": ("held",)})]

    assert match_permit(known, {"standing": "expired"}) == ("p",)
    assert match_permit(known, {"number": "91-1"}) == ("p",)
    assert match_permit(known, {"number": "91-2"}) == ()


def test_of_several_permits_the_latest_that_says_the_same_is_meant() -> None:
    known = [
        Paper("p", {"number": ("1",), "standing": ("expired",)}, date(2023, 1, 1)),
        Paper("q", {"number": ("2",), "standing": ("held",)}, date(2024, 1, 1)),
    ]

    assert match_permit(known, {"standing": "held"}) == ("q",)
    assert match_permit(known, {"standing": "revoked"}) == ("p", "q")


def test_what_is_new_of_one_of_two_permits_is_not_guessed_to_be_the_latest_ones() -> None:
    ends = days("2027-06-30", "2027-06-30")
    known = [
        Paper("p", {"number": ("1",), "standing": ("held",)}, date(2023, 1, 1)),
        Paper("q", {"number": ("2",), "standing": ("held",)}, date(2024, 1, 1)),
    ]

    assert match_permit(known, {"standing": "held", "valid_to": ends}) == ("p", "q")
    known[0] = Paper("p", {"number": ("1",), "standing": ("expired",)}, date(2023, 1, 1))
    assert match_permit(known, {"standing": "held", "valid_to": ends}) == ("q",)


def days(since: str, until: str) -> DateInterval:
    return DateInterval(date.fromisoformat(since), date.fromisoformat(until), "day", since)


def test_actions_are_told_apart_by_days_and_document() -> None:
    known = [Paper("a", {"taken_on": (days("2025-11-21", "2025-11-30"),)})]

    assert match_action(known, {"taken_on": days("2025-11-25", "2025-11-25")}) == ("a",)
    assert match_action(known, {"taken_on": days("2025-12-10", "2025-12-10")}) == ()
    assert match_action(known, {"document_no": "蓝环〔2025〕1号"}) == ("a",)


def test_an_action_by_another_document_is_another() -> None:
    known = [Paper("a", {"document_no": ("1号",), "taken_on": (days("2025-11-21", "2025-11-21"),)})]

    assert match_action(known, {"document_no": "1号", "taken_on": days("2025-11-22", "2025-11-22")}) == ("a",)
    assert match_action(known, {"document_no": "2号", "taken_on": days("2025-11-21", "2025-11-21")}) == ()
