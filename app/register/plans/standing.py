"""How the county's plans stand on a day: their stages, the steps behind them, what is missing, what is overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.dates import DateInterval
from app.domain.register import AsOf, Enterprise, Snapshot, Subject
from app.register.desk.who import firm_called
from app.register.facts.cells import Cells, where_written
from app.register.facts.identity import same_as
from app.register.facts.views import snapshot
from app.register.papers.documents import Document, documents
from app.register.permits.matrix import coded
from app.register.permits.shown import whose
from app.register.plans import queries
from app.register.plans.records import Measure, Step, measures, paper_of, steps
from app.register.queries import in_parts
from app.register.scope import Actor
from app.rules.duties.required import GONE
from app.rules.plans.gaps import MISSING, Gap, Paper, Reached, gaps_of
from app.rules.plans.ladder import STAGES, Ladder, StageRule, ladder, rank
from app.rules.plans.loader import shipped_stages
from app.store.facts import facts_of

_DAY = timedelta(days=1)
#: The date that a plan states of a stage, by that stage.
_STATED = {"made": "made_on", "accepted": "accepted_on", "failed": "accepted_on"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which plans are asked for; None asks for all. `gaps`: those alone under which something is missing."""

    firm: str | None = None
    township: str | None = None
    stage: str | None = None
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """One plan of a firm. `stage` None: not stated, or sources differ (`disputed`). `overdue`: by the rule `due`.

    `gaps`: by rules that decide; `drafts`: what would be missing if a person confirmed the others, counted nowhere.
    """

    firm: Enterprise
    plan: Subject
    reached: tuple[Reached, ...]
    steps: tuple[Step, ...]
    measures: tuple[Measure, ...]
    gaps: tuple[Gap, ...]
    drafts: tuple[Gap, ...]
    overdue: bool | None
    due: date | None

    @property
    def stage(self) -> str | None:
        """The stage as of the day."""
        found = self.plan.facts.get("stage")
        return str(found) if found is not None else None

    def as_dict(self, day: date, written: Cells) -> dict[str, Any]:
        """As it stands in `plans`."""
        made, accepted = (self.plan.facts.get(name) for name in ("made_on", "accepted_on"))
        return {
            "enterprise": whose(self.firm),
            "plan": self.plan.id,
            "stage": self.stage,
            "stage_label": STAGES[self.stage] if self.stage else None,
            "disputed": sorted(self.plan.disputed),
            "made_on": made.as_dict() if isinstance(made, DateInterval) else None,
            "accepted_on": accepted.as_dict() if isinstance(accepted, DateInterval) else None,
            "acceptance": self.plan.facts.get("acceptance"),
            "due": self.due.isoformat() if self.due else None,
            "overdue": self.overdue,
            "steps": [one.as_dict() for one in self.steps],
            "reached": [_reached(one) for one in self.reached],
            "measures": [one.as_dict(day) for one in self.measures],
            "gaps": [one.as_dict() for one in self.gaps],
            "draft_gaps": [one.as_dict() for one in self.drafts],
            "sources": [dict(one) for one in written.get(self.plan.id, ())],
        }


@dataclass(frozen=True, slots=True)
class Standings:
    """The plans of a county on a day, and the firms that have none."""

    county: str
    day: date
    known: int
    plans: tuple[Standing, ...]
    without: tuple[Enterprise, ...]
    rules: Ladder
    written: Cells = field(default_factory=dict)

    @property
    def status(self) -> int:
        """1 where something is missing, overdue or disputed."""
        return int(any(one.gaps or one.overdue or one.plan.disputed for one in self.plans))

    def as_dict(self) -> dict[str, Any]:
        """The object that `luzhang plan list --json` prints."""
        return {
            "county": self.county,
            "as_of": self.day.isoformat(),
            "known": self.known,
            "total": len(self.plans),
            "plans": [one.as_dict(self.day, self.written) for one in self.plans],
            "stages": [one.as_dict() for one in self.rules.values()],
        }


def standings(
    session: Session, county: str, wanted: Wanted, as_of: AsOf, actor: Actor, *, whole: Snapshot | None = None
) -> Standings:
    """The plans asked for, with all that is recorded of them and missing.

    `whole`: the county's snapshot of that moment, where the asker has it at hand; then no township is asked for.

    Raises:
        UnknownTownship, NotFound: when the township or the firm is not there.
        BadInput: when there is no such stage.
    """
    stage = coded(wanted.stage, STAGES, "方案阶段", "plan.stage") if wanted.stage else None
    own = firm_called(session, county, wanted.firm, actor) if wanted.firm else None
    whole = whole or snapshot(session, county, as_of, actor, township=wanted.township)
    looking = looking_at(session, county, as_of, actor)
    firms = [firm for firm in looking.whole(session, whole.enterprises, actor) if own in (None, firm.id)]
    found = [looking.standing(firm, plan) for firm in firms for plan in firm.plans]
    found = [one for one in found if stage in (None, one.stage) and (one.gaps or not wanted.gaps)]
    without = tuple(firm for firm in firms if not firm.plans)
    return Standings(county, as_of.day, as_of.known, tuple(found), without, looking.rules)


def with_cells(session: Session, found: Standings, actor: Actor) -> Standings:
    """The same plans, with the cells that tell of each."""
    plans = [one.plan.id for one in found.plans]
    return replace(found, written=where_written(session, found.county, plans, AsOf(found.day, found.known), actor))


def looking_at(session: Session, county: str, as_of: AsOf, actor: Actor) -> Looking:
    """What is recorded of the county's plans as known, for a look at each."""
    papers = documents(session, county, as_of.known, actor, revised=True)
    about: defaultdict[str, list[Document]] = defaultdict(list)
    for paper in papers:
        for firm in paper.firms:
            about[firm].append(paper)
    return Looking(
        county,
        as_of,
        steps(session, county, as_of.known, latest(papers), actor),
        measures(session, county, as_of.known, actor),
        _stated(session, county, as_of, actor),
        about,
        ladder(shipped_stages().values(), as_of.day, county),
    )


def apart(gaps: Iterable[Gap]) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """Gaps by rules that decide, and by drafts."""
    every = tuple(gaps)
    drafts = tuple(one for one in every if not one.rule.rule.decides)
    return tuple(one for one in every if one.rule.rule.decides), drafts


def rules_of(county: str, day: date) -> Sequence[StageRule]:
    """The rules of stages in force on a day, in the order of the stages."""
    found = ladder(shipped_stages().values(), day, county)
    return [found[stage] for stage in STAGES if stage in found]


def latest(papers: Sequence[Document]) -> dict[str, Document]:
    """By the id of each paper, the one that stands in its place now."""
    by_id = {one.id: one for one in papers}
    found = {}
    for one in papers:
        last = one
        while last.revised_by in by_id:
            last = by_id[last.revised_by or ""]
        found[one.id] = last
    return found


@dataclass(frozen=True, slots=True)
class Looking:
    """What a look at plans has at hand: steps, measures, stages stated; papers by firm (revised ones too)."""

    county: str
    as_of: AsOf
    steps: Mapping[str, Sequence[Step]]
    measures: Mapping[str, Sequence[Measure]]
    stated: Mapping[str, Sequence[Reached]]
    papers: Mapping[str, Sequence[Document]]
    rules: Ladder

    @property
    def day(self) -> date:
        """The day looked at."""
        return self.as_of.day

    def whole(self, session: Session, firms: Sequence[Enterprise], actor: Actor) -> list[Enterprise]:
        """The firms, with those plans too of which nothing is stated (any more), but something recorded."""
        there = {plan.id for firm in firms for plan in firm.plans}
        bare = sorted({*self.steps, *self.measures} - there)
        if not bare:
            return list(firms)
        same, found = same_as(session, self.county, self.as_of.known), defaultdict[str, list[Subject]](list)
        for some in in_parts(bare):
            for id, firm in session.execute(queries.owners(self.county, some, actor)):
                if self.measures.get(id) or any(one.on.until and one.on.until <= self.day for one in self.begun(id)):
                    found[same.of(firm)].append(Subject(id, {}))
        return [replace(firm, plans=(*firm.plans, *found[firm.id])) if firm.id in found else firm for firm in firms]

    def begun(self, plan: str) -> tuple[Step, ...]:
        """The steps of a plan that may have happened by the day."""
        return tuple(one for one in self.steps.get(plan, ()) if one.on.since is None or one.on.since <= self.day)

    def standing(self, firm: Enterprise, plan: Subject) -> Standing:
        """One plan as of the day."""
        own = self.begun(plan.id)
        found = self.reached(plan, own)
        missing, drafts = apart(self.gaps(firm.id, found))
        overdue, due = self.overdue(firm, plan)
        told = tuple(self.measures.get(plan.id, ()))
        return Standing(firm, plan, found, own, told, missing, drafts, overdue, due)

    def reached(self, plan: Subject, own: Iterable[Step]) -> tuple[Reached, ...]:
        """Every stage that a step records; of the others those that a source states, by the day on which it does."""
        recorded = [
            Reached(one.stage, one.on, (paper_of(one.paper),) if one.paper else (), one.unit, one.id) for one in own
        ]
        known = {one.stage for one in recorded}
        stated = [one for one in self.stated.get(plan.id, ()) if one.stage not in known]
        found: dict[str, Reached] = {}
        for one in stated:
            day = plan.facts.get(_STATED.get(one.stage, ""))
            exact = replace(one, on=day) if isinstance(day, DateInterval) else one
            found.setdefault(one.stage, exact)
        passed = {"passed": "accepted", "failed": "failed"}.get(str(plan.facts.get("acceptance")))
        for stage in ("made", *([passed] if passed else ())):
            day = plan.facts.get(_STATED[stage])
            if stage not in known and isinstance(day, DateInterval):
                found[stage] = Reached(stage, day)
        return tuple(sorted((*recorded, *found.values()), key=lambda one: rank(one.stage)))

    def about(self, firm: str) -> list[Paper]:
        """The papers that name a firm and may have been there by the day."""
        of = self.papers.get(firm, ())
        return [paper_of(one) for one in of if one.revised_by is None and one.dated_by(self.day) is not False]

    def gaps(self, firm: str, reached: Sequence[Reached]) -> Iterable[Gap]:
        """What is missing under all that was reached; a stage that is not there is told once, under the first."""
        about = self.about(firm)
        told: set[str] = set()
        for one in reached:
            for gap in gaps_of(one, reached, about, self.rules):
                if gap.answer == MISSING and gap.what in STAGES:
                    if gap.what in told:
                        continue
                    told.add(gap.what)
                yield gap

    def overdue(self, firm: Enterprise, plan: Subject) -> tuple[bool | None, date | None]:
        """Whether the last stage that has a day was to be reached by now and is not; None where it cannot be told.

        Of a firm that is closed, merged or gone nobody waits for that.
        """
        rules = [one for one in self.rules.values() if one.deadline is not None and one.rule.decides]
        if not rules:
            return None, None
        due = max((one for one in rules if one.deadline is not None), key=lambda one: rank(one.stage))
        if due.deadline is None or self.day <= due.deadline or firm.facts.get("status") in GONE:
            return False, due.deadline
        stage = plan.facts.get("stage")
        if "stage" not in plan.disputed and stage is not None:
            return rank(str(stage)) < rank(due.stage), due.deadline
        passed = due.stage == "accepted" and plan.facts.get("acceptance") == "passed"
        return (False if passed and "stage" not in plan.disputed else None), due.deadline


def _stated(session: Session, county: str, as_of: AsOf, actor: Actor) -> dict[str, list[Reached]]:
    """The stages that sources state of plans: reached by the first day stated, after the day last stated otherwise."""
    found: dict[str, list[Reached]] = {}
    before: dict[str, date] = {}
    for row in session.scalars(queries.stages(county, as_of.day, as_of.known, actor)):
        stage = facts_of(row).get("stage")
        if stage is None or stage == "none":
            before[row.plan_id] = row.valid_from
            continue
        own = found.setdefault(row.plan_id, [])
        if not own or own[-1].stage != stage:
            since = before[row.plan_id] + _DAY if row.plan_id in before else None
            text = f"{row.valid_from.isoformat()}以前"
            own.append(Reached(str(stage), DateInterval(since, row.valid_from, "day", text)))
        before[row.plan_id] = row.valid_from
    return found


def _reached(one: Reached) -> dict[str, Any]:
    return {
        "stage": one.stage,
        "stage_label": STAGES[one.stage],
        "on": one.on.as_dict() if one.on else None,
        "step": one.step,
        "papers": [paper.id for paper in one.papers],
        "unit": one.unit,
    }
