"""What people decided of a firm and of what it holds, and what was measured there, whether taken back or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.measures import MEASURES
from app.register.facts.settle import PRESENT
from app.register.history import queries
from app.register.history.acts import Act
from app.register.history.things import Thing, in_words, zh
from app.register.scope import Actor
from app.store.facts import from_json
from app.store.models import OPEN

_ANSWERS = {"same": "定为同一家", "different": "定为不是一家", "later": "以后再定"}
_NOT_REPLACED = "定为没有换新的关系"
_ABSENT = {"closed": "关停", "relocated": "搬迁", "merged": "被整合", "omitted": "漏报"}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision (or what followed of one), with the changes that recorded it and took it back."""

    kind: str
    id: str
    said: str
    reason: str | None
    recorded_by: int
    superseded_by: int
    recorded: Act | None = None
    superseded: Act | None = None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its changes."""
        return (self.recorded_by,) if self.superseded_by == OPEN else (self.recorded_by, self.superseded_by)

    def with_acts(self, acts: Mapping[int, Act], known: int) -> Decided:
        """The same with its changes as people read them; what happened after `known` had not happened."""
        back = acts.get(self.superseded_by) if self.superseded_by <= known else None
        return replace(self, recorded=acts.get(self.recorded_by), superseded=back)

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {
            "kind": self.kind,
            "id": self.id,
            "said": self.said,
            "reason": self.reason,
            "known_since": self.recorded.as_dict() if self.recorded else None,
            "superseded": self.superseded.as_dict() if self.superseded else None,
        }


def decided_of(
    session: Session, county: str, records: Sequence[str], things: Mapping[str, Thing], known: int, actor: Actor
) -> list[Decided]:
    """In order of changes."""
    found = [
        *_identities(session, county, list(things), things, known, actor),
        *_rulings(session, county, list(things), things, known, actor),
        *_answers(session, county, records, list(things), things, known, actor),
        *_measured(session, county, records, known, actor),
    ]
    return sorted(found, key=lambda one: (one.recorded_by, one.id))


def _of(kind: str, row: Any, said: str, reason: str | None) -> Decided:
    return Decided(kind, row.id, said, reason, row.recorded_by, row.superseded_by)


def _identities(
    session: Session, county: str, ids: Sequence[str], things: Mapping[str, Thing], known: int, actor: Actor
) -> Iterator[Decided]:
    for row in session.scalars(queries.identities(county, ids, known, actor)):
        pair = f"{_named(row.subject_id, things)} 与 {_named(row.other_id, things)}"
        machines = row.section == "equipment" and row.answer == "different"
        yield _of("identity", row, f"{pair}：{_NOT_REPLACED if machines else _ANSWERS[row.answer]}", row.reason)
    for row in session.scalars(queries.standing(county, ids, known, actor)):
        said = f"{_named(row.subject_id, things)} 由 {_named(row.into_id, things)} 代表"
        yield _of("replacement", row, said, None)


def _rulings(
    session: Session, county: str, ids: Sequence[str], things: Mapping[str, Thing], known: int, actor: Actor
) -> Iterator[Decided]:
    for row, stated in session.execute(queries.rulings(county, ids, known, actor)):
        field = zh(stated.section, row.field)
        value = "" if row.field == PRESENT else f" {in_words(stated.section, row.field, from_json(stated.value))}"
        where = f"{stated.file} {stated.sheet}!{stated.cell}" if stated.cell else f"{stated.file} {stated.sheet}"
        said = f"{_named(row.subject_id, things)} {row.day} {field}：以{stated.source}（{where}）为准{value}"
        yield _of("value", row, said, row.reason)


def _answers(
    session: Session,
    county: str,
    records: Sequence[str],
    ids: Sequence[str],
    things: Mapping[str, Thing],
    known: int,
    actor: Actor,
) -> Iterator[Decided]:
    for row in session.scalars(queries.absences(county, records, known, actor)):
        yield _of("absent", row, f"批次 {row.batch_id} 没有列入：{_ABSENT[row.answer]}", row.reason)
    for row in session.scalars(queries.row_answers(county, ids, known, actor)):
        where = f"批次 {row.batch_id} {row.sheet} 第{row.row}行"
        yield _of("row", row, f"{where}认定为 {_named(row.answer, things)}", row.reason)
    for row in session.scalars(queries.names_told(county, records, known, actor)):
        yield _of("name", row, f"名册里的“{row.key}”就是 {_named(row.enterprise_id, things)}", row.reason)


def _measured(session: Session, county: str, records: Sequence[str], known: int, actor: Actor) -> Iterator[Decided]:
    for row in session.scalars(queries.measured(county, records, known, actor)):
        named = MEASURES.get(row.kind)
        said = f"{getattr(named, 'zh', None) or row.kind} {row.value:.15g}，{row.measured_on_text}，{row.source}"
        yield _of("measurement", row, said, row.reason)


def _named(id: str, things: Mapping[str, Thing]) -> str:
    return f"{things[id].called}（{id}）" if id in things else id
