"""An identity platform that is down, lies or leads astray."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from sqlalchemy import Engine

from app.register.people.oidc import asking
from app.register.people.oidc.configured import is_sound
from tests.api.oidc_browsing import (
    ADDRESS,
    BEGIN,
    browser,
    came_back,
    who,
)
from tests.api.oidc_provider import Provider
from tests.people import PASSWORD

DISCOVERY = "/.well-known/openid-configuration"
JSON = {"Content-Type": "application/json"}


def huge() -> bytes:
    return b'{"issuer": "' + b"x" * (64 * 1024 * 1024) + b'"}'


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        (DISCOVERY, (500, {}, b"")),
        (DISCOVERY, (404, {}, b"")),
        (DISCOVERY, (200, JSON, b"<html>")),
        (DISCOVERY, (200, JSON, b"[]")),
        (DISCOVERY, (200, JSON, b"[" * 100_000)),
        (DISCOVERY, (200, JSON, b"{}")),
        (DISCOVERY, (200, JSON, b"")),
        (DISCOVERY, (200, JSON, b"\xff\xfe")),
        (DISCOVERY, (302, {"Location": "http://127.0.0.1:1/elsewhere"}, b"")),
        (DISCOVERY, (200, JSON | {"Content-Encoding": "gzip"}, gzip.compress(b" " * 50_000_000))),
        ("/keys", (500, {}, b"")),
        ("/keys", (200, JSON, b'{"keys": {}}')),
        ("/keys", (200, JSON, b"[]")),
    ],
    ids=lambda one: str(one)[:40],
)
def test_a_platform_that_says_nothing_usable_is_told_as_unavailable(
    linked: Engine, provider: Provider, path: str, instead: tuple[int, dict[str, str], bytes]
) -> None:
    provider.instead = {path: instead}

    said = browser(linked).get(BEGIN)

    assert (said.status_code, "统一身份认证平台暂时连不上" in said.text) == (503, True), said.text


def test_a_huge_answer_is_not_read_to_its_end(linked: Engine, provider: Provider) -> None:
    provider.instead = {DISCOVERY: (200, JSON, huge())}

    assert browser(linked).get(BEGIN).status_code == 503


def test_an_answer_that_never_ends_is_given_up(
    linked: Engine, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "WHOLE", -1.0)

    assert browser(linked).get(BEGIN).status_code == 503


def test_a_platform_that_is_down_is_told_as_unavailable(linked: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUZHANG_OIDC_ISSUER", "http://127.0.0.1:9")

    assert browser(linked).get(BEGIN).status_code == 503


def test_passwords_go_on_while_the_platform_is_down(linked: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUZHANG_OIDC_ISSUER", "http://127.0.0.1:9")
    client = browser(linked)

    said = client.post("/api/v1/sign-in", json={"name": "officer", "password": PASSWORD}, headers={"origin": ADDRESS})

    assert said.status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"token_endpoint": "http://10.0.0.1/token"},
        {"token_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": ["x"]},
        {"code_challenge_methods_supported": ["plain"]},
    ],
    ids=str,
)
def test_a_description_that_leads_astray_is_not_followed(
    linked: Engine, provider: Provider, said: dict[str, Any]
) -> None:
    provider.discovery = said

    assert browser(linked).get(BEGIN).status_code == 503


@pytest.mark.parametrize(
    "instead",
    [
        (200, JSON, b"{}"),
        (200, JSON, b'{"id_token": 7, "access_token": []}'),
        (200, JSON, b'{"id_token": "a.b.c", "access_token": "x", "expires_in": "soon"}'),
        (200, JSON, b'{"id_token": "....", "access_token": "x"}'),
        (200, JSON, b'["id_token"]'),
        (400, JSON, b'{"error": "invalid_grant"}'),
        (400, JSON, b'{"error": {"a": 1}}'),
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
        (500, {}, b""),
        (200, JSON, b'{"id_token": "' + b"x" * 300_000 + b'"}'),
    ],
    ids=lambda one: str(one)[:60],
)
def test_a_code_for_which_there_is_no_token_signs_nobody_in(
    linked: Engine, provider: Provider, instead: tuple[int, dict[str, str], bytes]
) -> None:
    provider.instead = {"/token": instead}
    client = browser(linked)

    said = came_back(client)

    assert said.status_code in (401, 503), said.text
    assert who(client) is None


@pytest.mark.parametrize(
    ("address", "sound"),
    [
        ("https://id.example.gov.cn/realms/x", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost:8080/x", True),
        ("http://[::1]:8080/x", True),
        ("http://id.example.gov.cn", False),
        ("http://127.0.0.1.evil.example", False),
        ("https://user@id.example", False),
        ("https://", False),
        ("https://id.example:port/", False),
        ("https://[/", False),
        ("https://id.example/#x", False),
        ("https://id.example/ x", False),
        ("ftp://id.example", False),
        ("", False),
        (None, False),
    ],
)
def test_an_address_is_asked_by_https_or_on_this_machine(address: object, sound: bool) -> None:
    assert is_sound(address) is sound
