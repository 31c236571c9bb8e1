"""In whatever order acceptances are recorded, an upper level rests on the lower one, or its gap is listed."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.domain.documents import ACCEPTANCE_LEVELS, ACCEPTANCE_RESULTS
from app.errors import Decided, Refused
from app.register.acceptances.recording import NewItem
from app.register.acceptances.records import Acceptance
from tests.register.acceptances.levels import accept, whole
from tests.register.plans.firms import at, enrol

LEVELS = list(ACCEPTANCE_LEVELS)
TOLD = st.tuples(st.sampled_from(LEVELS), st.sampled_from(list(ACCEPTANCE_RESULTS)), st.integers(1, 25), st.booleans())
_numbers = count(1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(TOLD, min_size=1, max_size=6))
def test_no_order_reaches_an_upper_level_without_the_lower_or_a_gap(
    engine: Engine, told: list[tuple[str, str, int, bool]]
) -> None:
    firm = f"第{next(_numbers)}铸造厂"
    with at():
        enrol(engine, firm)
        for level, result, day, with_gap in told:
            items = (NewItem("补装除尘器"),) if result == "returned" else ()
            try:
                accept(engine, level, result, f"2025-11-{day:02}", *items, firm=firm, with_gap=with_gap)
            except (Refused, Decided):
                continue
        found = whole(engine, "2025-12-31", firm=firm).firms
    for own in found:
        listed = {gap.acceptance for gap in own.gaps if gap.rule.of == "lower"}
        for one in own.acceptances:
            assert (one.id in listed) is not rests(one, own.acceptances)


def rests(one: Acceptance, others: tuple[Acceptance, ...]) -> bool:
    """Whether the last result of the level below, up to the day, is a pass: told anew, day by day."""
    if one.level == LEVELS[0]:
        return True
    below = LEVELS[LEVELS.index(one.level) - 1]
    before = [each for each in others if each.level == below and str(each.on.until) <= str(one.on.until)]
    return bool(before) and max(before, key=lambda each: (str(each.on.until), each.change)).result == "passed"
