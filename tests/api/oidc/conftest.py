"""An identity platform on this machine, and a register that is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.register.people.oidc.provider import Known
from tests.api.oidc_browsing import (
    application,
    link,
)
from tests.api.oidc_provider import CLIENT, SECRET, Provider, running
from tests.people import cheaply, hire


@pytest.fixture(scope="module")
def served() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(served: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Provider:
    """A platform that behaves, and a register that is told of it."""
    served.__init__(served.issuer)  # type: ignore[misc]
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", encoding="ascii")
    told = {"ISSUER": served.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET_FILE": str(secret), "NAME": "县统一认证"}
    for name, value in told.items():
        monkeypatch.setenv(f"LUZHANG_OIDC_{name}", value)
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "home"))
    application().state.identity_platform = Known()
    return served


@pytest.fixture
def staffed(empty: Engine) -> Iterator[Engine]:
    """A register with an administrator and an officer, for whom an identity is linked in the tests."""
    with cheaply():
        hire(empty, "boss", ("administrator", "all"), office="all")
        hire(empty, "officer", ("county_officer", "431127"))
        yield empty


@pytest.fixture
def linked(staffed: Engine, provider: Provider) -> Engine:
    """The same, the officer's account opened for the person of the platform."""
    link(staffed, "officer", subject=provider.person["sub"])
    return staffed
