"""Plans and acts counted, in records and in firms."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, func, literal, select

from app.register.aggregates.lines_sql import line
from app.register.aggregates.papers_sql import held, of_firm, spoken_of
from app.register.aggregates.standing_sql import FirmsThere, number, word
from app.store.models import Action, ActionFact, Plan, PlanFact

#: The stage of a firm whose plans are at different stages.
SEVERAL = "several"


def plans(firms: FirmsThere) -> Any:
    """Plans by township and stage."""
    of, fact, source = held(firms, Plan, PlanFact)
    stage = word(fact, fact.stage, "stage")
    told = line("plans", firms.c, (stage,), (func.count(),)).select_from(source)
    told = told.where(of_firm(of, firms), fact.id.is_not(None))
    return told.group_by(firms.c.township, firms.c.code, stage)


def plan_firms(firms: FirmsThere) -> Any:
    """Firms with a plan by township and its stage; of several plans at different stages, that."""
    of, fact, source = held(firms, Plan, PlanFact)
    stage = func.coalesce(word(fact, fact.stage, "stage"), "")
    keys = (firms.c.firm, firms.c.township, firms.c.code)
    each = select(*keys, func.min(stage).label("least"), func.max(stage).label("most")).select_from(source)
    f = each.where(of_firm(of, firms), fact.id.is_not(None)).group_by(*keys).subquery("plans_of_firm").c
    told = case((f.least == f.most, func.nullif(f.least, "")), else_=literal(SEVERAL, literal_execute=True))
    return line("plan_firms", f, (told,), (func.count(),)).group_by(f.township, f.code, told)


def acts(firms: FirmsThere) -> Any:
    """Acts by township and kind: how many, against how many firms; come by the day, yet to come, not to be told."""
    of, fact, source = held(firms, Action, ActionFact)
    since, until = fact.taken_on_from, fact.taken_on_to
    come = and_(fact.taken_on_precision.is_not(None), until <= firms.c.day)
    not_yet = and_(fact.taken_on_precision.is_not(None), since > firms.c.day)
    told: list[Any] = [func.count(), func.count(firms.c.firm.distinct())]
    told += [func.sum(case((one, number(1)), else_=number(0))) for one in (come, not_yet)]
    lines = line("acts", firms.c, (of.kind,), told).select_from(source)
    lines = lines.where(of_firm(of, firms), spoken_of(of, fact, firms))
    return lines.group_by(firms.c.township, firms.c.code, of.kind)
