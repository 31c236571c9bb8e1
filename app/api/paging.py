"""Pages of a list: at most `limit` rows, how many there are in all, and a cursor for the next."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import Query

from app.errors import BadInput

Limit = Annotated[int, Query(ge=1, le=1000, description="一页多少条")]
Next = Annotated[str | None, Query(description="上一页给出的 next，原样带回")]


def cursor(*places: str | int) -> str:
    """Where the next page starts, as one word that nobody need understand."""
    return base64.urlsafe_b64encode(" ".join(map(str, places)).encode()).decode().rstrip("=")


def places(word: str | None, count: int) -> tuple[str, ...] | None:
    """Back from that word.

    Raises:
        BadInput: when it is no cursor of ours.
    """
    if word is None:
        return None
    try:
        found = tuple(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode().split(" "))
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor() from error
    if len(found) != count:
        raise _bad_cursor()
    return found


def number(word: str) -> int:
    """A change number inside a cursor."""
    if not (word.isascii() and word.isdigit() and len(word) <= 18):
        raise _bad_cursor()
    return int(word)


def _bad_cursor() -> BadInput:
    return BadInput("next 不是上一页给出的值", fix="请从第一页重新查起，把 next 原样带回", code="next.bad")
