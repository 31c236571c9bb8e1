"""Energy per tonne against a limit that may go by capacity: steps with gaps that stay gaps, never interpolated."""

from __future__ import annotations

from app.domain.measures import MEASURES
from app.rules.limits.amounts import amount, shown
from app.rules.limits.limit import Threshold
from app.rules.limits.ranges import Condition, Facts
from app.rules.limits.verdict import FAILS, MEETS, Case, Verdict, against, compared, untold


def judge(body: Threshold, case: Case) -> Verdict:
    """Whether the measured consumption keeps the limit of its step."""
    facts, measure = case.facts, body.measure
    value = amount(facts.get(measure))
    if body.at.holds(facts) is False:
        return untold(f"限值按{body.at.words}计，这次测量不是在这个条件下做的，不换算", measure=measure)
    step = next((one for one in body.steps if one.when.holds(facts) is not False), None)
    if step is None or not step.when.holds(facts):
        return _no_step(body, facts)
    if value is None:
        return untold(f"没有{MEASURES[measure].zh}的测量，不换算别的能耗数字", measure, measure=measure)
    kept = compared(value, body.comparison, step.limit)
    case_words = f"（{step.when.words}）" if step.when.parts else ""
    return Verdict(
        MEETS if kept else FAILS,
        f"{MEASURES[measure].zh} {shown(value)} {body.unit}，"
        f"限值{case_words}{against(body.comparison, step.limit)}：{'达到' if kept else '未达到'}",
        numbers={"measured": shown(value), "limit": shown(step.limit), "comparison": body.comparison},
        measure=measure,
    )


def _no_step(body: Threshold, facts: Facts) -> Verdict:
    """No step holds: a fact is absent, or the case lies in a gap that the paper leaves."""
    listed = "；".join(f"{step.when.words} {shown(step.limit)}" for step in body.steps)
    lacks = [name for step in body.steps for name in step.when.lacks(facts)]
    if lacks:
        measured = () if facts.get(body.measure) is not None else (body.measure,)
        return untold(f"不知道按哪一档（{listed}）", *lacks, *measured, measure=body.measure)
    fields = dict.fromkeys(name for step in body.steps for name in step.when.fields if name in facts)
    stated = "、".join(Condition(name, "eq", facts[name]).words for name in fields)
    return untold(f"文件没有写 {stated} 的限值（只写了：{listed}），不内插", measure=body.measure)
