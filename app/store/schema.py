"""The schema in the database: brought up to date under a lock, the dictionary loaded; later starts only look."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

import app
from app.errors import DatabaseUnavailable, NewerDatabase
from app.store import database_role, dictionary
from app.store.engine import retrying, telling
from app.store.trouble import Kind, trouble_of

if TYPE_CHECKING:
    from alembic.config import Config

#: The steps lie beside the package, in the source tree and in the wheel alike.
MIGRATIONS = Path(app.__file__).parent.parent / "migrations"

#: Alembic keeps the step that it takes in module globals: one thread at a time.
_turn = threading.Lock()

#: Another process made the same table, type or version row first (PostgreSQL).
_MADE_MEANWHILE = ("42P07", "42710", "23505", "42P06")


@cache
def revisions() -> tuple[str, ...]:
    """The steps that the program knows, in order, by the numbers that their files begin with."""
    return tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")))


def revision(connection: Connection) -> str | None:
    """The step that the database is at; None where nothing is made yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def prepare(engine: Engine, *, mend: bool = True, owner: Engine | None = None) -> None:
    """Make the database fit for the program; two processes may do so at once.

    `mend` False leaves the division dictionary of a finished database as it is, for whoever is to verify it.
    `owner`: as whom to make what is missing, where the program connects as a role that may not; that role gets its
    grants then.

    Raises:
        NewerDatabase: when it is at a step that this program does not know.
        DatabaseUnavailable: when it cannot be reached, is busy, full, damaged, or another program's.
    """
    digest = dictionary.shipped_digest() if mend else None
    with telling(), _telling_whose():
        _make_folder(engine)
        if _found_ready(engine, digest, owned=owner is None):
            return
        _write_ahead(engine)
        with _turn:
            retrying(lambda: _bring_up(owner or engine, dictionary.shipped_digest()))
            if owner is not None:
                with engine.connect() as connection:
                    role = str(connection.execute(text("SELECT current_user")).scalar_one())
                database_role.grant(owner, role)


def _found_ready(engine: Engine, digest: str | None, *, owned: bool) -> bool:
    """Whether nothing is missing; another one's tables must also be granted to whoever asks."""
    with engine.execution_options(sqlite_begin="READ").connect() as connection:
        if not owned and not database_role.is_granted(connection):
            return False
        if _is_ready(connection, digest):
            return True
        if revision(connection) is None:
            _refuse_foreign(connection)
    return False


@contextmanager
def _telling_whose() -> Iterator[None]:
    """Say in a sentence that whoever connects may not make tables or bring them up to date."""
    try:
        yield
    except DBAPIError as error:
        if trouble_of(error).kind is not Kind.DENIED:
            raise
        raise DatabaseUnavailable(
            "数据表要由它们的所有者建立或升级，连接数据库的账户没有这个权限",
            fix="请用 LUZHANG_OWNER_URL 指明所有者的地址，运行一次 luzhang verify，再照常使用",
            code="database.owner",
        ) from error


def _is_ready(connection: Connection, digest: str | None) -> bool:
    """Whether it is at the last step, with the dictionary of that digest loaded; None asks for no dictionary."""
    at = revision(connection)
    if at is not None and at not in revisions():
        raise NewerDatabase(f"数据库由更新版本的程序建立（版本 {at}），本程序不能打开")
    return at == revisions()[-1] and (digest is None or dictionary.loaded_digest(connection) == digest)


def _bring_up(engine: Engine, digest: str) -> None:
    try:
        _take_steps(engine, digest)
    except DBAPIError as error:
        # Before the first step PostgreSQL has no row to lock: the slower process of two trips over what the other made.
        if getattr(error.orig, "sqlstate", None) not in _MADE_MEANWHILE:
            raise
        _take_steps(engine, digest)


def _take_steps(engine: Engine, digest: str) -> None:
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        if connection.dialect.name == "postgresql" and revision(connection) is not None:
            connection.execute(text("LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE"))
        if _is_ready(connection, digest):
            return
        upgrade(connection)
        if dictionary.loaded_digest(connection) != digest:
            dictionary.load(connection, digest)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Take the steps up to a revision, inside the connection's transaction."""
    if revision(connection) == revisions()[-1] and to == "head":
        return
    # Alembic takes longer to import than a start may; it is needed only when there is a step to take.
    from alembic import command

    command.upgrade(_alembic(connection), to)


def downgrade(connection: Connection, to: str) -> None:
    """Take the steps back down to a revision, inside the connection's transaction."""
    from alembic import command

    command.downgrade(_alembic(connection), to)


def _alembic(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _file(engine: Engine) -> Path | None:
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


def _make_folder(engine: Engine) -> None:
    file = _file(engine)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            f"数据文件夹无法建立：{file.parent}", fix="请检查 LUZHANG_HOME 的位置和写入权限"
        ) from error


def _write_ahead(engine: Engine) -> None:
    """Let readers go on while one writes; SQLite keeps it in the file."""
    if _file(engine) is None:
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _refuse_foreign(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and set(inspect(connection).get_table_names()) - {"alembic_version"}:
        raise DatabaseUnavailable(
            "这个数据库文件属于别的程序", fix="请核对 LUZHANG_DATABASE_URL，或换一个空的位置；文件没有被改动"
        )
