"""The order of a list: by any column that it shows, up or down; what is not known last; the same in its address."""

from __future__ import annotations

import pytest

from app.errors import BadInput
from app.register.lists import NOUNS, columns
from app.register.lists.order import in_order, order_text, order_told
from app.register.lists.rows import candidates
from tests.register.lists.asking_lists import COUNTY, rows


def laid(noun: str, by: str) -> list[str]:
    """The rows by id, in an order."""
    some = [(one, True) for one in candidates(COUNTY, noun)]
    return [one.subject.id for one, _ in in_order(some, order_told(noun, by))]


@pytest.mark.parametrize(
    ("noun", "by", "ids"),
    [
        ("equipment", "capacity_t", ["m1", "m2", "m4", "m3"]),
        ("equipment", "-容量", ["m4", "m2", "m1", "m3"]),
        ("equipment", "-kind,capacity_t", ["m2", "m4", "m1", "m3"]),
        ("equipment", "present", ["m2", "m4", "m1", "m3"]),
        ("equipment", "enterprise", ["m4", "m1", "m2", "m3"]),
        ("equipment", "-企业名称，-capacity_t", ["m2", "m1", "m3", "m4"]),
        ("actions", "taken_on", ["a1", "a2", "a3"]),
        ("actions", "-taken_on", ["a3", "a2", "a1"]),
        ("permits", "-standing", ["p3", "p1", "p2"]),
        ("enterprises", "township", ["2", "1"]),
        ("enterprises", "capacity_t_per_year", ["1", "2"]),
        ("enterprises", "-capacity_t_per_year", ["1", "2"]),
        ("enterprises", "scale", ["1", "2"]),
        ("figures", "topic", ["f"]),
    ],
)
def test_rows_are_laid_by_columns_up_or_down_and_what_is_not_known_comes_last(
    noun: str, by: str, ids: list[str]
) -> None:
    assert laid(noun, by) == ids


def test_every_column_that_a_list_shows_can_be_sorted_by_under_its_name_and_its_heading() -> None:
    for noun in NOUNS:
        for name, zh in columns(noun).items():
            assert sorted(laid(noun, name)) == sorted(laid(noun, f"-{zh}")) == sorted(row["id"] for row in rows(noun))


def test_an_order_is_written_one_way() -> None:
    assert order_text(order_told("equipment", " -容量，township ,capacity_t,")) == "-capacity_t,township"


def test_a_column_that_is_not_shown_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadInput) as refused:
        order_told("permits", "-maker")
    assert refused.value.code == "sort.unknown"
    assert "办理情况（standing）" in str(refused.value.fix)
