"""What a person decides: which statement is the value, what she states herself, why a firm is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain import vocabulary
from app.domain.proposal import SPLIT, Entry, Proposal, Said
from app.domain.statement import Evidence, Value
from app.errors import BadInput, Decided, NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.merging import take_apart
from app.register.desk.why_held import asked_of
from app.register.facts.identity import same_as
from app.register.facts.project import project
from app.register.facts.settle import PRESENT
from app.register.imports import waiting
from app.register.imports.applying import apply
from app.register.machines.of_firm import machines_of
from app.register.scope import REGISTER
from app.register.second import gate
from app.store import ids
from app.store.facts import from_json, to_json
from app.store.models import (
    OPEN,
    AbsenceAnswer,
    Base,
    Change,
    LearnedAnswer,
    MachineReplacement,
    RowAnswer,
    Statement,
    ValueDecision,
)
from app.store.superseding import supersede

#: The file name and the format of what a person states at the desk.
BY_HAND, ENTRY = "手工填报", "entry"

#: Answers that nothing else hangs on: they are taken back alone.
_ANSWERS: dict[str, type[Any]] = {"row": RowAnswer, "learned": LearnedAnswer, "replaced": MachineReplacement}

#: What is done by saying that it is so: a plan closed out, power restored.
_SAYS: Mapping[tuple[str, str, Value], str] = {
    ("plan", "stage", "accepted"): "close_out",
    ("plan", "acceptance", "passed"): "close_out",
    ("action", "kind", "power_restored"): "restore",
}

#: The answers to why a firm is missing, in the clerk's words, and the status that each states.
ABSENCES = {"关停": "closed", "搬迁": "relocated", "被整合": "merged", "漏报": "omitted"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A firm, or something that it holds, as a person names it; `firm` stands for it."""

    firm: str
    section: str
    id: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision that was recorded. `batch`: the entry that states what the person stated, if anything."""

    decision: str | None
    change: int
    batch: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        return {"decision": self.decision, "change": self.change, "batch": self.batch}


def decide_value(session: Session, change: Change, statement: str, reason: str, *, present: bool = False) -> Ruling:
    """Of the statements that stand against each other for a day, let this one be the value; the others are kept.

    `present`: the source of this statement is right about the machine's being there. What anybody says after the
    decision stands against it again.

    Raises:
        NotFound: when no such statement stands.
        Decided: when it is decided for already.
    """
    said = session.scalar(desk_queries.statement(change.county, statement, REGISTER))
    if said is None:
        raise NotFound(f"没有“{statement}”这条说法，或已撤回", fix="请核对说法的编号", code="statement.unknown")
    subject = _subject(session, change.county, said.section, said.subject_id)
    decision = _decide_value(session, change, said, PRESENT if present else said.field, reason)
    project(session, change, [subject.firm])
    if not present:
        _gate(session, change, subject, {said.field: from_json(said.value)}, said.day)
    return Ruling(decision, change.number)


def correct(
    session: Session,
    change: Change,
    section: str,
    id: str,
    facts: Mapping[str, Value],
    day: date,
    reason: str,
    *,
    source: str | None = None,
) -> Ruling:
    """State facts of a firm, or of something that it holds, by hand: from that day on they are the values.

    It is a batch of its own, which can be undone like a roster; whatever others said for that day is kept beside it.
    `source`: the authority or paper that says so; else whoever states it.

    Raises:
        NotFound: when the county has no such firm or thing.
        BadInput: when a field or a value is none of the vocabulary's.
    """
    subject = _subject(session, change.county, section, id)
    for name, value in facts.items():
        checked(section, name, value)
    batch = _enter(session, change, subject, facts, day, source or change.actor)
    stated = session.scalars(select(Statement).where(Statement.county == change.county, Statement.batch_id == batch))
    for said in stated.all():
        _decide_value(session, change, said, said.field, reason)
    project(session, change, [subject.firm])
    _gate(session, change, subject, facts, day)
    return Ruling(None, change.number, batch)


def answer_absence(session: Session, change: Change, batch: str, firm: str, answer: str, reason: str) -> Ruling:
    """Record why a firm of the last roster is not in this one; but for 漏报 its status is stated for the roster's day.

    Raises:
        NotFound: when the county has no such import or firm.
        BadInput: when it is none of the four answers.
        Decided: when it was answered.
    """
    if answer not in ABSENCES:
        raise BadInput(f"没有“{answer}”这个答复", fix=f"请在{'、'.join(ABSENCES)}中选一个", code="absence.bad")
    roster = session.scalar(queries.batch(change.county, batch, REGISTER))
    if roster is None or roster.superseded_by != OPEN:
        raise NotFound(f"没有“{batch}”这次导入，或已撤回", fix="请核对批次编号", code="import.unknown")
    subject = _subject(session, change.county, "enterprise", firm)
    records = same_as(session, change.county).group(subject.firm)
    if session.scalar(desk_queries.absence(change.county, batch, records, REGISTER)) is not None:
        raise Decided("这家企业这一次为什么没有列出，已经答复过", code="absence.answered")
    status, day = ABSENCES[answer], roster.valid_day
    entry = None if answer == "漏报" else correct(session, change, "enterprise", firm, {"status": status}, day, reason)
    row = {"batch_id": batch, "enterprise_id": subject.firm, "answer": status, "reason": reason}
    decision = _record(session, change, AbsenceAnswer, row | {"entry_id": entry.batch if entry else None})
    return Ruling(decision, change.number, entry.batch if entry else None)


def refuse_listed(session: Session, county: str, batch: str, firm: str) -> None:
    """Refuse an answer of a firm that an import did not leave out: by a mistaken number it would state a closure.

    Raises:
        NotFound: when the county has no such import.
        BadInput: when the import lists the firm, or its source never did.
    """
    if same_as(session, county).of(firm) not in waiting.left_out(session, county, batch):
        fix = "请用 luzhang desk 看“这次没列”的企业和批次编号"
        raise BadInput(f"“{batch}”这次导入没有漏下这家企业，不用答为什么没列", fix=fix, code="absence.not_missing")


def refuse_other_firms(session: Session, county: str, batch: str, sheet: str, row: int, machine: str) -> None:
    """Refuse as an answer a machine of another firm than the row is of: the import would not hear it.

    Raises:
        BadInput: when the machine is another firm's.
    """
    same = same_as(session, county)
    waits = [one for one in waiting.held(session, county, batch) if (one.sheet, one.row) == (sheet, row)]
    for one in waits:
        firm = same.of(one.enterprise_id) if one.enterprise_id else None
        if firm and same.of(machine) not in machines_of(session, county, firm, same):
            fix = "请用 luzhang desk 看这一行下面列出的设备编号；都不是的写 new"
            raise BadInput(f"编号为“{machine}”的设备不是这一行的企业的", fix=fix, code="row.other_firms_machine")


def answer_split(session: Session, change: Change, batch: str, sheet: str, row: int, reason: str) -> str:
    """Record that the rows which divide a group, this one among them, only tell its bodies apart; the answer's id.

    Raises:
        NotFound: when no such row of the batch waits for that.
    """
    waits = [one for one in waiting.held(session, change.county, batch) if (one.sheet, one.row) == (sheet, row)]
    if not any(one.why == "machine.splits_group" for one in waits):
        fix = f"请用 luzhang desk 看待定的行；只有问“{asked_of('machine.splits_group')}”的行可以答 split"
        raise NotFound(f"“{sheet}”第 {row} 行不是等着问“是不是一组拆开写”的", fix=fix, code="row.not_split")
    standing = session.scalar(desk_queries.row_answer(change.county, batch, sheet, row, "machine", REGISTER))
    if standing is not None:
        supersede(session, change, RowAnswer, [standing.id])
    place = {"batch_id": batch, "sheet": sheet, "row": row, "about": "machine"}
    return _record(session, change, RowAnswer, {**place, "answer": SPLIT, "reason": reason})


def withdraw(session: Session, change: Change, decision: str) -> dict[str, Any]:
    """Take a decision of whatever kind back.

    Raises:
        NotFound: when no such decision stands.
        Decided: when it goes with another one, which is the one to take back, or was carried out in an import.
    """
    value = session.get(ValueDecision, (change.county, decision))
    if value is not None and value.superseded_by == OPEN:
        return _withdraw_value(session, change, value)
    absence = session.get(AbsenceAnswer, (change.county, decision))
    if absence is not None and absence.superseded_by == OPEN:
        if absence.entry_id:
            raise Decided(
                "这个答复写入了企业状态", fix=f"请撤回那次填报：luzhang undo {absence.entry_id}", code="absence.entered"
            )
        supersede(session, change, AbsenceAnswer, [decision])
        return {"decision": decision, "change": change.number, "taken_back": "absence"}
    for kind, model in _ANSWERS.items():
        answer = session.get(model, (change.county, decision))
        if answer is not None and answer.superseded_by == OPEN:
            if kind == "row":
                _refuse_carried_out(session, answer)
            supersede(session, change, model, [decision])
            return {"decision": decision, "change": change.number, "taken_back": kind}
    return take_apart(session, change, decision).as_dict()


def _refuse_carried_out(session: Session, answer: RowAnswer) -> None:
    """Refuse what was written in with its row: taking back the answer alone would leave what followed of it."""
    batch = session.scalar(queries.batch(answer.county, answer.batch_id, REGISTER))
    if batch is None or batch.superseded_by != OPEN:
        return
    waits = waiting.held(session, answer.county, answer.batch_id)
    if not any((one.sheet, one.row) == (answer.sheet, answer.row) for one in waits):
        raise Decided(
            f"“{answer.sheet}”第 {answer.row} 行已按这个答复写入",
            fix=f"请撤回那次导入：luzhang undo {answer.batch_id}，再重新导入、重新答复",
            code="row.carried_out",
        )


def checked(section: str, name: str, value: Value) -> Value:
    """A value that its field takes.

    Raises:
        BadInput: when the vocabulary has no such field, or the value is none of its.
    """
    known = vocabulary.SECTIONS.get(section, {}).get(name)
    if known is None:
        raise BadInput(f"没有“{section}.{name}”这一项", fix="请核对字段名", code="field.unknown")
    if not vocabulary.takes(known, value):
        raise BadInput(f"“{known.zh}”不能填“{value}”", fix="请按这一项的单位和可选的值填写", code="value.bad")
    return value


def _subject(session: Session, county: str, section: str, id: str) -> Subject:
    same = same_as(session, county)
    standing = same.of(id)
    if section == "enterprise":
        owners = list(session.scalars(queries.enrolled(county, [standing], REGISTER)))
    else:
        owners = list(session.scalars(queries.owners(section, county, [standing], REGISTER)))
    if not owners:
        raise NotFound(f"本县没有编号为“{id}”的企业或设备", fix="请核对编号", code="subject.unknown")
    return Subject(same.of(owners[0]), section, standing)


def _decide_value(session: Session, change: Change, said: Statement, field: str, reason: str) -> str:
    before = session.scalar(desk_queries.value_decision(change.county, said.subject_id, field, said.day, REGISTER))
    if before is not None:
        if before.statement_id == said.id:
            raise Decided("已经定为以这条说法为准", code="value.decided_already")
        supersede(session, change, ValueDecision, [before.id])
    row = {"statement_id": said.id, "subject_id": said.subject_id, "field": field, "day": said.day, "reason": reason}
    return _record(session, change, ValueDecision, row)


def _gate(session: Session, change: Change, subject: Subject, facts: Mapping[str, Value], day: date) -> None:
    """Let what a person says by her own hand through the gate, where saying it does what wants two."""
    for act in dict.fromkeys(_SAYS.get((subject.section, name, value)) for name, value in facts.items()):
        if act is not None:
            gate(session, change, act, {"firm": subject.firm, "stated": dict(facts), "on": day})


def _withdraw_value(session: Session, change: Change, value: ValueDecision) -> dict[str, Any]:
    said = session.get_one(Statement, (change.county, value.statement_id))
    subject = _subject(session, change.county, said.section, said.subject_id)
    supersede(session, change, ValueDecision, [value.id])
    project(session, change, [subject.firm])
    return {"decision": value.id, "change": change.number, "taken_back": "value"}


def _record(session: Session, change: Change, model: type[Base], row: Mapping[str, Any]) -> str:
    id = ids.new()
    common = {"county": change.county, "id": id, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(model).values(**common, **row))
    return id


def _enter(
    session: Session, change: Change, subject: Subject, facts: Mapping[str, Value], day: date, source: str
) -> str:
    """A batch of statements that a person makes herself, or takes from a source that is no roster."""
    said = tuple(
        Said(subject.id, subject.section, name, value, day, source, Evidence(BY_HAND, "", None, _shown(value)))
        for name, value in facts.items()
    )
    written = f"{change.county} {change.number} {subject.id} " + " ".join(
        f"{one.field}={to_json(one.value)}" for one in said
    )
    entry = Entry("changed", subject.firm, "", statements=said)
    proposal = Proposal(
        change.county, BY_HAND, sha256(written.encode()).hexdigest(), ENTRY, None, day, source, (entry,)
    )
    return apply(session, change, proposal, batch=ids.new()).batch


def _shown(value: Value) -> str:
    return getattr(value, "text", None) or str(value)
