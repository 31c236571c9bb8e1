"""Gathers the questions that a ledger's figures wait for, as of its day and as known at its change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.domain.register import Enterprise, Equipment, Snapshot, Subject
from app.domain.vocabulary import ENUMS, SECTIONS, label
from app.register.facts.cells import where_written
from app.register.facts.evidence import Evidence
from app.register.facts.grounds import grounds
from app.register.questioning.asked import Asked
from app.register.questioning.questions import OWNER as WHOSE
from app.register.questioning.questions import questions_for
from app.register.scope import Actor
from app.rules.questions import choices, machine_told
from reports.forms import form, sheets
from reports.ledger.gathered.beside import Beside
from reports.ledger.gathered.content import OWNER_UNKNOWN
from reports.ledger.gathered.families import SEVERAL_STAGES, stage_of
from reports.ledger.gathered.questions import (
    DISPUTE,
    OWNER,
    PERMIT,
    PLAN,
    POWER,
    PRESENCE,
    SILENT,
    VERDICT,
    Question,
)

#: What waits for a field: figures of the sheets 汇总 and 分乡镇汇总; of others the sheet that prints it.
_ABOUT = {
    "enterprise.township": "各乡镇（街道）的数字",
    "enterprise.status": "按生产状态的家数",
    "enterprise.disposition": "按整治类别的家数",
    "equipment.quantity": "设备台数",
    "equipment.state": "在厂、已拆除的台数",
    "equipment.removed_on": "在厂、已拆除的台数",
    "plan.stage": "一企一策各阶段的家数",
    "action.kind": "停电、停产、关停的家数",
    "action.taken_on": "停电、停产、关停的家数",
}
_SHEETS = {"enterprise": "企业底数", "equipment": "设备", "permit": "手续", "plan": "一企一策", "action": "停电关停"}
_OBSOLETE = "淘汰类设备的家数、台数"
#: Of a machine that is surely gone only these are still printed.
_OF_THE_GONE = ("quantity", "removed_on", "destination")
#: So many places are printed of a question; how many more there are is said.
_PLACES = 2


def open_questions(session: Session, whole: Snapshot, told: Beside, actor: Actor) -> tuple[Question, ...]:
    """Every question, a firm's together, each fact once: what settles a verdict goes before what sources dispute."""
    county, day, known = whole.county, whole.as_of.day, whole.as_of.known
    asked = questions_for(session, county, None, day, known, actor)
    firms = tuple(firm for firm in whole.enterprises if any(one.disputed for _, one in _parts(firm)))
    evidence = grounds(session, replace(whole, enterprises=firms), actor) if firms else Evidence(day, {}, {})
    asks = {(one.subject, one.field_name) for one in asked}
    found = [_verdict(one) for one in asked]
    found += [one for firm in firms for one in _disputes(firm, evidence, asks)]
    called = {firm.id: firm.name for firm in whole.enterprises}
    fields = _by_subject(asks)
    bare = [one for firm in whole.enterprises for one in _of_machines(firm, called, fields)]
    bare += _silences(whole)
    bare += [one for firm in whole.enterprises for one in _of_permits(firm, told)]
    bare += [one for firm in whole.enterprises for one in _of_power(firm, told)]
    cells = where_written(session, county, {_subject(one) for one in bare}, whole.as_of, actor)
    placed = [replace(one, places=_few(_cell(cell) for cell in cells.get(_subject(one), ()))) for one in bare]
    return (*found, *placed)


def _subject(one: Question) -> str:
    return one.records[0][1] if one.records else one.firm


def _parts(firm: Enterprise) -> Iterator[tuple[str, Subject]]:
    yield "enterprise", firm
    held: tuple[tuple[str, Iterable[Subject]], ...] = (
        ("equipment", firm.equipment),
        ("permit", firm.permits),
        ("plan", firm.plans),
        ("action", firm.actions),
    )
    for section, subjects in held:
        for one in subjects:
            yield section, one


def _few(places: Iterable[str]) -> tuple[str, ...]:
    """The first of them; a sheet without a cell only where no cell is told."""
    named = tuple(dict.fromkeys(places))
    every = tuple(one for one in named if "!" in one) or named
    return (*every[:_PLACES], f"等{len(every)}处") if len(every) > _PLACES else every


def _cell(cell: object) -> str:
    told = dict(cell)  # type: ignore[call-overload]
    return f"{told['file']} {told['cell']}".strip()


def _verdict(one: Asked) -> Question:
    """What would settle whether a machine must go."""
    answers = tuple(word for _, word in one.answers)
    about = f"{_OBSOLETE}（{'、'.join(one.clauses)}）"
    places = _few(f"{place.file} {place.cell}".strip() for place in one.sources)
    kind = OWNER if one.field == WHOSE else VERDICT
    records = tuple(("equipment", machine) for machine, _ in one.machines)
    return Question(one.firm, kind, one.words, about, one.claimed, places, answers, records)


def _printed() -> frozenset[str]:
    """The fields that the form prints, and those that its counts go by."""
    return frozenset(column.fact for name in sheets("ledger") for column in form("ledger", name).columns) | set(_ABOUT)


def _disputes(firm: Enterprise, evidence: Evidence, asks: set[tuple[str, str]]) -> Iterator[Question]:
    """The fields that the ledger prints and on which sources contradict each other."""
    printed = _printed()
    for section, subject in _parts(firm):
        for name in sorted(subject.disputed):
            path = f"{section}.{name}"
            gone = isinstance(subject, Equipment) and subject.present is False and name not in _OF_THE_GONE
            if path not in printed or (subject.id, name) in asks or gone:
                continue
            words = evidence.on(subject.id, name)
            claims = tuple(dict.fromkeys(f"{one.source}：{label(section, name, one.value)}" for one in words))
            places = _few(f"{one.evidence.file} {one.evidence.place}" for one in words)
            answers = tuple(dict.fromkeys(label(section, name, one.value) for one in words))
            about = _about(path, section, subject)
            asked = f"{_who(section, subject)}{SECTIONS[section][name].zh}，各来源说法不一，以哪个为准？"
            records = () if section == "enterprise" else ((section, subject.id),)
            yield Question(firm.id, DISPUTE, asked, about, claims, places, answers, records)


def _about(path: str, section: str, subject: Subject) -> str:
    """What waits for it; the state of a machine that is surely there moves no number."""
    there = isinstance(subject, Equipment) and subject.present is True
    column = f"“{_SHEETS[section]}”表的这一栏"
    return column if path == "equipment.state" and there else _ABOUT.get(path, column)


def _who(section: str, subject: Subject) -> str:
    if section == "equipment":
        return f"{machine_told(subject.facts)}的"
    if section in ("permit", "action"):
        return f"{label(section, 'kind', subject.facts.get('kind') or '')}的"
    return "方案的" if section == "plan" else "该企业的"


def _by_subject(asks: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    """By subject the fields that are asked of it already."""
    found: dict[str, set[str]] = {}
    for subject, name in asks:
        found.setdefault(subject, set()).add(name)
    return found


def _of_machines(firm: Enterprise, called: dict[str, str], asks: Mapping[str, set[str]]) -> Iterator[Question]:
    """Machines of which it cannot be told whether they are there, or whose they are, where nothing else asks it."""
    for machine in firm.equipment:
        own = (("equipment", machine.id),)
        asked = asks.get(machine.id, set()) | machine.disputed
        if machine.present is None and not asked & {"state", "removed_on"}:
            words = f"{machine_told(machine.facts)}是否已经拆除？"
            yield Question(firm.id, PRESENCE, words, _ABOUT["equipment.state"], answers=("是", "否"), records=own)
        if machine.owners and WHOSE not in asked:
            yield _whose(firm, machine, called)


def _whose(firm: Enterprise, machine: Equipment, called: dict[str, str]) -> Question:
    answers = tuple(called.get(one, one) for one in machine.owners)
    words = f"{machine_told(machine.facts)}归哪一家企业？"
    about = f"有设备的家数、{OWNER_UNKNOWN}的台数"
    return Question(firm.id, OWNER, words, about, answers=answers, records=(("equipment", machine.id),))


_ASKED = {"township": "在哪个乡镇（街道）", "status": "是什么生产状态", "disposition": "属于哪一类整治"}


def _silences(whole: Snapshot) -> Iterator[Question]:
    """Facts that figures are counted by and that nobody states of a firm, where anybody states them of another."""
    for name, words in _ASKED.items():
        silent = [one for one in whole.enterprises if name not in one.facts and name not in one.disputed]
        if len(silent) == len(whole.enterprises) and name != "township":
            continue
        answers = tuple(word for _, word in choices(f"enterprise.{name}"))
        if name == "disposition":
            answers = tuple(sorted({str(one.facts[name]) for one in whole.enterprises if name in one.facts}))
        for firm in silent:
            yield Question(firm.id, SILENT, f"该企业{words}？", _ABOUT[f"enterprise.{name}"], answers=answers)
    for firm in whole.enterprises:
        if firm.plans and stage_of(firm) == SEVERAL_STAGES:
            yield Question(firm.id, PLAN, "该企业有几份方案、阶段不一，以哪一份为准？", _ABOUT["plan.stage"])
        for plan in firm.plans:
            if "stage" not in plan.facts and "stage" not in plan.disputed:
                answers = tuple(ENUMS["plan_stage"].values())
                words, about = "该企业“一企一策”到了哪个阶段？", _ABOUT["plan.stage"]
                yield Question(firm.id, PLAN, words, about, answers=answers, records=(("plan", plan.id),))


def _of_permits(firm: Enterprise, told: Beside) -> Iterator[Question]:
    for permit in firm.permits:
        state, because = told.ended.get(permit.id, ("", ""))
        if state == "cannot_tell" and not permit.disputed & {"valid_to", "standing"}:
            kind = label("permit", "kind", permit.facts.get("kind") or "")
            number = f"（{permit.facts['number']}）" if permit.facts.get("number") else ""
            words = f"{kind}{number}的有效期到哪一天？"
            yield Question(firm.id, PERMIT, words, "手续到期的件数", (because,), records=(("permit", permit.id),))


def _of_power(firm: Enterprise, told: Beside) -> Iterator[Question]:
    state = told.power.get(firm.id)
    if state is not None and state.answer is None:
        acts = tuple(("action", act.id) for act in firm.actions if act.facts.get("kind") in _POWER)
        words = "该企业现在是否停着电？"
        yield Question(firm.id, POWER, words, "停电未复电的家数", (state.because,), answers=("是", "否"), records=acts)


_POWER = ("power_cut", "power_restored")
