"""What verification found wrong, and in which row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: `what` is a sentence, the rest is where."""

    code: str
    what: str
    county: str | None = None
    change: int | None = None
    table: str | None = None
    id: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The form that commands print under `--json`."""
        return {name: getattr(self, name) for name in self.__slots__}


def shown(value: Any) -> str:
    """A stored value that may be anything, as text that can be printed."""
    return str(value).encode("utf-8", "backslashreplace").decode("utf-8")


def streamed(session: Session, query: Select[Any]) -> Iterator[Any]:
    """Rows a thousand at a time: a register is larger than memory."""
    yield from session.execute(query.execution_options(yield_per=1000))
