"""Signing in by an identity platform, over real HTTP to one: who is let in, and who is not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import Engine

from app import clock
from app.domain.actor import LOCAL_OPERATOR
from app.register.people import managing, required_factors
from app.register.people.oidc import identities
from app.store.engine import unit
from tests.api.oidc_browsing import (
    ADDRESS,
    BEGIN,
    UNKNOWN,
    browser,
    came_back,
    left,
    link,
    records,
    refused,
    secret_at,
    tell,
    who,
)
from tests.api.oidc_provider import CLIENT, SECRET, Provider
from tests.people import PASSWORD, hire


def test_whoever_the_platform_names_is_signed_in(linked: Engine) -> None:
    client = browser(linked)

    said = came_back(client, "/firms?as_of=2024-01-01")

    assert said.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/firms?as_of=2024-01-01">' in said.text
    assert who(client) == "officer"
    given = [value.lower() for value in said.headers.get_list("set-cookie") if value.startswith("luzhang=")]
    assert len(given) == 1
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in given[0].split(";")}


def test_the_browser_is_sent_with_a_challenge_a_state_and_a_nonce(staffed: Engine, provider: Provider) -> None:
    said = browser(staffed).get(BEGIN)

    address = urlsplit(said.headers["location"])
    asked = {name: value for name, (value,) in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/authorize"
    assert asked["redirect_uri"] == f"{ADDRESS}{BEGIN}/back"
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
    assert "openid" in asked["scope"].split()
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert SECRET not in said.headers["location"]


def test_what_the_browser_keeps_is_sealed_short_lived_and_out_of_reach_of_scripts(
    staffed: Engine, provider: Provider
) -> None:
    said = browser(staffed).get(BEGIN)

    asked = {name: value for name, (value,) in parse_qs(urlsplit(said.headers["location"]).query).items()}
    cookie = said.headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")}
    assert cookie.startswith("luzhang_oidc=")
    assert {"httponly", "samesite=lax", "max-age=600", f"path={BEGIN}"} <= parts
    assert not any(asked[name] in cookie for name in ("state", "nonce"))


def test_no_account_is_made_by_signing_in(staffed: Engine, provider: Provider) -> None:
    refused(staffed, UNKNOWN)

    (one,) = records(staffed)
    assert (one.result, one.code, one.subject) == ("failed", "oidc.unknown", "—")
    assert provider.person["sub"] not in json.dumps(one.after)


def test_a_refused_identity_can_be_linked_by_the_digest_in_the_record(staffed: Engine, provider: Provider) -> None:
    refused(staffed, UNKNOWN)
    digest = json.loads(records(staffed)[0].after)["identity"]

    link(staffed, "officer", digest=digest)

    client = browser(staffed)
    came_back(client)
    assert who(client) == "officer"


def test_a_sign_in_is_recorded_with_the_digest_and_not_the_person(linked: Engine, provider: Provider) -> None:
    came_back(browser(linked))

    (one,) = records(linked)
    told = json.loads(one.after)
    assert (one.subject, one.result, one.actor) == ("officer", "done", "姓名officer")
    assert re.fullmatch("[0-9a-f]{64}", told["identity"])
    assert provider.person["sub"] not in json.dumps(told)


def test_another_claim_may_name_the_account(
    staffed: Engine, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUZHANG_OIDC_CLAIM", "preferred_username")
    link(staffed, "officer", subject="officer")
    client = browser(staffed)

    came_back(client)

    assert who(client) == "officer"


def test_a_name_that_equals_an_account_is_not_enough(
    staffed: Engine, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUZHANG_OIDC_CLAIM", "preferred_username")

    refused(staffed, UNKNOWN)


def disabled(engine: Engine) -> None:
    with unit(engine) as session:
        managing.disable(session, LOCAL_OPERATOR, "officer")


def locked(engine: Engine) -> None:
    client = browser(engine)
    for _ in range(5):
        client.post("/api/v1/sign-in", json={"name": "officer", "password": "wrong"}, headers={"origin": ADDRESS})


def unlinked(engine: Engine) -> None:
    with unit(engine) as session:
        (one,) = identities.identities(session, LOCAL_OPERATOR, "officer")
        identities.end(session, LOCAL_OPERATOR, "officer", one.id)


@pytest.mark.parametrize("made", [disabled, locked, unlinked])
def test_whoever_is_not_let_in_reads_the_same_words_as_somebody_unknown(
    linked: Engine, provider: Provider, made: Any
) -> None:
    made(linked)
    said = came_back(browser(linked))
    provider.person = {"sub": "nobody that we know"}
    other = came_back(browser(linked))

    assert (said.status_code, said.content) == (401, other.content)
    assert UNKNOWN in said.text


@pytest.mark.parametrize("made", [disabled, unlinked])
def test_a_sign_in_ends_with_the_account_and_with_the_link(linked: Engine, made: Any) -> None:
    client = browser(linked)
    came_back(client)
    assert who(client) == "officer"

    made(linked)

    assert who(client) is None


def test_a_one_time_password_that_was_never_used_hinders_nobody(staffed: Engine, provider: Provider) -> None:
    hire(staffed, "new", ("county_officer", "431127"), password=None)
    link(staffed, "new", subject=provider.person["sub"])
    client = browser(staffed)

    came_back(client)

    assert client.get("/api/v1/me").json()["must_change"] is False
    assert client.get("/api/v1/desk?county=431127").json().get("code") != "password.change_first"


def test_the_second_factor_is_asked_for_where_the_platform_did_not(linked: Engine) -> None:
    before = datetime.now(UTC) - timedelta(minutes=5)
    with clock.fixed(before):
        totp = pyotp.TOTP(secret_at(linked, before))
    client = browser(linked)

    asked = came_back(client, "/firms")

    assert (asked.status_code, 'name="code"' in asked.text, who(client)) == (401, True, None)
    wrong = tell(client, "000000")
    assert (wrong.status_code, "动态口令不对" in wrong.text, who(client)) == (401, True, None)
    said = tell(client, totp.now())
    assert (said.status_code, "url=/firms" in said.text, who(client)) == (200, True, "officer")


def test_wrong_codes_lock_the_account(linked: Engine) -> None:
    before = datetime.now(UTC) - timedelta(minutes=5)
    with clock.fixed(before):
        totp = pyotp.TOTP(secret_at(linked, before))
    client = browser(linked)
    came_back(client)
    for _ in range(5):
        tell(client, "000000")

    said = tell(client, totp.now())

    assert (said.status_code, UNKNOWN in said.text, who(client)) == (401, True, None)


def test_a_code_is_not_taken_from_another_sites_page(linked: Engine) -> None:
    client = browser(linked)

    assert tell(client, "000000", origin="http://evil.example").status_code == 403


def test_a_code_without_the_platforms_word_is_nothing(linked: Engine) -> None:
    client = browser(linked)
    client.get(BEGIN)

    said = tell(client, "123456")

    assert (said.status_code, "这次登录没有完成" in said.text, who(client)) == (401, True, None)


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        ({"amr": ["pwd", "otp"]}, True),
        ({"amr": ["mfa"]}, True),
        ({"acr": "phr"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["otp"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": "1"}, False),
    ],
)
def test_the_platforms_second_factor_stands_for_ours(
    linked: Engine, provider: Provider, told: dict[str, Any], enough: bool
) -> None:
    before = datetime.now(UTC) - timedelta(minutes=5)
    with clock.fixed(before):
        secret_at(linked, before)
    provider.claims = told
    client = browser(linked)

    came_back(client)

    assert who(client) == ("officer" if enough else None)


@pytest.mark.parametrize(("told", "code"), [({"amr": ["mfa"]}, None), ({}, "factor.set_up_first")])
def test_a_role_that_must_have_a_second_factor_has_the_platforms(
    linked: Engine, provider: Provider, told: dict[str, Any], code: str | None
) -> None:
    with unit(linked) as session:
        required_factors.require(session, LOCAL_OPERATOR, "county_officer", True)
    provider.claims = told
    client = browser(linked)
    came_back(client)

    assert client.get("/api/v1/desk?county=431127").json().get("code") == code


def test_ways_are_told(staffed: Engine, provider: Provider) -> None:
    said = browser(staffed).get("/api/v1/sign-in/ways").json()

    assert said == {"password": True, "oidc": {"name": "县统一认证", "address": BEGIN}}
    assert provider.asked == []


def test_without_a_platform_there_is_nothing_there(staffed: Engine) -> None:
    client = browser(staffed)
    unknown = client.get("/api/v1/no-such-thing")

    assert client.get("/api/v1/sign-in/ways").json() == {"password": True, "oidc": None}
    for path in (BEGIN, f"{BEGIN}?next=//x", f"{BEGIN}/back?state=x&code=y"):
        said = client.get(path)
        assert (said.status_code, said.content) == (404, unknown.content)
    assert tell(client, "1").content == unknown.content


def test_signing_out_offers_to_sign_out_of_the_platform_too(linked: Engine, provider: Provider) -> None:
    client = browser(linked)
    came_back(client)

    said = client.post("/api/v1/sign-out", headers={"origin": ADDRESS}).json()

    address = urlsplit(said["elsewhere"])
    assert said["signed_out"] is True
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{provider.issuer}/end"
    assert parse_qs(address.query) == {"client_id": [CLIENT], "post_logout_redirect_uri": [f"{ADDRESS}/"]}
    assert who(client) is None


def test_signing_out_of_a_password_offers_nothing(linked: Engine) -> None:
    client, ours = browser(linked), {"origin": ADDRESS}
    client.post("/api/v1/sign-in", json={"name": "officer", "password": PASSWORD}, headers=ours)

    assert client.post("/api/v1/sign-out", headers=ours).json() == {"signed_out": True}


def test_neither_secret_nor_person_nor_code_is_kept_or_told(linked: Engine, provider: Provider, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    client = browser(linked)
    address = left(client)
    code = parse_qs(urlsplit(address).query)["code"][0]
    said = client.get(address)

    with linked.connect() as connection:
        kept = "".join(connection.connection.iterdump())  # type: ignore[attr-defined]
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("app"))
    for secret in (SECRET, provider.person["sub"], code):
        assert secret not in kept
        assert secret not in ours
        assert secret not in said.text
