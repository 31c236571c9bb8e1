"""Identities of an identity platform: linked by whoever manages the account, one account each, no person kept."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import BadInput, Decided, NoRight, UnknownPerson
from app.register.people import sessions, sign_in
from app.register.people.accounts import account_of
from app.register.people.oidc import identities
from app.store.engine import reading, unit
from app.store.models import AccountIdentity, AuditRecord
from tests.people import ADDRESS, hire

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture(autouse=True)
def _platform(monkeypatch: pytest.MonkeyPatch, cheap_passwords: None) -> None:
    monkeypatch.setenv("LUZHANG_OIDC_ISSUER", "https://id.example.gov.cn")
    monkeypatch.setenv("LUZHANG_OIDC_CLIENT_ID", "luzhang")


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    hire(engine, "boss", ("administrator", "all"), office="all")
    hire(engine, "admin", ("administrator", "431127"))
    hire(engine, "officer", ("county_officer", "431127"))
    hire(engine, "elsewhere", ("county_officer", "431126"), office="431126")
    return engine


def actor(engine: Engine, name: str) -> Actor:
    """Somebody as they manage people: the county's administrator their county, the whole one all."""
    with reading(engine) as session:
        account = account_of(session, name)
        counties = None if name == "boss" else frozenset(["431127"])
        return Actor(account.shown_name, counties, account=account.id, origin=ADDRESS)


def link(engine: Engine, who: Actor, name: str, **told: str) -> str:
    with unit(engine) as session:
        return identities.link(session, who, name, **told).id


def test_a_county_administrator_links_the_countys_people(staffed: Engine) -> None:
    link(staffed, actor(staffed, "admin"), "officer", digest=ONE)

    with reading(staffed) as session:
        found = identities.holder(session, ONE)
        assert found is not None
        assert found[1].name == "officer"


@pytest.mark.parametrize("name", ["elsewhere", "boss", "nobody"])
def test_others_are_not_there_to_be_linked(staffed: Engine, name: str) -> None:
    with pytest.raises(UnknownPerson):
        link(staffed, actor(staffed, "admin"), name, digest=ONE)


def test_nobody_links_their_own_account(staffed: Engine) -> None:
    with pytest.raises(NoRight):
        link(staffed, actor(staffed, "boss"), "boss", digest=ONE)


def test_an_identity_opens_one_account(staffed: Engine) -> None:
    link(staffed, LOCAL_OPERATOR, "officer", digest=ONE)

    with pytest.raises(Decided):
        link(staffed, LOCAL_OPERATOR, "admin", digest=ONE)


def test_an_account_may_be_opened_for_a_few(staffed: Engine) -> None:
    for digit in range(10):
        link(staffed, LOCAL_OPERATOR, "officer", digest=str(digit) * 64)

    with pytest.raises(BadInput):
        link(staffed, LOCAL_OPERATOR, "officer", digest="a" * 64)


@pytest.mark.parametrize(
    "told", [{}, {"subject": "x", "digest": ONE}, {"digest": "1"}, {"digest": "G" * 64}, {"subject": ""}]
)
def test_what_names_nobody_is_not_taken(staffed: Engine, told: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        link(staffed, LOCAL_OPERATOR, "officer", **told)


def test_a_subject_is_nothing_without_a_platform(staffed: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUZHANG_OIDC_ISSUER")

    with pytest.raises(BadInput, match="没有配置"):
        link(staffed, LOCAL_OPERATOR, "officer", subject="x")


def test_the_same_person_of_another_platform_is_another(staffed: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    link(staffed, LOCAL_OPERATOR, "officer", subject="zhang")
    monkeypatch.setenv("LUZHANG_OIDC_ISSUER", "https://other.example.gov.cn")
    link(staffed, LOCAL_OPERATOR, "officer", subject="zhang")
    monkeypatch.setenv("LUZHANG_OIDC_CLAIM", "preferred_username")
    link(staffed, LOCAL_OPERATOR, "officer", subject="zhang")

    with reading(staffed) as session:
        assert len(set(session.scalars(select(AccountIdentity.digest)))) == 3


def test_an_end_signs_out_and_lets_it_be_linked_anew(staffed: Engine) -> None:
    made = link(staffed, LOCAL_OPERATOR, "officer", digest=ONE)
    with unit(staffed) as session:
        account = account_of(session, "officer")
        begun, _ = sign_in.by_identity(session, account, sign_in.By(made, False, ONE), None, ADDRESS)
    assert begun is not None

    with unit(staffed) as session:
        identities.end(session, LOCAL_OPERATOR, "officer", made)

    with reading(staffed) as session:
        assert sessions.standing(session, begun.token) is None
        assert identities.holder(session, ONE) is None
    link(staffed, LOCAL_OPERATOR, "admin", digest=ONE)


def test_what_is_not_linked_cannot_be_ended(staffed: Engine) -> None:
    made = link(staffed, LOCAL_OPERATOR, "officer", digest=ONE)

    for name, which in (("officer", "another"), ("admin", made)):
        with pytest.raises(UnknownPerson), unit(staffed) as session:
            identities.end(session, LOCAL_OPERATOR, name, which)


def test_links_are_recorded_by_digest_alone(staffed: Engine) -> None:
    made = link(staffed, actor(staffed, "boss"), "officer", subject="zhangsan of the platform")
    with unit(staffed) as session:
        identities.end(session, LOCAL_OPERATOR, "officer", made)

    with reading(staffed) as session:
        found = [one for one in session.scalars(select(AuditRecord)) if one.act.startswith("people.identity")]
        assert [one.act for one in sorted(found, key=lambda one: one.at)] == [
            "people.identity_link",
            "people.identity_end",
        ]
        assert {(one.subject, one.county) for one in found} == {("officer", "431127")}
        assert "zhangsan" not in "".join(f"{one.before}{one.after}" for one in found)
