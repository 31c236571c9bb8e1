"""What SQLite knows of its tables to choose plans by: taken as rows come, without reading all of them."""

from __future__ import annotations

from sqlalchemy.orm import Session

#: Rows read of an index at most: statistics of this few cost milliseconds, whatever the register holds.
ROWS_READ = 400


def keep_statistics(session: Session) -> None:
    """Take statistics of what a unit of work asked and has none of, or of what has grown many times since.

    It is part of the unit: afterwards another writer might hold the lock. PostgreSQL does so by itself.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {ROWS_READ}")
        connection.exec_driver_sql("PRAGMA optimize")
