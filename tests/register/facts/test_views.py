"""A snapshot is one query a table, whatever the county holds; statements and claims come as of their day."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, event

from app.domain.register import AsOf
from app.errors import UnknownTownship
from app.register.facts.views import claims, snapshot, statements
from app.store.engine import reading
from tests.register.rosters import COUNTY, Firm, head, machine, permit, plan, roster, seen, take_in
from tests.register.saying import day

SURVEY = "2024-01-15"


def test_a_snapshot_of_many_firms_takes_no_more_queries_than_of_one(engine: Engine) -> None:
    def firm(n: int) -> Firm:
        return Firm({"name": f"企业{n}"}, [machine(shell="steel"), permit("eia", standing="held"), plan(stage="made")])

    counted: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *said: counted.append(said[2]))

    def queries() -> int:
        with reading(engine) as session:
            counted.clear()
            snapshot(session, COUNTY, AsOf(day(SURVEY), head(engine)))
            return len(counted)

    take_in(engine, roster(firm(0), on=SURVEY))
    one = queries()
    take_in(engine, roster(*(firm(n) for n in range(1, 40)), on=SURVEY))

    assert queries() == one
    assert len(seen(engine, SURVEY).enterprises) == 40


def test_firms_stand_in_the_order_of_their_enrolment(engine: Engine) -> None:
    take_in(engine, roster(*(Firm({"name": name}) for name in "丙甲乙"), on=SURVEY))

    assert [firm.name for firm in seen(engine, SURVEY).enterprises] == list("丙甲乙")


def test_a_township_is_asked_for_by_name_or_code(engine: Engine) -> None:
    firms = [Firm({"name": name, "township": name}) for name in ("新圩镇", "土市镇")]
    take_in(engine, roster(*firms, on=SURVEY))

    with reading(engine) as session:
        for asked in ("新圩镇", "431127105"):
            found = snapshot(session, COUNTY, AsOf(day(SURVEY), 1), township=asked)
            assert [firm.name for firm in found.enterprises] == ["新圩镇"]
        with pytest.raises(UnknownTownship):
            snapshot(session, COUNTY, AsOf(day(SURVEY), 1), township="宏道镇")


def test_statements_are_those_of_days_up_to_the_day_and_known_then(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强"}), on=SURVEY))
    firm = seen(engine, SURVEY).enterprises[0].id
    take_in(engine, roster(Firm({"status": "closed"}, id=firm), on="2024-06-30"))

    with reading(engine) as session:
        fields = {
            asked: [said.field for said in statements(session, COUNTY, [firm], AsOf(day(asked[0]), asked[1]))]
            for asked in (("2024-06-29", 2), ("2024-06-30", 2), ("2024-06-30", 1))
        }
    assert list(fields.values()) == [["name"], ["name", "status"], ["name"]]


def test_the_claims_on_a_field_are_what_decides_it(engine: Engine) -> None:
    take_in(engine, roster(Firm({"name": "骅强", "status": "producing"}), on=SURVEY, by="甲"))
    firm = seen(engine, SURVEY).enterprises[0].id
    take_in(engine, roster(Firm({"status": "closed"}, id=firm), on=SURVEY, by="乙"))

    with reading(engine) as session:
        found = claims(session, COUNTY, firm, "status", AsOf(day(SURVEY), 2))

    assert [(one.value, one.source, one.evidence.place) for one in found] == [
        ("producing", "甲", "Sheet1!B6"),
        ("closed", "乙", "Sheet1!A6"),
    ]
