"""Every operation, asked by every role from an account that has signed in: on SQLite, and on PostgreSQL's own walls.

`./run bench scope` asks all the cases, at every level at which a role is given.
"""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.matrix.askers import Asker, askers
from tests.matrix.asking import Register, ask_once
from tests.matrix.cases import operations
from tests.matrix.planting import named

#: Each role once, where it is given lowest.
ROLES = list({one.role: one for one in reversed(askers())}.values())


@pytest.mark.parametrize("asker", ROLES, ids=named)
def test_nothing_of_another_place_shows_to_whoever_signed_in(planted_sqlite: Register, asker: Asker) -> None:
    found = ask_once(planted_sqlite, asker, named(asker))

    assert found.faults == []
    assert found.cases == len(operations(planted_sqlite.app))


@pytest.mark.parametrize("asker", ROLES, ids=named)
def test_nothing_of_another_place_shows_behind_the_walls_of_postgresql(
    planted_postgresql: Register, asker: Asker
) -> None:
    found = ask_once(planted_postgresql, asker, named(asker))

    assert found.faults == []
    assert found.cases == len(operations(planted_postgresql.app))


def test_on_postgresql_whoever_asks_owns_no_table(planted_postgresql: Register) -> None:
    with planted_postgresql.engine.connect() as connection:
        owned = connection.execute(text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")).scalar()
        walled = connection.execute(text("SELECT count(*) FROM pg_class WHERE relforcerowsecurity")).scalar()

    assert owned == 0
    assert walled
