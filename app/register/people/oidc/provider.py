"""What the identity platform says of itself: where people sign in and codes are exchanged, by which keys it signs."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, JWKRegistry, RSAKey

from app import clock
from app.register.people.oidc.asking import client, told, unusable
from app.register.people.oidc.configured import Platform, is_sound

#: So long it is taken to say what it said; a key that is not known is asked for at once.
HOLDS = timedelta(minutes=10)

_MOST_KEYS, _SHORTEST_RSA = 50, 2048

#: How a client shows who it is. In a header it is not agreed how strange characters of a secret are written.
_WAYS = ("client_secret_post", "client_secret_basic")

PublicKey = RSAKey | ECKey


@dataclass(frozen=True, slots=True)
class Provider:
    """Addresses of the platform; `end_session`: where one signs out of it, where it says so."""

    authorization: str
    token: str
    keys: str
    end_session: str | None
    auth_method: str


@dataclass(frozen=True, slots=True)
class _Said:
    platform: Platform
    at: datetime
    provider: Provider
    keys: tuple[PublicKey, ...]


class Known:
    """What the platform said of itself, for a while; one for each application."""

    def __init__(self) -> None:
        self._said: _Said | None = None
        self._lock = Lock()

    def provider(self, platform: Platform) -> Provider:
        """Where it is asked.

        Raises:
            ProviderUnavailable: when it does not say, or nonsense.
        """
        return self._known(platform).provider

    def keys(self, platform: Platform, *, anew: bool = False) -> tuple[PublicKey, ...]:
        """Its keys; `anew`: as they are now."""
        if anew:
            self.forget()
        return self._known(platform).keys

    def forget(self) -> None:
        """Ask again the next time."""
        with self._lock:
            self._said = None

    def _known(self, platform: Platform) -> _Said:
        with self._lock:
            said = self._said
        if said is not None and said.platform == platform and clock.now() - said.at < HOLDS:
            return said
        # Outside the lock: two that ask at once cost the platform two answers, and none waits for another.
        said = _asked(platform)
        with self._lock:
            self._said = said
        return said


def _asked(platform: Platform) -> _Said:
    with client(platform) as asking:
        said = told(asking, get_well_known_url(platform.issuer, external=True))
        provider = _provider(platform, said)
        keys = _keys(told(asking, provider.keys).get("keys"))
    return _Said(platform, clock.now(), provider, keys)


def _provider(platform: Platform, said: dict[str, Any]) -> Provider:
    if said.get("issuer") != platform.issuer:
        raise unusable("it says that it is another issuer")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(is_sound(said.get(name)) for name in names):
        raise unusable("an address that is missing, or not by https")
    authorization, token, keys = (str(said[name]) for name in names)
    challenges = said.get("code_challenge_methods_supported")
    if isinstance(challenges, list) and "S256" not in challenges:
        raise unusable("it takes no code challenge by S256")
    ways = said.get("token_endpoint_auth_methods_supported")
    offered = ways if isinstance(ways, list) else []
    method = next((way for way in _WAYS if way in offered), _WAYS[1]) if platform.secret_file else "none"
    end = said.get("end_session_endpoint")
    return Provider(authorization, token, keys, str(end) if is_sound(end) else None, method)


def _keys(listed: object) -> tuple[PublicKey, ...]:
    """The keys that a signature can be held against; what is no such key is passed over."""
    if not isinstance(listed, list):
        raise unusable("no list of keys")
    found = (_key(one) for one in listed[:_MOST_KEYS] if isinstance(one, dict))
    return tuple(key for key in found if key is not None)


def _key(one: dict[str, Any]) -> PublicKey | None:
    if one.get("kty") not in ("RSA", "EC") or one.get("use", "sig") != "sig":
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", SecurityWarning)
            key = JWKRegistry.import_key(one)
            if isinstance(key, RSAKey):
                return key if key.public_key.key_size >= _SHORTEST_RSA else None
            return key if isinstance(key, ECKey) and key.public_key is not None else None
    except (JoseError, SecurityWarning, ValueError, TypeError, KeyError):
        return None
