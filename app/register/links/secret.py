"""Secrets of links and receipts: handed out once, kept as their digests."""

from __future__ import annotations

import hashlib
import secrets

#: 256 bits cannot be guessed, so a plain digest keeps them: nothing is gained by making it slow.
_BYTES = 32

#: No secret is longer; what is longer is not even looked for.
LONGEST = 64


def new() -> str:
    """A secret of 256 bits, fit for an address."""
    return secrets.token_urlsafe(_BYTES)


def digest(secret: str) -> str:
    """How a secret is kept."""
    return hashlib.sha256(secret[: LONGEST + 1].encode("utf-8", "replace")).hexdigest()
