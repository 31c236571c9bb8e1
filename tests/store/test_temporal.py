"""`amend` held against a dictionary of days, with every earlier state of knowledge asked again, on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine, func, select

from app.domain.dates import FOREVER, DateInterval
from app.store import changes, ids
from app.store.engine import reading, unit
from app.store.facts import disputed_of, facts_of
from app.store.models import OPEN, Enterprise, EnterpriseRectification
from app.store.temporal import Amendment, amend, amend_all, at

COUNTY = "431127"
FIRST = date(2024, 1, 1)
DAYS = 12
FIELDS = ("progress", "remark", "deadline")
INTERVALS = (DateInterval.of_day(FIRST), DateInterval(None, date(2024, 3, 31), "month", "2024年3月底前"))

days = st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n))
words = st.sampled_from(["甲", "乙", None])
facts = st.fixed_dictionaries(
    {}, optional={"progress": words, "remark": words, "deadline": st.sampled_from([*INTERVALS, None])}
)
ends = st.one_of(days, st.just(FOREVER))


class DayByDay(RuleBasedStateMachine):
    """The register on one side; on the other a dictionary from day to what holds on it, kept for every change."""

    engine: Engine

    @initialize()
    def enrol(self) -> None:
        self.subject = ids.new()
        self.line: list[dict[str, Any]] = [{} for _ in range(DAYS + 2)]
        self.known: dict[int, list[dict[str, Any]]] = {}
        with unit(self.engine) as session:
            change = changes.open_change(session, COUNTY, "enrol", actor="本机操作员")
            session.add(Enterprise(county=COUNTY, id=self.subject, recorded_by=change.number))
            self.remember(change.number)

    @rule(asked=st.lists(st.tuples(days, ends, facts, st.sets(st.sampled_from(FIELDS), max_size=2)), max_size=3))
    def amend_one_by_one(self, asked: list[Any]) -> None:
        with unit(self.engine) as session:
            change = changes.open_change(session, COUNTY, "amend", actor="本机操作员")
            for since, until, said, disputed in asked:
                before = [dict(day) for day in self.line]
                self.lay(since, until, said, disputed)
                told = amend(
                    session,
                    change,
                    EnterpriseRectification,
                    self.subject,
                    since=since,
                    until=until,
                    disputed=disputed,
                    **said,
                )
                assert told is (self.line != before)
            self.remember(change.number)

    @rule(asked=st.lists(st.tuples(days, ends, facts, st.sets(st.sampled_from(FIELDS), max_size=2)), max_size=4))
    def amend_together(self, asked: list[Any]) -> None:
        before = [dict(day) for day in self.line]
        amendments = [Amendment(self.subject, *told) for told in asked]
        with unit(self.engine) as session:
            change = changes.open_change(session, COUNTY, "amend", actor="本机操作员")
            for told in asked:
                self.lay(*told)
            changed = amend_all(session, change, EnterpriseRectification, amendments)
            assert changed == (self.line != before)
            self.remember(change.number)

    @invariant()
    def every_state_of_knowledge_answers_as_then(self) -> None:
        if not hasattr(self, "subject"):
            return
        with reading(self.engine) as session:
            for known, line in self.known.items():
                for number, expected in list(enumerate(line))[known % 2 :: 2]:
                    assert self.ask(session, FIRST + timedelta(days=number), known) == expected

    def ask(self, session: Any, day: date, known: int) -> dict[str, Any]:
        """What the register says of one day, as known at one change."""
        query = select(EnterpriseRectification).where(
            EnterpriseRectification.county == COUNTY,
            EnterpriseRectification.enterprise_id == self.subject,
            at(EnterpriseRectification, day, known),
        )
        rows = session.scalars(query).all()
        assert len(rows) <= 1
        found: dict[str, Any] = facts_of(rows[0]) if rows else {}
        return found | dict.fromkeys(disputed_of(rows[0]) if rows else (), "disputed")

    def lay(self, since: date, until: date, said: dict[str, Any], disputed: set[str]) -> None:
        """The same on the dictionary, day by day; its last day stands for every day after."""
        for number, held in enumerate(self.line):
            if since <= FIRST + timedelta(days=number) < until:
                for name, value in (said | dict.fromkeys(disputed, "disputed")).items():
                    held.pop(name, None)
                    if value is not None:
                        held[name] = value

    def remember(self, number: int) -> None:
        """What was known at a change; the states of the last few are asked again."""
        self.known[number] = [dict(day) for day in self.line]
        for old in sorted(self.known)[:-4]:
            del self.known[old]


@pytest.mark.parametrize(("on", "examples"), [("sqlite", 20), ("postgresql", 6)])
def test_amend_equals_a_dictionary_of_days(on: str, examples: int, request: pytest.FixtureRequest) -> None:
    class OnThisEngine(DayByDay):
        engine = request.getfixturevalue(f"{on}_engine")

    run_state_machine_as_test(
        OnThisEngine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=6,
            deadline=None,
            phases=[Phase.generate],  # shrinking on a database takes minutes; the steps are printed whole
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def firm(engine: Engine) -> str:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "enrol", actor="本机操作员")
        session.add(Enterprise(county=COUNTY, id="firm", recorded_by=change.number))
    return "firm"


def rows_of(engine: Engine) -> list[tuple[Any, ...]]:
    table = EnterpriseRectification
    with reading(engine) as session:
        query = select(table.valid_from, table.valid_to, table.recorded_by, table.superseded_by, table.progress)
        return [tuple(row) for row in session.execute(query.order_by(table.recorded_by, table.valid_from))]


def progress(engine: Engine, since: date, until: date = FOREVER, **said: Any) -> bool:
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "amend", actor="本机操作员")
        return amend(session, change, EnterpriseRectification, "firm", since=since, until=until, **said)


def test_untouched_ends_are_recorded_again(engine: Engine, firm: str) -> None:
    second, third = FIRST + timedelta(days=5), FIRST + timedelta(days=8)
    assert progress(engine, FIRST, progress="在建")
    assert progress(engine, second, third, progress="停工")
    assert rows_of(engine) == [
        (FIRST, FOREVER, 2, 3, "在建"),
        (FIRST, second, 3, OPEN, "在建"),
        (second, third, 3, OPEN, "停工"),
        (third, FOREVER, 3, OPEN, "在建"),
    ]


def test_nothing_new_writes_nothing(engine: Engine, firm: str) -> None:
    assert progress(engine, FIRST, progress="在建")
    assert not progress(engine, FIRST, progress="在建")
    assert not progress(engine, FIRST + timedelta(days=3), progress="在建")
    assert not progress(engine, FIRST, remark=None)
    assert not progress(engine, FIRST, FIRST, progress="停工")
    assert len(rows_of(engine)) == 1


def test_a_stretch_that_states_nothing_has_no_row(engine: Engine, firm: str) -> None:
    assert progress(engine, FIRST, progress="在建")
    assert progress(engine, FIRST, progress=None)
    with reading(engine) as session:
        query = select(func.count()).where(at(EnterpriseRectification, FIRST, changes.head(session, COUNTY)))
        assert session.scalar(query.select_from(EnterpriseRectification)) == 0


def test_a_fact_that_the_table_does_not_keep_is_refused(engine: Engine, firm: str) -> None:
    with pytest.raises(KeyError):
        progress(engine, FIRST, name="骅强")
    with pytest.raises(TypeError):
        progress(engine, FIRST, deadline="2024年3月底前")
