"""`luzhang factor …`, as a county's technician types it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from app.domain.actor import Actor
from app.register.people import factor_acts
from app.register.people.sign_in import sign_in
from app.store.engine import open_engine
from tests.people import ADDRESS, PASSWORD, cheaply, hire


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    with cheaply():
        yield


def test_whoever_lost_the_telephone_is_helped_at_the_machine(luzhang: Callable[..., Any], register: Path) -> None:
    assert luzhang("factor", "list").out.startswith("规定要用动态口令的角色：没有")
    engine = open_engine(f"sqlite:///{register}")
    me = Actor("赵", account=hire(engine, "boss", ("administrator", "all")), origin=ADDRESS)
    factor_acts.confirm(engine, me, pyotp.TOTP(factor_acts.begin(engine, me, PASSWORD).secret).now())

    assert luzhang("factor", "remove", "boss", "--json").object == {"account": "boss", "removed": True}
    assert sign_in(engine, "boss", PASSWORD, None, ADDRESS)
    assert luzhang("factor", "remove", "boss").status == 2
    engine.dispose()


@pytest.mark.usefixtures("register")
def test_a_role_is_asked_for_it_and_no_longer(luzhang: Callable[..., Any]) -> None:
    assert luzhang("factor", "require", "管理员", "--json").object == {"roles": ["administrator"]}
    assert "管理员（administrator）" in luzhang("factor", "list").out
    assert luzhang("factor", "require", "administrator", "--off", "--json").object == {"roles": []}
    assert luzhang("factor", "require", "nobody").status == 2
