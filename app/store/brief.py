"""A write that gives way: tried for a moment, left out while somebody else writes."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, Update
from sqlalchemy.exc import DBAPIError

from app.store.engine import PATIENCE

#: Milliseconds that it waits.
MOMENT = 50


def try_briefly(engine: Engine, statement: Update) -> bool:
    """Whether it was written; what it says must be of no weight."""
    try:
        with engine.execution_options(sqlite_begin="IMMEDIATE").connect() as connection:
            if connection.dialect.name == "sqlite":
                _on_sqlite(connection, statement)
            else:
                with connection.begin():
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{MOMENT}ms'")
                    connection.execute(statement)
    except DBAPIError:
        return False
    return True


def _on_sqlite(connection: Connection, statement: Update) -> None:
    """The patience of SQLite is the connection's, which others will use again."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {MOMENT}")
    try:
        with connection.begin():
            connection.execute(statement)
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        cursor.close()
