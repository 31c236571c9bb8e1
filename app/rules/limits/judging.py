"""One limit over one case: whether it applies, then what it says of each thing that it measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain.measures import MEASURES
from app.domain.statement import Value
from app.rules.limits import emissions, energy, heat_treatment, permits, safety_grade, service_life
from app.rules.limits.limit import Classes, Concentrations, Grade, Life, Limit, PermitRule, Threshold
from app.rules.limits.ranges import Facts
from app.rules.limits.verdict import CANNOT_TELL, NOT_APPLICABLE, Case, Verdict, untold


def judge(limit: Limit, case: Case) -> tuple[Verdict, ...]:
    """Its verdicts: one a pollutant measured, one for all that are not; else one. Empty where it does not apply.

    Raises:
        BadInput: when an oxygen content cannot be one.
    """
    if isinstance(limit.body, Grade):
        return _spoken(safety_grade.judge(limit, limit.body, case), case)
    if limit.applies.holds(case.facts) is False:
        return _spoken(Verdict(NOT_APPLICABLE, f"只对{limit.title}"), case)
    verdicts = tuple(_judged(limit, case))
    lacks = () if case.trying else limit.applies.lacks(case.facts)
    if lacks:
        verdicts = tuple(_doubtful(limit, one, lacks) for one in verdicts)
    return tuple(one for verdict in verdicts for one in _spoken(verdict, case))


def permits_told(limit: Limit, facts: Facts) -> tuple[dict[str, Value], ...]:
    """The permit that is told of among facts (`permit.valid_to`), as one of the limit's kind; none where none is."""
    body = limit.body
    kind = body.permit if isinstance(body, PermitRule) else "safety_grade" if isinstance(body, Grade) else None
    told = {name.partition(".")[2]: value for name, value in facts.items() if name.startswith("permit.")}
    return ({**told, "kind": kind},) if kind and told else ()


def _spoken(verdict: Verdict, case: Case) -> tuple[Verdict, ...]:
    return () if verdict.answer == NOT_APPLICABLE and not case.trying else (verdict,)


def _doubtful(limit: Limit, verdict: Verdict, lacks: tuple[str, ...]) -> Verdict:
    """Where it is not known whether the limit applies, nothing is decided."""
    if verdict.answer == NOT_APPLICABLE:
        return verdict
    why = f"不知道是不是{limit.title}"
    if verdict.answer != CANNOT_TELL:
        why += f"（若是：{verdict.because}）"
    elif verdict.lacks:
        why += f"；{verdict.because}"
    told = tuple(dict.fromkeys((*lacks, *verdict.lacks)))
    return replace(verdict, answer=CANNOT_TELL, because=why, lacks=told, result=None)


def _judged(limit: Limit, case: Case) -> Iterable[Verdict]:
    body = limit.body
    if isinstance(body, Threshold):
        yield energy.judge(body, case)
    elif isinstance(body, Concentrations):
        measured = [name for name in body.limits if case.facts.get(name) is not None]
        for name in measured:
            yield emissions.judge(body, case, name)
        absent = [name for name in body.limits if name not in measured]
        if absent and not (case.trying and measured):
            listed = "、".join(MEASURES[name].zh for name in absent)
            yield untold(f"没有{listed}的实测浓度", *absent)
    elif isinstance(body, Classes):
        yield heat_treatment.judge(body, case)
    elif isinstance(body, PermitRule):
        yield permits.judge(body, case)
    elif isinstance(body, Life):
        yield service_life.judge(body, case)
