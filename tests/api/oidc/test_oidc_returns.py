"""The way to the identity platform and back: what a browser brings is its own, and leads to no other place."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app import clock
from tests.api.oidc_browsing import (
    BEGIN,
    browser,
    came_back,
    left,
    secret_at,
    tell,
    who,
)
from tests.api.oidc_provider import Provider


def test_a_state_that_was_not_given_here_is_not_taken(linked: Engine) -> None:
    client = browser(linked)
    address = left(client)

    said = client.get(re.sub("state=[^&]+", "state=another", address))

    assert (said.status_code, who(client)) == (401, None)
    # What was kept was good for one return.
    assert client.get(address).status_code == 401


def test_another_browser_cannot_take_the_return(linked: Engine) -> None:
    address = left(browser(linked))
    victim = browser(linked)

    assert victim.get(address).status_code == 401
    victim.get(BEGIN)
    assert victim.get(address).status_code == 401
    assert who(victim) is None


def test_a_code_is_taken_once(linked: Engine) -> None:
    client = browser(linked)
    address = left(client)
    kept = client.cookies["luzhang_oidc"]
    assert client.get(address).status_code == 200

    thief = browser(linked)
    thief.cookies.set("luzhang_oidc", kept)
    again = client.get(address)

    assert (thief.get(address).status_code, again.status_code) == (401, 401)
    assert who(thief) is None


def test_what_was_kept_is_over_after_ten_minutes(linked: Engine) -> None:
    client = browser(linked)
    address = left(client)

    with clock.fixed(datetime.now(UTC) + timedelta(minutes=10, seconds=1)):
        said = client.get(address)

    assert said.status_code == 401


def test_what_was_kept_to_tell_a_code_is_over_after_five_minutes(linked: Engine) -> None:
    before = datetime.now(UTC) - timedelta(minutes=5)
    with clock.fixed(before):
        totp = pyotp.TOTP(secret_at(linked, before))
    client = browser(linked)
    came_back(client)

    with clock.fixed(later := datetime.now(UTC) + timedelta(minutes=5, seconds=1)):
        said = tell(client, totp.at(later))

    assert (said.status_code, who(client)) == (401, None)


@pytest.mark.parametrize("altered", ["", "x", "AAAA", "é", "luzhang", "A" * 5000])
def test_what_was_kept_cannot_be_made_up(linked: Engine, altered: str) -> None:
    client = browser(linked)
    address = left(client)

    said = client.get(address, headers={"cookie": f"luzhang_oidc={altered}".encode()})

    assert said.status_code == 401


def test_a_refusal_of_the_platform_is_told_as_such(linked: Engine) -> None:
    client = browser(linked)
    state = parse_qs(urlsplit(left(client)).query)["state"][0]

    said = client.get(f"{BEGIN}/back", params={"state": state, "error": "<script>alert(1)</script>"})

    assert (said.status_code, "<script>" in said.text) == (401, False)


def test_a_parameter_that_stands_twice_is_not_taken(linked: Engine) -> None:
    client = browser(linked)

    assert client.get(f"{left(client)}&code=another").status_code == 401


def test_an_answer_of_another_issuer_is_not_taken(linked: Engine, provider: Provider) -> None:
    client = browser(linked)

    assert client.get(f"{left(client)}&iss=https%3A%2F%2Fevil.example").status_code == 401


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        " /",
        "/api/v1/sign-in/oidc",
        "/" + "x" * 600,
    ],
)
def test_whoever_signed_in_is_led_to_no_other_place(linked: Engine, onward: str) -> None:
    said = browser(linked).get(BEGIN, params={"next": onward})

    assert said.status_code == 422
    assert "location" not in said.headers


@pytest.mark.parametrize(
    "onward", ["/", "/firms?q=甲&as_of=2024-01-01#/x", '/"><script>alert(1)</script>', "/'onload='x", "/a;url=//evil"]
)
def test_an_own_page_stays_what_it_is(linked: Engine, onward: str) -> None:
    said = came_back(browser(linked), onward)

    (led,) = re.findall(r'<meta http-equiv="refresh" content="0;url=([^"]*)">', said.text)
    assert unescape(led).startswith("/")
    assert not unescape(led).startswith("//")
    assert "<script>" not in said.text
    assert unescape(led).isascii()


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=40) | st.builds("/{}".format, st.text("/\\.:@?#% \t\r\nabc", max_size=20)))
def test_whatever_is_asked_for_leads_to_this_server_or_nowhere(text: str) -> None:
    from app.api.oidc import own_path
    from app.errors import BadInput

    try:
        led = own_path(text)
    except BadInput:
        return
    assert led.startswith("/")
    assert urlsplit(f"https://here.example{led}").netloc == "here.example"
    assert not led.startswith(("//", "/\\"))
    assert not re.search(r"[\s\"'<>\\]", led)
