"""Every operation, asked many ways by each role from an account that has signed in: the answer is as it is described.

`./run bench contract` goes through all of schemathesis's phases and checks, over a planted register.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import Engine, create_engine

from app.api.cookies import COOKIE
from app.main import create
from app.register.people.roles import roles
from app.store.engine import open_engine
from tests.api.conftest import COUNTY, ROSTERS, client_of, roster_bytes, send
from tests.people import cheaply
from tests.signed_in import ORIGIN, Browser, Post, hired, sign_in

pytestmark = pytest.mark.contract

#: Its register is given when the tests run; which operations there are is known before.
APP = create(create_engine("sqlite://"))

EXAMPLES = 2

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

schema = schemathesis.openapi.from_asgi("/openapi.json", APP, headers={"host": "127.0.0.1"})


@pytest.fixture(scope="module")
def staff(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Browser]]:
    """Somebody of each role, signed in, in a register with two townships' rosters."""
    folder = tmp_path_factory.mktemp("contract")
    shutil.copy(prepared, folder)
    engine: Engine = open_engine(f"sqlite:///{folder / 'luzhang.db'}")
    before = client_of(engine)
    for township, firms in ROSTERS.items():
        assert send(before, roster_bytes(township, firms), f"{township}.xlsx").status_code == 200
    posts = [Post(name, name, "431127105" if "township" in role.levels else COUNTY) for name, role in roles().items()]
    with cheaply():
        people = hired(APP, engine, TestClient(APP, base_url="http://127.0.0.1:8000"), posts)
        yield {post.name: people[post.name] for post in posts}
    engine.dispose()


def in_turn(case: schemathesis.Case, names: list[str]) -> list[str]:
    """Two roles for an operation, always the same; another's next to it."""
    first = crc32(f"{case.method} {case.path}".encode()) % len(names)
    return [names[first], names[(first + 3) % len(names)]]


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_each_role_as_it_is_described(case: schemathesis.Case, staff: dict[str, Browser]) -> None:
    for name in in_turn(case, list(staff)):
        browser = staff[name]
        said = case.call(headers={"host": "127.0.0.1:8000", **ORIGIN, "cookie": f"{COOKIE}={browser.cookie}"})
        if case.path == "/api/v1/sign-out":
            browser.cookie = sign_in(browser.client, name).cookie

        case.validate_response(said, checks=CHECKS)
