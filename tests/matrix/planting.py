"""Planted registers, each put back as it was whenever something was written, with everybody signed in who asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, text

from app.domain.actor import LOCAL_OPERATOR
from app.main import create
from app.store.engine import open_engine
from app.store.models import Base
from tests import databases
from tests.matrix.askers import Asker, askers
from tests.matrix.asking import Register, file_restored
from tests.matrix.targets import targets_of
from tests.matrix.worlds import heads, planted
from tests.people import cheaply
from tests.signed_in import ADDRESS, ORIGIN, Post, hired


def named(asker: Asker) -> str:
    """The account of an asker."""
    return f"{asker.role}.{asker.division}"


@contextmanager
def on_sqlite(template: Path, folder: Path) -> Iterator[Register]:
    """The planted register on SQLite, a copy of an empty one."""
    file = Path(shutil.copy(template, folder / "luzhang.db"))
    engine = open_engine(f"sqlite:///{file}")
    with _planted(engine, engine) as register:
        engine.dispose()
        kept = Path(shutil.copy(file, folder / "kept.db"))
        register.restore = lambda: file_restored(register, kept)
        yield register
    engine.dispose()


@contextmanager
def on_postgresql(server: databases.Server, template: str) -> Iterator[Register]:
    """The planted register on PostgreSQL, asked by a role that owns nothing, so that row security holds for it."""
    name = server.create(template)
    program, owner = open_engine(server.url(name, databases.PROGRAM)), open_engine(server.url(name))
    with _planted(program, owner) as register:
        _kept(owner)
        register.restore = lambda: _put_back(owner)
        yield register
    for engine in (program, owner):
        engine.dispose()
    server.drop(name)


@contextmanager
def _planted(engine: Engine, owner: Engine) -> Iterator[Register]:
    """Everybody is hired, then everything planted; `owner` is used where a second connection may be wanted."""
    app: Any = create(engine)
    with TestClient(app, base_url=ADDRESS, headers=ORIGIN, raise_server_exceptions=False) as client:
        with cheaply():
            posts = [Post(named(one), one.role, one.division) for one in askers()]
            browsers = hired(app, engine, client, posts)
        app.state.actor_of = lambda *_: LOCAL_OPERATOR
        worlds = planted(engine, client)
        register = Register(engine, app, client, worlds, targets_of(worlds), lambda: None)
        register.browsers = browsers
        register.heads = heads(owner)
        yield register


def _tables() -> list[str]:
    return [table.name for table in Base.metadata.sorted_tables if table.info["kind"] in ("business", "local")]


def _kept(owner: Engine) -> None:
    """Keep a copy of every table beside it."""
    _say(owner, "CREATE SCHEMA kept", *(f"CREATE TABLE kept.{one} AS TABLE {one}" for one in _tables()))


def _put_back(owner: Engine) -> None:
    wiped = (f"DELETE FROM {one}" for one in _tables())
    filled = (f"INSERT INTO {one} SELECT * FROM kept.{one}" for one in _tables())
    _say(owner, "SET LOCAL session_replication_role = replica", *wiped, *filled)


def _say(owner: Engine, *statements: str) -> None:
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL row_security = off"))
        connection.connection.cursor().execute("; ".join(statements))
