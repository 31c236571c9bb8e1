"""What a password must be: profiles by the papers that say so, read from password_profiles.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app import clock
from app.errors import LuzhangError

_FILE = Path(__file__).with_name("password_profiles.yaml")

#: A name of fewer letters may well stand in a password by chance.
_LONG_NAME = 3

#: Of rows of keys at least so many one after another.
_RUN = 3

_CLASSES = (str.isupper, str.islower, str.isdigit)

#: A year, a digit, one character over and over.
_OTHER_PIECE = re.compile(r"(?:19|20)\d\d|\d|(.)\1", re.ASCII)

#: Of so few pieces, none of them longer, whatever everybody thinks of is made up.
_PIECES, _LONGEST_PIECE = 8, 28

#: Of signs alone, so few different ones.
_FEW = 3

#: What stands for a letter in what everybody thinks of.
_LETTERS = str.maketrans({"@": "a", "$": "s", "!": "i"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What a password must be; 0 is no such rule. `days`: then another one is wanted."""

    zh: str
    paper: str
    shortest: int
    classes: int
    days: int
    former: int
    common: bool


def profile(name: str) -> Profile:
    """The profile of that name; the first where none is told.

    Raises:
        LuzhangError: when there is none such.
    """
    found = _profiles()
    if name and name not in found:
        fix = f"请把 LUZHANG_PASSWORD_PROFILE 设为其中一个：{'、'.join(found)}"
        raise LuzhangError(f"没有口令要求“{name}”", fix=fix, code="password.profile")
    return found[name] if name else next(iter(found.values()))


def faults(name: str, password: str, account: str, is_former: Callable[[int], bool]) -> tuple[str, ...]:
    """What a profile finds wrong. `is_former`: whether it is one of the account's last so many."""
    of = profile(name)
    found = []
    if len(password) < of.shortest:
        found.append(f"至少要 {of.shortest} 个字符")
    if _kinds(password) < of.classes:
        found.append(f"大写字母、小写字母、数字、其他符号，至少要有 {of.classes} 种")
    if _holds(password, account):
        found.append("不能是账号，也不能含有账号")
    if of.common and is_common(password):
        found.append("太常见，容易被猜到")
    if of.former and is_former(of.former):
        found.append(f"不能用最近用过的 {of.former} 个口令")
    return tuple(found)


def expired(name: str, set_at: datetime) -> bool:
    """Whether a password set then has to be changed by now."""
    days = profile(name).days
    return bool(days) and clock.now() - set_at >= timedelta(days=days)


def is_common(password: str) -> bool:
    """Whether it is one that everybody thinks of: put together of common words, years, rows of keys."""
    folded = password.casefold()
    ways = [re.sub(r"[\W_]", "", way) for way in (folded, folded.translate(_LETTERS))]
    return any(map(_is_made_up, ways)) if any(ways) else len(set(folded)) <= _FEW


def _is_made_up(text: str) -> bool:
    """Whether a few common pieces one after another make it up; of each place in it, how few lead there."""
    short = re.sub(r"(.)\1{2,}", r"\1\1", text)
    few = [0]
    for end in range(1, len(short) + 1):
        starts = range(max(0, end - _LONGEST_PIECE), end)
        few.append(min(few[at] + 1 if _is_piece(short[at:end]) else _PIECES + 1 for at in starts))
    return few[-1] <= _PIECES


def _is_piece(text: str) -> bool:
    return text in _pieces() or bool(_OTHER_PIECE.fullmatch(text))


def _kinds(password: str) -> int:
    kinds = {next((at for at, is_of in enumerate(_CLASSES) if is_of(one)), len(_CLASSES)) for one in password}
    return len(kinds)


def _holds(password: str, account: str) -> bool:
    folded, name = password.casefold(), account.casefold()
    return folded == name or (len(name) >= _LONG_NAME and (name in folded or name[::-1] in folded))


@cache
def _pieces() -> frozenset[str]:
    told = _told()["common"]
    rows = [row for keys in told["keys"] for row in (keys, keys[::-1])]
    ends = ((row, at, end) for row in rows for at in range(len(row)) for end in range(at + _RUN, len(row) + 1))
    return frozenset([*told["words"], *(row[at:end] for row, at, end in ends)])


@cache
def _profiles() -> dict[str, Profile]:
    return {name: Profile(**one) for name, one in _told()["profiles"].items()}


@cache
def _told() -> Any:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))
