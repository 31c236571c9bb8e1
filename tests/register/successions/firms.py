"""Firms that merge, split and hand machines over, for the tests of successions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.domain.register import Enterprise, Equipment
from app.register.scope import LOCAL_OPERATOR
from app.register.successions import acts
from app.register.successions.recording import Grounds
from tests.register.rosters import COUNTY, Firm, Thing, machine, roster, seen, take_in
from tests.register.saying import day

SURVEY, LATER = "2024-01-15", "2025-06-30"
XINXU, TUSHI = "431127105", "431127107"
HONGCHENG, HUAQIANG, AOXIN = "宏诚金属制品有限公司", "华强金属制品有限公司", "奥鑫金属制品有限公司"
ACTOR: dict[str, Any] = {"actor": LOCAL_OPERATOR}
UNKNOWN = Grounds(None, "专报", document="蓝工信〔2025〕1号", evidence="专报.docx 第3页")


def furnace(code: str, id: str | None = None, **facts: Any) -> Thing:
    """An aluminium-shell furnace without yoke, which the local clause names."""
    told = {"kind": "induction_furnace", "shell": "aluminium", "frequency": "medium", "capacity_t": 0.5, "yoke": False}
    return machine(id, **{"code": code, **told, "state": "in_use", "quantity": 1, **facts})


def three_firms(engine: Engine) -> None:
    """宏诚 with two furnaces, 华强 with one, both in 新圩镇; 奥鑫 with one in 土市镇."""
    first = Firm({"name": HONGCHENG, "township": "新圩镇", "status": "producing"}, [furnace("1号"), furnace("2号")])
    second = Firm({"name": HUAQIANG, "township": "新圩镇", "status": "producing"}, [furnace("9号")])
    third = Firm({"name": AOXIN, "township": "土市镇", "status": "producing"}, [furnace("5号", quantity=2)])
    take_in(engine, roster(first, second, on=SURVEY, township=XINXU))
    take_in(engine, roster(third, on=SURVEY, by="土市镇人民政府", township=TUSHI))


def on(text: str) -> Grounds:
    """As of one day, told by a paper."""
    return Grounds(DateInterval.of_day(day(text)), "专报")


def between(since: str | None, until: str | None) -> Grounds:
    """On some day from one to the other."""
    return Grounds(DateInterval(since and day(since), until and day(until), "month", "那几个月"), "专报")  # type: ignore[arg-type]


def merged(engine: Engine, firm: str, into: str, grounds: Grounds) -> dict[str, Any]:
    return acts.merged(engine, COUNTY, firm, into, grounds, **ACTOR)


def firms(engine: Engine, as_of: str, known: int | None = None) -> dict[str, Enterprise]:
    """The county's firms by name."""
    return {one.name: one for one in seen(engine, as_of, known).enterprises}


def codes(machines: tuple[Equipment, ...]) -> list[Any]:
    """Machines by 炉号."""
    return sorted(str(one.facts["code"]) for one in machines)


def holdings(engine: Engine, as_of: str, known: int | None = None) -> dict[str, list[Any]]:
    """By firm, the 炉号 of what is surely its own."""
    return {
        name: codes(tuple(machine for machine in one.equipment if not machine.owners))
        for name, one in firms(engine, as_of, known).items()
    }
