"""Sign-ins and what administrators do are recorded, with whose they are; no password and no unknown name is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.domain.actor import Actor
from app.errors import SignInRefused
from app.register.people import managing, own_password
from app.register.people.sign_in import sign_in, sign_out
from app.store.acting import acting
from app.store.audit import AuditRecord
from app.store.engine import reading, unit
from tests.people import ADDRESS, PASSWORD, hire

OTHER = "Xin-kou Ling 2025 Dong"


def recorded(engine: Engine, act: str) -> list[Any]:
    """What is recorded of an act, in order."""
    with reading(engine) as session:
        return list(session.scalars(select(AuditRecord).where(AuditRecord.act == act).order_by(AuditRecord.number)))


def everything(engine: Engine) -> str:
    """All that is recorded, as text."""
    with reading(engine) as session:
        rows = session.scalars(select(AuditRecord)).all()
    return str([[getattr(row, column.name) for column in AuditRecord.__table__.columns] for row in rows])


def test_a_sign_in_and_its_end_stand_in_the_countys_own_chain(engine: Engine) -> None:
    account = hire(engine, "wang", ("county_officer", "431127"))

    token = sign_in(engine, "wang", PASSWORD, None, ADDRESS).token
    with unit(engine) as session:
        sign_out(session, token)

    (begun,), (ended,) = recorded(engine, "sign_in"), recorded(engine, "sign_out")
    assert (begun.county, begun.account, begun.origin, begun.result) == ("431127", account, ADDRESS, "done")
    assert (ended.county, ended.subject) == ("431127", "wang")


def test_wrong_ones_and_the_lock_are_recorded(engine: Engine) -> None:
    hire(engine, "wang", ("county_officer", "431127"))

    for _ in range(6):
        with pytest.raises(SignInRefused):
            sign_in(engine, "wang", "wrong", None, ADDRESS)

    assert [(one.result, one.code) for one in recorded(engine, "sign_in")] == [("failed", "sign_in.refused")] * 6
    assert len(recorded(engine, "sign_in.lock")) == 1


def test_a_name_that_nobody_has_is_not_recorded_it_may_be_a_password(engine: Engine) -> None:
    hire(engine, "wang")

    with pytest.raises(SignInRefused):
        sign_in(engine, PASSWORD, PASSWORD, None, ADDRESS)

    (one,) = recorded(engine, "sign_in")
    assert (one.county, one.subject, one.origin, one.account) == ("000000", "—", ADDRESS, None)


def test_what_an_administrator_does_is_recorded_as_theirs_with_before_and_after(engine: Engine) -> None:
    boss = Actor("赵主任", account=hire(engine, "boss", ("administrator", "all")), origin=ADDRESS)
    hire(engine, "wang", ("county_officer", "431127"))

    with unit(acting(engine, boss)) as session:
        managing.disable(session, boss, "wang")

    (one,) = recorded(engine, "people.disable")
    assert (one.county, one.actor, one.account, one.origin, one.subject) == (
        "431127",
        "赵主任",
        boss.account,
        ADDRESS,
        "wang",
    )
    assert ("active" in one.before, "disabled" in one.after) == (True, True)


def test_no_password_is_ever_recorded(engine: Engine) -> None:
    me = Actor("王", account=hire(engine, "wang", ("county_officer", "431127")), origin=ADDRESS)
    own_password.change(engine, me, PASSWORD, OTHER)
    with unit(engine) as session:
        _, told = managing.give_password(session, Actor("本机"), "wang")
    sign_in(engine, "wang", told, None, ADDRESS)

    said = everything(engine)

    assert [secret for secret in (PASSWORD, OTHER, told, "$argon2") if secret in said] == []
