"""Tokens of an identity platform: the one that is right is taken, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app import clock
from app.register.people.oidc import id_token
from app.register.people.oidc.configured import Platform
from tests.api.oidc_browsing import (
    browser,
    came_back,
    left,
    refused,
    who,
)
from tests.api.oidc_provider import CLIENT, Provider, key, signed

#: Long over, and long to come, whenever the tests run.
PAST, FUTURE = 1_700_000_000, 4_102_444_800


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": ""},
        {"nonce": None},
        {"nonce": ["x"]},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"aud": []},
        {"aud": {CLIENT: 1}},
        {"azp": "another-client"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": PAST},
        {"exp": "9999999999"},
        {"exp": None},
        {"exp": True},
        {"exp": float("nan")},
        {"iat": FUTURE},
        {"nbf": FUTURE},
        {"sub": 7},
        {"sub": ""},
        {"sub": None},
        {"sub": ["8d1f-officer"]},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_a_token_that_says_anything_else_is_not_taken(
    linked: Engine, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims

    refused(linked)


@pytest.mark.parametrize("missing", ["iss", "aud", "exp", "iat", "nonce", "sub"])
def test_a_token_that_leaves_something_out_is_not_taken(linked: Engine, provider: Provider, missing: str) -> None:
    provider.without = (missing,)

    refused(linked)


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_a_signature_that_anybody_can_make_is_not_taken(linked: Engine, provider: Provider, alg: str) -> None:
    provider.alg = alg

    refused(linked)


@pytest.mark.parametrize(("alg", "kid"), [("RS512", "one"), ("PS256", "one"), ("ES256", "ec")])
def test_other_sound_signatures_are_taken(linked: Engine, provider: Provider, alg: str, kid: str) -> None:
    provider.alg, provider.signs, provider.publishes = alg, kid, ["one", "ec"]
    client = browser(linked)

    came_back(client)

    assert who(client) == "officer"


def test_a_key_that_the_platform_does_not_name_is_not_taken(linked: Engine, provider: Provider) -> None:
    provider.signs = "another"

    refused(linked)


def test_a_key_under_the_name_of_another_is_not_taken(linked: Engine, provider: Provider) -> None:
    now = int(clock.now().timestamp())
    client = browser(linked)
    address = left(client)
    (asked,) = provider.codes.values()
    claims = {"iss": provider.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
    head, body, _ = signed(claims | provider.person, "RS256", "one").split(".")
    provider.token_text = ".".join((head, body, signed(claims, "RS256", "two").split(".")[2]))

    assert client.get(address).status_code == 401


def test_a_key_that_was_changed_is_asked_for_anew(linked: Engine, provider: Provider) -> None:
    came_back(browser(linked))
    asked = provider.asked.count("/keys")
    provider.signs, provider.publishes = "two", ["two"]
    client = browser(linked)

    came_back(client)

    assert who(client) == "officer"
    assert (asked, provider.asked.count("/keys")) == (1, 2)


def test_a_token_of_one_sign_in_is_not_taken_at_another(linked: Engine, provider: Provider) -> None:
    client = browser(linked)
    address = left(client)
    (asked,) = provider.codes.values()
    provider.token_text = provider.id_token(asked["nonce"])
    assert client.get(address).status_code == 200

    refused(linked)


def test_a_wrong_secret_signs_nobody_in(
    linked: Engine, provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("wrong", encoding="ascii")
    monkeypatch.setenv("LUZHANG_OIDC_CLIENT_SECRET_FILE", str(wrong))

    refused(linked)


@pytest.mark.parametrize("way", ["client_secret_basic", "client_secret_post"])
def test_the_secret_is_told_as_the_platform_wants_it(linked: Engine, provider: Provider, way: str) -> None:
    provider.discovery = {"token_endpoint_auth_methods_supported": [way]}
    client = browser(linked)

    came_back(client)

    assert who(client) == "officer"


def platform_of(issuer: str) -> Platform:
    return Platform(issuer, CLIENT, None, "x", "sub", None)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_token_that_was_altered_anywhere_is_not_taken(data: st.DataObject) -> None:
    now = int(clock.now().timestamp())
    claims = {"iss": "https://id.example", "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": "n", "sub": "s"}

    text = signed(claims, "RS256", "one")
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8"))
    altered = text[:at] + other + text[at + data.draw(st.integers(0, 3)) :]
    told = id_token.told(text, [key("one")], platform_of("https://id.example"), "n")
    try:
        assert id_token.told(altered, [key("one")], platform_of("https://id.example"), "n") == told
    except id_token.Untrue:
        return
    # The last character of a base64 text holds bits that mean nothing.
    assert altered.rstrip("=")[:-1] == text[:-1]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NAMES = [
    "iss",
    "aud",
    "exp",
    "iat",
    "nbf",
    "nonce",
    "sub",
    "azp",
    "amr",
    "acr",
    "at_hash",
    "auth_time",
    "claims",
    "value",
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strange=st.dictionaries(st.sampled_from(NAMES), ANYTHING, min_size=1))
def test_whatever_a_token_says_it_is_taken_or_not_and_nothing_breaks(strange: dict[str, Any]) -> None:

    now = int(clock.now().timestamp())
    claims = {"iss": "https://id.example", "aud": CLIENT, "iat": now, "exp": now + 600, "nonce": "n", "sub": "s"}
    text = signed(claims | strange, "RS256", "one")
    try:
        id_token.told(text, [key("one")], platform_of("https://id.example"), "n", "x")
    except id_token.Untrue:
        return
    held = claims | strange
    assert (held["iss"], held["nonce"]) == ("https://id.example", "n")
    assert held["aud"] == CLIENT or CLIENT in held["aud"]
