"""Deeds done to a register by hand, below its guards: rows altered, removed, reordered, cut off, chains forged."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from app.domain.actor import Actor
from app.store import audit_chain, changes
from app.store.audit import NOBODYS
from app.store.audit_chain import SAID
from app.store.canonical import digest, plain
from app.store.engine import acting, open_engine, reading, unit
from app.store.models import Base, Enterprise, LedgerAnchor, LedgerIssue
from app.store.schema import prepare
from app.store.verification import Finding, verify
from tests.store.registers import COUNTY, OTHER, populate, signed_in

#: The tables of both chains, with what names a row of theirs.
CHAINS = {
    "change": ("county", "number"),
    "manifest": ("county", "number", "table_name"),
    "county_head": ("county",),
    "audit_record": ("county", "number"),
    "audit_head": ("county",),
}
_HEADS = {"change": "county_head", "audit_record": "audit_head"}

#: A table, and the row's number (of a head: its county).
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, and where: it is named if a finding in that chain is about one of these places."""

    kind: str
    county: str
    places: frozenset[Place]

    def is_named(self, found: list[Finding]) -> bool:
        """Whether verification tells where it was done."""
        return any(
            finding.county == self.county
            and any(finding.table == table and str(finding.id).split(" ")[0] == id for table, id in self.places)
            for finding in found
        )


def build(file: Path, *, turns: int = 12) -> Engine:
    """A register with some dozens of changes and records in three chains, and a ledger that prints where two stood."""
    engine = open_engine(f"sqlite:///{file}")
    prepare(engine)
    for county in (COUNTY, OTHER):
        populate(engine, county)
    for turn in range(turns):
        for county in (COUNTY, OTHER):
            _write(engine, county, turn)
    for county in (COUNTY, OTHER):
        _issue(engine, county)
    return engine


def _write(engine: Engine, county: str, turn: int) -> None:
    who = Actor(f"经办{turn % 3}", account=f"account-{turn % 3}", origin=f"10.1.1.{turn}")
    with unit(acting(engine, who)) as session:
        change = changes.open_change(session, county, "decide", actor=who.name, reason=f"第{turn}次")
        session.add(Enterprise(county=county, id=f"firm-{turn}", recorded_by=change.number))
        audit_chain.queue(session, audit_chain.Said(county, "enterprises.export", who, f"共{turn}行"))
    with unit(engine) as session:
        audit_chain.queue(session, signed_in(NOBODYS))


def _issue(engine: Engine, county: str) -> None:
    """A ledger that prints the last record's number and digest, and records after it."""
    with reading(engine) as session:
        top = audit_chain.top_of(session, county)
    assert top is not None
    with unit(engine) as session:
        number = changes.open_change(session, county, "issue", actor="本机操作员").number
        key = {"county": county, "recorded_by": number}
        issue = {"quarter": "2024Q2", "revision": 1, "known": number - 1, "reason": None, "workbook": b""}
        session.add(LedgerIssue(id="ledger-2", sha256=_EMPTY, **issue, **key))
        session.flush()
        anchor = {"chain": county, "number": top.number, "digest": top.digest}
        session.add(LedgerAnchor(id="anchor-2", issue_id="ledger-2", **anchor, **key))


_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def tampered(sound: Path, copied: Engine, seed: int) -> tuple[Deed, list[Finding]]:
    """Do one deed, drawn by its seed, to a copy of a sound register; and what verification says."""
    chance = random.Random(f"deed {seed}")
    copy = shutil.copy(sound, str(copied.url.database))
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        deed = chance.choice(DEEDS)(connection, chance)
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
    with reading(copied) as session:
        found = verify(session)
    copied.dispose()
    return deed, found


def _row(connection: sqlite3.Connection, chance: random.Random, table: str) -> tuple[Any, ...]:
    return tuple(chance.choice(connection.execute(f"SELECT {', '.join(CHAINS[table])} FROM {table}").fetchall()))


def _where(table: str) -> str:
    return " AND ".join(f"{column} = ?" for column in CHAINS[table])


def _place(table: str, key: tuple[Any, ...]) -> Place:
    return table, str(key[1] if len(key) > 1 else key[0])


def _around(table: str, key: tuple[Any, ...]) -> frozenset[Place]:
    """A manifest that was moved or removed is told by its change."""
    return frozenset([_place(table, key), *([("change", str(key[1]))] if table == "manifest" else [])])


def alter(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """One cell of one row."""
    table = chance.choice(sorted(CHAINS))
    key, column = _row(connection, chance, table), chance.choice(list(Base.metadata.tables[table].columns))
    (before,) = connection.execute(f"SELECT {column.name} FROM {table} WHERE {_where(table)}", key).fetchone()
    after = None if before is not None and column.nullable and chance.random() < 0.2 else _other(before, chance)
    connection.execute(f"UPDATE {table} SET {column.name} = ? WHERE {_where(table)}", (after, *key))
    return Deed("altered", key[0], _around(table, key))


def _other(value: Any, chance: random.Random) -> Any:
    if value is None:
        return chance.choice(["x", ""])
    if isinstance(value, bytes):
        at = chance.randrange(len(value))
        return value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
    if isinstance(value, int):
        return value + chance.choice([-1, 1]) * chance.randint(1000, 9000)
    if not value:
        return "x"
    at = chance.randrange(len(value))
    return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]


def remove(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """One row."""
    table = chance.choice(sorted(CHAINS))
    key = _row(connection, chance, table)
    connection.execute(f"DELETE FROM {table} WHERE {_where(table)}", key)
    return Deed("removed", key[0], _around(table, key))


def reorder(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """Two rows of a chain change places."""
    table = chance.choice(["change", "audit_record"])
    county = _row(connection, chance, table)[0]
    numbers = [n for (n,) in connection.execute(f"SELECT number FROM {table} WHERE county = ?", (county,))]
    one, other = chance.sample(numbers, 2)
    for before, after in ((one, -1), (other, one), (-1, other)):
        connection.execute(f"UPDATE {table} SET number = ? WHERE county = ? AND number = ?", (after, county, before))
    return Deed("reordered", county, frozenset((table, str(number)) for number in (one, other)))


def slip_in(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """A record that nobody wrote, behind the last one, or one that stands twice."""
    county, number = _row(connection, chance, "audit_record")
    (last,) = connection.execute("SELECT max(number) FROM audit_record WHERE county = ?", (county,)).fetchone()
    columns = Base.metadata.tables["audit_record"].columns.keys()
    said = ", ".join("?" if column == "number" else column for column in columns)
    copied = f"INSERT INTO audit_record SELECT {said} FROM audit_record WHERE county = ? AND number = ?"
    connection.execute(copied, (last + 1, county, number))
    return Deed("slipped in", county, frozenset([("audit_record", str(last + 1))]))


def truncate(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """The last rows of a chain, its head left as it was."""
    table = chance.choice(["change", "audit_record"])
    county, first = _tail(connection, chance, table)
    _cut(connection, table, county, first)
    return Deed(
        "truncated", county, frozenset([(table, str(first)), (_HEADS[table], county), ("manifest", str(first))])
    )


def truncate_with_head(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """The last rows of one chain, its head moved back: the other chain holds what is gone."""
    table = chance.choice(["change", "audit_record"])
    county, first = _tail(connection, chance, table)
    if table == "audit_record":
        first = min(first, _held_to(connection, county))
        gone = "SELECT min(change) FROM audit_record WHERE county = ? AND number >= ?"
        (change,) = connection.execute(gone, (county, first)).fetchone()
        holders = _besides(connection, first) if county == NOBODYS else [(county, "change", str(change))]
    else:
        spoken = "SELECT number FROM audit_record WHERE county = ? AND change = ?"
        (record,) = connection.execute(spoken, (county, first)).fetchone()
        holders = [(county, "audit_record", str(record))]
    _cut(connection, table, county, first)
    _move_head(connection, table, county)
    chance.shuffle(holders)
    return Deed("truncated with its head", holders[0][0], frozenset((table, id) for _, table, id in holders))


def forge(connection: sqlite3.Connection, chance: random.Random) -> Deed:
    """A record told otherwise and all after it chained anew, up to the head: what was kept elsewhere does not fit."""
    county = chance.choice([COUNTY, OTHER, NOBODYS])
    first = chance.randint(1, _held_to(connection, county, printed=True))
    connection.execute(
        "UPDATE audit_record SET actor = '别人' WHERE county = ? AND number = ?",
        (county, first),
    )
    _chain_anew(connection, county, first)
    if county == NOBODYS:
        holders = _besides(connection, first)
        return Deed("forged", holders[0][0], frozenset((table, id) for _, table, id in holders))
    return Deed("forged", county, frozenset([("ledger_anchor", "anchor-2")]))


DEEDS: tuple[Callable[[sqlite3.Connection, random.Random], Deed], ...] = (
    alter,
    alter,
    remove,
    reorder,
    slip_in,
    truncate,
    truncate_with_head,
    forge,
)


def _tail(connection: sqlite3.Connection, chance: random.Random, table: str) -> tuple[str, int]:
    county = _row(connection, chance, table)[0]
    (last,) = connection.execute(f"SELECT max(number) FROM {table} WHERE county = ?", (county,)).fetchone()
    return county, chance.randint(2, last)


def _cut(connection: sqlite3.Connection, table: str, county: str, first: int) -> None:
    connection.execute(f"DELETE FROM {table} WHERE county = ? AND number >= ?", (county, first))
    if table == "change" and first % 2:  # with its manifests, or without
        connection.execute("DELETE FROM manifest WHERE county = ? AND number >= ?", (county, first))


def _move_head(connection: sqlite3.Connection, table: str, county: str) -> None:
    last = f"SELECT number, digest FROM {table} WHERE county = ? ORDER BY number DESC LIMIT 1"
    moved = connection.execute(last, (county,)).fetchone()
    connection.execute(f"UPDATE {_HEADS[table]} SET number = ?, digest = ? WHERE county = ?", (*moved, county))


def _held_to(connection: sqlite3.Connection, county: str, *, printed: bool = False) -> int:
    """The last record of a chain that something else holds: a county's record, a change, or a ledger."""
    if county == NOBODYS:
        held = connection.execute("SELECT beside FROM audit_record WHERE beside IS NOT NULL").fetchall()
        return max(int(beside.partition(" ")[0]) for (beside,) in held)
    asked = "SELECT max(number) FROM audit_record WHERE county = ? AND change IS NOT NULL"
    if printed:
        asked = "SELECT max(number) FROM ledger_anchor WHERE chain = ?"
    return int(connection.execute(asked, (county,)).fetchone()[0])


def _besides(connection: sqlite3.Connection, first: int) -> list[tuple[str, str, str]]:
    """The records of counties that hold a record of what is no county's from this one on."""
    rows = connection.execute("SELECT county, number, beside FROM audit_record WHERE beside IS NOT NULL").fetchall()
    held = [(county, number) for county, number, beside in rows if int(beside.partition(" ")[0]) >= first]
    county = min(county for county, _ in held)
    return [(county, "audit_record", str(number)) for of, number in held if of == county]


def _chain_anew(connection: sqlite3.Connection, county: str, first: int) -> None:
    columns = Base.metadata.tables["audit_record"].columns.keys()
    asked = f"SELECT {', '.join(columns)} FROM audit_record WHERE county = ? AND number >= ? ORDER BY number"
    before = ""
    for cells in connection.execute(asked, (county, first)).fetchall():
        row = dict(zip(columns, cells, strict=True))
        row["at"] = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
        before = row["previous"] if row["number"] == first else before
        made = digest([before, {name: plain(row[name]) for name in SAID}])
        renewed = "UPDATE audit_record SET previous = ?, digest = ? WHERE county = ? AND number = ?"
        connection.execute(renewed, (before, made, county, row["number"]))
        before = made
    _move_head(connection, "audit_record", county)
