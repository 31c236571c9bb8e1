"""The smallest set of facts that settles a verdict: whatever they say it is settled, and no smaller set does it."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.rules.catalogue_loader import shipped
from app.rules.clause import UNSTATED
from app.rules.predicate import AllOf, AnyOf, Comparison, Facts, Not, Predicate
from app.rules.settling import Settling, settling


def _days(*texts: str) -> list[Value]:
    return [DateInterval.of_day(date.fromisoformat(text)) for text in texts]


#: All that a clerk may answer, finer than what any comparison below tells apart.
ANSWERS: dict[str, list[Value]] = {
    "yoke": [True, False],
    "shell": ["aluminium", "steel"],
    "capacity_t": [0.0, 0.1, 0.25, 0.3, 0.5, 0.7],
    "made_on": _days("2003-12-31", "2004-01-01", "2004-01-02", "2004-06-30", "2010-05-05"),
    "model": ["Y132M-4", "YB132M-4", "Y", "Z2"],
    "enterprise.quantity_of_nothing": ["a", "b"],
}
VAGUE = [
    DateInterval(date(2003, 12, 31), date(2004, 1, 2), "month", "…"),
    DateInterval(None, date(2004, 6, 30), "month", "…"),
    DateInterval(date(2004, 1, 1), date(2004, 6, 30), "half", "…"),
]
ORDERS = ["gt", "gte", "lt", "lte"]

_comparisons = st.one_of(
    st.builds(Comparison, st.just("yoke"), st.sampled_from(["eq", "ne"]), st.booleans()),
    st.builds(Comparison, st.just("shell"), st.sampled_from(["eq", "ne"]), st.sampled_from(["aluminium", "steel"])),
    st.builds(Comparison, st.just("capacity_t"), st.sampled_from([*ORDERS, "eq"]), st.sampled_from([0.25, 0.5])),
    st.builds(
        Comparison,
        st.just("made_on"),
        st.sampled_from(ORDERS),
        st.sampled_from([date(2004, 1, 1), date(2004, 6, 30)]),
    ),
    st.builds(
        Comparison,
        st.just("model"),
        st.sampled_from(["series_in", "model_in"]),
        st.sampled_from([("Y",), ("YB132M-4",)]),
    ),
    st.builds(Comparison, st.just("enterprise.quantity_of_nothing"), st.just("eq"), st.just("a")),
)
PREDICATES: st.SearchStrategy[Predicate] = st.recursive(
    _comparisons,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)
FACTS = st.fixed_dictionaries({}, optional={
    name: st.sampled_from([*values, *(VAGUE if name == "made_on" else [])]) for name, values in ANSWERS.items()
})  # fmt: skip
CLAIMS = st.fixed_dictionaries({}, optional={
    "shell": st.just(("aluminium", "steel")), "capacity_t": st.just((0.3, 0.7)),
})  # fmt: skip


def told(predicate: Predicate, facts: Facts, claims: dict[str, Any], answers: Facts) -> bool | None:
    """The verdict once something is answered, over what is still claimed."""
    left = {name: values for name, values in claims.items() if name not in answers}
    cases = [dict(zip(left, case, strict=True)) for case in product(*left.values())]
    found = {predicate.holds({**facts, **case, **answers}) for case in cases}
    return found.pop() if len(found) == 1 else None


def answerable(name: str, facts: Facts) -> list[Value]:
    """What may be answered; a day that is known roughly is one of its days."""
    known = facts.get(name)
    if not isinstance(known, DateInterval):
        return ANSWERS[name]
    return [
        one
        for one in ANSWERS[name]
        if isinstance(one, DateInterval) and one.since is not None and one.until is not None
        if (known.since is None or known.since <= one.since) and (known.until is None or one.until <= known.until)
    ]


def settled(names: tuple[str, ...], predicate: Predicate, facts: Facts, claims: dict[str, Any]) -> list[bool]:
    """For each way to answer these, whether it is settled then."""
    ways = product(*(answerable(name, facts) for name in names))
    return [told(predicate, facts, claims, dict(zip(names, way, strict=True))) is not None for way in ways]


@settings(max_examples=400, deadline=None)
@given(PREDICATES, FACTS, CLAIMS)
def test_the_answers_settle_it_whatever_they_say_and_no_fewer_do(
    predicate: Predicate, facts: dict[str, Value], claims: dict[str, Any]
) -> None:
    facts = {name: value for name, value in facts.items() if name not in claims}
    found = settling(predicate, facts, claims)
    if told(predicate, facts, claims, {}) is not None:
        assert found is None
        return
    assert found is not None
    assert found.exact
    fields = dict.fromkeys(one.field for one in predicate.comparisons())
    assert all(settled(found.always, predicate, facts, claims))
    assert any(settled(found.possibly, predicate, facts, claims))
    for fewer in (some for size in range(len(found.always)) for some in combinations(fields, size)):
        assert not all(settled(fewer, predicate, facts, claims)), fewer
        if len(fewer) < len(found.possibly):
            assert not any(settled(fewer, predicate, facts, claims)), fewer


NOYOKE = AllOf((
    Comparison("frequency", "eq", "medium"), Comparison("shell", "eq", "aluminium"),
    Comparison("capacity_t", "gte", 0.25), Comparison("yoke", "eq", False),
))  # fmt: skip


def test_of_an_all_each_lacking_fact_is_needed_and_one_may_settle_it() -> None:
    assert settling(NOYOKE, {"shell": "aluminium"}) == Settling(("frequency", "capacity_t", "yoke"), ("yoke",))
    assert settling(NOYOKE, {"yoke": True}) is None


def test_of_facts_as_telling_yes_or_no_is_asked_rather_than_a_choice_a_number_a_day_or_words() -> None:
    parts = {
        "model": Comparison("model", "model_in", ("Y",)),
        "made_on": Comparison("made_on", "lt", date(2004, 1, 1)),
        "capacity_t": Comparison("capacity_t", "gte", 0.25),
        "shell": Comparison("shell", "eq", "aluminium"),
        "yoke": Comparison("yoke", "eq", False),
    }
    while parts:
        found = settling(AllOf(tuple(parts.values())), {})
        assert found is not None
        assert found.possibly == (list(parts)[-1],)
        parts.pop(found.possibly[0])


def test_either_of_two_that_no_answer_fits_will_do() -> None:
    never = AllOf((Comparison("capacity_t", "gt", 0.5), Comparison("capacity_t", "lt", 0.5)))
    no_yoke = AllOf((Comparison("yoke", "eq", False), Comparison("yoke", "eq", True)))

    assert settling(AllOf((never, no_yoke)), {}) == Settling(("yoke",), ("yoke",))


def test_a_contested_fact_is_not_asked_for_where_all_claims_agree() -> None:
    claims = {"capacity_t": (0.3, 0.7)}

    assert settling(NOYOKE, {"frequency": "medium", "shell": "aluminium"}, claims) == Settling(("yoke",), ("yoke",))
    assert settling(NOYOKE, {"frequency": "medium", "shell": "aluminium", "yoke": False}, claims) is None


def test_a_search_too_long_is_given_up_and_says_so() -> None:
    odd: Predicate = Comparison("a0", "eq", "x")
    for number in range(1, 9):
        one = Comparison(f"a{number}", "eq", "x")
        odd = AnyOf((AllOf((odd, Not(one))), AllOf((Not(odd), one))))
    found = settling(odd, {})

    assert found is not None
    assert not found.exact
    assert set(found.always) == {f"a{number}" for number in range(9)}


DECIDABLE = [clause for clause in shipped().clauses.values() if clause.status not in UNSTATED]


@pytest.mark.parametrize("clause", DECIDABLE, ids=lambda clause: clause.id)
def test_every_shipped_clause_is_searched_to_the_end(clause: Any) -> None:
    found = settling(clause.predicate, {})

    assert found is not None
    assert found.exact
    assert set(found.always) <= set(clause.fields)
