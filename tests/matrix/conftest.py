"""A planted register on SQLite, put back as it was whenever something was written, and one on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.domain.actor import LOCAL_OPERATOR
from app.main import create
from app.store.engine import open_engine
from tests.matrix.asking import Register, file_restored
from tests.matrix.targets import targets_of
from tests.matrix.worlds import heads, planted

ADDRESS = "http://127.0.0.1:8000"
ORIGIN = {"origin": ADDRESS}


def planted_on(engine: Engine, client: TestClient) -> Register:
    """Plant a register."""
    app: Any = client.app
    app.state.actor_of = lambda *_: LOCAL_OPERATOR
    worlds = planted(engine, client)
    register = Register(engine, app, client, worlds, targets_of(worlds), lambda: None)
    register.heads = heads(engine)
    return register


@pytest.fixture(scope="session")
def planted_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The register on SQLite."""
    folder = tmp_path_factory.mktemp("matrix")
    shutil.copy(sqlite_template, folder / "luzhang.db")
    engine = open_engine(f"sqlite:///{folder / 'luzhang.db'}")
    with TestClient(create(engine), base_url=ADDRESS, headers=ORIGIN, raise_server_exceptions=False) as client:
        register = planted_on(engine, client)
        engine.dispose()
        kept = Path(shutil.copy(folder / "luzhang.db", folder / "kept.db"))
        register.restore = lambda: file_restored(register, kept)
        yield register
    engine.dispose()
