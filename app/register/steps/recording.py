"""Recording a step with its particulars, and taking it back: what a rule forbids is refused with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import DateInterval
from app.domain.document_number import normal
from app.domain.statement import Value
from app.errors import BadInput, Decided, NotFound, Refused
from app.register.desk.who import firm_called
from app.register.facts.identity import same_as
from app.register.facts.project import project
from app.register.imports.undo import undo
from app.register.queries import batch as batch_of
from app.register.scope import REGISTER, Actor
from app.register.second import gate
from app.register.steps import machines, queries
from app.register.steps.asked import in_words, kind_of
from app.register.steps.entering import enter, same_action
from app.register.steps.gathered import Gathered, gathered
from app.register.steps.told import basis_told, paper_told, rule, time_told
from app.rules.procedures.case import Facts, May
from app.rules.procedures.judging import may
from app.rules.procedures.procedure import STEPS
from app.store import ids
from app.store.models import OPEN, Change, Step
from app.store.step import DAYS
from app.store.superseding import supersede

#: The step that may want two people.
RESTORED = "power_restored"

_DAY_WORDS = {"decided_on": "作出", "served_on": "送达", "effective_on": "实施"}


@dataclass(frozen=True, slots=True)
class NewStep:
    """What is told of a step. `firm`: id, code or name; `kind`: a verb, a Chinese word or the vocabulary's own.

    `document`: its own paper, `request`: the letter on which it is taken (ids). `machine`: 炉号 or id. `with_gap`:
    record it although something that it needs is missing.
    """

    firm: str
    kind: str
    effective_on: DateInterval | None
    decided_on: DateInterval | None = None
    served_on: DateInterval | None = None
    effective_time: str | None = None
    authority: str | None = None
    document_no: str | None = None
    basis: str | None = None
    document: str | None = None
    request: str | None = None
    machine: str | None = None
    quantity: int | None = None
    note: str | None = None
    with_gap: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was recorded. `gaps`: the conditions that it does not meet, or of which it cannot be told."""

    step: str
    action: str
    change: int
    batch: str
    may: May

    def as_dict(self) -> dict[str, Any]:
        """For commands and the API."""
        gaps = [one for one in self.may.conditions if one.answer is not True]
        return {
            "step": self.step,
            "action": self.action,
            "change": self.change,
            "batch": self.batch,
            "gaps": [
                {
                    "condition": one.id,
                    "standing": "cannot_tell" if one.answer is None else "missing",
                    "sentence": one.sentence,
                    "source": one.source,
                    "lacks": [*one.lacks, *one.late],
                }
                for one in gaps
            ],
        }


def record_step(session: Session, change: Change, said: NewStep, reason: str, actor: Actor) -> Done:
    """Record a step, with statements of what it states, so that lists, ledgers and history have it.

    Raises:
        NotFound: when the firm, a machine, a paper or the basis is not there.
        BadInput: when a day, a time, a number or a quantity is none.
        Refused: when a rule forbids it as it stands, and nobody said that it is recorded with the gap.
        Decided: when somebody recorded it before; then by whom and in which change is told.
    """
    kind, firm = kind_of(said.kind), firm_called(session, change.county, said.firm, actor)
    of = gathered(session, change.county, change.number, actor, firm=firm)
    told = _told(of, kind, firm, said)
    on = said.effective_on
    day = (on.until or on.since if on else None) or clock.today()
    machine = machines.named(session, change, firm, said.machine, said.quantity, day)
    action = same_action(_of_machine(session, of, firm, machine), kind, told)
    _refuse_twice(of, action)
    if machine is not None and kind == "dismantled":
        machines.refuse_out_of_turn(session, change, machine.id, day)
    counted: dict[str, Value] = {}
    if machine is not None and said.quantity is not None:
        counted["quantity"] = said.quantity
        if machine.bodies is not None:
            counted["present"] = machine.bodies
    step: Facts = {"id": action or "", **told, **counted, "kind": kind}
    answer = may(kind, of.case(firm, day, step, recorded=True, named=True))
    _refuse(kind, answer, said.with_gap)
    entry, made = enter(session, change, firm, action, kind, told, machine, said.quantity, reason)
    id = _insert(session, change, firm, made, told, said, machine.id if machine else None, entry, reason)
    if machine is not None:
        project(session, change, [firm])
    if kind == RESTORED:
        gate(session, change, "restore", _effect(firm, kind, action, told, answer))
    return Done(id, made, change.number, entry, answer)


def _effect(firm: str, kind: str, action: str | None, told: Mapping[str, Value], answer: May) -> dict[str, Any]:
    """What a step does, for whoever is to confirm it."""
    gaps = [(one.id, one.answer) for one in answer.conditions if one.answer is not True]
    return {"firm": firm, "kind": kind, "action": action, "told": dict(told), "gaps": gaps}


def withdraw_step(session: Session, change: Change, id: str, actor: Actor) -> dict[str, Any]:
    """Take a step back with what it stated; it stays as what was known until now.

    Raises:
        NotFound: when no such step stands.
        BadInput: when bodies were taken down after it that are counted from what it left.
    """
    row = session.scalar(queries.step(change.county, id, actor))
    if row is None:
        raise NotFound(
            f"没有编号为“{id}”的处置记录，或已撤回", fix="请用 luzhang step list 查看编号", code="step.unknown"
        )
    firm, entry, machine = row.enterprise_id, row.entry_id, row.equipment_id
    if machine is not None and row.quantity is not None:
        last = row.effective_on_to or row.effective_on_from or clock.today()
        machines.refuse_out_of_turn(session, change, machine, last, but=id)
    supersede(session, change, Step, [id])
    stated = session.scalar(batch_of(change.county, entry, REGISTER)) if entry else None
    if entry and stated is not None and stated.superseded_by == OPEN:
        undo(session, change, entry)
    if machine is not None:
        project(session, change, [firm])
    return {"step": id, "taken_back": "step", "change": change.number}


def _told(of: Gathered, kind: str, firm: str, said: NewStep) -> dict[str, Value]:
    """The particulars, once each is sound."""
    for name in DAYS:
        on = getattr(said, name)
        if on is not None and on.since is not None and on.since > clock.today():
            raise BadInput(
                f"{_DAY_WORDS[name]}日期“{on.text}”还没有到；依据 {rule('REG-DAY')}",
                fix="请等到那一天再记，或核对日期",
                code="step.future",
            )
    paper = paper_told(of, firm, said.document)
    paper_told(of, firm, said.request)
    number = normal(said.document_no)
    if number is not None and paper is not None and paper.number and paper.number != number.text:
        raise BadInput(
            f"文号“{number.text}”和所指文书的文号“{paper.number}”不一样",
            fix="请核对文号，或只写一样",
            code="step.number",
        )
    told: dict[str, Value | None] = {
        **{name: getattr(said, name) for name in DAYS},
        "taken_on": said.effective_on,
        "effective_time": time_told(said.effective_time),
        "authority": (said.authority or (paper.issuer if paper else None) or "").strip() or None,
        "document_no": number.text if number else paper.number if paper else None,
        "basis": basis_told(of.county, kind, said.basis),
        "document": said.document,
        "request_document": said.request,
    }
    return {name: value for name, value in told.items() if value is not None}


def _of_machine(session: Session, of: Gathered, firm: str, machine: machines.Machine | None) -> list[Facts]:
    """The firm's actions but those that are recorded of another machine than this one."""
    actions = of.actions.get(firm, ())
    if machine is None:
        return list(actions)
    same = same_as(session, of.county, of.known)

    def others(action: Facts) -> bool:
        recorded = of.recorded.get(str(action["id"]))
        told = recorded.row.equipment_id if recorded else None
        return told is not None and same.of(told) != machine.id

    return [one for one in actions if not others(one)]


def _refuse_twice(of: Gathered, action: str | None) -> None:
    recorded = of.recorded.get(action or "")
    if recorded is None:
        return
    at = recorded.at.astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M")
    raise Decided(
        f"这一步已由{recorded.by}在第 {recorded.row.recorded_by} 号变更记过（{at}，编号 {recorded.row.id}）",
        fix=f"不必再记；要改先撤回：luzhang step withdraw {recorded.row.id}",
        code="step.already",
    )


def _refuse(kind: str, answer: May, with_gap: bool) -> None:
    """Refuse what a rule forbids; with all sentences at once, so that nothing is mended in vain."""
    never = [one for one in answer.refusing if one.force == "always"]
    against = never or ([] if with_gap else list(answer.refusing))
    if not against:
        return
    mend = "；".join(dict.fromkeys(one.mend for one in against if one.mend))
    gap = "" if never else "；事情确已发生而文书不全的，加 --gap 并写明理由，缺口会照列"
    message = f"{STEPS[kind]}不能这样记：{'；'.join(in_words(one) for one in against)}"
    if never:
        raise BadInput(
            message, fix=mend or "请核对", code="step.quantity" if never[0].id == "REG-QUANTITY" else "step.day"
        )
    raise Refused(message, fix=f"{mend}{gap}")


def _insert(
    session: Session,
    change: Change,
    firm: str,
    action: str,
    told: Mapping[str, Value],
    said: NewStep,
    machine: str | None,
    entry: str,
    reason: str,
) -> str:
    id = ids.new()
    row: dict[str, Any] = {
        "enterprise_id": firm,
        "action_id": action,
        "effective_time": told.get("effective_time"),
        "authority": told.get("authority"),
        "document_no": told.get("document_no"),
        "basis": told.get("basis"),
        "document_id": said.document,
        "request_document_id": said.request,
        "equipment_id": machine,
        "quantity": said.quantity,
        "with_gap": said.with_gap,
        "note": (said.note or "").strip() or None,
        "reason": reason,
        "entry_id": entry,
    }
    for name in DAYS:
        row |= _days(name, getattr(said, name))
    common = {"county": change.county, "id": id, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(Step).values(**common, **row))
    return id


def _days(stem: str, on: DateInterval | None) -> dict[str, date | str | None]:
    return {
        f"{stem}_from": on.since if on else None,
        f"{stem}_to": on.until if on else None,
        f"{stem}_precision": on.precision if on else None,
        f"{stem}_text": on.text if on else None,
    }
