"""Ids made by the program: UUIDv7, so that rows made later sort later."""

from __future__ import annotations

import os
import secrets
import threading

from app import clock

_turn = threading.Lock()
_last = 0

_RANDOM_BITS = 74


def new() -> str:
    """A UUIDv7 that sorts after every one that this run made before, also when the clock stands or goes back."""
    global _last
    milliseconds = int(clock.now().timestamp() * 1000)
    drawn = (milliseconds << _RANDOM_BITS) | (int.from_bytes(os.urandom(10), "big") >> 80 - _RANDOM_BITS)
    with _turn:
        if drawn <= _last:
            drawn = _last + 1 + secrets.randbits(32)
        _last = drawn
    high, low = drawn >> 62, drawn & ((1 << 62) - 1)
    whole = ((high >> 12) << 80) | (0x7 << 76) | ((high & 0xFFF) << 64) | (0b10 << 62) | low
    text = f"{whole:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
