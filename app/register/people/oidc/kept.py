"""What a browser keeps between leaving for the platform and being signed in: sealed, for a few minutes."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, TypeVar

from app import clock
from app.register.people.sealed import opened, seal

#: For signing in at the platform; for telling the second factor afterwards.
LEAVE, CODE = timedelta(minutes=10), timedelta(minutes=5)

_LARGEST = 4096

Kept = TypeVar("Kept", "Leaving", "Known")


@dataclass(frozen=True, slots=True)
class Leaving:
    """A browser that was sent to the platform: what it has to bring back, and where it wants to go then."""

    state: str
    nonce: str
    verifier: str
    back: str
    onward: str


@dataclass(frozen=True, slots=True)
class Known:
    """A browser whose person the platform has named, and who still has to tell a second factor."""

    digest: str
    onward: str


def leaving(back: str, onward: str) -> Leaving:
    """A new one; state, nonce and verifier have 256 bits each."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Leaving(state, nonce, verifier, back, onward)


def sealed(kept: Leaving | Known) -> str:
    """It as the browser keeps it: unreadable, and no good for anything else or later."""
    until = clock.now() + (LEAVE if isinstance(kept, Leaving) else CODE)
    return seal(json.dumps([int(until.timestamp()), asdict(kept)]), _purpose(type(kept)))


def unsealed(text: str | None, kind: type[Kept]) -> Kept | None:
    """What the browser kept; None when it is over, or was not sealed here for this."""
    if not text or len(text) > _LARGEST:
        return None
    plain = opened(text, _purpose(kind))
    if plain is None:
        return None
    until, fields = _read(plain)
    return kind(**fields) if clock.now().timestamp() < until else None


def _read(plain: str) -> tuple[int, dict[str, Any]]:
    until, fields = json.loads(plain)
    return until, fields


def _purpose(kind: type) -> str:
    # No account has such an id, to which second factors are bound.
    return f"oidc {kind.__name__.lower()}"
