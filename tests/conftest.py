"""Fixtures for all rooms: `engine` is a register made ready, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests import databases

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session", autouse=True)
def keys_that_two_engines_share() -> Iterator[None]:
    """Keys of persons by rule, not at random: what two engines hold of the same is alike, to the digest."""
    with databases.keys_by_rule():
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./run test --whole PATH`: what is tried many times is tried as often as the figures of THREATS say."""
    parser.addoption("--whole", action="store_true", help="try what is tried many times as often as the figures say")


@pytest.fixture(scope="session")
def often(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """How often something is tried: some times in each run, many times when the whole is asked for."""
    return lambda some, many: many if pytestconfig.getoption("--whole") else some


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[databases.Server]:
    """One PostgreSQL server for the run (for each worker, where several run)."""
    yield from databases.start_server()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: databases.Server) -> str:
    """A PostgreSQL database made ready once, to be copied."""
    name = postgresql_server.create()
    databases.prepared(postgresql_server.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite register made ready once, to be copied."""
    file = tmp_path_factory.mktemp("template") / "luzhang.db"
    databases.prepared(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def idle_engines() -> dict[str, list[Engine]]:
    """Engines of registers that were used and emptied, to be used again."""
    return {name: [] for name in ENGINES}


@pytest.fixture
def sqlite_engine(sqlite_template: Path, idle_engines: dict[str, list[Engine]]) -> Iterator[Engine]:
    """A register of its own on SQLite."""
    yield from databases.sqlite_register(sqlite_template, idle_engines["sqlite"])


@pytest.fixture
def postgresql_engine(
    postgresql_server: databases.Server, postgresql_template: str, idle_engines: dict[str, list[Engine]]
) -> Iterator[Engine]:
    """A register of its own on PostgreSQL."""
    yield from databases.postgresql_register(postgresql_server, postgresql_template, idle_engines["postgresql"])


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """A register of its own, made ready, on each engine in turn."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
def owner_engine(engine: Engine) -> Iterator[Engine]:
    """The same register as `engine` as its tables' owner, who may meddle with it, on each engine in turn."""
    owner = databases.as_owner(engine)
    yield owner
    owner.dispose()


@pytest.fixture(params=ENGINES)
def own_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A register made ready that no other test gets afterwards, whatever is done to it, on each engine in turn."""
    if request.param == "sqlite":
        yield from databases.sqlite_database(tmp_path, request.getfixturevalue("sqlite_template"))
    else:
        server = request.getfixturevalue("postgresql_server")
        yield from databases.postgresql_database(server, request.getfixturevalue("postgresql_template"))


@pytest.fixture(params=ENGINES)
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database in which nothing is made yet, on each engine in turn."""
    if request.param == "sqlite":
        yield from databases.sqlite_database(tmp_path)
    else:
        yield from databases.postgresql_database(request.getfixturevalue("postgresql_server"))
