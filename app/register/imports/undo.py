"""Taking an import back: its statements are withdrawn, the facts reckoned anew, and what became of each is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.statement import Statement
from app.errors import AlreadyUndone, Decided, NotFound
from app.register import queries
from app.register.desk import desk_queries
from app.register.desk.deciding import ENTRY
from app.register.facts.identity import same_as
from app.register.facts.project import Part, lay, parts_of, reckon
from app.register.facts.settle import PRESENT
from app.register.facts.spoken import by_subject, spoken
from app.register.facts.timelines import Timelines
from app.register.imports import batch_queries, dividing, waiting_files
from app.register.imports.outcomes import Outcome, overruled, reversed_days
from app.register.machines import replacing
from app.register.machines.apart import withdraw_apart
from app.register.machines.machine_words import in_words
from app.register.machines.within_firm import firms_of
from app.register.places import townships_of
from app.register.plans import queries as plan_queries
from app.register.scope import LOCAL_OPERATOR, REGISTER, Actor
from app.register.steps import queries as step_queries
from app.register.successions import queries as succession_queries
from app.rules.plans.ladder import STAGES
from app.store.models import OPEN, AbsenceAnswer, Base, Change, ImportBatch, LearnedAnswer, StatedFigure, ValueDecision
from app.store.models import Statement as StatementRow
from app.store.superseding import supersede


@dataclass(frozen=True, slots=True)
class Undone:
    """What went back (and for which days), what stays because it was changed since, and what an undo cannot reach.

    `unchanged`: how many fields the import had only said again, so that they stand without it.
    """

    batch: str
    change: int
    reversed: tuple[Outcome, ...]
    kept: tuple[Outcome, ...]
    could_not: tuple[Outcome, ...]
    unchanged: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For `undo --json` and the API."""
        buckets = {name: [one.as_dict() for one in getattr(self, name)] for name in ("reversed", "kept", "could_not")}
        return {"batch": self.batch, "change": self.change, **buckets, "unchanged": self.unchanged}


@dataclass(frozen=True, slots=True)
class _Sides:
    """The statements on the firms concerned and their timelines, with the import and without it."""

    parts: Sequence[Part]
    withdrawn: Sequence[Statement]
    said: Mapping[str, Sequence[Statement]]
    rest: Mapping[str, Sequence[Statement]]
    before: Mapping[str, Timelines]
    after: Mapping[str, Timelines]


def county_of_batch(session: Session, batch: str, actor: Actor = LOCAL_OPERATOR) -> str:
    """The county that an import was applied to.

    Raises:
        NotFound: when there is no such import, or the file only waits.
    """
    counties = session.scalars(queries.batch_county(batch, actor)).all()
    if not counties:
        waiting_files.refuse_unapplied(session, batch, actor)
        raise _no_batch(batch)
    return str(counties[0])


def undo(session: Session, change: Change, batch: str) -> Undone:
    """Withdraw what an import said, and make the facts what the other statements say.

    Raises:
        NotFound: when the county has no such import.
        AlreadyUndone: when it was taken back before.
        Decided: when it divided a group, and others have spoken of the parts since; when its corrected copy stands;
            when it is the entry of an act that stands (a step, a plan's step, a succession).
    """
    applied = session.scalar(queries.batch(change.county, batch, REGISTER))
    if applied is None:
        raise _no_batch(batch)
    if applied.superseded_by != OPEN:
        raise AlreadyUndone(f"{applied.file} 的这次导入已由第 {applied.superseded_by} 号变更撤销过")
    _refuse_corrected(session, change.county, batch)
    _refuse_act(session, change.county, batch)
    _refuse_divided(session, change.county, batch, _sides(session, change.county, batch))
    entered = [undo(session, change, entry) for entry in _entered_with(session, applied)]
    sides = _sides(session, change.county, batch)
    figures = tuple(_figures(session, change.county, batch))
    for model, column in ((StatementRow, "batch_id"), (StatedFigure, "batch_id"), (ImportBatch, "id")):
        _withdraw(session, change, model, column, batch)
    for decisions, of_batch in ((ValueDecision, desk_queries.decided_by), (AbsenceAnswer, desk_queries.absences)):
        supersede(session, change, decisions, session.scalars(of_batch(change.county, batch, REGISTER)).all())
    supersede(session, change, AbsenceAnswer, _answers_with(session, applied))
    forgotten = _forget(session, change, batch) + _unlink(session, change, applied, sides)
    session.expire(applied)
    lay(session, change, sides.parts, sides.after)
    outcomes = list(_outcomes(sides))
    went, kept = ([one for undone in entered for one in getattr(undone, side)] for side in ("reversed", "kept"))
    return Undone(
        batch,
        change.number,
        reversed=(*went, *(one for one in outcomes if one and one.why is None), *figures, *forgotten),
        kept=(*kept, *(one for one in outcomes if one and one.why is not None)),
        could_not=_issued(session, change.county, applied.recorded_by),
        unchanged=outcomes.count(None) + sum(undone.unchanged for undone in entered),
    )


def _entered_with(session: Session, applied: ImportBatch) -> list[str]:
    """What a copy's answers stated of firms that were left out, as entries in the change of its import."""
    if applied.format == ENTRY:
        return []
    every = session.scalars(batch_queries.batches(applied.county, REGISTER))
    return [
        one.id
        for one in every
        if one.format == ENTRY and one.recorded_by == applied.recorded_by and one.superseded_by == OPEN
    ]


def _answers_with(session: Session, applied: ImportBatch) -> list[str]:
    """Why firms were left out by a former batch, as the copy answered that was applied by this import."""
    answers = session.scalars(desk_queries.answered(applied.county, REGISTER))
    return [one.id for one in answers if applied.format != ENTRY and one.recorded_by == applied.recorded_by]


def _no_batch(batch: str) -> NotFound:
    return NotFound(f"没有“{batch}”这次导入", fix="请核对批次编号；导入完成时会给出它", code="import.unknown")


def _parts(session: Session, county: str, batch: str) -> list[Part]:
    """The firms that a batch speaks of, or of whose holdings, with all that they hold."""
    found: list[Part] = []
    firms: set[str] = set(session.scalars(queries.spoken_of("enterprise", county, batch, REGISTER)))
    for section in queries.HELD:
        subjects = session.scalars(queries.spoken_of(section, county, batch, REGISTER)).all()
        for some in queries.in_parts(subjects):
            firms.update(session.scalars(queries.owners(section, county, some, REGISTER)))
    for some in queries.in_parts(sorted(firms)):
        found += parts_of(session, county, some)
    return found


def _sides(session: Session, county: str, batch: str) -> _Sides:
    parts = _parts(session, county, batch)
    told = list(spoken(session, county, [part.id for part in parts], queries.NOW, REGISTER))
    said = _by_subject(statement for _, statement in told)
    rest = _by_subject(statement for of, statement in told if of != batch)
    townships = townships_of(session, county)
    return _Sides(
        parts,
        [statement for of, statement in told if of == batch],
        said,
        rest,
        before=reckon(parts, said, townships),
        after=reckon(parts, rest, townships),
    )


def _by_subject(said: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in said:
        found[one.subject].append(one)
    return found


def _withdraw(session: Session, change: Change, model: type[Base], column: str, batch: str) -> None:
    of = Base.metadata.tables[str(model.__tablename__)]
    own = (of.c.county == change.county, of.c[column] == batch, of.c.superseded_by == OPEN)
    session.execute(update(of).where(*own).values(superseded_by=change.number))


def _outcomes(sides: _Sides) -> Iterator[Outcome | None]:
    """Each field that the import had spoken of: what went back has no `why`; None for what it had only said again."""
    owner = {part.id: part for part in sides.parts}
    names = {firm: _name(sides.said.get(firm, ())) for firm in {part.firm for part in sides.parts}}
    own: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for said in sides.withdrawn:
        own[said.subject, said.field].append(said)
        if said.section == "equipment" and said.subject in sides.rest:
            own.setdefault((said.subject, PRESENT), [])
    for (subject, field), withdrawn in own.items():
        before, after = (side[subject].get(field, ()) for side in (sides.before, sides.after))
        firm, section = names[owner[subject].firm], owner[subject].section
        went = list(reversed_days(firm, section, field, before, after))
        if went or field == PRESENT:
            yield from went
            continue
        left = [said for said in sides.rest.get(subject, ()) if said.field == field]
        kept = (overruled(firm, section, said, left, after) for said in withdrawn)
        yield from [one for one in kept if one] or (None,)


def _figures(session: Session, county: str, batch: str) -> Iterator[Outcome]:
    """Figures that the import had stated; nobody else's stands in their place."""
    for row in session.scalars(queries.figures_of(county, batch, REGISTER)):
        number = "不明" if row.number is None else f"{row.number:.15g}{row.unit or ''}"
        yield Outcome("", "figure", row.phrase, number, None, since=row.day_from, until=row.day_to)


def _forget(session: Session, change: Change, batch: str) -> tuple[Outcome, ...]:
    """What was learned with the import: for a wrong map is the usual reason to take one back."""
    learned = session.scalars(desk_queries.learned_in(change.county, batch, REGISTER)).all()
    outcomes = tuple(Outcome("", "learned", one.key, "学到的读法", None) for one in learned)
    supersede(session, change, LearnedAnswer, [one.id for one in learned])
    return outcomes


def _refuse_corrected(session: Session, county: str, batch: str) -> None:
    """Refuse while its corrected copy stands: that states only what it corrects, and would speak of nothing."""
    copy = session.scalars(batch_queries.corrections(county, batch, REGISTER)).first()
    if copy is not None and copy.id != batch:
        raise Decided(
            f"这份名册后来收到了更正的副本“{copy.file}”，副本只记了更正的内容",
            fix=f"请先撤回副本：luzhang undo {copy.id}，再撤回这一次",
            code="undo.corrected",
        )


def _refuse_act(session: Session, county: str, batch: str) -> None:
    """Refuse while the act stands that this entry belongs to: it would say what nothing states."""
    plan = session.scalars(plan_queries.entered(county, batch, REGISTER)).first()
    if plan is not None:
        told = f"一企一策推进到“{STAGES[plan.stage]}”（{plan.reached_on_text}）"
        raise _belongs(told, f"luzhang plan back {plan.id}", "undo.plan_step")
    step = session.scalars(step_queries.entered(county, batch, REGISTER)).first()
    if step is not None:
        told = f"记一步处置（{step.effective_on_text or '日期不明'}）"
        raise _belongs(told, f"luzhang step withdraw {step.id}", "undo.step")
    act = session.scalars(succession_queries.entered(county, batch, REGISTER)).first()
    if act is not None:
        raise _belongs("记企业整合、分立或转让", f"luzhang succeed back {act.act_id}", "undo.succession")


def _belongs(told: str, command: str, code: str) -> Decided:
    fix = f"请把它连同它写入的一起撤回：{command}"
    return Decided(f"这是{told}时写入的，那次记录还在", fix=fix, code=code)


def _refuse_divided(session: Session, county: str, batch: str, sides: _Sides) -> None:
    """Refuse while others speak of bodies that were divided from a group: it would count them again."""
    owner = {part.id: part.firm for part in sides.parts}
    decided = session.scalars(desk_queries.decided_by(county, batch, REGISTER)).all()
    rulings = [session.get_one(ValueDecision, (county, id)) for id in decided]
    firms = {owner.get(one.subject_id) for one in rulings if one.reason == dividing.REASON}
    own = {said.id for said in sides.withdrawn}
    for machine, words in sides.rest.items():
        brought = min(sides.said[machine], key=lambda said: (said.change, said.id)).id in own
        if owner[machine] in firms and words[0].section == "equipment" and brought:
            latest = max(words, key=lambda said: said.change)
            raise Decided(
                f"这次导入按答复把一组设备拆开记了，{latest.source}（{latest.evidence.file}）后来又报了拆出的设备",
                fix="请先撤回后来的那次导入，再撤回这一次，免得同一台算两次",
                code="undo.divided",
            )


def _unlink(session: Session, change: Change, batch: ImportBatch, sides: _Sides) -> tuple[Outcome, ...]:
    """Which machine replaced which, or did not, as the import said, or of machines that nobody speaks of without it."""
    gone = {said.subject for said in sides.withdrawn if said.section == "equipment" and said.subject not in sides.rest}
    links = replacing.withdraw(session, change, batch.id, gone)
    pairs = [(one.old, one.new, "replaced", "换成") for one in links]
    pairs += [(*pair, "not_replaced", "与") for pair in withdraw_apart(session, change, batch.recorded_by, gone)]
    machines = {machine for old, new, _, _ in pairs for machine in (old, new)}
    owner = firms_of(session, change.county, machines, same_as(session, change.county))
    # A copy may have answered of machines of which its rows say nothing new.
    said = {**by_subject(session, change.county, sorted({*machines, *owner.values()})), **sides.said}
    words = {one: in_words({fact.field: fact.value for fact in said.get(one, ())}) for one in machines}
    return tuple(
        Outcome(_name(said.get(owner.get(old, ""), ())), "equipment", field, f"{words[old]} {by} {words[new]}", None)
        for old, new, field, by in pairs
    )


def _name(said: Sequence[Statement]) -> str:
    """What a firm was called before the import was taken back."""
    for field in ("name", "short_name", "uscc"):
        words = [str(one.value) for one in said if one.field == field]
        if words:
            return words[-1]
    return ""


def _issued(session: Session, county: str, change: int) -> tuple[Outcome, ...]:
    """Ledgers that were issued with what this import said: they stay as they were issued."""
    why = "已发布的台账不改；如需更正，请发布下一版并写明原因"
    return tuple(
        Outcome("", "ledger", f"{quarter} 第{revision}版", None, None, why)
        for quarter, revision in session.execute(queries.ledgers_since(county, change, REGISTER))
    )
