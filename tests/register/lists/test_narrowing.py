"""A list reads no more of a county than its answer depends on, and says what it would say having read all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.register.facts.views import snapshot
from app.register.lists import found as finding
from app.register.lists import narrowing
from app.register.lists.asked import ask_for
from app.register.lists.fitting import Fitting
from app.register.lists.found import found
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.lists.county_of_ties import ASKS, county_of_ties
from tests.register.rosters import COUNTY
from tests.register.successions.firms import SURVEY


@pytest.fixture
def county(engine: Engine) -> Engine:
    """Firms that merged, handed over, are one, have papers, or of which little is known or disputed."""
    return county_of_ties(engine)


def told(engine: Engine, noun: str, filters: Sequence[tuple[str, str]], as_of: str) -> Any:
    with reading(engine) as session:
        asked = ask_for(session, noun, [("county", COUNTY), ("as_of", as_of), *filters], LOCAL_OPERATOR)
        answer = found(session, asked, LOCAL_OPERATOR)
    return answer.as_dict(), answer.rows


@pytest.mark.parametrize("as_of", [SURVEY, "2024-03-01"])
def test_a_list_says_what_it_would_say_having_read_the_whole_county(
    county: Engine, monkeypatch: pytest.MonkeyPatch, as_of: str
) -> None:
    def whole(session: Any, fitting: Fitting, held: Any, actor: Any) -> Any:
        return snapshot(session, COUNTY, fitting.asked.moment, actor)

    with monkeypatch.context() as patched:
        patched.setattr(finding, "narrowed", whole)
        wanted = [told(county, *ask, as_of) for ask in ASKS]
    assert [told(county, *ask, as_of) for ask in ASKS] == wanted
    monkeypatch.setattr(narrowing, "_FEW", 0)
    for ask, answer in zip(ASKS, wanted, strict=True):
        assert told(county, *ask, as_of) == answer, ask


def test_a_list_of_one_place_reads_what_the_firms_of_that_place_hold_and_no_papers(
    county: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "_FEW", 0)
    read: list[str] = []
    event.listen(county, "before_cursor_execute", lambda *run: read.append(f"{run[2]} {run[3]}"))

    told(county, "equipment", [("q", "甲铸造")], SURVEY)

    machines = [one for one in read if "FROM equipment_nature" in one]
    assert machines
    assert all("equipment_id IN" in one for one in machines)
    assert not [one for one in read if "FROM permit" in one or "FROM plan" in one]
