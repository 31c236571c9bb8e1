"""Advancing plans: one stage of one plan or of many, on its day and its paper; and taking it back whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from app import clock
from app.domain.dates import FOREVER, DateInterval
from app.domain.document_number import spelling
from app.domain.register import AsOf, Enterprise, Subject
from app.domain.statement import Value
from app.errors import BadInput, Decided, NotFound, Refused
from app.register.desk.deciding import correct
from app.register.desk.who import firms_called
from app.register.facts.views import snapshot
from app.register.imports.undo import undo
from app.register.limits.measuring import in_change
from app.register.papers.documents import Document, documents
from app.register.permits.matrix import coded
from app.register.plans import queries
from app.register.plans.records import Step, paper_of
from app.register.plans.standing import Looking, apart, latest, looking_at
from app.register.queries import batch
from app.register.scope import REGISTER, Actor
from app.register.second import done_or_proposed, gate
from app.rules.plans.gaps import LATE, MISSING, Gap, Reached, gaps_of
from app.rules.plans.ladder import ORDER, STAGES, ladder, rank
from app.rules.plans.loader import shipped_stages
from app.store import ids
from app.store.models import OPEN, Change, Plan, PlanStep
from app.store.superseding import supersede

Told = dict[str, Any]

_LAST = FOREVER - timedelta(days=1)
#: The stage by which a firm is closed out (销号); it may want two people.
CLOSED_OUT = "accepted"
#: Stages that may be reached again after a failed acceptance.
_RETURNS = ("failed", "in_progress", "self_accepted", "certified", "accepted")


@dataclass(frozen=True, slots=True)
class Advance:
    """What is told: firms by id, code or name; the stage, its day, the paper (its id or number), whose part it was.

    `plan`: which of several plans of the one firm. `with_gap`: record it although something it needs is missing.
    """

    firms: tuple[str, ...]
    stage: str
    on: DateInterval
    document: str | None = None
    unit: str | None = None
    plan: str | None = None
    with_gap: bool = False


def advance(engine: Engine, county: str, said: Advance, *, reason: str, actor: Actor) -> Told:
    """Record that plans reached a stage, of all the firms told or of none, in one change.

    Raises:
        UnknownCounty, NotFound: when the county, a firm, a plan or the paper is not there.
        BadInput: when stage or day are none, the day is still to come, or the paper is another firm's.
        Refused: when what a rule puts before the stage is missing or came later, and no gap was told.
        Decided: when a plan's step is recorded already.
        Proposed: when it closes firms out (已通过验收), and the county wants two people for that.
    """
    stage = coded(said.stage, {name: STAGES[name] for name in (*ORDER, "failed")}, "方案阶段", "plan.stage")
    _dated(said.on)
    if not said.firms:
        raise BadInput("没有写哪家企业", fix="请写企业全称、18位代码或编号", code="plan.nobody")
    if said.plan is not None and len(said.firms) > 1:
        raise BadInput("指明方案编号时一次只能写一家企业", fix="请分开记", code="plan.several")

    def verb(session: Session, change: Change) -> Told:
        steps = list(_Advancing(session, change, said, stage, reason, actor).steps())
        return {"change": change.number, "steps": steps}

    def act(engine: Engine) -> Told:
        return in_change(engine, county, "advance", verb, reason, actor)

    return done_or_proposed(engine, "plans.advance", said, act, reason=reason, actor=actor)


def withdraw_step(session: Session, change: Change, id: str, actor: Actor) -> Told:
    """Take a step back whole, with what it stated of the plan.

    Raises:
        NotFound: when no such step stands.
    """
    row = session.scalar(queries.one("step", change.county, id, actor))
    if row is None:
        raise NotFound(f"没有编号为“{id}”的步骤，或已撤回", fix="请用 luzhang plan list 查看编号", code="plan.unknown")
    supersede(session, change, PlanStep, [id])
    stated = session.scalar(batch(change.county, row.entry_id, REGISTER)) if row.entry_id else None
    if stated is not None and stated.superseded_by == OPEN:
        undo(session, change, stated.id)
    return {"step": id, "taken_back": "plan_step", "change": change.number}


def paper_called(papers: Sequence[Document], words: str) -> Document:
    """The paper of this id or number; one in whose place another stands gives that one.

    Raises:
        NotFound: when there is none, or several have the number.
    """
    by_id = latest(papers)
    if words in by_id:
        return by_id[words]
    wanted = spelling(words)
    found = {by_id[one.id].id: by_id[one.id] for one in papers if wanted and one.number == wanted}
    if len(found) == 1:
        return next(iter(found.values()))
    why = f"文号“{words}”的文书有 {len(found)} 份" if found else f"没有编号或文号为“{words}”的文书"
    raise NotFound(why, fix="请用 luzhang paper add 先记文书，或用 paper list 查看编号", code="document.unknown")


def _dated(on: DateInterval) -> None:
    """Refuse a day that has no end, or that is still to come."""
    if on.until is None:
        raise BadInput(f"日期“{on.text}”没有终止的一天", fix="请写某一天，或写到哪一天以前", code="day.bad")
    if on.until > clock.today():
        why = f"“{on.text}”到 {on.until.isoformat()} 才过完，晚于今天（{clock.today().isoformat()}）"
        raise BadInput(why, fix="只记已经发生的；请写到哪一天以前", code="day.future")


class _Advancing:
    """One act of advancing: what is known of the county is read once, then each firm's step is judged and written."""

    def __init__(self, session: Session, change: Change, said: Advance, stage: str, reason: str, actor: Actor) -> None:
        self.session, self.change, self.said, self.stage = session, change, said, stage
        self.reason, self.actor, self.county = reason, actor, change.county
        until = said.on.until or _LAST
        looking = looking_at(session, self.county, AsOf(_LAST, change.number), REGISTER)
        now = snapshot(session, self.county, AsOf(_LAST, change.number), REGISTER)
        then = snapshot(session, self.county, AsOf(until, change.number), REGISTER)
        self.now = {one.id: one for one in looking.whole(session, now.enterprises, REGISTER)}
        self.then = {one.id: one for one in then.enterprises}
        self.looking: Looking = replace(looking, rules=ladder(shipped_stages().values(), until, self.county))
        self.paper: Document | None = None
        if said.document:
            seen = documents(session, self.county, change.number, actor, revised=True)
            self.paper = paper_called(seen, said.document)

    def steps(self) -> Iterator[Told]:
        """Each firm's step, once none of them is refused."""
        for one in dict.fromkeys(firms_called(self.session, self.county, self.said.firms, self.actor)):
            yield self.step(self.now.get(one) or Enterprise(one, {}))

    def step(self, firm: Enterprise) -> Told:
        """One firm's step."""
        if self.paper is not None and self.paper.is_about(firm.id) is False:
            why = f"文书“{self.paper.title}”写的不是{firm.name}"
            raise BadInput(why, fix="请核对文书，或在文书里补写这家企业", code="document.not_of_firm")
        plan = self.plan(firm)
        own = list(self.looking.steps.get(plan.id, ())) if plan else []
        self.refuse_twice(firm, own)
        mine = (paper_of(self.paper),) if self.paper else ()
        new = Reached(self.stage, self.said.on, mine, self.unit, None)
        before = list(self.looking.reached(plan, own)) if plan else []
        found, drafts = apart(self.gaps(firm.id, new, before))
        self.refuse(firm, [gap for gap in found if gap.answer in (MISSING, LATE)])
        of = plan.id if plan else self.enrol(firm.id)
        entry = self.state(firm.id, of, own)
        made = self.write(of, entry)
        if self.stage == CLOSED_OUT:
            gate(self.session, self.change, "close_out", self.effect(firm.id, plan, found))
        return {
            "step": made,
            "enterprise": {"id": firm.id, "name": firm.name},
            "plan": of,
            "stage": self.stage,
            "batch": entry,
            "gaps": [gap.as_dict() for gap in found],
            "draft_gaps": [gap.as_dict() for gap in drafts],
        }

    def effect(self, firm: str, plan: Subject | None, found: Sequence[Gap]) -> Told:
        """What the step does, for whoever is to confirm it."""
        paper = self.paper.id if self.paper else None
        told = {"kind": self.stage, "on": self.said.on, "document": paper, "unit": self.unit}
        gaps = [(one.what, one.answer) for one in found]
        return {"firm": firm, "plan": plan.id if plan else None, **told, "gaps": gaps}

    @property
    def unit(self) -> str | None:
        """Whose part it was, as told."""
        return (self.said.unit or "").strip() or None

    def plan(self, firm: Enterprise) -> Subject | None:
        """The plan that is meant; None where the firm has none."""
        if self.said.plan is not None:
            found = next((one for one in firm.plans if one.id == self.said.plan), None)
            if found is None:
                why = f"{firm.name}没有编号为“{self.said.plan}”的方案"
                raise NotFound(why, fix="请用 luzhang plan list 查看编号", code="plan.unknown")
            return found
        if len(firm.plans) > 1:
            listed = "、".join(one.id for one in firm.plans)
            why = f"{firm.name}有 {len(firm.plans)} 份方案：{listed}"
            raise NotFound(why, fix="请指明方案编号", code="plan.several")
        return firm.plans[0] if firm.plans else None

    def refuse_twice(self, firm: Enterprise, own: Sequence[Step]) -> None:
        """Refuse what is recorded already; after a failed acceptance a stage may be reached again."""
        same = [one for one in own if one.stage == self.stage]
        failed = [one for one in own if one.stage == "failed"]
        if not same:
            return
        last = same[-1]
        again = self.stage in _RETURNS and any(one.change > last.change for one in failed)
        if again and not last.on.same_days(self.said.on):
            return
        told = f"{firm.name}的“{STAGES[self.stage]}”已经记过：{last.on.text}，第 {last.change} 号变更，{last.by}"
        raise Decided(f"{told}（编号 {last.id}）", fix="要改先撤回：luzhang plan back 编号", code="plan.already")

    def gaps(self, firm: str, new: Reached, before: Sequence[Reached]) -> Iterator[Gap]:
        """What the step lacks; and the stages recorded before that ought to have come after it."""
        about = self.looking.about(firm)
        yield from gaps_of(new, before, about, self.looking.rules)
        for one in before:
            already = {gap.what for gap in gaps_of(one, before, about, self.looking.rules) if gap.answer == LATE}
            for gap in gaps_of(one, [*before, new], about, self.looking.rules):
                if gap.what == new.stage and gap.answer == LATE and gap.what not in already:
                    yield gap

    def refuse(self, firm: Enterprise, gaps: Sequence[Gap]) -> None:
        """Refuse what a rule forbids, unless whoever records it says that there is a gap."""
        if not gaps or self.said.with_gap:
            return
        told = "；".join(gap.words for gap in gaps)
        said = dict.fromkeys((gap.rule.rule.text, gap.rule.rule.source) for gap in gaps)
        why = "；".join(f"“{text}”（{source.title if source else '来源不明'}）" for text, source in said)
        fix = f"{gaps[0].fix}；确实已经发生的，写明理由、带 --gap 记入，缺的会一直列出"
        raise Refused(f"{firm.name}不能记“{STAGES[self.stage]}”：{told}。依据：{why}", fix=fix, code="plan.gap")

    def enrol(self, firm: str) -> str:
        """A plan of the firm's."""
        made = ids.new()
        row = {"county": self.county, "id": made, "recorded_by": self.change.number, "enterprise_id": firm}
        self.session.execute(insert(Plan).values(**row))
        return made

    def state(self, firm: str, plan: str, own: Sequence[Step]) -> str | None:
        """The entry that states the stage from its last possible day on; None where it states nothing new.

        A stage that was passed by then is not stated again: the plan does not go back because a step is told late.
        """
        on, facts = self.said.on, dict[str, Value]()
        there = self.then[firm].plans if firm in self.then else ()
        now = next((one.facts.get("stage") for one in there if one.id == plan), None)
        passed = max((rank(one.stage) for one in own if one.on.until == on.until), default=0)
        returned = self.stage == "failed" or now == "failed"
        if returned or rank(self.stage) >= max(rank(str(now)), passed):
            facts["stage"] = self.stage
        if self.stage == "made":
            facts["made_on"] = on
        if self.stage in ("accepted", "failed") and "stage" in facts:
            facts |= {"accepted_on": on, "acceptance": "passed" if self.stage == "accepted" else "failed"}
        if not facts:
            return None
        source = self.unit or (self.paper.issuer if self.paper else None)
        told = (self.session, self.change, "plan", plan, facts, on.until or _LAST, self.reason)
        return correct(*told, source=source).batch

    def write(self, plan: str, entry: str | None) -> str:
        """The step's own row."""
        made, on = ids.new(), self.said.on
        row = {
            "plan_id": plan,
            "stage": self.stage,
            "reached_on_from": on.since,
            "reached_on_to": on.until,
            "reached_on_precision": on.precision,
            "reached_on_text": on.text,
            "document_id": self.paper.id if self.paper else None,
            "unit": self.unit,
            "with_gap": self.said.with_gap,
            "reason": self.reason,
            "entry_id": entry,
        }
        key = {"county": self.county, "id": made, "recorded_by": self.change.number, "superseded_by": OPEN}
        self.session.execute(insert(PlanStep).values(**key, **row))
        return made
