"""The second factor: asked from when it is confirmed, each code taken once, its secret in no copy of the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import Engine, select, text

from app import clock
from app.domain.actor import LOCAL_OPERATOR, Actor
from app.errors import BadInput, Decided, LuzhangError, NoRight, NotSignedIn, SignInRefused, UnknownPerson
from app.register.people import factor_acts, one_time_tokens, required_factors, sealed, sessions, tokens, totp
from app.register.people.accounts import account_of, rights_of
from app.register.people.sign_in import sign_in
from app.store.engine import reading, unit
from app.store.models import AuditRecord, RecoveryCode, SecondFactor
from tests.people import ADDRESS, PASSWORD, hire

START = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)
OTHER = "Xin-kou Ling 2025 Dong"
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUZHANG_HOME", str(tmp_path / "home"))


@pytest.fixture
def me(engine: Engine) -> Actor:
    """An officer who has signed in."""
    return Actor("李", account=hire(engine, "li", ("county_officer", "431127")), origin=ADDRESS)


def code_of(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


def set_up(engine: Engine, me: Actor) -> tuple[str, list[str]]:
    """A second factor confirmed at the start: its secret and the recovery codes."""
    with clock.fixed(START):
        secret = factor_acts.begin(engine, me, PASSWORD).secret
        return secret, factor_acts.confirm(engine, me, code_of(secret, START))[0]


def is_let_in(engine: Engine, code: str | None, at: datetime) -> bool:
    with clock.fixed(at):
        try:
            return bool(sign_in(engine, "li", PASSWORD, code, ADDRESS))
        except SignInRefused:
            return False


def test_it_is_not_asked_before_it_is_confirmed(engine: Engine, me: Actor) -> None:
    factor_acts.begin(engine, me, PASSWORD)

    assert sign_in(engine, "li", PASSWORD, None, ADDRESS)


def test_a_secret_is_told_as_text_and_as_an_address(engine: Engine, me: Actor) -> None:
    begun = factor_acts.begin(engine, me, PASSWORD)

    found = pyotp.parse_uri(begun.address)
    assert (len(begun.secret), found.secret, found.name, found.issuer) == (32, begun.secret, "li", "炉账")


def test_a_secret_is_told_to_whoever_knows_the_password(engine: Engine, me: Actor) -> None:
    with pytest.raises(SignInRefused):
        factor_acts.begin(engine, me, "wrong")


def test_it_is_confirmed_by_a_code_that_fits(engine: Engine, me: Actor) -> None:
    with clock.fixed(START):
        with pytest.raises(BadInput):
            factor_acts.confirm(engine, me, "123456")
        secret = factor_acts.begin(engine, me, PASSWORD).secret
        for wrong in ("", "abc", "000", code_of(secret, START - timedelta(hours=1)), "١٢٣٤٥٦"):
            with pytest.raises(BadInput):
                factor_acts.confirm(engine, me, wrong)
        codes, _ = factor_acts.confirm(engine, me, code_of(secret, START))
        with pytest.raises(Decided):
            factor_acts.begin(engine, me, PASSWORD)
        with pytest.raises(Decided):
            factor_acts.confirm(engine, me, code_of(secret, START))

    assert len(set(codes)) == 10


def test_sign_ins_without_it_end_when_it_is_confirmed(engine: Engine, me: Actor) -> None:
    with clock.fixed(START):
        before = sign_in(engine, "li", PASSWORD, None, ADDRESS).token
        secret = factor_acts.begin(engine, me, PASSWORD).secret
        after = factor_acts.confirm(engine, me, code_of(secret, START))[1].token

        with reading(engine) as session:
            assert sessions.standing(session, before) is None
            assert sessions.standing(session, after)


def test_from_then_on_a_code_is_asked(engine: Engine, me: Actor) -> None:
    secret, _ = set_up(engine, me)
    later = START + timedelta(hours=1)

    with clock.fixed(later), pytest.raises(NotSignedIn) as asked:
        sign_in(engine, "li", PASSWORD, None, ADDRESS)
    assert asked.value.code == "sign_in.code_needed"
    assert not is_let_in(engine, "000000", later)
    assert is_let_in(engine, code_of(secret, later), later)


def test_with_a_wrong_password_no_code_is_asked(engine: Engine, me: Actor) -> None:
    set_up(engine, me)

    with pytest.raises(SignInRefused) as refused:
        sign_in(engine, "li", "wrong", None, ADDRESS)
    assert refused.value.code == "sign_in.refused"


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_a_step(engine: Engine, me: Actor, steps: int, taken: bool) -> None:
    secret, _ = set_up(engine, me)
    later = START + timedelta(hours=1)

    assert is_let_in(engine, code_of(secret, later + steps * STEP), later) is taken


def test_a_code_is_taken_once_and_none_before_it(engine: Engine, me: Actor) -> None:
    secret, _ = set_up(engine, me)
    later = START + timedelta(hours=1)
    this, last = code_of(secret, later), code_of(secret, later - STEP)

    assert not is_let_in(engine, code_of(secret, START), START)  # it confirmed
    assert [is_let_in(engine, code, later) for code in (this, this, last)] == [True, False, False]
    assert is_let_in(engine, code_of(secret, later + STEP), later + STEP)


def test_wrong_codes_lock_as_wrong_passwords_do(engine: Engine, me: Actor) -> None:
    secret, _ = set_up(engine, me)
    later = START + timedelta(hours=1)

    for _ in range(5):
        assert not is_let_in(engine, "000000", later)
    assert not is_let_in(engine, code_of(secret, later), later)
    freed = later + timedelta(minutes=16)
    assert is_let_in(engine, code_of(secret, freed), freed)


def test_a_code_may_be_typed_with_blanks_and_full_width(engine: Engine, me: Actor) -> None:
    secret, codes = set_up(engine, me)
    later = START + timedelta(hours=1)
    code = code_of(secret, later)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert is_let_in(engine, f"{wide[:3]} {wide[3:]}", later)
    assert is_let_in(engine, codes[0].lower().replace("-", " "), later)


def test_a_recovery_code_stands_in_once_and_is_recorded(engine: Engine, me: Actor) -> None:
    _, codes = set_up(engine, me)

    assert [is_let_in(engine, code, START) for code in (codes[3], codes[3], codes[4])] == [True, False, True]
    with reading(engine) as session:
        used = [row for row in session.scalars(select(AuditRecord)) if row.act == "me.recovery_code"]
    assert [row.after for row in used] == ['{"left":9}', '{"left":8}'] or len(used) == 2
    assert factor_acts.state(engine, me)["recovery_codes_left"] == 8


def test_a_recovery_code_is_its_accounts_own(engine: Engine, me: Actor) -> None:
    _, codes = set_up(engine, me)
    other = Actor("王", account=hire(engine, "wang"), origin=ADDRESS)
    with clock.fixed(START):
        secret = factor_acts.begin(engine, other, PASSWORD).secret
        factor_acts.confirm(engine, other, code_of(secret, START))

        with pytest.raises(SignInRefused):
            sign_in(engine, "wang", PASSWORD, codes[0], ADDRESS)


def test_a_copy_of_the_database_gives_neither_secret_nor_codes(engine: Engine, me: Actor) -> None:
    secret, codes = set_up(engine, me)

    with reading(engine) as session:
        kept = "\n".join(
            str(row)
            for table in ("second_factor", "recovery_code", "audit_record")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        )
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_the_key_is_its_owners_alone(engine: Engine, me: Actor) -> None:
    set_up(engine, me)

    assert oct(sealed.key_file().stat().st_mode & 0o777) == "0o600"
    assert oct(sealed.key_file().parent.stat().st_mode & 0o777) == "0o700"
    assert [file.name for file in sealed.key_file().parent.iterdir()] == ["second_factor.key"]


def test_without_the_key_a_recovery_code_still_lets_in(engine: Engine, me: Actor) -> None:
    secret, codes = set_up(engine, me)
    sealed.key_file().unlink()
    later = START + timedelta(hours=1)

    assert not is_let_in(engine, code_of(secret, later), later)
    assert is_let_in(engine, codes[0], later)


def test_a_secret_put_into_another_account_does_not_open(engine: Engine, me: Actor) -> None:
    set_up(engine, me)

    with reading(engine) as session:
        kept = session.scalars(select(SecondFactor.secret)).one()
    assert kept is not None
    assert sealed.opened(kept, str(me.account))
    assert [sealed.opened(kept, "another"), sealed.opened("", "x"), sealed.opened("炉", "x")] == [None] * 3


def test_a_key_that_is_none_is_not_written_over(engine: Engine, me: Actor) -> None:
    sealed.key_file().parent.mkdir(parents=True)
    sealed.key_file().write_bytes(b"short")

    with pytest.raises(LuzhangError) as refused:
        factor_acts.begin(engine, me, PASSWORD)
    assert refused.value.code == "factor.key"
    assert sealed.key_file().read_bytes() == b"short"


def test_an_administrator_takes_it_away_and_that_is_recorded(engine: Engine, me: Actor) -> None:
    _, codes = set_up(engine, me)
    boss = Actor("赵", frozenset(["431127"]), account=hire(engine, "zhao", ("administrator", "431127")))

    with unit(engine) as session:
        factor_acts.remove(session, boss, "li")

    assert is_let_in(engine, None, START)
    with reading(engine) as session:
        assert session.get_one(SecondFactor, me.account).secret is None
        assert {row.ended_why for row in session.scalars(select(RecoveryCode))} == {"removed"}
        assert [row.subject for row in session.scalars(select(AuditRecord)) if row.act == "people.factor_remove"] == [
            "li"
        ]
    with unit(engine) as session, pytest.raises(BadInput):
        factor_acts.remove(session, boss, "li")
    assert codes


def test_nobody_takes_away_their_own_nor_a_strangers(engine: Engine, me: Actor) -> None:
    set_up(engine, me)
    stranger = Actor(
        "孙", frozenset(["431126"]), account=hire(engine, "sun", ("administrator", "431126"), office="431126")
    )

    with unit(engine) as session:
        with pytest.raises(NoRight):
            factor_acts.remove(session, Actor("李", account=me.account), "li")
        with pytest.raises(UnknownPerson):
            factor_acts.remove(session, stranger, "li")


def test_a_role_may_ask_for_it_and_then_without_it_there_is_nothing(engine: Engine, me: Actor) -> None:
    with unit(engine) as session:
        token = tokens.make(session, account_of(session, "li"), "接口", ["desk.read"], (), clock.today()).secret
        required_factors.require(session, LOCAL_OPERATOR, "县级经办", True)

    with reading(engine) as session:
        rights = rights_of(session, str(me.account))
        with pytest.raises(NoRight) as refused:
            required_factors.refuse_without(session, str(me.account), rights)
        with pytest.raises(NoRight) as by_token:
            tokens.bearer(session, token, "desk.read", ADDRESS)
    assert refused.value.code == by_token.value.code == "factor.set_up_first"
    set_up(engine, me)
    with reading(engine) as session:
        required_factors.refuse_without(session, str(me.account), rights)
        assert tokens.bearer(session, token, "desk.read", ADDRESS)


def test_only_who_manages_everybody_says_which_role(engine: Engine) -> None:
    with unit(engine) as session:
        with pytest.raises(NoRight):
            required_factors.require(session, Actor("县", frozenset(["431127"]), account="x"), "inspector", True)
        required_factors.require(session, LOCAL_OPERATOR, "inspector", True)
        assert required_factors.required_roles(session) == {"inspector"}
        required_factors.require(session, LOCAL_OPERATOR, "inspector", False)
        assert required_factors.required_roles(session) == set()


def test_whoever_sits_at_the_machine_has_none_of_their_own(engine: Engine) -> None:
    with pytest.raises(LuzhangError) as refused:
        factor_acts.state(engine, LOCAL_OPERATOR)
    assert refused.value.code == "factor.no_account"


def test_a_code_is_the_one_that_rfc_6238_gives(engine: Engine, me: Actor) -> None:
    """Appendix B, SHA-1: at 1111111109 the last six digits are 081804."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    with unit(engine) as session:
        kept = sealed.seal(secret, str(me.account))
        at = datetime.fromtimestamp(1111111109, UTC)
        session.add(SecondFactor(account_id=me.account, secret=kept, begun_at=at, confirmed_at=at))
    with clock.fixed(datetime.fromtimestamp(1111111109, UTC)), unit(engine) as session:
        assert totp.accept(session, str(me.account), "081804")


def test_a_rescue_token_does_not_open_without_the_second_factor(engine: Engine, me: Actor) -> None:
    secret, recovery = set_up(engine, me)
    later = START + 10 * STEP
    with clock.fixed(later):
        with unit(engine) as session:
            _, token, _ = one_time_tokens.rescue_token(session, "li")
        with pytest.raises(NotSignedIn) as asked:
            one_time_tokens.rescue(engine, token, OTHER, ADDRESS)
        with pytest.raises(SignInRefused):
            one_time_tokens.rescue(engine, token, OTHER, ADDRESS, "000000")
        assert asked.value.code == "sign_in.code_needed"
        assert one_time_tokens.rescue(engine, token, OTHER, ADDRESS, code_of(secret, later))
        with unit(engine) as session:
            _, token, _ = one_time_tokens.rescue_token(session, "li")
        assert one_time_tokens.rescue(engine, token, "Bao-tie Shan 2026 Xi", ADDRESS, recovery[0])


def test_codes_are_not_guessed_with_a_rescue_token(engine: Engine, me: Actor) -> None:
    secret, _ = set_up(engine, me)
    later = START + 10 * STEP
    with clock.fixed(later):
        with unit(engine) as session:
            _, token, _ = one_time_tokens.rescue_token(session, "li")
        for _ in range(5):
            with pytest.raises(SignInRefused):
                one_time_tokens.rescue(engine, token, OTHER, ADDRESS, "000000")
        with pytest.raises(SignInRefused):
            one_time_tokens.rescue(engine, token, OTHER, ADDRESS, code_of(secret, later))
    after = later + timedelta(minutes=16)
    with clock.fixed(after):
        assert one_time_tokens.rescue(engine, token, OTHER, ADDRESS, code_of(secret, after))
