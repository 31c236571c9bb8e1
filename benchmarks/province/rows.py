"""The rows of a province's register, made up alike each time, written straight into the real schema."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Engine

from app.store.base import OPEN
from app.store.models import Base
from app.store.schema import prepare

FIRST, SECOND = date(2024, 1, 15), date(2025, 3, 31)
FOREVER = date(9999, 12, 31)
MACHINES, COUNTIES, TOWNSHIPS = 5, 100, 15

Rows = Iterator[tuple[str, dict[str, Any]]]


def county_of(number: int) -> str:
    """A county's code: the register holds no dictionary of this province."""
    return f"98{number // 20 + 1:02}{number % 20 + 21:02}"


def rows(firms: int, *, papers: bool = False) -> Rows:
    """Everything that the tables hold, a row with its table's name, county by county.

    `papers`: with permits, plans and acts besides; the rest stays as it is without them.
    """
    chance, of_papers = random.Random(7), random.Random(11)
    each = firms // COUNTIES
    for number in range(COUNTIES):
        county = county_of(number)
        yield from changes_of(county)
        for firm in range(each):
            yield from firm_of(chance, county, f"{county}-{firm:05}", firm * TOWNSHIPS // each)
            if papers:
                yield from papers_of(of_papers, county, f"{county}-{firm:05}")


def changes_of(county: str) -> Rows:
    """Two changes and the head of the chain."""
    for number in (1, 2):
        at = FIRST if number == 1 else SECOND
        change = {
            "county": county,
            "number": number,
            "act": "import",
            "actor": "测量",
            "previous": "",
            "digest": str(number),
        }
        yield "change", change | {"at": f"{at} 00:00:00.000000", "reason": None, "batch": None, "contents": ""}
    yield "county_head", {"county": county, "number": 2, "digest": "2"}


def stretch(county: str, subject: str, id: str, **facts: Any) -> dict[str, Any]:
    """A row that holds from the first roster on, as known since the first change."""
    own = {"county": county, subject: id, "valid_from": FIRST, "valid_to": FOREVER, "recorded_by": 1}
    return {"id": f"{id}-1", "superseded_by": OPEN, "disputed": ""} | own | facts


def firm_of(chance: random.Random, county: str, id: str, township: int) -> Rows:
    """A firm with all its tables, and its machines."""
    yield "enterprise", {"county": county, "id": id, "recorded_by": 1}
    key = (county, "enterprise_id", id)
    yield "enterprise_name", stretch(*key, name=f"第{id}号铸造有限公司")
    yield "enterprise_code", stretch(*key, uscc=f"91{id.replace('-', '0')}X")
    yield "enterprise_rectification", stretch(*key, problem="无组织排放", disposition="整治提升类")
    code = f"{county}{100 + township}"
    yield "enterprise_place", stretch(*key, township=f"第{township}镇", township_code=code, address=f"{id}号")
    yield "enterprise_contact", stretch(*key, legal_representative="王建国", contact_phone="13800000000")
    yield "enterprise_scale", stretch(*key, scale=chance.choice(("above", "below")), main_product="法兰")
    yield from in_two(
        key, "enterprise_status", {"status": "producing"}, {"status": chance.choice(("producing", "suspended"))}
    )
    yield "enterprise_capacity", stretch(*key, capacity_t_per_year=float(chance.randrange(500, 9000)))
    for number in range(MACHINES):
        yield from machine_of(chance, county, id, f"{id}-{number}")


def in_two(key: tuple[str, str, str], table: str, before: dict[str, Any], after: dict[str, Any]) -> Rows:
    """What the second change altered from its day on: the first row set aside, its untouched beginning, the new."""
    county, subject, id = key
    if before == after:
        yield table, stretch(county, subject, id, **before)
        return
    yield table, stretch(county, subject, id, **before, superseded_by=2)
    kept, new = stretch(county, subject, id, **before), stretch(county, subject, id, **after)
    yield table, kept | {"id": f"{id}-2", "valid_to": SECOND, "recorded_by": 2}
    yield table, new | {"id": f"{id}-3", "valid_from": SECOND, "recorded_by": 2}


def machine_of(chance: random.Random, county: str, firm: str, id: str) -> Rows:
    """A furnace: what it is, how many, whether it is there; one in four was altered since."""
    yield "equipment", {"county": county, "id": id, "enterprise_id": firm, "recorded_by": 1}
    kind = chance.choices(("induction_furnace", "cupola", "resistance_furnace"), (75, 15, 10))[0]
    nature: dict[str, Any] = {"kind": kind, "code": id[-1] + "#", "name": "炉"}
    if kind == "induction_furnace":
        nature["shell"] = chance.choices(("aluminium", "steel", None), (35, 55, 10))[0]
        nature["frequency"] = chance.choices(("medium", "mains", None), (80, 5, 15))[0]
        nature["core"] = chance.choices(("coreless", "channel", None), (60, 10, 30))[0]
        nature["yoke"] = chance.choices((True, False, None), (40, 30, 30))[0]
    nature["capacity_t"] = chance.choices((0.15, 0.25, 0.5, 1.0, 2.0, None), (10, 20, 25, 20, 15, 10))[0]
    key = (county, "equipment_id", id)
    if chance.random() < 0.001 and nature.get("shell") == "aluminium":
        yield "equipment_nature", stretch(*key, **nature | {"capacity_t": None}, disputed="capacity_t")
    else:
        measured = chance.choices((nature["capacity_t"], 0.75), (75, 25))[0]
        yield from in_two(key, "equipment_nature", nature, nature | {"capacity_t": measured})
    bodies = chance.choices((1, 2, 3), (80, 15, 5))[0]
    yield from in_two(key, "equipment_count", {"quantity": 1}, {"quantity": bodies})
    here = {"present": True, "state": chance.choice(("in_use", "idle"))}
    fate = chance.random()
    if fate < 0.15:
        gone = {"present": False, "state": "removed", "removed_on_to": SECOND, "removed_on_precision": "day"}
        yield from in_two(key, "equipment_state", here, gone)
    else:
        yield "equipment_state", stretch(*key, **here | ({"present": None} if fate < 0.18 else {}))


def papers_of(chance: random.Random, county: str, firm: str) -> Rows:
    """A firm's two permits, often a plan, now and then a power cut that was lifted or not."""
    for kind in chance.sample(("eia", "pollutant_discharge", "business_licence", "safety_grade"), 2):
        id = f"{firm}-p-{kind}"
        yield "permit", {"county": county, "id": id, "enterprise_id": firm, "recorded_by": 1, "kind": kind}
        standing = {"standing": chance.choice(("held", "held", "lacking", "applying", None))}
        end = chance.choice((None, date(2024, 12, 31), date(2026, 6, 30)))
        yield "permit_fact", stretch(county, "permit_id", id, **standing, **stated_day("term_to", end))
    if chance.random() < 0.4:
        id = f"{firm}-l"
        yield "plan", {"county": county, "id": id, "enterprise_id": firm, "recorded_by": 1}
        stages = {"stage": "made"}, {"stage": chance.choice(("made", "in_progress", "accepted"))}
        yield from in_two((county, "plan_id", id), "plan_fact", *stages)
    for kind, often, on in (("power_cut", 0.1, date(2024, 3, 1)), ("power_restored", 0.05, date(2025, 3, 1))):
        if chance.random() < often:
            id = f"{firm}-a-{kind}"
            yield "action", {"county": county, "id": id, "enterprise_id": firm, "recorded_by": 1, "kind": kind}
            yield "action_fact", stretch(county, "action_id", id, **stated_day("taken_on", on))


def stated_day(stem: str, day: date | None) -> dict[str, Any]:
    """A day as its four columns keep it."""
    if day is None:
        return {}
    told = {"from": day, "to": day, "precision": "day", "text": day.isoformat()}
    return {f"{stem}_{part}": value for part, value in told.items()}


def fill(engine: Engine, firms: int, *, papers: bool = False) -> None:
    """Write them: many at once on SQLite, as COPY on PostgreSQL; what never changes after is analysed."""
    prepare(engine)
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        (copied if engine.dialect.name == "postgresql" else executed)(driver, rows(firms, papers=papers))
        connection.commit()


def in_batches(every: Rows) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of one table at a time, in an order in which what is pointed at comes first."""
    waiting: dict[str, list[dict[str, Any]]] = {}
    for table, row in every:
        waiting.setdefault(table, []).append(row)
        if sum(map(len, waiting.values())) > 100_000:
            yield from in_order(waiting)
            waiting = {}
    yield from in_order(waiting)


def in_order(waiting: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Tables in the order of their foreign keys."""
    for table in Base.metadata.sorted_tables:
        if table.name in waiting:
            yield table.name, waiting[table.name]


def columns_of(table: str) -> list[str]:
    """The columns of a table, in order."""
    return [column.name for column in Base.metadata.tables[table].columns]


def executed(driver: Any, every: Rows) -> None:
    driver.execute("PRAGMA foreign_keys = OFF")
    driver.execute("PRAGMA synchronous = OFF")
    driver.execute("BEGIN")
    for table, some in in_batches(every):
        names = columns_of(table)
        written = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        driver.executemany(written, ([as_text(row.get(name)) for name in names] for row in some))
    driver.execute("COMMIT")
    driver.execute("ANALYZE")


def as_text(value: Any) -> Any:
    """Days as SQLite keeps them."""
    return value.isoformat() if isinstance(value, date) else value


def copied(driver: Any, every: Rows) -> None:
    cursor = driver.cursor()
    cursor.execute("SET session_replication_role = replica")
    for table, some in in_batches(every):
        names = columns_of(table)
        with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in some:
                copy.write_row([row.get(name) for name in names])
    driver.commit()
    cursor.execute("RESET session_replication_role")
    driver.commit()
    driver.autocommit = True
    cursor.execute("VACUUM ANALYZE")
    driver.autocommit = False
