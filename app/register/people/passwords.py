"""Passwords: kept as Argon2id, compared at the same cost whether there is one or not, refused with what is missing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.errors import BadInput
from app.register.people import password_profiles
from app.settings import Settings

#: Longer ones are refused before they cost anything.
LONGEST = 128

#: How many former passwords are not taken again.
REMEMBERED = 5

#: Neither 0 and O nor 1, l and I: a one-time password is read from a slip of paper.
_UPPER, _LOWER, _DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"

_HASHER = PasswordHash((Argon2Hasher(),))


def kept(password: str) -> str:
    """The text that is kept of a password."""
    return _HASHER.hash(password)


def is_it(password: str, kept_text: str | None) -> bool:
    """Whether it is the password; where none is kept it takes the same time, and is not."""
    other = _nobodys()
    return _HASHER.verify(password, kept_text or other) and kept_text is not None


def one_time() -> str:
    """A password to be handed over once: three kinds of characters, about 90 bits."""
    while True:
        drawn = "".join(secrets.choice(_UPPER + _LOWER + _DIGITS) for _ in range(16))
        if all(any(one in kind for one in drawn) for kind in (_UPPER, _LOWER, _DIGITS)):
            return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def refuse_weak(password: str, name: str, former: Sequence[str]) -> None:
    """Refuse a password with everything that its profile finds wrong. `former`: kept texts, the newest first.

    Raises:
        BadInput: when there is anything.
    """
    wrong = faults(password, name, former)
    if wrong:
        raise BadInput("新口令不合要求：" + "；".join(wrong), fix="请换一个口令", code="password.weak")


def faults(password: str, name: str, former: Sequence[str]) -> tuple[str, ...]:
    """What is wrong with a password, by the profile in force."""
    if len(password) > LONGEST:
        return (f"不能超过 {LONGEST} 个字符",)
    return password_profiles.faults(
        profile(), password, name, lambda most: any(is_it(password, one) for one in former[:most])
    )


def is_expired(set_at: datetime | None) -> bool:
    """Whether the profile in force wants another password by now."""
    return set_at is not None and password_profiles.expired(profile(), set_at)


def profile() -> str:
    """The name of the profile in force."""
    return Settings().password_profile


@cache
def _nobodys() -> str:
    return kept(secrets.token_urlsafe(32))
