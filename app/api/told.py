"""What a body tells, as JSON has it: 0 is no day, true is no number. Nothing is turned into another kind."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, StrictBool, StrictInt


def _written(told: Any) -> Any:
    """A day as it is written; a number would be taken for seconds since 1970."""
    if not isinstance(told, str) or told.isdigit():
        raise ValueError("not a day")
    return told


def _ticked(told: Any) -> Any:
    """A form has words alone."""
    if str(told).lower() not in ("true", "false"):
        raise ValueError("neither true nor false")
    return told


def _number(told: Any) -> Any:
    if isinstance(told, bool | str):
        raise ValueError("not a number")
    return told


Day = Annotated[date, BeforeValidator(_written)]
Number = Annotated[float, BeforeValidator(_number)]
Count = StrictInt
Yes = StrictBool
Ticked = Annotated[bool, BeforeValidator(_ticked)]
