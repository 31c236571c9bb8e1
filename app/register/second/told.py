"""What was told, as canonical JSON and back: days, texts, numbers, lists of them, and names with such."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from app.domain.dates import DateInterval

_DAYS, _DAY = "~days", "~day"


def canonical(said: Any) -> str:
    """Canonical JSON: sorted names, no blanks; the same told gives the same text."""
    return json.dumps(plain(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(said: Any) -> str:
    """SHA-256 of it."""
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def plain(said: Any) -> Any:
    """As JSON can say it."""
    if isinstance(said, DateInterval):
        return {_DAYS: said.as_dict()}
    if isinstance(said, date):
        return {_DAY: said.isoformat()}
    if is_dataclass(said) and not isinstance(said, type):
        return {one.name: plain(getattr(said, one.name)) for one in fields(said)}
    if isinstance(said, Mapping):
        return {str(name): plain(value) for name, value in said.items()}
    if isinstance(said, Sequence) and not isinstance(said, str):
        return [plain(one) for one in said]
    return said


def read(text: str) -> Any:
    """Back from canonical JSON; lists come back as tuples, what was a dataclass as its names and values."""
    return _meant(json.loads(text))


def shown(text: str) -> Any:
    """The same for people: days as they were written."""
    return _as_written(json.loads(text))


def _meant(said: Any) -> Any:
    if isinstance(said, list):
        return tuple(_meant(one) for one in said)
    if isinstance(said, dict):
        if set(said) == {_DAYS}:
            return DateInterval.from_dict(said[_DAYS])
        if set(said) == {_DAY}:
            return date.fromisoformat(said[_DAY])
        return {name: _meant(value) for name, value in said.items()}
    return said


def _as_written(said: Any) -> Any:
    if isinstance(said, list):
        return [_as_written(one) for one in said]
    if isinstance(said, dict):
        if set(said) == {_DAYS}:
            return said[_DAYS]["text"]
        if set(said) == {_DAY}:
            return said[_DAY]
        return {name: _as_written(value) for name, value in said.items()}
    return said
