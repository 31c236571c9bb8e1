"""Signing in: the right password is let in, five wrong ones lock the door, and nobody learns why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, func, select

from app import clock
from app.domain.actor import LOCAL_OPERATOR
from app.errors import SignInRefused
from app.register.people import managing, passwords, sessions
from app.register.people.accounts import account_of
from app.register.people.sign_in import sign_in
from app.store.engine import reading, unit
from app.store.models import SignedIn, SignInTry
from tests.people import ADDRESS, PASSWORD, hire

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    """A register with one clerk."""
    hire(engine, "wang", ("township_clerk", "431127105"))
    return engine


def refused(engine: Engine, name: str, password: str) -> SignInRefused:
    """What is said to a sign-in that must not be given."""
    with pytest.raises(SignInRefused) as told:
        sign_in(engine, name, password, None, ADDRESS)
    return told.value


def is_standing(engine: Engine, token: str) -> bool:
    with reading(engine) as session:
        return sessions.standing(session, token) is not None


def test_the_right_password_begins_a_sign_in(staffed: Engine) -> None:
    begun = sign_in(staffed, "wang", PASSWORD, None, ADDRESS)

    assert (begun.name, begun.must_change, is_standing(staffed, begun.token)) == ("wang", False, True)


@pytest.mark.parametrize("name", ["WANG", " wang ", "ｗａｎｇ"])
def test_a_name_is_the_same_however_it_is_typed(staffed: Engine, name: str) -> None:
    assert sign_in(staffed, name, PASSWORD, None, ADDRESS).name == "wang"


def test_a_token_is_long_and_kept_nowhere(staffed: Engine) -> None:
    token = sign_in(staffed, "wang", PASSWORD, None, ADDRESS).token

    assert len(token) >= 43  # 256 bits in base64
    with reading(staffed) as session:
        row = session.scalars(select(SignedIn)).one()
        assert token not in str([getattr(row, column.name) for column in SignedIn.__table__.columns])


def test_a_password_is_kept_as_argon2id(staffed: Engine) -> None:
    with reading(staffed) as session:
        assert (account_of(session, "wang").password or "").startswith("$argon2id$")


def disable(engine: Engine) -> None:
    with unit(engine) as session:
        managing.disable(session, LOCAL_OPERATOR, "wang")


def lock(engine: Engine) -> None:
    for _ in range(5):
        refused(engine, "wang", "wrong")


def leave(_: Engine) -> None:
    """Nothing is done to the account."""


@pytest.mark.parametrize(
    ("before", "name", "password"),
    [
        (leave, "nobody", PASSWORD),
        (leave, "wang", "wrong"),
        (leave, "", ""),
        (leave, "wang", ""),
        (disable, "wang", PASSWORD),
        (disable, "wang", "wrong"),
        (lock, "wang", PASSWORD),
        (lock, "nobody", PASSWORD),
    ],
)
def test_whatever_the_reason_the_words_are_the_same(
    staffed: Engine, before: Callable[[Engine], None], name: str, password: str
) -> None:
    with clock.fixed(START):
        before(staffed)
        said = refused(staffed, name, password)

    assert said.as_dict() == SignInRefused().as_dict()


@pytest.mark.parametrize("name", ["wang", "nobody"])
@pytest.mark.parametrize("before", [leave, disable, lock])
def test_whatever_the_reason_one_password_is_compared(
    staffed: Engine, monkeypatch: pytest.MonkeyPatch, before: Callable[[Engine], None], name: str
) -> None:
    with clock.fixed(START):
        before(staffed)
        compared: list[str] = []
        verify = passwords._HASHER.verify
        monkeypatch.setattr(passwords._HASHER, "verify", lambda told, kept: compared.append(told) or verify(told, kept))
        refused(staffed, name, "wrong")

    assert compared == ["wrong"]


def test_the_fifth_wrong_one_in_a_quarter_of_an_hour_locks_for_a_quarter_of_an_hour(staffed: Engine) -> None:
    for at in range(5):
        with clock.fixed(START + timedelta(minutes=at)):
            refused(staffed, "wang", "wrong")
    with clock.fixed(START + timedelta(minutes=18)):
        refused(staffed, "wang", PASSWORD)
    with clock.fixed(START + timedelta(minutes=19, seconds=1)):
        assert sign_in(staffed, "wang", PASSWORD, None, ADDRESS)


def test_four_wrong_ones_lock_nothing_and_a_right_one_forgets_them(staffed: Engine) -> None:
    for _ in range(3):
        with clock.fixed(START):
            for _ in range(4):
                refused(staffed, "wang", "wrong")
            assert sign_in(staffed, "wang", PASSWORD, None, ADDRESS)


def test_wrong_ones_long_ago_do_not_count(staffed: Engine) -> None:
    for at in range(12):
        with clock.fixed(START + timedelta(minutes=5 * at)):
            refused(staffed, "wang", "wrong")
    with clock.fixed(START + timedelta(minutes=61)):
        assert sign_in(staffed, "wang", PASSWORD, None, ADDRESS)


def test_tries_while_locked_do_not_lock_for_longer(staffed: Engine) -> None:
    with clock.fixed(START):
        lock(staffed)
    with clock.fixed(START + timedelta(minutes=14)):
        lock(staffed)
    with clock.fixed(START + timedelta(minutes=15, seconds=1)):
        assert sign_in(staffed, "wang", PASSWORD, None, ADDRESS)


def test_wrong_ones_at_once_are_all_counted(staffed: Engine) -> None:
    with clock.fixed(START):
        tries = [Thread(target=refused, args=(staffed, "wang", f"wrong {at}")) for at in range(5)]
        for one in tries:
            one.start()
        for one in tries:
            one.join()
        refused(staffed, "wang", PASSWORD)


def test_names_that_nobody_has_cannot_fill_the_disk(staffed: Engine) -> None:
    from app.register.people.sign_in import _unknown

    assert len({_unknown(f"nobody {at}") for at in range(60_000)}) <= 4096
    refused(staffed, "nobody", "wrong")
    refused(staffed, "nobody", "wrong")
    with reading(staffed) as session:
        assert session.scalar(select(func.count()).select_from(SignInTry)) == 1


def test_an_account_without_a_password_is_not_entered(engine: Engine) -> None:
    hire(engine, "li", password=None)

    for password in ("", "None", PASSWORD):
        refused(engine, "li", password)


def test_a_one_time_password_is_used_within_a_week_and_changed(staffed: Engine) -> None:
    with clock.fixed(START), unit(staffed) as session:
        _, password = managing.give_password(session, LOCAL_OPERATOR, "wang")
    refused_old = START + timedelta(minutes=1)
    with clock.fixed(refused_old):
        refused(staffed, "wang", PASSWORD)
        assert sign_in(staffed, "wang", password, None, ADDRESS).must_change
    with clock.fixed(START + timedelta(days=7)):
        refused(staffed, "wang", password)


def test_signing_in_anew_ends_the_sign_in_before_and_gives_another_token(staffed: Engine) -> None:
    first = sign_in(staffed, "wang", PASSWORD, None, ADDRESS).token
    second = sign_in(staffed, "wang", PASSWORD, None, ADDRESS, first).token

    assert first != second
    assert (is_standing(staffed, first), is_standing(staffed, second)) == (False, True)


def test_a_sign_in_ends_after_half_an_hour_without_a_request(staffed: Engine) -> None:
    with clock.fixed(START):
        token = sign_in(staffed, "wang", PASSWORD, None, ADDRESS).token
    for minutes, stands in ((29, True), (30, False)):
        with clock.fixed(START + timedelta(minutes=minutes)):
            assert is_standing(staffed, token) is stands


def test_a_sign_in_in_use_ends_after_twelve_hours(staffed: Engine) -> None:
    with clock.fixed(START):
        token = sign_in(staffed, "wang", PASSWORD, None, ADDRESS).token
    for minutes in range(20, 720, 20):
        with clock.fixed(START + timedelta(minutes=minutes)):
            with reading(staffed) as session:
                found = sessions.standing(session, token)
            assert found is not None
            sessions.note_seen(staffed, found[0])
    with clock.fixed(START + timedelta(hours=12)):
        assert not is_standing(staffed, token)


def test_that_somebody_is_there_is_not_waited_for_while_another_writes(staffed: Engine) -> None:
    with clock.fixed(START):
        sign_in(staffed, "wang", PASSWORD, None, ADDRESS)
    with reading(staffed) as session:
        found = session.scalars(select(SignedIn)).one()
    with unit(staffed) as writing:
        writing.scalars(select(SignedIn)).one().origin = "10.9.9.9"
        writing.flush()
        with clock.fixed(START + timedelta(minutes=5)):
            sessions.note_seen(staffed, found)
    with reading(staffed) as session:
        assert session.scalars(select(SignedIn)).one().seen_at == START
