"""A small identity platform on this machine, over real HTTP: it signs people in, and lies when it is told to."""

from __future__ import annotations

import hmac
import json
import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from app import clock

CLIENT, SECRET = "luzhang-lanshan", "a+b:secret/of the client"

_KEYS: dict[str, Any] = {}


def key(kid: str) -> Any:
    """A key of that name, made once: RSA, or of a curve where its name says so."""
    if kid not in _KEYS:
        kinds = {"kid": kid, "use": "sig"}
        _KEYS[kid] = (
            ECKey.generate_key("P-256", kinds) if kid.startswith("ec") else RSAKey.generate_key(2048, parameters=kinds)
        )
    return _KEYS[kid]


class Provider:
    """What it knows and how it behaves; a test changes what it wants to be otherwise."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.person: dict[str, Any] = {"sub": "8d1f-officer", "preferred_username": "officer"}
        self.claims: dict[str, Any] = {}
        self.without: tuple[str, ...] = ()
        self.signs, self.publishes, self.alg = "one", ["one"], "RS256"
        self.discovery: dict[str, Any] = {}
        #: Answers in place of its own, by path: status, headers, body.
        self.instead: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.token_text: str | None = None
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def document(self) -> dict[str, Any]:
        """What it says of itself."""
        own = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }
        return own | self.discovery

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign the person in: where the browser is sent back to."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, told: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A token for a code: once, to the client that asked, for whoever knows the verifier."""
        if not _is_client(told, authorization):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(told.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(told.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if asked is None or told.get("redirect_uri") != asked["redirect_uri"] or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        token = self.token_text or self.id_token(asked["nonce"])
        return 200, {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def id_token(self, nonce: str) -> str:
        """The token, as it is told to be."""
        now = int(clock.now().timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.person}
        claims |= self.claims
        for name in self.without:
            del claims[name]
        return signed(claims, self.alg, self.signs)


def signed(claims: dict[str, Any], alg: str, kid: str) -> str:
    """A token; `none` is not signed at all, HS256 with the public key as everybody has it."""
    if alg == "none":
        return ".".join([*(_b64(json.dumps(one).encode()) for one in ({"alg": "none"}, claims)), ""])
    if alg == "HS256":
        text = ".".join(_b64(json.dumps(one).encode()) for one in ({"alg": alg, "kid": kid}, claims))
        return f"{text}.{_b64(hmac.digest(key(kid).as_pem(private=False), text.encode(), 'sha256'))}"
    return jwt.encode({"alg": alg, "kid": kid}, claims, key(kid), algorithms=[alg])


@contextmanager
def running() -> Iterator[Provider]:
    """One that answers on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        provider = self._provider(parts.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self._instead(parts.path):
            return
        if parts.path == "/.well-known/openid-configuration":
            self._json(200, provider.document())
        elif parts.path == "/keys":
            self._json(200, KeySet([key(kid) for kid in provider.publishes]).as_dict(private=False))
        elif parts.path == "/authorize":
            self._answer(302, {"Location": provider.authorize(asked)}, b"")
        else:
            self._answer(404, {}, b"")

    def do_POST(self) -> None:
        provider = self._provider(self.path)
        body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
        told = {name: values[0] for name, values in parse_qs(body).items()}
        if not self._instead(self.path):
            self._json(*provider.exchange(told, self.headers.get("authorization", "")))

    def _provider(self, path: str) -> Provider:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        provider.asked.append(path)
        return provider

    def _instead(self, path: str) -> bool:
        found = self.server.provider.instead.get(path)  # type: ignore[attr-defined]
        if found is not None:
            self._answer(*found)
        return found is not None

    def _json(self, status: int, told: object) -> None:
        self._answer(status, {"Content-Type": "application/json"}, json.dumps(told).encode())

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for begin in range(0, len(body), 65536):
                self.wfile.write(body[begin : begin + 65536])
        except OSError:
            time.sleep(0)  # whoever asked has heard enough


def _is_client(told: dict[str, str], authorization: str) -> bool:
    if authorization.startswith("Basic "):
        name, _, secret = b64decode(authorization[6:]).decode().partition(":")
        return (name, secret) == (CLIENT, SECRET)
    return (told.get("client_id"), told.get("client_secret")) == (CLIENT, SECRET)


def _b64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
