"""Measures of plans: promised, put off, carried out, overdue; and any record beside a plan taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import FOREVER, DateInterval
from app.domain.register import AsOf, Enterprise, Subject
from app.errors import BadInput, Decided, NotFound
from app.register.desk.who import firm_called
from app.register.facts.views import snapshot
from app.register.limits.measuring import in_change
from app.register.papers.documents import documents
from app.register.permits.shown import whose
from app.register.plans import queries
from app.register.plans.recording import paper_called, withdraw_step
from app.register.plans.records import Measure, measures
from app.register.plans.standing import Standing, Wanted, looking_at, standings
from app.register.scope import REGISTER, Actor
from app.rules.plans.ladder import STAGES
from app.store import ids
from app.store.models import OPEN, Change, PlanMeasure, PlanMeasureDone, PlanMeasureExtension
from app.store.superseding import supersede

Told = dict[str, Any]

_LAST = FOREVER - timedelta(days=1)
#: Measures that are to be looked at, the most pressing first.
_LOOKED_AT = ("overdue", "cannot_tell", "due")


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What is promised: `due` None where the plan gives no day; `document`: the plan's own paper, by id or number."""

    firm: str
    text: str
    unit: str | None = None
    due: DateInterval | None = None
    document: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is overdue by a day, or may be, or falls due `within` so many days: measures, and whole plans."""

    county: str
    day: Any
    known: int
    within: int
    lines: tuple[tuple[Standing, Measure, str], ...]
    plans: tuple[Standing, ...] = field(default=())

    @property
    def status(self) -> int:
        """1 where anything is overdue or cannot be told."""
        return int(bool(self.plans) or any(state != "due" for _, _, state in self.lines))

    def as_dict(self) -> Told:
        """The object that `luzhang plan overdue --json` prints."""
        totals = {name: sum(state == name for *_, state in self.lines) for name in _LOOKED_AT}
        lines = [
            {"enterprise": whose(one.firm), "plan": one.plan.id, **told.as_dict(self.day)}
            for one, told, _ in self.lines
        ]
        plans = [
            {
                "enterprise": whose(one.firm),
                "plan": one.plan.id,
                "stage": one.stage,
                "stage_label": STAGES[one.stage] if one.stage else None,
                "due": one.due.isoformat() if one.due else None,
                "overdue": one.overdue,
            }
            for one in self.plans
        ]
        asked = {"county": self.county, "as_of": self.day.isoformat(), "known": self.known, "within": self.within}
        return {**asked, "totals": {**totals, "plans": len(plans)}, "measures": lines, "plans": plans}


def overdue(
    session: Session,
    county: str,
    as_of: AsOf,
    actor: Actor,
    *,
    within: int = 0,
    township: str | None = None,
    unit: str | None = None,
) -> Overdue:
    """Measures past their day, or of which it cannot be told, or due soon; plans past the day that a paper gives them.

    `unit`: those for which this unit is responsible; then plans as a whole are left out.

    Raises:
        UnknownTownship: when the county has none such.
    """
    found = standings(session, county, Wanted(township=township), as_of, actor).plans
    lines = [
        (one, measure, state)
        for one in found
        for measure in one.measures
        if unit in (None, measure.unit)
        and (state := measure.state(as_of.day)) in _LOOKED_AT
        and (state != "due" or _soon(measure, as_of, within))
    ]
    lines.sort(key=lambda line: (_LOOKED_AT.index(line[2]), _ends(line[1]), line[0].firm.id))
    late = tuple(one for one in found if one.overdue is not False and one.due is not None) if unit is None else ()
    return Overdue(county, as_of.day, as_of.known, within, tuple(lines), late)


def add_measure(engine: Engine, county: str, said: NewMeasure, *, reason: str, actor: Actor) -> Told:
    """Record what a firm's plan promises.

    Raises:
        UnknownCounty, NotFound: when the county, the firm, its plan or the paper is not there.
        BadInput: when nothing is said, or the paper is another firm's.
        Decided: when the same is recorded already.
    """
    text = said.text.strip()
    if not text:
        raise BadInput("没有写措施", fix="请写要做什么，如“铝壳炉换成钢壳炉”", code="plan.measure")

    def verb(session: Session, change: Change) -> Told:
        firm = firm_called(session, county, said.firm, actor)
        plan = _plan(session, change, firm, said.plan)
        due = said.due
        row = {
            "plan_id": plan,
            "measure": text,
            "responsible_unit": (said.unit or "").strip() or None,
            "due_from": due.since if due else None,
            "due_to": due.until if due else None,
            "due_precision": due.precision if due else None,
            "due_text": due.text if due else None,
            "document_id": _paper(session, change, said.document, firm, actor),
        }
        for one in _standing(session, change, "measure", plan):
            if all(getattr(one, name) == row[name] for name in ("plan_id", "measure", "responsible_unit", "due_to")):
                raise Decided(f"同样的措施已经记过（编号 {one.id}）", fix="不必再记", code="plan.measure_already")
        made = _insert(session, change, PlanMeasure, {**row, "reason": reason})
        return {"measure": made, "plan": plan, "change": change.number}

    return in_change(engine, county, "plan_measure", verb, reason, actor)


def carry_out(
    engine: Engine,
    county: str,
    measure: str,
    on: DateInterval,
    *,
    document: str | None = None,
    reason: str,
    actor: Actor,
) -> Told:
    """Record that a measure was carried out.

    Raises:
        UnknownCounty, NotFound: when the county, the measure or the paper is not there.
        BadInput: when the day has no end or is still to come.
        Decided: when that is recorded already.
    """
    if on.until is None or on.until > clock.today():
        raise BadInput(f"完成日期“{on.text}”没有过完", fix="只记已经完成的；请写到哪一天以前", code="day.future")

    def verb(session: Session, change: Change) -> Told:
        row = session.scalar(queries.one("measure", county, measure, actor))
        if row is None:
            raise _unknown(measure)
        _refuse_done(session, change, row)
        owner = _owner(session, change, row.plan_id)
        told = {
            "plan_id": row.plan_id,
            "measure_id": measure,
            "done_on_from": on.since,
            "done_on_to": on.until,
            "done_on_precision": on.precision,
            "done_on_text": on.text,
            "document_id": _paper(session, change, document, owner, actor),
        }
        made = _insert(session, change, PlanMeasureDone, {**told, "reason": reason})
        return {"done": made, "measure": measure, "change": change.number}

    return in_change(engine, county, "plan_measure", verb, reason, actor)


def extend(
    engine: Engine,
    county: str,
    measure: str,
    due: DateInterval,
    *,
    document: str | None = None,
    reason: str,
    actor: Actor,
) -> Told:
    """Put off the day of a measure; the former day stays told with it.

    Raises:
        UnknownCounty, NotFound: when the county, the measure or the paper is not there.
        BadInput: when the day has no end, is not after the former one, or there is none to put off.
        Decided: when the measure is recorded as carried out.
    """
    if due.until is None:
        raise BadInput(f"日期“{due.text}”没有终止的一天", fix="请写某一天，或写到哪一天以前", code="day.bad")

    def verb(session: Session, change: Change) -> Told:
        row = session.scalar(queries.one("measure", county, measure, actor))
        if row is None:
            raise _unknown(measure)
        _refuse_done(session, change, row)
        rows = measures(session, county, change.number, REGISTER).get(row.plan_id, ())
        former = next(one.due for one in rows if one.id == measure)
        if former is None:
            fix = f"请先撤回这条措施（luzhang plan back {measure}），再带期限重记"
            raise BadInput("这条措施没有写期限，谈不上延长", fix=fix, code="plan.extension")
        if former.until is None or due.until is None or due.until <= former.until:
            why = f"新期限“{due.text}”不晚于原期限“{former.text}”"
            raise BadInput(why, fix="延长要写更晚的日期；期限写错了的，撤回措施重记", code="plan.extension")
        told = {
            "plan_id": row.plan_id,
            "measure_id": measure,
            "due_from": due.since,
            "due_to": due.until,
            "due_precision": due.precision,
            "due_text": due.text,
            "document_id": _paper(session, change, document, _owner(session, change, row.plan_id), actor),
        }
        made = _insert(session, change, PlanMeasureExtension, {**told, "reason": reason})
        days = {"former_due": former.as_dict(), "due": due.as_dict()}
        return {"extension": made, "measure": measure, **days, "change": change.number}

    return in_change(engine, county, "plan_measure", verb, reason, actor)


def take_back(engine: Engine, county: str, id: str, *, reason: str, actor: Actor) -> Told:
    """Take back a step, a measure with all that was recorded of it, an extension, or that it was carried out.

    Raises:
        NotFound: when no such record stands.
    """

    def verb(session: Session, change: Change) -> Told:
        if session.scalar(queries.one("done", county, id, actor)) is not None:
            supersede(session, change, PlanMeasureDone, [id])
            return {"done": id, "taken_back": "plan_measure_done", "change": change.number}
        if session.scalar(queries.one("extension", county, id, actor)) is not None:
            supersede(session, change, PlanMeasureExtension, [id])
            return {"extension": id, "taken_back": "plan_measure_extension", "change": change.number}
        row = session.scalar(queries.one("measure", county, id, actor))
        if row is not None:
            for record, model in (("done", PlanMeasureDone), ("extension", PlanMeasureExtension)):
                rows = _standing(session, change, record, row.plan_id)
                supersede(session, change, model, [one.id for one in rows if one.measure_id == id])
            supersede(session, change, PlanMeasure, [id])
            return {"measure": id, "taken_back": "plan_measure", "change": change.number}
        return withdraw_step(session, change, id, actor)

    return in_change(engine, county, "withdraw", verb, reason, actor)


def _plan(session: Session, change: Change, firm: str, plan: str | None) -> str:
    """The firm's plan of this id, or its only one."""
    own = next((one.plans for one in _firms(session, change) if one.id == firm), ())
    found: list[Subject] = [one for one in own if plan in (None, one.id)]
    if len(found) == 1:
        return found[0].id
    why = "这家企业没有一企一策方案" if not own else f"这家企业有 {len(own)} 份方案，要指明是哪一份"
    if own and not found:
        why = f"这家企业没有编号为“{plan}”的方案"
    listed = "、".join(one.id for one in own)
    fix = f"方案编号：{listed}" if own else "请先记方案制定：luzhang plan advance 企业 --stage made"
    raise NotFound(why, fix=fix, code="plan.several" if len(found) > 1 else "plan.unknown")


def _standing(session: Session, change: Change, record: str, plan: str) -> list[Any]:
    """The records of a kind that stand on a plan."""
    rows = session.scalars(queries.ever(record, change.county, [plan], change.number, REGISTER))
    return [one for one in rows if one.superseded_by == OPEN]


def _refuse_done(session: Session, change: Change, measure: PlanMeasure) -> None:
    """Refuse what comes too late: the measure was carried out."""
    for one in _standing(session, change, "done", measure.plan_id):
        if one.measure_id == measure.id:
            why = f"这条措施已记为完成：{one.done_on_text}，第 {one.recorded_by} 号变更（编号 {one.id}）"
            raise Decided(why, fix=f"要改先撤回：luzhang plan back {one.id}", code="plan.measure_done")


def _owner(session: Session, change: Change, plan: str) -> str:
    firms: Iterator[Enterprise] = (one for one in _firms(session, change) if any(own.id == plan for own in one.plans))
    found = next(firms, None)
    return found.id if found else ""


def _firms(session: Session, change: Change) -> list[Enterprise]:
    at = AsOf(_LAST, change.number)
    firms = snapshot(session, change.county, at, REGISTER, sections=("plan",)).enterprises
    return looking_at(session, change.county, at, REGISTER).whole(session, firms, REGISTER)


def _paper(session: Session, change: Change, words: str | None, firm: str, actor: Actor) -> str | None:
    if not words:
        return None
    paper = paper_called(documents(session, change.county, change.number, actor, revised=True), words)
    if paper.is_about(firm) is False:
        raise BadInput(f"文书“{paper.title}”写的不是这家企业", fix="请核对文书", code="document.not_of_firm")
    return paper.id


def _insert(
    session: Session, change: Change, model: type[PlanMeasure | PlanMeasureExtension | PlanMeasureDone], row: Told
) -> str:
    made = ids.new()
    key = {"county": change.county, "id": made, "recorded_by": change.number, "superseded_by": OPEN}
    session.execute(insert(model).values(**key, **row))
    return made


def _soon(measure: Measure, as_of: AsOf, within: int) -> bool:
    until = measure.due.until if measure.due else None
    return until is not None and (until - as_of.day).days <= within


def _ends(measure: Measure) -> Any:
    return (measure.due.until if measure.due else None) or FOREVER


def _unknown(id: str) -> NotFound:
    return NotFound(f"没有编号为“{id}”的措施，或已撤回", fix="请用 luzhang plan list 查看编号", code="plan.unknown")
