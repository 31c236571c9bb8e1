"""Row-level security of PostgreSQL: a query that forgets the row filter finds no other county's rows all the same.

Each transaction is told by SET LOCAL which counties it may see and write; one that was told nothing sees none. The
policies are in migrations/versions/0030_row_security.py; SQLite has the row filter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.store.acting import actor_of
from app.store.models import Base

#: The transaction's own setting: counties' codes with commas between.
SETTING = "luzhang.counties"

#: What it says for the register itself, the command line, and whoever may see all counties.
EVERY = "*"

#: The policy that every business table has.
POLICY = "within_county"

#: No county's chain of records: whoever acts adds to it, and takes its head's row for the number; few may read it.
_NOBODYS = "county = '000000'"

# Measured: written with = '*', PostgreSQL takes it that hardly a row passes and joins a province as if it were a town
# (six times the time); of <> it takes it that all do. Citus allows no subquery in a policy, so the setting is read row
# by row, and to look for six digits in it takes a third of what an array of it takes. That they are six, a CHECK holds.
_OWN = (
    "strpos(current_setting('luzhang.counties', true), '*') <> 0 "
    "OR strpos(current_setting('luzhang.counties', true), county) <> 0"
)

_OTHERS = {
    "audit_head": (f"{_OWN} OR {_NOBODYS}", f"{_OWN} OR {_NOBODYS}"),
    "audit_record": (_OWN, f"{_OWN} OR {_NOBODYS}"),
}


def counties_of(actor: Actor) -> str:
    """What a transaction of this actor is told; of whom only townships are named, their counties."""
    codes = actor.counties
    if codes is None and actor.townships is not None:
        codes = frozenset(township[:6] for township in actor.townships)
    if codes is None:
        return EVERY
    if wrong := [code for code in codes if not re.fullmatch(r"[0-9]{6}", code)]:
        raise ValueError(f"not codes of counties: {wrong}")
    return ",".join(sorted(codes))


def tell(connection: Connection, counties: str) -> None:
    """Tell the connection's transaction which counties are its own. It is forgotten when the transaction ends.

    SET takes no parameters, and Citus hands on nothing but SET LOCAL: so the driver quotes the value.
    """
    from psycopg import ClientCursor

    driver: Any = connection.connection.dbapi_connection
    with ClientCursor(driver) as cursor:
        cursor.execute("SET LOCAL luzhang.counties = %s", [counties])


@contextmanager
def every_county(session: Session) -> Iterator[None]:
    """Let a question be asked of all counties, whoever asks: for what is never shown, such as whether more is there."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    tell(connection, EVERY)
    try:
        yield
    finally:
        driver: Any = connection.connection.dbapi_connection
        if driver.info.transaction_status.name != "INERROR":  # then nothing more is read, and it ends with the error
            tell(connection, counties_of(actor_of(session)))


def expected() -> dict[str, tuple[str, str]]:
    """By table, what a policy lets be seen and what it lets be written."""
    tables = [table.name for table in Base.metadata.sorted_tables if table.info["kind"] == "business"]
    return {name: _OTHERS.get(name, (_OWN, _OWN)) for name in tables}


def faults(connection: Connection) -> dict[str, str]:
    """The tables whose wall is not as it must be, and what is wrong with it; none on SQLite."""
    if connection.dialect.name != "postgresql":
        return {}
    found: dict[str, list[Any]] = {}
    for row in connection.execute(text(_PRESENT)):
        found.setdefault(row.relname, []).append(row)
    told = {table: _fault(found.get(table, []), *said) for table, said in expected().items()}
    return {table: fault for table, fault in told.items() if fault}


def _fault(rows: list[Any], seen: str, written: str) -> str | None:
    if not rows or not (rows[0].relrowsecurity and rows[0].relforcerowsecurity):
        return "没有启用"
    if [row.polname for row in rows] != [POLICY]:
        return "不是原来的那一条" if rows[0].polname else "不见了"
    said = (rows[0].polcmd, rows[0].polpermissive, list(rows[0].polroles))
    same = said == ("*", True, [0]) and (_plain(rows[0].seen), _plain(rows[0].written)) == (
        _plain(seen),
        _plain(written),
    )
    return None if same else "被改过"


_PRESENT = """
    SELECT relname, relrowsecurity, relforcerowsecurity, polname, polcmd::text, polpermissive, polroles,
        pg_get_expr(polqual, polrelid) AS seen, pg_get_expr(polwithcheck, polrelid) AS written
    FROM pg_class LEFT JOIN pg_policy ON polrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
"""


def _plain(expression: str | None) -> str:
    """An expression without what PostgreSQL adds to it: they are all of ORs, so brackets change nothing."""
    return re.sub(r"::text|[()\s]", "", expression or "")
