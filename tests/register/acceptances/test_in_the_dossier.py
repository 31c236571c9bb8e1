"""A firm's dossier says how far it is accepted, as the list of acceptances does."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from app.domain.register import AsOf
from app.register.acceptances.recording import NewItem
from app.register.dossier import dossier
from app.register.scope import LOCAL_OPERATOR
from app.store.engine import reading
from tests.register.acceptances.levels import accept, by, whole
from tests.register.plans.firms import at, enrol
from tests.register.rosters import COUNTY, head
from tests.register.saying import day


@pytest.fixture(autouse=True)
def _now() -> object:
    with at():
        yield


def test_it_says_how_far_the_firm_is_accepted_and_what_is_still_to_be_mended(engine: Engine) -> None:
    enrol(engine, "甲铸造厂", "乙铸造厂")
    accept(engine, "township", "returned", "2025-11-10", NewItem("补装除尘器", None, by("2025-11-30")))
    moment = AsOf(day("2025-12-01"), head(engine))
    (own,) = whole(engine, "2025-12-01").as_dict()["firms"]
    with reading(engine) as session:
        found = dossier(session, COUNTY, "甲铸造厂", moment, LOCAL_OPERATOR)
        other = dossier(session, COUNTY, "乙铸造厂", moment, LOCAL_OPERATOR)
    told = found.as_dict()["acceptance"]

    assert told == {name: value for name, value in own.items() if name != "enterprise"}
    assert told["acceptances"][0]["items"][0]["state"] == "overdue"
    assert found.status == 1
    assert other.as_dict()["acceptance"] is None
