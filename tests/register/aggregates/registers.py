"""Random registers with every family of facts in them, for the tests of aggregates."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.statement import Value
from app.register.desk.merging import merge
from app.register.successions import acts
from app.store import changes
from app.store.engine import unit
from tests.register.rosters import COUNTY, Firm, Thing, action, permit, plan, roster, seen, take_in
from tests.register.successions.firms import ACTOR, UNKNOWN, between, merged, on
from tests.register.verdicts.test_who_holds import DAYS, SOURCES, some_machine

TOWNSHIPS = ("新圩镇", "土市镇", "别处镇")
ENDS = (
    DateInterval.of_day(date(2024, 2, 29)),
    DateInterval.of_day(date(2025, 7, 31)),
    DateInterval(date(2025, 6, 1), date(2025, 7, 31), "month", "2025年6、7月"),
    DateInterval(None, date(2026, 12, 31), "year", "2026年底前"),
    DateInterval(date(2024, 3, 1), None, "day", "2024年3月以后"),
)
TAKEN = (
    DateInterval.of_day(date(2024, 1, 10)),
    DateInterval.of_day(date(2024, 3, 1)),
    DateInterval(date(2024, 3, 1), date(2024, 3, 31), "month", "2024年3月"),
    DateInterval(None, date(2025, 3, 31), "day", "2025年3月底前"),
)


def stated(chance: Random, often: float = 0.7, **facts: list[Any]) -> dict[str, Value]:
    """Some of these facts, each with one of its values."""
    return {name: chance.choice(of) for name, of in facts.items() if chance.random() < often}


def some_permit(chance: Random, id: str | None = None) -> Thing:
    facts: dict[str, list[Any]] = {
        "standing": ["held", "held", "lacking", "applying", "expired", "revoked"],
        "valid_to": list(ENDS),
        "number": ["湘环许2024001", "91431127MA4L0001XJ001Q"],
        "class": ["registration", "simplified"],
    }
    return permit(chance.choice(["eia", "pollutant_discharge", "safety_grade"]), id, **stated(chance, 0.6, **facts))


def some_plan(chance: Random, id: str | None = None) -> Thing:
    told = stated(chance, 0.8, stage=["none", "made", "in_progress", "accepted", "failed"], acceptance=["passed"])
    return plan(id, **(told or {"acceptance": "passed"}))


def some_action(chance: Random, id: str | None = None) -> Thing:
    kinds = ["power_cut", "power_cut", "power_restored", "halt", "resumed", "closure", "sealed"]
    return action(chance.choice(kinds), id, **stated(chance, 0.8, taken_on=list(TAKEN)))


def of_firm(chance: Random) -> dict[str, Value]:
    """What a roster states of a firm beside its name."""
    return stated(
        chance,
        status=["producing", "suspended", "closed", "merged"],
        disposition=["整治提升类", "关停退出", "保留"],
        scale=["above", "below", "workshop"],
        township=list(TOWNSHIPS),
    )


def some_firm(chance: Random, number: int) -> Firm:
    held: list[Thing] = [some_machine(chance) for _ in range(chance.randrange(4))]
    for some in (some_permit, some_permit, some_plan, some_action, some_action):
        held += [some(chance) for _ in range(chance.randrange(3))]
    return Firm({"name": f"第{number}铸造厂", **of_firm(chance)}, held)


def write_register(engine: Engine, seed: int, firms: int = 16) -> None:
    """A first roster, others that say more or the contrary, two firms that are one, and machines that passed on."""
    chance = Random(seed)
    take_in(engine, roster(*(some_firm(chance, number) for number in range(firms)), on=DAYS[0], by=SOURCES[0]))
    for on_day, by in ((DAYS[0], SOURCES[1]), (DAYS[1], SOURCES[2]), (DAYS[2], SOURCES[0])):
        said = []
        for firm in seen(engine, DAYS[2]).enterprises:
            again = [some_machine(chance, one.id) for one in firm.equipment if chance.random() < 0.5]
            again += [some_plan(chance, one.id) for one in firm.plans if chance.random() < 0.4]
            for one in firm.permits:
                if chance.random() < 0.4:
                    again.append(Thing("permit", dict(some_permit(chance).facts) or {"standing": "held"}, one.id))
            again += [some_action(chance) for _ in range(chance.randrange(2))]
            said.append(Firm(of_firm(chance), again, firm.id))
        take_in(engine, roster(*said, on=on_day, by=by))
    one, other = seen(engine, DAYS[2]).enterprises[:2]
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "decide", actor="测试")
        merge(session, change, other.id, one.id, "同一家")


def passed_on(engine: Engine) -> None:
    """A merger, one that nobody can date, machines handed over on a day and within months."""
    some = [one for one in seen(engine, DAYS[2]).enterprises if one.equipment]
    names = [one.name for one in some]
    merged(engine, names[0], names[1], on("2024-03-01"))
    merged(engine, names[2], names[3], UNKNOWN)
    acts.transferred(engine, COUNTY, names[4], some[4].equipment[0].id, names[5], on("2024-03-11"), **ACTOR)
    months = between("2024-03-01", "2025-12-31")
    acts.transferred(engine, COUNTY, names[5], some[5].equipment[0].id, names[6], months, **ACTOR)
