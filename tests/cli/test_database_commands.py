"""The role by which the program connects to PostgreSQL: its SQL, and what is said of a role that nothing holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from app.store.engine import open_engine
from tests import databases
from tests.store.registers import populate


@pytest.fixture
def on_postgresql(
    postgresql_engine: Engine, luzhang: Callable, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Callable]:
    """Run commands on a PostgreSQL register as one role or another."""

    def by(user: str) -> Callable:
        url = postgresql_engine.url.set(username=user).render_as_string(hide_password=False)
        monkeypatch.setenv("LUZHANG_DATABASE_URL", url)
        return luzhang

    return by


def test_the_sql_is_all_that_is_on_standard_output(on_postgresql: Callable[[str], Callable]) -> None:
    said = on_postgresql("postgres")("database", "role", "luzhang_app")

    assert said.status == 0
    lines = said.out.splitlines()
    assert [line for line in lines if not line.endswith(";") or "luzhang_app" not in line] == []
    assert any("NOSUPERUSER NOBYPASSRLS" in line for line in lines)
    assert r"\password luzhang_app" in said.err

    told = on_postgresql("postgres")("database", "role", "luzhang_app", "--json").object
    assert [f"{statement};" for statement in told["sql"]] == lines


@pytest.mark.parametrize("name", ["", "pg_app", "App", "a b", 'a"; DROP', "a'b", "县", "x" * 64])
def test_a_name_that_is_no_roles_is_refused(on_postgresql: Callable[[str], Callable], name: str) -> None:
    said = on_postgresql("postgres")("database", "role", name, "--json")

    assert (said.status, said.object["error"]["code"]) == (2, "database.role")


def test_a_sqlite_register_has_no_roles(luzhang: Callable) -> None:
    said = luzhang("database", "role", "luzhang_app", "--json")

    assert (said.status, said.object["error"]["code"]) == (2, "database.sqlite")


def test_verify_says_in_a_line_where_nothing_holds_the_program(on_postgresql: Callable[[str], Callable]) -> None:
    plain = on_postgresql(databases.PROGRAM)("verify")
    above = on_postgresql("postgres")("verify", "--json")

    assert (plain.status, plain.err) == (0, "")
    assert (above.status, above.object) == (0, {"findings": []})
    assert len(above.err.splitlines()) == 1
    assert "超级用户" in above.err


def test_the_owner_upgrades_for_the_program(
    postgresql_server: databases.Server, luzhang: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = postgresql_server.create()
    monkeypatch.setenv("LUZHANG_DATABASE_URL", postgresql_server.url(name, databases.PROGRAM))
    alone = luzhang("verify", "--json")
    assert (alone.status, alone.object["error"]["code"]) == (2, "database.owner")

    monkeypatch.setenv("LUZHANG_OWNER_URL", postgresql_server.url(name))
    assert (luzhang("verify").status, luzhang("verify").err) == (0, "")

    monkeypatch.delenv("LUZHANG_OWNER_URL")
    program = open_engine(postgresql_server.url(name, databases.PROGRAM))
    populate(program)
    with program.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM enterprise")).scalar_one() > 0
    program.dispose()
    assert luzhang("verify").status == 0
    postgresql_server.drop(name)
