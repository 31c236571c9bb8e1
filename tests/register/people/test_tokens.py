"""A token asks in a person's name: for no more than they may, for less if so made, and no longer than told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine, select

from app import clock
from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import BadInput, Decided, LuzhangError, NoRight, NotFound, UnknownPerson
from app.register.people import managing, token_acts, tokens
from app.register.people.accounts import account_of
from app.store.engine import reading, unit
from app.store.models import ApiToken, AuditRecord
from tests.people import ADDRESS, grant_id, hire

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
OFFICER = ("county_officer", "431127")


def made(
    engine: Engine, name: str, *functions: str, divisions: tuple[str, ...] = (), days: int = 30
) -> tuple[str, str]:
    """A token of an account: itself, and its id."""
    with unit(engine) as session:
        until = clock.today() + timedelta(days=days)
        found = tokens.make(session, account_of(session, name), "接口", functions, divisions, until)
        return found.secret, found.token.id


def asking(engine: Engine, secret: str, function: str) -> Actor | None:
    """Whoever asks by it."""
    with reading(engine) as session:
        return tokens.bearer(session, secret, function, ADDRESS)


def refused(engine: Engine, secret: str, function: str) -> str:
    with pytest.raises(NoRight) as found:
        asking(engine, secret, function)
    return found.value.code


def test_a_token_asks_as_its_holder_from_where_it_is_used(engine: Engine) -> None:
    officer = hire(engine, "li", OFFICER)

    found = asking(engine, made(engine, "li", "enterprises.*")[0], "enterprises.list")

    assert found == Actor("姓名li", frozenset(["431127"]), None, officer, f"{ADDRESS}（令牌 接口）")


def test_a_token_is_256_bits_and_only_its_digest_is_kept(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    (one, _), (other, _) = made(engine, "li", "desk.read"), made(engine, "li", "desk.read")

    with reading(engine) as session:
        kept = {token.digest for token in session.scalars(select(ApiToken))}
    assert one.startswith("lz_")
    assert len(one) >= 46
    assert kept == {sha256(text.encode()).hexdigest() for text in (one, other)}


@pytest.mark.parametrize("text", ["", "lz_", "lz_" + "A" * 43, "x", "Ａ\x00", "lz_\udc80"])
def test_what_is_no_token_is_nobodys(engine: Engine, text: str) -> None:
    hire(engine, "li", OFFICER)

    assert asking(engine, text, "desk.read") is None


def test_a_digest_is_no_token(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, _ = made(engine, "li", "desk.read")

    assert asking(engine, sha256(secret.encode()).hexdigest(), "desk.read") is None
    assert asking(engine, secret.removeprefix("lz_"), "desk.read") is None


def test_a_token_does_what_it_lists_and_nothing_else(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, _ = made(engine, "li", "enterprises.*", "desk.read", "divisions.list", "me.read")

    for function in ("enterprises.list", "desk.read", "divisions.list", "me.read"):
        assert asking(engine, secret, function)
    for function in ("ledger.read", "personal.show", "me.password", "tokens.make", "enterprise.list", "roles.list"):
        assert refused(engine, secret, function) == "token.function"


@pytest.mark.parametrize(
    "function",
    [
        "people.list",
        "ledger.*x",
        "*",
        "x.*",
        "tokens.*",
        "tokens.list",
        "me.*",
        "me.password",
        "sign_in.end",
        "audit.*",
        "ledger.a people.*",
    ],
)
def test_nobody_makes_a_token_for_more_than_they_may(engine: Engine, function: str) -> None:
    hire(engine, "li", OFFICER)

    with pytest.raises(NoRight) as found:
        made(engine, "li", "desk.read", function)

    assert found.value.code == "token.beyond"


@pytest.mark.parametrize(
    ("right", "division"),
    [
        (OFFICER, "431126"),
        (OFFICER, "all"),
        (OFFICER, "4311"),
        (OFFICER, "431127105"),  # the role is no township's: rows would be a township's, decisions the county's
        (("township_clerk", "431127105"), "431127106"),
        (("township_clerk", "431127105"), "431127"),
        (("inspector", "4311"), "140921"),
    ],
)
def test_nobody_makes_a_token_for_a_place_that_is_not_theirs(
    engine: Engine, right: tuple[str, str], division: str
) -> None:
    hire(engine, "li", right)

    with pytest.raises((NoRight, BadInput)) as found:
        made(engine, "li", "desk.read", divisions=(division,))

    assert found.value.code in ("token.division_beyond", "division.bad")


def test_a_token_of_a_citys_officer_is_never_a_countys(engine: Engine) -> None:
    """Narrowed to a county the role would be more than it is in the city."""
    hire(engine, "shi", ("county_officer", "4311"))

    with pytest.raises(NoRight):
        made(engine, "shi", "decisions.*")
    with pytest.raises(NoRight):
        made(engine, "shi", "ledger.*", divisions=("431127",))
    found = asking(engine, made(engine, "shi", "ledger.*")[0], "ledger.issue")
    assert found is not None
    assert found.writes == {"431100"}


def test_a_token_may_be_good_for_less_than_its_holder(engine: Engine) -> None:
    hire(engine, "du", ("inspector", "4311"))
    secret, _ = made(engine, "du", "desk.read", divisions=("431127",))

    found = asking(engine, secret, "desk.read")

    assert found is not None
    assert (found.counties, found.townships) == (frozenset(["431127"]), None)


def test_a_right_given_later_does_not_widen_a_token(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, _ = made(engine, "li", "desk.read")
    with unit(engine) as session:
        managing.grant(session, LOCAL_OPERATOR, "li", "county_officer", "431126")

    found = asking(engine, secret, "desk.read")

    assert found is not None
    assert found.counties == frozenset(["431127"])


def test_a_token_loses_what_its_holder_loses(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, _ = made(engine, "li", "desk.read", "me.read")
    with unit(engine) as session:
        managing.withdraw(session, LOCAL_OPERATOR, "li", grant_id(engine, "li"))

    assert refused(engine, secret, "desk.read") == "right.missing"
    found = asking(engine, secret, "me.read")
    assert found is not None
    assert found.counties == frozenset()


def test_a_token_narrows_to_what_is_left_of_a_right(engine: Engine) -> None:
    hire(engine, "du", ("inspector", "4311"))
    secret, _ = made(engine, "du", "desk.read")
    with unit(engine) as session:
        managing.withdraw(session, LOCAL_OPERATOR, "du", grant_id(engine, "du"))
    with unit(engine) as session:
        managing.grant(session, LOCAL_OPERATOR, "du", "inspector", "431127")

    found = asking(engine, secret, "desk.read")

    assert found is not None
    assert found.counties == frozenset(["431127"])


def test_disabling_ends_tokens_and_enabling_does_not_bring_them_back(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, _ = made(engine, "li", "desk.read")

    with unit(engine) as session:
        managing.disable(session, LOCAL_OPERATOR, "li")
    assert asking(engine, secret, "desk.read") is None
    with pytest.raises(Decided):
        made(engine, "li", "desk.read")
    with unit(engine) as session:
        managing.enable(session, LOCAL_OPERATOR, "li")
    assert asking(engine, secret, "desk.read") is None


def test_a_token_waits_while_its_holder_must_change_the_password(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, _ = made(engine, "li", "desk.read")
    with unit(engine) as session:
        managing.give_password(session, LOCAL_OPERATOR, "li")

    assert refused(engine, secret, "desk.read") == "password.change_first"


def test_a_token_is_good_to_the_end_of_its_last_day_in_china(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    with clock.fixed(START):
        secret, _ = made(engine, "li", "desk.read", days=1)  # 2024-03-02

    with clock.fixed(datetime(2024, 3, 2, 15, 59, 59, tzinfo=UTC)):
        assert asking(engine, secret, "desk.read")
    with clock.fixed(datetime(2024, 3, 2, 16, 0, tzinfo=UTC)):
        assert asking(engine, secret, "desk.read") is None


@pytest.mark.parametrize("days", [-1, 367, 5000])
def test_a_token_is_good_for_a_year_at_most(engine: Engine, days: int) -> None:
    hire(engine, "li", OFFICER)

    with pytest.raises(BadInput) as found:
        made(engine, "li", "desk.read", days=days)

    assert found.value.code == "token.until"


def test_a_last_day_beyond_the_calendar_is_refused(engine: Engine) -> None:
    hire(engine, "li", OFFICER)

    with unit(engine) as session, pytest.raises(BadInput):
        tokens.make(session, account_of(session, "li"), "接口", ["desk.read"], (), date.max)


@pytest.mark.parametrize(
    ("name", "functions"), [("", ["desk.read"]), ("x" * 41, ["desk.read"]), ("a\x1b[2J", ["desk.read"]), ("接口", [])]
)
def test_a_token_has_a_name_and_something_to_do(engine: Engine, name: str, functions: list[str]) -> None:
    hire(engine, "li", OFFICER)

    with unit(engine) as session, pytest.raises(BadInput):
        tokens.make(session, account_of(session, "li"), name, functions, (), clock.today())


def test_an_account_has_twenty_tokens_at_most(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    first, *_ = [made(engine, "li", "desk.read")[1] for _ in range(tokens.MOST)]

    with pytest.raises(BadInput) as found:
        made(engine, "li", "desk.read")
    assert found.value.code == "token.too_many"
    with unit(engine) as session:
        token_acts.revoke(session, LOCAL_OPERATOR, first)
    assert made(engine, "li", "desk.read")


def test_a_revoked_token_is_over_at_once(engine: Engine) -> None:
    officer = hire(engine, "li", OFFICER)
    secret, id = made(engine, "li", "desk.read")

    with unit(engine) as session:
        assert token_acts.revoke(session, Actor("李", account=officer), id)["state"] == "ended"
    assert asking(engine, secret, "desk.read") is None
    with unit(engine) as session, pytest.raises(Decided):
        token_acts.revoke(session, Actor("李", account=officer), id)


def test_ones_own_tokens_are_listed_and_never_told_again(engine: Engine) -> None:
    officer = hire(engine, "li", OFFICER)
    hire(engine, "wang", OFFICER)
    secret, id = made(engine, "li", "desk.read")
    made(engine, "wang", "desk.read")

    with reading(engine) as session:
        rows = token_acts.listed(session, Actor("李", account=officer))

    assert [(row["id"], row["account"], row["state"]) for row in rows] == [(id, "li", "standing")]
    assert secret not in str(rows)
    assert sha256(secret.encode()).hexdigest() not in str(rows)


def test_somebody_elses_token_does_not_exist(engine: Engine) -> None:
    officer = hire(engine, "li", OFFICER)
    hire(engine, "wang", OFFICER)
    _, id = made(engine, "wang", "desk.read")
    me = Actor("李", frozenset(["431127"]), account=officer)

    with reading(engine) as session:
        said: list[LuzhangError] = []
        for missing in (id, "no such"):
            with pytest.raises(NotFound) as found:
                token_acts.revoke(session, me, missing)
            said.append(found.value)
        with pytest.raises(UnknownPerson):
            token_acts.listed(session, me, "wang")
    assert said[0].as_dict() == said[1].as_dict()


def test_an_administrator_lists_and_revokes_the_tokens_of_their_people_alone(engine: Engine) -> None:
    boss = hire(engine, "zhao", ("administrator", "431127"))
    hire(engine, "li", OFFICER)
    hire(engine, "far", ("county_officer", "431126"), office="431126")
    _, near = made(engine, "li", "desk.read")
    _, far = made(engine, "far", "desk.read")
    me = Actor("赵", frozenset(["431127"]), account=boss)

    with unit(engine) as session:
        assert [row["id"] for row in token_acts.listed(session, me)] == [near]
        assert [row["id"] for row in token_acts.listed(session, me, "li")] == [near]
        assert token_acts.revoke(session, me, near)["state"] == "ended"
    with unit(engine) as session, pytest.raises(NotFound):
        token_acts.revoke(session, me, far)


def test_making_and_revoking_are_recorded_without_the_token(engine: Engine) -> None:
    hire(engine, "li", OFFICER)
    secret, id = made(engine, "li", "desk.read")
    with unit(engine) as session:
        token_acts.revoke(session, LOCAL_OPERATOR, id)

    with reading(engine) as session:
        rows = [row for row in session.scalars(select(AuditRecord)) if row.act.startswith("tokens.")]
        told = str([vars(row) for row in rows])
    assert [(row.act, row.subject, row.county) for row in rows] == [
        ("tokens.make", id, "431127"),
        ("tokens.revoke", id, "431127"),
    ]
    assert "desk.read" in told
    assert secret not in told
