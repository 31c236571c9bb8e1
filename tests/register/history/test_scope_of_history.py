"""Whatever is asked of history, an actor sees the rows of the counties and townships that are theirs, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from inspect import getmembers, isfunction
from typing import Any

import pytest
from sqlalchemy import Engine, Select, select

from app.domain.dates import FOREVER
from app.domain.register import AsOf
from app.register import queries as other_queries
from app.register.desk.merging import take_apart
from app.register.history import queries
from app.register.scope import LOCAL_OPERATOR
from app.store import changes
from app.store.bare import teach
from app.store.engine import reading, unit
from app.store.models import EnterpriseName, EquipmentState, IdentityDecision, ImportBatch, Measurement, Succession
from tests.register.rosters import COUNTY, Firm, head, machine, roster, take_in
from tests.register.test_scope import CLERK, STRANGER, SURVEY, THEIRS, said, two_townships

KNOWN = other_queries.NOW.known
ALL = AsOf(FOREVER, KNOWN)
DAY = AsOf(date.fromisoformat(SURVEY), KNOWN)
LATER = AsOf(date(2024, 6, 30), KNOWN)

Asked = dict[str, list[tuple[Any, ...]]]


def everything(engine: Engine) -> tuple[set[str], Asked]:
    """What must stay theirs, and every query with arguments that would show it."""
    found = two_townships(engine)
    theirs = found["firm"]
    plate = {"maker": "土市镇机械厂", "serial_no": "土市镇01号"}
    gone = machine(**plate, kind="cupola", quantity=1)
    again = machine(theirs.equipment[0].id, state="removed")
    take_in(engine, roster(Firm({}, [again, gone], theirs.id), on="2024-06-01", by="土市镇", township=THEIRS))
    measured = {"kind": "tce_per_t", "value": 0.3, "circumstances": "{}", "source": "土市镇年报", "reason": "年报"}
    days = {"measured_on_from": DAY.day, "measured_on_to": DAY.day, "measured_on_precision": "day"}
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "measure", actor="测试")
        row = {**measured, **days, "measured_on_text": "", "enterprise_id": theirs.id}
        session.add(Measurement(county=COUNTY, recorded_by=change.number, **row))
        passed = {"act_id": "土市镇分立", "enterprise_id": theirs.id, "into_id": theirs.id, "moved_on_text": "不明"}
        machine_of = {"kind": "split", "equipment_id": theirs.equipment[0].id, "reason": "土市镇专报"}
        session.add(Succession(county=COUNTY, recorded_by=change.number, **passed, **machine_of))
        session.flush()
        same = select(IdentityDecision.id).where(
            IdentityDecision.answer == "same", IdentityDecision.section == "enterprise"
        )
        change = changes.open_change(session, COUNTY, "withdraw", actor="测试")
        take_apart(session, change, session.scalars(same).one())
    with reading(engine) as session:
        batch = session.scalars(select(ImportBatch.id).where(ImportBatch.township == THEIRS)).all()
    own = [theirs.id, theirs.equipment[0].id]
    numbers = list(range(1, head(engine) + 1))
    of = (COUNTY, own, KNOWN)
    secrets = {*own, found["batch"].id, found["statement"], "土市镇", "土市镇机械厂", "土市镇年报", *batch}
    return secrets, {
        "acts": [(COUNTY, numbers)],
        "files": [(COUNTY, numbers)],
        "parted": [(COUNTY, numbers)],
        "lines": [(EnterpriseName, *of), (EquipmentState, *of)],
        "differing": [
            (EnterpriseName, COUNTY, AsOf(date(2023, 1, 1), KNOWN), DAY),
            (EquipmentState, COUNTY, DAY, LATER),
        ],
        "said": [of],
        "once_called": [(COUNTY, ("name",), '"土市镇铸造"')],
        "held_by": [("equipment", COUNTY, own), ("permit", COUNTY, [theirs.permits[0].id])],
        "identities": [of],
        "standing": [of],
        "rulings": [of],
        "absences": [of],
        "row_answers": [of],
        "names_told": [of],
        "measured": [of],
        "passed": [of],
        "called_by_name": [(COUNTY, DAY)],
        "called_by_code": [(COUNTY, DAY)],
        "standing_in": [(COUNTY, THEIRS, DAY)],
        "machines_there": [(COUNTY, DAY)],
        "removed": [(COUNTY, LATER)],
        "numbered": [(COUNTY, LATER, None), (COUNTY, LATER, ["土市镇01号"])],
    }


def builders() -> dict[str, Callable[..., Select[Any]]]:
    """Every query builder of history."""
    return {name: one for name, one in getmembers(queries, isfunction) if one.__module__ == queries.__name__}


@pytest.mark.parametrize("actor", [CLERK, STRANGER], ids=["township", "county"])
def test_nobody_sees_the_history_of_another_place(engine: Engine, actor: Any) -> None:
    secrets, questions = everything(engine)
    assert questions.keys() == builders().keys()

    with reading(engine) as session:
        teach(session.connection())
        for name, build in builders().items():
            for arguments in questions[name]:
                whole = said(session, build(*arguments, LOCAL_OPERATOR))
                limited = said(session, build(*arguments, actor))
                assert whole or name == "called_by_code", name
                assert not secrets & set(limited), name
                assert limited == [] or actor is CLERK, name
