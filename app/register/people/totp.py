"""The second factor: codes of a telephone by the clock (RFC 6238), each taken once; recovery codes in their place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from hmac import compare_digest

import pyotp
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from app import clock
from app.errors import BadInput, Decided
from app.register.people import recovery_codes
from app.register.people.recorded import recorded
from app.register.people.sealed import opened, seal
from app.store.models import Account, SecondFactor

#: A code holds for 30 seconds; one step before and after are taken, for clocks that differ.
_STEP, _AROUND, _DIGITS = 30, 1, 6

_ISSUER = "炉账"


@dataclass(frozen=True, slots=True)
class Begun:
    """A secret to be put into a telephone: told this once, as text and as the address in a QR code."""

    secret: str
    address: str


def needed(session: Session, account_id: str) -> bool:
    """Whether a sign-in asks for it."""
    found = session.get(SecondFactor, account_id)
    return found is not None and found.confirmed_at is not None


def accept(session: Session, account_id: str, code: str) -> bool:
    """Take a code, of the telephone or for recovery, and use it up."""
    plain = _plain(code)
    if len(plain) == _DIGITS and plain.isascii() and plain.isdigit():
        return _take(session, account_id, plain)
    if not recovery_codes.use(session, account_id, plain):
        return False
    account = session.get_one(Account, account_id)
    left = {"left": recovery_codes.left(session, account_id)}
    recorded(session, "me.recovery_code", account.name, of=account_id, after=left)
    return True


def begin(session: Session, account: Account) -> Begun:
    """A new secret, which counts from when it is confirmed.

    Raises:
        Decided: when there is one that is confirmed.
    """
    if needed(session, account.id):
        raise Decided("已经有动态口令", fix="换手机的，请管理员撤销后重设", code="factor.there")
    secret, now = pyotp.random_base32(), clock.now()
    sealed = seal(secret, account.id)
    found = session.get(SecondFactor, account.id)
    if found is None:
        session.add(SecondFactor(account_id=account.id, secret=sealed, begun_at=now))
    else:
        found.secret, found.begun_at, found.last_step = sealed, now, None
    session.flush()
    return Begun(secret, pyotp.TOTP(secret).provisioning_uri(name=account.name, issuer_name=_ISSUER))


def confirm(session: Session, account: Account, code: str) -> list[str]:
    """Count it from now on, shown to work by a code; the recovery codes, told here and nowhere else.

    Raises:
        Decided: when it is confirmed.
        BadInput: when none was begun, or the code is wrong.
    """
    if needed(session, account.id):
        raise Decided("已经有动态口令", fix="换手机的，请管理员撤销后重设", code="factor.there")
    if not _take(session, account.id, _plain(code)):
        fix = "请核对手机的时间，输入现在显示的 6 位数；还没有取密钥的，先取密钥"
        raise BadInput("动态口令不对", fix=fix, code="factor.code")
    session.get_one(SecondFactor, account.id).confirmed_at = clock.now()
    recorded(session, "me.factor_confirm", account.name, of=account.id)
    return recovery_codes.renew(session, account.id)


def remove(session: Session, account: Account) -> None:
    """Take it away, its secret with it.

    Raises:
        BadInput: when there is none.
    """
    found = session.get(SecondFactor, account.id)
    if found is None or found.secret is None:
        raise BadInput(f"{account.name} 没有动态口令", fix="不必撤销", code="factor.none")
    found.secret = found.confirmed_at = found.last_step = None
    recovery_codes.end_all(session, account.id, "removed")


def _take(session: Session, account_id: str, code: str) -> bool:
    """Take a code of the telephone: none of its step or an earlier one is taken again."""
    found = session.get(SecondFactor, account_id)
    secret = opened(found.secret, account_id) if found is not None and found.secret is not None else None
    if secret is None:
        return False
    now, totp = int(clock.now().timestamp()) // _STEP, pyotp.TOTP(secret)
    steps = range(now - _AROUND, now + _AROUND + 1)
    fitting = [step for step in steps if compare_digest(totp.generate_otp(step).encode(), code.encode())]
    if not fitting:
        return False
    unused = or_(SecondFactor.last_step.is_(None), SecondFactor.last_step < fitting[-1])
    taking = update(SecondFactor).where(SecondFactor.account_id == account_id, unused)
    return bool(session.execute(taking.values(last_step=fitting[-1])).rowcount == 1)  # type: ignore[attr-defined]


def _plain(code: str) -> str:
    """A code as it is compared: blanks and full-width digits are the typist's."""
    return "".join(unicodedata.normalize("NFKC", code).split())
