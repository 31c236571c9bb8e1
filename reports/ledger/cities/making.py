"""Makes and checks a city's ledger: each of its counties as known at its own last alteration."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.domain.quarter import Quarter
from app.register import ledgers
from app.register.asking import counties_asked
from app.register.scope import Actor
from app.store.engine import reading
from reports.files import write_file
from reports.ledger.city import City, city_checks, city_suite
from reports.ledger.city_gathering import city
from reports.tables import Imprint
from reports.workbook import workbook


def write_city_ledger(engine: Engine, quarter: Quarter, code: str, path: Path, *, actor: Actor) -> dict[str, Any]:
    """Write today's state over the counties of a city or province; `heads`: the change that each is known at.

    Raises:
        BadInput: when there is no such city or province.
        UnknownCounty: when the register holds none of its counties.
    """
    with reading(engine) as session:
        whole = _whole(session, quarter, code, actor)
    data = workbook(city_suite(whole), Imprint(whole.name, f"数据截至{quarter.last.isoformat()}"))
    write_file(path, data)
    own = {"county": code, "quarter": str(quarter), "file": str(path), "sha256": hashlib.sha256(data).hexdigest()}
    return {**own, "heads": dict(whole.pins), "revision": None, "number": None}


def check_city(engine: Engine, quarter: Quarter, code: str, *, actor: Actor) -> dict[str, Any]:
    """Every reconciliation of each county, and of the city's sheets with theirs; nothing is recorded."""
    with reading(engine) as session:
        whole = _whole(session, quarter, code, actor)
    checks = [one.as_dict() for one in city_checks(whole)]
    own = {"county": code, "quarter": str(quarter), "as_of": quarter.last.isoformat(), "heads": dict(whole.pins)}
    return {**own, "passed": all(one["ok"] for one in checks), "checks": checks, "recorded": None}


def _whole(session: Session, quarter: Quarter, code: str, actor: Actor) -> City:
    counties: Sequence[str] = [county for county, _ in counties_asked(session, None, code, None, actor)]
    pins = [(county, ledgers.last_alteration(session, county, actor)) for county in counties]
    return city(session, quarter, code, pins, (), actor)
