"""The quarters before are counted as whoever holds is listed, and as the database counts the county."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.domain.quarter import Quarter
from app.domain.register import AsOf
from app.register.aggregates.asking import over_quarters
from app.register.facts.views import snapshot
from app.register.scope import LOCAL_OPERATOR
from app.register.verdicts.obsolete import obsolete
from app.store.engine import reading
from reports.ledger.gathered.past import Past, past
from tests.register.aggregates.registers import write_register
from tests.register.rosters import COUNTY, head

Figures = tuple[int, dict[str, tuple[int, int]] | None]


def figures(one: Past) -> Figures:
    held = None if one.held is None else {word: (len(own.firms), own.bodies) for word, own in one.held.items()}
    return len(one.firms), held


@pytest.mark.parametrize("seed", [1, 4, 7])
def test_the_quarters_before_are_counted_as_the_register_answers_on_their_last_days(engine: Engine, seed: int) -> None:
    write_register(engine, seed)
    with reading(engine) as session:
        for known in (2, head(engine)):
            found = past(session, COUNTY, Quarter(2025, 1), known, LOCAL_OPERATOR)
            counted = over_quarters(session, [(COUNTY, known)], [one.quarter for one in found], LOCAL_OPERATOR)
            for one in found:
                whole = snapshot(session, COUNTY, AsOf(one.quarter.last, known))
                told = obsolete(session, county=COUNTY, as_of=one.quarter.last, known=known, actor=LOCAL_OPERATOR)
                own = counted[one.quarter].totals()
                assert one.firms == tuple(firm.id for firm in whole.enterprises)
                assert figures(one)[0] == own.enterprises
                assert one.held is not None
                for answer, count in (("holds", own.obsolete.holds), ("cannot_tell", own.obsolete.cannot_tell)):
                    under, listed = one.held[answer], told.count(answer)
                    assert (len(under.firms), under.bodies) == (listed["enterprises"], listed["furnaces"])
                    assert (len(under.firms), under.bodies) == (count.enterprises, count.furnaces)
                    named = {row.enterprise.id for row in told.rows if row.holds is (answer == "holds")}
                    assert set(under.firms) == named
                    bodies = {machine.id: machine.bodies for firm in whole.enterprises for machine in firm.equipment}
                    assert sum(bodies[machine] for machine in under.machines) == under.bodies


def test_before_anything_was_recorded_no_firm_stands_there(sqlite_engine: Engine) -> None:
    write_register(sqlite_engine, 1)
    with reading(sqlite_engine) as session:
        found = past(session, COUNTY, Quarter(2023, 1), head(sqlite_engine), LOCAL_OPERATOR)

    assert [str(one.quarter) for one in found] == ["2022Q1", "2022Q2", "2022Q3", "2022Q4"]
    assert {figures(one)[0] for one in found} == {0}
