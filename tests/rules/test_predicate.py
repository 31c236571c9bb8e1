"""The predicate language: Kleene's laws, what is lacking, and that a further fact never turns yes into no."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.predicate import OPERATORS, AllOf, AnyOf, Comparison, Not, Predicate

_NAMES = ("frequency", "shell", "core", "kind")
_VALUES = ("a", "b", "c")

_comparisons = st.builds(
    Comparison, st.sampled_from(_NAMES), st.sampled_from(("eq", "ne")), st.sampled_from(_VALUES)
) | st.builds(
    Comparison,
    st.sampled_from(_NAMES),
    st.sampled_from(("in", "not_in")),
    st.lists(st.sampled_from(_VALUES), min_size=1, max_size=2).map(tuple),
)
_predicates = st.recursive(
    _comparisons,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
_facts = st.dictionaries(st.sampled_from(_NAMES), st.sampled_from(_VALUES))


def test_an_absent_fact_cannot_be_told() -> None:
    assert Comparison("yoke", "eq", False).holds({}) is None
    assert Comparison("yoke", "eq", False).lacks({}) == ("yoke",)


@pytest.mark.parametrize(
    ("op", "value", "fact", "expected"),
    [
        ("gte", 0.25, 0.25, True),
        ("gte", 0.25, 0.15, False),
        ("gt", 1, 1, False),
        ("gt", 1, 1.5, True),
        ("lt", 3, 2.9, True),
        ("lt", 3, 3, False),
        ("lte", 30, 30, True),
        ("eq", 1, 1.0, True),
        ("ne", "foundry", "steel", True),
        ("in", ("mains", "medium"), "medium", True),
        ("not_in", ("natural_gas", "electricity"), "coal", True),
        ("eq", False, False, True),
        ("eq", 0, False, False),
        ("gte", 0.3, 0.1 + 0.2, True),
        ("lt", 0.3, 0.1 + 0.2, False),
        ("lt", 3, "three", False),
    ],
)
def test_comparisons(op: str, value: object, fact: object, expected: bool) -> None:
    assert Comparison("x", op, value).holds({"x": fact}) is expected  # type: ignore[arg-type, dict-item]


def test_a_no_settles_an_all_of_that_lacks_facts() -> None:
    both = AllOf((Comparison("shell", "eq", "a"), Comparison("yoke", "eq", False)))

    assert both.holds({"shell": "b"}) is False
    assert both.lacks({"shell": "b"}) == ()
    assert both.lacks({}) == ("shell", "yoke")
    assert both.lacks({"shell": "a"}) == ("yoke",)


def test_a_settled_branch_lacks_nothing() -> None:
    either = AnyOf((AllOf((Comparison("a", "eq", "x"), Comparison("b", "eq", "x"))), Comparison("c", "eq", "x")))

    assert either.lacks({"a": "y"}) == ("c",)
    assert either.lacks({"c": "x"}) == ()


@given(_predicates, _facts)
def test_not_not_is_nothing(predicate: Predicate, facts: dict[str, str]) -> None:
    assert Not(Not(predicate)).holds(facts) is predicate.holds(facts)


@given(_predicates, _predicates, _facts)
def test_de_morgan(one: Predicate, other: Predicate, facts: dict[str, str]) -> None:
    assert Not(AllOf((one, other))).holds(facts) is AnyOf((Not(one), Not(other))).holds(facts)
    assert Not(AnyOf((one, other))).holds(facts) is AllOf((Not(one), Not(other))).holds(facts)


@given(_predicates, _predicates, _predicates, _facts)
def test_order_grouping_and_distribution_do_not_matter(
    one: Predicate, other: Predicate, third: Predicate, facts: dict[str, str]
) -> None:
    assert AllOf((one, other)).holds(facts) is AllOf((other, one)).holds(facts)
    assert AnyOf((one, AnyOf((other, third)))).holds(facts) is AnyOf((one, other, third)).holds(facts)
    spread = AnyOf((AllOf((one, other)), AllOf((one, third))))
    assert AllOf((one, AnyOf((other, third)))).holds(facts) is spread.holds(facts)


@given(_predicates, _facts, st.sampled_from(_NAMES), st.sampled_from(_VALUES))
def test_a_further_fact_never_turns_an_answer(
    predicate: Predicate, facts: dict[str, str], name: str, value: str
) -> None:
    before = predicate.holds(facts)

    after = predicate.holds({name: value} | facts)

    assert before is None or after is before


@given(_predicates, _facts)
def test_what_it_lacks_is_absent_and_settles_it(predicate: Predicate, facts: dict[str, str]) -> None:
    lacking = predicate.lacks(facts)

    assert bool(lacking) == (predicate.holds(facts) is None)
    assert not set(lacking) & facts.keys()
    for values in product(_VALUES, repeat=len(lacking)):
        assert predicate.holds(facts | dict(zip(lacking, values, strict=True))) is not None


def test_every_operator_is_tried_here() -> None:
    models = {"model_in", "series_in"}  # in test_models_and_days

    assert set(OPERATORS) == {"eq", "ne", "gt", "gte", "lt", "lte", "in", "not_in"} | models
