"""The database's engine, and the two ways to use it: a unit of work that writes, a reading that cannot."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from app.domain.actor import LOCAL_OPERATOR
from app.errors import DatabaseUnavailable
from app.settings import Settings
from app.store import key_check, row_security
from app.store.acting import ACTOR as ACTOR
from app.store.acting import acting as acting
from app.store.acting import actor_of as actor_of
from app.store.audit_chain import write_queued
from app.store.changes import seal_open
from app.store.keys import in_folder, ring_of
from app.store.sealing import sealing_for
from app.store.statistics import keep_statistics
from app.store.trouble import Kind, trouble_of, unavailable

Answer = TypeVar("Answer")

#: Seconds that a writer waits for another one before it is told that the database is busy.
PATIENCE = 30

#: Seconds for whoever waits at a door: SQLite has one writer, and a large import may write for minutes.
HURRY = 5


class Reader(Session):
    """A session that only reads; the database itself refuses it any write."""


def open_engine(url: str, keys: Path | None = None) -> Engine:
    """The engine for a database address; nothing is opened before it is used.

    `keys`: the folder of the keys; where none is told, beside a SQLite file, of another register in the data folder.
    """
    engine = _opened(url)
    in_folder(engine, keys or _folder(engine))
    event.listen(engine, "begin", _see_keys)
    event.listen(engine, "commit", _keep_keys)
    event.listen(engine, "engine_disposed", _close_keys)
    return engine


def _opened(url: str) -> Engine:
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True, connect_args={"timeout": PATIENCE})
        event.listen(engine, "connect", _on_sqlite_connect)
        event.listen(engine, "begin", _on_sqlite_begin)
        return engine
    # What was to be written names people and files; no error message, and so no log, repeats it.
    patient = {"connect_timeout": 10}
    engine = create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=patient)
    event.listen(engine, "connect", _on_postgresql_connect)
    event.listen(engine, "begin", _on_postgresql_begin)
    return engine


@contextmanager
def unit(engine: Engine) -> Iterator[Session]:
    """One unit of work: one transaction, committed at its end with its change sealed, or rolled back whole.

    On SQLite it begins IMMEDIATE: a writer that begins as a reader fails as soon as another writes.

    Raises:
        DatabaseUnavailable: when the database cannot be reached, is busy, damaged or full.
    """
    writing = engine.execution_options(sqlite_begin="IMMEDIATE")
    with telling(), Session(writing, expire_on_commit=False) as session, sealing_for(None):
        yield session
        seal_open(session)
        write_queued(session)
        keep_statistics(session)
        matched = key_check.match(session)
        session.commit()
        if matched:
            ring_of(session).matched = True


@contextmanager
def reading(engine: Engine) -> Iterator[Reader]:
    """One consistent look at the register, in which nothing can be written.

    Raises:
        DatabaseUnavailable: when the database cannot be reached or is damaged.
    """
    looking = engine.execution_options(sqlite_begin="READ")
    if engine.dialect.name == "postgresql":
        looking = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with telling(), Reader(looking, expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def telling() -> Iterator[None]:
    """Say in a sentence that the database cannot be used; let every other error through."""
    try:
        yield
    except NoConnection as error:
        raise DatabaseUnavailable("数据库正被其他操作占用") from error
    except DBAPIError as error:
        told = unavailable(error)
        if told is None:
            raise
        raise told from error


def retrying(act: Callable[[], Answer], *, times: int = 5, pause: float = 0.05) -> Answer:
    """Do a whole unit of work again while another one was in its way (40001, 40P01, 55P03, database is locked).

    Raises:
        DatabaseUnavailable: when it still was after the last time.
    """
    for left in range(times - 1, -1, -1):
        try:
            return act()
        except (DBAPIError, DatabaseUnavailable) as error:
            if not left or not in_the_way(error):
                raise
            time.sleep(pause * 2 ** (times - 1 - left))
    raise DatabaseUnavailable


def hurried(engine: Engine) -> Engine:
    """The same engine for units of work that do not wait long for another writer. PostgreSQL has many."""
    return engine.execution_options(sqlite_patience=HURRY)


def in_the_way(error: Exception) -> bool:
    """Whether an error says no more than that another unit of work was in its way."""
    said = error if isinstance(error, DBAPIError) else error.__cause__
    if isinstance(said, NoConnection):
        return True
    return isinstance(said, DBAPIError) and trouble_of(said).kind is Kind.AGAIN


def _on_sqlite_connect(connection: Any, _record: Any) -> None:
    # The driver's own guess at when to begin is off; _on_sqlite_begin says it. With recursive triggers
    # INSERT OR REPLACE meets the guard against DELETE as well.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _on_sqlite_begin(connection: Connection) -> None:
    told = connection.get_execution_options()
    how = told.get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {told.get('sqlite_patience', PATIENCE) * 1000}")
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if how == 'READ' else 'OFF'}")
    connection.exec_driver_sql("BEGIN DEFERRED" if how == "READ" else f"BEGIN {how}")


def _on_postgresql_connect(connection: Any, _record: Any) -> None:
    # A lock that is not given in time is an error that `retrying` knows. The second line does something only where
    # Citus is: without it a SET LOCAL does not reach the workers.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT set_config('lock_timeout', '{PATIENCE}s', false)")
        cursor.execute(
            "SELECT set_config('citus.propagate_set_commands', 'local', false) "
            "FROM pg_extension WHERE extname = 'citus'"
        )
    connection.commit()


def _folder(engine: Engine) -> Path | None:
    """Where the keys of a register are that says nothing else."""
    if engine.dialect.name != "sqlite":
        return Settings().keys()
    file = engine.url.database
    return Path(file).parent / "keys" if file and file != ":memory:" else None


def _see_keys(connection: Connection) -> None:
    ring_of(connection.dialect).refresh()


def _keep_keys(connection: Connection) -> None:
    # A key that seals nothing does no harm; what is sealed with a key that nobody kept is lost.
    ring_of(connection.dialect).keep()


def _close_keys(engine: Engine) -> None:
    ring_of(engine).close()


def _on_postgresql_begin(connection: Connection) -> None:
    actor = connection.get_execution_options().get(ACTOR, LOCAL_OPERATOR)
    row_security.tell(connection, row_security.counties_of(actor))
