"""What is in force against firms: a power cut that nobody lifted, a halt, a closure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, exists, func, join, literal, null, or_, select
from sqlalchemy.orm import aliased

from app.register.aggregates.lines_sql import line
from app.register.aggregates.papers_sql import of_firm, spoken_of
from app.register.aggregates.standing_sql import FirmsThere, asked_county, asked_known, number, same_then
from app.rules.procedures.states import CLOSURES, CUTS, HALTS, RESTORES, RESUMES
from app.store.models import Action, ActionFact, ImportBatch, Step
from app.store.temporal import at

#: What may be in force: the acts that begin it, and those that lift it.
MEASURES = {"power_cut": (CUTS, RESTORES), "halt": (HALTS, RESUMES), "closure": (CLOSURES, ())}


class InForce:
    """The acts by which something may be in force, each with the days on which it took effect.

    They are taken as last told, whatever the day: a roster of June that states a cut of March tells of March.
    """

    def __init__(self, firms: FirmsThere) -> None:
        of: Any = aliased(Action, name="act")
        fact: Any = aliased(ActionFact, name="act_facts")
        step = _steps()
        ever = at(fact, firms.c.ever, firms.c.known)
        whose = and_(firms.c.record == of.enterprise_id, of.recorded_by <= firms.c.known)
        source = join(of, firms.cte, whose, isouter=True)
        source = source.outerjoin(fact, and_(fact.county == asked_county(), fact.action_id == of.id, ever))
        source = source.outerjoin(step, and_(step.c.action == of.id, step.c.place == number(1)))
        recorded = step.c.there.is_not(None)
        since, until = (
            case((recorded, step.c[one]), else_=getattr(fact, f"taken_on_{end}"))
            for one, end in (("since", "from"), ("until", "to"))
        )
        c = firms.c
        chosen = select(c.firm, c.township, c.code, c.day, of.kind, since.label("since"), until.label("until"))
        measured = [kind for kinds in MEASURES.values() for some in kinds for kind in some]
        limits = (of_firm(of, firms), of.kind.in_(measured), spoken_of(of, fact, firms, ever=True))
        self._acts = chosen.select_from(source).where(*limits).cte("act_of_firm").prefix_with("MATERIALIZED")

    def lines(self, measure: str) -> Any:
        """By township: the firms against which it is in force, and those of which it cannot be told.

        As app.rules.procedures.states has it: every act that may be the last one counts.
        """
        ons, offs = MEASURES[measure]
        c = self._acts.c
        come = c.until <= c.day
        lasting = func.max(case((come, c.since), else_=null())).over(partition_by=c.firm).label("lasting")
        known = select(c.firm, c.township, c.code, c.kind, c.until, come.label("come"), lasting)
        of = known.where(c.kind.in_((*ons, *offs)), or_(c.since.is_(None), c.since <= c.day)).subquery().c
        last = or_(of.until.is_(None), of.lasting.is_(None), of.until >= of.lasting)

        def one_at_least(condition: Any) -> Any:
            return func.max(case((condition, number(1)), else_=number(0)))

        firm = select(
            of.firm,
            of.township,
            of.code,
            one_at_least(and_(last, of.kind.in_(ons))).label("on"),
            one_at_least(and_(last, of.kind.not_in(ons))).label("off"),
            one_at_least(of.come).label("certain"),
        ).group_by(of.firm, of.township, of.code)
        f = firm.subquery().c
        sure = and_(f.on == number(1), f.off == number(0), f.certain == number(1))
        unclear = and_(f.on == number(1), or_(f.off == number(1), f.certain == number(0)))
        counts = [func.sum(case((which, number(1)), else_=number(0))) for which in (sure, unclear)]
        kind = literal(measure, literal_execute=True)
        return line("in_force", f, (kind,), counts).group_by(f.township, f.code)


def _steps() -> Any:
    """The day on which each action took effect, as a person recorded it last."""
    of: Any = aliased(Step)
    same, aside = same_then(of.action_id, asked_known(), "same_act")
    entry: Any = aliased(ImportBatch)
    entered = exists(
        select(entry.id).where(
            entry.county == asked_county(), entry.id == of.entry_id, entry.superseded_by > asked_known()
        )
    )
    action = func.coalesce(same.into_id, of.action_id)
    newest = (of.recorded_by.desc(), of.id.desc())
    chosen = select(
        action.label("action"),
        of.effective_on_from.label("since"),
        of.effective_on_to.label("until"),
        of.effective_on_precision.label("there"),
        func.row_number().over(partition_by=action, order_by=newest).label("place"),
    ).outerjoin(same, aside)
    return chosen.where(
        of.county == asked_county(),
        of.recorded_by <= asked_known(),
        of.superseded_by > asked_known(),
        or_(of.entry_id.is_(None), entered),
    ).subquery("step_told")
