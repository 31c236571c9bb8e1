"""One predicate, two readers: SQL over the tables answers what Python answers over the facts, on both engines."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import inf, nextafter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from app.domain.dates import DateInterval
from app.domain.masking import PERSONAL
from app.domain.register import AsOf
from app.domain.statement import Value, same_value
from app.domain.vocabulary import SECTIONS, Field
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR
from app.register.verdicts.predicate_sql import around, verdict_of
from app.register.verdicts.verdict_queries import COUNTY as COUNTY_ASKED
from app.register.verdicts.verdict_queries import DAY, KNOWN, Joined, Scope
from app.rules.predicate import OPERATORS, AllOf, AnyOf, Comparison, Facts, Not, Predicate
from app.store import changes
from app.store.bare import bare_text, teach
from app.store.engine import reading, unit
from app.store.facts import keepings, tables_of
from app.store.models import Enterprise, Equipment
from app.store.temporal import Amendment, amend_all

COUNTY = "431127"
FIRMS, MACHINES = 12, 5
BEFORE, TURN, AFTER = date(2024, 1, 1), date(2024, 4, 1), date(2024, 9, 1)

#: Values close to each other in every way that may be told apart or not.
NUMBERS = [0.0, 0.25, 0.25 + 9e-10, 0.25 - 9e-10, 0.25 - 3e-9, 1.0, 250.0, 250.0000002, 250.000001]
TEXTS = [
    "Y132M-4",
    "y132m—4",
    "Ｙ132Ｍ－4",
    "Y 132\u3000M-4",
    "Y1",
    "Y",
    "YB132M-4",
    "Y(长轴)",
    "Y系列",
    "Y\t型",
    "新圩镇",
    "新 圩镇",
]
DAYS = [date(2024, 3, day) for day in (1, 15, 16, 31)]
INTERVALS = [
    DateInterval(since, until, "month", "…")
    for since, until in product([None, *DAYS], repeat=2)
    if since is None or until is None or since <= until
]
#: No clause asks who is a firm's contact: what the register keeps of it is sealed.
FIELDS = [
    field
    for section in ("enterprise", "equipment")
    for field in SECTIONS[section].values()
    if field.name not in PERSONAL
]
BY_TYPE = {
    kind: [field for field in FIELDS if field.type.partition(":")[0] == kind]
    for kind in ("text", "int", "decimal", "bool", "date", "enum")
}


def values_of(field: Field) -> list[Any]:
    """What a fact of a field may be."""
    if field.enum is not None:
        return list(field.enum)
    kinds: dict[str, list[Any]] = {"bool": [True, False], "int": [0, 1, 2, 250], "decimal": NUMBERS, "date": INTERVALS}
    return kinds.get(field.type, TEXTS)


def path_of(field: Field) -> str:
    """As predicates write it."""
    return field.name if field.section == "equipment" else field.path


def comparisons(field: Field) -> st.SearchStrategy[Comparison]:
    """Whatever a clause may ask of a field, and some that no clause can."""
    path, values = path_of(field), values_of(field)
    if field.type == "date":
        orders = [
            st.builds(Comparison, st.just(path), st.sampled_from(["gt", "gte", "lt", "lte"]), st.sampled_from(DAYS))
        ]
        return st.one_of(*orders, st.builds(Comparison, st.just(path), st.sampled_from(["eq", "ne"]), st.just(1.0)))
    if field.type in ("int", "decimal"):
        values = NUMBERS
        single = ["eq", "ne", "gt", "gte", "lt", "lte"]
    else:
        single = ["eq", "ne"]
    one = st.builds(Comparison, st.just(path), st.sampled_from(single), st.sampled_from([*values, 7.5]))
    several = ["series_in", "model_in", "in", "not_in"] if field.type == "text" else ["in", "not_in"]
    listed = st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple)
    among = st.builds(Comparison, st.just(path), st.sampled_from(several), listed)
    return st.one_of(among, among, one) if field.type == "text" else st.one_of(one, among)


STRANGE = st.sampled_from([Comparison("lining", "eq", "acid"), Comparison("permit.kind", "eq", "eia")])
PREDICATES: st.SearchStrategy[Predicate] = st.recursive(
    st.one_of(*(st.sampled_from(some).flatmap(comparisons) for some in BY_TYPE.values()), STRANGE),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)


def some_facts(chance: Random, section: str) -> dict[str, Value]:
    """About half of the facts that a section has, whatever they are."""
    facts = {
        name: chance.choice(values_of(field)) for name, field in SECTIONS[section].items() if chance.random() < 0.5
    }
    return facts | ({"name": chance.choice(TEXTS)} if section == "enterprise" else {})


def amend_some(session: Any, change: Any, chance: Random, section: str, subjects: list[str], since: date) -> None:
    """Lay random facts over subjects, some cleared, some in dispute."""
    drawn = {subject: some_facts(chance, section) for subject in subjects}
    for table in tables_of(section):
        own = [name for name in keepings(table) if name in SECTIONS[section]]
        lays = []
        for subject, facts in drawn.items():
            of_table: dict[str, Value | None] = {name: facts[name] for name in own if name in facts}
            cleared = [name for name in own if name not in facts and name != "name" and chance.random() < 0.1]
            disputed = [name for name in own if name != "name" and name not in of_table and chance.random() < 0.05]
            lays.append(Amendment(subject, since, facts=of_table | dict.fromkeys(cleared), disputed=disputed))
        amend_all(session, change, table, lays)


def write_register(engine: Engine) -> None:
    """Firms with machines, whose facts two changes state from two days on."""
    chance = Random(1)
    firms = [f"firm-{number}" for number in range(FIRMS)]
    machines = [f"{firm}-{number}" for firm in firms for number in range(MACHINES)]
    for turn, since in enumerate((BEFORE, TURN)):
        with unit(engine) as session:
            change = changes.open_change(session, COUNTY, "import", actor="测试")
            key = {"county": COUNTY, "recorded_by": change.number}
            if not turn:
                session.add_all(Enterprise(id=firm, **key) for firm in firms)
                session.flush()
                session.add_all(Equipment(id=one, enterprise_id=one.rpartition("-")[0], **key) for one in machines)
                session.flush()
            amend_some(session, change, chance, "enterprise", firms, since)
            amend_some(session, change, chance, "equipment", machines, since)


def facts_by_machine(engine: Engine, day: date, known: int) -> dict[str, Facts]:
    """What the register holds of each machine and its firm, as the evaluation in Python takes it."""
    with reading(engine) as session:
        register = snapshot(session, COUNTY, AsOf(day, known))
    return {
        machine.id: {**{f"enterprise.{name}": value for name, value in firm.facts.items()}, **machine.facts}
        for firm in register.enterprises
        for machine in firm.equipment
    }


def answers_in_sql(engine: Engine, asked: list[Predicate], day: date, known: int) -> dict[str, list[bool | None]]:
    """The verdict of each predicate for each machine, as the database gives it."""
    joined = Joined(Scope(), LOCAL_OPERATOR)
    columns = [verdict_of(predicate, joined.find).label(f"answer_{place}") for place, predicate in enumerate(asked)]
    chosen = select(joined.machines.c.id, *columns).select_from(joined.source)
    with reading(engine) as session:
        teach(session.connection())
        rows = session.execute(chosen, {COUNTY_ASKED: COUNTY, DAY: day, KNOWN: known}).all()
    return {row[0]: [None if one is None else bool(one) for one in row[1:]] for row in rows}


def test_sql_and_python_give_the_same_verdicts(engine: Engine) -> None:
    write_register(engine)
    moments = [(BEFORE, 1), (TURN, 1), (AFTER, 2), (BEFORE, 2)]
    facts = {moment: facts_by_machine(engine, *moment) for moment in moments}
    told: set[tuple[str, bool | None]] = set()

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(asked=st.lists(PREDICATES, min_size=8, max_size=8), moment=st.sampled_from(moments))
    def agree(asked: list[Predicate], moment: tuple[date, int]) -> None:
        in_sql = answers_in_sql(engine, asked, *moment)
        in_python = {id: [one.holds(stated) for one in asked] for id, stated in facts[moment].items()}
        assert in_sql == in_python
        told.update(
            (one.op, one.holds(stated))
            for each in asked
            for one in each.comparisons()
            for stated in facts[moment].values()
        )

    agree()
    assert {op for op, _ in told} == OPERATORS.keys()
    assert {answer for _, answer in told} == {True, False, None}


@pytest.mark.parametrize("value", [*NUMBERS, -1.0, 1e-12, 3.3e9, 1e300])
def test_the_numbers_around_one_are_all_that_say_the_same(value: float) -> None:
    least, most = around(value)

    assert same_value(least, value)
    assert same_value(most, value)
    assert not same_value(nextafter(least, -inf), value)
    assert not same_value(nextafter(most, inf), value)


def test_a_text_is_made_bare_alike_everywhere(engine: Engine) -> None:
    from app.store.bare import Bare

    texts = [*TEXTS, "\u1680a\u2028b\x85c\x1fd", "①Å㍿ ﬁ"]
    with reading(engine) as session:
        teach(session.connection())
        assert [session.scalar(select(Bare(text))) for text in texts] == [bare_text(text) for text in texts]
