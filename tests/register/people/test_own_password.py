"""A password of one's own: changed by who knows the old one, or by a one-time token, and then everybody else is out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from app import clock
from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import BadInput, LuzhangError, SignInRefused
from app.register.people import managing, one_time_tokens, own_password, passwords, sessions
from app.register.people.accounts import rights_of
from app.register.people.one_time_tokens import TokenRefused
from app.register.people.rights import Right
from app.register.people.sign_in import sign_in
from app.store.engine import reading, unit
from tests.people import ADDRESS, PASSWORD, hire

OTHER = "Xin-kou Ling 2025 Dong"
START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


def stands(engine: Engine, token: str) -> bool:
    with reading(engine) as session:
        return sessions.standing(session, token) is not None


def test_a_new_password_ends_every_other_sign_in_and_gives_a_new_token(engine: Engine) -> None:
    me = Actor("王", account=hire(engine, "wang"), origin=ADDRESS)
    before = [sign_in(engine, "wang", PASSWORD, None, ADDRESS).token for _ in range(2)]

    after = own_password.change(engine, me, PASSWORD, OTHER).token

    assert [stands(engine, token) for token in (*before, after)] == [False, False, True]
    assert sign_in(engine, "wang", OTHER, None, ADDRESS)
    with pytest.raises(SignInRefused):
        sign_in(engine, "wang", PASSWORD, None, ADDRESS)


def test_the_old_password_is_asked_and_wrong_ones_lock(engine: Engine) -> None:
    me = Actor("王", account=hire(engine, "wang"), origin=ADDRESS)

    for _ in range(5):
        with pytest.raises(SignInRefused):
            own_password.change(engine, me, "wrong", OTHER)
    with pytest.raises(SignInRefused):
        own_password.change(engine, me, PASSWORD, OTHER)


@pytest.mark.parametrize("new", ["", "short", PASSWORD, "x" * 129])
def test_a_password_that_will_not_do_is_refused_with_why(engine: Engine, new: str) -> None:
    me = Actor("王", account=hire(engine, "wang"), origin=ADDRESS)

    with pytest.raises(BadInput, match="新口令不合要求") as refused:
        own_password.change(engine, me, PASSWORD, new)
    assert refused.value.code == "password.weak"
    assert sign_in(engine, "wang", PASSWORD, None, ADDRESS)


def test_a_one_time_password_must_be_changed_and_then_need_not(engine: Engine) -> None:
    me = Actor("王", account=hire(engine, "wang"), origin=ADDRESS)
    with unit(engine) as session:
        _, told = managing.give_password(session, LOCAL_OPERATOR, "wang")

    assert sign_in(engine, "wang", told, None, ADDRESS).must_change
    assert not own_password.change(engine, me, told, OTHER).must_change
    assert not sign_in(engine, "wang", OTHER, None, ADDRESS).must_change


def test_one_time_passwords_differ_and_are_of_three_kinds() -> None:
    drawn = {passwords.one_time() for _ in range(200)}

    assert len(drawn) == 200
    for one in drawn:
        assert any(sign.isupper() for sign in one)
        assert any(sign.islower() for sign in one)
        assert any(sign.isdigit() for sign in one)


def first(engine: Engine) -> str:
    with unit(engine) as session:
        found = one_time_tokens.first_token(session)
    assert found is not None
    return found[0]


def test_the_first_administrator_comes_by_a_token_used_once(engine: Engine) -> None:
    token = first(engine)

    begun = one_time_tokens.make_first(engine, token, "boss", "赵主任", PASSWORD, ADDRESS)

    assert (begun.must_change, stands(engine, begun.token)) == (False, True)
    with reading(engine) as session:
        assert rights_of(session, begun.account) == (Right("administrator", "all"),)
    with pytest.raises(TokenRefused):
        one_time_tokens.make_first(engine, token, "thief", "某", PASSWORD, ADDRESS)
    with unit(engine) as session:
        assert one_time_tokens.first_token(session) is None


def test_a_token_is_over_after_a_day_and_when_another_is_made(engine: Engine) -> None:
    with clock.fixed(START):
        older, newer = first(engine), first(engine)
        with pytest.raises(TokenRefused):
            one_time_tokens.make_first(engine, older, "boss", "赵主任", PASSWORD, ADDRESS)
    with clock.fixed(START + timedelta(days=1)), pytest.raises(TokenRefused):
        one_time_tokens.make_first(engine, newer, "boss", "赵主任", PASSWORD, ADDRESS)


def test_a_token_that_was_kept_is_no_good_once_there_are_accounts(engine: Engine) -> None:
    token = first(engine)
    hire(engine, "wang")

    for one in (token, "", "x"):
        with pytest.raises(TokenRefused):
            one_time_tokens.make_first(engine, one, "thief", "某", PASSWORD, ADDRESS)


def test_a_first_administrator_with_a_weak_password_may_try_again(engine: Engine) -> None:
    token = first(engine)

    with pytest.raises(BadInput):
        one_time_tokens.make_first(engine, token, "boss", "赵主任", "short", ADDRESS)
    assert one_time_tokens.make_first(engine, token, "boss", "赵主任", PASSWORD, ADDRESS)


def test_a_lost_administrator_is_rescued_by_a_token_used_once(engine: Engine) -> None:
    hire(engine, "boss", ("administrator", "all"))
    hire(engine, "wang")
    before = sign_in(engine, "boss", PASSWORD, None, ADDRESS).token
    with unit(engine) as session:
        _, token, _ = one_time_tokens.rescue_token(session, "boss")

    begun = one_time_tokens.rescue(engine, token, OTHER, ADDRESS)

    assert (begun.name, stands(engine, begun.token), stands(engine, before)) == ("boss", True, False)
    assert sign_in(engine, "boss", OTHER, None, ADDRESS)
    with pytest.raises(TokenRefused):
        one_time_tokens.rescue(engine, token, PASSWORD, ADDRESS)


def test_a_token_for_one_thing_does_no_other(engine: Engine) -> None:
    with clock.fixed(START):
        token = first(engine)
        with pytest.raises(TokenRefused):
            one_time_tokens.rescue(engine, token, OTHER, ADDRESS)
        hire(engine, "boss", ("administrator", "all"))
        with unit(engine) as session:
            _, token, _ = one_time_tokens.rescue_token(session, "boss")
        with pytest.raises(TokenRefused):
            one_time_tokens.make_first(engine, token, "thief", "某", PASSWORD, ADDRESS)


def test_whoever_sits_at_the_machine_has_no_password_to_change(engine: Engine) -> None:
    with pytest.raises(LuzhangError, match="本机操作员"):
        own_password.change(engine, LOCAL_OPERATOR, "", OTHER)
