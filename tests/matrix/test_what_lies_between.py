"""What two townships of a county have to do with each other is the county's; a clerk's own counts are theirs alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.actor import LOCAL_OPERATOR, Actor
from tests.matrix.answers import shown
from tests.matrix.askers import askers
from tests.matrix.asking import Register
from tests.matrix.cases import operations, plain
from tests.matrix.worlds import API, DAY, SCAN, Telling, World, firm_row, roster

COUNTY, OURS, THEIRS = "431127", "431127105", "431127107"
CLERK = next(one for one in askers() if one.role == "township_clerk")
OFFICER = Actor("县级经办", frozenset([COUNTY]))


def world(register: Register, township: str) -> World:
    return next(one for one in register.worlds if one.township == township)


@pytest.fixture
def entangled(planted_sqlite: Register) -> Iterator[Register]:
    """The planted register, in which the two townships' firms have to do with each other."""
    register = planted_sqlite
    register.app.state.actor_of = lambda *_: LOCAL_OPERATOR
    ours, theirs = world(register, OURS), world(register, THEIRS)
    tell = Telling(register.client, ours)
    both = [firm_row(ours.firm, ours.uscc, 备注="全县"), firm_row(theirs.firm, theirs.uscc, 备注="全县")]
    tell.form("imports", ("全县.xlsx", roster(ours, "全县整治专班", both, "2024-02-01")))
    tell.post("decisions", kind="different", firm=ours.ids["other"], other=theirs.ids["other"], reason=theirs.mark)
    letter = {"kind": "函件", "number": f"{theirs.mark}函〔2025〕9号", "dated": DAY, "title": f"关于{theirs.mark}的函"}
    file = (f"{theirs.mark}.pdf", SCAN + b"9")
    tell.form("documents", file, **letter, enterprise=theirs.firm, reason=theirs.mark)
    yield register
    register.restore()


def test_a_clerk_sees_nothing_of_what_the_county_did_with_the_other_township(entangled: Register) -> None:
    register, theirs = entangled, world(entangled, THEIRS)
    register.app.state.actor_of = lambda _, function: CLERK.actor(function)
    own = register.targets[OURS]
    seen: list[Any] = []
    for one in operations(register.app):
        if one.writes or not CLERK.may(one.function):
            continue
        for case in plain(one, own):
            answer = case.send(register.client)
            found = shown(answer, theirs.secrets, frozenset([str(theirs.number)]), case.asked)
            if found or answer.status_code >= 500:
                seen.append((one.function, case.asked, answer.status_code, found, answer.text[:300]))

    assert seen == []


#: Said beside the answer: where it is asked again.
ADDRESSES = ("address", "pinned")


def test_a_clerks_answers_are_the_countys_for_that_township(planted_sqlite: Register) -> None:
    register, compared = planted_sqlite, 0
    for one in operations(register.app):
        if one.writes or "township" not in one.query or not CLERK.may(one.function) or "." in one.path:
            continue
        query = {"county": COUNTY, "as_of": "2026-01-15"}
        told = {key: value for key, value in query.items() if key in one.query}
        told |= {"from": DAY, "to": "2026-01-15"} if "from" in one.query else {}
        register.app.state.actor_of = lambda _, function: CLERK.actor(function)
        own = register.client.get(one.path, params=told)
        register.app.state.actor_of = lambda *_: OFFICER
        county = register.client.get(one.path, params={**told, "township": OURS})
        assert own.status_code == county.status_code == 200, (one.function, own.text[:200])
        answers = [_bare(said.json()) for said in (own, county)]
        assert answers[0] == answers[1], one.function
        compared += 1

    assert compared > 15
    assert register.client.get(f"{API}/enterprises", params={"county": COUNTY}).json()["total"] == 8


def _bare(said: dict[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in said.items() if name not in (*ADDRESSES, "township")}
    if "department" in found or "within" in found:
        # Days that the papers set for all are nobody's in particular: no township's filter lists them.
        lines = [one for one in found.pop("lines", ()) if one.get("enterprise")]
        reminders = [one for one in found.pop("reminders", ()) if one["township"]]
        found = {**found, "lines": lines, "reminders": reminders, "totals": None}
    return found
