"""Whatever is recorded of a plan in whatever order: what a stage lacks is listed."""

from __future__ import annotations

from datetime import date
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.errors import LuzhangError
from app.register.papers.documents import documents
from app.register.plans.standing import Standing
from app.register.scope import LOCAL_OPERATOR
from app.rules.plans.gaps import Reached
from app.store.engine import reading
from tests.register.plans.firms import at, enrol, moved, on, paper, whole
from tests.register.rosters import COUNTY, head

PAPERS = {
    "made": "plan",
    "notified": "rectification_notice",
    "self_accepted": "acceptance_report",
    "certified": "certificate",
    "accepted": "acceptance_opinion",
    "failed": "acceptance_opinion",
}
BEFORE = {
    "notified": ("made",),
    "in_progress": ("made", "notified"),
    "self_accepted": ("made", "notified"),
    "certified": ("made", "notified", "self_accepted"),
    "accepted": ("made", "notified", "self_accepted", "certified"),
    "failed": ("made", "notified"),
}
#: A stage, a day of November, the day of its paper (none: no paper), and whether a gap is told.
CALLS = st.lists(
    st.tuples(
        st.sampled_from((*PAPERS, "in_progress")), st.integers(1, 20), st.none() | st.integers(1, 20), st.booleans()
    ),
    min_size=1,
    max_size=6,
)
numbers = count(1)


@given(calls=CALLS)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_sequence_of_steps_reaches_a_stage_without_listing_what_it_lacks(
    engine: Engine, calls: list[tuple[str, int, int | None, bool]]
) -> None:
    name = f"第{next(numbers)}铸造厂"
    with at():
        enrol(engine, name)
        for stage, day, dated, gap in calls:
            try:
                document = _paper(engine, stage, dated, name)
                moved(engine, stage, on(f"2025-11-{day:02}"), name, document=document, with_gap=gap)
            except LuzhangError:
                continue
        found = whole(engine, "2025-12-31", firm=name).plans
    for plan in found:
        for reached in plan.reached:
            assert _whole(engine, plan, reached), (calls, reached, plan.gaps)


def _paper(engine: Engine, stage: str, dated: int | None, name: str) -> str | None:
    if dated is None or stage not in PAPERS:
        return None
    own, issuer = f"蓝科工〔2025〕{next(numbers)}号", "省铸协" if stage == "certified" else "某单位"
    return paper(engine, PAPERS[stage], on(f"2025-11-{dated:02}"), name, issuer=issuer, number=own)


def _whole(engine: Engine, plan: Standing, reached: Reached) -> bool:
    """Every stage before it came no later, or is listed; its paper was there by its day, or is listed."""
    listed = {(gap.of, gap.what) for gap in plan.gaps}
    never = {gap.what for gap in plan.gaps if gap.answer == "missing"}
    for stage in BEFORE.get(reached.stage, ()):
        days = [one.on.until for one in plan.reached if one.stage == stage and one.on]
        in_time = any(day <= reached.on.since for day in days)  # type: ignore[operator,union-attr]
        if not in_time and (reached.stage, stage) not in listed and stage not in never:
            return False
    kind = PAPERS.get(reached.stage)
    if kind is None or (reached.stage, kind) in listed:
        return True
    with reading(engine) as session:
        papers = documents(session, COUNTY, head(engine), LOCAL_OPERATOR)
    mine = [one.dated.until for one in papers if one.kind == kind and plan.firm.id in one.firms and one.dated]
    return any(day <= (reached.on.since or date.min) for day in mine if day)  # type: ignore[union-attr]
