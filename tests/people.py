"""People to test with: accounts with passwords that cost nothing to compare."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine

from app.domain.actor import LOCAL_OPERATOR
from app.register.people import departments, managing, own_password, passwords
from app.register.people.accounts import account_of, make
from app.store.engine import unit

#: Good by every profile.
PASSWORD = "Lu-zhang Guo 2024 Qiu"

ADDRESS = "10.1.2.3"

CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))


@contextmanager
def cheaply() -> Iterator[None]:
    """Have passwords cost nothing; kept as in earnest, by Argon2id."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", CHEAP)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def cheap_passwords() -> Iterator[None]:
    """Have passwords cost nothing."""
    with cheaply():
        yield


def hire(
    engine: Engine, name: str, *rights: tuple[str, str], office: str = "431127", password: str | None = PASSWORD
) -> str:
    """An account with these rights and a password of its own; its id. Without a password, none is set."""
    with unit(engine) as session:
        department = departments.found_or_made(session, LOCAL_OPERATOR, office, "办公室")
        account = make(session, LOCAL_OPERATOR, name, f"姓名{name}", department)
        for role, division in rights:
            managing.grant(session, LOCAL_OPERATOR, account.id, role, division)
        if password is not None:
            own_password.take(session, account, passwords.kept(password))
        return account.id


def grant_id(engine: Engine, name: str) -> str:
    """The only right that an account has."""
    from app.register.people.accounts import grants_of

    with unit(engine) as session:
        (one,) = grants_of(session, account_of(session, name).id)
        return one.id
