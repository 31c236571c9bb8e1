"""What people decided of a firm and of what it holds, what was measured there, its papers; taken back or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.domain.documents import ACCEPTANCE_LEVELS, ACCEPTANCE_RESULTS, DOCUMENT_KINDS
from app.domain.masking import masked
from app.domain.measures import MEASURES
from app.domain.vocabulary import ENUMS
from app.register.acceptances.queries import ever as acceptances_ever
from app.register.facts.settle import PRESENT
from app.register.history import queries
from app.register.history.acts import Act
from app.register.history.things import Thing, in_words, zh
from app.register.papers.queries import ever
from app.register.plans import queries as plan_queries
from app.register.scope import Actor
from app.register.steps.queries import ever as steps_ever
from app.rules.procedures.procedure import STEPS
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
        *_papers(session, county, records, known, actor),
        *_steps(session, county, records, known, actor),
        *_acceptances(session, county, records, known, actor),
        *_advanced(session, county, list(things), known, actor),
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


def _papers(session: Session, county: str, records: Sequence[str], known: int, actor: Actor) -> Iterator[Decided]:
    for row in session.scalars(ever(county, records, known, actor)):
        told = f"{DOCUMENT_KINDS[row.kind]} {row.number or masked(row.title or '') or '无文号'}"
        revises = f"，顶替 {row.revises_id}" if row.revises_id else ""
        yield _of(
            "document", row, f"{told}，{row.dated_text or '日期不明'}，{row.issuer or '机关不明'}{revises}", row.reason
        )


def _steps(session: Session, county: str, records: Sequence[str], known: int, actor: Actor) -> Iterator[Decided]:
    for row, kind in session.execute(steps_ever(county, records, known, actor)):
        told = f"{STEPS[kind]}，{row.effective_on_text or '日期不明'}，{row.authority or '没有写实施单位'}"
        gap = "（带缺口记的）" if row.with_gap else ""
        yield _of("step", row, f"{told}，{row.document_no or '没有写文号'}{gap}", row.reason)


def _advanced(session: Session, county: str, ids: Sequence[str], known: int, actor: Actor) -> Iterator[Decided]:
    stages = ENUMS["plan_stage"]
    for row in session.scalars(plan_queries.ever("step", county, ids, known, actor)):
        unit = f"，{row.unit}" if row.unit else ""
        yield _of("plan_step", row, f"一企一策{stages[row.stage]}，{row.reached_on_text}{unit}", row.reason)
    for row in session.scalars(plan_queries.ever("measure", county, ids, known, actor)):
        due = f"，期限 {row.due_text}" if row.due_text else ""
        yield _of("plan_measure", row, f"方案措施：{row.measure}{due}", row.reason)
    for row in session.scalars(plan_queries.ever("extension", county, ids, known, actor)):
        yield _of("plan_measure_extension", row, f"方案措施延期（{row.measure_id}）到{row.due_text}", row.reason)
    for row in session.scalars(plan_queries.ever("done", county, ids, known, actor)):
        yield _of("plan_measure_done", row, f"方案措施完成（{row.measure_id}），{row.done_on_text}", row.reason)


def _acceptances(session: Session, county: str, records: Sequence[str], known: int, actor: Actor) -> Iterator[Decided]:
    for row in session.scalars(acceptances_ever("acceptance", county, records, known, actor)):
        told = f"{ACCEPTANCE_LEVELS[row.level]}{ACCEPTANCE_RESULTS[row.result]}，{row.accepted_on_text}"
        gap = "（带缺口记的）" if row.with_gap else ""
        yield _of("acceptance", row, f"{told}，{masked(row.units or '没有写参加单位')}{gap}", row.reason)
    for row in session.scalars(acceptances_ever("item", county, records, known, actor)):
        told = f"要整改：{masked(row.item)}，{row.due_text or '没有写期限'}"
        yield _of("returned_item", row, told, row.reason)
    for row in session.scalars(acceptances_ever("done", county, records, known, actor)):
        yield _of("returned_item_done", row, f"改完了（事项 {row.returned_item_id}），{row.done_on_text}", row.reason)


def _named(id: str, things: Mapping[str, Thing]) -> str:
    return f"{things[id].called}（{id}）" if id in things else id
