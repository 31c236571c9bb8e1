"""Verification is silent on a sound register and names whatever was altered, removed or slipped in by hand."""

from __future__ import annotations

import math
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from app.domain.dates import FOREVER
from app.store import dictionary, guards
from app.store.engine import open_engine, reading, unit
from app.store.models import Base, DivisionAlias
from app.store.schema import prepare
from app.store.verification import Finding, verify
from tests import databases
from tests.store.registers import COUNTY, OTHER, populate

DICTIONARY = "code,name,parent,level\n43,湖南省,,province\n4311,永州市,43,city\n431127,蓝山县,4311,county\n"


def findings(engine: Engine) -> list[Finding]:
    with reading(engine) as session:
        return verify(session)


def test_a_sound_register_has_no_findings(engine: Engine) -> None:
    populate(engine)
    populate(engine, OTHER)
    assert findings(engine) == []


@pytest.fixture(scope="module")
def short_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short dictionary, so that hundreds of registers can be looked at."""
    file = tmp_path_factory.mktemp("short") / "divisions.csv"
    file.write_text(DICTIONARY, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, short_file: Path) -> Path:
    """A SQLite register with something in every table."""
    file = tmp_path_factory.mktemp("sound") / "luzhang.db"
    engine = open_engine(f"sqlite:///{file}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dictionary, "_FILE", short_file)
        prepare(engine)
    populate(engine)
    populate(engine, OTHER)
    with unit(engine) as session:
        session.add(DivisionAlias(code="431127", alias="蓝山", valid_from=date(1949, 10, 1), valid_to=FOREVER))
    engine.dispose()
    return file


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One engine for all copies, so that it compiles its statements once."""
    return open_engine(f"sqlite:///{tmp_path_factory.mktemp('copied') / 'copy.db'}")


@pytest.fixture
def meddle(
    sound: Path, copied: Engine, short_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[Finding]]:
    """Copy the sound register, do something to the copy by hand with every guard away, and verify it."""
    monkeypatch.setattr(dictionary, "_FILE", short_file)

    def by_hand(act: Callable[[sqlite3.Connection], Any]) -> list[Finding]:
        copy = shutil.copy(sound, str(copied.url.database))
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("BEGIN")
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            act(connection)
            for _, sql in triggers:
                connection.execute(sql)
            connection.execute("COMMIT")
        found = findings(copied)
        copied.dispose()
        return found

    return by_hand


def altered(value: Any, column: str) -> Any:
    """Another value of the same look: one character, one unit, one day."""
    if value is None:
        return "x"
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    if isinstance(value, float):
        return math.nextafter(value, math.inf)
    if isinstance(value, int) and value > 2**62:
        return value - 7
    if isinstance(value, int):
        return 1 - value if value in (0, 1) and column in ("present", "yoke") else value + 7
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return str(date.fromisoformat(value) + timedelta(days=1)) if value < "9999" else "9999-12-30"
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


#: Accounts and sign-ins are written over, as they must be: what was done to them stands in the audit record.
TABLES = sorted(table.name for table in Base.metadata.sorted_tables if table.info["kind"] != "local")
ROUNDS = max(len(Base.metadata.tables[name].columns) for name in TABLES)


#: What is unique in one table alone.
UNIQUE = {"absence_answer": "enterprise_id", "import_terms": "batch_id", "row_answer": "row", "learned_answer": "key"}
UNIQUE |= {"service_life": "kind", "saved_view": "name", "limit_adoption": "limit_id"}
UNIQUE |= {"step": "action_id", "document_firm": "enterprise_id", "document": "revises_id", "holiday": "day"}
UNIQUE |= {"ledger_content": "issue_id", "ledger_anchor": "issue_id", "link_upload": "receipt"}
UNIQUE |= {"upload_link": "digest", "two_eyes": "act", "proposal_answer": "proposal_id"}
UNIQUE |= {"person_forgotten": "key_id"}
ENDS = ("old_id", "new_id")


def key_of(name: str) -> list[str]:
    return [column.name for column in Base.metadata.tables[name].primary_key]


def named_as(name: str, key: tuple[Any, ...]) -> str:
    """How a finding names a row: its key without the county; a county's head by the county."""
    parts = [str(part) for part, column in zip(key, key_of(name), strict=True) if column != "county"]
    return parts[0] if name == "manifest" else " ".join(parts) or str(key[0])


def is_named(found: list[Finding], name: str, key: tuple[Any, ...]) -> bool:
    if name == "division_alias":  # there is one; with its key altered it has another name
        return any(finding.table == name for finding in found)
    # A manifest that was moved to another table or change no longer says where it was: its change is named.
    tables = {"manifest": ("manifest", "change")}.get(name, (name,))
    return any(finding.table in tables and finding.id == named_as(name, key) for finding in found)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_altered_cell_in_each_table_is_named(turn: int, meddle: Callable[..., list[Finding]]) -> None:
    """The turn-th column of every table, so that each cell of the schema is altered once."""
    done: list[tuple[str, tuple[Any, ...]]] = []

    def alter(connection: sqlite3.Connection) -> None:
        for name in TABLES:
            columns = Base.metadata.tables[name].columns.keys()
            if turn >= len(columns):
                continue
            column, key = columns[turn], key_of(name)
            # One chance a table, so that a new table does not change which cells of the others are altered.
            chance = random.Random(f"{turn} {name}")
            row = chance.choice(connection.execute(f"SELECT {', '.join(key)}, {column} FROM {name}").fetchall())
            where = " AND ".join(f"{part} = ?" for part in key)
            connection.execute(f"UPDATE {name} SET {column} = ? WHERE {where}", (altered(row[-1], column), *row[:-1]))
            done.append((name, row[:-1]))

    found = meddle(alter)
    assert [one for one in done if not is_named(found, *one)] == []


@pytest.mark.parametrize("seed", range(3))
def test_a_removed_row_in_each_table_is_named(seed: int, meddle: Callable[..., list[Finding]]) -> None:
    chance = random.Random(seed)
    done: list[tuple[str, tuple[Any, ...]]] = []

    def remove(connection: sqlite3.Connection) -> None:
        for name in TABLES:
            if name == "division_alias":  # the users' own: nothing else says that it was there
                continue
            key = key_of(name)
            row = chance.choice(connection.execute(f"SELECT {', '.join(key)} FROM {name}").fetchall())
            connection.execute(f"DELETE FROM {name} WHERE {' AND '.join(f'{part} = ?' for part in key)}", row)
            done.append((name, row))

    found = meddle(remove)
    unlisted = {key[2] for name, key in done if name == "manifest"}  # the list that it stood on is missed instead
    headless = {("audit_record", key[0]) for name, key in done if name == "audit_head"}  # the head is missed instead
    left = [one for one in done if one[0] not in unlisted and (one[0], one[1][0]) not in headless]
    assert [one for one in left if not is_named(found, *one)] == []


def test_a_slipped_in_row_in_each_table_is_named(meddle: Callable[..., list[Finding]]) -> None:
    recorded = [name for name in TABLES if "recorded_by" in Base.metadata.tables[name].columns]

    def slip_in(connection: sqlite3.Connection) -> None:
        for name in recorded:
            columns = Base.metadata.tables[name].columns.keys()
            copied = ", ".join("'slipped-in'" if column == "id" else column for column in columns)
            values = connection.execute(f"SELECT {copied} FROM {name} LIMIT 1").fetchone()
            for index, column in enumerate(columns):  # what is unique among the rows must differ
                if column in ("valid_from", "sha256", "clause", "revision", "subject_id", *ENDS, UNIQUE.get(name)):
                    values = (*values[:index], altered(values[index], column), *values[index + 1 :])
            connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", values)

    found = meddle(slip_in)
    assert [name for name in recorded if not is_named(found, name, (COUNTY, "slipped-in"))] == []


@pytest.mark.parametrize(
    ("act", "code"),
    [
        ("UPDATE change SET number = 9 - number WHERE county = '431127'", "change.missing"),
        ("DELETE FROM change WHERE county = '431127' AND number = 2", "head.altered"),
        ("DELETE FROM change WHERE county = '431127' AND number = 1", "change.missing"),
        ("UPDATE change SET digest = NULL WHERE number = 2", "change.unsealed"),
        ("UPDATE enterprise_name SET superseded_by = 5 WHERE superseded_by = 2", "row.superseded"),
        (f"UPDATE clause_adoption SET superseded_by = {2**63 - 1} WHERE superseded_by = 2", "row.superseded"),
        ("UPDATE enterprise_name SET valid_to = '9999-12-31' WHERE valid_to = '2024-04-01'", "stretch.overlap"),
        ("UPDATE equipment SET enterprise_id = 'nobody'", "key.orphan"),
        ("UPDATE statement SET subject_id = 'nobody'", "key.orphan"),
        ("UPDATE ledger_issue SET workbook = x'00'", "ledger.altered"),
        ("DELETE FROM division WHERE code = '431127'", "dictionary.missing"),
        ("INSERT INTO division VALUES ('44', '广东省', NULL, 'province')", "dictionary.extra"),
        ("UPDATE alembic_version SET version_num = '0001'", "schema.revision"),
        ("UPDATE equipment_nature SET capacity_t = 'half'", "row.altered"),
        ("UPDATE enterprise_name SET valid_from = valid_from || ' '", "row.altered"),
        ("UPDATE enterprise_name SET recorded_by = 'one'", "row.altered"),
        ("UPDATE enterprise_name SET name = CAST(x'e9aae5' AS TEXT) WHERE name IS NOT NULL", "row.altered"),
    ],
)
def test_a_deed_is_called_by_its_name(act: str, code: str, meddle: Callable[..., list[Finding]]) -> None:
    found = meddle(lambda connection: connection.execute(act))
    assert code in {finding.code for finding in found}
    assert all(finding.what.encode("utf-8") for finding in found)


@pytest.mark.parametrize("seed", range(12))
def test_one_byte_flipped_in_the_file_is_found(
    seed: int, sound: Path, copied: Engine, short_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somewhere inside a value that a row holds, under SQLite and all its triggers."""
    monkeypatch.setattr(dictionary, "_FILE", short_file)
    content = bytearray(sound.read_bytes())
    values = [found.start() for found in re.finditer("：值|包联|新圩镇|2024年3月底前".encode(), content)]
    content[random.Random(seed).choice(values) + 1] ^= 1
    Path(str(copied.url.database)).write_bytes(content)
    assert findings(copied)
    copied.dispose()


def test_a_missing_or_altered_guard_is_named(own_engine: Engine) -> None:
    name = "guard_enterprise_name_update" if own_engine.dialect.name == "sqlite" else "guard_enterprise_name"
    on = "" if own_engine.dialect.name == "sqlite" else " ON enterprise_name"
    with own_engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER {name}{on}"))
    assert [(finding.code, finding.id, finding.table) for finding in findings(own_engine)] == [
        ("guard.missing", name, "enterprise_name")
    ]


@contextmanager
def meddling(engine: Engine) -> Iterator[Connection]:
    """A transaction of the tables' owner, whom neither grants nor policies hold."""
    owner = databases.as_owner(engine)
    with owner.begin() as connection:
        yield connection
    owner.dispose()


def test_deeds_on_postgresql_are_named(postgresql_engine: Engine) -> None:
    populate(postgresql_engine)
    deeds = {
        "enterprise_name": "UPDATE enterprise_name SET name = 'x' WHERE name IS NOT NULL",
        "statement": "DELETE FROM statement",
        "import_row": "UPDATE import_row SET cells = cells || ' '",
        "equipment_nature": "UPDATE equipment_nature SET yoke = NOT yoke, capacity_t = capacity_t + 0.001",
        "change": "UPDATE change SET reason = '另一个理由' WHERE number = 1",
        "county_head": "UPDATE county_head SET number = 1",
        "ledger_issue": r"UPDATE ledger_issue SET workbook = '\x00'",
    }
    with meddling(postgresql_engine) as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for deed in deeds.values():
            connection.execute(text(deed))
    named = {finding.table for finding in findings(postgresql_engine)}
    assert named >= set(deeds)


def test_a_disabled_guard_on_postgresql_is_named(postgresql_engine: Engine) -> None:
    with meddling(postgresql_engine) as connection:
        connection.execute(text("ALTER TABLE statement DISABLE TRIGGER guard_statement"))
    assert "guard_statement" in {finding.id for finding in findings(postgresql_engine)}


def test_a_wall_that_was_taken_down_or_opened_is_named(postgresql_engine: Engine) -> None:
    deeds = {
        "statement": "ALTER TABLE statement DISABLE ROW LEVEL SECURITY",
        "permit": "ALTER TABLE permit NO FORCE ROW LEVEL SECURITY",
        "plan": "DROP POLICY within_county ON plan",
        "action": "ALTER POLICY within_county ON action USING (true)",
        "step": "ALTER POLICY within_county ON step TO postgres",
        "evidence": "CREATE POLICY another ON evidence USING (true)",
    }
    with meddling(postgresql_engine) as connection:
        for deed in deeds.values():
            connection.execute(text(deed))
    found = findings(postgresql_engine)
    assert {finding.table for finding in found} == set(deeds)
    assert {finding.code for finding in found} == {"wall.broken"}


def test_every_business_table_is_guarded_and_populated(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as connection:
        for table in guards.guarded():
            assert connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0], table.name
