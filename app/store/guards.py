"""Guards: triggers that refuse to rewrite or remove what was recorded, and the grants that say the same to a role.

A guard of PostgreSQL asks no table anything and takes a shard's number off the table's name, so that Citus can run it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, text

from app.store.base import OPEN
from app.store.models import Base, Stretch
from app.store.trouble import APPEND_ONLY

#: Columns that may be written once, after the row was recorded.
_HEAD = ("number", "digest")
_LATER = {"change": ("contents", "digest"), "county_head": _HEAD, "audit_head": _HEAD}


def written_later(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of a table that an UPDATE may name."""
    return _LATER.get(table) or tuple(name for name in columns if name == "superseded_by")


def sqlite_guards(table: str, columns: Sequence[str], subject: str | None = None) -> dict[str, str]:
    """The triggers of a business table on SQLite, by name. `subject`: whose open stretches may not overlap."""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'append only \"{table}\"'); END"
    later = written_later(table, columns)
    fixed = ", ".join(f'"{name}"' for name in sorted(columns) if name not in later)
    guards = {
        f"guard_{table}_delete": f"BEFORE DELETE ON {table} {refuse}",
        f"guard_{table}_update": f"BEFORE UPDATE OF {fixed} ON {table} {refuse}",
    }
    if later:
        guards[f"guard_{table}_once"] = (
            f"BEFORE UPDATE OF {', '.join(later)} ON {table} WHEN NOT ({_once(table)}) {refuse}"
        )
    if subject:
        guards[f"guard_{table}_overlap"] = _sqlite_overlap(table, subject)
    return {name: f"CREATE TRIGGER {name} {body}" for name, body in guards.items()}


def postgresql_functions() -> dict[str, str]:
    """The trigger functions, by name."""
    same = "to_jsonb(NEW) - '{columns}'::text[] = to_jsonb(OLD) - '{columns}'::text[]"
    found = {"guard_kept": _function("guard_kept", None)}
    for function, table, columns in (
        ("guard_superseded", "", ("superseded_by",)),
        ("guard_sealed", "change", _LATER["change"]),
        ("guard_head", "county_head", _LATER["county_head"]),
    ):
        unchanged = same.replace("{columns}", "{" + ",".join(columns) + "}")
        found[function] = _function(function, f"{unchanged} AND {_once(table)}")
    return found


def postgresql_guards(table: str, columns: Sequence[str]) -> dict[str, str]:
    """The triggers of a business table on PostgreSQL, by name."""
    function = {"change": "guard_sealed", "county_head": "guard_head", "audit_head": "guard_head"}.get(table)
    if function is None:
        function = "guard_superseded" if "superseded_by" in columns else "guard_kept"
    return {
        f"guard_{table}": f"CREATE TRIGGER guard_{table} BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"guard_{table}_truncate": f"CREATE TRIGGER guard_{table}_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION guard_kept()",
    }


def expected(connection: Connection) -> dict[str, str]:
    """The guards that a database of this program has, by name; on PostgreSQL with their functions."""
    subjects = {mapper.local_table.name: mapper.class_.subject for mapper in _stretches()}
    found: dict[str, str] = {} if connection.dialect.name == "sqlite" else postgresql_functions()
    for table in guarded():
        columns = [column.name for column in table.columns]
        if connection.dialect.name == "sqlite":
            found |= sqlite_guards(table.name, columns, subjects.get(table.name))
        else:
            found |= postgresql_guards(table.name, columns)
    return {name: _told(ddl) for name, ddl in found.items()}


def present(connection: Connection) -> dict[str, str]:
    """The guards that the database has, by name, in force."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    else:
        rows = connection.execute(text(_POSTGRESQL_PRESENT))
    return {name: _told(ddl) for name, ddl in rows if name.startswith("guard_")}


def guarded() -> list[Table]:
    """The tables that have guards."""
    return [table for table in Base.metadata.sorted_tables if table.info["kind"] == "business"]


def grants(role: str) -> list[str]:
    """What an application role of PostgreSQL may do; the role must be able to log in (Citus reaches workers as it).

    Business tables: SELECT, INSERT, UPDATE of what is written later; no DELETE, no TRUNCATE. The program's own rows
    (accounts, sign-ins): SELECT, INSERT, UPDATE. All others: SELECT.
    """
    said = [f'GRANT SELECT ON alembic_version TO "{role}"']
    for name, table in sorted(Base.metadata.tables.items()):
        said.append(f'GRANT SELECT ON {name} TO "{role}"')
        if table.info["kind"] == "local":
            said.append(f'GRANT INSERT, UPDATE ON {name} TO "{role}"')
        if table.info["kind"] != "business":
            continue
        said.append(f'GRANT INSERT ON {name} TO "{role}"')
        if later := written_later(name, [column.name for column in table.columns]):
            said.append(f'GRANT UPDATE ({", ".join(later)}) ON {name} TO "{role}"')
    return said


#: A trigger that was disabled is as good as gone; a function counts with its whole text.
_POSTGRESQL_PRESENT = """
    SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
    UNION ALL
    SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE proname LIKE 'guard#_%' ESCAPE '#' AND pronamespace = current_schema()::regnamespace
"""


def _stretches() -> list[Any]:
    return [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Stretch)]


def _told(ddl: str) -> str:
    """A definition without what an engine adds to it, so that two of them can be compared."""
    plain = re.sub(r"\$\w*\$", "$$", ddl)
    plain = re.sub(r"\b(public|pg_catalog|main)\.", "", plain).replace("DELETE OR UPDATE", "UPDATE OR DELETE")
    return " ".join(plain.split())


def _once(table: str) -> str:
    if table in ("county_head", "audit_head"):
        return "NEW.number = OLD.number + 1"
    if table == "change":
        return "OLD.digest IS NULL AND NEW.digest IS NOT NULL AND NEW.contents IS NOT NULL"
    return f"OLD.superseded_by = {OPEN} AND NEW.superseded_by <> {OPEN}"


def _function(name: str, allowed: str | None) -> str:
    update = f"IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN NEW; END IF; END IF; " if allowed else ""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {update}"
        f"RAISE EXCEPTION USING ERRCODE = '{APPEND_ONLY}', "
        r"""MESSAGE = 'append only "' || regexp_replace(TG_TABLE_NAME, '_\d+$', '') || '"'; END $guard$"""
    )


def _sqlite_overlap(table: str, subject: str) -> str:
    return (
        f"BEFORE INSERT ON {table} WHEN NEW.superseded_by = {OPEN} AND EXISTS (SELECT 1 FROM {table} AS held "
        f"WHERE held.county = NEW.county AND held.{subject} = NEW.{subject} AND held.superseded_by = {OPEN} "
        "AND held.valid_from < NEW.valid_to AND held.valid_to > NEW.valid_from) "
        f"BEGIN SELECT RAISE(ABORT, 'overlapping days \"ex_{table}_overlap\"'); END"
    )
