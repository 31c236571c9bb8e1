"""The token by which the platform says who signed in: held against its keys, and against what was asked."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import RSAKey

from app import clock
from app.register.people.oidc.configured import Platform
from app.register.people.oidc.provider import PublicKey

#: Signatures that only the platform can make. Never `none`; never one made with a secret that both sides have (HS…).
RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
CURVES = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521"}

#: Seconds by which clocks may differ.
_LEEWAY = 60
_LONGEST, _LONGEST_NAME = 64 * 1024, 512

#: What says by itself that there was a second factor, and what is one beside something known.
_ENOUGH = frozenset({"mfa"})
_KNOWN = frozenset({"pwd", "pin", "kba"})
_HAD = frozenset({"otp", "hwk", "swk", "sc", "sms", "tel", "face", "fpt", "iris", "vbm", "retina"})
_STRONG = frozenset({"phr", "phrh"})


class Untrue(Exception):
    """A token that is not what it should be."""


class UnknownKey(Untrue):
    """A token signed by a key that is not known: the platform may have changed its keys."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whom a token names, as a digest; `factor`: whether it says that there was a second factor."""

    digest: str
    factor: bool


def told(text: object, keys: Iterable[PublicKey], platform: Platform, nonce: str, access_token: object = None) -> Told:
    """Whom a token names.

    Raises:
        UnknownKey: when none of the keys is the one that it names.
        Untrue: when anything else of it is not as it must be.
    """
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise Untrue("no token")
    # Whatever strange thing stands in it, it is a token that is not taken, and no fault of the program's.
    try:
        found = _signed(text, _fitting(_header(text), keys))
        claims = _held(found, platform, nonce, access_token)
        return Told(digest_of(platform, _named(claims, platform.claim)), _has_factor(claims))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise Untrue(type(error).__name__) from error


def digest_of(platform: Platform, value: str) -> str:
    """What is kept of somebody of the platform."""
    return sha256("\n".join((platform.issuer, platform.claim, value)).encode("utf-8", "surrogatepass")).hexdigest()


def _header(text: str) -> dict[str, Any]:
    head = text.partition(".")[0]
    found = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    if not isinstance(found, dict):
        raise Untrue("no header")
    return found


def _fitting(header: dict[str, Any], keys: Iterable[PublicKey]) -> list[tuple[str, PublicKey]]:
    """The keys by which it may be signed. Keys that it brings itself, or points to, are not looked at."""
    alg, kid = header.get("alg"), header.get("kid")
    if not isinstance(alg, str) or (alg not in RSA and alg not in CURVES):
        raise Untrue("an algorithm that is not taken")
    suited = [key for key in keys if _suits(key, alg)]
    named = [key for key in suited if kid is None or key.kid == kid]
    if not named:
        raise UnknownKey("a key that is not known")
    return [(alg, key) for key in named]


def _suits(key: PublicKey, alg: str) -> bool:
    if key.alg not in (None, alg):
        return False
    return alg in RSA if isinstance(key, RSAKey) else key.curve_name == CURVES.get(alg)


def _signed(text: str, ways: list[tuple[str, PublicKey]]) -> jwt.Token:
    for alg, key in ways:
        try:
            return jwt.decode(text, key, algorithms=[alg])
        except BadSignatureError:
            continue
    raise Untrue("a signature that is not theirs")


def _held(found: jwt.Token, platform: Platform, nonce: str, access_token: object) -> dict[str, Any]:
    options = {
        "iss": {"essential": True, "value": platform.issuer},
        "aud": {"essential": True, "value": platform.client_id},
    }
    params = {
        "nonce": nonce,
        "client_id": platform.client_id,
        "access_token": access_token if isinstance(access_token, str) else None,
    }
    claims = CodeIDToken(found.claims, found.header, options, params)
    claims.validate(now=int(clock.now().timestamp()), leeway=_LEEWAY)
    return dict(claims)


def _named(claims: dict[str, Any], claim: str) -> str:
    value = claims.get(claim)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME:
        raise Untrue(f"no {claim}")
    return value


def _has_factor(claims: dict[str, Any]) -> bool:
    told = claims.get("amr")
    ways = {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()
    acr = claims.get("acr")
    if ways & _ENOUGH or (isinstance(acr, str) and acr in _STRONG):
        return True
    return bool(ways & _KNOWN and ways & _HAD)
