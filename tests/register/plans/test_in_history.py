"""What was recorded of a plan stands in the firm's history, taken back or not."""

from __future__ import annotations

from sqlalchemy import Engine

from app.register.history.timeline import history
from app.register.plans.measures import NewMeasure, add_measure, carry_out, extend, take_back
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.plans.firms import TOLD, at, brought_to_notice, on, one
from tests.register.rosters import COUNTY, head


def test_steps_and_measures_stand_in_the_history_with_who_took_them_back(engine: Engine) -> None:
    with at():
        brought_to_notice(engine)
        measure = add_measure(engine, COUNTY, NewMeasure("甲铸造厂", "换钢壳炉"), **TOLD)["measure"]
        second = add_measure(engine, COUNTY, NewMeasure("甲铸造厂", "硬化道路", due=on("2025-04-30")), **TOLD)[
            "measure"
        ]
        extend(engine, COUNTY, second, on("2025-06-30"), **TOLD)
        carry_out(engine, COUNTY, measure, on("2025-05-20"), **TOLD)
        take_back(engine, COUNTY, one(engine, "2025-12-01").steps[1].id, **TOLD)

    with reading(engine) as session:
        told = history(session, COUNTY, "甲铸造厂", known=head(engine), actor=LOCAL_OPERATOR).decided
    own = [row.as_dict() for row in told if row.kind.startswith("plan_")]
    assert [(row["kind"], row["said"], row["superseded"] is not None) for row in own] == [
        ("plan_step", "一企一策已制定，2024-06-28", False),
        ("plan_step", "一企一策已下达整改通知，2025-10-20", True),
        ("plan_measure", "方案措施：换钢壳炉", False),
        ("plan_measure", "方案措施：硬化道路，期限 2025-04-30", False),
        ("plan_measure_extension", f"方案措施延期（{second}）到2025-06-30", False),
        ("plan_measure_done", f"方案措施完成（{measure}），2025-05-20", False),
    ]
    assert own[0]["known_since"]["kind"] == "推进一企一策"
