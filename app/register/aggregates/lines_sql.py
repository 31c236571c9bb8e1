"""The lines that the one statement gives: which part, which township, up to three words, up to eight numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, literal, select

from app.register.aggregates.standing_sql import nothing, number

#: How many words and numbers a line has.
WORDS, NUMBERS = 3, 8


def line(part: str, of: Any, words: Sequence[Any], told: Sequence[Any]) -> Any:
    """A select of such lines; `of` has the township and its code. The caller groups it by both and by the words."""
    blank = [nothing()] * (WORDS - len(words))
    noughts = [number(0)] * (NUMBERS - len(told))
    numbers = (one.label(f"number_{place}") for place, one in enumerate((*told, *noughts)))
    named = (one.label(f"word_{place}") for place, one in enumerate((*words, *blank)))
    called = literal(part, Text(), literal_execute=True).label("part")
    return select(called, of.township.label("township"), of.code.label("code"), *named, *numbers)
