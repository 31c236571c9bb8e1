"""Passwords by the paper in force: level 2 of GB/T 22239, or ASVS."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest
from sqlalchemy import Engine

from app import clock
from app.domain.actor import Actor
from app.errors import BadInput, LuzhangError
from app.register.people import own_password, password_profiles, passwords
from app.register.people.password_profiles import faults, is_common
from app.register.people.sign_in import sign_in
from tests.people import ADDRESS, PASSWORD, hire

LEVEL_2, ASVS = "gbt22239-2", "asvs"
START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


def never(_: int) -> bool:
    return False


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("Ab1defgh", ()),
        ("Ab1-efg", ("至少要 8 个字符",)),
        ("abcdefgh", ("3 种",)),
        ("abcdefg1", ("3 种",)),
        ("abcdef1-", ()),
        ("炉账 Ab12 好", ()),
        ("Wanghai-2024", ("账号",)),
        ("iaHgnaw-2024", ("账号",)),
        ("", ("至少要", "3 种")),
    ],
)
def test_level_2_wants_eight_characters_of_three_kinds_without_the_name(password: str, wrong: tuple[str, ...]) -> None:
    found = faults(LEVEL_2, password, "wanghai", never)

    assert len(found) == len(wrong)
    assert all(part in said for part, said in zip(wrong, found, strict=True))


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("correct horse battery staple", ()),
        ("心口令要记得住又不容易被猜到", ()),
        ("mxkqzwjyhgbt", ()),
        ("mxkqzwjyhgb", ("至少要 12 个字符",)),
        ("x7" * 6 + "a" * 116, ()),
        ("Passw0rd@2024!", ("太常见",)),
        ("luzhang-Lanshan-2024", ("太常见",)),
        ("1qaz@WSX3edc", ("太常见",)),
        ("炉账管理员蓝山县123456", ("太常见",)),
        ("888888888888", ("太常见",)),
        ("!!!!!!!!!!!!", ("太常见",)),
        ("#%^&*()_+|}{", ()),
        ("my name is WANGHAI", ("账号",)),
    ],
)
def test_asvs_wants_twelve_characters_of_any_kind_that_nobody_thinks_of(password: str, wrong: tuple[str, ...]) -> None:
    found = faults(ASVS, password, "wanghai", never)

    assert len(found) == len(wrong), found
    assert all(part in said for part, said in zip(wrong, found, strict=True))


def test_far_more_than_a_thousand_are_common() -> None:
    words = password_profiles._told()["common"]["words"]
    tails = ["123456", "888888", "2024", "2025", "123", "@123", "!@#", "666", "abc123", "1314520", "2024!", "qwerty"]

    tried = {f"{word.title()}{tail}{more}" for word, tail, more in product(words, tails, tails)}

    assert len(tried) > 10_000
    assert [one for one in tried if not is_common(one)] == []


@pytest.mark.parametrize("text", ["aB1" * 42, "a" * 127 + "b", "admin" * 25 + "x", "12" * 60 + "zxq", "aab" * 42])
def test_no_password_takes_long_to_look_at(text: str) -> None:
    looked = 0
    original = password_profiles._is_piece

    def counting(piece: str) -> bool:
        nonlocal looked
        looked += 1
        return original(piece)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(password_profiles, "_is_piece", counting)
        is_common(text)
    assert looked <= 2 * 128 * 28


@pytest.mark.parametrize("profile", [LEVEL_2, ASVS])
def test_longer_than_128_characters_is_refused(profile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUZHANG_PASSWORD_PROFILE", profile)

    assert passwords.faults("mX7-" * 32, "wang", ()) == ()
    assert passwords.faults("mX7-" * 32 + "a", "wang", ()) == ("不能超过 128 个字符",)


def test_level_2_is_in_force_where_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUZHANG_PASSWORD_PROFILE", raising=False)

    assert password_profiles.profile(passwords.profile()).zh == "等保二级"


def test_a_profile_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUZHANG_PASSWORD_PROFILE", "none")

    with pytest.raises(LuzhangError, match="没有口令要求“none”"):
        passwords.refuse_weak("anything", "wang", ())


def test_the_last_five_are_not_taken_again_and_the_sixth_is(engine: Engine) -> None:
    with clock.fixed(START - timedelta(days=1)):
        me = Actor("王", account=hire(engine, "wang"), origin=ADDRESS)
    chosen = [PASSWORD, *(f"Xin-kou Ling {number}" for number in range(5))]
    for step, (old, new) in enumerate(pairwise(chosen)):
        with clock.fixed(START + timedelta(days=step)):
            own_password.change(engine, me, old, new)

    with pytest.raises(BadInput, match="最近用过的 5 个"):
        own_password.change(engine, me, chosen[-1], chosen[1])
    assert own_password.change(engine, me, chosen[-1], PASSWORD)


@pytest.mark.parametrize(("profile", "days", "must"), [("", 179, False), ("", 180, True), (ASVS, 4000, False)])
def test_after_180_days_level_2_wants_another_at_the_sign_in(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, profile: str, days: int, must: bool
) -> None:
    monkeypatch.setenv("LUZHANG_PASSWORD_PROFILE", profile)
    with clock.fixed(START):
        hire(engine, "wang")

    with clock.fixed(START + timedelta(days=days)):
        assert sign_in(engine, "wang", PASSWORD, None, ADDRESS).must_change is must


def test_every_profile_says_its_paper_and_is_told_in_chinese() -> None:
    profiles: Callable[[], dict[str, password_profiles.Profile]] = password_profiles._profiles

    assert [(one.zh, bool(one.paper)) for one in profiles().values()] == [("等保二级", True), ("ASVS", True)]
