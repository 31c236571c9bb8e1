"""A county whose firms merged, handed machines over, have papers or are disputed, and many ways to ask its lists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from app.domain.dates import DateInterval
from app.register.desk.merging import merge
from app.register.successions import acts
from app.store import changes
from app.store.engine import unit
from tests.register.rosters import COUNTY, Firm, action, machine, permit, plan, roster, seen, take_in
from tests.register.saying import day
from tests.register.successions.firms import ACTOR, AOXIN, HONGCHENG, HUAQIANG, SURVEY, UNKNOWN, on, three_firms

ASKS: list[tuple[str, Sequence[tuple[str, str]]]] = [
    ("enterprises", []),
    ("enterprises", [("township", "新圩镇")]),
    ("enterprises", [("township.not", "新圩镇"), ("maybe", "include")]),
    ("enterprises", [("q", "华"), ("equipment.shell", "铝壳")]),
    ("enterprises", [("q", "ax")]),
    ("enterprises", [("address.has", "工业园"), ("maybe", "include")]),
    ("enterprises", [("verdict", "holds")]),
    ("enterprises", [("verdict", "holds"), ("township", "土市镇")]),
    ("enterprises", [("verdict.not", "holds"), ("maybe", "include")]),
    ("enterprises", [("verdict", "does_not")]),
    ("enterprises", [("permit.held", "eia"), ("township", "新圩镇")]),
    ("enterprises", [("missing", "equipment.fuel"), ("q", "宏诚")]),
    ("enterprises", [("disputed", "address"), ("township", "新圩镇")]),
    ("enterprises", [("action.kind", "停电"), ("village", "上洞村"), ("maybe", "include")]),
    ("equipment", [("township", "新圩镇"), ("maybe", "include")]),
    ("equipment", [("enterprise.has", "强")]),
    ("equipment", [("q", "奥鑫")]),
    ("equipment", [("verdict", "holds"), ("maybe", "include")]),
    ("equipment", [("verdict", "cannot_tell")]),
    ("equipment", [("plan.stage", "none"), ("township", "土市镇")]),
    ("permits", [("township", "新圩镇")]),
    ("permits", [("equipment.state", "idle"), ("maybe", "include")]),
    ("plans", [("q", "宏诚")]),
    ("actions", [("township", "新圩镇"), ("maybe", "only")]),
    ("figures", []),
]


def county_of_ties(engine: Engine) -> Engine:
    """Firms that merged, handed over, are one, have papers, or of which little is known or disputed."""
    three_firms(engine)
    held = [permit("eia", standing="held"), permit("pollutant_discharge"), plan(stage="certified"), machine(code="8号")]
    cut = action("power_cut", taken_on=DateInterval.of_day(day("2024-01-10")))
    told = Firm({"name": "蓝山县甲铸造有限公司", "township": "新圩镇", "village": "上洞村"}, [*held, cut])
    bare = Firm({"name": "乙铸造厂", "address": "工业园 3 号"}, [machine(code="1号", shell="aluminium")])
    twin = Firm({"name": "奥鑫金属"}, [machine(code="6号", kind="cupola"), permit("eia", standing="lacking")])
    take_in(engine, roster(told, bare, twin, Firm({"name": "丙厂", "township": "土市镇"}), on=SURVEY))
    ids = {one.name: one.id for one in seen(engine, SURVEY).enterprises}
    take_in(engine, roster(Firm({"township": "土市镇", "address": "别处"}, id=ids["乙铸造厂"]), on=SURVEY, by="局"))
    take_in(engine, roster(Firm({"address": "工业园"}, id=ids["乙铸造厂"]), on=SURVEY, by="二局"))
    with unit(engine) as session:
        change = changes.open_change(session, COUNTY, "merge", actor="测试", reason="一家")
        merge(session, change, ids["奥鑫金属"], ids[AOXIN], "一家")
    acts.merged(engine, COUNTY, HONGCHENG, HUAQIANG, UNKNOWN, **ACTOR)
    acts.transferred(engine, COUNTY, AOXIN, "5号", "乙铸造厂", on("2024-02-01"), **ACTOR)
    return engine
