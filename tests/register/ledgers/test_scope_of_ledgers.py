"""A ledger is the whole county's: another county sees none, and who sees only townships sees none either."""

from __future__ import annotations

from inspect import getmembers, isfunction
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.domain.quarter import Quarter
from app.errors import NotFound, Refused
from app.register import ledgers
from app.register.ledgers import ledger_queries
from app.register.scope import LOCAL_OPERATOR
from app.store import changes, ids
from app.store.engine import reading, unit
from app.store.models import EnterpriseName, LedgerCheck, LedgerContent, LedgerIssue
from reports.ledger import check, ledger
from tests.register.rosters import COUNTY
from tests.register.test_scope import CLERK, STRANGER, said, two_townships

QUARTER = Quarter(2024, 1)
#: Of the county as a whole, for whoever may see its change or its rows; the others are of ledgers.
WIDER = {"change_numbered", "rosters_known", "last_written", "last_ended"}


def with_a_ledger(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every query, with arguments that show something."""
    two_townships(engine)
    with unit(engine) as session:
        issue = session.scalars(select(LedgerIssue.id)).one()
        change = changes.open_change(session, COUNTY, "check", actor="测试")
        key = {"county": COUNTY, "recorded_by": change.number}
        session.add(LedgerContent(id=ids.new(), issue_id=issue, sha256="0", tables=b"x", **key))
        session.add(
            LedgerCheck(id=ids.new(), quarter="2024Q1", known=2, content="0", passed=True, findings="[]", **key)
        )
    return {
        "issued": [(COUNTY, QUARTER), (COUNTY, None)],
        "of_file": [("0",)],
        "file_of": [(COUNTY, issue)],
        "content_of": [(COUNTY, issue)],
        "checked": [(COUNTY, QUARTER), (COUNTY, None)],
        "record_of": [(COUNTY, 1)],
        "change_numbered": [(COUNTY, 1)],
        "rosters_known": [(COUNTY, 2)],
        "last_written": [(EnterpriseName, COUNTY)],
        "last_ended": [(EnterpriseName, COUNTY)],
    }


def test_ledgers_are_limited_to_their_county_and_to_who_sees_all_of_it(engine: Engine) -> None:
    asked = with_a_ledger(engine)
    builders = {
        name: one
        for name, one in getmembers(ledger_queries, isfunction)
        if one.__module__ == ledger_queries.__name__ and not name.startswith("_")
    }
    assert asked.keys() == builders.keys()

    with reading(engine) as session:
        for name, build in builders.items():
            for arguments in asked[name]:
                assert said(session, build(*arguments, LOCAL_OPERATOR)), name
                assert set(said(session, build(*arguments, STRANGER))) <= {"None"}, name
                if name not in WIDER:
                    assert said(session, build(*arguments, CLERK)) == [], name


def test_whoever_sees_only_townships_neither_checks_nor_issues(sqlite_engine: Engine) -> None:
    two_townships(sqlite_engine)

    with pytest.raises(Refused, match="全县"):
        ledger(sqlite_engine, Quarter(2025, 4), COUNTY, issue=True, actor=CLERK)
    with pytest.raises(Refused, match="全县"):
        check(sqlite_engine, Quarter(2025, 4), COUNTY, record=True, actor=CLERK)
    with reading(sqlite_engine) as session, pytest.raises(NotFound):
        ledgers.revision_of(session, COUNTY, QUARTER, None, CLERK)
