"""Registers to test on: SQLite files and PostgreSQL databases, each a copy of one that was made ready once."""

from __future__ import annotations

import atexit
import ctypes
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from sqlite3 import IntegrityError
from time import monotonic, sleep
from unittest.mock import patch

import psycopg
import pytest
from sqlalchemy import Engine, text

from app.store import guards, kept_bytes, row_security
from app.store.engine import open_engine
from app.store.keys import KeyStore, Ring, ring
from app.store.models import Base
from app.store.schema import prepare, revision

#: Nothing of a test outlives the machine, so nothing waits for the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")

#: As the program connects: neither a superuser nor the tables' owner, so that policies and grants hold for it.
PROGRAM = "register_program"

_names = count(1)

#: Keys of registers that are no files; whoever looks for keys that were never made finds none.
_KEYS = Path(tempfile.mkdtemp(prefix="register-keys-"))
_NO_KEYS = _KEYS / "none"
atexit.register(shutil.rmtree, _KEYS, ignore_errors=True)


@contextmanager
def keys_by_rule() -> Iterator[None]:
    """Make keys out of whose they are, or of what file; what comes again after its key was removed gets another."""

    def key(county: str, person: bytes, before: int) -> bytes:
        return hashlib.sha512(county.encode() + person + bytes([before])).digest()

    def secret(_store: KeyStore, county: str) -> bytes:
        return hashlib.sha256(county.encode()).digest()

    def file_key(keys: Ring, county: str, content: bytes) -> tuple[bytes, bytes]:
        made = b""
        for again in count():
            made = hashlib.sha512(county.encode() + str(again).encode() + content).digest()
            with suppress(IntegrityError):
                keys.store().new_file(county, made[:16], made[32:])
            if keys.file_key(made[:16]):
                break
        return made[:16], made[32:]

    by_rule = (
        patch.object(ring, "new_key", key),
        patch.object(ring, "new_secret", secret),
        patch.object(kept_bytes, "new_key", file_key),
    )
    with by_rule[0], by_rule[1], by_rule[2]:
        yield


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of our own, reached by a socket in its folder."""

    folder: Path

    def url(self, database: str, user: str = "postgres") -> str:
        """A database's address."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def say(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True) as connection:
            connection.execute(statement)

    def create(self, template: str = "template0") -> str:
        """A new database's name."""
        name = f"register_{next(_names)}"
        self.say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still in it."""
        self.say(f"DROP DATABASE {name} WITH (FORCE)")


def binaries() -> Path | None:
    """Where Debian keeps PostgreSQL's server programs; the newest of several."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def start_server() -> Iterator[Server]:
    """A server for as long as the tests run; as `nobody` when root, because PostgreSQL refuses root."""
    programs = binaries()
    if programs is None:
        pytest.skip("no PostgreSQL server under /usr/lib/postgresql: install Debian's package postgresql")
    folder = Path(tempfile.mkdtemp(prefix="register-pg-"))
    owner: dict[str, str] = {}
    if os.geteuid() == 0:
        owner = {"user": "nobody", "group": "nogroup"}
        shutil.chown(folder, **owner)
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(initdb, check=True, cwd=folder, stdout=subprocess.DEVNULL, **owner)  # type: ignore[call-overload]
    options = [word for setting in SETTINGS for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(  # type: ignore[call-overload]
            [programs / "postgres", "-D", data, "-k", folder, *options],
            cwd=folder,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_us,
            **owner,
        )
        try:
            server = Server(folder)
            _await(server, running)
            server.say(f"CREATE ROLE {PROGRAM} LOGIN")
            yield server
        finally:
            running.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            running.wait(30)
            shutil.rmtree(folder, ignore_errors=True)


def _end_with_us() -> None:
    """Ask Linux to end the server when the tests are killed and cannot do so themselves (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _await(server: Server, running: subprocess.Popen[bytes]) -> None:
    until = monotonic() + 30
    while True:
        try:
            server.say("SELECT 1")
            return
        except psycopg.OperationalError:
            if running.poll() is not None or monotonic() > until:
                raise RuntimeError((server.folder / "log").read_text(encoding="utf-8", errors="replace")) from None
            sleep(0.05)


def prepared(url: str) -> str:
    """Make a database ready once, for the program's role as well, and leave nobody in it."""
    engine = open_engine(url, _NO_KEYS)
    prepare(engine)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for grant in guards.grants(PROGRAM):
                connection.execute(text(grant))
    engine.dispose()
    return url


def as_owner(engine: Engine) -> Engine:
    """The same register as its tables' owner, for whoever meddles with it; to be disposed of."""
    if engine.dialect.name == "sqlite":
        return open_engine(str(engine.url))
    return open_engine(
        engine.url.set(username="postgres").render_as_string(hide_password=False), ring.ring_of(engine).folder
    )


def sqlite_database(folder: Path, template: Path | None = None) -> Iterator[Engine]:
    """A SQLite database that nobody else gets: a copy of the template, or empty."""
    file = folder / "luzhang.db"
    if template:
        shutil.copy(template, file)
    engine = open_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def sqlite_register(template: Path, idle: list[Engine]) -> Iterator[Engine]:
    """A SQLite register, a fresh copy of the template under an engine that has compiled its statements already."""
    folder = template.parent / f"register-{next(_names)}"
    engine = idle.pop() if idle else open_engine(f"sqlite:///{folder / 'luzhang.db'}")
    file = Path(str(engine.url.database))
    file.parent.mkdir(exist_ok=True)
    shutil.copy(template, file)
    yield engine
    engine.dispose()
    shutil.rmtree(file.parent)
    idle.append(engine)


def postgresql_database(server: Server, template: str = "template0") -> Iterator[Engine]:
    """A PostgreSQL database that nobody else gets: a copy of the template, or empty."""
    name = server.create(template)
    engine = open_engine(server.url(name), _keys(name))
    yield engine
    engine.dispose()
    server.drop(name)


def postgresql_register(server: Server, template: str, idle: list[Engine]) -> Iterator[Engine]:
    """A PostgreSQL register as the program opens it.

    It is wiped and put by afterwards: a copy takes half a second, wiping a tenth of that.
    """
    engine = idle.pop() if idle else _program_s(server, server.create(template))
    _without_keys(engine)
    before = _fingerprint(engine)
    yield engine
    whole = _fingerprint(engine) == before
    if whole:
        _wipe(engine)
    engine.dispose()
    if whole:
        idle.append(engine)
    else:
        server.drop(str(engine.url.database))


def _program_s(server: Server, name: str) -> Engine:
    return open_engine(server.url(name, PROGRAM), _keys(name))


def _without_keys(engine: Engine) -> None:
    """Those of the register's former life are no longer there."""
    keys = ring.ring_of(engine)
    keys.close()
    if keys.folder is not None:
        shutil.rmtree(keys.folder, ignore_errors=True)


def _keys(database: str) -> Path:
    """The folder of a PostgreSQL database's keys."""
    return _KEYS / database


def _fingerprint(engine: Engine) -> list[object]:
    """All that wiping leaves: guards, walls, step, dictionary. A register where they changed is not used again."""
    with engine.connect() as connection:
        dictionary = [
            connection.execute(text(f"SELECT count(*), sum(hashtext({table}::text)) FROM {table}")).one()
            for table in ("division", "division_alias", "dictionary_edition")
        ]
        walls = row_security.faults(connection)
        return [guards.present(connection), walls, revision(connection), *dictionary]


def _wipe(engine: Engine) -> None:
    owner = as_owner(engine)
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        kept = ("business", "local")
        written = [table.name for table in Base.metadata.sorted_tables if table.info["kind"] in kept]
        wiped = "; ".join(f"DELETE FROM {name}" for name in written)
        connection.connection.cursor().execute(wiped)
    owner.dispose()
