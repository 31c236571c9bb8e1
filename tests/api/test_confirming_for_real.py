"""Two people, each signed in from browsers of their own: one proposes, the other confirms; at one moment, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from app.main import create
from app.store.engine import reading
from app.store.models import AuditRecord, Change, ClauseAdoption, IdentityDecision, LedgerIssue, ProposalAnswer, Step
from app.store.verification import verify
from tests.api.conftest import COUNTY, ROSTERS, roster_bytes
from tests.api.eyes import DOORS, WHY, Door
from tests.people import cheaply
from tests.signed_in import ADDRESS, API, FIRST, Browser, Post, hired

POSTS = [
    Post("chen", "county_officer", COUNTY),
    Post("zhou", "county_officer", COUNTY),
    Post("wang", "county_officer", COUNTY),
    Post("clerk", "township_clerk", "431127105"),
    Post("bumen", "department_officer", COUNTY),
    Post("ducha", "inspector", COUNTY),
    Post("neighbour", "county_officer", "431126"),
]

#: An act of each kind that leaves one row, and in which table.
ONCE = (
    (DOORS[0], LedgerIssue),
    (DOORS[1], Step),
    (DOORS[3], IdentityDecision),
    (DOORS[5], ClauseAdoption),
)


@pytest.fixture
def office(engine: Engine) -> dict[str, Browser]:
    """A register with two townships' rosters, in which every act wants two; people who have signed in."""
    app = create(engine)
    with cheaply():
        people = hired(app, engine, browser(app), POSTS)
    for one in people.values():
        one.client = browser(app)
    for township, firms in ROSTERS.items():
        sent = {"files": {"file": (f"{township}.xlsx", roster_bytes(township, firms))}, "data": {"county": COUNTY}}
        done(people["chen"].post(f"{API}/imports", **sent))
    for act in sorted({door.act for door in DOORS}):
        done(people[FIRST].request("PUT", f"{API}/two-eyes", json={**WHY, "act": act, "on": True}))
    return people


def browser(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


def done(said: Any) -> Any:
    assert said.status_code == 200, said.text
    return said.json()


def proposed(office: dict[str, Browser], door: Door) -> str:
    """By whom signed in as chen."""
    said = office["chen"].post(f"{API}/{door.path}", json=door.body)
    assert said.status_code == 202, said.text
    return str(said.json()["proposal"])


def count(engine: Engine, model: Any) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What is answered to several who ask at the same moment."""
    barrier = Barrier(len(acts))

    def act(one: Callable[[], Any]) -> Any:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def test_whoever_proposed_cannot_confirm_another_officer_can(office: dict[str, Browser], engine: Engine) -> None:
    for door, model in ONCE:
        path = f"{API}/proposals/{proposed(office, door)}/confirm"
        before = count(engine, model)
        own = office["chen"].post(path)
        said = {name: office[name].post(path).status_code for name in ("clerk", "ducha", "neighbour", FIRST)}

        assert (own.status_code, own.json()["code"]) == (409, "second.same_person")
        assert said == {"clerk": 403, "ducha": 403, "neighbour": 404, FIRST: 403}
        assert count(engine, model) == before
        done(office["zhou"].post(path))
        assert count(engine, model) == before + 1
        again = office["wang"].post(path)
        assert (again.status_code, again.json()["code"]) == (409, "second.answered")
    with reading(engine) as session:
        assert verify(session) == []
        own = (Change.county == AuditRecord.county) & (Change.number == AuditRecord.change)
        both = select(AuditRecord).join(Change, own).where(Change.actor == "姓名chen提出，姓名zhou确认")
        confirmed = {(one.actor, one.account is not None, one.origin) for one in session.scalars(both)}
        refused = session.scalars(select(AuditRecord.code).where(AuditRecord.result == "refused")).all()
    assert confirmed == {("姓名zhou", True, "testclient")}
    assert Counter(refused)["second.same_person"] == len(ONCE)


def test_whoever_confirms_has_the_acts_own_function(office: dict[str, Browser], engine: Engine) -> None:
    ledger, power = (f"{API}/proposals/{proposed(office, door)}/confirm" for door in DOORS[:2])

    assert office["bumen"].post(ledger).json()["code"] == "right.missing"
    assert done(office["bumen"].post(power))["state"] == "confirmed"
    assert (count(engine, LedgerIssue), count(engine, Step)) == (0, 1)


@pytest.mark.parametrize(("door", "model"), ONCE, ids=[door.function for door, _ in ONCE])
def test_of_two_who_confirm_at_the_same_moment_one_does_it(
    office: dict[str, Browser], engine: Engine, door: Door, model: Any
) -> None:
    path = f"{API}/proposals/{proposed(office, door)}/confirm"
    before = count(engine, model)
    said = at_once(*(lambda name=name: office[name].post(path) for name in ("zhou", "wang")))

    assert sorted(one.status_code for one in said) == [200, 409], [one.text for one in said]
    assert count(engine, ProposalAnswer) == 1
    assert count(engine, model) == before + 1
    with reading(engine) as session:
        assert verify(session) == []


def test_of_confirming_refusing_and_taking_back_at_the_same_moment_one_counts(
    office: dict[str, Browser], engine: Engine
) -> None:
    path = f"{API}/proposals/{proposed(office, DOORS[3])}"
    why = {"json": {"reason": "再议"}}
    said = at_once(
        lambda: office["zhou"].post(f"{path}/confirm"),
        lambda: office["wang"].post(f"{path}/refuse", **why),
        lambda: office["chen"].post(f"{path}/withdraw", **why),
    )

    assert sorted(one.status_code for one in said) == [200, 409, 409], [one.text for one in said]
    assert count(engine, ProposalAnswer) == 1
    assert count(engine, IdentityDecision) == (1 if said[0].status_code == 200 else 0)
    with reading(engine) as session:
        assert verify(session) == []
