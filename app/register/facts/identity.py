"""Which record stands for which: the settled outcome of what people decided of firms and of what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.register import queries
from app.register.desk import desk_queries
from app.register.scope import REGISTER


@dataclass(frozen=True, slots=True)
class Same:
    """Records that are set aside, each with the one that stands for it; that one is never set aside itself."""

    into: Mapping[str, str]
    _aside: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for subject, into in self.into.items():
            self._aside.setdefault(into, []).append(subject)

    def of(self, id: str) -> str:
        """The record that stands for this one."""
        return self.into.get(id, id)

    def group(self, id: str) -> list[str]:
        """All records of what this one is a record of; the one that stands comes first."""
        standing = self.of(id)
        return [standing, *self._aside.get(standing, ())]

    def voices(self, ids: Iterable[str]) -> list[str]:
        """The records under which these were spoken of, each once."""
        return list(dict.fromkeys(voice for id in ids for voice in (self.group(id) if id not in self.into else (id,))))


def same_as(session: Session, county: str, known: int = queries.NOW.known) -> Same:
    """Which record stood for which, as known at a change."""
    return Same(dict(session.execute(desk_queries.same(county, known, REGISTER)).all()))
