"""A planted register on SQLite, put back as it was whenever something was written, and one on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.matrix.asking import Register
from tests.matrix.planting import on_postgresql, on_sqlite


@pytest.fixture(scope="session")
def planted_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The register on SQLite."""
    with on_sqlite(sqlite_template, tmp_path_factory.mktemp("matrix")) as register:
        yield register


@pytest.fixture(scope="session")
def planted_postgresql(postgresql_server: databases.Server, postgresql_template: str) -> Iterator[Register]:
    """The register on PostgreSQL, whose tables are walled by county."""
    with on_postgresql(postgresql_server, postgresql_template) as register:
        yield register
